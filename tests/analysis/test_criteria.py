"""Each rule: what caps, what does not, what stays unknown; plans and claims change nothing.

A fact is written ``subject relation object``, then its qualifiers. The classes follow from the
names; ``fr`` and ``de`` are members of the Union, ``us`` and ``jp`` are not.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from techsov.graph.analysis.ladder.criteria import ONLY_SUGGESTED, RULES, Cap, caps, inapplicable
from techsov.graph.analysis.ladder.grounds import Grounds, Offer
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.frameworks import framework_of
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Records

SCHEMA = read_schema()
FRAMEWORK = framework_of(None, SCHEMA)
PLACE = Origin("data/facts/dependsOn.csv", 2)
DAY = date(2026, 1, 1)
CLASSES = {
    "cloud": "Service",
    "fr": "State",
    "de": "State",
    "us": "State",
    "jp": "State",
    "eu": "SupranationalUnion",
    "paris": "Place",
    "texas": "Place",
    "us-chip": "Product",
    "fr-chip": "Product",
    "platform": "SoftwarePlatform",
    "model": "Product",
    "machine": "Supercomputer",
    "data": "DataAsset",
    "law": "LegalInstrument",
    "scheme": "CertificationScheme",
    "need": "Need",
    "somebody": "Person",
}
#: What is always known: where the firms stand.
WORLD = """
fr memberOf eu
de memberOf eu
paris within fr
texas within us
fr-firm establishedUnder fr
de-firm establishedUnder de
us-firm establishedUnder us
us-other establishedUnder us
jp-firm establishedUnder jp
"""


def fact(line: str, status: str = "stated") -> Fact:
    subject, relation, target, *rest = line.split()
    declared = SCHEMA.relations[relation]
    qualifiers: dict[str, tuple[str, ...]] = {}
    for part in rest:
        column, value = part.split("=")
        qualifiers[column] = tuple(value.split(","))
    status = qualifiers.pop("status", (status,))[0]
    return Fact(
        id=line.replace(" ", "--"),
        subject=subject,
        relation=relation,
        object=f"{declared.scheme}-{target}" if declared.scheme else target,
        value=target if declared.value else "",
        qualifiers=qualifiers,
        status=status,
        claimant="somebody" if status == "claimed" else qualifiers.pop("claimant", ("",))[0],
        valid_from=None,
        valid_to=None,
        evidence=(Evidence("doc", 1, Decimal("0.9"), "", "", "", PLACE),),
        contradicts=(),
        supersedes=(),
    )


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def records(text: str, status: str = "stated") -> Records:
    facts = [fact(line) for line in lines(WORLD)] + [fact(line, status) for line in lines(text)]
    names = {
        name
        for one in facts
        for name in (one.subject, one.object)
        if name and not any(name.startswith(f"{scheme}-") for scheme in SCHEMA.schemes)
    }
    entities = {
        name: Entity(name, CLASSES.get(name, "Company"), name, name, "", (), PLACE)
        for name in sorted(names | {"cloud"})
    }
    return Records(entities, {}, {}, tuple(sorted(facts, key=lambda one: one.id)))


def found(
    text: str,
    *,
    thing: str = "cloud",
    status: str = "stated",
    statuses: Iterable[str] = ("stated",),
) -> dict[str, Cap]:
    standing = Standing.on(records(text, status), SCHEMA, DAY, tuple(statuses))
    return caps(Offer(thing, Grounds(standing)))


LAW = """
us enacts law
law reach establishment
law reach control
law coversLayer cloud
law riskKind data-access
customer dependsOn cloud layer=cloud
"""
BY_US = "us-firm provides cloud"
#: Criterion, the facts, the highest rung that they allow, and the branch by which.
CAPPING = [
    # 1.1 who is at the head of the providers
    ("csf-1-1", BY_US, 3, "head-abroad"),
    ("csf-1-1", "fr-firm provides cloud\nfr-firm subsidiaryOf us-firm", 3, "head-abroad"),
    ("csf-1-1", "fr-firm operates cloud\nus-firm controls fr-firm", 3, "head-abroad"),
    (
        "csf-1-1",
        """us-firm provides cloud
        us-firm subsidiaryOf us-other
        cloud allKnownFor providers
        cloud allKnownFor operators""",
        1,
        "all-own-abroad",
    ),
    (
        "csf-1-1",
        """fr-firm provides cloud
        fr-firm subsidiaryOf us-firm
        cloud allKnownFor providers
        cloud allKnownFor operators""",
        2,
        "all-heads-abroad",
    ),
    ("csf-1-1", "fr-firm provides cloud\nus-firm ownsShareIn fr-firm votes=25", 3, "votes-abroad"),
    (
        "csf-1-1",
        """fr-firm provides cloud
        us-firm ownsShareIn fr-firm votes=15
        jp-firm ownsShareIn fr-firm votes=10""",
        3,
        "votes-abroad",
    ),
    # 1.2 foreign holders of a blocking part
    (
        "csf-1-2",
        "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=30",
        3,
        "holders-abroad",
    ),
    # 1.4 the capital that is known to be foreign
    (
        "csf-1-4",
        "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=91",
        1,
        "capital-abroad",
    ),
    (
        "csf-1-4",
        "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=51",
        2,
        "capital-abroad",
    ),
    (
        "csf-1-4",
        "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=25",
        3,
        "capital-abroad",
    ),
    ("csf-1-4", "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=1", 4, "capital-abroad"),
    ("csf-1-4", "fr-firm provides cloud\nus-firm ownsShareIn fr-firm", 4, "holder-abroad"),
    # 1.8 every foreign actor stops
    ("csf-1-8", "cloud dependsOn us-firm layer=cloud", 4, "cut-off-felt"),
    ("csf-1-8", BY_US, 4, "cut-off-felt"),
    ("csf-1-8", "cloud dependsOn us-firm layer=cloud substitutability=hard", 4, "cut-off-felt"),
    ("csf-1-8", "cloud dependsOn us-firm layer=cloud substitutability=none", 2, "cut-off-lost"),
    (
        "csf-1-8",
        """cloud dependsOn platform layer=platform substitutability=hard
        us-firm provides platform
        platform dependsOn jp-firm layer=platform substitutability=none""",
        2,
        "cut-off-lost",
    ),
    (
        "csf-1-8",
        """cloud dependsOn us-firm layer=cloud need=need
        cloud dependsOn fr-firm layer=cloud need=need""",
        4,
        "cut-off-felt",
    ),
    (
        "csf-1-8",
        """cloud dependsOn us-firm layer=cloud
        cloud allKnownFor options layer=cloud""",
        2,
        "cut-off-no-option",
    ),
    # 2.1 the law of the providers themselves
    ("csf-2-1", BY_US, 2, "law-abroad"),
    ("csf-2-1", "fr-firm provides cloud\nus-firm operates cloud", 2, "law-abroad"),
    (
        "csf-2-1",
        """us-firm provides cloud
        cloud allKnownFor providers
        cloud allKnownFor operators""",
        1,
        "all-laws-abroad",
    ),
    # 2.2 laws from outside
    ("csf-2-2", f"{BY_US}\n{LAW}", 2, "reached-directly"),
    (
        "csf-2-2",
        f"fr-firm provides cloud\nfr-firm subsidiaryOf us-firm\n{LAW}",
        4,
        "reached-control",
    ),
    ("csf-2-2", f"cloud dependsOn us-firm layer=cloud\n{LAW}", 4, "reached-dependence"),
    # 2.5 and 5.4 who builds it; 2.6 who holds the rights
    ("csf-2-5", "us-firm builds cloud", 4, "builder-foreign"),
    ("csf-5-4", "us-firm builds cloud", 4, "builder-foreign"),
    (
        "csf-5-4",
        "cloud dependsOn platform layer=platform\nus-firm builds platform",
        4,
        "builder-foreign",
    ),
    ("csf-5-4", "cloud dependsOn us-firm layer=model", 4, "builder-foreign"),
    (
        "csf-5-4",
        """us-firm builds cloud
        cloud allKnownFor builders
        cloud allKnownFor suppliers layer=platform,model""",
        2,
        "all-builders-foreign",
    ),
    (
        "csf-2-5",
        """us-firm builds cloud
        cloud allKnownFor builders
        cloud allKnownFor suppliers""",
        1,
        "all-builders-foreign",
    ),
    (
        "csf-2-5",
        """us-firm builds cloud
        us-other builds cloud
        fr-firm builds cloud
        cloud allKnownFor builders
        cloud allKnownFor suppliers""",
        2,
        "most-builders-foreign",
    ),
    (
        "csf-2-5",
        """us-firm builds cloud
        fr-firm builds cloud
        cloud allKnownFor builders
        cloud allKnownFor suppliers""",
        3,
        "half-builders-foreign",
    ),
    ("csf-2-6", "cloud ipHeldBy us-firm", 4, "rights-foreign"),
    ("csf-2-6", "us-firm builds cloud", 4, "rights-foreign"),
    (
        "csf-2-6",
        """cloud ipHeldBy us-firm
        cloud ipHeldBy us-other
        cloud allKnownFor holders
        cloud allKnownFor suppliers""",
        1,
        "rights-one-law",
    ),
    (
        "csf-2-6",
        """cloud ipHeldBy us-firm
        cloud ipHeldBy jp-firm
        cloud allKnownFor holders
        cloud allKnownFor suppliers""",
        2,
        "rights-all-foreign",
    ),
    # 3.4 where data are
    ("csf-3-4", "cloud hostedIn texas", 4, "hosted-abroad"),
    ("csf-3-4", "data partOf cloud\ndata hostedIn us", 4, "hosted-abroad"),
    ("csf-3-4", "cloud transfersDataTo us", 4, "data-sent-abroad"),
    (
        "csf-3-4",
        """cloud hostedIn texas
        cloud hostedIn jp
        cloud hostedIn paris
        cloud allKnownFor places""",
        2,
        "mostly-hosted-abroad",
    ),
    # 3.5 models and chips
    ("csf-3-5", "cloud dependsOn us-firm layer=model", 4, "model-foreign"),
    (
        "csf-3-5",
        """cloud dependsOn fr-firm layer=model
        cloud dependsOn us-other layer=chips""",
        4,
        "chips-foreign",
    ),
    (
        "csf-3-5",
        """cloud dependsOn model layer=model
        us-firm provides model
        model licenceKind proprietary
        cloud allKnownFor suppliers layer=model
        cloud dependsOn us-other layer=chips""",
        2,
        "models-foreign-closed",
    ),
    (
        "csf-3-5",
        """cloud dependsOn model layer=model
        us-firm provides model
        model licenceKind open-source
        cloud allKnownFor suppliers layer=model
        cloud dependsOn us-other layer=chips""",
        3,
        "models-foreign",
    ),
    # 4.2 who runs it
    ("csf-4-2", "us-firm operates cloud", 4, "operator-foreign"),
    ("csf-4-2", "cloud dependsOn us-firm layer=skills", 4, "supplier-foreign"),
    ("csf-4-2", "us-firm operates cloud\ncloud allKnownFor operators", 1, "all-operators-foreign"),
    # 4.6 suppliers one or two steps upstream
    ("csf-4-6", "cloud dependsOn us-firm layer=connectivity", 4, "cut-off-felt"),
    (
        "csf-4-6",
        "cloud dependsOn platform layer=platform\nus-firm provides platform",
        4,
        "cut-off-felt",
    ),
    ("csf-4-6", "cloud dependsOn us-firm layer=cloud substitutability=none", 2, "cut-off-lost"),
    # 5.2 where the hardware is made
    (
        "csf-5-2",
        "cloud dependsOn us-chip layer=compute\nus-chip manufacturedIn texas",
        3,
        "made-abroad",
    ),
    (
        "csf-5-2",
        """cloud dependsOn us-chip layer=compute
        us-chip manufacturedIn texas
        cloud allKnownFor suppliers layer=chips,compute""",
        2,
        "all-made-abroad",
    ),
    (
        "csf-5-2",
        """cloud dependsOn fr-chip layer=compute
        fr-firm provides fr-chip
        fr-firm dependsOn jp-firm layer=chips""",
        3,
        "foundry-abroad",
    ),
    # 5.5 through whose hands it passes
    ("csf-5-5", "cloud distributedVia us-firm", 3, "channel-foreign"),
    ("csf-5-5", "cloud dependsOn us-firm layer=distribution", 3, "channel-foreign"),
    (
        "csf-5-5",
        """cloud distributedVia us-firm
        us-firm operates cloud
        cloud allKnownFor channels
        cloud allKnownFor operators
        cloud allKnownFor suppliers layer=platform,distribution""",
        1,
        "all-channels-foreign",
    ),
    # 5.6 which needs a foreign supplier meets
    ("csf-5-6", "cloud dependsOn us-firm layer=platform", 3, "flow-supplier-foreign"),
    ("csf-5-6", "cloud dependsOn us-firm layer=compute", 4, "stock-supplier-foreign"),
    (
        "csf-5-6",
        "cloud dependsOn us-firm layer=cloud\ncloud allKnownFor suppliers",
        1,
        "all-suppliers-foreign",
    ),
    (
        "csf-5-6",
        """cloud dependsOn us-firm layer=cloud
        cloud dependsOn us-other layer=platform
        cloud dependsOn fr-firm layer=skills
        cloud allKnownFor suppliers""",
        2,
        "needs-foreign",
    ),
    (
        "csf-5-6",
        """fr-firm provides cloud
        cloud dependsOn us-firm layer=cloud claimant=fr-firm
        cloud dependsOn us-other layer=platform claimant=fr-firm
        cloud dependsOn de-firm layer=skills
        cloud allKnownFor suppliers""",
        3,
        "needs-foreign-documented",
    ),
    # 6.3 licences
    ("csf-6-3", "cloud licenceKind proprietary", 1, "proprietary"),
    (
        "csf-6-3",
        "cloud dependsOn platform layer=platform\nplatform licenceKind source-available",
        2,
        "source-available",
    ),
    (
        "csf-6-3",
        """cloud dependsOn platform layer=platform
        platform licenceKind open-source
        us-firm builds platform""",
        3,
        "steward-foreign",
    ),
    # 6.5 computers of high performance
    ("csf-6-5", "machine partOf cloud\nmachine dependsOn us-firm layer=chips", 3, "chips-foreign"),
    (
        "csf-6-5",
        """cloud dependsOn machine layer=compute
        machine dependsOn us-chip layer=compute
        us-firm provides us-chip
        us-firm dependsOn jp-firm layer=chips""",
        3,
        "chips-foreign",
    ),
    (
        "csf-6-5",
        """machine partOf cloud
        machine dependsOn us-firm layer=chips
        jp-firm builds machine
        machine allKnownFor builders""",
        2,
        "machine-foreign",
    ),
    (
        "csf-6-5",
        """machine partOf cloud
        machine dependsOn us-firm layer=chips
        jp-firm builds machine
        machine allKnownFor builders
        machine hostedIn texas""",
        1,
        "machine-foreign-and-abroad",
    ),
    (
        "csf-6-5",
        """machine partOf cloud
        machine dependsOn fr-chip layer=compute
        fr-firm provides fr-chip
        fr-firm dependsOn jp-firm layer=chips""",
        4,
        "foundry-abroad",
    ),
    # 7.1 certificates
    ("csf-7-1", "cloud holdsCertification scheme version=EAL2", 3, "assurance-level"),
    ("csf-7-1", "cloud holdsCertification scheme version=EAL0", 1, "assurance-level"),
]
IDS = [f"{criterion}-{rung}-{branch}" for criterion, _, rung, branch in CAPPING]


@pytest.mark.parametrize(("criterion", "text", "rung", "branch"), CAPPING, ids=IDS)
def test_what_caps(criterion: str, text: str, rung: int, branch: str) -> None:
    cap = found(text)[criterion]
    assert (cap.rung, cap.found.branch) == (rung, branch)
    assert cap.premises
    for chain in cap.found.chains:
        tails = [step.tail for step in chain[1:]]
        assert tails == [step.head for step in chain[:-1]], "each step begins where one ended"
        assert not chain or chain[0].tail == "cloud"


@pytest.mark.parametrize(("criterion", "text", "rung", "branch"), CAPPING, ids=IDS)
@pytest.mark.parametrize("status", ["planned", "claimed", "hypothetical", "denied"])
def test_what_is_not_stated_caps_nothing(
    criterion: str, text: str, rung: int, branch: str, status: str
) -> None:
    assert found(text, status=status) == {}


@pytest.mark.parametrize(("criterion", "text", "rung", "branch"), CAPPING, ids=IDS)
def test_a_plan_caps_once_plans_are_counted(
    criterion: str, text: str, rung: int, branch: str
) -> None:
    cap = found(text, status="planned", statuses=("stated", "planned"))[criterion]
    assert cap.rung <= rung


#: Graphs in which the same relations lead to Europe, or to somebody of whom nothing is known.
EUROPEAN = {
    "us-firm": "de-firm",
    "us-other": "fr-firm",
    "jp-firm": "de-firm",
    "us-chip": "fr-chip",
    "texas": "paris",
    " us ": " de ",
}


def moved(text: str, names: dict[str, str]) -> str:
    """Write other names; what would then own or supply itself is left out."""
    padded = "\n".join(f"{line} " for line in lines(text))
    for old, new in names.items():
        padded = padded.replace(old, new)
    kept = [
        line
        for line in padded.splitlines()
        if line.split()[0] != line.split()[2] and " version=EAL" not in line
    ]
    return "\n".join(dict.fromkeys(kept))


SILENT = {"proprietary", "source-available", "assurance-level"}
BY_LAW = [case for case in CAPPING if case[3] not in SILENT]


@pytest.mark.parametrize(
    ("criterion", "text", "rung", "branch"),
    BY_LAW,
    ids=[f"{criterion}-{rung}-{branch}" for criterion, _, rung, branch in BY_LAW],
)
def test_the_same_under_european_law_caps_nothing(
    criterion: str, text: str, rung: int, branch: str
) -> None:
    european = moved(text, {**EUROPEAN, "us enacts": "de enacts", "hostedIn jp": "hostedIn de"})
    kept = "\n".join(line for line in lines(european) if " jp " not in f"{line} ")
    assert criterion not in found(kept)


STRANGERS = {
    "us-firm": "stranger",
    "us-other": "stranger-two",
    "jp-firm": "stranger-three",
    "us-chip": "strange-chip",
    "texas": "somewhere",
    " us ": " nowhere ",
}


@pytest.mark.parametrize(
    ("criterion", "text", "rung", "branch"),
    BY_LAW,
    ids=[f"{criterion}-{rung}-{branch}" for criterion, _, rung, branch in BY_LAW],
)
def test_where_no_law_and_no_place_is_known_nothing_is_capped(
    criterion: str, text: str, rung: int, branch: str
) -> None:
    unknown = moved(text, {**STRANGERS, "us enacts": "de enacts"})
    kept = "\n".join(line for line in lines(unknown) if " jp " not in f"{line} ")
    assert criterion not in found(kept)


def test_every_rule_has_a_graph_that_it_caps_and_all_22_criteria_are_read() -> None:
    assert {criterion for criterion, *_ in CAPPING} == {rule.criterion for rule in RULES}
    direct = {name for name, one in FRAMEWORK.criteria.items() if one.evidence == "direct"}
    assert {rule.criterion for rule in RULES} | ONLY_SUGGESTED == direct


def test_the_strengths_are_those_of_the_design() -> None:
    by_strength = {
        strength: {rule.criterion for rule in RULES if rule.strength == strength}
        for strength in "SMW"
    }
    assert by_strength["S"] == {
        *("csf-1-1", "csf-1-4", "csf-2-1", "csf-2-2", "csf-2-6", "csf-3-4"),
        *("csf-5-6", "csf-6-3", "csf-6-5"),
    }
    assert by_strength["W"] == {"csf-4-2", "csf-4-6"}


def test_without_facts_there_is_no_cap() -> None:
    assert found("") == {}


# --- What a rule must not take for evidence


def test_a_head_office_abroad_is_no_law() -> None:
    text = "stranger provides cloud\nstranger headquarteredIn us"
    assert found(text) == {}


def test_a_share_however_large_is_no_control() -> None:
    text = "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=100"
    assert found(text).keys() == {"csf-1-2", "csf-1-4"}


def test_less_than_a_quarter_of_the_votes_blocks_nothing() -> None:
    text = "fr-firm provides cloud\nus-firm ownsShareIn fr-firm votes=24.9"
    assert found(text).keys() == {"csf-1-4"}


def test_a_holder_under_another_holder_is_not_counted_twice() -> None:
    text = """fr-firm provides cloud
    us-firm ownsShareIn fr-firm share=20
    us-other ownsShareIn fr-firm share=20
    us-other subsidiaryOf us-firm"""
    cap = found(text)["csf-1-4"]
    assert (cap.rung, cap.found.figure) == (4, "20")


def test_of_two_figures_of_one_holder_the_least_counts() -> None:
    text = """fr-firm provides cloud
    us-firm ownsShareIn fr-firm share=30
    us-firm ownsShareIn fr-firm share=20"""
    assert found(text)["csf-1-4"].found.figure == "20"


def test_what_a_provider_depends_on_is_not_passed_on_to_its_offering() -> None:
    text = "fr-firm provides cloud\nfr-firm dependsOn us-firm layer=cloud"
    assert found(text) == {}


def test_what_a_firm_upstream_depends_on_is_not_passed_on() -> None:
    text = "cloud dependsOn fr-firm layer=cloud\nfr-firm dependsOn us-firm layer=cloud"
    assert found(text) == {}


def test_an_offering_upstream_passes_on_what_it_depends_on() -> None:
    text = "cloud dependsOn platform layer=cloud\nplatform dependsOn us-firm layer=cloud"
    assert found(text)["csf-4-2"].found.branch == "supplier-foreign"


def test_hardware_that_is_installed_goes_on_running() -> None:
    text = "cloud dependsOn us-firm layer=compute substitutability=none"
    assert found(text).keys() == {"csf-5-6"}


def test_a_spare_from_europe_within_the_year_lifts_the_lowest_rungs() -> None:
    text = """cloud dependsOn us-firm layer=cloud substitutability=none need=need
    cloud couldUse fr-firm layer=cloud need=need switching_months=6"""
    assert found(text)["csf-1-8"].rung == 4
    late = text.replace("months=6", "months=13")
    assert found(late)["csf-1-8"].rung == 2


def test_a_spare_under_the_same_law_saves_nothing() -> None:
    text = """cloud dependsOn us-firm layer=cloud substitutability=none need=need
    cloud couldUse us-other layer=cloud need=need switching_months=0"""
    assert found(text)["csf-1-8"].rung == 2


def test_its_own_provider_is_no_subcontractor() -> None:
    text = (
        "us-firm provides cloud\ncloud dependsOn platform layer=platform\nus-firm provides platform"
    )
    assert "csf-4-6" not in found(text)


def test_who_licenses_a_design_makes_no_chip() -> None:
    text = """cloud dependsOn fr-chip layer=compute
    fr-chip dependsOn jp-firm layer=chips
    fr-chip ipHeldBy jp-firm"""
    assert "csf-5-2" not in found(text)


def test_foreign_servers_are_no_foreign_chips() -> None:
    """Who is said to supply computing power may only put the machine together."""
    text = "machine partOf cloud\nmachine dependsOn us-firm layer=compute"
    assert "csf-6-5" not in found(text)


def test_chips_say_nothing_of_ai_until_a_source_shows_a_model() -> None:
    text = "cloud dependsOn us-firm layer=chips"
    assert "csf-3-5" not in found(text)
    assert "csf-3-5" in found(f"{text}\ncustomer dependsOn cloud layer=model")


def test_a_law_that_reaches_by_business_alone_is_no_cap() -> None:
    text = """fr-firm provides cloud
    fr-firm operatesIn us
    customer dependsOn cloud layer=cloud
    us enacts law
    law reach presence
    law coversLayer cloud
    law riskKind data-access"""
    assert found(text) == {}


def test_a_law_that_only_denies_supply_is_another_criterion() -> None:
    assert "csf-2-2" not in found(f"{BY_US}\n{LAW.replace('data-access', 'supply-denial')}")


def test_europe_as_a_mere_place_proves_nothing_and_disproves_nothing() -> None:
    assert found("cloud hostedIn europe") == {}


def test_a_high_assurance_level_caps_nothing_and_the_highest_counts() -> None:
    assert found("cloud holdsCertification scheme version=EAL4") == {}
    assert (
        found(
            """cloud holdsCertification scheme version=EAL2
        cloud holdsCertification scheme version=EAL5"""
        )
        == {}
    )


def test_other_certificates_name_no_level() -> None:
    assert found("cloud holdsCertification scheme version=3.2") == {}


def test_a_list_that_is_closed_in_one_layer_is_open_in_another() -> None:
    text = """us-firm builds cloud
    cloud allKnownFor builders
    cloud allKnownFor suppliers layer=platform"""
    assert found(text)["csf-5-4"].rung == 4
    both = f"{text}\ncloud allKnownFor suppliers layer=model"
    assert found(both)["csf-5-4"].rung == 2


def test_the_providers_are_closed_only_with_the_operators() -> None:
    text = "us-firm provides cloud\ncloud allKnownFor providers"
    assert found(text)["csf-2-1"].rung == 2


def test_the_nearest_witness_is_told_and_the_others_are_counted() -> None:
    text = """cloud dependsOn platform layer=cloud
    us-other provides platform
    cloud dependsOn us-firm layer=cloud"""
    cap = found(text)["csf-4-2"]
    assert [step.head for step in cap.found.chains[0]] == ["us-firm", "us"]
    assert cap.found.more == 1


def test_a_circle_of_control_ends() -> None:
    text = """fr-firm provides cloud
    fr-firm subsidiaryOf us-firm
    us-firm subsidiaryOf fr-firm"""
    assert "csf-2-1" not in found(text)


def test_a_circle_of_dependence_ends() -> None:
    text = """cloud dependsOn platform layer=platform
    platform dependsOn cloud layer=platform
    us-firm builds platform"""
    assert found(text)["csf-5-4"].rung == 4


def test_a_planned_takeover_counts_once_plans_are_counted() -> None:
    text = "fr-firm provides cloud\nus-firm ownsShareIn fr-firm share=51 status=planned"
    assert found(text) == {}
    cap = found(text, statuses=("stated", "planned"))["csf-1-2"]
    assert (cap.rung, cap.found.branch) == (2, "takeover-planned")
    fewer = text.replace("51", "40")
    assert found(fewer, statuses=("stated", "planned"))["csf-1-2"].rung == 3


def test_a_firm_that_stands_for_its_offering_is_its_own_provider() -> None:
    text = "fr-firm dependsOn us-firm layer=cloud\nfr-firm subsidiaryOf jp-firm"
    assert found(text, thing="fr-firm").keys() == {
        *("csf-1-1", "csf-1-8", "csf-4-2", "csf-4-6", "csf-5-6")
    }


# --- What does not apply


def absent(text: str) -> dict[str, tuple[str, ...]]:
    standing = Standing.on(records(text), SCHEMA, DAY)
    return inapplicable(Offer("cloud", Grounds(standing)))


def test_only_a_closed_list_shows_that_something_is_absent() -> None:
    assert absent("cloud dependsOn fr-firm layer=cloud") == {}
    closed = "cloud allKnownFor suppliers layer=model"
    assert absent(closed) == {"csf-3-5": ("cloud--allKnownFor--suppliers--layer=model",)}
    assert absent(f"{closed}\ncloud dependsOn model layer=model") == {}


def test_a_cloud_without_a_computer_of_high_performance() -> None:
    closed = "cloud allKnownFor suppliers"
    assert absent(closed).keys() == {"csf-3-5", "csf-6-5"}
    assert absent(f"{closed}\nmachine partOf cloud").keys() == {"csf-3-5"}
