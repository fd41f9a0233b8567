"""Chains from an entity to one whom a law reaches by itself, on facts of some statuses.

The grammar of a chain is that of :mod:`techsov.graph.analysis.reach.grammar`; what ends it depends on
the kind of reach.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from techsov.graph.analysis.law.jurisdictions import Jurisdictions, hop
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.activity import Activity
from techsov.graph.analysis.reach.grammar import NONE, Distances, Steps, distances
from techsov.graph.analysis.reach.instruments import Law, best
from techsov.graph.analysis.reach.links import Links, Onward, Pairs, leaving
from techsov.graph.analysis.standing import Standing
from techsov.graph.records import Fact

Kind = Literal["named", "establishment", "control", "seat", "presence", "item-origin"]
#: From the firmest to the weakest.
KINDS: tuple[Kind, ...] = ("named", "establishment", "control", "seat", "presence", "item-origin")
#: The kinds whose chains end at the first one under the law of the jurisdiction.
STOPPED: frozenset[Kind] = frozenset({"control", "seat"})
#: The kinds whose chains may have steps of control; an item is followed from its maker only.
CONTROLLED: frozenset[Kind] = frozenset({"named", "control", "seat"})
#: What a step is: the facts of a link of this kind lead from its tail to its head.
How = Literal["depends", "supplied", "controlled"]
#: Where in the grammar a chain stands: what may still follow.
Part = Literal["start", "chain", "holder"]
#: From an end up to the jurisdiction, or to the law that names it.
Ends = Mapping[str, tuple[Hop, ...]]


@dataclass(frozen=True, slots=True)
class Walked:
    """One step of a chain: a link of the kind ``how``, and all its facts that the law sees."""

    how: How
    tail: str
    head: str
    facts: tuple[Fact, ...]

    @property
    def hop(self) -> Hop:
        """The step, resting on the best of its facts."""
        return hop(self.tail, self.head, best(self.facts))


@dataclass(frozen=True, slots=True)
class Route:
    """A whole way: its first steps, of the kinds ``hows``, then those from the end of the chain."""

    hops: tuple[Hop, ...]
    hows: tuple[How, ...]

    def steps(self, *hows: How) -> list[Hop]:
        """Give the steps of some kinds."""
        return [step for step, how in zip(self.hops, self.hows, strict=False) if how in hows]


class Ground:
    """The facts of some statuses, as the chains need them. Computed where asked, and kept.

    ``wider`` is the ground with facts of more statuses: a law of establishment that is planned or
    claimed is not an unknown one, so that more statuses never undo what fewer show.
    """

    def __init__(self, standing: Standing, wider: "Ground | None" = None) -> None:
        self.standing = standing
        self.links = Links.of(standing)
        self.places = Jurisdictions(standing)
        known: Activity | None = wider.activity if wider else None
        self.activity: Activity = Activity(standing, self.links, known)
        self._wider = wider or self
        self._active: dict[frozenset[str], frozenset[str]] = {}
        self._established: dict[str, Ends] = {}
        self._seated: dict[str, Ends] = {}

    def active_in(self, layers: frozenset[str]) -> frozenset[str]:
        """Give who is active in one of ``layers``."""
        if layers not in self._active:
            self._active[layers] = self.activity.active_in(layers)
        return self._active[layers]

    def established(self, region: str) -> Ends:
        """Give those under the law of ``region``, the territories in it included."""
        if region not in self._established:
            ends = dict(self._nearest("establishedUnder", region))
            for place, steps in self.places.ways(region).items():
                if self.standing.is_a(place, "Jurisdiction"):
                    ends[place] = self._upwards(steps)
            self._established[region] = ends
        return self._established[region]

    def seated(self, region: str) -> Ends:
        """Give those with a head office in ``region`` of whom nobody says under which law."""
        if region not in self._seated:
            known = self._wider.lawful
            found = self._nearest("headquarteredIn", region)
            self._seated[region] = {name: way for name, way in found if name not in known}
        return self._seated[region]

    @cached_property
    def lawful(self) -> frozenset[str]:
        """Those of whom a fact says under which law they are constituted."""
        return frozenset(fact.subject for fact in self.standing.all("establishedUnder"))

    def named(self, law: Law) -> Ends:
        """Give those whom ``law`` names."""
        facts = self.standing.of("regulates", law.id)
        return {
            name: (hop(name, law.id, best(fact for fact in facts if fact.object == name)),)
            for name in law.names
        }

    def present(self, entity: str, law: Law, region: str) -> list[tuple[Hop, ...]]:
        """Give every way in which ``entity`` itself does business in ``region``, nearest first.

        By its business, its head office, or somebody there whom it controls; and, of a law that
        does not reach its own persons as such, by its law of establishment.
        """
        relations = ["operatesIn", "headquarteredIn"]
        if not law.follows_persons:
            relations.append("establishedUnder")
        found = [way for relation in relations for way in self.ways_in(relation, entity, region)]
        for below, facts in self._below.get(entity, ()):
            there = self.established(region).get(below) or self.seated(region).get(below)
            if there:
                found.append((hop(entity, below, best(facts)), *there))
        return sorted(found, key=_nearness)

    def ways_in(self, relation: str, subject: str, region: str) -> list[tuple[Hop, ...]]:
        """Give the ways by which ``relation`` puts ``subject`` in ``region``, nearest first."""
        ways = self.places.ways(region)
        said: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in self.standing.of(relation, subject):
            if fact.object in ways:
                said[fact.object].append(fact)
        options = [
            (hop(subject, place, best(facts)), *self._upwards(ways[place]))
            for place, facts in said.items()
        ]
        return sorted(options, key=_nearness)

    def _nearest(self, relation: str, region: str) -> Iterator[tuple[str, tuple[Hop, ...]]]:
        for subject in dict.fromkeys(fact.subject for fact in self.standing.all(relation)):
            for way in self.ways_in(relation, subject, region)[:1]:
                yield subject, way

    def _upwards(self, steps: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """Keep the best facts of each step."""
        by_id = self.standing.by_id
        return tuple(
            hop(step.tail, step.head, best(by_id[name] for name in step.facts)) for step in steps
        )

    @cached_property
    def _below(self) -> Onward:
        """Those whom each actor controls directly."""
        return leaving({(up, down): facts for (down, up), facts in self.links.controlled.items()})


class Search:
    """The chains of one kind that a law of one jurisdiction allows on one ground.

    A chain of control, or to a head office, does not pass one who is under the law of the
    jurisdiction: there it would end, as another kind.
    """

    def __init__(self, ground: Ground, law: Law, kind: Kind, region: str) -> None:
        links = ground.links
        self.law, self.kind, self.region = law, kind, region
        self.ends = self._ends(ground, law, kind, region)
        self.pairs: dict[How, Pairs] = {
            "depends": links.covered(law.layers),
            "supplied": links.made if kind == "item-origin" else links.supplied,
            "controlled": links.controlled if law.follows_control and kind in CONTROLLED else {},
        }
        self._links = links
        self._stops = frozenset(ground.established(region) if kind in STOPPED else ())
        self._active = ground.active_in(law.layers)
        if kind == "named":
            # Whom the law names it reaches, whatever they do.
            self._active |= self.ends.keys()
        self._strengths: dict[tuple[Part, str], Decimal] = {}

    @property
    def found(self) -> list[str]:
        """Who may be reached, by id."""
        reached = (self._distances.start != NONE).nonzero()[0].tolist()
        return [self._links.names[place] for place in reached]

    def chain(self, entity: str) -> list[Walked]:
        """Give the shortest chain from one of :attr:`found` to an end.

        Of several, the one whose weakest step is strongest; ties go by id, step by step.
        """
        walked: list[Walked] = []
        part: Part = "start"
        node = entity
        while self._length(part, node):
            part, step = min(self._onward(part, node), key=self._rank)
            walked.append(step)
            node = step.head
        return walked

    def route(self, entity: str) -> Route:
        """Give the chain from one of :attr:`found`, and the steps from its end."""
        walked = self.chain(entity)
        end = walked[-1].head if walked else entity
        return Route(
            (*(step.hop for step in walked), *self.ends[end]), tuple(step.how for step in walked)
        )

    @staticmethod
    def _ends(ground: Ground, law: Law, kind: Kind, region: str) -> Ends:
        if kind == "named":
            return ground.named(law)
        if kind == "seat":
            return ground.seated(region)
        if kind == "item-origin":
            return {**ground.seated(region), **ground.established(region)}
        return ground.established(region)

    @cached_property
    def _distances(self) -> Distances:
        links = self._links
        steps = Steps(
            len(links.names),
            links.arcs(self.pairs["depends"]),
            links.arcs(self.pairs["supplied"]),
            links.arcs(self.pairs["controlled"]),
        )
        stops = links.mask(self._stops) if self._stops else None
        return distances(steps, links.mask(self.ends), links.mask(self._active), stops)

    @cached_property
    def _leaving(self) -> Mapping[How, Onward]:
        return {how: leaving(pairs) for how, pairs in self.pairs.items()}

    def _length(self, part: Part, node: str) -> int:
        """Give how many steps are left; of a holder that stops chains, as of the end it is."""
        found = self._distances
        lengths = {"start": found.start, "chain": found.chain, "holder": found.holder}[part]
        return int(lengths[self._links.places[node]])

    def _onward(self, part: Part, node: str) -> Iterator[tuple[Part, Walked]]:
        """Give the steps that leave ``node`` on a shortest chain, and where they lead."""
        left = self._length(part, node) - 1
        if part != "holder":
            for head, facts in self._leaving["depends"].get(node, ()):
                if self._length("chain", head) == left:
                    yield "chain", Walked("depends", node, head, facts)
            if part == "start" and node not in self._active:
                return
            for head, facts in self._leaving["supplied"].get(node, ()):
                if head not in self._stops and self._length("holder", head) == left:
                    yield "holder", Walked("supplied", node, head, facts)
        for head, facts in self._leaving["controlled"].get(node, ()):
            if self._length("holder", head) == left:
                yield "holder", Walked("controlled", node, head, facts)

    def _rank(self, onward: tuple[Part, Walked]) -> tuple[Decimal, str, str]:
        _, step = onward
        return -self._strength(*onward), step.head, step.how

    def _strength(self, part: Part, step: Walked) -> Decimal:
        """Give the confidence of the weakest step from here on, by the best way."""
        return min(step.hop.confidence, self._onward_strength(part, step.head))

    def _onward_strength(self, part: Part, node: str) -> Decimal:
        if (part, node) not in self._strengths:
            self._strengths[part, node] = (
                max(self._strength(*onward) for onward in self._onward(part, node))
                if self._length(part, node)
                else weakest(self.ends[node])
            )
        return self._strengths[part, node]


class Presence:
    """Who does business in a jurisdiction, of those active where its law applies.

    A state is at home and not present.
    """

    kind: Kind = "presence"

    def __init__(self, ground: Ground, law: Law, region: str) -> None:
        self.law, self.region = law, region
        self._ways = {
            name: ways[0]
            for name in sorted(ground.active_in(law.layers))
            if not ground.standing.is_a(name, "Jurisdiction")
            and (ways := ground.present(name, law, region))
        }

    @property
    def found(self) -> list[str]:
        """Who may be reached, by id."""
        return list(self._ways)

    def route(self, entity: str) -> Route:
        """Give the nearest way in which one of :attr:`found` is present."""
        return Route(self._ways[entity], ())


def searches(ground: Ground, law: Law) -> Iterator[Search | Presence]:
    """Give every kind of way in which ``law`` may reach, the firmest first."""
    follows = {
        "named": bool(law.names),
        "establishment": law.follows_persons,
        "control": law.follows_persons and law.follows_control,
        "seat": law.follows_persons,
        "presence": "presence" in law.reach,
        "item-origin": law.follows_items,
    }
    for region in law.jurisdictions:
        for kind in KINDS:
            if follows[kind]:
                yield (
                    Presence(ground, law, region)
                    if kind == "presence"
                    else Search(ground, law, kind, region)
                )


def weakest(steps: Iterable[Hop]) -> Decimal:
    """Give the confidence of the weakest step, 0 to 1; of none, 1."""
    return min((step.confidence for step in steps), default=Decimal(1))


def _nearness(steps: tuple[Hop, ...]) -> tuple[int, Decimal, tuple[str, ...]]:
    """Order ways: the fewest steps, then the strongest weakest step, then by id."""
    return len(steps), -weakest(steps), tuple(step.head for step in steps)
