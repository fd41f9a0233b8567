"""Answers, caps and what does not apply, kept apart; what can be assessed; derived statements."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from techsov.graph.analysis.ladder.assessment import (
    CEILING_RULE,
    Assessment,
    answers_on,
    assess,
    assessable,
    changed,
    compared,
    score_conclusions,
)
from techsov.graph.analysis.ladder.framework import Position, ceiling, score
from techsov.graph.analysis.ladder.grounds import Grounds, Offer
from techsov.graph.analysis.ladder.hints import Hint, hints
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin, UsageError
from techsov.graph.facts.frameworks import framework_of
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, PartialDate, Records

SCHEMA = read_schema()
FRAMEWORK = framework_of(None, SCHEMA)
PROFILE = FRAMEWORK.profile()
PLACE = Origin("data/facts/dependsOn.csv", 2)
DAY = date(2026, 1, 1)
CLASSES = {
    "cloud": "Service",
    "other-cloud": "Service",
    "chip": "Product",
    "clouds": "OfferingGroup",
    "platform": "SoftwarePlatform",
    "centre": "DataCentre",
    "programme": "Programme",
    "scheme": "CertificationScheme",
    "fr": "State",
    "us": "State",
    "eu": "SupranationalUnion",
    "paris": "Place",
    "texas": "Place",
    "ministry": "PublicBody",
    "unit": "OrganisationalUnit",
    "law": "LegalInstrument",
    "need": "Need",
}
WORLD = """
fr memberOf eu
texas within us
fr-firm establishedUnder fr
us-firm establishedUnder us
"""


def fact(line: str) -> Fact:
    subject, relation, target, *rest = line.split()
    parts: Mapping[str, str] = dict(part.split("=") for part in rest)
    apart = {"status", "claimant", "until"}
    declared = SCHEMA.relations[relation]
    until = parts.get("until")
    return Fact(
        id=line.replace(" ", "--"),
        subject=subject,
        relation=relation,
        object=f"{declared.scheme}-{target}" if declared.scheme else target,
        value="",
        qualifiers={name: tuple(v.split(",")) for name, v in parts.items() if name not in apart},
        status=parts.get("status", "claimed" if declared.evaluative else "stated"),
        claimant=parts.get("claimant", ""),
        valid_from=None,
        valid_to=PartialDate(until) if until else None,
        evidence=(Evidence("doc", 1, Decimal("0.9"), "", "", "", PLACE),),
        contradicts=(),
        supersedes=(),
    )


def standing(text: str, *statuses: str) -> Standing:
    facts = [fact(line.strip()) for line in f"{WORLD}{text}".splitlines() if line.strip()]
    names = {
        name
        for one in facts
        for name in (one.subject, one.object, one.claimant)
        if name and not any(name.startswith(f"{scheme}-") for scheme in SCHEMA.schemes)
    }
    entities = {
        name: Entity(name, CLASSES.get(name, "Company"), name, name, "", (), PLACE)
        for name in sorted(names | CLASSES.keys())
    }
    found = Records(entities, {}, {}, tuple(sorted(facts, key=lambda one: one.id)))
    return Standing.on(found, SCHEMA, DAY, statuses or ("stated",))


def assessed(text: str, thing: str = "cloud") -> Assessment:
    here = standing(text)
    return assess(thing, Grounds(here), FRAMEWORK, answers_on(here))


CUT = "cloud dependsOn us-firm layer=cloud"


def position(text: str, criterion: str = "csf-1-8") -> Position:
    found: Position = assessed(text).positions[criterion]
    return found


# --- The four states


def test_the_four_states_are_kept_apart() -> None:
    found = assessed(
        f"""{CUT}
        cloud criterionAnswer csf-3-1 rung=2 claimant=auditor
        cloud criterionAnswer csf-6-5 rung=0 claimant=auditor"""
    )
    states = {name: one.state for name, one in found.positions.items()}
    assert states["csf-1-8"] == "capped"
    assert states["csf-3-1"] == "answered"
    assert states["csf-6-5"] == "not-applicable"
    assert states["csf-8-1"] == "unanswered"
    assert len(states) == 48


def test_an_answer_counts_over_a_cap_and_the_cap_stays_beside_it() -> None:
    text = f"{CUT}\ncloud criterionAnswer csf-1-8 rung=5 claimant=auditor"
    verdict = assessed(text).verdicts["csf-1-8"]
    assert verdict.position == Position("csf-1-8", "answered", 5)
    assert verdict.cap is not None
    assert verdict.cap.rung == 4
    assert verdict.premises == ("cloud--criterionAnswer--csf-1-8--rung=5--claimant=auditor",)


def test_what_a_provider_says_of_itself_counts_for_nothing() -> None:
    text = f"fr-firm provides cloud\n{CUT}\ncloud criterionAnswer csf-1-8 rung=5 claimant=fr-firm"
    verdict = assessed(text).verdicts["csf-1-8"]
    assert verdict.position == Position("csf-1-8", "capped", 4)
    assert [answer.own for answer in verdict.answers] == [True]
    assert verdict.counted == ()


def test_nor_does_what_those_above_it_say() -> None:
    text = """fr-firm provides cloud
    fr-firm subsidiaryOf holding
    holding subsidiaryOf ministry
    cloud criterionAnswer csf-3-1 rung=5 claimant=ministry"""
    assert position(text, "csf-3-1").state == "unanswered"


def test_of_assessors_who_differ_the_lowest_counts_and_that_is_said() -> None:
    text = """cloud criterionAnswer csf-3-1 rung=4 claimant=auditor
    cloud criterionAnswer csf-3-1 rung=2 claimant=rival"""
    verdict = assessed(text).verdicts["csf-3-1"]
    assert verdict.position == Position("csf-3-1", "answered", 2)
    assert verdict.contested
    assert [answer.fact.claimant for answer in verdict.counted] == ["rival"]


def test_who_holds_that_it_applies_counts_over_who_does_not() -> None:
    text = """cloud criterionAnswer csf-6-5 rung=0 claimant=auditor
    cloud criterionAnswer csf-6-5 rung=3 claimant=rival"""
    assert position(text, "csf-6-5") == Position("csf-6-5", "answered", 3)


def test_an_answer_that_has_ended_or_is_about_another_thing_is_left_aside() -> None:
    text = """cloud criterionAnswer csf-3-1 rung=2 claimant=auditor until=2025
    other-cloud criterionAnswer csf-3-2 rung=2 claimant=auditor"""
    assert not assessed(text).known


def test_a_closed_list_shows_what_does_not_apply() -> None:
    found = assessed("cloud allKnownFor suppliers layer=model")
    assert found.verdicts["csf-3-5"].premises == ("cloud--allKnownFor--suppliers--layer=model",)
    assert ceiling(FRAMEWORK, found.positions).unanswered == 38


def test_the_ceiling_and_the_score_of_one_cap() -> None:
    found = assessed(CUT)
    top = ceiling(FRAMEWORK, found.positions)
    assert (top.seal, top.by, top.unanswered) == (2, ("csf-1-8",), 39)
    bounds = score(FRAMEWORK, PROFILE, found.positions)
    assert bounds.low == 0
    assert bounds.answered is None
    assert 90 < bounds.high < 100


def test_plans_are_a_second_assessment() -> None:
    text = "cloud dependsOn us-firm layer=cloud status=planned"
    now, then = (
        assess("cloud", Grounds(standing(text, *statuses)), FRAMEWORK)
        for statuses in (("stated",), ("stated", "planned"))
    )
    assert not now.known
    assert changed(now, then) == ["csf-1-8", "csf-4-2", "csf-4-6", "csf-5-6"]
    assert changed(now, now) == []


def test_nothing_known_is_told_from_no_cap() -> None:
    nothing = assessed("")
    assert (nothing.known, nothing.silent) == (False, True)
    supplied = assessed("fr-firm provides cloud")
    assert (supplied.known, supplied.silent) == (False, False)


# --- What can be assessed


def named(text: str, name: str) -> str:
    here = standing(text)
    return assessable(here.records.entities[name], here)


def test_offerings_and_infrastructure_can_be_assessed() -> None:
    for name in ("cloud", "chip", "clouds", "centre"):
        assert named("", name) == name


def test_of_an_actor_its_offerings_are_named() -> None:
    text = "fr-firm provides cloud\nfr-firm operates centre status=planned"
    with pytest.raises(UsageError, match=r"fr-firm is an actor.*centre, cloud$"):
        named(text, "fr-firm")


def test_a_firm_without_an_offering_stands_for_its_own_if_something_is_known_of_it() -> None:
    assert named("fr-firm dependsOn us-firm layer=cloud", "fr-firm") == "fr-firm"
    with pytest.raises(UsageError, match="nothing can be scored"):
        named("", "fr-firm")


@pytest.mark.parametrize("name", ["paris", "fr", "programme"])
def test_what_is_no_offering_cannot_be_assessed(name: str) -> None:
    with pytest.raises(UsageError, match="is no offering"):
        named("", name)


def test_products_and_groups_are_not_compared() -> None:
    assert compared(standing("")) == ["centre", "cloud", "other-cloud", "platform"]


# --- Derived statements


def test_caps_and_the_ceiling_are_derived_statements_with_premises() -> None:
    here = standing(f"{CUT}\ncloud criterionAnswer csf-3-1 rung=1 claimant=auditor")
    found = score_conclusions(Grounds(here), FRAMEWORK)
    by_rule = {one.rule: one for one in found}
    assert set(by_rule) == {"csf-1-8-1", "csf-4-2-1", "csf-4-6-1", "csf-5-6-1", CEILING_RULE}
    cut = by_rule["csf-1-8-1"]
    assert (cut.subject, cut.relation, cut.object) == ("cloud", "cappedAt", "criterion-csf-1-8")
    assert cut.more == {"rung": ("4",), "seal": ("seal-2",)}
    assert cut.premises == (
        "cloud--dependsOn--us-firm--layer=cloud",
        "us-firm--establishedUnder--us",
    )
    assert [step.head for step in cut.steps] == ["us-firm", "us"]
    assert (cut.status, cut.confidence) == ("stated", Decimal("0.9"))
    top = by_rule[CEILING_RULE]
    assert (top.object, top.more) == ("seal-2", {"cappedBy": ("criterion-csf-1-8",)})
    assert all(one.object in SCHEMA.concepts for one in found)


def test_where_no_cap_lowers_the_seal_there_is_no_ceiling() -> None:
    text = "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=60"
    assert {one.rule for one in score_conclusions(Grounds(standing(text)), FRAMEWORK)} == {
        *("csf-1-2-1", "csf-1-4-1")
    }
    assert score_conclusions(Grounds(standing("")), FRAMEWORK) == []


# --- Hints


def hinted(text: str) -> list[Hint]:
    return hints(Offer("cloud", Grounds(standing(text))))


#: What is hinted at: the criterion, in which respect, the rung suggested, the figure.
HINTED = [
    ("stranger provides cloud\nstranger headquarteredIn texas", "csf-2-1", "seat-abroad", 0, ""),
    ("stranger provides cloud\nstranger headquarteredIn texas", "csf-1-1", "seat-abroad", 0, ""),
    (
        "cloud dependsOn stranger layer=cloud\nstranger headquarteredIn us",
        *("csf-5-6", "seat-abroad", 0, ""),
    ),
    (
        "fr-firm provides cloud\nfr-firm dependsOn us-firm layer=cloud",
        *("csf-4-6", "provider-depends", 0, ""),
    ),
    (
        "fr-firm provides cloud\nfr-mother ownsShareIn fr-firm share=60\nfr-mother establishedUnder fr",
        *("csf-1-2", "european-majority", 4, "60"),
    ),
    (
        "fr-firm provides cloud\nfr ownsShareIn fr-firm share=60",
        *("csf-1-2", "public-majority", 5, "60"),
    ),
    (
        "fr-firm provides cloud\nfr ownsShareIn fr-firm share=60\nus-firm ownsShareIn fr-firm share=10",
        *("csf-1-4", "capital-range", 0, "10–40"),
    ),
    (
        "fr-firm provides cloud\nfr-firm participatesIn programme\neu initiates programme",
        *("csf-1-6", "programme", 2, ""),
    ),
    (
        "cloud dependsOn platform layer=platform\nus-firm builds platform",
        *("csf-1-3", "platform-foreign", 0, ""),
    ),
    (
        "cloud dependsOn fr-firm layer=cloud need=need\ncloud couldUse us-firm layer=cloud need=need",
        *("csf-4-1", "options", 0, ""),
    ),
    (
        (
            "cloud dependsOn fr-firm layer=cloud need=need\n"
            "cloud couldUse us-firm layer=cloud need=need switching_months=9"
        ),
        *("csf-4-1", "months-to-switch", 0, "9"),
    ),
    ("fr-firm operates cloud", "csf-4-4", "law-of-support", 0, ""),
    ("cloud dependsOn chip layer=compute\nfr-firm provides chip", "csf-5-1", "maker-known", 2, ""),
    (
        "cloud dependsOn chip layer=compute\nfr-firm provides chip\ncloud allKnownFor suppliers",
        *("csf-5-1", "maker-known", 4, ""),
    ),
    (
        "cloud dependsOn chip layer=compute\nus-firm builds chip",
        *("csf-5-3", "builder-foreign", 0, ""),
    ),
    (
        "cloud dependsOn fr-firm layer=cloud\ncloud dependsOn platform layer=platform",
        *("csf-5-7", "needs-known", 0, "1/2"),
    ),
    (
        "cloud dependsOn fr-firm layer=cloud\ncloud allKnownFor suppliers",
        *("csf-5-7", "needs-known", 3, "1/1"),
    ),
    ("cloud holdsCertification scheme version=3.2", "csf-7-1", "certificate", 0, ""),
    (
        "cloud holdsCertification scheme status=claimed claimant=fr-firm",
        *("csf-7-1", "certificate-claimed", 0, ""),
    ),
    (
        "fr-firm provides cloud\nunit partOf fr-firm\nunit operatesIn paris",
        *("csf-7-3", "place-of-work", 0, ""),
    ),
    (
        (
            "cloud dependsOn platform layer=platform\nplatform licenceKind proprietary\n"
            "us-firm builds platform"
        ),
        *("csf-7-6", "platform-closed-and-foreign", 0, ""),
    ),
    ("cloud dependsOn fr-firm layer=energy", "csf-8-4", "energy-supplier", 0, ""),
    (
        (
            "us-firm provides cloud\ncustomer dependsOn cloud layer=cloud\nus enacts law\n"
            "law reach establishment\nlaw coversLayer cloud\nlaw riskKind data-access"
        ),
        *("csf-2-3", "law-by-establishment", 0, ""),
    ),
    (
        (
            "cloud dependsOn us-firm layer=chips\nus enacts law\n"
            "law reach item-origin\nlaw coversLayer chips\nlaw riskKind supply-denial"
        ),
        *("csf-2-4", "law-by-item-origin", 0, ""),
    ),
    (
        (
            "fr-firm provides cloud\nfr-firm operatesIn us\ncustomer dependsOn cloud layer=cloud\n"
            "us enacts law\nlaw reach presence\nlaw coversLayer cloud\nlaw riskKind data-access"
        ),
        *("csf-2-2", "law-by-presence", 0, ""),
    ),
    (
        (
            "fr-firm provides cloud\nfr-firm dependsOn us-firm layer=cloud\nus enacts law\n"
            "law reach establishment\nlaw coversLayer cloud\nlaw riskKind data-access"
        ),
        *("csf-2-2", "provider-reached", 0, ""),
    ),
]


@pytest.mark.parametrize(
    ("text", "criterion", "branch", "rung", "figure"),
    HINTED,
    ids=[f"{criterion}-{branch}-{rung}-{figure}" for _, criterion, branch, rung, figure in HINTED],
)
def test_what_is_hinted_at(text: str, criterion: str, branch: str, rung: int, figure: str) -> None:
    matching = [one for one in hinted(text) if (one.criterion, one.branch) == (criterion, branch)]
    assert matching, [(one.criterion, one.branch) for one in hinted(text)]
    assert {(one.rung, one.figure) for one in matching} == {(rung, figure)}
    assert all(one.premises for one in matching)


def test_every_criterion_that_is_read_in_part_or_only_suggested_has_a_hint() -> None:
    partial = {name for name, one in FRAMEWORK.criteria.items() if one.evidence == "partial"}
    assert partial | {"csf-1-6", "csf-5-1", "csf-5-7"} <= {criterion for _, criterion, *_ in HINTED}


def test_hints_come_in_the_order_of_the_framework_and_each_once() -> None:
    found = hinted(
        "us-firm operates cloud\nus-firm provides cloud\ncloud dependsOn fr-firm layer=energy"
    )
    order = list(FRAMEWORK.criteria)
    places = [order.index(one.criterion) for one in found]
    assert places == sorted(places)
    assert len(found) == len(set(found))


def test_without_facts_there_is_no_hint() -> None:
    assert hinted("") == []


def test_a_seal_that_a_source_reports_is_shown_and_counts_for_nothing() -> None:
    found = assessed(f"cloud holdsCertification scheme version=SEAL-3\n{CUT}")
    assert [seal for seal, _ in found.reported] == [3]
    assert ceiling(FRAMEWORK, found.positions).seal == 2
