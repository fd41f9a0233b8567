"""Names that mislead: what the sources write alike is not one actor, and what differs may be."""

import pytest

from techsov.graph.flow import Knowledge
from techsov.graph.names import find_entity, folded, names_of


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Nvidia", "nvidia"),
        ("NVIDIA", "nvidia"),
        ("inwi", "inwi"),
        ("Inwi", "inwi"),
        ("Google Cloud", "google-cloud"),
        ("Google", "google"),
        ("Dassault Systèmes", "dassault-systemes"),
        ("iliad", "iliad"),
        ("Orange", "orange"),
        ("Orange au Maroc", "orange-morocco"),
    ],
)
def test_a_spelling_leads_to_its_actor(published: Knowledge, name: str, actor: str) -> None:
    assert find_entity(published.records, name).id == actor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("orange", "orange-morocco"),
        ("iliad", "iliad-italy"),
        ("dassault-systemes", "dassault-aviation"),
        ("leonardo", "leonardo-supercomputer"),
        ("google", "google-cloud"),
        ("post-luxembourg", "post-telecom"),
    ],
)
def test_two_that_sound_alike_stay_two(published: Knowledge, one: str, other: str) -> None:
    entities = published.records.entities
    assert {one, other} <= entities.keys()
    assert entities[one].label_en != entities[other].label_en


def test_meta_in_the_first_article_is_a_region_and_no_firm(published: Knowledge) -> None:
    called = [
        entity
        for entity in published.records.entities.values()
        if "meta" in {folded(name) for name in names_of(entity)}
    ]
    from_article = {
        end
        for fact in published.records.facts
        if "aleria-nvidia" in fact.sources
        for end in (fact.subject, fact.object)
    }
    assert {entity.cls for entity in called if entity.id in from_article} <= {"Place"}
