"""What a picture shows is one state: filters, words, table, file and address all agree on it."""

import csv
import io
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph
import pytest
from playwright.sync_api import Page

from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge
from techsov.graph.records import PartialDate, Records
from techsov.graph.terms import PREFIXES
from techsov.graph.triples.build import build_triples, to_bytes
from techsov.viz.pages.frame import Place
from techsov.viz.pages.map import map_page
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files
from techsov.viz.style import FAMILY_OF_CLASS


def keep(folder: Path, name: str, content: str | bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(str(content), encoding="utf-8")


SEEN = """() => {
  const { state, network } = window.techsov;
  const lines = network.body.data.edges.get().filter((edge) => !edge.hidden).map((edge) => edge.id);
  const belonging = state.shown().circles.flatMap((circle) => circle.facts);
  return {
    drawn: new Set([...lines, ...belonging]).size,
    rows: [...document.querySelectorAll("#facts-table tbody tr")].filter((row) => !row.hidden).length,
    words: document.getElementById("status").textContent,
  };
}"""
STATE = """() => {
  const { on, ...rest } = window.techsov.state.current;
  return JSON.stringify({ ...rest, on: [...on].sort() });
}"""
CHANGE = """({ on, ...rest }) =>
  window.techsov.state.change({ ...rest, on: new Map(Object.entries(on)) }, rest.focus ? "push" : "replace")"""
STEPS = (
    "",
    "2019",
    "2024-04",
    "2024-05",
    "2026",
    "2027",
    "2029",
    "2030-12",
    "2031-05",
    "2032",
    "2034",
)
HIGH, MEDIUM = "0.85", "0.65"


def tokens(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...window.techsov.state.defaults.keys()]")
    return found


def last_day(step: str) -> date:
    return PartialDate(step).last


def counted(store: pyoxigraph.Store, on: Mapping[str, bool], step: str, today: date) -> int:
    """Count by SPARQL, over the triples alone, the facts that a state of the filters lets through."""
    schema = read_schema()

    def off(token: str) -> bool:
        return on.get(token) is False

    def terms(prefix: str, names: list[str]) -> str:
        return " ".join(f"{prefix}{name}" for name in names) or "sov:nothing"

    classes = [cls for cls, family in FAMILY_OF_CLASS.items() if on.get(f"m.{family}")]
    relations = [name for name, r in schema.relations.items() if not off(f"r.{r.family}")]
    statuses = [name for name in schema.in_scheme("status") if not off(f"s.{name}")]
    layers = [name for name in schema.in_scheme("layer") if not off(f"l.{name}")]
    circles = [token[2:] for token, shown in on.items() if token[:2] == "c." and not shown]
    sure = [("high", f"?c >= {HIGH}"), ("medium", f"?c < {HIGH} && ?c >= {MEDIUM}")]
    sure.append(("low", f"?c < {MEDIUM}"))
    day = last_day(step) if step else today
    planned = "" if step else " || ?status = c:status-planned"
    conditions = [
        "?subject != ?object",
        "||".join(f"({test})" for name, test in sure if not off(f"k.{name}")) or "false",
        f"EXISTS {{ ?a sov:layer ?l VALUES ?l {{ {terms('c:layer-', layers)} }} }}"
        + ("" if off("l.none") else " || NOT EXISTS { ?a sov:layer ?any }"),
    ]
    if on.get("t.past") is not True:
        conditions += [
            f'!BOUND(?from) || ?from <= "{day}"^^xsd:date{planned}',
            f'!BOUND(?to) || ?to >= "{day}"^^xsd:date',
            "NOT EXISTS { ?other sov:supersedes ?a }",
        ]
    if off("d.undated"):
        conditions.append("BOUND(?from) || BOUND(?to)")
    if circles:
        among = ", ".join(f"e:{name}" for name in circles)
        conditions.append(f"?relation != sov:memberOf || ?object NOT IN ({among})")
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    query = f"""{prefixes}PREFIX e: <https://w3id.org/techsov/id/>
    SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE {{
        ?a sov:predicate ?relation ; sov:subject ?subject ; sov:object ?object ;
            sov:status ?status ; sov:confidence ?c .
        ?subject a ?one . ?object a ?two .
        VALUES ?relation {{ {terms("sov:", relations)} }}
        VALUES ?status {{ {terms("c:status-", statuses)} }}
        VALUES ?one {{ {terms("sov:", classes)} }}
        VALUES ?two {{ {terms("sov:", classes)} }}
        OPTIONAL {{ ?a sov:validFrom ?from }} OPTIONAL {{ ?a sov:validUntil ?to }}
        {"".join(f"FILTER ({condition}) " for condition in conditions)}
    }}"""
    (row,) = store.query(query)  # type: ignore[misc]
    return int(row["n"].value)


@pytest.fixture(scope="module")
def store(invented: ModuleType) -> pyoxigraph.Store:
    knowledge: Knowledge = invented.invented()
    found = pyoxigraph.Store()
    triples = build_triples(knowledge.records, knowledge.schema, knowledge.day)
    found.load(to_bytes(triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return found


def rows_of(page: Page) -> int:
    with page.expect_download() as download:
        page.locator("#save-csv").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    return len(list(csv.reader(io.StringIO(text, newline="")))) - 1


def test_picture_table_file_and_sparql_count_alike_over_fifty_states_of_the_filters(
    site: Path, open_page: Any, store: pyoxigraph.Store, invented: ModuleType
) -> None:
    page = open_page(site / "en/map.html")
    choose = random.Random(16)
    counts = set()
    for number in range(50):
        share = choose.choice([0.05, 0.15, 0.3])
        on = {token: choose.random() >= share for token in tokens(page)}
        step = choose.choice(STEPS)
        page.evaluate(CHANGE, {"on": on, "date": step, "focus": "", "fact": ""})
        seen = page.evaluate(SEEN)
        expected = counted(store, on, step, invented.DAY)
        assert (seen["drawn"], seen["rows"]) == (expected, expected), (on, step)
        if number % 10 == 0:
            assert rows_of(page) == expected
        first = f"Showing {expected} of 55 facts" if expected else "None of the 55 facts"
        assert seen["words"].startswith((first, "Saved"))
        counts.add(expected)
    assert len(counts) > 15, "the states differ"


def test_a_hundred_random_views_come_back_from_their_addresses(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    choose = random.Random(18)
    names = tokens(page)
    marks = page.evaluate("[...window.techsov.state.data.nodes.keys()]")
    facts = page.evaluate(
        "[...window.techsov.state.data.edges.values()].map((e) => [e.id, e.from])"
    )
    views = []
    for _ in range(100):
        fact, subject = choose.choice([*facts, ("", "")])
        focus = subject or choose.choice([*marks, ""])
        page.evaluate(
            CHANGE,
            {
                "on": {token: choose.random() < 0.7 for token in names},
                "date": choose.choice(STEPS),
                "focus": focus,
                "fact": fact,
                "steps": choose.choice([1, 2]),
            },
        )
        views.append((page.evaluate("location.hash"), page.evaluate(STATE), page.evaluate(SEEN)))
    choose.shuffle(views)
    for number, (address, state, seen) in enumerate(views):
        if number % 10:
            page.evaluate("(address) => location.hash = address", address)
            wait_for(page, address)
        else:
            page.goto(page.url.partition("#")[0] + address)
            page.reload()
        assert page.evaluate(STATE) == state
        assert page.evaluate(SEEN) == seen


def wait_for(page: Page, address: str) -> None:
    """A change of the hash is read a moment later."""
    for _ in range(100):
        if page.evaluate("window.techsov.state.address") == address:
            return
        page.wait_for_timeout(5)
        if page.evaluate("location.hash") == address:
            page.wait_for_timeout(15)
            return
    pytest.fail(f"never: {address}")


def test_back_and_forward_restore_what_was_chosen(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html")
    states = [page.evaluate(STATE)]
    for focus in ("kelp", "nimbus", "harbour"):
        page.evaluate("(name) => window.techsov.state.focus(name)", focus)
        page.evaluate("window.techsov.state.change({ date: '2029' })")
        states.append(page.evaluate(STATE))
    for state in reversed(states[:-1]):
        page.go_back()
        page.wait_for_timeout(60)
        assert page.evaluate(STATE) == state
    for state in states[1:]:
        page.go_forward()
        page.wait_for_timeout(60)
        assert page.evaluate(STATE) == state


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("#date=2031-13", {"date": ""}),
        ("#date=yesterday&focus=kelp", {"date": "", "focus": "kelp"}),
        ("#v=99&focus=kelp", {"focus": "kelp"}),
        ("#off=l.nowhere~k.low", {"date": ""}),
        ("#fact=nothing", {"fact": ""}),
    ],
)
def test_what_an_address_says_in_vain_is_left_aside_and_told(
    site: Path, open_page: Any, address: str, kept: dict[str, str]
) -> None:
    page = open_page(site / "en/map.html", address)
    current = page.evaluate("(({ on, ...rest }) => rest)(window.techsov.state.current)")
    assert current | kept == current
    assert "Part of this link is not understood" in (page.locator("#status").text_content() or "")


def test_a_link_to_an_actor_that_is_gone_says_so_and_offers_to_search(
    site: Path, open_page: Any
) -> None:
    page = open_page(site / "en/map.html", "#v=1&focus=old-kelp&edition=abc")
    words = page.locator("#status").text_content() or ""
    assert "The link names “old-kelp”, which is not in this picture" in words
    assert "another edition" in words
    page.locator("#panel button.look").click()
    assert page.locator("#search").input_value() == "old kelp"
    page.locator("#search").fill("kelp")
    page.keyboard.press("Enter")
    assert page.locator("#panel .gone").count() == 0
    assert "old-kelp" not in page.url


def test_the_date_shows_what_held_then_and_counts_what_has_no_date(
    site: Path, open_page: Any, invented: ModuleType
) -> None:
    facts = {fact.id: fact for fact in invented.invented().records.facts}
    page = open_page(site / "en/map.html")
    page.locator("#filters > summary").click()
    shown = "[...window.techsov.state.shown().facts]"
    slider = page.locator("#date")
    assert "1 June 2031: the day of the data" in (page.locator("#date-text").text_content() or "")
    slider.press("Home")
    assert page.evaluate("window.techsov.state.current.date") == "2019"
    seen = set()
    for _ in range(200):
        step = page.evaluate("window.techsov.state.current.date")
        if step in seen:
            break
        seen.add(step)
        if step:
            day = last_day(step)
            assert all(facts[name].holds_on(day) for name in page.evaluate(shown))
            undated = [n for n in page.evaluate(shown) if not facts[n].valid_from]
            undated = [n for n in undated if not facts[n].valid_to]
            words = page.locator("#status").text_content() or ""
            assert f"{len(undated)} undated facts are among them." in words
            assert f"As at the end of {step}" in words or re.search(r"end of \w+ 20", words)
        slider.press("ArrowRight")
    assert {"2019", "2024", "", "2031-12", "2033-01"} <= seen
    page.locator("input[data-token='d.undated']").click()
    assert "undated facts are left out." in (page.locator("#status").text_content() or "")
    assert all(facts[name].valid_from or facts[name].valid_to for name in page.evaluate(shown))


def test_a_plan_is_drawn_as_a_plan_at_its_date_and_not_before(site: Path, open_page: Any) -> None:
    page = open_page(site / "en/map.html", "#date=2033")
    plan = "phare-vault--dependsOn--nimbus"
    line = """(start) => { const edge = window.techsov.network.body.data.edges.get()
      .find((each) => each.id.startsWith(start)); return [Boolean(edge.hidden), edge.dashes]; }"""
    assert page.evaluate(line, plan) == [False, [14, 7]]
    page.evaluate("window.techsov.state.change({ date: '2032' })")
    assert page.evaluate(line, plan)[0] is True


def test_one_button_takes_every_filter_back(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/map.html")
    reset = page.locator("#reset")
    assert reset.is_disabled()
    before = page.evaluate(SEEN)
    page.evaluate(
        """() => window.techsov.state.change({ date: "2027",
             on: new Map([...window.techsov.state.defaults].map(([token]) => [token, token[0] === "l"])) })"""
    )
    assert page.evaluate(SEEN)["rows"] == 0
    assert "Aucun des 55 faits ne passe les filtres." in page.evaluate(SEEN)["words"]
    assert "Figures\xa0: rien." in page.evaluate(SEEN)["words"]
    reset.click()
    assert page.evaluate(SEEN) == before
    assert "#" not in page.url
    assert reset.is_disabled()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ("Without: hypothetical; denied; ended", "Layer of the dependence: only chips; cloud."),
        ),
        (
            "fr",
            (
                "Sans\xa0: hypothétique\xa0; nié",
                "Couche de la dépendance\xa0: seulement cloud\xa0; puces.",
            ),
        ),
    ],
)
def test_the_words_say_what_the_filters_leave_out(
    site: Path, open_page: Any, language: str, told: tuple[str, ...]
) -> None:
    page = open_page(site / language / "map.html")
    page.locator("#filters > summary").click()
    for box in page.locator("#filters input[data-token^='l.']").all():
        if box.get_attribute("data-token") not in {"l.chips", "l.cloud"}:
            box.click()
    words = page.locator("#status").text_content() or ""
    assert all(part in words for part in told), words
    assert words in (page.locator("#table-count").text_content() or "")


def test_row_and_picture_lead_to_each_other(site: Path, open_page: Any) -> None:
    page = open_page(site / "fr/actor/corvette.html")
    page.evaluate("window.techsov.state.focus('harbour')")
    item = page.locator("#panel li[data-fact]").first
    fact = item.get_attribute("data-fact")
    item.locator("button.row").click()
    row = page.locator(f"#facts-table tr[data-fact='{fact}']")
    assert row.is_visible(), "its part of the page is unfolded"
    assert page.evaluate("document.activeElement.closest('tr').dataset.fact") == fact
    page.keyboard.press("Enter")
    page.wait_for_timeout(60)
    assert page.evaluate("window.techsov.state.current.fact") == fact
    assert page.evaluate("document.activeElement.id") == "stage"
    top = page.locator("#stage").bounding_box()
    assert top
    assert 0 <= top["y"] < 900


def test_only_one_line_is_read_out_by_itself(site: Path, open_page: Any) -> None:
    for kind in ("en/map.html", "fr/actor/corvette.html"):
        page = open_page(site / kind)
        live = "[...document.querySelectorAll('[aria-live],[role=status],[role=alert],output')]"
        assert page.evaluate(f"{live}.map((each) => each.id)") == ["find-status", "status"]
        page.evaluate("window.techsov.state.focus('corvette')")
        assert page.locator("#status").text_content()
        assert page.locator("#find-status").text_content() == "", "that of the other search"


def test_a_picture_without_facts_says_so_and_still_works(
    invented: ModuleType, tmp_path: Path, open_page: Any
) -> None:
    whole = invented.invented()
    drift = {name: whole.records.entities[name] for name in ("drift", "dredge")}
    fact = next(fact for fact in whole.records.facts if fact.subject == "drift")
    for name, records in (
        ("none", Records({}, {}, {}, ())),
        ("one", Records(drift, whole.records.sources, {}, (fact,))),
    ):
        publication = Publication(replace(whole, records=records))
        for path, text in asset_files(publication):
            keep(tmp_path / name, path, text)
        place = Place("map.html", "../", "en")
        keep(tmp_path / name, "en/map.html", map_page(publication, "en", place))
        page = open_page(tmp_path / name / "en/map.html")
        assert page.locator("#status").text_content() == "There is no fact to draw here."
        for button in ("#save-svg", "#save-csv"):
            with page.expect_download():
                page.locator(button).click()
