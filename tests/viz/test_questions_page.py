"""The pages of the questions: what they carry, in both languages, with and without an engine."""

import base64
import csv
import gzip
import io
import json
import re
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

from techsov.graph.errors import StoreError
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES, catalogue
from techsov.graph.triples.questions import bind, filled, read_questions
from techsov.graph.triples.store import InOxigraph
from techsov.viz import built
from techsov.viz.answered import column_words
from techsov.viz.asking import OWN, THEMES, sentence_of, sentence_parts, shown_sparql
from techsov.viz.pages.frame import Place
from techsov.viz.pages.questions import (
    MOST_ROWS,
    answer_csv,
    question_page,
    questions_page,
)
from techsov.viz.publication import Publication
from techsov.viz.site import question_files

QUESTIONS = sorted(read_questions())
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_a_theme_and_a_sentence_that_holds_each_blank_once(name: str) -> None:
    question = read_questions()[name]
    assert question.theme in THEMES
    wanted = sorted(parameter.name for parameter in question.parameters)
    for language in LANGUAGES:
        parts = sentence_parts(question, language)
        assert sorted(blank.name for _, blank in parts if blank) == wanted
        assert question.sentence(language).endswith("?")


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_shown_of_a_question_is_what_is_asked(name: str) -> None:
    question = read_questions()[name]
    shown = shown_sparql(question)
    assert not re.search(r"^# (title|about|ask|theme|param|over)", shown, re.MULTILINE)
    assert shown.strip().startswith(("PREFIX", "#", "SELECT"))
    assert set(re.findall(r"\$(\w+)", shown)) >= {each.name for each in question.parameters}


def test_french_elides_before_a_vowel() -> None:
    question = read_questions()["members-of-alliance"]
    assert "de Gaia-X" in sentence_of(question, "fr", {"alliance": "Gaia-X"})
    assert "d’ESTIA" in sentence_of(question, "fr", {"alliance": "ESTIA"})
    assert "of ESTIA" in sentence_of(question, "en", {"alliance": "ESTIA"})


def test_every_column_of_every_question_has_words(publication: Publication) -> None:
    columns = {name for found in publication.answers.prepared.values() for name in found.columns}
    for name in columns:
        assert f"question-column.{name.replace('_', '-')}" in catalogue()
    assert column_words("my_own", "fr") == "my own"


def test_an_entity_that_is_not_there_is_replaced_by_one_that_makes_sense(
    publication: Publication,
) -> None:
    answers = publication.answers
    alliance = read_questions()["members-of-alliance"].parameters[0]
    assert alliance.default not in publication.knowledge.records.entities
    chosen = publication.knowledge.records.entities[answers.default(alliance)]
    assert chosen.cls == "Alliance"
    assert {entity.cls for entity in answers.choices(alliance)} == {"Alliance"}


def test_what_the_page_carries_answers_as_the_store_of_the_command_line(
    publication: Publication,
) -> None:
    """Unpacked here as the worker does it there."""
    answers = publication.answers
    packed = json.loads(answers.graph_script.removeprefix("globalThis.techsovGraph=")[:-2])
    more = answers.conclusions_script.removeprefix("globalThis.techsovConclusions=")
    packed["conclusions"] = json.loads(more[:-2])
    parts = {name: gzip.decompress(base64.b85decode(text)) for name, text in packed.items()}
    store, concluding = Store(), Store()
    for name in ("facts", "ontology"):
        store.load(parts[name], format=RdfFormat.TURTLE)
    for part in parts.values():
        concluding.load(part, format=RdfFormat.TURTLE)
    for name, question in answers.questions.items():
        given = {each.name: answers.default(each) for each in question.parameters}
        query = filled(shown_sparql(question), bind(question, given))
        asked = InOxigraph(concluding if question.over_conclusions else store)
        assert sorted(map(repr, asked.select(query, 10**6).rows)) == sorted(
            map(repr, answers.prepared[name].rows)
        )


def test_the_same_facts_give_the_same_bytes(
    archipelago: Knowledge, publication: Publication
) -> None:
    again = Publication(archipelago)
    assert again.answers.graph_script == publication.answers.graph_script
    for name in publication.answers.questions:
        assert question_files(again, name) == question_files(publication, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_leads_to_every_question(language: str, publication: Publication) -> None:
    text = questions_page(publication, language, Place("questions.html", "../", language))
    linked = set(re.findall(r'href="question/([\w-]+)\.html"', text))
    assert linked == publication.answers.questions.keys()
    assert OWN.name in linked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prepared_answer_stands_in_the_page_and_whole_in_a_file(
    language: str, publication: Publication
) -> None:
    for name, answer in publication.answers.prepared.items():
        place = Place(f"question/{name}.html", "../../", language)
        text = question_page(publication, language, place, name)
        body = text.split("<tbody>")[1].split("</tbody>")[0]
        assert body.count("<tr>") == min(len(answer.rows), MOST_ROWS)
        rows = list(csv.reader(io.StringIO(answer_csv(publication, language, name))))
        assert len(rows) == len(answer.rows) + 1


def test_a_world_without_facts_has_pages_that_say_so(archipelago: Knowledge) -> None:
    empty = replace(
        archipelago, records=replace(archipelago.records, entities={}, facts=()), triples=[]
    )
    publication = Publication(empty)
    assert "who-depends-on-whom" in publication.answers.questions
    assert "who-relies-on-it" not in publication.answers.questions
    assert all(content for _, content in question_files(publication, "who-depends-on-whom"))
    assert not publication.answers.prepared["who-depends-on-whom"].rows


@cache
def manifest() -> dict[str, Any]:
    if not built.built_assets():
        pytest.fail("the SPARQL engine of the pages is not built; run: make assets")
    text = (ROOT / "viz" / "assets" / "built" / built.MANIFEST).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_every_built_file_is_the_one_of_the_manifest() -> None:
    folder = ROOT / "viz" / "assets" / "built"
    present = {path.name for path in folder.iterdir()} - {built.MANIFEST}
    assert manifest()["files"].keys() == present
    assert set(built.built_assets()) == {*built.QUESTIONS} <= present
    for name, digest in manifest()["files"].items():
        assert sha256((folder / name).read_bytes()).hexdigest() == digest


def test_what_is_built_is_built_of_these_sources() -> None:
    web = ROOT / "viz" / "web"
    names = ["build.mjs", "package-lock.json", "package.json", "src/editor.js", "src/worker.js"]
    assert {path.relative_to(web).as_posix() for path in web.rglob("*") if path.is_file()} == {
        *names
    }
    lines = [f"{name} {sha256((web / name).read_bytes()).hexdigest()}\n" for name in names]
    assert manifest()["sources"] == sha256("".join(lines).encode()).hexdigest(), "run: make assets"


def test_every_package_inside_brings_its_licence() -> None:
    text = built.built_assets()[built.LICENCES].decode()
    lock = json.loads((ROOT / "viz" / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for name, version in manifest()["packages"].items():
        assert f"{name} {version}\n{lock['packages'][f'node_modules/{name}']['license']}" in text
    assert {"oxigraph", "@zazuko/yasqe", "codemirror"} <= manifest()["packages"].keys()


def test_a_built_file_that_was_changed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "assets" / "built"
    folder.mkdir(parents=True)
    monkeypatch.setattr(built, "files", lambda package: tmp_path)
    read = built._built.__wrapped__
    assert read().files == {}
    (folder / "a.js").write_text("1", encoding="utf-8")
    digest = sha256(b"1").hexdigest()
    said = {"files": {"a.js": digest}}
    (folder / built.MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    assert read() == built.Built({"a.js": b"1"}, ""), "as it was built before scripts were"
    (folder / built.MANIFEST).write_text(json.dumps({**said, "modules": "x"}), encoding="utf-8")
    assert read() == built.Built({"a.js": b"1"}, "x")
    (folder / "a.js").write_text("2", encoding="utf-8")
    with pytest.raises(StoreError, match=r"a\.js"):
        read()
    (folder / "a.js").unlink()
    with pytest.raises(StoreError, match=r"a\.js"):
        read()
