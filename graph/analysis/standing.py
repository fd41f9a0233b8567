"""The facts that hold on one day, each found at once by its relation and either end."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from techsov.graph.errors import UsageError
from techsov.graph.facts.schema import Schema
from techsov.graph.records import Fact, Records

STATED = ("stated",)
#: From the firmest to the weakest. What is denied or only hypothetical supports no conclusion.
FIRMNESS = ("stated", "planned", "claimed", "hypothetical")

Key = TypeVar("Key")
ByEnd = Mapping[tuple[str, str], tuple[Fact, ...]]


@dataclass(frozen=True)
class Standing:
    """The facts of some statuses that hold on ``day`` and that no other fact supersedes.

    Every analysis reads the facts through this, so that all agree on what holds. ``facts`` are
    in the order of the records, which is that of their ids.
    """

    records: Records
    schema: Schema
    day: date
    statuses: tuple[str, ...]
    facts: tuple[Fact, ...]

    @classmethod
    def on(
        cls, records: Records, schema: Schema, day: date, statuses: Collection[str] = STATED
    ) -> "Standing":
        """Select the facts; an open end of a period does not exclude ``day``.

        A fact that another one supersedes is left out, whatever becomes of the other one.
        """
        replaced = {old for fact in records.facts for old in fact.supersedes}
        facts = tuple(
            fact
            for fact in records.facts
            if fact.status in statuses and fact.id not in replaced and fact.holds_on(day)
        )
        return cls(records, schema, day, tuple(statuses), facts)

    def without(self, gone: Collection[str]) -> "Standing":
        """Leave out the facts with these ids."""
        kept = tuple(fact for fact in self.facts if fact.id not in gone)
        return Standing(self.records, self.schema, self.day, self.statuses, kept)

    def only(self, statuses: Collection[str]) -> "Standing":
        """Keep the facts that have one of ``statuses``."""
        kept = tuple(fact for fact in self.facts if fact.status in statuses)
        left = tuple(status for status in self.statuses if status in statuses)
        return Standing(self.records, self.schema, self.day, left, kept)

    def of(self, relation: str, subject: str) -> tuple[Fact, ...]:
        """Give the facts of one relation about ``subject``."""
        return self._by_subject.get((relation, subject), ())

    def into(self, relation: str, target: str) -> tuple[Fact, ...]:
        """Give the facts of one relation whose object is ``target``."""
        return self._by_object.get((relation, target), ())

    def all(self, relation: str) -> tuple[Fact, ...]:
        """Give the facts of one relation."""
        return self._by_relation.get(relation, ())

    def is_a(self, entity: str, cls: str) -> bool:
        """Whether ``entity`` is of ``cls`` or of a class below it."""
        return cls in self._ancestors[self.records.entities[entity].cls]

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """The facts by their id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def _ancestors(self) -> Mapping[str, frozenset[str]]:
        return {cls: self.schema.ancestors(cls) for cls in self.schema.classes}

    @cached_property
    def _by_relation(self) -> Mapping[str, tuple[Fact, ...]]:
        return _grouped((fact.relation, fact) for fact in self.facts)

    @cached_property
    def _by_subject(self) -> ByEnd:
        return _grouped(((fact.relation, fact.subject), fact) for fact in self.facts)

    @cached_property
    def _by_object(self) -> ByEnd:
        return _grouped(((fact.relation, fact.object), fact) for fact in self.facts)


def _grouped(pairs: Iterable[tuple[Key, Fact]]) -> dict[Key, tuple[Fact, ...]]:
    groups: defaultdict[Key, list[Fact]] = defaultdict(list)
    for key, fact in pairs:
        groups[key].append(fact)
    return {key: tuple(facts) for key, facts in groups.items()}


def weakest_status(facts: Iterable[Fact]) -> str:
    """Give the least firm status among ``facts``; of none, ``stated``."""
    return max((fact.status for fact in facts), key=FIRMNESS.index, default=FIRMNESS[0])


def lowest_confidence(facts: Iterable[Fact]) -> Decimal:
    """Give the confidence of the least direct of ``facts``, 0 to 1; of none, 1."""
    return min((fact.confidence for fact in facts), default=Decimal(1))


def check_known(records: Records, day: date) -> None:
    """Refuse a day before all that is known.

    Raises
    ------
    UsageError
        If ``day`` comes before every day that a fact or the date of a source names.
    """
    first = earliest_day(records)
    if first and day < first:
        raise UsageError("error.too-early", day=day, first=first)


def earliest_day(records: Records) -> date | None:
    """Give the earliest day that a fact or the date of a source names; nothing, if none does."""
    partials = [
        partial for fact in records.facts for partial in (fact.valid_from, fact.valid_to) if partial
    ]
    partials += [source.published for source in records.sources.values() if source.published]
    return min((partial.first for partial in partials), default=None)
