"""Any text reaches every format unchanged, and the guard of questions counts as a slow one does."""

from datetime import date

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st

from techsov.graph.errors import Origin, QuestionError
from techsov.graph.export import FORMATS
from techsov.graph.facts.frameworks import framework_of
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge
from techsov.graph.printing import LIVE, spreadsheet_safe
from techsov.graph.records import Entity, Records
from techsov.graph.triples.build import build_triples, to_bytes, to_rdflib
from techsov.graph.triples.questions import NESTING, filled, refuse_foreign
from techsov.graph.triples.store import Cell, InOxigraph

#: What a cell may hold: no control character, no half of a surrogate pair.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
DAY = date(2024, 1, 1)


def named(text: str) -> Knowledge:
    entity = Entity("x", "Company", text, text, "", (text,), Origin("data/entities/actors.csv", 2))
    records = Records({"x": entity}, {}, {}, ())
    triples = build_triples(records, read_schema(), DAY)
    return Knowledge(
        records, read_schema(), triples, DAY, "0" * 12, (), framework_of(None, read_schema())
    )


@given(TEXTS)
def test_any_name_reaches_every_rdf_format_unchanged(text: str) -> None:
    knowledge = named(text)
    assert sum(str(term) == text for term in to_rdflib(knowledge.triples).objects()) == 3
    expected = set(
        pyoxigraph.parse(to_bytes(knowledge.triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    )
    for name, form in (
        ("turtle", pyoxigraph.RdfFormat.TURTLE),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ):
        assert set(pyoxigraph.parse(FORMATS[name].write(knowledge), format=form)) == expected
    assert [
        quad.object.value
        for quad in expected
        if quad.predicate.value.endswith("altLabel") and isinstance(quad.object, pyoxigraph.Literal)
    ] == [text]


@given(st.text())
def test_a_cell_is_no_formula_and_loses_nothing(text: str) -> None:
    safe = spreadsheet_safe(text)
    assert safe in {text, f"'{text}"}
    assert not safe.startswith(LIVE) or safe.lstrip("-").replace(".", "").isdecimal()


def depth(text: str) -> int:
    """Nesting, bracket by bracket."""
    deepest, now = 0, 0
    for char in text:
        now = max(0, now + (char in "{([") - (char in "})]"))
        deepest = max(deepest, now)
    return deepest


@given(st.lists(st.sampled_from([*"{}()[]", "{" * 60, "}" * 60, "?x ", "1 "]), max_size=20))
def test_the_guard_counts_depth_as_a_slow_one_does(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        refuse_foreign(text)
        refused = False
    except QuestionError:
        refused = True
    assert refused == (depth(text) > NESTING)


@given(TEXTS)
def test_a_refused_word_in_a_text_is_a_text(text: str) -> None:
    query = filled("SELECT * { ?s ?p $name }", {"name": Cell(f"{text} SERVICE {text}", "string")})
    refuse_foreign(query)


@given(TEXTS, st.sampled_from(["\\", '"', '\\"', '"""', "#", "$name", "\\u0022", "\n", "'"]))
def test_a_text_that_fills_a_blank_stays_one_text(text: str, edge: str) -> None:
    value = f"{edge}{text}{edge}"
    query = filled("SELECT ?x { BIND ($name AS ?x) }", {"name": Cell(value, "string")})
    assert InOxigraph(pyoxigraph.Store()).select(query, 9).rows == ((Cell(value, "string"),),)
