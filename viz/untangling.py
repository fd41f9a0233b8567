"""Small moves that make a picture easier to read: fewer crossings, no line under a mark."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pairs = NDArray[np.intp]

#: Passes over all marks; the last is the last, settled or not.
ROUNDS = 4
#: What one fault costs, against the square of a relative error of distance.
CROSSING, PASSING, RISING, STRETCH = 1.4, 2.5, 2.5, 0.6
#: By how many steps of the graph, as drawn, a fall must go down.
LEAST_FALL = 0.2
#: The part of a box's height that counts as the radius of its mark.
MARK_PART = 0.36
#: How far to look for a better place, in pixels, and in how many directions.
REACHES, DIRECTIONS = (18, 40, 75, 130, 210), 12


@dataclass(frozen=True, slots=True)
class Knot:
    """What a picture is made of, marks by number.

    ``points`` and ``sizes`` have one row per mark: x and y, width and height, in pixels.
    ``distances`` are the wanted ones, in steps; ``links`` and ``falls`` are pairs of marks, a fall
    from what depends to what is relied upon.
    """

    points: Floats
    sizes: Floats
    distances: Floats
    links: Pairs
    falls: Pairs

    @property
    def radii(self) -> Floats:
        """Room around the centre of each mark that lines should keep clear of."""
        return np.asarray(MARK_PART * self.sizes[:, 1])


def untangled(knot: Knot) -> Floats:
    """Move single marks where that makes the picture easier to read.

    Only marks that have part in a fault move: a crossing, a line under a mark, a fall that rises.
    None moves onto another or out of the rectangle that the marks already cover. At most
    ``ROUNDS`` passes are made.
    """
    points = knot.points.copy()
    knot = Knot(points, knot.sizes, knot.distances, knot.links, knot.falls)
    if len(points) < 3 or not len(knot.links):
        return points
    unit = _unit(knot)
    limits = np.abs(points).max(axis=0) + 1e-6
    for _ in range(ROUNDS):
        faulty = np.flatnonzero(_faulty(knot, unit))
        moved = [_improve(knot, int(mark), unit, limits) for mark in faulty]
        if not any(moved):
            break
    return points


def covered(
    candidates: Floats, mark: int, others: Pairs, points: Floats, sizes: Floats
) -> NDArray[np.bool_]:
    """Which of the candidate places of a mark would lie on one of the others."""
    centres = points[others]
    rooms = (sizes[mark] + sizes[others]) / 2 - 1e-6
    beside = np.abs(candidates[:, None, 0] - centres[:, 0]) < rooms[:, 0]
    above = np.abs(candidates[:, None, 1] - centres[:, 1]) < rooms[:, 1]
    return np.asarray((beside & above).any(axis=1))


def _faulty(knot: Knot, unit: float) -> NDArray[np.bool_]:
    """Which marks have part in a fault."""
    points, (begins, ends) = knot.points, knot.links.T
    here, there = points[begins], points[ends]
    aside = _turn(here[:, None], there[:, None], here) * _turn(here[:, None], there[:, None], there)
    crossing = (aside < -1e-6) & (aside.T < -1e-6)
    near = _nearness(points, here[:, None], there[:, None]) < knot.radii**2
    rows = np.arange(len(begins))
    near[rows, begins] = near[rows, ends] = False
    upper, lower = knot.falls.T
    rising = points[lower, 1] - points[upper, 1] < LEAST_FALL * unit
    found = np.array(near.any(axis=0))
    found[knot.links[crossing.any(axis=1) | near.any(axis=1)]] = True
    found[knot.falls[rising]] = True
    return np.asarray(found)


def _improve(knot: Knot, mark: int, unit: float, limits: Floats) -> bool:
    """Move one mark to the best place near it, in place; say whether it moved."""
    points = knot.points
    candidates = np.vstack([points[mark], points[mark] + _offsets()])
    others = np.flatnonzero(np.arange(len(points)) != mark)
    barred = covered(candidates, mark, others, points, knot.sizes)
    barred |= (np.abs(candidates) > limits).any(axis=1)
    barred[0] = False
    candidates = candidates[~barred]
    costs = _cost(candidates, mark, knot, unit)
    best = int(costs.argmin())
    if costs[best] > costs[0] - 1e-6:
        return False
    points[mark] = candidates[best]
    return True


@cache
def _offsets() -> Floats:
    turns = np.linspace(0, 2 * math.pi, DIRECTIONS, endpoint=False)
    ring = np.stack([1.3 * np.cos(turns), np.sin(turns)], axis=1)
    return np.vstack([reach * ring for reach in REACHES])


def _unit(knot: Knot) -> float:
    """Pixels per step of the graph, as drawn."""
    apart = np.linalg.norm(knot.points[:, None] - knot.points[None, :], axis=2)
    wanted = knot.distances > 0
    return float((apart[wanted] / knot.distances[wanted]).mean())


def _cost(candidates: Floats, mark: int, knot: Knot, unit: float) -> Floats:
    """Add up what each candidate place of a mark costs, by ``CROSSING`` and its like."""
    points, links = knot.points, knot.links
    others = np.arange(len(points)) != mark
    gaps = candidates[:, None] - points[None, others]
    apart = np.hypot(gaps[:, :, 0], gaps[:, :, 1]) / unit
    wanted = knot.distances[mark, others]
    cost = STRETCH * (((apart - wanted) / wanted) ** 2).sum(axis=1)
    own = (links == mark).any(axis=1)
    begins, ends = points[links[~own, 0]], points[links[~own, 1]]
    partners = np.unique(links[own][links[own] != mark])
    cost += CROSSING * _crossings(candidates, points[partners], begins, ends)
    cost += PASSING * _passes(candidates, mark, partners, knot)
    under = _nearness(candidates[:, None], begins[None], ends[None]) < knot.radii[mark] ** 2
    cost += PASSING * under.sum(axis=1)
    return np.asarray(cost + RISING * _rises(candidates, mark, knot, LEAST_FALL * unit))


def _rises(candidates: Floats, mark: int, knot: Knot, least: float) -> Floats:
    """How many falls of the mark would not go down by ``least`` pixels."""
    heights = knot.points[:, 1]
    lower = heights[knot.falls[knot.falls[:, 0] == mark, 1]]
    upper = heights[knot.falls[knot.falls[:, 1] == mark, 0]]
    down = lower[None] - candidates[:, 1, None] < least
    up = candidates[:, 1, None] - upper[None] < least
    return np.asarray(down.sum(axis=1) + up.sum(axis=1), dtype=float)


def _crossings(candidates: Floats, goals: Floats, begins: Floats, ends: Floats) -> Floats:
    """How many lines the lines from each candidate to the goals would cross."""
    here, there = candidates[:, None, None], goals[None, :, None]
    low, high = begins[None, None], ends[None, None]
    one = _turn(here, there, low) * _turn(here, there, high)
    two = _turn(low, high, here) * _turn(low, high, there)
    return np.asarray(((one < -1e-6) & (two < -1e-6)).sum(axis=(1, 2)), dtype=float)


def _turn(origin: Floats, first: Floats, second: Floats) -> Floats:
    a, b = first - origin, second - origin
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])


def _passes(candidates: Floats, mark: int, partners: Pairs, knot: Knot) -> Floats:
    """How many marks the lines from each candidate to its partners would pass through."""
    goals = knot.points[partners]
    near = _nearness(knot.points[None, None], candidates[:, None, None], goals[None, :, None])
    hit = near < knot.radii[None, None] ** 2
    hit[:, :, mark] = False
    hit[:, np.arange(len(partners)), partners] = False
    return np.asarray(hit.sum(axis=(1, 2)), dtype=float)


def _nearness(point: Floats, begin: Floats, end: Floats) -> Floats:
    """Square of the distance from points to segments; the shapes are broadcast together."""
    along_x, along_y = end[..., 0] - begin[..., 0], end[..., 1] - begin[..., 1]
    from_x, from_y = point[..., 0] - begin[..., 0], point[..., 1] - begin[..., 1]
    length = np.maximum(along_x**2 + along_y**2, 1e-9)
    share = np.minimum(np.maximum((from_x * along_x + from_y * along_y) / length, 0), 1)
    return np.asarray((from_x - share * along_x) ** 2 + (from_y - share * along_y) ** 2)
