"""Distances along the grammar against a search of the product graph, state by state."""

import random
from itertools import pairwise

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from techsov.graph.analysis.reach.grammar import NONE, Arcs, Steps, distances

Pairs = list[tuple[int, int]]


def arcs(pairs: Pairs) -> Arcs:
    both = np.array(pairs, np.int32).reshape(-1, 2)
    return Arcs(both[:, 0], both[:, 1])


def mask(size: int, nodes: set[int]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.isin(np.arange(size), sorted(nodes))


def searched(
    size: int, links: dict[str, Pairs], ends: set[int], active: set[int], stops: set[int], most: int
) -> list[int | None]:
    """Search from each node alone, in a graph of (node, what may still follow)."""
    found: list[int | None] = []
    for start in range(size):
        graph: nx.DiGraph[object] = nx.DiGraph()
        for node in range(size):
            if node in stops:
                continue
            if node != start or start in active:
                graph.add_edge((node, "chain"), (node, "own"), steps=0)
            if node in ends:
                graph.add_edge((node, "own"), "end", steps=0)
        graph.add_edges_from(((node, "above"), "end", {"steps": 0}) for node in ends)
        for how, tail, head in ((how, *pair) for how, each in links.items() for pair in each):
            if tail in stops:
                continue
            if how == "depends":
                graph.add_edge((tail, "chain"), (head, "chain"), steps=1)
            elif how == "supplied":
                if head not in stops and (tail != start or start in active):
                    graph.add_edge((tail, "chain"), (head, "own"), steps=1)
            else:
                for part in ("own", "above"):
                    graph.add_edge((tail, part), (head, "above"), steps=1)
        graph.add_nodes_from([(start, "chain"), "end"])
        try:
            length = nx.dijkstra_path_length(graph, (start, "chain"), "end", weight="steps")
        except nx.NetworkXNoPath:
            found.append(None)
        else:
            found.append(int(length) if length <= most else None)
    return found


def sound_active(links: dict[str, Pairs], chosen: set[int]) -> set[int]:
    """Make those active whom a chain could come back to, as ``distances`` asks."""
    active = chosen | {head for _, head in links["depends"]}
    below = [(head, tail) for how in ("supplied", "controlled") for tail, head in links[how]]
    graph: nx.DiGraph[int] = nx.DiGraph([(low, high) for high, low in below])
    return active | {up for node in active & set(graph) for up in nx.descendants(graph, node)}


@given(st.integers(0, 2**32))
def test_distances_are_those_of_the_product_graph(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(1, 9)
    links = {
        how: [
            (chance.randrange(size), chance.randrange(size))
            for _ in range(chance.randint(0, size + 2))
        ]
        for how in ("depends", "supplied", "controlled")
    }
    links = {how: [pair for pair in each if len({*pair}) == 2] for how, each in links.items()}
    some = [{node for node in range(size) if chance.random() < 0.3} for _ in range(3)]
    ends, active, stops = some[0], sound_active(links, some[1]), some[2]
    most = chance.choice((0, 1, 2, 3, 6))
    steps = Steps(size, *(arcs(links[how]) for how in ("depends", "supplied", "controlled")))
    for halting in (set(), stops):
        found = distances(
            steps,
            mask(size, ends),
            mask(size, active),
            mask(size, halting) if halting else None,
            most,
        )
        lengths = [None if length == NONE else int(length) for length in found.start]
        assert lengths == searched(size, links, ends, active, halting, most)


def test_a_chain_as_long_as_allowed_is_found_and_a_longer_one_not() -> None:
    line = arcs(list(pairwise(range(9))))
    none = arcs([])
    found = distances(Steps(9, line, none, none), mask(9, {8}), mask(9, set(range(9))))
    assert found.start.tolist() == [NONE, NONE, 6, 5, 4, 3, 2, 1, 0]
