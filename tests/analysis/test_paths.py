from decimal import Decimal
from itertools import pairwise

import networkx as nx
import pytest

from techsov.graph.analysis.network.paths import Chain, Hop, common_suppliers, dependency_chains
from techsov.graph.errors import UndefinedMeasure


def view_of(*arcs: str, **weaker: str) -> "nx.MultiDiGraph[str]":
    """``"ab"`` is a fact that a depends on b, said outright unless ``ab="0.5"``."""
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for arc in arcs:
        view.add_edge(arc[0], arc[1], key=arc, confidence=Decimal(weaker.get(arc, "0.9")))
    return view


def words(chains: list[Chain]) -> list[str]:
    return ["".join(chain.nodes) for chain in chains]


def chains(
    view: "nx.MultiDiGraph[str]", start: str, goal: str, k: int = 5, max_steps: int = 8
) -> list[str]:
    return words(dependency_chains(view, start, goal, k, max_steps))


def test_a_chain_follows_dependencies_in_their_direction_only() -> None:
    view = view_of("ab", "bc", "dc")
    assert chains(view, "a", "c") == ["abc"]
    assert chains(view, "c", "a") == []
    assert chains(view, "a", "d") == []


def test_a_hop_holds_all_its_facts_and_the_strength_of_the_best() -> None:
    (chain,) = dependency_chains(view_of("ab2", "ab1", "bc", ab1="0.5", bc="0.8"), "a", "c")
    assert chain == Chain(
        (
            Hop("a", "b", ("ab1", "ab2"), Decimal("0.9")),
            Hop("b", "c", ("bc",), Decimal("0.8")),
        )
    )
    assert chain.nodes == ("a", "b", "c")
    assert chain.facts == ("ab1", "ab2", "bc")
    assert chain.confidence == Decimal("0.8")


def test_fewest_steps_come_first_however_weak() -> None:
    assert chains(view_of("ac", "ab", "bc", ac="0.5"), "a", "c") == ["ac", "abc"]


def test_of_as_many_steps_the_strongest_weakest_step_comes_first() -> None:
    view = view_of("ab", "bz", "ac", "cz", "ad", "dz", ab="0.5", cz="0.8", ad="0.7", dz="0.7")
    assert chains(view, "a", "z") == ["acz", "adz", "abz"]


def test_strength_decides_wherever_chains_part() -> None:
    # They leave abcz at b, by a weak step, and at a, by stronger ones.
    view = view_of("ab", "bc", "cz", "bd", "dz", "ae", "ef", "fz", bd="0.5", ef="0.8")
    assert chains(view, "a", "z") == ["abcz", "aefz", "abdz"]


def test_equal_chains_go_by_the_ids_along_them() -> None:
    view = view_of("ac", "ab", "cy", "bz", "yt", "zt", "bx", "xt")
    assert chains(view, "a", "t") == ["abxt", "abzt", "acyt"]


def test_strength_beyond_the_weakest_step_does_not_count() -> None:
    # All go through the weak ab, so ids decide; the stronger way through d is no better.
    view = view_of("ab", "bc", "bd", "be", "cz", "dz", "ez", ab="0.5", bc="0.6", bd="0.7")
    assert chains(view, "a", "z") == ["abcz", "abdz", "abez"]


def test_later_chains_may_leave_the_first_at_any_node() -> None:
    view = view_of("ab", "bc", "cz", "bd", "de", "ez", "ce", "af", "fg", "gh", "hz")
    assert chains(view, "a", "z") == ["abcz", "abcez", "abdez", "afghz"]


def test_a_barred_neighbour_may_come_later() -> None:
    # Having given abz, the search leaves a by another way, but may then pass b again.
    assert chains(view_of("ab", "bz", "ac", "cb"), "a", "z") == ["abz", "acbz"]
    view = view_of("ay", "yz", "ac", "cd", "dz", "cy")
    assert chains(view, "a", "z") == ["ayz", "acdz", "acyz"]


def test_no_node_comes_twice() -> None:
    view = view_of("ab", "ba", "bc", "cb", "cz", "bb")
    assert chains(view, "a", "z") == ["abcz"]


def test_no_more_than_asked_for() -> None:
    view = view_of(*[f"a{middle}" for middle in "bcdefg"], *[f"{middle}z" for middle in "bcdefg"])
    assert chains(view, "a", "z", k=2) == ["abz", "acz"]
    assert len(chains(view, "a", "z")) == 5
    assert chains(view, "a", "z", k=0) == []


def test_chains_are_bounded() -> None:
    view = view_of("ab", "bc", "cd", "de", "ef", "fg", "gh", "hi", "ij")
    assert chains(view, "a", "i") == ["abcdefghi"]
    assert chains(view, "a", "j") == []
    assert chains(view, "a", "j", max_steps=9) == ["abcdefghij"]
    assert chains(view_of("az", "ab", "bz"), "a", "z", max_steps=1) == ["az"]
    assert chains(view_of("ab", "bz", "bc", "cz"), "a", "z", max_steps=2) == ["abz"]


def test_nothing_is_a_chain_to_itself() -> None:
    assert chains(view_of("ab", "ba"), "a", "a") == []


def test_many_equal_ways_are_not_all_walked() -> None:
    # A ladder of 4 ** 8 chains of nine steps; the first ones in the order of ids.
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    layers = [["a"], *([f"{layer}{rung}" for rung in "pqrs"] for layer in range(8)), ["z"]]
    for tails, heads in pairwise(layers):
        for tail in tails:
            for head in heads:
                view.add_edge(tail, head, key=f"{tail}-{head}", confidence=Decimal("0.9"))
    found = dependency_chains(view, "a", "z", k=3, max_steps=9)
    assert [chain.nodes[-3:-1] for chain in found] == [("6p", "7p"), ("6p", "7q"), ("6p", "7r")]


@pytest.mark.parametrize("nodes", [("a", "x"), ("x", "a"), ("x", "x")])
def test_a_node_that_is_not_in_the_view_is_refused(nodes: tuple[str, str]) -> None:
    view = view_of("ab")
    with pytest.raises(UndefinedMeasure, match='"x"'):
        dependency_chains(view, *nodes)
    with pytest.raises(UndefinedMeasure, match='"x"'):
        common_suppliers(view, *nodes)


def common(view: "nx.MultiDiGraph[str]", a: str, b: str) -> list[tuple[str, str, str, bool]]:
    return [
        (row.supplier, "".join(row.left.nodes), "".join(row.right.nodes), row.unavoidable)
        for row in common_suppliers(view, a, b)
    ]


def test_two_chains_meet_at_a_common_supplier() -> None:
    assert common(view_of("ax", "xs", "bs"), "a", "b") == [("s", "axs", "bs", True)]


def test_nothing_in_common() -> None:
    assert common(view_of("ax", "by", "za", "zb"), "a", "b") == []


def test_what_all_meeting_chains_pass_comes_first() -> None:
    # Everything shared hangs on m, though m is far from b.
    view = view_of("am", "bx", "xm", "mc", "md")
    assert common(view, "a", "b") == [
        ("m", "am", "bxm", True),
        ("c", "amc", "bxmc", False),
        ("d", "amd", "bxmd", False),
    ]


def test_what_cannot_be_avoided_comes_before_what_is_nearer() -> None:
    # a depends on x only through s, which is far from b: 3 steps on the longer side, and 2.
    view = view_of("as", "sx", "bx", "bp", "pq", "qs")
    assert common(view, "a", "b") == [("s", "as", "bpqs", True), ("x", "asx", "bx", False)]


def test_two_suppliers_may_both_be_unavoidable() -> None:
    # a reaches p only through s, b reaches s only through p: without either, nothing is shared.
    view = view_of("as", "sp", "bp", "ps")
    assert common(view, "a", "b") == [("p", "asp", "bp", True), ("s", "as", "bps", True)]


def test_two_separate_suppliers_can_each_be_avoided() -> None:
    assert common(view_of("as", "bs", "at", "bt"), "a", "b") == [
        ("s", "as", "bs", False),
        ("t", "at", "bt", False),
    ]


def test_fewest_steps_on_the_longer_side_come_first() -> None:
    # c: 1 and 3 steps; d: 2 and 2.
    view = view_of("ac", "bp", "pq", "qc", "ax", "xd", "by", "yd")
    assert [row[0] for row in common(view, "a", "b")] == ["d", "c"]
    assert [row.steps for row in common_suppliers(view, "a", "b")] == [2, 3]


def test_neither_is_a_supplier_of_the_pair() -> None:
    # a depends on b, and b on a.
    assert common(view_of("ab", "ba", "bc"), "a", "b") == [("c", "abc", "bc", True)]


def test_the_chains_are_the_best_ones() -> None:
    view = view_of("ap", "ps", "aq", "qs", "bs", ap="0.5")
    ((supplier, left, _, _),) = common(view, "a", "b")
    assert (supplier, left) == ("s", "aqs")


def test_a_row_rests_on_both_chains() -> None:
    (row, *_) = common_suppliers(view_of("ax", "bx", "xs"), "a", "b")
    assert (row.supplier, row.facts) == ("x", ("ax", "bx"))
    assert common_suppliers(view_of("ax", "bx", "xs"), "a", "b")[1].facts == ("ax", "bx", "xs")


def test_common_suppliers_are_bounded() -> None:
    view = view_of("as", "bx", "xs")
    assert common_suppliers(view, "a", "b", max_steps=1) == []


def test_the_view_is_left_alone() -> None:
    view = view_of("ab", "bc", "ac", "dc", "ab2")
    before = (list(view.nodes(data=True)), list(view.edges(keys=True, data=True)))
    dependency_chains(view, "a", "c")
    common_suppliers(view, "a", "d")
    assert (list(view.nodes(data=True)), list(view.edges(keys=True, data=True))) == before
