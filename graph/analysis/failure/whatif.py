"""What if: one removal, tried in both readings of what no source says."""

from collections.abc import Mapping
from dataclasses import dataclass

from techsov.graph.analysis.failure.circuit import Circuit, Outcome
from techsov.graph.analysis.failure.needs import READINGS, Need, Reading, needs_of
from techsov.graph.analysis.failure.removal import Removal
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
        """Whether nothing that needs anything, or is needed, is left, of what there was."""
        nodes = self.worst.circuit.nodes
        return bool(nodes) and self.removed.keys() >= set(nodes)

    @property
    def unneeded(self) -> bool:
        """Whether no need that is known could be met by anything that is removed."""
        return not self.removed.keys() & self.worst.circuit.options

    def premises(self, entity: str) -> tuple[str, ...]:
        """Give the ids of the facts by which ``entity`` is affected, sorted.

        Those of every need of it that fails or is weakened, of all that brings down what the
        first of them needs, and of the reasons for which the ends of that proof are removed.
        """
        facts: set[str] = set()
        for outcome in self.outcomes.values():
            proof = outcome.proof(entity)
            failures = (*outcome.failures(entity), *outcome.weakened(entity), *proof.values())
            options = [option for failure in failures for option in failure.down]
            facts.update(name for failure in failures for name in failure.need.facts)
            facts.update(name for option in options for name in option.facts)
            ends = {option.node for option in options} & self.removed.keys()
            facts.update(name for end in ends for name in self.removed[end].facts)
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
