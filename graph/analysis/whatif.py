"""What if: one removal, tried in both readings of what no source says."""

from collections.abc import Mapping
from dataclasses import dataclass

from techsov.graph.analysis.failure import Circuit, Outcome
from techsov.graph.analysis.needs import READINGS, Need, Reading, needs_of
from techsov.graph.analysis.removal import Removal
from techsov.graph.analysis.standing import Standing


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One removal in both readings: what no source says taken for absent, or for present."""

    removed: Mapping[str, Removal]
    outcomes: Mapping[Reading, Outcome]

    @property
    def worst(self) -> Outcome:
        """What follows if nothing that is unknown comes to help."""
        return self.outcomes["worst"]

    @property
    def best(self) -> Outcome:
        """What follows if all that is unknown comes to help."""
        return self.outcomes["best"]

    @property
    def affected(self) -> tuple[str, ...]:
        """What is not as before in either reading, in the order of the worst one."""
        only_best = [name for name in self.best.affected if name not in self.worst.affected]
        return (*self.worst.affected, *only_best)

    @property
    def empties(self) -> bool:
        """Whether nothing that needs anything, or is needed, is left."""
        return set(self.worst.circuit.nodes) <= set(self.removed)

    def premises(self, entity: str) -> tuple[str, ...]:
        """Give the ids of the facts by which ``entity`` is affected, sorted.

        Those of every need of it that fails or is weakened, of the chain that explains it, and
        of the reason for which the end of that chain is removed.
        """
        facts: set[str] = set()
        for outcome in self.outcomes.values():
            for failure in (*outcome.failures(entity), *outcome.weakened(entity)):
                facts.update(failure.need.facts)
                facts.update(name for option in failure.down for name in option.facts)
            chain = outcome.reason(entity)
            facts.update(name for step in chain for name in step.facts)
            if chain and chain[-1].head in self.removed:
                facts.update(self.removed[chain[-1].head].facts)
        return tuple(sorted(facts))


def circuits(standing: Standing, horizon: int) -> dict[Reading, Circuit]:
    """Read the needs of the facts that stand, within ``horizon`` months, in both readings."""
    needs: tuple[Need, ...] = needs_of(standing)
    return {reading: Circuit.of(needs, standing, horizon, reading) for reading in READINGS}


def what_if(tried: Mapping[Reading, Circuit], removed: Mapping[str, Removal]) -> WhatIf:
    """Take everything in ``removed`` away at once."""
    return WhatIf(
        removed, {reading: circuit.without(removed) for reading, circuit in tried.items()}
    )
