from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import networkx as nx
import pytest

from techsov.graph.analysis.network.view import alliance_view, dependency_view, edge_array
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, PartialDate, Records

PLACE = Origin("data/facts/dependsOn.csv", 2)
DAY = date(2025, 6, 1)
SCHEMA = read_schema()


def fact(
    subject: str,
    relation: str,
    target: str,
    *,
    id: str = "",
    status: str = "stated",
    qualifiers: Mapping[str, tuple[str, ...]] | None = None,
    since: str = "",
    until: str = "",
    said: tuple[tuple[str, str], ...] = (("doc", "0.9"),),
    supersedes: tuple[str, ...] = (),
) -> Fact:
    return Fact(
        id=id or f"{subject}--{relation}--{target}",
        subject=subject,
        relation=relation,
        object=target,
        value="",
        qualifiers=qualifiers or {},
        status=status,
        claimant="",
        valid_from=PartialDate(since) if since else None,
        valid_to=PartialDate(until) if until else None,
        evidence=tuple(
            Evidence(source, 1, Decimal(confidence), "", "", "", PLACE)
            for source, confidence in said
        ),
        contradicts=(),
        supersedes=supersedes,
    )


def records(*facts: Fact, **classes: str) -> Records:
    names = {name for fact in facts for name in (fact.subject, fact.object)}
    entities = {
        name: Entity(name, classes.get(name, "Company"), name, name, "", (), PLACE)
        for name in sorted(names | classes.keys())
    }
    return Records(entities, {}, {}, tuple(sorted(facts, key=lambda each: each.id)))


def edges(*facts: Fact, statuses: tuple[str, ...] = ("stated",)) -> list[tuple[str, str, str]]:
    view = dependency_view(records(*facts), SCHEMA, DAY, statuses)
    return sorted(view.edges(keys=True))


def test_no_fact_makes_the_null_graph() -> None:
    assert len(dependency_view(records(), SCHEMA, DAY)) == 0
    assert len(alliance_view(records(), SCHEMA, DAY)) == 0


def test_an_edge_runs_from_the_dependent_whichever_end_of_the_fact_it_is() -> None:
    assert edges(
        fact("cloud", "dependsOn", "chip", id="f1"),
        fact("firm", "provides", "cloud", id="f2"),
        fact("firm", "operates", "centre", id="f3"),
    ) == [("centre", "firm", "f3"), ("cloud", "chip", "f1"), ("cloud", "firm", "f2")]


def test_what_says_nothing_of_dependence_is_left_out() -> None:
    assert (
        edges(fact("a", "uses", "b"), fact("a", "couldUse", "b"), fact("a", "memberOf", "b")) == []
    )


def test_an_entity_without_a_dependency_is_not_in_the_view() -> None:
    view = dependency_view(records(fact("a", "dependsOn", "b"), alone="Company"), SCHEMA, DAY)
    assert sorted(view) == ["a", "b"]


def test_nodes_carry_their_class() -> None:
    found = records(fact("a", "dependsOn", "b"), a="Service", b="Technology")
    view = dependency_view(found, SCHEMA, DAY)
    assert [view.nodes[node]["cls"] for node in "ab"] == ["Service", "Technology"]


def test_an_edge_carries_what_the_fact_says() -> None:
    qualifiers = {
        "layer": ("chips", "compute"),
        "substitutability": ("hard",),
        "quantifier": ("all",),
    }
    said = (("y", "0.5"), ("x", "0.9"), ("x", "0.8"))
    view = dependency_view(
        records(fact("a", "dependsOn", "b", id="f", qualifiers=qualifiers, said=said)), SCHEMA, DAY
    )
    assert view.edges["a", "b", "f"] == {
        "relation": "dependsOn",
        "status": "stated",
        "layers": ("chips", "compute"),
        "claimant": "",
        "confidence": Decimal("0.9"),
        "sources": ("x", "y"),
        "substitutability": "hard",
    }


def test_unstated_qualifiers_are_empty() -> None:
    view = dependency_view(records(fact("a", "provides", "b", id="f")), SCHEMA, DAY)
    edge = view.edges["b", "a", "f"]
    assert (edge["layers"], edge["substitutability"]) == ((), "")


def test_two_facts_between_the_same_two_stay_apart() -> None:
    both = (fact("a", "dependsOn", "b", id="f1"), fact("a", "dependsOn", "b", id="f2"))
    assert edges(*both) == [("a", "b", "f1"), ("a", "b", "f2")]


def test_other_statuses_come_only_on_request() -> None:
    facts = (
        fact("a", "dependsOn", "b", id="f1"),
        fact("a", "dependsOn", "c", id="f2", status="planned"),
        fact("a", "dependsOn", "d", id="f3", status="denied"),
    )
    assert edges(*facts) == [("a", "b", "f1")]
    assert edges(*facts, statuses=("stated", "planned")) == [("a", "b", "f1"), ("a", "c", "f2")]


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("", "", True),
        ("2025-06", "", True),
        ("2025-06-02", "", False),
        ("", "2025", True),
        ("", "2025-05", False),
    ],
)
def test_facts_hold_on_the_day(since: str, until: str, holds: bool) -> None:
    assert len(edges(fact("a", "dependsOn", "b", since=since, until=until))) == holds


def test_a_superseded_fact_is_left_out_whatever_supersedes_it() -> None:
    old = fact("a", "dependsOn", "b", id="old")
    new = fact("a", "dependsOn", "c", id="new", status="planned", supersedes=("old",))
    assert edges(old, new) == []


def test_members_and_alliances_are_two_sides() -> None:
    view = alliance_view(
        records(
            fact("firm", "memberOf", "club", id="f2"),
            fact("firm", "memberOf", "club", id="f1", qualifiers={"role": ("founder",)}),
            fact("state", "memberOf", "club", id="f3"),
            firm="Company",
            state="State",
            club="Alliance",
        ),
        SCHEMA,
        DAY,
    )
    assert {node: view.nodes[node] for node in view} == {
        "firm": {"bipartite": 0, "entity": "firm", "cls": "Company"},
        "state": {"bipartite": 0, "entity": "state", "cls": "State"},
        "club": {"bipartite": 1, "entity": "club", "cls": "Alliance"},
    }
    assert view.edges["firm", "club"] == {"facts": ("f1", "f2")}
    assert view.edges["state", "club"] == {"facts": ("f3",)}


def test_only_membership_joins_an_alliance() -> None:
    said = [
        fact("p", "leads", "club"),
        fact("p", "holdsPositionIn", "club"),
        fact("p", "initiates", "club"),
        fact("p", "dependsOn", "club"),
        fact("p", "memberOf", "club", status="planned"),
        fact("p", "memberOf", "club", id="ended", until="2024"),
    ]
    assert len(alliance_view(records(*said), SCHEMA, DAY)) == 0
    assert len(alliance_view(records(*said), SCHEMA, DAY, ("planned",))) == 2


def test_an_alliance_within_another_stands_on_both_sides() -> None:
    view = alliance_view(
        records(fact("firm", "memberOf", "club"), fact("club", "memberOf", "union")), SCHEMA, DAY
    )
    assert sorted(view.edges()) == [("club--member", "union"), ("firm", "club")]
    assert view.nodes["club--member"]["entity"] == "club"
    assert nx.is_bipartite(view)


def view_of(*arcs: tuple[str, str, str]) -> "nx.MultiDiGraph[str]":
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for tail, head, key in arcs:
        view.add_edge(tail, head, key=key)
    return view


def test_the_array_does_not_show_the_order_of_insertion() -> None:
    arcs = [("b", "a", "f2"), ("b", "a", "f1"), ("c", "a", "f3"), ("a", "c", "f0")]
    array = edge_array(view_of(*arcs))
    assert array == edge_array(view_of(*reversed(arcs)))
    assert array.nodes == ("a", "b", "c")
    assert (array.tails, array.heads) == ((1, 1, 2, 0), (0, 0, 0, 2))
    assert array.facts == ("f1", "f2", "f3", "f0")


def test_parallel_facts_are_one_arc_and_loops_none() -> None:
    array = edge_array(view_of(("a", "b", "f1"), ("a", "b", "f2"), ("a", "a", "f3")))
    assert array.facts == ("f1", "f2")
    assert array.arcs == [(0, 1)]


def test_an_array_turned_around_twice_is_the_same() -> None:
    array = edge_array(view_of(("a", "b", "f1"), ("c", "b", "f2"), ("a", "c", "f3")))
    back = array.reversed()
    assert (back.tails, back.heads, back.facts) == ((1, 2, 1), (0, 0, 2), ("f1", "f3", "f2"))
    assert back.reversed() == array
