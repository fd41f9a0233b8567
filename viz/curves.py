"""The lines of a picture: how far each bends, and whether a hull can go around an alliance."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Point = tuple[int, int]

#: Curvatures to try, wide steps before those between them and before wide bows; positive bends
#: clockwise.
BENDS = (
    *(0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36, 0.06, -0.06, 0.18, -0.18, 0.3, -0.3),
    *(0.42, -0.42, 0.48, -0.48, 0.54, -0.54, 0.6, -0.6, 0.72, -0.72, 0.84, -0.84),
    *(0.03, -0.03, 0.09, -0.09, 0.15, -0.15, 0.21, -0.21, 0.27, -0.27, 0.33, -0.33),
    *(0.39, -0.39, 0.45, -0.45, 0.51, -0.51, 0.57, -0.57, 0.66, -0.66, 0.78, -0.78),
    *(0.02, -0.02, 0.05, -0.05, 0.08, -0.08, 0.1, -0.1, 0.14, -0.14, 0.17, -0.17, 0.2, -0.2),
    *(0.23, -0.23, 0.26, -0.26, 0.29, -0.29, 0.32, -0.32, 0.35, -0.35, 0.38, -0.38, 0.4, -0.4),
)
#: Curvatures of lines that join the same two marks.
FAN = (
    *(0.1, -0.1, 0.26, -0.26, 0.42, -0.42, 0.58, -0.58),
    *(0.18, -0.18, 0.34, -0.34, 0.5, -0.5, 0.7, -0.7, 0.82, -0.82),
)
#: Less room than this between a line and a mark, in pixels, and it may run through it between two of
#: the points that are looked at.
BETWEEN = 1
#: Room between a line and the marks that it does not join, in pixels, and points to look at.
CLEAR, SAMPLES = 4, 97


def bends(
    ends: Mapping[str, tuple[str, str]], points: Mapping[str, Point], radii: Mapping[str, float]
) -> dict[str, float]:
    """Choose the curvature of every line: straight, unless it is one of several or hits a mark.

    Parameters
    ----------
    ends : mapping of str to (str, str)
        The marks that each line joins, by the id of the line.
    points, radii : mapping of str to (x, y) and to float
        Where each mark stands, and its radius, in pixels.

    Returns
    -------
    dict of str to float
        By line, the roundness that vis-network understands: positive clockwise, 0 straight.
    """
    names = sorted(points)
    marks = _Marks(names, points, radii)
    together = Counter(frozenset(pair) for pair in ends.values())
    taken: defaultdict[frozenset[str], set[float]] = defaultdict(set)
    chosen: dict[str, float] = {}
    for line in sorted(ends):
        begin, end = ends[line]
        pair = frozenset((begin, end))
        if begin == end:
            chosen[line] = 0.0
        elif together[pair] > 1:
            # The same side for both directions, or two lines could lie on one another.
            side = 1.0 if begin <= end else -1.0
            free = [bend for bend in FAN if bend not in taken[pair]] or list(FAN)
            best = marks.clearest(begin, end, [side * bend for bend in free])
            taken[pair].add(side * best)
            chosen[line] = best
        else:
            chosen[line] = marks.clearest(begin, end, BENDS)
    return chosen


def via_point(begin: Point, end: Point, bend: float) -> tuple[float, float]:
    """Give the control point of the curve, as vis-network computes it.

    >>> via_point((0, 0), (10, 0), 0.0)
    (5.0, 0.0)
    """
    across, up = end[0] - begin[0], begin[1] - end[1]
    angle = math.atan2(up, across) + (0.5 * bend + 0.5) * math.pi
    reach = (0.5 * abs(bend) + 0.5) * math.hypot(across, up)
    return (
        round(begin[0] + reach * math.sin(angle), 6),
        round(begin[1] + reach * math.cos(angle), 6),
    )


def holds_only(
    members: Sequence[str], points: Mapping[str, Point], others: Iterable[str], room: float
) -> bool:
    """Whether the hull of ``members``, widened by ``room`` pixels, holds the centre of no other.

    >>> square = {"a": (0, 0), "b": (9, 0), "c": (9, 9), "d": (0, 9), "in": (4, 4), "out": (99, 4)}
    >>> holds_only("abcd", square, ["out"], 5), holds_only("abcd", square, ["in"], 5)
    (True, False)
    """
    corners = hull(sorted({points[name] for name in members}))
    sides = list(zip(corners, [*corners[1:], *corners[:1]], strict=True))
    return all(_outside(points[name], sides) > room for name in others)


def hull(points: list[Point]) -> list[Point]:
    """Find the corners of the hull of sorted points, in order around it [1]_.

    .. [1] A. M. Andrew (1979), "Another efficient algorithm for convex hulls in two dimensions",
       Inf. Process. Lett. 9(5), p. 216-219.
    """
    if len(points) < 3:
        return points
    halves = []
    for ordered in (points, points[::-1]):
        chain: list[Point] = []
        for point in ordered:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        halves += chain[:-1]
    return halves


def _outside(point: Point, sides: Iterable[tuple[Point, Point]]) -> float:
    """Measure how far a point lies outside a hull; negative inside."""
    return max(-_turn(begin, end, point) / (math.dist(begin, end) or 1.0) for begin, end in sides)


def _turn(origin: Point, first: Point, second: Point) -> int:
    across = (first[0] - origin[0]) * (second[1] - origin[1])
    return across - (first[1] - origin[1]) * (second[0] - origin[0])


class _Marks:
    """The marks of a picture, that lines keep clear of."""

    def __init__(
        self, names: Sequence[str], points: Mapping[str, Point], radii: Mapping[str, float]
    ) -> None:
        self._points = points
        self._at = {name: number for number, name in enumerate(names)}
        self._x, self._y = np.array([points[name] for name in names], dtype=float).reshape(-1, 2).T
        sizes = np.array([radii[name] for name in names], dtype=float)
        self._inside, self._close = (sizes + BETWEEN) ** 2, (sizes + CLEAR) ** 2
        share = np.linspace(0, 1, SAMPLES)[:, None]
        self._parts = (1 - share) ** 2, 2 * share * (1 - share), share**2

    def clearest(self, begin: str, end: str, bends: Iterable[float]) -> float:
        """Take the first curvature whose line keeps clear of every other mark.

        If there is none, the first of those that run through the fewest, then near the fewest.
        """
        own = [self._at[begin], self._at[end]]
        found: list[tuple[int, int, int, float]] = []
        for order, bend in enumerate(bends):
            x, y = self._course(self._points[begin], self._points[end], bend)
            gaps = ((x - self._x) ** 2 + (y - self._y) ** 2).min(axis=0)
            gaps[own] = np.inf
            through, near = int((gaps < self._inside).sum()), int((gaps < self._close).sum())
            if not near:
                return bend
            found.append((through, near, order, bend))
        return min(found)[-1]

    def _course(self, begin: Point, end: Point, bend: float) -> tuple[Any, Any]:
        """Give the points of a line, one below the other: all x, and all y."""
        via = via_point(begin, end, bend)
        first, middle, last = self._parts
        return (
            first * begin[0] + middle * via[0] + last * end[0],
            first * begin[1] + middle * via[1] + last * end[1],
        )
