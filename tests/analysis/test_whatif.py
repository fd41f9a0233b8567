from collections.abc import Callable
from datetime import date

import pytest

from techsov.graph.analysis.failure.removal import removals
from techsov.graph.analysis.failure.whatif import WhatIf, circuits, what_if
from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.standing import Standing

Ask = Callable[..., WhatIf]

WORLD = """
    State us japan
    Company gpumaker tpumaker asic firm
    gpumaker provides gpu id=f-gpu
    tpumaker provides tpu id=f-tpu
    asic provides chip
    gpumaker establishedUnder us id=f-gpu-law
    tpumaker establishedUnder us id=f-tpu-law
    asic establishedUnder japan

    need-cloud minimumSources 1 id=f-one
    cloud requires need-cloud id=f-requires
    cloud dependsOn gpu need=need-cloud layer=cloud id=f-use
    cloud couldUse tpu need=need-cloud switching_months=12 id=f-spare
    site dependsOn cloud layer=cloud substitutability=hard id=f-site
    firm dependsOn site layer=cloud id=f-firm
"""


@pytest.fixture(scope="session")
def ask(world: Callable[..., Standing]) -> Ask:
    def asked(
        text: str,
        entities: str = "",
        jurisdictions: str = "",
        horizon: int = 0,
        day: date = date(2025, 6, 1),
    ) -> WhatIf:
        standing = world(text, day)
        gone = removals(Jurisdictions(standing), entities.split(), jurisdictions.split())
        return what_if(circuits(standing, horizon), gone)

    return asked


def states(found: WhatIf) -> dict[str, tuple[str, str]]:
    return {each: (found.worst.state(each), found.best.state(each)) for each in found.affected}


def test_both_readings_stand_side_by_side(ask: Ask) -> None:
    assert states(ask(WORLD, "gpumaker")) == {
        "cloud": ("lost", "lost"),
        "gpu": ("lost", "lost"),
        "site": ("lost", "lost"),
        "firm": ("impaired", "degraded"),
    }


def test_a_substitute_under_another_law_helps_in_time(ask: Ask) -> None:
    assert states(ask(WORLD, "gpumaker", horizon=12)) == {
        "gpu": ("lost", "lost"),
        "cloud": ("degraded", "degraded"),
    }


def test_a_substitute_under_the_same_law_goes_too(ask: Ask) -> None:
    for horizon in (0, 12, 600):
        found = states(ask(WORLD, jurisdictions="us", horizon=horizon))
        assert found["cloud"] == found["site"] == found["tpu"] == ("lost", "lost")
    elsewhere = WORLD.replace("tpumaker establishedUnder us", "tpumaker establishedUnder japan")
    assert states(ask(elsewhere, jurisdictions="us", horizon=12))["cloud"][0] == "degraded"
    assert states(ask(elsewhere, jurisdictions="us japan", horizon=12))["cloud"][0] == "lost"


def test_a_spare_of_unknown_time_parts_the_readings(ask: Ask) -> None:
    unknown = WORLD.replace("switching_months=12", "")
    assert states(ask(unknown, "gpumaker", horizon=600)) == {
        "cloud": ("lost", "degraded"),
        "gpu": ("lost", "lost"),
        "site": ("lost", "ok"),
        "firm": ("impaired", "ok"),
    }


def test_the_premises_hold_every_need_the_chain_and_why_its_end_goes(ask: Ask) -> None:
    found = ask(WORLD, jurisdictions="us")
    assert found.premises("site") == (
        "f-gpu",
        "f-gpu-law",
        "f-one",
        "f-requires",
        "f-site",
        "f-use",
    )
    assert found.premises("tpu") == ("f-tpu", "f-tpu-law")
    assert found.premises("chip") == found.premises("nobody") == ()
    assert ask(WORLD, "gpumaker").premises("gpu") == ("f-gpu",)


def test_the_premises_hold_all_options_that_had_to_go(ask: Ask) -> None:
    both = WORLD + "cloud dependsOn tpu need=need-cloud layer=cloud id=f-both"
    found = ask(both, jurisdictions="us")
    assert {"f-gpu-law", "f-tpu-law", "f-use", "f-both"} <= set(found.premises("firm"))
    alone = ask(both, "gpumaker")
    assert states(alone) == {"gpu": ("lost", "lost"), "cloud": ("degraded", "degraded")}
    assert alone.premises("cloud") == ("f-gpu", "f-one", "f-requires", "f-use")


def test_the_premises_hold_other_needs_that_fail(ask: Ask) -> None:
    text = "a dependsOn x id=f1\na dependsOn b id=f2\nb dependsOn x id=f3\na dependsOn c id=f4"
    assert ask(text, "x").premises("a") == ("f1", "f2")
    assert ask(text, "x").premises("b") == ("f3",)


def test_a_premise_is_always_a_fact_that_stands(ask: Ask, world: Callable[..., Standing]) -> None:
    known = world(WORLD).by_id
    for removed in ({"entities": "gpumaker"}, {"jurisdictions": "us"}, {"entities": "gpu tpu"}):
        found = ask(WORLD, **removed)
        assert found.affected
        for entity in found.affected:
            assert found.premises(entity)
            assert set(found.premises(entity)) <= known.keys()
            hops = found.worst.reason(entity)
            assert hops[-1].head in found.removed
            assert {name for hop in hops for name in hop.facts} <= set(found.premises(entity))


def test_several_go_at_once(ask: Ask) -> None:
    text = "x dependsOn a need=need-1 layer=cloud\nx dependsOn b need=need-1 layer=cloud"
    assert states(ask(text, "a")) == {"x": ("degraded", "degraded")}
    assert states(ask(text, "a b")) == {"x": ("lost", "lost")}


def test_what_is_removed_is_not_affected(ask: Ask) -> None:
    found = ask(WORLD, "gpu cloud")
    assert found.removed.keys() == {"gpu", "cloud"}
    assert "cloud" not in found.affected
    assert found.worst.state("cloud") == found.best.state("cloud") == "removed"


def test_a_removal_may_empty_the_graph(ask: Ask) -> None:
    text = "State us\nCompany maker\nmaker controls chip\nmaker establishedUnder us\nchip dependsOn maker"
    assert ask(text, jurisdictions="us").empties
    assert ask(text, "maker").empties
    assert not ask(text, "chip").empties
    assert not ask(text).empties


def test_where_no_need_is_known_nothing_is_emptied(ask: Ask) -> None:
    found = ask("Company maker", "maker")
    assert (found.empties, found.unneeded, found.affected) == (False, True, ())


def test_what_nobody_is_known_to_need_is_unneeded(ask: Ask) -> None:
    assert ask(WORLD, "firm").unneeded
    assert ask(WORLD, "asic").unneeded is False
    assert ask(WORLD, "tpu").unneeded is False
    assert ask(WORLD, "firm gpu").unneeded is False


def test_before_all_facts_nothing_is_known(ask: Ask) -> None:
    text = "site dependsOn cloud since=2024 layer=cloud"
    assert states(ask(text, "cloud")) == {"site": ("lost", "degraded")}
    early = ask(text, "cloud", day=date(2023, 12, 31))
    assert (early.affected, early.worst.circuit.nodes, early.unneeded) == ((), (), True)
