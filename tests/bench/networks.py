"""The analyses on graphs of up to a million arcs, beside the libraries of graphs doing the same.

A graph of the real degrees is lifted: each arc of the real view becomes one between the copies of
its ends, by a random shift. All start from the same two arrays of numbers, and each builds from
them what it needs: so a structure that is dear to build counts, too.

Usage: networks.py DATA FACTOR ROUNDS [igraph]. Prints what it found as JSON.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
import peers
import rustworkx as rx
from numpy.typing import NDArray
from rounds import Work, interleaved, peak
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import breadth_first_order, dijkstra  # type: ignore[import-untyped]

from techsov.graph.analysis.failure.circuit import Wiring
from techsov.graph.analysis.failure.cutsets import counted_by_removal, wired
from techsov.graph.analysis.network.dominators import immediate_dominators, loss_sizes
from techsov.graph.analysis.network.view import dependency_view, edge_array
from techsov.graph.analysis.reach.grammar import MOST_STEPS, Arcs, Steps, distances
from techsov.graph.flow import know

SEED = 1
#: A work that took longer than this, in seconds, is not done again.
BUDGET = 6.0
#: So many nodes are removed one by one with networkx; the rest is as many times as long.
SAMPLE = 20

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Lifted:
    """The arcs of a lifted graph by number; arc ``i`` says ``tails[i]`` depends on ``heads[i]``."""

    size: int
    tails: Integers
    heads: Integers

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.tails.tolist(), self.heads.tolist(), strict=True))

    @property
    def onwards(self) -> list[tuple[int, int]]:
        """The arcs in the direction in which a failure goes."""
        return list(zip(self.heads.tolist(), self.tails.tolist(), strict=True))

    @property
    def most_needed(self) -> int:
        return int(np.bincount(self.heads).argmax())


def lifted(size: int, arcs: list[tuple[int, int]], factor: int) -> Lifted:
    """Copy a graph ``factor`` times, and tie the copies together at random."""
    shifts = np.random.default_rng(SEED).integers(0, factor, len(arcs))
    copies = np.arange(factor)
    ends = np.array(arcs)
    tails = ends[:, :1] * factor + copies
    heads = ends[:, 1:] * factor + (copies + shifts[:, None]) % factor
    return Lifted(size * factor, tails.ravel(), heads.ravel())


def ours_whatif(graph: Lifted) -> None:
    count = len(graph.tails)
    wiring = Wiring(
        size=graph.size,
        option_nodes=graph.heads,
        option_needs=np.arange(count),
        dependents=graph.tails,
        slack=np.zeros(count, dtype=np.int64),
        passes=np.ones(graph.size, dtype=np.bool_),
    )
    wiring.rounds(np.array([graph.most_needed]))


def networkx_whatif(graph: Lifted) -> None:
    drawn: nx.DiGraph[int] = nx.DiGraph()
    drawn.add_edges_from(graph.onwards)
    nx.descendants(drawn, graph.most_needed)


def rustworkx_graph(graph: Lifted) -> "rx.PyDiGraph[None, None]":
    drawn: rx.PyDiGraph[None, None] = rx.PyDiGraph()
    drawn.add_nodes_from([None] * graph.size)
    drawn.add_edges_from_no_data(graph.onwards)
    return drawn


def rustworkx_whatif(graph: Lifted) -> None:
    rx.descendants(rustworkx_graph(graph), graph.most_needed)


def scipy_whatif(graph: Lifted) -> None:
    ones = np.ones(len(graph.tails), dtype=np.int8)
    matrix = csr_array((ones, (graph.heads, graph.tails)), shape=(graph.size, graph.size))
    breadth_first_order(matrix, graph.most_needed, return_predecessors=False)


def ours_reach(graph: Lifted) -> None:
    none = Arcs(np.zeros(0, np.int32), np.zeros(0, np.int32))
    depends = Arcs(graph.tails.astype(np.int32), graph.heads.astype(np.int32))
    ends = np.zeros(graph.size, dtype=np.bool_)
    ends[graph.most_needed] = True
    active = np.ones(graph.size, dtype=np.bool_)
    distances(Steps(graph.size, depends, none, none), ends, active)


def networkx_reach(graph: Lifted) -> None:
    drawn: nx.DiGraph[int] = nx.DiGraph()
    drawn.add_edges_from(graph.onwards)
    nx.single_source_shortest_path_length(drawn, graph.most_needed, cutoff=MOST_STEPS)


def rustworkx_reach(graph: Lifted) -> None:
    """Walk level by level; rustworkx has no search of several steps with a limit."""
    drawn = rustworkx_graph(graph)
    seen = {graph.most_needed}
    front = list(seen)
    for _ in range(MOST_STEPS):
        found = {node for each in front for node in drawn.successor_indices(each)}
        front = list(found - seen)
        seen |= found


def scipy_reach(graph: Lifted) -> None:
    ones = np.ones(len(graph.tails), dtype=np.int8)
    matrix = csr_array((ones, (graph.heads, graph.tails)), shape=(graph.size, graph.size))
    dijkstra(matrix, indices=graph.most_needed, unweighted=True, limit=MOST_STEPS)


def ours_dominators(graph: Lifted) -> None:
    loss_sizes(immediate_dominators(graph.size, graph.tails, graph.heads))


def networkx_dominators(graph: Lifted) -> None:
    drawn: nx.DiGraph[int] = nx.DiGraph()
    drawn.add_edges_from(graph.onwards)
    drawn.add_edges_from((graph.size, base) for base in _bases(graph))
    parents = nx.immediate_dominators(drawn, graph.size)
    _counted([parents.get(node) for node in range(graph.size)], graph.size)


def rustworkx_dominators(graph: Lifted) -> None:
    drawn = rustworkx_graph(graph)
    drawn.add_node(None)
    drawn.add_edges_from_no_data([(graph.size, base) for base in _bases(graph)])
    parents = rx.immediate_dominators(drawn, graph.size)
    _counted([parents.get(node) for node in range(graph.size)], graph.size)


def _bases(graph: Lifted) -> list[int]:
    supplied = np.zeros(graph.size, dtype=np.bool_)
    supplied[graph.tails] = True
    found: list[int] = np.nonzero(~supplied)[0].tolist()
    return found


def _counted(parents: list[int | None], root: int) -> list[int]:
    """Count below each node by walking up from each: the trees of such graphs are shallow."""
    sizes = [0] * (root + 1)
    for node in range(root):
        above = parents[node]
        while above is not None and above != root:
            sizes[above] += 1
            above = parents[above]
    return sizes


def networkx_removals(graph: Lifted) -> float:
    """Remove some nodes in turn and count what loses every chain; give the seconds for all."""
    drawn: nx.DiGraph[int] = nx.DiGraph()
    drawn.add_nodes_from(range(graph.size))
    drawn.add_edges_from(graph.onwards)
    bases = _bases(graph)
    start = time.process_time()
    tried = range(0, graph.size, max(1, graph.size // SAMPLE))
    for node in tried:
        left = nx.restricted_view(drawn, [node], [])
        roots = [base for base in bases if base != node]
        set().union(*(layer for layer in nx.bfs_layers(left, roots)))
    return (time.process_time() - start) / len(tried) * graph.size


def single_points(graph: Lifted) -> None:
    gates: list[list[tuple[tuple[int, ...], int]]] = [[] for _ in range(graph.size)]
    for tail, head in graph.pairs:
        gates[tail].append(((head,), 0))
    wiring = wired(gates, [True] * graph.size)
    counted_by_removal(wiring, sorted(set(graph.heads.tolist())))


def main() -> None:
    data, factor, rounds, *others = sys.argv[1:]
    real = know(Path(data))
    edges = edge_array(dependency_view(real.records, real.schema, real.day))
    graph = lifted(len(edges.nodes), edges.arcs, int(factor))
    works: dict[str, Work] = {
        "legal reach ours": lambda: ours_reach(graph),
        "legal reach scipy": lambda: scipy_reach(graph),
        "legal reach rustworkx": lambda: rustworkx_reach(graph),
        "legal reach networkx": lambda: networkx_reach(graph),
        "what-if ours": lambda: ours_whatif(graph),
        "what-if scipy": lambda: scipy_whatif(graph),
        "what-if rustworkx": lambda: rustworkx_whatif(graph),
        "what-if networkx": lambda: networkx_whatif(graph),
        "dominators ours": lambda: ours_dominators(graph),
        "dominators rustworkx": lambda: rustworkx_dominators(graph),
        "dominators networkx": lambda: networkx_dominators(graph),
    }
    peer = peers.igraph() if "igraph" in others else None
    with tempfile.TemporaryDirectory() as folder:
        if peer:
            file = str(Path(folder) / "arcs.npy")
            np.save(file, np.stack([graph.heads, graph.tails], axis=1))
            peer.ask(do="load", file=file, size=graph.size)
            works["what-if igraph"] = lambda: peer.ask(
                do="reached", start=graph.most_needed, steps=0
            )
            works["legal reach igraph"] = lambda: peer.ask(
                do="reached", start=graph.most_needed, steps=MOST_STEPS
            )
            works["dominators igraph"] = lambda: peer.ask(do="dominators")
        timed = interleaved(works, int(rounds), BUDGET)
    if peer:
        peer.close()
    seconds = {name: each.median for name, each in timed.items()}
    if len(graph.tails) < 20_000:
        seconds["removals networkx"] = networkx_removals(graph)
    before = peak()
    if len(graph.tails) < 200_000:
        seconds["single points ours"] = interleaved({"it": lambda: single_points(graph)}, 1)[
            "it"
        ].median
    print(
        json.dumps(
            {
                "arcs": len(graph.tails),
                "nodes": graph.size,
                "seconds": seconds,
                "peak": peak(),
                "peak before single points": before,
            }
        )
    )


main()
