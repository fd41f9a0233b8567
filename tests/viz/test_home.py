"""Home, tours, timeline and index as they are written: every link leads somewhere, nothing is lost."""

import json
import re
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from techsov.graph.facts.tours import CHOICES, VIEWS
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES, catalogue
from techsov.viz.chains import ON_REQUEST
from techsov.viz.index import search_script
from techsov.viz.pages.frame import GROUPS, NAVIGATION, Place, grouped
from techsov.viz.pages.home import home_page
from techsov.viz.pages.timeline import timeline_page
from techsov.viz.publication import Publication
from techsov.viz.site import PAGES
from techsov.viz.timeline import CHART_YEARS, chart, years
from techsov.viz.tours import told_tours


@pytest.fixture(scope="module")
def real(published: Knowledge) -> Publication:
    return Publication(published)


#: The pages that are there once in each language.
ONCE = frozenset({*PAGES, "questions.html"})


def index_of(publication: Publication, language: str) -> list[list[object]]:
    script = search_script(publication, language)
    found: list[list[object]] = json.loads(script.partition(" = ")[2].removesuffix(";\n"))
    return found


# --- Navigation and doors


def test_every_page_stands_once_in_the_head_and_has_a_door_in_both_languages() -> None:
    assert [path for path, _ in NAVIGATION] == sorted(ONCE, key=[*dict(NAVIGATION)].index)
    in_groups = [path for _, members in grouped(NAVIGATION) for path, _ in members]
    assert sorted(in_groups) == sorted(ONCE)
    assert Counter(path for paths in GROUPS.values() for path in paths).most_common(1)[0][1] == 1
    for path, _ in NAVIGATION[1:]:
        name = path.removesuffix(".html")
        assert {f"page-home.door-{name}", f"page-home.behind-{name}"} <= catalogue().keys()


def test_the_current_page_is_marked_and_only_that_one(site: dict[str, str]) -> None:
    for name, text in site.items():
        if not name.endswith(".html"):
            continue
        marked = re.findall(r'<a href="([^"]*)" aria-current="page"', text)
        path = name.split("/", 1)[-1]
        assert len(marked) == (path in ONCE), name


def test_the_home_page_counts_what_is_there(real: Publication) -> None:
    page = home_page(real, "fr", Place("index.html", "../", "fr"))
    records = real.knowledge.records
    shown = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page)
    numbers = [int(re.sub(r"\D", "", value)) for _, value in shown[:3]]
    read = sum(source.read for source in records.sources.values())
    assert numbers == [len(real.pages), len(records.facts), read]


def test_without_a_tour_the_home_page_still_opens_with_what_rivals_share(
    published: Knowledge,
) -> None:
    bare = Publication(replace(published, tours=()))
    page = home_page(bare, "en", Place("index.html", "../", "en"))
    assert 'class="finding headline" id="finding"' in page
    assert "tours/" not in page


# --- Tours


def test_every_view_of_a_tour_is_a_page_of_the_site() -> None:
    assert {f"{page}.html" for page in VIEWS if page != "actor"} <= PAGES.keys()
    for language in LANGUAGES:
        for page in VIEWS:
            assert catalogue()[f"page-tour.open-{page}"][language]


def test_a_tour_may_ask_of_chains_what_their_page_asks() -> None:
    viz = Path(__file__).parents[2] / "viz"
    world = (viz / "assets" / "js" / "paths-world.js").read_text("utf-8")
    asked = re.search(r"QUESTIONS = \[([^]]*)\]", world)
    assert asked
    assert tuple(re.findall(r'"(\w+)"', asked[1])) == CHOICES["ask"]
    assert CHOICES["status"] == ON_REQUEST


def test_a_tour_shows_every_fact_of_each_step_with_its_status_and_sources(
    real: Publication,
) -> None:
    facts = {fact.id: fact for fact in real.knowledge.records.facts}
    for tour, told in zip(real.knowledge.tours, told_tours(real, "fr"), strict=True):
        assert [step.sentence for step in told.steps] == [each.sentence_fr for each in tour.steps]
        for step, shown in zip(tour.steps, told.steps, strict=True):
            assert [item.told.fact.id for item in shown.facts] == list(step.facts)
            for item in shown.facts:
                fact = facts[item.told.fact.id]
                assert item.told.status == fact.status
                assert [proof.document.id for proof in item.told.proofs] == [
                    each.source for each in fact.evidence
                ]


def test_what_is_planned_is_drawn_as_planned(real: Publication) -> None:
    (tour,) = [each for each in told_tours(real, "en") if each.id == "shared-upstream"]
    planned = [item for item in tour.facts if item.told.status == "planned"]
    assert planned
    assert all(item.dash.pattern for item in planned)
    assert "once what is planned is done" in tour.answer


def test_the_owner_stands_at_the_diamond(real: Publication) -> None:
    (tour,) = [each for each in told_tours(real, "en") if each.id == "estia-layers"]
    owned = {item.head.id: item.tail.id for item in tour.facts if item.arrow == "diamond"}
    assert owned == {
        "outscale": "dassault-systemes",
        "t-systems": "deutsche-telekom",
        "orange-morocco": "orange",
    }


def test_a_finding_that_no_longer_holds_is_said_to_hold_no_longer(published: Knowledge) -> None:
    """The facts of its steps are all there; only the analysis finds nothing any more."""
    (tour,) = [each for each in published.tours if each.id == "shared-upstream"]
    other = replace(tour, about="orange")
    told = told_tours(Publication(replace(published, tours=(other,))), "en")[0]
    assert "no longer holds" in told.answer
    assert told.facts


def test_an_answer_beside_a_step_is_that_of_the_command(real: Publication) -> None:
    from click.testing import CliRunner

    from techsov.graph.cli import techsov

    (tour,) = [each for each in told_tours(real, "en") if each.id == "shared-upstream"]
    (step,) = [each for each in tour.steps if each.page == "whatif"]
    said = CliRunner().invoke(techsov, ["whatif", "--remove", "nvidia", "--lang", "en"])
    counts = re.search(r"Worst reading: (.*?)\. Best reading: (.*?)\.", said.output + said.stderr)
    assert counts
    assert step.answer == f"In the worst reading: {counts[1]}. In the best reading: {counts[2]}."


# --- Search


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_with_a_page_and_every_document_is_found(
    publication: Publication, site: dict[str, str], language: str
) -> None:
    entries = index_of(publication, language)
    paths = [str(entry[2]) for entry in entries]
    assert len(paths) == len(set(paths))
    actors = {f"actor/{name}.html" for name in publication.pages}
    documents = {f"source/{name}.html" for name in publication.knowledge.records.sources}
    laws = {f"law/{law.id}.html" for law in publication.reaches.laws}
    questions = {f"question/{name}.html" for name in publication.answers.questions}
    told = {*actors, *documents, *laws, *questions}
    assert set(paths) == {*told, *ONCE, "tours/chip.html"}
    for path in paths:
        file, _, anchor = path.partition("#")
        page = site[f"{language}/{file}"]
        assert not anchor or f'id="{anchor}"' in page, path


def test_an_entry_has_its_other_names_and_its_name_in_the_other_language(
    publication: Publication,
) -> None:
    entries = {entry[2]: entry for entry in index_of(publication, "en")}
    label, note, _, _, names = entries["actor/fonderie.html"]
    assert (label, note) == ("Élan Foundry", "company")
    assert {"Fonderie Élan", "Fonderie Elan SA", "fonderie"} <= set(names)  # type: ignore[call-overload]


# --- Timeline


def test_every_dated_fact_begins_and_ends_on_the_timeline(real: Publication) -> None:
    facts = real.knowledge.records.facts
    found = years(facts, real.teller("en"))
    events = [event for year in found for event in year.events]
    begun = Counter(event.told.fact.id for event in events if event.turn != "ends")
    ended = Counter(event.told.fact.id for event in events if event.turn != "begins")
    assert begun == Counter(fact.id for fact in facts if fact.valid_from)
    assert ended == Counter(fact.id for fact in facts if fact.valid_to)
    for year in found:
        assert {event.date.first.year for event in year.events} == {year.year}
    assert [year.year for year in found] == sorted({year.year for year in found}, reverse=True)


def test_a_date_is_as_precise_as_its_source(real: Publication) -> None:
    lengths = Counter(
        (len(event.date.text), len(event.date_text.split()))
        for year in years(real.knowledge.records.facts, real.teller("fr"))
        for event in year.events
    )
    assert set(lengths) == {(4, 1), (7, 2), (10, 3)}


def test_the_bars_count_every_event_once_and_stand_on_each_other(real: Publication) -> None:
    found = years(real.knowledge.records.facts, real.teller("en"))
    drawn = chart(found)
    assert sum(bar.count for bar in drawn.bars) == sum(len(year.events) for year in found)
    assert len({bar.year for bar in drawn.bars}) <= CHART_YEARS + 1
    for bar in drawn.bars:
        if bar.row == "other":
            below = [one for one in drawn.bars if (one.year, one.row) == (bar.year, "stated")]
            assert bar.y + bar.height == pytest.approx(below[0].y if below else 0)


def test_undated_facts_are_counted_in_the_open(real: Publication) -> None:
    page = unescape(timeline_page(real, "en", Place("timeline.html", "../", "en")))
    facts = real.knowledge.records.facts
    undated = sum(not (fact.valid_from or fact.valid_to) for fact in facts)
    no_begin = sum(not fact.valid_from for fact in facts)
    assert f"{undated:,} facts have no date at all, and {no_begin:,} no beginning" in page
    rows = re.findall(r'<li data-kind="[a-z]+" data-status="([a-z]+)">', page)
    assert len(rows) == sum(len(year.events) for year in years(facts, real.teller("en")))
    assert set(rows) >= {"stated", "planned"}


def test_a_world_without_a_date_has_a_timeline_that_says_so(archipelago: Knowledge) -> None:
    records = archipelago.records
    bare = tuple(replace(fact, valid_from=None, valid_to=None) for fact in records.facts)
    knowledge = replace(archipelago, records=replace(records, facts=bare), tours=())
    page = timeline_page(Publication(knowledge), "en", Place("timeline.html", "../", "en"))
    assert "No fact has a date." in page
    assert "<svg viewBox" not in page.split("<main>")[1]
