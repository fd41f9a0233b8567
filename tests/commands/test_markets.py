"""Concentration, as a person and a program use it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.markets.concentration import YARDSTICKS
from techsov.graph.analysis.markets.shares import measure, share_tables
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.commands.markets import YARDSTICKS as OFFERED
from techsov.graph.flow import Knowledge, know
from techsov.graph.telling.concentration import market_sentence

Run = Callable[..., tuple[int, str, str]]
Written = Callable[[str], Path]

WORLD = """
    State us=US fr=FR
    SupranationalUnion eu
    Place world paris
    Market chip-market cloud-market odd-market
    Company alpha beta gamma delta firm
    ActorGroup giants
    fr memberOf eu
    paris within fr
    alpha hasMarketShare chip-market geography=world share=62 valid_from=2025-04
    beta hasMarketShare chip-market geography=world share=21 valid_from=2025-04
    gamma hasMarketShare chip-market geography=world share=17 valid_from=2025-04
    giants hasMarketShare cloud-market geography=fr share=70 valid_from=2024
    delta hasMarketShare cloud-market geography=fr share=2 valid_from=2024
    alpha hasMarketShare odd-market share=60
    beta hasMarketShare odd-market share=50
    gamma hasMarketShare cloud-market geography=world share=30 status=hypothetical
    chip-market coversLayer chips
    cloud-market coversLayer cloud
    alpha establishedUnder us
    beta headquarteredIn fr
    gamma establishedUnder fr
    app dependsOn stack layer=cloud
    shop dependsOn alpha layer=cloud
    site dependsOn stack layer=cloud
    alpha provides stack
    firm dependsOn gamma layer=cloud
    app hostedIn paris
"""


@pytest.fixture
def ask(run: Run, written: Written) -> Run:
    def runner(*arguments: str, world: str = WORLD) -> tuple[int, str, str]:
        return run("concentration", *arguments, data=written(world))

    return runner


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_programs_get_bounds_over_suppliers_and_over_laws(ask: Run) -> None:
    code, out, told = ask("--market", "chip-market", "--format", "json")
    assert (code, told) == (0, "")
    over, law = rows(out)
    assert (over["kind"], over["subject"], over["place"]) == ("market", "chip-market", "world")
    assert (over["since"], over["status"], over["by"]) == ("2025-04", "stated", "supplier")
    assert (over["count"], over["known"]) == (3, 100)
    assert (over["hhi_low"], over["hhi_high"], over["band"]) == (4574, 4574, 2)
    assert (over["largest_low"], over["to_most_low"], over["to_most_high"]) == (100, 2, 2)
    assert (law["by"], law["count"], law["known"]) == ("law", 2, 79)
    assert (law["hhi_low"], law["hhi_high"]) == (62**2 + 17**2, 83**2 + 17**2)
    assert [name.split("--")[1] for name in over["facts"]] == ["hasMarketShare"] * 3
    assert {name.split("--")[1] for name in law["facts"]} == {
        "establishedUnder",
        "hasMarketShare",
        "headquarteredIn",
    }


def test_a_spreadsheet_gets_the_same(ask: Run) -> None:
    _, out, told = ask("--market", "chip-market", "--format", "csv")
    found = list(csv.DictReader(io.StringIO(out, newline=""), strict=True))
    assert told == ""
    assert [row["hhi_low"] for row in found] == ["4574", "4133"]


def test_readers_get_the_yardstick_and_what_is_unknown(ask: Run) -> None:
    _, out, told = ask("--market", "cloud-market")
    assert "1,156" not in out
    assert "open: between 4 and 5,688" in " ".join(out.split())
    assert "draft EU merger guidelines" in told
    assert "not stated but planned, claimed or hypothetical: 1;" in told


def test_in_french_numbers_are_french(ask: Run) -> None:
    _, out, told = ask("--market", "chip-market", "--lang", "fr")
    assert "4 574" in plain(out)
    assert "IHH" in out
    assert "lignes directrices" in told


def test_shares_beyond_the_whole_are_a_row_with_the_reason(ask: Run) -> None:
    code, out, _ = ask("--market", "odd-market", "--format", "json")
    assert code == 0
    for row in rows(out):
        assert row["hhi_low"] is None
        assert row["problem"] == "the shares add up to 110%, not to 100%"
    assert "110%" in ask("--market", "odd-market")[1]


def test_a_layer_selects_its_markets_and_its_dependents(ask: Run) -> None:
    _, out, _ = ask("--layer", "cloud", "--format", "json")
    assert [(row["kind"], row["subject"], row["by"]) for row in rows(out)] == [
        ("market", "cloud-market", "supplier"),
        ("market", "cloud-market", "law"),
        ("layer", "cloud", "supplier"),
        ("layer", "cloud", "law"),
    ]
    assert rows(out)[2]["hhi_low"] == (75**2 + 25**2)


@pytest.mark.parametrize("name", ["chips", "Chips", "puces", "PUCES"])
def test_a_layer_is_called_by_its_id_or_its_name(name: str, ask: Run) -> None:
    assert {row["subject"] for row in rows(ask("--layer", name, "--format", "json")[1])} == {
        "chip-market"
    }


def test_a_region_keeps_its_dependents_and_its_markets(ask: Run) -> None:
    code, out, _ = ask("--region", "eu", "--format", "json")
    assert code == 0
    kinds = [(row["kind"], row["subject"], row["place"]) for row in rows(out)]
    assert kinds == [("market", "cloud-market", "fr")] * 2 + [("layer", "cloud", "eu")] * 2
    assert rows(out)[2]["count"] == 1
    _, _, told = ask("--region", "eu")
    assert "where they belong: 3." in told  # shop, site and firm
    assert "Tables of other or wider places left out: 2." in told


def test_details_name_each_share_and_each_supplier_with_its_law(ask: Run) -> None:
    _, out, _ = ask("--layer", "chips", "--detail", "--format", "json")
    found = {row["holder"]: (row["share"], row["law"], row["seats"]) for row in rows(out)}
    assert found == {"alpha": (62, "us", []), "beta": (21, "", ["fr"]), "gamma": (17, "fr", [])}
    _, out, _ = ask("--layer", "chips", "--detail")
    assert "unknown (head office: Fr)" in out
    _, out, _ = ask("--layer", "cloud", "--detail", "--format", "json")
    supplied = {row["holder"]: row["dependents"] for row in rows(out) if row["kind"] == "layer"}
    assert supplied == {"alpha": 3, "gamma": 1}


def test_the_premise_that_those_named_lead_is_said(ask: Run) -> None:
    _, out, told = ask("--market", "cloud-market", "--named-lead", "--format", "json")
    assert told == ""
    assert rows(out)[0]["hhi_high"] < 5688
    assert "Taken for granted" in ask("--market", "cloud-market", "--named-lead")[2]


@pytest.mark.parametrize("yardstick", OFFERED)
def test_every_yardstick_can_be_chosen_and_is_named(yardstick: str, ask: Run) -> None:
    _, out, told = ask("--market", "chip-market", "--yardstick", yardstick)
    assert "Yardstick: " in told
    assert "above" in out


def test_the_yardsticks_offered_are_those_there_are() -> None:
    assert set(OFFERED) == set(YARDSTICKS)


def test_other_statuses_come_on_request_and_stand_apart(ask: Run) -> None:
    _, out, _ = ask("--market", "cloud-market", "--status", "hypothetical", "--format", "json")
    assert {(row["status"], row["place"]) for row in rows(out)} == {("hypothetical", "world")}
    assert "[hypothetical]" in ask("--market", "cloud-market", "--status", "hypothetical")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--layer", "mood"), 2, 'no layer "mood"'),
        (("--region", "alpha"), 2, "Alpha is no state, union or place"),
        (("--region", "nowhere-land"), 2, "nowhere-land"),
        (("--market", "alpha"), 2, "Alpha is no market"),
        (("--layer", "chips", "--as-of", "1990-01-01"), 2, "nothing is known as early as"),
        (("--layer", "skills"), 1, "nothing is known"),
        (("--as-of", "yesterday"), 2, '"yesterday" is not a day'),
    ],
)
def test_what_cannot_be_answered_is_said(
    arguments: tuple[str, ...], code: int, said: str, ask: Run
) -> None:
    found, out, told = ask(*arguments)
    assert (found, out) == (code, "")
    assert said in told


# --- The published facts, checked by hand against data/facts/hasMarketShare.csv


def told_of(run: Run, *arguments: str) -> list[dict[str, Any]]:
    code, out, _ = run("concentration", *arguments, "--format", "json")
    assert code == 0
    return rows(out)


def test_the_european_cloud_of_2024_is_the_worked_example(run: Run) -> None:
    found = told_of(run, "--market", "cloud-market", "--named-lead")
    (row,) = (
        row
        for row in found
        if (row["place"], row["since"], row["by"]) == ("europe", "2024", "supplier")
    )
    assert (int(row["hhi_low"]), row["hhi_high"], row["band"]) == (1641, 4422, None)


def test_memory_of_high_bandwidth_is_exact_in_one_quarter_only(run: Run) -> None:
    found = {
        row["since"]: (row["hhi_low"], row["hhi_high"])
        for row in told_of(run, "--market", "high-bandwidth-memory")
        if row["by"] == "supplier"
    }
    assert found == {
        "2025-04": (62**2 + 21**2 + 17**2,) * 2,
        "2025-01": (70**2, 70**2 + 30**2),
        "": (54**2 + 10**2, 54**2 + 10**2 + 36**2),
    }


def test_two_sources_on_the_european_share_of_2017_stand_side_by_side(run: Run) -> None:
    found = told_of(run, "--market", "cloud-market", "--detail")
    shares = [row["share"] for row in found if row["since"] == "2017"]
    assert sorted(shares) == [27, 29]


def test_a_market_is_told_in_one_sentence(published: Knowledge) -> None:
    standing = Standing.on(published.records, published.schema, published.day)
    law = Jurisdictions(standing)
    tables = {
        (table.market, table.since.text if table.since else ""): measure(table, law)
        for table in share_tables(standing)
    }
    dram, labels = tables["dram", "2025-01"], Labels.of(published, "en")
    assert market_sentence(dram, labels, "eu") == (
        "DRAM, World, 2025-01: HHI 3,077–3,102 over suppliers as named (above 2,000) "
        "[marklapedus-substack-dram]"
    )
    french = market_sentence(dram, Labels.of(published, "fr"), "eu")
    assert plain(french).startswith("DRAM, Monde, 2025-01 : IHH de 3 077–3 102")


def test_a_market_without_a_figure_is_told_with_the_reason(written: Written) -> None:
    knowledge = know(written(WORLD))
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day)
    (odd,) = (
        measure(table, Jurisdictions(standing))
        for table in share_tables(standing)
        if table.market == "odd-market"
    )
    assert market_sentence(odd, Labels.of(knowledge, "en"), "eu") == (
        "Odd Market, place not given: no figure, the shares add up to 110%, not to 100%"
    )
