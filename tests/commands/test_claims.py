"""The command that weighs claims, on the published facts and on the example."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from techsov.graph.analysis.claims.appraisal import EVERY_STATUS, appraise
from techsov.graph.analysis.claims.upstream import shared_upstream
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.telling.claims import DATA_KEYS, claims_lines, claims_table, readings_of
from techsov.graph.telling.upstream import upstream_lines, upstream_table

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def claims(run: Run, example_folder: Path) -> Run:
    def asked(*arguments: str, data: Path = example_folder) -> tuple[int, str, str]:
        return run("claims", *arguments, data=data)

    return asked


def test_the_example_is_told_with_its_denial(claims: Run) -> None:
    code, out, told = claims("nimbus-cloud")
    assert code == 0
    first = out.splitlines()[0]
    assert first == ("Nimbus Cloud: sovereign (for: Borealia, according to: Nimbus) [gazette ¶4]")
    assert "  Others say:" in out.splitlines()
    assert "Nimbus Cloud: not sovereign (for: Borealia, according to: Cumulus)" in out
    assert "The law under which Chipper stands is not known." in out
    assert told.startswith("2 claims, as of ")
    assert ": 0 contradicted, 0 supported, 2 unproven." in told


def test_programs_get_ids_and_nothing_else(claims: Run) -> None:
    code, out, _ = claims("--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [tuple(row) for row in rows] == [DATA_KEYS] * 2
    claimed, denied = sorted(rows, key=lambda row: str(row["status"]))
    assert (claimed["subject"], claimed["word"], claimed["for"]) == (
        "nimbus-cloud",
        "descr-sovereign",
        "borealia",
    )
    assert (claimed["verdict"], claimed["voices"]) == ("unproven", [denied["claim"]])
    assert claimed["gloss"] == "Nimbus calls its cloud sovereign."
    _, out, _ = claims("--format", "csv", "--lang", "fr")
    table = list(csv.DictReader(io.StringIO(out)))
    assert {row["claimant"] for row in table} == {"nimbus", "cumulus"}
    assert "Nimbus dit son nuage souverain." in {row["gloss"] for row in table}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (("--by", "cumulus"), 1),
        (("--by", "Nimbus"), 1),
        (("--for", "Borealia"), 2),
        (("nimbus",), 2),
        (("--by", "gazette"), 0),
        (("chipper",), 0),
        (("--for", "free-cloud-league"), 0),
    ],
)
def test_claims_can_be_chosen(claims: Run, asked: tuple[str, ...], count: int) -> None:
    code, out, told = claims(*asked, "--format", "json")
    assert (code, len(json.loads(out))) == (0, count)
    assert told.startswith("No claim of sovereignty fits in the evidence") == (count == 0)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("nobody-at-all",), "nobody-at-all"),
        (("--for", "nowhere-at-all"), "nowhere-at-all"),
        (("--by", "nobody-at-all"), "nobody-at-all"),
        (("--as-of", "yesterday"), "yesterday"),
        (("--as-of", "1900-01-01"), "nothing is known as early as 1900-01-01"),
    ],
)
def test_a_mistake_gets_a_message(claims: Run, asked: tuple[str, ...], words: str) -> None:
    code, out, told = claims(*asked)
    assert (code, out) == (2, "")
    assert words in told


def test_the_published_claims_are_told_in_both_languages(
    published_folder: Path, claims: Run
) -> None:
    code, out, told = claims("scaleway-cloud", "--lang", "fr", data=published_folder)
    assert code == 0
    assert "Si les projets présents dans les faits se réalisaient\xa0: contredite." in out
    assert "DGX Cloud Lepton est fourni par NVIDIA" in out
    assert "Europe\xa0: ce n’est pas un ordre juridique." in told
    code, out, told = claims("--by", "aleria-nvidia", data=published_folder)
    assert "contradicted" in out
    assert "Name an actor or a thing" in told


def test_every_published_claim_can_be_told(published: Knowledge) -> None:
    rows = appraise(Standing.on(published.records, published.schema, published.day, EVERY_STATUS))
    for language in ("en", "fr"):
        labels = Labels.of(published, language)
        table = claims_table(rows, labels)
        assert len(table.rows) == len(table.data) == len(rows)
        assert {len(row) for row in table.rows} == {len(table.headings)}
        assert {len(row) for row in table.data} == {len(table.keys)}
        lines = claims_lines(rows, labels)
        assert all(not line.endswith(("[]", "()")) for line in lines)
        assert len(readings_of(rows, labels)) == 2


def test_every_step_that_is_told_names_a_source(published: Knowledge) -> None:
    rows = appraise(Standing.on(published.records, published.schema, published.day, EVERY_STATUS))
    lines = claims_lines(rows, Labels.of(published, "en"))
    steps = [line for line in lines if line.startswith(" " * 8)]
    told = [line for line in steps if not line.endswith((".",))]
    assert len(told) > 60
    assert all(line.endswith("]") for line in told)


def test_the_shared_supplier_is_told_with_both_sources(published: Knowledge) -> None:
    rows = shared_upstream(
        Standing.on(published.records, published.schema, published.day, EVERY_STATUS)
    )
    lines = upstream_lines(rows[0], Labels.of(published, "en"))
    assert lines[0] == (
        "Scaleway AI clusters (called sovereign in a geographical sense; for: Europe) and "
        "UAE sovereign cloud (called sovereign in a hybrid way, shared sovereignty, sovereign, "
        "symbol of technological independence; for: United Arab Emirates) hang on the same "
        "supplier: NVIDIA. At least one step is planned, not stated. No single document collected "
        "here says both. Without it, the two would share no supplier in the facts."
    )
    assert ["scaleway-announcements" in line for line in lines[1:]] == [True, True, False]
    assert "aleria-nvidia" in lines[-1]
    french = upstream_lines(rows[0], Labels.of(published, "fr"))
    assert "Aucun document réuni ici ne dit à lui seul les deux." in french[0]
    table = upstream_table(rows, Labels.of(published, "fr"))
    assert {len(row) for row in table.rows} == {len(table.headings)}
    assert {len(row) for row in table.data} == {len(table.keys)}
