"""Records to triples: one assertion node per fact, and a direct triple for what holds.

A triple is one line of N-Triples, so that building costs little more than writing, and sorting
the lines gives the same bytes for the same facts. ``to_rdflib`` gives the same triples to those
who work with rdflib.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from techsov.graph import terms
from techsov.graph.facts.schema import Qualifier, Relation, Schema
from techsov.graph.records import Entity, Evidence, Fact, PartialDate, Passage, Records, Source

if TYPE_CHECKING:
    import rdflib

#: Code points that N-Triples escapes by name.
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
ESCAPED = re.compile(r'[\\"\n\r\t]')
#: So many lines are joined at once: joining all of them takes the memory of the document twice.
LINES_AT_ONCE = 10_000


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _sov(name: str) -> str:
    return f"<{terms.NS}{name}>"


TYPE = _iri(f"{terms.RDF}type")
LABEL = _iri(f"{terms.RDFS}label")


def _text(text: str) -> str:
    return f'"{text.translate(ESCAPES) if ESCAPED.search(text) else text}"'


def _words(text: str, language: str) -> str:
    return f"{_text(text)}@{language}"


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^<{terms.XSD}{datatype}>'


def _concept(name: str) -> str:
    return f"<{terms.CONCEPT}{name}>"


def _entity_iri(name: str) -> str:
    return f"<{terms.ENTITY}{name}>"


def _document(name: str) -> str:
    return f"<{terms.DOCUMENT}{name}>"


def _assertion(name: str) -> str:
    return f"<{terms.ASSERTION}{name}>"


def build_triples(records: Records, schema: Schema, day: date) -> list[str]:
    """Write every record as lines of N-Triples, sorted, each once.

    Parameters
    ----------
    records : Records
        What was read and checked.
    schema : Schema
        The relations and their qualifiers.
    day : date
        Direct triples are written for what holds on this day, never by the clock.

    Returns
    -------
    list of str
        Lines without their line break.
    """
    lines = [f"{_iri(terms.GRAPH)} {_sov('asOf')} {_typed(day.isoformat(), 'date')} ."]
    for entity in records.entities.values():
        lines += _entity(entity)
    for source in records.sources.values():
        lines += _source(source)
    for passage in records.passages.values():
        lines += _passage(passage)
    superseded = superseded_facts(records)
    for fact in records.facts:
        relation = schema.relations[fact.relation]
        lines += _fact(fact, relation, records)
        if holds(fact, day, superseded):
            lines += _direct(fact, relation, schema)
    # Records come in the order of their ids: sorting such a list is nearly free, a set is not.
    lines.sort()
    return [line for line, _ in groupby(lines)]


def superseded_facts(records: Records) -> frozenset[str]:
    """Give the ids of the facts that a later fact replaces."""
    return frozenset(name for fact in records.facts for name in fact.supersedes)


def holds(fact: Fact, day: date, superseded: frozenset[str]) -> bool:
    """Whether a direct triple may stand for ``fact``: stated, on that day, not replaced."""
    return fact.status == "stated" and fact.id not in superseded and fact.holds_on(day)


def _entity(entity: Entity) -> Iterator[str]:
    this = _entity_iri(entity.id)
    yield f"{this} {TYPE} {_sov(entity.cls)} ."
    yield f"{this} {LABEL} {_words(entity.label_en, 'en')} ."
    yield f"{this} {LABEL} {_words(entity.label_fr, 'fr')} ."
    for name in entity.names:
        yield f"{this} <{terms.SKOS}altLabel> {_text(name)} ."
    if entity.iso:
        yield f"{this} {_sov('iso3166')} {_text(entity.iso)} ."


def _source(source: Source) -> Iterator[str]:
    this = _document(source.id)
    yield f"{this} {TYPE} {_sov('SourceDocument')} ."
    yield f"{this} {LABEL} {_words(source.label_en, 'en')} ."
    yield f"{this} {LABEL} {_words(source.label_fr, 'fr')} ."
    yield f"{this} <{terms.DCT}identifier> {_text(source.id)} ."
    yield f"{this} {_sov('documentKind')} {_concept(f'kind-{source.kind}')} ."
    if source.stance:
        yield f"{this} {_sov('stance')} {_concept(f'stance-{source.stance}')} ."
    yield f"{this} {_sov('read')} {_typed('true' if source.read else 'false', 'boolean')} ."
    precision = source.published.precision if source.published else "unknown"
    yield f"{this} {_sov('issuedPrecision')} {_concept(f'precision-{precision}')} ."
    if source.published:
        yield f"{this} <{terms.DCT}issued> {_typed(source.published.first.isoformat(), 'date')} ."
    if source.accessed:
        yield f"{this} {_sov('accessed')} {_typed(source.accessed.first.isoformat(), 'date')} ."
    for name, text in (
        ("language", source.language),
        ("publisher", source.publisher),
        ("creator", source.author),
    ):
        if text:
            yield f"{this} <{terms.DCT}{name}> {_text(text)} ."
    if source.url:
        yield f"{this} <{terms.SCHEMA}url> {_typed(source.url, 'anyURI')} ."
    if source.paragraphs:
        yield f"{this} {_sov('paragraphCount')} {_typed(str(source.paragraphs), 'integer')} ."
    if source.sha256:
        yield f"{this} {_sov('textSha256')} {_text(source.sha256)} ."


def _passage(passage: Passage) -> Iterator[str]:
    this = _document(passage.id)
    yield f"{this} {TYPE} {_sov('Passage')} ."
    yield f"{this} {_sov('inDocument')} {_document(passage.source)} ."
    if passage.paragraph:
        yield f"{this} {_sov('paragraph')} {_typed(str(passage.paragraph), 'integer')} ."
    if passage.sha256:
        yield f"{this} {_sov('textSha256')} {_text(passage.sha256)} ."


def _speaker(name: str, records: Records) -> str:
    return _document(name) if name in records.sources else _entity_iri(name)


def _object(fact: Fact, relation: Relation) -> str:
    if relation.value == "string":
        return _text(fact.value)
    if relation.value:
        return _typed(fact.value, relation.value)
    return _concept(fact.object) if relation.scheme else _entity_iri(fact.object)


def _qualified(qualifier: Qualifier, value: str) -> str:
    if qualifier.kind == "concept":
        return _concept(f"{qualifier.scheme}-{value}")
    if qualifier.kind == "entity":
        return _entity_iri(value)
    return _text(value) if qualifier.kind == "string" else _typed(value, qualifier.kind)


def _date(this: str, name: str, precision: str, day: date, partial: PartialDate) -> Iterator[str]:
    yield f"{this} {_sov(name)} {_typed(day.isoformat(), 'date')} ."
    yield f"{this} {_sov(precision)} {_concept(f'precision-{partial.precision}')} ."


def _fact(fact: Fact, relation: Relation, records: Records) -> Iterator[str]:
    this = _assertion(fact.id)
    target = "value" if relation.value else "object"
    yield f"{this} {TYPE} {_sov(relation.assertion_class)} ."
    yield f"{this} {_sov('subject')} {_entity_iri(fact.subject)} ."
    yield f"{this} {_sov('predicate')} {_sov(fact.relation)} ."
    yield f"{this} {_sov(target)} {_object(fact, relation)} ."
    yield f"{this} {_sov('status')} {_concept(f'status-{fact.status}')} ."
    yield f"{this} {_sov('confidence')} {_typed(f'{fact.confidence:f}', 'decimal')} ."
    if fact.claimant:
        yield f"{this} {_sov('claimant')} {_speaker(fact.claimant, records)} ."
    for qualifier in relation.qualifiers:
        for value in fact.qualifiers.get(qualifier.column, ()):
            yield f"{this} {_sov(qualifier.id)} {_qualified(qualifier, value)} ."
    if fact.valid_from:
        yield from _date(this, "validFrom", "fromPrecision", fact.valid_from.first, fact.valid_from)
    if fact.valid_to:
        yield from _date(this, "validUntil", "untilPrecision", fact.valid_to.last, fact.valid_to)
    for name in fact.contradicts:
        yield f"{this} {_sov('contradicts')} {_assertion(name)} ."
    for name in fact.supersedes:
        yield f"{this} {_sov('supersedes')} {_assertion(name)} ."
    for evidence in fact.evidence:
        yield from _evidence(this, fact, evidence)


def evidence_id(fact: Fact, evidence: Evidence) -> str:
    """Give the local part of the IRI of one piece of evidence."""
    return f"{fact.id}--{evidence.passage}"


def _evidence(assertion: str, fact: Fact, evidence: Evidence) -> Iterator[str]:
    this = _iri(terms.EVIDENCE + evidence_id(fact, evidence))
    yield f"{assertion} {_sov('evidence')} {this} ."
    yield f"{this} {TYPE} {_sov('Evidence')} ."
    yield f"{this} {_sov('passage')} {_document(evidence.passage)} ."
    yield f"{this} {_sov('gloss')} {_words(evidence.gloss_en, 'en')} ."
    yield f"{this} {_sov('gloss')} {_words(evidence.gloss_fr, 'fr')} ."
    yield f"{this} {_sov('confidence')} {_typed(f'{evidence.confidence:f}', 'decimal')} ."
    if evidence.cited_source:
        yield f"{this} {_sov('citedSource')} {_document(evidence.cited_source)} ."


def _direct(fact: Fact, relation: Relation, schema: Schema) -> Iterator[str]:
    this, target = _entity_iri(fact.subject), _object(fact, relation)
    yield f"{this} {_sov(fact.relation)} {target} ."
    if fact.relation == "dependsOn":
        for layer in fact.qualifiers.get("layer", ()):
            if shortcut := schema.shortcuts.get(f"layer-{layer}"):
                yield f"{this} {_sov(shortcut)} {target} ."
    if fact.relation == "subsidiaryOf":
        yield f"{target} {_sov('controls')} {this} ."


def to_bytes(triples: list[str]) -> bytes:
    """Join the lines into one N-Triples document."""
    starts = range(0, len(triples), LINES_AT_ONCE)
    parts = ("\n".join([*triples[start : start + LINES_AT_ONCE], ""]) for start in starts)
    return b"".join(part.encode() for part in parts)


def to_rdflib(triples: list[str]) -> "rdflib.Graph":
    """Give the triples to rdflib, literals untouched."""
    import rdflib

    rdflib.NORMALIZE_LITERALS = False
    graph = rdflib.Graph()
    for prefix, namespace in terms.PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.parse(data=to_bytes(triples), format="nt")
    return graph
