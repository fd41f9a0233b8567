"""A page of a question: the engine in the page answers as the command line does, and says why not."""

import csv
import io
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Browser, Page

from techsov.graph.errors import QuestionError
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES, say
from techsov.graph.triples.questions import bind, filled, read_questions, refuse_foreign
from techsov.graph.triples.store import Cell, open_store
from techsov.viz.asking import shown_sparql
from techsov.viz.built import built_assets
from techsov.viz.pages.frame import Place
from techsov.viz.pages.questions import question_page, questions_page
from techsov.viz.publication import Publication
from techsov.viz.site import (
    asset_files,
    concluded_assets,
    in_each_language,
    question_assets,
    question_files,
)

Open = Callable[..., Page]
WAIT = 60_000
PAYLOAD = "<img src=x onerror=top.ran=1>\"'><script>top.ran=1</script>"


def keep(folder: Path, name: str, content: str | bytes) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


def write_all(folder: Path, publication: Publication) -> Path:
    files = [*asset_files(publication), *question_assets(publication)]
    files += concluded_assets(publication)
    files += in_each_language("questions.html", partial(questions_page, publication))
    for name in publication.answers.questions:
        files += question_files(publication, name)
    for name, content in files:
        keep(folder, name, content)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    """The tests run what "make test" built; a missing engine has a test of its own."""
    if not built_assets():
        pytest.fail("the SPARQL engine of the pages is not built; run: make assets")


@pytest.fixture(scope="session")
def publication(published: Knowledge) -> Publication:
    return Publication(published)


@pytest.fixture(scope="session")
def real(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the questions of the published facts."""
    return write_all(tmp_path_factory.mktemp("questions") / "Été à Évian", publication)


def text_of(page: Page, id_: str) -> str:
    return page.locator(f"#{id_}").inner_text()


def settled(page: Page) -> str:
    """Wait for an answer, a refusal or an end; give the status line."""
    for _ in range(WAIT // 50):
        if page.evaluate(
            "() => !document.querySelector('#run').disabled || document.querySelector('#cannot').offsetHeight > 0"
        ):
            return text_of(page, "status")
        page.wait_for_timeout(50)
    pytest.fail("no answer")


def bring_editor(page: Page) -> None:
    page.locator("#sparql").scroll_into_view_if_needed()
    page.wait_for_selector(".CodeMirror", state="attached")


def type_query(page: Page, query: str) -> None:
    """Replace the query in the editor."""
    bring_editor(page)
    page.evaluate(
        "(text) => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", query
    )


def run(page: Page, query: str) -> str:
    type_query(page, query)
    page.locator("#run").click()
    return settled(page)


def terms(rows: Any) -> Counter[tuple[object, ...]]:
    """Rows as a multiset of terms; a blank node has no name of its own."""
    return Counter(
        tuple(None if cell is None else plain(Cell(*cell)) for cell in row) for row in rows
    )


def plain(cell: Cell) -> Cell:
    return Cell("_:") if cell.kind == "iri" and cell.value.startswith("_:") else cell


ASK = """async ([query, blanks, conclusions]) => {
  const { engine, runner } = window.techsov;
  await engine.open(conclusions);
  return runner.ask(query, new Map(Object.entries(blanks)));
}"""


def test_every_question_has_the_rows_of_the_command_line(
    real: Path, publication: Publication, open_page: Open
) -> None:
    page = open_page(real / "en" / "question" / "own.html")
    for over in (False, True):
        for name, question in publication.answers.questions.items():
            if question.over_conclusions != over:
                continue
            blanks = bind(question, {})
            given = {key: [cell.value, cell.kind] for key, cell in blanks.items()}
            found = page.evaluate(ASK, [shown_sparql(question), given, over])
            expected = publication.answers.prepared[name]
            assert tuple(found["columns"]) == expected.columns, name
            assert terms(found["rows"]) == terms(expected.rows), name
            assert found["complete"] == expected.complete


SHOWN = """() => [...document.querySelectorAll("#result tr")].map((row) =>
  [...row.cells].map((cell) => [cell.innerText, cell.className, ...[...cell.querySelectorAll("a")].map((a) => a.href)]))"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        "who-relies-on-it",
        "figures",
        "what-changes",
        "statuses-by-document",
        "what-links-two",
        "which-laws-may-reach",
        "cited-unread-sources",
        "single-points-of-failure",
        "undated-documents",
        "published-by",
    ],
)
def test_the_answer_of_the_page_looks_as_the_prepared_one(
    name: str, language: str, real: Path, open_page: Open
) -> None:
    page = open_page(real / language / "question" / f"{name}.html")
    prepared = page.evaluate(SHOWN)
    drawn = (
        page.locator("#drawing svg").inner_html() if page.locator("#drawing svg").count() else ""
    )
    page.locator("#run").click()
    settled(page)
    assert page.evaluate(SHOWN) == prepared
    assert (page.locator("#drawing svg").inner_html() if drawn else "") == drawn


def test_a_name_that_is_chosen_fills_the_question(
    real: Path, publication: Publication, open_page: Open
) -> None:
    page = open_page(real / "fr" / "question" / "who-relies-on-it.html")
    field = page.locator("#blank-entity")
    field.fill("cloud arm of amaz")
    first = page.locator("#found-entity li").first.inner_text()
    field.press("Enter")
    settled(page)
    assert first.startswith("AWS")
    assert "AWS" in text_of(page, "told")
    assert text_of(page, "command") == "techsov ask who-relies-on-it entity=aws"
    assert "entity=aws&edition=" in page.url
    question = read_questions()["who-relies-on-it"]
    store = open_store(publication.knowledge.triples)
    rows = store.select(filled(question.sparql, bind(question, {"entity": "aws"})), 1000).rows
    assert page.locator("#result tbody tr").count() == len(rows) > 0
    english = page.locator("#language").get_attribute("href")
    assert english
    assert english.endswith(page.url.split("#")[1])
    page.go_back()
    settled(page)
    assert "NVIDIA" in text_of(page, "told")
    assert page.locator("#result tbody tr").count() == 53


def test_an_address_holds_the_question_its_blanks_and_its_query(
    real: Path, open_page: Open
) -> None:
    page = open_page(real / "en" / "question" / "what-changes.html")
    page.locator("#blank-start").fill("2020-02-01")
    page.locator("#blank-start").press("Tab")
    settled(page)
    status = run(page, "SELECT ?x { ?x a sov:Alliance } # $entity\nORDER BY ?x")
    again = open_page(
        Path(real / "en" / "question" / "what-changes.html"), "#" + page.url.split("#")[1]
    )
    assert settled(again).split(" · ")[0] == status.split(" · ")[0]
    assert again.locator("#blank-start").input_value() == "2020-02-01"
    assert again.evaluate(SHOWN) == page.evaluate(SHOWN)


@pytest.mark.parametrize(
    "anchor",
    [
        "#entity=nobody",
        "#entity=__proto__",
        "#entity=constructor",
        "#entity=" + quote(PAYLOAD),
        "#entity=%E0%A4%A",
        "#strange=1",
        "#entity=nvidia&edition=000000000000",
    ],
)
def test_an_address_that_is_not_understood_shows_the_prepared_answer_and_says_so(
    anchor: str, real: Path, open_page: Open
) -> None:
    page = open_page(real / "en" / "question" / "who-relies-on-it.html", anchor)
    settled(page)
    key = "page-script.edition-differs" if "0000" in anchor else "page-script.link-unknown"
    assert say(key, "en") in text_of(page, "status")
    assert page.locator("#result tbody tr").count() == 53
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("SELECT ?x WHERE { ?x a ?? }", 1),
        ("SELECT ?x\nWHERE {\n  ?x a sov:Alliance ;;;\n  FILTER(\n}", 5),
        ("# a comment\n\nSELECT ?x { ?x sov:at }", 3),
    ],
)
def test_a_mistake_is_told_with_its_line(
    query: str, line: int, real: Path, open_page: Open
) -> None:
    page = open_page(real / "en" / "question" / "own.html")
    run(page, query)
    told = text_of(page, "fault")
    assert told.startswith(f"Line {line}: the question does not parse: ")
    faulty = page.evaluate(
        "[...document.querySelectorAll('.CodeMirror-code > *')].findIndex((row) => row.querySelector('.faulty') || row.classList.contains('faulty'))"
    )
    assert faulty == line - 1
    assert not page.locator("#result").is_visible()
    run(page, "ASK {}")
    assert not page.locator("#fault").is_visible()
    assert page.locator("#result tbody").inner_text() == "yes"


FRAGMENTS = (
    "SELECT", "ask ", "{", "}", "(", "[", "?from", "$with", "$entity", "<http://x/FROM>", "<", ">",
    '"', "'", '"""', "'''", "\\", "#", "\n", "@en", "sov:add", "x:from.y", "é:load", "1FROM", " ",
    "load", "SERVICE", "Insert", "wıth", "\u212aFROM", ":drop", "-:copy", "²from", "\u0301from", "`",
    "delete-x:y", "%", "a:b%20from", "a:b\\-from", "ſervice",
)  # fmt: skip


def verdict(query: str) -> str | None:
    try:
        refuse_foreign(query)
    except QuestionError as error:
        return f"{error.message} {error.values.get('word', '')}".strip()
    return None


def test_the_page_refuses_and_fills_word_for_word_as_the_command_line(
    real: Path, open_page: Open
) -> None:
    draw = random.Random(7)
    queries = ["".join(draw.choices(FRAGMENTS, k=draw.randint(1, 14))) for _ in range(3000)]
    queries += ["{" * 201, "{" * 200, "é" * 32768, "é" * 32769]
    page = open_page(real / "en" / "question" / "own.html")
    blanks = {"entity": Cell('a"\\\n\t\rb', "string"), "with": Cell("https://x.example/y")}
    given = {name: [cell.value, cell.kind] for name, cell in blanks.items()}
    found = page.evaluate(
        """([queries, blanks]) => queries.map((query) => {
          const { refusal, filled, data } = window.techsov;
          const refused = refusal(query, data.limits);
          return [refused && `${refused.key} ${refused.values.word ?? ""}`.trim(),
            filled(query, new Map(Object.entries(blanks)))];
        })""",
        [queries, given],
    )
    expected = [[verdict(query), filled(query, blanks)] for query in queries]
    differing = [query for query, a, b in zip(queries, found, expected, strict=True) if a != b]
    assert differing == []
    assert len({each[0] for each in expected}) > 8


@pytest.mark.parametrize(
    ("query", "key", "word"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "question.service", "SERVICE"),
        ("SELECT * FROM <http://x/> { ?s ?p ?o }", "question.from", "FROM"),
        ("\nDELETE WHERE { ?s ?p ?o }", "question.update", "DELETE"),
    ],
)
def test_what_is_refused_is_refused_with_the_same_words(
    query: str, key: str, word: str, real: Path, open_page: Open
) -> None:
    page = open_page(real / "fr" / "question" / "own.html")
    run(page, query)
    line = query.count("\n") + 1
    assert text_of(page, "fault") == f"Ligne {line} : {say(key, 'fr', word=word)}".replace(
        " :", "\u00a0:", 1
    )


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_long_answer_is_stopped_by_the_reader_or_by_the_clock(
    real: Path, open_page: Open
) -> None:
    page = open_page(real / "en" / "question" / "own.html")
    page.evaluate("window.techsov.data.limits.seconds = 3")
    type_query(page, ENDLESS)
    page.locator("#run").click()
    page.wait_for_timeout(300)
    page.locator("#stop").click()
    assert settled(page) == say("page-questions.stopped", "en")
    page.locator("#run").click()
    assert settled(page) == say("page-questions.too-long", "en", seconds="3")
    assert run(page, "ASK { ?x a sov:Alliance }").startswith("1 row")


def test_the_files_are_safe_and_whole(
    real: Path, publication: Publication, open_page: Open
) -> None:
    page = open_page(real / "en" / "question" / "figures.html")
    page.locator("#run").click()
    settled(page)
    with page.expect_download() as waiting:
        page.locator("#save-csv").click()
    own = waiting.value.path().read_text(encoding="utf-8-sig")
    prepared = (real / "en" / "question" / "figures.csv").read_text(encoding="utf-8")
    assert list(csv.reader(io.StringIO(own))) == list(csv.reader(io.StringIO(prepared)))
    run(page, 'SELECT ?x ?y { VALUES (?x ?y) { ("=1+1" "-1.5") ("@a" UNDEF) } }')
    with page.expect_download() as waiting:
        page.locator("#save-csv").click()
    rows = list(csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert sorted(rows[1:]) == [["'=1+1", "-1.5"], ["'@a", ""]]
    with page.expect_download() as waiting:
        page.locator("#save-json").click()
    told = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert {row["x"]["value"] for row in told} == {"=1+1", "@a"}


def test_text_of_a_source_never_runs_in_an_answer(
    invented: ModuleType, browser: Browser, tmp_path: Path
) -> None:
    """The policy is switched off: what would run without it must not run at all."""
    hostile = invented.invented(
        lambda text: text[:6] + PAYLOAD if text and "://" not in text else text
    )
    folder = write_all(tmp_path, Publication(hostile))
    context = browser.new_context(bypass_csp=True)
    for name in ("everything-about", "figures", "what-links-two", "own"):
        page = context.new_page()
        page.goto((folder / "en" / "question" / f"{name}.html").as_uri())
        assert PAYLOAD in (folder / "assets" / "questions-names-en.js").read_text().replace(
            "\\u003c", "<"
        ).replace("\\u003e", ">").replace('\\"', '"')
        run(
            page,
            "SELECT ?x ?label ?assertion { ?assertion sov:subject ?x . ?x rdfs:label ?label }",
        )
        assert PAYLOAD in page.locator("#result tbody").inner_text()
        for field in page.locator(".sentence input[role=combobox]").all():
            field.fill("a")
        assert page.evaluate("window.ran") is None
        assert page.locator("img, #result script, #drawing script").count() == 0
    context.close()


LACKING: Mapping[str, tuple[str, str]] = {
    "no-wasm": ("delete window.WebAssembly", "no-wasm"),
    "no-streams": ("delete window.DecompressionStream", "no-streams"),
    "no-worker": ("delete window.Worker", "no-worker"),
    "refused-worker": (
        "window.Worker = class { constructor() { throw new Error('no'); } }",
        "no-worker",
    ),
    "silent-worker": (
        "window.Worker = class extends EventTarget { postMessage() { setTimeout(() => this.dispatchEvent(new Event('error'))); } terminate() {} }",
        "no-worker",
    ),
}


@pytest.mark.parametrize("lack", LACKING)
def test_a_browser_that_cannot_says_so_and_keeps_the_prepared_answer(
    lack: str, real: Path, browser: Browser
) -> None:
    script, key = LACKING[lack]
    context = browser.new_context()
    context.add_init_script(script)
    page = context.new_page()
    page.goto((real / "fr" / "question" / "who-relies-on-it.html").as_uri())
    if "worker" in lack and page.locator("#run").is_visible():
        page.locator("#run").click()
    page.wait_for_selector("#cannot:not([hidden])")
    assert text_of(page, "cannot") == say(f"page-questions.{key}", "fr")
    assert page.locator("#result tbody tr").count() == 53
    assert not page.locator("#run").is_visible()
    assert not page.locator("#ask").is_visible()
    assert "SELECT" in text_of(page, "text")
    assert "techsov ask who-relies-on-it entity=nvidia" in text_of(page, "command")
    context.close()


def test_a_missing_file_of_the_site_is_told(real: Path, browser: Browser, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(real, tmp_path / "site"))
    (folder / "assets" / "questions-engine.js").unlink()
    (folder / "assets" / "questions-editor.js").unlink()
    page = browser.new_context().new_page()
    page.goto((folder / "en" / "question" / "who-relies-on-it.html").as_uri())
    page.locator("#query").scroll_into_view_if_needed()
    page.locator("#run").click()
    page.wait_for_selector("#cannot:not([hidden])")
    assert text_of(page, "cannot") == say("page-questions.no-file", "en")
    assert page.locator("#result tbody tr").count() == 53
    page.context.close()


def test_without_javascript_the_answer_and_the_query_are_there(real: Path, open_page: Open) -> None:
    page = open_page(real / "en" / "question" / "who-relies-on-it.html", java_script_enabled=False)
    assert page.locator("#result tbody tr").count() == 53
    assert page.locator("#result a[href*='actor/']").count() > 20
    assert page.locator("#text").is_visible()
    assert page.get_by_text(say("page-questions.no-script", "en")).is_visible()
    assert not page.locator("#ask").is_visible()
    assert page.locator("#prepared-csv").is_visible()


def test_a_copy_without_the_engine_shows_the_answer_and_says_how_to_get_it(
    publication: Publication,
    real: Path,
    tmp_path: Path,
    open_page: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("techsov.viz.pages.questions.built_assets", dict)
    place = Place("question/figures.html", "../../", "en")
    keep(tmp_path, "en/question/figures.html", question_page(publication, "en", place, "figures"))
    shared = ("page.css", "edition.css", "questions.css", "find.js", "questions.js")
    for name in (*shared, "questions-names-en.js"):
        keep(tmp_path, f"assets/{name}", (real / "assets" / name).read_bytes())
    page = open_page(tmp_path / "en" / "question" / "figures.html")
    assert page.get_by_text(say("page-questions.not-built", "en")).is_visible()
    assert page.locator("#result tbody tr").count() == 100
    assert not page.locator("#run").is_visible()
    assert not page.locator("#query").is_visible()


def test_only_a_page_with_the_engine_may_compile(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}
    policies = {
        name: re.search(r'Content-Security-Policy" content="([^"]+)"', text)
        for name, text in pages.items()
    }
    allowed = {name for name, found in policies.items() if found and "wasm-unsafe-eval" in found[1]}
    assert allowed == {name for name in pages if "/question/" in name} != set()
    for name in allowed:
        found = policies[name]
        assert found
        assert "worker-src blob:" in found[1]
    assert not [
        name for name, found in policies.items() if not found or "unsafe-inline" in found[1]
    ]


def asked_for(page: Page) -> list[str]:
    """Give the addresses that a page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_a_page_of_a_question_loads_little_enough(real: Path, open_page: Open) -> None:
    """Three and a half megabytes: the page, its style and scripts, the engine and the editor."""
    for language in LANGUAGES:
        pages = (real / language / "question").glob("*.html")
        page = open_page(max(pages, key=lambda path: path.stat().st_size))
        asked = asked_for(page)
        page.reload()
        bring_editor(page)
        page.locator("#run").click()
        settled(page)
        addresses = map(urlsplit, asked)
        paths = {Path(url2pathname(url.path)) for url in addresses if url.scheme == "file"}
        names = {path.name for path in paths}
        assert {"questions-engine.js", "questions-graph.js", "questions-editor.js"} <= names
        assert "questions-conclusions.js" not in names, "it asks for none"
        assert sum(path.stat().st_size for path in paths) <= 3_500_000


def test_no_key_of_the_editor_asks_another_host(real: Path, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto((real / "en" / "question" / "own.html").as_uri())
    type_query(page, "SELECT ?s WHERE { ?s sov:subject ?o . ?s a  } LIMIT 4")
    page.locator(".CodeMirror-line").first.click()
    for key in ("Control+Space", "End", "Control+Space"):
        page.keyboard.press(key)
    page.keyboard.type(" foaf:na")
    type_query(page, "SELECT ?s WHERE { ?s sov:subject ?o } LIMIT 4")
    page.locator(".CodeMirror-line").first.click()
    page.keyboard.press("Control+Enter")
    for _ in range(WAIT // 50):
        if text_of(page, "status").startswith("4 rows"):
            break
        page.wait_for_timeout(50)
    assert text_of(page, "status").startswith("4 rows")
    assert not [text for text in told if "violates" in text or "refused" in text.lower()]
    assert page.evaluate("localStorage.length") == 0
    context.close()


def test_rows_are_shown_once_however_fast_more_are_asked_for(real: Path, open_page: Open) -> None:
    page = open_page(real / "en" / "question" / "own.html")
    run(page, "SELECT DISTINCT (STR(?s) AS ?name) { ?s ?p ?o } ORDER BY ?name LIMIT 350")
    page.evaluate("() => { for (const _ of [1, 2]) document.getElementById('more').click(); }")
    page.wait_for_timeout(200)
    while page.locator("#more").is_visible():
        page.locator("#more").click()
        page.wait_for_timeout(100)
    found = page.evaluate("window.techsov.runner.answer().then(({ rows }) => rows.length)")
    told = page.locator("#result tbody tr").all_text_contents()
    assert len(told) == len(set(told)) == found == 350


#: What rules conclude comes late.
SLOW = """() => {
  const append = document.head.append.bind(document.head);
  document.head.append = (part) =>
    String(part.src).includes("conclusions") ? setTimeout(() => append(part), 1500) : append(part);
}"""


def test_conclusions_asked_for_and_taken_back_leave_the_answer_to_the_facts(
    real: Path, open_page: Open
) -> None:
    page = open_page(real / "en" / "question" / "own.html")
    bring_editor(page)
    page.evaluate(SLOW)
    page.locator("#conclusions").check()
    page.locator("#conclusions").uncheck()
    count = "SELECT (COUNT(?d) AS ?n) { ?d a sov:DerivedAssertion }"
    run(page, count)
    page.wait_for_timeout(2500)
    run(page, f"{count} # again")
    assert page.locator("#result tbody").inner_text().strip() == "0"
    assert "Answering" not in text_of(page, "status")


def test_a_file_of_a_failed_query_is_not_given(real: Path, open_page: Open) -> None:
    page = open_page(real / "en" / "question" / "own.html")
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    run(page, "ASK {}")
    assert page.locator("#save-csv").is_visible()
    run(page, "SELECT ?s { ?s ?p")
    for name in ("#save-csv", "#save-json"):
        assert not page.locator(name).is_visible()
        page.locator(name).dispatch_event("click")
    page.wait_for_timeout(200)
    assert faults == []
    run(page, "ASK {}")
    assert page.locator("#save-csv").is_visible()


def test_a_prefix_that_is_not_declared_is_named_with_its_line(real: Path, open_page: Open) -> None:
    page = open_page(real / "fr" / "question" / "own.html")
    run(
        page,
        "PREFIX own: <http://x/>\nSELECT * {\n  ?x own:a 'odd:one' . # odd:two\n  ?x bad:b ?y }",
    )
    told = text_of(page, "fault")
    assert told.startswith("Ligne 4")
    assert "bad:" in told
    assert "odd:" not in told


def test_a_changed_query_is_not_told_as_the_question(real: Path, open_page: Open) -> None:
    page = open_page(real / "en" / "question" / "figures.html")
    title, cited = text_of(page, "told"), page.locator("footer p").last.text_content() or ""
    assert title in cited
    run(page, "ASK {}")
    assert text_of(page, "told") == f"Changed query, from: {title}"
    assert f"Changed query, from: {title}" in (page.locator("footer p").last.text_content() or "")
    assert not page.locator("#command").is_visible()
    page.locator("#reset").click()
    assert text_of(page, "told") == title
    assert (page.locator("footer p").last.text_content() or "") == cited
    assert page.locator("#command").is_visible()


def test_without_an_engine_a_link_to_another_answer_is_not_answered_by_the_prepared_one_in_silence(
    real: Path, browser: Browser
) -> None:
    for script in ("delete window.WebAssembly", LACKING["refused-worker"][0]):
        context = browser.new_context()
        context.add_init_script(script)
        page = context.new_page()
        address = (real / "en" / "question" / "who-relies-on-it.html").as_uri()
        page.goto(f"{address}#entity=tsmc")
        page.locator("#sparql").scroll_into_view_if_needed()
        page.wait_for_selector("#cannot:not([hidden])")
        page.wait_for_timeout(300)
        assert "The link asks for something else" in text_of(page, "status")
        assert page.locator("#result tbody tr").count() > 0
        assert page.locator("#result").is_visible()
        assert "TSMC" not in text_of(page, "told")
        assert not page.locator(".CodeMirror").is_visible()
        context.close()
