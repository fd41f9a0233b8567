"""What each named question answers, worked out by hand on an invented world.

The world is the example with the lines of ``more/`` added below its own. In ``NAME.csv`` stand the
expected rows; an assertion or a piece of evidence is named by its line, as ``dependsOn:4``.
"""

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from techsov.graph import terms
from techsov.graph.analyses import Analyses
from techsov.graph.answers import short
from techsov.graph.conclusions import conclusion_triples, draw_conclusions
from techsov.graph.flow import Knowledge, know
from techsov.graph.triples.build import evidence_id
from techsov.graph.triples.questions import (
    ROWS,
    Question,
    answer,
    bind,
    filled,
    read_questions,
    refuse_foreign,
)
from techsov.graph.triples.store import Answer, Asked, Cell, open_store

HERE = Path(__file__).parent
QUESTIONS = read_questions()

#: What fills the blanks in this world; the defaults name entities of the published facts.
BLANKS: dict[str, dict[str, str]] = {
    "alternatives-to": {"entity": "cumulus-cloud"},
    "claims-by": {"claimant": "nimbus"},
    "control-chain": {"entity": "nimbus"},
    "everything-about": {"entity": "cumulus"},
    "gaps-about": {"entity": "nimbus"},
    "how-is-it-described": {"entity": "nimbus-cloud"},
    "members-elsewhere": {"alliance": "free-cloud-league"},
    "members-of-alliance": {"alliance": "free-cloud-league"},
    "partners-of": {"actor": "nimbus"},
    "public-partners-of": {"actor": "nimbus"},
    "published-by": {"day": "2024-05-01"},
    "single-points-of-failure": {"entity": "nimbus-cloud"},
    "sovereign-talk-and-dependence": {"place": "borealia"},
    "substitutes-for": {"entity": "chipper"},
    "suppliers-and-their-law": {"layer": "chips"},
    "what-changes": {"entity": "nimbus", "start": "2021-06-01", "end": "2022-06-30"},
    "what-does-it-rely-on": {"entity": "nimbus"},
    "what-links-two": {"one": "tiny-chip", "other": "nimbus-cloud"},
    "where-it-operates": {"actor": "cumulus"},
    "which-laws-may-reach": {"entity": "cumulus-cloud"},
    "who-relies-on-it": {"entity": "cumulus"},
    "whom-may-a-law-reach": {"law": "data-act"},
}


def added(path: Path, lines: Path) -> None:
    """Add the lines of one file below those of another, which may be missing."""
    rows = list(csv.DictReader(io.StringIO(lines.read_text(encoding="utf-8"), newline="")))
    if not path.exists():
        path.write_text(lines.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    header = path.read_text(encoding="utf-8").split("\n")[0].split(",")
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="session")
def world(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = Path(shutil.copytree(example_folder, tmp_path_factory.mktemp("world") / "data"))
    for lines in sorted((HERE / "more").rglob("*.csv")):
        added(folder / lines.relative_to(HERE / "more"), lines)
    return know(folder, shapes=True)


@pytest.fixture(scope="session")
def store(world: Knowledge) -> Asked:
    """The facts alone: a question that is not over conclusions must not need them."""
    return open_store(world.triples)


@pytest.fixture(scope="session")
def concluding(world: Knowledge) -> Asked:
    """The facts and what rules conclude from them."""
    return open_store(concluded(world))


def query_of(question: Question, given: dict[str, str]) -> str:
    return filled(question.sparql, bind(question, given))


def line_of(origin: object) -> str:
    """``data/facts/dependsOn.csv:4`` as ``dependsOn:4``."""
    return re.sub(r".*/|\.csv", "", str(origin))


def in_words(knowledge: Knowledge) -> Callable[[Cell | None], str]:
    """A function that writes a cell as the expected rows do."""
    lines = {}
    for fact in knowledge.records.facts:
        lines[terms.ASSERTION + fact.id] = line_of(min(item.origin for item in fact.evidence))
        for evidence in fact.evidence:
            lines[terms.EVIDENCE + evidence_id(fact, evidence)] = line_of(evidence.origin)

    def written(cell: Cell | None) -> str:
        if cell is None:
            return ""
        return lines.get(cell.value) or (short(cell.value) if cell.kind == "iri" else cell.value)

    return written


def rows_of(found: Answer, knowledge: Knowledge) -> list[dict[str, str]]:
    written = in_words(knowledge)
    return [dict(zip(found.columns, map(written, row), strict=True)) for row in found.rows]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_what_was_worked_out_by_hand(
    name: str, store: Asked, concluding: Asked, world: Knowledge
) -> None:
    asked = concluding if QUESTIONS[name].over_conclusions else store
    found = answer(asked, query_of(QUESTIONS[name], BLANKS.get(name, {})))
    text = (HERE / f"{name}.csv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert text.split("\n")[0].split(",") == list(found.columns)
    assert rows_of(found, world) == expected


def test_every_question_has_its_rows_and_every_file_its_question() -> None:
    assert {path.stem for path in HERE.glob("*.csv")} == QUESTIONS.keys()
    assert {
        name: BLANKS.get(name, {}) for name, question in QUESTIONS.items() if question.parameters
    } == BLANKS


@pytest.mark.parametrize("name", QUESTIONS)
def test_both_engines_answer_alike(name: str, world: Knowledge, published: Knowledge) -> None:
    for knowledge, given in ((world, BLANKS.get(name, {})), (published, {})):
        query = query_of(QUESTIONS[name], given)
        found = [
            open_in(engine, knowledge, QUESTIONS[name]).select(query, ROWS)
            for engine in ("oxigraph", "rdflib")
        ]
        assert found[0].columns == found[1].columns
        assert sorted(map(repr, found[0].rows)) == sorted(map(repr, found[1].rows))


STORES: dict[tuple[str, str, bool], Asked] = {}


def open_in(engine: str, knowledge: Knowledge, question: Question) -> Asked:
    """Each store is loaded once for all questions that are put to it."""
    key = (engine, knowledge.edition, question.over_conclusions)
    if key not in STORES:
        triples = concluded(knowledge) if question.over_conclusions else knowledge.triples
        STORES[key] = open_store(triples, "rdflib" if engine == "rdflib" else "oxigraph")
    return STORES[key]


def concluded(knowledge: Knowledge) -> list[str]:
    return [
        *knowledge.triples,
        *conclusion_triples(knowledge, draw_conclusions(Analyses(knowledge))),
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_keeps_the_rules_it_is_asked_under(name: str, published: Knowledge) -> None:
    question = QUESTIONS[name]
    refuse_foreign(question.sparql)
    query = query_of(question, {})
    found = answer(open_in("oxigraph", published, question), query)
    assert found.complete
    assert "ORDER BY" in query, "without an order, the same facts give other bytes"
    blanks = {parameter.name for parameter in question.parameters}
    assert {word[1:] for word in re.findall(r"\$\w+", question.sparql)} == blanks


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_ends_as_a_question(name: str) -> None:
    question = QUESTIONS[name]
    assert question.title_en.endswith("?")
    assert question.title_fr.endswith((" ?", "\u00a0?"))
    assert question.about_en.endswith(".")
    assert question.about_fr.endswith(".")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_default_of_a_blank_is_there(name: str, published: Knowledge) -> None:
    for parameter in QUESTIONS[name].parameters:
        if parameter.kind == "entity":
            assert parameter.default in published.records.entities
        elif parameter.kind.startswith("concept:"):
            scheme = parameter.kind.removeprefix("concept:")
            assert parameter.default in published.schema.in_scheme(scheme)


def test_an_answer_can_be_cited(published: Knowledge) -> None:
    """Every row names an assertion, unless it counts or tells what is not there."""
    counting = {
        "dependencies-by-layer",
        "gaps",
        "gaps-about",
        "layers-without-dependence",
        "seal-ceilings",
        "statuses-by-document",
        "undated-documents",
        "what-hangs-on-one-supplier",
        "unknown-law-of-establishment",
        "whom-may-a-law-reach",
    }
    without = {name for name, item in QUESTIONS.items() if "?assertion" not in columns(item)}
    assert without == counting


def columns(question: Question) -> list[str]:
    (line,) = re.findall(r"^SELECT (.*)$", question.sparql, re.MULTILINE)
    return str(line).split()
