"""Where the marks of a picture stand: computed once, the same each time, never moved by the page.

Distances in the picture follow distances in the graph (stress majorisation [1]_), what is relied
upon sinks below what relies on it, and no mark with its label lies on another.

.. [1] E. Gansner, Y. Koren and S. North (2004), "Graph Drawing by Stress Majorization", GD 2004.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from techsov.viz.untangling import Floats, Knot, Pairs, covered, untangled

Point = tuple[int, int]

#: Width and height of the stage for which positions are computed, in pixels.
STAGE = (1000, 700)
SEED = 7
#: Steps of each phase; every phase ends, settled or not.
STRESS_ROUNDS, PUSH_ROUNDS = 240, 60
#: No mark moves further in a round, in steps of the graph: the drawing has settled.
SETTLED = 0.002
#: The least height by which something relied upon stands below, in steps of the graph.
FALL = 0.6
#: So many links make a mark so crowded that its steps count double.
CROWD = 16
#: How much of the stage the marks and labels may cover before they are taken as smaller.
MOST_COVER = 0.62
#: Between two marks, whatever becomes of their labels.
CORE_GAP = 10


@dataclass(frozen=True, slots=True)
class Room:
    """What a mark takes with its label, centred on the mark, in pixels.

    ``core`` is the diameter of the mark alone. A room that is ``whole`` is never taken as smaller,
    because its name matters most.
    """

    width: float
    height: float
    core: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Ties:
    """What binds marks together.

    ``links`` are pairs; ``falls`` are pairs (dependent, relied upon); ``circles`` are sets that
    should sit together.
    """

    links: tuple[tuple[str, str], ...]
    falls: tuple[tuple[str, str], ...]
    circles: tuple[tuple[str, ...], ...]


def positions(
    rooms: Mapping[str, Room], ties: Ties, stage: tuple[int, int] = STAGE
) -> dict[str, Point]:
    """Place every mark with its label.

    Parameters
    ----------
    rooms : mapping of str to Room
        What each mark takes.
    ties : Ties
        Pairs and sets of the keys of ``rooms``; pairs of one mark with itself are ignored.
    stage : (int, int)
        Width and height whose proportions the picture takes, in pixels.

    Returns
    -------
    dict of str to (x, y)
        Whole pixels around (0, 0), y growing downwards. Rooms do not overlap, unless they cover
        more of the stage than ``MOST_COVER``: then those that are not whole are taken as smaller,
        down to their cores. The result does not depend on the order of ``rooms`` or of the pairs.
    """
    names = sorted(rooms)
    if not names:
        return {}
    sketch = _sketch(tuple(names), ties)
    sizes = _sizes([rooms[name] for name in names], stage)
    points = _to_stage(sketch.points, sizes, stage)
    points = _apart(_push(points, sizes), sizes)
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    points = untangled(Knot(points, sizes, sketch.distances, sketch.links, sketch.falls))
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return {name: (round(points[i, 0]), round(points[i, 1])) for i, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A picture without sizes: marks by number, the wanted distances, and the drawn points."""

    links: Pairs
    falls: Pairs
    distances: Floats
    points: Floats


@lru_cache(maxsize=1)
def _sketch(names: tuple[str, ...], ties: Ties) -> _Sketch:
    """Draw what is the same for every stage; a picture is placed on one after the other."""
    index = {name: number for number, name in enumerate(names)}
    links, falls = _pairs(ties.links, index), _pairs(ties.falls, index)
    distances = _distances(len(names), links, [[index[m] for m in c] for c in ties.circles])
    return _Sketch(links, falls, distances, _stress(distances, falls))


def _pairs(pairs: Iterable[tuple[str, str]], index: Mapping[str, int]) -> Pairs:
    numbers = sorted({(index[a], index[b]) for a, b in pairs if a != b})
    return np.array(numbers, dtype=np.intp).reshape(-1, 2)


def _distances(count: int, links: Pairs, circles: list[list[int]]) -> Floats:
    """Count steps between marks, longer around crowded ones and short within a circle."""
    steps = np.full((count, count), np.inf)
    np.fill_diagonal(steps, 0)
    degrees = np.bincount(links.ravel(), minlength=count)
    for a, b in links:
        crowd = min(max(int(degrees[a]), int(degrees[b])) / CROWD, 1.0)
        steps[a, b] = steps[b, a] = 1 + crowd
    for middle in range(count):
        np.minimum(steps, steps[:, middle, None] + steps[None, middle, :], out=steps)
    reached = steps[np.isfinite(steps)]
    steps[~np.isfinite(steps)] = max(2.5, 0.75 * float(reached.max()))
    for circle in circles:
        within = np.ix_(circle, circle)
        steps[within] = np.minimum(steps[within], 1.3)
    return steps


def _sizes(rooms: list[Room], stage: tuple[int, int]) -> Floats:
    """Shrink what may shrink, until all cover no more of the stage than they should."""
    sizes = np.array([(room.width, room.height) for room in rooms])
    cores = np.array([room.core + CORE_GAP for room in rooms])[:, None]
    whole = np.array([room.whole for room in rooms])[:, None]
    areas = sizes.prod(axis=1, keepdims=True)
    left = MOST_COVER * stage[0] * stage[1] - float(areas[whole].sum())
    rest = float(areas[~whole].sum())
    factor = math.sqrt(min(1.0, max(0.0, left / rest))) if rest else 1.0
    return np.where(whole, sizes, np.maximum(sizes * factor, np.minimum(cores, sizes)))


def _stress(distances: Floats, falls: Pairs) -> Floats:
    """Draw distances in the graph as distances in the plane, with y growing downwards."""
    count = len(distances)
    points = _scaled_start(distances)
    if count < 3:
        return points
    weights = np.where(distances > 0, 1 / np.maximum(distances, 0.1) ** 2, 0.0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    strengths = -weights * distances
    upper, lower = falls.T
    for _ in range(STRESS_ROUNDS):
        x, y = points.T
        pull = strengths / np.maximum(np.hypot(x[:, None] - x, y[:, None] - y), 1e-9)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        before, points = points, inverse @ (pull @ points)
        if len(falls):
            lack = 0.2 * np.maximum(0, FALL - (points[lower, 1] - points[upper, 1]))
            points[:, 1] += np.bincount(lower, lack, count) - np.bincount(upper, lack, count)
        if np.abs(points - before).max() < SETTLED:
            break
    return points


def _scaled_start(distances: Floats) -> Floats:
    """Classical scaling, with a little seeded noise so that no two marks coincide."""
    count = len(distances)
    centre = np.eye(count) - 1 / count
    _, vectors = np.linalg.eigh(-0.5 * centre @ (distances**2) @ centre)
    axes = vectors[:, ::-1][:, :2] if count > 1 else np.zeros((count, 2))
    largest = np.abs(axes).argmax(axis=0)
    signs = np.sign(axes[largest, range(axes.shape[1])])
    noise = np.random.default_rng(SEED).normal(scale=0.05, size=(count, 2))
    return np.asarray(axes * np.where(signs == 0, 1, signs) * math.sqrt(count) + noise)


def _to_stage(points: Floats, sizes: Floats, stage: tuple[int, int]) -> Floats:
    """Stretch to the proportions of the stage, within reason."""
    room = np.array(stage) - sizes.max(axis=0)
    low, high = points.min(axis=0), points.max(axis=0)
    spread = np.maximum(high - low, 1e-6)
    factors = np.maximum(room, 1) / spread
    least = float(factors.min())
    return np.asarray((points - (low + high) / 2) * np.minimum(factors, 2.2 * least))


def _push(points: Floats, sizes: Floats) -> Floats:
    """Push overlapping boxes apart, each pair along the axis on which they overlap least."""
    points = points.copy()
    rooms = (sizes[:, None] + sizes[None, :]) / 2
    rooms[range(len(points)), range(len(points))] = -np.inf
    # Of two on the same spot, the first goes left and up.
    aside = 1 - 2 * np.tri(len(points), k=-1)
    for _ in range(PUSH_ROUNDS):
        gaps = [points[:, None, axis] - points[None, :, axis] for axis in (0, 1)]
        lacks = [rooms[:, :, axis] - np.abs(gaps[axis]) for axis in (0, 1)]
        hit = (lacks[0] > 0) & (lacks[1] > 0)
        if not hit.any():
            break
        sideways = lacks[0] < lacks[1]
        for axis, chosen in ((0, hit & sideways), (1, hit & ~sideways)):
            sign = np.where(gaps[axis] == 0, aside, np.sign(gaps[axis]))
            points[:, axis] += (np.where(chosen, lacks[axis], 0) * sign).sum(axis=1) / 3
    return points


def _apart(points: Floats, sizes: Floats) -> Floats:
    """Set the boxes down one by one, each on the nearest free place: this ends without overlap."""
    centre = np.median(points, axis=0)
    order = np.argsort(((points - centre) ** 2).sum(axis=1), kind="stable")
    points = points.copy()
    for number, mark in enumerate(order):
        for offsets in _spiral():
            candidates = points[mark] + offsets
            free = ~covered(candidates, int(mark), order[:number], points, sizes)
            if free.any():
                points[mark] = candidates[int(free.argmax())]
                break
    return points


@cache
def _spiral() -> list[Floats]:
    """Offsets at growing distance, wider than high as the stage is, in batches of growing size."""
    rings = [
        (7.0 * ring * math.cos(turn), 5.0 * ring * math.sin(turn))
        for ring in range(1, 400)
        for turn in np.linspace(0, 2 * math.pi, 24, endpoint=False) + 0.13 * ring
    ]
    offsets = np.array([(0.0, 0.0), *rings])
    return [offsets[:1], offsets[1:121], offsets[121:601], offsets[601:]]
