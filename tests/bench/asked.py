"""How soon a page answers questions, in one browser: beside a page of a known piece of work.

The triples are those of the real facts, cut or copied to the sizes that are aimed at.
"""

import base64
import gzip
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from techsov.graph.analysis.network.synthetic import synthetic_records
from techsov.graph.export import to_turtle
from techsov.graph.flow import Knowledge
from techsov.graph.records import Passage, Records
from techsov.graph.triples.build import build_triples
from techsov.graph.triples.questions import bind
from techsov.graph.triples.store import ontology_bytes
from techsov.viz.asking import shown_sparql
from techsov.viz.built import built_assets
from techsov.viz.bundle import edition_style, page_style, script
from techsov.viz.pages.frame import Place
from techsov.viz.pages.questions import question_page
from techsov.viz.publication import Publication

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = (10_000, 100_000)
#: Tasks of the main thread that keep a reader waiting, in milliseconds.
WATCH = """window.tasks = [];
new PerformanceObserver((list) => list.getEntries().forEach((each) => window.tasks.push(each.duration)))
  .observe({ type: "longtask", buffered: true });"""
#: A known piece of work: how long this machine takes for it while everything else runs.
CALIBRATION = """<!doctype html><title>calibration</title><script>
(() => {
  const start = performance.now();
  let sum = 0;
  for (let at = 0; at < 1e8; at += 1) sum = (Math.imul(sum, 31) + at) | 0;
  document.title = String(sum);
  window.took = performance.now() - start;
})();
</script>"""
ASK = """async (asked) => {
  const { engine, runner } = window.techsov;
  const start = performance.now();
  await engine.open(false);
  const ready = performance.now() - start;
  const took = {};
  for (const [name, query, blanks] of asked) {
    const before = performance.now();
    await runner.ask(query, new Map(Object.entries(blanks)));
    took[name] = performance.now() - before;
  }
  return { ready, took };
}"""


@dataclass(frozen=True)
class Asked:
    """What was measured at one size: milliseconds, and bytes that the page loads."""

    triples: int
    ready: float
    calibration: float
    slowest: float
    name: str
    p95: float
    longest_task: float
    weight: int


def answers_in_page(real: Knowledge, rounds: int) -> list[Asked] | None:
    """Time the engine in the page; None without a browser or an engine."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None or not built_assets():
        return None
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = _site(Path(name), Publication(real))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        found = [_measured(browser, folder, real, size, rounds) for size in SIZES]
        browser.close()
    return found


def _site(folder: Path, publication: Publication) -> Path:
    place = Place("question/who-relies-on-it.html", "../../", "en")
    files: dict[str, str | bytes] = {
        "en/question/who-relies-on-it.html": question_page(
            publication, "en", place, "who-relies-on-it"
        ),
        "assets/page.css": page_style().text,
        "assets/edition.css": edition_style(publication.knowledge.edition).text,
        "assets/questions.js": script("questions.js").text,
        "assets/questions-names-en.js": publication.answers.names_script("en", publication.pages),
        "calibration.html": CALIBRATION,
        **{f"assets/{name}": content for name, content in built_assets().items()},
    }
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _measured(browser: Browser, folder: Path, real: Knowledge, size: int, rounds: int) -> Asked:
    sized = _sized(real, size)
    parts = {"facts": to_turtle(sized), "ontology": ontology_bytes()}
    packed = {
        name: base64.b85encode(gzip.compress(part, 9)).decode() for name, part in parts.items()
    }
    script = folder / "assets" / "questions-graph.js"
    script.write_text(f"globalThis.techsovGraph={json.dumps(packed)};\n", encoding="utf-8")
    asked = [
        [
            name,
            shown_sparql(question),
            {key: [c.value, c.kind] for key, c in bind(question, {}).items()},
        ]
        for name, question in Publication(real).answers.questions.items()
        if not question.over_conclusions
    ]
    runs = [_run(browser, folder, asked) for _ in range(rounds)]
    took = {name: statistics.median(run["took"][name] for run in runs) for name, *_ in asked}
    slowest = max(took, key=lambda name: took[name])
    weight = sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"calibration.html", "licences.txt", "manifest.json"}
    )
    return Asked(
        len(sized.triples),
        statistics.median(run["ready"] for run in runs),
        statistics.median(run["calibration"] for run in runs),
        took[slowest],
        str(slowest),
        statistics.quantiles(took.values(), n=20)[-1],
        statistics.median(run["task"] for run in runs),
        weight,
    )


def _run(browser: Browser, folder: Path, asked: list[list[Any]]) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    known = context.new_page()
    known.goto((folder / "calibration.html").as_uri())
    calibration = known.evaluate("window.took")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto((folder / "en" / "question" / "who-relies-on-it.html").as_uri())
    found = page.evaluate(ASK, asked)
    page.locator("#sparql").scroll_into_view_if_needed()
    time.sleep(1)
    task = _longest(page)
    context.close()
    return {**found, "calibration": calibration, "task": task}


def _longest(page: Page) -> float:
    return float(page.evaluate("Math.max(0, ...window.tasks)"))


def _sized(real: Knowledge, size: int) -> Knowledge:
    """Cut the facts, or copy them, until they make about ``size`` triples."""
    share = size / len(real.triples)
    records = real.records
    if share > 1:
        records = synthetic_records(records, round(share), 1)
    else:
        facts = records.facts[: round(len(records.facts) * share)]
        records = replace(records, facts=facts, **_named_by(facts, records))
    return replace(real, records=records, triples=build_triples(records, real.schema, real.day))


def _named_by(facts: Iterable[Any], records: Records) -> dict[str, Any]:
    cited = {item.passage for fact in facts for item in fact.evidence}
    passages: dict[str, Passage] = {name: records.passages[name] for name in sorted(cited)}
    read = {passage.source for passage in passages.values()}
    return {
        "passages": passages,
        "sources": {name: source for name, source in records.sources.items() if name in read},
    }
