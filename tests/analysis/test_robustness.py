from decimal import Decimal

import networkx as nx
import pytest

from techsov.graph.analysis.network.centrality import MEASURES, VALUES
from techsov.graph.analysis.network.robustness import (
    STATUS_WEIGHT,
    TOP,
    Pivot,
    pivotal_facts,
    robust_ranks,
    top_of,
)
from techsov.graph.analysis.network.view import edge_array
from techsov.graph.analysis.standing import FIRMNESS

View = nx.MultiDiGraph  # parametrised in annotations only


def view_of(*lines: str) -> "View[str]":
    """``tail head confidence status`` a line; the last two may be left out."""
    view: View[str] = nx.MultiDiGraph()
    for number, line in enumerate(lines):
        tail, head, *more = line.split()
        confidence = Decimal(more[0]) if more else Decimal(1)
        status = more[1] if len(more) > 1 else "stated"
        view.add_edge(tail, head, f"f{number:02}", confidence=confidence, status=status)
    return view


LADDER = [f"{tail}{n} s{n}" for n in range(1, 7) for tail in "abcdefgh"[: 9 - n]]


def test_the_null_graph_has_no_rank() -> None:
    view = view_of()
    assert robust_ranks(view, "reach") == []
    assert pivotal_facts(view, "reach") == []
    assert top_of(view, "reach") == ()


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_facts_that_are_certain_give_every_node_one_rank(measure: str) -> None:
    for row in robust_ranks(view_of(*LADDER), measure, samples=20):
        assert row.low == row.high == row.rank
        assert row.in_top in (0, 1)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_rows_are_those_of_the_measure_in_its_order(measure: str) -> None:
    view = view_of("a b 0.5", "b c 0.5", "c a 0.9", "d c")
    plain = [(row.node, row.value) for row in MEASURES[measure](view)]
    assert [(row.node, row.value) for row in robust_ranks(view, measure, samples=9)] == plain


def test_those_with_the_same_value_share_the_best_rank() -> None:
    ranks = {row.node: row.rank for row in robust_ranks(view_of("a x", "a y", "a z"), "in-degree")}
    assert ranks == {"x": 1, "y": 1, "z": 1, "a": 4}


def test_a_fact_is_drawn_as_often_as_its_confidence_says() -> None:
    rows = {row.node: row for row in robust_ranks(view_of("a x 0.3"), "in-degree", samples=4000)}
    assert rows["x"].in_top == pytest.approx(0.3, abs=0.03)
    assert rows["a"].in_top == 0


@pytest.mark.parametrize(("status", "weight"), sorted(STATUS_WEIGHT.items()))
def test_a_fact_is_drawn_less_often_the_less_firm_its_status(status: str, weight: float) -> None:
    view = view_of(f"a x 0.8 {status}")
    row = next(row for row in robust_ranks(view, "in-degree", samples=4000) if row.node == "x")
    assert row.in_top == pytest.approx(0.8 * weight, abs=0.03)


def test_every_status_that_can_support_anything_has_a_weight() -> None:
    assert set(STATUS_WEIGHT) == set(FIRMNESS)


def test_two_facts_that_say_the_same_back_each_other_up() -> None:
    view = view_of("a x 0.5", "a x 0.5")
    row = next(row for row in robust_ranks(view, "in-degree", samples=4000) if row.node == "x")
    assert row.in_top == pytest.approx(0.75, abs=0.03)


def test_a_fact_that_is_never_drawn_leaves_its_nodes_with_the_last_rank() -> None:
    rows = {row.node: row for row in robust_ranks(view_of("a x 0", "b y"), "in-degree")}
    assert (rows["x"].rank, rows["x"].low, rows["x"].high, rows["x"].in_top) == (1, 2, 2, 0)


def test_the_interval_leaves_out_a_twentieth_on_either_side() -> None:
    # y is before x only when the fact of x is not drawn: in about 3 of 100 draws, then in 20.
    rare = {row.node: row for row in robust_ranks(view_of("a x 0.97", "b y"), "in-degree")}
    often = {row.node: row for row in robust_ranks(view_of("a x 0.8", "b y"), "in-degree")}
    assert (rare["x"].low, rare["x"].high) == (1, 1)
    assert (often["x"].low, often["x"].high) == (1, 2)


def test_the_same_seed_gives_the_same_rows_and_another_gives_others() -> None:
    view = view_of(*(f"{line} 0.5" for line in LADDER))
    assert robust_ranks(view, "reach", 50, 7) == robust_ranks(view, "reach", 50, 7)
    assert robust_ranks(view, "reach", 50, 7) != robust_ranks(view, "reach", 50, 8)


def test_the_order_in_which_facts_came_does_not_show() -> None:
    lines = [f"{line} 0.5" for line in LADDER]
    view = view_of(*lines)
    other: View[str] = nx.MultiDiGraph()
    edges = [(tail, head, fact) for tail, head, fact in view.edges(keys=True)]
    for tail, head, fact in reversed(edges):
        other.add_edge(tail, head, fact, **view.edges[tail, head, fact])
    assert robust_ranks(view, "reach", 50) == robust_ranks(other, "reach", 50)


def test_one_draw_is_enough() -> None:
    assert len(robust_ranks(view_of("a x"), "reach", samples=1)) == 2


# --- The top five


def test_the_top_are_the_first_five_and_those_who_tie_with_the_fifth() -> None:
    assert top_of(view_of(*LADDER), "in-degree") == ("s1", "s2", "s3", "s4", "s5")
    assert top_of(view_of(*LADDER, "z s6"), "in-degree") == (
        "s1",
        "s2",
        "s3",
        "s4",
        "s5",
        "s6",
    )


def test_nobody_is_in_the_top_for_nothing() -> None:
    assert top_of(view_of("a x"), "in-degree") == ("x",)


def test_a_fact_without_which_the_top_changes_is_pivotal() -> None:
    # s5 has four dependents and s6 three: without one of the four they tie.
    fifth = [number for number, line in enumerate(LADDER) if line.endswith("s5")]
    found = pivotal_facts(view_of(*LADDER), "in-degree")
    assert found == [Pivot(f"f{number:02}", (), ("s6",)) for number in fifth]


def test_who_leaves_and_who_enters_are_named() -> None:
    lines = [f"{tail} s{n}" for n in range(1, 5) for tail in "abc"]
    chain = ["hub top", *(f"{tail} hub" for tail in "pqrs")]  # on top depend five
    found = pivotal_facts(view_of(*lines, *chain, "x last", "y last"), "reach")
    without = {pivot.fact: pivot for pivot in found}
    assert without[f"f{len(lines):02}"] == Pivot(f"f{len(lines):02}", ("top",), ())


def test_a_fact_beside_which_another_says_the_same_is_not_pivotal() -> None:
    assert len(pivotal_facts(view_of("a x"), "in-degree")) == 1
    assert pivotal_facts(view_of("a x", "a x"), "in-degree") == []


def test_a_loop_is_no_dependence_on_another() -> None:
    assert pivotal_facts(view_of("a a", "a x", "b x"), "in-degree") == []


def test_the_values_of_a_measure_are_those_of_its_rows() -> None:
    view = view_of("a b", "b c", "c a", "d c", "d e")
    edges = edge_array(view)
    assert VALUES.keys() == MEASURES.keys()
    for name, measure in MEASURES.items():
        rows = {row.node: row.value for row in measure(view)}
        assert [rows[node] for node in edges.nodes] == list(VALUES[name](edges))


def test_so_many_are_the_top() -> None:
    assert TOP == 5
