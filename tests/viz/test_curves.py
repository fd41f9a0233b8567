"""Lines: parallel ones lie apart, and a line bends around a mark that stands in its way."""

import pytest

from techsov.viz.curves import bends, holds_only

POINTS = {"a": (0, 0), "b": (200, 0), "c": (100, 0), "d": (100, 150)}
RADII = dict.fromkeys(POINTS, 10)


def test_a_single_line_is_straight() -> None:
    assert bends({"f": ("a", "d")}, POINTS, RADII) == {"f": 0.0}


def test_a_line_bends_around_a_mark() -> None:
    assert bends({"f": ("a", "b")}, POINTS, RADII)["f"] != 0


@pytest.mark.parametrize("second", [("a", "d"), ("d", "a")])
def test_lines_between_the_same_two_lie_apart(second: tuple[str, str]) -> None:
    chosen = bends({"f": ("a", "d"), "g": second, "h": ("a", "d")}, POINTS, RADII)
    sides = {
        name: bend * (1 if ends == ("a", "d") else -1)
        for (name, bend), ends in zip(chosen.items(), [("a", "d"), second, ("a", "d")], strict=True)
    }
    assert len(set(sides.values())) == 3


def test_a_hull_on_one_line_holds_what_is_near_it() -> None:
    row = {"a": (0, 0), "b": (50, 0), "c": (100, 0), "near": (70, 10), "far": (70, 60)}
    assert not holds_only(["a", "b", "c"], row, ["near"], 30)
    assert holds_only(["a", "b", "c"], row, ["far"], 30)
