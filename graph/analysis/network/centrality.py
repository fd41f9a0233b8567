"""How central a node is among dependencies; five measures, and the facts behind each value.

Every measure reads the view of :func:`techsov.graph.analysis.network.view.dependency_view`: edges run
from the dependent to what it depends on. Nothing else is done to the view: no status is weighed,
and parallel facts between the same two nodes count as one link, so that a well-documented
dependency is not a greater one. A loop is left out. Every node of the view has a row, highest
value first, ties by node; the null graph gives an empty list.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from math import fsum
from types import MappingProxyType
from typing import TYPE_CHECKING

from techsov.graph.analysis.network.view import EdgeArray, edge_array

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx as rx

DAMPING = 0.85
#: PageRank stops when all values together change by less than this; networkx stops at 1e-6 a node.
CHANGE_AT_END = 1e-13
MOST_ITERATIONS = 1000
#: Sums of floats differ in the last digits with the order of the nodes: equal must read as equal.
DIGITS_KEPT = 9
#: So many nodes are followed at once, one bit each; more need more memory, fewer more passes.
BITS_AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class Rank:
    """The value of one node. Its ``facts`` are looked up when asked for: there may be many."""

    node: str
    value: float
    support: Callable[[str], tuple[str, ...]] = field(repr=False, compare=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the row rests on, sorted; time is linear in their number."""
        return self.support(self.node)


def in_degree(view: "nx.MultiDiGraph[str]") -> list[Rank]:
    """Count the nodes that depend on each node directly.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact.

    Returns
    -------
    list of Rank
        One row per node, highest first, ties by node. ``value`` is a number of nodes, from 0 to
        n - 1 for n nodes. ``facts`` are those of the edges into the node.

    Notes
    -----
    Not divided by n - 1, as ``networkx.in_degree_centrality`` is, and parallel facts count once:
    a number that a reader can check by counting. It says how many facts name the node that were
    collected, not how many dependents there are in the world. Time is O(m log m) for m edges.

    References
    ----------
    .. [1] L. C. Freeman (1978), "Centrality in Social Networks: Conceptual Clarification",
       Social Networks 1(3), p. 219-221.

    Examples
    --------
    ``a`` and ``b`` depend on ``c``, and two facts say so of ``a``: two dependents, three facts.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph([("a", "c", "f1"), ("a", "c", "f2"), ("b", "c", "f3")])
    >>> for row in in_degree(view):
    ...     print(row.node, row.value, row.facts)
    c 2 ('f1', 'f2', 'f3')
    a 0 ()
    b 0 ()
    """
    edges = edge_array(view)
    return _ranked(edges, _in_degrees(edges), partial(_facts_into, edges, only_direct=True))


def reach(view: "nx.MultiDiGraph[str]") -> list[Rank]:
    """Count the nodes that depend on each node, directly or through others.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact.

    Returns
    -------
    list of Rank
        One row per node, highest first, ties by node. ``value`` is a number of nodes, from 0 to
        n - 1 for n nodes; the node itself is not counted, even on a cycle. ``facts`` are those
        of every chain that ends at the node.

    Notes
    -----
    The number of ancestors of the node, with any chain counting, however long: what a failure
    could touch if nobody had an alternative. An upper bound of harm, not a forecast.

    Strong components are shrunk to single nodes, and sets of dependents handed on in topological
    order as bits of integers, 8192 nodes at a time. Time is O(n m / 8192) steps of up to a
    kilobyte at worst, and nearly linear where chains are short; memory is at most a kilobyte per
    node. No exact method for all nodes at once is known whose time is linear.

    Examples
    --------
    ``a`` and ``b`` depend on each other, and ``b`` on ``c``. On ``c`` depend two, and on ``a``
    only ``b``.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph([("a", "b", "f1"), ("b", "a", "f2"), ("b", "c", "f3")])
    >>> for row in reach(view):
    ...     print(row.node, row.value, row.facts)
    c 2 ('f1', 'f2', 'f3')
    a 1 ('f1', 'f2')
    b 1 ('f1', 'f2')
    """
    edges = edge_array(view)
    return _ranked(edges, _ancestor_counts(edges), partial(_facts_into, edges))


def pagerank(view: "nx.MultiDiGraph[str]") -> list[Rank]:
    """Share out importance along dependencies, from each dependent to what it depends on.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact.

    Returns
    -------
    list of Rank
        One row per node, highest first, ties by node. ``value`` is a share in (0, 1] without
        unit, to nine digits; the shares sum to 1. ``facts`` are those of every chain that ends
        at the node, by which importance arrives; the other facts of the view change the value
        too, in that they say where else importance goes.

    Notes
    -----
    The stationary share of a walk [1]_ that follows a dependency with probability 0.85, each of
    a node's suppliers being as likely as another, and otherwise starts again at any node. A node
    that depends on nothing passes its share to all nodes alike. The iteration ends when all
    values together change by less than 1e-13, and the error is then below 6e-13. networkx ends
    at 1e-6 per node by default, which on 4,000 nodes is up to 0.4 % away. Time is O(m) for each
    of some 170 rounds.

    References
    ----------
    .. [1] S. Brin, L. Page (1998), "The Anatomy of a Large-Scale Hypertextual Web Search
       Engine", Computer Networks and ISDN Systems 30(1-7), p. 107-117.

    Examples
    --------
    ``a`` depends on ``b``. With x and y their shares, and y/2 handed back to each by ``b``, which
    depends on nothing: x = 0.075 + 0.425 y and y = 0.075 + 0.85 x + 0.425 y. With x + y = 1,
    x = 0.5 / 1.425 = 0.350877… and y = 0.925 / 1.425.

    >>> import networkx as nx
    >>> for row in pagerank(nx.MultiDiGraph([("a", "b", "f1")])):
    ...     print(row.node, row.value, row.facts)
    b 0.649122807 ('f1',)
    a 0.350877193 ()
    """
    edges = edge_array(view)
    return _ranked(edges, _pageranks(edges), partial(_facts_into, edges))


def betweenness(view: "nx.MultiDiGraph[str]") -> list[Rank]:
    """Count the shortest chains between other nodes that pass through each node.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact.

    Returns
    -------
    list of Rank
        One row per node, highest first, ties by node. ``value`` is a number of ordered pairs of
        other nodes, from 0 to (n - 1)(n - 2) for n nodes, to nine digits. ``facts`` are those of
        every chain through the node; others change the value too, in that they give chains that
        avoid it.

    Notes
    -----
    Over the pairs (s, t) where s depends on t through others, the sum of the fraction of the
    shortest chains from s to t that pass through the node [1]_. A pair without a chain adds
    nothing, nor do the ends. Not divided by the number of pairs, so that it reads as a number of
    pairs. Time is O(n m) for each weak component, on one thread, because the order of a sum shows
    in its last digits: the one measure here that does not scale beyond some 100,000 edges.

    References
    ----------
    .. [1] U. Brandes (2001), "A Faster Algorithm for Betweenness Centrality", J. Math. Sociol.
       25(2), p. 163-177.

    Examples
    --------
    ``a`` depends on ``d`` by two shortest chains, through ``b`` and through ``c``: half a pair
    for each. ``d`` lies on the only chains of ``a``, ``b`` and ``c`` to ``e``: three pairs.
    Those of ``a`` to ``e`` split again between ``b`` and ``c``, which makes one for each.

    >>> import networkx as nx
    >>> pairs = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e")]
    >>> view = nx.MultiDiGraph([(*pair, f"f{n}") for n, pair in enumerate(pairs, 1)])
    >>> for row in betweenness(view)[:3]:
    ...     print(row.node, row.value, row.facts)
    d 3.0 ('f1', 'f2', 'f3', 'f4', 'f5')
    b 1.0 ('f1', 'f3', 'f5')
    c 1.0 ('f2', 'f4', 'f5')
    """
    edges = edge_array(view)
    through = partial(_facts_through, edges, edges.reversed())
    return _ranked(edges, _pairs_between(edges), through)


def harmonic_closeness(view: "nx.MultiDiGraph[str]") -> list[Rank]:
    """Count the nodes that depend on each node, each divided by its distance.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact.

    Returns
    -------
    list of Rank
        One row per node, highest first, ties by node. ``value`` is a number of nodes, from 0 to
        n - 1 for n nodes, to nine digits. ``facts`` are those of every chain that ends at the
        node.

    Notes
    -----
    The sum of 1 / d over the nodes that depend on it [1]_, where d is the number of steps of the
    shortest chain from the dependent to the node: distances are inward. Direct dependents
    count 1 and others less, so it lies between ``in_degree`` and ``reach``. A node that does not
    depend on it adds 0. As bits of integers, 8192 nodes are followed at once: time is
    O(n m d / 8192) steps of up to a kilobyte at worst, for chains of up to d steps.

    References
    ----------
    .. [1] P. Boldi, S. Vigna (2014), "Axioms for Centrality", Internet Mathematics 10(3-4),
       p. 222-262.

    Examples
    --------
    On ``c`` depend ``b`` directly and ``a`` in two steps: 1 + 1/2.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph([("a", "b", "f1"), ("b", "c", "f2")])
    >>> for row in harmonic_closeness(view):
    ...     print(row.node, row.value, row.facts)
    c 1.5 ('f1', 'f2')
    b 1.0 ('f1',)
    a 0.0 ()
    """
    edges = edge_array(view)
    return _ranked(edges, _harmonic_sums(edges), partial(_facts_into, edges))


Measure = Callable[["nx.MultiDiGraph[str]"], list[Rank]]

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "in-degree": in_degree,
        "reach": reach,
        "pagerank": pagerank,
        "betweenness": betweenness,
        "harmonic-closeness": harmonic_closeness,
    }
)


def _in_degrees(edges: EdgeArray) -> list[int]:
    counts = [0] * len(edges.nodes)
    for _, head in edges.arcs:
        counts[head] += 1
    return counts


def _pageranks(edges: EdgeArray) -> list[float]:
    import rustworkx as rx

    if not edges.nodes:
        return []
    tolerance = CHANGE_AT_END / len(edges.nodes)  # rustworkx takes it per node
    core = _core(len(edges.nodes), edges.arcs)
    shares = rx.pagerank(core, DAMPING, tol=tolerance, max_iter=MOST_ITERATIONS)
    return [_kept(shares[index]) for index in range(len(edges.nodes))]


def _pairs_between(edges: EdgeArray) -> list[float]:
    import rustworkx as rx

    values = [0.0] * len(edges.nodes)
    for nodes, arcs in _weak_components(edges):
        one_thread = len(nodes) + 1
        pairs = rx.digraph_betweenness_centrality(
            _core(len(nodes), arcs), normalized=False, parallel_threshold=one_thread
        )
        for index, node in enumerate(nodes):
            values[node] = _kept(pairs[index])
    return values


def _harmonic_sums(edges: EdgeArray) -> list[float]:
    parts: list[list[float]] = [[] for _ in edges.nodes]
    for distance, node, count in _newly_reached(edges):
        parts[node].append(count / distance)
    return [_kept(fsum(each)) for each in parts]


def _ranked(
    edges: EdgeArray, values: Iterable[float], support: Callable[[str], tuple[str, ...]]
) -> list[Rank]:
    """Pair nodes with values; the nodes are sorted already, and the sort keeps their order."""
    rows = [Rank(node, value, support) for node, value in zip(edges.nodes, values, strict=True)]
    return sorted(rows, key=lambda row: -row.value)


def _kept(value: float) -> float:
    return float(f"{value:.{DIGITS_KEPT}g}")


def _core(size: int, arcs: list[tuple[int, int]]) -> "rx.PyDiGraph[None, None]":
    import rustworkx as rx

    core: rx.PyDiGraph[None, None] = rx.PyDiGraph()
    core.add_nodes_from([None] * size)
    core.add_edges_from_no_data(arcs)
    return core


def _weak_components(edges: EdgeArray) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
    """Yield the nodes of each weak component, and its arcs by place in that list."""
    import rustworkx as rx

    core = _core(len(edges.nodes), edges.arcs)
    parts = [sorted(nodes) for nodes in rx.weakly_connected_components(core)]
    place = {node: index for nodes in parts for index, node in enumerate(nodes)}
    part = {node: number for number, nodes in enumerate(parts) for node in nodes}
    arcs: list[list[tuple[int, int]]] = [[] for _ in parts]
    for tail, head in edges.arcs:
        arcs[part[tail]].append((place[tail], place[head]))
    return zip(parts, arcs, strict=True)


def _facts_into(edges: EdgeArray, node: str, only_direct: bool = False) -> tuple[str, ...]:
    """List the facts of the chains that end at ``node``: the edges into it and into its ancestors."""
    start = bisect_left(edges.nodes, node)
    seen = {start}
    queue = [start]
    facts: list[str] = []
    while queue:
        head = queue.pop()
        into = slice(bisect_left(edges.heads, head), bisect_right(edges.heads, head))
        facts += edges.facts[into]
        if not only_direct:
            queue += (new := set(edges.tails[into]) - seen)
            seen |= new
    return tuple(sorted(facts))


def _facts_through(edges: EdgeArray, backward: EdgeArray, node: str) -> tuple[str, ...]:
    """List the facts of the chains through ``node``; none, if it is an end of all its chains."""
    into, out = _facts_into(edges, node), _facts_into(backward, node)
    return tuple(sorted({*into, *out})) if into and out else ()


def _ancestor_counts(edges: EdgeArray) -> list[int]:
    """Count, for each node, the others that reach it."""
    component, after = _condensed(edges)
    counts = [-1] * len(after)  # a node is not its own ancestor
    for block in _blocks(range(len(component))):
        reached: defaultdict[int, int] = defaultdict(int)
        for bit, node in enumerate(block):
            reached[component[node]] |= 1 << bit
        waiting = sorted(reached)
        while waiting:
            index = heappop(waiting)  # the first in topological order: nothing more will reach it
            counts[index] += reached[index].bit_count()
            for later in after[index]:
                if later not in reached:
                    heappush(waiting, later)
                reached[later] |= reached[index]
    return [counts[index] for index in component]


def _condensed(edges: EdgeArray) -> tuple[list[int], list[list[int]]]:
    """Give each node the number of its strong component, and each component those it leads to.

    The numbers are a topological order.
    """
    import rustworkx as rx

    condensed = rx.digraph_condensation(_core(len(edges.nodes), edges.arcs))
    place = {node: index for index, node in enumerate(rx.topological_sort(condensed))}
    after: list[list[int]] = [[] for _ in place]
    for tail, head in condensed.edge_list():
        after[place[tail]].append(place[head])
    return [place[node] for node in condensed.attrs["node_map"]], after


def _newly_reached(edges: EdgeArray) -> Iterator[tuple[int, int, int]]:
    """Yield (distance, node, how many others reach the node in so many steps and no fewer)."""
    after: defaultdict[int, list[int]] = defaultdict(list)
    for tail, head in edges.arcs:
        after[tail].append(head)
    for block in _blocks(list(after)):
        front = {node: 1 << bit for bit, node in enumerate(block)}
        seen = dict(front)
        distance = 0
        while front:
            distance += 1
            arriving: defaultdict[int, int] = defaultdict(int)
            for tail, bits in front.items():
                for head in after[tail]:
                    arriving[head] |= bits
            front = {}
            for head, bits in arriving.items():
                if new := bits & ~seen.get(head, 0):
                    front[head] = new
                    seen[head] = seen.get(head, 0) | new
                    yield distance, head, new.bit_count()


def _blocks(nodes: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut ``nodes`` into runs that fit into one integer, a bit each."""
    for start in range(0, len(nodes), BITS_AT_ONCE):
        yield nodes[start : start + BITS_AT_ONCE]


#: The values alone, by the number of the node: for whoever measures one graph many times.
VALUES: Mapping[str, Callable[[EdgeArray], Sequence[float]]] = MappingProxyType(
    {
        "in-degree": _in_degrees,
        "reach": _ancestor_counts,
        "pagerank": _pageranks,
        "betweenness": _pairs_between,
        "harmonic-closeness": _harmonic_sums,
    }
)
#: The measures of which every part comes from dependents: without a dependency none grows.
MONOTONE = frozenset({"in-degree", "reach", "harmonic-closeness"})
