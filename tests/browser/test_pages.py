"""The pages in a real browser: nothing leaves, nothing moves, picture and table agree."""

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from techsov.viz.bundle import asset
from techsov.viz.words import number_text

KINDS = (
    "index.html",
    "en/index.html",
    "en/map.html",
    "fr/actor/corvette.html",
    "en/actor/drift.html",
    "en/whatif.html",
    "fr/chokepoints.html",
    "en/concentration.html",
    "fr/alliances.html",
    "en/tours/chip.html",
    "fr/timeline.html",
    "en/questions.html",
    "fr/question/who-relies-on-it.html",
    "en/question/own.html",
    "fr/sources.html",
    "en/source/gazette.html",
    "en/method.html",
    "single.html",
)
DRAWN = """() => {
  const { state, network } = window.techsov;
  const { nodes, edges } = network.body.data;
  const lines = edges.get().filter((edge) => !edge.hidden).map((edge) => edge.id);
  const inCircles = state.shown().circles
    .flatMap((circle) => circle.facts)
    .filter((fact) => !lines.includes(fact));
  return {
    facts: [...lines, ...inCircles].sort(),
    marks: nodes.get().filter((node) => !node.hidden).map((node) => node.id).sort(),
    rows: [...document.querySelectorAll("tr[data-fact]")]
      .filter((row) => !row.hidden).map((row) => row.dataset.fact).sort(),
  };
}"""
CAMERA = """() => ({
  scale: window.techsov.network.getScale(),
  centre: window.techsov.network.getViewPosition(),
  marks: window.techsov.network.getPositions(),
})"""


def drawn(page: Page) -> Any:
    return page.evaluate(DRAWN)


def data(page: Page) -> Any:
    return json.loads(page.locator("#data").text_content() or "")


def wait_until(page: Page, condition: str) -> None:
    """Playwright's own way needs ``eval``, which the policy of the pages forbids."""
    for _ in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(40)
    pytest.fail(f"never: {condition}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_nobody_for_anything_and_reports_no_error(
    site: Path, open_page: Any, kind: str
) -> None:
    page = open_page(site / kind)
    assert page.locator("h1").count() == 1
    if page.locator("#stage").count():
        page.locator("#save-csv").click()
        page.locator("#save-png").click()
        page.wait_for_timeout(200)


@pytest.mark.parametrize("kind", ["en/map.html", "single.html"])
def test_an_injected_script_does_not_run(site: Path, browser: Any, kind: str) -> None:
    page = browser.new_page()
    page.goto((site / kind).as_uri())
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      const image = document.createElement("img");
      image.setAttribute("onerror", "window.ran = true");
      image.src = "nowhere.png";
      document.body.append(script, image);
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    page.close()


def test_every_mark_and_every_fact_shown_is_drawn(site: Path, open_page: Any, carried: Any) -> None:
    page = open_page(site / "en/map.html")
    hidden = {"hypothetical", "denied", "inferred"}
    edges = carried((site / "en/map.html").read_text("utf-8"))["network"]["edges"]
    shown = sorted(
        edge["id"] for edge in edges if edge.get("status") not in hidden and "standing" not in edge
    )
    said = {edge["id"]: edge["id"].split("--") for edge in edges}
    ends = {
        edge["id"]: (edge.get("from", said[edge["id"]][0]), edge.get("to", said[edge["id"]][2]))
        for edge in edges
    }
    now = drawn(page)
    assert now["facts"] == shown
    assert now["marks"] == sorted({end for name in shown for end in ends[name]})


def test_table_picture_and_csv_hold_the_same_facts_whatever_is_switched_off(
    site: Path, open_page: Any
) -> None:
    page = open_page(site / "en/map.html")
    page.locator("#filters > summary").click()
    boxes = page.locator("input[data-token]")
    choose = random.Random(11)
    for _ in range(12):
        for number in choose.sample(range(boxes.count()), 4):
            boxes.nth(number).click()
        now = drawn(page)
        assert now["facts"] == now["rows"]
        with page.expect_download() as download:
            page.locator("#save-csv").click()
        text = Path(download.value.path()).read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert sorted(row[0] for row in rows[1:]) == now["rows"]
        words = page.locator("#status").text_content() or ""
        every, shown = data(page)["counts"]["facts"], len(now["rows"])
        assert (f"{shown} of {every} facts" if shown else f"None of the {every} facts") in words


def test_a_fact_without_a_circle_is_a_line_and_focus_draws_belonging(
    site: Path, open_page: Any
) -> None:
    page = open_page(site / "en/map.html")
    lines = "window.techsov.network.body.data.edges.get().filter((e) => !e.hidden).map((e) => e.id)"
    belonging = "corvette--memberOf--harbour"
    assert not [line for line in page.evaluate(lines) if line.startswith(belonging)]
    page.evaluate("window.techsov.state.focus('harbour')")
    assert [line for line in page.evaluate(lines) if line.startswith(belonging)]
    now = drawn(page)
    assert now["facts"] == now["rows"]


def test_the_picture_stands_still(site: Path, open_page: Any, carried: Any) -> None:
    page = open_page(site / "en/map.html")
    page.wait_for_timeout(300)
    before, picture = page.evaluate(CAMERA), page.locator("#stage").screenshot()
    nodes = carried((site / "en/map.html").read_text("utf-8"))["network"]["nodes"]
    placed = {node["id"]: (node["x"], node["y"]) for node in nodes}
    page.wait_for_timeout(1000)
    assert page.evaluate(CAMERA) == before
    assert page.locator("#stage").screenshot() == picture
    assert all(placed[name] == (at["x"], at["y"]) for name, at in before["marks"].items())


def test_search_focus_neighbour_and_source_need_no_mouse(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    page.keyboard.press("/")
    page.keyboard.type("fonderie elan")
    assert page.locator("#found li").count() == 1, "an other name, without its accent"
    assert page.locator("#search").get_attribute("aria-activedescendant") == "found-0"
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").text_content() == "Élan Foundry"
    assert page.evaluate("document.activeElement.id") == "stage"
    page.keyboard.press("ArrowRight")
    neighbour = page.evaluate("window.techsov.state.current.focus")
    assert neighbour in {"q7", "aurelia", "lens", "giants"}
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    for _ in range(12):
        page.keyboard.press("Tab")
        if "/source/" in (page.evaluate("document.activeElement.href") or ""):
            break
    address = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/*")
    assert page.locator(f"[id='{address.split('#')[1]}']").count() == 1


def test_escape_shows_everything_again_and_back_returns(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    page.evaluate("window.techsov.state.focus('kelp')")
    assert "focus=kelp" in page.url
    page.locator("#stage").press("Escape")
    assert page.evaluate("window.techsov.state.current.focus") == ""
    assert "focus" not in page.url
    page.go_back()
    wait_until(page, "window.techsov.state.current.focus === 'kelp'")


def test_a_click_on_a_mark_tells_what_the_sources_say_of_it(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    at = page.evaluate(
        "() => window.techsov.network.canvasToDOM(window.techsov.network.getPosition('nimbus'))"
    )
    page.locator("#stage").click(position=at)
    panel = page.locator("#panel")
    assert panel.locator("h2").text_content() == "Nimbostrat Sky"
    needs = panel.locator("li", has_text="depends on").first
    said = needs.text_content() or ""
    for part in ("Quartzo Q7", "stated", "since 2027", "chips", "confidence high", "paragraph 2"):
        assert part in said
    link = needs.locator("a[href^=http]").first
    assert link.get_attribute("href") == "https://gazette.example/clouds?a=1&b=2"


def test_a_hidden_fact_is_counted_not_dropped(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html", "#focus=hospitals")
    assert "1 more fact is hidden by the filters." in (page.locator("#panel").text_content() or "")


def test_the_other_language_keeps_the_view(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    page.locator("input[data-token='s.planned']").click()
    page.locator("input[data-token='s.denied']").click()
    page.evaluate("window.techsov.state.change({ steps: 2 })")
    page.evaluate("window.techsov.state.focus('corvette')")
    before = drawn(page)
    page.locator("#language").click()
    page.wait_for_url("**/fr/map.html#*")
    assert drawn(page) == before
    assert page.evaluate("window.techsov.state.current.steps") == 2
    assert page.locator("#panel h2").text_content() == "Corvette Nuage"
    assert page.locator("html").get_attribute("lang") == "fr"


def test_an_address_replaces_the_state_and_says_what_it_does_not_know(
    site: Path, open_page: Any
) -> None:
    page = open_page(site / "en/map.html", "#focus=kelp&off=s.planned~m.state")
    assert page.evaluate("window.techsov.state.current.on.get('s.planned')") is False
    page.evaluate("location.hash = '#focus=nobody&off=x.y&edition=other'")
    wait_until(page, "window.techsov.state.current.focus === ''")
    assert page.evaluate("window.techsov.state.current.on.get('s.planned')") is True
    assert "another edition" in (page.locator("#status").text_content() or "")


def test_a_random_state_survives_its_own_address(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    choose = random.Random(5)
    tokens = page.evaluate("[...window.techsov.state.defaults.keys()]")
    marks = page.evaluate("[...window.techsov.state.data.nodes.keys()]")
    state = """(({ state: { current } }) =>
      JSON.stringify({ ...current, on: [...current.on].sort() }))(window.techsov)"""
    for _ in range(12):
        wanted = {token: choose.random() < 0.6 for token in tokens}
        focus = choose.choice([*marks, ""])
        page.evaluate(
            """([on, focus, steps]) => window.techsov.state.change(
              { on: new Map(Object.entries(on)), focus, steps, fact: "" })""",
            [wanted, focus, choose.choice([1, 2])],
        )
        before = page.evaluate(state)
        page.reload()
        assert page.evaluate(state) == before


@pytest.mark.parametrize("size", [(390, 844), (320, 700), (768, 1024)], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_the_screen(
    site: Path, open_page: Any, kind: str, size: tuple[int, int]
) -> None:
    page = open_page(site / kind, size=size)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


#: Cells that stand on one line of a narrow screen with no space between their words.
GLUED = """() => [...document.querySelectorAll("tbody tr")].flatMap((row) => {
  const boxes = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return [...range.getClientRects()].filter((box) => box.width > 1);
  };
  const cells = [...row.cells].filter((cell) => boxes(cell).length);
  return cells.slice(1).flatMap((cell, at) => {
    const [before, after] = [boxes(cells[at]).at(-1), boxes(cell)[0]];
    const middle = (after.top + after.bottom) / 2;
    const beside = before.top < middle && middle < before.bottom;
    return beside && after.left - before.right < 2 ? [`${cells[at].textContent}${cell.textContent}`] : [];
  });
})"""


@pytest.mark.parametrize("kind", ["en/map.html", "fr/alliances.html", "en/actor/corvette.html"])
def test_cells_on_one_line_of_a_phone_are_apart(site: Path, open_page: Any, kind: str) -> None:
    page = open_page(site / kind, size=(390, 844))
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.locator("#facts-table tbody tr").count() > 5
    assert page.evaluate(GLUED) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("number", [0, 7, 999, 1_000, 54_321, 1_234_567])
def test_scripts_group_numbers_as_pages_do(browser: Any, language: str, number: int) -> None:
    module = asset("js/words.js").replace("export ", "")
    ask = f"""() => {{ {module}
      return speaker({{ page: {{ language: "{language}" }} }}).number({number}); }}"""
    page = browser.new_page()
    assert page.evaluate(ask) == number_text(str(number), language)
    page.close()


def test_text_at_twice_its_size_still_fits(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html", size=(700, 450))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_table_is_whole(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html", java_script_enabled=False)
    rows = page.locator("#facts-table tbody tr")
    assert rows.count() == 55
    assert rows.first.is_visible()
    assert page.get_by_text("Without JavaScript the picture stands as it is").is_visible()
    assert not page.locator("#search").is_visible()


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)], ids=str)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_lie_on_nothing_and_the_weightiest_are_shown(
    site: Path, open_page: Any, language: str, size: tuple[int, int]
) -> None:
    page = open_page(site / language / "map.html", size=size)
    page.locator("#stage").scroll_into_view_if_needed()
    page.wait_for_timeout(150)
    labels = page.evaluate("window.techsov.labels()")
    boxes = [label["box"] for label in labels]
    for number, a in enumerate(boxes):
        for b in boxes[:number]:
            assert not (
                a["left"] < b["right"]
                and b["left"] < a["right"]
                and a["top"] < b["bottom"]
                and b["top"] < a["bottom"]
            )
    named = [label["id"] for label in labels]
    first = [node for node, *_ in data(page)["network"]["nodes"]["rows"][:8]]
    assert data(page)["network"]["nodes"]["keys"][0] == "id"
    assert set(first) <= set(named)
    if size[0] > 1000:
        assert len(named) >= 0.6 * len(drawn(page)["marks"])


def test_the_wheel_scrolls_the_page_and_not_the_picture(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    before = page.evaluate(CAMERA)
    page.locator("#stage").hover()
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(200)
    assert page.evaluate(CAMERA) == before
    assert page.evaluate("scrollY") > 0


def test_sorting_keeps_every_row(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/map.html")
    before = drawn(page)["rows"]
    head = page.locator("#facts-table th").first
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    first = page.locator("#facts-table tbody tr td:first-child").all_text_contents()
    assert first[0].startswith(("A", "B"))
    assert drawn(page)["rows"] == before


def test_a_spreadsheet_finds_no_formula(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    page.evaluate("window.techsov.state.data.nodes.get('kelp').label = '=1+1'")
    with page.expect_download() as download:
        page.locator("#save-csv").click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b'"\'=1+1"' in raw
    assert b',"=1+1"' not in raw
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_the_picture_is_saved_at_double_size_and_comes_back(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    before = page.evaluate(CAMERA)
    with page.expect_download() as download:
        page.locator("#save-png").click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\x89PNG")
    width = int.from_bytes(raw[16:20])
    assert width >= 2 * page.evaluate("document.getElementById('stage').clientWidth")
    assert page.evaluate(CAMERA) == before


def test_paper_holds_the_whole_table(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    page.emulate_media(media="print")
    assert page.locator("#facts-table tbody tr").first.is_visible()
    assert not page.locator("#search").is_visible()
    assert page.pdf().startswith(b"%PDF")
