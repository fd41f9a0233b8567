"""What bears on whether a thing is in the hands of a place: whose law its suppliers stand under.

A chain of dependence of the thing itself runs through things that it depends on, to the first
actor, or to one who provides or operates one of these things. What an actor depends on in turn
does not pass to all that it supplies: such chains are found too, and are ``weak``, as are those of
the provider and of its other offerings, builders, head offices where no law is known, and what is
said of some members of a group only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from techsov.graph.analysis.law.jurisdictions import Jurisdictions, Side, Tie, hop
from techsov.graph.analysis.law.places import position
from techsov.graph.analysis.network.paths import MAX_STEPS, Hop
from techsov.graph.analysis.standing import FIRMNESS, STATED, Standing, weakest_status
from techsov.graph.records import Fact

#: A chain is sought among stated facts first, then with plans, then with what is only claimed.
LEVELS = (STATED, ("stated", "planned"), ("stated", "planned", "claimed"))
#: How it bears: by the law of the actor itself, of who supplies the thing, of who supplies what
#: the actor offers or what is a part of the thing, of who controls the thing, or by where it
#: stands and what it is certified for; then the ways that are shown and decide nothing.
Kind = Literal[
    "law",
    "chain",
    "offering",
    "control",
    "hosting",
    "certification",
    "builder",
    "upstream",
    "provider",
    "sibling",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
WEAK_KINDS = frozenset({"builder", "upstream", "provider", "sibling"})
#: What lies outside the place weighs against, what lies inside for; a certificate weighs for.
Weight = Literal["against", "for", "unknown"]
WEIGHTS: tuple[Weight, ...] = ("against", "for", "unknown")
WEIGHT: Mapping[Side, Weight] = {"outside": "against", "inside": "for", "unknown": "unknown"}
#: What an actor answers for.
OFFERING = ("provides", "operates", "builds")
#: What a certificate is meant against, laws before risks.
AGAINST = ("mitigates", "mitigatesRisk")
GROUPS = ("ActorGroup", "OfferingGroup")

Steps = tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that bears on the subject, for a place.

    ``about`` is whose law or which thing is at issue, and ``law`` the jurisdiction or place that
    it leads to, empty if none is known. ``hops`` lead there from the subject; none, where nothing
    is known of the subject itself. ``status`` is the least firm one of the facts. A ``weak``
    ground is shown and decides nothing; ``seat`` says that it is weak since only a head office is
    known.
    """

    kind: Kind
    weighs: Weight
    about: str
    law: str
    hops: Steps
    status: str
    weak: bool = False
    seat: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that it rests on, sorted."""
        return tuple(sorted({fact for step in self.hops for fact in step.facts}))


class Bearing:
    """Finds the grounds for one day. ``standing`` may hold facts of every status.

    Law, control and place are read from stated facts only. ``denied`` and ``hypothetical`` facts
    are never used.
    """

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._levels = [standing.only(statuses) for statuses in LEVELS]
        self.places = Jurisdictions(self._levels[0])
        relations = standing.schema.relations.values()
        self._supplying = sorted(each.id for each in relations if each.dependent == "object")
        self._found: dict[tuple[str, str, frozenset[str] | None], tuple[Ground, ...]] = {}

    def grounds(
        self, subject: str, place: str, layers: frozenset[str] | None = None
    ) -> tuple[Ground, ...]:
        """Find what bears on ``subject``, for ``place``.

        Parameters
        ----------
        subject : str
            The id of an entity.
        place : str
            The id of a place or a jurisdiction; empty if none is named, when every ground is of
            unknown side.
        layers : frozenset of str, optional
            The layers in which a dependence counts, all of them if not given.

        Returns
        -------
        tuple of Ground
            What weighs against first, then for, then what is unknown; strong before weak, stated
            before planned, short before long. At most one strong and one weak ground for each
            actor and law: the best chain.
        """
        key = (subject, place, layers)
        if key not in self._found:
            best: dict[tuple[object, ...], Ground] = {}
            for ground in sorted(_Search(self, place, layers).all(subject), key=_rank):
                best.setdefault((ground.weighs, ground.weak, ground.about, ground.law), ground)
            self._found[key] = tuple(best.values())
        return self._found[key]

    def entailed(self, subject: str) -> list[Hop]:
        """Give the steps to what ``subject`` answers for: what an actor offers, the parts of all."""
        return self._firmest(self._offered(subject))

    def side(self, law: str, place: str) -> Side:
        """Say where ``law`` lies; unknown, if no place is named."""
        return position(self.places, law, place) if place else "unknown"

    def needs(self, node: str, level: int, layers: frozenset[str] | None) -> list[Hop]:
        """Give the steps from ``node`` to what it depends on, in any of ``layers``."""
        facts = self._levels[level].of("dependsOn", node)
        counting = (
            fact
            for fact in facts
            if layers is None or layers & set(fact.qualifiers.get("layer", ()))
        )
        return _hops(node, ((fact.object, fact) for fact in counting))

    def suppliers(self, node: str, level: int = -1) -> list[Hop]:
        """Give the steps from ``node`` to those who provide or operate it."""
        standing = self._levels[level]
        facts = (fact for relation in self._supplying for fact in standing.into(relation, node))
        return _hops(node, ((fact.subject, fact) for fact in facts))

    def _firmest(self, steps: Callable[[Standing], Iterable[Hop]]) -> list[Hop]:
        """Take each step from the firmest level that has it."""
        found: dict[str, Hop] = {}
        for level in self._levels:
            for step in steps(level):
                found.setdefault(step.head, step)
        return [found[head] for head in sorted(found)]

    def related(self, node: str, relation: str, *, back: bool = False) -> list[Hop]:
        """Give the steps from ``node`` along a relation, or back along it."""

        def steps(level: Standing) -> list[Hop]:
            if back:
                return _hops(node, ((fact.subject, fact) for fact in level.into(relation, node)))
            return _hops(node, ((fact.object, fact) for fact in level.of(relation, node)))

        return self._firmest(steps)

    def own_chains(self, root: str, layers: frozenset[str] | None) -> dict[str, Steps]:
        """Give, for each supplier of ``root`` by a chain of its own, the firmest and shortest chain.

        The chain goes from thing to thing by dependence, and ends with the first actor, or with
        one who provides or operates the last thing. Things on the way are ends too.
        """
        found: dict[str, Steps] = {}
        for level in range(len(LEVELS)):
            for end, chain in sorted(self._chains(root, level, layers).items()):
                found.setdefault(end, chain)
        return found

    def _chains(self, root: str, level: int, layers: frozenset[str] | None) -> dict[str, Steps]:
        def onward(node: str) -> list[Hop]:
            through = node == root or not self.standing.is_a(node, "Actor")
            return self.needs(node, level, layers) if through else []

        ways = shortest(root, onward)
        offers: defaultdict[str, list[Steps]] = defaultdict(list)
        for node, chain in ways.items():
            offers[node].append(chain)
            for step in self.suppliers(node, level):
                offers[step.head].append((*chain, step))
        offers.pop(root)
        return {end: min(chains, key=preference) for end, chains in offers.items()}

    def _offered(self, subject: str) -> Callable[[Standing], Iterable[Hop]]:
        actor = self.standing.is_a(subject, "Actor")

        def steps(level: Standing) -> Iterable[Hop]:
            offered = (f for name in OFFERING for f in level.of(name, subject)) if actor else ()
            parts = ((fact.subject, fact) for fact in level.into("partOf", subject))
            return _hops(subject, [*((fact.object, fact) for fact in offered), *parts])

        return steps


class _Search:
    """The grounds for one place, in some layers."""

    def __init__(self, bearing: Bearing, place: str, layers: frozenset[str] | None) -> None:
        self.bearing = bearing
        self.places = bearing.places
        self.place = place
        self.layers = layers

    def all(self, subject: str) -> Iterator[Ground]:
        """Find every ground, whatever its weight; some come twice, by several ways."""
        direct = self.bearing.own_chains(subject, self.layers)
        entailed = self.bearing.entailed(subject)
        yield from self._itself(subject)
        for end, chain in direct.items():
            yield from self._supplied("chain", chain, end)
        for step in entailed:
            for end, chain in self.bearing.own_chains(step.head, self.layers).items():
                if end != subject:
                    yield from self._supplied("offering", (step, *chain), end)
        for step in self.bearing.related(subject, "builds", back=True):
            yield from self._against("builder", (step,), step.head)
        yield from self._upstream(subject, direct)
        yield from self._siblings(subject, {subject, *(step.head for step in entailed)})
        yield from self._hosting(subject)
        yield from self._certified(subject)

    def _itself(self, subject: str) -> Iterator[Ground]:
        if self._is_actor(subject):
            yield from self._lawful("law", (), subject)
            return
        for step in self.places.controllers(subject):
            yield from self._lawful("control", (step,), step.head)
        standing = self.bearing.standing
        supplied = any(standing.is_a(subject, cls) for cls in ("Offering", "Infrastructure"))
        if supplied and not self.bearing.suppliers(subject):
            yield self._ground("chain", "unknown", subject, "", ())

    def _supplied(self, kind: Kind, chain: Steps, end: str) -> Iterator[Ground]:
        if self._is_actor(end):
            yield from self._lawful(kind, chain, end)
        elif not self.bearing.suppliers(end):
            yield self._ground(kind, "unknown", end, "", chain)

    def _lawful(self, kind: Kind, chain: Steps, actor: str) -> Iterator[Ground]:
        """Weigh the law of ``actor`` and of all above it."""
        laws = self.places.laws(actor)
        sides = {law: self.bearing.side(law, self.place) for law in laws}
        for law, tie in laws.items():
            if sides[law] != "inside":
                steps = (*chain, *tie.hops)
                yield self._ground(kind, WEIGHT[sides[law]], actor, law, steps)
        if not laws:
            yield from self._seated(kind, chain, actor)
            yield self._ground(kind, "unknown", actor, "", chain)
        elif set(sides.values()) == {"inside"}:
            yield from self._inside(kind, chain, actor, laws)

    def _inside(
        self, kind: Kind, chain: Steps, actor: str, laws: Mapping[str, Tie]
    ) -> Iterator[Ground]:
        """Weigh for, where every known law is inside, if everyone at the top has a known law."""
        above = {steps[-1].head: steps for steps in self.places.control_chains(actor)}
        tops = self.places.tops(actor)
        lawless = [top for top in tops or (actor,) if not tops or not self.places.laws(top)]
        for top in lawless:
            yield self._ground(kind, "unknown", top, "", (*chain, *above.get(top, ())))
        law, tie = next(iter(laws.items()))
        steps = (*chain, *tie.hops, *self.places.ways(self.place).get(law, ()))
        if steps and not lawless:
            yield self._ground(kind, "for", actor, law, steps)

    def _seated(self, kind: Kind, chain: Steps, actor: str) -> Iterator[Ground]:
        for tie in self.places.ties(actor):
            side = self.bearing.side(tie.jurisdiction, self.place)
            if tie.kind == "seat" and side == "outside":
                steps = (*chain, *tie.hops)
                yield self._ground(kind, "against", actor, tie.jurisdiction, steps, seat=True)

    def _against(self, kind: Kind, chain: Steps, end: str) -> Iterator[Ground]:
        """Weigh what may only weigh against."""
        if self._is_actor(end):
            for ground in self._lawful(kind, chain, end):
                if ground.weighs == "against":
                    yield ground

    def _upstream(self, subject: str, direct: Mapping[str, Steps]) -> Iterator[Ground]:
        """Follow what the actors on its chains depend on in turn."""
        providers = {step.head for step in self.bearing.suppliers(subject)}
        for actor, chain in direct.items():
            if not self._is_actor(actor):
                continue
            kind: Kind = "provider" if actor in providers and len(chain) == 1 else "upstream"
            passed = {subject, *(step.head for step in chain)}
            for end, rest in self.bearing.own_chains(actor, self.layers).items():
                if end not in passed:
                    yield from self._against(kind, (*chain, *rest), end)

    def _siblings(self, subject: str, own: set[str]) -> Iterator[Ground]:
        """Follow what the other offerings of its providers depend on."""
        for provider in self.bearing.suppliers(subject):
            for step in self.bearing.entailed(provider.head):
                if step.head in own:
                    continue
                chains = self.bearing.own_chains(step.head, self.layers)
                for end, rest in chains.items():
                    if end not in (subject, provider.head):
                        yield from self._against("sibling", (provider, step, *rest), end)

    def _hosting(self, subject: str) -> Iterator[Ground]:
        for step in self.bearing.related(subject, "hostedIn"):
            ways = [(), *self.places.within(step.head)]
            ends = {(steps[-1].head if steps else step.head): steps for steps in ways}
            known = {end: self._side_of_place(end) for end in ends}
            for side in ("inside", "outside"):
                found = [end for end in ends if known[end] == side]
                if found:
                    steps = (step, *ends[found[0]])
                    yield self._ground("hosting", WEIGHT[side], step.head, found[0], steps)
                    break
            else:
                yield self._ground("hosting", "unknown", step.head, "", (step,))

    def _certified(self, subject: str) -> Iterator[Ground]:
        """Find the certificates of which a stated fact says against what law or risk they are."""
        for step in self.bearing.related(subject, "holdsCertification"):
            meant = (
                further
                for relation in AGAINST
                for further in self.bearing.related(step.head, relation)
                if self._status((further,)) in STATED
            )
            for further in list(meant)[:1]:
                steps = (step, further)
                yield self._ground("certification", "for", step.head, further.head, steps)

    def _side_of_place(self, name: str) -> Side:
        """Say where a place lies; only a jurisdiction can be known to be outside."""
        if self.place and name in self.places.inside(self.place):
            return "inside"
        is_law = self.bearing.standing.is_a(name, "Jurisdiction")
        return self.bearing.side(name, self.place) if is_law else "unknown"

    def _ground(
        self, kind: Kind, weighs: Weight, about: str, law: str, hops: Steps, *, seat: bool = False
    ) -> Ground:
        weak = kind in WEAK_KINDS or seat or self._partial(hops)
        return Ground(kind, weighs, about, law, hops, self._status(hops), weak, seat)

    def _partial(self, hops: Steps) -> bool:
        """Whether a step speaks of some members of a group only."""
        standing = self.bearing.standing
        return any(
            any(standing.is_a(step.tail, cls) for cls in GROUPS)
            and not any("all" in fact.qualifiers.get("quantifier", ()) for fact in facts)
            for step in hops
            if (facts := [f for f in self._facts((step,)) if f.relation == "dependsOn"])
        )

    def _facts(self, hops: Steps) -> list[Fact]:
        return [self.bearing.standing.by_id[name] for step in hops for name in step.facts]

    def _status(self, hops: Steps) -> str:
        return weakest_status(self._facts(hops))

    def _is_actor(self, name: str) -> bool:
        return self.bearing.standing.is_a(name, "Actor")


def shortest(start: str, onward: Callable[[str], Iterable[Hop]]) -> dict[str, Steps]:
    """Give the preferred chain to each node within reach of ``start``, nearest first.

    Of the chains with the fewest steps that prolong a preferred one, the one whose weakest step is
    the most direct, ties by the ids of the nodes. ``start`` itself has the empty chain.

    >>> onward = {"a": [Hop("a", "b", ("f1",), Decimal(1)), Hop("a", "c", ("f2",), Decimal(1))],
    ...           "b": [Hop("b", "c", ("f3",), Decimal(1))]}
    >>> for node, chain in shortest("a", lambda node: onward.get(node, [])).items():
    ...     print(node, [step.head for step in chain])
    a []
    b ['b']
    c ['c']
    """
    found: dict[str, Steps] = {start: ()}
    layer = [start]
    for _ in range(MAX_STEPS):
        longer: defaultdict[str, list[Steps]] = defaultdict(list)
        for tail in layer:
            for step in onward(tail):
                if step.head not in found:
                    longer[step.head].append((*found[tail], step))
        layer = sorted(longer)
        for node in layer:
            found[node] = min(longer[node], key=preference)
    return found


def preference(chain: Steps) -> tuple[int, Decimal, tuple[str, ...]]:
    """Order chains: fewest steps, then strongest weakest step, then the ids of the nodes."""
    weakest = min((step.confidence for step in chain), default=Decimal(1))
    return len(chain), -weakest, tuple(step.head for step in chain)


def firmest(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Keep the facts with the firmest status among them."""
    known = tuple(facts)
    best = min((FIRMNESS.index(fact.status) for fact in known), default=0)
    return tuple(fact for fact in known if FIRMNESS.index(fact.status) == best)


def _rank(ground: Ground) -> tuple[object, ...]:
    return (
        WEIGHTS.index(ground.weighs),
        ground.weak,
        FIRMNESS.index(ground.status),
        KINDS.index(ground.kind),
        preference(ground.hops),
        ground.about,
        ground.law,
    )


def _hops(tail: str, pairs: Iterable[tuple[str, Fact]]) -> list[Hop]:
    """Group facts by the other end, and keep the firmest of each group."""
    groups: defaultdict[str, list[Fact]] = defaultdict(list)
    for head, fact in pairs:
        groups[head].append(fact)
    return [hop(tail, head, firmest(groups[head])) for head in sorted(groups)]
