"""What the commands share: what each is asked with, reading the data, and speaking beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techsov.graph.errors import UsageError, printable
from techsov.graph.helping import Decorator, option
from techsov.graph.messages import LANGUAGES, say

if TYPE_CHECKING:
    from techsov.graph.answers import Labels
    from techsov.graph.flow import Knowledge
    from techsov.graph.printing import Table

TABLE_FORMATS = ("table", "csv", "json")

data_option = option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help_key="option-data"
)
lang_option = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=lambda: click.get_current_context().find_root().obj,
    help_key="option-lang",
)
format_option = option(
    "--format",
    "form",
    type=click.Choice(TABLE_FORMATS),
    default="table",
    show_default=True,
    help_key="option-format",
)
day_option = option("--as-of", "day", metavar="YYYY-MM-DD", help_key="option-as-of")
STATUSES = ("stated", "planned", "claimed", "hypothetical")
status_option = option(
    "--status",
    "statuses",
    type=click.Choice(STATUSES),
    multiple=True,
    default=("stated",),
    show_default=True,
    help_key="option-status",
)


def day_of(text: str | None) -> date | None:
    """Read ``--as-of``; nothing, where it is not given.

    Raises
    ------
    UsageError
        If it is not a day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("error.day", value=text) from None


@dataclass(frozen=True, slots=True)
class Request:
    """What a command is asked with: of which data, on which day, in which form and language.

    ``data`` is the folder of the package and ``day`` the newest of its sources where they are not
    given; a command without ``--format`` speaks to a reader.
    """

    data: Path | None
    day: str | None
    form: str
    language: str

    @property
    def for_readers(self) -> bool:
        """Whether a person reads the answer; a program gets nothing but the data."""
        return self.form == "table"

    def know(self, *, shapes: bool = False) -> "Knowledge":
        """Read, check and build the data folder, telling what takes long."""
        from techsov.graph.flow import know
        from techsov.graph.progress import progress

        with progress(self.language) as step:
            return know(self.data, day_of(self.day), shapes=shapes, step=step)

    def read(self) -> "tuple[Knowledge, Labels]":
        """Give what the data folder says, and the words for it.

        Raises
        ------
        UsageError
            If the day comes before all that is known: undated facts alone would answer.
        """
        from techsov.graph.analysis.standing import check_known
        from techsov.graph.answers import Labels

        knowledge = self.know()
        check_known(knowledge.records, knowledge.day)
        return knowledge, Labels.of(knowledge, self.language)

    def print(self, table: "Table") -> None:
        """Print the answer, in the form that is asked for."""
        from techsov.graph.printing import print_table

        print_table(table, self.form)

    def tell(self, message: str, **values: object) -> None:
        """Say something that is not data: on the error stream."""
        words = {name: str(value) for name, value in values.items()}
        self.tell_lines([say(message, self.language, **words)])

    def tell_lines(self, lines: Iterable[str], indent: str = "") -> None:
        """Say what is already in words, a line each, as ``tell`` does."""
        for line in lines:
            click.echo(f"{indent}{printable(line)}", err=True)

    def explain(self, message: str, **values: object) -> None:
        """Say how to read the answer, to readers alone."""
        if self.for_readers:
            self.tell(message, **values)


def requesting(*options: Decorator) -> Decorator:
    """Add ``options`` to a command, and hand it what they say as one ``Request``.

    The request is the first argument. An option of the request that is declared above this
    decorator, with one of the command's own between them in the help, goes into it too.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(
            *,
            lang: str,
            data: Path | None = None,
            day: str | None = None,
            form: str = "table",
            **own: Any,
        ) -> Any:
            return command(Request(data, day, form, lang), **own)

        asked: Callable[..., Any] = run
        for each in reversed(options):
            asked = each(asked)
        return asked

    return decorate


#: What every command that prints a table is asked with.
table_request = requesting(data_option, day_option, format_option, lang_option)
