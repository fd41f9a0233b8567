"""What the triples of a fact are, and when a direct triple stands for it."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyoxigraph
import pytest
import rdflib

from techsov.graph import terms
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import Schema, read_schema
from techsov.graph.flow import Knowledge
from techsov.graph.records import Entity, Evidence, Fact, PartialDate, Passage, Records, Source
from techsov.graph.triples.build import build_triples, holds, superseded_facts, to_bytes, to_rdflib

DAY = date(2025, 6, 1)
PLACE = Origin("data/facts/dependsOn.csv", 2)
SCHEMA = read_schema()
SAID = Evidence("doc", 1, Decimal("0.9"), "It is said.", "C’est dit.", "", PLACE)
DOCUMENT = Source(
    id="doc",
    label_en="A document",
    label_fr="Un document",
    kind="article",
    stance="neutral",
    author="",
    publisher="",
    language="",
    published=None,
    accessed=None,
    url="",
    file="",
    paragraphs=None,
    sha256="",
    read=True,
    origin=PLACE,
)
DEPENDS = Fact(
    id="f",
    subject="ship",
    relation="dependsOn",
    object="engine",
    value="",
    qualifiers={"layer": ("chips",)},
    status="stated",
    claimant="",
    valid_from=None,
    valid_to=None,
    evidence=(SAID,),
    contradicts=(),
    supersedes=(),
)
DIRECT = {("ship", "dependsOn", "engine"), ("ship", "dependsOnChips", "engine")}


def records(*facts: Fact, sources: tuple[Source, ...] = (DOCUMENT,)) -> Records:
    names = {name for fact in facts for name in (fact.subject, fact.object)}
    return Records(
        {name: Entity(name, "Company", name, name, "", (), PLACE) for name in sorted(names)},
        {source.id: source for source in sources},
        {},
        facts,
    )


def built(*facts: Fact, day: date = DAY, schema: Schema = SCHEMA) -> list[str]:
    return build_triples(records(*facts), schema, day)


def short(term: str) -> str:
    """The local part of an address of ours; a literal as it stands."""
    return term[1:-1].rsplit("/", 1)[-1].rsplit("#", 1)[-1] if term[0] == "<" else term


def said_of(name: str, triples: list[str]) -> dict[str, set[str]]:
    """Property -> objects, of the subject ``name``."""
    found: dict[str, set[str]] = {}
    for line in triples:
        subject, predicate, term = line.removesuffix(" .").split(" ", 2)
        if short(subject) == name:
            found.setdefault(short(predicate), set()).add(short(term))
    return found


def direct(triples: list[str]) -> set[tuple[str, str, str]]:
    relations = SCHEMA.relations.keys() | set(SCHEMA.shortcuts.values())
    split = (line.removesuffix(" .").split(" ", 2) for line in triples)
    return {
        (short(subject), short(predicate), short(term))
        for subject, predicate, term in split
        if subject.startswith(f"<{terms.ENTITY}") and short(predicate) in relations
    }


def test_each_fact_is_one_assertion_node(example: Knowledge) -> None:
    nodes = Counter(
        line.split(" ", 1)[0] for line in example.triples if f"{terms.NS}predicate>" in line
    )
    assert nodes == {f"<{terms.ASSERTION}{fact.id}>": 1 for fact in example.records.facts}


def test_an_assertion_says_who_what_whom_how_and_where() -> None:
    assert said_of("f", built(DEPENDS)) == {
        "type": {"DependencyAssertion"},
        "subject": {"ship"},
        "predicate": {"dependsOn"},
        "object": {"engine"},
        "status": {"status-stated"},
        "confidence": {f'"0.9"^^<{terms.XSD}decimal>'},
        "layer": {"layer-chips"},
        "evidence": {"f--doc-p1"},
    }
    assert said_of("f--doc-p1", built(DEPENDS)) == {
        "type": {"Evidence"},
        "passage": {"doc-p1"},
        "gloss": {'"It is said."@en', '"C’est dit."@fr'},
        "confidence": {f'"0.9"^^<{terms.XSD}decimal>'},
    }


def test_two_passages_are_one_assertion_and_two_pieces_of_evidence() -> None:
    weaker = replace(SAID, paragraph=None, confidence=Decimal("0.5"), cited_source="other")
    triples = built(replace(DEPENDS, evidence=(weaker, SAID)))
    assert said_of("f", triples)["evidence"] == {"f--doc-page", "f--doc-p1"}
    assert said_of("f", triples)["confidence"] == {f'"0.9"^^<{terms.XSD}decimal>'}
    assert said_of("f--doc-page", triples)["citedSource"] == {"other"}


def test_a_stated_fact_that_holds_has_its_direct_triple_and_the_shortcut_of_its_layer() -> None:
    assert direct(built(DEPENDS)) == DIRECT


def test_a_fact_in_two_layers_has_two_shortcuts() -> None:
    fact = replace(DEPENDS, qualifiers={"layer": ("chips", "cloud")})
    assert direct(built(fact)) == DIRECT | {("ship", "dependsOnCloud", "engine")}


def test_every_layer_has_its_shortcut() -> None:
    assert SCHEMA.shortcuts.keys() == {f"layer-{name}" for name in SCHEMA.in_scheme("layer")}


@pytest.mark.parametrize("status", ["planned", "claimed", "hypothetical", "denied", "inferred"])
def test_what_is_not_stated_has_no_direct_triple(status: str) -> None:
    assert direct(built(replace(DEPENDS, status=status))) == set()


def test_what_has_ended_has_no_direct_triple() -> None:
    fact = replace(DEPENDS, valid_to=PartialDate("2025-05"))
    assert direct(built(fact)) == set()
    assert direct(built(fact, day=date(2025, 5, 31))) == DIRECT


def test_what_is_not_yet_valid_has_no_direct_triple() -> None:
    fact = replace(DEPENDS, valid_from=PartialDate("2026"))
    assert direct(built(fact)) == set()
    assert direct(built(fact, day=date(2026, 1, 1))) == DIRECT


def test_what_is_superseded_has_no_direct_triple_whatever_becomes_of_its_successor() -> None:
    later = replace(
        DEPENDS, id="g", object="sail", status="planned", qualifiers={}, supersedes=("f",)
    )
    triples = built(DEPENDS, later)
    assert direct(triples) == set()
    assert said_of("g", triples)["supersedes"] == {"f"}


def test_the_day_of_the_direct_triples_stands_in_the_triples() -> None:
    assert said_of("graph", built()) == {"asOf": {f'"2025-06-01"^^<{terms.XSD}date>'}}


def test_a_subsidiary_is_controlled_by_its_parent() -> None:
    fact = replace(DEPENDS, relation="subsidiaryOf", qualifiers={})
    assert direct(built(fact)) == {
        ("ship", "subsidiaryOf", "engine"),
        ("engine", "controls", "ship"),
    }
    assert direct(built(replace(fact, status="planned"))) == set()


def test_what_also_holds_reversed_is_what_the_ontology_declares(example: Knowledge) -> None:
    from techsov.graph.triples.store import open_store

    query = "SELECT ?relation ?reversed { ?relation sov:alsoReversed ?reversed }"
    (row,) = open_store(example.triples).select(query, 10).rows
    assert [cell and cell.value.removeprefix(terms.NS) for cell in row] == [
        "subsidiaryOf",
        "controls",
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024-02-03", "2024-02-03", "2024-02-03", "day"),
    ],
)
def test_dates_are_full_and_say_their_precision(
    text: str, first: str, last: str, precision: str
) -> None:
    fact = replace(DEPENDS, valid_from=PartialDate(text), valid_to=PartialDate(text))
    said = said_of("f", built(fact))
    assert said["validFrom"] == {f'"{first}"^^<{terms.XSD}date>'}
    assert said["validUntil"] == {f'"{last}"^^<{terms.XSD}date>'}
    assert said["fromPrecision"] == said["untilPrecision"] == {f"precision-{precision}"}


def test_a_document_without_a_date_says_so() -> None:
    dated = replace(DOCUMENT, id="dated", published=PartialDate("2024-05"))
    triples = build_triples(records(sources=(DOCUMENT, dated)), SCHEMA, DAY)
    assert said_of("doc", triples)["issuedPrecision"] == {"precision-unknown"}
    assert "issued" not in said_of("doc", triples)
    assert said_of("dated", triples)["issued"] == {f'"2024-05-01"^^<{terms.XSD}date>'}
    assert said_of("dated", triples)["issuedPrecision"] == {"precision-month"}


def test_what_is_not_said_of_a_document_is_no_triple() -> None:
    assert said_of("doc", built()).keys() == {
        "type",
        "label",
        "identifier",
        "documentKind",
        "stance",
        "read",
        "issuedPrecision",
    }


def test_a_web_page_has_neither_number_nor_hash() -> None:
    passages = {item.id: item for item in (Passage("doc", 3, "ab12"), Passage("doc", None, ""))}
    triples = build_triples(replace(records(), passages=passages), SCHEMA, DAY)
    assert said_of("doc-page", triples) == {"type": {"Passage"}, "inDocument": {"doc"}}
    assert said_of("doc-p3", triples) == {
        "type": {"Passage"},
        "inDocument": {"doc"},
        "paragraph": {f'"3"^^<{terms.XSD}integer>'},
        "textSha256": {'"ab12"'},
    }


def test_a_figure_is_a_value_and_its_qualifiers_are_terms() -> None:
    fact = replace(
        DEPENDS,
        relation="hasQuantity",
        object="",
        value="19.8",
        qualifiers={"measure": ("investment",), "unit": ('a "unit"',), "geography": ("sea",)},
    )
    said = said_of("f", built(fact))
    assert said["value"] == {f'"19.8"^^<{terms.XSD}decimal>'}
    assert "object" not in said
    assert said["measure"] == {"measure-investment"}
    assert said["unit"] == {'"a \\"unit\\""'}
    assert said["geography"] == {"sea"}
    assert direct(built(fact)) == {("ship", "hasQuantity", f'"19.8"^^<{terms.XSD}decimal>')}


def test_a_value_in_words_is_escaped() -> None:
    relation = replace(SCHEMA.relations["hasQuantity"], value="string")
    schema = replace(SCHEMA, relations={**SCHEMA.relations, "hasQuantity": relation})
    fact = replace(DEPENDS, relation="hasQuantity", object="", value='"\\', qualifiers={})
    graph = to_rdflib(built(fact, schema=schema))
    assert rdflib.Literal('"\\') in set(graph.objects())


def test_a_judgement_has_a_concept_as_its_object_and_an_actor_or_a_document_behind_it() -> None:
    fact = replace(
        DEPENDS,
        relation="describedAs",
        object="descr-sovereign",
        status="claimed",
        claimant="engine",
        qualifiers={"sovereignty_for": ("sea",)},
    )
    said = said_of("f", built(fact))
    assert said["object"] == {"descr-sovereign"}
    assert said["sovereigntyFor"] == {"sea"}
    lines = built(replace(fact, claimant="doc"), DEPENDS)
    assert f"<{terms.ASSERTION}f> <{terms.NS}claimant> <{terms.DOCUMENT}doc> ." in lines
    lines = built(fact, DEPENDS)
    assert f"<{terms.ASSERTION}f> <{terms.NS}claimant> <{terms.ENTITY}engine> ." in lines


def test_a_fact_holds_if_stated_on_the_day_and_not_replaced() -> None:
    assert holds(DEPENDS, DAY, frozenset())
    assert not holds(DEPENDS, DAY, frozenset({"f"}))
    assert not holds(replace(DEPENDS, status="claimed"), DAY, frozenset())
    assert not holds(replace(DEPENDS, valid_from=PartialDate("2025-06-02")), DAY, frozenset())
    assert superseded_facts(records(replace(DEPENDS, supersedes=("a", "b")))) == {"a", "b"}


def test_the_lines_are_sorted_and_each_stands_once(example: Knowledge) -> None:
    assert example.triples == sorted(set(example.triples))
    assert to_bytes(example.triples).endswith(b" .\n")


def test_the_order_of_the_records_changes_nothing(example: Knowledge) -> None:
    facts = list(example.records.facts)
    random.Random(1).shuffle(facts)
    entities = dict(sorted(example.records.entities.items(), reverse=True))
    shuffled = replace(example.records, entities=entities, facts=tuple(facts))
    assert build_triples(shuffled, example.schema, example.day) == example.triples


HOSTILE = 'a "quote", a \\, </script>, =1+1, \u2028, \u202f, é, e\u0301, 🛰, \\u0041, a\tb'


def test_any_text_comes_back_unchanged_from_both_parsers() -> None:
    entity = Entity("x", "Company", HOSTILE, HOSTILE, "", (HOSTILE,), PLACE)
    triples = build_triples(Records({"x": entity}, {}, {}, ()), SCHEMA, DAY)
    in_rdflib = sorted(str(term) for term in to_rdflib(triples).objects() if str(term) == HOSTILE)
    quads = pyoxigraph.parse(to_bytes(triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    in_oxigraph = [
        quad.object.value
        for quad in quads
        if isinstance(quad.object, pyoxigraph.Literal) and quad.object.value == HOSTILE
    ]
    assert in_rdflib == in_oxigraph == [HOSTILE] * 3
