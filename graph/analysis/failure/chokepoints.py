"""All single points of failure of one graph at once, beside the other two measures of a hold.

A supplier holds others in three ways, from the narrowest to the widest: they stop without it
(``cutsets``), all their chains pass through it (``dominators``), some chain does (``reach`` in
``centrality``).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from techsov.graph.analysis.failure.circuit import Circuit
from techsov.graph.analysis.failure.cutsets import Pairs, paired_points, single_points, victims
from techsov.graph.analysis.failure.needs import Reading
from techsov.graph.analysis.network.dominators import DominatorTree, dominator_tree
from techsov.graph.analysis.network.paths import Hop

if TYPE_CHECKING:
    import networkx as nx

#: By entity: the others whose removal alone takes it down, or that it takes down.
Points = Mapping[str, tuple[str, ...]]
#: ``alone`` in the worst reading only, ``alone-sure`` in both.
Kind = Literal["alone-sure", "alone", "pair", "all-chains"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take an entity down: ``entities`` go.

    ``steps`` is a chain that says why, where one does, and ``facts`` are the ids of all the facts
    that it rests on, sorted: more than those of the chain, where several options of a need go,
    and those of all chains, where these meet.
    """

    kind: Kind
    entities: tuple[str, ...]
    steps: tuple[Hop, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chokepoints:
    """Who hangs on whom."""

    circuits: Mapping[Reading, Circuit]
    points: Mapping[Reading, Points]
    hanging: Mapping[Reading, Points]
    pairs: Pairs
    tree: DominatorTree
    view: "nx.MultiDiGraph[str]"

    def suppliers(self) -> list[str]:
        """Give every supplier on which something hangs, the one that takes most down first."""
        worst, below = self.hanging["worst"], self.tree.below
        named = {*worst, *(node for node, under in below.items() if under)}

        def place(node: str) -> tuple[int, int, str]:
            return -len(worst.get(node, ())), -len(below.get(node, ())), node

        return sorted(named, key=place)

    def ways_down(self, entity: str) -> list[Way]:
        """Give every way to take ``entity`` down, the surest first."""
        alone = self.points["worst"].get(entity, ())
        sure = set(self.points["best"].get(entity, ()))
        singles = [
            self._way("alone-sure" if one in sure else "alone", (one,), entity) for one in alone
        ]
        singles.sort(key=lambda way: (way.kind != "alone-sure", len(way.steps), way.entities))
        pairs = [self._way("pair", pair, entity) for pair in self.pairs.of.get(entity, ())]
        above = [
            Way("all-chains", (one,), facts=facts_between(self.view, entity, one))
            for one in self.tree.above(entity)
            if one not in alone
        ]
        return [*singles, *pairs, *above]

    @cached_property
    def direct(self) -> Mapping[str, int]:
        """How many entities depend on each supplier directly."""
        return Counter(supplier for _, supplier in set(self.view.edges()))

    def _way(self, kind: Kind, removed: tuple[str, ...], entity: str) -> Way:
        # What holds in the best reading holds in the worst one too, by the same facts.
        reading: Reading = "best" if kind == "alone-sure" else "worst"
        outcome = self.circuits[reading].without(removed)
        steps = outcome.reason(entity) if len(removed) == 1 else ()
        return Way(kind, removed, steps, outcome.premises(entity))


def facts_between(view: "nx.MultiDiGraph[str]", start: str, goal: str) -> tuple[str, ...]:
    """Give the ids of the facts on any chain from ``start`` to ``goal``, sorted.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph([("a", "b", "f1"), ("b", "c", "f2"), ("a", "d", "f3")])
    >>> facts_between(view, "a", "c")
    ('f1', 'f2')
    """
    import networkx as nx

    between = (nx.descendants(view, start) | {start}) & (nx.ancestors(view, goal) | {goal})
    return tuple(sorted(fact for _, _, fact in view.subgraph(between).edges(keys=True)))


def find_chokepoints(
    circuits: Mapping[Reading, Circuit], view: "nx.MultiDiGraph[str]"
) -> Chokepoints:
    """Find every single point of failure, every pair, and what all chains pass through.

    Parameters
    ----------
    circuits : mapping
        The needs in both readings, see :func:`techsov.graph.analysis.failure.whatif.circuits`.
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact.
    """
    points = {reading: single_points(circuit) for reading, circuit in circuits.items()}
    return Chokepoints(
        circuits=circuits,
        points=points,
        hanging={reading: victims(each) for reading, each in points.items()},
        pairs=paired_points(circuits["worst"]),
        tree=dominator_tree(view),
        view=view,
    )
