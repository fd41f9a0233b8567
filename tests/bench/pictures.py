"""How soon a page shows its picture: our overview, and pyvis as shipped, in one browser."""

import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Route, sync_playwright
from pyvis.network import Network

from techsov.graph.analysis.network.synthetic import synthetic_records
from techsov.graph.flow import Knowledge
from techsov.viz.pages.frame import Place
from techsov.viz.pages.map import map_page
from techsov.viz.picture import Picture, overview
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MOST_COPIES, SEED = 10, 1
#: A page that still moves after so many seconds counts as if it stood still then.
PATIENCE = 60.0

#: Notes, in milliseconds since navigation started, when the pixels of the canvas last changed, and
#: whether they have not for half a second. A canvas of one colour is not painted yet.
WATCH = """(() => {
  let last = null;
  window.picture = { changed: null, stable: false };
  const look = () => {
    const canvas = document.querySelector("canvas");
    if (canvas && canvas.width && canvas.height) {
      const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(image.data.buffer);
      let hash = 0, painted = false;
      for (const pixel of pixels) {
        hash = (Math.imul(hash, 31) + pixel) | 0;
        painted ||= pixel !== pixels[0];
      }
      const now = performance.now();
      if (painted && hash !== last) {
        last = hash;
        window.picture.changed = now;
      }
      window.picture.stable = last !== null && now - window.picture.changed >= 500;
    }
    setTimeout(look, 20);
  };
  look();
})();"""


@dataclass(frozen=True)
class Pictures:
    """How many marks and lines both pages show, and the seconds until each stands still."""

    marks: int
    lines: int
    ours: float
    pyvis: float


def first_pictures(real: Knowledge, rounds: int) -> Pictures | None:
    """Time the first stable picture of ours and of pyvis, from navigation; None without a browser."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        return None
    publication = _large(real)
    picture = publication.overview.picture
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        pages = {"ours": _ours(Path(name), publication), "pyvis": _pyvis(Path(name), picture)}
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        found = [{each: _seconds(browser, pages[each]) for each in pages} for _ in range(rounds)]
        browser.close()
    seconds = {each: statistics.median(row[each] for row in found) for each in pages}
    return Pictures(len(picture.marks), len(picture.facts), **seconds)


def _large(real: Knowledge) -> Publication:
    """Copy the records until the overview is as large as it may be, or nearly."""
    larger = (
        Publication(replace(real, records=synthetic_records(real.records, copies, SEED)))
        for copies in range(1, MOST_COPIES + 1)
    )
    return max(larger, key=lambda each: len(_chosen(each).marks))


def _chosen(publication: Publication) -> Picture:
    """Choose what the overview holds, without placing it: that takes seconds."""
    return overview(publication.knowledge.records, publication.reach, publication.relies)


def _ours(folder: Path, publication: Publication) -> Path:
    page = folder / "en" / "map.html"
    texts = {
        page: map_page(publication, "en", Place("map.html", "../", "en")),
        **{folder / name: str(text) for name, text in asset_files(publication)},
    }
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return page


def _pyvis(folder: Path, picture: Picture) -> Path:
    network = Network(directed=True, cdn_resources="in_line")
    for mark in picture.marks:
        network.add_node(mark, label=mark)
    for fact in picture.facts:
        network.add_edge(fact.subject, fact.object)
    page = folder / "pyvis.html"
    page.write_text(network.generate_html(), encoding="utf-8")
    return page


def _seconds(browser: Browser, path: Path) -> float:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.route("http**", _refuse)  # pyvis asks other hosts for style sheets: not waited for
    page.add_init_script(WATCH)
    page.goto(path.as_uri(), wait_until="commit")
    deadline = time.monotonic() + PATIENCE
    picture = {"stable": False, "changed": None}
    while not picture["stable"] and time.monotonic() < deadline:
        time.sleep(0.1)
        picture = page.evaluate("window.picture")
    context.close()
    return float(picture["changed"] or 0) / 1000 if picture["stable"] else PATIENCE


def _refuse(route: Route) -> None:
    route.abort()
