"""What the facts say of one offering, as the criteria of the sovereignty framework ask for it.

A step of dependence is followed in the layers that a criterion reads. It ends at an actor: what a
firm depends on is not passed on to each thing that it supplies.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from techsov.graph.analysis.failure.circuit import Circuit, Outcome, grouped
from techsov.graph.analysis.failure.needs import STOCK_LAYERS, Need, needs_of
from techsov.graph.analysis.law.jurisdictions import Jurisdictions, Tie, hop
from techsov.graph.analysis.network.paths import MAX_STEPS, Hop
from techsov.graph.analysis.reach.exposure import Exposure, LegalReach
from techsov.graph.analysis.standing import Standing, lowest_confidence
from techsov.graph.records import Fact

Steps = tuple[Hop, ...]

HARDWARE = STOCK_LAYERS
SOFTWARE = frozenset({"platform", "model"})
#: How many months after a cut-off a thing is looked at again.
LATER = 12
#: The relations by which an actor stands behind an offering.
BEHIND = ("provides", "operates")
#: What is counted as a computer of very high performance.
MACHINES = ("Supercomputer", "ComputeCluster")
OWN: frozenset[str] = frozenset({"self", "establishment"})


@dataclass(frozen=True, slots=True)
class Link:
    """Something reached from the offering, and the steps to it; none where it is the offering."""

    node: str
    steps: Steps

    def on(self, *steps: Hop) -> "Link":
        """Go on by further steps, to where the last one leads."""
        return Link(steps[-1].head if steps else self.node, (*self.steps, *steps))

    @property
    def rank(self) -> tuple[int, object, tuple[str, ...]]:
        """What orders links: the fewest steps, the strongest weakest step, then by id."""
        weakest = min((step.confidence for step in self.steps), default=lowest_confidence(()))
        return len(self.steps), -weakest, tuple(step.head for step in self.steps)


def best_first(links: Iterable[Link]) -> list[Link]:
    """Put links in order, one for each place that they lead to."""
    found: dict[str, Link] = {}
    for link in sorted(links, key=lambda link: link.rank):
        found.setdefault(link.node, link)
    return list(found.values())


class Grounds:
    """What some standing facts say of law, supply and cut-off. Computed where asked, and kept."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.law = Jurisdictions(standing)

    @cached_property
    def europe(self) -> frozenset[str]:
        """The jurisdictions and places of the Union and the European Economic Area."""
        return self.law.european

    @cached_property
    def needs(self) -> Mapping[str, tuple[Need, ...]]:
        """The needs of each thing."""
        found: dict[str, list[Need]] = {}
        for need in needs_of(self.standing):
            found.setdefault(need.dependent, []).append(need)
        return {name: tuple(needs) for name, needs in found.items()}

    # --- Law

    def is_actor(self, name: str) -> bool:
        """Whether ``name`` can act, and so stands under a law."""
        return self.standing.is_a(name, "Actor")

    def abroad(self, actor: str, kinds: Collection[str] = (*OWN, "control")) -> Link | None:
        """Lead from ``actor`` to a law outside Europe under which it, or its controller, stands.

        ``kinds`` are those of :class:`techsov.graph.analysis.law.jurisdictions.Tie`; a head office is no law.
        """
        ties = (tie for tie in self.law.ties(actor) if tie.kind in kinds)
        return next(
            (_tied(actor, tie) for tie in ties if tie.jurisdiction not in self.europe), None
        )

    def seat_abroad(self, actor: str) -> Link | None:
        """Lead to a head office outside Europe, where nobody says under which law ``actor`` is."""
        if self.law.side(actor, self.europe) != "unknown":
            return None
        return self.abroad(actor, ("seat",))

    def own_laws(self, actor: str) -> list[Tie]:
        """Give the ties of ``actor`` to the laws under which it is itself established."""
        return [tie for tie in self.law.ties(actor) if tie.kind in OWN]

    def tops(self, actor: str) -> list[Link]:
        """Lead to those above ``actor`` whom nobody controls; to itself, where nobody does."""
        tops = set(self.law.tops(actor))
        chains = [(), *self.law.control_chains(actor)]
        links = (Link(chain[-1].head if chain else actor, chain) for chain in chains)
        return [link for link in links if link.node in tops]

    def places_abroad(self, thing: str, relation: str) -> list[Link]:
        """Lead to the jurisdictions outside Europe where facts of ``relation`` put ``thing``."""
        return [
            Link(jurisdiction, steps)
            for jurisdiction, steps in self.law.located(thing, relation)
            if jurisdiction not in self.europe and steps[0].head not in self.europe
        ]

    def closed(self, thing: str, kind: str, layers: Collection[str] = ()) -> tuple[Fact, ...]:
        """Give the facts by which a list is closed, in all of ``layers``; none if it is open."""
        facts = [
            fact for fact in self.standing.of("allKnownFor", thing) if fact.object == f"list-{kind}"
        ]
        for fact in facts:
            told = fact.qualifiers.get("layer", ())
            if not told or (layers and set(layers) <= set(told)):
                return (fact,)
        covering = [fact for fact in facts if set(layers) & set(fact.qualifiers["layer"])]
        covered = {layer for fact in covering for layer in fact.qualifiers["layer"]}
        return tuple(covering) if layers and set(layers) <= covered else ()

    @cached_property
    def exposures(self) -> Mapping[str, tuple[Exposure, ...]]:
        """Whom laws from outside Europe may reach, by entity; the firmest kinds first."""
        found: dict[str, list[Exposure]] = {}
        for row in LegalReach(self.standing).exposures():
            if row.jurisdiction not in self.europe:
                found.setdefault(row.entity, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def claimed_certificates(self) -> Mapping[str, tuple[Fact, ...]]:
        """The certificates that things are only claimed to hold."""
        standing = self.standing
        return grouped(
            (fact.subject, fact)
            for fact in standing.records.facts
            if (fact.relation, fact.status) == ("holdsCertification", "claimed")
            and fact.holds_on(standing.day)
        )

    def relations_of(self, steps: Iterable[Hop]) -> set[str]:
        """Give the relations that the steps of a chain rest on."""
        return {self.standing.by_id[name].relation for step in steps for name in step.facts}

    # --- Supply

    def behind(self, thing: str, relations: Collection[str] = BEHIND) -> list[Link]:
        """Lead from a thing to the actors that provide or operate it."""
        return [Link(each.head, (each,)) for each in self.inward(thing, relations)]

    def builders(self, thing: str) -> list[Link]:
        """Lead from a thing to the actors that build it."""
        steps = self.inward(thing, ("builds",))
        return [Link(step.head, (step,)) for step in steps if self.is_actor(step.head)]

    def holders(self, thing: str) -> list[Link]:
        """Lead from a thing to those who hold intellectual property in it."""
        return [Link(step.head, (step,)) for step in self.onward(thing, "ipHeldBy")]

    def onward(self, thing: str, relation: str) -> list[Hop]:
        """Give the steps by facts of ``relation`` about ``thing``, by where they lead."""
        facts = self.standing.of(relation, thing)
        return [
            hop(thing, target, tuple(fact for fact in facts if fact.object == target))
            for target in sorted({fact.object for fact in facts})
        ]

    def depended(self, thing: str, layers: Collection[str]) -> list[Hop]:
        """Give the steps by which ``thing`` depends on others in one of ``layers``."""
        facts = [
            fact
            for fact in self.standing.of("dependsOn", thing)
            if set(fact.qualifiers.get("layer", ())) & set(layers)
        ]
        return [
            hop(thing, target, tuple(fact for fact in facts if fact.object == target))
            for target in sorted({fact.object for fact in facts})
        ]

    def reached(self, thing: str, layers: Collection[str]) -> list[Link]:
        """Lead to all that ``thing`` depends on in ``layers``, directly or through offerings."""
        links = {thing: Link(thing, ())}
        queue = deque([thing])
        while queue:
            here = links[queue.popleft()]
            if len(here.steps) == MAX_STEPS or (here.steps and self.is_actor(here.node)):
                continue
            for step in self.depended(here.node, layers):
                if step.head not in links:
                    links[step.head] = here.on(step)
                    queue.append(step.head)
        return [link for name, link in links.items() if name != thing]

    def suppliers(self, thing: str, layers: Collection[str]) -> list[Link]:
        """Lead to the actors that ``thing`` depends on in ``layers``, or that provide what it does."""
        return best_first(
            supplier for link in self.reached(thing, layers) for supplier in self.actors_of(link)
        )

    def actors_of(self, link: Link) -> list[Link]:
        """Lead on to the actors behind what ``link`` leads to; it may be one itself."""
        if self.is_actor(link.node):
            return [link]
        return [link.on(*each.steps) for each in self.behind(link.node, ("provides",))]

    def foreign(self, links: Iterable[Link]) -> list[Link]:
        """Keep the actors under a law outside Europe, and lead on to it; the best first."""
        found = []
        for link in best_first(links):
            law = self.abroad(link.node)
            if law is not None:
                found.append(Link(link.node, (*link.steps, *law.steps)))
        return best_first(found)

    def all_foreign(self, links: Collection[Link]) -> bool:
        """Whether there are some, and each is under a law outside Europe."""
        return bool(links) and len(self.foreign(links)) == len(best_first(links))

    def chip_makers(self, thing: str) -> list[Link]:
        """Lead to the actors whose chips ``thing`` runs on, as far as the facts tell.

        An actor is taken for a maker of chips if it has others make them for it, or if the step
        that leads to it is one of chips.
        """
        return [
            link
            for link in self.suppliers(thing, HARDWARE)
            if self.depended(link.node, ("chips",)) or self._by_chips(link)
        ]

    def foundries(self, link: Link) -> list[Link]:
        """Lead on from a product, or from who provides it, to those who make its chips.

        Who holds rights in it supplies a design, and is no foundry.
        """
        found: list[Link] = []
        for start in (link, *self.actors_of(link)):
            designers = {holder.node for holder in self.holders(start.node)}
            for step in self.depended(start.node, ("chips",)):
                found += (
                    maker for maker in self.actors_of(start.on(step)) if maker.node not in designers
                )
        return best_first(found)

    def _by_chips(self, link: Link) -> bool:
        layers = (
            self.standing.by_id[name].qualifiers.get("layer", ())
            for step in link.steps
            for name in step.facts
        )
        return any("chips" in each for each in layers)

    def inward(self, thing: str, relations: Collection[str]) -> list[Hop]:
        """Give the steps against facts of ``relations`` whose object is ``thing``, by their start."""
        facts = [fact for relation in relations for fact in self.standing.into(relation, thing)]
        return [
            hop(thing, actor, tuple(fact for fact in facts if fact.subject == actor))
            for actor in sorted({fact.subject for fact in facts})
        ]

    # --- Cut-off

    @cached_property
    def all_foreign_actors(self) -> frozenset[str]:
        """The actors under a law outside Europe, among those that some need knows."""
        known = {name for needs in self.needs.values() for need in needs for name in _named(need)}
        return frozenset(
            name for name in known if self.is_actor(name) and self.abroad(name) is not None
        )

    def cut_off(self, removed: frozenset[str], horizon: int) -> Outcome:
        """Take actors away; what is installed, in the layers of hardware, goes on running.

        In the best reading: a substitute that no source rules out is trusted to serve.
        """
        if horizon not in self._circuits:
            flows = [
                need
                for needs in self.needs.values()
                for need in needs
                if not (need.layers and need.layers <= STOCK_LAYERS)
            ]
            self._circuits[horizon] = Circuit.of(flows, self.standing, horizon, "best")
        return self._circuits[horizon].without(removed)

    @cached_property
    def _circuits(self) -> dict[int, Circuit]:
        return {}

    @cached_property
    def everything_foreign_gone(self) -> Mapping[int, Outcome]:
        """What follows when every foreign actor stops: at once, and :data:`LATER`."""
        return {each: self.cut_off(self.all_foreign_actors, each) for each in (0, LATER)}


def _tied(actor: str, tie: Tie) -> Link:
    return Link(tie.jurisdiction, tie.hops) if tie.hops else Link(actor, ())


def _named(need: Need) -> Iterator[str]:
    yield need.dependent
    yield from (option.node for option in need.options)


class Offer:
    """One offering, or a firm that the sources name in the place of its offering, to be assessed."""

    def __init__(self, thing: str, grounds: Grounds) -> None:
        self.thing = thing
        self.grounds = grounds
        #: Whether the thing is an actor, which then provides and operates itself.
        self.itself = grounds.is_actor(thing)

    @cached_property
    def providers(self) -> list[Link]:
        """Those who provide or operate it."""
        return [Link(self.thing, ())] if self.itself else self.grounds.behind(self.thing)

    @cached_property
    def operators(self) -> list[Link]:
        """Those who operate it."""
        if self.itself:
            return [Link(self.thing, ())]
        return self.grounds.behind(self.thing, ("operates",))

    @cached_property
    def tops(self) -> list[Link]:
        """Those at the head of its providers: whom nobody controls, as far as is known."""
        return best_first(
            link.on(*top.steps) if top.steps else link
            for link in self.providers
            for top in self.grounds.tops(link.node)
        )

    @cached_property
    def owned(self) -> list[Link]:
        """The firms whose capital counts: its providers and those at their head."""
        return best_first([*self.providers, *self.tops])

    @cached_property
    def components(self) -> list[Link]:
        """The offering itself, and the software and models that it depends on."""
        return [Link(self.thing, ()), *self.grounds.reached(self.thing, SOFTWARE)]

    @cached_property
    def builders(self) -> list[Link]:
        """Those who build its components; a firm that is named as a component stands for itself."""
        return best_first(
            builder for link in self.components for builder in self._built(link, "builders")
        )

    @cached_property
    def holders(self) -> list[Link]:
        """Those who hold rights in its components; where none is named, who builds them."""
        named = [holder for link in self.components for holder in self._built(link, "holders")]
        return best_first(named) if named else self.builders

    @cached_property
    def products(self) -> list[Link]:
        """The hardware that it depends on, or that it is."""
        own = self.grounds.standing.is_a(self.thing, "Product")
        found = self.grounds.reached(self.thing, HARDWARE)
        return [Link(self.thing, ()), *found] if own else found

    @cached_property
    def machines(self) -> list[Link]:
        """The computers of high performance that it is, consists of or depends on."""
        grounds = self.grounds
        parts = [Link(step.head, (step,)) for step in grounds.inward(self.thing, ("partOf",))]
        reached = grounds.reached(self.thing, {"compute", "cloud"})
        links = [Link(self.thing, ()), *parts, *reached]
        return [
            link
            for link in links
            if any(grounds.standing.is_a(link.node, machine) for machine in MACHINES)
        ]

    @cached_property
    def behind_closed(self) -> tuple[Fact, ...]:
        """The facts by which all providers and operators are known; none if they are not."""
        lists = [self.grounds.closed(self.thing, kind) for kind in ("providers", "operators")]
        return tuple(fact for facts in lists for fact in facts) if all(lists) else ()

    @cached_property
    def exposures(self) -> list[tuple[Link, Exposure]]:
        """Laws from outside Europe that may reach it or a provider of it, and how one gets there.

        What a provider depends on is not passed on to what it provides.
        """
        rows = self.grounds.exposures
        own = [(Link(self.thing, ()), row) for row in rows.get(self.thing, ())]
        of_providers = [
            (link, row)
            for link in self.providers
            if link.steps
            for row in rows.get(link.node, ())
            if "dependsOn" not in self.grounds.relations_of(row.hops)
        ]
        return [*own, *of_providers]

    def all_behind_known(self) -> bool:
        """Whether there are no other providers and operators than those known."""
        return bool(self.providers) and bool(self.behind_closed)

    def _built(self, link: Link, by: str) -> list[Link]:
        if link.steps and self.grounds.is_actor(link.node):
            return [link] if by == "builders" else []
        find = self.grounds.builders if by == "builders" else self.grounds.holders
        return [link.on(*each.steps) for each in find(link.node)]
