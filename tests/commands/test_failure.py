"""What-if and chokepoints, as a person and a program use them."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
Written = Callable[[str], Path]

WORLD = """
    State us=US japan=JP
    SupranationalUnion union
    Alliance club empty
    Company gpu-maker tpu-maker firm stray
    gpu-maker provides gpu
    gpu-maker establishedUnder us
    tpu-maker provides tpu
    tpu-maker establishedUnder us
    us memberOf union
    need-cloud minimumSources 1
    cloud requires need-cloud
    cloud dependsOn gpu need=need-cloud substitutability=hard
    cloud couldUse tpu need=need-cloud switching_months=12
    site dependsOn cloud substitutability=hard
    shop dependsOn cloud need=need-shop
    shop dependsOn backup need=need-shop
    shop requires need-shop
    need-shop minimumSources 1
    firm dependsOn site
    portal dependsOn firm
    stray provides backup
    gpu-maker memberOf club
    japan memberOf club
    firm dependsOn empty
    later dependsOn gpu valid_from=2024-03 valid_to=2024-05
    plan dependsOn gpu status=planned
"""


@pytest.fixture
def ask(run: Run, written: Written) -> Run:
    """Run a command on the invented world, or on another one."""

    def runner(*arguments: str, world: str = WORLD) -> tuple[int, str, str]:
        return run(*arguments, data=written(world))

    return runner


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def states(out: str) -> dict[str, tuple[str, str]]:
    return {row["entity"]: (row["worst"], row["best"]) for row in json.loads(out)}


def lines_of(told: str) -> list[str]:
    """The notes, with the no-break spaces of French as plain ones."""
    return told.replace("\u00a0", " ").splitlines()


# --- whatif


def test_whatif_gives_programs_the_states_in_both_readings(ask: Run) -> None:
    code, out, told = ask("whatif", "--remove", "gpu-maker", "--format", "json")
    assert (code, told) == (0, "")
    assert states(out) == {
        "cloud": ("lost", "lost"),
        "gpu": ("lost", "lost"),
        "site": ("lost", "lost"),
        "firm": ("impaired", "degraded"),
        "shop": ("degraded", "degraded"),
    }
    row = next(row for row in json.loads(out) if row["entity"] == "site")
    assert row["label"] == "Site"
    assert row["chain"] == ["site", "cloud", "gpu", "gpu-maker"]
    assert row["sources"] == "gazette"
    assert [fact.rsplit("--", 1)[0] for fact in row["facts"]] == [
        "cloud--dependsOn--gpu",
        "cloud--requires",
        "gpu-maker--provides",
        "need-cloud--minimumSources",
        "site--dependsOn--cloud",
    ]


def test_whatif_gives_spreadsheets_the_same(ask: Run) -> None:
    arguments = ("whatif", "--remove", "gpu-maker", "--lang", "fr")
    code, out, told = ask(*arguments, "--format", "csv")
    assert (code, told) == (0, "")
    rows = csv_rows(out)
    given = json.loads(ask(*arguments, "--format", "json")[1])
    assert [row["entity"] for row in rows] == [row["entity"] for row in given]
    assert rows[0]["chain"] == "; ".join(given[0]["chain"])
    assert {row["substitute_unknown"] for row in rows} == {"no", "yes"}
    assert {row["entity"] for row in given if row["substitute_unknown"]} == {"firm"}


def test_whatif_tells_readers_the_chain_and_what_is_unknown(ask: Run) -> None:
    code, out, told = ask("whatif", "--remove", "GPU maker")
    assert code == 0
    assert re.search(r"Site +may stop +may stop +Site →", out)
    assert re.search(r"Firm +may be impaired +may be degraded +Firm →", out)
    assert "Site → depends on Cloud (cloud) → depends on Gpu (cloud)" in " ".join(out.split())
    assert lines_of(told) == [
        "Removed: 1",
        "  Gpu Maker (as asked)",
        (
            "As of 2025-06-01, with the spares to be had within 0 months. Worst reading: 3 may stop, "
            "1 may be impaired, 1 may be degraded. Best reading: 3 may stop, 2 may be degraded."
        ),
        "For 1 of the 5 affected, no source says whether another supplier could serve.",
        (
            "Not counted, since they hang on something impaired and no source says which of its "
            "activities would suffer: 1 (--beyond names them)."
        ),
    ]


def test_whatif_speaks_french(ask: Run) -> None:
    code, out, told = ask("whatif", "--remove", "gpu-maker", "--lang", "fr")
    assert code == 0
    assert "pourrait s’arrêter" in out
    assert "pourrait être atteint" in out
    assert lines_of(told)[:3] == [
        "Retirés : 1",
        "  Gpu Maker (comme demandé)",
        (
            "Au 2025-06-01, avec les recours disponibles à 0 mois. Lecture la plus sévère : "
            "3 arrêts possibles, 1 atteinte possible, 1 dégradation possible. "
            "Lecture la plus favorable : 3 arrêts possibles, 2 dégradations possibles."
        ),
    ]


def test_whatif_names_what_hangs_on_the_impaired_on_request(ask: Run) -> None:
    told = ask("whatif", "--remove", "gpu-maker", "--beyond")[2]
    assert lines_of(told)[-1] == "  Portal"
    assert "Portal" not in ask("whatif", "--remove", "gpu-maker")[2]


def test_whatif_lets_spares_take_over_within_the_horizon(ask: Run) -> None:
    for months, state in (("0", "lost"), ("11", "lost"), ("12", "degraded"), ("600", "degraded")):
        out = ask("whatif", "--remove", "gpu", "--horizon-months", months, "--format", "json")[1]
        assert states(out)["cloud"] == (state, state)
    both = ("--remove", "gpu", "--remove", "tpu", "--horizon-months", "12", "--format", "json")
    assert states(ask("whatif", *both)[1])["cloud"] == ("lost", "lost")


@pytest.mark.parametrize("months", ["-1", "601", "soon"])
def test_whatif_refuses_a_horizon_that_is_none(months: str, ask: Run) -> None:
    code, out, _ = ask("whatif", "--remove", "gpu", "--horizon-months", months)
    assert (code, out) == (2, "")


@pytest.mark.parametrize("name", ["us", "US", "Us"])
def test_whatif_removes_all_under_a_law(name: str, ask: Run) -> None:
    arguments = ("whatif", "--remove-jurisdiction", name, "--horizon-months", "24")
    code, out, told = ask(*arguments, "--format", "json")
    assert (code, told) == (0, "")
    assert states(out)["cloud"] == ("lost", "lost")  # the spare is under the same law
    assert states(out)["tpu"] == ("lost", "lost")
    told = ask(*arguments)[2]
    assert lines_of(told)[:4] == [
        "Removed: 3",
        (
            "  Gpu Maker (established under its law): "
            "Gpu Maker → is established under the law of Us [gazette]"
        ),
        (
            "  Tpu Maker (established under its law): "
            "Tpu Maker → is established under the law of Us [gazette]"
        ),
        "  Us (as asked)",
    ]
    assert lines_of(told)[-1] == (
        "Suppliers that are actors: 5. Without a known law or head office: 3; "
        "they stay, and may be under that law too."
    )


def test_whatif_says_by_which_membership_a_union_reaches(ask: Run) -> None:
    told = ask("whatif", "--remove-jurisdiction", "union", "--lang", "fr")[2]
    assert (
        "  Gpu Maker (constitué selon son droit) : Gpu Maker → est constitué selon le droit d’Us "
        "→ est membre d’Union [gazette]"
    ) in lines_of(told)


def test_whatif_counts_as_unknown_only_who_stays(ask: Run) -> None:
    told = ask("whatif", "--remove-jurisdiction", "us", "--remove", "stray")[2]
    assert "Without a known law or head office: 2;" in told


def test_whatif_removes_an_alliance_with_its_members(ask: Run) -> None:
    told = ask("whatif", "--remove-alliance", "club")[2]
    assert lines_of(told)[:4] == [
        "Removed: 3",
        "  Club (as asked)",
        "  Gpu Maker (member): Gpu Maker → is a member of Club [gazette]",
        "  Japan (member): Japan → is a member of Club [gazette]",
    ]
    out = ask("whatif", "--remove-alliance", "club", "--format", "json")[1]
    assert states(out)["gpu"] == ("lost", "lost")


def test_whatif_removes_several_at_once(ask: Run) -> None:
    one = states(ask("whatif", "--remove", "cloud", "--format", "json")[1])
    other = states(ask("whatif", "--remove", "backup", "--format", "json")[1])
    assert one["shop"] == other["shop"] == ("degraded", "degraded")
    together = ("--remove", "cloud", "--remove", "backup", "--format", "json")
    assert states(ask("whatif", *together)[1])["shop"] == ("lost", "lost")
    mixed = ("--remove", "stray", "--remove-jurisdiction", "us", "--remove-alliance", "club")
    assert states(ask("whatif", *mixed, "--format", "json")[1])["shop"] == ("lost", "lost")


def test_whatif_names_forty_removals_and_counts_the_rest(ask: Run) -> None:
    firms = [f"firm-{number:02}" for number in range(45)]
    world = "State us=US\nCompany " + " ".join(firms) + "\nfirm-00 provides cloud\n"
    world += "\n".join(f"{firm} establishedUnder us" for firm in firms)
    told = lines_of(ask("whatif", "--remove-jurisdiction", "us", world=world)[2])
    assert told[0] == "Removed: 46"
    assert told[40].startswith("  Firm 39 (")
    assert told[41] == "and 6 more"


def test_whatif_reads_facts_of_the_day_and_of_the_statuses_asked_for(ask: Run) -> None:
    gpu = ("whatif", "--remove", "gpu", "--format", "json")
    assert not {"later", "plan"} & states(ask(*gpu)[1]).keys()
    assert "later" in states(ask(*gpu, "--as-of", "2024-04-30")[1])
    assert "plan" in states(ask(*gpu, "--status", "stated", "--status", "planned")[1])
    assert states(ask(*gpu, "--status", "planned")[1]) == {"plan": ("lost", "degraded")}


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        ("--remove", "gpu-makr", "the nearest names are: gpu-maker, tpu-maker"),
        ("--remove", "zzz", 'no actor is called "zzz"'),
        ("--remove-jurisdiction", "gpu-maker", "gpu-maker is no state, union or jurisdiction"),
        ("--remove-jurisdiction", "zz", 'no actor is called "zz"'),
        ("--remove-alliance", "empty", "no member of empty is known"),
        ("--remove-alliance", "gpu", "no member of gpu is known"),
        ("--remove-alliance", "clb", "the nearest names are: club"),
        ("--as-of", "someday", '"someday" is not a day'),
    ],
)
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_whatif_says_what_is_wrong_and_nothing_else(
    option: str, name: str, said: str, form: str, ask: Run
) -> None:
    removal = () if option.startswith("--remove") else ("--remove", "gpu")
    code, out, told = ask("whatif", *removal, option, name, "--format", form)
    assert (code, out) == (2, "")
    assert said in told


def test_whatif_asks_what_goes(ask: Run) -> None:
    code, out, told = ask("whatif", "--lang", "fr")
    assert (code, out) == (2, "")
    assert told.startswith("dire ce qui part")


def test_whatif_says_that_nothing_is_known_to_need_what_goes(ask: Run) -> None:
    code, out, told = ask("whatif", "--remove", "shop")
    assert (code, out) == (0, "")
    assert lines_of(told)[2] == (
        "No fact that holds on 2025-06-01 says that anything needs what is removed. "
        "That nothing is affected is no finding."
    )
    assert "nothing known is affected" in told
    assert "no finding" not in ask("whatif", "--remove", "backup")[2]


def test_whatif_says_that_nothing_is_left(ask: Run) -> None:
    world = "State us=US\nCompany maker\nmaker provides cloud\nmaker controls cloud\nmaker establishedUnder us"
    for removal in (("--remove", "maker"), ("--remove-jurisdiction", "us")):
        code, out, told = ask("whatif", *removal, world=world)
        assert (code, out) == (0, "")
        assert "Nothing is left" in told
    assert "Nothing is left" not in ask("whatif", "--remove", "cloud", world=world)[2]


EARLY = """
    State us=US
    Company maker other
    other operatesIn us valid_from=2020
    maker provides cloud valid_from=2024
"""


def test_whatif_before_the_facts_on_needs_says_that_nothing_is_known(ask: Run) -> None:
    code, out, told = ask("whatif", "--remove", "maker", "--as-of", "2023-12-31", world=EARLY)
    assert (code, out) == (0, "")
    assert "No fact that holds on 2023-12-31 says what anything needs" in told
    assert "Nothing is left" not in told
    code, out, _ = ask(
        "whatif", "--remove", "maker", "--as-of", "2023-12-31", "--format", "json", world=EARLY
    )
    assert (code, json.loads(out)) == (0, [])


@pytest.mark.parametrize("asked", [("whatif", "--remove", "maker"), ("chokepoints",)])
def test_a_day_before_all_that_is_known_is_refused(asked: tuple[str, ...], ask: Run) -> None:
    code, out, told = ask(*asked, "--as-of", "1990-01-01", world=EARLY)
    assert (code, out) == (2, "")
    assert "nothing is known as early as 1990-01-01" in told


SHORT = """
    need-power minimumSources 3
    plant requires need-power
    plant dependsOn wind need=need-power
    plant dependsOn solar need=need-power
    mill dependsOn wind
"""


def test_needs_that_are_short_are_named(ask: Run) -> None:
    said = "Needs left out, since the facts name fewer suppliers in use than they ask for"
    code, out, told = ask("whatif", "--remove", "wind", world=SHORT)
    assert code == 0
    assert "Plant" not in out
    assert lines_of(told)[-1].startswith(said)
    assert lines_of(told)[-1].endswith("They are needs of: Plant.")
    assert said in ask("chokepoints", world=SHORT)[2]
    assert said not in ask("whatif", "--remove", "gpu")[2]


# --- chokepoints


def test_chokepoints_lists_suppliers_by_what_they_take_down(ask: Run) -> None:
    code, out, told = ask("chokepoints", "--format", "json")
    assert (code, told) == (0, "")
    rows = {row["supplier"]: row for row in json.loads(out)}
    assert list(rows)[:3] == ["gpu-maker", "gpu", "cloud"]
    assert rows["gpu-maker"] == {
        "supplier": "gpu-maker",
        "label": "Gpu Maker",
        "lost": ["cloud", "gpu", "site"],
        "impaired": ["firm"],
        "at_least": ["cloud", "gpu", "site"],
        "all_chains": ["cloud", "gpu", "site"],
        "direct": 1,
    }
    assert rows["site"]["at_least"] == []
    assert "backup" not in rows
    assert len(json.loads(ask("chokepoints", "--top", "2", "--format", "json")[1])) == 2


def test_chokepoints_for_readers_say_how_to_read_them(ask: Run) -> None:
    code, out, told = ask("chokepoints", "--lang", "fr")
    assert code == 0
    assert "Gpu Maker" in out
    assert "In the worst reading" not in told
    notes = lines_of(told)
    assert notes[0].startswith("Au 2025-06-01, avec les recours disponibles à 0 mois. Dans")
    assert notes[1:] == [
        (
            "Paires qui mettent ensemble quelque chose à l’arrêt, dans la lecture la plus sévère : 6 "
            "(--pairs les nomme)."
        ),
        (
            "Les paires ont été cherchées parmi 5 partenaires possibles sur 5 ; les groupes plus "
            "grands ne sont pas cherchés."
        ),
    ]


def test_chokepoints_names_pairs(ask: Run) -> None:
    code, out, told = ask("chokepoints", "--pairs", "--format", "csv")
    assert (code, told) == (0, "")
    rows = csv_rows(out)
    assert [(row["entity"], row["one"], row["other"]) for row in rows] == [
        ("shop", "backup", "cloud"),
        ("shop", "backup", "gpu"),
        ("shop", "backup", "gpu-maker"),
        ("shop", "cloud", "stray"),
        ("shop", "gpu", "stray"),
        ("shop", "gpu-maker", "stray"),
    ]
    assert (rows[0]["label"], rows[0]["one_label"]) == ("Shop", "Backup")
    assert "Gpu Maker" in ask("chokepoints", "--pairs")[1]


def test_chokepoints_of_one_actor_are_every_way_to_take_it_down(ask: Run) -> None:
    code, out, told = ask("chokepoints", "Shop", "--format", "json")
    assert (code, told) == (0, "")
    found = [(row["kind"], row["entities"]) for row in json.loads(out)]
    assert ("pair", ["backup", "gpu-maker"]) in found
    assert all(row["facts"] for row in json.loads(out) if row["kind"] != "all-chains")
    code, out, told = ask("chokepoints", "site", "--format", "json")
    assert [(row["kind"], row["entities"]) for row in json.loads(out)] == [
        ("alone-sure", ["cloud"]),
        ("alone-sure", ["gpu"]),
        ("alone-sure", ["gpu-maker"]),
    ]
    assert ask("chokepoints", "portal", "--format", "json")[1].count('"all-chains"') == 0


def test_chokepoints_of_one_actor_are_told_with_chain_and_source(ask: Run) -> None:
    code, out, told = ask("chokepoints", "firm")
    assert code == 0
    words = " ".join(out.split())
    assert "alone, unless there is a substitute that no source names" in words
    assert "Firm → depends on Site (cloud)" in words
    assert "gazette" in words
    assert "every way to take it down that the evidence shows" in told
    assert "Pairs that take something down" not in told


def test_chokepoints_of_an_actor_without_needs_say_so(ask: Run) -> None:
    code, out, told = ask("chokepoints", "stray")
    assert (code, out) == (0, "")
    assert lines_of(told)[0] == (
        "No removal is known to take Stray down, as of 2025-06-01, with the spares to be had "
        "within 0 months. That may be for want of evidence."
    )
    assert json.loads(ask("chokepoints", "stray", "--format", "json")[1]) == []


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_chokepoints_of_an_actor_that_no_need_knows_are_refused(form: str, ask: Run) -> None:
    code, out, told = ask("chokepoints", "japan", "--format", form)
    assert (code, out) == (2, "")
    assert told.startswith("nothing is known of what Japan needs")
    code, out, told = ask("chokepoints", "japann", "--format", form)
    assert (code, out) == (2, "")
    assert "the nearest names are: japan" in told


def test_chokepoints_end_with_a_spare_in_time(ask: Run) -> None:
    arguments = ("chokepoints", "cloud", "--format", "json", "--horizon-months")
    assert ["gpu"] in [row["entities"] for row in json.loads(ask(*arguments, "11")[1])]
    later = json.loads(ask(*arguments, "12")[1])
    assert ("pair", ["gpu", "tpu"]) in [(row["kind"], row["entities"]) for row in later]
    assert ["gpu"] not in [row["entities"] for row in later if row["kind"].startswith("alone")]


def test_chokepoints_where_none_is_known_say_so(ask: Run) -> None:
    code, out, told = ask("chokepoints", "--as-of", "2023-12-31", world=EARLY)
    assert (code, out) == (0, "")
    assert told.startswith("No single removal is known to take anything down")
    assert "No fact that holds on 2023-12-31 says what anything needs" in told
    assert ask("chokepoints", "--as-of", "2023-12-31", "--format", "csv", world=EARLY)[1] == (
        "supplier,label,lost,impaired,at_least,all_chains,direct\n"
    )
    code, out, told = ask("chokepoints", "--pairs", "--as-of", "2023-12-31", world=EARLY)
    assert (code, out) == (0, "")
    assert "worst reading: 0 (" in told


# --- The published facts. Each chain below was read in data/facts/*.csv by hand.


def rows_of(folder: Path, relation: str) -> list[dict[str, str]]:
    text = (folder / "facts" / f"{relation}.csv").read_text(encoding="utf-8")
    return csv_rows(text)


def said(folder: Path, relation: str, subject: str, target: str) -> bool:
    """Whether a line of the facts states it, without an end."""
    return any(
        (row["subject"], row["object"], row["status"], row["valid_to"])
        == (subject, target, "stated", "")
        for row in rows_of(folder, relation)
    )


NVIDIA_CHAINS = {
    "jean-zay-h100": ["nvidia-h100", "nvidia"],
    "jupiter": ["nvidia"],
    "apertus": ["alps", "nvidia-gh200", "nvidia"],
    "ovhcloud-language-model": ["jupiter", "nvidia"],
    "uae-sovereign-cloud": ["nvidia"],
}


@pytest.fixture
def without_nvidia(run: Run) -> dict[str, dict[str, Any]]:
    code, out, told = run("whatif", "--remove", "nvidia", "--format", "json")
    assert (code, told) == (0, "")
    return {row["entity"]: row for row in json.loads(out)}


def test_without_nvidia_both_sovereign_projects_may_stop(
    without_nvidia: dict[str, dict[str, Any]], published_folder: Path
) -> None:
    for entity, chain in NVIDIA_CHAINS.items():
        row = without_nvidia[entity]
        assert row["worst"] == "lost"
        assert row["chain"] == [entity, *chain]
        for tail, head in zip(row["chain"], row["chain"][1:], strict=False):
            assert said(published_folder, "dependsOn", tail, head) or said(
                published_folder, "provides", head, tail
            )


def test_without_nvidia_its_own_products_stop_in_both_readings(
    without_nvidia: dict[str, dict[str, Any]], published_folder: Path
) -> None:
    own = {
        row["object"]
        for row in rows_of(published_folder, "provides")
        if (row["subject"], row["status"], row["valid_to"]) == ("nvidia", "stated", "")
    }
    others = {
        row["object"]
        for row in rows_of(published_folder, "provides")
        if row["subject"] != "nvidia" and row["status"] == "stated"
    }
    assert {"nvidia-h100", "nvidia-gh200"} <= own - others
    for product in own - others:
        row = without_nvidia[product]
        assert (row["worst"], row["best"], row["chain"]) == ("lost", "lost", [product, "nvidia"])


def test_without_nvidia_installed_hardware_may_go_on(
    without_nvidia: dict[str, dict[str, Any]],
) -> None:
    for machine in ("jean-zay", "jupiter", "isambard-ai", "alps"):
        assert without_nvidia[machine]["best"] == "degraded"
    assert without_nvidia["apertus"]["best"] == "ok"


def test_without_nvidia_a_firm_and_a_state_are_impaired_not_lost(
    without_nvidia: dict[str, dict[str, Any]],
) -> None:
    for actor in ("sarvam", "thailand"):
        assert without_nvidia[actor]["worst"] == "impaired"


def test_nvidia_takes_most_down_of_all_suppliers(run: Run) -> None:
    first = json.loads(run("chokepoints", "--format", "json", "--top", "1")[1])[0]
    assert first["supplier"] == "nvidia"
    assert set(NVIDIA_CHAINS) <= set(first["lost"])
    assert {"sarvam", "thailand"} <= set(first["impaired"])
    assert {"nvidia-h100", "nvidia-gh200"} <= set(first["at_least"]) <= set(first["lost"])


def test_without_tsmc_nvidia_is_impaired_and_passes_nothing_on(run: Run) -> None:
    rows = states(run("whatif", "--remove", "tsmc", "--format", "json")[1])
    assert rows["nvidia"][0] == "impaired"
    assert "jupiter" not in rows
    assert "JUPITER" in run("whatif", "--remove", "tsmc", "--beyond")[2]


def test_two_who_offer_the_same_are_a_pair(run: Run, published_folder: Path) -> None:
    pairs = {
        (row["entity"], row["one"], row["other"])
        for row in json.loads(run("chokepoints", "--pairs", "--format", "json")[1])
    }
    offer = ("open-telekom-cloud", "deutsche-telekom", "t-systems")
    assert offer in pairs
    for provider in offer[1:]:
        assert said(published_folder, "provides", provider, offer[0])
    office = ("schleswig-holstein", "libreoffice", "microsoft-office")
    assert office in pairs
    needs = {
        row["need"]
        for row in rows_of(published_folder, "dependsOn")
        if row["subject"] == office[0] and row["object"] in office[1:]
    }
    assert len(needs) == 1
    # T-Systems is a subsidiary of Deutsche Telekom: whoever removes the one removes both.
    assert said(published_folder, "subsidiaryOf", "t-systems", "deutsche-telekom")
    rows = states(run("whatif", "--remove", "deutsche-telekom", "--format", "json")[1])
    assert rows["open-telekom-cloud"] == ("lost", "lost")


def test_under_american_law_products_go_with_their_maker(run: Run) -> None:
    _, _, told = run("whatif", "--remove-jurisdiction", "US")
    assert "NVIDIA (established under its law): NVIDIA → is established under the law of" in told
    out = run("whatif", "--remove-jurisdiction", "us", "--format", "json")[1]
    assert states(out)["jean-zay-h100"][0] == "lost"
    assert "nvidia" not in states(out)
