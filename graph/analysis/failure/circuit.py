"""What stops working when something is taken away: needs that fail, to a fixpoint.

A thing that is lost takes with it what needs it. A person, a firm, a state or a group is not lost
with one of its needs: it is impaired, and no source says which of its other activities that
touches, so that nothing passes on from it. :attr:`Outcome.beyond` tells what would hang on it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from techsov.graph.analysis.failure.needs import Need, Option, Reading
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.network.runs import slices
from techsov.graph.analysis.standing import Standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

State = Literal["removed", "lost", "impaired", "degraded", "ok"]
#: From the gravest to the lightest.
STATES: tuple[State, ...] = ("removed", "lost", "impaired", "degraded", "ok")
#: The round of a node that never stops.
NEVER = -1


@dataclass(frozen=True)
class Wiring:
    """Needs by number: what the propagation runs on, however large.

    ``size`` nodes and ``len(dependents)`` needs. Entry ``i`` says that node ``option_nodes[i]``
    is an option of need ``option_needs[i]``, each pair once. Need ``j`` fails once more than
    ``slack[j]`` of its options are down, and then node ``dependents[j]`` stops. ``passes`` says
    of each node whether it takes down what needs it when it stops.
    """

    size: int
    option_nodes: "Integers"
    option_needs: "Integers"
    dependents: "Integers"
    slack: "Integers"
    passes: "Flags"

    @cached_property
    def _by_node(self) -> "tuple[Integers, Integers]":
        """The needs of which each node is an option: where its run starts, and the runs."""
        import numpy as np

        order = np.argsort(self.option_nodes, kind="stable")
        starts = np.zeros(self.size + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.option_nodes, minlength=self.size), out=starts[1:])
        return starts, self.option_needs[order]

    def rounds(self, removed: "Integers") -> "tuple[Integers, Integers]":
        """Take nodes away and let the failures run until nothing more fails.

        Returns
        -------
        (stopped, down) : two arrays of int64
            For each node the round in which it stops, 0 for what is removed, ``NEVER`` if it
            goes on; for each need how many of its options are down in the end.

        Notes
        -----
        The least fixpoint: two things that need only each other keep each other alive. Each need
        counts its options down [1]_; time is O(nodes + options), and a few microseconds for each
        round.

        References
        ----------
        .. [1] W. F. Dowling, J. H. Gallier (1984), "Linear-time Algorithms for Testing the
           Satisfiability of Propositional Horn Formulae", J. Logic Programming 1(3), p. 267-284.
        """
        import numpy as np

        starts, runs = self._by_node
        stopped = np.full(self.size, NEVER, dtype=np.int64)
        down = np.zeros(len(self.dependents), dtype=np.int64)
        stopped[removed] = 0
        front = np.unique(removed)
        turn = 0
        while front.size:
            turn += 1
            touched = runs[slices(starts[front], starts[front + 1])]
            np.add.at(down, touched, 1)
            failing = touched[down[touched] > self.slack[touched]]
            reached = np.unique(self.dependents[failing])
            new = reached[stopped[reached] == NEVER]
            stopped[new] = turn
            front = new[self.passes[new]]
        return stopped, down


@dataclass(frozen=True, slots=True)
class Gate:
    """A need that can fail, and the options of it that serve within the horizon."""

    need: Need
    usable: tuple[Option, ...]

    @property
    def slack(self) -> int:
        """How many of the usable options may be down while the need stays met."""
        return len(self.usable) - self.need.wanted


@dataclass(frozen=True, slots=True)
class Failure:
    """A need with options that are down.

    ``round`` is that in which one more went down than it can spare, NEVER while it is met.
    """

    need: Need
    down: tuple[Option, ...]
    round: int


@dataclass(frozen=True)
class Circuit:
    """The needs of some facts, within a horizon and in one reading, ready to be tried.

    ``nodes`` is sorted. ``gates`` are the needs that can fail. ``short`` are the needs of which
    fewer options serve today than they ask for: they are unmet before anything is removed, say
    nothing, and are left out, whatever the horizon and the reading. ``enduring`` are those of the
    others that the reading holds to outlast every supplier.
    """

    nodes: tuple[str, ...]
    gates: tuple[Gate, ...]
    short: tuple[Need, ...]
    enduring: tuple[Need, ...]
    actors: frozenset[str]

    @classmethod
    def of(
        cls, needs: Iterable[Need], standing: Standing, horizon: int, reading: Reading
    ) -> "Circuit":
        """Read the needs within ``horizon`` months, what is unknown by ``reading``."""
        able: list[Gate] = []
        short: list[Need] = []
        enduring: list[Need] = []
        named: set[str] = set()
        for need in needs:
            named.update((need.dependent, *(option.node for option in need.options)))
            if len(need.in_use) < need.wanted:
                short.append(need)
            elif need.endures(reading):
                enduring.append(need)
            else:
                able.append(Gate(need, need.usable(horizon, reading)))
        actors = frozenset(name for name in named if standing.is_a(name, "Actor"))
        return cls(tuple(sorted(named)), tuple(able), tuple(short), tuple(enduring), actors)

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each node."""
        return {node: index for index, node in enumerate(self.nodes)}

    @cached_property
    def options(self) -> frozenset[str]:
        """What can meet a need, or could: in use or not, whatever becomes of the need."""
        needs = (*(gate.need for gate in self.gates), *self.short, *self.enduring)
        return frozenset(option.node for need in needs for option in need.options)

    @cached_property
    def gates_of(self) -> Mapping[str, tuple[Gate, ...]]:
        """The gates by their dependent."""
        return grouped((gate.need.dependent, gate) for gate in self.gates)

    @cached_property
    def enduring_of(self) -> Mapping[str, tuple[Need, ...]]:
        """The enduring needs by their dependent."""
        return grouped((need.dependent, need) for need in self.enduring)

    @cached_property
    def leaning_on(self) -> Mapping[str, tuple[str, ...]]:
        """Those whose state may depend on a node: the dependents of needs that it could meet."""
        needs = (*(gate.need for gate in self.gates), *self.enduring)
        return grouped((option.node, need.dependent) for need in needs for option in need.options)

    @cached_property
    def wiring(self) -> Wiring:
        """The gates by number, where an actor that stops takes nothing with it."""
        return self._wired([node not in self.actors for node in self.nodes])

    @cached_property
    def wiring_through_actors(self) -> Wiring:
        """The gates by number, as if whatever stops took with it all that needs it."""
        return self._wired([True] * len(self.nodes))

    def without(self, removed: Collection[str]) -> "Outcome":
        """Take ``removed`` away; names that no need knows take nothing with them."""
        gone = frozenset(removed)
        return Outcome(self, gone, self._rounds(self.wiring, gone))

    def _rounds(self, wiring: Wiring, gone: frozenset[str]) -> Mapping[str, int]:
        import numpy as np

        known = sorted(self.number[name] for name in gone & self.number.keys())
        stopped, _ = wiring.rounds(np.array(known, dtype=np.int64))
        return {node: int(turn) for node, turn in zip(self.nodes, stopped, strict=True)}

    def _wired(self, passes: Sequence[bool]) -> Wiring:
        import numpy as np

        pairs = [
            (self.number[option.node], index)
            for index, gate in enumerate(self.gates)
            for option in gate.usable
        ]
        columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        dependents = [self.number[gate.need.dependent] for gate in self.gates]
        return Wiring(
            size=len(self.nodes),
            option_nodes=columns[:, 0],
            option_needs=columns[:, 1],
            dependents=np.array(dependents, dtype=np.int64),
            slack=np.array([gate.slack for gate in self.gates], dtype=np.int64),
            passes=np.array(passes, dtype=np.bool_),
        )


@dataclass(frozen=True)
class Outcome:
    """What follows once ``removed`` is gone.

    ``rounds`` says when each node stops: 0 for what is removed, NEVER for what goes on.
    """

    circuit: Circuit
    removed: frozenset[str]
    rounds: Mapping[str, int]

    def state(self, entity: str) -> State:
        """Give the state of ``entity``; what no need knows is ``ok``."""
        if entity in self.removed:
            return "removed"
        if self.rounds.get(entity, NEVER) != NEVER:
            return "impaired" if entity in self.circuit.actors else "lost"
        return "degraded" if self.weakened(entity) else "ok"

    @cached_property
    def affected(self) -> Mapping[str, State]:
        """What is not as before, without what was removed: the gravest first, then by id."""
        stopped = [node for node, turn in self.rounds.items() if turn != NEVER]
        down = (node for node in stopped if self._is_down(node))
        near = {each for node in down for each in self.circuit.leaning_on.get(node, ())}
        found = {node: self.state(node) for node in near.union(stopped)}
        touched = [node for node in found if found[node] not in ("ok", "removed")]
        touched.sort(key=lambda node: (STATES.index(found[node]), node))
        return {node: found[node] for node in touched}

    @cached_property
    def beyond(self) -> tuple[str, ...]:
        """What would stop too if an impaired actor took with it all that needs it, by id."""
        wider = self.circuit._rounds(self.circuit.wiring_through_actors, self.removed)
        return tuple(
            node
            for node in self.circuit.nodes
            if wider[node] != NEVER and self.rounds[node] == NEVER
        )

    def failures(self, entity: str) -> tuple[Failure, ...]:
        """Give the needs of ``entity`` that are not met any more, the first to fail first."""
        failed = []
        for gate in self.circuit.gates_of.get(entity, ()):
            down = self._down(gate.usable)
            if len(down) > gate.slack:
                turn = sorted(self.rounds[option.node] for option in down)[gate.slack]
                failed.append(Failure(gate.need, down, turn))
        return tuple(sorted(failed, key=lambda failure: failure.round))

    def weakened(self, entity: str) -> tuple[Failure, ...]:
        """Give the needs of ``entity`` that stay met although an option in use is down."""
        met = [gate.need for gate in self.circuit.gates_of.get(entity, ()) if self._is_met(gate)]
        needs = [*met, *self.circuit.enduring_of.get(entity, ())]
        found = (Failure(need, self._down(need.in_use), NEVER) for need in needs)
        return tuple(failure for failure in found if failure.down)

    def reason(self, entity: str) -> tuple[Hop, ...]:
        """Give a chain from ``entity`` to something removed, by which it stops or is weakened.

        At each step the option that went down first is followed, so that the chain cannot run in
        a circle. Empty for what is ``ok`` and for what is removed.
        """
        hops: list[Hop] = []
        here = entity
        while here not in self.removed:
            found = self.failures(here) or self.weakened(here)
            if not found:
                break
            option = min(found[0].down, key=lambda one: (self.rounds[one.node], one.node))
            hops.append(Hop(here, option.node, option.facts, option.confidence))
            here = option.node
        return tuple(hops)

    def proof(self, entity: str) -> dict[str, Failure]:
        """Give what the state of ``entity`` rests on: by node, what brings it down.

        ``entity`` comes first, then all that is down below it, up to what is removed: of each the
        need that failed first, with the options that were down by then. A need that can spare
        some has several, so that the proof is a chain only where each has one. Empty for what is
        ``ok`` and for what is removed.
        """
        found: dict[str, Failure] = {}
        waiting = [entity]
        while waiting:
            here = waiting.pop(0)
            failing = self.failures(here) or self.weakened(here)
            if failing and here not in found and here not in self.removed:
                found[here] = self._decisive(failing[0])
                waiting += (option.node for option in found[here].down)
        return found

    def premises(self, entity: str) -> tuple[str, ...]:
        """Give the ids of the facts that the state of ``entity`` rests on, sorted."""
        failures = self.proof(entity).values()
        options = (option for failure in failures for option in failure.down)
        facts = {name for option in options for name in option.facts}
        return tuple(sorted(facts.union(*(failure.need.facts for failure in failures))))

    def _decisive(self, failure: Failure) -> Failure:
        """Leave out what went down when the need had failed already, or was weakened already."""
        turns = [self.rounds[option.node] for option in failure.down]
        last = min(turns) if failure.round == NEVER else failure.round
        down = (each for each, turn in zip(failure.down, turns, strict=True) if turn <= last)
        return replace(failure, down=tuple(down))

    def _is_met(self, gate: Gate) -> bool:
        return len(self._down(gate.usable)) <= gate.slack

    def _down(self, options: Iterable[Option]) -> tuple[Option, ...]:
        """Select what is gone: removed, or lost; an impaired actor is still there."""
        return tuple(option for option in options if self._is_down(option.node))

    def _is_down(self, node: str) -> bool:
        if node in self.removed:
            return True
        return self.rounds.get(node, NEVER) != NEVER and node not in self.circuit.actors


Key = TypeVar("Key")
Member = TypeVar("Member")


def grouped(pairs: Iterable[tuple[Key, Member]]) -> dict[Key, tuple[Member, ...]]:
    """Group by the first of each pair, in the order given."""
    groups: defaultdict[Key, list[Member]] = defaultdict(list)
    for key, member in pairs:
        groups[key].append(member)
    return {key: tuple(members) for key, members in groups.items()}
