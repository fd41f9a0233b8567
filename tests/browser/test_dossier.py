"""The dossier and the documents in a real browser: tables beside the picture, rows, addresses."""

import csv
import io
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Page

from techsov.viz.bundle import script
from techsov.viz.pages.actor import single_file

PHONE = (390, 844)


def hidden(page: Page) -> int:
    return int(
        page.evaluate("document.querySelectorAll('#facts-table tr[data-fact][hidden]').length")
    )


def test_what_the_filters_hide_is_counted_and_can_be_had_back(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/actor/hospitals.html")
    rows = page.locator("#facts-table tbody tr")
    line = page.locator("#hidden-rows")
    assert rows.count() == 2
    assert hidden(page) == 1, "what is hypothetical is switched off at first"
    line.scroll_into_view_if_needed()
    assert "1 more fact is hidden by the filters." in line.inner_text()
    line.locator("button").click()
    assert hidden(page) == 0
    assert not line.is_visible()


def test_a_link_to_a_fact_shows_its_row_even_where_a_filter_hides_it(
    site: Path, open_page: Any
) -> None:
    page = open_page(site / "en/source/opinion.html")
    link = page.locator("a.said[href*='hospitals--dependsOn--giants']")
    assert link.count() == 1
    link.click()
    row = page.locator("tr[id^='hospitals--dependsOn--giants']")
    row.wait_for(state="visible")
    # The row stands in the page before its scripts have read the address.
    page.wait_for_function(
        "document.querySelector(\"tr[id^='hospitals--dependsOn--giants']\")"
        ".getBoundingClientRect().top < innerHeight"
    )


def test_both_tables_are_sorted_and_a_row_leads_to_the_picture(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/actor/corvette.html")
    page.locator("summary", has_text="Between those around it").click()
    more = page.locator("#hidden-beside")
    assert "hidden by the filters" in more.inner_text(), "they are two steps away"
    more.locator("button").click()
    assert not more.is_visible()
    for table in ("#facts-table", "#beside-table"):
        page.locator(f"{table} th button").first.click()
        names = page.locator(f"{table} tbody tr:not([hidden]) td:first-child").all_text_contents()
        assert len(names) > 1
        assert names == sorted(names, key=str.casefold)
        row = page.locator(f"{table} tr[data-fact]:not([hidden])").first
        fact = row.get_attribute("data-fact")
        row.locator("td:nth-child(2) a").click()
        assert page.evaluate("window.techsov.state.current.fact") == fact
        assert page.evaluate("document.activeElement.id") == "stage"
        page.evaluate("window.techsov.state.focus('')")


def test_both_tables_are_read_aloud_as_tables_on_a_phone(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/actor/corvette.html", size=PHONE)
    for table in ("#facts-table", "#beside-table"):
        roles = (
            f"[...document.querySelectorAll('{table} tr > *')].map((c) => c.getAttribute('role'))"
        )
        assert set(page.evaluate(roles)) == {"columnheader", "cell"}
        assert page.locator(table).get_attribute("role") == "table"


def test_a_jump_leads_to_each_part(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/actor/corvette.html")
    for link in page.locator(".jump a").all():
        link.click()
        target = page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top")
        bottom = page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
        assert abs(target) < 40 or bottom, link.inner_text()
        page.evaluate("scrollTo(0, 0)")


def test_on_a_phone_the_lists_come_before_the_picture(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/actor/corvette.html", size=PHONE)
    top = "(id) => document.querySelector(id).getBoundingClientRect().top"
    assert page.evaluate(top, "#depends") < page.evaluate(top, "#explorer")
    page.set_viewport_size({"width": 1400, "height": 900})
    assert page.evaluate(top, "#explorer") < page.evaluate(top, "#depends")


def test_without_scripts_a_dossier_is_whole(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/actor/hospitals.html", java_script_enabled=False)
    for part in ("#depends", "#control", "#missing", "#facts-table"):
        assert page.locator(part).is_visible(), part
    assert page.locator("#facts-table tbody tr:visible").count() == 2
    assert not page.locator("#hidden-rows").is_visible()


def test_paper_has_no_folds(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/actor/corvette.html")
    folded = page.locator("main details:not([open])")
    before = folded.count()
    assert before
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before, "the screen comes back as it was"


def test_one_file_leads_to_its_facts_and_documents(site: Path, open_page: Any) -> None:
    page = open_page(site / "single.html")
    page.locator("#facts-table tr[data-fact] td:nth-child(2) a").first.click()
    assert "fact=" in page.url
    cited = page.locator("#facts-table .gloss + p a").first
    target = (cited.get_attribute("href") or "")[1:]
    cited.click()
    assert page.locator(f"[id='{target}']").evaluate(
        "(item) => item.getBoundingClientRect().top < innerHeight"
    )


def test_a_page_works_where_npm_has_built_nothing(
    invented: ModuleType, tmp_path: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("techsov.viz.bundle.built_script", lambda module: "")
    monkeypatch.setattr("techsov.viz.pages.frame.script", script.__wrapped__)
    text = single_file(invented.invented(), "corvette", 1, "en")
    assert "module_boot" in text, "joined in Python, with the names of the modules"
    (tmp_path / "single.html").write_text(text, "utf-8")
    page = open_page(tmp_path / "single.html")
    assert page.evaluate("window.techsov.labels().length") > 1
    page.locator("#facts-table tr[data-fact] td:nth-child(2) a").first.click()
    assert page.locator("#panel").inner_text()


# --- The documents


def shown(page: Page) -> list[str]:
    rows = page.locator("#documents tbody tr:not([hidden])").all()
    return [row.get_attribute("data-id") or "" for row in rows]


def test_documents_are_found_by_words_kind_stance_and_year(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/sources.html")
    every = shown(page)
    assert len(every) == 6
    assert "6 documents trouvés sur 6" in page.locator("#shown").inner_text()
    page.locator("#words").fill("pôrts BROCHURE")
    assert shown(page) == ["leaflet"]
    page.locator("#words").fill("")
    page.locator("#stance").select_option(label="critique")
    assert sorted(shown(page)) == ["opinion", "report"]
    page.locator("#year").select_option("2031")
    assert shown(page) == ["opinion"]
    page.locator("#stance").select_option("")
    page.locator("#kind").select_option(label="page web")
    assert shown(page) == ["leaflet"]
    with page.expect_download() as download:
        page.locator("button.save-table").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == ["id", "leaflet"]


def test_the_most_rested_upon_come_first_and_the_undated_last(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/sources.html")
    cell = "(rows, n) => rows.map((row) => Number(row.cells[n].textContent))"
    facts = page.locator("#documents tbody tr").evaluate_all(cell, 4)
    assert facts == sorted(facts, reverse=True)
    page.locator("#documents th button").nth(3).click()
    assert shown(page)[0] == "report"
    assert {*shown(page)[-2:]} == {"page", "study"}


@pytest.mark.parametrize("anchor", ["doc-gazette-p2", "doc-page-page"])
def test_the_address_of_a_passage_leads_on_to_the_page_of_its_document(
    site: Path, open_page: Any, anchor: str
) -> None:
    page = open_page(site / "en/sources.html", f"#{anchor}")
    _, document, spot = anchor.split("-")
    page.wait_for_url(f"**/source/{document}.html*")
    assert page.locator(f"#{spot}").is_visible()


def test_without_scripts_all_documents_are_listed_and_lead_on(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/sources.html", java_script_enabled=False)
    assert page.locator("#documents tbody tr:visible").count() == 6
    assert not page.locator("#choose").is_visible()
    page.locator("#doc-gazette-p2").click()
    assert page.url.endswith("/source/gazette.html#p2")


@pytest.mark.parametrize("anchor", ["#100%", "#%E0%A4%A", "#focus=%", "#constructor=1&__proto__=2"])
@pytest.mark.parametrize("name", ["fr/actor/corvette.html", "fr/sources.html", "en/timeline.html"])
def test_an_odd_address_breaks_nothing(site: Path, open_page: Any, name: str, anchor: str) -> None:
    faults: list[object] = []
    page = open_page(site / "en/index.html")
    page.on("pageerror", lambda fault: faults.append(fault))
    page.goto((site / name).as_uri() + anchor)
    page.wait_for_timeout(150)
    assert faults == []
    assert page.evaluate("({}).value") is None


def test_a_place_on_the_page_leaves_the_view_as_it_is(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/actor/corvette.html")
    page.evaluate("window.techsov.state.toggle('s.planned', false)")
    page.evaluate("location.hash = '#facts'")
    page.wait_for_timeout(100)
    assert page.evaluate("window.techsov.state.current.on.get('s.planned')") is False
    page = open_page(site / "fr/actor/corvette.html", "#facts")
    assert (page.locator("#language").get_attribute("href") or "").endswith("#facts")


def test_documents_that_are_chosen_stand_in_the_address(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/sources.html")
    page.fill("#words", "gaz")
    page.locator("#stance").select_option(index=1)
    shown = page.locator("#documents tbody tr:not([hidden])").count()
    address, kind = page.evaluate("location.hash"), page.input_value("#stance")
    assert "words=gaz" in address
    assert f"stance={kind}" in address
    again = open_page(site / "fr/sources.html", address)
    assert again.locator("#documents tbody tr:not([hidden])").count() == shown
    assert again.input_value("#stance") == kind
    assert (again.locator("#language").get_attribute("href") or "").endswith(address)
    strange = open_page(site / "fr/sources.html", "#kind=nothing")
    assert "pas comprise" in (strange.locator("#shown").text_content() or "")


@pytest.mark.parametrize(
    "name", ["en/timeline.html", "fr/concentration.html", "en/paths.html", "fr/actor/corvette.html"]
)
def test_what_paper_unfolds_is_folded_again(site: Path, open_page: Any, name: str) -> None:
    page = open_page(site / name)
    opened = "[...document.querySelectorAll('main details')].filter((part) => part.open).length"
    before = page.evaluate(opened)
    page.pdf()
    page.wait_for_timeout(100)
    assert page.evaluate(opened) == before
