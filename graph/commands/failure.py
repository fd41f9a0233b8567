"""The commands that ask what stops: one removal tried, or every single point of failure."""

from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import Request, status_option, table_request
from techsov.graph.errors import UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.failure.chokepoints import Chokepoints
    from techsov.graph.analysis.failure.circuit import Circuit
    from techsov.graph.analysis.failure.whatif import WhatIf
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.answers import Labels

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
@table_request
def whatif(
    request: Request,
    names: tuple[str, ...],
    states: tuple[str, ...],
    alliances: tuple[str, ...],
    horizon: int,
    shows_beyond: bool,
    statuses: tuple[str, ...],
) -> None:
    """Try a removal."""
    from techsov.graph.analysis.failure.removal import removals, unknown_law
    from techsov.graph.analysis.failure.whatif import circuits, what_if
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.telling.whatif import whatif_table

    if not (names or states or alliances):
        raise UsageError("whatif.none-asked")
    knowledge, labels = request.read()
    records = knowledge.records
    found = [
        [find_entity(records, name).id for name in each] for each in (names, states, alliances)
    ]
    standing = Standing.on(records, knowledge.schema, knowledge.day, statuses)
    law = Jurisdictions(standing)
    removed = removals(law, *found)
    result = what_if(circuits(standing, horizon), removed)
    if request.for_readers:
        _tell_removed(request, result, labels)
    request.print(whatif_table(result, labels))
    if not request.for_readers:
        return
    _tell_counts(request, result, horizon, labels)
    _tell_unknown(request, result, labels)
    if result.worst.beyond:
        _tell_beyond(request, result, shows_beyond, labels)
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
        request.tell("whatif.unknown-law", count=len(silent), actors=len(suppliers))


def _tell_removed(request: Request, result: "WhatIf", labels: "Labels") -> None:
    from techsov.graph.telling.whatif import removal_lines

    lines = removal_lines(result, labels)
    request.tell("whatif.removed", count=len(lines))
    request.tell_lines(lines[:NAMED_REMOVALS], "  ")
    if len(lines) > NAMED_REMOVALS:
        request.tell("chokepoints.more", count=len(lines) - NAMED_REMOVALS)
    day = labels.knowledge.day
    if not result.worst.circuit.nodes:
        request.tell("whatif.no-needs", day=day)
    elif result.empties:
        request.tell("whatif.empties")
    elif result.unneeded:
        request.tell("whatif.unneeded", day=day)


def _tell_counts(request: Request, result: "WhatIf", horizon: int, labels: "Labels") -> None:
    from techsov.graph.telling.whatif import count_line

    request.tell(
        "whatif.counts",
        months=horizon,
        day=labels.knowledge.day,
        worst=count_line(result.worst, labels),
        best=count_line(result.best, labels),
    )


def _tell_unknown(request: Request, result: "WhatIf", labels: "Labels") -> None:
    affected = result.worst.affected
    silent = [
        name
        for name in affected
        if any(failure.need.silent for failure in result.worst.failures(name))
    ]
    if silent:
        request.tell("whatif.silent", count=len(silent), affected=len(affected))
    _tell_short(request, result.worst.circuit, labels)


def _tell_short(request: Request, circuit: "Circuit", labels: "Labels") -> None:
    from techsov.graph.telling.whatif import names_line

    if circuit.short:
        short = tuple(dict.fromkeys(need.dependent for need in circuit.short))
        request.tell("whatif.short", names=names_line(short, labels))


def _tell_beyond(request: Request, result: "WhatIf", shows: bool, labels: "Labels") -> None:
    from techsov.graph.telling.whatif import names_line

    beyond = result.worst.beyond
    request.tell("whatif.beyond", count=len(beyond))
    if shows:
        request.tell_lines([names_line(beyond, labels)], "  ")


@click.command(cls=SaidCommand)
@click.argument("actor", required=False)
@option("--pairs", "only_pairs", is_flag=True, help_key="option-pairs")
@option("--shared", is_flag=True, help_key="option-shared")
@option("--top", type=click.IntRange(1), default=20, show_default=True, help_key="option-top")
@horizon_option
@status_option
@table_request
def chokepoints(
    request: Request,
    actor: str | None,
    only_pairs: bool,
    shared: bool,
    top: int,
    horizon: int,
    statuses: tuple[str, ...],
) -> None:
    """Find single points of failure."""
    from techsov.graph.analysis.standing import Standing

    knowledge, labels = request.read()
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
    if shared:
        _print_shared(request, labels, actor)
        return
    _print_chokepoints(request, standing, labels, actor, only_pairs, top, horizon)


def _print_shared(request: Request, labels: "Labels", actor: str | None) -> None:
    """Show what things called sovereign for different places share, whatever its status."""
    from techsov.graph.analysis.claims.upstream import shared_upstream
    from techsov.graph.analysis.reach.exposure import PREMISES
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.telling.upstream import upstream_lines, upstream_table

    knowledge = labels.knowledge
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, PREMISES)
    rows = shared_upstream(standing)
    if actor:
        about = find_entity(knowledge.records, actor).id
        rows = [row for row in rows if about in (row.left.subject, row.right.subject, row.supplier)]
    request.print(upstream_table(rows, labels))
    if request.for_readers:
        for row in rows[:1]:
            request.tell_lines(upstream_lines(row, labels))
        request.tell("chokepoints.shared", count=len(rows), day=knowledge.day)


def _print_chokepoints(
    request: Request,
    standing: "Standing",
    labels: "Labels",
    actor: str | None,
    only_pairs: bool,
    top: int,
    horizon: int,
) -> None:
    from techsov.graph.analysis.failure.chokepoints import find_chokepoints
    from techsov.graph.analysis.failure.whatif import circuits
    from techsov.graph.analysis.network.view import dependency_view
    from techsov.graph.names import find_entity
    from techsov.graph.telling.chokepoints import chokepoints_table, pairs_table, ways_table

    knowledge = labels.knowledge
    view = dependency_view(knowledge.records, knowledge.schema, knowledge.day, standing.statuses)
    found = find_chokepoints(circuits(standing, horizon), view)
    name = ""
    if actor:
        entity = find_entity(knowledge.records, actor)
        name = entity.label(labels.language)
        table = ways_table(found, entity.id, labels)
        if not table.data and entity.id not in found.circuits["worst"].nodes:
            raise UsageError("chokepoints.no-needs", name=name)
    else:
        table = pairs_table(found, labels) if only_pairs else chokepoints_table(found, labels, top)
    request.print(table)
    if request.for_readers:
        key = ("read" if table.data or only_pairs else "none") + ("-actor" if actor else "")
        request.tell(f"chokepoints.{key}", months=horizon, day=knowledge.day, name=name)
        _tell_searched(request, found, actor is None, labels)


def _tell_searched(request: Request, found: "Chokepoints", counts: bool, labels: "Labels") -> None:
    """Say what was looked for: how far the answer reaches."""
    pairs, circuit = found.pairs, found.circuits["worst"]
    if not circuit.nodes:
        request.tell("whatif.no-needs", day=labels.knowledge.day)
    if counts:
        request.tell("chokepoints.pairs", count=sum(map(len, pairs.of.values())))
    request.tell("chokepoints.searched", tried=pairs.tried, candidates=pairs.candidates)
    _tell_short(request, circuit, labels)
