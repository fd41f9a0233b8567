"""Entities that look alike: either they are one, or somebody has decided that they are not."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from techsov.graph.errors import Problem
from techsov.graph.facts.tables import Row, problem_at
from techsov.graph.names import folded, names_of
from techsov.graph.records import Entity, Records
from techsov.graph.terms import is_id

DECISIONS = ("same", "different")
#: Shorter names are too often one letter apart: Orange and Grange are, and so are AWS and AMS.
SHORTEST_WITH_A_SLIP = 7


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of ``same.csv``: ``other`` is an id, or a spelling that was taken for ``one``."""

    one: str
    other: str
    decision: str
    row: Row


def check_identity(records: Records, decisions: list[Decision]) -> Iterator[Problem]:
    """Warn of two entities that look alike and have no decision; refuse a decision about nobody."""
    for decision in decisions:
        yield from _about_somebody(decision, records)
    decided = {frozenset((item.one, item.other)) for item in decisions}
    for one, other in sorted(look_alikes(records)):
        if frozenset((one, other)) not in decided:
            yield problem_at(
                records.entities[other].origin, "id", "warning.look-alike", value=other, other=one
            )


def _about_somebody(decision: Decision, records: Records) -> Iterator[Problem]:
    ids = {"one": decision.one}
    if decision.decision == "different":
        ids["other"] = decision.other
    for column, name in ids.items():
        if name not in records.entities:
            yield decision.row.problem(column, "check.unknown-entity")
    if decision.decision == "same" and decision.other in records.entities:
        yield decision.row.problem("other", "check.same-and-two", other=decision.one)


def look_alikes(records: Records) -> set[tuple[str, str]]:
    """Pairs of ids with a name in common, the same words in another order, or one letter apart.

    Every name is filed under its sorted words and under itself without each letter in turn: names
    one letter apart meet there, as do those with one letter in another place. Time is linear in
    the letters of all names.
    """
    first: dict[str, str] = {}
    several: defaultdict[str, set[str]] = defaultdict(set)  # few keys have more than one owner
    for entity in records.entities.values():
        if not is_id(entity.id):  # another rule asks for another id
            continue
        for name in {folded(name.replace("-", " ")) for name in names_of(entity)}:
            for key in _keys(name):
                if first.setdefault(key, entity.id) != entity.id:
                    several[key] |= {first[key], entity.id}
    return {
        pair
        for owners in several.values()
        for pair in combinations(sorted(owners), 2)
        if _comparable(*(records.entities[name] for name in pair))
    }


def _keys(name: str) -> set[str]:
    joined = name.replace(" ", "")
    keys = {" ".join(sorted(name.split())), joined}
    if len(joined) >= SHORTEST_WITH_A_SLIP and not any(map(str.isdigit, joined)):
        keys.add(f"_{joined}")
        keys.update(f"_{joined[:i]}{joined[i + 1 :]}" for i in range(len(joined)))
    return keys


def _comparable(one: Entity, other: Entity) -> bool:
    """Whether the two could be one: a place and a firm of one name are not.

    Two owners of one other name are an error by another rule.
    """
    return (one.cls == "Place") == (other.cls == "Place") and not {*one.names} & {*other.names}
