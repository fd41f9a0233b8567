"""The commands that measure the graph of dependencies."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import (
    STATUSES,
    data_option,
    day_option,
    format_option,
    know_data,
    lang_option,
    status_option,
    tell,
)
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    import networkx as nx

    from techsov.graph.analysis.network.centrality import Rank
    from techsov.graph.answers import Labels

MEASURES = ("reach", "in-degree", "pagerank", "betweenness", "harmonic-closeness")


@click.command(cls=SaidCommand)
@click.argument("start", metavar="FROM")
@click.argument("goal", metavar="TO")
@option("--k", type=click.IntRange(1, 100), default=5, show_default=True, help_key="option-k")
@status_option
@data_option
@day_option
@format_option
@lang_option
def path(
    start: str,
    goal: str,
    k: int,
    statuses: tuple[str, ...],
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Find chains of dependency."""
    from techsov.graph.analysis.network.paths import common_suppliers, dependency_chains
    from techsov.graph.analysis.network.view import dependency_view
    from techsov.graph.answers import Labels
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.rows import chains_table, suppliers_table

    knowledge = know_data(data, lang, day, shapes=False)
    records = knowledge.records
    one, other = find_entity(records, start), find_entity(records, goal)
    view = dependency_view(records, knowledge.schema, knowledge.day, statuses)
    labels = Labels.of(knowledge, lang)
    both = one.id in view and other.id in view
    chains = dependency_chains(view, one.id, other.id, k) if both else []
    names = {"start": one.label(lang), "goal": other.label(lang)}
    if chains:
        print_table(chains_table(chains, labels), form)
        tell("cli.chains", lang, count=len(chains), day=knowledge.day, **names)
        return
    said = ", ".join(labels.status(status) for status in statuses)
    tell("cli.no-chain", lang, day=knowledge.day, statuses=said, **names)
    wider = dependency_view(records, knowledge.schema, knowledge.day, STATUSES)
    if {one.id, other.id} <= wider.nodes and dependency_chains(wider, one.id, other.id, 1):
        tell("cli.wider", lang)
    shared = common_suppliers(view, one.id, other.id) if both else []
    tell("cli.common" if shared else "cli.no-common", lang, count=len(shared), **names)
    if form == "table":
        print_table(suppliers_table(shared, labels), form)
    else:
        # A program asked for chains: there is none, and a common supplier is something else.
        print_table(chains_table([], labels), form)


@click.command(cls=SaidCommand)
@option(
    "--by", type=click.Choice(MEASURES), default="reach", show_default=True, help_key="option-by"
)
@option("--top", type=click.IntRange(1), default=20, show_default=True, help_key="option-top")
@option("--robust", is_flag=True, help_key="option-robust")
@option(
    "--samples",
    type=click.IntRange(1, 100_000),
    default=400,
    show_default=True,
    help_key="option-samples",
)
@option("--seed", type=int, default=0, show_default=True, help_key="option-seed")
@status_option
@data_option
@day_option
@format_option
@lang_option
def rank(
    by: str,
    top: int,
    robust: bool,
    samples: int,
    seed: int,
    statuses: tuple[str, ...],
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Rank by what depends on it."""
    from techsov.graph.analysis.network import centrality
    from techsov.graph.analysis.network.view import dependency_view
    from techsov.graph.answers import Labels
    from techsov.graph.printing import print_table
    from techsov.graph.rows import ranks_table

    knowledge = know_data(data, lang, day, shapes=False)
    view = dependency_view(knowledge.records, knowledge.schema, knowledge.day, statuses)
    rows = centrality.MEASURES[by](view)[:top]
    labels = Labels.of(knowledge, lang)
    if form == "table":
        tell(f"measure.{by}", lang)
    if robust:
        _print_robust(view, rows, by, samples, seed, labels, form)
    else:
        print_table(ranks_table(rows, labels), form)
    edges, nodes = view.number_of_edges(), view.number_of_nodes()
    tell("cli.ranked", lang, nodes=nodes, edges=edges, day=knowledge.day)


def _print_robust(
    view: "nx.MultiDiGraph[str]",
    rows: "Sequence[Rank]",
    by: str,
    samples: int,
    seed: int,
    labels: "Labels",
    form: str,
) -> None:
    """Print the ranks with their intervals, and say on which facts the top five hangs."""
    from techsov.graph.analysis.network.robustness import pivotal_facts, robust_ranks
    from techsov.graph.printing import print_table
    from techsov.graph.telling.robustness import pivot_sentence, robust_table

    lang = labels.language
    pivots = pivotal_facts(view, by)
    firm = robust_ranks(view, by, samples, seed)[: len(rows)]
    print_table(robust_table(firm, rows, pivots, labels), form)
    if form != "table":
        return
    tell("robustness.how-to-read", lang, samples=samples, seed=seed)
    tell("robustness.pivots" if pivots else "robustness.no-pivot", lang, count=len(pivots))
    for pivot in pivots:
        click.echo(f"  {pivot_sentence(pivot, labels)}", err=True)
