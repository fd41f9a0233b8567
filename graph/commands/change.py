"""The command that tells what changed between two days or two folders."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import (
    Request,
    data_option,
    day_of,
    format_option,
    lang_option,
    requesting,
)
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.flow import Knowledge
    from techsov.graph.telling.change import Difference

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(cls=SaidCommand)
@click.argument("old", metavar="[OLD_FOLDER", required=False, type=FOLDER)
@click.argument("new", metavar="NEW_FOLDER]", required=False, type=FOLDER)
@option("--from", "start", metavar="YYYY-MM-DD", help_key="option-from")
@option("--to", "end", metavar="YYYY-MM-DD", help_key="option-to")
@option("--about", metavar="ACTOR-OR-THING", help_key="option-about")
@option("--top", type=click.IntRange(1), default=20, show_default=True, help_key="option-top")
@requesting(data_option, format_option, lang_option)
def diff(
    request: Request,
    old: Path | None,
    new: Path | None,
    start: str | None,
    end: str | None,
    about: str | None,
    top: int,
) -> None:
    """Tell what changed, and what follows differently because of it."""
    from techsov.graph.answers import Labels
    from techsov.graph.telling.change import Sides, difference_lines, difference_table

    before, after = _states(request, old, new, start, end)
    lang = request.language
    sides = Sides(Labels.of(before, lang), Labels.of(after, lang))
    found = _difference(before, after)
    if about:
        found = found.about(_entity(before, after, about), sides)
    if request.for_readers:
        for line in difference_lines(found, sides, top):
            click.echo(line)
    else:
        request.print(difference_table(found, sides))
    if not found:
        request.tell("change.nothing")
    request.tell("change.compared", before=before.day, after=after.day)
    if before.records is after.records:
        request.tell("change.undated", count=_undated(before))


def _states(
    request: Request, old: Path | None, new: Path | None, start: str | None, end: str | None
) -> "tuple[Knowledge, Knowledge]":
    """Read two folders, each on its newest day or on the one given; or one, seen on two days."""
    from techsov.graph.analysis.change import check_days
    from techsov.graph.errors import UsageError

    if old and new:
        if request.data:
            raise UsageError("change.data-twice")
        before, after = (
            replace(request, data=folder, day=day).know()
            for folder, day in ((old, start), (new, end))
        )
        return before, after
    first = day_of(start)
    if old or first is None:
        raise UsageError("change.two-needed")
    knowledge = replace(request, day=end).know()
    check_days(knowledge.records, first, knowledge.day)
    return replace(knowledge, day=first), knowledge


def _difference(before: "Knowledge", after: "Knowledge") -> "Difference":
    from techsov.graph.analyses import Analyses
    from techsov.graph.analysis.change import changes, fact_changes, moved, reach_changes
    from techsov.graph.analysis.network.view import dependency_view
    from techsov.graph.conclusions import draw_conclusions
    from techsov.graph.telling.change import Difference, marks_of

    facts = fact_changes(_everything(before), _everything(after))
    if not facts and before.day == after.day:
        return Difference((), (), (), {})
    affected = moved(facts)
    old, new = (draw_conclusions(Analyses(each)) for each in (before, after))
    one, other = (dependency_view(each.records, each.schema, each.day) for each in (before, after))
    follows = changes(old, new, affected, after.schema.concepts)
    return Difference(facts, follows, reach_changes(one, other, affected), marks_of(facts))


def _everything(knowledge: "Knowledge") -> "Standing":
    from techsov.graph.analysis.claims.appraisal import EVERY_STATUS
    from techsov.graph.analysis.standing import Standing

    return Standing.on(knowledge.records, knowledge.schema, knowledge.day, EVERY_STATUS)


def _entity(before: "Knowledge", after: "Knowledge", name: str) -> str:
    """Find an entity of either state; what both call so must be the same one."""
    from techsov.graph.errors import UsageError
    from techsov.graph.names import find_entity

    try:
        return find_entity(after.records, name).id
    except UsageError:
        if before.records is after.records:
            raise
        return find_entity(before.records, name).id


def _undated(knowledge: "Knowledge") -> int:
    return sum(1 for fact in knowledge.records.facts if not fact.valid_from)
