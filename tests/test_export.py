"""Every format holds the same facts, and nothing that a reader's program would run or fetch."""

import csv
import io
import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
import rdflib

from techsov.graph import terms
from techsov.graph.dataset import DESCRIPTION, Written, describe
from techsov.graph.errors import Origin
from techsov.graph.export import FACT_COLUMNS, FORMATS
from techsov.graph.facts.frameworks import framework_of
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge
from techsov.graph.printing import LIVE, spreadsheet_safe
from techsov.graph.records import Entity, Records
from techsov.graph.triples.build import build_triples
from techsov.graph.triples.store import ontology_bytes

PLACE = Origin("data/entities/actors.csv", 2)
#: What labels may hold, as far as the checks let it in.
HOSTILE = (
    "=HYPERLINK(1)",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '"; DROP',
    "a,b;c",
    "</script><script>alert(1)</script>",
    "]]>&<é>",
    "\\u0041 \\",
    'it\'s "so"',
    "\u2028 \u00a0 e\u0301 🛰",
    "@prefix sov: <http://example.org/> .",
    "# no comment",
)
RDF_FORMATS = {
    "turtle": ("turtle", pyoxigraph.RdfFormat.TURTLE),
    "ntriples": ("nt", pyoxigraph.RdfFormat.N_TRIPLES),
    "jsonld": ("json-ld", pyoxigraph.RdfFormat.JSON_LD),
}


@pytest.fixture(scope="module")
def hostile() -> Knowledge:
    """Entities whose names are made to break something, and no fact."""
    schema = read_schema()
    entities = {
        f"e{number}": Entity(f"e{number}", "Company", text, text, "", (text,), PLACE)
        for number, text in enumerate(HOSTILE)
    }
    records = Records(entities, {}, {}, ())
    day = date(2024, 1, 1)
    triples = build_triples(records, schema, day)
    return Knowledge(records, schema, triples, day, "0" * 12, (), framework_of(None, read_schema()))


@pytest.fixture(params=["example", "published", "hostile"])
def knowledge(request: pytest.FixtureRequest) -> Knowledge:
    found: Knowledge = request.getfixturevalue(request.param)
    return found


def measured(written: dict[str, bytes]) -> dict[str, Written]:
    return {name: Written.of(content) for name, content in written.items()}


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


# --- RDF


def canonical(text: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(text, format=form)}


def ours(knowledge: Knowledge) -> set[str]:
    return canonical(FORMATS["ntriples"].write(knowledge), pyoxigraph.RdfFormat.N_TRIPLES)


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_oxigraph_reads_the_same_triples_back(name: str, knowledge: Knowledge) -> None:
    written = FORMATS[name].write(knowledge)
    assert canonical(written, RDF_FORMATS[name][1]) == ours(knowledge)


@pytest.mark.parametrize("name", RDF_FORMATS)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_rdflib_reads_the_same_triples_back(
    name: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As it comes, rdflib rewrites numbers that are not canonical: none of ours is.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", True)
    graph = rdflib.Graph().parse(data=FORMATS[name].write(knowledge), format=RDF_FORMATS[name][0])
    again = graph.serialize(format="nt", encoding="utf-8")
    assert canonical(again, pyoxigraph.RdfFormat.N_TRIPLES) == ours(knowledge)
    assert len(graph) == len(knowledge.triples)


def test_json_ld_carries_its_context_and_fetches_none(knowledge: Knowledge) -> None:
    document = json.loads(FORMATS["jsonld"].write(knowledge))
    assert document.keys() == {"@context", "@graph"}
    assert document["@context"] == terms.PREFIXES
    assert '"@context"' not in json.dumps(document["@graph"])
    assert len(document["@graph"]) == len({line.split(" ")[0] for line in knowledge.triples})


def test_the_prefixes_of_turtle_are_sorted_and_those_of_the_project(example: Knowledge) -> None:
    lines = FORMATS["turtle"].write(example).decode().splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(f"@prefix {name}: <{iri}> ." for name, iri in terms.PREFIXES.items())
    assert lines[: len(prefixes)] == prefixes


def test_the_ontology_is_exported_as_it_is(example: Knowledge) -> None:
    assert FORMATS["ontology"].write(example) == ontology_bytes()
    assert canonical(ontology_bytes(), pyoxigraph.RdfFormat.TURTLE)


def test_every_term_of_ours_that_an_export_uses_is_declared(published: Knowledge) -> None:
    written = {name: form.write(published) for name, form in FORMATS.items()}
    text = written["ntriples"].decode() + describe(published, measured(written)).decode()
    used = set(re.findall(rf"<{re.escape(terms.NS)}(\w+)>", text))
    used |= set(re.findall(r"\bsov:(\w+)", describe(published, measured(written)).decode()))
    graph = rdflib.Graph().parse(data=ontology_bytes(), format="turtle")
    declared = {
        str(term).removeprefix(terms.NS)
        for term in graph.subjects(rdflib.RDF.type)
        if str(term).startswith(terms.NS)
    }
    assert used <= declared


# --- Networks


def edges(knowledge: Knowledge) -> set[tuple[str, str, str]]:
    relations = knowledge.schema.relations
    return {
        (fact.subject, fact.object, fact.id)
        for fact in knowledge.records.facts
        if not relations[fact.relation].object_is_no_entity
    }


def test_graphml_holds_every_fact_between_entities(knowledge: Knowledge) -> None:
    text = FORMATS["graphml"].write(knowledge).decode()
    network: Any = nx.parse_graphml(text, force_multigraph=True)
    assert set(network) == set(knowledge.records.entities)
    assert set(network.edges(keys=True)) == edges(knowledge)
    for name, entity in knowledge.records.entities.items():
        assert network.nodes[name]["label"] == entity.label_en


def test_gexf_holds_every_fact_between_entities(knowledge: Knowledge) -> None:
    network = nx.read_gexf(io.BytesIO(FORMATS["gexf"].write(knowledge)), version="1.2draft")
    assert set(network) == set(knowledge.records.entities)
    read = {(tail, head, data["id"]) for tail, head, data in network.edges(data=True)}
    assert read == edges(knowledge)
    for name, entity in knowledge.records.entities.items():
        assert network.nodes[name]["label"] == entity.label_en


def test_a_network_says_what_holds_and_by_whom(example: Knowledge) -> None:
    network: Any = nx.parse_graphml(
        FORMATS["graphml"].write(example).decode(), force_multigraph=True
    )
    by_status = {data["status"]: data for *_, data in network.edges("nimbus-cloud", data=True)}
    assert by_status["planned"]["holds"] is False
    assert by_status["stated"]["holds"] is True
    assert by_status["stated"]["confidence"] == 0.9
    assert by_status["stated"]["layer"] == "chips"
    assert by_status["stated"]["sources"] == "gazette;nimbus-page"
    assert network.nodes["borealia"]["iso"] == "NO"


def test_gexf_bears_the_day_of_the_facts_and_not_that_of_the_clock(example: Knowledge) -> None:
    text = FORMATS["gexf"].write(example).decode()
    assert re.findall(r'lastmodifieddate="([^"]*)"', text) == ["2024-06-01"]
    assert not re.search(r"\d\d:\d\d:\d\d", text)


# --- Tables

TABLES = ("entities", "facts", "sources", "provenance")


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_table_is_a_live_formula(name: str, knowledge: Knowledge) -> None:
    for row in table(FORMATS[name].write(knowledge)):
        for cell in row.values():
            assert not cell.startswith(LIVE) or re.fullmatch(r"-?\d+(\.\d+)?", cell)


def test_a_table_keeps_every_text_behind_at_most_an_apostrophe(hostile: Knowledge) -> None:
    rows = table(FORMATS["entities"].write(hostile))
    assert {row["label_en"].removeprefix("'") for row in rows} == set(HOSTILE)


@pytest.mark.parametrize("text", ["=1", "+1", "-a", "@a", "\ta", "\ra", "+33 1"])
def test_text_that_a_spreadsheet_would_run_is_made_safe(text: str) -> None:
    assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "-1", "-1.5", "2024-05", "'=1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert spreadsheet_safe(text) == text


def test_entities_count_the_facts_and_documents_behind_them(example: Knowledge) -> None:
    rows = {row["id"]: row for row in table(FORMATS["entities"].write(example))}
    assert rows.keys() == example.records.entities.keys()
    # provides, dependsOn twice over two documents, describedAs twice, memberOf, subsidiaryOf
    assert (rows["nimbus-cloud"]["facts"], rows["nimbus-cloud"]["sources"]) == ("5", "2")
    assert (rows["nimbus"]["facts"], rows["nimbus"]["sources"]) == ("4", "1")
    assert rows["chipper"]["names"] == "CHIPPER Inc."


def test_facts_have_one_line_per_piece_of_evidence(example: Knowledge) -> None:
    rows = table(FORMATS["facts"].write(example))
    assert tuple(rows[0]) == FACT_COLUMNS
    assert len(rows) == sum(len(fact.evidence) for fact in example.records.facts) == 12
    (page,) = (row for row in rows if row["source"] == "nimbus-page" and row["status"] == "stated")
    assert page == {
        "fact": page["fact"],
        "subject": "nimbus-cloud",
        "subject_label": "Nimbus Cloud",
        "relation": "dependsOn",
        "object": "tiny-chip",
        "object_label": "Tiny Chip",
        "value": "",
        "qualifiers": "layer=chips; substitutability=unknown",
        "status": "stated",
        "holds": "yes",
        "claimant": "",
        "valid_from": "",
        "valid_to": "",
        "confidence": "0.9",
        "promotional_only": "no",
        "source": "nimbus-page",
        "paragraph": "",
        "gloss_en": "Nimbus names its chip supplier.",
        "gloss_fr": "Nimbus nomme son fournisseur de puces.",
    }
    promotional = {row["status"] for row in rows if row["promotional_only"] == "yes"}
    assert promotional == {"planned"}
    ended = next(row for row in rows if row["valid_to"])
    assert (ended["subject"], ended["valid_to"], ended["holds"]) == ("cumulus", "2023", "no")
    claim = next(row for row in rows if row["status"] == "claimed")
    assert (claim["object_label"], claim["claimant"]) == ("sovereign", "nimbus")


def test_sources_count_what_rests_on_them_alone(example: Knowledge) -> None:
    rows = {row["id"]: row for row in table(FORMATS["sources"].write(example))}
    counted = {name: (row["facts"], row["facts_on_it_alone"]) for name, row in rows.items()}
    assert counted == {"gazette": ("10", "9"), "nimbus-page": ("2", "1"), "legend": ("0", "0")}
    assert (rows["legend"]["read"], rows["gazette"]["read"]) == ("no", "yes")


def test_provenance_leads_back_to_the_line(example: Knowledge) -> None:
    rows = table(FORMATS["provenance"].write(example))
    assert len(rows) == 12
    places = {(row["fact"], row["source"]): (row["file"], row["line"]) for row in rows}
    assert places["chipper--provides--tiny-chip", "gazette"] == ("example/facts/provides.csv", "2")
    twice = {place for (fact, _), place in places.items() if "dependsOn--tiny-chip" in fact}
    assert twice == {("example/facts/dependsOn.csv", line) for line in ("2", "4", "5")}
    hashes = {row["passage_sha256"][:4] for row in rows if row["source"] == "gazette"}
    assert hashes == {"d1cd", "2299", "19b5", "2c75"}


# --- The description


def test_the_description_counts_and_hashes_what_was_written(knowledge: Knowledge) -> None:
    written = {name: form.write(knowledge) for name, form in FORMATS.items()}
    graph = rdflib.Graph().parse(data=describe(knowledge, measured(written)), format="turtle")
    this = rdflib.URIRef(terms.GRAPH)
    void, dcat = (
        rdflib.Namespace("http://rdfs.org/ns/void#"),
        rdflib.Namespace("http://www.w3.org/ns/dcat#"),
    )
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    counts = {
        name: int(str(graph.value(this, void[name])))
        for name in ("triples", "entities", "documents")
    }
    assert counts == {
        "triples": len(knowledge.triples),
        "entities": len(knowledge.records.entities),
        "documents": len(knowledge.records.sources),
    }
    described = {}
    for distribution in graph.objects(this, dcat.distribution):
        title = str(graph.value(distribution, rdflib.DCTERMS.title))
        checksum = graph.value(distribution, spdx.checksum)
        described[title] = (
            int(str(graph.value(distribution, dcat.byteSize))),
            str(graph.value(checksum, spdx.checksumValue)),
        )
    assert described == {
        FORMATS[name].file: (len(content), sha256(content).hexdigest())
        for name, content in written.items()
    }


# --- Bytes


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_whole_lines_and_the_same_each_time(name: str, example: Knowledge) -> None:
    written = FORMATS[name].write(example)
    assert written == FORMATS[name].write(example)
    assert written.endswith(b"\n")
    assert b"\r" not in written


def test_no_export_names_this_machine_or_this_hour(example: Knowledge) -> None:
    written = {name: form.write(example) for name, form in FORMATS.items()}
    written[DESCRIPTION] = describe(example, measured(written))
    for name, content in written.items():
        for word in (b"/home", b"/root", b"/tmp", str(Path.cwd()).encode()):
            assert word not in content, name
