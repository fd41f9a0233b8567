import networkx as nx
import numpy as np

from techsov.graph.analysis.network.dominators import (
    DominatorTree,
    dominator_tree,
    immediate_dominators,
    loss_sizes,
)


def tree(*arcs: str) -> DominatorTree:
    """The tree of arcs written ``ab``: a depends on b."""
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, arc in enumerate(arcs):
        view.add_edge(arc[0], arc[1], key=f"f{number}")
    return dominator_tree(view)


def parents(size: int, *arcs: tuple[int, int]) -> list[int]:
    """The immediate dominators where the first of each pair depends on the second."""
    ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
    return immediate_dominators(size, ends[:, 0], ends[:, 1])


def test_all_that_lies_on_a_single_chain_dominates() -> None:
    found = tree("ab", "bc", "cd")
    assert found.parent == {"a": "b", "b": "c", "c": "d"}
    assert found.above("a") == ("b", "c", "d")
    assert found.below == {"a": (), "b": ("a",), "c": ("a", "b"), "d": ("a", "b", "c")}


def test_a_way_round_ends_a_hold() -> None:
    found = tree("ab", "bd", "ac", "cd")
    assert found.above("a") == ("d",)
    assert found.below["b"] == found.below["c"] == ()


def test_a_second_base_ends_every_hold() -> None:
    found = tree("ab", "bc", "ax")
    assert found.above("a") == ()
    assert found.parent == {"b": "c"}
    assert found.below == {"a": (), "b": (), "c": ("b",), "x": ()}


def test_parallel_facts_are_no_second_way() -> None:
    assert tree("ab", "ab", "bc", "bc").above("a") == ("b", "c")


def test_a_loop_is_no_supplier() -> None:
    assert tree("ab", "bb").above("a") == ("b",)
    assert tree("bb", "ab").parent == {"a": "b"}


def test_a_circle_on_the_way_does_not_matter() -> None:
    found = tree("ab", "ba", "bc", "cd")
    assert found.above("a") == ("b", "c", "d")
    assert found.above("b") == ("c", "d")


def test_in_a_circle_without_a_base_each_is_one() -> None:
    found = tree("ab", "bc", "ca", "xa", "yx")
    assert found.parent == {"x": "a", "y": "x"}
    assert found.above("y") == ("x", "a")
    assert tree("ab", "bc", "ca", "xa", "xb").above("x") == ()


def test_a_circle_without_a_base_stands_beside_what_has_one() -> None:
    found = tree("ab", "ba", "xa", "xz", "yz")
    assert found.parent == {"y": "z"}


def test_a_circle_that_rests_on_a_circle_is_no_base() -> None:
    found = tree("ab", "ba", "bx", "xy", "yx")
    assert found.above("a") == ("b", "x")
    assert found.parent == {"a": "b", "b": "x"}


def test_no_edge_has_no_tree() -> None:
    assert tree() == DominatorTree({}, {})


def test_numbers_without_an_arc_are_bases() -> None:
    assert parents(0) == []
    assert parents(3) == [-1, -1, -1]
    assert parents(3, (0, 1), (1, 1)) == [1, -1, -1]


def test_below_what_has_several_suppliers_a_single_one_still_dominates() -> None:
    # 0 -> 1 -> 2 -> {3, 4} -> 5 -> 6, and 7 -> 6.
    arcs = [(0, 1), (1, 2), (2, 3), (2, 4), (3, 5), (4, 5), (5, 6), (7, 6)]
    assert parents(8, *arcs) == [1, 2, 5, 5, 5, 6, -1, 6]


def test_what_hangs_on_a_circle_of_single_suppliers_hangs_on_one_of_it() -> None:
    # 0 -> 1 -> 2 -> 3 -> 1.
    assert parents(4, (0, 1), (1, 2), (2, 3), (3, 1)) == [1, -1, -1, -1]


def test_losses_are_those_below() -> None:
    assert loss_sizes([]) == []
    assert loss_sizes([-1, -1]) == [0, 0]
    assert loss_sizes([1, 2, -1, 2]) == [0, 1, 3, 0]


def test_a_long_chain_takes_no_stack() -> None:
    size = 5000
    found = parents(size, *((node, node + 1) for node in range(size - 1)))
    assert found == [*range(1, size), -1]
    assert loss_sizes(found) == list(range(size))
    # As long a chain, each of whose nodes depends on the next two.
    pairs = ((node, node + step) for node in range(size - 2) for step in (1, 2))
    assert parents(size, *pairs, (size - 2, size - 1)) == [size - 1] * (size - 1) + [-1]
