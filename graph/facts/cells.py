"""One cell to one value: the forms that dates, ids, numbers and addresses take in ``data/``."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from techsov.graph.errors import Problem
from techsov.graph.facts.tables import Row, nearest, shortened
from techsov.graph.records import PartialDate
from techsov.graph.terms import is_id

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
#: What an IRI may not hold (RFC 3987), so that no address breaks a Turtle file.
NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
FIRST_YEAR, LAST_YEAR = 1800, 2100


def canonical_decimal(text: str) -> str:
    """Write a number as RDF stores do, so that no store changes it.

    >>> canonical_decimal("0.50"), canonical_decimal("61"), canonical_decimal("-0.0")
    ('0.5', '61', '0')
    """
    number = Decimal(text)
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in {"-0", ""} else plain


def whole_number(text: str) -> int | None:
    """Give the number that up to nine digits write, or None.

    >>> whole_number("012"), whole_number("1.5"), whole_number("²")
    (12, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row, read one by one; what is wrong with them is kept in ``problems``."""

    row: Row
    problems: list[Problem] = field(default_factory=list)

    def fail(self, column: str, message: str, **values: str) -> None:
        """Note that one cell is wrong."""
        self.problems.append(self.row.problem(column, message, **values))

    def text(self, column: str) -> str:
        """Any text, or nothing."""
        return self.row.cells[column]

    def required(self, column: str, hint: str) -> str:
        """Any text; ``hint`` names a message that says what belongs here."""
        if not self.text(column):
            self.fail(column, hint)
        return self.text(column)

    def id(self, column: str, *, required: bool = True) -> str:
        """Give an id; whether it names anything is for another rule."""
        text = self.text(column)
        if not text and not required:
            return ""
        if not text:
            self.fail(column, "check.empty-id")
        elif not is_id(text):
            self.fail(column, "check.bad-id")
        return text

    def several(self, column: str) -> tuple[str, ...]:
        """Give the parts of a cell that ``;`` separates, sorted, each once."""
        parts = {part.strip() for part in self.text(column).split(";")}
        return tuple(sorted(parts - {""}))

    def choice(self, column: str, options: Collection[str], *, required: bool = True) -> str:
        """One word of a closed list."""
        text = self.text(column)
        if not text and not required:
            return ""
        if text not in options:
            self.wrong_choice(column, text, options)
        return text

    def wrong_choice(self, column: str, text: str, options: Collection[str]) -> None:
        """Note that ``text`` is not among ``options``."""
        guess = nearest(text, options) if text else ""
        message = (
            "check.choice-guess" if guess else "check.choice" if text else "check.choice-empty"
        )
        self.fail(
            column, message, part=shortened(text), guess=guess, known=", ".join(sorted(options))
        )

    def date(self, column: str) -> PartialDate | None:
        """Give a date as precise as the source, or None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        if not DATE.fullmatch(text):
            self.fail(column, "check.date-form")
            return None
        try:
            PartialDate(text).last  # noqa: B018 - a day that does not exist raises
        except ValueError:
            self.fail(column, "check.no-such-day")
            return None
        if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
            self.fail(column, "check.year", low=str(FIRST_YEAR), high=str(LAST_YEAR))
            return None
        return PartialDate(text)

    def number(self, column: str, low: str, high: str) -> str:
        """Give a canonical decimal from ``low`` to ``high``, or nothing where the cell is empty."""
        text = self.text(column)
        if not text:
            return ""
        if not NUMBER.fullmatch(text):
            self.fail(column, "check.number-form")
            return ""
        try:
            inside = Decimal(low) <= Decimal(text) <= Decimal(high)
        except InvalidOperation:
            inside = False
        if not inside:
            self.fail(column, "check.number-range", low=low, high=high)
            return ""
        return canonical_decimal(text)

    def integer(self, column: str, low: int) -> int | None:
        """Give a whole number of at least ``low``, or None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        number = whole_number(text)
        if number is None or number < low:
            self.fail(column, "check.integer", low=str(low))
            return None
        return number

    def address(self, column: str) -> str:
        """Give a web address, http or https, or nothing."""
        text = self.text(column)
        if text and not _is_web_address(text):
            self.fail(column, "check.address")
            return ""
        return text

    def until_after_from(self, start: PartialDate | None, end: PartialDate | None) -> None:
        """Give an end before its beginning is a slip."""
        if start and end and end.last < start.first:
            self.fail("valid_to", "check.reversed-dates", start=start.text)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and bool(parts.hostname) and not NOT_IN_IRI.search(text)
    )
