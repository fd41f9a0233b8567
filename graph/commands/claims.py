"""The command that weighs claims of sovereignty."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import Request, table_request
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.records import Records


@click.command(cls=SaidCommand)
@click.argument("name", metavar="[ACTOR-OR-THING]", required=False)
@option("--for", "place", metavar="PLACE", help_key="option-for")
@option("--by", "claimant", metavar="CLAIMANT", help_key="option-claimant")
@table_request
def claims(request: Request, name: str | None, place: str | None, claimant: str | None) -> None:
    """Weigh claims of sovereignty against what bears on them."""
    from techsov.graph.analysis.claims.appraisal import EVERY_STATUS, VERDICTS, appraise, concerning
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.telling.claims import claims_lines, claims_table, readings_of

    knowledge, labels = request.read()
    records = knowledge.records
    asked = {
        "about": find_entity(records, name).id if name else "",
        "place": find_entity(records, place).id if place else "",
        "claimant": _claimant(records, claimant) if claimant else "",
    }
    standing = Standing.on(records, knowledge.schema, knowledge.day, EVERY_STATUS)
    rows = concerning(appraise(standing), standing, **asked)
    if not (request.for_readers and name):
        request.print(claims_table(rows, labels))
    else:
        for line in claims_lines(rows, labels):
            click.echo(line)
    if not rows:
        request.tell("claims.none", day=knowledge.day)
        return
    counts = Counter(row.verdict for row in rows)
    told = {verdict: counts[verdict] for verdict in VERDICTS}
    request.tell("claims.counts", count=len(rows), day=knowledge.day, **told)
    undated = sum(1 for row in rows if not standing.by_id[row.claim].valid_from)
    if undated:
        request.tell("claims.undated", count=undated)
    request.tell_lines(readings_of(rows, labels))
    if not name:
        request.tell("claims.one-by-one")


def _claimant(records: "Records", name: str) -> str:
    """Find who holds a claim: a source that speaks in its own voice, or an entity."""
    from techsov.graph.names import find_entity

    return name if name in records.sources else find_entity(records, name).id
