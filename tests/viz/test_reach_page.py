"""The pages of legal reach say what the analysis finds, with each chain, source and gap."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest

from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.analysis.reach.exposure import PREMISES, Exposure, LegalReach
from techsov.graph.analysis.standing import FIRMNESS, Standing
from techsov.graph.answers import Labels
from techsov.graph.messages import LANGUAGES, say
from techsov.graph.telling.reach import cut_line
from techsov.viz.pages.frame import Place
from techsov.viz.pages.reach import law_page, reach_page
from techsov.viz.publication import Publication
from techsov.viz.reach import ReachTeller

MOST_BYTES = 600_000


@pytest.fixture(scope="module", params=["published", "lawful"])
def shared(request: pytest.FixtureRequest) -> Publication:
    return Publication(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def analysis(shared: Publication) -> LegalReach:
    """What is found through no code of the pages."""
    knowledge = shared.knowledge
    return LegalReach(Standing.on(knowledge.records, knowledge.schema, knowledge.day, PREMISES))


@pytest.fixture(scope="module")
def exposures(analysis: LegalReach) -> list[Exposure]:
    return analysis.exposures()


@pytest.fixture(scope="module")
def texts(shared: Publication) -> dict[str, str]:
    """Every page of legal reach, by its path below the site."""
    found = {}
    for language in LANGUAGES:
        place = Place("reach.html", "../", language)
        found[f"{language}/reach.html"] = reach_page(shared, language, place)
        for law in shared.reaches.laws:
            path = f"law/{law.id}.html"
            page = law_page(shared, language, Place(path, "../../", language), law.id)
            found[f"{language}/{path}"] = page
    return found


@pytest.fixture(scope="module")
def pages(texts: dict[str, str], reading: ModuleType) -> dict[str, Any]:
    return {name: reading.tree(text) for name, text in texts.items()}


def cells(page: Any, reading: ModuleType) -> Iterator[tuple[str, str, str, str, str]]:
    """Each mark of the table of all: entity, law, status, whose law it is, and where it leads."""
    for row in reading.rows(page, "reach"):
        for link in row.all("a"):
            if "data-status" in link.attrs:
                law, status = link.attrs["data-law"], link.attrs["data-status"]
                looks = set(next(link.all("span")).attrs["class"].split())
                assert ("data-own" in link.attrs) == ("own" in looks)
                whose = "yes" if "own" in looks else "unknown" if "unsure" in looks else "no"
                yield row.attrs["data-id"], law, status, whose, link.attrs["href"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cells_are_the_exposures(
    pages: dict[str, Any], exposures: list[Exposure], reading: ModuleType, language: str
) -> None:
    wanted: dict[tuple[str, str], list[Exposure]] = defaultdict(list)
    for row in exposures:
        wanted[row.entity, row.law].append(row)
    shown = list(cells(pages[f"{language}/reach.html"], reading))
    assert len(shown) == len(wanted) > 10
    for entity, law, status, whose, _ in shown:
        ways = wanted[entity, law]
        assert status == min((way.status for way in ways), key=FIRMNESS.index)
        known = {way.domestic for way in ways}
        assert whose == next(each for each in ("no", "unknown", "yes") if each in known)
    assert {whose for _, _, _, whose, _ in shown} == {"no", "unknown", "yes"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_stands_in_the_column_of_its_law_and_leads_to_its_chains(
    pages: dict[str, Any], exposures: list[Exposure], reading: ModuleType, language: str
) -> None:
    page = pages[f"{language}/reach.html"]
    table = page.one("table", id="reach")
    head = [cell.text for cell in list(table.one("thead").all("tr"))[1].all("th")]
    kinds = Counter((row.entity, row.law) for row in exposures)
    for row in reading.rows(page, "reach"):
        columns = [each for each in row.children if not isinstance(each, str)]
        assert len(columns) == len(head)
        for title, cell in zip(head, columns, strict=True):
            for link in cell.all("a"):
                if "data-law" not in link.attrs:
                    continue
                assert link.text.startswith(title)
                path, _, anchor = link.attrs["href"].partition("#")
                there = pages[f"{language}/{path}"]
                (target,) = there.all("tr", id=anchor)
                entity, law = row.attrs["data-id"], link.attrs["data-law"]
                assert target.attrs["data-id"] == entity
                ways = list(there.all("tr", data_id=entity))
                assert len(ways) == kinds[entity, law]


def test_the_page_of_a_law_has_a_row_for_each_way_with_every_step_and_source(
    pages: dict[str, Any], shared: Publication, exposures: list[Exposure], reading: ModuleType
) -> None:
    facts = {fact.id: fact for fact in shared.knowledge.records.facts}
    labels = Labels.of(shared.knowledge, "en")
    by_law = grouped((row.law, row) for row in exposures)
    assert {f"en/law/{law}.html" for law in by_law} == {
        name for name in pages if name.startswith("en/law/")
    }
    for law, ways in by_law.items():
        shown = reading.rows(pages[f"en/law/{law}.html"], f"law-{law}")
        assert len(shown) == len(ways)
        told = Counter((row.attrs["data-id"], row.attrs["data-status"]) for row in shown)
        assert told == Counter((way.entity, way.status) for way in ways)
        for way in ways:
            kind = say(f"reach.kind-{way.kind}", "en")
            (row,) = [
                each
                for each in shown
                if each.attrs["data-id"] == way.entity and next(each.all("p")).text == kind
            ]
            links = {reading.passage_of(link.attrs["href"]) for link in row.all("a")}
            for step in (*way.hops, *way.activity):
                assert labels.entity(step.head) in row.text
                for name in step.facts:
                    assert {item.passage for item in facts[name].evidence} <= links
            for each in way.mitigations:
                assert labels.entity(each.means) in row.text
                said = {i.passage for n in (*each.held, *each.meant) for i in facts[n].evidence}
                assert said <= links
            assert reach_cut(shared, way) in row.text


def reach_cut(shared: Publication, way: Exposure) -> str:
    labels = Labels.of(shared.knowledge, "en")
    return " ".join(cut_line(way, shared.findings.reach, labels).split())


def test_the_weakest_link_is_no_firmer_than_any_premise(
    shared: Publication, exposures: list[Exposure]
) -> None:
    labels = Labels.of(shared.knowledge, "en")
    teller = ReachTeller(shared.reaches, shared.teller("en"), labels)
    marked = 0
    for law in shared.reaches.laws:
        rows = {(row.entity, str(row.kind)): row for row in exposures if row.law == law.id}
        for way in teller.ways(law.id):
            row = rows.pop((way.entity, way.kind))
            rank = {
                name: (FIRMNESS.index(labels.facts[name].status), -labels.facts[name].confidence)
                for name in row.premises
            }
            least = max(rank.values())
            assert way.even == (min(rank.values()) == least)
            for steps, hops in ((way.steps, row.hops), (way.activity, row.activity)):
                for step, hop in zip(steps, hops, strict=True):
                    weak = any(rank[name] == least for name in hop.facts)
                    assert step.weakest == (weak and not way.even)
            found = [step.weakest for step in (*way.steps, *way.activity)]
            assert way.even or any(found) or way.beyond
            marked += sum(found)
        assert not rows
    assert marked


def test_a_law_that_reaches_nobody_is_named_with_the_reason(
    pages: dict[str, Any], analysis: LegalReach, exposures: list[Exposure], reading: ModuleType
) -> None:
    reaching = {row.law for row in exposures}
    shown = {
        r.attrs["data-id"]: r.text for r in reading.rows(pages["en/reach.html"], "reach-silent")
    }
    silent = {law.id for law in analysis.laws} - reaching
    left = {each.law: each.lacks for each in analysis.left_out}
    assert shown.keys() == silent | left.keys()
    for law in silent:
        assert "No chain in the evidence leads to it." in shown[law]
    for law, lacks in left.items():
        assert all(say(f"reach.lacks-{lack}", "en") in shown[law] for lack in lacks)


def test_the_laws_are_counted_as_the_table_of_all_shows_them(
    pages: dict[str, Any], reading: ModuleType
) -> None:
    page = pages["en/reach.html"]
    marks = list(cells(page, reading))
    for row in reading.rows(page, "reach-laws"):
        mine = [mark for mark in marks if mark[1] == row.attrs["data-id"]]
        own = sum(mark[3] == "yes" for mark in mine)
        firm = sum(mark[2] == "stated" for mark in mine)
        counts = [int(cell.text) for cell in row.all("td") if "number" in cell.classes]
        assert counts == [len(mine) - own, firm, own]
    first = page.one("p", **{"class": "answer"}).text
    entities = {mark[0] for mark in marks}
    firm = sum(mark[2] == "stated" for mark in marks)
    numbers = [int(each) for each in re.findall(r"\d+", first)][:4]
    assert numbers == [len({mark[1] for mark in marks}), len(entities), len(marks), firm]


def test_organisations_whose_law_is_unknown_are_named_and_counted(
    pages: dict[str, Any], shared: Publication
) -> None:
    knowledge = shared.knowledge
    tied = {
        fact.subject
        for fact in knowledge.records.facts
        if fact.relation in ("establishedUnder", "headquarteredIn")
        and fact.status in PREMISES
        and fact.holds_on(knowledge.day)
    }
    organisations = {
        name
        for name in shared.pages
        if "Organisation" in knowledge.schema.ancestors(knowledge.records.entities[name].cls)
    }
    page = pages["en/reach.html"]
    fold = next(d for d in page.all("details") if "Organisations of which" in d.text)
    shown = {link.attrs["href"] for link in fold.all("a")}
    assert shown == {f"actor/{name}.html" for name in organisations - tied}
    assert f"{len(organisations - tied)} of {len(organisations)}" in fold.one("summary").text


def test_nothing_is_ever_said_to_be_subject_to_a_law(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        for words in ("subject to", "soumis à", "soumise à"):
            main = text[text.index("<main>") : text.index("</main>")]
            ours = re.sub(r'<a [^>]*sources\.html[^>]*>[^<]*</a>|<p class="gloss">[^<]*', "", main)
            assert words not in ours, name


def test_no_page_is_heavy(texts: dict[str, str]) -> None:
    assert max(len(text.encode()) for text in texts.values()) <= MOST_BYTES


def test_headings_go_down_one_level_at_a_time(pages: dict[str, Any]) -> None:
    for name, page in pages.items():
        levels = [int(n.tag[1]) for n in page.all() if re.fullmatch(r"h[1-6]", n.tag)]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_a_page_without_laws_says_that_this_is_no_immunity(
    publication: Publication, reading: ModuleType
) -> None:
    page = reading.tree(reach_page(publication, "en", Place("reach.html", "../", "en")))
    answer = page.one("p", **{"class": "answer"}).text
    assert "a gap in the evidence, not immunity" in answer
    assert not list(page.all("table", id="reach"))
    assert page.one(id="facts")


def test_hostile_names_are_text(inventing: ModuleType) -> None:
    hostile = inventing.lawful(lambda text: f"</script><b onload=x>{text[:6]}")
    shared = Publication(hostile)
    for text in (
        reach_page(shared, "en", Place("reach.html", "../", "en")),
        law_page(shared, "fr", Place("law/undertow.html", "../../", "fr"), "undertow"),
    ):
        assert "<b onload" not in text
        assert "&lt;b onload=x&gt;" in text
