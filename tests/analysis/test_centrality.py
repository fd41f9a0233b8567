import networkx as nx
import pytest

from techsov.graph.analysis.network import centrality
from techsov.graph.analysis.network.centrality import (
    MEASURES,
    Measure,
    betweenness,
    harmonic_closeness,
    in_degree,
    pagerank,
    reach,
)

every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


def view_of(*arcs: str) -> "nx.MultiDiGraph[str]":
    """``"ab"`` is a fact that a depends on b, and its own key; ``"ab2"`` another one."""
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for arc in arcs:
        view.add_edge(arc[0], arc[1], key=arc)
    return view


def values(measure: Measure, *arcs: str) -> dict[str, float]:
    return {row.node: row.value for row in measure(view_of(*arcs))}


def facts(measure: Measure, *arcs: str) -> dict[str, tuple[str, ...]]:
    return {row.node: row.facts for row in measure(view_of(*arcs))}


@every_measure
def test_null_graph_has_no_row(measure: Measure) -> None:
    assert measure(nx.MultiDiGraph()) == []


@every_measure
def test_an_isolated_node_has_nothing_behind_it(measure: Measure) -> None:
    view = view_of()
    view.add_node("alone")
    (row,) = measure(view)
    assert (row.node, row.value, row.facts) == ("alone", float(measure is pagerank), ())


@every_measure
def test_parallel_facts_are_one_link_with_more_behind_it(measure: Measure) -> None:
    assert values(measure, "ab", "ab2", "ab3", "bc", "dc") == values(measure, "ab", "bc", "dc")
    assert facts(measure, "ab", "ab2", "bc")["b"][:2] == ("ab", "ab2")


@every_measure
def test_a_loop_changes_nothing(measure: Measure) -> None:
    assert values(measure, "aa", "ab", "bb", "bc") == values(measure, "ab", "bc")
    assert facts(measure, "aa", "ab", "bb", "bc") == facts(measure, "ab", "bc")


@every_measure
def test_highest_comes_first_and_ties_go_by_node(measure: Measure) -> None:
    # q and p: each has two dependents and one supplier; the rest are worth less, or (z) more.
    rows = measure(view_of("aq", "bq", "cp", "dp", "qz", "pz"))
    names = [row.node for row in rows if row.node in "pqz"]
    assert names in (["z", "p", "q"], ["p", "q", "z"])
    assert [row.value for row in rows] == sorted((row.value for row in rows), reverse=True)
    assert [row.node for row in rows if row.node in "abcd"] == ["a", "b", "c", "d"]


@every_measure
def test_nodes_alike_have_one_value(measure: Measure) -> None:
    # One shape twice, numbered in opposite orders: sums of floats then differ in the last digit.
    found = values(measure, "ab", "ba", "ca", "da", "DC", "CD", "BD", "AD")
    assert [found[node] for node in "abcd"] == [found[node] for node in "DCBA"]


@every_measure
def test_the_view_is_left_alone(measure: Measure) -> None:
    view = view_of("ab", "ab2", "bc", "ca", "cc")
    before = (list(view.nodes(data=True)), list(view.edges(keys=True, data=True)))
    measure(view)
    assert (list(view.nodes(data=True)), list(view.edges(keys=True, data=True))) == before


def test_in_degree_counts_direct_dependents() -> None:
    assert values(in_degree, "ac", "bc", "cd") == {"c": 2, "d": 1, "a": 0, "b": 0}
    assert facts(in_degree, "ac", "bc", "cd") == {"c": ("ac", "bc"), "d": ("cd",), "a": (), "b": ()}


def test_reach_counts_each_dependent_once() -> None:
    # Two ways from a to d; e depends on d last, and nothing on it.
    assert values(reach, "ab", "ac", "bd", "cd", "de") == {"e": 4, "d": 3, "b": 1, "c": 1, "a": 0}
    assert facts(reach, "ab", "ac", "bd", "cd", "de")["d"] == ("ab", "ac", "bd", "cd")


def test_on_a_cycle_all_depend_on_all_but_themselves() -> None:
    assert values(reach, "ab", "bc", "ca", "dx") == {"a": 2, "b": 2, "c": 2, "x": 1, "d": 0}
    assert facts(reach, "ab", "bc", "ca", "dx")["a"] == ("ab", "bc", "ca")


def test_cycles_pass_on_what_depends_on_them() -> None:
    # s hangs on the cycle abc, which hangs on the cycle xy.
    found = values(reach, "sa", "ab", "bc", "ca", "bx", "xy", "yx")
    assert found == dict.fromkeys("xy", 5) | dict.fromkeys("abc", 3) | {"s": 0}


def test_harmonic_closeness_divides_by_the_shortest_distance() -> None:
    # On d: c in one step, b in one (also in two, through c), a in two.
    assert values(harmonic_closeness, "ab", "bc", "cd", "bd") == {
        "d": 2.5,
        "c": 1.5,
        "b": 1.0,
        "a": 0.0,
    }


def test_harmonic_closeness_on_a_cycle_leaves_out_the_node_itself() -> None:
    assert values(harmonic_closeness, "ab", "bc", "ca") == {"a": 1.5, "b": 1.5, "c": 1.5}


@pytest.mark.parametrize("measure", [reach, harmonic_closeness])
def test_nodes_are_followed_in_blocks(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    arcs = ("sa", "ab", "bc", "ca", "bx", "xy", "yx", "qs", "qy", "rb")
    whole = values(measure, *arcs)
    monkeypatch.setattr(centrality, "BITS_AT_ONCE", 2)
    assert values(measure, *arcs) == whole


def test_pagerank_of_a_cycle_is_even_and_sums_to_one() -> None:
    assert values(pagerank, "ab", "bc", "cd", "da") == dict.fromkeys("abcd", 0.25)


def test_pagerank_flows_to_what_is_depended_on() -> None:
    # x, y, z: shares of a, b (alike) and c, on which both depend, and which depends on nothing.
    # x = 0.05 + 0.85 z / 3, and 2 x + z = 1: z = 0.9 / (1 + 1.7 / 3).
    found = values(pagerank, "ac", "bc")
    assert found["c"] == pytest.approx(0.9 / (1 + 1.7 / 3), abs=1e-9)
    assert found["a"] == found["b"] == pytest.approx((1 - found["c"]) / 2, abs=1e-9)


def test_pagerank_goes_on_until_it_is_right() -> None:
    # A long chain into a cycle converges slowly: the default of networkx is visibly off.
    names = [f"n{number:03}" for number in range(300)]
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for tail, head in zip(names, [*names[1:], names[298]], strict=True):
        view.add_edge(tail, head, key=tail)
    exact = nx.pagerank(nx.DiGraph(view), tol=1e-15, max_iter=10_000)
    rough = nx.pagerank(nx.DiGraph(view))
    found = {row.node: row.value for row in pagerank(view)}
    assert max(abs(found[name] - exact[name]) for name in names) < 1e-9
    assert max(abs(rough[name] - exact[name]) for name in names) > 1e-6


def test_pagerank_rests_on_the_chains_that_bring_it() -> None:
    assert facts(pagerank, "ab", "bc", "ax") == {
        "c": ("ab", "bc"),
        "b": ("ab",),
        "x": ("ax",),
        "a": (),
    }


def test_betweenness_counts_ordered_pairs_not_ends() -> None:
    # The pairs with a chain through others: a-c (by b), a-d (by b, c), b-d (by c).
    assert values(betweenness, "ab", "bc", "cd") == {"b": 2, "c": 2, "a": 0, "d": 0}


def test_betweenness_splits_between_chains_of_equal_length() -> None:
    found = values(betweenness, "ab", "ac", "bd", "cd", "ax", "xy", "yd")
    assert (found["b"], found["c"], found["x"], found["y"]) == (0.5, 0.5, 1, 1)


def test_betweenness_rests_on_the_chains_through_the_node() -> None:
    assert facts(betweenness, "ab", "bc", "ax", "xc", "cd") == {
        "c": ("ab", "ax", "bc", "cd", "xc"),
        "b": ("ab", "bc", "cd"),
        "x": ("ax", "cd", "xc"),
        "a": (),
        "d": (),
    }


def test_rows_are_of_the_view_as_it_was() -> None:
    view = view_of("ab")
    row = reach(view)[0]
    view.add_edge("c", "b", key="cb")
    assert (row.node, row.value, row.facts) == ("b", 1, ("ab",))
