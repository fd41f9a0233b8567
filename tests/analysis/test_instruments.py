from collections.abc import Callable
from datetime import date

import pytest

from techsov.graph.analysis.reach.instruments import (
    Lack,
    Law,
    best,
    law_of,
    laws_of,
    left_out,
    saying,
)
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]

LAW = """
    State home
    PublicBody office
    LegalInstrument law
    home enacts law
    office enacts law
    law reach reach-control
    law coversLayer layer-cloud
    law coversLayer layer-data
    law riskKind risk-data-access
    law riskKind risk-service-suspension
"""


def read(world: World, text: str) -> Law:
    return law_of(world(text), "law")


def test_a_law_is_what_the_facts_say_of_it(world: World) -> None:
    law = read(world, LAW + "law regulates firm")
    assert law == Law(
        id="law",
        jurisdictions=("home",),
        reach=frozenset({"control"}),
        layers=frozenset({"cloud", "data"}),
        risks=("data-access", "service-suspension"),
        names=("firm",),
        lists_persons=False,
        lists_items=True,
    )
    assert (law.follows_persons, law.follows_control, law.follows_items) == (True, True, False)
    assert law.lacks == ()


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("home enacts law", ["enacts"]),
        ("law reach reach-control", ["reach"]),
        ("law coversLayer layer-cloud", []),
        ("law riskKind risk-data-access", []),
    ],
)
def test_what_is_lacking_is_named(world: World, line: str, lacks: list[Lack]) -> None:
    assert list(read(world, LAW.replace(line, "")).lacks) == lacks


def test_a_law_without_layers_lacks_one(world: World) -> None:
    bare = LAW.replace("law coversLayer layer-cloud", "").replace("law coversLayer layer-data", "")
    assert read(world, bare).lacks == ("layer",)


def test_a_name_stands_for_a_tie(world: World) -> None:
    text = LAW.replace("law reach reach-control", "law regulates firm")
    assert read(world, text).lacks == ()


def test_a_body_is_no_jurisdiction(world: World) -> None:
    found = left_out(world(LAW.replace("home enacts law", "")))
    assert [(each.law, each.lacks, each.until) for each in found] == [("law", ("enacts",), None)]


@pytest.mark.parametrize(
    ("lines", "persons"),
    [
        ("", True),
        ("law riskKind risk-supply-denial", True),
        ("-law riskKind risk-supply-denial", False),
        ("-law riskKind risk-procurement-exclusion", False),
        ("-law riskKind risk-supply-denial\nlaw reach reach-establishment", True),
        ("law hasQuantity 50 measure=ownership-threshold unit=%", False),
        ("law hasQuantity 50 measure=fine unit=%", True),
        ("-", True),
    ],
)
def test_a_law_that_shuts_out_goes_by_its_list(world: World, lines: str, persons: bool) -> None:
    text = LAW
    if lines.startswith("-"):
        for risk in ("data-access", "service-suspension"):
            text = text.replace(f"law riskKind risk-{risk}", "")
    law = read(world, f"{text}\n{lines.removeprefix('-')}")
    assert law.follows_persons == persons
    assert law.lists_persons != persons
    assert ("list" in law.lacks) != persons


def test_a_list_with_names_can_be_used(world: World) -> None:
    text = LAW + "Company firm\nlaw hasQuantity 50 measure=ownership-threshold\nlaw regulates firm"
    law = read(world, text)
    assert (law.lists_persons, law.lacks) == (True, ())


def test_a_law_follows_the_items_that_it_names_and_no_others(world: World) -> None:
    text = LAW.replace("reach-control", "reach-item-origin")
    assert read(world, text).follows_items
    assert not read(world, text + "law regulates chip").follows_items
    assert read(world, text + "Company firm\nlaw regulates chip\nlaw regulates firm").follows_items


def test_a_law_of_the_past_says_when_its_facts_ended(world: World) -> None:
    text = LAW.replace("home enacts law", "home enacts law since=2008 until=2024-06-12").replace(
        "law coversLayer layer-data", "law coversLayer layer-data until=2023"
    )
    (left,) = left_out(world(text))
    assert (left.lacks, left.until and left.until.text) == (("enacts",), "2024-06-12")
    assert [law.id for law in laws_of(world(text, date(2024, 6, 12)))] == ["law"]


def test_only_legal_instruments_are_laws(world: World) -> None:
    text = LAW.replace("LegalInstrument", "CertificationScheme")
    assert not laws_of(world(text))
    assert not left_out(world(text))


def test_the_best_facts_are_the_firmest_then_the_most_direct(world: World) -> None:
    records = world("""
        firm dependsOn chip id=planned status=planned confidence=0.9
        firm dependsOn chip id=weak confidence=0.5
        firm dependsOn chip id=two confidence=0.7
        firm dependsOn chip id=one confidence=0.7
    """).records
    assert [fact.id for fact in best(records.facts)] == ["one", "two"]
    assert best(()) == ()


def test_one_concept_is_said_by_its_own_facts(world: World) -> None:
    standing = world(LAW + "law coversLayer layer-data id=f-direct confidence=1.0")
    law = law_of(standing, "law")
    assert [fact.id for fact in saying(standing, law, "coversLayer", "data")] == ["f-direct"]
    assert saying(standing, law, "coversLayer", "chips") == ()
