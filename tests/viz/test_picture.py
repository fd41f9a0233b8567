"""What a picture holds: the right things, every fact between them, and circles of enough members."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from techsov.graph.errors import Origin
from techsov.graph.flow import Knowledge
from techsov.graph.records import Entity, Records
from techsov.viz.picture import Surroundings, overview
from techsov.viz.publication import Publication
from techsov.viz.style import family_of


def test_the_overview_holds_every_fact_between_actors_offerings_and_infrastructure(
    publication: Publication, archipelago: Knowledge
) -> None:
    records = archipelago.records
    wanted = {
        fact.id
        for fact in records.facts
        if {fact.subject, fact.object} <= records.entities.keys()
        and all(
            family_of(records.entities[end].cls).overview for end in (fact.subject, fact.object)
        )
    }
    picture = overview(records, publication.reach, publication.relies)
    assert {fact.id for fact in picture.facts} == wanted
    assert picture.all_facts == len(wanted)
    assert "ada" not in picture.marks, "a person is no mark of the overview"


def test_a_full_overview_keeps_the_most_relied_upon_and_who_relies_on_them(
    publication: Publication,
) -> None:
    reach, relies = publication.reach, publication.relies
    picture = overview(publication.knowledge.records, reach, relies, most=6)
    assert picture.marks[0] == max(reach, key=lambda name: reach[name])
    assert len(picture.marks) == 6
    assert picture.all_marks > 6
    assert all({f.subject, f.object} <= set(picture.marks) for f in picture.facts)
    tied = {end for fact in picture.facts for end in (fact.subject, fact.object)}
    assert set(picture.marks) == tied, "nobody stands alone"


def test_ten_thousand_actors_leave_at_most_150_marks(archipelago: Knowledge) -> None:
    origin = Origin("x", 1)
    names = [f"actor-{number}" for number in range(10_000)]
    entities = {name: Entity(name, "Company", name, name, "", (), origin) for name in names}
    pattern = archipelago.records.facts[0]
    facts = tuple(
        replace(pattern, id=f"f{n}", subject=a, object=b, relation="dependsOn")
        for n, (a, b) in enumerate(pairwise(names))
    )
    reach = {name: number for number, name in enumerate(names)}
    relies = {a: {b} for a, b in pairwise(names)}
    picture = overview(Records(entities, {}, {}, facts), reach, relies)
    assert len(picture.marks) <= 150
    assert picture.all_marks == 10_000
    assert picture.marks[0] == names[-1]
    assert len(picture.facts) == len(picture.marks) - 1, "a chain stays whole"


def test_surroundings_are_the_neighbours_of_every_kind(publication: Publication) -> None:
    picture = Surroundings(publication.knowledge.records, publication.reach).around("corvette")
    assert picture.marks[0] == "corvette"
    assert {"ada", "calm", "harbour", "corvette-hosting", "aurelia"} <= set(picture.marks)
    assert "nimbus" not in picture.marks
    assert set(picture.distances.values()) == {0, 1}


def test_facts_between_two_neighbours_belong_to_the_surroundings(publication: Publication) -> None:
    picture = Surroundings(publication.knowledge.records, publication.reach).around("nimbus")
    assert any("nimbus" not in (fact.subject, fact.object) for fact in picture.facts)


def test_surroundings_that_are_too_large_keep_the_nearest(publication: Publication) -> None:
    records, reach = publication.knowledge.records, publication.reach
    picture = Surroundings(records, reach).around("corvette", 3, most=6)
    assert (len(picture.marks), picture.all_marks > 6) == (6, True)
    distances = list(picture.distances.values())
    assert distances == sorted(distances)


def test_only_alliances_with_three_members_are_circles(publication: Publication) -> None:
    circles = publication.overview.picture.circles
    assert [(c.alliance, len(c.members)) for c in circles] == [
        ("harbour", 5),
        ("lantern", 3),
        ("tide", 3),
    ]


def test_a_loop_is_not_drawn(archipelago: Knowledge) -> None:
    pattern = archipelago.records.facts[0]
    loop = replace(pattern, id="loop", subject="dune", object="dune")
    records = replace(archipelago.records, facts=(loop,))
    reach: Mapping[str, int] = {}
    assert overview(records, reach, {}).facts == ()
