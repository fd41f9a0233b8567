"""The map in its places: bands of layers for a wide screen, and for one held upright."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from techsov.graph.analysis.network.stack import BANDS
from techsov.graph.messages import LANGUAGES
from techsov.viz.arrangement import (
    TALL_GROWTH,
    Arrangement,
    Placed,
    label_box,
)
from techsov.viz.atlas import Atlas, Group
from techsov.viz.curves import bends
from techsov.viz.layered import Layers, layered
from techsov.viz.layout import Room
from techsov.viz.sentences import Teller
from techsov.viz.style import radius
from techsov.viz.words import area_word

#: The stage of the map on a wide screen, in pixels.
WIDE_STAGE = (1060, 770)
#: The stage on a screen held upright.
TALL_STAGE = (390, 720)
#: The part of the width that the titles of the bands take, on a wide screen and on an upright one.
TITLE_WIDE, TITLE_TALL = 0.09, 0.22
#: The radius of the mark of a group, in pixels; it says nothing of reach.
GROUP_RADIUS = 12
#: Room around a mark with its label, in pixels.
AROUND = 8
#: The least and the most room across for one label.
NARROWEST, WIDEST = 64, 150
#: So many of the most relied upon have room for their names whatever the scale, and how much more.
NAMED_FIRST, ROOM_FIRST = 34, 1.3
#: On an upright screen only these have room for their names, drawn so much larger than the marks.
NAMED_FIRST_TALL, GROWN_NAMES = 8, 2.6


@dataclass(frozen=True, slots=True)
class Strata:
    """The map placed.

    ``rooms`` are those of every mark and of every group, and ``sizes`` their radii, on a wide
    screen; ``tall_rooms`` and ``larger`` are those on an upright one.
    """

    atlas: Atlas
    placed: Placed
    wide: Layers
    tall: Layers
    rooms: Mapping[str, Room]
    tall_rooms: Mapping[str, Room]
    sizes: Mapping[str, int]
    larger: Mapping[str, int]
    reach: Mapping[str, int]


def stratified(atlas: Atlas, teller: Teller, reach: Mapping[str, int]) -> Strata:
    """Compute where the marks and the groups of the map stand; closed groups hold their members."""
    sizes = {mark: radius(reach.get(mark, 0)) for mark in atlas.picture.marks}
    sizes |= dict.fromkeys((group.id for group in atlas.groups), GROUP_RADIUS)
    labels = {mark: _labels(mark, teller) for mark in atlas.picture.marks}
    tellers = [
        Teller(teller.records, teller.schema, teller.day, language) for language in LANGUAGES
    ]
    labels |= {
        group.id: [group_label(group, len(group.members), each) for each in tellers]
        for group in atlas.groups
    }
    first = frozenset(atlas.picture.marks[:NAMED_FIRST])
    rooms = {name: _room(labels[name], sizes[name], name in first) for name in sizes}
    larger = {name: round(TALL_GROWTH * size) for name, size in sizes.items()}
    wide = _layers(atlas, rooms, WIDE_STAGE, TITLE_WIDE)
    few = frozenset(atlas.picture.marks[:NAMED_FIRST_TALL])
    tall_rooms = {name: _tall_room(labels[name], larger[name], name in few) for name in larger}
    tall = _layers(atlas, tall_rooms, TALL_STAGE, TITLE_TALL)
    placed = Placed(
        atlas.picture, wide=_arrangement(atlas, wide, sizes), tall=_arrangement(atlas, tall, larger)
    )
    return Strata(atlas, placed, wide, tall, rooms, tall_rooms, sizes, larger, reach)


def group_label(group: Group, count: int, teller: Teller) -> str:
    """Say how many of what a group holds, and where they are from.

    The scripts of the page say the same of those that are shown.
    """
    form = "one" if count == 1 else "many"
    words = _say(f"group-{group.family}-{form}", teller.language, count=str(count))
    return ", ".join(filter(None, (words, whence(group, teller))))


def whence(group: Group, teller: Teller) -> str:
    """Name the country of a group; a state is of no country but itself."""
    return "" if group.family == "state" else country_name(group.country, teller)


def country_name(country: str, teller: Teller) -> str:
    """Name a country, or say that there are several, or that none is known."""
    if country in teller.records.entities:
        return teller.name(country)
    return _say(f"country-{country or 'unknown'}", teller.language)


def _say(key: str, language: str, **values: str) -> str:
    return area_word("page-map", key, language, **values)


def _labels(mark: str, teller: Teller) -> list[str]:
    return [teller.records.entities[mark].label(language) for language in LANGUAGES]


def _room(labels: list[str], size: int, first: bool) -> Room:
    """Measure a mark with its label below, in whichever language is longer."""
    boxes = [label_box(label) for label in labels]
    width = min(max(2 * size, NARROWEST, *(box[0] for box in boxes)), WIDEST) + AROUND
    width *= ROOM_FIRST if first else 1
    return Room(width, 2 * size + max(box[1] for box in boxes) + AROUND, 2 * size)


def _tall_room(labels: list[str], size: int, first: bool) -> Room:
    """Measure a mark on an upright screen, where few names find room."""
    if not first:
        return Room(2 * size + AROUND, 2 * size + AROUND, 2 * size)
    boxes = [label_box(label) for label in labels]
    width = max(2 * size, *(GROWN_NAMES * box[0] for box in boxes)) + AROUND
    height = 2 * size + GROWN_NAMES * max(box[1] for box in boxes) + AROUND
    return Room(width, height, 2 * size)


def _layers(
    atlas: Atlas, rooms: Mapping[str, Room], stage: tuple[int, int], title: float
) -> Layers:
    held: defaultdict[str, list[str]] = defaultdict(list)
    for mark in atlas.singles:
        held[atlas.band_of(mark)].append(mark)
    for group in atlas.groups:
        held[group.band].append(group.id)
    bands = [(band, held[band]) for band in BANDS]
    return layered(bands, rooms, atlas.links(), stage, title)


def _arrangement(atlas: Atlas, layers: Layers, radii: Mapping[str, int]) -> Arrangement:
    """Give every mark its place; rings say who is in an alliance, since its members stand apart."""
    points = {mark: layers.points[atlas.drawn_as(mark)] for mark in atlas.picture.marks}
    ends = {
        fact.id: (fact.subject, fact.object)
        for fact in atlas.picture.facts
        if fact.subject in layers.points and fact.object in layers.points
    }
    single = {name: radii[name] for name in layers.points}
    marks = {mark: radii[mark] for mark in atlas.picture.marks}
    return Arrangement(points, bends(ends, layers.points, single), marks, frozenset())
