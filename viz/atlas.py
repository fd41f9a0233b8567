"""The map: what everything rests on, layer by layer; the many who matter less stand in groups.

A group holds what is of one layer, one country and one family. The page draws it as one mark
until a reader opens it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.network.stack import (
    BANDS,
    NOWHERE,
    Footing,
    country,
    footing,
)
from techsov.graph.analysis.standing import Standing
from techsov.graph.facts.schema import Schema
from techsov.graph.records import Fact, Records
from techsov.viz.picture import LEAST_MEMBERS, MOST_MARKS, Picture, picture_of
from techsov.viz.style import FAMILIES, MEMBERSHIP, family_of

#: The families of relations whose ends the map shows.
CORE = frozenset({"need", "supply"})
#: The families of relations that the page draws before a reader asks for more.
FIRST_DRAWN = frozenset({"need", "belonging"})
#: More than this, and a page is too heavy; the least relied upon are left to their own pages.
MOST_CARRIED = 500
#: So many of the most relied upon stand as themselves.
MOST_SINGLE = 46
#: No more than this, and all stand as themselves.
FEW = 60
#: Fewer than this of one country, and they stand with those of other countries.
LEAST_GROUP = 2
#: The country of a group of several known ones.
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Group:
    """What stands together as one mark; ``country`` is a state, ``OTHERS``, ``SEVERAL`` or empty."""

    band: str
    country: str
    family: str
    members: tuple[str, ...]

    @property
    def id(self) -> str:
        """What names it in permalinks; no entity has a dot in its id."""
        return f"g.{self.band}.{self.country or 'unknown'}.{self.family}"


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything that the map holds: who stands in which band, of which country, in which group.

    ``picture`` has all marks, the most relied upon first, and all facts between them; those that
    are in no group are ``singles``.
    """

    picture: Picture
    footings: Mapping[str, Footing]
    countries: Mapping[str, str]
    singles: tuple[str, ...]
    groups: tuple[Group, ...]
    standing_in: Mapping[str, str] = field(repr=False)

    def drawn_as(self, mark: str) -> str:
        """Give what stands for a mark while every group is closed: itself, or its group."""
        return self.standing_in.get(mark, mark)

    def links(self) -> Iterable[tuple[str, str]]:
        """Pair what facts tie together, each by what stands for it while every group is closed."""
        for fact in self.picture.facts:
            ends = self.drawn_as(fact.subject), self.drawn_as(fact.object)
            if ends[0] != ends[1]:
                yield ends

    def band_of(self, mark: str) -> str:
        """Give the band of a mark."""
        return self.footings[mark].band


def atlas(
    records: Records,
    schema: Schema,
    reach: Mapping[str, int],
    standing: Standing,
    law: Jurisdictions,
    most: int = MOST_CARRIED,
) -> Atlas:
    """Choose what the map holds, and group it.

    Of ``FEW`` or less everything, each as itself. Of more what facts of ``CORE`` tie, the most
    relied upon first, and the alliances of these.

    Parameters
    ----------
    records, schema
        What is known.
    reach : mapping of str to int
        How many rely on each, directly or through others; absent means none.
    standing : Standing
        The facts from which layers are read.
    law : Jurisdictions
        The facts from which countries are read.
    most : int
        How many things the page may carry.
    """
    possible = _between_shown(records)
    touched = _touched(possible)
    small = len(touched) <= FEW
    if not small:
        core = (fact for fact in possible if schema.relations[fact.relation].family in CORE)
        touched = _touched(core)
    ranked = sorted(touched, key=lambda name: (-reach.get(name, 0), -touched[name], name))
    alliances = _alliances(records, ranked[:most])
    carried = [*ranked[:most], *alliances]
    known = {*ranked, *alliances}
    quiet = frozenset[str]() if small else _quiet(schema)
    picture = picture_of(records, carried, known, possible, quiet)
    footings = {name: footing(standing, name) for name in carried}
    countries = {name: country(law, name) for name in carried}
    groups = _groups(records, carried, reach, footings, countries)
    grouped = {name: group.id for group in groups for name in group.members}
    singles = tuple(name for name in carried if name not in grouped)
    return Atlas(picture, footings, countries, singles, groups, grouped)


def _between_shown(records: Records) -> list[Fact]:
    """List the facts between two things of the kinds that a map shows."""
    shown = {entity.id for entity in records.entities.values() if family_of(entity.cls).on_map}
    return [
        fact
        for fact in records.facts
        if fact.subject != fact.object and {fact.subject, fact.object} <= shown
    ]


def _touched(facts: Iterable[Fact]) -> Counter[str]:
    return Counter(end for fact in facts for end in (fact.subject, fact.object))


def _alliances(records: Records, carried: Collection[str]) -> list[str]:
    """List the alliances with enough members on the map that are not on it yet."""
    on_map = frozenset(carried)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for fact in records.facts:
        if fact.relation == MEMBERSHIP and fact.subject in on_map:
            members[fact.object].add(fact.subject)
    return sorted(
        name
        for name, who in members.items()
        if records.entities[name].cls == "Alliance"
        and len(who) >= LEAST_MEMBERS
        and name not in on_map
    )


def _quiet(schema: Schema) -> frozenset[str]:
    return frozenset(relation.family for relation in schema.relations.values()) - FIRST_DRAWN


Cell = tuple[str, str, str]


def _groups(
    records: Records,
    carried: Sequence[str],
    reach: Mapping[str, int],
    footings: Mapping[str, Footing],
    countries: Mapping[str, str],
) -> tuple[Group, ...]:
    """Group what is not among the most relied upon, so that no more marks than readable remain."""
    if len(carried) <= FEW:
        return ()
    alliances = {name for name in carried if records.entities[name].cls == "Alliance"}

    def cells(single: int, least: int) -> dict[Cell, list[str]]:
        first = {name for name in carried[:single] if reach.get(name)} | alliances
        rest = [name for name in carried if name not in first]
        cell = {
            name: (
                footings[name].band,
                countries[name],
                family_of(records.entities[name].cls).id,
            )
            for name in rest
        }
        return _merged({name: cell[name] for name in rest}, least)

    found = cells(MOST_SINGLE, LEAST_GROUP)
    if _marks(found, carried) > MOST_MARKS:
        found = cells(0, len(carried))
    groups = [Group(*cell, tuple(names)) for cell, names in found.items() if len(names) > 1]
    order = {band: number for number, band in enumerate(BANDS)}
    families = list(FAMILIES)
    return tuple(
        sorted(
            groups,
            key=lambda group: (
                order[group.band],
                -len(group.members),
                group.country,
                families.index(group.family),
            ),
        )
    )


def _merged(cells: Mapping[str, Cell], least: int) -> dict[Cell, list[str]]:
    """Collect by cell; what is less than ``least`` of one country goes with other countries."""
    sizes = Counter(cells.values())
    found: defaultdict[Cell, list[str]] = defaultdict(list)
    for name, (band, land, family) in cells.items():
        few = land != NOWHERE and sizes[band, land, family] < least
        found[band, OTHERS if few else land, family].append(name)
    return dict(found)


def _marks(cells: Mapping[Cell, Collection[str]], carried: Collection[str]) -> int:
    grouped = sum(len(names) for names in cells.values() if len(names) > 1)
    return len(carried) - grouped + sum(len(names) > 1 for names in cells.values())
