"""What the commands share: options, reading the data, and what is said beside the data."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techsov.graph.errors import UsageError
from techsov.graph.helping import option
from techsov.graph.messages import LANGUAGES, say

if TYPE_CHECKING:
    from techsov.graph.flow import Knowledge

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


def know_data(
    data: Path | None, language: str, day: str | None = None, *, shapes: bool
) -> "Knowledge":
    """Read, check and build the data folder, telling what takes long."""
    from techsov.graph.flow import know
    from techsov.graph.progress import progress

    with progress(language) as step:
        return know(data, day_of(day), shapes=shapes, step=step)


def tell(message: str, language: str, **values: object) -> None:
    """Say something that is not data: on the error stream."""
    words = {name: str(value) for name, value in values.items()}
    click.echo(say(message, language, **words), err=True)
