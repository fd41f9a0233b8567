"""A table without a picture in a real browser: sorted by mouse and keyboard, and taken away."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, PackageLoader
from playwright.sync_api import Page

from techsov.graph.messages import say
from techsov.viz.bundle import edition_style, page_style, script

Open = Callable[..., Page]

PAGE = """{{% from "tables.html" import table_tools %}}<!doctype html>
<html lang="fr" class="scripted"><meta charset="utf-8"><title>x</title>
<link rel="stylesheet" href="page.css"><link rel="stylesheet" href="edition.css"><script src="tables.js" defer></script>
{{{{ table_tools("some", "légende", t) }}}}
<table class="sortable" id="some"><thead><tr><th>Nom</th><th>Nombre</th><th></th></tr></thead>
<tbody>{rows}</tbody></table>"""
#: Name, number shown, its order, and an id.
ROWS = (
    ("Zèbre", "0,45", "0.45", "z"),
    ("éclair", "−3", "-3", "e"),
    ("Eau 10", "inconnu", "", "w10"),
    ("Eau 9", "1 200", "1200", "w9"),
    ("=SOMME(A1)", "0,5", "0.5", "f"),
)


@pytest.fixture
def table(tmp_path: Path, open_page: Open) -> Page:
    cell = '<td data-order="{2}">{1}</td>'
    rows = "".join(
        f'<tr data-id="{row[3]}"><td>{row[0]}</td>{cell.format(*row)}<td>\n  a\n b </td></tr>'
        for row in ROWS
    )
    pages = Environment(loader=PackageLoader("techsov.viz", "templates"), autoescape=True)
    text = pages.from_string(PAGE.format(rows=rows)).render(
        t=lambda key, **values: say(f"page.{key}", "fr", **values)
    )
    (tmp_path / "page.html").write_text(text, "utf-8")
    (tmp_path / "page.css").write_text(page_style().text, "utf-8")
    (tmp_path / "edition.css").write_text(edition_style("e1").text, "utf-8")
    (tmp_path / "tables.js").write_text(script("tables.js").text, "utf-8")
    return open_page(tmp_path / "page.html")


def order(page: Page) -> list[str | None]:
    rows = page.locator("tbody tr")
    return [rows.nth(n).get_attribute("data-id") for n in range(rows.count())]


def test_a_column_is_sorted_by_the_rules_of_the_language(table: Page) -> None:
    head = table.locator("th").first
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert order(table) == ["f", "w9", "w10", "e", "z"]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert order(table) == ["z", "e", "w10", "w9", "f"]


def test_numbers_are_sorted_as_numbers_and_the_unknown_stands_last(table: Page) -> None:
    button = table.locator("th").nth(1).locator("button")
    button.focus()
    table.keyboard.press("Enter")
    assert order(table) == ["e", "z", "f", "w9", "w10"]
    table.keyboard.press("Space")
    assert order(table) == ["w9", "f", "z", "e", "w10"]
    assert table.locator("th[aria-sort]").count() == 1


def test_a_head_without_words_sorts_nothing(table: Page) -> None:
    assert table.locator("th button").count() == 2


def test_a_table_is_taken_away_as_it_stands_and_without_a_formula(table: Page) -> None:
    table.locator("th").nth(1).locator("button").click()
    with table.expect_download() as download:
        table.locator("button.save-table").click()
    assert download.value.suggested_filename == "techsov-table-some-e1.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["id", "Nom", "Nombre", ""]
    assert rows[3] == ["f", "'=SOMME(A1)", "0,5", "a b"]
    assert len(rows) == 1 + len(ROWS)
    assert "techsov-table-some-e1.csv" in (table.locator("#some-saved").text_content() or "")
