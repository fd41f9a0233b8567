"""Failures, cut sets and dominators against the plainest programs that can be written for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise
from random import Random
from typing import TypeVar

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.failure import cutsets
from techsov.graph.analysis.failure.circuit import NEVER, STATES, Circuit
from techsov.graph.analysis.failure.cutsets import (
    counted_by_removal,
    paired_points,
    single_points,
    victims,
    wires,
)
from techsov.graph.analysis.failure.needs import READINGS, Need, Option, Reading, needs_of
from techsov.graph.analysis.network.dominators import (
    dominator_tree,
    immediate_dominators,
    loss_sizes,
)
from techsov.graph.analysis.network.view import edge_array
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Records

many = settings(max_examples=300)

NAMES = "abcdefg"
HORIZONS = (0, 6, 24)
SCHEMA = read_schema()
PLACE = Origin("invented", 1)

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Tangle:
    """Some needs among up to seven nodes, of which some are actors."""

    needs: tuple[Need, ...]
    actors: frozenset[str]

    @property
    def nodes(self) -> list[str]:
        named = {option.node for need in self.needs for option in need.options}
        return sorted(named | {need.dependent for need in self.needs})

    def circuit(self, horizon: int, reading: Reading) -> Circuit:
        return Circuit.of(self.needs, standing_with(self.actors), horizon, reading)


@cache
def standing_with(actors: frozenset[str]) -> Standing:
    classes = {name: "Company" if name in actors else "Service" for name in NAMES}
    entities = {name: Entity(name, cls, name, name, "", (), PLACE) for name, cls in classes.items()}
    return Standing.on(Records(entities, {}, {}, ()), SCHEMA, date(2025, 1, 1))


#: So many bytes say what one need is.
WIDTH = 8


def need_of(number: int, drawn: int) -> Need:
    """Read a need from a number, digit by digit: to draw each part takes far longer."""

    def pick(choices: Sequence[Choice]) -> Choice:
        nonlocal drawn
        drawn, place = divmod(drawn, len(choices))
        return choices[place]

    kind = pick(["need", "dependency", "need", "provides", "need"])
    wanted = pick([1, 2, 1, 1, 2, 3]) if kind == "need" else 1
    dependent = pick(NAMES)
    layers = pick([(), ("cloud",), ("chips",), ("chips", "cloud")])
    words = pick([(), ("none",), ("unknown",), ("easy",), ("hard", "unknown"), ("easy", "unknown")])
    options: dict[str, Option] = {}
    for _ in range(pick([1, 2, 3, 2]) + wanted - 1):
        node, spare, months = pick(NAMES), pick([False, False, True]), pick([None, 0, 6, 7, 24])
        spare = spare and bool(options)  # a need is made by what is in use
        fact = f"f{number}-{node}"
        option = Option(node, (fact,), Decimal("0.9"), spare, months if spare else None)
        options.setdefault(node, option)
    return Need(
        dependent=dependent,
        name=f"need-{number}" if kind == "need" else "",
        kind=kind,
        wanted=wanted,
        options=tuple(options.values()),
        layers=frozenset(layers),
        substitutability=frozenset(words),
        facts=(f"f{number}",) if kind == "need" else (),
    )


def tangle_of(drawn: bytes, actors: int) -> Tangle:
    parts = [drawn[start : start + WIDTH] for start in range(0, len(drawn), WIDTH)]
    found = (need_of(number, int.from_bytes(part, "big")) for number, part in enumerate(parts))
    named = (NAMES[place] for place in range(len(NAMES)) if actors >> place & 1)
    return Tangle(tuple(found), frozenset(named))


#: Up to two of the seven nodes are actors.
actors_drawn = st.sampled_from([0, *(1 << a | 1 << b for a in range(7) for b in range(7))])
#: The size is drawn first: lists left to themselves stay short.
tangles = st.sampled_from(range(13)).flatmap(
    lambda size: st.builds(
        tangle_of, st.binary(min_size=size * WIDTH, max_size=size * WIDTH), actors_drawn
    )
)
settings_of_circuit = st.tuples(st.sampled_from(HORIZONS), st.sampled_from(READINGS))
removed_names = st.frozensets(st.sampled_from(NAMES), max_size=3)


# --- The definitions, told plainly


def endures(need: Need, reading: Reading) -> bool:
    """In the best reading: hardware in place, or a substitute that nobody rules out."""
    hardware = bool(need.layers) and all(layer in ("chips", "compute") for layer in need.layers)
    ruled_out = any(word in ("none", "hard") for word in need.substitutability)
    if reading == "worst":
        return False
    if need.kind == "need":
        return hardware
    return need.kind == "dependency" and (hardware or not ruled_out)


def says_nothing(need: Need) -> bool:
    return sum(not option.spare for option in need.options) < need.wanted


def serves(option: Option, horizon: int, reading: Reading) -> bool:
    if not option.spare:
        return True
    if option.months is None:
        return reading == "best"
    return option.months <= horizon


def naive(
    tangle: Tangle, removed: Collection[str], horizon: int, reading: Reading
) -> dict[str, str]:
    """The state of each node, by going over all needs again and again."""
    removed = set(removed)
    gone = set(removed)
    stopped: set[str] = set()
    while True:
        before = set(stopped)
        for need in tangle.needs:
            up = [
                option
                for option in need.options
                if option.node not in gone and serves(option, horizon, reading)
            ]
            holds = endures(need, reading) or says_nothing(need) or len(up) >= need.wanted
            if not holds and need.dependent not in removed:
                stopped.add(need.dependent)
                if need.dependent not in tangle.actors:
                    gone.add(need.dependent)
        if stopped == before:
            break

    def state(node: str) -> str:
        if node in removed:
            return "removed"
        if node in stopped:
            return "impaired" if node in tangle.actors else "lost"
        weakened = any(
            option.node in gone and not option.spare
            for need in tangle.needs
            if need.dependent == node and not says_nothing(need)
            for option in need.options
        )
        return "degraded" if weakened else "ok"

    return {node: state(node) for node in tangle.nodes}


def naive_victims(
    tangle: Tangle, removed: Collection[str], horizon: int, reading: Reading
) -> set[str]:
    found = naive(tangle, removed, horizon, reading)
    return {node for node, state in found.items() if state in ("lost", "impaired")}


# --- One removal


@many
@given(tangles, removed_names, settings_of_circuit)
def test_states_are_those_of_the_definitions(
    tangle: Tangle, removed: frozenset[str], chosen: tuple[int, Reading]
) -> None:
    outcome = tangle.circuit(*chosen).without(removed)
    expected = naive(tangle, removed, *chosen)
    assert {node: outcome.state(node) for node in tangle.nodes} == expected
    affected = {node: state for node, state in expected.items() if state not in ("ok", "removed")}
    assert outcome.affected == affected
    assert list(outcome.affected) == sorted(
        affected, key=lambda node: (STATES.index(outcome.state(node)), node)
    )


@many
@given(tangles, removed_names, settings_of_circuit)
def test_beyond_is_what_stops_once_actors_pass_it_on(
    tangle: Tangle, removed: frozenset[str], chosen: tuple[int, Reading]
) -> None:
    through = Tangle(tangle.needs, frozenset())
    wider = naive_victims(through, removed, *chosen) - naive_victims(tangle, removed, *chosen)
    assert tangle.circuit(*chosen).without(removed).beyond == tuple(sorted(wider))


@many
@given(tangles, removed_names, settings_of_circuit)
def test_a_reason_leads_to_something_removed(
    tangle: Tangle, removed: frozenset[str], chosen: tuple[int, Reading]
) -> None:
    outcome = tangle.circuit(*chosen).without(removed)
    known = {
        (need.dependent, option.node, option.facts)
        for need in tangle.needs
        for option in need.options
    }
    for node in tangle.nodes:
        hops = outcome.reason(node)
        assert bool(hops) == (node in outcome.affected)
        if hops:
            names = [hops[0].tail, *(hop.head for hop in hops)]
            assert [hop.tail for hop in hops] == names[:-1]
            assert names[0] == node
            assert names[-1] in removed
            assert len(set(names)) == len(names)
            assert {(hop.tail, hop.head, hop.facts) for hop in hops} <= known
            assert {fact for hop in hops for fact in hop.facts} <= set(outcome.premises(node))


@many
@given(tangles, removed_names, settings_of_circuit)
def test_a_proof_can_be_checked_step_by_step(
    tangle: Tangle, removed: frozenset[str], chosen: tuple[int, Reading]
) -> None:
    outcome = tangle.circuit(*chosen).without(removed)
    for entity in tangle.nodes:
        proof = outcome.proof(entity)
        assert list(proof)[:1] == ([entity] if entity in outcome.affected else [])
        shown: set[str] = set()
        left = dict(proof)
        while left:
            # A step may use what is removed and what has been shown to be lost.
            ready = [
                node
                for node, failure in left.items()
                if {option.node for option in failure.down} <= shown | removed
            ]
            assert ready
            for node in ready:
                need, down = left[node].need, left.pop(node).down
                assert need in tangle.needs
                assert need.dependent == node
                assert down
                serving = [option for option in need.options if serves(option, *chosen)]
                up = [option for option in serving if option not in down]
                weakens = node == entity and outcome.state(node) == "degraded"
                assert weakens or len(up) < need.wanted
                assert node in tangle.actors or weakens or outcome.state(node) == "lost"
                if node not in tangle.actors:
                    shown.add(node)


@many
@given(tangles, removed_names, removed_names, settings_of_circuit)
def test_removing_more_makes_nothing_better(
    tangle: Tangle, some: frozenset[str], more: frozenset[str], chosen: tuple[int, Reading]
) -> None:
    circuit = tangle.circuit(*chosen)
    less, all_of_it = circuit.without(some), circuit.without(some | more)
    for node in tangle.nodes:
        assert STATES.index(all_of_it.state(node)) <= STATES.index(less.state(node))


@many
@given(tangles, removed_names)
def test_more_time_and_the_better_reading_make_nothing_worse(
    tangle: Tangle, removed: frozenset[str]
) -> None:
    worst = [tangle.circuit(horizon, "worst").without(removed) for horizon in HORIZONS]
    best = [tangle.circuit(horizon, "best").without(removed) for horizon in HORIZONS]
    better = [*pairwise(worst), *pairwise(best), *zip(worst, best, strict=True)]
    for grim, bright in better:
        for node in tangle.nodes:
            assert STATES.index(grim.state(node)) <= STATES.index(bright.state(node))


@given(tangles, removed_names, settings_of_circuit, st.randoms(use_true_random=False))
def test_the_order_of_needs_does_not_matter(
    tangle: Tangle, removed: frozenset[str], chosen: tuple[int, Reading], random: Random
) -> None:
    shuffled = list(tangle.needs)
    random.shuffle(shuffled)
    one, other = tangle.circuit(*chosen), Tangle(tuple(shuffled), tangle.actors).circuit(*chosen)
    assert one.without(removed).rounds == other.without(removed).rounds
    assert one.without(removed).affected == other.without(removed).affected
    assert one.without(removed).beyond == other.without(removed).beyond
    assert single_points(one) == single_points(other)
    assert paired_points(one) == paired_points(other)


def fact_of(number: int, drawn: int) -> Fact:
    """Read a fact from a number: of use, of a spare, of supply, or of how many are wanted."""
    drawn, kind = divmod(drawn, 6)
    drawn, tail = divmod(drawn, len(NAMES))
    drawn, head = divmod(drawn, len(NAMES))
    drawn, need = divmod(drawn, 4)
    drawn, layer = divmod(drawn, 3)
    months, words = divmod(drawn, 3)
    relation = ("dependsOn", "dependsOn", "dependsOn", "couldUse", "provides", "minimumSources")[
        kind
    ]
    subject, target, value = NAMES[tail], NAMES[head], ""
    qualifiers: dict[str, tuple[str, ...]] = {}
    if relation == "minimumSources":
        subject, target, value = f"need-{need}", "", str(1 + layer)
    elif relation != "provides":
        qualifiers["layer"] = (("cloud", "chips", "data")[layer],)
        qualifiers["substitutability"] = (("unknown", "none", "easy")[words],)
        if need or relation == "couldUse":
            qualifiers["need"] = (f"need-{need}",)
        if relation == "couldUse" and months % 4:
            qualifiers["switching_months"] = (str(months % 4 * 6),)
    evidence = Evidence("doc", 1, Decimal("0.9"), "", "", "", PLACE)
    return Fact(
        f"f{number:02}",
        subject,
        relation,
        target,
        value,
        qualifiers,
        "stated",
        "",
        None,
        None,
        (evidence,),
        (),
        (),
    )


@many
@given(
    st.binary(max_size=80),
    actors_drawn,
    removed_names,
    settings_of_circuit,
    st.randoms(use_true_random=False),
)
def test_the_order_of_facts_does_not_matter(
    drawn: bytes,
    actors: int,
    removed: frozenset[str],
    chosen: tuple[int, Reading],
    random: Random,
) -> None:
    parts = [drawn[start : start + 4] for start in range(0, len(drawn), 4)]
    facts = [fact_of(number, int.from_bytes(part, "big")) for number, part in enumerate(parts)]
    empty = standing_with(tangle_of(b"", actors).actors)
    # Twice the same dependence, for one need and for another, and once for no named one.
    facts += [
        replace(fact, id=f"{fact.id}-{need}", qualifiers={**fact.qualifiers, "need": (need,)})
        for fact in facts[:3]
        if fact.relation == "dependsOn"
        for need in ("need-8", "need-9")
    ]
    shuffled = list(facts)
    random.shuffle(shuffled)
    circuits = [
        Circuit.of(needs_of(standing), standing, *chosen)
        for each in (facts, shuffled)
        for standing in [replace(empty, facts=tuple(each))]
    ]
    one, other = (circuit.without(removed) for circuit in circuits)
    assert one.circuit == other.circuit
    assert one.affected == other.affected
    for node in one.affected:
        assert one.reason(node) == other.reason(node)
        assert one.premises(node) == other.premises(node)
    assert single_points(one.circuit) == single_points(other.circuit)


@given(tangles, settings_of_circuit)
def test_nothing_stops_where_nothing_is_removed(
    tangle: Tangle, chosen: tuple[int, Reading]
) -> None:
    outcome = tangle.circuit(*chosen).without(())
    assert set(outcome.rounds.values()) <= {NEVER}
    assert outcome.affected == {}


# --- All removals


@many
@given(tangles, settings_of_circuit, st.integers(1, 8))
def test_single_points_are_those_of_trying_each(
    tangle: Tangle, chosen: tuple[int, Reading], width: int
) -> None:
    expected: dict[str, set[str]] = {}
    for removed in tangle.nodes:
        for node in naive_victims(tangle, {removed}, *chosen):
            expected.setdefault(node, set()).add(removed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutsets, "BITS_AT_ONCE", width)
        found = single_points(tangle.circuit(*chosen))
    assert found == {node: tuple(sorted(expected[node])) for node in sorted(expected)}
    turned = {
        point: tuple(sorted(node for node in expected if point in expected[node]))
        for point in sorted(set().union(*expected.values()))
    }
    assert victims(found) == turned


@many
@given(tangles, settings_of_circuit, st.integers(1, 8))
def test_pairs_are_those_of_trying_each_two(
    tangle: Tangle, chosen: tuple[int, Reading], width: int
) -> None:
    alone = {node: naive_victims(tangle, {node}, *chosen) for node in tangle.nodes}
    expected: dict[str, list[tuple[str, str]]] = {}
    for pair in combinations(tangle.nodes, 2):
        by_one = alone[pair[0]] | alone[pair[1]]
        for node in naive_victims(tangle, pair, *chosen) - by_one:
            expected.setdefault(node, []).append(pair)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutsets, "BITS_AT_ONCE", width)
        found = paired_points(tangle.circuit(*chosen))
    assert found.of == {node: tuple(expected[node]) for node in sorted(expected)}
    assert found.tried == found.candidates <= len(tangle.nodes)


@given(tangles, settings_of_circuit, st.integers(0, 4))
def test_a_limit_on_pairs_leaves_out_and_adds_none(
    tangle: Tangle, chosen: tuple[int, Reading], limit: int
) -> None:
    circuit = tangle.circuit(*chosen)
    whole, part = paired_points(circuit), paired_points(circuit, limit)
    assert part.tried == min(limit, whole.candidates)
    assert part.candidates == whole.candidates
    for node, pairs in part.of.items():
        assert set(pairs) <= set(whole.of[node])
    if part.tried == whole.candidates:
        assert part == whole


@many
@given(tangles, settings_of_circuit, st.integers(1, 8), st.randoms(use_true_random=False))
def test_losses_are_counted_as_by_trying_each(
    tangle: Tangle, chosen: tuple[int, Reading], width: int, random: Random
) -> None:
    circuit = tangle.circuit(*chosen)
    removals = list(range(len(circuit.nodes)))
    random.shuffle(removals)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutsets, "BITS_AT_ONCE", width)
        counts = counted_by_removal(wires(circuit), removals)
    assert counts == [
        len(naive_victims(tangle, {circuit.nodes[removed]}, *chosen)) for removed in removals
    ]


# --- The plain view


def view_of(size: int, drawn: bytes) -> "nx.MultiDiGraph[str]":
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = NAMES[:size]
    view.add_nodes_from(reversed(names))
    for number, each in enumerate(drawn):
        tail, head = divmod(each % size**2, size)
        view.add_edge(names[tail], names[head], key=f"f{number:02}")
    return view


#: Multigraphs of up to seven nodes: circles, parallel edges, loops and isolated nodes.
views = st.tuples(st.sampled_from(range(1, 8)), st.sampled_from(range(13))).flatmap(
    lambda sizes: st.builds(
        view_of, st.just(sizes[0]), st.binary(min_size=sizes[1], max_size=sizes[1])
    )
)


def bases(view: "nx.MultiDiGraph[str]") -> set[str]:
    """What depends on nothing else, and the circles that depend on nothing outside them."""
    reached = {node: nx.descendants(view, node) - {node} for node in view}
    return {node for node in view if all(node in reached[supplier] for supplier in reached[node])}


def grounded(view: "nx.MultiDiGraph[str]", ends: Collection[str], without: str) -> set[str]:
    """The nodes that still have a chain to a base."""
    rest = view.subgraph(set(view) - {without})
    return {
        node
        for node in rest
        if node in ends or any(end in ends for end in nx.descendants(rest, node))
    }


@many
@given(views)
def test_dominators_are_those_without_which_no_chain_is_left(
    view: "nx.MultiDiGraph[str]",
) -> None:
    ends = bases(view)
    assert grounded(view, ends, "") == set(view)
    expected = {node: set(view) - {node} - grounded(view, ends, node) for node in view}
    tree = dominator_tree(view)
    assert tree.below == {node: tuple(sorted(under)) for node, under in sorted(expected.items())}
    for node in view:
        above = tree.above(node)
        assert set(above) == {other for other in view if node in expected[other]}
        for near, far in combinations(above, 2):
            assert near in expected[far]
        assert tree.parent.get(node) == (above[0] if above else None)


@many
@given(views)
def test_losses_are_the_sizes_below(view: "nx.MultiDiGraph[str]") -> None:
    array = edge_array(view)
    arcs = np.array(array.arcs, dtype=np.int64).reshape(-1, 2)
    parents = immediate_dominators(len(array.nodes), arcs[:, 0], arcs[:, 1])
    tree = dominator_tree(view)
    assert loss_sizes(parents) == [len(tree.below[node]) for node in array.nodes]


@many
@given(views)
def test_what_dominates_takes_down_where_any_supplier_is_enough(
    view: "nx.MultiDiGraph[str]",
) -> None:
    """Without actors and circles, and with one supplier enough for each, both say the same."""
    view.remove_edges_from([edge for edge in view.edges(keys=True) if edge[0] >= edge[1]])
    needed = tuple(
        Need(node, f"need-{node}", "need", 1, _options(view, node), frozenset(), frozenset())
        for node in sorted(view)
        if view.out_degree(node)
    )
    circuit = Tangle(needed, frozenset()).circuit(0, "worst")
    expected = {node: under for node, under in dominator_tree(view).below.items() if under}
    assert victims(single_points(circuit)) == expected


def _options(view: "nx.MultiDiGraph[str]", node: str) -> tuple[Option, ...]:
    suppliers: Sequence[str] = sorted(set(view.successors(node)))
    return tuple(Option(each, (f"f-{node}-{each}",), Decimal("0.9")) for each in suppliers)
