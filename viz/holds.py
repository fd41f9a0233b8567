"""Whose loss would touch the most, and how firmly that stands, for reading.

Nothing is concluded here: reach, ranks over resampled facts, single points and shared suppliers
are those of the analyses, put in order and computed once for all pages.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.centrality import Rank, reach
from techsov.graph.analysis.network.paths import MAX_STEPS, Hop, dependency_chains
from techsov.graph.analysis.network.robustness import (
    SAMPLES,
    Pivot,
    RobustRank,
    pivotal_facts,
    robust_ranks,
)
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.reach.exposure import PREMISES
from techsov.viz.findings import Findings
from techsov.viz.style import in_stack

if TYPE_CHECKING:
    import networkx as nx

MEASURE = "reach"
#: So many are ranked, and so many suppliers of a layer are named.
MOST_RANKED, NAMED_IN_LAYER = 20, 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row of the ranking, with the facts behind it.

    ``single`` of the ``facts`` rest on one document each. ``direct`` are the facts by which
    something relies on it without another between, and ``far`` is a chain from the one that is
    most steps away.
    """

    firm: RobustRank
    facts: int
    single: int
    direct: tuple[str, ...]
    far: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class LayerHeld:
    """One layer of the stack: on whom somebody relies in it, by descending reach.

    ``suppliers`` come with their reach; ``single`` of the ``facts`` rest on one document each.
    """

    layer: str
    suppliers: tuple[tuple[str, int], ...]
    dependents: int
    facts: tuple[str, ...]
    single: int


@dataclass(frozen=True, slots=True)
class Silence:
    """What the evidence leaves open: so many of so many.

    ``needs`` are dependences, ``silent`` those of which no source says whether another supplier
    could serve; ``ahead`` are facts of dependence that are planned or claimed.
    """

    needs: int
    silent: int
    ahead: int


@dataclass(frozen=True)
class Holds:
    """Who holds how many others, by the stated facts."""

    findings: Findings

    @property
    def view(self) -> "nx.MultiDiGraph[str]":
        """What depends on what."""
        return self.findings.chokepoints.view

    @cached_property
    def reach(self) -> tuple[Rank, ...]:
        """How many rely on each, the most first."""
        return tuple(reach(self.view))

    @cached_property
    def firm(self) -> tuple[RobustRank, ...]:
        """The same, with the intervals of their ranks over resampled facts."""
        return tuple(robust_ranks(self.view, MEASURE, SAMPLES))

    @cached_property
    def ranks(self) -> tuple[Ranked, ...]:
        """The first of the ranking; nothing on which nobody relies."""
        rows = zip(self.firm[:MOST_RANKED], self.reach, strict=False)
        return tuple(self._ranked(firm, rank) for firm, rank in rows if firm.value)

    @cached_property
    def relied_upon(self) -> int:
        """Count what somebody relies on."""
        return sum(row.value > 0 for row in self.reach)

    @cached_property
    def pivots(self) -> tuple[Pivot, ...]:
        """The facts on which the first five hang."""
        return tuple(pivotal_facts(self.view, MEASURE))

    @cached_property
    def firmest(self) -> RobustRank | None:
        """Whoever is most often among the first five; nobody, where nobody relies on anything."""
        return max(
            (row for row in self.firm if row.value), key=lambda row: row.in_top, default=None
        )

    @property
    def facts(self) -> int:
        """Count the facts of dependence."""
        return self.view.number_of_edges()

    @cached_property
    def single(self) -> int:
        """Count those of them that rest on one document each."""
        return self._single(name for _, _, name in self.view.edges(keys=True))

    @cached_property
    def layers(self) -> tuple[LayerHeld, ...]:
        """The layers in which somebody relies on somebody, what stands on others first."""
        suppliers: defaultdict[str, dict[str, int]] = defaultdict(dict)
        dependents: defaultdict[str, set[str]] = defaultdict(set)
        facts: defaultdict[str, set[str]] = defaultdict(set)
        values = {row.node: int(row.value) for row in self.reach}
        for tail, head, name, edge in self.view.edges(keys=True, data=True):
            for layer in edge["layers"]:
                suppliers[layer][head] = values[head]
                dependents[layer].add(tail)
                facts[layer].add(name)
        return tuple(
            LayerHeld(
                layer,
                tuple(sorted(suppliers[layer].items(), key=lambda item: (-item[1], item[0]))),
                len(dependents[layer]),
                tuple(sorted(facts[layer])),
                self._single(facts[layer]),
            )
            for layer in in_stack(suppliers)
        )

    @cached_property
    def silence(self) -> Silence:
        """What no source says of the needs."""
        needs = [gate.need for gate in self.findings.chokepoints.circuits["worst"].gates]
        asked = [need for need in needs if need.kind == "dependency"]
        knowledge = self.findings.knowledge
        wider = dependency_view(knowledge.records, knowledge.schema, knowledge.day, PREMISES)
        ahead = wider.number_of_edges() - self.view.number_of_edges()
        return Silence(len(asked), sum(need.silent for need in asked), ahead)

    def rank_place(self, rank: int) -> float:
        """Place a rank on a scale of 0 to 100 on which each doubling takes as much room."""
        last = max(len(self.firm), 2)
        return round(100 * log(rank) / log(last), 2)

    def _ranked(self, firm: RobustRank, rank: Rank) -> Ranked:
        into = self.view.in_edges(firm.node, keys=True)
        direct = tuple(sorted(name for tail, _, name in into if tail != firm.node))
        facts = rank.facts
        return Ranked(firm, len(facts), self._single(facts), direct, self._far(firm.node))

    def _far(self, node: str) -> tuple[Hop, ...]:
        """Give the chain from whatever relies on ``node`` by most steps, the first of them by id."""
        import networkx as nx

        upwards = self.view.reverse(copy=False)
        steps = nx.single_source_shortest_path_length(upwards, node, cutoff=MAX_STEPS)
        start = min(steps, key=lambda name: (-steps[name], name))
        chains = dependency_chains(self.view, start, node, 1) if start != node else []
        return chains[0].hops if chains else ()

    def _single(self, names: Iterable[str]) -> int:
        by_id = self.findings.standing.by_id
        return sum(len(by_id[name].sources) == 1 for name in names)

    def as_hops(self, names: Iterable[str]) -> tuple[Hop, ...]:
        """Take facts one by one as steps, each from its subject to its object."""
        by_id = self.findings.arguable.by_id
        return tuple(hop(by_id[n].subject, by_id[n].object, (by_id[n],)) for n in names)
