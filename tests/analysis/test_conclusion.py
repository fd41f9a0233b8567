from collections.abc import Callable
from decimal import Decimal

import pytest

from techsov.graph.analysis.conclusion import conclude
from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.standing import (
    FIRMNESS,
    Standing,
    lowest_confidence,
    weakest_status,
)
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Fact

World = Callable[..., Standing]


@pytest.fixture(scope="session")
def facts(world: World) -> Callable[[str], tuple[Fact, ...]]:
    """The facts of a world, whatever their status."""
    return lambda text: world(text).records.facts


Facts = Callable[[str], tuple[Fact, ...]]


def test_a_conclusion_names_its_rule_and_what_it_says(facts: Facts) -> None:
    (fact,) = facts("cloud dependsOn chip layer=chips id=f confidence=0.7")
    found = conclude("some-rule-1", "cloud", "stopsWithout", "chip", [fact])
    assert (found.rule, found.subject, found.relation, found.object) == (
        "some-rule-1",
        "cloud",
        "stopsWithout",
        "chip",
    )
    assert (found.premises, found.status, found.confidence) == (("f",), "stated", Decimal("0.7"))
    assert (found.steps, found.more) == ((), {})


def test_premises_are_sorted_and_each_is_named_once(facts: Facts) -> None:
    one, two = facts("a dependsOn b layer=cloud id=f1\nb dependsOn c layer=cloud id=f2")
    assert conclude("r-1", "a", "x", "c", [two, one, two]).premises == ("f1", "f2")


def test_nothing_follows_from_nothing() -> None:
    with pytest.raises(ValueError, match="r-1: a x b has no premise"):
        conclude("r-1", "a", "x", "b", [])


def test_a_conclusion_is_as_direct_as_its_least_direct_premise(facts: Facts) -> None:
    said = facts("""
        a dependsOn b layer=cloud confidence=0.9
        b dependsOn c layer=cloud confidence=0.5
        c dependsOn d layer=cloud confidence=0.8
    """)
    assert conclude("r-1", "a", "x", "d", said).confidence == Decimal("0.5")
    assert lowest_confidence(()) == 1


@pytest.mark.parametrize(
    ("statuses", "weakest"),
    [
        ("stated stated", "stated"),
        ("stated planned", "planned"),
        ("claimed planned stated", "claimed"),
        ("planned hypothetical claimed", "hypothetical"),
    ],
)
def test_a_conclusion_is_as_firm_as_its_least_firm_premise(
    statuses: str, weakest: str, facts: Facts
) -> None:
    said = facts(
        "\n".join(
            f"a dependsOn b{number} layer=cloud status={status}"
            for number, status in enumerate(statuses.split())
        )
    )
    assert conclude("r-1", "a", "x", "b", said).status == weakest
    assert weakest_status(()) == "stated"


def test_what_is_denied_supports_no_conclusion(facts: Facts) -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        conclude("r-1", "a", "x", "b", facts("a dependsOn b layer=cloud status=denied"))


def test_every_status_but_denial_has_its_place() -> None:
    known = set(read_schema().in_scheme("status"))
    assert set(FIRMNESS) == known - {"denied", "inferred"}


def test_steps_stand_as_given_and_more_is_the_conclusions_own(facts: Facts) -> None:
    (fact,) = facts("cloud dependsOn chip layer=chips id=f")
    steps = (hop("cloud", "chip", (fact,)),)
    more = {"heldBy": ("firm",)}
    found = conclude("r-1", "cloud", "x", "chip", [fact], steps, more)
    more.clear()
    assert found.steps == steps
    assert found.more == {"heldBy": ("firm",)}
    with pytest.raises(AttributeError):
        found.status = "stated"  # type: ignore[misc]
