"""Whom a law may reach, and by which chain of facts.

A chain runs from an entity to the jurisdiction that enacts the law, or to one whom the law
names: ``depends on * / is supplied by ? / is controlled by * / is established under``.

- It depends in the layers that the law covers. What a supplier depends on is not passed on to
  each thing that it supplies.
- Control is followed only by a law that reaches by control; a share, however large, is no control.
- Without a step of dependence the entity must be shown to be active in a layer that the law
  covers: see :mod:`techsov.graph.analysis.reach.activity`.
- A law of a union reaches those under the law of its members.

That a law may reach somebody is not that it does: possession, custody or control are for a court.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from techsov.graph.analysis.conclusion import Conclusion, conclude
from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.grammar import MOST_STEPS
from techsov.graph.analysis.reach.instruments import (
    Law,
    LeftOut,
    best,
    law_of,
    laws_of,
    left_out,
    saying,
)
from techsov.graph.analysis.reach.links import Onward, leaving
from techsov.graph.analysis.reach.mitigation import Mitigation, mitigations
from techsov.graph.analysis.reach.reaching import (
    KINDS,
    Ground,
    How,
    Kind,
    Presence,
    Route,
    Search,
    searches,
)
from techsov.graph.analysis.reach.severance import Severance, Severing
from techsov.graph.analysis.standing import (
    FIRMNESS,
    Standing,
    lowest_confidence,
    weakest_status,
)
from techsov.graph.records import Fact

RULE = "legal-reach-1"
#: The statuses that a premise may have; what is denied or only hypothetical supports nothing.
PREMISES = ("stated", "planned", "claimed")
#: The classes of what somebody must supply.
SUPPLIED = ("Offering", "Infrastructure")
#: The classes of what has members, and no law or supplier of its own.
GROUPS = ("ActorGroup", "OfferingGroup")
#: The order in which rows are told: the laws of others first.
DOMESTIC = ("no", "unknown", "yes")


@dataclass(frozen=True, slots=True)
class Exposure:
    """``entity`` may be reached by ``law``.

    ``kind`` says how: the law names the end of the chain (``named``); the end is constituted
    under the law of ``jurisdiction`` (``establishment``), after a step of control (``control``),
    or has its head office there while nobody says under which law it is (``seat``); the entity
    itself does business there (``presence``); or the item at issue comes from there
    (``item-origin``).

    ``hops`` is the chain, up to the law itself. ``activity`` shows the layer in which the entity
    is active, where the chain has no dependence to show it. ``premises`` are the ids of all facts
    that it rests on, sorted; of several that say the same, the firmest and most direct.
    ``status`` is the weakest of theirs, ``confidence`` the lowest. ``contingent`` are the
    premises that are not stated, ``denied`` facts by which somebody denies a step.

    ``domestic`` says whether the entity, or whoever supplies it, is itself under the law of the
    jurisdiction; the head office counts where no law is known. ``mitigations`` stand beside the
    reach and never cancel it.
    """

    entity: str
    law: str
    kind: Kind
    jurisdiction: str
    hops: tuple[Hop, ...]
    activity: tuple[Hop, ...]
    risks: tuple[str, ...]
    premises: tuple[str, ...]
    status: str
    confidence: Decimal
    contingent: tuple[str, ...]
    denied: tuple[str, ...]
    domestic: Literal["yes", "no", "unknown"]
    mitigations: tuple[Mitigation, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody says of those on the chains that start from an entity.

    ``no_law`` are organisations of which neither law nor head office is known, ``no_supplier``
    offerings and infrastructure of which no supplier is known, ``groups`` those further on that
    have no law of their own, all nearest first. ``no_layer`` says that nothing shows a layer in
    which the entity is active.
    """

    no_law: tuple[str, ...]
    no_supplier: tuple[str, ...]
    groups: tuple[str, ...]
    no_layer: bool


class LegalReach:
    """Whom the laws of the evidence may reach, on the facts that stand. Computed where asked.

    For each entity, law and kind the firmest chain is given: of stated facts alone, else with
    planned ones, else with claimed ones; then the shortest, then the most direct.
    """

    def __init__(self, standing: Standing) -> None:
        self.standing = standing.only(PREMISES)
        self.widest = Ground(self.standing)
        self._severings: dict[tuple[str, str], Severing] = {}
        self._cuts: dict[tuple[str, str, str], Severance] = {}
        self._ways: dict[tuple[frozenset[str], bool], tuple[Onward, Onward, Onward]] = {}
        self._shown = Standing.on(
            standing.records, standing.schema, standing.day, (*FIRMNESS, "denied")
        )

    @cached_property
    def laws(self) -> list[Law]:
        """The laws of which the facts say enough, by id."""
        return laws_of(self.standing)

    @cached_property
    def left_out(self) -> list[LeftOut]:
        """The laws of which they do not, and what is lacking, by id."""
        return left_out(self.standing)

    def exposures(self, entity: str | None = None, law: str | None = None) -> list[Exposure]:
        """Give whom which law may reach.

        Parameters
        ----------
        entity, law : str, optional
            Ids: this entity or this law only.

        Returns
        -------
        list of Exposure
            One row for each entity, law and kind: foreign laws first, then by law, then the
            firmest kinds and statuses, then by entity.
        """
        found: dict[tuple[str, str, Kind], Exposure] = {}
        for ground in self._grounds:
            for each in self.laws:
                if law in (None, each.id):
                    for search in searches(ground, self._as_read(ground, each)):
                        for name in search.found:
                            key = (name, each.id, search.kind)
                            if entity in (None, name) and key not in found:
                                found[key] = self._row(ground, search, name)
        return sorted(found.values(), key=_order)

    def severance(self, entity: str, law: str, status: str = PREMISES[-1]) -> Severance:
        """Find the smallest set of links to cut so that ``law`` no longer reaches ``entity``.

        Parameters
        ----------
        entity : str
            Whom it reaches.
        law : str
            One of :attr:`laws`.
        status : str
            Facts of this status and firmer ones are read; by default all.
        """
        asked = entity, law, status
        if asked not in self._cuts:
            self._cuts[asked] = self._severing(law, status).smallest(entity)
        return self._cuts[asked]

    def _severing(self, law: str, status: str) -> Severing:
        key = law, status
        if key not in self._severings:
            found = next(each for each in self.laws if each.id == law)
            self._severings[key] = Severing(*self._on(status, found))
        return self._severings[key]

    def _on(self, status: str, law: Law) -> tuple[Ground, Law]:
        """Give the firmest facts up to ``status``, and what they say of ``law``."""
        admitted = FIRMNESS[: FIRMNESS.index(status) + 1]
        fits = [each for each in self._grounds if set(each.standing.statuses) <= set(admitted)]
        ground = fits[-1] if fits else self._grounds[0]
        return ground, self._as_read(ground, law)

    @cached_property
    def lawless(self) -> frozenset[str]:
        """The organisations of which neither law nor head office is known."""
        return frozenset(
            name
            for name in self.standing.records.entities
            if self.standing.is_a(name, "Organisation") and not self._law_known(name)
        )

    def unknown(self, entity: str, law: str | None = None) -> Unknown:
        """Give what nobody says of ``entity`` and of those on chains from it.

        Chains are followed in the layers that ``law`` covers, or in any.
        """
        chosen = [each for each in self.laws if law in (None, each.id)]
        layers = frozenset(layer for each in chosen for layer in each.layers)
        supplied = {thing for thing, _ in self.widest.links.supplied}
        control = any(each.follows_control for each in chosen)
        upstream = list(self._upstream(entity, layers, control))
        groups = [name for name in upstream if self._is_one_of(name, GROUPS)]
        return Unknown(
            no_law=tuple(name for name in upstream if name in self.lawless),
            no_supplier=tuple(
                name
                for name in upstream
                if name not in supplied and name not in groups and self._is_one_of(name, SUPPLIED)
            ),
            groups=tuple(name for name in groups if name != entity),
            no_layer=not self.widest.activity.layers(entity),
        )

    def not_passed_on(self, entity: str, law: str | None = None) -> dict[str, tuple[str, ...]]:
        """Give the laws that may reach a supplier of ``entity`` through what it depends on.

        That is not passed on to each thing it supplies; only laws that do not reach ``entity``
        otherwise, by supplier.
        """
        reached = {row.law for row in self.exposures(entity, law)}
        found: dict[str, tuple[str, ...]] = {}
        for thing, supplier in self.widest.links.supplied:
            if thing == entity:
                through = {
                    row.law
                    for row in self.exposures(supplier, law)
                    if self.standing.by_id[row.hops[0].facts[0]].relation == "dependsOn"
                }
                if through - reached:
                    found[supplier] = tuple(sorted(through - reached))
        return found

    def domestic(self, entity: str, region: str) -> Literal["yes", "no", "unknown"]:
        """Say whether ``entity``, or all who supply it, are themselves under the law of ``region``.

        The head office counts where no law is known.
        """
        inside = self.widest.places.inside(region)
        own = self._own_laws(entity)
        suppliers = [head for thing, head in self.widest.links.supplied if thing == entity]
        laws = [own] if own else [self._own_laws(supplier) for supplier in suppliers]
        if any(law not in inside for each in laws for law in each):
            return "no"
        return "yes" if laws and all(laws) else "unknown"

    @cached_property
    def _grounds(self) -> list[Ground]:
        """The facts from the firmest alone to all."""
        held = [status for status in PREMISES if status in self.standing.statuses]
        narrower = [held[:count] for count in range(1, len(held))]
        return [
            *(Ground(self.standing.only(statuses), self.widest) for statuses in narrower),
            self.widest,
        ]

    @staticmethod
    def _as_read(ground: Ground, law: Law) -> Law:
        """Read ``law``, as all facts describe it, on one ground.

        It goes by a list of persons if either reading says so, since its risks are premises, and
        by a list of items if all facts do: what fewer facts show more facts never undo.
        """
        read = law_of(ground.standing, law.id)
        return replace(
            read,
            lists_persons=read.lists_persons or law.lists_persons,
            lists_items=law.lists_items,
        )

    def _row(self, ground: Ground, search: Search | Presence, entity: str) -> Exposure:
        standing, law, kind, region = ground.standing, search.law, search.kind, search.region
        route = search.route(entity)
        enacting = best(fact for fact in standing.into("enacts", law.id) if fact.subject == region)
        hops, covering = _in_covered_layers(standing, law, route)
        if kind != "named":
            hops = (*hops, hop(region, law.id, enacting))
        activity: tuple[Hop, ...] = ()
        if not covering and (route.hows or kind != "named"):
            activity, layer = ground.activity.shown_by(entity, law.layers)
            covering = list(saying(standing, law, "coversLayer", layer))
        premises = [
            *_facts(standing, [*hops, *activity]),
            *enacting,
            *covering,
            *_criterion(standing, law, kind, route.hows),
            *(fact for risk in law.risks for fact in saying(standing, law, "riskKind", risk)),
        ]
        domestic = self.domestic(entity, region)
        holders = [entity, *(step.head for step in route.steps("depends", "supplied"))]
        return Exposure(
            entity=entity,
            law=law.id,
            kind=kind,
            jurisdiction=region,
            hops=hops,
            activity=activity,
            risks=law.risks,
            premises=tuple(sorted({fact.id for fact in premises})),
            status=weakest_status(premises),
            confidence=lowest_confidence(premises),
            contingent=tuple(sorted({fact.id for fact in premises if fact.status != "stated"})),
            denied=self._denied(_facts(standing, hops)),
            domestic=domestic,
            mitigations=mitigations(self._held, holders, law, foreign=domestic != "yes"),
        )

    @cached_property
    def _held(self) -> Standing:
        return self._shown.only(FIRMNESS)

    def _denied(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """Give the facts that deny what one of ``facts`` says."""
        said = dict.fromkeys((fact.subject, fact.relation, fact.object) for fact in facts)
        return tuple(name for key in said for name in self._denials.get(key, ()))

    @cached_property
    def _denials(self) -> dict[tuple[str, str, str], list[str]]:
        found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        for fact in self._shown.only(("denied",)).facts:
            found[fact.subject, fact.relation, fact.object].append(fact.id)
        return found

    def _own_laws(self, entity: str) -> set[str]:
        ties = self.widest.places.ties(entity)
        own = {tie.jurisdiction for tie in ties if tie.kind in ("self", "establishment")}
        return own or {tie.jurisdiction for tie in ties if tie.kind == "seat"}

    def _is_one_of(self, name: str, classes: tuple[str, ...]) -> bool:
        return any(self.standing.is_a(name, cls) for cls in classes)

    def _law_known(self, entity: str) -> bool:
        standing = self.standing
        return bool(
            standing.of("establishedUnder", entity) or standing.of("headquarteredIn", entity)
        )

    def _upstream(self, entity: str, layers: frozenset[str], control: bool) -> Iterator[str]:
        """Give ``entity`` and all that the grammar leads to from it, nearest first."""
        depends, supplied, controlled = self._leaving(layers, control)
        seen = {(entity, True)}
        queue = deque([(entity, True, 0)])
        told: set[str] = set()
        while queue:
            node, is_thing, steps = queue.popleft()
            if node not in told:
                told.add(node)
                yield node
            if steps == MOST_STEPS:
                continue
            onward = [(head, False) for head, _ in controlled.get(node, ())]
            if is_thing:
                onward += [(head, True) for head, _ in depends.get(node, ())]
                onward += [(head, False) for head, _ in supplied.get(node, ())]
            for each in sorted(onward):
                if each not in seen:
                    seen.add(each)
                    queue.append((*each, steps + 1))

    def _leaving(self, layers: frozenset[str], control: bool) -> tuple[Onward, Onward, Onward]:
        """Lead on by dependence, supply and control; gathered once for each kind of chain."""
        if (layers, control) not in self._ways:
            links = self.widest.links
            controlled = leaving(links.controlled) if control else {}
            ways = leaving(links.covered(layers)), leaving(links.supplied), controlled
            self._ways[layers, control] = ways
        return self._ways[layers, control]


def exposure_conclusions(exposures: Iterable[Exposure], standing: Standing) -> list[Conclusion]:
    """Put exposures as derived statements: ``entity`` ``exposedTo`` ``law``.

    ``more`` holds ``riskKind`` (concepts), ``tie`` (a concept) and ``mitigatedBy``
    (what is held against the law or its risk), where there are any.
    """
    return [
        conclude(
            RULE,
            row.entity,
            "exposedTo",
            row.law,
            [standing.by_id[name] for name in row.premises],
            row.hops,
            {
                "riskKind": tuple(f"risk-{risk}" for risk in row.risks),
                "tie": (f"tie-{row.kind}",),
                "mitigatedBy": tuple(dict.fromkeys(each.means for each in row.mitigations)),
            },
        )
        for row in exposures
    ]


def _criterion(standing: Standing, law: Law, kind: Kind, hows: tuple[How, ...]) -> list[Fact]:
    """Give the facts that the law reaches by what the chain follows."""
    ties: set[str] = set()
    if kind in ("establishment", "control", "seat"):
        ties.add("establishment" if "establishment" in law.reach else "control")
    elif kind != "named":
        ties.add(kind)
    if "controlled" in hows:
        ties.add("control")
    return [fact for tie in sorted(ties) for fact in saying(standing, law, "reach", tie)]


def _in_covered_layers(
    standing: Standing, law: Law, route: Route
) -> tuple[tuple[Hop, ...], list[Fact]]:
    """Keep of each dependence the facts in one layer, and give those that the law covers it.

    It is the layer of which that is said best; ties go by id.
    """
    hops = list(route.hops)
    covering: list[Fact] = []
    for place, how in enumerate(route.hows):
        if how == "depends":
            facts = _facts(standing, [hops[place]])
            said = {
                layer: saying(standing, law, "coversLayer", layer)
                for layer in sorted(law.layers)
                if any(layer in _layers(fact) for fact in facts)
            }
            chosen = best(fact for each in said.values() for fact in each)[0]
            layer = next(name for name, each in said.items() if chosen in each)
            kept = tuple(fact for fact in facts if layer in _layers(fact))
            hops[place] = hop(hops[place].tail, hops[place].head, kept)
            covering += said[layer]
    return tuple(hops), covering


def _facts(standing: Standing, steps: Iterable[Hop]) -> list[Fact]:
    return [standing.by_id[name] for step in steps for name in step.facts]


def _layers(fact: Fact) -> tuple[str, ...]:
    return fact.qualifiers.get("layer", ())


def _order(row: Exposure) -> tuple[int, str, int, int, str]:
    return (
        DOMESTIC.index(row.domestic),
        row.law,
        KINDS.index(row.kind),
        FIRMNESS.index(row.status),
        row.entity,
    )
