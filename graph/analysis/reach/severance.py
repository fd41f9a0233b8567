"""The fewest links to cut so that a law no longer reaches an entity."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from techsov.graph.analysis.law.jurisdictions import CONTROL
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.instruments import Law
from techsov.graph.analysis.reach.links import Pairs, leaving
from techsov.graph.analysis.reach.reaching import Ground
from techsov.graph.records import Fact

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.DiGraph["Place"]

#: A part of the grammar, and the node there: a ``thing`` depends and is supplied, a ``holder`` is
#: controlled, a ``maker`` brings an item into the world; a ``supply`` leads to one or both.
Place = tuple[str, ...]
END: Place = ("end",)
#: How the two ends of a link hang together; ``present`` is the business that one does in a place.
Tie = Literal["depends", "supplied", "controlled", "controls", "present"]
Key = tuple[Tie, str, str]
#: By this relation one is present in a way that one can give up.
MOVABLE = "operatesIn"
GIVEN_UP = frozenset({MOVABLE, *CONTROL})


@dataclass(frozen=True, slots=True)
class Link:
    """Two ends and all the facts that tie them; to cut it is that none of these holds."""

    tie: Tie
    tail: str
    head: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Severance:
    """The links to cut, by tie and ends; none, if nothing need or can be cut.

    ``because`` is set where no cut helps: the steps by which the law names the entity, or by
    which the entity itself is under the law of the jurisdiction or has its head office there. It
    is empty for the state whose law it is, and None where a cut helps.
    """

    links: tuple[Link, ...]
    because: tuple[Hop, ...] | None = None


class Severing:
    """The smallest cuts against one law, on the facts of one ground."""

    def __init__(self, ground: Ground, law: Law) -> None:
        self._ground, self._law = ground, law
        links = ground.links
        there = [
            name
            for region in law.jurisdictions
            for name in (*ground.established(region), *ground.seated(region))
        ]
        self._holders = frozenset([*law.names, *(there if law.follows_persons else ())])
        self._makers = frozenset(there if law.follows_items else ())
        self._pairs: Mapping[Tie, Pairs] = {
            "depends": links.covered(law.layers),
            "supplied": links.supplied if self._holders else links.made,
            "controlled": links.controlled if law.follows_control else {},
        }
        self._leaving = {tie: leaving(pairs) for tie, pairs in self._pairs.items()}

    def smallest(self, entity: str) -> Severance:
        """Find the fewest links whose cutting leaves no chain from ``entity``, however long.

        Returns
        -------
        Severance
            Of several smallest sets the one nearest to ``entity``.

        Notes
        -----
        By the theorem of Menger [1]_ it has as many links as there are chains that share none,
        and these are found as a maximum flow in the product of the graph with the grammar, where
        each link is one edge. The links that leave what the flow can still reach from ``entity``
        are the smallest set nearest to it, whichever maximum flow was found. What establishes
        somebody, puts a head office somewhere, makes a state a member, or names somebody in a
        law cannot be cut.

        References
        ----------
        .. [1] K. Menger (1927), "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10,
           p. 96-115.
        """
        import networkx as nx
        from networkx.algorithms.flow import edmonds_karp

        network = self._network(entity)
        start: Place = ("thing", entity)
        if END not in network:
            return Severance(())
        try:
            residual = edmonds_karp(network, start, END)
        except nx.NetworkXUnbounded:
            return Severance((), self._fixed(entity))
        near = _reached(residual, start)
        edges: Iterable[tuple[Place, Place, Key]] = network.edges(data="key")
        cut = {key for here, there, key in edges if here in near and there not in near}
        return Severance(tuple(self._link(entity, *key) for key in sorted(cut)))

    def _network(self, entity: str) -> "Network":
        """Draw what may follow from ``entity``; an edge without capacity cannot be cut."""
        import networkx as nx

        network: Network = nx.DiGraph()
        start: Place = ("thing", entity)
        network.add_node(start)
        queue = deque([start])
        seen = {start}
        while queue:
            here = queue.popleft()
            for there, key in self._onward(here, entity):
                if key:
                    network.add_edge(here, there, key=key, capacity=1)
                else:
                    network.add_edge(here, there)
                if there not in seen:
                    seen.add(there)
                    queue.append(there)
        return network

    def _onward(self, here: Place, entity: str) -> Iterator[tuple[Place, Key | None]]:
        """Give where the grammar leads from a place, and the link that leads there, if it is one."""
        part, node = here[0], here[-1]
        if part == "thing":
            yield from self._along("depends", node, "thing")
            if node != entity or self._reached_alone(entity):
                yield ("holder", node), None
                yield ("maker", node), None
                for head, _ in self._leaving["supplied"].get(node, ()):
                    yield ("supply", node, head), ("supplied", node, head)
            if node == entity:
                yield from self._present(entity)
        elif part == "supply":
            yield ("holder", node), None
            if here[1:] in self._ground.links.made:
                yield ("maker", node), None
        elif part == "holder":
            yield from self._along("controlled", node, "holder")
            if node in self._holders:
                yield END, None
        elif part == "there" or (part == "maker" and node in self._makers):
            yield END, None

    def _along(self, tie: Tie, node: str, part: str) -> Iterator[tuple[Place, Key]]:
        for head, _ in self._leaving[tie].get(node, ()):
            yield (part, head), (tie, node, head)

    def _reached_alone(self, entity: str) -> bool:
        """Whether a chain from ``entity`` needs no step of dependence."""
        return entity in self._law.names or entity in self._ground.active_in(self._law.layers)

    def _present(self, entity: str) -> Iterator[tuple[Place, Key | None]]:
        """Give the ways in which ``entity`` is present; a head office cannot be given up."""
        for first, *_ in self._ways(entity):
            relation = self._relation(first)
            if relation in CONTROL:
                yield ("there", first.head), ("controls", entity, first.head)
            elif relation == MOVABLE:
                yield ("there", first.head), ("present", entity, first.head)
            else:
                yield END, None

    def _ways(self, entity: str) -> list[tuple[Hop, ...]]:
        law, ground = self._law, self._ground
        at_home = ground.standing.is_a(entity, "Jurisdiction")
        if "presence" not in law.reach or at_home or not self._reached_alone(entity):
            return []
        return [way for region in law.jurisdictions for way in ground.present(entity, law, region)]

    def _relation(self, step: Hop) -> str:
        return self._ground.standing.by_id[step.facts[0]].relation

    def _fixed(self, entity: str) -> tuple[Hop, ...]:
        """Give the tie of ``entity`` that cannot be cut, the firmest one."""
        ground = self._ground
        ends = [ground.named(self._law)]
        if entity in self._holders | self._makers:
            for region in self._law.jurisdictions:
                ends += [ground.established(region), ground.seated(region)]
        held = [each[entity] for each in ends if entity in each]
        kept = [way for way in self._ways(entity) if self._relation(way[0]) not in GIVEN_UP]
        return [*held, *kept][0]

    def _link(self, entity: str, tie: Tie, tail: str, head: str) -> Link:
        facts: Iterable[Fact]
        if tie == "present":
            said = self._ground.standing.of(MOVABLE, entity)
            facts = [fact for fact in said if fact.object == head]
        elif tie == "controls":
            facts = self._ground.links.controlled[head, tail]
        else:
            facts = self._pairs[tie][tail, head]
        return Link(tie, tail, head, tuple(sorted(fact.id for fact in facts)))


def _reached(residual: "Network", start: Place) -> set[Place]:
    """Give the places to which more could still flow."""
    near = {start}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there, edge in residual[here].items():
            if there not in near and edge["flow"] < edge["capacity"]:
                near.add(there)
                queue.append(there)
    return near
