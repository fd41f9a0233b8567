"""Tables for readers, spreadsheets and programs."""

import csv
import io
import json

import pytest

from techsov.graph.printing import FORMATS, Table, print_table

TABLE = Table(
    ("name", "count", "parts", "known", "none"),
    ("Name", "How many", "Parts", "Known", "None"),
    [("Cloud \x1b[31m", "3", "a, b", "yes", "")],
    [("=Cloud", 3, ["a", "b"], True, None)],
)


def printed(table: Table, form: str) -> str:
    out = io.StringIO()
    print_table(table, form, out)
    return out.getvalue()


def test_a_program_gets_kinds() -> None:
    assert json.loads(printed(TABLE, "json")) == [
        {"name": "=Cloud", "count": 3, "parts": ["a", "b"], "known": True, "none": None}
    ]


def test_a_spreadsheet_gets_flat_cells_that_are_no_formula() -> None:
    assert list(csv.reader(io.StringIO(printed(TABLE, "csv")))) == [
        ["name", "count", "parts", "known", "none"],
        ["'=Cloud", "3", "a; b", "yes", ""],
    ]


def test_a_reader_gets_headings_and_no_control_character() -> None:
    shown = printed(TABLE, "table")
    assert all(heading in shown for heading in TABLE.headings)
    assert "Cloud \\x1b[31m" in shown
    assert "\x1b" not in shown


def test_markup_of_the_terminal_library_is_text() -> None:
    table = Table(("a",), ("a",), [("[bold]x[/bold] [link=http://x]y",)], [("x",)])
    assert "[bold]x[/bold] [link=http://x]y" in printed(table, "table")


def test_a_long_cell_is_folded_and_never_cut() -> None:
    words = " ".join(f"word{number}" for number in range(99))
    shown = printed(Table(("a",), ("a",), [(words,)], [(words,)]), "table")
    assert shown.split()[2:] == words.split()


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_table_is_valid(form: str) -> None:
    empty = Table(("a", "b"), ("A", "B"), [], [])
    expected = {"table": "", "csv": "a,b\n", "json": "[]\n"}
    assert printed(empty, form) == expected[form]


def test_the_output_is_the_standard_one_unless_said(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(TABLE, "csv")
    assert capsys.readouterr().out == printed(TABLE, "csv")
