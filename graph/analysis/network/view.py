"""The checked records as graphs: what depends on what, and who belongs to which alliance."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from techsov.graph.analysis.standing import STATED, Standing
from techsov.graph.facts.schema import Relation, Schema
from techsov.graph.records import Fact, Records

if TYPE_CHECKING:
    import networkx as nx


def dependency_view(
    records: Records, schema: Schema, day: date, statuses: Collection[str] = STATED
) -> "nx.MultiDiGraph[str]":
    """Draw each fact that says what depends on what as one edge, dependent -> supplier.

    Parameters
    ----------
    records : Records
        What the data say.
    schema : Schema
        Says which end of a relation, if any, depends on the other.
    day : date
        The day on which the facts must hold; an open end does not exclude a fact.
    statuses : collection of str
        The statuses a fact may have.

    Returns
    -------
    nx.MultiDiGraph
        Nodes are the ids of the entities that such a fact names, with attribute ``cls``; an
        entity without any is not in the view. The edge key is the id of the fact, so that facts
        between the same two stay apart. Edge attributes: ``relation``, ``status``, ``layers``
        (tuple), ``claimant``, ``confidence`` (Decimal, 0 to 1), ``sources`` (tuple, sorted) and
        ``substitutability`` (empty where no source states it).

    Notes
    -----
    A fact that another one supersedes is left out, whatever becomes of the other one.
    """
    import networkx as nx

    relations = {name for name, relation in schema.relations.items() if relation.dependent}
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for fact in _of_relations(records, schema, relations, day, statuses):
        tail, head = _direction(fact, schema.relations[fact.relation])
        view.add_edge(
            tail,
            head,
            key=fact.id,
            relation=fact.relation,
            status=fact.status,
            layers=fact.qualifiers.get("layer", ()),
            claimant=fact.claimant,
            confidence=fact.confidence,
            sources=fact.sources,
            substitutability=next(iter(fact.qualifiers.get("substitutability", ())), ""),
        )
    for node, attributes in view.nodes(data=True):
        attributes["cls"] = records.entities[node].cls
    return view


def alliance_view(
    records: Records, schema: Schema, day: date, statuses: Collection[str] = STATED
) -> "nx.Graph[str]":
    """Draw who is a member of which alliance, undirected and bipartite.

    Parameters
    ----------
    records, schema, day, statuses
        As for :func:`dependency_view`.

    Returns
    -------
    nx.Graph
        Members have the node attribute ``bipartite`` 0, alliances 1; both have ``cls`` and
        ``entity``, the id of the entity. The node is that id, except that an alliance which is
        itself a member of another stands on both sides, as a member under ``id--member``. One
        edge per member and alliance; its attribute ``facts`` holds the ids of the facts, sorted.

    Notes
    -----
    The relations are those of belonging that are recorded as a membership and that may have an
    alliance as their object: holding a position in an organisation is none.
    """
    import networkx as nx

    relations = {name for name, relation in schema.relations.items() if _joins_alliance(relation)}
    facts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in _of_relations(records, schema, relations, day, statuses):
        facts[fact.subject, fact.object].append(fact.id)
    alliances = {alliance for _, alliance in facts}
    view: nx.Graph[str] = nx.Graph()
    for (member, alliance), ids in facts.items():
        node = f"{member}--member" if member in alliances else member
        for side, name, entity in ((0, node, member), (1, alliance, alliance)):
            cls = records.entities[entity].cls
            view.add_node(name, bipartite=side, entity=entity, cls=cls)
        view.add_edge(node, alliance, facts=tuple(ids))
    return view


@dataclass(frozen=True, slots=True)
class EdgeArray:
    """The edges of a view by number: what every compiled core is built from.

    ``nodes`` is sorted, and the position of a node is its number. ``tails``, ``heads`` and
    ``facts`` have one place per fact, sorted by head, then tail, then fact: the same view gives
    the same array, whatever the order in which it was built.
    """

    nodes: tuple[str, ...]
    tails: tuple[int, ...]
    heads: tuple[int, ...]
    facts: tuple[str, ...]

    @property
    def arcs(self) -> list[tuple[int, int]]:
        """The distinct (tail, head) pairs: parallel facts count once."""
        return list(dict.fromkeys(zip(self.tails, self.heads, strict=True)))

    def reversed(self) -> "EdgeArray":
        """Turn every edge around."""
        return _sorted_array(self.nodes, zip(self.tails, self.heads, self.facts, strict=True))


def edge_array(view: "nx.MultiDiGraph[str]") -> EdgeArray:
    """Give the nodes and edges of ``view`` numbers; a loop says nothing of others and is left out.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph([("a", "b", "f2"), ("a", "b", "f1"), ("c", "a", "f3")])
    >>> edge_array(view)
    EdgeArray(nodes=('a', 'b', 'c'), tails=(2, 0, 0), heads=(0, 1, 1), facts=('f3', 'f1', 'f2'))
    >>> edge_array(view).arcs
    [(2, 0), (0, 1)]
    """
    nodes = tuple(sorted(view))
    number = {node: index for index, node in enumerate(nodes)}
    edges = (
        (number[head], number[tail], fact)
        for tail, head, fact in view.edges(keys=True)
        if tail != head
    )
    return _sorted_array(nodes, edges)


def _sorted_array(nodes: tuple[str, ...], edges: Iterable[tuple[int, int, str]]) -> EdgeArray:
    """Lay out edges given as (head, tail, fact)."""
    ordered = sorted(edges)
    return EdgeArray(
        nodes,
        tuple(tail for _, tail, _ in ordered),
        tuple(head for head, _, _ in ordered),
        tuple(fact for _, _, fact in ordered),
    )


def _of_relations(
    records: Records,
    schema: Schema,
    relations: Collection[str],
    day: date,
    statuses: Collection[str],
) -> Iterator[Fact]:
    """Select the facts of some relations that stand on ``day``."""
    standing = Standing.on(records, schema, day, statuses)
    return (fact for fact in standing.facts if fact.relation in relations)


def _direction(fact: Fact, relation: Relation) -> tuple[str, str]:
    """Give the end that depends, then the end that it depends on."""
    if relation.dependent == "subject":
        return fact.subject, fact.object
    return fact.object, fact.subject


def _joins_alliance(relation: Relation) -> bool:
    return (
        relation.family == "belonging"
        and relation.assertion_class == "MembershipAssertion"
        and "Alliance" in relation.range
    )
