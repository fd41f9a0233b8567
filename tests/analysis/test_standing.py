from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from techsov.graph.analysis.standing import (
    FIRMNESS,
    Standing,
    lowest_confidence,
    weakest_status,
)

World = Callable[..., Standing]

SAID = """
    Company firm maker
    firm dependsOn maker id=f1
    firm dependsOn chip id=f2 layer=chips confidence=0.5
    maker provides chip id=f3
    firm couldUse maker id=f4 status=planned confidence=0.7
    firm uses chip id=f5 status=denied claimant=firm
"""


def ids(facts: object) -> list[str]:
    return [fact.id for fact in facts]  # type: ignore[attr-defined]


def on(world: World, text: str, *statuses: str, day: date = date(2025, 6, 1)) -> Standing:
    found = world(text)
    return Standing.on(found.records, found.schema, day, statuses or ("stated",))


def test_facts_are_found_by_relation_and_either_end(world: World) -> None:
    standing = world(SAID)
    assert ids(standing.of("dependsOn", "firm")) == ["f1", "f2"]
    assert ids(standing.into("dependsOn", "chip")) == ["f2"]
    assert ids(standing.into("provides", "chip")) == ["f3"]
    assert ids(standing.all("dependsOn")) == ["f1", "f2"]
    assert standing.of("dependsOn", "chip") == standing.into("uses", "firm") == ()
    assert standing.all("controls") == ()
    assert standing.by_id.keys() == {"f1", "f2", "f3"}


def test_only_the_statuses_that_are_asked_stand(world: World) -> None:
    assert ids(on(world, SAID).facts) == ["f1", "f2", "f3"]
    assert ids(on(world, SAID, "planned", "denied").facts) == ["f4", "f5"]
    wide = on(world, SAID, *FIRMNESS)
    assert ids(wide.facts) == ["f1", "f2", "f3", "f4"]


def test_fewer_statuses_of_a_wider_standing_are_those_alone(world: World) -> None:
    wide = on(world, SAID, "stated", "planned", "claimed")
    narrow = wide.only(("claimed", "stated"))
    assert narrow == on(world, SAID, "stated", "claimed")
    assert narrow.statuses == ("stated", "claimed")
    assert wide.only(("denied",)).facts == ()


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2025, 3, 31), True),
        (date(2025, 4, 1), False),
    ],
)
def test_both_ends_of_a_period_belong_to_it(world: World, day: date, holds: bool) -> None:
    standing = on(world, "firm dependsOn chip since=2024 until=2025-03", day=day)
    assert bool(standing.facts) == holds


def test_what_is_superseded_is_gone_even_if_its_successor_does_not_stand(world: World) -> None:
    text = """
        firm dependsOn chip id=old
        firm dependsOn other id=new status=planned supersedes=old
    """
    assert on(world, text).facts == ()
    assert ids(on(world, text, "stated", "planned").facts) == ["new"]


def test_a_standing_without_some_facts_keeps_the_rest(world: World) -> None:
    standing = world(SAID)
    assert ids(standing.without({"f1", "none"}).facts) == ["f2", "f3"]
    assert ids(standing.facts) == ["f1", "f2", "f3"]


def test_a_class_counts_with_those_above_it(world: World) -> None:
    standing = world(SAID)
    assert standing.is_a("firm", "Company")
    assert standing.is_a("firm", "Organisation")
    assert standing.is_a("chip", "Offering")
    assert not standing.is_a("firm", "Offering")
    with pytest.raises(KeyError):
        standing.is_a("nobody", "Company")


def test_the_weakest_of_facts_is_told(world: World) -> None:
    facts = on(world, SAID, "stated", "planned").facts
    assert (weakest_status(facts), lowest_confidence(facts)) == ("planned", Decimal("0.5"))
    assert (weakest_status(facts[:1]), lowest_confidence(facts[:1])) == ("stated", Decimal("0.9"))
    assert (weakest_status(()), lowest_confidence(())) == ("stated", Decimal(1))
