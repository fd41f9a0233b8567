"""Rows to a table on a screen, to CSV for a spreadsheet, or to JSON for a program."""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from techsov.graph.errors import printable
from techsov.graph.facts.tables import table_text

#: A spreadsheet runs a cell that starts with one of these.
LIVE = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FORMATS = ("table", "csv", "json")
#: Where standard output is no terminal, so many characters stand on a line.
WIDTH_OF_A_FILE = 160


def spreadsheet_safe(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay numbers.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("-1.5"), spreadsheet_safe("Iliad")
    ("'=1+1", '-1.5', 'Iliad')
    """
    return f"'{text}" if text.startswith(LIVE) and not NUMBER.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class Table:
    """What a command prints. ``keys`` name the columns for programs, ``headings`` for readers.

    ``rows`` hold text for readers; ``data``, row by row beside them, what programs get.
    """

    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    data: Sequence[tuple[object, ...]]


def print_table(table: Table, form: str, out: TextIO | None = None) -> None:
    """Print ``table`` as ``table``, ``csv`` or ``json``."""
    stream = out or sys.stdout
    if form == "json":
        objects = [dict(zip(table.keys, row, strict=True)) for row in table.data]
        stream.write(json.dumps(objects, ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        cells = ([spreadsheet_safe(_flat(cell)) for cell in row] for row in table.data)
        stream.write(table_text(table.keys, cells))
    elif table.rows:
        _print_for_readers(table, stream)


def _flat(cell: object) -> str:
    if isinstance(cell, (list, tuple)):
        return "; ".join(map(_flat, cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


def _print_for_readers(table: Table, stream: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console(file=stream, width=None if stream.isatty() else WIDTH_OF_A_FILE)
    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in table.headings:
        drawn.add_column(heading, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(printable(cell)) for cell in row))
    console.print(drawn)
