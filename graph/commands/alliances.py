"""The command that says what an alliance holds, and who would complete it."""

from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import Request, status_option, table_request
from techsov.graph.errors import UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.remedy.coalition import Coalition
    from techsov.graph.answers import Labels


@click.command(cls=SaidCommand)
@click.argument("alliance")
@option("--region", "region_name", metavar="NAME", help_key="option-coalition-region")
@option("--candidates", is_flag=True, help_key="option-candidates")
@status_option
@table_request
def coalition(
    request: Request,
    alliance: str,
    region_name: str | None,
    candidates: bool,
    statuses: tuple[str, ...],
) -> None:
    """Show what an alliance holds."""
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.remedy.coalition import coalition_of
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.telling.coalition import candidates_table, coalition_table

    knowledge, labels = request.read()
    records = knowledge.records
    entity = find_entity(records, alliance)
    region = find_entity(records, region_name) if region_name else None
    if region and not {"Place", "Jurisdiction"} & knowledge.schema.ancestors(region.cls):
        raise UsageError("concentration.no-region", name=region.label(request.language))
    standing = Standing.on(records, knowledge.schema, knowledge.day, statuses)
    found = coalition_of(Jurisdictions(standing), entity.id, region.id if region else "")
    if request.for_readers:
        _tell_members(request, found, labels)
    request.print((candidates_table if candidates else coalition_table)(found, labels))
    if request.for_readers:
        _tell_layers(request, found, labels)


def _tell_members(request: Request, found: "Coalition", labels: "Labels") -> None:
    from techsov.graph.telling.coalition import member_line

    names = {"alliance": labels.entity(found.alliance), "region": labels.entity(found.region)}
    day, count = labels.knowledge.day, len(found.members)
    request.tell("coalition.members", count=count, day=day, **names)
    request.tell_lines((member_line(member, labels) for member in found.members), "  ")


def _tell_layers(request: Request, found: "Coalition", labels: "Labels") -> None:
    from techsov.graph.telling.coalition import completing_sentence, layer_names

    request.tell("coalition.how-to-read")
    if found.without_layer:
        names = ", ".join(labels.entity(name) for name in found.without_layer)
        request.tell("coalition.without-layer", count=len(found.without_layer), names=names)
    if found.missing:
        request.tell("coalition.missing", layers=layer_names(found.missing, labels))
    request.tell_lines([completing_sentence(found, labels)])
    if found.out_of_reach:
        region = labels.entity(found.region)
        layers = layer_names(found.out_of_reach, labels)
        request.tell("coalition.out-of-reach", layers=layers, region=region)
    if found.unknown:
        seated = sum(each.seated_inside for each in found.unknown)
        request.tell("coalition.unknown-candidates", count=len(found.unknown), seated=seated)
