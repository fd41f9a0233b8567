from collections.abc import Callable, Sequence

import pytest

from techsov.graph.analysis.failure import cutsets
from techsov.graph.analysis.failure.circuit import Circuit
from techsov.graph.analysis.failure.cutsets import (
    NumberedGates,
    Wires,
    at_least,
    bits,
    counted_by_removal,
    paired_points,
    single_points,
    single_removals,
    victims,
    wired,
    wires,
)
from techsov.graph.analysis.failure.needs import Reading, needs_of
from techsov.graph.analysis.standing import Standing


@pytest.fixture(scope="session")
def circuit(world: Callable[..., Standing]) -> Callable[..., Circuit]:
    def of(text: str, horizon: int = 0, reading: Reading = "worst") -> Circuit:
        standing = world(text)
        return Circuit.of(needs_of(standing), standing, horizon, reading)

    return of


Of = Callable[..., Circuit]


# --- Alone


def test_what_all_options_of_a_need_rest_on_is_a_single_point(circuit: Of) -> None:
    text = """
        x dependsOn a need=need-1
        x dependsOn b need=need-1
        a dependsOn fab
        b dependsOn fab
        b dependsOn grid
    """
    assert single_points(circuit(text)) == {"a": ("fab",), "b": ("fab", "grid"), "x": ("fab",)}


def test_a_single_point_of_k_of_n(circuit: Of) -> None:
    text = """
        need-1 minimumSources 2
        x dependsOn a need=need-1
        x dependsOn b need=need-1
        x dependsOn c need=need-1
        a dependsOn fab
        b dependsOn fab
        c dependsOn grid
    """
    found = single_points(circuit(text))
    assert found["x"] == ("fab",)
    assert single_points(circuit(text.replace("Sources 2", "Sources 3")))["x"] == (
        "a",
        "b",
        "c",
        "fab",
        "grid",
    )
    assert "x" not in single_points(circuit(text.replace("Sources 2", "Sources 1")))


def test_nothing_runs_through_an_actor_that_is_only_impaired(circuit: Of) -> None:
    text = "Company firm\nservice dependsOn firm\nfirm dependsOn chip\nchip dependsOn fab"
    assert single_points(circuit(text)) == {
        "chip": ("fab",),
        "firm": ("chip", "fab"),
        "service": ("firm",),
    }


def test_a_spare_saves_from_a_single_point_in_time(circuit: Of) -> None:
    text = """
        x dependsOn a need=need-1 layer=cloud
        x couldUse b need=need-1 switching_months=6
        x couldUse c need=need-1
    """
    assert single_points(circuit(text, 5)) == {"x": ("a",)}
    assert single_points(circuit(text, 6)) == {}
    assert single_points(circuit(text, 0, "best")) == {}


def test_circles_are_followed_to_the_end(circuit: Of) -> None:
    text = """
        a dependsOn b
        b dependsOn c
        c dependsOn d
        d dependsOn a
        c dependsOn out
        a dependsOn in
    """
    ring = {"a", "b", "c", "d"}
    assert single_points(circuit(text)) == {
        each: tuple(sorted(ring - {each} | {"in", "out"})) for each in sorted(ring)
    }


def test_a_thing_is_no_single_point_of_itself(circuit: Of) -> None:
    assert single_points(circuit("a dependsOn b\nb dependsOn a")) == {"a": ("b",), "b": ("a",)}


def test_no_need_has_no_single_point(circuit: Of) -> None:
    assert single_points(circuit("")) == {}
    assert paired_points(circuit("")).of == {}
    assert (paired_points(circuit("")).tried, paired_points(circuit("")).candidates) == (0, 0)


def test_a_short_and_an_enduring_need_have_none(circuit: Of) -> None:
    short = "need-1 minimumSources 2\nx dependsOn a need=need-1"
    assert single_points(circuit(short)) == {}
    silent = "x dependsOn a layer=cloud"
    assert single_points(circuit(silent)) == {"x": ("a",)}
    assert single_points(circuit(silent, 0, "best")) == {}


def test_victims_are_single_points_turned_round() -> None:
    assert victims({}) == {}
    assert victims({"x": ("b", "a"), "y": ("a",)}) == {"a": ("x", "y"), "b": ("x",)}


# --- In pairs


PAIR = """
    x dependsOn a need=need-1
    x dependsOn b need=need-1
    y dependsOn x
    b dependsOn fab
"""


def test_a_pair_takes_down_what_neither_does_alone(circuit: Of) -> None:
    found = paired_points(circuit(PAIR))
    assert found.of == {
        "x": (("a", "b"), ("a", "fab")),
        "y": (("a", "b"), ("a", "fab")),
    }
    assert (found.tried, found.candidates) == (3, 3)


def test_a_pair_that_is_not_minimal_is_none(circuit: Of) -> None:
    both = PAIR + "a dependsOn fab"
    assert paired_points(circuit(both)).of == {"x": (("a", "b"),), "y": (("a", "b"),)}
    assert single_points(circuit(both))["x"] == ("fab",)
    only = PAIR + "x dependsOn a"
    assert paired_points(circuit(only)).of == {}


def test_three_of_which_one_is_enough_have_no_pair(circuit: Of) -> None:
    three = PAIR + "x dependsOn c need=need-1"
    assert paired_points(circuit(three)).of == {}
    assert paired_points(circuit(three + "\nneed-1 minimumSources 2")).of["x"] == (
        ("a", "b"),
        ("a", "c"),
        ("a", "fab"),
        ("b", "c"),
        ("c", "fab"),
    )


def test_a_pair_does_not_run_through_an_actor_that_is_only_impaired(circuit: Of) -> None:
    text = "Company b\n" + PAIR
    found = paired_points(circuit(text))
    assert found.of["x"] == (("a", "b"),)
    assert found.candidates == 2  # and not fab, which does not take b down


def test_a_thing_is_no_half_of_a_pair_of_its_own(circuit: Of) -> None:
    found = paired_points(circuit(PAIR + "a dependsOn x"))
    assert found.of["x"] == (("a", "b"), ("a", "fab"))
    assert found.candidates == 3  # a, b and fab, not x


def test_a_limit_on_the_first_of_a_pair_is_told(circuit: Of) -> None:
    text = """
        x dependsOn a need=need-1
        x dependsOn b need=need-1
        y dependsOn c need=need-2
        y dependsOn d need=need-2
    """
    found = paired_points(circuit(text), limit=1)
    assert (found.of, found.tried, found.candidates) == ({"x": (("a", "b"),)}, 1, 4)
    assert paired_points(circuit(text), limit=0).of == {}
    assert paired_points(circuit(text), limit=4).of == {"x": (("a", "b"),), "y": (("c", "d"),)}


def test_one_half_of_a_pair_may_go_down_with_the_other_half_of_another(circuit: Of) -> None:
    # Without c, a is down: then b alone is missing. a, b and c, b are pairs; a, c is none.
    text = """
        x dependsOn a need=need-1
        x dependsOn b need=need-1
        a dependsOn c
        c dependsOn a
    """
    assert paired_points(circuit(text)).of == {"x": (("a", "b"), ("b", "c"))}


# --- By number


def sets_of(wiring: Wires, removals: Sequence[int], down: int = -1) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for block, stopped in single_removals(wiring, removals, down):
        for node, failing in enumerate(stopped):
            found.setdefault(node, set()).update(block[bit] for bit in bits(failing))
    return found


#: 0 needs 1 and one of 2 and 3; 2 needs 4; 4 and 5 need each other.
GATES: list[NumberedGates] = [
    [((1,), 0), ((2, 3), 1)],
    [],
    [((4,), 0)],
    [],
    [((5,), 0)],
    [((4,), 0)],
]


def test_what_is_needed_comes_before_what_needs_it() -> None:
    wiring = wired(GATES, [True] * 6)
    assert sorted(node for run in wiring.order for node in run) == list(range(6))
    place = {node: at for at, run in enumerate(wiring.order) for node in run}
    for node, gates in enumerate(GATES):
        for options, _ in gates:
            assert all(place[option] <= place[node] for option in options)
    assert place[4] == place[5]
    assert [len(run) for run in wiring.order].count(1) == 4


def test_single_removals_with_one_node_gone_already() -> None:
    wiring = wired(GATES, [True] * 6)
    assert sets_of(wiring, range(6)) == {
        0: {1},
        1: set(),
        2: {4, 5},
        3: set(),
        4: {4, 5},
        5: {4, 5},
    }
    assert sets_of(wiring, range(6), down=3)[0] == {1, 2, 4, 5}
    assert sets_of(wiring, [2, 4], down=1)[0] == {2, 4}
    assert sets_of(wired(GATES, [True, True, False, True, True, True]), range(6), 3)[0] == {1, 2}


def test_a_circle_is_repeated_until_nothing_changes() -> None:
    # A long circle against the order of its nodes, in which each needs the next.
    size = 40
    gates = [[((node + 1) % size,)] for node in range(size)]
    numbered = [[(options, 0) for options in each] for each in gates]
    everything = set(range(size))
    assert set(map(frozenset, sets_of(wired(numbered, [True] * size), range(size)).values())) == {
        frozenset(everything)
    }


@pytest.mark.parametrize("width", [1, 2, 3, 8, 9])
def test_blocks_give_what_one_block_gives(
    width: int, circuit: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PAIR + "fab dependsOn grid\ngrid dependsOn fab\nx dependsOn grid need=need-1"
    whole = single_points(circuit(text)), paired_points(circuit(text))
    wiring = wires(circuit(text))
    everything = range(len(circuit(text).nodes))
    counts = counted_by_removal(wiring, everything)
    monkeypatch.setattr(cutsets, "BITS_AT_ONCE", width)
    assert len(list(single_removals(wiring, everything))) == -(-len(everything) // width)
    assert (single_points(circuit(text)), paired_points(circuit(text))) == whole
    assert counted_by_removal(wiring, everything) == counts


def test_losses_are_counted_without_the_removed_itself() -> None:
    wiring = wired(GATES, [True] * 6)
    assert counted_by_removal(wiring, range(6)) == [0, 1, 0, 0, 2, 2]
    assert counted_by_removal(wiring, [5, 1]) == [2, 1]
    assert counted_by_removal(wiring, []) == []


@pytest.mark.parametrize(
    ("sets", "wanted", "found"),
    [
        ([], 1, 0),
        ([0b101], 1, 0b101),
        ([0b101, 0b011], 1, 0b111),
        ([0b101, 0b011], 2, 0b001),
        ([0b101, 0b011], 3, 0),
        ([0b1110, 0b1101, 0b1011], 2, 0b1111),
        ([0b1110, 0b1101, 0b1011], 3, 0b1000),
        ([0b1, 0b1, 0b1, 0b0], 3, 0b1),
        ([0b1, 0b0, 0b1, 0b0], 3, 0b0),
    ],
)
def test_bits_are_counted(sets: list[int], wanted: int, found: int) -> None:
    assert at_least(sets, wanted) == found


def test_bits_are_listed_from_the_lowest() -> None:
    assert list(bits(0)) == []
    assert list(bits(1 << 8200 | 1)) == [0, 8200]
