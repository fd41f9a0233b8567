"""The errors a person can act upon, and the problems found in the data."""

import copyreg
from collections.abc import Iterable
from dataclasses import dataclass

from techsov.graph.messages import say

#: So many problems are printed one by one; the rest are counted.
PRINTED_PROBLEMS = 100


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """The place in ``data/`` that something was read from; line 0 is the whole file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one cell: where, which column, and what the catalogue says of it.

    ``message`` is a key of ``messages.toml`` and ``values`` fill its blanks, so that one problem
    can be read in every language. A ``warning`` is printed and fails nothing.

    >>> place = Origin("data/facts/dependsOn.csv", 14)
    >>> values = (("column", "object"), ("value", "tmsc"))
    >>> print(Problem(place, "object", "check.unknown-entity", values).text("en"))
    data/facts/dependsOn.csv:14: object: no entity "tmsc"; add it to data/entities/, or name another
    """

    origin: Origin
    column: str
    message: str
    values: tuple[tuple[str, str], ...] = ()
    warning: bool = False

    def text(self, language: str) -> str:
        """Write the problem as ``file:line: column: what is wrong; what would be right``."""
        place = f"{self.origin}: {self.column}" if self.column else str(self.origin)
        words = say(self.message, language, **dict(self.values))
        return printable(f"{place}: {words}").replace("\n", "\\x0a")


def printable(text: str) -> str:
    r"""Show control characters and direction overrides instead of sending them to a terminal.

    >>> printable("a\x1b[31m\u202eb")
    'a\\x1b[31mU+202Eb'
    """
    return "".join(
        char if char.isprintable() or char in "\n \u00a0\u202f" else _shown(ord(char))
        for char in text
    )


def _shown(code: int) -> str:
    return f"\\x{code:02x}" if code < 0xA0 else f"U+{code:04X}"


class TechsovError(Exception):
    """The root: the command line catches this and nothing else.

    ``message`` is a key of ``messages.toml``; ``values`` fill its blanks.
    """

    exit_code = 70

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(self.text("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel from one process to another as it is, whatever its class takes to be made."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]

    def text(self, language: str) -> str:
        """Say the error in ``language``, ``en`` or ``fr``."""
        return printable(say(self.message, language, **self.values))


class DataError(TechsovError):
    """The data files break a rule, or pass a limit; every problem at once, sorted."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        if any(problem.message.startswith("limit.") for problem in self.problems):
            self.exit_code = LimitError.exit_code
        super().__init__("error.data", count=len(self.problems))

    def text(self, language: str) -> str:
        """One line per problem; past the first hundred, a count."""
        lines = [problem.text(language) for problem in self.problems[:PRINTED_PROBLEMS]]
        rest = len(self.problems) - PRINTED_PROBLEMS
        if rest > 0:
            lines.append(say("error.more-problems", language, count=str(rest)))
        return "\n".join(lines)


class OntologyError(TechsovError):
    """The project's own Turtle, shapes or questions are wrong."""

    exit_code = 1


class UndefinedMeasure(TechsovError):  # noqa: N818 - the name states the fact, as NoPath does
    """The measure has no value here."""

    exit_code = 1


class UsageError(TechsovError):
    """The caller asked for something that is not there: an actor, a question, an option."""

    exit_code = 2


class QuestionError(UsageError):
    """The caller's SPARQL is wrong, or asks for what is refused."""


class LimitError(TechsovError):
    """A limit is passed: size, depth, time, memory or rows."""

    exit_code = 3


class StoreError(TechsovError):
    """A file or a folder cannot be reached: missing, busy, full, not ours."""

    exit_code = 4
