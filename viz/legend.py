"""The legend of a picture: what each look means, how many there are, and the switch for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from techsov.viz.picture import Picture
from techsov.viz.sentences import Teller
from techsov.viz.style import (
    CIRCLE_COLOURS,
    DASHES,
    FAMILIES,
    RELATION_FAMILIES,
    Dash,
    Family,
    Stroke,
    family_of,
    stroke_of,
)
from techsov.viz.words import CONFIDENCE, confidence_word, word

#: The qualifier that says of a dependence in which layer it lies; also the scheme of its values.
LAYER = "layer"
#: So many alliances are drawn at once.
MOST_CIRCLES = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One switch: ``token`` names it in permalinks, ``look`` is what the sample draws."""

    token: str
    label: str
    count: int
    shown: bool
    look: Family | Stroke | Dash | str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The switches of one channel."""

    id: str
    title: str
    items: tuple[Item, ...]


def legend(picture: Picture, teller: Teller) -> tuple[Group, ...]:
    """List what stands in a picture, by channel, in the order of the style table."""
    language = teller.language
    groups = (
        Group("marks", word("legend-marks", language), tuple(_marks(picture, teller))),
        Group("lines", word("legend-lines", language), tuple(_lines(picture, teller))),
        Group("status", word("legend-status", language), tuple(_statuses(picture, teller))),
        Group("circles", word("legend-circles", language), tuple(_circles(picture, teller))),
    )
    return tuple(group for group in groups if group.items)


def filters(picture: Picture, teller: Teller) -> tuple[Group, ...]:
    """List what a picture can be filtered by besides: layers, confidence and dates."""
    language = teller.language
    groups = (
        Group("layers", word("filter-layers", language), tuple(_layers(picture, teller))),
        Group("confidence", word("filter-confidence", language), tuple(_sure(picture, teller))),
        Group("date", word("filter-date", language), tuple(_undated(picture, teller))),
    )
    return tuple(group for group in groups if group.items)


def _layers(picture: Picture, teller: Teller) -> Iterable[Item]:
    """Give the layers that facts name, by name; a fact of several counts in each."""
    counts = Counter(layer for fact in picture.facts for layer in fact.qualifiers.get(LAYER, ()))
    names = sorted((teller.name(f"{LAYER}-{layer}"), layer) for layer in counts)
    for label, layer in names:
        yield Item(f"l.{layer}", label, counts[layer], True, None)
    rest = sum(not fact.qualifiers.get(LAYER) for fact in picture.facts)
    if names and rest:
        yield Item("l.none", word("filter-no-layer", teller.language), rest, True, None)


def _sure(picture: Picture, teller: Teller) -> Iterable[Item]:
    counts = Counter(confidence_word(fact.confidence) for fact in picture.facts)
    for _, name in CONFIDENCE:
        if counts[name]:
            label = word(f"confidence-{name}", teller.language)
            yield Item(f"k.{name}", label, counts[name], True, None)


def _undated(picture: Picture, teller: Teller) -> Iterable[Item]:
    """Give the switch of facts without a date, if there are others."""
    count = sum(not (fact.valid_from or fact.valid_to) for fact in picture.facts)
    if count < len(picture.facts):
        yield Item("d.undated", word("filter-undated", teller.language), count, True, None)


def _marks(picture: Picture, teller: Teller) -> Iterable[Item]:
    entities = teller.records.entities
    counts = Counter(family_of(entities[mark].cls).id for mark in picture.marks)
    for name, family in FAMILIES.items():
        if counts[name]:
            label = word(f"family-{name}", teller.language)
            yield Item(f"m.{name}", label, counts[name], True, family)


def _lines(picture: Picture, teller: Teller) -> Iterable[Item]:
    relations = teller.schema.relations
    counts = Counter(relations[fact.relation].family for fact in picture.facts)
    order = [*RELATION_FAMILIES, *sorted(set(counts) - set(RELATION_FAMILIES))]
    for name in order:
        if counts[name]:
            label = teller.name(f"family-{name}")
            yield Item(f"r.{name}", label, counts[name], name not in picture.quiet, stroke_of(name))


def _statuses(picture: Picture, teller: Teller) -> Iterable[Item]:
    counts = Counter(fact.status for fact in picture.facts)
    for status, dash in DASHES.items():
        if counts[status]:
            label = teller.name(f"status-{status}")
            yield Item(f"s.{status}", label, counts[status], dash.shown, dash)
    past = sum(teller.standing(fact) != "now" for fact in picture.facts)
    if past:
        yield Item("t.past", word("legend-past", teller.language), past, False, None)
    far = sum(distance > 1 for distance in picture.distances.values())
    if far:
        yield Item("n.far", word("legend-far", teller.language), far, picture.steps > 1, None)


def _circles(picture: Picture, teller: Teller) -> Iterable[Item]:
    for number, circle in enumerate(picture.circles):
        colour = CIRCLE_COLOURS[number % len(CIRCLE_COLOURS)]
        shown = number < MOST_CIRCLES
        label = teller.name(circle.alliance)
        yield Item(f"c.{circle.alliance}", label, len(circle.members), shown, colour)
