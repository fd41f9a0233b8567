from collections.abc import Callable

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.remedy.coalition import (
    Coalition,
    coalition_conclusions,
    coalition_of,
    region_of,
)
from techsov.graph.analysis.remedy.setcover import Covers
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import UndefinedMeasure, UsageError

World = Callable[..., Standing]

NAMES = """
    Alliance club pact
    SupranationalUnion eu
    State fr de us
    Company one two sub other more third
    ActorGroup group
    Service cloud app
    Supercomputer machine
    fr memberOf eu
    de memberOf eu
    one memberOf club role=member id=m1
    two memberOf club role=founder id=m2
    one establishedUnder fr
    other establishedUnder de
    more establishedUnder fr
    third establishedUnder us
"""


@pytest.fixture(scope="session")
def club(world: World) -> Callable[..., Coalition]:
    def of(text: str, region: str = "") -> Coalition:
        return coalition_of(Jurisdictions(world(NAMES + text)), "club", region)

    return of


Club = Callable[..., Coalition]


def holding(found: Coalition) -> dict[str, list[str]]:
    return {
        layer: list(dict.fromkeys(cover.actor for cover in covers))
        for layer, covers in found.held.items()
    }


# --- Who is in it


def test_members_have_roles_facts_and_a_side(club: Club) -> None:
    found = club("one memberOf club role=initiator id=m3\ntwo establishedUnder us")
    assert [(each.actor, each.roles, each.facts, each.side) for each in found.members] == [
        ("one", ("initiator", "member"), ("m1", "m3"), "inside"),
        ("two", ("founder",), ("m2",), "outside"),
    ]


def test_a_member_whose_law_is_not_known_is_of_unknown_side(club: Club) -> None:
    assert club("").members[1].side == "unknown"
    assert club("third controls one").members[0].side == "outside"


@pytest.mark.parametrize("name", ["one", "eu", "cloud"])
def test_only_an_alliance_has_a_coalition(name: str, world: World) -> None:
    with pytest.raises(UsageError) as error:
        coalition_of(Jurisdictions(world(NAMES)), name)
    assert error.value.message == "coalition.no-alliance"


def test_an_alliance_without_a_member_is_no_finding(world: World) -> None:
    with pytest.raises(UndefinedMeasure) as error:
        coalition_of(Jurisdictions(world(NAMES)), "pact")
    assert error.value.message == "coalition.no-member"
    assert error.value.values == {"name": "pact", "day": "2025-06-01"}


# --- What it holds


@pytest.mark.parametrize(
    ("facts", "nodes"),
    [
        ("app dependsOn one layer=cloud", ["app", "one"]),
        ("app dependsOn cloud layer=cloud\none provides cloud", ["app", "cloud", "one"]),
        ("app dependsOn machine layer=cloud\none operates machine", ["app", "machine", "one"]),
        ("app dependsOn machine layer=cloud\none builds machine", ["app", "machine", "one"]),
        ("app dependsOn sub layer=cloud\nsub subsidiaryOf one", ["app", "sub", "one"]),
        ("app dependsOn sub layer=cloud\none controls sub", ["app", "sub", "one"]),
        (
            """
                app dependsOn cloud layer=cloud
                sub provides cloud
                sub subsidiaryOf more
                more subsidiaryOf one
            """,
            ["app", "cloud", "sub", "more", "one"],
        ),
    ],
)
def test_a_member_holds_a_layer_in_which_somebody_relies_on_what_it_has(
    facts: str, nodes: list[str], club: Club
) -> None:
    found = club(facts)
    assert holding(found) == {"cloud": ["one"]}
    (cover,) = found.held["cloud"]
    assert [step.tail for step in cover.steps] + [cover.steps[-1].head] == nodes
    assert cover.thing == nodes[1]
    assert not cover.only_possible
    assert cover.outside == ()


@pytest.mark.parametrize(
    "facts",
    [
        "one provides cloud",  # nobody relies on it
        "app dependsOn other layer=cloud",
        "app dependsOn one layer=cloud status=planned",
        "app dependsOn sub layer=cloud\none ownsShareIn sub share=90",  # a share is no control
        "app dependsOn sub layer=cloud\nsub controls one",
        "one dependsOn cloud layer=cloud\none provides cloud",  # on itself
        "app dependsOn cloud layer=cloud\none uses cloud",
    ],
)
def test_it_does_not_hold_what_nobody_relies_on_or_is_not_its_own(facts: str, club: Club) -> None:
    found = club(facts)
    assert found.held == {}
    assert "cloud" in found.missing
    assert found.without_layer == ("one", "two")


def test_layers_without_a_member_are_named(club: Club) -> None:
    found = club("app dependsOn one layer=cloud,chips")
    assert set(found.missing) == {
        "compute",
        "connectivity",
        "data",
        "distribution",
        "energy",
        "model",
        "platform",
        "skills",
    }
    assert found.without_layer == ("two",)


def test_what_could_be_used_is_told_from_what_is(club: Club) -> None:
    (cover,) = club("app couldUse one layer=cloud").held["cloud"]
    assert cover.only_possible
    both = "app couldUse one layer=cloud\napp dependsOn one layer=cloud"
    assert not club(both).held["cloud"][0].only_possible


def test_what_the_thing_relies_on_outside_is_shown_for_the_same_layer(club: Club) -> None:
    found = club("""
        app dependsOn cloud layer=cloud
        one provides cloud
        cloud dependsOn third layer=cloud id=up
        cloud dependsOn other layer=chips
        cloud dependsOn two layer=cloud
        cloud dependsOn machine layer=cloud
        sub operates machine
        two controls sub
    """)
    (cover,) = (each for each in found.held["cloud"] if each.actor == "one")
    assert [(step.head, step.facts) for step in cover.outside] == [("third", ("up",))]


def test_the_firmest_cover_comes_first(club: Club) -> None:
    found = club("""
        app couldUse one layer=cloud
        app dependsOn cloud layer=cloud
        one provides cloud
        machine dependsOn sub layer=cloud
        sub subsidiaryOf one
        sub dependsOn third layer=cloud
        machine dependsOn one layer=cloud
    """)
    things = [(each.thing, bool(each.outside)) for each in found.held["cloud"]]
    assert things == [("one", False), ("cloud", False), ("one", False), ("sub", True)]
    assert [each.only_possible for each in found.held["cloud"]] == [False, False, True, False]


# --- Who would complete it

ALL_BUT = "data,distribution,energy,model,skills,chips"


def test_the_smallest_sets_of_those_inside_complete_it(club: Club) -> None:
    found = club(f"""
        app dependsOn one layer={ALL_BUT}
        app dependsOn other layer=cloud,compute
        app dependsOn more layer=connectivity,platform
        app dependsOn third layer=cloud,compute,connectivity,platform
    """)
    assert found.region == "eu"
    assert [each.actor for each in found.candidates] == ["more", "other"]
    assert found.candidates[1].layers == ("cloud", "compute")
    assert found.completing == Covers(2, 1, (("more", "other"),))
    assert found.out_of_reach == ()


def test_what_nobody_inside_holds_is_out_of_reach(club: Club) -> None:
    found = club(f"app dependsOn one layer={ALL_BUT}\napp dependsOn other layer=cloud")
    assert found.out_of_reach == ("compute", "connectivity", "platform")
    assert found.completing == Covers(1, 1, (("other",),))


def test_where_nothing_is_missing_nobody_is_wanted(club: Club, world: World) -> None:
    layers = ",".join(world("").schema.in_scheme("layer"))
    found = club(f"app dependsOn one layer={layers}\napp dependsOn other layer=cloud")
    assert (found.missing, found.candidates) == ((), ())
    assert found.completing == Covers(0, 1, ((),))


def test_those_of_unknown_law_are_listed_apart_with_a_seat_inside_first(club: Club) -> None:
    found = club("""
        Company seated nowhere
        app dependsOn nowhere layer=cloud
        app dependsOn seated layer=cloud
        seated headquarteredIn de
    """)
    assert found.candidates == ()
    assert [(each.actor, each.seated_inside) for each in found.unknown] == [
        ("seated", True),
        ("nowhere", False),
    ]


@pytest.mark.parametrize(
    "facts",
    [
        "app dependsOn sub layer=cloud\nsub establishedUnder fr\ntwo controls sub",
        "app dependsOn group layer=cloud",  # a group is no organisation
        "app dependsOn fr layer=cloud",
        "app dependsOn pact layer=cloud\npact establishedUnder fr",
        "app dependsOn third layer=cloud",  # under a law outside
    ],
)
def test_no_candidate_is_a_members_own_a_group_a_state_an_alliance_or_outside(
    facts: str, club: Club
) -> None:
    found = club(facts)
    assert (found.candidates, found.unknown) == ((), ())


def test_of_two_of_whom_one_controls_the_other_only_the_one_above_is_a_candidate(
    club: Club,
) -> None:
    text = "app dependsOn more layer=cloud\nmore subsidiaryOf other"
    found = club(text)
    assert [each.actor for each in found.candidates] == ["other"]
    assert found.completing.many == 1


def test_of_two_that_control_each_other_in_a_circle_the_first_is_listed(club: Club) -> None:
    found = club("""
        Company alpha omega
        app dependsOn alpha layer=cloud
        alpha controls omega
        omega controls alpha
    """)
    assert [each.actor for each in found.unknown] == ["alpha"]  # a circle has nobody at the top


# --- Regions


def test_the_region_asked_for_decides(club: Club) -> None:
    text = "app dependsOn other layer=cloud\napp dependsOn more layer=cloud"
    assert [each.actor for each in club(text, "fr").candidates] == ["more"]


def test_the_region_is_the_union_of_most_members(world: World) -> None:
    law = Jurisdictions(
        world(f"""{NAMES}
            SupranationalUnion wide narrow
            State uk
            fr memberOf wide
            de memberOf wide
            uk memberOf wide
            fr memberOf narrow
            two establishedUnder uk
        """)
    )
    assert region_of(law, "club", ["one", "two"]) == "wide"
    assert region_of(law, "club", ["one"]) == "narrow"  # as many, and fewer states


def test_a_head_office_tells_the_region_too(world: World) -> None:
    law = Jurisdictions(world(f"{NAMES} two headquarteredIn de"))
    assert region_of(law, "club", ["two"]) == "eu"


def test_an_alliance_of_states_is_its_own_region(world: World) -> None:
    law = Jurisdictions(world(f"{NAMES} us memberOf pact\nfr memberOf pact"))
    assert coalition_of(law, "pact").region == "pact"


def test_where_no_union_is_known_one_must_be_named(world: World) -> None:
    law = Jurisdictions(world(f"{NAMES} third memberOf pact"))
    with pytest.raises(UsageError) as error:
        coalition_of(law, "pact")
    assert error.value.message == "coalition.no-region"
    assert coalition_of(law, "pact", "us").members[0].side == "inside"


# --- Conclusions


def test_a_layer_held_is_a_conclusion_from_the_firmest_cover_of_each(world: World) -> None:
    law = Jurisdictions(
        world(f"""{NAMES}
            app dependsOn cloud layer=cloud id=f1 confidence=0.5
            one provides cloud id=f2
            app couldUse one layer=cloud id=weaker
            app dependsOn two layer=cloud id=f3
        """)
    )
    (found,) = coalition_conclusions(law, coalition_of(law, "club"))
    assert (found.rule, found.subject, found.relation, found.object) == (
        "alliance-layer-1",
        "club",
        "holdsLayer",
        "layer-cloud",
    )
    assert found.premises == ("f1", "f2", "f3", "m1", "m2")
    assert found.more == {"heldBy": ("one", "two")}
    assert str(found.confidence) == "0.5"


def test_an_alliance_that_holds_nothing_has_no_conclusion(world: World) -> None:
    law = Jurisdictions(world(NAMES))
    assert coalition_conclusions(law, coalition_of(law, "club")) == []
