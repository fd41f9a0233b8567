"""What a reader takes away from a picture: drawing, painting, link, citation, paper."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page

from techsov.viz.bundle import STYLES, asset, sheet

SPACE = "{http://www.w3.org/2000/svg}"
VIEW = "#v=1&date=2029&focus=nimbus&off=s.claimed&edition=0123456789ab"


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.locator(button).click()
    return Path(download.value.path()).read_bytes()


def texts(sheet: ET.Element) -> str:
    return " ".join(element.text or "" for element in sheet.iter(f"{SPACE}text"))


@pytest.mark.parametrize("anchor", ["", VIEW, "#focus=harbour", "#on=s.denied~t.past"])
def test_the_drawing_is_whole_and_runs_nothing(site: Path, open_page: Any, anchor: str) -> None:
    page = open_page(site / "en/map.html", anchor)
    sheet = ET.fromstring(saved(page, "#save-svg"))
    tags = {element.tag.removeprefix(SPACE) for element in sheet.iter()}
    assert tags <= {"svg", "g", "path", "circle", "rect", "text", "title", "desc"}
    assert not [key for element in sheet.iter() for key in element.attrib if key.startswith("on")]
    assert (sheet.findtext(f"{SPACE}title"), sheet.get("lang")) == (
        "What does everything rest on?",
        "en",
    )
    told = page.evaluate("document.getElementById('status').textContent")
    assert (sheet.findtext(f"{SPACE}desc") or "").startswith(told.partition(".svg. ")[2])
    said = texts(sheet)
    for part in (
        "What does everything rest on?",
        "edition 0123456789ab, data as of 1 June 2031",
        "Need",
    ):
        assert part in said
    assert re.search(r"This view: en/map\.html#v=1&\S*edition=0123456789ab", said)


def test_the_drawing_shows_what_the_picture_shows(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    sheet = ET.fromstring(saved(page, "#save-svg"))
    titles = [element.text or "" for element in sheet.iter(f"{SPACE}title")]
    marks = page.evaluate(
        "[...techsov.state.shown().marks].map((id) => techsov.state.data.nodes.get(id).label)"
    )
    lines = page.evaluate("techsov.network.body.data.edges.get().filter((e) => !e.hidden).length")
    assert sorted(titles[1 + lines :]) == sorted(marks)
    assert len(titles) == 1 + lines + len(marks)
    labels = page.evaluate("techsov.labels().flatMap((label) => label.lines)")
    said = texts(sheet)
    assert labels
    assert all(line in said for line in labels)
    dashes = {element.get("stroke-dasharray") for element in sheet.iter(f"{SPACE}path")}
    assert {None, "14 7", "5 4"} <= dashes


def test_the_drawing_has_the_marks_where_the_picture_has_them(site: Path, open_page: Any) -> None:
    """The drawing, painted, and the canvas agree but for the smoothing of edges."""
    page = open_page(site / "en/map.html")
    saved(page, "#save-svg")
    differing = page.evaluate(
        """async () => {
          const stage = document.querySelector("#stage canvas");
          window.dispatchEvent(new Event("beforeprint"));
          const drawn = document.querySelector("#paper svg").cloneNode(true);
          drawn.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
          drawn.setAttribute("width", stage.clientWidth);
          drawn.setAttribute("height", stage.clientHeight);
          const text = new XMLSerializer().serializeToString(drawn);
          const image = new Image();
          image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
          await image.decode();
          const [width, height] = [Math.round(stage.width / 4), Math.round(stage.height / 4)];
          const cells = (picture) => {
            const copy = document.createElement("canvas");
            [copy.width, copy.height] = [width, height];
            const context = copy.getContext("2d");
            context.fillStyle = "#FBFAF7";
            context.fillRect(0, 0, width, height);
            context.imageSmoothingQuality = "high";
            context.drawImage(picture, 0, 0, width, height);
            return context.getImageData(0, 0, width, height).data;
          };
          const [one, two] = [cells(stage), cells(image)];
          let inked = 0, apart = 0;
          for (let at = 0; at < one.length; at += 4) {
            const [a, b] = [one, two].map((each) => each[at] + each[at + 1] + each[at + 2]);
            inked += a < 640 || b < 640;
            apart += Math.abs(a - b) > 150;
          }
          window.dispatchEvent(new Event("afterprint"));
          return [inked, apart];
        }"""
    )
    assert differing[0] > 1000
    assert differing[1] < 0.08 * differing[0], differing


def test_the_painting_is_the_sheet_at_double_size(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/map.html")
    sheet = ET.fromstring(saved(page, "#save-svg"))
    painting = saved(page, "#save-png")
    width, height = (int.from_bytes(painting[at : at + 4]) for at in (16, 20))
    assert (width, height) == (2 * int(sheet.get("width", "0")), 2 * int(sheet.get("height", "0")))


@pytest.mark.parametrize("granted", [True, False], ids=["allowed", "refused"])
def test_the_link_is_copied_or_shown_selected(site: Path, open_page: Any, granted: bool) -> None:
    page = open_page(site / "en/map.html", VIEW)
    if not granted:
        page.evaluate(
            "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }"
        )
    page.locator("#copy-link").click()
    field = page.locator("#taken-text")
    assert field.is_visible()
    assert field.input_value() == page.url
    assert "edition=0123456789ab" in page.url
    chosen = "(f) => f.value.slice(f.selectionStart, f.selectionEnd)"
    assert field.evaluate(chosen) == page.url
    told = page.locator("#status").text_content() or ""
    assert ("press Ctrl+C" in told) != ("Copied" in told)
    if not granted:
        assert "press Ctrl+C" in told
    page.locator("#taken-close").click()
    assert not field.is_visible()


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("en/map.html", ("techsov, “What does everything rest on?”.", "As at the end of 2029.")),
        ("fr/map.html", ("techsov, «\xa0Sur quoi tout repose-t-il\xa0?\xa0».", "À fin 2029.")),
        ("single.html", ("techsov, “Corvette Cloud”.", "As at the end of 2029.")),
    ],
)
def test_a_view_is_cited_with_its_filters_day_edition_and_place(
    site: Path, open_page: Any, kind: str, parts: tuple[str, ...]
) -> None:
    page = open_page(site / kind, "#date=2029")
    page.locator("#copy-cite").click()
    cited = page.locator("#taken-text").input_value()
    for part in (*parts, "2031", "0123456789ab"):
        assert part in cited
    place = kind if "/" in kind else "actor/corvette.html"
    assert cited.endswith(f"{place}#v=1&date=2029&edition=0123456789ab")
    assert str(site) not in cited, "a citation does not tell where the reader keeps the file"


def test_paper_has_the_view_as_a_drawing_and_the_screen_comes_back(
    site: Path, open_page: Any
) -> None:
    page = open_page(site / "fr/actor/corvette.html", "#focus=harbour")
    folded = page.locator("main details:not([open])")
    before = folded.count()
    assert before
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#paper svg").is_visible()
    assert not page.locator("#stage").is_visible()
    assert not page.locator("svg.still").is_visible()
    assert page.locator("#facts-table tbody tr:not([hidden])").first.is_visible()
    assert page.locator("#paper text", has_text="Alliance des Ports").count()
    for hidden in ("#search", "#save-png", "#reset", "#copy-cite", "#filters"):
        assert not page.locator(hidden).is_visible(), hidden
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#paper svg").count() == 0
    assert page.locator("#stage").is_visible()
    assert folded.count() == before


@pytest.mark.parametrize("scripted", [True, False])
def test_a_printed_page_holds_every_source_address(
    site: Path, open_page: Any, scripted: bool
) -> None:
    page = open_page(site / "en/map.html", java_script_enabled=scripted)
    raw = page.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", raw))
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(842, 595)}, "A4 landscape"
    page.emulate_media(media="print")
    links = page.locator("#facts-table a[href^=http]")
    assert links.count() > 20
    if scripted:
        after = links.first.evaluate("(link) => getComputedStyle(link, '::after').content")
        assert "attr" in after or "http" in after


def test_paper_has_only_the_facts_around_what_the_map_looks_at(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html", "#focus=harbour")
    rows, note = page.locator("#facts-table tbody tr"), page.locator(".near-alone")
    near = page.locator("#facts-table tbody tr.near").count()
    assert 0 < near < rows.count()
    assert not note.is_visible()
    page.emulate_media(media="print")
    shown = rows.evaluate_all("(rows) => rows.filter((row) => row.checkVisibility()).length")
    assert shown == near
    assert note.is_visible()


def test_without_scripts_the_drawing_stands_where_the_picture_would(
    site: Path, open_page: Any
) -> None:
    for kind in ("en/map.html", "fr/actor/corvette.html"):
        page = open_page(site / kind, java_script_enabled=False)
        drawing = page.locator("svg.still")
        assert drawing.is_visible()
        assert drawing.get_attribute("aria-label")
        assert drawing.locator("text").count() > 5
        assert not page.locator("#reset").is_visible()
        assert not page.locator("#copy-link").is_visible()


@pytest.mark.parametrize("kind", ["en/map.html", "fr/actor/corvette.html", "single.html"])
def test_on_a_phone_everything_is_in_reach_of_a_finger(
    site: Path, open_page: Any, kind: str
) -> None:
    page = open_page(site / kind, size=(390, 844), has_touch=True, is_mobile=True)
    page.evaluate(
        "for (const part of document.querySelectorAll('#explorer details')) part.open = true"
    )
    small = page.evaluate(
        """[...document.querySelectorAll("#explorer button, #explorer input, #explorer summary, #explorer textarea")]
          .map((each) => [each, (each.closest("label") || each).getBoundingClientRect()])
          .filter(([each, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
          .map(([each, box]) => [each.id || each.className || each.tagName, box.width, box.height])"""
    )
    assert small == []
    for button in ("#save-png", "#save-svg", "#save-csv", "#copy-link", "#copy-cite"):
        assert page.locator(button).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_shorter_style_sheet_says_the_same(browser: Any) -> None:
    page = browser.new_page()
    rules = """(text) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
      return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(", ", ",")); }"""
    whole = "\n".join(asset(f"css/{name}.css") for name in STYLES)
    shorter = "\n".join(map(sheet, STYLES))
    assert len(shorter) < len(whole)
    assert page.evaluate(rules, shorter) == page.evaluate(rules, whole)
    page.close()


@pytest.mark.parametrize(
    ("kind", "view", "parts"),
    [
        ("en/paths.html", "#from=hospitals&to=q7&ask=chain", ("techsov, “", "Quartz")),
        ("fr/whatif.html", "#remove=q7&months=12", ("techsov, «\xa0", "Quartz", "12 mois")),
    ],
)
def test_chains_and_trials_are_linked_and_cited_too(
    site: Path, open_page: Any, kind: str, view: str, parts: tuple[str, ...]
) -> None:
    page = open_page(site / kind, view)
    page.locator("#copy-link").click()
    field = page.locator("#taken-text")
    assert field.input_value() == f"{page.url}&edition=0123456789ab"
    page.locator("#copy-cite").click()
    cited = field.input_value()
    for part in (*parts, page.locator("#answer").inner_text(), "2031"):
        assert part in cited
    assert cited.endswith(f" {kind}{view}&edition=0123456789ab")
    page.locator("#taken-close").click()
    assert not field.is_visible()
    assert page.evaluate("document.activeElement.id") == "copy-cite"
