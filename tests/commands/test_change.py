"""The command that tells what changed, between two days and between two folders."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from techsov.graph.telling.change import DATA_KEYS

Run = Callable[..., tuple[int, str, str]]
#: A cloud that is called sovereign loses its ground when a dependence abroad begins.
CLAIM = "cloud describedAs sovereign status=claimed claimant=host sovereignty_for=here"
WORLD = f"""
State here=FR there=US
Company host maker
host provides cloud valid_from=2024
host establishedUnder here
maker establishedUnder there
{CLAIM}
cloud dependsOn maker valid_from=2025-03
other dependsOn cloud valid_to=2025-02
thing dependsOn cloud
"""


@pytest.fixture
def diff(run: Run, written: Callable[[str], Path]) -> Run:
    def asked(*arguments: str) -> tuple[int, str, str]:
        return run("diff", *arguments, data=written(WORLD))

    return asked


def test_two_days_of_one_folder(diff: Run) -> None:
    code, out, told = diff("--from", "2025-01-01", "--to", "2025-06-01")
    lines = out.splitlines()
    assert code == 0
    assert lines[:6] == [
        "Began to hold (1):",
        "  + Cloud depends on Maker (cloud) (since 2025-03) [gazette]",
        "",
        "No longer hold (1):",
        "  − Other depends on Cloud (cloud) (until 2025-02) [gazette]",
        "",
    ]
    at = lines.index("    + Cloud depends on Maker (cloud) (since 2025-03) [gazette]")
    assert lines[at - 1] == "  Because of:"
    assert any(
        line.strip().startswith("follows now, instead of supported: Cloud is appraised as contra")
        for line in lines[at:]
    )
    assert "  Maker: 0 → 2" in lines
    compared, undated = told.splitlines()
    assert compared == "Compared: 2025-01-01 and 2025-06-01."
    assert undated.startswith("5 facts name no beginning, and are taken to hold on both days")


def test_programs_get_every_change(diff: Run) -> None:
    days = ("--from", "2025-01-01", "--to", "2025-06-01")
    code, out, _ = diff(*days, "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert {tuple(row) for row in rows} == {DATA_KEYS}
    (turned,) = (row for row in rows if row["change"] == "turned")
    assert (turned["value_before"], turned["value_after"]) == (
        "verdict-supported",
        "verdict-contradicted",
    )
    (cause,) = turned["causes"]
    assert cause in {row["fact_after"] for row in rows}
    assert {row["about"] for row in rows} == {"fact", "conclusion", "reach"}
    _, out, _ = diff(*days, "--format", "csv", "--lang", "fr")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(rows)
    _, out, _ = diff(*days, "--lang", "fr")
    assert out.startswith("Ont commencé à valoir (1)\xa0:\n  + Cloud dépend de Maker")


def test_one_entity_can_be_asked_about(diff: Run) -> None:
    days = ("--from", "2025-01-01", "--to", "2025-06-01", "--format", "json")
    _, out, _ = diff(*days, "--about", "other")
    facts = [row for row in json.loads(out) if row["about"] == "fact"]
    assert [row["change"] for row in facts] == ["ended"]
    code, out, told = diff(*days, "--about", "nobody-here")
    assert (code, out) == (2, "")
    assert "nobody-here" in told


def test_sections_are_cut_and_say_so(diff: Run) -> None:
    _, out, _ = diff("--from", "2025-01-01", "--to", "2025-06-01", "--top", "1")
    assert "more; --top tells more, --format csv all" in out


@pytest.fixture
def newer(written: Callable[[str], Path], tmp_path: Path) -> tuple[Path, Path]:
    """The same folder twice, the second with another status, evidence and one fact less."""
    old = written(WORLD)
    new = Path(shutil.copytree(old, tmp_path / "new"))
    needs = new / "facts" / "dependsOn.csv"
    text = needs.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("thing")]
    needs.write_text("\n".join(kept).replace(",stated,", ",planned,") + "\n", encoding="utf-8")
    laws = new / "facts" / "establishedUnder.csv"
    laws.write_text(laws.read_text(encoding="utf-8").replace(",0.9,", ",0.5,"), encoding="utf-8")
    return old, new


def test_two_folders(run: Run, newer: tuple[Path, Path]) -> None:
    code, out, told = run("diff", *map(str, newer))
    assert code == 0
    lines = out.splitlines()
    assert "Withdrawn (1):" in lines
    assert "Changed in status (1):" in lines
    assert "Revised (2):" in lines
    assert any(
        line.startswith("  − Cloud depends on Maker (cloud) (since 2025-03) [gazette] → + Cloud")
        and "[planned]" in line
        for line in lines
    )
    assert told == "Compared: 2025-06-01 and 2025-06-01.\n"


def test_two_folders_each_on_a_day_of_its_own(run: Run, newer: tuple[Path, Path]) -> None:
    _, _, told = run("diff", *map(str, newer), "--from", "2025-01-01", "--to", "2025-02-01")
    assert told == "Compared: 2025-01-01 and 2025-02-01.\n"


def test_the_same_folder_twice_has_not_changed(run: Run, example_folder: Path) -> None:
    code, out, told = run("diff", str(example_folder), str(example_folder))
    assert (code, out) == (0, "")
    assert told.startswith("Nothing changed between the two.\n")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ((), "name two folders, or two days with --from and --to"),
        (("--to", "2025-06-01"), "name two folders, or two days"),
        (("--from", "2025-06-01", "--to", "2025-06-01"), "both days are 2025-06-01"),
        (("--from", "2025-06-01", "--to", "2025-01-01"), "2025-06-01 comes after 2025-01-01"),
        (("--from", "1900-01-01"), "nothing is known as early as 1900-01-01"),
        (("--from", "yesterday"), '"yesterday" is not a day'),
        (("a-folder",), "name two folders"),
    ],
)
def test_a_mistake_gets_a_message(diff: Run, asked: tuple[str, ...], message: str) -> None:
    code, out, told = diff(*asked)
    assert (code, out) == (2, "")
    assert message in told


def test_a_folder_that_is_none_gets_a_message(run: Run, tmp_path: Path, diff: Run) -> None:
    code, out, told = run("diff", str(tmp_path / "none"), str(tmp_path / "none"))
    assert (code, out) == (4, "")
    assert "there is no such folder" in told
    file = tmp_path / "file.csv"
    file.write_text("", encoding="utf-8")
    assert run("diff", str(file), str(file))[0] == 2
    code, _, told = diff(str(tmp_path), str(tmp_path))
    assert code == 2
    assert "leave out --data" in told


def test_the_published_facts_between_two_days(run: Run, published_folder: Path) -> None:
    days = ("--from", "2025-09-01", "--to", "2026-03-01", "--about", "numspot")
    code, out, _ = run("diff", *days, "--format", "json", data=published_folder)
    rows = json.loads(out)
    assert code == 0
    facts = [row for row in rows if row["about"] == "fact"]
    ended = [
        (row["subject"], row["relation"], row["object"])
        for row in facts
        if row["change"] == "ended"
    ]
    assert ("numspot", "dependsOn", "outscale") in ended
    gone = [row for row in rows if row["about"] == "conclusion" and row["change"] == "gone"]
    assert ("numspot", "stopsWithout", "outscale") in {
        (row["subject"], row["relation"], row["object"]) for row in gone
    }
    assert all(row["causes"] for row in gone)
