"""The command that asks whom a law may reach."""

from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import Request, table_request
from techsov.graph.errors import UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.reach.exposure import Exposure, LegalReach
    from techsov.graph.answers import Labels

STATUSES = ("stated", "planned", "claimed")
KINDS = ("named", "establishment", "control", "seat", "presence", "item-origin")


@click.command(cls=SaidCommand)
@click.argument("actor", required=False)
@option("--law", "law_name", metavar="NAME", help_key="option-law")
@option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help_key="option-kind")
@option(
    "--status",
    "statuses",
    type=click.Choice(STATUSES),
    multiple=True,
    default=STATUSES,
    show_default=True,
    help_key="option-status",
)
@table_request
def reach(
    request: Request,
    actor: str | None,
    law_name: str | None,
    kinds: tuple[str, ...],
    statuses: tuple[str, ...],
) -> None:
    """Say which laws may reach an actor, or whom a law may reach."""
    from techsov.graph.analysis.reach.exposure import LegalReach
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.telling.reach import entities_table, laws_table

    if not (actor or law_name):
        raise UsageError("reach.none-asked")
    knowledge, labels = request.read()
    records = knowledge.records
    found = LegalReach(Standing.on(records, knowledge.schema, knowledge.day, statuses))
    entity = find_entity(records, actor).id if actor else None
    law = find_entity(records, law_name).id if law_name else None
    _require_usable(found, entity, law, labels)
    rows = [row for row in found.exposures(entity, law) if not kinds or row.kind in kinds]
    request.print((laws_table if entity else entities_table)(rows, found, labels))
    if rows:
        request.tell("reach.rows", count=len(rows), day=knowledge.day)
    if law:
        _tell_law(request, found, law, labels)
    if entity:
        _tell_entity(request, found, entity, law, rows, labels)
    elif not rows and law:
        request.tell("reach.nobody", law=labels.entity(law), day=knowledge.day)


def _require_usable(
    found: "LegalReach", entity: str | None, law: str | None, labels: "Labels"
) -> None:
    """Refuse a law where an actor is asked for, the reverse, and a law that is left out."""
    from techsov.graph.analysis.reach.instruments import LAW
    from techsov.graph.telling.reach import lacking_words

    if entity and found.standing.is_a(entity, LAW):
        raise UsageError("reach.is-a-law", name=labels.entity(entity), id=entity)
    if law and not found.standing.is_a(law, LAW):
        known = ", ".join(each.id for each in found.laws)
        raise UsageError("reach.not-a-law", name=labels.entity(law), known=known)
    for left in found.left_out:
        if left.law == law:
            raise UsageError(
                "reach.left-out-law",
                name=labels.entity(law),
                day=found.standing.day,
                lacks=lacking_words(left, labels),
            )


def _tell_law(request: Request, found: "LegalReach", law: str, labels: "Labels") -> None:
    from techsov.graph.telling.reach import names_line

    read = next(each for each in found.laws if each.id == law)
    if read.lists_persons or read.lists_items:
        names = names_line(read.names, labels)
        request.tell("reach.listed", law=labels.entity(law), names=names)


def _tell_entity(
    request: Request,
    found: "LegalReach",
    entity: str,
    law: str | None,
    rows: "list[Exposure]",
    labels: "Labels",
) -> None:
    """Say what was not found, and what nobody says."""
    from techsov.graph.telling.reach import names_line

    name = labels.entity(entity)
    if not rows:
        asked = labels.entity(law) if law else str(len(found.laws))
        key = "reach.nothing-law" if law else "reach.nothing"
        request.tell(key, name=name, law=asked, day=found.standing.day)
    for supplier, laws in found.not_passed_on(entity, law).items():
        request.tell(
            "reach.not-passed-on",
            supplier=labels.entity(supplier),
            name=name,
            laws=names_line(laws, labels),
            id=supplier,
        )
    unknown = found.unknown(entity, law)
    if unknown.no_layer:
        request.tell("reach.unknown-layer", name=name)
    if unknown.no_law:
        request.tell("reach.unknown-law", names=names_line(unknown.no_law, labels))
    if unknown.no_supplier:
        request.tell("reach.unknown-supplier", names=names_line(unknown.no_supplier, labels))
    if unknown.groups:
        request.tell("reach.groups", names=names_line(unknown.groups, labels))
    if not law and found.left_out:
        request.tell("reach.left-out", count=len(found.left_out))
