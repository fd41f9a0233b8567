"""A picture arranged: a place for every mark, room for every label, a bend for every line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from techsov.graph.messages import LANGUAGES
from techsov.graph.records import Entity
from techsov.viz.curves import bends, holds_only
from techsov.viz.layout import STAGE, Point, Room, Ties, positions
from techsov.viz.legend import MOST_CIRCLES
from techsov.viz.picture import Circle, Picture
from techsov.viz.sentences import Teller
from techsov.viz.style import radius

#: Room between the marks of an alliance and its hull, in pixels.
HULL_ROOM = 30
#: So many of the first marks have room for their names on either side, whatever becomes of the
#: others; a little more than they need, for pages show pictures a little smaller.
NAMED_FIRST, NAMED_FIRST_TALL, ROOM_FIRST = 14, 8, 1.05
#: The stage of a screen held upright, and how much larger its marks are drawn.
TALL_STAGE, TALL_GROWTH = (560, 780), 1.1
#: Labels: height of a line, most characters on one, most lines; width in parts of the height.
LABEL_SIZE, LABEL_CHARACTERS, LABEL_LINES = 13, 20, 2
#: A single word may be so much longer before it is cut.
SPARE_CHARACTERS = 8
NARROW, WIDE = frozenset("iljtfrI.,:;'’|!()[] -"), frozenset("mwMWŒœ@%")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A place for every mark, a bend for every line, and the circles that can be hulls.

    ``radii`` are those of the marks, in pixels, as everything else.
    """

    points: Mapping[str, Point]
    bends: Mapping[str, float]
    radii: Mapping[str, int]
    hulls: frozenset[str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture arranged for a screen, and for one held upright; the same in each language."""

    picture: Picture
    wide: Arrangement
    tall: Arrangement


def place(picture: Picture, teller: Teller, reach: Mapping[str, int]) -> Placed:
    """Compute where everything in a picture stands, labels of every language fitting."""
    radii = {mark: radius(reach.get(mark, 0)) for mark in picture.marks}
    larger = {mark: round(TALL_GROWTH * size) for mark, size in radii.items()}
    return Placed(
        picture,
        wide=_arranged(picture, teller, radii, STAGE),
        tall=_arranged(picture, teller, larger, TALL_STAGE),
    )


def _cut(line: str) -> str:
    most = LABEL_CHARACTERS + SPARE_CHARACTERS
    return f"{line[: most - 1]}…" if len(line) > most else line


def _arranged(
    picture: Picture, teller: Teller, radii: Mapping[str, int], stage: tuple[int, int]
) -> Arrangement:
    first = frozenset(picture.marks[: NAMED_FIRST if stage == STAGE else NAMED_FIRST_TALL])
    rooms = {
        mark: _room(teller.records.entities[mark], radii[mark], mark in first)
        for mark in picture.marks
    }
    points = positions(rooms, _ties(picture, teller), stage)
    # Who belongs to an alliance shows as lines while it is looked at.
    ends = {fact.id: (fact.subject, fact.object) for fact in picture.facts}
    hulls = frozenset(
        circle.alliance for circle in picture.circles if _is_hull(circle, picture, points)
    )
    return Arrangement(points, bends(ends, points, radii), radii, hulls)


def _room(entity: Entity, size: int, whole: bool) -> Room:
    """Measure a mark with its label, in whichever language is longer."""
    labels = [label_box(entity.label(language)) for language in LANGUAGES]
    width = max(2 * size, *(box[0] for box in labels)) + 14
    lines = max(box[1] for box in labels)
    if not whole:
        return Room(width, 2 * size + lines + 14, 2 * size)
    return Room(ROOM_FIRST * width, ROOM_FIRST * (2 * size + 2 * lines + 14), 2 * size, whole=True)


def _is_hull(circle: Circle, picture: Picture, points: Mapping[str, Point]) -> bool:
    inside = [circle.alliance, *circle.members]
    others = [mark for mark in picture.marks if mark not in inside]
    return holds_only(inside, points, others, HULL_ROOM)


@cache
def label_box(label: str) -> tuple[float, float]:
    """Estimate the room of a label, broken as the page breaks it, in pixels."""
    lines = broken(label)
    return max(_width(line) for line in lines), len(lines) * LABEL_SIZE * 1.2


def broken(label: str) -> list[str]:
    """Break a label into lines as the page does; what is left over is cut.

    >>> broken("Centre of research into everything at once, for ever")
    ['Centre of research', 'into everything at…']
    """
    lines = [""]
    for part in label.split():
        joined = f"{lines[-1]} {part}".strip()
        if len(joined) <= LABEL_CHARACTERS or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(part)
    kept = [_cut(line) for line in lines[:LABEL_LINES]]
    if len(lines) > LABEL_LINES:
        kept[-1] = f"{kept[-1]}…"
    return kept


def _ties(picture: Picture, teller: Teller) -> Ties:
    dependent = {
        name: relation.dependent
        for name, relation in teller.schema.relations.items()
        if relation.family == "need" and relation.dependent
    }
    return Ties(
        links=tuple((fact.subject, fact.object) for fact in picture.facts),
        falls=tuple(
            (fact.subject, fact.object)
            if dependent[fact.relation] == "subject"
            else (fact.object, fact.subject)
            for fact in picture.facts
            if fact.relation in dependent
        ),
        circles=tuple(
            (circle.alliance, *circle.members) for circle in picture.circles[:MOST_CIRCLES]
        ),
    )


def _width(line: str) -> float:
    parts = [
        0.3
        if c in NARROW
        else 0.86
        if c in WIDE
        else 1.0
        if ord(c) > 0x2E7F
        else 0.68
        if c.isupper()
        else 0.56
        for c in line
    ]
    return LABEL_SIZE * sum(parts)
