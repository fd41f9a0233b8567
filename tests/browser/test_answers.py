"""The pages of chokepoints, concentration and alliances in a real browser, on the published facts."""

import csv
import io
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from techsov.graph.flow import know
from techsov.viz.pages.frame import Place
from techsov.viz.publication import Publication
from techsov.viz.site import PAGES, asset_files

Open = Callable[..., Page]
NAMES = ("chokepoints.html", "concentration.html", "alliances.html")
#: A long table of each page, and the column of it that holds numbers.
LONG: Mapping[str, tuple[str, int]] = {
    "chokepoints.html": ("suppliers", 5),
    "concentration.html": ("shares", 2),
    "alliances.html": ("events", 0),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three pages and the sources in both languages, with what they load."""
    folder, shared = tmp_path_factory.mktemp("answers"), Publication(know())
    (folder / "assets").mkdir()
    for path, content in asset_files(shared):
        (folder / path).write_text(str(content), encoding="utf-8")
    for language in ("en", "fr"):
        (folder / language).mkdir()
        for name in (*NAMES, "sources.html"):
            text = PAGES[name](shared, language, Place(name, "../", language))
            (folder / language / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("size", [(1400, 900), (1024, 768), (390, 844), (320, 700)], ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_the_screen_with_every_fold_open(
    answers: Path, open_page: Open, name: str, size: tuple[int, int]
) -> None:
    page = open_page(answers / "fr" / name, size=size)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", NAMES)
def test_a_long_table_is_short_until_asked_sorted_by_keyboard_and_taken_away_whole(
    answers: Path, open_page: Open, name: str
) -> None:
    page = open_page(answers / "en" / name)
    table, column = LONG[name]
    rows = page.locator(f"#{table} tbody tr")
    every = rows.count()
    assert every > 20
    assert sum(row.is_visible() for row in rows.all()) == 20
    whole = page.locator(f"button.whole-table[data-table={table}]")
    whole.focus()
    page.keyboard.press("Enter")
    assert whole.get_attribute("aria-expanded") == "true"
    assert rows.last.is_visible()
    head = page.locator(f"#{table} thead th").nth(column)
    head.locator("button").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    keys = page.evaluate(
        """([table, column]) => [...document.querySelectorAll(`#${table} tbody tr`)]
          .map((row) => row.cells[column].dataset.order ?? row.cells[column].textContent.trim())""",
        [table, column],
    )
    numbers = [float(key.replace("-", "")[:8].ljust(8, "0")) for key in keys if "-" in key]
    values = numbers or [float(key) for key in keys if key]
    assert values == sorted(values, reverse=True)
    with page.expect_download() as download:
        page.locator(f"button.save-table[data-table={table}]").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    saved = list(csv.reader(io.StringIO(text, newline="")))
    assert len(saved) == every + 1
    assert len({len(row) for row in saved}) == 1
    ids = page.evaluate(
        f"[...document.querySelectorAll('#{table} tbody tr')].map((r) => r.dataset.id)"
    )
    assert [row[0] for row in saved[1:]] == ids


def test_a_short_table_shows_as_many_rows_whatever_a_filter_hides(
    answers: Path, open_page: Open
) -> None:
    page = open_page(answers / "en" / "chokepoints.html")
    rows = page.locator(f"#{LONG['chokepoints.html'][0]} tbody tr")
    for row in rows.all()[:15]:
        row.evaluate("(row) => { row.hidden = true; }")
    assert sum(row.is_visible() for row in rows.all()) == 20


def test_a_document_is_found_among_all_and_an_address_leads_to_its_row(
    answers: Path, open_page: Open
) -> None:
    page = open_page(answers / "en" / "sources.html")
    rows = page.locator("#documents tbody tr")
    last = rows.last
    assert rows.count() > 600
    assert not last.is_visible()
    page.locator("#words").fill(last.locator("td a").first.inner_text())
    assert last.is_visible()
    name = last.get_attribute("data-id")
    page = open_page(answers / "en" / "sources.html", f"#doc-{name}")
    assert page.locator(f"#doc-{name}").is_visible()


def test_what_an_alliance_holds_is_folded_on_a_phone_until_it_is_asked_for(
    answers: Path, open_page: Open
) -> None:
    path, phone = answers / "en" / "alliances.html", (390, 844)
    members = "#members-estia tbody tr >> nth=0"
    assert open_page(path).locator(members).is_visible()
    assert open_page(path, size=phone, java_script_enabled=False).locator(members).is_visible()
    page = open_page(path, size=phone)
    assert not page.locator(members).is_visible()
    page.locator("#alliance-estia summary").first.click()
    assert page.locator(members).is_visible()
    assert (
        open_page(path, "#alliance-estia-cloud", size=phone)
        .locator("#alliance-estia-cloud")
        .is_visible()
    )
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.folding:not([open])").count() == 0


def test_the_suppliers_of_a_layer_are_folded_on_a_phone_and_an_address_opens_them(
    answers: Path, open_page: Open
) -> None:
    path, phone = answers / "en" / "concentration.html", (390, 844)
    first = "#layer-cloud tbody tr >> nth=0"
    assert open_page(path).locator(first).is_visible()
    page = open_page(path, size=phone)
    assert not page.locator(first).is_visible()
    page.locator("#layers a[href='#layer-cloud']").click()
    assert page.locator(first).is_visible()
    assert open_page(path, "#layer-cloud", size=phone).locator(first).is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_without_scripts_every_row_is_there(answers: Path, open_page: Open, name: str) -> None:
    page = open_page(answers / "en" / name, java_script_enabled=False)
    rows = page.locator(f"#{LONG[name][0]} tbody tr")
    assert rows.last.is_visible()
    assert page.locator(".save-table:visible").count() == 0


@pytest.mark.parametrize("name", NAMES)
def test_paper_holds_every_row(answers: Path, open_page: Open, name: str) -> None:
    page = open_page(answers / "en" / name)
    page.emulate_media(media="print")
    assert page.locator(f"#{LONG[name][0]} tbody tr").last.is_visible()
    assert page.locator(".save-table:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("name", NAMES)
def test_headings_follow_one_another_and_every_table_is_named(
    answers: Path, open_page: Open, name: str
) -> None:
    page = open_page(answers / "en" / name)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    unnamed = "[...document.querySelectorAll('table')].filter((t) => !t.caption).length"
    assert page.evaluate(unnamed) == 0
    captions = page.evaluate("[...document.querySelectorAll('caption')].map((c) => c.textContent)")
    assert len(captions) == len(set(captions))


def test_a_link_of_a_row_tries_the_removal(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/chokepoints.html")
    page.locator("#ranks .try").first.click()
    page.wait_for_url("**/whatif.html#remove=*")
    assert page.locator("#chips li").count() == 1


def test_a_cell_of_the_matrix_leads_to_its_chain(answers: Path, open_page: Open) -> None:
    page = open_page(answers / "en/alliances.html")
    link = page.locator("table[id^=matrix-] tbody a[href^='#']").first
    link.click()
    target = page.locator(f"[id='{page.url.split('#')[1]}']")
    assert target.is_visible()
    assert target.evaluate("(h) => h.nextElementSibling.querySelectorAll('.chain a').length") > 0
