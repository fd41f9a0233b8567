"""The commands that write pages: the site, or the page of one actor."""

import os
import sys
from pathlib import Path

import click

from techsov.graph.commands.common import (
    Request,
    data_option,
    day_of,
    day_option,
    lang_option,
    requesting,
)
from techsov.graph.helping import SaidCommand, option


@click.command(cls=SaidCommand)
@data_option
@option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help_key="option-out",
)
@requesting(day_option, lang_option)
@option("--open", "opens", is_flag=True, help_key="option-open")
def build(request: Request, out: Path, opens: bool) -> None:
    """Build the pages and the triples."""
    # Small matrices, many processes: threads of their own would only wait for one another. To be
    # said before numpy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from techsov.graph.facts.files import packaged_data
    from techsov.graph.progress import progress
    from techsov.graph.publish import publish_site

    lang, folder = request.language, request.data or packaged_data()
    with progress(lang) as step:
        new, warnings = publish_site(folder, out, day_of(request.day), lang, step)
    request.tell_lines(warning.text(lang) for warning in warnings)
    index = out / "index.html"
    if not new:
        request.tell("cli.up-to-date", folder=out)
    click.echo(index)
    if opens and _has_display():
        click.launch(str(index))


def _has_display() -> bool:
    on_linux = sys.platform.startswith("linux")
    return not on_linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command(cls=SaidCommand)
@click.argument("actor")
@option("--steps", type=click.IntRange(1, 3), default=1, show_default=True, help_key="option-steps")
@option("--out", type=click.Path(path_type=Path), help_key="option-view-out")
@option("--no-open", is_flag=True, help_key="option-no-open")
@requesting(data_option, day_option, lang_option)
def view(request: Request, actor: str, steps: int, out: Path | None, no_open: bool) -> None:
    """Write one page about an actor, and open it."""
    from techsov.graph.names import find_entity
    from techsov.graph.writer import write_file
    from techsov.viz.pages.actor import single_file

    knowledge = request.know()
    entity = find_entity(knowledge.records, actor)
    target = out or Path(f"{entity.id}.html")
    write_file(target, single_file(knowledge, entity.id, steps, request.language))
    click.echo(target)
    if not no_open and _has_display():
        click.launch(str(target))
