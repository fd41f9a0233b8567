"""Bytes of a CSV file to rows of cells, each knowing its line; and back.

Spreadsheets write byte order marks, CRLF and semicolons: all are read, and ``fmt`` removes them.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from techsov.graph.errors import Origin, Problem, StoreError, printable

FILE_BYTES = 256 * 1024 * 1024
CELL_CHARACTERS = 10_000
#: Of anything longer a message shows the beginning; no id is longer.
SHOWN_CHARACTERS = 120
#: Marks that reorder text on a screen, so that a reader sees something else than the data say.
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: What no cell may hold: those, and control characters.
FORBIDDEN = re.compile(f"[\x00-\x1f\x7f-\x9f{''.join(DIRECTION_OVERRIDES)}]")
#: How UTF-16 begins; without its mark, the first letter has a zero byte.
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
#: Breaks of lines that are ordinary characters in a cell: editors and PDFs paste them.
LINE_BREAKS = frozenset("\r\n")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its cells by column, stripped of surrounding white space."""

    origin: Origin
    cells: dict[str, str]

    def problem(self, column: str, message: str, **values: str) -> Problem:
        """Say what is wrong with one cell of this line."""
        value = self.cells.get(column, "")
        return problem_at(self.origin, column, message, value=shortened(value), **values)


def problem_at(origin: Origin, column: str, message: str, **values: str) -> Problem:
    """Say what is wrong at a place; ``warning.`` messages fail nothing."""
    return Problem(
        origin, column, message, tuple(sorted(values.items())), message.startswith("warning.")
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """Name the one candidate that is clearly nearest, or nothing.

    >>> nearest("tmsc", ["tsmc", "asml"]), nearest("xyz", ["tsmc", "asml"])
    ('tsmc', '')
    >>> nearest("layer-3", ["layer-1", "layer-2"])
    ''
    """
    if len(word) > SHOWN_CHARACTERS:
        return ""
    close = get_close_matches(word, list(known), n=2, cutoff=0.7)
    likeness = [SequenceMatcher(None, name, word).ratio() for name in close]
    return close[0] if close and likeness[0] > max(likeness[1:], default=0) else ""


def shortened(text: str) -> str:
    """Cut what a cell may hold to what a message can show."""
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"


def _bytes_of(path: Path, shown: str, problems: list[Problem]) -> bytes:
    try:
        if not path.is_file():
            raise StoreError("error.no-file", file=shown)
        if path.stat().st_size > FILE_BYTES:
            limit = str(FILE_BYTES // 1024 // 1024)
            problems.append(problem_at(Origin(shown, 0), "bytes", "limit.file", limit=limit))
            return b""
        return path.read_bytes()
    except OSError as error:
        raise StoreError("error.unreadable", file=shown, detail=error.strerror or "") from error


def _text_of(raw: bytes, shown: str, problems: list[Problem]) -> str:
    if raw[:2] in UTF16_MARKS or b"\0" in raw[:2]:
        problems.append(problem_at(Origin(shown, 1), "bytes", "check.utf16"))
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"0x{raw[error.start]:02X}"
        problems.append(problem_at(Origin(shown, line), "bytes", "check.not-utf8", value=byte))
        return ""


def read_table(
    path: Path, shown: str, columns: Sequence[str], problems: list[Problem]
) -> list[Row]:
    """Read one file; whatever is wrong with its form is added to ``problems``.

    ``shown`` is the name to print. Rows of another length than the header are left out; so are
    rows with a character that no cell may hold.

    Raises
    ------
    StoreError
        If there is no such file, or it cannot be read.
    """
    text = _text_of(_bytes_of(path, shown, problems), shown, problems)
    if not text.strip():
        if not problems or problems[-1].origin.file != shown:
            problems.append(problem_at(Origin(shown, 1), "header", "check.empty-file"))
        return []
    header_line = text.split("\n", 1)[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    # Not splitlines(): it also breaks at U+2028 and U+0085, which PDFs paste into cells.
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    rows: list[Row] = []
    line = 1
    # The limit is that of the process: others who read CSV have their own again afterwards.
    before = csv.field_size_limit(FILE_BYTES)
    try:
        header = [cell.strip() for cell in next(reader)]
        if not _good_header(header, columns, shown, problems):
            return []
        line = reader.line_num + 1
        for cells in reader:
            rows.extend(_row(Origin(shown, line), header, cells, problems))
            line = reader.line_num + 1
    except csv.Error as error:
        # An open quotation mark fails at the end of the file; the row that holds it began here.
        problems.append(problem_at(Origin(shown, line), "row", "check.csv", detail=str(error)))
    finally:
        csv.field_size_limit(before)
    return rows


def _good_header(
    header: list[str], columns: Sequence[str], shown: str, problems: list[Problem]
) -> bool:
    origin = Origin(shown, 1)
    found = len(problems)
    for column in sorted(set(header) - set(columns)):
        guess = nearest(column, columns)
        message = "check.unknown-column-guess" if guess else "check.unknown-column"
        problems.append(
            problem_at(
                origin,
                "header",
                message,
                value=shortened(column),
                guess=guess,
                known=", ".join(columns),
            )
        )
    problems.extend(
        problem_at(origin, "header", "check.missing-column", value=column)
        for column in columns
        if column not in header
    )
    problems.extend(
        problem_at(origin, "header", "check.doubled-column", value=shortened(column))
        for column in sorted({column for column in header if header.count(column) > 1})
    )
    return len(problems) == found


def _row(
    origin: Origin, header: list[str], cells: list[str], problems: list[Problem]
) -> Iterator[Row]:
    """Give the row, unless it is blank or its form is wrong."""
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(header):
        size, need = str(len(cells)), str(len(header))
        problems.append(problem_at(origin, "row", "check.cell-count", value=size, need=need))
        return
    bad = [
        _bad_cell(origin, column, cell)
        for column, cell in zip(header, cells, strict=True)
        if len(cell) > CELL_CHARACTERS or FORBIDDEN.search(cell)
    ]
    problems.extend(bad)
    if not bad:
        stripped = (cell.strip() for cell in cells)
        yield Row(origin, dict(zip(header, stripped, strict=True)))


def _bad_cell(origin: Origin, column: str, cell: str) -> Problem:
    if len(cell) > CELL_CHARACTERS:
        size, limit = str(len(cell)), str(CELL_CHARACTERS)
        return problem_at(origin, column, "limit.cell", value=size, limit=limit)
    char = FORBIDDEN.findall(cell)[0]
    if char in LINE_BREAKS:
        return problem_at(origin, column, "check.line-break")
    return problem_at(origin, column, "check.control-character", value=printable(char))


def table_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as canonical CSV: commas, LF, quotes only where needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()
