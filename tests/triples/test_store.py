"""Both engines give the same answers, and the store changes none of our literals."""

import re

import pyoxigraph
import pytest
import rdflib

from techsov.graph import terms
from techsov.graph.errors import QuestionError
from techsov.graph.flow import Knowledge
from techsov.graph.triples.store import (
    Answer,
    Asked,
    Cell,
    Engine,
    open_store,
    oxigraph_store,
    rdflib_store,
)

ENGINES: tuple[Engine, ...] = ("oxigraph", "rdflib")


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, example: Knowledge) -> Asked:
    return open_store(example.triples, request.param)


def in_oxigraph(knowledge: Knowledge) -> set[str]:
    return {str(quad.triple) + " ." for quad in oxigraph_store(knowledge.triples)}


def in_rdflib(knowledge: Knowledge) -> set[str]:
    text = rdflib_store(knowledge.triples).serialize(format="nt", encoding="utf-8").decode()
    # rdflib escapes what N-Triples need not escape: read back by the other parser, and compared.
    return {
        str(quad.triple) + " ."
        for quad in pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    }


@pytest.mark.parametrize("data", ["example", "published"])
def test_neither_store_changes_a_term(data: str, request: pytest.FixtureRequest) -> None:
    knowledge: Knowledge = request.getfixturevalue(data)
    ours = set(knowledge.triples)
    assert ours - in_oxigraph(knowledge) == set()
    assert ours - in_rdflib(knowledge) == set()


@pytest.mark.parametrize("data", ["example", "published"])
def test_every_number_is_canonical(data: str, request: pytest.FixtureRequest) -> None:
    knowledge: Knowledge = request.getfixturevalue(data)
    number = re.compile(rf'"(.*)"\^\^<{re.escape(terms.XSD)}(decimal|integer)>')
    numbers = {found.groups() for line in knowledge.triples if (found := number.search(line))}
    assert numbers
    forms = {"integer": r"0|-?[1-9]\d*", "decimal": r"-?(0|[1-9]\d*)(\.\d*[1-9])?"}
    assert [pair for pair in numbers if not re.fullmatch(forms[pair[1]], pair[0])] == []


def test_the_ontology_is_asked_with_the_facts(store: Asked) -> None:
    query = "ASK { sov:dependsOn sov:family c:family-need . c:layer-chips skos:inScheme c:layer }"
    assert store.select(query, 1).rows == ((Cell("true", "boolean"),),)


def test_columns_stand_in_the_order_of_the_question(store: Asked) -> None:
    query = "SELECT ?supplier ?dependent { ?dependent sov:dependsOn ?supplier } ORDER BY ?dependent"
    assert store.select(query, 9) == Answer(
        ("supplier", "dependent"),
        (
            (Cell(f"{terms.ENTITY}tiny-chip"), Cell(f"{terms.ENTITY}cumulus-cloud")),
            (Cell(f"{terms.ENTITY}tiny-chip"), Cell(f"{terms.ENTITY}nimbus-cloud")),
        ),
    )


def test_a_cell_keeps_its_kind_and_its_language(store: Asked) -> None:
    query = """SELECT ?label ?iso ?number ?day ?none {
        id:borealia rdfs:label ?label ; sov:iso3166 ?iso .
        doc:gazette sov:paragraphCount ?number ; dct:issued ?day .
        OPTIONAL { id:borealia sov:nothing ?none }
        FILTER (LANG(?label) = "fr")
    }"""
    assert store.select(query, 9).rows == (
        (
            Cell("Boréalie", "langString", "fr"),
            Cell("NO", "string"),
            Cell("4", "integer"),
            Cell("2024-05-01", "date"),
            None,
        ),
    )


def test_a_construction_gives_triples(store: Asked) -> None:
    answer = store.select("CONSTRUCT { ?s a sov:X } WHERE { ?s sov:subsidiaryOf ?o }", 9)
    assert answer.columns == ("subject", "predicate", "object")
    found = [[cell and cell.value for cell in row] for row in answer.rows]
    assert found == [[f"{terms.ENTITY}nimbus", f"{terms.RDF}type", f"{terms.NS}X"]]


@pytest.mark.parametrize(("limit", "rows", "complete"), [(1, 1, False), (2, 2, True), (3, 2, True)])
def test_a_cut_answer_says_so(store: Asked, limit: int, rows: int, complete: bool) -> None:
    answer = store.select("SELECT ?s { ?s sov:dependsOn ?o }", limit)
    assert (len(answer.rows), answer.complete) == (rows, complete)


def test_a_mistake_gives_its_line(store: Asked) -> None:
    with pytest.raises(QuestionError, match=r"(line:|\b)2[:,]"):
        store.select("SELECT *\n{ ?s ?p }", 1)


def test_an_unknown_prefix_is_a_mistake_of_the_question(store: Asked) -> None:
    with pytest.raises(QuestionError):
        store.select("SELECT * { ?s nowhere:p ?o }", 1)


def test_both_engines_hold_the_same_triples(example: Knowledge) -> None:
    assert in_oxigraph(example) == in_rdflib(example)


def test_rdflib_fetches_nothing_that_a_question_names(example: Knowledge) -> None:
    from rdflib.plugins import sparql

    open_store(example.triples, "rdflib")
    assert sparql.SPARQL_LOAD_GRAPHS is False
    assert rdflib.NORMALIZE_LITERALS is False
