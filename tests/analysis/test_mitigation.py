from collections.abc import Callable

import pytest

from techsov.graph.analysis.reach.instruments import law_of
from techsov.graph.analysis.reach.mitigation import Mitigation, mitigations
from techsov.graph.analysis.standing import FIRMNESS, Standing

World = Callable[..., Standing]

SCENE = """
    State home
    LegalInstrument law
    CertificationScheme shield
    Technology vault
    Company firm
    home enacts law
    law riskKind risk-data-access
    firm holdsCertification shield id=f-held
"""


def found(world: World, lines: str, foreign: bool = True) -> tuple[Mitigation, ...]:
    records = world(SCENE + lines)
    standing = Standing.on(records.records, records.schema, records.day, FIRMNESS)
    return mitigations(
        standing, ["service", "firm", "firm"], law_of(standing, "law"), foreign=foreign
    )


def test_a_certificate_against_the_law_is_found_once(world: World) -> None:
    assert found(world, "shield mitigates law id=f-meant") == (
        Mitigation("firm", "shield", ("law",), ("f-held",), ("f-meant",), "stated"),
    )


def test_a_certificate_against_nothing_of_the_law_is_none(world: World) -> None:
    other = "LegalInstrument other\nshield mitigates other\nshield mitigatesRisk risk-lock-in"
    assert found(world, other) == ()


def test_a_risk_of_the_law_counts(world: World) -> None:
    (each,) = found(world, "shield mitigatesRisk risk-data-access")
    assert each.against == ("risk-data-access",)


@pytest.mark.parametrize("foreign", [True, False])
def test_the_law_of_another_country_is_a_risk_of_foreign_laws_only(
    world: World, foreign: bool
) -> None:
    assert bool(found(world, "shield mitigatesRisk risk-extraterritorial-law", foreign)) == foreign


def test_a_technology_in_use_counts(world: World) -> None:
    (each,) = found(world, "service uses vault id=f-uses\nvault mitigatesRisk risk-data-access")
    assert (each.holder, each.means, each.held) == ("service", "vault", ("f-uses",))


def test_the_weaker_of_holding_and_meaning_is_told(world: World) -> None:
    (each,) = found(world, "shield mitigates law status=planned")
    assert each.status == "planned"


def test_of_several_facts_the_firmest_holds(world: World) -> None:
    (each,) = found(
        world,
        """
        firm holdsCertification shield id=f-hope status=hypothetical
        shield mitigates law
        """,
    )
    assert (each.held, each.status) == (("f-held",), "stated")


def test_what_is_only_supposed_is_told_as_such(world: World) -> None:
    lines = """
        CertificationScheme seal
        service holdsCertification seal status=hypothetical
        seal mitigates law
    """
    assert [(each.means, each.status) for each in found(world, lines)] == [("seal", "hypothetical")]


def test_the_law_comes_before_its_risks(world: World) -> None:
    (each,) = found(world, "shield mitigatesRisk risk-data-access\nshield mitigates law")
    assert each.against == ("law", "risk-data-access")
