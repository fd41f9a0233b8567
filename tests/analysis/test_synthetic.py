from collections import Counter
from datetime import date
from decimal import Decimal

import networkx as nx
import pytest

from techsov.graph.analysis.network.synthetic import synthetic_records
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Passage, Records, Source

PLACE = Origin("data/facts/dependsOn.csv", 2)
DAY = date(2025, 6, 1)
SCHEMA = read_schema()


def fact(id: str, subject: str, relation: str, target: str, status: str = "stated") -> Fact:
    return Fact(
        id=id,
        subject=subject,
        relation=relation,
        object=target,
        value="",
        qualifiers={"layer": ("chips",)},
        status=status,
        claimant="firm" if status == "claimed" else "",
        valid_from=None,
        valid_to=None,
        evidence=(Evidence("doc", 1, Decimal("0.9"), "", "", "register", PLACE),),
        contradicts=("f1",) if id == "f2" else (),
        supersedes=("f4",) if id == "f5" else (),
    )


def source(id: str) -> Source:
    return Source(
        id, "", "", "article", "neutral", "", "", "en", None, None, "", "", 3, "", True, PLACE
    )


REAL = Records(
    entities={
        name: Entity(name, "Company", name, name, "", (), PLACE)
        for name in ("chip", "cloud", "firm", "other")
    },
    sources={name: source(name) for name in ("doc", "register")},
    passages={"doc-p1": Passage("doc", 1, "0" * 64)},
    facts=(
        fact("f1", "cloud", "dependsOn", "chip"),
        fact("f2", "cloud", "dependsOn", "chip", "claimed"),
        fact("f3", "firm", "provides", "cloud"),
        fact("f4", "cloud", "dependsOn", "firm"),
        fact("f5", "cloud", "describedAs", "sovereign", "claimed"),
        fact("f6", "other", "dependsOn", "cloud"),
    ),
)


def test_one_copy_is_the_original() -> None:
    assert synthetic_records(REAL, 1, seed=0) == REAL


def test_no_copy_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        synthetic_records(REAL, 0, seed=0)


def test_the_seed_decides() -> None:
    assert synthetic_records(REAL, 9, seed=4) == synthetic_records(REAL, 9, seed=4)
    assert synthetic_records(REAL, 9, seed=4) != synthetic_records(REAL, 9, seed=5)


def test_everything_is_multiplied_and_facts_stay_sorted() -> None:
    found = synthetic_records(REAL, 12, seed=1)
    assert (len(found.entities), len(found.sources), len(found.passages)) == (48, 24, 12)
    ids = [fact.id for fact in found.facts]
    assert len(set(ids)) == 72
    assert ids == sorted(ids)


def test_real_names_are_still_there() -> None:
    found = synthetic_records(REAL, 3, seed=1)
    assert REAL.entities.items() <= found.entities.items()
    assert {"f1", "f2", "f3"} <= {fact.id for fact in found.facts if fact.id in "f1f2f3"}


def test_all_that_a_fact_names_exists() -> None:
    found = synthetic_records(REAL, 7, seed=2)
    ids = {fact.id for fact in found.facts}
    for fact in found.facts:
        assert fact.subject in found.entities
        assert fact.object in found.entities or fact.object == "sovereign"
        assert {*fact.contradicts, *fact.supersedes} <= ids
        for evidence in fact.evidence:
            assert evidence.passage in found.passages
            assert {evidence.source, evidence.cited_source} <= found.sources.keys()


def test_copies_are_said_by_copies() -> None:
    found = synthetic_records(REAL, 3, seed=2)
    cited = {evidence.passage for fact in found.facts for evidence in fact.evidence}
    assert cited == found.passages.keys()
    claimants = {fact.id: fact.claimant for fact in found.facts}
    assert [claimants[id] for id in ("f2", "f2-copy-2", "f1-copy-2")] == ["firm", "firm-copy-2", ""]


def test_a_copied_fact_says_the_same_in_the_same_status() -> None:
    found = synthetic_records(REAL, 5, seed=3)
    count = Counter((fact.relation, fact.status, fact.claimant[:4]) for fact in found.facts)
    real = Counter((fact.relation, fact.status, fact.claimant[:4]) for fact in REAL.facts)
    assert count == {key: 5 * number for key, number in real.items()}


def test_every_copy_has_the_degrees_of_the_original() -> None:
    everything = ("stated", "claimed")
    real = dependency_view(REAL, SCHEMA, DAY, everything)
    view = dependency_view(synthetic_records(REAL, 10, seed=6), SCHEMA, DAY, everything)
    for node in view:
        original = node.split("-copy-")[0]
        assert view.in_degree(node) == real.in_degree(original)
        assert view.out_degree(node) == real.out_degree(original)
        assert len(set(view.predecessors(node))) == len(set(real.predecessors(original)))
        assert len(set(view.successors(node))) == len(set(real.successors(original)))


def test_facts_either_way_stay_between_the_same_two() -> None:
    # A cloud depends on its firm twice: it says so, and the firm provides it.
    both = Records(REAL.entities, REAL.sources, REAL.passages, REAL.facts[2:4])
    for seed in range(3):
        found = synthetic_records(both, 1000, seed)
        pairs = Counter(frozenset((fact.subject, fact.object)) for fact in found.facts)
        assert set(pairs.values()) == {2}


def test_copies_are_tied_together() -> None:
    facts = (
        fact("f1", "a", "dependsOn", "b"),
        fact("f2", "b", "dependsOn", "c"),
        fact("f3", "c", "dependsOn", "a"),
    )
    entities = {name: Entity(name, "Company", name, name, "", (), PLACE) for name in "abc"}
    for seed in range(3):
        found = synthetic_records(Records(entities, {}, {}, facts), 1000, seed)
        view = dependency_view(found, SCHEMA, DAY)
        assert nx.number_weakly_connected_components(view) < 1000
