"""The page of the what-if: its data says what the analysis reads, and its first table needs no script."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from techsov.graph.analysis.failure.needs import Need, needs_of
from techsov.graph.analysis.failure.removal import removals, unknown_law
from techsov.graph.analysis.failure.whatif import circuits, what_if
from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge, know
from techsov.graph.reasons import hop_sentence
from techsov.graph.telling.whatif import count_line
from techsov.viz.pages.frame import Place
from techsov.viz.pages.whatif import whatif_page
from techsov.viz.publication import Publication
from techsov.viz.whatif import Trials, first_rows
from techsov.viz.words import script_words

ACTOR, PAGE, LAWLESS = 1, 2, 4


@pytest.fixture(scope="module")
def world() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "invented", Path(__file__).with_name("invented.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def carried(text: str) -> Any:
    block = re.search(r'<script type="application/json" id="trial">(.*?)</script>', text)
    assert block
    assert not re.search("[<>&\u2028\u2029]", block[1])
    return json.loads(block[1])


@pytest.fixture(scope="module")
def data(site: dict[str, str]) -> Any:
    return carried(site["en/whatif.html"])


@pytest.fixture(scope="module")
def standing(archipelago: Knowledge) -> Standing:
    return Standing.on(archipelago.records, archipelago.schema, archipelago.day)


def names(data: Any) -> list[str]:
    return [node[0] for node in data["nodes"]]


def step_ids(data: Any, number: int) -> tuple[str, str, list[str]]:
    tail, head, _, facts = data["steps"][number]
    return names(data)[tail], names(data)[head], [data["facts"][fact][0] for fact in facts]


def test_nodes_and_facts_stand_in_the_order_of_their_ids(data: Any) -> None:
    for table in ("nodes", "facts", "documents"):
        ids = [row[0] for row in data[table]]
        assert ids == sorted(set(ids)), table


def test_a_node_says_whether_it_acts_has_a_page_and_has_no_known_law(
    data: Any, standing: Standing, publication: Publication
) -> None:
    lawless = unknown_law(Jurisdictions(standing), names(data))
    assert lawless
    for name, label, flags, cls in data["nodes"]:
        entity = standing.records.entities[name]
        assert label == entity.label_en
        assert data["classes"][cls] == standing.schema.classes[entity.cls].label_en
        assert bool(flags & ACTOR) == standing.is_a(name, "Actor")
        assert bool(flags & PAGE) == (name in publication.pages)
        assert bool(flags & LAWLESS) == (name in lawless)


def written_need(data: Any, row: list[Any]) -> tuple[object, ...]:
    of, wanted, endures, silent, facts, options = row
    return (
        names(data)[of],
        wanted,
        bool(endures),
        bool(silent),
        [data["facts"][fact][0] for fact in facts],
        [(*step_ids(data, step), *spare) for step, *spare in options],
    )


def read_need(need: Need) -> tuple[object, ...]:
    options = [
        (need.dependent, one.node, list(one.facts), *([one.months] if one.spare else []))
        for one in need.options
    ]
    facts = list(need.facts)
    endures = need.endures("best")
    return (need.dependent, need.wanted, endures, need.silent, facts, options)


def test_the_needs_are_those_of_the_analysis(data: Any, standing: Standing) -> None:
    needs = [read_need(need) for need in needs_of(standing)]
    assert len(needs) > 15
    assert [written_need(data, row) for row in data["needs"]] == needs


def test_spares_waiting_times_and_wanted_sources_are_carried(world: ModuleType) -> None:
    knowledge = world.world(
        "Company a|A|A\nCompany b|B|B\nCompany c|C|C\nService s|S|S\nNeed need0|Need|Besoin",
        "s dependsOn a stated report:1 layer=cloud need=need0\n"
        "s couldUse b stated report:2 layer=cloud need=need0 switching_months=6\n"
        "s couldUse c stated report:3 layer=cloud need=need0\n"
        "need0 minimumSources 1 stated report:4",
    )
    shared = Publication(knowledge)
    page = carried(whatif_page(shared, "en", Place("whatif.html", "../", "en")))
    [need] = [written_need(page, row) for row in page["needs"]]
    assert [option[1:2] + option[3:] for option in need[5]] == [("a",), ("b", 6), ("c", None)]  # type: ignore[attr-defined]
    assert need[4] == ["need0--minimumSources--1"]
    assert shared.trials.spares == (6, None)


def test_who_goes_with_whom_is_what_the_analysis_finds(data: Any, standing: Standing) -> None:
    law = Jurisdictions(standing)
    kinds = set()
    for kind, node, _, _, goes in data["choices"]:
        name = names(data)[node]
        asked = {"remove": ((name,),), "law": ((), (name,)), "alliance": ((), (), (name,))}[kind]
        found = removals(law, *asked)
        said = {names(data)[other]: (why, steps) for other, why, steps in goes}
        assert found.pop(name).because == "asked"
        assert said.keys() == found.keys()
        for other, removal in found.items():
            why, steps = said[other]
            assert why == removal.because
            hops = [(hop.tail, hop.head, list(hop.facts)) for hop in removal.steps]
            assert [step_ids(data, step) for step in steps] == hops
            kinds.add((kind, why))
    assert {("law", "control"), ("law", "establishment"), ("alliance", "member")} <= kinds


def test_what_can_be_chosen(data: Any, standing: Standing, publication: Publication) -> None:
    chosen = {(kind, names(data)[node]) for kind, node, *_ in data["choices"]}
    states = {name for name in standing.records.entities if standing.is_a(name, "Jurisdiction")}
    assert {name for kind, name in chosen if kind == "law"} == states
    assert {name for kind, name in chosen if kind == "alliance"} == {"harbour", "lantern", "tide"}
    # In a need, or in control of what is in one; "calm" and "dredge" are in none.
    assert {("remove", "q7"), ("remove", "pelagia"), ("remove", "hospitals")} <= chosen
    assert not {("remove", "calm"), ("remove", "dredge"), ("remove", "amarre")} & chosen
    assert publication.trials.kinds("pelagia") == ("remove",)
    assert publication.trials.kinds("hospitals") == ()
    assert publication.trials.kinds("ada") == ()


def test_an_other_name_and_the_code_of_a_state_find_it(data: Any) -> None:
    names_of = {(kind, names(data)[node]): others for kind, node, _, others, _ in data["choices"]}
    assert "UoS" in names_of["law", "straits"]
    assert "Fonderie Elan SA" in names_of["remove", "fonderie"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_steps_are_told_as_everywhere(
    site: dict[str, str], archipelago: Knowledge, standing: Standing, language: str
) -> None:
    page = carried(site[f"{language}/whatif.html"])
    labels = Labels.of(archipelago, language)
    told = {tuple(step[:2]): step[2] for step in page["steps"]}
    hops = [
        hop
        for removal in removals(Jurisdictions(standing), (), ["cassonia"]).values()
        for hop in removal.steps
    ]
    assert hops
    number = {name: at for at, name in enumerate(names(page))}
    for hop in hops:
        words = told[number[hop.tail], number[hop.head]]
        assert f"{labels.entity(hop.tail)} {words}" == hop_sentence(hop, labels)


def test_a_fact_says_where_it_is_said(data: Any, archipelago: Knowledge) -> None:
    facts = {fact.id: fact for fact in archipelago.records.facts}
    stances = {row[0]: row[3] for row in data["documents"]}
    assert stances["leaflet"]
    assert not stances["report"]
    for name, places in data["facts"]:
        said = [(data["documents"][document][0], paragraph) for document, paragraph in places]
        assert said == [(item.source, item.paragraph or 0) for item in facts[name].evidence]


def test_the_first_table_gives_the_counts_of_the_analysis(
    site: dict[str, str], archipelago: Knowledge, standing: Standing
) -> None:
    labels = Labels.of(archipelago, "en")
    rows = first_rows(Trials(standing), labels)
    assert {row.kind for row in rows} == {"remove", "law", "alliance"}
    things = [len(row.stopped) for row in rows if row.kind == "remove"]
    assert things == sorted(things, reverse=True)
    tried = circuits(standing, 0)
    [row] = [row for row in rows if row.entity == "q7"]
    found = what_if(tried, removals(Jurisdictions(standing), ["q7"]))
    assert (row.worst, row.best) == (
        count_line(found.worst, labels),
        count_line(found.best, labels),
    )
    # Counted by hand: all that rests on Q7 chips, by stated facts.
    assert {name for name, _ in row.stopped} == {
        "corvette-hosting",
        "hospitals",
        "ledger",
        "leviathan",
        "nimbus",
        "phare-vault",
        "registry",
    }
    text = site["en/whatif.html"]
    assert f">{row.worst}<" in text
    assert '<a class="try scripted" href="#remove=q7"' in text


def test_the_page_loads_no_picture_and_only_it_carries_its_words(
    site: dict[str, str], data: Any
) -> None:
    text = site["fr/whatif.html"]
    assert "vis-network" not in text
    assert "assets/whatif.js" in text
    assert "assets/page.js" not in text
    assert "assets/whatif.js" not in site["fr/index.html"]
    plain, trial = script_words("en"), script_words("en", trial=True)
    assert plain.keys() < trial.keys() <= data["words"].keys()
    assert "whatif-answer" not in site["fr/index.html"]


def test_hostile_names_are_text_in_the_table_and_in_the_data(world: ModuleType) -> None:
    shared = Publication(world.invented(lambda text: f"</script><b onload=x>{text[:6]}"))
    text = whatif_page(shared, "en", Place("whatif.html", "../", "en"))
    carried(text)
    assert "<b onload" not in text
    assert "&lt;b onload=x&gt;" in text


def test_the_page_of_the_published_facts_is_light() -> None:
    shared = Publication(know())
    for language in ("en", "fr"):
        text = whatif_page(shared, language, Place("whatif.html", "../", language))
        page = carried(text)
        rows = sum(len(page[table]) for table in ("nodes", "steps", "facts", "needs", "choices"))
        assert len(text.encode()) <= 40_000 + 120 * rows
        assert len(page["choices"]) > len(page["needs"]) > 100
