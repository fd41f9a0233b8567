"""The still drawing of the map: its bands, and in them what the page draws before a group opens."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from techsov.graph.records import Fact
from techsov.viz.arrangement import LABEL_SIZE
from techsov.viz.atlas import Atlas
from techsov.viz.curves import bends
from techsov.viz.layered import Layers, Strip
from techsov.viz.layout import Point
from techsov.viz.picture import Circle
from techsov.viz.sentences import Teller
from techsov.viz.strata import Strata, group_label
from techsov.viz.style import (
    DASHES,
    FAMILIES,
    INK,
    OWNER_IS_OBJECT,
    STROKES,
    THIN,
    stroke_of,
)
from techsov.viz.svg import (
    LINE,
    Box,
    Line,
    Mark,
    circled,
    drawing,
    entity_mark,
    fact_line,
    first_shown,
)

#: How much of a bundle, and of the ground of every second band, is left, as on the page.
LIGHT, TINT = 0.35, 0.035
#: The least status that a bundle shows is that of its firmest fact, in this order.
FIRMEST = ("stated", "planned", "claimed", "hypothetical", "denied", "inferred")
#: The distance of the title of a band from its edge, in pixels.
INSET = 6

Bundle = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class First:
    """What the map first shows: its marks, its lines and bundles, and how far each of these bends.

    ``circles`` are the alliances that are drawn, by their number.
    """

    marks: Mapping[str, Mark]
    lines: Sequence[Fact]
    bundles: Mapping[Bundle, Sequence[Fact]]
    bends: Mapping[str, float]
    circles: Sequence[tuple[int, Circle]]


def first_map(strata: Strata, teller: Teller) -> First:
    """Find what the map shows before a group opens or a switch is turned, on a wide screen."""
    facts, circles = first_shown(strata.atlas.picture, teller)
    shown = {end for fact in facts for end in (fact.subject, fact.object)}
    marks = _marks(strata, shown, teller)
    lines, bundles = _folded(strata.atlas, facts, circles, teller)
    # Those of an alliance are drawn once somebody is looked at, and keep clear of the others.
    alone = (*lines, *(fact for fact in _belonging(facts, circles) if _stands(fact, strata.atlas)))
    ends = {fact.id: (fact.subject, fact.object) for fact in alone}
    ends |= {bundle_id(bundle): bundle[:2] for bundle in bundles}
    points = {name: mark.at for name, mark in marks.items()}
    bend = bends(ends, points, {name: float(mark.size) for name, mark in marks.items()})
    return First(marks, lines, bundles, bend, circles)


def _belonging(facts: Sequence[Fact], circles: Sequence[tuple[int, Circle]]) -> Iterator[Fact]:
    """Give the facts that a ring or an area tells instead of a line."""
    in_circles = {name for _, circle in circles for name in circle.facts}
    return (fact for fact in facts if fact.id in in_circles)


def _stands(fact: Fact, atlas: Atlas) -> bool:
    """Whether both ends of a fact stand as themselves, and not in a group."""
    return all(atlas.drawn_as(end) == end for end in (fact.subject, fact.object))


def bundle_id(bundle: Bundle) -> str:
    """Name a bundle, as the page does."""
    return ".".join(("b", *bundle))


def still_map(
    first: First, strata: Strata, teller: Teller, title: str, names: Mapping[str, str]
) -> Markup:
    """Draw the map as it is first shown; ``names`` are those of its bands."""
    marks = first.marks
    drawn = [
        *(
            _bundle_line(bundle, held, marks, first.bends[bundle_id(bundle)])
            for bundle, held in first.bundles.items()
        ),
        *(fact_line(fact, marks, first.bends[fact.id], teller) for fact in first.lines),
    ]
    rings = [(number, _alone(circle, strata.atlas)) for number, circle in first.circles]
    grounds, boxes = _bands(strata, names)
    under = (*grounds, *circled(rings, strata.placed.wide))
    return drawing(title, list(marks.values()), drawn, under, boxes)


def _marks(strata: Strata, shown: set[str], teller: Teller) -> dict[str, Mark]:
    """Give the marks that stand as themselves, then the groups of the others."""
    atlas, at = strata.atlas, strata.placed.wide
    marks = {name: entity_mark(name, at, teller) for name in atlas.singles if name in shown}
    counts = Counter(atlas.drawn_as(name) for name in shown)
    for group in atlas.groups:
        if counts[group.id]:
            label = group_label(group, counts[group.id], teller)
            point, size = strata.wide.points[group.id], strata.sizes[group.id]
            marks[group.id] = Mark(point, size, FAMILIES[group.family], hollow=True, name=label)
    return marks


def _folded(
    atlas: Atlas,
    facts: Sequence[Fact],
    circles: Sequence[tuple[int, Circle]],
    teller: Teller,
) -> tuple[list[Fact], Mapping[Bundle, Sequence[Fact]]]:
    """Sort facts into those that are lines of their own, and bundles between groups.

    Those within a group, and those of an alliance that is drawn as rings, are neither.
    """
    in_circles = {fact.id for fact in _belonging(facts, circles)}
    lines: list[Fact] = []
    bundles: defaultdict[Bundle, list[Fact]] = defaultdict(list)
    for fact in facts:
        begin, end = atlas.drawn_as(fact.subject), atlas.drawn_as(fact.object)
        if fact.id in in_circles or begin == end:
            continue
        if _stands(fact, atlas):
            lines.append(fact)
            continue
        if fact.relation in OWNER_IS_OBJECT:
            begin, end = end, begin
        stroke = stroke_of(teller.schema.relations[fact.relation].family)
        bundles[begin, end, stroke.id].append(fact)
    return lines, bundles


def _bundle_line(
    bundle: Bundle, facts: Iterable[Fact], marks: Mapping[str, Mark], bend: float
) -> Line:
    begin, end, stroke = marks[bundle[0]], marks[bundle[1]], STROKES[bundle[2]]
    status = min((fact.status for fact in facts), key=FIRMEST.index)
    # A diamond stands at the owner, every other head at the object.
    tip = begin if stroke.arrow == "diamond" else end
    return Line(begin, end, bend, stroke, DASHES[status].pattern, THIN, tip, LIGHT)


def _alone(circle: Circle, atlas: Atlas) -> Circle:
    """Leave out the members that stand in groups: a group has no ring."""
    members = tuple(name for name in circle.members if atlas.drawn_as(name) == name)
    return Circle(circle.alliance, members, circle.facts)


def _bands(strata: Strata, names: Mapping[str, str]) -> tuple[list[str], list[Box]]:
    """Draw the grounds of the bands with their titles, and say what the titles take."""
    layers = strata.wide
    drawn: list[str] = []
    boxes: list[Box] = []
    for number, strip in enumerate(layers.strips):
        high, middle = strip.bottom - strip.top, (strip.top + strip.bottom) / 2
        if number % 2 == 0:
            drawn.append(
                f'<rect x="{layers.left}" y="{strip.top}" width="{layers.right - layers.left}" '
                f'height="{high}" fill="{INK}" fill-opacity="{TINT}"/>'
            )
        x, lines = layers.left + INSET, _wrapped(names[strip.band], layers.title)
        top = middle - LINE * len(lines) / 2
        drawn += [
            f'<text x="{x}" y="{top + LINE * (line + 0.8):.0f}" font-size="{LABEL_SIZE}" '
            f'font-weight="650" fill="{INK}">{escape(text)}</text>'
            for line, text in enumerate(lines)
        ]
        boxes.append((float(x), top, layers.left + layers.title, top + LINE * len(lines)))
        # The whole of a band is in sight, whatever stands in it.
        boxes += [(x, y, x, y) for x, y in _corners(layers, strip)]
    return drawn, boxes


def _corners(layers: Layers, strip: Strip) -> tuple[Point, Point]:
    return (layers.left, strip.top), (layers.right, strip.bottom)


def _wrapped(title: str, width: float) -> list[str]:
    """Break a title into lines, each word whole."""
    most = max(1, int((width - 2 * INSET) / (0.56 * LABEL_SIZE)))
    lines = [""]
    for word in title.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
