"""How soon a page shows its picture, and how it moves: ours, vis-network alone, pyvis as shipped."""

import json
import math
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Route, sync_playwright
from pyvis.network import Network

from techsov.graph.analysis.network.synthetic import synthetic_records
from techsov.graph.flow import Knowledge
from techsov.viz.arrangement import Arrangement, Placed
from techsov.viz.network import vis_network
from techsov.viz.pages.actor import actor_page
from techsov.viz.pages.frame import Place
from techsov.viz.pages.map import map_page
from techsov.viz.picture import Picture, picture_of
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SEED, ACTOR = 1, "nvidia"
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


#: How many marks the pictures have whose speed is compared with that of a lean page.
SPEED_SIZES = (150, 1_000, 10_000)
LEAN_MARKS, LINES_PER_MARK, MOVES = 100, 3, 30
#: So many changes: a focus, its end, a filter and a date, in turn, each until it is drawn.
CHANGES, ROUNDS = 4, 12
CHANGE = """async () => {
  const { state } = window.techsov;
  const marks = [...state.shown().marks];
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let round = 0; round < 12; round += 1) {
    state.focus(marks[(round * 7) % marks.length]);
    await drawn();
    state.focus("");
    await drawn();
    state.toggle("s.planned", round % 2 === 1);
    await drawn();
    state.change({ date: round % 2 ? "" : "2023" });
    await drawn();
  }
}"""
#: How long the frames of a drag take, as parts of a perfect sixtieth of a second.
FRAMES = """(() => {
  window.frames60 = [];
  let last = performance.now();
  const look = (now) => {
    window.frames60.push((now - last) * 0.06);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


@dataclass(frozen=True)
class Speed:
    """One picture of ours: first stable picture and drag as ratios to a lean page of 100 marks.

    ``change`` is the mean script time of a filter or a focus with its drawing, in milliseconds of
    the processor: other work on the machine does not count.
    """

    marks: int
    lines: int
    first: float
    drag: float
    change: float


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
    publication, placed = _spread(real, SPEED_SIZES[0])
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        ours = _dossier(Path(name), publication, placed)
        pages = {"ours": ours, "pyvis": _pyvis(Path(name), placed.picture)}
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        found = [{each: _seconds(browser, pages[each]) for each in pages} for _ in range(rounds)]
        browser.close()
    seconds = {each: statistics.median(row[each] for row in found) for each in pages}
    return Pictures(len(placed.picture.marks), len(placed.picture.facts), **seconds)


def speeds(real: Knowledge, rounds: int, sizes: tuple[int, ...] = SPEED_SIZES) -> list[Speed]:
    """Time our map and pictures of several sizes beside a lean page, in one run.

    The first is the map as it is published. The list is empty without a browser.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        return []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        lean = _lean(Path(name))
        publication = Publication(real)
        picture = publication.strata.placed.picture
        found = [_speed(browser, _map(Path(name) / "map", publication), lean, picture, rounds)]
        for most in sizes:
            publication, placed = _spread(real, most)
            ours = _dossier(Path(name) / str(most), publication, placed)
            found.append(_speed(browser, ours, lean, placed.picture, rounds))
        browser.close()
    return found


def _speed(browser: Browser, ours: Path, lean: Path, picture: Picture, rounds: int) -> Speed:
    firsts = [(_seconds(browser, ours), _seconds(browser, lean)) for _ in range(rounds)]
    drags = [(_drag(browser, ours), _drag(browser, lean)) for _ in range(rounds)]
    return Speed(
        len(picture.marks),
        len(picture.facts),
        statistics.median(a for a, _ in firsts) / statistics.median(b for _, b in firsts),
        statistics.median(a for a, _ in drags) / statistics.median(b for _, b in drags),
        statistics.median(_change(browser, ours) for _ in range(rounds)),
    )


def _spread(real: Knowledge, most: int) -> tuple[Publication, Placed]:
    """Copy the records until ``most`` marks can be drawn, and set them down on a spiral.

    No page of ours shows more than 150; a layout that took its time would only delay the bench.
    What the analyses find is that of the real records.
    """
    records = synthetic_records(real.records, 1 + 2 * most // len(real.records.entities), SEED)
    publication = Publication(replace(real, records=records))
    # Whoever stands at either end of most facts: reach takes minutes at this size.
    degrees = Counter(end for fact in records.facts for end in (fact.subject, fact.object))
    publication.__dict__.update(reach=dict(degrees), findings=Publication(real).findings)
    drawn = [f for f in records.facts if {f.subject, f.object} <= records.entities.keys()]
    marks = sorted(records.entities, key=lambda name: (-degrees[name], name))[:most]
    picture = picture_of(records, marks, set(marks), drawn)
    turns = {mark: 2.4 * number for number, mark in enumerate(marks)}
    points = {
        mark: (
            round(60 * math.sqrt(number + 1) * math.cos(turns[mark])),
            round(42 * math.sqrt(number + 1) * math.sin(turns[mark])),
        )
        for number, mark in enumerate(marks)
    }
    arranged = Arrangement(points, {}, dict.fromkeys(points, 12), frozenset())
    return publication, Placed(picture, wide=arranged, tall=arranged)


def _lean(folder: Path) -> Path:
    """Write vis-network alone: 100 marks in their places, straight lines, nothing else."""
    choose = random.Random(SEED)
    nodes = [
        {
            "id": n,
            "label": f"Mark {n}",
            "x": choose.randint(-500, 500),
            "y": choose.randint(-350, 350),
        }
        for n in range(LEAN_MARKS)
    ]
    edges = [
        {"id": n, "from": n % LEAN_MARKS, "to": choose.randrange(LEAN_MARKS), "arrows": "to"}
        for n in range(LEAN_MARKS * LINES_PER_MARK)
    ]
    options = {
        "physics": False,
        "nodes": {"shape": "dot", "size": 12},
        "edges": {"smooth": False},
        "interaction": {"dragNodes": False, "hideEdgesOnDrag": True, "hideEdgesOnZoom": True},
    }
    (folder / "vis.js").write_text(vis_network(), encoding="utf-8")
    page = folder / "lean.html"
    page.write_text(
        '<!doctype html><meta charset="utf-8"><title>lean</title>'
        '<div id="stage" style="height:700px"></div><script src="vis.js"></script><script>'
        f"new vis.Network(document.getElementById('stage'), {{nodes: {json.dumps(nodes)}, "
        f"edges: {json.dumps(edges)}}}, {json.dumps(options)});</script>",
        encoding="utf-8",
    )
    return page


def _drag(browser: Browser, path: Path) -> float:
    """Drag a picture with thirty moves; give the mean length of a frame, in sixtieths of a second."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    page.locator("#stage").scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    box = page.locator("#stage").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 40
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(f"{FRAMES}()")
    for move in range(MOVES):
        page.mouse.move(x + 4 * move, y + 2 * move)
    frames: list[float] = page.evaluate("window.frames60.slice(1)")
    page.mouse.up()
    page.close()
    return max(statistics.mean(frames), 1.0) if frames else 1.0


def _change(browser: Browser, path: Path) -> float:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_timeout(1000)
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _script_seconds(client)
    page.evaluate(CHANGE)
    spent = _script_seconds(client) - before
    page.close()
    return 1000 * spent / (CHANGES * ROUNDS)


def _script_seconds(client: CDPSession) -> float:
    """Give the processor time of the page, without styles and layout."""
    metrics = client.send("Performance.getMetrics")["metrics"]
    spent = {each["name"]: float(each["value"]) for each in metrics}
    return spent["TaskDuration"] - spent["LayoutDuration"] - spent["RecalcStyleDuration"]


def _map(folder: Path, publication: Publication) -> Path:
    page = map_page(publication, "en", Place("map.html", "../", "en"))
    return _written(folder, "en/map.html", page, publication)


def _dossier(folder: Path, publication: Publication, placed: Placed) -> Path:
    """Write the page of an actor around whom more is drawn than any page of ours draws."""
    place = Place(f"actor/{ACTOR}.html", "../../", "en")
    page = actor_page(publication, "en", place, ACTOR, placed)
    return _written(folder, f"en/{place.path}", page, publication)


def _written(folder: Path, path: str, page: str, publication: Publication) -> Path:
    for name, text in {path: page, **dict(asset_files(publication))}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(str(text), encoding="utf-8")
    return folder / path


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
