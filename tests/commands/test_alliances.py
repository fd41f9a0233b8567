"""Coalitions, as a person and a program use them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
Written = Callable[[str], Path]

WORLD = """
    State us=US fr=FR
    SupranationalUnion eu
    Alliance club empty
    Company alpha beta gamma delta epsilon unit
    fr memberOf eu
    alpha memberOf club role=member
    beta memberOf club role=founder status=planned
    alpha establishedUnder fr
    beta establishedUnder us
    gamma establishedUnder fr
    delta establishedUnder fr
    app dependsOn stack layer=cloud
    unit provides stack
    unit subsidiaryOf alpha
    stack dependsOn epsilon layer=cloud
    shop dependsOn alpha layer=data
    site couldUse alpha layer=skills
    app dependsOn gamma layer=chips;model
    app dependsOn delta layer=chips;model
    app dependsOn epsilon layer=chips
"""


@pytest.fixture
def ask(run: Run, written: Written) -> Run:
    def runner(*arguments: str, world: str = WORLD) -> tuple[int, str, str]:
        return run("coalition", *arguments, data=written(world))

    return runner


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_programs_get_each_layer_with_the_chain_behind_it(ask: Run) -> None:
    code, out, told = ask("club", "--format", "json")
    assert (code, told) == (0, "")
    found = {row["layer"]: row for row in rows(out)}
    assert len(found) == 10
    assert {layer: row["state"] for layer, row in found.items() if row["state"] != "nobody"} == {
        "cloud": "leaning",
        "data": "held",
        "skills": "possible",
    }
    cloud = found["cloud"]
    assert (cloud["member"], cloud["member_side"], cloud["thing"]) == ("alpha", "inside", "stack")
    assert cloud["chain"] == ["app", "stack", "unit", "alpha"]
    assert cloud["outside"] == ["epsilon"]
    assert [name.split("--")[1] for name in cloud["facts"]] == [
        "dependsOn",
        "dependsOn",
        "provides",
        "subsidiaryOf",
    ]
    assert (found["chips"]["state"], found["chips"]["facts"]) == ("nobody", [])


def test_readers_get_members_sentences_and_who_would_complete_it(ask: Run) -> None:
    code, out, told = ask("club")
    assert code == 0
    text = " ".join(out.split())
    assert "held, leaning on others" in text
    assert "could be used" in text
    assert "Club, members known on 2025-06-01: 1." in told
    assert "  Alpha (member, law inside) [gazette]" in told
    assert "Layers with no member, as far as the facts say: chips, compute" in told
    assert "At least 1 more, under a law inside the region (Eu), would bring chips, model" in told
    assert "Smallest sets: 2; for instance Delta; Gamma." in told
    assert "Not known to be held by anybody under a law inside the region (Eu): compute" in told
    assert "whose law is not known: 1, of which with a head office inside: 0." in told


def test_a_planned_membership_comes_on_request_and_is_shown_as_such(ask: Run) -> None:
    _, _, told = ask("club", "--status", "stated", "--status", "planned")
    assert "Club, members known on 2025-06-01: 2." in told
    assert "  Beta (founder, law outside) [planned] [gazette]" in told
    assert (
        "Members on whom nobody is said to rely in any layer, whatever they offer (1): Beta."
        in told
    )


def test_in_french_the_chain_is_french(ask: Run) -> None:
    _, out, told = ask("club", "--lang", "fr")
    assert "dépend" in out
    assert "droit dedans" in told


def test_candidates_are_listed_with_their_layers_and_what_is_known_of_their_law(ask: Run) -> None:
    _, out, _ = ask("club", "--candidates", "--format", "json")
    assert [(row["actor"], row["layers"], row["law"], row["completes"]) for row in rows(out)] == [
        ("delta", ["chips", "model"], "inside", True),
        ("gamma", ["chips", "model"], "inside", True),
        ("epsilon", ["chips", "cloud"][:1], "unknown", False),
    ]
    assert "Epsilon" in ask("club", "--candidates")[1]


def test_the_region_can_be_chosen(ask: Run) -> None:
    _, out, _ = ask("club", "--region", "us", "--candidates", "--format", "json")
    assert [row["actor"] for row in rows(out)] == ["epsilon"]
    assert (
        "Nobody whose law is known to be inside the region (Us)" in ask("club", "--region", "us")[2]
    )


def test_an_alliance_with_every_layer_wants_nobody(ask: Run) -> None:
    layers = "chips,cloud,compute,connectivity,data,distribution,energy,model,platform,skills"
    world = f"""
        Alliance club
        State fr=FR
        SupranationalUnion eu
        Company alpha
        fr memberOf eu
        alpha memberOf club role=member
        alpha establishedUnder fr
        {"".join(f"app dependsOn alpha layer={layer}" + chr(10) for layer in layers.split(","))}
    """
    code, out, told = ask("club", world=world)
    assert code == 0
    assert "no member" not in out
    assert "Every layer has a member." in told


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("alpha",), 2, "alpha is no alliance"),
        (("empty",), 1, "nothing is known"),
        (("nobody-at-all",), 2, "nobody-at-all"),
        (("club", "--region", "alpha"), 2, "Alpha is no state, union or place"),
        (("club", "--status", "claimed"), 1, "nothing is known"),
    ],
)
def test_what_cannot_be_answered_is_said(
    arguments: tuple[str, ...], code: int, said: str, ask: Run
) -> None:
    found, out, told = ask(*arguments)
    assert (found, out) == (code, "")
    assert said in told


def test_without_a_union_the_region_must_be_named(ask: Run) -> None:
    world = "Alliance club\nCompany alpha\nalpha memberOf club role=member\napp dependsOn alpha"
    code, _, told = ask("club", world=world)
    assert code == 2
    assert "give --region NAME" in told


# --- The published facts, checked by hand against data/facts


def test_estia_holds_cloud_and_connectivity_and_no_chips(run: Run) -> None:
    code, out, _ = run("coalition", "estia", "--format", "json")
    assert code == 0
    held = {(row["layer"], row["member"]): row for row in rows(out) if row["member"]}
    assert held["cloud", "dassault-systemes"]["chain"][1:] == ["outscale", "dassault-systemes"]
    assert held["cloud", "deutsche-telekom"]["thing"] == "t-systems"
    assert {layer for layer, _ in held} >= {"cloud", "connectivity"}
    assert "chips" in {row["layer"] for row in rows(out) if row["state"] == "nobody"}
