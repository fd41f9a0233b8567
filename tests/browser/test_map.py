"""The map in a real browser, with the real facts: groups open, counts hold, names are read."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from techsov.graph.facts.files import packaged_data
from techsov.graph.flow import know
from techsov.viz.pages.frame import Place
from techsov.viz.pages.map import map_page
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files
from techsov.viz.style import family_of

BIG, SMALL = "g.users.unknown.offering", "g.chips.unknown.company"
SHOWN = """() => {
  const { state, network } = window.techsov;
  const shown = state.shown();
  const { nodes, edges } = network.body.data;
  const drawn = edges.get().filter((edge) => !edge.hidden).map((edge) => edge.id);
  const count = (id) => (state.data.edges.get(id).facts || [id]).length;
  const within = [...shown.within.values()].flat().length;
  const ringed = shown.circles.flatMap((circle) => circle.facts).filter((fact) => !drawn.includes(fact));
  return {
    open: state.current.open,
    marks: nodes.get().filter((node) => !node.hidden).map((node) => node.id).sort(),
    facts: shown.facts.size,
    told: drawn.reduce((sum, id) => sum + count(id), 0) + within + ringed.length,
    rows: [...document.querySelectorAll("#facts-table tbody tr")].filter((row) => !row.hidden).length,
  };
}"""
PLACES = """() => {
  const { state } = window.techsov;
  return Object.fromEntries(state.data.network.nodes.map(({ id, x, y }) => [id, [x, y]]));
}"""
#: The boxes of names, of marks and of the titles of bands, in pixels of one plane.
BOXES = """() => {
  const { state, labels, network } = window.techsov;
  const scale = network.getScale();
  const marks = [...state.shown().drawn].map((id) => state.data.nodes.get(id));
  return {
    labels: labels().map(({ id, box }) => ({ id, box })),
    marks: marks.map(({ id, x, y, size }) => ({ id, box: {
      left: (x - size / 2) * scale, right: (x + size / 2) * scale,
      top: (y - size / 2) * scale, bottom: (y + size / 2) * scale,
    } })),
    reach: Object.fromEntries(marks.map(({ id }) => [id, state.data.actors[id].reach])),
  };
}"""

#: How far each line bends: as the page brings it along, and as its scripts find it.
BENDS = """() => {
  const { state } = window.techsov;
  const bends = () => Object.fromEntries([...state.lines()].map((id) => [id, state.data.edges.get(id).bend]));
  const brought = bends();
  state.data.map.bends = new Map();
  for (const on of [false, true]) state.toggle("s.planned", on);
  return { brought, found: bends() };
}"""

#: Marks and lines of the drawing that stands where no script runs, and those of the picture.
DRAWINGS = """() => {
  const { state, network } = window.techsov;
  const built = document.querySelector(".stage > noscript").textContent;
  const still = new DOMParser().parseFromString(built, "text/html").querySelector("svg.still");
  const number = (element, name) => Number(element.getAttribute(name));
  const courses = [...still.querySelectorAll("path[stroke]")].flatMap((path) =>
    path.getAttribute("d").split("M").filter((part) => /^[^LQAaZ]+[LQ][^LQAaZ]+$/.test(part)));
  const ends = (course) => {
    const numbers = course.match(/-?[\\d.]+/g).map(Number);
    return [...numbers.slice(0, 2), ...numbers.slice(-2)].join(" ");
  };
  const { nodes, edges } = network.body.data;
  const shown = (set) => set.get().filter((each) => !each.hidden);
  const at = (id) => state.data.nodes.get(id);
  const along = ({ from, to }) => [at(from).x, at(from).y, at(to).x, at(to).y].join(" ");
  return {
    still: {
      marks: [...still.querySelectorAll("use")].map((use) => [number(use, "x"), number(use, "y")]).sort(),
      lines: courses.map(ends).sort(),
    },
    picture: {
      marks: shown(nodes).map(({ id }) => [at(id).x, at(id).y]).sort(),
      lines: shown(edges).map(along).sort(),
    },
    names: [...still.querySelectorAll("text")].map((text) => text.textContent).join(" "),
    groups: shown(nodes).filter(({ id }) => state.data.folding.isGroup(id)).map(({ id }) => at(id).label),
    bands: state.data.map.bands.map((band) => band.label),
  };
}"""


@pytest.fixture(scope="module")
def publication() -> Publication:
    return Publication(know(packaged_data(), None))


@pytest.fixture(scope="module")
def maps(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("map")
    files = dict(asset_files(publication))
    for language in ("en", "fr"):
        place = Place("map.html", "../", language)
        files[f"{language}/map.html"] = map_page(publication, language, place)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        text = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(text)
    return folder


def shown(page: Page) -> Any:
    return page.evaluate(SHOWN)


def meets(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    return (
        a["left"] < b["right"] - 0.5
        and b["left"] < a["right"] - 0.5
        and a["top"] < b["bottom"] - 0.5
        and b["top"] < a["bottom"] - 0.5
    )


def test_marks_stand_where_python_placed_them(
    maps: Path, open_page: Any, publication: Publication
) -> None:
    page = open_page(maps / "en/map.html")
    strata = publication.strata
    wanted = {**strata.placed.wide.points, **strata.wide.points}
    assert page.evaluate(PLACES) == {name: list(point) for name, point in wanted.items()}


#: What scripts know of each mark, and what the row of each line says of its ends.
READ = """() => {
  const { data } = window.techsov.state;
  const label = (id) => data.nodes.get(id).label;
  const marks = [...data.nodes.keys()].filter((id) => !data.folding.isGroup(id));
  const rows = [...data.rows].map(([id, { cells }]) => {
    const { from, to, relation } = data.edges.get(id);
    const whom = cells[2].querySelector(".fine") ? cells[2].querySelector("a").textContent : cells[2].textContent;
    return [[cells[0].textContent, cells[1].textContent, whom],
      [label(from), data.relations[relation].verb, label(to)]];
  });
  const ordered = data.map.bands.map(({ items }) => items.map((id) => data.nodes.get(id).x));
  return { actors: Object.fromEntries(marks.map((id) => [id, data.actors[id]])), rows, ordered };
}"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_scripts_know_of_every_mark_and_row_what_python_wrote(
    maps: Path, open_page: Any, publication: Publication, language: str
) -> None:
    found = open_page(maps / language / "map.html").evaluate(READ)
    teller = publication.teller(language)
    assert found["actors"].keys() == set(publication.atlas.picture.marks)
    for name, actor in found["actors"].items():
        entity = teller.records.entities[name]
        assert actor["page"] is (name in publication.paged), name
        assert actor["class"] == teller.schema.classes[entity.cls].label(language)
        assert actor["family"] == family_of(entity.cls).id
        assert actor["reach"] == publication.reach.get(name, 0)
    assert len(found["rows"]) == len(publication.atlas.picture.facts)
    assert all(said == wanted for said, wanted in found["rows"])
    assert all(places == sorted(places) for places in found["ordered"])


def test_who_is_not_on_the_map_is_found_with_their_page(
    maps: Path, open_page: Any, publication: Publication, tmp_path: Path
) -> None:
    on_map = set(publication.atlas.picture.marks)
    name = next(name for name in publication.pages if name not in on_map)
    label = publication.teller("fr").name(name)
    folder = Path(shutil.copytree(maps, tmp_path / "maps"))
    own = folder / f"fr/actor/{name}.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text("<!doctype html><title>page</title>", "utf-8")
    page = open_page(folder / "fr/map.html")
    page.locator("#search").press_sequentially(label)
    found = page.locator("#found li", has_text=label).first
    found.wait_for()
    assert "page propre" in (found.text_content() or "")
    with page.expect_navigation():
        found.click()
    assert page.url == own.as_uri()


def test_without_the_index_the_map_finds_what_it_holds(
    maps: Path, browser: Any, tmp_path: Path
) -> None:
    alone = Path(shutil.copytree(maps, tmp_path / "maps"))
    (alone / "assets/search-en.js").unlink()
    faults: list[object] = []
    page = browser.new_page()
    page.on("pageerror", lambda fault: faults.append(fault))
    page.goto((alone / "en/map.html").as_uri())
    page.locator("#search").press_sequentially("nvidia")
    page.locator("#found li").first.wait_for()
    page.locator("#search").press("Enter")
    assert page.evaluate("window.techsov.state.current.focus") == "nvidia"
    assert faults == []
    page.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_names_of_most_marks_are_read(maps: Path, open_page: Any, language: str) -> None:
    page = open_page(maps / language / "map.html")
    page.wait_for_timeout(150)
    boxes = page.evaluate(BOXES)
    named = {label["id"] for label in boxes["labels"]}
    reach = {name: count for name, count in boxes["reach"].items() if "." not in name}
    first = sorted(reach, key=lambda name: -reach[name])[:30]
    assert set(first) <= named
    assert len(named) >= 0.6 * len(boxes["marks"])
    _lies_on_nothing(boxes)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_phone_the_first_are_named_and_nothing_scrolls_sideways(
    maps: Path, open_page: Any, language: str
) -> None:
    page = open_page(maps / language / "map.html", size=(390, 844))
    page.locator("#stage").scroll_into_view_if_needed()
    page.wait_for_timeout(150)
    boxes = page.evaluate(BOXES)
    reach = boxes["reach"]
    first = sorted(reach, key=lambda name: -reach[name])[:8]
    assert set(first) <= {label["id"] for label in boxes["labels"]}
    _lies_on_nothing(boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _lies_on_nothing(boxes: Any) -> None:
    for number, label in enumerate(boxes["labels"]):
        for other in boxes["labels"][:number]:
            assert not meets(label["box"], other["box"]), (label, other)
        for mark in boxes["marks"]:
            assert not meets(label["box"], mark["box"]), (label, mark)


def test_every_fact_is_a_line_part_of_a_bundle_or_within_a_group_whatever_is_open(
    maps: Path, open_page: Any
) -> None:
    page = open_page(maps / "en/map.html")
    before = shown(page)
    assert before["told"] == before["facts"] == before["rows"] > 300
    for group in (SMALL, "g.compute.unknown.company", BIG, "g.platform.unknown.offering"):
        page.locator(f'#groups-table button[data-group="{group}"]').click()
        now = shown(page)
        assert group in now["open"]
        assert now["told"] == now["facts"] == now["rows"] == before["rows"]
        assert len(now["marks"]) <= 150
    for token in ("s.planned", "m.offering"):
        page.locator(f'input[data-token="{token}"]').click()
        now = shown(page)
        assert now["told"] == now["facts"] == now["rows"] < before["rows"]
    page.locator('input[data-token="r.control"]').click()
    now = shown(page)
    assert now["told"] == now["facts"] == now["rows"]


def test_a_group_opens_in_its_band_and_the_others_only_make_room(
    maps: Path, open_page: Any, publication: Publication
) -> None:
    page = open_page(maps / "en/map.html")
    before = page.evaluate(PLACES)
    page.locator(f'#groups-table button[data-group="{SMALL}"]').click()
    after, now = page.evaluate(PLACES), shown(page)
    group = next(each for each in publication.strata.atlas.groups if each.id == SMALL)
    assert set(group.members) & set(now["marks"])
    assert SMALL not in now["marks"]
    elsewhere = [
        name
        for name in publication.strata.atlas.singles
        if publication.strata.atlas.band_of(name) != group.band
    ]
    assert all(after[name][0] == before[name][0] for name in elsewhere)
    strip = next(
        each
        for each in page.evaluate("window.techsov.state.data.map.strips")
        if each["id"] == group.band
    )
    assert all(strip["top"] < after[name][1] < strip["bottom"] for name in group.members)
    page.locator(f'#groups-table button[data-group="{SMALL}"]').click()
    assert page.evaluate(PLACES) == before


def test_what_weighs_least_closes_and_the_page_says_so(maps: Path, open_page: Any) -> None:
    page = open_page(maps / "en/map.html")
    for group in (SMALL, "g.users.unknown.company", BIG):
        page.locator(f'#groups-table button[data-group="{group}"]').click()
    now = shown(page)
    assert now["open"][-1] == BIG
    assert len(now["open"]) < 3
    assert len(now["marks"]) <= 150
    assert "this closed" in (page.locator("#status").text_content() or "")
    assert page.locator("#open-groups li").count() == len(now["open"])


def test_a_group_too_large_for_the_picture_shows_the_first_of_its_members(
    maps: Path, open_page: Any
) -> None:
    page = open_page(maps / "en/map.html")
    page.locator(f'#groups-table button[data-group="{BIG}"]').click()
    now = shown(page)
    assert BIG in now["marks"], "the rest stands in the group"
    assert "of its members are drawn" in (page.locator("#status").text_content() or "")


def test_the_keyboard_opens_a_group_and_a_link_restores_it(maps: Path, open_page: Any) -> None:
    page = open_page(maps / "en/map.html")
    page.evaluate(f"window.techsov.state.focus('{SMALL}')")
    assert page.locator("#panel-title").text_content()
    page.locator("#stage").focus()
    page.keyboard.press("Enter")
    assert shown(page)["open"] == [SMALL]
    address = page.evaluate("location.hash")
    assert f"open={SMALL}" in address
    again = open_page(maps / "en/map.html", anchor=address)
    assert shown(again) == shown(page)
    page.go_back()
    page.go_back()
    assert shown(page)["open"] == []


def test_a_member_that_is_looked_for_comes_out_of_its_group(
    maps: Path, open_page: Any, publication: Publication
) -> None:
    group = next(each for each in publication.strata.atlas.groups if each.id == BIG)
    last = group.members[-1]
    page = open_page(maps / "fr/map.html", anchor=f"#focus={last}")
    now = shown(page)
    assert now["open"] == [BIG]
    assert last in now["marks"]
    assert page.evaluate("window.techsov.state.current.focus") == last


def test_an_unknown_group_in_a_link_is_left_aside_and_said(maps: Path, open_page: Any) -> None:
    page = open_page(maps / "en/map.html", anchor=f"#open={SMALL}~g.moon.unknown.company")
    assert shown(page)["open"] == [SMALL]
    assert len(page.locator("#status").text_content() or "") > 80


def test_scripts_bend_lines_as_those_are_bent_that_the_map_brings_along(
    maps: Path, open_page: Any
) -> None:
    bends = open_page(maps / "en/map.html").evaluate(BENDS)
    assert sum(map(bool, bends["brought"].values())) > 50
    assert bends["found"] == bends["brought"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_drawing_without_scripts_is_what_the_map_first_shows(
    maps: Path, open_page: Any, language: str
) -> None:
    found = open_page(maps / language / "map.html").evaluate(DRAWINGS)
    assert found["still"] == found["picture"]
    assert len(found["groups"]) > 20
    named = [label for label in found["groups"] if label in found["names"]]
    assert len(named) > 0.8 * len(found["groups"])
    assert all(band in found["names"] for band in found["bands"])
    bare = open_page(maps / language / "map.html", java_script_enabled=False)
    assert bare.locator("svg.still").is_visible()


def test_without_scripts_tables_of_layers_groups_and_facts_are_there(
    maps: Path, open_page: Any, carried: Any
) -> None:
    page = open_page(maps / "en/map.html", java_script_enabled=False)
    assert page.locator("#layers tbody tr").count() >= 9
    assert page.locator("#groups-table tbody tr").first.is_visible()
    assert page.locator("#groups-table button").count() == 0
    assert page.locator("#facts-table tbody tr").count() == len(
        carried((maps / "en/map.html").read_text("utf-8"))["network"]["edges"]
    )


#: Who is near, counted over the rows of the map's own table.
NEAR = """([focus, steps]) => {
  const { state } = window.techsov;
  const things = new Set([focus]);
  const facts = new Set();
  for (let step = 0; step < steps; step += 1) {
    const rim = new Set(things);
    for (const id of state.shown().facts) {
      const { from, to } = state.data.edges.get(id);
      if (!rim.has(from) && !rim.has(to)) continue;
      facts.add(id);
      things.add(from).add(to);
    }
  }
  return [facts.size, things.size - 1];
}"""


@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("focus", ["scaleway-ai-clusters", "nvidia", "swisscom"])
def test_steps_lead_from_thing_to_thing_and_not_through_groups(
    maps: Path, open_page: Any, focus: str, steps: int
) -> None:
    page = open_page(maps / "en/map.html", f"#focus={focus}&steps={steps}")
    facts, others = page.evaluate(NEAR, [focus, steps])
    told = page.locator("#status").text_content() or ""
    assert f": {facts} fact" in told
    assert f", {others} neighbour" in told
    assert page.locator("#facts-table tr.near").count() == facts
    if (focus, steps) == ("scaleway-ai-clusters", 2):
        assert others < 12, "a group on the way leads nowhere"


def test_who_is_looked_at_stays_so_while_groups_open_and_close(maps: Path, open_page: Any) -> None:
    page = open_page(maps / "en/map.html", "#focus=nvidia")
    for how in ("open", "close"):
        page.locator(f"#groups-table button[data-group='{SMALL}']").click()
        opened = page.evaluate("window.techsov.state.current.open.join()")
        assert opened == (SMALL if how == "open" else "")
        assert page.evaluate("window.techsov.state.current.focus") == "nvidia"
    page.evaluate("window.techsov.state.focus('amd')")
    home = page.evaluate("window.techsov.state.data.folding.homes.get('amd')")
    if home:
        page.locator(f"#groups-table button[data-group='{home}']").click()
        assert page.evaluate("window.techsov.state.current.focus") == ""


def test_a_link_to_somebody_leads_to_the_picture(maps: Path, open_page: Any) -> None:
    for size in ((1400, 900), (390, 844)):
        page = open_page(maps / "en/map.html", "#focus=nvidia", size=size)
        box = page.locator("#stage").bounding_box()
        assert box["y"] + box["height"] <= size[1] + 1


def test_the_keyboard_goes_on_where_the_pressed_thing_was(maps: Path, open_page: Any) -> None:
    page = open_page(maps / "en/map.html", "#focus=nvidia")
    active = "document.activeElement.id || document.activeElement.className"
    page.locator("#panel button.clear").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement !== document.body")
    page.locator("#panel a[href^='#focus=']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"({active}) === 'panel-title'")
    page.evaluate("window.techsov.state.focus('')")
    page.locator(f"#groups-table button[data-group='{SMALL}']").click()
    page.locator("#open-groups button").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(active) == "stage"
