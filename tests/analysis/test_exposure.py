from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from techsov.graph.analysis.reach.exposure import (
    PREMISES,
    RULE,
    Exposure,
    LegalReach,
    Unknown,
    exposure_conclusions,
)
from techsov.graph.analysis.standing import FIRMNESS, Standing
from techsov.graph.flow import Knowledge

World = Callable[..., Standing]
Found = Callable[..., list[Exposure]]

#: A law of one state that reaches by control, and a service three steps from it.
SCENE = """
    State home abroad
    SupranationalUnion union
    Place town
    LegalInstrument law
    Company user firm group
    Service service cloud
    home enacts law id=f-enacts
    law reach reach-control id=f-reach
    law coversLayer layer-cloud id=f-cloud confidence=0.7
    law riskKind risk-data-access id=f-risk
    service dependsOn cloud layer=cloud id=f-uses
    firm provides cloud id=f-provides
    firm subsidiaryOf group id=f-group
    group establishedUnder home id=f-law
"""


@pytest.fixture
def reach(world: World) -> Callable[[str], LegalReach]:
    def read(text: str) -> LegalReach:
        found = world(text)
        return LegalReach(Standing.on(found.records, found.schema, found.day, FIRMNESS))

    return read


Reach = Callable[[str], LegalReach]


def chains(rows: list[Exposure]) -> dict[tuple[str, str], list[str]]:
    return {(row.entity, row.kind): [hop.head for hop in row.hops] for row in rows}


def reached(found: LegalReach) -> list[tuple[str, str]]:
    return sorted((row.entity, row.kind) for row in found.exposures())


# --- What a row says


def test_a_row_tells_its_chain_and_all_it_rests_on(reach: Reach) -> None:
    (row,) = reach(SCENE).exposures("service")
    assert row == Exposure(
        entity="service",
        law="law",
        kind="control",
        jurisdiction="home",
        hops=row.hops,
        activity=(),
        risks=("data-access",),
        premises=(
            "f-cloud",
            "f-enacts",
            "f-group",
            "f-law",
            "f-provides",
            "f-reach",
            "f-risk",
            "f-uses",
        ),
        status="stated",
        confidence=Decimal("0.7"),
        contingent=(),
        denied=(),
        domestic="unknown",
        mitigations=(),
    )
    assert [(hop.tail, hop.head, hop.facts) for hop in row.hops] == [
        ("service", "cloud", ("f-uses",)),
        ("cloud", "firm", ("f-provides",)),
        ("firm", "group", ("f-group",)),
        ("group", "home", ("f-law",)),
        ("home", "law", ("f-enacts",)),
    ]


def test_what_shows_the_entity_active_is_a_premise(reach: Reach) -> None:
    (row,) = reach(SCENE).exposures("firm")
    assert [hop.facts for hop in row.activity] == [("f-provides",), ("f-uses",)]
    assert {"f-provides", "f-uses", "f-cloud"} <= set(row.premises)


def test_everybody_on_the_chain_is_reached(reach: Reach) -> None:
    assert reached(reach(SCENE)) == [
        ("cloud", "control"),
        ("firm", "control"),
        ("group", "establishment"),
        ("service", "control"),
    ]


def test_a_law_or_an_entity_can_be_asked_for(reach: Reach) -> None:
    found = reach(SCENE + "LegalInstrument other\nhome enacts other\nother regulates service")
    assert {row.law for row in found.exposures("service")} == {"law"}
    assert found.exposures(law="nothing") == found.exposures("nobody") == []
    assert found.exposures("cloud", "law") == found.exposures("cloud")


# --- The grammar


@pytest.mark.parametrize("layer", ["chips", "data"])
def test_a_dependence_in_another_layer_is_no_step(reach: Reach, layer: str) -> None:
    assert reached(reach(SCENE.replace("layer=cloud", f"layer={layer}"))) == []


def test_what_a_supplier_depends_on_is_not_passed_to_what_it_supplies(reach: Reach) -> None:
    text = SCENE + "Company shop\nshop provides stall\nshop dependsOn cloud layer=cloud\n"
    text += "user dependsOn stall layer=cloud"
    found = reach(text)
    assert found.exposures("stall") == found.exposures("user") == []
    assert found.not_passed_on("stall") == {"shop": ("law",)}
    assert found.not_passed_on("stall", "other") == found.not_passed_on("cloud") == {}


def test_control_is_followed_only_by_a_law_that_does(reach: Reach) -> None:
    text = SCENE.replace("reach-control", "reach-establishment")
    assert reached(reach(text)) == [("group", "establishment")]


def test_a_share_is_not_followed(reach: Reach) -> None:
    text = SCENE.replace("firm subsidiaryOf group", "group ownsShareIn firm share=100")
    assert not {"firm", "cloud", "service"} & {row.entity for row in reach(text).exposures()}


def test_own_establishment_counts_for_a_law_of_control(reach: Reach) -> None:
    text = SCENE + "firm establishedUnder home"
    assert chains(reach(text).exposures("service")) == {
        ("service", "establishment"): ["cloud", "firm", "home", "law"]
    }


def test_a_chain_of_control_ends_at_the_first_one_under_the_law(reach: Reach) -> None:
    text = SCENE + "Company top\ntop controls group\ntop establishedUnder home"
    assert [hop.head for hop in reach(text).exposures("firm")[0].hops] == ["group", "home", "law"]
    assert [row.kind for row in reach(text).exposures("group")] == ["establishment"]


def test_a_state_that_controls_is_the_end(reach: Reach) -> None:
    text = SCENE.replace("group establishedUnder home", "home controls group")
    assert chains(reach(text).exposures("service"))["service", "control"] == [
        "cloud", "firm", "group", "home", "law",
    ]  # fmt: skip


def test_the_law_of_a_union_reaches_through_its_members(reach: Reach) -> None:
    text = SCENE.replace("home enacts law", "union enacts law")
    assert reached(reach(text)) == []
    (row,) = reach(text + "home memberOf union id=f-member").exposures("service")
    assert row.jurisdiction == "union"
    assert [hop.head for hop in row.hops][-3:] == ["home", "union", "law"]
    assert "f-member" in row.premises


def test_a_head_office_stands_for_an_unknown_law_only(reach: Reach) -> None:
    seated = "town within home\ngroup headquarteredIn town"
    text = SCENE.replace("group establishedUnder home id=f-law", seated)
    assert chains(reach(text).exposures("service")) == {
        ("service", "seat"): ["cloud", "firm", "group", "town", "home", "law"]
    }
    assert reached(reach(text + "\ngroup establishedUnder abroad")) == []
    assert (
        reached(reach(text + "\ngroup establishedUnder abroad status=claimed claimant=user")) == []
    )


def test_a_chain_has_six_steps_at_most(reach: Reach) -> None:
    line = "\n".join(f"x{place} dependsOn x{place + 1} layer=cloud" for place in range(5))
    text = f"{SCENE}\n{line}\nx5 dependsOn cloud layer=cloud"
    found = {row.entity for row in reach(text).exposures()}
    assert {"x2", "x3", "x4", "x5"} <= found
    assert not {"x0", "x1"} & found


def test_the_shortest_chain_is_told_then_the_strongest(reach: Reach) -> None:
    text = (
        SCENE
        + """
        service dependsOn weak layer=cloud confidence=0.5
        service dependsOn strong layer=cloud
        service dependsOn far layer=cloud
        far dependsOn near layer=cloud
        firm provides weak
        firm provides strong
        firm provides near
        service dependsOn cloud layer=cloud confidence=0.5
    """
    )
    text = text.replace("service dependsOn cloud layer=cloud id=f-uses", "")
    (row,) = reach(text).exposures("service")
    assert row.hops[0].head == "strong"


def test_dependences_in_a_circle_end(reach: Reach) -> None:
    text = SCENE + "cloud dependsOn service layer=cloud\nfirm controls group"
    assert {"service", "cloud", "firm"} <= {row.entity for row in reach(text).exposures()}


# --- Activity


def test_who_is_not_shown_active_is_reached_through_dependence_only(reach: Reach) -> None:
    idle = SCENE + "Company idle\nidle subsidiaryOf group"
    assert reach(idle).exposures("idle") == []
    assert reach(idle).unknown("idle").no_layer
    through = idle + "\nidle dependsOn cloud layer=cloud"
    assert [row.hops[0].head for row in reach(through).exposures("idle")] == ["cloud"]


def test_a_data_law_does_not_reach_who_only_makes_chips(reach: Reach) -> None:
    text = SCENE + "Company maker\nmaker subsidiaryOf group\nuser dependsOn maker layer=chips"
    assert reach(text).exposures("maker") == []
    assert not reach(text).unknown("maker").no_layer


# --- Status


@pytest.mark.parametrize("status", ["planned", "claimed"])
def test_a_weak_premise_weakens_the_row(reach: Reach, status: str) -> None:
    weak = f"id=f-group status={status} claimant=user"
    (row,) = reach(SCENE.replace("id=f-group", weak)).exposures("service")
    assert (row.status, row.contingent) == (status, ("f-group",))


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_what_is_denied_or_supposed_supports_nothing(reach: Reach, status: str) -> None:
    weak = f"id=f-group status={status} claimant=user"
    assert reached(reach(SCENE.replace("id=f-group", weak))) == []


def test_a_firm_chain_goes_before_a_shorter_weak_one(reach: Reach) -> None:
    text = SCENE + "group provides cloud status=planned"
    rows = reach(text).exposures("service")
    assert {(row.kind, row.status): len(row.hops) for row in rows} == {
        ("establishment", "planned"): 4,
        ("control", "stated"): 5,
    }


def test_of_facts_that_say_the_same_the_firmest_carries_the_row(reach: Reach) -> None:
    text = (
        SCENE
        + """
        firm subsidiaryOf group id=f-plan status=planned
        firm subsidiaryOf group id=f-vague confidence=0.5
        group controls firm id=f-too
    """
    )
    (row,) = reach(text).exposures("service")
    assert row.hops[2].facts == ("f-group", "f-too")
    assert row.status == "stated"


def test_a_law_that_only_a_party_describes_gives_claimed_rows(reach: Reach) -> None:
    weak = "id=f-reach status=claimed claimant=user"
    (row,) = reach(SCENE.replace("id=f-reach", weak)).exposures("service")
    assert (row.status, row.contingent) == ("claimed", ("f-reach",))


def test_who_denies_a_step_is_named(reach: Reach) -> None:
    text = SCENE + "firm subsidiaryOf group id=f-no status=denied claimant=group"
    (row,) = reach(text).exposures("service")
    assert (row.denied, row.status) == (("f-no",), "stated")


def test_only_the_statuses_that_stand_are_read(world: World) -> None:
    found = world(SCENE.replace("id=f-group", "id=f-group status=planned"))
    standing = Standing.on(found.records, found.schema, found.day, ("stated",))
    assert reached(LegalReach(standing)) == []


# --- The other kinds


def test_whom_the_law_names_it_reaches_whatever_they_do(reach: Reach) -> None:
    text = SCENE + "Person somebody\nlaw regulates somebody id=f-name"
    (row,) = reach(text).exposures("somebody")
    assert (row.kind, row.activity) == ("named", ())
    assert row.premises == ("f-enacts", "f-name", "f-risk")
    assert [hop.head for hop in row.hops] == ["law"]


def test_who_depends_on_a_named_one_is_reached_by_the_name(reach: Reach) -> None:
    text = SCENE + "law regulates cloud"
    assert ("service", "named") in reached(reach(text))
    assert ("user", "named") not in reached(reach(text + "\nuser dependsOn cloud layer=chips"))


LISTING = SCENE.replace("risk-data-access", "risk-procurement-exclusion")


def test_a_list_reaches_those_on_it_and_whom_they_control(reach: Reach) -> None:
    text = (
        LISTING
        + """
        Company listed unit
        law regulates listed
        unit subsidiaryOf listed
        user dependsOn unit layer=cloud
        user dependsOn listed layer=chips
    """
    )
    assert reached(reach(text)) == [("listed", "named"), ("unit", "named"), ("user", "named")]


def test_a_list_without_names_is_left_out(reach: Reach) -> None:
    found = reach(LISTING)
    assert (found.exposures(), [each.lacks for each in found.left_out]) == ([], [("list",)])


ORIGIN = SCENE.replace("reach-control", "reach-item-origin")


def test_an_item_is_followed_from_its_maker(reach: Reach) -> None:
    text = ORIGIN + "firm establishedUnder home"
    assert reached(reach(text)) == [
        ("cloud", "item-origin"),
        ("firm", "item-origin"),
        ("group", "item-origin"),
        ("service", "item-origin"),
    ]


def test_an_item_is_not_followed_by_control_or_operation(reach: Reach) -> None:
    assert reached(reach(ORIGIN)) == [("group", "item-origin")]
    operated = ORIGIN.replace("firm provides cloud", "firm operates cloud")
    assert reached(reach(operated + "firm establishedUnder home")) == [
        ("firm", "item-origin"),
        ("group", "item-origin"),
    ]


def test_the_head_office_of_a_maker_counts(reach: Reach) -> None:
    assert ("service", "item-origin") in reached(reach(ORIGIN + "firm headquarteredIn home"))


PRESENT = SCENE.replace("reach-control", "reach-presence")


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("firm operatesIn home", ["home"]),
        ("town within home\nfirm operatesIn town", ["town", "home"]),
        ("firm headquarteredIn home", ["home"]),
        ("firm establishedUnder home", ["home"]),
        ("unit subsidiaryOf firm\nunit establishedUnder home\nCompany unit", ["unit", "home"]),
        ("firm controls unit\nunit headquarteredIn home\nCompany unit", ["unit", "home"]),
    ],
)
def test_presence_is_the_entitys_own(reach: Reach, line: str, steps: list[str]) -> None:
    found = chains(reach(PRESENT + line).exposures())
    assert found["firm", "presence"] == [*steps, "law"]
    assert not {("cloud", "presence"), ("service", "presence")} & found.keys()


def test_presence_asks_for_activity_and_is_not_for_states(reach: Reach) -> None:
    text = PRESENT + "user operatesIn home\nhome controls firm"
    assert reached(reach(text)) == [("group", "presence")]


def test_a_law_of_persons_does_not_take_its_own_for_present(reach: Reach) -> None:
    text = PRESENT + "law reach reach-establishment\nfirm establishedUnder home"
    assert [row.kind for row in reach(text).exposures("firm")] == ["establishment"]


# --- Domestic or foreign

TWO = """
    Company shop
    shop operates service
    shop headquarteredIn home
    user provides service
"""


@pytest.mark.parametrize(
    ("line", "domestic"),
    [
        ("service establishedUnder home\nuser couldUse service layer=cloud", "yes"),
        ("Company shop\nshop provides service\nshop establishedUnder home", "yes"),
        ("Company shop\nshop operates service\nshop establishedUnder abroad", "no"),
        ("Company shop\nshop operates service\nshop headquarteredIn home", "yes"),
        ("Company shop\nshop operates service", "unknown"),
        (TWO, "unknown"),
        (f"{TWO}\nuser establishedUnder abroad", "no"),
    ],
)
def test_whose_law_it_is(reach: Reach, line: str, domestic: str) -> None:
    assert {row.domestic for row in reach(f"{SCENE}\n{line}").exposures("service")} == {domestic}


def test_foreign_laws_come_first(reach: Reach) -> None:
    text = (
        SCENE
        + """
        LegalInstrument aaa
        abroad enacts aaa
        aaa reach reach-control
        aaa coversLayer layer-cloud
        service establishedUnder abroad
    """
    )
    rows = reach(text).exposures("service")
    assert [(row.law, row.domestic) for row in rows] == [("law", "no")]
    active = reach(text + "user dependsOn service layer=cloud").exposures("service")
    assert [(row.law, row.domestic) for row in active] == [("law", "no"), ("aaa", "yes")]


# --- Mitigation


def test_a_mitigation_stands_beside_and_cancels_nothing(reach: Reach) -> None:
    text = (
        SCENE
        + """
        CertificationScheme shield
        shield mitigates law
        service holdsCertification shield
        firm holdsCertification shield status=planned
        group holdsCertification shield
    """
    )
    (row,) = reach(text).exposures("service")
    assert [(each.holder, each.means, each.status) for each in row.mitigations] == [
        ("service", "shield", "stated"),
        ("firm", "shield", "planned"),
    ]
    assert row.kind == "control"


def test_the_risk_of_foreign_law_counts_against_foreign_laws_only(reach: Reach) -> None:
    text = (
        SCENE
        + """
        CertificationScheme shield
        shield mitigatesRisk risk-extraterritorial-law
        service holdsCertification shield
    """
    )
    assert reach(text).exposures("service")[0].mitigations
    own = text + "service establishedUnder home"
    assert all(not row.mitigations for row in reach(own).exposures("service"))


# --- What is unknown


def test_the_unknown_is_named_nearest_first(reach: Reach) -> None:
    text = (
        SCENE.replace("group establishedUnder home id=f-law", "")
        + """
        service dependsOn other layer=cloud
        service dependsOn chip layer=chips
        Company seated
        seated headquarteredIn abroad
        service dependsOn seated layer=cloud
        ActorGroup many
        service dependsOn many layer=cloud
    """
    )
    assert reach(text).unknown("service") == Unknown(
        no_law=("firm", "group"), no_supplier=("service", "other"), groups=("many",), no_layer=True
    )
    assert reach(text).unknown("cloud") == Unknown(("firm", "group"), (), (), no_layer=False)


def test_control_is_unknown_only_where_a_law_follows_it(reach: Reach) -> None:
    text = SCENE.replace("group establishedUnder home id=f-law", "")
    by_law = text.replace("reach-control", "reach-establishment")
    assert reach(by_law).unknown("service", "law").no_law == ("firm",)


def test_an_entity_without_facts_is_unknown_altogether(reach: Reach) -> None:
    found = reach(SCENE + "Company blank")
    assert found.exposures("blank") == []
    assert found.unknown("blank") == Unknown(("blank",), (), (), no_layer=True)


def test_before_all_facts_there_is_no_law(world: World) -> None:
    text = "\n".join(
        f"{line} since=2020" if " " in line.strip() and "id=" in line else line
        for line in SCENE.splitlines()
    )
    standing = Standing.on(world(text).records, world(text).schema, date(1999, 1, 1), PREMISES)
    assert not LegalReach(standing).laws
    assert not LegalReach(standing).exposures()


# --- Conclusions


def test_a_row_is_put_as_a_derived_statement(reach: Reach) -> None:
    text = (
        SCENE
        + """
        CertificationScheme shield
        shield mitigates law
        service holdsCertification shield
    """
    )
    found = reach(text)
    rows = found.exposures("service")
    (conclusion,) = exposure_conclusions(rows, found.standing)
    assert (conclusion.rule, conclusion.subject, conclusion.relation, conclusion.object) == (
        RULE,
        "service",
        "exposedTo",
        "law",
    )
    assert (conclusion.premises, conclusion.steps) == (rows[0].premises, rows[0].hops)
    assert conclusion.more == {
        "riskKind": ("risk-data-access",),
        "tie": ("tie-control",),
        "mitigatedBy": ("shield",),
    }


# --- The published facts


@pytest.fixture(scope="module")
def published_reach(published: Knowledge) -> LegalReach:
    return LegalReach(Standing.on(published.records, published.schema, published.day, PREMISES))


def paths(found: LegalReach, entity: str, law: str) -> dict[str, tuple[str, str]]:
    return {
        row.kind: (row.status, " ".join(hop.head for hop in row.hops))
        for row in found.exposures(entity, law)
    }


US = "united-states cloud-act"


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("s3ns", {"seat": ("stated", f"google-cloud google {US}")}),
        ("premi3ns", {}),
        (
            "scaleway-ai-clusters",
            {"establishment": ("planned", f"dgx-cloud-lepton nvidia {US}")},
        ),
        ("t-systems-sovereign-cloud", {"seat": ("planned", f"google-cloud google {US}")}),
        (
            "aws-european-sovereign-cloud",
            {
                "establishment": ("stated", f"amazon {US}"),
                "control": ("stated", f"aws amazon {US}"),
            },
        ),
        (
            "bleu",
            {
                "named": ("stated", "microsoft cloud-act"),
                "establishment": ("stated", f"microsoft {US}"),
            },
        ),
        ("jupiter", {}),
    ],
)
def test_published_chains_to_the_cloud_act(
    published_reach: LegalReach, entity: str, expected: dict[str, tuple[str, str]]
) -> None:
    assert paths(published_reach, entity, "cloud-act") == expected


def test_published_chips_are_followed_by_origin(published_reach: LegalReach) -> None:
    law = "export-administration-regulations"
    assert paths(published_reach, "jupiter", law) == {
        "item-origin": ("stated", f"nvidia united-states {law}")
    }


def test_a_published_certificate_stands_beside_the_reach(published_reach: LegalReach) -> None:
    (row,) = published_reach.exposures("s3ns", "cloud-act")
    assert ("s3ns", "secnumcloud", "stated") in [
        (each.holder, each.means, each.status) for each in row.mitigations
    ]
    assert published_reach.not_passed_on("premi3ns") == {"s3ns": ("cloud-act",)}


def test_a_published_denial_is_told(published_reach: LegalReach) -> None:
    rows = published_reach.exposures("aws-european-sovereign-cloud", "cloud-act")
    assert {row.kind: bool(row.denied) for row in rows} == {"establishment": True, "control": False}


def test_no_published_data_law_reaches_chips_alone(published_reach: LegalReach) -> None:
    reached = {row.entity for row in published_reach.exposures(law="cloud-act")}
    assert not reached & {"tsmc", "nvidia-gpus", "nvidia-h100", "asml", "amd", "intel"}


def test_published_lists_reach_nobody_for_being_american(published_reach: LegalReach) -> None:
    for law in ("us-section-1260h-list", "us-3a090-headquarters-rule"):
        assert {row.kind for row in published_reach.exposures(law=law)} == {"named"}


def test_every_published_row_rests_on_facts_of_its_own_status(
    published_reach: LegalReach,
) -> None:
    by_id = published_reach.standing.by_id
    for row in published_reach.exposures():
        statuses = {by_id[name].status for name in row.premises}
        assert row.status == max(statuses, key=FIRMNESS.index)
        assert bool(row.contingent) == (row.status != "stated")
