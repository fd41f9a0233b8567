"""The command that says what an alliance holds, and who would complete it."""

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
    from techsov.graph.analysis.remedy.coalition import Coalition
    from techsov.graph.answers import Labels


@click.command(cls=SaidCommand)
@click.argument("alliance")
@option("--region", "region_name", metavar="NAME", help_key="option-coalition-region")
@option("--candidates", is_flag=True, help_key="option-candidates")
@status_option
@data_option
@day_option
@format_option
@lang_option
def coalition(
    alliance: str,
    region_name: str | None,
    candidates: bool,
    statuses: tuple[str, ...],
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Show what an alliance holds."""
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.remedy.coalition import coalition_of
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.answers import Labels
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.telling.coalition import candidates_table, coalition_table

    knowledge = know_data(data, lang, day, shapes=False)
    records = knowledge.records
    entity = find_entity(records, alliance)
    region = find_entity(records, region_name) if region_name else None
    if region and not {"Place", "Jurisdiction"} & knowledge.schema.ancestors(region.cls):
        raise UsageError("concentration.no-region", name=region.label(lang))
    standing = Standing.on(records, knowledge.schema, knowledge.day, statuses)
    found = coalition_of(Jurisdictions(standing), entity.id, region.id if region else "")
    labels = Labels.of(knowledge, lang)
    if form == "table":
        _tell_members(found, labels)
    print_table((candidates_table if candidates else coalition_table)(found, labels), form)
    if form == "table":
        _tell_layers(found, labels)


def _tell_members(found: "Coalition", labels: "Labels") -> None:
    from techsov.graph.telling.coalition import member_line

    names = {"alliance": labels.entity(found.alliance), "region": labels.entity(found.region)}
    day, count = labels.knowledge.day, len(found.members)
    tell("coalition.members", labels.language, count=count, day=day, **names)
    for member in found.members:
        click.echo(f"  {member_line(member, labels)}", err=True)


def _tell_layers(found: "Coalition", labels: "Labels") -> None:
    from techsov.graph.telling.coalition import completing_sentence, layer_names

    lang = labels.language
    tell("coalition.how-to-read", lang)
    if found.without_layer:
        names = ", ".join(labels.entity(name) for name in found.without_layer)
        tell("coalition.without-layer", lang, count=len(found.without_layer), names=names)
    if found.missing:
        tell("coalition.missing", lang, layers=layer_names(found.missing, labels))
    click.echo(completing_sentence(found, labels), err=True)
    if found.out_of_reach:
        region = labels.entity(found.region)
        layers = layer_names(found.out_of_reach, labels)
        tell("coalition.out-of-reach", lang, layers=layers, region=region)
    if found.unknown:
        seated = sum(each.seated_inside for each in found.unknown)
        tell("coalition.unknown-candidates", lang, count=len(found.unknown), seated=seated)
