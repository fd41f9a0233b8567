"""The commands that ask what stops: one removal tried, or every single point of failure."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import (
    data_option,
    day_option,
    format_option,
    know_data,
    lang_option,
    status_option,
    tell,
)
from techsov.graph.errors import UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.failure.chokepoints import Chokepoints
    from techsov.graph.analysis.failure.circuit import Circuit
    from techsov.graph.analysis.failure.whatif import WhatIf
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.answers import Labels
    from techsov.graph.flow import Knowledge

#: Past so many removals, a command names them only on request.
NAMED_REMOVALS = 40

horizon_option = option(
    "--horizon-months",
    "horizon",
    type=click.IntRange(0, 600),
    default=0,
    show_default=True,
    help_key="option-horizon",
)


@click.command(cls=SaidCommand)
@option("--remove", "names", multiple=True, metavar="NAME", help_key="option-remove")
@option(
    "--remove-jurisdiction", "states", multiple=True, metavar="NAME", help_key="option-remove-state"
)
@option(
    "--remove-alliance",
    "alliances",
    multiple=True,
    metavar="NAME",
    help_key="option-remove-alliance",
)
@horizon_option
@option("--beyond", "shows_beyond", is_flag=True, help_key="option-beyond")
@status_option
@data_option
@day_option
@format_option
@lang_option
def whatif(
    names: tuple[str, ...],
    states: tuple[str, ...],
    alliances: tuple[str, ...],
    horizon: int,
    shows_beyond: bool,
    statuses: tuple[str, ...],
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Try a removal."""
    from techsov.graph.analysis.failure.removal import removals, unknown_law
    from techsov.graph.analysis.failure.whatif import circuits, what_if
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.answers import Labels
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.telling.whatif import whatif_table

    if not (names or states or alliances):
        raise UsageError("whatif.none-asked")
    knowledge = know_data(data, lang, day, shapes=False)
    records = knowledge.records
    found = [
        [find_entity(records, name).id for name in each] for each in (names, states, alliances)
    ]
    standing = Standing.on(records, knowledge.schema, knowledge.day, statuses)
    law = Jurisdictions(standing)
    removed = removals(law, *found)
    result = what_if(circuits(standing, horizon), removed)
    labels = Labels.of(knowledge, lang)
    if form == "table":
        _tell_removed(result, labels)
    print_table(whatif_table(result, labels), form)
    if form != "table":
        return
    _tell_counts(result, horizon, labels)
    _tell_unknown(result, labels)
    if result.worst.beyond:
        _tell_beyond(result, shows_beyond, labels)
    if states:
        circuit = result.worst.circuit
        suppliers = sorted(
            {
                option.node
                for gate in circuit.gates
                for option in gate.usable
                if option.node in circuit.actors
            }
        )
        silent = unknown_law(law, (name for name in suppliers if name not in removed))
        tell("whatif.unknown-law", lang, count=len(silent), actors=len(suppliers))


def _tell_removed(result: "WhatIf", labels: "Labels") -> None:
    from techsov.graph.telling.whatif import removal_lines

    lang = labels.language
    lines = removal_lines(result, labels)
    tell("whatif.removed", lang, count=len(lines))
    for line in lines[:NAMED_REMOVALS]:
        click.echo(f"  {line}", err=True)
    if len(lines) > NAMED_REMOVALS:
        tell("chokepoints.more", lang, count=len(lines) - NAMED_REMOVALS)
    day = labels.knowledge.day
    if not result.worst.circuit.nodes:
        tell("whatif.no-needs", lang, day=day)
    elif result.empties:
        tell("whatif.empties", lang)
    elif result.unneeded:
        tell("whatif.unneeded", lang, day=day)


def _tell_counts(result: "WhatIf", horizon: int, labels: "Labels") -> None:
    from techsov.graph.telling.whatif import count_line

    tell(
        "whatif.counts",
        labels.language,
        months=horizon,
        day=labels.knowledge.day,
        worst=count_line(result.worst, labels),
        best=count_line(result.best, labels),
    )


def _tell_unknown(result: "WhatIf", labels: "Labels") -> None:
    lang = labels.language
    affected = result.worst.affected
    silent = [
        name
        for name in affected
        if any(failure.need.silent for failure in result.worst.failures(name))
    ]
    if silent:
        tell("whatif.silent", lang, count=len(silent), affected=len(affected))
    _tell_short(result.worst.circuit, labels)


def _tell_short(circuit: "Circuit", labels: "Labels") -> None:
    from techsov.graph.telling.whatif import names_line

    if circuit.short:
        short = tuple(dict.fromkeys(need.dependent for need in circuit.short))
        tell("whatif.short", labels.language, names=names_line(short, labels))


def _tell_beyond(result: "WhatIf", shows: bool, labels: "Labels") -> None:
    from techsov.graph.telling.whatif import names_line

    beyond = result.worst.beyond
    tell("whatif.beyond", labels.language, count=len(beyond))
    if shows:
        click.echo(f"  {names_line(beyond, labels)}", err=True)


@click.command(cls=SaidCommand)
@click.argument("actor", required=False)
@option("--pairs", "only_pairs", is_flag=True, help_key="option-pairs")
@option("--shared", is_flag=True, help_key="option-shared")
@option("--top", type=click.IntRange(1), default=20, show_default=True, help_key="option-top")
@horizon_option
@status_option
@data_option
@day_option
@format_option
@lang_option
def chokepoints(
    actor: str | None,
    only_pairs: bool,
    shared: bool,
    top: int,
    horizon: int,
    statuses: tuple[str, ...],
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Find single points of failure."""
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.answers import Labels

    knowledge = know_data(data, lang, day, shapes=False)
    labels = Labels.of(knowledge, lang)
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
    if shared:
        _print_shared(knowledge, labels, actor, form)
        return
    _print_chokepoints(knowledge, standing, labels, actor, only_pairs, top, horizon, form)


def _print_shared(knowledge: "Knowledge", labels: "Labels", actor: str | None, form: str) -> None:
    """Show what things called sovereign for different places share, whatever its status."""
    from techsov.graph.analysis.claims.upstream import shared_upstream
    from techsov.graph.analysis.reach.exposure import PREMISES
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.telling.upstream import upstream_lines, upstream_table

    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, PREMISES)
    rows = shared_upstream(standing)
    if actor:
        about = find_entity(knowledge.records, actor).id
        rows = [row for row in rows if about in (row.left.subject, row.right.subject, row.supplier)]
    print_table(upstream_table(rows, labels), form)
    if form == "table":
        for row in rows[:1]:
            for line in upstream_lines(row, labels):
                click.echo(line, err=True)
        tell("chokepoints.shared", labels.language, count=len(rows), day=knowledge.day)


def _print_chokepoints(
    knowledge: "Knowledge",
    standing: "Standing",
    labels: "Labels",
    actor: str | None,
    only_pairs: bool,
    top: int,
    horizon: int,
    form: str,
) -> None:
    from techsov.graph.analysis.failure.chokepoints import find_chokepoints
    from techsov.graph.analysis.failure.whatif import circuits
    from techsov.graph.analysis.network.view import dependency_view
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.telling.chokepoints import chokepoints_table, pairs_table, ways_table

    lang = labels.language
    view = dependency_view(knowledge.records, knowledge.schema, knowledge.day, standing.statuses)
    found = find_chokepoints(circuits(standing, horizon), view)
    name = ""
    if actor:
        entity = find_entity(knowledge.records, actor)
        name = entity.label(lang)
        table = ways_table(found, entity.id, labels)
        if not table.data and entity.id not in found.circuits["worst"].nodes:
            raise UsageError("chokepoints.no-needs", name=name)
    else:
        table = pairs_table(found, labels) if only_pairs else chokepoints_table(found, labels, top)
    print_table(table, form)
    if form == "table":
        key = ("read" if table.data or only_pairs else "none") + ("-actor" if actor else "")
        tell(f"chokepoints.{key}", lang, months=horizon, day=knowledge.day, name=name)
        _tell_searched(found, actor is None, labels)


def _tell_searched(found: "Chokepoints", counts: bool, labels: "Labels") -> None:
    """Say what was looked for: how far the answer reaches."""
    lang, pairs, circuit = labels.language, found.pairs, found.circuits["worst"]
    if not circuit.nodes:
        tell("whatif.no-needs", lang, day=labels.knowledge.day)
    if counts:
        tell("chokepoints.pairs", lang, count=sum(map(len, pairs.of.values())))
    tell("chokepoints.searched", lang, tried=pairs.tried, candidates=pairs.candidates)
    _tell_short(circuit, labels)
