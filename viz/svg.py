"""The still drawing of a picture: what stands on paper, and where no script runs.

It draws what the page shows at first, from the same places, and says no more than the table does.
Lines of one look share one path, and marks of one shape and size one definition: a page carries it
in a few kilobytes.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from techsov.graph.records import Fact
from techsov.viz.arrangement import LABEL_SIZE, Arrangement, Placed, broken, label_box
from techsov.viz.curves import hull, via_point
from techsov.viz.layout import Point
from techsov.viz.legend import MOST_CIRCLES
from techsov.viz.picture import LEAST_MEMBERS, Circle, Picture
from techsov.viz.sentences import Teller
from techsov.viz.style import (
    CIRCLE_COLOURS,
    DASHES,
    GROUPS,
    INK,
    OWNER_IS_OBJECT,
    PAGE_COLOUR,
    STROKES,
    THICK,
    THIN,
    Arrow,
    Family,
    Shape,
    Stroke,
    family_of,
    stroke_of,
)

#: Room between the marks of an alliance and its outline, and around the whole, in pixels.
HULL_ROOM, MARGIN = 26, 12
#: Length and half width of an arrowhead, and the distance of a name from its mark.
HEAD, HALF, GAP = 9.0, 4.0, 4.0
LINE = 1.2 * LABEL_SIZE

Box = tuple[float, float, float, float]
Vector = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in its place; it is hollow where it stands for several."""

    at: Point
    size: int
    family: Family
    hollow: bool
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two marks; its head stands at ``tip``, or there is none.

    ``opacity`` is less than 1 where a line is one of many bundles.
    """

    begin: Mark
    end: Mark
    bend: float
    stroke: Stroke
    dash: tuple[int, ...]
    width: float
    tip: Mark | None
    opacity: float = 1.0


def still(placed: Placed, teller: Teller, title: str) -> Markup:
    """Draw a picture as it is first shown, as an SVG element.

    Only its texts come from the data, and they are escaped; it holds no script, style or link.
    """
    facts, circles = first_shown(placed.picture, teller)
    at = placed.wide
    ends = {end for fact in facts for end in (fact.subject, fact.object)}
    marks = {
        name: entity_mark(name, at, teller)
        for name in placed.picture.marks
        if name in ends or name == placed.picture.focus
    }
    in_circles = {name for _, circle in circles for name in circle.facts}
    lines = [
        fact_line(fact, marks, at.bends.get(fact.id, 0.0), teller)
        for fact in facts
        if fact.id not in in_circles
    ]
    return drawing(title, list(marks.values()), lines, circled(circles, at))


def drawing(
    title: str,
    marks: Sequence[Mark],
    lines: Sequence[Line],
    under: Iterable[str] = (),
    taken: Sequence[Box] = (),
) -> Markup:
    """Draw marks, the weightiest first, and lines, over what is drawn already.

    No name is written over the boxes that are ``taken``. Only names and the title come from the
    data, and they are escaped here.
    """
    if not marks:
        return Markup()
    names, boxes = _names(marks, taken)
    drawn = [
        *under,
        *_lines(lines),
        *_marks(marks),
        f'<g text-anchor="middle" font-size="{LABEL_SIZE}" fill="{INK}">{"".join(names)}</g>',
    ]
    left, top, right, bottom = _bounds(boxes)
    view = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    name = escape(title)
    return Markup(
        f'<svg class="still" viewBox="{view}" role="img" aria-label="{name}">{"".join(drawn)}</svg>'
    )


def entity_mark(name: str, at: Arrangement, teller: Teller) -> Mark:
    """Give the mark of an entity."""
    cls = teller.records.entities[name].cls
    hollow = cls in GROUPS
    return Mark(at.points[name], at.radii[name], family_of(cls), hollow, teller.name(name))


def fact_line(fact: Fact, marks: Mapping[str, Mark], bend: float, teller: Teller) -> Line:
    """Give the line of a fact."""
    relation = teller.schema.relations[fact.relation]
    stroke = stroke_of(relation.family)
    begin, end = marks[fact.subject], marks[fact.object]
    width = THICK if len(fact.sources) > 1 else THIN
    # A diamond stands at the owner, every other head at the object.
    owner = stroke.arrow == "diamond" and fact.relation not in OWNER_IS_OBJECT
    tip = None if relation.symmetric else begin if owner else end
    return Line(begin, end, bend, stroke, DASHES[fact.status].pattern, width, tip)


def first_shown(picture: Picture, teller: Teller) -> tuple[list[Fact], list[tuple[int, Circle]]]:
    """Choose the facts that the page shows at first, and the alliances that it then draws."""
    far = {mark for mark, steps in picture.distances.items() if steps > max(1, picture.steps)}
    off = {name for circle in picture.circles[MOST_CIRCLES:] for name in circle.facts}
    facts = [
        fact
        for fact in picture.facts
        if DASHES[fact.status].shown
        and teller.schema.relations[fact.relation].family not in picture.quiet
        and teller.standing(fact) == "now"
        and fact.id not in off
        and not far & {fact.subject, fact.object}
    ]
    kept = {fact.id: fact for fact in facts}
    circles = []
    for number, circle in enumerate(picture.circles[:MOST_CIRCLES]):
        ties = tuple(name for name in circle.facts if name in kept)
        members = tuple(sorted({kept[name].subject for name in ties}))
        if len(members) >= LEAST_MEMBERS:
            circles.append((number, Circle(circle.alliance, members, ties)))
    return facts, circles


def circled(circles: Iterable[tuple[int, Circle]], at: Arrangement) -> Iterable[str]:
    """Draw alliances: an area around members that stand together, or a ring around each."""
    rings = 0
    for number, circle in circles:
        colour = CIRCLE_COLOURS[number]
        if circle.alliance in at.hulls:
            points = sorted({at.points[name] for name in (circle.alliance, *circle.members)})
            yield (
                f'<path d="{_outline(hull(points))}" fill="{colour}" fill-opacity=".07" '
                f'stroke="{colour}" stroke-opacity=".55"/>'
            )
            continue
        away = 5 + 4 * rings
        discs = "".join(_disc(at.points[name], at.radii[name] + away) for name in circle.members)
        yield f'<path d="{discs}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        rings += 1


def _outline(corners: Sequence[Point]) -> str:
    """Go around the corners at a distance, with a rounded turn at each."""
    if len(corners) == 1:
        return _disc(corners[0], HULL_ROOM)
    steps: list[str] = []
    for begin, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        across, down = _unit(begin, end)
        shift = (down * HULL_ROOM, -across * HULL_ROOM)
        first = (begin[0] + shift[0], begin[1] + shift[1])
        last = (end[0] + shift[0], end[1] + shift[1])
        turn = f"A{HULL_ROOM} {HULL_ROOM} 0 0 1 " if steps else "M"
        steps.append(f"{turn}{_at(first)}L{_at(last)}")
    return f"{''.join(steps)}A{HULL_ROOM} {HULL_ROOM} 0 0 1 {steps[0][1:].partition('L')[0]}Z"


def _lines(lines: Iterable[Line]) -> Iterable[str]:
    """Draw the lines of each look together, then all arrowheads of each colour."""
    looks: defaultdict[tuple[str, float, tuple[int, ...], float], list[str]] = defaultdict(list)
    heads: defaultdict[tuple[Arrow, float], list[str]] = defaultdict(list)
    for line in lines:
        begin, end, stroke = line.begin.at, line.end.at, line.stroke
        via = via_point(begin, end, line.bend)
        course = f"Q{via[0]:.0f} {via[1]:.0f} {_at(end)}" if line.bend else f"L{_at(end)}"
        look = (stroke.colour, line.width, line.dash, line.opacity)
        looks[look].append(f"M{_at(begin)}{course}")
        if line.tip:
            way = _unit(via, line.tip.at)
            head = _head(stroke.arrow, line.tip.at, way, line.tip.size)
            heads[stroke.arrow, line.opacity].append(head)
    for (colour, width, dash, opacity), paths in looks.items():
        dashes = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
        yield (
            f'<path d="{"".join(paths)}" fill="none" stroke="{colour}" '
            f'stroke-width="{width:g}"{dashes}{_faint(opacity)}/>'
        )
    colours = {stroke.arrow: stroke.colour for stroke in STROKES.values()}
    for (arrow, opacity), paths in heads.items():
        filled = f'fill="none" stroke="{colours[arrow]}" stroke-width="1.5"'
        if arrow != "vee":
            filled = f'fill="{colours[arrow]}"'
        yield f'<path d="{"".join(paths)}" {filled}{_faint(opacity)}/>'


def _faint(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity:g}"'


def _head(arrow: str, centre: Point, way: Vector, size: float) -> str:
    """Draw an arrowhead whose tip touches a mark of radius ``size``."""
    x, y = centre[0] - way[0] * (size + 1), centre[1] - way[1] * (size + 1)
    back = (x - way[0] * HEAD, y - way[1] * HEAD)
    side = (-way[1] * HALF, way[0] * HALF)
    one, other = (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])
    if arrow == "diamond":
        middle = (x - way[0] * HEAD / 2, y - way[1] * HEAD / 2)
        one = (middle[0] + side[0], middle[1] + side[1])
        other = (middle[0] - side[0], middle[1] - side[1])
        return f"M{_at((x, y))}L{_at(one)}L{_at(back)}L{_at(other)}Z"
    return f"M{_at(one)}L{_at((x, y))}L{_at(other)}{'' if arrow == 'vee' else 'Z'}"


def _marks(marks: Sequence[Mark]) -> Iterable[str]:
    """Define every shape at every size once, then set the marks of each family down."""
    shapes: dict[str, str] = {}
    families: defaultdict[tuple[Family, bool], list[str]] = defaultdict(list)
    for mark in marks:
        key = f"_{mark.family.shape}{mark.size}"
        shapes[key] = f'<path id="{key}" d="{_shape(mark.family.shape, mark.size)}"/>'
        x, y = mark.at
        families[mark.family, mark.hollow].append(f'<use href="#{key}" x="{x}" y="{y}"/>')
    yield f"<defs>{''.join(shapes[key] for key in sorted(shapes))}</defs>"
    for (family, hollow), uses in families.items():
        fill, rim = (PAGE_COLOUR, family.colour) if hollow else (family.colour, PAGE_COLOUR)
        yield f'<g fill="{fill}" stroke="{rim}" stroke-width="2">{"".join(uses)}</g>'


def _shape(shape: Shape, size: float) -> str:
    """Give the outline of a mark around (0, 0), as vis-network draws it."""
    if shape == "dot":
        return _disc((0, 0), size)
    corners = [(round(x * size, 1), round(y * size, 1)) for x, y in _CORNERS[shape]]
    return f"M{'L'.join(map(_at, corners))}Z"


def _turned(count: int, *radii: float, drop: float = 0.0, start: float = 0.0) -> list[Vector]:
    angles = [start + 2 * math.pi * number / count for number in range(count)]
    return [
        (radii[n % len(radii)] * math.sin(angle), drop - radii[n % len(radii)] * math.cos(angle))
        for n, angle in enumerate(angles)
    ]


_CORNERS: Mapping[str, Sequence[Vector]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, 1), (1, 0), (0, -1), (-1, 0)),
    "triangle": _turned(3, 2.3 / math.sqrt(3), drop=0.316),
    "triangleDown": _turned(3, 2.3 / math.sqrt(3), drop=-0.316, start=math.pi),
    "star": _turned(10, 1.066, 0.41, drop=0.082),
    "hexagon": _turned(6, 1.0, start=math.pi / 2),
}


def _disc(centre: Vector, size: float) -> str:
    x, y = centre
    arc = f"a{size:g} {size:g} 0 1 1 "
    return f"M{x - size:g} {y:g}{arc}{2 * size:g} 0{arc}{-2 * size:g} 0"


def _names(marks: Sequence[Mark], taken: Sequence[Box]) -> tuple[list[str], list[Box]]:
    """Write the names that find room beside their marks, the weightiest first."""
    boxes = [*taken, *(_around(mark.at, mark.size) for mark in marks)]
    written = []
    for mark in marks:
        lines, (width, _) = broken(mark.name), label_box(mark.name)
        places = _sides(mark.at, mark.size, width, LINE * len(lines))
        box = next((place for place in places if not any(_meet(place, b) for b in boxes)), None)
        if not box:
            continue
        boxes.append(box)
        x = (box[0] + box[2]) / 2
        written += [
            f'<text x="{x:.0f}" y="{box[1] + LINE * (number + 0.8):.0f}">{escape(line)}</text>'
            for number, line in enumerate(lines)
        ]
    return written, boxes


def _around(point: Point, size: float) -> Box:
    return (point[0] - size, point[1] - size, point[0] + size, point[1] + size)


def _sides(point: Point, size: float, width: float, height: float) -> Iterable[Box]:
    (x, y), away = point, size + GAP
    for left, top in (
        (x - width / 2, y + away),
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y - away - height),
    ):
        yield (left, top, left + width, top + height)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _bounds(boxes: Sequence[Box]) -> Box:
    left, top = (min(box[side] for box in boxes) - MARGIN for side in (0, 1))
    right, bottom = (max(box[side] for box in boxes) + MARGIN for side in (2, 3))
    return (left, top, right, bottom)


def _unit(begin: Vector, end: Vector) -> Vector:
    length = math.dist(begin, end) or 1.0
    return ((end[0] - begin[0]) / length, (end[1] - begin[1]) / length)


def _at(point: Vector) -> str:
    return f"{_short(point[0])} {_short(point[1])}"


def _short(value: float) -> str:
    return f"{round(value, 1):g}"
