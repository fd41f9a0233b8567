"""Entities that look alike are told apart, or joined, by a decision that gives its reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from techsov.graph.errors import DataError
from techsov.graph.flow import know

HEADER = "one,other,decision,reason_en,reason_fr\n"
Add = Callable[[str], None]


@pytest.fixture
def add_actor(folder: Path) -> Add:
    """Add a company with a fact, so that nothing but its name can be wrong."""

    def add(line: str) -> None:
        actors = folder / "entities" / "actors.csv"
        actors.write_text(f"{actors.read_text()}{line}\n", encoding="utf-8")
        provides = folder / "facts" / "provides.csv"
        name = line.split(",")[0]
        fact = f"{name},tiny-chip,stated,,,,gazette,1,0.5,It sells it.,Il la vend.,,,\n"
        provides.write_text(f"{provides.read_text()}{fact}", encoding="utf-8")

    return add


def warnings(folder: Path) -> list[str]:
    return [problem.text("en") for problem in know(folder).warnings]


@pytest.mark.parametrize(
    "line",
    [
        "nimbus-inc,Company,NIMBUS,Nimbus (société),",
        "league-free-cloud,Company,Cloud Free League,La ligue,",
        "chippeer,Company,Chippeer,Chippeer,",
        "cumulus-2,Company,Cúmulus,Cumulus deux,",
    ],
)
def test_look_alikes_are_pointed_out(folder: Path, add_actor: Add, line: str) -> None:
    add_actor(line)
    (warning,) = know(folder).warnings
    assert warning.message == "warning.look-alike"
    assert warning.text("en").startswith("data/entities/")


@pytest.mark.parametrize("line", ["stratus,Company,Stratus,Stratus,", "nim,Company,Nim,Nim,"])
def test_other_names_are_left_alone(folder: Path, add_actor: Add, line: str) -> None:
    add_actor(line)
    assert warnings(folder) == []


def test_a_decision_settles_it(folder: Path, add_actor: Add) -> None:
    add_actor("chippeer,Company,Chippeer,Chippeer,")
    decision = "chipper,chippeer,different,Two firms.,Deux sociétés.\n"
    (folder / "same.csv").write_text(HEADER + decision, encoding="utf-8")
    assert warnings(folder) == []


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("chipper,nobody,different,Two.,Deux.", "same.csv:2: other", "check.unknown-entity"),
        ("nobody,Chipper Inc,same,One.,Un.", "same.csv:2: one", "check.unknown-entity"),
        ("chipper,nimbus,same,One.,Un.", "same.csv:2: other", "check.same-and-two"),
        ("chipper,nimbus,alike,One.,Un.", "same.csv:2: decision", "check.choice"),
        ("chipper,nimbus,different,,Deux.", "same.csv:2: reason_en", "check.empty-reason"),
    ],
)
def test_a_wrong_decision_is_refused(folder: Path, line: str, place: str, message: str) -> None:
    (folder / "same.csv").write_text(f"{HEADER}{line}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        know(folder)
    (problem,) = caught.value.problems
    assert place in problem.text("en")
    assert problem.message == message


def test_the_spelling_of_one_actor_may_be_noted(folder: Path) -> None:
    line = "chipper,Chipper Incorporated,same,The register says so.,Le registre le dit.\n"
    (folder / "same.csv").write_text(HEADER + line, encoding="utf-8")
    assert warnings(folder) == []
