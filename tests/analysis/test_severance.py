from collections.abc import Callable

import pytest

from techsov.graph.analysis.reach.exposure import LegalReach
from techsov.graph.analysis.reach.severance import Link, Severance
from techsov.graph.analysis.standing import FIRMNESS, Standing

World = Callable[..., Standing]
Cut = Callable[..., Severance]

LAW = """
    State home abroad
    Company maker parent user
    LegalInstrument law
    home enacts law
    law coversLayer layer-cloud
    law riskKind risk-data-access
    parent establishedUnder home id=f-law
"""
BY_CONTROL = LAW + "law reach reach-control\n"


@pytest.fixture
def cut(world: World) -> Cut:
    def smallest(text: str, entity: str, status: str = "claimed") -> Severance:
        found = world(text)
        standing = Standing.on(found.records, found.schema, found.day, FIRMNESS)
        return LegalReach(standing).severance(entity, "law", status)

    return smallest


def ends(found: Severance) -> list[tuple[str, str, str]]:
    return [(link.tie, link.tail, link.head) for link in found.links]


def test_the_only_chain_is_cut_at_its_near_end(cut: Cut) -> None:
    text = BY_CONTROL + "user dependsOn cloud layer=cloud id=f1\nparent provides cloud id=f2"
    assert cut(text, "user") == Severance((Link("depends", "user", "cloud", ("f1",)),))
    assert cut(text, "cloud") == Severance((Link("supplied", "cloud", "parent", ("f2",)),))


def test_facts_that_say_the_same_are_one_link(cut: Cut) -> None:
    text = (
        BY_CONTROL
        + """
        user dependsOn parent layer=cloud id=f1
        user dependsOn parent layer=cloud,data id=f2
        user dependsOn parent layer=chips id=f3
    """
    )
    assert cut(text, "user").links == (Link("depends", "user", "parent", ("f1", "f2")),)


def test_two_chains_that_meet_are_cut_where_they_meet(cut: Cut) -> None:
    text = (
        BY_CONTROL
        + """
        user dependsOn one layer=cloud
        user dependsOn two layer=cloud
        one dependsOn shared layer=cloud
        two dependsOn shared layer=cloud
        parent provides shared
    """
    )
    assert ends(cut(text, "user")) == [("supplied", "shared", "parent")]


def test_two_chains_that_share_nothing_need_two_cuts(cut: Cut) -> None:
    text = (
        BY_CONTROL
        + """
        Company other
        other establishedUnder home
        user dependsOn one layer=cloud
        user dependsOn two layer=cloud
        parent provides one
        other provides two
    """
    )
    assert ends(cut(text, "user")) == [("depends", "user", "one"), ("depends", "user", "two")]


def test_dependence_and_control_are_two_links(cut: Cut) -> None:
    text = (
        BY_CONTROL
        + """
        service dependsOn parent layer=cloud
        user dependsOn service layer=cloud
        maker provides service
        maker subsidiaryOf parent
    """
    )
    assert ends(cut(text, "service")) == [
        ("depends", "service", "parent"),
        ("supplied", "service", "maker"),
    ]
    assert ends(cut(text, "user")) == [("depends", "user", "service")]


def test_who_is_under_the_law_cannot_cut_it(cut: Cut) -> None:
    text = BY_CONTROL + "user dependsOn parent layer=cloud"
    found = cut(text, "parent")
    assert found.links == ()
    assert [step.facts for step in found.because or ()] == [("f-law",)]


def test_a_state_is_its_own_law(cut: Cut) -> None:
    assert cut(BY_CONTROL + "user dependsOn home layer=cloud", "home") == Severance((), ())


def test_who_is_named_cannot_cut_it(cut: Cut) -> None:
    found = cut(BY_CONTROL + "law regulates user id=f-named", "user")
    assert [step.facts for step in found.because or ()] == [("f-named",)]


def test_a_head_office_cannot_be_cut(cut: Cut) -> None:
    text = BY_CONTROL + "maker headquarteredIn home id=f-seat\nuser dependsOn maker layer=cloud"
    assert [step.facts for step in cut(text, "maker").because or ()] == [("f-seat",)]


def test_nothing_to_cut_where_nothing_reaches(cut: Cut) -> None:
    assert cut(BY_CONTROL + "user dependsOn maker layer=cloud", "user") == Severance(())


def test_a_chain_longer_than_is_followed_is_cut_all_the_same(cut: Cut) -> None:
    line = [f"x{place} dependsOn x{place + 1} layer=cloud" for place in range(9)]
    text = "\n".join([BY_CONTROL, *line, "user dependsOn x0 layer=cloud", "parent provides x9"])
    assert ends(cut(text, "user")) == [("depends", "user", "x0")]


def test_an_entity_of_unknown_layers_is_cut_from_what_it_depends_on_only(cut: Cut) -> None:
    text = BY_CONTROL + "user dependsOn maker layer=cloud\nmaker subsidiaryOf parent"
    alone = text + "\nuser subsidiaryOf parent"
    assert ends(cut(alone, "user")) == [("depends", "user", "maker")]
    active = alone + "\nmaker couldUse user layer=cloud"
    assert ends(cut(active, "user")) == [
        ("controlled", "user", "parent"),
        ("depends", "user", "maker"),
    ]


def test_business_can_be_given_up_and_a_head_office_not(cut: Cut) -> None:
    text = (
        LAW
        + """
        Place town
        law reach reach-presence
        user couldUse maker layer=cloud
        town within home
        maker operatesIn town id=f1
        maker operatesIn home id=f2
        unit subsidiaryOf maker id=f3
        Company unit
        unit establishedUnder home
    """
    )
    assert cut(text, "maker") == Severance(
        (
            Link("controls", "maker", "unit", ("f3",)),
            Link("present", "maker", "home", ("f2",)),
            Link("present", "maker", "town", ("f1",)),
        )
    )
    found = cut(text + "maker headquarteredIn town id=f-seat", "maker")
    assert (found.links, [step.facts for step in (found.because or ())[:1]]) == ((), [("f-seat",)])


def test_to_operate_an_item_is_not_to_make_it(cut: Cut) -> None:
    text = (
        LAW
        + """
        law reach reach-item-origin
        law regulates thing
        Company boss
        law regulates boss
        user dependsOn plant layer=cloud id=f1
        parent operates plant id=f2
        user dependsOn tool layer=cloud id=f3
        parent provides tool
        tool dependsOn thing layer=cloud
    """
    )
    assert ends(cut(text, "user")) == [("depends", "user", "tool")]
    assert ends(cut(text, "tool")) == [("depends", "tool", "thing"), ("supplied", "tool", "parent")]
    assert cut(text, "plant") == Severance(())


def test_a_cut_may_look_at_firmer_facts_only(cut: Cut) -> None:
    text = (
        BY_CONTROL
        + """
        user dependsOn parent layer=cloud
        law regulates user status=claimed claimant=maker
        user dependsOn maker layer=cloud status=planned
        maker subsidiaryOf parent
    """
    )
    assert cut(text, "user").because is not None
    assert ends(cut(text, "user", "stated")) == [("depends", "user", "parent")]
    assert ends(cut(text, "user", "planned")) == [
        ("depends", "user", "maker"),
        ("depends", "user", "parent"),
    ]
