from collections.abc import Callable
from datetime import date

import pytest

from techsov.graph.analysis.failure.removal import Removal, removals, unknown_law
from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import UsageError

Remove = Callable[..., dict[str, Removal]]

WORLD = """
    State us france spain japan
    SupranationalUnion eu
    Alliance club forum
    Place paris
    Company american parent child grandchild french spanish trader seated seated-child stray
    Company both nested
    Person owner
    Product gadget
    Service hosted

    american establishedUnder us id=f-american
    child subsidiaryOf parent id=f-child
    parent establishedUnder us id=f-parent
    child controls grandchild id=f-grandchild
    child establishedUnder france id=f-child-law
    parent controls gadget id=f-gadget
    french establishedUnder france id=f-french
    spanish establishedUnder spain id=f-spanish
    trader establishedUnder japan
    trader operatesIn us
    trader headquarteredIn us
    seated headquarteredIn paris id=f-seated
    paris within france id=f-paris
    seated-child subsidiaryOf seated id=f-seated-child
    france memberOf eu id=f-france
    spain memberOf eu id=f-spain
    hosted hostedIn us
    owner controls stray
    american memberOf club id=f-member
    japan memberOf club id=f-japan
    forum memberOf club id=f-forum
    nested memberOf forum
    american memberOf forum status=planned
"""


@pytest.fixture(scope="session")
def remove(world: Callable[..., Standing]) -> Remove:
    def removed(
        entities: str = "",
        jurisdictions: str = "",
        alliances: str = "",
        text: str = WORLD,
        day: date = date(2025, 6, 1),
    ) -> dict[str, Removal]:
        law = Jurisdictions(world(text, day))
        return removals(law, entities.split(), jurisdictions.split(), alliances.split())

    return removed


def why(removed: dict[str, Removal]) -> dict[str, str]:
    return {name: removal.because for name, removal in removed.items()}


# --- By name


def test_a_thing_goes_alone(remove: Remove) -> None:
    assert remove("gadget") == {"gadget": Removal("gadget", "asked")}


def test_an_actor_goes_with_all_that_it_controls(remove: Remove) -> None:
    found = remove("parent")
    assert why(found) == {
        "child": "control",
        "gadget": "control",
        "grandchild": "control",
        "parent": "asked",
    }
    assert [(hop.tail, hop.head, hop.facts) for hop in found["grandchild"].steps] == [
        ("grandchild", "child", ("f-grandchild",)),
        ("child", "parent", ("f-child",)),
    ]
    assert found["grandchild"].facts == ("f-child", "f-grandchild")
    assert found["parent"].facts == ()


def test_what_is_controlled_does_not_take_who_controls_it(remove: Remove) -> None:
    assert set(remove("child")) == {"child", "grandchild"}


def test_a_share_is_no_control(remove: Remove) -> None:
    text = "Company a b\na ownsShareIn b share=60 votes=60\n"
    assert set(remove("a", text=text)) == {"a"}


def test_control_in_a_circle_ends(remove: Remove) -> None:
    text = """
        Company a b c d
        b subsidiaryOf a
        b controls c
        a subsidiaryOf c
        c controls d id=f-d
        d subsidiaryOf c id=f-d-too
    """
    found = remove("a", text=text)
    assert why(found) == {"a": "asked", "b": "control", "c": "control", "d": "control"}
    assert [hop.tail for hop in found["d"].steps] == ["d", "c", "b"]
    assert found["d"].steps[0].facts == ("f-d", "f-d-too")


def test_several_go_at_once_each_for_the_first_reason(remove: Remove) -> None:
    assert why(remove("parent child"))["child"] == "control"
    assert why(remove("child parent"))["child"] == "asked"
    assert set(remove("gadget", "japan", "forum")) == {
        "gadget",
        "japan",
        "trader",
        "forum",
        "nested",
    }


def test_nothing_named_removes_nothing(remove: Remove) -> None:
    assert remove() == {}


# --- By jurisdiction


def test_a_state_goes_with_those_under_its_law_and_what_they_control(remove: Remove) -> None:
    found = remove(jurisdictions="us")
    assert why(found) == {
        "american": "establishment",
        "child": "control",
        "gadget": "control",
        "grandchild": "control",
        "parent": "establishment",
        "us": "asked",
    }
    assert found["american"].facts == ("f-american",)
    assert found["gadget"].facts == ("f-gadget", "f-parent")
    assert found["grandchild"].facts == ("f-child", "f-grandchild", "f-parent")
    assert [hop.head for hop in found["grandchild"].steps] == ["child", "parent", "us"]


def test_an_own_law_elsewhere_does_not_shield_from_control(remove: Remove) -> None:
    assert {"child", "grandchild"} <= remove(jurisdictions="us").keys()
    assert {"child", "grandchild"} <= remove(jurisdictions="france").keys()


def test_presence_does_not_bind(remove: Remove) -> None:
    assert not {"trader", "hosted"} & remove(jurisdictions="us").keys()
    assert why(remove(jurisdictions="japan")) == {"japan": "asked", "trader": "establishment"}


def test_a_seat_binds_where_no_law_is_known(remove: Remove) -> None:
    found = remove(jurisdictions="france")
    assert found["seated"].because == "seat"
    assert found["seated"].facts == ("f-paris", "f-seated")
    assert found["seated-child"].because == "control"
    assert found["seated-child"].facts == ("f-paris", "f-seated", "f-seated-child")
    assert why(remove("seated")) == {"seated": "asked", "seated-child": "control"}


def test_a_union_goes_with_its_member_states_and_all_under_their_law(remove: Remove) -> None:
    found = remove(jurisdictions="eu")
    assert why(found) == {
        "child": "establishment",
        "eu": "asked",
        "france": "self",
        "french": "establishment",
        "grandchild": "control",
        "seated": "seat",
        "seated-child": "control",
        "spain": "self",
        "spanish": "establishment",
    }
    assert found["spain"].facts == ("f-spain",)
    assert found["spanish"].facts == ("f-spain", "f-spanish")
    assert found["seated"].facts == ("f-france", "f-paris", "f-seated")
    assert [hop.head for hop in found["french"].steps] == ["france", "eu"]


def test_a_member_state_goes_without_its_union(remove: Remove) -> None:
    assert not {"eu", "spain", "spanish"} & remove(jurisdictions="france").keys()


def test_whoever_goes_by_a_jurisdiction_takes_what_it_would_take_by_name(remove: Remove) -> None:
    for state in ("us", "france", "eu", "japan"):
        found = remove(jurisdictions=state)
        for name, removal in found.items():
            assert remove(name).keys() <= found.keys()
            assert removal.because == "asked" or removal.steps[-1].head == state


def test_what_a_state_controls_goes_with_it(remove: Remove) -> None:
    text = "State us\nPublicBody office\nService portal\nus controls office\noffice controls portal"
    found = remove(jurisdictions="us", text=text)
    assert why(found) == {"office": "control", "portal": "control", "us": "asked"}
    assert remove("us", text=text).keys() == found.keys()


@pytest.mark.parametrize("name", ["american", "club", "gadget", "paris", "owner"])
def test_what_is_no_jurisdiction_is_refused(name: str, remove: Remove) -> None:
    with pytest.raises(UsageError) as caught:
        remove(jurisdictions=name)
    assert caught.value.message == "whatif.no-jurisdiction"
    assert name in caught.value.text("en")
    assert name in caught.value.text("fr")


def test_only_facts_that_stand_bind(remove: Remove) -> None:
    text = """
        State us
        Company late early planned
        late establishedUnder us since=2025-07
        early establishedUnder us until=2024
        planned establishedUnder us status=planned
    """
    assert set(remove(jurisdictions="us", text=text)) == {"us"}
    assert set(remove(jurisdictions="us", text=text, day=date(2026, 1, 1))) == {"us", "late"}
    assert set(remove(jurisdictions="us", text=text, day=date(2024, 1, 1))) == {"us", "early"}


# --- By alliance


def test_an_alliance_goes_with_firms_and_with_states_and_those_under_their_law(
    remove: Remove,
) -> None:
    found = remove(alliances="club")
    assert why(found) == {
        "american": "member",
        "club": "asked",
        "forum": "member",
        "japan": "member",
        "trader": "establishment",
    }
    assert found["american"].facts == ("f-member",)
    assert [(hop.tail, hop.head) for hop in found["trader"].steps] == [
        ("trader", "japan"),
        ("japan", "club"),
    ]


def test_a_member_takes_what_it_controls(remove: Remove) -> None:
    text = WORLD + "parent memberOf club id=f-parent-club"
    found = remove(alliances="club", text=text)
    assert {"parent", "child", "gadget", "grandchild"} <= found.keys()
    assert found["gadget"].facts == ("f-gadget", "f-parent-club")


def test_a_member_in_several_roles_is_one_step(remove: Remove) -> None:
    text = """
        Alliance club
        Company firm
        firm memberOf club id=f1 role=founder
        firm memberOf club id=f2 role=member
    """
    assert remove(alliances="club", text=text)["firm"].facts == ("f1", "f2")
    assert len(remove(alliances="club", text=text)["firm"].steps) == 1


def test_the_members_of_a_member_stay(remove: Remove) -> None:
    assert "nested" not in remove(alliances="club")


@pytest.mark.parametrize("name", ["american", "gadget", "us"])
def test_what_has_no_member_is_refused(name: str, remove: Remove) -> None:
    with pytest.raises(UsageError) as caught:
        remove(alliances=name)
    assert caught.value.message == "whatif.no-members"


def test_an_alliance_before_its_first_member_is_refused(remove: Remove) -> None:
    text = "Alliance club\nCompany firm\nfirm memberOf club since=2025"
    assert set(remove(alliances="club", text=text)) == {"club", "firm"}
    with pytest.raises(UsageError):
        remove(alliances="club", text=text, day=date(2024, 1, 1))


# --- Unknown law


def test_law_is_unknown_without_a_binding_tie(world: Callable[..., Standing]) -> None:
    law = Jurisdictions(world(WORLD))
    names = ["stray", "american", "seated", "us", "gadget", "owner", "grandchild"]
    assert unknown_law(law, names) == ("stray", "owner")
    text = "State us\nCompany here\nhere operatesIn us"
    assert unknown_law(Jurisdictions(world(text)), ["here", "us"]) == ("here",)
