from collections.abc import Callable

import pytest

from techsov.graph.analysis.failure.chokepoints import Chokepoints, find_chokepoints
from techsov.graph.analysis.failure.whatif import circuits
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.standing import Standing

Find = Callable[..., Chokepoints]

WORLD = """
    Company fabless foundry lender hoster
    foundry provides wafer id=f-wafer
    fabless provides chip id=f-chip
    fabless dependsOn wafer layer=chips id=f-fabless
    chip dependsOn wafer layer=chips id=f-chip-wafer
    cloud dependsOn chip layer=cloud substitutability=none id=f-cloud
    hoster provides cloud id=f-hoster
    site dependsOn cloud need=need-site layer=cloud id=f-site
    site dependsOn backup need=need-site layer=cloud id=f-backup
    shop dependsOn cloud layer=cloud id=f-shop
"""


@pytest.fixture(scope="session")
def find(world: Callable[..., Standing]) -> Find:
    def found(text: str, horizon: int = 0) -> Chokepoints:
        standing = world(text)
        view = dependency_view(standing.records, standing.schema, standing.day)
        return find_chokepoints(circuits(standing, horizon), view)

    return found


def ways(found: Chokepoints, entity: str) -> list[tuple[str, str]]:
    return [(way.kind, " ".join(way.entities)) for way in found.ways_down(entity)]


def test_the_surest_ways_down_come_first(find: Find) -> None:
    found = find(WORLD)
    assert ways(found, "shop") == [
        ("alone", "cloud"),
        ("alone", "chip"),
        ("alone", "hoster"),
        ("alone", "fabless"),
        ("alone", "wafer"),
        ("alone", "foundry"),
    ]
    assert ways(found, "cloud") == [
        ("alone-sure", "chip"),
        ("alone-sure", "hoster"),
        ("alone-sure", "fabless"),
        ("alone", "wafer"),
        ("alone", "foundry"),
    ]


def test_each_way_carries_its_chain_and_its_facts(find: Find) -> None:
    (chip, *_) = find(WORLD).ways_down("cloud")
    assert [(hop.tail, hop.head, hop.facts) for hop in chip.steps] == [
        ("cloud", "chip", ("f-cloud",))
    ]
    assert chip.facts == ("f-cloud",)
    last = find(WORLD).ways_down("cloud")[-1]
    assert [hop.head for hop in last.steps] == ["chip", "wafer", "foundry"]
    assert last.facts == ("f-chip-wafer", "f-cloud", "f-wafer")


def test_a_pair_is_a_way_down_with_the_facts_of_both(find: Find) -> None:
    way = next(way for way in find(WORLD).ways_down("site") if way.entities == ("backup", "chip"))
    assert (way.kind, way.steps) == ("pair", ())
    assert way.facts == ("f-backup", "f-cloud", "f-site")
    assert [pair for kind, pair in ways(find(WORLD), "site") if kind == "pair"] == [
        "backup chip",
        "backup cloud",
        "backup fabless",
        "backup foundry",
        "backup hoster",
        "backup wafer",
    ]


def test_a_supplier_above_all_options_is_a_way_with_the_facts_of_each(find: Find) -> None:
    text = """
        x dependsOn a need=need-1 layer=cloud id=f1
        x dependsOn b need=need-1 layer=cloud id=f2
        a dependsOn fab layer=cloud id=f3
        b dependsOn fab layer=cloud id=f4
    """
    way = next(way for way in find(text).ways_down("x") if way.entities == ("fab",))
    assert [hop.head for hop in way.steps] == ["a", "fab"]
    assert way.facts == ("f1", "f2", "f3", "f4")


def test_a_sure_way_rests_on_what_is_sure(find: Find) -> None:
    text = """
        Company maker
        service dependsOn maker layer=cloud id=f-silent
        maker provides engine id=f-engine
        service dependsOn engine layer=cloud substitutability=none id=f-none
    """
    (engine, maker) = find(text).ways_down("service")
    assert (engine.kind, engine.entities, engine.facts) == ("alone-sure", ("engine",), ("f-none",))
    assert (maker.kind, maker.entities) == ("alone-sure", ("maker",))
    assert maker.facts == ("f-engine", "f-none")
    assert [hop.head for hop in maker.steps] == ["engine", "maker"]
    silent = text.replace("substitutability=none", "")
    maker = next(way for way in find(silent).ways_down("service") if way.entities == ("maker",))
    assert (maker.kind, maker.facts) == ("alone", ("f-silent",))


def test_where_all_chains_meet_without_a_stop_comes_last(find: Find) -> None:
    text = "Company firm\nservice dependsOn firm\nfirm dependsOn chip\nchip dependsOn fab"
    assert ways(find(text), "service") == [
        ("alone", "firm"),
        ("all-chains", "chip"),
        ("all-chains", "fab"),
    ]
    (*_, last) = find(text).ways_down("service")
    assert last.steps == ()
    assert last.facts == (
        "chip--dependsOn--fab",
        "firm--dependsOn--chip",
        "service--dependsOn--firm",
    )


def test_what_nothing_takes_down_has_no_way(find: Find) -> None:
    assert find(WORLD).ways_down("foundry") == []
    assert find(WORLD).ways_down("nobody") == []
    assert find("").ways_down("anything") == []
    assert find("").suppliers() == []


def test_suppliers_are_ranked_by_what_they_take_down(find: Find) -> None:
    found = find(WORLD)
    assert found.suppliers() == ["foundry", "wafer", "fabless", "chip", "hoster", "cloud"]
    assert found.hanging["worst"]["foundry"] == ("chip", "cloud", "fabless", "shop", "wafer")
    assert found.hanging["worst"]["wafer"] == ("chip", "cloud", "fabless", "shop")
    assert found.hanging["best"] == {
        "chip": ("cloud",),
        "fabless": ("chip", "cloud"),
        "foundry": ("wafer",),
        "hoster": ("cloud",),
    }
    assert "backup" not in found.suppliers()


def test_a_supplier_where_chains_meet_is_listed_though_it_stops_nothing(find: Find) -> None:
    text = """
        Company firm
        service dependsOn firm
        firm dependsOn a need=need-1
        firm dependsOn b need=need-1
        a dependsOn base need=need-2
        b dependsOn base need=need-3
        a dependsOn spare need=need-2
        spare dependsOn base need=need-4
        spare dependsOn base2 need=need-4
        base2 dependsOn base need=need-5
        base2 dependsOn base need=need-6
    """
    found = find(text)
    assert found.tree.below["base"] == ("a", "b", "base2", "firm", "service", "spare")
    assert found.suppliers()[:2] == ["base", "firm"]


def test_direct_dependents_are_counted_once(find: Find) -> None:
    text = "a dependsOn x id=f1 layer=cloud\na dependsOn x id=f2 layer=chips\nb dependsOn x\nx dependsOn y"
    assert find(text).direct == {"x": 2, "y": 1}


def test_a_horizon_saves(find: Find) -> None:
    text = WORLD + "cloud couldUse rescue need=need-cloud switching_months=6"
    text = text.replace("substitutability=none", "need=need-cloud")
    assert ("alone-sure", "chip") in ways(find(text, 5), "cloud")
    assert [pair for _, pair in ways(find(text, 6), "cloud")] == [
        "hoster",
        "chip rescue",
        "fabless rescue",
        "foundry rescue",
        "rescue wafer",
    ]
