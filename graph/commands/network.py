"""The commands that measure the graph of dependencies."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import STATUSES, Request, status_option, table_request
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
@table_request
def path(request: Request, start: str, goal: str, k: int, statuses: tuple[str, ...]) -> None:
    """Find chains of dependency."""
    from techsov.graph.analysis.network.paths import common_suppliers, dependency_chains
    from techsov.graph.analysis.network.view import dependency_view
    from techsov.graph.names import find_entity
    from techsov.graph.rows import chains_table, suppliers_table

    knowledge, labels = request.read()
    records, lang = knowledge.records, request.language
    one, other = find_entity(records, start), find_entity(records, goal)
    view = dependency_view(records, knowledge.schema, knowledge.day, statuses)
    both = one.id in view and other.id in view
    chains = dependency_chains(view, one.id, other.id, k) if both else []
    names = {"start": one.label(lang), "goal": other.label(lang)}
    if chains:
        request.print(chains_table(chains, labels))
        request.tell("cli.chains", count=len(chains), day=knowledge.day, **names)
        return
    said = ", ".join(labels.status(status) for status in statuses)
    request.tell("cli.no-chain", day=knowledge.day, statuses=said, **names)
    wider = dependency_view(records, knowledge.schema, knowledge.day, STATUSES)
    if {one.id, other.id} <= wider.nodes and dependency_chains(wider, one.id, other.id, 1):
        request.tell("cli.wider")
    shared = common_suppliers(view, one.id, other.id) if both else []
    request.tell("cli.common" if shared else "cli.no-common", count=len(shared), **names)
    if request.for_readers:
        request.print(suppliers_table(shared, labels))
    else:
        # A program asked for chains: there is none, and a common supplier is something else.
        request.print(chains_table([], labels))


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
@table_request
def rank(
    request: Request,
    by: str,
    top: int,
    robust: bool,
    samples: int,
    seed: int,
    statuses: tuple[str, ...],
) -> None:
    """Rank by what depends on it."""
    from techsov.graph.analysis.network import centrality
    from techsov.graph.analysis.network.view import dependency_view
    from techsov.graph.rows import ranks_table

    knowledge, labels = request.read()
    view = dependency_view(knowledge.records, knowledge.schema, knowledge.day, statuses)
    rows = centrality.MEASURES[by](view)[:top]
    request.explain(f"measure.{by}")
    if robust:
        _print_robust(request, view, rows, by, samples, seed, labels)
    else:
        request.print(ranks_table(rows, labels))
    edges, nodes = view.number_of_edges(), view.number_of_nodes()
    request.tell("cli.ranked", nodes=nodes, edges=edges, day=knowledge.day)


def _print_robust(
    request: Request,
    view: "nx.MultiDiGraph[str]",
    rows: "Sequence[Rank]",
    by: str,
    samples: int,
    seed: int,
    labels: "Labels",
) -> None:
    """Print the ranks with their intervals, and say on which facts the top five hangs."""
    from techsov.graph.analysis.network.robustness import pivotal_facts, robust_ranks
    from techsov.graph.telling.robustness import pivot_sentence, robust_table

    pivots = pivotal_facts(view, by)
    firm = robust_ranks(view, by, samples, seed)[: len(rows)]
    request.print(robust_table(firm, rows, pivots, labels))
    if not request.for_readers:
        return
    request.tell("robustness.how-to-read", samples=samples, seed=seed)
    request.tell("robustness.pivots" if pivots else "robustness.no-pivot", count=len(pivots))
    request.tell_lines((pivot_sentence(pivot, labels) for pivot in pivots), "  ")
