"""Pivotal facts and ranks against leaving out each fact and measuring again."""

from decimal import Decimal
from math import ceil
from random import Random

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.network.centrality import MEASURES
from techsov.graph.analysis.network.robustness import pivotal_facts, robust_ranks, top_of

View = nx.MultiDiGraph  # parametrised in annotations only
NAMES = "abcdefghij"


@st.composite
def views(draw: st.DrawFn) -> "View[str]":
    """Multigraphs of up to ten nodes, with parallel facts, cycles and loops."""
    view: View[str] = nx.MultiDiGraph()
    size = draw(st.integers(0, 22))
    arc = st.tuples(
        st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(("0.3", "0.7", "1"))
    )
    for number, (tail, head, confidence) in enumerate(
        draw(st.lists(arc, min_size=size, max_size=size))
    ):
        view.add_edge(
            tail, head, key=f"f{number:02}", confidence=Decimal(confidence), status="stated"
        )
    return view


def without(view: "View[str]", gone: set[str]) -> "View[str]":
    """The same nodes, and the facts that are not gone."""
    left: View[str] = nx.MultiDiGraph()
    left.add_nodes_from(view)
    for tail, head, fact, edge in view.edges(keys=True, data=True):
        if fact not in gone:
            left.add_edge(tail, head, fact, **edge)
    return left


def ranks(view: "View[str]", measure: str) -> dict[str, int]:
    values = {row.node: row.value for row in MEASURES[measure](view)}
    return {
        node: 1 + sum(other > value for other in values.values()) for node, value in values.items()
    }


def top(view: "View[str]", measure: str) -> set[str]:
    values = {row.node: row.value for row in MEASURES[measure](view)}
    return {node for node, rank in ranks(view, measure).items() if rank <= 5 and values[node] > 0}


@settings(max_examples=200)
@given(views(), st.sampled_from(sorted(MEASURES)))
def test_pivotal_facts_are_those_found_by_leaving_out_each(view: "View[str]", measure: str) -> None:
    before = top(view, measure)
    assert set(top_of(view, measure)) == before
    expected = {}
    for _, _, fact in view.edges(keys=True):
        after = top(without(view, {fact}), measure)
        if after != before:
            expected[fact] = (before - after, after - before)
    found = pivotal_facts(view, measure)
    assert {each.fact: (set(each.leaving), set(each.entering)) for each in found} == expected
    assert [each.fact for each in found] == sorted(expected)


@settings(max_examples=60)
@given(views(), st.sampled_from(sorted(MEASURES)), st.integers(0, 3))
def test_ranks_are_those_of_measuring_each_draw_anew(
    view: "View[str]", measure: str, seed: int
) -> None:
    samples = 25
    facts = sorted(
        (fact, float(edge["confidence"]))
        for tail, head, fact, edge in view.edges(keys=True, data=True)
        if tail != head
    )
    random = Random(seed)
    drawn: dict[str, list[int]] = {node: [] for node in view}
    often = dict.fromkeys(view, 0)
    for _ in range(samples):
        gone = {fact for fact, chance in facts if random.random() >= chance}
        left = without(view, gone)
        for node, rank in ranks(left, measure).items():
            drawn[node].append(rank)
        for node in top(left, measure):
            often[node] += 1
    plain = ranks(view, measure)
    rows = robust_ranks(view, measure, samples, seed)
    assert {row.node for row in rows} == set(view)
    for row in rows:
        falling = sorted(drawn[row.node])
        assert (row.rank, row.low, row.high) == (
            plain[row.node],
            falling[ceil(0.05 * samples) - 1],
            falling[ceil(0.95 * samples) - 1],
        )
        assert row.in_top == often[row.node] / samples
