"""What may be asked, and what is refused before it is parsed."""

import contextlib
import time
from collections.abc import Callable

import pytest

from techsov.graph import terms
from techsov.graph.errors import LimitError, OntologyError, QuestionError, UsageError
from techsov.graph.flow import Knowledge
from techsov.graph.triples.questions import (
    NESTING,
    QUERY_BYTES,
    Parameter,
    Question,
    _question,
    answer,
    bind,
    filled,
    find_question,
    refuse_foreign,
)
from techsov.graph.triples.store import Asked, Cell, Engine, open_store


@pytest.fixture(scope="module")
def store(example: Knowledge) -> Asked:
    return open_store(example.triples)


REFUSED = [
    ("INSERT DATA { id:a sov:dependsOn id:b }", "question.update"),
    ("DELETE WHERE { ?s ?p ?o }", "question.update"),
    ("LOAD <http://example.org/x>", "question.update"),
    ("CLEAR ALL", "question.update"),
    ("DROP GRAPH <http://example.org/x>", "question.update"),
    ("CREATE GRAPH <http://example.org/x>", "question.update"),
    ("COPY DEFAULT TO <http://example.org/x>", "question.update"),
    ("MOVE DEFAULT TO <http://example.org/x>", "question.update"),
    ("ADD DEFAULT TO <http://example.org/x>", "question.update"),
    ("WITH <http://example.org/x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "question.update"),
    ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "question.service"),
    ("SELECT * { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }", "question.service"),
    ("SELECT * { SERVICE ?s { ?s ?p ?o } }", "question.service"),
    ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "question.from"),
    ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "question.from"),
    ("CONSTRUCT FROM<http://example.org/>WHERE{ ?s ?p ?o }", "question.from"),
    ("ASK FROM id:x { ?s ?p ?o }", "question.from"),
    ("DESCRIBE id:x FROM id:y", "question.from"),
]
HIDDEN = [
    "SELECT * { # }\n SERVICE # <http://example.org/>\n ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p '#' . SERVICE ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p <http://example.org/#> . SERVICE ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p '\\'' . SERVICE ?s { } # ' \n }",
    "SELECT * { ?s ?p '''it's''' . SERVICE ?s { } # ''' \n }",
    'SELECT * { ?s ?p """a "" \\""" """ . SERVICE ?s { } # """ \n }',
    "SELECT * { ?s ?p ?o.SERVICE ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.0.SERVICE ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a'@en.SERVICE ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p id:a\\#.b SERVICE ?s { ?s ?p ?o } }",
    "SELECT * { ?s ?p true SERVICE?s{ ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b)SERVICE?s{}FILTER(?c>?d) }",
    "SELECT * {{SELECT*{}}SERVICE<http://example.org/>{}}",
]
HARMLESS = [
    "SELECT ?from ?service $load { ?from ?service $load }",
    "SELECT * { ?s <http://example.org/FROM> <http://example.org/SERVICE> }",
    "SELECT * { ?s ?p 'INSERT', \"DELETE\", '''FROM''', \"\"\"SERVICE\"\"\" }",
    "SELECT * { ?s ?p ?o } # DROP ALL",
    "SELECT * { ?s sov:from service:x ; load:y :insert , id:x.from , :a-from-b }",
    "SELECT * { ?s ?p ?o.from:x ?y ?z }",
    "SELECT * { ?s ?p 'x'@en-from }",
    "SELECT * { _:from ?p _:a.service }",
    "SELECT (STRBEFORE(?a, 'b') AS ?created) (COUNT(*) AS ?n) { ?s ?p ?a } GROUP BY ?a",
]


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase])
@pytest.mark.parametrize(("query", "message"), REFUSED)
def test_updates_services_and_foreign_graphs_are_refused(
    query: str, message: str, change: Callable[[str], str]
) -> None:
    word = {"question.service": "SERVICE", "question.from": "FROM"}.get(message, query.split()[0])
    with pytest.raises(QuestionError) as caught:
        refuse_foreign(query.replace(word, change(word)))
    assert caught.value.message == message


@pytest.mark.parametrize("query", HIDDEN)
def test_a_refused_word_cannot_hide(query: str) -> None:
    with pytest.raises(QuestionError) as caught:
        refuse_foreign(query)
    assert caught.value.message == "question.service"


@pytest.mark.parametrize("query", HARMLESS)
def test_names_texts_and_comments_may_hold_any_word(query: str) -> None:
    refuse_foreign(query)


def nested(levels: int) -> str:
    return "SELECT * " + "{" * levels + "}" * levels


def test_depth_is_limited() -> None:
    refuse_foreign(nested(NESTING))
    with pytest.raises(QuestionError) as caught:
        refuse_foreign(nested(NESTING + 1))
    assert caught.value.message == "question.deep"


@pytest.mark.parametrize("pair", ["()", "[]", "{}"])
def test_every_bracket_counts_unless_quoted(pair: str) -> None:
    refuse_foreign(f"SELECT * {{ ?s ?p '{pair[0] * 999}' }} # {pair[0] * 999}")
    with pytest.raises(QuestionError):
        refuse_foreign(f"SELECT * {pair[1] * 999} {pair[0] * (NESTING + 1)}")


def test_length_is_limited_in_bytes() -> None:
    rest = len("ASK {} #")
    refuse_foreign("ASK {} #" + "x" * (QUERY_BYTES - rest))
    with pytest.raises(QuestionError) as caught:
        refuse_foreign("ASK {} #" + "é" * (QUERY_BYTES // 2))
    assert caught.value.values == {"limit": "64"}


@pytest.mark.parametrize("char", ["a", "a.", "'", '"', "<", "a:", "\\", "?", "{", "#", "-", "'''a"])
def test_the_guard_is_quick_on_long_questions(char: str) -> None:
    """A guard whose cost grows with the square of the length would take minutes here."""
    start = time.process_time()
    with contextlib.suppress(QuestionError):
        refuse_foreign((char * QUERY_BYTES)[:QUERY_BYTES])
    assert time.process_time() - start < 5


def test_a_mistake_is_told_with_its_line(store: Asked) -> None:
    with pytest.raises(QuestionError, match=r"\b3:4\b"):
        answer(store, "SELECT *\n{\n? }")


PRODUCT = "SELECT (COUNT(*) AS ?n) {{ {} }}".format(
    " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(9))
)


@pytest.mark.usefixtures("leaves_no_child")
def test_a_costly_question_is_stopped_and_leaves_nothing_running(store: Asked) -> None:
    with pytest.raises(LimitError) as caught:
        answer(store, PRODUCT, seconds=0.3)
    assert caught.value.message == "limit.time"


def test_a_growing_question_is_stopped_by_its_memory(store: Asked) -> None:
    binds = "".join(f"BIND (CONCAT(?t{i}, ?t{i}, ?t{i}, ?t{i}) AS ?t{i + 1}) " for i in range(17))
    with pytest.raises(LimitError) as caught:
        answer(store, f"SELECT (STRLEN(?t17) AS ?n) {{ BIND ('x' AS ?t0) {binds} }}", seconds=60)
    assert caught.value.message == "limit.memory"


def test_a_cut_answer_says_so(store: Asked) -> None:
    found = answer(store, "SELECT * { ?s ?p ?o }", rows=3)
    assert (len(found.rows), found.complete) == (3, False)


def test_a_question_is_not_a_constant(store: Asked) -> None:
    assert answer(store, "ASK { id:nimbus a sov:Company }").rows == ((Cell("true", "boolean"),),)
    assert answer(store, "ASK { id:nimbus a sov:State }").rows == ((Cell("false", "boolean"),),)


HEADER = """# title.en: Who?
# title.fr: Qui ?
# about.en: It says who.
# about.fr: Dit qui.
"""
BLANKS = """# param: whom | entity | nimbus
# param: layer | concept:layer | chips
# param: day | date | 2024-01-01
# param: word | text | a | b
"""


def test_a_question_may_be_put_to_conclusions_too() -> None:
    question = _question("who", HEADER + "# over: conclusions\nSELECT * {}")
    assert question.over_conclusions


def test_a_question_has_words_and_blanks() -> None:
    text = HEADER + BLANKS.replace(" | b", "") + "SELECT * {}"
    question = _question("who", text)
    assert question == Question(
        name="who",
        title_en="Who?",
        title_fr="Qui ?",
        about_en="It says who.",
        about_fr="Dit qui.",
        parameters=(
            Parameter("whom", "entity", "nimbus"),
            Parameter("layer", "concept:layer", "chips"),
            Parameter("day", "date", "2024-01-01"),
            Parameter("word", "text", "a"),
        ),
        over_conclusions=False,
        sparql=text,
    )
    assert question.title("fr") == "Qui ?"
    assert question.about("en") == "It says who."


@pytest.mark.parametrize("missing", range(4))
def test_a_question_without_its_words_is_a_fault_of_the_ontology(missing: int) -> None:
    lines = HEADER.splitlines()
    del lines[missing]
    with pytest.raises(OntologyError, match=r"who\.rq"):
        _question("who", "\n".join([*lines, "SELECT * {}"]))


def test_blanks_have_defaults_and_become_terms() -> None:
    question = _question("who", HEADER + BLANKS.replace(" | b", "") + "SELECT * {}")
    assert bind(question, {}) == {
        "whom": Cell(f"{terms.ENTITY}nimbus"),
        "layer": Cell(f"{terms.CONCEPT}layer-chips"),
        "day": Cell("2024-01-01", "date"),
        "word": Cell("a", "string"),
    }
    assert bind(question, {"whom": "cumulus"})["whom"] == Cell(f"{terms.ENTITY}cumulus")


def test_a_blank_that_is_not_there_or_no_day_is_a_wrong_use() -> None:
    question = _question("who", HEADER + BLANKS.replace(" | b", "") + "SELECT * {}")
    with pytest.raises(UsageError) as caught:
        bind(question, {"who": "nimbus"})
    assert caught.value.values["known"] == "whom, layer, day, word"
    with pytest.raises(UsageError, match="soon"):
        bind(question, {"day": "soon"})
    with pytest.raises(UsageError, match="–"):
        bind(_question("who", HEADER + "ASK {}"), {"who": "nimbus"})


@pytest.mark.parametrize("name", ["whom", "layer"])
@pytest.mark.parametrize("value", ["a b", "x> <y", "../x", "X"])
def test_what_becomes_an_address_is_an_id(name: str, value: str) -> None:
    question = _question("who", HEADER + BLANKS.replace(" | b", "") + "SELECT * {}")
    with pytest.raises(UsageError) as caught:
        bind(question, {name: value})
    assert caught.value.message == "question.not-an-id"


ESCAPING = 'a" . ?s ?p "b \\ \n \t \u0041 $y é \u2028'


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_a_blank_is_filled_with_a_term_that_cannot_break_out(
    engine: Engine, example: Knowledge
) -> None:
    query = filled("SELECT ?x { BIND ($y AS ?x) } # $y", {"y": Cell(ESCAPING, "string")})
    assert query.endswith("# $y")
    found = answer(open_store(example.triples, engine), query)
    assert found.rows == ((Cell(ESCAPING, "string"),),)


def test_blanks_are_filled_as_addresses_days_and_texts() -> None:
    blanks = {
        "a": Cell(f"{terms.ENTITY}nimbus"),
        "b": Cell("2024-05-01", "date"),
        "c": Cell("it", "string"),
    }
    query = "SELECT ?a { ?a <p$a> $a, $b, $c, $d, '$a', id:$a }"
    assert filled(query, blanks) == (
        f"SELECT ?a {{ ?a <p$a> <{terms.ENTITY}nimbus>, "
        f'"2024-05-01"^^<{terms.XSD}date>, "it", $d, \'$a\', id:<{terms.ENTITY}nimbus> }}'
    )


def test_an_unknown_question_is_a_wrong_use() -> None:
    with pytest.raises(UsageError) as caught:
        find_question("no-such-question")
    assert caught.value.message == "question.unknown"


def test_blanks_are_filled_with_terms_and_never_with_text(example: Knowledge) -> None:
    store = open_store(example.triples)
    query = "SELECT ?who { ?who sov:memberOf $alliance }"
    league = {"alliance": Cell(f"{terms.ENTITY}free-cloud-league")}
    found = store.select(filled(query, league), 9).rows
    assert found == ((Cell(f"{terms.ENTITY}nimbus"),),)
    query = "SELECT ?document { ?document dct:identifier $name }"
    assert len(store.select(filled(query, {"name": Cell("gazette", "string")}), 9).rows) == 1
    hostile = {"name": Cell('gazette" } #', "string")}
    assert store.select(filled(query, hostile), 9).rows == ()


def test_a_blank_may_be_a_day(example: Knowledge) -> None:
    store = open_store(example.triples)
    query = "SELECT ?document { ?document dct:issued $day }"
    found = [
        len(store.select(filled(query, {"day": Cell(day, "date")}), 9).rows)
        for day in ("2024-05-01", "2024-05-02")
    ]
    assert found == [1, 0]
