from collections.abc import Callable

import pytest

from techsov.graph.analysis.law.jurisdictions import MOST_STEPS, Jurisdictions, Side, Tie
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import Standing
from techsov.graph.flow import Knowledge

World = Callable[..., Standing]

UNION = """
    SupranationalUnion eu
    Alliance eea club
    State france norway japan
    Place paris district europe
    Company member
    france memberOf eu id=f-eu
    france memberOf eea
    norway memberOf eea
    japan memberOf club
    member memberOf eu
    paris within france id=f-paris
    district within paris id=f-district
"""
GROUP = """
    State us france
    Place town
    Person boss
    Company firm holding top seated present
    firm subsidiaryOf holding id=f-sub
    top controls holding id=f-con
    top establishedUnder us id=f-top
    firm establishedUnder france id=f-firm
    seated headquarteredIn town id=f-seat
    town within us id=f-within
    present establishedUnder france
    present headquarteredIn town
    present operatesIn us
    boss controls top
"""


@pytest.fixture
def law(world: World) -> Callable[[str], Jurisdictions]:
    return lambda text: Jurisdictions(world(text))


Law = Callable[[str], Jurisdictions]


def places(hops: tuple[Hop, ...]) -> list[str]:
    return [hop.head for hop in hops]


def kinds(ties: tuple[Tie, ...]) -> list[tuple[str, str, list[str]]]:
    return [(tie.jurisdiction, tie.kind, places(tie.hops)) for tie in ties]


# --- Regions


def test_a_union_holds_its_states_and_the_places_in_them(law: Law) -> None:
    assert law(UNION).inside("eu") == {"eu", "france", "paris", "district"}
    assert law(UNION).inside("eea") == {"eea", "france", "norway", "paris", "district"}


def test_a_firm_that_joins_a_union_is_no_territory_of_it(law: Law) -> None:
    assert "member" not in law(UNION).inside("eu")


def test_europe_is_read_as_the_union_and_the_area(law: Law) -> None:
    assert law(UNION).inside("europe") == {
        "europe", "eu", "eea", "france", "norway", "paris", "district",
    }  # fmt: skip
    assert law(UNION).european == law(UNION).inside("europe") - {"europe"}


def test_a_place_that_holds_nothing_is_inside_itself(law: Law) -> None:
    assert law(UNION).inside("japan") == {"japan"}


def test_the_way_up_tells_each_step(law: Law) -> None:
    ways = law(UNION).ways("eu")
    assert ways["eu"] == ()
    assert [(hop.tail, hop.head, hop.facts) for hop in ways["district"]] == [
        ("district", "paris", ("f-district",)),
        ("paris", "france", ("f-paris",)),
        ("france", "eu", ("f-eu",)),
    ]


def test_the_way_up_is_the_shortest(law: Law) -> None:
    text = UNION + "district within france id=f-short"
    assert places(law(text).ways("eu")["district"]) == ["france", "eu"]


def test_places_within_each_other_end_where_they_meet(law: Law) -> None:
    ring = "Place here there\nhere within there\nthere within here"
    assert law(ring).inside("here") == {"here", "there"}
    assert [places(chain) for chain in law(ring).within("here")] == [["there"]]


# --- Control


def test_control_is_read_from_either_relation(law: Law) -> None:
    found = law(GROUP)
    assert places(tuple(found.controllers("firm"))) == ["holding"]
    assert places(tuple(found.controllers("holding"))) == ["top"]
    assert [places(chain) for chain in found.control_chains("firm")] == [
        ["holding"],
        ["holding", "top"],
        ["holding", "top", "boss"],
    ]


def test_facts_that_say_the_same_make_one_step(law: Law) -> None:
    text = GROUP + "holding controls firm id=f-too confidence=0.7"
    (hop,) = law(text).controllers("firm")
    assert hop.facts == ("f-sub", "f-too")
    assert str(hop.confidence) == "0.9"


def test_a_share_is_no_control(law: Law) -> None:
    found = law("Company firm owner\nowner ownsShareIn firm share=100 votes=100")
    assert found.controllers("firm") == []
    assert found.tops("firm") == ("firm",)


def test_the_tops_are_those_whom_nobody_controls(law: Law) -> None:
    assert law(GROUP).tops("firm") == ("boss",)
    assert law(GROUP).tops("boss") == ("boss",)


def test_a_circle_of_control_has_no_top(law: Law) -> None:
    ring = "Company a b c\na controls b\nb controls c\nc controls a"
    found = law(ring)
    assert [places(chain) for chain in found.control_chains("a")] == [["c"], ["c", "b"]]
    assert found.tops("a") == ()


def test_control_is_not_followed_beyond_the_most_steps(law: Law) -> None:
    line = "\n".join(f"x{place + 1} controls x{place}" for place in range(MOST_STEPS + 2))
    chains = law(f"Company {' '.join(f'x{place}' for place in range(11))}\n{line}")
    found = chains.control_chains("x0")
    assert max(map(len, found)) == MOST_STEPS


# --- Ties


def test_the_own_law_comes_before_that_of_who_controls(law: Law) -> None:
    assert kinds(law(GROUP).ties("firm")) == [
        ("france", "establishment", ["france"]),
        ("us", "control", ["holding", "top", "us"]),
    ]


def test_a_head_office_stands_for_an_unknown_law_only(law: Law) -> None:
    assert kinds(law(GROUP).ties("seated")) == [("us", "seat", ["town", "us"])]
    assert kinds(law(GROUP).ties("present")) == [
        ("france", "establishment", ["france"]),
        ("us", "presence", ["town", "us"]),
    ]


def test_business_alone_is_presence(law: Law) -> None:
    found = law("State us\nCompany firm\nfirm operatesIn us")
    assert kinds(found.ties("firm")) == [("us", "presence", ["us"])]
    assert found.laws("firm") == {}


def test_a_state_is_its_own_law(law: Law) -> None:
    assert kinds(law(GROUP).ties("us")) == [("us", "self", [])]


def test_who_is_under_a_state_is_under_it_by_control(law: Law) -> None:
    found = law("State us\nCompany firm\nus controls firm")
    assert kinds(found.ties("firm")) == [("us", "control", ["us"])]


def test_laws_leave_head_offices_out(law: Law) -> None:
    assert list(law(GROUP).laws("firm")) == ["france", "us"]
    assert law(GROUP).laws("seated") == {}


def test_the_steps_name_their_facts(law: Law) -> None:
    tie = law(GROUP).laws("firm")["us"]
    assert [hop.facts for hop in tie.hops] == [("f-sub",), ("f-con",), ("f-top",)]


def test_a_thing_is_located_in_every_jurisdiction_above_its_place(law: Law) -> None:
    found = law(GROUP + "seated headquarteredIn us")
    assert [(end, places(hops)) for end, hops in found.located("seated", "headquarteredIn")] == [
        ("us", ["town", "us"])
    ]


# --- Sides


@pytest.mark.parametrize(
    ("actor", "side"),
    [("firm", "outside"), ("present", "inside"), ("seated", "unknown"), ("top", "outside")],
)
def test_the_side_of_an_actor(law: Law, actor: str, side: Side) -> None:
    found = law(GROUP)
    assert found.side(actor, found.inside("france")) == side


def test_an_owner_of_unknown_law_leaves_the_side_unknown(law: Law) -> None:
    found = law("State us\nCompany firm owner\nfirm establishedUnder us\nowner controls firm")
    assert found.side("firm", found.inside("us")) == "unknown"
    known = law("""
        State us
        Company firm owner
        firm establishedUnder us
        owner controls firm
        owner establishedUnder us
    """)
    assert known.side("firm", known.inside("us")) == "inside"


# --- The published facts


def test_the_published_union_has_its_states(published: Knowledge) -> None:
    law = Jurisdictions(Standing.on(published.records, published.schema, published.day))
    assert {"france", "germany", "paris"} <= law.inside("eu")
    assert not {"united-states", "switzerland", "norway"} & law.inside("eu")
    assert law.inside("eu") < law.european


def test_the_published_control_of_aws_ends_under_the_law_of_the_united_states(
    published: Knowledge,
) -> None:
    law = Jurisdictions(Standing.on(published.records, published.schema, published.day))
    tie = law.laws("aws-esc-companies")["united-states"]
    assert (tie.kind, places(tie.hops)) == ("control", ["aws", "amazon", "united-states"])
    assert law.side("aws-esc-companies", law.european) == "outside"
