from collections.abc import Callable

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.markets.dependence import (
    LayerDependence,
    dependence_by_layer,
    is_in,
    unplaced,
)
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]

NAMES = """
    SupranationalUnion eu
    State us fr
    Place paris texas
    Company firm big small
    Service cloud app site
    fr memberOf eu
    paris within fr
    texas within us
"""
LAYERS = ("chips", "cloud")


@pytest.fixture(scope="session")
def law(world: World) -> Callable[[str], Jurisdictions]:
    return lambda text: Jurisdictions(world(NAMES + text))


Law = Callable[[str], Jurisdictions]


def one(law: Jurisdictions, region: str = "") -> LayerDependence:
    (found,) = dependence_by_layer(law, LAYERS, region)
    return found


def counts(found: LayerDependence) -> dict[str, int]:
    return {each.supplier: len(each.dependents) for each in found.supplies}


def test_where_nobody_depends_on_anybody_there_is_no_layer(law: Law) -> None:
    assert dependence_by_layer(law("firm provides cloud"), LAYERS) == ()


def test_layers_come_in_order_and_others_are_left_out(law: Law) -> None:
    found = dependence_by_layer(
        law("""
            app dependsOn big layer=cloud
            site dependsOn big layer=chips,platform
        """),
        LAYERS,
    )
    assert [each.layer for each in found] == ["chips", "cloud"]


def test_dependents_are_counted_once_however_many_facts_say_so(law: Law) -> None:
    found = one(
        law("""
            app dependsOn big layer=cloud id=f1
            app dependsOn big layer=cloud id=f2
            site dependsOn big layer=cloud id=f3
            app dependsOn small layer=cloud id=f4
        """)
    )
    assert counts(found) == {"big": 2, "small": 1}
    assert found.supplies[0].facts == ("f1", "f2", "f3")
    assert found.dependents == ("app", "site")
    assert float(found.supplies[0].share) == pytest.approx(200 / 3)
    assert float(found.by_supplier.hhi.low) == pytest.approx((4 + 1) / 9 * 10000)
    assert found.by_supplier.hhi.exact


def test_the_supplier_of_an_offering_is_who_provides_it(law: Law) -> None:
    found = one(
        law("""
            app dependsOn cloud layer=cloud id=f1
            site dependsOn big layer=cloud id=f2
            big provides cloud id=f3
        """)
    )
    assert counts(found) == {"big": 2}
    assert found.supplies[0].facts == ("f1", "f2", "f3")


def test_an_offering_of_two_providers_counts_for_each(law: Law) -> None:
    text = "app dependsOn cloud layer=cloud\nbig provides cloud\nsmall provides cloud"
    assert counts(one(law(text))) == {"big": 1, "small": 1}


def test_what_nobody_is_known_to_supply_stands_for_itself(law: Law) -> None:
    found = one(law("app dependsOn cloud layer=cloud"))
    assert counts(found) == {"cloud": 1}
    assert found.laws[0].law == ""


def test_who_depends_on_something_of_its_own_is_not_counted(law: Law) -> None:
    text = "big dependsOn cloud layer=cloud\nbig provides cloud"
    assert dependence_by_layer(law(text), LAYERS) == ()


def test_dependents_are_summed_by_law_with_the_unknown_last(law: Law) -> None:
    found = one(
        law("""
            app dependsOn firm layer=cloud
            app dependsOn big layer=cloud
            site dependsOn big layer=cloud
            app dependsOn small layer=cloud
            firm establishedUnder us id=l1
            small establishedUnder us id=l2
        """)
    )
    laws = [(each.law, each.dependents, each.suppliers) for each in found.laws]
    assert laws == [("us", ("app",), ("firm", "small")), ("", ("app", "site"), ("big",))]
    assert [float(each.share) for each in found.laws] == [50, 50]
    assert (float(found.by_law.hhi.low), float(found.by_law.hhi.high or 0)) == (2500, 10000)
    assert {"l1", "l2"} <= set(found.facts)


def test_planned_dependence_does_not_count_unless_it_stands(law: Law) -> None:
    assert dependence_by_layer(law("app dependsOn big layer=cloud status=planned"), LAYERS) == ()


# --- Regions


@pytest.mark.parametrize(
    "fact",
    [
        "app hostedIn paris",
        "app hostedIn fr",
        "firm provides app\nfirm establishedUnder fr",
        "firm provides app\nfirm headquarteredIn paris",
        "firm provides app\nfirm operatesIn fr",
        "firm operates app\nbig controls firm\nbig establishedUnder fr",
        "firm builds app\nfirm establishedUnder fr",
        "firm provides app\nfirm establishedUnder us\nfirm operatesIn fr",
    ],
)
def test_a_thing_is_in_a_region_by_place_law_control_seat_business_or_supplier(
    fact: str, law: Law
) -> None:
    known = law(fact)
    assert is_in(known, "app", known.inside("eu"))
    assert unplaced(law(f"{fact}\napp dependsOn big layer=cloud"), LAYERS) == ()


@pytest.mark.parametrize(
    "fact",
    ["", "app hostedIn texas", "firm provides app\nfirm establishedUnder us", "firm provides app"],
)
def test_a_thing_of_another_or_of_no_known_place_is_not_in_it(fact: str, law: Law) -> None:
    known = law(fact)
    assert not is_in(known, "app", known.inside("eu"))


@pytest.mark.parametrize("place", ["eu", "fr", "paris"])
def test_states_and_places_are_in_the_region_that_they_lie_in(place: str, law: Law) -> None:
    known = law("")
    assert is_in(known, place, known.inside("eu"))
    assert not is_in(known, "us", known.inside("eu"))


def test_only_dependents_of_the_region_count_wherever_the_supplier_is(law: Law) -> None:
    text = """
        app dependsOn big layer=cloud
        site dependsOn big layer=cloud
        small dependsOn big layer=cloud
        app hostedIn paris
        site hostedIn texas
        big establishedUnder us
    """
    assert one(law(text), "eu").dependents == ("app",)
    assert one(law(text)).dependents == ("app", "site", "small")
    assert unplaced(law(text), LAYERS) == ("small",)
    assert unplaced(law(text), ["chips"]) == ()


def test_a_region_in_which_nobody_depends_has_no_layer(law: Law) -> None:
    assert dependence_by_layer(law("app dependsOn big layer=cloud"), LAYERS, "eu") == ()
