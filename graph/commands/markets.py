"""The command that says how concentrated markets are, and who is depended on layer by layer."""

from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import STATUSES, Request, status_option, table_request
from techsov.graph.errors import UndefinedMeasure, UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.markets.shares import Measured
    from techsov.graph.answers import Labels
    from techsov.graph.flow import Knowledge

YARDSTICKS = ("eu", "us", "cbs")


@click.command(cls=SaidCommand)
@option("--layer", metavar="LAYER", help_key="option-layer")
@option("--region", "region_name", metavar="NAME", help_key="option-region")
@option("--market", "market_name", metavar="NAME", help_key="option-market")
@option(
    "--yardstick",
    type=click.Choice(YARDSTICKS),
    default="eu",
    show_default=True,
    help_key="option-yardstick",
)
@option("--named-lead", is_flag=True, help_key="option-named-lead")
@option("--detail", is_flag=True, help_key="option-detail")
@status_option
@table_request
def concentration(
    request: Request,
    layer: str | None,
    region_name: str | None,
    market_name: str | None,
    yardstick: str,
    named_lead: bool,
    detail: bool,
    statuses: tuple[str, ...],
) -> None:
    """Measure concentration."""
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.markets.dependence import dependence_by_layer
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.telling.concentration import concentration_table, detail_table

    knowledge, labels = request.read()
    lang = request.language
    layers = _layers(knowledge, layer)
    region = _region(knowledge, region_name, lang)
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
    law = Jurisdictions(standing)
    market = _market(knowledge, market_name, lang)
    markets = _markets(law, layers if layer else (), market, region, named_lead)
    by_layer = () if market else dependence_by_layer(law, layers, region)
    if not (markets or by_layer):
        raise UndefinedMeasure("concentration.nothing", day=knowledge.day)
    if detail:
        table = detail_table(markets, by_layer, labels, region)
    else:
        table = concentration_table(markets, by_layer, labels, yardstick, region)
    request.print(table)
    if not request.for_readers:
        return
    request.tell("concentration.as-of", day=knowledge.day, markets=len(markets))
    if not detail:
        request.tell("concentration.how-to-read")
        request.tell(f"concentration.yardstick-{yardstick}")
    if named_lead:
        request.tell("concentration.named-lead")
    if by_layer:
        request.tell("concentration.sources-only")
    if region:
        _tell_region(request, law, layers if layer else (), region, labels)
    _tell_other_statuses(request, knowledge, statuses, market)


def _tell_region(
    request: Request,
    law: "Jurisdictions",
    layers: tuple[str, ...],
    region: str,
    labels: "Labels",
) -> None:
    """Say who counts as being in the region, and what the region leaves out."""
    from techsov.graph.analysis.markets.dependence import unplaced

    placeless = unplaced(law, layers or labels.knowledge.schema.in_scheme("layer"))
    name = labels.entity(region)
    request.tell("concentration.region-rule", region=name, count=len(placeless))
    tables, inside = (len(_markets(law, layers, "", place, False)) for place in ("", region))
    request.tell("concentration.region-markets", region=name, count=tables - inside)


def _layers(knowledge: "Knowledge", layer: str | None) -> tuple[str, ...]:
    """Give the layers that are asked for: one, by its id or its name, or all."""
    from techsov.graph.names import folded

    schema = knowledge.schema
    layers = tuple(schema.in_scheme("layer"))
    if layer is None:
        return layers
    for name in layers:
        concept = schema.concepts[f"layer-{name}"]
        if folded(layer) in {folded(name), folded(concept.label_en), folded(concept.label_fr)}:
            return (name,)
    raise UsageError("concentration.no-layer", layer=layer, layers=", ".join(layers))


def _region(knowledge: "Knowledge", name: str | None, lang: str) -> str:
    from techsov.graph.names import find_entity

    if name is None:
        return ""
    entity = find_entity(knowledge.records, name)
    if not {"Place", "Jurisdiction"} & knowledge.schema.ancestors(entity.cls):
        raise UsageError("concentration.no-region", name=entity.label(lang))
    return entity.id


def _market(knowledge: "Knowledge", name: str | None, lang: str) -> str:
    from techsov.graph.names import find_entity

    if name is None:
        return ""
    entity = find_entity(knowledge.records, name)
    if entity.cls != "Market":
        raise UsageError("concentration.no-market", name=entity.label(lang))
    return entity.id


def _markets(
    law: "Jurisdictions", layers: tuple[str, ...], market: str, region: str, named_lead: bool
) -> list["Measured"]:
    """Measure the tables of one market, or of the markets of ``layers``, whose place is in region."""
    from techsov.graph.analysis.markets.shares import markets_of, measure, share_tables

    tables = share_tables(law.standing)
    if market:
        tables = tuple(table for table in tables if table.market == market)
    elif layers:
        chosen = set(markets_of(law.standing, layers))
        tables = tuple(table for table in tables if table.market in chosen)
    if region:
        area = law.inside(region)
        tables = tuple(table for table in tables if table.geography in area)
    return [measure(table, law, named_lead) for table in tables]


def _tell_other_statuses(
    request: Request, knowledge: "Knowledge", statuses: tuple[str, ...], market: str
) -> None:
    """Say how many more shares there are once other statuses count."""
    from techsov.graph.analysis.standing import Standing

    others = [status for status in STATUSES if status not in statuses]
    wider = Standing.on(knowledge.records, knowledge.schema, knowledge.day, others)
    more = [fact for fact in wider.all("hasMarketShare") if market in ("", fact.object)]
    if more:
        request.tell("concentration.other-statuses", count=len(more))
