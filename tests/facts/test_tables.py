from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from techsov.graph.errors import Origin, Problem, StoreError
from techsov.graph.facts import tables
from techsov.graph.facts.tables import (
    CELL_CHARACTERS,
    SHOWN_CHARACTERS,
    Row,
    nearest,
    read_table,
    shortened,
    table_text,
)

COLUMNS = ("id", "name")


def read(path: Path, raw: bytes) -> tuple[list[Row], list[str]]:
    """The rows of a file with these bytes, and its problems in English."""
    path.write_bytes(raw)
    problems: list[Problem] = []
    rows = read_table(path, "data/x.csv", COLUMNS, problems)
    return rows, [problem.text("en") for problem in problems]


Reader = Callable[[bytes], tuple[list[Row], list[str]]]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return lambda raw: read(tmp_path / "x.csv", raw)


def cells(rows: list[Row]) -> list[tuple[str, ...]]:
    return [tuple(row.cells.values()) for row in rows]


@pytest.mark.parametrize(
    "raw",
    [
        b"id,name\na,b\n",
        b"id,name\na,b",
        b"\xef\xbb\xbfid,name\na,b\n",
        b"id,name\r\na,b\r\n",
        b"id,name\ra,b\r",
        b"id;name\na;b\n",
        b"\xef\xbb\xbfid;name\r\na;b\r\n",
        b' id , name \n a , "b"\n',
        b"name,id\nb,a\n",
        b"id,name\n\n,\na,b\n\n",
    ],
    ids=[
        "plain",
        "no-end",
        "bom",
        "crlf",
        "cr",
        "semicolons",
        "excel",
        "spaces",
        "order",
        "blank-lines",
    ],
)
def test_what_a_spreadsheet_writes_is_the_same_row(reader: Reader, raw: bytes) -> None:
    rows, problems = reader(raw)
    assert problems == []
    assert [(row.cells["id"], row.cells["name"]) for row in rows] == [("a", "b")]


def test_a_semicolon_inside_a_cell_is_no_delimiter(reader: Reader) -> None:
    rows, problems = reader(b"id,name\na,b;c;d;e\n")
    assert (cells(rows), problems) == ([("a", "b;c;d;e")], [])


def test_every_row_knows_its_physical_line(reader: Reader) -> None:
    rows, problems = reader(b'id,name\n\na,b\n"c\nd",e\n\nf,g\n')
    assert [row.origin for row in rows] == [Origin("data/x.csv", 3), Origin("data/x.csv", 7)]
    assert problems == ["data/x.csv:4: id: a line break inside a cell; replace it by a space"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+A1",
        "-1",
        "@sum",
        "<script>alert(1)</script>",
        "a\u2028b",
        "1.10",
        "NO",
        "\U0001f5fa",
        "e\u0301",
        "a\u200fb",
        "it’s",
        "x" * CELL_CHARACTERS,
    ],
)
def test_legal_text_is_kept_to_the_byte(reader: Reader, text: str) -> None:
    rows, problems = reader(f"id,name\na,{text}\n".encode())
    assert (cells(rows), problems) == ([("a", text)], [])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            b"\xff\xfei\x00d\x00",
            ["data/x.csv:1: bytes: the file is UTF-16; save it as CSV UTF-8"],
        ),
        (
            b"\xfe\xff\x00i\x00d",
            ["data/x.csv:1: bytes: the file is UTF-16; save it as CSV UTF-8"],
        ),
        (
            b"id,name\na,b\nc,\xe9\n",
            ["data/x.csv:3: bytes: byte 0xE9 is not UTF-8; save the file as CSV UTF-8"],
        ),
        (
            b"",
            [
                (
                    "data/x.csv:1: header: the file is empty; write its header, "
                    "see the codebook data/README.md"
                )
            ],
        ),
        (
            b"\xef\xbb\xbf \n\n",
            [
                (
                    "data/x.csv:1: header: the file is empty; write its header, "
                    "see the codebook data/README.md"
                )
            ],
        ),
        (
            b"id,name\na,b\nc,d,e\nf\n",
            [
                "data/x.csv:3: row: 3 cells; the header has 2",
                "data/x.csv:4: row: 1 cells; the header has 2",
            ],
        ),
        (
            b'id,name\na,b\nc,"d\ne,f\n',
            [
                (
                    "data/x.csv:3: row: not a CSV row (unexpected end of data); close the quotation "
                    "mark, or double it inside a cell"
                )
            ],
        ),
        (
            b'id,name\n"a"x,b\n',
            [
                (
                    "data/x.csv:2: row: not a CSV row (',' expected after '\"'); close the quotation "
                    "mark, or double it inside a cell"
                )
            ],
        ),
        (
            b'"id,name\n',
            [
                (
                    "data/x.csv:1: row: not a CSV row (unexpected end of data); close the quotation "
                    "mark, or double it inside a cell"
                )
            ],
        ),
        (b"id,name\na,b\x1b[31m\n", [r"data/x.csv:2: name: forbidden character \x1b; delete it"]),
        (b"id,name\na,b\x00\n", [r"data/x.csv:2: name: forbidden character \x00; delete it"]),
        (b"id,name\na,b\tc\n", [r"data/x.csv:2: name: forbidden character \x09; delete it"]),
        (b"id,name\na,b\x7f\n", [r"data/x.csv:2: name: forbidden character \x7f; delete it"]),
        (
            "id,name\na,b\u0085c\n".encode(),
            [r"data/x.csv:2: name: forbidden character \x85; delete it"],
        ),
        (
            "id,name\n\u202ea,b\u2066\n".encode(),
            [
                "data/x.csv:2: id: forbidden character U+202E; delete it",
                "data/x.csv:2: name: forbidden character U+2066; delete it",
            ],
        ),
        (
            b'id,name\na,"b\r\nc"\n',
            ["data/x.csv:2: name: a line break inside a cell; replace it by a space"],
        ),
        (
            b"id,name\na," + b"x" * (CELL_CHARACTERS + 1) + b"\n",
            [
                (
                    "data/x.csv:2: name: 10001 characters in one cell, the limit is 10000; "
                    "was a whole text pasted?"
                )
            ],
        ),
    ],
)
def test_a_bad_form_is_said_with_its_place(reader: Reader, raw: bytes, expected: list[str]) -> None:
    rows, problems = reader(raw)
    assert problems == expected
    assert [row for row in rows if row.cells["id"] != "a" or row.cells["name"] != "b"] == []


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "id,nane",
            [
                'data/x.csv:1: header: unknown column "nane"; did you mean "name"?',
                'data/x.csv:1: header: no column "name"; add it, empty where nothing is stated',
            ],
        ),
        (
            "id,name,wikidata",
            ['data/x.csv:1: header: unknown column "wikidata"; the columns are: id, name'],
        ),
        (
            "id,name,",
            ['data/x.csv:1: header: unknown column ""; the columns are: id, name'],
        ),
        (
            "id",
            ['data/x.csv:1: header: no column "name"; add it, empty where nothing is stated'],
        ),
        ("id,name,id", ['data/x.csv:1: header: column "id" stands twice; keep one']),
        (
            'id,name,"a\nb\x1b\u202e"',
            [
                (
                    r'data/x.csv:1: header: unknown column "a\x0ab\x1bU+202E"; '
                    "the columns are: id, name"
                )
            ],
        ),
        (
            f"id,name,{'x' * 9999}",
            [
                (
                    f'data/x.csv:1: header: unknown column "{"x" * (SHOWN_CHARACTERS - 1)}…"; '
                    "the columns are: id, name"
                )
            ],
        ),
    ],
)
def test_a_bad_header_stops_the_file(reader: Reader, header: str, expected: list[str]) -> None:
    rows, problems = reader(f"{header}\na,b\n".encode())
    assert (rows, problems) == ([], expected)


def test_a_cell_as_long_as_allowed_is_judged_by_its_characters(reader: Reader) -> None:
    raw = b"id,name\na,\x1b" + b"x" * (CELL_CHARACTERS - 1) + b"\n"
    assert reader(raw) == ([], [r"data/x.csv:2: name: forbidden character \x1b; delete it"])


def test_an_empty_file_is_said_after_the_problems_of_another(tmp_path: Path) -> None:
    (tmp_path / "x.csv").touch()
    problems = [Problem(Origin("data/w.csv", 1), "header", "check.empty-file")]
    assert read_table(tmp_path / "x.csv", "data/x.csv", COLUMNS, problems) == []
    assert [problem.origin.file for problem in problems] == ["data/w.csv", "data/x.csv"]


def test_a_file_over_the_limit_is_not_read(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "FILE_BYTES", 8)
    assert reader(b"id,name\n") == ([], [])
    assert reader(b"id,name\na,b\n") == ([], ["data/x.csv: bytes: over 0 MiB; split the file"])


def test_a_missing_file_is_no_problem_of_data(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        read_table(tmp_path / "x.csv", "data/x.csv", COLUMNS, [])
    assert caught.value.exit_code == 4
    assert caught.value.text("en") == (
        "data/x.csv: there is no such file; create it with its header, "
        "see the codebook data/README.md"
    )


def test_a_folder_in_the_place_of_a_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(StoreError, match=r"^data/x\.csv: there is no such file"):
        read_table(tmp_path / "x.csv", "data/x.csv", COLUMNS, [])


@pytest.mark.parametrize("call", ["is_file", "stat", "read_bytes"])
def test_a_file_that_cannot_be_read_is_said(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def denied(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, call, denied)
    with pytest.raises(StoreError) as caught:
        reader(b"id,name\n")
    assert caught.value.text("en") == (
        "data/x.csv: cannot be read (Permission denied); check its permissions"
    )


@pytest.mark.parametrize(
    ("word", "known", "guess"),
    [
        ("tmsc", ["tsmc", "asml"], "tsmc"),
        ("xyz", ["tsmc", "asml"], ""),
        ("layer-3", ["layer-1", "layer-2"], ""),
        ("layer-1x", ["layer-1", "layer-2"], "layer-1"),
        ("", ["a"], ""),
        ("a", [], ""),
        ("a" * (SHOWN_CHARACTERS + 1), ["a" * SHOWN_CHARACTERS], ""),
        ("a" * (SHOWN_CHARACTERS - 1) + "b", ["a" * SHOWN_CHARACTERS], "a" * SHOWN_CHARACTERS),
    ],
)
def test_a_guess_is_given_only_when_one_name_is_clearly_nearest(
    word: str, known: list[str], guess: str
) -> None:
    assert nearest(word, known) == guess


def test_a_long_value_is_shown_from_its_beginning() -> None:
    assert shortened("x" * SHOWN_CHARACTERS) == "x" * SHOWN_CHARACTERS
    assert shortened("x" * (SHOWN_CHARACTERS + 1)) == "x" * (SHOWN_CHARACTERS - 1) + "…"
    long = Row(Origin("f", 1), {"id": "y" * 500})
    assert dict(long.problem("id", "check.bad-id").values) == {
        "value": "y" * (SHOWN_CHARACTERS - 1) + "…"
    }


def test_only_messages_of_the_area_warning_fail_nothing() -> None:
    row = Row(Origin("f", 1), {"id": "a"})
    assert row.problem("id", "warning.unused").warning
    assert not row.problem("id", "check.bad-id").warning


def test_a_table_is_written_with_commas_lf_and_the_least_quotes() -> None:
    text = table_text(COLUMNS, [("a", 'b, "c"'), ("d;e", "\u2028")])
    assert text == 'id,name\na,"b, ""c"""\nd;e,\u2028\n'
