"""What a law is in the facts: who enacts it, by which ties it reaches, where, and at what risk.

A law of which the facts do not say this is left out of every finding, and named with what is
missing. Nothing is known of it here beyond the facts.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from techsov.graph.analysis.standing import FIRMNESS, Standing
from techsov.graph.records import Fact, PartialDate

#: The class of the entities that are read as laws.
LAW = "LegalInstrument"
#: What a law does to those whom it shuts out, not through those whom it commands.
AGAINST_THE_LISTED = frozenset({"supply-denial", "supply-cost", "procurement-exclusion"})
#: The figure that a law gives which counts whom the listed own.
OWNERSHIP_THRESHOLD = "ownership-threshold"

#: What may be lacking: a jurisdiction that enacts the law, a tie by which it reaches or a name, a
#: layer; or, of a law that goes by a list, the names on it.
Lack = Literal["enacts", "reach", "layer", "list"]


@dataclass(frozen=True, slots=True)
class Law:
    """One law, as the standing facts describe it.

    ``jurisdictions`` are those that enact it; ``reach`` the ties by which it reaches
    (``establishment``, ``control``, ``presence``, ``item-origin``); ``layers`` those it covers;
    ``risks`` what it may bring; ``names`` the entities that it regulates by name.

    ``lists_persons`` and ``lists_items`` say that it reaches those persons, or follows those items,
    that it names, and not whoever or whatever comes from the jurisdiction: see :func:`law_of`.
    """

    id: str
    jurisdictions: tuple[str, ...]
    reach: frozenset[str]
    layers: frozenset[str]
    risks: tuple[str, ...]
    names: tuple[str, ...]
    lists_persons: bool
    lists_items: bool

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What the facts do not say and a finding needs; nothing, if the law can be used."""
        lacking: list[Lack] = []
        if not self.jurisdictions:
            lacking.append("enacts")
        if not (self.reach or self.names):
            lacking.append("reach")
        if not self.layers:
            lacking.append("layer")
        if self.reach and not (self.names or self._follows_territory):
            lacking.append("list")
        return tuple(lacking)

    @property
    def follows_control(self) -> bool:
        """Whether it reaches what those whom it reaches control."""
        return "control" in self.reach

    @property
    def follows_persons(self) -> bool:
        """Whether it reaches those who are constituted under the law of its jurisdiction."""
        return bool(self.reach & {"establishment", "control"}) and not self.lists_persons

    @property
    def follows_items(self) -> bool:
        """Whether it reaches whatever item comes from its jurisdiction."""
        return "item-origin" in self.reach and not self.lists_items

    @property
    def _follows_territory(self) -> bool:
        return self.follows_persons or self.follows_items or "presence" in self.reach


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A law that cannot be used, and what is lacking.

    ``until`` is the last day of the facts that would say it and no longer hold, if there are.
    """

    law: str
    lacks: tuple[Lack, ...]
    until: PartialDate | None


def law_of(standing: Standing, law: str) -> Law:
    """Read one law.

    Notes
    -----
    "Control" says that a law reaches what those whom it reaches control, and not who they are.
    They are the persons of the jurisdiction where the law commands them to give or to stop
    something. A law that does not reach by establishment and instead denies or excludes, or
    counts what the listed own, looks at the one shut out: it lists persons. A law that follows
    items and names nothing but items follows those.
    """
    reach = _concepts(standing.of("reach", law))
    risks = _concepts(standing.of("riskKind", law))
    names = sorted({fact.object for fact in standing.of("regulates", law)})
    counts_owners = any(
        OWNERSHIP_THRESHOLD in fact.qualifiers.get("measure", ())
        for fact in standing.of("hasQuantity", law)
    )
    shuts_out = bool(risks) and risks <= AGAINST_THE_LISTED
    names_items = bool(names) and all(standing.is_a(name, "Offering") for name in names)
    return Law(
        id=law,
        jurisdictions=tuple(
            sorted(
                {
                    fact.subject
                    for fact in standing.into("enacts", law)
                    if standing.is_a(fact.subject, "Jurisdiction")
                }
            )
        ),
        reach=reach,
        layers=_concepts(standing.of("coversLayer", law)),
        risks=tuple(sorted(risks)),
        names=tuple(names),
        lists_persons=(
            "control" in reach and "establishment" not in reach and (counts_owners or shuts_out)
        ),
        lists_items=names_items,
    )


def laws_of(standing: Standing) -> list[Law]:
    """Read every law that can be used, by id."""
    return [law for law in _all(standing) if not law.lacks]


def left_out(standing: Standing) -> list[LeftOut]:
    """Name every law that cannot be used, by id, and what the facts do not say of it."""
    return [
        LeftOut(law.id, law.lacks, _until(standing, law)) for law in _all(standing) if law.lacks
    ]


def best(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Keep the firmest of facts that say the same, and of these the most direct, by id.

    A conclusion rests on them; what else says the same adds nothing to it.
    """
    facts = list(facts)
    if not facts:
        return ()
    firmest = min(FIRMNESS.index(fact.status) for fact in facts)
    firm = [fact for fact in facts if FIRMNESS.index(fact.status) == firmest]
    directness = max(fact.confidence for fact in firm)
    kept = [fact for fact in firm if fact.confidence == directness]
    return tuple(sorted(kept, key=lambda fact: fact.id))


def saying(standing: Standing, law: Law, relation: str, concept: str) -> tuple[Fact, ...]:
    """Give the best facts by which ``law`` has a concept, such as one layer or one risk."""
    facts = standing.of(relation, law.id)
    return best(fact for fact in facts if _bare(fact.object) == concept)


def _all(standing: Standing) -> list[Law]:
    return [
        law_of(standing, name) for name in standing.records.entities if standing.is_a(name, LAW)
    ]


def _concepts(facts: Collection[Fact]) -> frozenset[str]:
    return frozenset(_bare(fact.object) for fact in facts)


def _bare(concept: str) -> str:
    """Give a concept without the name of its scheme: ``layer-cloud`` is ``cloud``."""
    return concept.split("-", 1)[1]


def _until(standing: Standing, law: Law) -> PartialDate | None:
    """Give the last day of the facts about ``law`` that would fill a gap and have ended."""
    ends = [
        fact.valid_to
        for fact in standing.records.facts
        if law.id in (fact.subject, fact.object)
        and fact.relation in {"enacts", "reach", "coversLayer"}
        and fact.status in standing.statuses
        and fact.valid_to
        and fact.valid_to.last < standing.day
    ]
    return max(ends, key=lambda end: end.last, default=None)
