from collections import deque
from decimal import Decimal
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.network.centrality import (
    MEASURES,
    betweenness,
    harmonic_closeness,
    in_degree,
    pagerank,
    reach,
)
from techsov.graph.analysis.network.paths import common_suppliers, dependency_chains
from techsov.graph.analysis.network.view import edge_array

View = nx.MultiDiGraph  # parametrised in annotations only

untimed = settings(deadline=None)  # no test here depends on how fast the machine is

NAMES = "abcdefg"
CONFIDENCES = ("0.5", "0.8", "0.9")


@st.composite
def views(draw: st.DrawFn, least: int = 0) -> "View[str]":
    """Multigraphs of up to seven nodes, with parallel facts, loops and isolated nodes."""
    names = NAMES[: draw(st.integers(least, len(NAMES)))]
    view: View[str] = nx.MultiDiGraph()
    view.add_nodes_from(draw(st.permutations(names)))
    if names:
        arc = st.tuples(*map(st.sampled_from, (names, names, CONFIDENCES)))
        size = draw(st.integers(0, 24))  # drawn first: lists left to themselves stay short
        arcs = draw(st.lists(arc, min_size=size, max_size=size))
        for number, (tail, head, confidence) in enumerate(arcs):
            view.add_edge(tail, head, key=f"f{number:02}", confidence=Decimal(confidence))
    return view


def simple(view: "View[str]") -> "nx.DiGraph[str]":
    """One edge for each two nodes, no loops: what networkx is asked about."""
    digraph: nx.DiGraph[str] = nx.DiGraph()
    digraph.add_nodes_from(view)
    digraph.add_edges_from((tail, head) for tail, head in view.edges() if tail != head)
    return digraph


def dependents(view: "View[str]", node: str) -> dict[str, int]:
    """The distance of everything that depends on ``node``, step by step."""
    distances = {node: 0}
    queue = deque([node])
    while queue:
        head = queue.popleft()
        for tail in view.predecessors(head):
            if tail not in distances:
                distances[tail] = distances[head] + 1
                queue.append(tail)
    del distances[node]
    return distances


def snapshot(view: "View[str]") -> tuple[list[object], list[object]]:
    return list(view.nodes(data=True)), list(view.edges(keys=True, data=True))


def ends(number: int) -> st.SearchStrategy["tuple[View[str], tuple[str, ...]]"]:
    """A view, and some of its nodes, all different."""
    return views(least=number).flatmap(
        lambda view: st.tuples(st.just(view), st.permutations(sorted(view)).map(tuple)).map(
            lambda pair: (pair[0], pair[1][:number])
        )
    )


@untimed
@given(views())
def test_every_measure_agrees_with_a_plain_one(view: "View[str]") -> None:
    digraph = simple(view)
    inward = {node: dependents(view, node) for node in view}
    expected = {
        in_degree: {node: len(set(view.predecessors(node)) - {node}) for node in view},
        reach: {node: len(found) for node, found in inward.items()},
        harmonic_closeness: {
            node: sum(1 / distance for distance in found.values()) for node, found in inward.items()
        },
        betweenness: nx.betweenness_centrality(digraph, normalized=False),
        pagerank: nx.pagerank(digraph, tol=1e-14, max_iter=1000) if view else {},
    }
    assert set(expected) == set(MEASURES.values())
    for measure, plain in expected.items():
        assert {row.node: row.value for row in measure(view)} == pytest.approx(
            plain, rel=1e-8, abs=1e-8
        )


@untimed
@given(views())
def test_harmonic_closeness_agrees_with_networkx(view: "View[str]") -> None:
    found = {row.node: row.value for row in harmonic_closeness(view)}
    assert found == pytest.approx(nx.harmonic_centrality(simple(view)), rel=1e-8, abs=1e-8)


@untimed
@given(views(), st.sampled_from(sorted(MEASURES)))
def test_rows_are_sorted_and_complete_and_leave_the_view_alone(
    view: "View[str]", name: str
) -> None:
    before = snapshot(view)
    rows = MEASURES[name](view)
    assert snapshot(view) == before
    assert rows == sorted(rows, key=lambda row: (-row.value, row.node))
    assert {row.node for row in rows} == set(view)


@untimed
@given(views(), st.sampled_from(sorted(MEASURES)), st.data())
def test_the_order_of_insertion_does_not_show(
    view: "View[str]", name: str, data: st.DataObject
) -> None:
    other: View[str] = nx.MultiDiGraph()
    other.add_nodes_from(data.draw(st.permutations(list(view))))
    edges: list[tuple[str, str, str]] = list(view.edges(keys=True))
    for tail, head, key in data.draw(st.permutations(edges)):
        other.add_edge(tail, head, key=key)
    assert edge_array(other) == edge_array(view)
    rows, others = MEASURES[name](view), MEASURES[name](other)
    assert rows == others
    assert [row.facts for row in rows] == [row.facts for row in others]


@untimed
@given(views(), st.sampled_from(sorted(MEASURES)), st.permutations(NAMES))
def test_values_and_facts_follow_the_nodes(view: "View[str]", name: str, order: list[str]) -> None:
    renamed = dict(zip(NAMES, order, strict=True))
    rows = {renamed[row.node]: row for row in MEASURES[name](view)}
    others = {row.node: row for row in MEASURES[name](nx.relabel_nodes(view, renamed))}
    assert rows.keys() == others.keys()
    for node, row in rows.items():
        assert row.value == pytest.approx(others[node].value, rel=1e-8, abs=1e-8)
        assert row.facts == others[node].facts


@untimed
@given(views())
def test_reach_rests_on_the_facts_of_all_chains_to_the_node(view: "View[str]") -> None:
    for row in reach(view):
        cone = {row.node, *dependents(view, row.node)}
        into = {key for tail, head, key in view.edges(keys=True) if head in cone and tail != head}
        assert set(row.facts) == into


@untimed
@given(views())
def test_betweenness_rests_on_facts_exactly_where_chains_pass(view: "View[str]") -> None:
    digraph = simple(view)
    for row in betweenness(view):
        before, after = nx.ancestors(digraph, row.node), nx.descendants(digraph, row.node)
        expected = {
            key
            for tail, head, key in view.edges(keys=True)
            if tail != head
            and (head in before | {row.node} or tail in after | {row.node})
            and before
            and after
        }
        assert set(row.facts) == expected


def brute_chains(
    view: "View[str]", start: str, goal: str, max_steps: int
) -> list[tuple[int, Decimal, tuple[str, ...]]]:
    """Every chain with its place in the order, from a list of all simple paths."""
    found = []
    for path in nx.all_simple_paths(simple(view), start, goal, cutoff=max_steps):
        best = [
            max(edge["confidence"] for edge in view[tail][head].values())
            for tail, head in pairwise(path)
        ]
        found.append((len(best), -min(best), tuple(path)))
    return sorted(found)


@untimed
@given(ends(2), st.integers(1, 12), st.integers(1, 8))
def test_chains_are_the_first_of_all_simple_paths(
    pair: "tuple[View[str], tuple[str, str]]", k: int, max_steps: int
) -> None:
    view, (start, goal) = pair
    before = snapshot(view)
    chains = dependency_chains(view, start, goal, k, max_steps)
    assert snapshot(view) == before
    order = [(len(chain.hops), -chain.confidence, chain.nodes) for chain in chains]
    assert order == brute_chains(view, start, goal, max_steps)[:k]


@untimed
@given(ends(2))
def test_chains_are_made_of_real_edges(pair: "tuple[View[str], tuple[str, str]]") -> None:
    view, (start, goal) = pair
    chains = dependency_chains(view, start, goal)
    assert bool(chains) == nx.has_path(view, start, goal)
    for chain in chains:
        assert (chain.nodes[0], chain.nodes[-1]) == (start, goal)
        for hop, tail in zip(chain.hops, chain.nodes, strict=False):
            assert hop.tail == tail
            assert hop.facts == tuple(sorted(view[hop.tail][hop.head]))


@untimed
@given(ends(2), st.integers(1, 8))
def test_common_suppliers_are_what_both_can_reach(
    pair: "tuple[View[str], tuple[str, str]]", max_steps: int
) -> None:
    view, (a, b) = pair
    rows = common_suppliers(view, a, b, max_steps)
    assert {row.supplier for row in rows} == shared(view, a, b, max_steps)
    for row in rows:
        assert [row.left] == dependency_chains(view, a, row.supplier, 1, max_steps)
        assert [row.right] == dependency_chains(view, b, row.supplier, 1, max_steps)
        rest = view.copy()
        rest.remove_node(row.supplier)
        assert row.unavoidable == (not shared(rest, a, b, max_steps))
    order = [(not row.unavoidable, row.steps, row.supplier) for row in rows]
    assert order == sorted(order)


def shared(view: "View[str]", a: str, b: str, max_steps: int) -> set[str]:
    within = [
        nx.single_source_shortest_path_length(view, end, cutoff=max_steps).keys() for end in (a, b)
    ]
    return (within[0] & within[1]) - {a, b}


@untimed
@given(ends(2))
def test_the_two_sides_of_a_common_supplier_can_change_places(
    pair: "tuple[View[str], tuple[str, str]]",
) -> None:
    view, (a, b) = pair
    rows, others = common_suppliers(view, a, b), common_suppliers(view, b, a)
    assert [(row.supplier, row.left, row.right, row.unavoidable) for row in rows] == [
        (row.supplier, row.right, row.left, row.unavoidable) for row in others
    ]
