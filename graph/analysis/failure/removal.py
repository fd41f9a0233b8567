"""Who goes when an actor, a state or an alliance says no: each with the reason for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from techsov.graph.analysis.law.jurisdictions import CONTROL, Jurisdictions, Kind, hop
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import UsageError
from techsov.graph.records import Fact

Because = Literal["asked", "member"] | Kind
#: The ties by which a state can make an actor say no; business in the state alone is none.
BINDING = frozenset({"self", "establishment", "control", "seat"})


@dataclass(frozen=True, slots=True)
class Removal:
    """One entity that goes. ``because`` says why, ``steps`` by which facts; none, if asked for."""

    entity: str
    because: Because
    steps: tuple[Hop, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts by which it goes, sorted."""
        return tuple(sorted({fact for step in self.steps for fact in step.facts}))


def removals(
    law: Jurisdictions,
    entities: Iterable[str] = (),
    jurisdictions: Iterable[str] = (),
    alliances: Iterable[str] = (),
) -> dict[str, Removal]:
    """Find everything that goes with what is named, each for the first reason that holds.

    Parameters
    ----------
    law : Jurisdictions
        The facts of control, law and place that stand.
    entities : iterable of str
        Each goes, and so does every organisation or offering that it controls: whoever controls
        a supplier says no for it.
    jurisdictions : iterable of str
        A state or a union goes, with its member states, every actor established under its law,
        controlled by one that is, or with its head office there where no other law is known, and
        all that these control.
    alliances : iterable of str
        An alliance goes with its members, and with a member that is a state, all under its law.

    Returns
    -------
    dict of str to Removal
        By the id of what goes, sorted.

    Raises
    ------
    UsageError
        If a jurisdiction is none, or an alliance has no known member.
    """
    found: dict[str, Removal] = {}

    def take(goes: Iterable[Removal]) -> None:
        for one in goes:
            found.setdefault(one.entity, one)

    for entity in entities:
        take([Removal(entity, "asked")])
        take(_controlled(entity, law.standing))
    for jurisdiction in jurisdictions:
        if not law.standing.is_a(jurisdiction, "Jurisdiction"):
            raise UsageError("whatif.no-jurisdiction", name=jurisdiction)
        take(_under(jurisdiction, law))
    for alliance in alliances:
        members = list(_members(alliance, law.standing))
        if not members:
            raise UsageError("whatif.no-members", name=alliance)
        take([Removal(alliance, "asked"), *members])
        for member in members:
            if law.standing.is_a(member.entity, "Jurisdiction"):
                take(_led_by(member, _under(member.entity, law)))
            else:
                take(_led_by(member, _controlled(member.entity, law.standing)))
    return dict(sorted(found.items()))


def unknown_law(law: Jurisdictions, actors: Iterable[str]) -> tuple[str, ...]:
    """Give those of ``actors`` whose law and head office no fact tells, in their order."""
    return tuple(
        actor for actor in actors if not any(tie.kind in BINDING for tie in law.ties(actor))
    )


def _controlled(actor: str, standing: Standing) -> Iterator[Removal]:
    """Walk down the chains of control, each step from the controlled to the controlling."""
    chains: dict[str, tuple[Hop, ...]] = {actor: ()}
    queue = [actor]
    while queue:
        above = queue.pop(0)
        for below, facts in sorted(_directly_controlled(above, standing).items()):
            if below not in chains:
                chains[below] = (hop(below, above, tuple(facts)), *chains[above])
                queue.append(below)
                yield Removal(below, "control", chains[below])


def _directly_controlled(actor: str, standing: Standing) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for relation, controlling in CONTROL.items():
        upwards = controlling == "subject"
        for fact in standing.of(relation, actor) if upwards else standing.into(relation, actor):
            found.setdefault(fact.object if upwards else fact.subject, []).append(fact)
    return found


def _under(jurisdiction: str, law: Jurisdictions) -> Iterator[Removal]:
    ways = law.ways(jurisdiction)
    bound = [Removal(jurisdiction, "asked")]
    for entity in sorted(law.standing.records.entities):
        if law.standing.is_a(entity, "Actor") and entity != jurisdiction:
            ties = (tie for tie in law.ties(entity) if tie.kind in BINDING)
            tie = next((tie for tie in ties if tie.jurisdiction in ways), None)
            if tie:
                steps = (*tie.hops, *ways[tie.jurisdiction])
                bound.append(Removal(entity, tie.kind, steps))
    yield from bound
    for one in bound:
        yield from _led_by(one, _controlled(one.entity, law.standing))


def _members(alliance: str, standing: Standing) -> Iterator[Removal]:
    facts = standing.into("memberOf", alliance)
    for member in sorted({fact.subject for fact in facts}):
        said = tuple(fact for fact in facts if fact.subject == member)
        yield Removal(member, "member", (hop(member, alliance, said),))


def _led_by(first: Removal, others: Iterable[Removal]) -> Iterator[Removal]:
    """Put the steps by which one goes behind those of the others that go with it."""
    for other in others:
        if other.entity != first.entity:
            yield Removal(other.entity, other.because, (*other.steps, *first.steps))
