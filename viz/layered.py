"""Places by layer: each band of the stack is a strip, and what it holds stands in rows [1]_.

The order within a band follows the ties (barycentres), places within a row are even, and a new
mark moves few others.

.. [1] K. Sugiyama, S. Tagawa and M. Toda (1981), "Methods for Visual Understanding of Hierarchical
   System Structures", IEEE Trans. Syst. Man Cybern. 11(2), p. 109-125.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from techsov.viz.layout import Point, Room

#: How much the ties of a mark weigh in its order, against its place in the alphabet of its band.
PULL = 0.85
#: Room above and below the rows of a band, in pixels.
BAND_ROOM = 4
#: The part of the width that stays free at the right, for the names of the last marks.
MARGIN = 0.04
#: Widths to try, in parts of that of the stage, from the narrowest.
GROWTH, MOST_GROWTH = 1.03, 60


@dataclass(frozen=True, slots=True)
class Strip:
    """One band: its id, and where it begins and ends, in pixels downwards."""

    band: str
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Layers:
    """A place for every mark, and the bands from ``left`` to ``right``, in pixels.

    ``title`` is the room for their titles, from ``left`` on, and ``row`` the length of a row.
    """

    points: Mapping[str, Point]
    strips: tuple[Strip, ...]
    left: int
    right: int
    title: int
    row: int


def layered(
    bands: Sequence[tuple[str, Sequence[str]]],
    rooms: Mapping[str, Room],
    links: Iterable[tuple[str, str]],
    stage: tuple[int, int],
    title: float,
) -> Layers:
    """Place every mark in its band.

    Parameters
    ----------
    bands : sequence of (str, sequence of str)
        From the top to the bottom, each with its marks; a band without any takes no room.
    rooms : mapping of str to Room
        What each mark takes with its label.
    links : iterable of (str, str)
        Pairs of marks that a line joins.
    stage : (int, int)
        Width and height; the whole is as wide as needed to keep their proportions.
    title : float
        The part of the width that is left to the titles of the bands.

    Returns
    -------
    Layers
        Around (0, 0), y growing downwards. No room of one mark meets that of another. The result
        does not depend on the order of ``links`` or within a band.
    """
    filled = [(band, sorted(marks)) for band, marks in bands if marks]
    order = _ordered([marks for _, marks in filled], links)
    named = [(band, marks) for (band, _), marks in zip(filled, order, strict=True)]
    width = _width(named, rooms, stage, title)
    gutter, room = round(title * width), _room_for_rows(width, title)
    rows = [(band, _rows(marks, rooms, room)) for band, marks in named]
    points: dict[str, Point] = {}
    strips: list[Strip] = []
    top = -_height(named, rooms, room) / 2
    for band, lines in rows:
        bottom = top + BAND_ROOM
        for line in lines:
            high = max(rooms[mark].height for mark, _ in line)
            for mark, x in line:
                points[mark] = (round(x + gutter - width / 2), round(bottom + high / 2))
            bottom += high
        bottom += BAND_ROOM
        strips.append(Strip(band, round(top), round(bottom)))
        top = bottom
    return Layers(points, tuple(strips), round(-width / 2), round(width / 2), gutter, round(room))


def _room_for_rows(width: float, title: float) -> float:
    return width * (1 - title - MARGIN)


def _ordered(bands: list[list[str]], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Order each band, from the bottom up, by the mean place of what its marks are tied to.

    One pass, with places that are not made even in between, and part of each mark's own place:
    further passes save few crossings, and let one new mark move most of the others.
    """
    near: defaultdict[str, list[str]] = defaultdict(list)
    home = {mark: number for number, marks in enumerate(bands) for mark in marks}
    for a, b in sorted(set(links)):
        if home[a] != home[b]:
            near[a].append(b)
            near[b].append(a)
    own = {
        mark: (number + 0.5) / len(marks) for marks in bands for number, mark in enumerate(marks)
    }
    place = dict(own)
    for marks in reversed(bands):
        place |= {
            mark: PULL * sum(place[other] for other in near[mark]) / len(near[mark])
            + (1 - PULL) * own[mark]
            for mark in marks
            if near[mark]
        }
    return [sorted(marks, key=lambda mark: (round(place[mark], 6), mark)) for marks in bands]


def _width(
    bands: Sequence[tuple[str, Sequence[str]]],
    rooms: Mapping[str, Room],
    stage: tuple[int, int],
    title: float,
) -> float:
    """Find the least width at which the bands are no higher than the stage's proportions allow."""
    widest = max((rooms[mark].width for _, marks in bands for mark in marks), default=0)
    width = max(stage[0] * GROWTH**-20, widest / (1 - title - MARGIN))
    for _ in range(MOST_GROWTH):
        if _height(bands, rooms, _room_for_rows(width, title)) / width <= stage[1] / stage[0]:
            break
        width *= GROWTH
    return width


def _height(
    bands: Sequence[tuple[str, Sequence[str]]], rooms: Mapping[str, Room], width: float
) -> float:
    return sum(
        2 * BAND_ROOM
        + sum(max(rooms[mark].height for mark, _ in line) for line in _rows(marks, rooms, width))
        for _, marks in bands
    )


def _rows(
    marks: Sequence[str], rooms: Mapping[str, Room], width: float
) -> list[list[tuple[str, float]]]:
    """Deal the marks of a band out to rows, in turn, so that each row spans the whole width."""
    total = sum(rooms[mark].width for mark in marks)
    count = max(1, ceil(total / width))
    while count < len(marks):
        if all(
            sum(rooms[mark].width for mark in marks[row::count]) <= width for row in range(count)
        ):
            break
        count += 1
    wanted: dict[str, float] = {}
    before = 0.0
    for mark in marks:
        wanted[mark] = width * (before + rooms[mark].width / 2) / total
        before += rooms[mark].width
    return [_even(marks[row::count], wanted, rooms, width) for row in range(count)]


def _even(
    marks: Sequence[str], wanted: Mapping[str, float], rooms: Mapping[str, Room], width: float
) -> list[tuple[str, float]]:
    """Set the marks of a row as near as may be to where they want to stand, without overlap."""
    least, places = 0.0, []
    for mark in marks:
        half = rooms[mark].width / 2
        places.append(max(wanted[mark], least + half))
        least = places[-1] + half
    most = width
    for number in range(len(marks) - 1, -1, -1):
        half = rooms[marks[number]].width / 2
        places[number] = min(places[number], most - half)
        most = places[number] - half
    return list(zip(marks, places, strict=True))
