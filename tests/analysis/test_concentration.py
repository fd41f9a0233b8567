from fractions import Fraction

import pytest

from techsov.graph.analysis.markets.concentration import (
    YARDSTICKS,
    Block,
    Bounds,
    band,
    by_firm,
    by_law,
    shown,
)
from techsov.graph.errors import UndefinedMeasure


def of(*numbers: float) -> list[Fraction]:
    return [Fraction(str(number)) for number in numbers]


def block(total: float, firms: int | None = None, **limits: float | bool) -> Block:
    return Block(
        Fraction(str(total)),
        firms,
        floor=Fraction(str(limits.get("floor", 0))),
        cap=Fraction(str(limits["cap"])) if "cap" in limits else None,
        leading=bool(limits.get("leading", False)),
    )


def ends(bounds: Bounds) -> tuple[float, float | None]:
    return float(bounds.low), None if bounds.high is None else float(bounds.high)


# --- Exact


@pytest.mark.parametrize(
    ("shares", "hhi"),
    [([100], 10000), ([50, 50], 5000), ([62, 21, 17], 4574), ([36, 34, 25, 5], 3102)],
)
def test_known_shares_give_one_value(shares: list[float], hhi: int) -> None:
    found = by_firm(of(*shares))
    assert found.hhi == Bounds(Fraction(hhi), Fraction(hhi))
    assert found.hhi.exact
    assert found.equivalent == Bounds(Fraction(10000, hhi), Fraction(10000, hhi))


def test_the_equivalent_number_of_equal_firms_is_their_number() -> None:
    assert ends(by_firm(of(20, 20, 20, 20, 20)).equivalent) == (5, 5)


def test_the_three_largest_are_summed_whatever_the_order() -> None:
    assert ends(by_firm(of(5, 40, 10, 30, 15)).largest) == (85, 85)


@pytest.mark.parametrize(
    ("shares", "count"), [([75, 25], 1), ([74, 26], 2), ([40, 35, 25], 2), ([25] * 4, 3)]
)
def test_so_many_firms_reach_three_quarters(shares: list[float], count: int) -> None:
    assert ends(by_firm(of(*shares)).to_most) == (count, count)


# --- Bounds


def test_a_rest_of_unknown_firms_adds_nothing_or_its_square() -> None:
    found = by_firm(of(60), [block(40)])
    assert ends(found.hhi) == (3600, 5200)
    assert ends(found.largest) == (60, 100)
    assert ends(found.to_most) == (2, None)
    assert ends(found.equivalent) == pytest.approx((10000 / 5200, 10000 / 3600))


def test_nothing_bounds_the_number_of_equal_firms_where_no_share_is_known() -> None:
    found = by_firm([], [block(100)])
    assert ends(found.hhi) == (0, 10000)
    assert ends(found.equivalent) == (1, None)
    assert ends(found.to_most) == (1, None)


def test_firms_that_are_counted_share_evenly_at_least() -> None:
    found = by_firm(of(70), [block(30, firms=3)])
    assert ends(found.hhi) == (4900 + 300, 4900 + 900)
    assert ends(found.to_most) == (2, 2)


@pytest.mark.parametrize(
    ("cap", "most"), [(40, 1600), (20, 800), (15, 15**2 * 2 + 100), (1, 40), (0.5, 20)]
)
def test_a_cap_bounds_from_above(cap: float, most: float) -> None:
    found = by_firm(of(60), [block(40, cap=cap)])
    assert ends(found.hhi) == (3600, 3600 + most)


def test_a_floor_bounds_from_below_by_how_many_firms_there_can_be() -> None:
    found = by_firm(of(60), [block(40, floor=9)])  # at most four of them
    assert ends(found.hhi) == (3600 + 4 * 100, 3600 + 1600)


def test_a_floor_goes_to_each_first_then_up_to_the_cap_in_turn() -> None:
    found = by_firm(of(60), [block(40, firms=5, floor=2, cap=15)])
    assert ends(found.hhi) == (3600 + 5 * 64, 3600 + 2 * 225 + 36 + 2 * 4)


def test_one_firm_is_known_although_it_stands_in_a_block() -> None:
    assert by_firm(of(60), [block(40, firms=1)]) == by_firm(of(60, 40))


def test_a_block_of_nothing_changes_nothing() -> None:
    assert by_firm(of(60, 40), [block(0), block(0, firms=3)]) == by_firm(of(60, 40))


@pytest.mark.parametrize(
    ("shares", "blocks", "total"),
    [
        ([60, 50], [], "110"),
        ([60], [], "60"),
        ([60], [block(50)], "110"),
        ([33.3, 33.3, 33.3], [], "99.9"),
    ],
)
def test_what_does_not_add_up_has_no_concentration(
    shares: list[float], blocks: list[Block], total: str
) -> None:
    with pytest.raises(UndefinedMeasure) as error:
        by_firm(of(*shares), blocks)
    assert (error.value.message, error.value.values) == (
        "concentration.not-whole",
        {"total": total},
    )


@pytest.mark.parametrize(
    "impossible",
    [
        block(40, firms=2, cap=19),
        block(40, firms=3, floor=14),
        block(40, floor=21, cap=39),  # one firm is too small, two are too large
        block(40, firms=2, cap=0),
    ],
)
def test_limits_that_contradict_each_other_have_no_concentration(impossible: Block) -> None:
    with pytest.raises(UndefinedMeasure) as error:
        by_firm(of(60), [impossible])
    assert error.value.message == "concentration.impossible"


# --- Where some lead: the example of the framework note, Europe 2024


LEADERS = block(70, firms=3, floor=2, leading=True)


def test_the_worked_example_by_provider() -> None:
    found = by_firm(of(2, 2), [LEADERS, block(11, cap=2), block(15)])
    assert found.hhi == Bounds(3 * Fraction(70, 3) ** 2 + 8, Fraction(4422))
    assert int(found.hhi.low) == 1641
    assert ends(found.largest) == (70, 70)


def test_the_worked_example_by_law() -> None:
    found = by_law(of(70, 15), Fraction(15))
    assert ends(found.hhi) == (5125, 7450)
    assert ends(found.to_most) == (1, 2)


def test_the_split_of_those_who_lead_caps_the_others() -> None:
    # With a smallest leader of m: (70 - m)² + m² + k·m² + …; at m = 10 60² + 10² + 3 · 10², and
    # at m = 30 40² + 30² + 30². Without a floor, m = 0 gives 70².
    found = by_firm([], [block(70, firms=2, leading=True), block(30)])
    assert ends(found.hhi) == (2450, 4900)
    floored = by_firm([], [block(70, firms=2, floor=10, leading=True), block(30)])
    assert ends(floored.hhi) == (2450, 4000)


def test_the_others_cannot_be_larger_than_an_even_split_of_those_who_lead() -> None:
    # The more even the leader's split, the larger the others: 2 · 20² + 60 as three times 20.
    found = by_firm([], [block(40, firms=2, floor=20, leading=True), block(60)])
    assert ends(found.hhi) == (800, 800 + 3 * 400)


def test_others_that_are_counted_may_be_too_large_for_the_leaders() -> None:
    with pytest.raises(UndefinedMeasure) as error:
        by_firm([], [block(40, firms=4, leading=True), block(60, firms=3)])
    assert error.value.message == "concentration.impossible"


# --- Over laws


def test_an_unknown_law_may_be_the_largest_or_each_another() -> None:
    found = by_law(of(50, 20), Fraction(30))
    assert ends(found.hhi) == (2900, 80**2 + 20**2)
    assert ends(found.largest) == (70, 100)
    assert ends(found.to_most) == (1, None)


def test_where_no_law_is_known_nothing_is() -> None:
    assert ends(by_law([], Fraction(100)).hhi) == (0, 10000)


def test_where_every_law_is_known_the_figure_is_exact() -> None:
    assert by_law(of(60, 40), Fraction(0)) == by_firm(of(60, 40))


def test_laws_must_add_up() -> None:
    with pytest.raises(UndefinedMeasure):
        by_law(of(60, 20), Fraction(10))


# --- Yardsticks


@pytest.mark.parametrize(
    ("yardstick", "hhi", "place"),
    [
        ("eu", 999, 0),
        ("eu", 1000, 1),
        ("eu", 2000, 1),
        ("eu", 2001, 2),
        ("us", 1800, 0),
        ("us", 1801, 1),
        ("cbs", 1499, 0),
        ("cbs", 1500, 1),
        ("cbs", 2499, 1),
        ("cbs", 2500, 2),
    ],
)
def test_a_value_has_its_place_on_each_yardstick(yardstick: str, hhi: int, place: int) -> None:
    assert band(Bounds(Fraction(hhi), Fraction(hhi)), yardstick) == place


@pytest.mark.parametrize(
    ("low", "high", "place"), [(1641, 4422, None), (5125, 7450, 2), (0, 999, 0), (0, 1000, None)]
)
def test_bounds_have_a_place_only_if_both_fall_into_the_same(
    low: int, high: int, place: int | None
) -> None:
    assert band(Bounds(Fraction(low), Fraction(high)), "eu") == place


def test_every_yardstick_rises() -> None:
    for limits in YARDSTICKS.values():
        numbers = [limit for limit, _ in limits]
        assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("value", "text"), [("70", "70"), ("94.4", "94.4"), ("100.25", "100.25"), ("110", "110")]
)
def test_a_total_reads_as_a_decimal(value: str, text: str) -> None:
    assert shown(Fraction(value)) == text
