"""Chains of dependency, and the suppliers that two nodes share.

Both walk dependencies in their direction only, in the view of
:func:`techsov.graph.analysis.network.view.dependency_view`. "How are two actors linked at all?" is
another question, which walks every relation both ways, and is never an answer to these.

Between chains the order is: fewest steps, then strongest weakest step, then the ids of the nodes
from the start. A step is as strong as its most direct fact (``confidence``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

from techsov.graph.errors import UndefinedMeasure

if TYPE_CHECKING:
    import networkx as nx

    View = nx.MultiDiGraph[str]

MAX_CHAINS = 5
MAX_STEPS = 8
UNLIMITED = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: ``tail`` depends on ``head``, on each of ``facts`` (sorted)."""

    tail: str
    head: str
    facts: tuple[str, ...]
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class Chain:
    """Hops that follow one another, at least one; no node comes twice."""

    hops: tuple[Hop, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The ids along the chain, both ends included."""
        return (self.hops[0].tail, *(hop.head for hop in self.hops))

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the chain rests on, sorted."""
        return tuple(sorted(fact for hop in self.hops for fact in hop.facts))

    @property
    def confidence(self) -> Decimal:
        """The confidence of the weakest step."""
        return min(hop.confidence for hop in self.hops)


@dataclass(frozen=True, slots=True)
class CommonSupplier:
    """Something that two nodes both depend on, with the best chain from each.

    ``unavoidable`` says that every two chains that meet pass through it: without it, the two
    nodes would have no supplier in common.
    """

    supplier: str
    left: Chain
    right: Chain
    unavoidable: bool

    @property
    def steps(self) -> int:
        """The number of steps on the longer side."""
        return max(len(self.left.hops), len(self.right.hops))

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the row rests on, sorted."""
        return tuple(sorted({*self.left.facts, *self.right.facts}))


def dependency_chains(
    view: "View", start: str, goal: str, k: int = MAX_CHAINS, max_steps: int = MAX_STEPS
) -> list[Chain]:
    """Find the chains by which ``start`` depends on ``goal``, the best ones first.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact, and
        the edge attribute ``confidence`` is a Decimal from 0 to 1, without unit.
    start, goal : str
        Nodes of ``view``.
    k : int
        The most chains to return.
    max_steps : int
        The most steps a chain may have; longer ones are not looked for.

    Returns
    -------
    list of Chain
        Fewest steps first, then strongest weakest step, then the ids of the nodes. Chains differ
        in a node: parallel facts stand together in one hop. Empty if no chain is in the evidence,
        and if ``start`` is ``goal``.

    Raises
    ------
    UndefinedMeasure
        If ``start`` or ``goal`` is not in ``view``.

    Notes
    -----
    Yen's method [1]_ with Lawler's partition [2]_: the best chain, then the best of those that
    leave it at each of its nodes, and so on; exact under the whole order, ties included, and no
    chain is met twice. Each search is one breadth-first search, so time is
    O(k max_steps m) for m edges.

    References
    ----------
    .. [1] J. Y. Yen (1971), "Finding the K Shortest Loopless Paths in a Network", Management
       Science 17(11), p. 712-716.
    .. [2] E. L. Lawler (1972), "A Procedure for Computing the K Best Solutions to Discrete
       Optimization Problems", Management Science 18(7), p. 401-405.

    Examples
    --------
    ``a`` depends on ``d`` through ``b`` and through ``c``, in two steps each. The way through
    ``b`` has a step of 0.5, so the way through ``c`` comes first.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph()
    >>> _ = view.add_edges_from([
    ...     ("a", "b", "f1", {"confidence": Decimal("0.9")}),
    ...     ("b", "d", "f2", {"confidence": Decimal("0.5")}),
    ...     ("a", "c", "f3", {"confidence": Decimal("0.8")}),
    ...     ("c", "d", "f4", {"confidence": Decimal("0.8")}),
    ...     ("c", "d", "f5", {"confidence": Decimal("0.5")}),
    ... ])
    >>> for chain in dependency_chains(view, "a", "d"):
    ...     print(chain.nodes, chain.confidence, chain.facts)
    ('a', 'c', 'd') 0.8 ('f3', 'f4', 'f5')
    ('a', 'b', 'd') 0.5 ('f1', 'f2')
    """
    _require(view, start, goal)
    found: list[Chain] = []
    candidates: list[_Candidate] = []
    if start != goal:
        _push(candidates, view, (start,), goal, frozenset(), max_steps)
    while candidates and len(found) < k:
        _, _, nodes, fixed, barred = heappop(candidates)
        found.append(_chain(view, nodes))
        for last in range(fixed, len(nodes) - 1):
            taken = frozenset({nodes[last + 1]})
            onward = taken | barred if last == fixed else taken
            _push(candidates, view, nodes[: last + 1], goal, onward, max_steps)
    return found


def common_suppliers(
    view: "View", a: str, b: str, max_steps: int = MAX_STEPS
) -> list[CommonSupplier]:
    """Find what ``a`` and ``b`` both depend on, directly or through others.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact, and
        the edge attribute ``confidence`` is a Decimal from 0 to 1, without unit.
    a, b : str
        Nodes of ``view``.
    max_steps : int
        The most steps on either side; longer chains are not looked for.

    Returns
    -------
    list of CommonSupplier
        Unavoidable ones first, then fewest steps on the longer side, then by id. ``left`` and
        ``right`` are what :func:`dependency_chains` gives first from ``a`` and from ``b``.
        Neither ``a`` nor ``b`` is a row, even where one depends on the other.

    Raises
    ------
    UndefinedMeasure
        If ``a`` or ``b`` is not in ``view``.

    Notes
    -----
    A supplier is unavoidable if no other is left once it is removed. It must then stand on the
    chains of any one row, so that only the few nodes there are tried. Time is O(max_steps m) for
    m edges, and beyond that a share for each row.

    Examples
    --------
    ``a`` depends on ``c`` directly and ``b`` through ``x``, and ``c`` depends on ``d``: without
    ``c`` they share nothing, and without ``d`` still ``c``.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph()
    >>> pairs = [("a", "c"), ("b", "x"), ("x", "c"), ("c", "d")]
    >>> for pair in pairs:
    ...     _ = view.add_edge(*pair, confidence=Decimal("0.9"))
    >>> for row in common_suppliers(view, "a", "b"):
    ...     print(row.supplier, row.left.nodes, row.right.nodes, row.unavoidable)
    c ('a', 'c') ('b', 'x', 'c') True
    d ('a', 'c', 'd') ('b', 'x', 'c', 'd') False
    """
    _require(view, a, b)
    from_a, from_b = (_depths(view, node, max_steps) for node in (a, b))
    chains = {
        supplier: (
            _chain(view, _best(view, from_a, a, supplier, UNLIMITED)),
            _chain(view, _best(view, from_b, b, supplier, UNLIMITED)),
        )
        for supplier in (from_a.keys() & from_b.keys()) - {a, b}
    }
    needed = _unavoidable(view, a, b, chains, max_steps)
    rows = [CommonSupplier(node, *sides, node in needed) for node, sides in chains.items()]
    return sorted(rows, key=lambda row: (not row.unavoidable, row.steps, row.supplier))


#: Steps, weakness, nodes; then what is left to vary: chains that share the nodes up to this
#: place, and do not go on to one of these.
_Candidate = tuple[int, Decimal, tuple[str, ...], int, frozenset[str]]


def _require(view: "View", *nodes: str) -> None:
    for node in nodes:
        if node not in view:
            raise UndefinedMeasure("analysis.not-in-view", node=node)


def _push(
    candidates: list[_Candidate],
    view: "View",
    prefix: tuple[str, ...],
    goal: str,
    barred: frozenset[str],
    max_steps: int,
) -> None:
    """Add the best chain that starts with ``prefix`` and does not go on to ``barred``, if any."""
    *passed, last = prefix
    steps = max_steps - len(passed)
    depths = _depths(view, last, steps, avoid=passed, barred=barred, goal=goal)
    if goal in depths:
        strength = _weakest(view, prefix)
        nodes = (*passed, *_best(view, depths, last, goal, strength))
        weakness = -_weakest(view, nodes)
        heappush(candidates, (len(nodes), weakness, nodes, len(passed), barred))


def _depths(
    view: "View",
    start: str,
    steps: int,
    avoid: Collection[str] = (),
    barred: Collection[str] = (),
    goal: str | None = None,
) -> dict[str, int]:
    """Give the nodes within ``steps`` of ``start`` their distance from it.

    Nodes to ``avoid`` are not entered, nor those ``barred`` by the first step. Nodes farther
    than the goal are of no use and may be left out.
    """
    depths = {start: 0}
    layer = [start]
    for depth in range(1, steps + 1):
        closed = {*avoid, *barred} if depth == 1 else set(avoid)
        reached = {head for tail in layer for head in view.successors(tail)}
        layer = [node for node in reached - closed if node not in depths]
        depths.update(dict.fromkeys(layer, depth))
        if not layer or goal in depths:
            break
    return depths


def _best(
    view: "View", depths: dict[str, int], start: str, goal: str, cap: Decimal
) -> tuple[str, ...]:
    """Pick, of the shortest ways, the one whose weakest step is strongest; ties by ids.

    Strength beyond ``cap``, the strength of what leads to ``start``, makes no difference.
    """
    strongest = {goal: cap}
    layer = {goal}
    for depth in range(depths[goal] - 1, -1, -1):
        onward = layer
        layer = set()
        for head in onward:
            for tail in view.predecessors(head):
                if depths.get(tail) == depth:
                    layer.add(tail)
                    strength = min(_strength(view, tail, head), strongest[head])
                    strongest[tail] = max(strength, strongest.get(tail, strength))
    nodes = [start]
    while nodes[-1] != goal:
        nodes.append(
            min(
                head
                for head in view.successors(nodes[-1])
                if head in strongest
                and depths[head] == len(nodes)
                and min(_strength(view, nodes[-1], head), strongest[head]) >= strongest[start]
            )
        )
    return tuple(nodes)


def _unavoidable(
    view: "View", a: str, b: str, chains: dict[str, tuple[Chain, Chain]], max_steps: int
) -> set[str]:
    """Find the suppliers without which ``a`` and ``b`` have none in common."""
    meeting = next(iter(chains.values()), ())
    nodes = {node for chain in meeting for node in chain.nodes}

    def others(node: str) -> set[str]:
        from_a, from_b = (_depths(view, end, max_steps, avoid=(node,)) for end in (a, b))
        return (from_a.keys() & from_b.keys()) - {a, b}

    return {node for node in nodes & chains.keys() if not others(node)}


def _strength(view: "View", tail: str, head: str) -> Decimal:
    """Give the confidence of the most direct fact between two neighbours."""
    confidences: list[Decimal] = [edge["confidence"] for edge in view[tail][head].values()]
    return max(confidences)


def _weakest(view: "View", nodes: tuple[str, ...]) -> Decimal:
    return min((_strength(view, *step) for step in pairwise(nodes)), default=UNLIMITED)


def _chain(view: "View", nodes: tuple[str, ...]) -> Chain:
    return Chain(
        tuple(
            Hop(tail, head, tuple(sorted(view[tail][head])), _strength(view, tail, head))
            for tail, head in pairwise(nodes)
        )
    )
