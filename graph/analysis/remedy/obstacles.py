"""What stands in the way of a repair: the chains of a law, or the caps that hold a SEAL down."""

from collections.abc import Callable
from typing import TypeVar

from techsov.graph.analysis.ladder.criteria import caps
from techsov.graph.analysis.ladder.grounds import Grounds, Offer
from techsov.graph.analysis.reach.exposure import LegalReach
from techsov.graph.analysis.remedy.repair import Obstacles, Witness
from techsov.graph.analysis.standing import Standing
from techsov.graph.facts.frameworks import Framework

Made = TypeVar("Made")


def chains_of_law(law: str) -> Obstacles:
    """Give, for an entity, each chain by which ``law`` may reach it."""
    reach = _once(LegalReach)

    def obstacles(standing: Standing, entity: str) -> list[Witness]:
        rows = reach(standing).exposures(entity, law)
        return [Witness(law, row.hops) for row in rows]

    return obstacles


def caps_below(framework: Framework, seal: int) -> Obstacles:
    """Give, for an offering, each cap that holds its SEAL below ``seal``, with its chains."""
    grounds = _once(Grounds)

    def obstacles(standing: Standing, entity: str) -> list[Witness]:
        found = caps(Offer(entity, grounds(standing)))
        return [
            Witness(name, tuple(step for chain in cap.found.chains for step in chain))
            for name, cap in sorted(found.items())
            if framework.criteria[name].at(cap.rung).seal < seal
        ]

    return obstacles


def _once(make: Callable[[Standing], Made]) -> Callable[[Standing], Made]:
    """Make something of each standing once: many candidates are asked on the same facts."""
    kept: list[tuple[Standing, Made]] = []

    def made(standing: Standing) -> Made:
        for known, found in kept:
            if known is standing:
                return found
        kept.append((standing, make(standing)))
        return kept[-1][1]

    return made
