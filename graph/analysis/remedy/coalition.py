"""What an alliance holds together: the layers in which somebody relies on a member of it.

A member holds a layer if a fact says that somebody relies, in that layer, on the member, on what
it provides, operates or builds, or on what an actor under its control supplies. Whether that is
enough for anybody, no fact says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from techsov.graph.analysis.conclusion import Conclusion, conclude
from techsov.graph.analysis.law.jurisdictions import Jurisdictions, Side, hop
from techsov.graph.analysis.law.suppliers import SUPPLYING
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.remedy.setcover import Covers, smallest_covers
from techsov.graph.errors import UndefinedMeasure, UsageError
from techsov.graph.records import Fact

#: The facts by which somebody relies on something in a layer; the second is only a possibility.
RELYING = ("dependsOn", "couldUse")
RULE = "alliance-layer-1"


@dataclass(frozen=True, slots=True)
class Member:
    """One member, by facts of any of the statuses asked for; ``side`` is its law and the region."""

    actor: str
    roles: tuple[str, ...]
    facts: tuple[str, ...]
    side: Side


@dataclass(frozen=True, slots=True)
class Cover:
    """How ``actor`` holds ``layer``: somebody relies on ``thing``, which it supplies or controls.

    ``steps`` lead from who relies to ``actor``. ``outside`` are the steps from ``thing`` to what
    it relies on itself, in that layer, and that no member is known to supply.
    """

    actor: str
    layer: str
    thing: str
    steps: tuple[Hop, ...]
    outside: tuple[Hop, ...]
    only_possible: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that it rests on, sorted."""
        return tuple(sorted({name for step in self.steps for name in step.facts}))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor outside the alliance that holds some of the layers that have no member.

    ``seated_inside`` says that its head office is in the region, which is no law.
    """

    actor: str
    layers: tuple[str, ...]
    covers: tuple[Cover, ...]
    seated_inside: bool


@dataclass(frozen=True, slots=True)
class Coalition:
    """What the members hold, layer by layer, and who would complete it.

    ``held`` maps each layer with a member to its covers, the firmest of each member first.
    ``missing`` are the layers without one, ``out_of_reach`` those of them that no candidate holds
    either. ``candidates`` stand under a law inside ``region``; of the ``unknown`` ones the law is
    not known, and those with a head office inside come first. ``completing`` are the smallest sets of candidates that hold all of ``missing`` but
    what is out of reach.
    """

    alliance: str
    region: str
    members: tuple[Member, ...]
    held: Mapping[str, tuple[Cover, ...]]
    missing: tuple[str, ...]
    out_of_reach: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    unknown: tuple[Candidate, ...]
    completing: Covers

    @property
    def without_layer(self) -> tuple[str, ...]:
        """The members on whom nobody is said to rely in any layer."""
        holding = {cover.actor for covers in self.held.values() for cover in covers}
        return tuple(member.actor for member in self.members if member.actor not in holding)


def coalition_of(law: Jurisdictions, alliance: str, region: str = "") -> Coalition:
    """Find what an alliance holds under the control of its members, and who would complete it.

    Parameters
    ----------
    law : Jurisdictions
        The facts that stand, with the statuses asked for.
    alliance : str
        The id of an alliance.
    region : str, optional
        The state, union or place inside which the law of a candidate must be; if not given, the
        alliance itself if it is one of states, else the union in which most members are.

    Raises
    ------
    UsageError
        If it is no alliance, or no union can be told from its members.
    UndefinedMeasure
        If no member is known.

    Notes
    -----
    A dependence of the thing itself on somebody outside is shown for the same layer only, and one
    step far. The smallest sets are exact, see
    :func:`techsov.graph.analysis.remedy.setcover.smallest_covers`. Candidates are organisations which
    are not members themselves and which no member controls. One that another candidate controls
    is left to that one, who holds all that it holds.
    """
    standing = law.standing
    if not standing.is_a(alliance, "Alliance"):
        raise UsageError("coalition.no-alliance", name=alliance)
    joined = _joined(law, alliance)
    if not joined:
        raise UndefinedMeasure("coalition.no-member", name=alliance, day=standing.day)
    region = region or region_of(law, alliance, sorted(joined))
    area = law.inside(region)
    holders = _Holders(law, joined)
    layers = standing.schema.in_scheme("layer")
    held = {
        layer: tuple(cover for name in sorted(joined) for cover in holders.covers(name, layer))
        for layer in layers
    }
    missing = tuple(layer for layer in layers if not held[layer])
    sides: defaultdict[Side, list[Candidate]] = defaultdict(list)
    for name in holders.others:
        if candidate := holders.candidate(name, missing, area):
            sides[law.side(name, area)].append(candidate)
    inside, unknown = (_topmost(law, sides[side]) for side in ("inside", "unknown"))
    bits = {layer: 1 << place for place, layer in enumerate(missing)}
    masks = {each.actor: sum(bits[layer] for layer in each.layers) for each in inside}
    within_reach = {layer for each in inside for layer in each.layers}
    return Coalition(
        alliance=alliance,
        region=region,
        members=tuple(_member(law, name, joined[name], area) for name in sorted(joined)),
        held={layer: covers for layer, covers in held.items() if covers},
        missing=missing,
        out_of_reach=tuple(layer for layer in missing if layer not in within_reach),
        candidates=tuple(inside),
        unknown=tuple(sorted(unknown, key=lambda each: (not each.seated_inside, each.actor))),
        completing=smallest_covers(masks, sum(bits[layer] for layer in sorted(within_reach))),
    )


def region_of(law: Jurisdictions, alliance: str, actors: Collection[str]) -> str:
    """Find the alliance itself, if states are in it, or the union in which most of ``actors`` are.

    By their law or their head office. Of two unions with as many, the one with fewer states and
    places, then the first by id.

    Raises
    ------
    UsageError
        If none of them is in any union, as far as facts say.
    """
    standing = law.standing
    if len(law.inside(alliance)) > 1:
        return alliance
    homes = {
        actor: {tie.jurisdiction for tie in law.ties(actor) if tie.kind != "presence"}
        for actor in actors
    }
    unions = [
        (-sum(bool(places & law.inside(name)) for places in homes.values()), name)
        for name in standing.records.entities
        if standing.is_a(name, "SupranationalUnion")
    ]
    found = [(count, len(law.inside(name)), name) for count, name in unions if count]
    if not found:
        raise UsageError("coalition.no-region", name=alliance)
    return min(found)[2]


def coalition_conclusions(law: Jurisdictions, coalition: Coalition) -> list[Conclusion]:
    """Conclude which layers the alliance holds, from the firmest cover of each member.

    The premises are these covers and the memberships; those who hold it stand under ``heldBy``.
    """
    by_id = law.standing.by_id
    joining = {member.actor: member.facts for member in coalition.members}
    found = []
    for layer, covers in coalition.held.items():
        firmest = {cover.actor: cover for cover in reversed(covers)}
        names = {name for each in firmest.values() for name in (*each.facts, *joining[each.actor])}
        found.append(
            conclude(
                RULE,
                coalition.alliance,
                "holdsLayer",
                f"layer-{layer}",
                [by_id[name] for name in sorted(names)],
                more={"heldBy": tuple(sorted(firmest))},
            )
        )
    return found


def _joined(law: Jurisdictions, alliance: str) -> dict[str, list[Fact]]:
    joined: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in law.standing.into("memberOf", alliance):
        joined[fact.subject].append(fact)
    return dict(joined)


def _member(law: Jurisdictions, actor: str, facts: list[Fact], area: frozenset[str]) -> Member:
    roles = {role for fact in facts for role in fact.qualifiers.get("role", ())}
    ids = tuple(sorted(fact.id for fact in facts))
    return Member(actor, tuple(sorted(roles)), ids, law.side(actor, area))


def _topmost(law: Jurisdictions, candidates: list[Candidate]) -> list[Candidate]:
    """Leave out those that another one of them controls; of a circle, the first by id stays."""
    above = {
        each.actor: {chain[-1].head for chain in law.control_chains(each.actor)}
        for each in candidates
    }
    return [
        each
        for each in candidates
        if not any(
            other in above[each.actor] and (each.actor not in higher or other < each.actor)
            for other, higher in above.items()
            if other != each.actor
        )
    ]


class _Holders:
    """Who holds which layer: read once over all the facts, by actor and layer."""

    def __init__(self, law: Jurisdictions, members: Collection[str]) -> None:
        self.law = law
        self.standing = law.standing
        self.members = members
        self._owners: dict[str, list[tuple[Hop, ...]]] = {}

    def covers(self, actor: str, layer: str) -> list[Cover]:
        """Give the ways in which ``actor`` holds ``layer``, the firmest first."""
        found = self._found.get((actor, layer), [])
        return sorted(found, key=lambda each: (*_firmness(each), each.thing, each.facts))

    def candidate(
        self, actor: str, missing: Collection[str], area: frozenset[str]
    ) -> Candidate | None:
        """Give what ``actor`` holds of ``missing``; None, if it is nothing."""
        covers = tuple(cover for layer in missing for cover in self.covers(actor, layer))
        if not covers:
            return None
        layers = tuple(dict.fromkeys(cover.layer for cover in covers))
        seats = (tie.jurisdiction for tie in self.law.ties(actor) if tie.kind == "seat")
        return Candidate(actor, layers, covers, any(seat in area for seat in seats))

    @cached_property
    def others(self) -> list[str]:
        """The organisations outside that hold something, sorted; alliances are none."""
        names = {actor for actor, _ in self._found} - set(self.members)
        return sorted(name for name in names if self._is_candidate(name))

    @cached_property
    def _found(self) -> Mapping[tuple[str, str], list[Cover]]:
        found: defaultdict[tuple[str, str], list[Cover]] = defaultdict(list)
        for (dependent, thing, layer), facts in self._relying.items():
            outside = self._outside(thing, layer)
            relied = hop(dependent, thing, tuple(facts))
            possible = all(fact.relation != RELYING[0] for fact in facts)
            for owned in self._owned(thing):
                actor = owned[-1].head if owned else thing
                if actor != dependent:
                    cover = Cover(actor, layer, thing, (relied, *owned), outside, possible)
                    found[actor, layer].append(cover)
        return found

    @cached_property
    def _relying(self) -> Mapping[tuple[str, str, str], list[Fact]]:
        relying: defaultdict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for relation in RELYING:
            for fact in self.standing.all(relation):
                for layer in fact.qualifiers.get("layer", ()):
                    relying[fact.subject, fact.object, layer].append(fact)
        return relying

    def _owned(self, thing: str) -> list[tuple[Hop, ...]]:
        """Give the steps from ``thing`` to each actor that supplies it or controls a supplier."""
        if thing not in self._owners:
            shortest: dict[str, tuple[Hop, ...]] = {}
            for steps in self._to_suppliers(thing):
                supplier = steps[-1].head if steps else thing
                shortest.setdefault(supplier, steps)
                for chain in self.law.control_chains(supplier):
                    top = chain[-1].head
                    if top not in shortest or len(steps) + len(chain) < len(shortest[top]):
                        shortest[top] = (*steps, *chain)
            self._owners[thing] = [shortest[actor] for actor in sorted(shortest)]
        return self._owners[thing]

    def _to_suppliers(self, thing: str) -> Iterator[tuple[Hop, ...]]:
        if self.standing.is_a(thing, "Actor"):
            yield ()
        supplying: defaultdict[str, list[Fact]] = defaultdict(list)
        for relation in SUPPLYING:
            for fact in self.standing.into(relation, thing):
                supplying[fact.subject].append(fact)
        for actor in sorted(supplying):
            yield (hop(thing, actor, tuple(supplying[actor])),)

    def _outside(self, thing: str, layer: str) -> tuple[Hop, ...]:
        """Give what ``thing`` relies on in ``layer`` and no member is known to supply."""
        upstream: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in self.standing.of("dependsOn", thing):
            if layer in fact.qualifiers.get("layer", ()):
                upstream[fact.object].append(fact)
        return tuple(
            hop(thing, other, tuple(facts))
            for other, facts in sorted(upstream.items())
            if not any(
                (owned[-1].head if owned else other) in self.members for owned in self._owned(other)
            )
        )

    def _is_candidate(self, name: str) -> bool:
        is_a = self.standing.is_a
        above = (chain[-1].head for chain in self.law.control_chains(name))
        return (
            is_a(name, "Organisation")
            and not is_a(name, "Alliance")
            and not any(actor in self.members for actor in above)
        )


def _firmness(cover: Cover) -> tuple[bool, bool, int]:
    """Put what rests on nobody outside first, then what is in use, then the shortest."""
    return (bool(cover.outside), cover.only_possible, len(cover.steps))
