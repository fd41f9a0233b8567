"""Robust ranks, as a person and a program use them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from techsov.graph.commands.network import MEASURES

Run = Callable[..., tuple[int, str, str]]
Written = Callable[[str], Path]

WORLD = """
    one dependsOn hub confidence=0.9
    two dependsOn hub confidence=0.5
    three dependsOn hub confidence=0.9
    hub dependsOn top confidence=0.5
    four dependsOn side confidence=0.9
    five dependsOn plan confidence=0.8 status=planned
"""


@pytest.fixture
def ask(run: Run, written: Written) -> Run:
    def runner(*arguments: str, world: str = WORLD) -> tuple[int, str, str]:
        return run("rank", "--robust", *arguments, data=written(world))

    return runner


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_programs_get_intervals_and_pivots(ask: Run) -> None:
    code, out, told = ask("--format", "json")
    assert code == 0
    assert told == "over 7 entities and 5 facts of dependency, as of 2025-06-01\n"
    top, hub, side = rows(out)[:3]
    assert (top["entity"], top["value"], top["place"], top["facts"]) == ("top", 4, 1, 4)
    assert (top["low"], top["high"]) == (1, 3)
    assert 0.4 < top["in_top"] < 0.6
    assert [name.split("--")[0] for name in top["pivots"]] == ["hub"]
    assert (hub["entity"], hub["pivots"]) == ("hub", [])
    assert [name.split("--")[0] for name in side["pivots"]] == ["four"]


def test_the_same_seed_gives_the_same_bytes(ask: Run) -> None:
    one, same, other = (ask("--seed", seed, "--format", "csv")[1] for seed in ("3", "3", "4"))
    assert one == same != other


def test_plans_count_only_on_request(ask: Run) -> None:
    assert "plan" not in {row["entity"] for row in rows(ask("--format", "json")[1])}
    _, out, _ = ask("--status", "stated", "--status", "planned", "--format", "json")
    plan = next(row for row in rows(out) if row["entity"] == "plan")
    assert 0.3 < plan["in_top"] < 0.5  # 0.8 halved


def test_readers_are_told_what_would_change_the_first_five(ask: Run) -> None:
    code, out, told = ask("--samples", "50", "--seed", "1")
    assert code == 0
    assert "Top" in out
    assert "Over 50 draws (seed 1)" in told
    assert "would each change the first five, all else being equal: 2" in told
    assert "  without “Hub depends on Top (cloud)” [gazette]: Top no longer" in told


def test_where_no_single_fact_decides_that_is_said(ask: Run) -> None:
    world = """
        one dependsOn hub valid_from=2024
        one dependsOn hub layer=chips
    """
    _, _, told = ask(world=world)
    assert "No single fact, if wrong, would change the first five." in told


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_can_be_resampled(measure: str, ask: Run) -> None:
    code, out, _ = ask("--by", measure, "--samples", "10", "--top", "2", "--format", "json")
    assert code == 0
    assert len(rows(out)) == 2


def test_without_dependencies_there_is_no_row(ask: Run) -> None:
    code, out, _ = ask("--as-of", "2025-06-01", "--status", "claimed", "--format", "json")
    assert (code, rows(out)) == (0, [])


# --- The published facts, checked by hand


def test_three_of_the_first_five_hang_on_one_fact(run: Run) -> None:
    code, out, _ = run("rank", "--robust", "--samples", "200", "--format", "json")
    assert code == 0
    found = {row["entity"]: row for row in rows(out)}
    (asml,) = found["asml"]["pivots"]
    assert asml.startswith("tsmc--dependsOn--asml--")
    for name in ("carl-zeiss-smt", "trumpf"):
        assert asml in found[name]["pivots"]
