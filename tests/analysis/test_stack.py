"""Where things stand in the stack and of which country they are, checked by hand."""

from collections.abc import Callable

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.network.stack import (
    NOWHERE,
    READ,
    SEVERAL,
    STACK,
    UNSTATED,
    USERS,
    Footing,
    country,
    footing,
    most_one_sided,
    rests,
)
from techsov.graph.analysis.standing import Standing
from techsov.graph.facts.schema import read_schema

World = Callable[..., Standing]

THINGS = """
    State us fr
    Place paris
    Company firm maker user other
    Service cloud
    Supercomputer super
    SoftwarePlatform system
    Market market
"""


@pytest.fixture
def stands(world: World) -> Callable[[str, str], Footing]:
    def of(facts: str, thing: str) -> Footing:
        known = world(THINGS + facts)
        return footing(Standing.on(known.records, known.schema, known.day, READ), thing)

    return of


Stands = Callable[[str, str], Footing]


def test_the_stack_has_every_layer_of_the_scheme_once() -> None:
    assert sorted(STACK) == read_schema().in_scheme("layer")


def test_a_thing_stands_where_most_rely_on_it(stands: Stands) -> None:
    facts = """
        user dependsOn firm layer=cloud
        other dependsOn firm layer=cloud
        maker dependsOn firm layer=chips
    """
    found = stands(facts, "firm")
    assert (found.band, found.ground, found.others) == ("cloud", "relied-on", ("chips",))
    assert found.facts == ("other--dependsOn--firm", "user--dependsOn--firm")


def test_of_equal_layers_the_lowest_of_technology_counts_before_the_means(stands: Stands) -> None:
    assert stands("user dependsOn firm layer=platform,compute", "firm").band == "compute"
    assert stands("user dependsOn firm layer=skills,cloud", "firm").band == "cloud"
    assert stands("user dependsOn firm layer=skills,energy", "firm").band == "energy"


def test_a_firm_stands_where_others_rely_on_what_it_supplies(stands: Stands) -> None:
    found = stands("firm provides cloud\nuser dependsOn cloud layer=cloud", "firm")
    assert (found.band, found.ground) == ("cloud", "relied-on")


def test_what_is_planned_is_read_only_where_nothing_is_stated(stands: Stands) -> None:
    planned = "user dependsOn firm layer=chips status=planned"
    assert stands(planned, "firm").band == "chips"
    assert stands(f"{planned}\nother dependsOn firm layer=cloud", "firm").band == "cloud"


def test_a_seller_stands_in_the_layer_of_its_market(stands: Stands) -> None:
    facts = "firm hasMarketShare market share=30\nmarket coversLayer cloud"
    assert stands(facts, "firm") == Footing(
        "cloud", "market", (), ("firm--hasMarketShare--market",)
    )


def test_a_kind_that_a_layer_is_made_of_stands_there_with_who_runs_it(stands: Stands) -> None:
    assert stands("super dependsOn maker layer=chips", "super") == Footing("compute", "kind")
    assert stands("user dependsOn maker layer=chips", "system") == Footing("platform", "kind")
    assert stands("firm operates super", "firm").band == "compute"


def test_what_others_could_use_stands_where_they_could(stands: Stands) -> None:
    assert stands("user couldUse firm layer=model", "firm").ground == "possible"


def test_who_only_relies_stands_above_and_the_rest_is_not_stated(stands: Stands) -> None:
    facts = "user dependsOn firm layer=cloud"
    assert (stands(facts, "user").band, stands(facts, "user").ground) == (USERS, "relies")
    assert stands(facts, "other") == Footing(UNSTATED, "")


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_what_is_denied_or_supposed_puts_nothing_in_a_layer(stands: Stands, status: str) -> None:
    assert stands(f"user dependsOn firm layer=cloud status={status}", "firm").band == UNSTATED


@pytest.mark.parametrize(
    ("facts", "thing", "state"),
    [
        ("firm establishedUnder fr", "firm", "fr"),
        ("firm establishedUnder fr\nfirm headquarteredIn us", "firm", "fr"),
        ("firm headquarteredIn us", "firm", "us"),
        ("firm headquarteredIn paris\nparis within fr", "firm", "fr"),
        ("firm establishedUnder fr\nfirm establishedUnder us", "firm", SEVERAL),
        ("firm operatesIn us", "firm", NOWHERE),
        ("firm provides cloud\nfirm establishedUnder fr\ncloud hostedIn us", "cloud", "fr"),
        ("firm provides cloud\ncloud hostedIn us", "cloud", "us"),
        ("firm provides cloud", "cloud", NOWHERE),
        ("firm establishedUnder fr", "us", "us"),
    ],
)
def test_the_country_is_read_and_never_guessed(
    world: World, facts: str, thing: str, state: str
) -> None:
    assert country(Jurisdictions(world(THINGS + facts)), thing) == state


def test_what_rests_on_a_country_is_counted_by_layer_with_the_unknown_beside(world: World) -> None:
    standing = world(
        THINGS
        + """
        firm establishedUnder us
        user establishedUnder fr
        user dependsOn firm layer=cloud,chips
        other dependsOn firm layer=cloud
        other dependsOn maker layer=cloud
    """
    )
    found = rests(standing, Jurisdictions(standing))
    assert [(rest.layer, rest.country, len(rest.facts), rest.relying) for rest in found] == [
        ("cloud", "us", 2, {"fr": 1, "": 1}),
        ("cloud", NOWHERE, 1, {"": 1}),
        ("chips", "us", 1, {"fr": 1}),
    ]
    most = most_one_sided(found)
    assert most is not None
    assert (most[0].layer, len(most[0].facts), most[1]) == ("chips", 1, 1)


def test_without_a_known_country_nothing_is_called_one_sided(world: World) -> None:
    standing = world(f"{THINGS} user dependsOn firm layer=cloud")
    assert most_one_sided(rests(standing, Jurisdictions(standing))) is None
