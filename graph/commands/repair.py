"""The command that finds the cheapest repair."""

import re
from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import Request, table_request
from techsov.graph.errors import UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.remedy.repair import Repair
    from techsov.graph.answers import Labels
    from techsov.graph.records import Entity

SEAL = re.compile(r"seal-([1-4])", re.IGNORECASE)


@click.command(cls=SaidCommand)
@click.argument("offering")
@option("--target", required=True, metavar="seal-N|LAW", help_key="option-target")
@table_request
def repair(request: Request, offering: str, target: str) -> None:
    """Find the smallest set of suppliers to replace."""
    from techsov.graph.names import find_entity
    from techsov.graph.telling.repair import blocked_lines, repair_table, verdict_line

    knowledge, labels = request.read()
    entity = find_entity(knowledge.records, offering)
    seal = SEAL.fullmatch(target)
    found, wanted = (
        _to_seal(entity, int(seal[1]), labels) if seal else _from_law(entity, target, labels)
    )
    request.print(repair_table(found, labels))
    if request.for_readers:
        request.tell_lines([verdict_line(found, wanted, labels)])
        request.tell_lines(blocked_lines(found, labels), "  ")


def _from_law(entity: "Entity", target: str, labels: "Labels") -> tuple["Repair", str]:
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.reach.exposure import PREMISES, LegalReach
    from techsov.graph.analysis.remedy.obstacles import chains_of_law
    from techsov.graph.analysis.remedy.repair import smallest_repair
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.messages import say
    from techsov.graph.names import find_entity

    knowledge = labels.knowledge
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, PREMISES)
    usable = {law.id for law in LegalReach(standing).laws}
    try:
        law = find_entity(knowledge.records, target)
    except UsageError:
        raise UsageError("repair.target-unknown", target=target) from None
    if law.id not in usable:
        raise UsageError("repair.target-unknown", target=target)
    region = Jurisdictions(standing).european
    found = smallest_repair(standing, entity.id, chains_of_law(law.id), region)
    names = {"law": labels.entity(law.id), "name": labels.entity(entity.id)}
    return found, say("repair.target-law", labels.language, **names)


def _to_seal(entity: "Entity", seal: int, labels: "Labels") -> tuple["Repair", str]:
    from techsov.graph.analysis.ladder.assessment import assessable
    from techsov.graph.analysis.law.jurisdictions import Jurisdictions
    from techsov.graph.analysis.remedy.obstacles import caps_below
    from techsov.graph.analysis.remedy.repair import smallest_repair
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.messages import say

    knowledge = labels.knowledge
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day)
    thing = assessable(entity, standing)
    region = Jurisdictions(standing).european
    found = smallest_repair(standing, thing, caps_below(knowledge.framework, seal), region)
    names = {"seal": str(seal), "name": labels.entity(thing)}
    return found, say("repair.target-seal", labels.language, **names)
