"""The gate and the rank, against the worked example of the official calculator."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsov.graph.analysis.ladder.framework import Position, Positions, Score, ceiling, score
from techsov.graph.facts.frameworks import framework_of
from techsov.graph.facts.schema import read_schema

FRAMEWORK = framework_of(None, read_schema())
OLD, NEW = (FRAMEWORK.profile(name) for name in ("csf-1.2.1-2025-10", "csf-guidance-2026-06"))
#: The calculator's own sample answers, which its authors call fictitious: they measure nobody.
#: By objective, the rung of each criterion in turn, 1 the worst; 1.6 is blank there.
SAMPLE = {
    1: (4, 3, 2, 4, 3, None, 3, 3),
    2: (3, 3, 5, 4, 3, 3),
    3: (3, 4, 4, 5, 3),
    4: (3, 4, 4, 5, 4, 3),
    5: (3, 3, 3, 3, 3, 4, 4),
    6: (3, 3, 3, 4, 2),
    7: (5, 5, 5, 5, 5, 5, 5),
    8: (4, 5, 5, 4),
}


def answers(rungs: Mapping[int, tuple[int | None, ...]]) -> Positions:
    found = {
        f"csf-{objective}-{place}": rung
        for objective, row in rungs.items()
        for place, rung in enumerate(row, 1)
    }
    return {name: Position(name, "answered", rung) for name, rung in found.items() if rung}


EXAMPLE = answers(SAMPLE)


def rounded(value: Decimal | None) -> Decimal:
    assert value is not None
    return round(value, 4)


def test_the_seal_of_the_worked_example() -> None:
    found = ceiling(FRAMEWORK, EXAMPLE)
    assert found.seal == 2
    assert found.by == ("csf-1-3", "csf-1-8", "csf-2-2")
    assert (found.movable, found.unanswered) == (39, 0)


@pytest.mark.parametrize(("objective", "seal"), list(enumerate((2, 2, 3, 3, 3, 3, 4, 4), 1)))
def test_the_seal_of_each_objective_of_the_worked_example(objective: int, seal: int) -> None:
    assert ceiling(FRAMEWORK, EXAMPLE, objective=f"sov-{objective}").seal == seal


def test_the_scores_of_the_worked_example() -> None:
    assert rounded(score(FRAMEWORK, OLD, EXAMPLE, nominal=True).answered) == Decimal("66.0327")
    assert rounded(score(FRAMEWORK, NEW, EXAMPLE, nominal=True).answered) == Decimal("67.9724")
    assert rounded(score(FRAMEWORK, OLD, EXAMPLE).answered) == Decimal("67.1132")
    assert rounded(score(FRAMEWORK, NEW, EXAMPLE).answered) == Decimal("69.4327")


def test_a_perfect_answer_gives_a_hundred_or_by_the_nominal_divisor_a_little_more() -> None:
    best = {
        name: Position(name, "answered", len(criterion.rungs))
        for name, criterion in FRAMEWORK.criteria.items()
    }
    assert rounded(score(FRAMEWORK, NEW, best).answered) == 100
    assert rounded(score(FRAMEWORK, NEW, best, nominal=True).answered) == Decimal("100.0756")
    assert rounded(score(FRAMEWORK, OLD, best, nominal=True).high) == Decimal("100.0804")
    assert rounded(score(FRAMEWORK, OLD, best).covered) == 100


def test_where_nothing_is_known_everything_is_possible_and_that_is_said() -> None:
    found = ceiling(FRAMEWORK, {})
    assert (found.seal, found.by, found.movable, found.unanswered) == (4, (), 39, 39)
    assert ceiling(FRAMEWORK, {}, relaxed=True).movable == 35
    assert score(FRAMEWORK, NEW, {}) == Score(Decimal(0), Decimal(100), None, Decimal(0))


def test_a_cap_lowers_the_ceiling_and_stays_open() -> None:
    capped = {"csf-1-8": Position("csf-1-8", "capped", 4)}
    found = ceiling(FRAMEWORK, capped)
    assert (found.seal, found.by, found.unanswered) == (2, ("csf-1-8",), 39)
    bounds = score(FRAMEWORK, NEW, capped)
    assert bounds.low == 0
    assert rounded(bounds.high) == rounded(100 - 20 * Decimal("31.25") / Decimal("1000.03"))
    assert bounds.answered is None


def test_what_ranks_and_does_not_gate_is_left_out_of_the_relaxed_reading() -> None:
    capped = {"csf-5-2": Position("csf-5-2", "capped", 2)}
    assert ceiling(FRAMEWORK, capped).seal == 1
    relaxed = ceiling(FRAMEWORK, capped, relaxed=True)
    assert (relaxed.seal, relaxed.by) == (4, ())


def test_what_does_not_apply_neither_gates_nor_counts() -> None:
    without = {"csf-6-5": Position("csf-6-5", "not-applicable")}
    assert ceiling(FRAMEWORK, without).unanswered == 38
    found = score(FRAMEWORK, NEW, {**EXAMPLE, **without})
    # Objective 6 without 6.5, which was answered with 50 of 200: (100 + 100 + 100 + 150) of 800.
    parts = score(FRAMEWORK, NEW, EXAMPLE).low + 15 * (Decimal(450) / 800 - Decimal(500) / 1000)
    assert rounded(found.low) == rounded(parts)


def test_an_objective_without_any_criterion_that_applies_leaves_its_weight_to_the_others() -> None:
    gone = {
        name: Position(name, "not-applicable")
        for name, criterion in FRAMEWORK.criteria.items()
        if criterion.objective != "sov-8"
    }
    one = {**gone, "csf-8-1": Position("csf-8-1", "answered", 5)}
    found = score(FRAMEWORK, NEW, one)
    assert rounded(found.answered) == 100
    assert rounded(found.low) == rounded(found.covered) == 25


def test_nothing_to_attain_gives_no_score() -> None:
    gone = {name: Position(name, "not-applicable") for name in FRAMEWORK.criteria}
    found = score(FRAMEWORK, NEW, gone)
    assert found == Score(Decimal(0), Decimal(0), None, Decimal(0))


CRITERIA = st.sampled_from(sorted(FRAMEWORK.criteria))


@st.composite
def positions(draw: st.DrawFn) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for name in draw(st.sets(CRITERIA, max_size=12)):
        rung = draw(st.integers(1, len(FRAMEWORK.criteria[name].rungs)))
        state = draw(st.sampled_from(["answered", "capped", "not-applicable"]))
        found[name] = (
            Position(name, "not-applicable")
            if state == "not-applicable"
            else Position(name, "answered" if state == "answered" else "capped", rung)
        )
    return found


@given(positions(), CRITERIA, st.integers(1, 3), st.booleans())
def test_to_answer_an_open_criterion_never_raises_the_seal(
    known: dict[str, Position], name: str, rung: int, relaxed: bool
) -> None:
    before = known.get(name, Position(name, "unanswered"))
    if before.state in ("answered", "not-applicable"):
        return
    allowed = min(rung, before.rung or rung)
    after = {**known, name: Position(name, "answered", allowed)}
    old = ceiling(FRAMEWORK, known, relaxed=relaxed)
    new = ceiling(FRAMEWORK, after, relaxed=relaxed)
    assert new.seal <= old.seal
    assert new.unanswered <= old.unanswered


@given(positions(), st.data())
def test_the_interval_holds_every_score_that_the_caps_allow(
    known: dict[str, Position], data: st.DataObject
) -> None:
    full = {
        name: one
        if (one := known.get(name, Position(name, "unanswered"))).state
        in ("answered", "not-applicable")
        else Position(name, "answered", data.draw(st.integers(1, one.rung or len(criterion.rungs))))
        for name, criterion in FRAMEWORK.criteria.items()
    }
    bounds, found = score(FRAMEWORK, NEW, known), score(FRAMEWORK, NEW, full)
    if found.answered is not None:
        assert bounds.low - Decimal("1e-20") <= found.answered <= bounds.high + Decimal("1e-20")
    assert found.low == found.high
