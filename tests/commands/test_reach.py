"""The command that asks whom a law may reach, on the published facts."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from techsov.graph.analysis.reach.exposure import PREMISES, Exposure, LegalReach
from techsov.graph.analysis.reach.severance import Severance
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.telling.reach import (
    KEYS,
    cut_sentence,
    entities_table,
    exposure_sentence,
    laws_table,
    step_lines,
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def reach(run: Run, published_folder: Path) -> Run:
    def asked(*arguments: str, data: Path = published_folder) -> tuple[int, str, str]:
        return run("reach", *arguments, data=data)

    return asked


def flat(text: str) -> str:
    """Undo the folding of a drawn table as far as the words go."""
    return " ".join(text.split())


def rows(answer: tuple[int, str, str]) -> list[dict[str, Any]]:
    code, out, _ = answer
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)
    return found


# --- An actor


def test_an_actor_is_told_with_chain_sources_and_cut(reach: Run) -> None:
    code, out, told = reach("s3ns", "--law", "cloud-act")
    assert code == 0
    for said in (
        "S3NS depends on Google Cloud (cloud)",
        "Google Cloud is provided by Google",
        "Google is headquartered in United States",
        "Under which law Google is",
        "head office",
        "risk: access to data",
        "weakest premise: stated",
        "SecNumCloud, meant against",
        "Smallest cut: S3NS depends on Google",
    ):
        assert said in flat(out) or said in out
    assert told.startswith("Ways found, as of ")
    assert "does not say that it does" in told


def test_foreign_laws_come_before_own_ones(reach: Run) -> None:
    found = rows(reach("s3ns", "--format", "json"))
    assert [row["domestic"] for row in found] == sorted(row["domestic"] for row in found)
    assert found[0]["law"] == "cloud-act"


def test_json_holds_ids_premises_and_the_sentence(reach: Run) -> None:
    (row,) = rows(reach("scaleway-ai-clusters", "--law", "cloud-act", "--format", "json"))
    assert tuple(row) == KEYS
    assert row["steps"] == [
        "scaleway-ai-clusters",
        "dgx-cloud-lepton",
        "nvidia",
        "united-states",
        "cloud-act",
    ]
    assert row["status"] == "planned"
    assert set(row["facts"]) < set(row["premises"])
    assert set(row["contingent"]) < set(row["premises"])
    assert row["cut"] == ["scaleway-ai-clusters dgx-cloud-lepton"]
    assert row["sentence"].startswith(
        "Scaleway AI clusters may be reached by CLOUD Act, because Scaleway AI clusters depends on"
    )


def test_csv_has_the_same_rows(reach: Run) -> None:
    _, out, _ = reach("bleu", "--format", "csv")
    table = list(csv.DictReader(io.StringIO(out, newline="")))
    found = rows(reach("bleu", "--format", "json"))
    assert [(row["law"], row["kind"], row["premises"]) for row in table] == [
        (row["law"], row["kind"], "; ".join(row["premises"])) for row in found
    ]


def test_what_does_not_pass_on_is_told(reach: Run) -> None:
    code, out, told = reach("premi3ns", "--law", "cloud-act")
    assert (code, out) == (0, "")
    lines = told.splitlines()
    assert lines[0].startswith("Nothing in the evidence says that PREMI3NS may be reached by CLOUD")
    assert lines[1].startswith("S3NS may be reached through what it depends on by: CLOUD Act.")


def test_an_actor_of_whom_nothing_follows_is_told_with_what_is_unknown(reach: Run) -> None:
    code, out, told = reach("apple-advanced-data-protection")
    assert (code, out) == (0, "")
    assert re.search(r"may be reached by one of the \d\d laws that can be used", told)
    assert "Unknown: in which layers" in told
    assert "Unknown: law and head office of Apple. A register entry would tell." in told
    assert re.search(r"^\d\d laws are left out", told, re.MULTILINE)


def test_groups_on_the_way_are_named(reach: Run) -> None:
    _, _, told = reach("europe")
    assert "Nothing in the evidence says that Europe" in told
    assert re.search("groups without a law of their own.*American hyperscalers", told)


def test_where_no_cut_helps_the_firmer_one_is_told(reach: Run) -> None:
    _, out, _ = reach("delos-cloud", "--kind", "establishment")
    text = flat(out)
    assert "Nothing can be cut: Delos" in text
    assert 'On facts no weaker than "stated"' in text


def test_french_is_french(reach: Run) -> None:
    code, out, told = reach("bleu", "--lang", "fr", "--law", "cloud-act")
    assert code == 0
    assert "Bleu dépend de Microsoft (cloud)" in flat(out)
    assert "Plus petite coupe\u00a0: Bleu dépend de Microsoft" in out
    assert told.startswith("Voies trouvées, au ")


# --- A law


def test_a_law_lists_whom_it_may_reach(reach: Run) -> None:
    found = rows(reach("--law", "cloud-act", "--format", "json"))
    assert {"s3ns", "bleu", "health-data-hub", "delos-cloud"} <= {row["entity"] for row in found}
    assert {row["law"] for row in found} == {"cloud-act"}
    _, out, _ = reach("--law", "CLOUD Act", "--kind", "control")
    assert "is a subsidiary of Amazon" in flat(out)


def test_kinds_and_statuses_narrow_the_rows(reach: Run) -> None:
    law = ("--law", "cloud-act", "--format", "json")
    both = rows(reach(*law, "--kind", "seat", "--kind", "control"))
    assert {row["kind"] for row in both} == {"seat", "control"}
    stated = rows(reach(*law, "--status", "stated"))
    assert {row["status"] for row in stated} == {"stated"}
    assert len(stated) < len(rows(reach(*law)))


def test_a_law_that_goes_by_a_list_says_so(reach: Run) -> None:
    _, out, told = reach("--law", "us-section-1260h-list")
    assert "Huawei" in out
    assert "Section 1260H list goes by those it names" in told


def test_a_law_of_the_past_is_found_on_its_day(reach: Run) -> None:
    code, out, told = reach("--law", "fisa-702")
    assert (code, out) == (2, "")
    assert "which jurisdiction enacts it; which layer it covers" in told
    assert "what they said ended: 2026-06-12" in told
    then = rows(reach("--law", "fisa-702", "--as-of", "2026-06-12", "--format", "json"))
    assert {row["status"] for row in then} == {"claimed"}
    assert "bleu" in {row["entity"] for row in then}


@pytest.mark.parametrize(
    ("law", "lacks"),
    [
        ("risaa", "by which tie it reaches, nor whom it names"),
        ("ofac-50-percent-rule", "who is on the list by which it goes"),
        ("us-covered-list", "which jurisdiction enacts it; which layer it covers"),
    ],
)
def test_a_law_that_is_left_out_says_what_is_missing(reach: Run, law: str, lacks: str) -> None:
    code, out, told = reach("--law", law)
    assert (code, out) == (2, "")
    assert told.rstrip().endswith(f"the facts do not say {lacks}")


# --- Bad input


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name an actor, or a law with --law NAME, or both"),
        (("--law", "nvidia"), "NVIDIA is no law; choose one of: china-data-security-law"),
        (
            ("cloud-act",),
            "CLOUD Act is a law; ask whom it may reach: techsov reach --law cloud-act",
        ),
        (("blue",), 'no actor is called "blue"; the nearest names are: '),
        (
            ("--law", "cloud-akt"),
            'no actor is called "cloud-akt"; the nearest names are: cloud-act',
        ),
        (("bleu", "--as-of", "soon"), '"soon" is not a day'),
        (("bleu", "--kind", "magic"), "'magic' is not one of"),
        (("bleu", "--status", "denied"), "'denied' is not one of"),
    ],
)
def test_bad_input_gets_a_clear_message(reach: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, told = reach(*arguments)
    assert (code, out) == (2, "")
    assert said in told


def test_a_day_before_all_that_is_known_is_refused(reach: Run) -> None:
    code, out, told = reach("bleu", "--as-of", "1950-01-01")
    assert (code, out) == (2, "")
    assert "nothing is known as early as 1950-01-01" in told


def test_an_actor_without_facts_is_told_as_unknown(reach: Run, folder: Path) -> None:
    with (folder / "entities" / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("silent,Company,Silent,Muette,\n")
    code, out, told = reach("silent", data=folder)
    assert (code, out) == (0, "")
    assert "Unknown: in which layers Silent is active." in told
    assert "Unknown: law and head office of Silent." in told


# --- Words for pages


@pytest.fixture(scope="module")
def found(published: Knowledge) -> LegalReach:
    standing = Standing.on(published.records, published.schema, published.day, PREMISES)
    return LegalReach(standing)


@pytest.fixture(scope="module")
def everything(found: LegalReach) -> list[Exposure]:
    return found.exposures()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_published_row_can_be_told(
    published: Knowledge, found: LegalReach, everything: list[Exposure], language: str
) -> None:
    labels = Labels.of(published, language)
    table = laws_table(everything, found, labels)
    assert len(table.rows) == len(table.data) == len(everything)
    assert all(len(row) == len(table.headings) for row in table.rows)
    assert all(len(row) == len(KEYS) for row in table.data)
    assert not any("{" in cell for row in table.rows for cell in row)
    may = "may be reached by" if language == "en" else "pourrait être atteint par"
    assert all(may in exposure_sentence(row, labels) for row in everything)
    assert len(entities_table(everything, found, labels).rows) == len(everything)


def test_each_step_is_told_with_its_source(
    published: Knowledge, everything: list[Exposure]
) -> None:
    labels = Labels.of(published, "en")
    row = next(each for each in everything if (each.entity, each.kind) == ("bleu", "establishment"))
    assert step_lines(row, labels) == [
        "Bleu depends on Microsoft (cloud) (newsroom-orange-bleu (promotional only))",
        "Microsoft is established under the law of United States (zealft-microsoft)",
        "United States enacts CLOUD Act (lexbuild-cloud-act)",
    ]


def test_a_state_has_nothing_to_cut(published: Knowledge) -> None:
    labels = Labels.of(published, "en")
    assert cut_sentence(Severance((), ()), labels) == "Nothing can be cut: it is its own law."


def test_a_row_of_presence_and_a_denial_are_told(
    published: Knowledge, everything: list[Exposure]
) -> None:
    labels = Labels.of(published, "en")
    present = next(row for row in everything if row.kind == "presence")
    assert "Whether presence alone is enough is contested." in exposure_sentence(present, labels)
    denied = next(row for row in everything if row.denied)
    assert "A step is denied by " in exposure_sentence(denied, labels)
