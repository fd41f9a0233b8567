"""Triples, views and records to the formats that other programs read.

The same facts give the same bytes. No format holds a time of day or a path of this machine.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from techsov.graph import terms
from techsov.graph.analyses import Analyses
from techsov.graph.analysis.conclusion import Conclusion
from techsov.graph.answers import Labels
from techsov.graph.conclusions import conclusion_id, conclusion_triples, draw_conclusions
from techsov.graph.facts.tables import table_text
from techsov.graph.flow import Knowledge
from techsov.graph.printing import spreadsheet_safe
from techsov.graph.reasons import chain_line
from techsov.graph.records import Fact, PartialDate
from techsov.graph.triples.build import evidence_id, holds, superseded_facts, to_bytes
from techsov.graph.triples.store import ontology_bytes

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import Literal

PREFIX_LINES = re.compile(rb"\A(?:@prefix .*\n)+")


def to_ntriples(knowledge: Knowledge) -> bytes:
    """Write the triples as they were built."""
    return to_bytes(knowledge.triples)


def to_turtle(knowledge: Knowledge) -> bytes:
    """Write the triples as Turtle, with the prefixes of the project."""
    return turtle(knowledge.triples)


def turtle(triples: list[str]) -> bytes:
    """Write lines of N-Triples as Turtle, with the prefixes of the project."""
    from pyoxigraph import RdfFormat, parse, serialize

    quads = parse(to_bytes(triples), format=RdfFormat.N_TRIPLES)
    turtle = serialize(quads, format=RdfFormat.TURTLE, prefixes=terms.PREFIXES)
    # The order of the prefixes follows a hash seed: sorted, the same facts give the same bytes.
    return PREFIX_LINES.sub(_sorted_lines, turtle or b"", count=1)


def _sorted_lines(found: re.Match[bytes]) -> bytes:
    return b"".join(sorted(found[0].splitlines(keepends=True)))


def to_jsonld(knowledge: Knowledge) -> bytes:
    """Write the triples as JSON-LD with its context inside: no reader has to fetch one.

    One node per subject, in the order of their addresses; one node per line.
    """
    from pyoxigraph import Literal, RdfFormat, parse

    def value(term: object) -> dict[str, str]:
        return _literal(term) if isinstance(term, Literal) else {"@id": _compact(str(term)[1:-1])}

    nodes: defaultdict[str, dict[str, list[object]]] = defaultdict(dict)
    for quad in parse(to_bytes(knowledge.triples), format=RdfFormat.N_TRIPLES):
        name = _compact(str(quad.predicate)[1:-1])
        node = nodes[_compact(str(quad.subject)[1:-1])]
        if name == "rdf:type":
            node.setdefault("@type", []).append(_compact(str(quad.object)[1:-1]))
        else:
            node.setdefault(name, []).append(value(quad.object))
    context = json.dumps(terms.PREFIXES, sort_keys=True)
    write = json.JSONEncoder(ensure_ascii=False).encode
    lines = (write({"@id": name, **node}) for name, node in nodes.items())
    body = ",\n".join(lines)
    return f'{{"@context": {context},\n"@graph": [\n{body}\n]}}\n'.encode()


@cache
def _compact(iri: str) -> str:
    for prefix, namespace in terms.PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _literal(term: "Literal") -> dict[str, str]:
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == f"{terms.XSD}string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": _compact(term.datatype.value)}


def _text(partial: PartialDate | None) -> str:
    return partial.text if partial else ""


def _network(knowledge: Knowledge) -> "nx.MultiDiGraph[str]":
    """Every fact between two entities as an edge, subject to object, with attributes as text."""
    import networkx as nx

    schema, records = knowledge.schema, knowledge.records
    superseded = superseded_facts(records)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in records.entities.values():
        network.add_node(
            entity.id,
            label=entity.label_en,
            label_fr=entity.label_fr,
            type=schema.classes[entity.cls].label_en,
            iso=entity.iso,
        )
    for fact in records.facts:
        relation = schema.relations[fact.relation]
        if not relation.object_is_no_entity:
            network.add_edge(
                fact.subject,
                fact.object,
                key=fact.id,
                label=relation.label_en,
                relation=fact.relation,
                family=relation.family,
                status=fact.status,
                holds=holds(fact, knowledge.day, superseded),
                confidence=float(fact.confidence),
                layer=";".join(fact.qualifiers.get("layer", ())),
                claimant=fact.claimant,
                valid_from=_text(fact.valid_from),
                valid_to=_text(fact.valid_to),
                sources=";".join(fact.sources),
            )
    return network


def network_rows(found: Analyses) -> Iterator[object]:
    """Give all that GraphML and GEXF tell."""
    network = _network(found.knowledge)
    yield list(network.nodes(data=True))
    yield list(network.edges(keys=True, data=True))


def to_graphml(knowledge: Knowledge) -> bytes:
    """Write every fact between two entities as GraphML; edges run subject to object."""
    import networkx as nx

    lines = nx.generate_graphml(_network(knowledge), named_key_ids=True)
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n").encode()


def to_gexf(knowledge: Knowledge) -> bytes:
    """Write every fact between two entities as GEXF 1.2; edges run subject to object."""
    import networkx as nx

    network = _network(knowledge)
    # GEXF numbers the edges that bring no id of their own.
    for _, _, fact, attributes in network.edges(keys=True, data=True):
        attributes["id"] = fact
    text = "\n".join(nx.generate_gexf(network, version="1.2draft"))
    # networkx stamps the day of writing; the day of the facts is meant.
    dated = re.sub(r'lastmodifieddate="[^"]*"', f'lastmodifieddate="{knowledge.day}"', text)
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + dated + "\n").encode()


def _csv(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    safe = ([spreadsheet_safe(cell) for cell in row] for row in rows)
    return table_text(columns, safe).encode()


def entities_csv(knowledge: Knowledge) -> bytes:
    """One line per entity, with how many facts name it and how many documents those rest on."""
    facts: defaultdict[str, set[str]] = defaultdict(set)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for fact in knowledge.records.facts:
        for end in {fact.subject, fact.object, fact.claimant} - {""}:
            facts[end].add(fact.id)
            sources[end].update(fact.sources)
    columns = ("id", "class", "label_en", "label_fr", "iso", "names", "facts", "sources")
    rows = [
        (
            entity.id,
            entity.cls,
            entity.label_en,
            entity.label_fr,
            entity.iso,
            "; ".join(entity.names),
            str(len(facts[entity.id])),
            str(len(sources[entity.id])),
        )
        for entity in knowledge.records.entities.values()
    ]
    return _csv(columns, rows)


FACT_COLUMNS = (
    "fact",
    "subject",
    "subject_label",
    "relation",
    "object",
    "object_label",
    "value",
    "qualifiers",
    "status",
    "holds",
    "claimant",
    "valid_from",
    "valid_to",
    "confidence",
    "promotional_only",
    "source",
    "paragraph",
    "gloss_en",
    "gloss_fr",
)


def facts_csv(knowledge: Knowledge) -> bytes:
    """One line per piece of evidence: a fact with two passages has two lines."""
    superseded = superseded_facts(knowledge.records)
    rows = []
    for fact in knowledge.records.facts:
        common = (*_fact_cells(fact, knowledge), _yes(holds(fact, knowledge.day, superseded)))
        for evidence in fact.evidence:
            rows.append(
                (
                    *common,
                    fact.claimant,
                    _text(fact.valid_from),
                    _text(fact.valid_to),
                    f"{evidence.confidence:f}",
                    _yes(knowledge.records.promotional_only(fact)),
                    evidence.source,
                    str(evidence.paragraph or ""),
                    evidence.gloss_en,
                    evidence.gloss_fr,
                )
            )
    return _csv(FACT_COLUMNS, rows)


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


def _fact_cells(fact: Fact, knowledge: Knowledge) -> tuple[str, ...]:
    entities, concepts = knowledge.records.entities, knowledge.schema.concepts
    target = entities.get(fact.object)
    concept = concepts.get(fact.object)
    qualifiers = "; ".join(
        f"{column}={','.join(values)}" for column, values in sorted(fact.qualifiers.items())
    )
    return (
        fact.id,
        fact.subject,
        entities[fact.subject].label_en,
        fact.relation,
        fact.object,
        target.label_en if target else concept.label_en if concept else "",
        fact.value,
        qualifiers,
        fact.status,
    )


def sources_csv(knowledge: Knowledge) -> bytes:
    """One line per document, with how many facts cite it and how many rest on it alone."""
    cited: defaultdict[str, int] = defaultdict(int)
    alone: defaultdict[str, int] = defaultdict(int)
    for fact in knowledge.records.facts:
        for source in fact.sources:
            cited[source] += 1
            alone[source] += len(fact.sources) == 1
    columns = (
        "id",
        "label_en",
        "label_fr",
        "kind",
        "stance",
        "read",
        "author",
        "publisher",
        "language",
        "published",
        "url",
        "paragraphs",
        "sha256",
        "facts",
        "facts_on_it_alone",
    )
    rows = [
        (
            source.id,
            source.label_en,
            source.label_fr,
            source.kind,
            source.stance,
            _yes(source.read),
            source.author,
            source.publisher,
            source.language,
            _text(source.published),
            source.url,
            str(source.paragraphs or ""),
            source.sha256,
            str(cited[source.id]),
            str(alone[source.id]),
        )
        for source in knowledge.records.sources.values()
    ]
    return _csv(columns, rows)


def provenance_csv(knowledge: Knowledge) -> bytes:
    """One line per piece of evidence, back to the file and the line it was written on.

    This is the one export that follows the order of the lines in ``data/``.
    """
    columns = ("evidence", "fact", "source", "paragraph", "passage_sha256", "file", "line")
    rows = [
        (
            evidence_id(fact, evidence),
            fact.id,
            evidence.source,
            str(evidence.paragraph or ""),
            knowledge.records.passages[evidence.passage].sha256,
            evidence.origin.file,
            str(evidence.origin.line),
        )
        for fact in knowledge.records.facts
        for evidence in fact.evidence
    ]
    return _csv(columns, rows)


def conclusion_rows(found: Analyses) -> Iterator[object]:
    """Give all that the exports of conclusions tell, without words."""
    yield draw_conclusions(found)


def conclusions_csv(knowledge: Knowledge, conclusions: Iterable[Conclusion]) -> bytes:
    """One line per conclusion: what follows, by which rule, from which facts, and how weakly."""
    columns = (
        "conclusion",
        "rule",
        "subject",
        "subject_label",
        "relation",
        "object",
        "object_label",
        "more",
        "weakest_status",
        "lowest_confidence",
        "explanation_en",
        "explanation_fr",
        "premises",
    )
    english, french = (Labels.of(knowledge, language) for language in ("en", "fr"))
    rows = [
        (
            conclusion_id(each),
            each.rule,
            each.subject,
            english.entity(each.subject),
            each.relation,
            each.object,
            english.entity(each.object),
            "; ".join(f"{name}={','.join(values)}" for name, values in sorted(each.more.items())),
            each.status,
            f"{each.confidence:f}",
            chain_line(each.steps, english),
            chain_line(each.steps, french),
            "; ".join(each.premises),
        )
        for each in conclusions
    ]
    return _csv(columns, rows)


def to_derived(knowledge: Knowledge, conclusions: Iterable[Conclusion]) -> bytes:
    """Write every conclusion as Turtle, apart from what sources say."""
    return turtle(conclusion_triples(knowledge, conclusions))


def to_ontology(knowledge: Knowledge) -> bytes:
    """Give the ontology and its concepts as the package holds them, whatever the facts."""
    del knowledge
    return ontology_bytes()


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the facts: the file that holds it, its media type, and what writes it.

    What writes conclusions is ``concluding``, and gets them drawn. ``rows`` gives what it tells,
    without words.
    """

    file: str
    media_type: str
    facts: Callable[[Knowledge], bytes] | None = None
    concluding: Callable[[Knowledge, Iterable[Conclusion]], bytes] | None = None
    rows: Callable[[Analyses], Iterable[object]] | None = None

    def write(self, knowledge: Knowledge) -> bytes:
        """Write the format on its own."""
        return write_all(Analyses(knowledge), {self.file: self})[self.file]


FORMATS: Mapping[str, Format] = {
    "turtle": Format("techsov.ttl", "text/turtle", to_turtle),
    "ntriples": Format("techsov.nt", "application/n-triples", to_ntriples),
    "jsonld": Format("techsov.jsonld", "application/ld+json", to_jsonld),
    "ontology": Format("ontology.ttl", "text/turtle", to_ontology),
    "derived": Format("derived.ttl", "text/turtle", concluding=to_derived, rows=conclusion_rows),
    "graphml": Format("techsov.graphml", "application/graphml+xml", to_graphml, rows=network_rows),
    "gexf": Format("techsov.gexf", "application/gexf+xml", to_gexf, rows=network_rows),
    "entities": Format("entities.csv", "text/csv", entities_csv),
    "facts": Format("facts.csv", "text/csv", facts_csv),
    "sources": Format("sources.csv", "text/csv", sources_csv),
    "provenance": Format("provenance.csv", "text/csv", provenance_csv),
    "conclusions": Format(
        "conclusions.csv", "text/csv", concluding=conclusions_csv, rows=conclusion_rows
    ),
}


def write_all(found: Analyses, formats: Mapping[str, Format] = FORMATS) -> dict[str, bytes]:
    """Write several formats, by name; conclusions are drawn once, and only if one needs them."""
    needed = any(each.concluding for each in formats.values())
    knowledge = found.knowledge
    conclusions = draw_conclusions(found) if needed else ()
    written: dict[str, bytes] = {}
    for name, each in formats.items():
        if each.concluding:
            written[name] = each.concluding(knowledge, conclusions)
        elif each.facts:
            written[name] = each.facts(knowledge)
    return written
