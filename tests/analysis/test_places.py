"""Where a law lies with respect to a place, read from facts and from one written reading."""

from collections.abc import Callable

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.law.places import WIDEST, apart, position
from techsov.graph.analysis.standing import Standing
from techsov.graph.facts.iso3166 import ISO_3166
from techsov.graph.flow import Knowledge

World = Callable[..., Standing]
MAP = """
State france=FR norway=NO switzerland=CH united-states=US nowhere uae=AE
SupranationalUnion eu
Alliance eea gcc
Place europe paris abu-dhabi middle-east
france memberOf eu
norway memberOf eea
uae memberOf gcc
paris within france
abu-dhabi within uae
"""


@pytest.mark.parametrize(
    ("law", "place", "side"),
    [
        ("france", "france", "inside"),
        ("france", "eu", "inside"),
        ("norway", "eu", "outside"),
        ("norway", "europe", "inside"),
        ("eu", "europe", "inside"),
        ("united-states", "eu", "outside"),
        ("united-states", "france", "outside"),
        # What holds in a member holds for it too: the law of its union is not foreign.
        ("eu", "france", "unknown"),
        ("eu", "united-states", "outside"),
        # A mere place has no law: a state of Europe that is in no union here is not outside.
        ("switzerland", "europe", "unknown"),
        ("switzerland", "eu", "outside"),
        ("united-states", "europe", "outside"),
        ("uae", "europe", "outside"),
        # Neither the facts nor a reading say where it lies.
        ("nowhere", "europe", "unknown"),
        ("united-states", "middle-east", "unknown"),
        ("uae", "middle-east", "unknown"),
        # The law of the state in which a mere place lies holds there.
        ("france", "paris", "inside"),
        ("united-states", "paris", "unknown"),
        ("uae", "abu-dhabi", "inside"),
    ],
)
def test_the_side_of_a_law(world: World, law: str, place: str, side: str) -> None:
    assert position(Jurisdictions(world(MAP)), law, place) == side


@pytest.mark.parametrize(
    ("one", "other", "different"),
    [
        ("eu", "uae", True),
        ("eu", "europe", False),
        ("france", "eu", False),
        ("france", "norway", True),
        ("europe", "middle-east", True),
    ],
)
def test_places_are_apart_unless_one_lies_in_the_other(
    world: World, one: str, other: str, different: bool
) -> None:
    places = Jurisdictions(world(MAP))
    assert apart(places, one, other) is apart(places, other, one) is different


def test_a_fact_can_put_a_state_in_a_place_against_no_reading(world: World) -> None:
    places = Jurisdictions(world(f"{MAP}\nswitzerland within europe"))
    assert position(places, "switzerland", "europe") == "inside"


def test_the_reading_holds_codes_of_states_and_every_member_of_the_union(
    published: Knowledge,
) -> None:
    assert WIDEST["europe"] <= ISO_3166
    standing = Standing.on(published.records, published.schema, published.day)
    inside = Jurisdictions(standing).european
    codes = {published.records.entities[name].iso for name in inside} - {""}
    assert codes <= WIDEST["europe"]
    assert len(codes) == 30
