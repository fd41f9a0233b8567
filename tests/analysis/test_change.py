"""What changed between two states, in worlds of a few facts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from techsov.graph.analysis.change import (
    ConclusionChange,
    FactChange,
    changes,
    check_days,
    fact_changes,
    moved,
    reach_changes,
)
from techsov.graph.analysis.claims.appraisal import EVERY_STATUS, appraise, claims_conclusions
from techsov.graph.analysis.conclusion import Conclusion
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.standing import Standing, earliest_day
from techsov.graph.errors import UsageError
from techsov.graph.facts.schema import read_schema

World = Callable[..., Standing]
CONCEPTS = read_schema().concepts


def on(world: World, text: str, day: date = date(2025, 6, 1)) -> Standing:
    known = world(text)
    return Standing.on(known.records, known.schema, day, EVERY_STATUS)


def told(world: World, before: str, after: str) -> list[FactChange]:
    return fact_changes(on(world, before), on(world, after))


NEEDS = "a dependsOn b layer=cloud id=f1"


# --- Facts


def test_nothing_changed(world: World) -> None:
    assert told(world, NEEDS, NEEDS) == []


def test_what_is_in_one_folder_only(world: World) -> None:
    other = "c dependsOn d layer=cloud id=f2"
    assert told(world, NEEDS, f"{NEEDS}\n{other}") == [FactChange("added", "", "f2")]
    assert told(world, f"{NEEDS}\n{other}", NEEDS) == [FactChange("withdrawn", "f2", "")]


def test_what_holds_on_one_day_only(world: World) -> None:
    text = """
    a dependsOn b layer=cloud id=old until=2025-03
    c dependsOn d layer=cloud id=new since=2025-05
    e dependsOn f layer=cloud id=always
    """
    early, late = (on(world, text, date(2025, month, 1)) for month in (1, 6))
    assert fact_changes(early, late) == [
        FactChange("begun", "", "new"),
        FactChange("ended", "old", ""),
    ]
    assert moved(fact_changes(early, late)) == {"new", "old"}


def test_an_end_that_is_entered_ends_a_fact(world: World) -> None:
    assert told(world, NEEDS, f"{NEEDS} until=2025-02") == [FactChange("ended", "f1", "")]
    assert told(world, NEEDS, f"{NEEDS} until=2027") == [
        FactChange("revised", "f1", "f1", ("until",))
    ]


def test_what_supersedes_replaces(world: World) -> None:
    newer = "a dependsOn c layer=cloud id=f2 supersedes=f1"
    assert told(world, NEEDS, f"{NEEDS}\n{newer}") == [FactChange("replaced", "f1", "f2")]
    # Even where the newer one does not stand today, the older one went because of it.
    later = f"{newer} since=2026"
    assert told(world, NEEDS, f"{NEEDS}\n{later}") == [FactChange("replaced", "f1", "f2")]


def test_a_plan_that_comes_true_changes_its_status(world: World) -> None:
    text = """
    a dependsOn b layer=cloud id=plan status=planned until=2025-03
    a dependsOn b layer=cloud id=true since=2025-04
    """
    early, late = (on(world, text, date(2025, month, 1)) for month in (1, 6))
    assert fact_changes(early, late) == [FactChange("status", "plan", "true")]


def test_key_qualifiers_are_part_of_what_is_said(world: World) -> None:
    rows = told(
        world, "a dependsOn b layer=cloud id=f1", "a dependsOn b layer=chips id=f2 status=planned"
    )
    assert rows == [FactChange("added", "", "f2"), FactChange("withdrawn", "f1", "")]


def test_the_same_thing_said_with_another_beginning_or_by_another(world: World) -> None:
    since = "a dependsOn b layer=cloud id=f2 since=2025-02"
    assert told(world, NEEDS, since) == [FactChange("dated", "f1", "f2")]
    claim = "a dependsOn b layer=cloud status=claimed claimant="
    assert told(world, f"{claim}c id=f1", f"{claim}d id=f2") == [FactChange("dated", "f1", "f2")]


def test_the_same_status_is_paired_before_another(world: World) -> None:
    before = "a dependsOn b layer=cloud id=f1 status=planned"
    after = """
    a dependsOn b layer=cloud id=f2
    a dependsOn b layer=cloud id=f3 status=planned since=2025
    """
    assert told(world, before, after) == [
        FactChange("added", "", "f2"),
        FactChange("dated", "f1", "f3"),
    ]


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ("confidence=0.5", "evidence"),
        ("doc=doc,other", "evidence"),
        ("substitutability=hard", "qualifiers"),
        ("until=2030", "until"),
        ("contradicts=f2", "contradicts"),
    ],
)
def test_a_revision_names_its_parts(world: World, more: str, part: str) -> None:
    assert told(world, NEEDS, f"{NEEDS} {more}") == [FactChange("revised", "f1", "f1", (part,))]


# --- Conclusions


def drawn(
    target: str = "b",
    premises: tuple[str, ...] = ("f1",),
    *,
    subject: str = "a",
    status: str = "stated",
    confidence: str = "0.9",
    **more: str,
) -> Conclusion:
    return Conclusion(
        "rule-1",
        subject,
        "relatesTo",
        target,
        premises,
        (),
        status,
        Decimal(confidence),
        {name: (value,) for name, value in more.items()},
    )


def rows(
    before: list[Conclusion], after: list[Conclusion], *names: str
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(row.kind, row.parts, row.causes) for row in changes(before, after, names, CONCEPTS)]


def test_what_is_drawn_alike_did_not_change() -> None:
    assert rows([drawn(), drawn("c")], [drawn("c"), drawn()], "f1") == []


def test_what_is_drawn_on_one_side_only() -> None:
    assert rows([], [drawn(premises=("f1", "f2"))], "f2") == [("new", (), ("f2",))]
    assert rows([drawn(premises=("f1", "f2"))], [], "f1") == [("gone", (), ("f1",))]


def test_a_conclusion_without_a_changed_premise_has_no_cause() -> None:
    assert rows([drawn()], [], "f9") == [("gone", (), ())]


@pytest.mark.parametrize(
    ("new", "parts", "causes"),
    [
        (drawn(premises=("f2",)), ("premises",), ("f1", "f2")),
        (drawn(status="planned"), ("status",), ("f1",)),
        (drawn(confidence="0.5"), ("confidence",), ("f1",)),
        (drawn(value="2"), ("more",), ("f1",)),
    ],
)
def test_what_is_drawn_otherwise(
    new: Conclusion, parts: tuple[str, ...], causes: tuple[str, ...]
) -> None:
    assert rows([drawn()], [new], "f1", "f2") == [("changed", parts, causes)]


def test_another_value_of_the_same_scheme_turns_a_conclusion() -> None:
    (row,) = changes(
        [drawn("verdict-unproven", claim="c1")],
        [drawn("verdict-contradicted", ("f2",), claim="c1")],
        {"f2"},
        CONCEPTS,
    )
    assert (row.kind, row.parts, row.causes) == ("turned", ("object", "premises"), ("f2",))
    assert row.latest.object == "verdict-contradicted"


def test_other_questions_are_not_one_that_turned() -> None:
    about_others = rows(
        [drawn("verdict-unproven", claim="c1")], [drawn("verdict-supported", claim="c2")]
    )
    assert [kind for kind, *_ in about_others] == ["new", "gone"]
    not_values = rows([drawn("b")], [drawn("c")])
    assert [kind for kind, *_ in not_values] == ["gone", "new"]


def test_each_supplier_and_each_claim_makes_a_conclusion_of_its_own() -> None:
    before = [drawn(commonSupplier="x"), drawn(commonSupplier="y")]
    after = [drawn(commonSupplier="y", premises=("f2",))]
    assert rows(before, after, "f2") == [("gone", (), ()), ("changed", ("premises",), ("f2",))]


def test_equal_ones_leave_before_others_are_paired() -> None:
    before = [drawn(tie="x"), drawn(tie="y", premises=("f1", "f2"))]
    after = [drawn(tie="y", premises=("f1", "f2")), drawn(tie="x", premises=("f3",))]
    assert rows(before, after, "f3") == [("changed", ("premises",), ("f3",))]


def test_a_change_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        _ = ConclusionChange("new", None, None, (), ()).latest


def test_a_claim_is_contradicted_because_of_one_fact(world: World) -> None:
    text = """
    State here there
    Company host maker
    Service cloud
    host provides cloud id=provided
    host establishedUnder here id=law
    maker establishedUnder there id=other-law
    cloud dependsOn maker layer=chips id=chips since=2025-03
    cloud describedAs descr-sovereign status=claimed claimant=host sovereignty_for=here id=claim
    """
    early, late = (on(world, text, date(2025, month, 1)) for month in (1, 6))
    found = changes(
        claims_conclusions(appraise(early), early),
        claims_conclusions(appraise(late), late),
        moved(fact_changes(early, late)),
        CONCEPTS,
    )
    (row,) = found
    assert row.before is not None
    assert (row.kind, row.before.object, row.latest.object) == (
        "turned",
        "verdict-supported",
        "verdict-contradicted",
    )
    assert row.causes == ("chips",)


# --- Reach, and days


def test_reach_names_the_facts_that_made_the_difference(world: World) -> None:
    text = """
    a dependsOn b layer=cloud id=ab
    b dependsOn c layer=cloud id=bc since=2025-03
    d dependsOn c layer=cloud id=dc until=2025-02
    """
    early, late = (on(world, text, date(2025, month, 1)) for month in (1, 6))
    one, other = (dependency_view(each.records, each.schema, each.day) for each in (early, late))
    found = reach_changes(one, other, moved(fact_changes(early, late)))
    assert [(row.node, row.before, row.after, row.causes) for row in found] == [
        ("c", 1, 2, ("bc", "dc"))
    ]


def test_days_that_cannot_be_compared_are_refused(world: World) -> None:
    records = on(world, f"{NEEDS} since=2024-03\nc dependsOn d layer=cloud until=2023-02").records
    assert earliest_day(records) == date(2023, 2, 1)
    check_days(records, date(2023, 2, 1), date(2025, 1, 1))
    for start, end, message in (
        (date(2025, 1, 1), date(2025, 1, 1), "both days are 2025-01-01"),
        (date(2025, 1, 2), date(2025, 1, 1), "2025-01-02 comes after 2025-01-01"),
        (date(2023, 1, 31), date(2025, 1, 1), "nothing is known as early as 2023-01-31"),
    ):
        with pytest.raises(UsageError, match=message):
            check_days(records, start, end)


def test_without_any_date_no_day_is_too_early(world: World) -> None:
    records = on(world, NEEDS).records
    assert earliest_day(records) is None
    check_days(records, date(1900, 1, 1), date(2025, 1, 1))
