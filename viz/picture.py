"""What one picture holds: which things, which facts between them, and which circles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.records import Fact, Records
from techsov.viz.style import MEMBERSHIP

#: More marks than this, and nobody reads the picture.
MOST_MARKS = 150
#: The same, for the surroundings of one actor.
MOST_NEIGHBOURS = 40
#: Fewer members than this are drawn as lines.
LEAST_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Circle:
    """An alliance and its members in the picture, by the facts that say so."""

    alliance: str
    members: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Marks, by descending reach, and the facts between them, by id.

    ``all_marks`` and ``all_facts`` count what could have been drawn. ``focus`` is the actor that
    the picture surrounds, or empty; ``distances`` then has the steps from it to every mark, and
    ``steps`` says how many of them are shown at first. ``quiet`` are the families of relations that
    are drawn only on request.
    """

    marks: tuple[str, ...]
    facts: tuple[Fact, ...]
    circles: tuple[Circle, ...]
    all_marks: int
    all_facts: int
    focus: str = ""
    steps: int = 1
    distances: Mapping[str, int] = field(default_factory=dict)
    quiet: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Surroundings:
    """What stands around each thing, by every fact read in either direction.

    Things that the map leaves out, such as persons, laws and programmes, are shown.
    """

    records: Records
    reach: Mapping[str, int]

    def around(self, actor: str, steps: int = 1, most: int = MOST_NEIGHBOURS) -> Picture:
        """Show what is within ``steps`` facts of one actor.

        The nearest come first, then those of highest reach, ties by id. Every fact between two
        marks is shown.
        """
        distance = _distances(actor, self._neighbours, steps)
        ranked = sorted(distance, key=lambda mark: (distance[mark], -self.reach.get(mark, 0), mark))
        starting = (fact for mark in ranked for fact in self._starting.get(mark, ()))
        drawn = sorted(starting, key=lambda fact: fact.id)
        picture = picture_of(self.records, ranked[:most], set(ranked), drawn)
        shown = {mark: distance[mark] for mark in picture.marks}
        return replace(picture, focus=actor, steps=steps, distances=shown)

    @cached_property
    def _drawn(self) -> list[Fact]:
        return _drawn(self.records)

    @cached_property
    def _starting(self) -> Mapping[str, tuple[Fact, ...]]:
        return grouped((fact.subject, fact) for fact in self._drawn)

    @cached_property
    def _neighbours(self) -> Mapping[str, Collection[str]]:
        return _neighbours(self._drawn)


def memberships(
    records: Records,
    reach: Mapping[str, int],
    alliances: Iterable[Sequence[Fact]],
    most: int = MOST_MARKS,
) -> Picture:
    """Show who belongs to which alliance, and nothing else.

    ``alliances`` has the facts of each: those that come first are shown whole, as far as there is
    room for all of their members.
    """
    chosen: list[Fact] = []
    marks: set[str] = set()
    possible: set[str] = set()
    everything: list[Fact] = []
    for facts in alliances:
        ends = {end for fact in facts for end in (fact.subject, fact.object)}
        possible |= ends
        everything += facts
        if len(marks | ends) <= most:
            marks |= ends
            chosen += facts
    ranked = sorted(marks, key=lambda mark: (-reach.get(mark, 0), mark))
    picture = picture_of(records, ranked, marks, sorted(chosen, key=lambda fact: fact.id))
    return replace(picture, all_marks=len(possible), all_facts=len(everything))


def _drawn(records: Records) -> list[Fact]:
    """List the facts between two different entities."""
    entities = records.entities.keys()
    return [
        fact
        for fact in records.facts
        if fact.subject != fact.object and {fact.subject, fact.object} <= entities
    ]


def _neighbours(facts: Iterable[Fact]) -> dict[str, set[str]]:
    """Find what a fact ties each thing to, in either direction."""
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        neighbours[fact.subject].add(fact.object)
        neighbours[fact.object].add(fact.subject)
    return dict(neighbours)


def _distances(actor: str, neighbours: Mapping[str, Collection[str]], steps: int) -> dict[str, int]:
    distance = {actor: 0}
    rim = {actor}
    for step in range(1, steps + 1):
        rim = {near for mark in rim for near in neighbours.get(mark, ())} - distance.keys()
        distance |= dict.fromkeys(rim, step)
    return distance


def picture_of(
    records: Records,
    marks: Sequence[str],
    possible: set[str],
    drawn: Iterable[Fact],
    quiet: frozenset[str] = frozenset(),
) -> Picture:
    """Show ``marks`` of those that are ``possible``, and every fact of ``drawn`` between two."""
    chosen = set(marks)
    facts = [fact for fact in drawn if fact.subject in possible and fact.object in possible]
    shown = tuple(fact for fact in facts if fact.subject in chosen and fact.object in chosen)
    circles = _circles(records, shown)
    return Picture(tuple(marks), shown, circles, len(possible), len(facts), quiet=quiet)


def _circles(records: Records, facts: Iterable[Fact]) -> tuple[Circle, ...]:
    """Find the alliances with enough members to be drawn around them, the largest first."""
    belonging: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.relation == MEMBERSHIP:
            belonging[fact.object].append(fact)
    circles = [
        Circle(
            alliance,
            tuple(sorted({fact.subject for fact in memberships})),
            tuple(fact.id for fact in memberships),
        )
        for alliance, memberships in belonging.items()
        if records.entities[alliance].cls == "Alliance"
    ]
    large = [circle for circle in circles if len(circle.members) >= LEAST_MEMBERS]
    return tuple(sorted(large, key=lambda circle: (-len(circle.members), circle.alliance)))
