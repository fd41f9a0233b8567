"""Under which law an actor stands: its own, that of whoever controls it, and where its seat is.

Control is a fact of its own: to own a share, however large, is not taken for it here.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import Standing, lowest_confidence
from techsov.graph.records import Fact

#: The union against whose law the European criteria measure, and the wider area of its market.
EU, EEA = "eu", "eea"
#: A mere place has no law: these are read for it.
READ_AS: Mapping[str, tuple[str, ...]] = {"europe": (EU, EEA)}
#: The relations by which one actor controls another: the end that controls.
CONTROL: Mapping[str, Literal["subject", "object"]] = {
    "controls": "subject",
    "subsidiaryOf": "object",
}
#: More steps of control than this are not followed.
MOST_STEPS = 8

Kind = Literal["self", "establishment", "control", "seat", "presence"]
Side = Literal["inside", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class Tie:
    """How an actor comes under a jurisdiction: the steps from the actor to it.

    ``kind`` is ``establishment`` (its own law), ``control`` (that of one who controls it),
    ``seat`` (its head office, where no law of establishment is known), ``presence`` (its head
    office or its business, beside another law of establishment), or ``self`` (the actor is the
    state or the union).
    """

    jurisdiction: str
    kind: Kind
    hops: tuple[Hop, ...]


def hop(tail: str, head: str, facts: tuple[Fact, ...]) -> Hop:
    """Make one step of facts that all say the same of the two."""
    best = max((fact.confidence for fact in facts), default=lowest_confidence(()))
    return Hop(tail, head, tuple(sorted(fact.id for fact in facts)), best)


class Jurisdictions:
    """What the standing facts say of law, control and place. Computed where asked, and kept."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._ties: dict[str, tuple[Tie, ...]] = {}
        self._ways: dict[str, Mapping[str, tuple[Hop, ...]]] = {}

    def inside(self, region: str) -> frozenset[str]:
        """Give ``region`` and every state, union and place that facts put in it.

        Members of a union or an alliance count, and what lies within them. For a union of states,
        what it shares with the European Economic Area is not read in: ask for ``eea`` too.
        """
        return frozenset(self.ways(region))

    def ways(self, region: str) -> Mapping[str, tuple[Hop, ...]]:
        """Give the places :meth:`inside` ``region``, and the steps from each one up to it.

        The fewest steps, of several always the same ones; none from ``region`` itself.
        """
        if region not in self._ways:
            ways: dict[str, tuple[Hop, ...]] = dict.fromkeys((region, *READ_AS.get(region, ())), ())
            queue = deque(ways)
            while queue:
                upper = queue.popleft()
                lower: defaultdict[str, list[Fact]] = defaultdict(list)
                for fact in self.standing.into("within", upper):
                    lower[fact.subject].append(fact)
                for fact in self.standing.into("memberOf", upper):
                    if self._is_territory(fact.subject):
                        lower[fact.subject].append(fact)
                for place in sorted(lower.keys() - ways.keys()):
                    ways[place] = (hop(place, upper, tuple(lower[place])), *ways[upper])
                    queue.append(place)
            self._ways[region] = ways
        return self._ways[region]

    @cached_property
    def european(self) -> frozenset[str]:
        """The Union, the European Economic Area, their members and the places in them."""
        return self.inside(EU) | self.inside(EEA)

    def controllers(self, actor: str) -> list[Hop]:
        """Give the steps from ``actor`` to those who control it directly, by their id."""
        found: dict[str, list[Fact]] = {}
        for relation, controlling in CONTROL.items():
            facts = (
                self.standing.into(relation, actor)
                if controlling == "subject"
                else self.standing.of(relation, actor)
            )
            for fact in facts:
                other = fact.subject if controlling == "subject" else fact.object
                found.setdefault(other, []).append(fact)
        return [hop(actor, other, tuple(found[other])) for other in sorted(found)]

    def control_chains(self, actor: str) -> list[tuple[Hop, ...]]:
        """Give the shortest chain of control to each of those above ``actor``, the nearest first.

        A circle of control ends where it meets itself.
        """
        chains: dict[str, tuple[Hop, ...]] = {actor: ()}
        queue = deque([actor])
        while queue:
            below = queue.popleft()
            if len(chains[below]) == MOST_STEPS:
                continue
            for step in self.controllers(below):
                if step.head not in chains:
                    chains[step.head] = (*chains[below], step)
                    queue.append(step.head)
        return [chain for chain in chains.values() if chain]

    def tops(self, actor: str) -> tuple[str, ...]:
        """Give those above ``actor`` whom no fact puts under another's control, sorted.

        ``actor`` itself, where nobody is known to control it; none, where control runs in a circle.
        """
        above = [actor, *(chain[-1].head for chain in self.control_chains(actor))]
        return tuple(sorted(one for one in above if not self.controllers(one)))

    def ties(self, actor: str) -> tuple[Tie, ...]:
        """Give every tie of ``actor`` to a jurisdiction, the firmest kind first, then the shortest."""
        if actor not in self._ties:
            self._ties[actor] = tuple(self._found(actor))
        return self._ties[actor]

    def laws(self, actor: str) -> dict[str, Tie]:
        """Give the jurisdictions under whose law ``actor`` or one who controls it is established.

        A head office is no law, and is not read here.
        """
        laws: dict[str, Tie] = {}
        for tie in self.ties(actor):
            if tie.kind in ("self", "establishment", "control"):
                laws.setdefault(tie.jurisdiction, tie)
        return laws

    def side(self, actor: str, region: frozenset[str]) -> Side:
        """Say whether the law of ``actor`` and of all above it is inside ``region``.

        ``outside`` if one of the laws is; ``inside`` if all are and each of :meth:`tops` has one;
        else ``unknown``.
        """
        laws = self.laws(actor)
        if any(law not in region for law in laws):
            return "outside"
        tops = self.tops(actor)
        known = bool(tops) and all(self._own_laws(top) for top in tops)
        return "inside" if laws and known else "unknown"

    def within(self, place: str) -> list[tuple[Hop, ...]]:
        """Give the chains from ``place`` to each place that it lies in, nearest first."""
        chains: dict[str, tuple[Hop, ...]] = {place: ()}
        queue = deque([place])
        while queue:
            lower = queue.popleft()
            for upper in sorted({fact.object for fact in self.standing.of("within", lower)}):
                if upper not in chains:
                    facts = tuple(f for f in self.standing.of("within", lower) if f.object == upper)
                    chains[upper] = (*chains[lower], hop(lower, upper, facts))
                    queue.append(upper)
        return [chain for chain in chains.values() if chain]

    def located(self, thing: str, relation: str) -> Iterator[tuple[str, tuple[Hop, ...]]]:
        """Give each jurisdiction where facts of ``relation`` put ``thing``, and the steps there."""
        seen: set[str] = set()
        facts = self.standing.of(relation, thing)
        for place in dict.fromkeys(fact.object for fact in facts):
            said = tuple(fact for fact in facts if fact.object == place)
            first = hop(thing, place, said)
            for chain in [(), *self.within(place)]:
                end = chain[-1].head if chain else place
                if self.standing.is_a(end, "Jurisdiction") and end not in seen:
                    seen.add(end)
                    yield end, (first, *chain)

    def _is_territory(self, name: str) -> bool:
        return self.standing.is_a(name, "Jurisdiction") or self.standing.is_a(name, "Place")

    def _own_laws(self, actor: str) -> list[Tie]:
        if self.standing.is_a(actor, "Jurisdiction"):
            return [Tie(actor, "self", ())]
        facts = self.standing.of("establishedUnder", actor)
        return [
            Tie(law, "establishment", (hop(actor, law, _into(facts, law)),))
            for law in sorted({fact.object for fact in facts})
        ]

    def _found(self, actor: str) -> Iterator[Tie]:
        own = self._own_laws(actor)
        yield from own
        for chain in self.control_chains(actor):
            for tie in self._own_laws(chain[-1].head):
                yield Tie(tie.jurisdiction, "control", (*chain, *tie.hops))
        known = {tie.jurisdiction for tie in own}
        kind: Literal["presence", "seat"] = "presence" if own else "seat"
        for relation, as_kind in (("headquarteredIn", kind), ("operatesIn", "presence")):
            for jurisdiction, hops in self.located(actor, relation):
                if jurisdiction not in known:
                    known.add(jurisdiction)
                    yield Tie(jurisdiction, "seat" if as_kind == "seat" else "presence", hops)


def _into(facts: tuple[Fact, ...], target: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.object == target)
