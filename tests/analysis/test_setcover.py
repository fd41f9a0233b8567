import pytest

from techsov.graph.analysis.remedy.setcover import Covers, smallest_covers


def test_nothing_wanted_is_covered_by_nobody() -> None:
    assert smallest_covers({"a": 1}, 0) == Covers(0, 1, ((),))
    assert smallest_covers({}, 0) == Covers(0, 1, ((),))


def test_one_that_covers_all_is_enough() -> None:
    found = smallest_covers({"a": 0b011, "b": 0b111, "c": 0b100}, 0b111)
    assert found == Covers(1, 1, (("b",),))


def test_every_smallest_set_is_counted_and_the_first_by_name_are_shown() -> None:
    candidates = {name: 0b01 for name in "abc"} | {name: 0b10 for name in "xyz"}
    found = smallest_covers(candidates, 0b11, most=4)
    assert (found.size, found.many) == (2, 9)
    assert found.shown == (("a", "x"), ("a", "y"), ("a", "z"), ("b", "x"))


def test_names_and_not_the_order_of_arrival_decide_what_is_shown() -> None:
    one = smallest_covers({"b": 0b11, "a": 0b11}, 0b11)
    assert one == smallest_covers({"a": 0b11, "b": 0b11}, 0b11)
    assert one.shown == (("a",), ("b",))


def test_what_is_not_wanted_does_not_count() -> None:
    found = smallest_covers({"a": 0b110, "b": 0b001}, 0b010)
    assert found == Covers(1, 1, (("a",),))


def test_overlaps_are_no_harm() -> None:
    found = smallest_covers({"a": 0b0111, "b": 0b1110, "c": 0b1001}, 0b1111)
    assert (found.size, found.many) == (2, 3)


def test_greed_would_take_one_more() -> None:
    # Taking the largest first leaves two bits that nobody covers together.
    candidates = {"large": 0b011110, "left": 0b111000, "right": 0b000111}
    assert smallest_covers(candidates, 0b111111).shown == (("left", "right"),)


def test_what_nobody_covers_is_an_error() -> None:
    with pytest.raises(ValueError, match="no candidate covers 11 whole"):
        smallest_covers({"a": 0b01}, 0b11)
