"""How firm a ranking is: ranks over resampled facts, and the facts on which the top five hangs.

A fact is drawn with the probability of its confidence times the weight of its status. Confidence
says how directly a passage says it, not how true it is: to take it for a probability is a
convention, and so are the weights. What it shows is which ranks rest on little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random
from typing import TYPE_CHECKING

from techsov.graph.analysis.network.centrality import MEASURES, MONOTONE, VALUES
from techsov.graph.analysis.network.view import EdgeArray, edge_array

if TYPE_CHECKING:
    import networkx as nx

    View = nx.MultiDiGraph[str]

TOP = 5
SAMPLES = 400
#: Between these parts of the draws lies the interval of ranks.
LOW, HIGH = 0.05, 0.95
#: What a status takes off the confidence. A plan may fail, a claim may be idle.
STATUS_WEIGHT = {"stated": 1.0, "planned": 0.5, "claimed": 0.5, "hypothetical": 0.25}


@dataclass(frozen=True, slots=True)
class RobustRank:
    """The rank of one node with all facts, and over the draws.

    Ranks count from 1; those with the same value share the best rank. ``low`` and ``high`` are
    the 5th and the 95th percentile; ``in_top`` is the part of the draws, from 0 to 1, in which the
    node is among the first five with a value above zero.
    """

    node: str
    value: float
    rank: int
    low: int
    high: int
    in_top: float


@dataclass(frozen=True, slots=True)
class Pivot:
    """A fact without which the top five is another one, all else being equal."""

    fact: str
    leaving: tuple[str, ...]
    entering: tuple[str, ...]


def robust_ranks(
    view: "View", measure: str, samples: int = SAMPLES, seed: int = 0
) -> list[RobustRank]:
    """Rank the nodes again and again, each time with some of the facts.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact, and the
        edge attributes ``confidence`` (0 to 1) and ``status`` say how likely it is drawn.
    measure : str
        A key of :data:`techsov.graph.analysis.network.centrality.MEASURES`.
    samples : int
        The number of draws, at least 1.
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    list of RobustRank
        One row per node, in the order of the measure: highest value first, ties by node.

    Notes
    -----
    Each fact is drawn on its own, so that two facts that say the same back each other up: the
    dependency is there if one of them is. Every node stays, even without a fact. Percentiles are
    by nearest rank [1]_. Time is that of the measure for each draw.

    References
    ----------
    .. [1] R. J. Hyndman, Y. Fan (1996), "Sample Quantiles in Statistical Packages", The American
       Statistician 50(4), p. 361-365, definition 1.

    Examples
    --------
    Two depend on ``c``, for certain, and one on ``d``, with even chances. ``c`` is always first,
    and ``d`` second, before or beside the two on which nobody depends; but ``d`` is in the top
    only when its fact is drawn.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph()
    >>> for tail, head, confidence in (("a", "c", 1), ("b", "c", 1), ("a", "d", 0.5)):
    ...     key = f"{tail}-{head}"
    ...     _ = view.add_edge(tail, head, key, confidence=confidence, status="stated")
    >>> for row in robust_ranks(view, "in-degree")[:2]:
    ...     print(row.node, row.rank, row.low, row.high, round(row.in_top, 1))
    c 1 1 1 1.0
    d 2 2 2 0.5
    """
    import numpy as np

    edges = edge_array(view)
    if not edges.nodes:
        return []
    values = VALUES[measure]
    drawn = [_ranks(values(each)) for each in _draws(view, edges, samples, seed)]
    ranks = np.sort(np.array([places for places, _ in drawn]), axis=0)
    often = np.array([top for _, top in drawn]).sum(axis=0)
    places, _ = _ranks(values(edges))
    low, high = (ranks[ceil(part * samples) - 1] for part in (LOW, HIGH))
    number = {node: index for index, node in enumerate(edges.nodes)}
    return [
        RobustRank(
            node=row.node,
            value=row.value,
            rank=places[index],
            low=int(low[index]),
            high=int(high[index]),
            in_top=int(often[index]) / samples,
        )
        for row in MEASURES[measure](view)
        for index in (number[row.node],)
    ]


def top_of(view: "View", measure: str) -> tuple[str, ...]:
    """Give the first five by the measure, and all that tie with the fifth, sorted by id.

    A node with the value zero is not among them: nothing puts it there.
    """
    edges = edge_array(view)
    return _names(edges, _ranks(VALUES[measure](edges))[1])


def pivotal_facts(view: "View", measure: str) -> list[Pivot]:
    """Find every fact that, if it were wrong, would change who is in the top five.

    Parameters
    ----------
    view, measure
        As for :func:`robust_ranks`.

    Returns
    -------
    list of Pivot
        By id of the fact.

    Notes
    -----
    Exact: facts are left out one at a time. One beside which another says the same changes
    nothing and is not tried. Where every part of a measure comes from dependents, a fact can
    change the top five only if it stands behind one of them: without it nothing grows, so that
    nobody rises unless one of the five falls. PageRank and betweenness are measured again without
    each fact.

    Examples
    --------
    Of six suppliers, each with one dependent more than the next, the sixth has the place of the
    fifth once that one loses two.

    >>> import networkx as nx
    >>> pairs = [(f"{tail}{n}", f"s{n}") for n in range(1, 6) for tail in "abcdefg"[: 8 - n]]
    >>> view = nx.MultiDiGraph([*((*pair, "-".join(pair)) for pair in pairs)])
    >>> _ = [view.add_edge(tail, "s6", f"{tail}-s6") for tail in ("x", "y")]
    >>> [(each.fact, each.leaving, each.entering) for each in pivotal_facts(view, "in-degree")]
    [('a5-s5', (), ('s6',)), ('b5-s5', (), ('s6',)), ('c5-s5', (), ('s6',))]
    """
    edges = edge_array(view)
    values = VALUES[measure]
    top = set(_names(edges, _ranks(values(edges))[1]))
    tried: set[str] | None = None
    if measure in MONOTONE:
        rows = (row for row in MEASURES[measure](view) if row.node in top)
        tried = {fact for row in rows for fact in row.facts}
    found = []
    for place in _alone(edges):
        if tried is None or edges.facts[place] in tried:
            rest = _without(edges, place)
            now = set(_names(edges, _ranks(values(rest))[1]))
            if now != top:
                leaving, entering = tuple(sorted(top - now)), tuple(sorted(now - top))
                found.append(Pivot(edges.facts[place], leaving, entering))
    return sorted(found, key=lambda pivot: pivot.fact)


def _draws(view: "View", edges: EdgeArray, samples: int, seed: int) -> Iterator[EdgeArray]:
    """Draw the facts, in the order of their ids."""
    likely = {
        fact: float(edge.get("confidence", 1)) * STATUS_WEIGHT[edge.get("status", "stated")]
        for _, _, fact, edge in view.edges(keys=True, data=True)
    }
    order = sorted(range(len(edges.facts)), key=lambda place: edges.facts[place])
    chances = [likely[edges.facts[place]] for place in order]
    random = Random(seed)
    for _ in range(samples):
        kept = sorted(
            place for place, chance in zip(order, chances, strict=True) if random.random() < chance
        )
        yield _only(edges, kept)


def _only(edges: EdgeArray, places: Sequence[int]) -> EdgeArray:
    return EdgeArray(
        edges.nodes,
        tuple(edges.tails[place] for place in places),
        tuple(edges.heads[place] for place in places),
        tuple(edges.facts[place] for place in places),
    )


def _without(edges: EdgeArray, place: int) -> EdgeArray:
    return _only(edges, [each for each in range(len(edges.facts)) if each != place])


def _alone(edges: EdgeArray) -> list[int]:
    """Give the places of the facts beside which no other says the same."""
    arcs = list(zip(edges.tails, edges.heads, strict=True))
    return [
        place
        for place, arc in enumerate(arcs)
        if arc not in (arcs[place - 1 : place] + arcs[place + 1 : place + 2])
    ]


def _ranks(values: Sequence[float]) -> tuple[list[int], list[bool]]:
    """Give each node its rank, the best one to those that tie, and whether it is in the top."""
    import numpy as np

    array = np.asarray(values, dtype=float)
    ordered = np.sort(array)
    places = len(array) - np.searchsorted(ordered, array, side="right") + 1
    return places.tolist(), ((places <= TOP) & (array > 0)).tolist()


def _names(edges: EdgeArray, chosen: Sequence[bool]) -> tuple[str, ...]:
    return tuple(node for node, inside in zip(edges.nodes, chosen, strict=True) if inside)
