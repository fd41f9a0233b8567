"""What a picture holds: the right things, every fact between them, and circles of enough members."""

from dataclasses import replace

from techsov.graph.flow import Knowledge
from techsov.viz.picture import Surroundings
from techsov.viz.publication import Publication


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
    circles = Surroundings(publication.knowledge.records, {}).around("corvette", 9, 150).circles
    assert [(c.alliance, len(c.members)) for c in circles] == [
        ("harbour", 5),
        ("lantern", 3),
        ("tide", 3),
    ]


def test_a_loop_is_not_drawn(archipelago: Knowledge) -> None:
    pattern = archipelago.records.facts[0]
    loop = replace(pattern, id="loop", subject="dune", object="dune")
    records = replace(archipelago.records, facts=(loop,))
    assert Surroundings(records, {}).around("dune").facts == ()
