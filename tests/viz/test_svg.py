"""The still drawing: what the page shows at first, in few bytes, with nothing that could run."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from techsov.graph.flow import Knowledge
from techsov.graph.records import Records
from techsov.viz.arrangement import Placed, place
from techsov.viz.picture import Picture
from techsov.viz.publication import Publication
from techsov.viz.svg import still

NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def drawing(placed: Placed, publication: Publication, language: str = "en") -> ET.Element:
    return ET.fromstring(still(placed, publication.teller(language), "A title"))


@pytest.fixture
def whole(publication: Publication) -> Placed:
    return publication.within("corvette", 9)


def test_every_mark_that_is_first_shown_is_drawn_in_its_place(
    whole: Placed, publication: Publication
) -> None:
    teller = publication.teller("en")
    hidden = {"hypothetical", "denied", "inferred"}
    facts = [
        fact
        for fact in whole.picture.facts
        if fact.status not in hidden and teller.standing(fact) == "now"
    ]
    marks = {end for fact in facts for end in (fact.subject, fact.object)}
    uses = list(drawing(whole, publication).iter("use"))
    assert sorted((int(u.get("x", "")), int(u.get("y", ""))) for u in uses) == sorted(
        whole.wide.points[mark] for mark in marks
    )


def test_every_line_begins_and_ends_at_its_marks(whole: Placed, publication: Publication) -> None:
    teller = publication.teller("en")
    circled = {name for circle in whole.picture.circles for name in circle.facts}
    hidden = {"hypothetical", "denied", "inferred"}
    wanted = sorted(
        (*whole.wide.points[fact.subject], *whole.wide.points[fact.object])
        for fact in whole.picture.facts
        if fact.id not in circled and fact.status not in hidden and teller.standing(fact) == "now"
    )
    lines = [
        path
        for path in drawing(whole, publication).iter("path")
        if path.get("stroke-width") in {"1.5", "3"} and not re.search("[AZa]", path.get("d", ""))
    ]
    drawn = []
    for path in lines:
        for part in re.findall(r"M[^M]+", path.get("d", "")):
            numbers = [float(text) for text in NUMBERS.findall(part)]
            drawn.append((*numbers[:2], *numbers[-2:]))
    heads = [ends for ends in drawn if ends not in wanted]
    assert sorted(set(drawn) - set(heads)) == sorted(set(wanted))


def test_dashes_and_shapes_tell_without_colour(whole: Placed, publication: Publication) -> None:
    drawn = drawing(whole, publication)
    dashes = {path.get("stroke-dasharray") for path in drawn.iter("path")}
    assert {None, "14 7", "5 4"} <= dashes
    outlines = [path.get("d") for path in drawn.iter("path") if (path.get("id") or "")[:1] == "_"]
    assert len(set(outlines)) == len(outlines)


def test_names_lie_on_no_mark_and_on_no_name(whole: Placed, publication: Publication) -> None:
    drawn = drawing(whole, publication, "fr")
    names = [text.text for text in drawn.iter("text")]
    assert {"Aurélie", "Quartzo"} <= set(names)
    places = [(text.get("x"), text.get("y")) for text in drawn.iter("text")]
    assert len(set(places)) == len(places)


def test_a_hostile_name_is_only_text(publication: Publication) -> None:
    knowledge = publication.knowledge
    entities = dict(knowledge.records.entities)
    bad = '</text><script>alert(1)</script>"&'
    entities["q7"] = replace(entities["q7"], label_en=bad, label_fr=bad)
    records = replace(knowledge.records, entities=entities)
    hostile = Publication(replace(knowledge, records=records))
    text = str(still(publication.within("q7", 2), hostile.teller("en"), bad))
    assert "<script" not in text
    drawn = ET.fromstring(text)
    assert drawn.get("aria-label") == bad
    assert {element.tag for element in drawn.iter()} <= {"svg", "defs", "path", "g", "use", "text"}


@pytest.mark.parametrize("actor", ["drift", "corvette", "nimbus"])
def test_the_drawing_of_surroundings_is_light(publication: Publication, actor: str) -> None:
    placed = publication.around(actor)
    text = str(still(placed, publication.teller("fr"), "Titre"))
    marks, facts = len(placed.picture.marks), len(placed.picture.facts)
    assert len(text.encode()) <= 900 + 190 * marks + 70 * facts


def test_one_mark_alone_and_none_at_all(archipelago: Knowledge, publication: Publication) -> None:
    teller = publication.teller("en")
    alone = Picture(("kelp",), (), (), 1, 0, focus="kelp", distances={"kelp": 0})
    drawn = ET.fromstring(still(place(alone, teller, {}), teller, "Kelp"))
    assert [text.text for text in drawn.iter("text")] == ["Kelp Networks"]
    assert len(list(drawn.iter("use"))) == 1
    nothing = Publication(replace(archipelago, records=Records({}, {}, {}, ())))
    assert still(nothing.strata.placed, nothing.teller("en"), "Nothing") == ""
