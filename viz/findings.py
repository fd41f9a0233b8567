"""What follows for one entity, without words: rows of the analyses, and chains."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from techsov.graph.analyses import Analyses
from techsov.graph.analysis.claims.appraisal import Appraisal
from techsov.graph.analysis.claims.bearing import Bearing
from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.analysis.ladder.assessment import Assessment, answers_on, assess, compared
from techsov.graph.analysis.law.jurisdictions import Tie, hop
from techsov.graph.analysis.network.paths import Chain, Hop, dependency_chains
from techsov.graph.analysis.reach.exposure import Exposure
from techsov.graph.records import Fact
from techsov.viz.gaps import BEHIND

#: To so many of the most relied upon suppliers a chain is shown.
MOST_SUPPLIERS = 5


@dataclass(frozen=True, eq=False)
class Findings(Analyses):
    """The analyses of one knowledge, and what they find about each entity."""

    def compute(self) -> None:
        """Compute what the pages of all entities need, before the work is shared out."""
        self.chokepoints, self.exposures, self.appraisals, self.assessed, self.law  # noqa: B018

    def rows(self, entity: str, following: Mapping[str, int]) -> Iterator[object]:
        """Give all that is told of one entity, without words: facts and things by their ids."""
        below, chains = self.chains(entity, following)
        yield below, [(chain, following.get(chain.nodes[-1], 0)) for chain in chains]
        yield [(chain, self.home(chain[-1].head)) for chain in self.control_chains(entity)]
        points, exposures = self.chokepoints, self.exposures.get(entity, ())
        circuit = points.circuits["worst"]
        yield points.ways_down(entity)
        yield entity in circuit.number, entity in circuit.gates_of
        hanging = points.hanging["worst"].get(entity, ())
        yield hanging, points.hanging["best"].get(entity, ())
        if hanging:
            without = circuit.without({entity})
            yield [(without.reason(each), without.premises(each)) for each in hanging]
        yield exposures or self.reach.unknown(entity)
        yield self.claims_on(entity)
        if found := self.assessed.get(entity):
            yield found.verdicts, found.known, found.silent, found.hints, found.reported
            yield found.offer.itself, bool(found.offer.providers)

    def chains(self, entity: str, following: Mapping[str, int]) -> tuple[int, list[Chain]]:
        """Count those on whom one depends; give the shortest chains to the most relied upon."""
        if entity not in self._chains:
            view = self.chokepoints.view
            below = nx.descendants(view, entity) if entity in view else set()
            first = sorted(below, key=lambda name: (-following.get(name, 0), name))[:MOST_SUPPLIERS]
            found = [dependency_chains(view, entity, name, k=1) for name in first]
            self._chains[entity] = len(below), [chain for chains in found for chain in chains]
        return self._chains[entity]

    @cached_property
    def _chains(self) -> dict[str, tuple[int, list[Chain]]]:
        return {}

    def control_chains(self, entity: str) -> list[tuple[Hop, ...]]:
        """Lead to those who control one in the end, through whoever offers it."""
        return [
            (*way, *chain)
            for way in self._behind(entity)
            for chain in self._controlling(way[-1].head if way else entity)
        ]

    def home(self, top: str) -> Tie | None:
        """Tell under which law an actor itself stands; a head office counts for one."""
        ties = self.law.ties(top) if self.standing.is_a(top, "Actor") else ()
        return next((tie for tie in ties if tie.kind in ("self", "establishment", "seat")), None)

    def _behind(self, entity: str) -> list[tuple[Hop, ...]]:
        """Lead to who must be controlled: itself if it can act, else whoever offers it."""
        if self.standing.is_a(entity, "Actor"):
            return [()]
        facts = [fact for name in BEHIND for fact in self.standing.into(name, entity)]
        return [(), *((hop(entity, one, said),) for one, said in _by_subject(facts).items())]

    def _controlling(self, start: str) -> list[tuple[Hop, ...]]:
        """Lead to those above ``start`` whom nobody is known to control."""
        tops = set(self.law.tops(start))
        return [chain for chain in self.law.control_chains(start) if chain[-1].head in tops]

    @cached_property
    def exposures(self) -> Mapping[str, tuple[Exposure, ...]]:
        """What may reach each entity, foreign laws first."""
        return grouped((row.entity, row) for row in self.all_exposures)

    def claims_on(self, entity: str) -> list[Appraisal]:
        """Give the claims about an entity, or about what it offers or what is part of it."""
        meant = {entity, *(step.head for step in self._bearing.entailed(entity))}
        return [row for row in self.appraisals if row.subject in meant]

    @cached_property
    def _bearing(self) -> Bearing:
        return Bearing(self.arguable)

    @cached_property
    def assessed(self) -> Mapping[str, Assessment]:
        """What is compared on the ladders of the framework, by id."""
        answers, framework = answers_on(self.standing), self.knowledge.framework
        return {
            thing: assess(thing, self.grounds, framework, answers)
            for thing in compared(self.standing)
        }


def _by_subject(facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    return dict(grouped((fact.subject, fact) for fact in facts))
