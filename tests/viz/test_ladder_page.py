"""The page of the ladders says what the assessments find, and never a level without its gaps."""

import re
from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest

from techsov.graph.analysis.claims.upstream import shared_upstream
from techsov.graph.analysis.ladder.assessment import (
    Assessment,
    answers_on,
    assess,
    assessable,
    changed,
    compared,
)
from techsov.graph.analysis.ladder.framework import ceiling
from techsov.graph.analysis.ladder.grounds import Grounds
from techsov.graph.analysis.reach.exposure import PREMISES
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.errors import UsageError
from techsov.graph.messages import LANGUAGES, say
from techsov.graph.telling.score import CHAINS, ScoreTeller
from techsov.viz.pages.frame import Place
from techsov.viz.pages.ladder import ladder_page
from techsov.viz.publication import Publication

MOST_BYTES = 640_000


@pytest.fixture(scope="module", params=["published", "archipelago"])
def shared(request: pytest.FixtureRequest) -> Publication:
    return Publication(request.getfixturevalue(request.param))


def assessed(shared: Publication, statuses: tuple[str, ...]) -> dict[str, Assessment]:
    """What stands on the ladders, through no code of the page."""
    knowledge = shared.knowledge
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
    stated = Standing.on(knowledge.records, knowledge.schema, knowledge.day)
    grounds, answers = Grounds(standing), answers_on(standing)
    names = [*compared(stated), *firms(stated)]
    return {name: assess(name, grounds, knowledge.framework, answers) for name in names}


def firms(standing: Standing) -> Iterator[str]:
    offerings = set(compared(standing))
    for name, entity in standing.records.entities.items():
        if standing.is_a(name, "Organisation") and name not in offerings:
            try:
                if assessable(entity, standing) == name:
                    yield name
            except UsageError:
                continue


@pytest.fixture(scope="module")
def found(shared: Publication) -> dict[str, Assessment]:
    return assessed(shared, ("stated",))


@pytest.fixture(scope="module")
def planned(shared: Publication) -> dict[str, Assessment]:
    return assessed(shared, ("stated", "planned"))


@pytest.fixture(scope="module")
def texts(shared: Publication) -> dict[str, str]:
    return {
        language: ladder_page(shared, language, Place("ladder.html", "../", language))
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def pages(texts: dict[str, str], reading: ModuleType) -> dict[str, Any]:
    return {language: reading.tree(text) for language, text in texts.items()}


def cards(page: Any) -> dict[str, Any]:
    return {
        card.attrs["data-offer"]: card for card in page.all("article") if "data-offer" in card.attrs
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_gives_the_figures_of_the_assessments(
    pages: dict[str, Any],
    shared: Publication,
    found: dict[str, Assessment],
    reading: ModuleType,
    language: str,
) -> None:
    framework = shared.knowledge.framework
    labels = Labels.of(shared.knowledge, language)
    objectives = list(framework.profile().weights)
    shown = reading.rows(pages[language], "ladder")
    assert len(shown) > 3
    for row in shown:
        one = found[row.attrs["data-id"]]
        orders = [cell.attrs.get("data-order") for cell in row.all("td")]
        words = [cell.text for cell in row.all("td")]
        for place, objective in enumerate(["", *objectives]):
            top = ceiling(framework, one.positions, objective=objective)
            assert orders[place] == (str(top.seal) if top.by else "")
            for name in top.by:
                assert framework.criteria[name].number in words[place]
        top = ceiling(framework, one.positions)
        assert re.findall(r"\d+", words[9]) == [str(top.unanswered), str(top.movable)]
        for place, profile in enumerate(framework.profiles.values(), start=10):
            assert words[place] == ScoreTeller(framework, profile, labels).interval(one)


def test_each_stands_once_in_the_table_or_among_those_of_which_no_ceiling_is_known(
    pages: dict[str, Any],
    found: dict[str, Assessment],
    planned: dict[str, Assessment],
    reading: ModuleType,
) -> None:
    page = pages["en"]
    table = [row.attrs["data-id"] for row in reading.rows(page, "ladder")]
    unknown = [item.attrs["data-open"] for item in page.all("li") if "data-open" in item.attrs]
    assert sorted([*table, *unknown]) == sorted(found)
    assert set(table) == {
        name
        for name, one in found.items()
        if one.known or one.reported or changed(one, planned[name])
    }
    for name in unknown:
        assert not any(verdict.cap for verdict in found[name].verdicts.values())


def test_the_lowest_ceilings_come_first(
    pages: dict[str, Any], found: dict[str, Assessment], reading: ModuleType
) -> None:
    rows = reading.rows(pages["en"], "ladder")
    seals = [next(row.all("td")).attrs["data-order"] for row in rows]
    known = [found[row.attrs["data-id"]].known for row in rows]
    assert known == sorted(known, reverse=True)
    assert [seal or "9" for seal in seals] == sorted(seal or "9" for seal in seals)


def test_no_level_is_told_without_the_count_of_open_answers(pages: dict[str, Any]) -> None:
    for language, pattern in (("en", r"\d+ of \d+ criteria"), ("fr", r"\d+ critères sur \d+")):
        for card in cards(pages[language]).values():
            for said in (card.one("p", **{"class": "seal"}), *card.all("section")):
                if "notes" in said.classes or "scores" in said.classes:
                    continue
                assert re.search(pattern, said.text)


def test_where_nothing_caps_no_ceiling_is_known(
    pages: dict[str, Any], found: dict[str, Assessment], shared: Publication
) -> None:
    framework = shared.knowledge.framework
    for name, card in cards(pages["en"]).items():
        top = ceiling(framework, found[name].positions)
        seal = card.one("p", **{"class": "seal"}).text
        assert ("No ceiling known" in seal) == (not top.by)
        if top.by:
            assert f"at most {top.seal}" in seal
        drawn = next(card.all("use")).attrs["href"]
        assert drawn == (f"#ladder-{top.seal}" if top.by else "#ladder-open")


def test_a_card_gives_each_cap_its_reason_its_chains_and_their_sources(
    pages: dict[str, Any],
    found: dict[str, Assessment],
    shared: Publication,
    reading: ModuleType,
) -> None:
    framework, labels = shared.knowledge.framework, Labels.of(shared.knowledge, "en")
    words = ScoreTeller(framework, framework.profile(), labels)
    chains = 0
    for name, card in cards(pages["en"]).items():
        links = {reading.passage_of(link.attrs["href"]) for link in card.all("a")}
        for criterion, verdict in found[name].verdicts.items():
            if not verdict.cap:
                continue
            assert words.name(framework.criteria[criterion]) in card.text
            assert words.reason(verdict.cap) in card.text
            for chain in verdict.cap.found.chains[:CHAINS]:
                chains += 1
                for step in chain:
                    for fact in step.facts:
                        said = {item.passage for item in labels.facts[fact].evidence}
                        assert said <= links
    assert chains


def test_what_is_planned_is_told_apart(
    pages: dict[str, Any],
    found: dict[str, Assessment],
    planned: dict[str, Assessment],
    reading: ModuleType,
    shared: Publication,
) -> None:
    framework = shared.knowledge.framework
    for row in reading.rows(pages["en"], "ladder"):
        name = row.attrs["data-id"]
        *_, last = row.all("td")
        if not changed(found[name], planned[name]):
            assert last.text == ""
            continue
        top = ceiling(framework, planned[name].positions)
        assert last.text.startswith(f"at most {top.seal}" if top.by else "no ceiling")
        assert "If the plans come true" in cards(pages["en"])[name].text


def test_two_rivals_with_a_common_supplier_are_compared_first(
    pages: dict[str, Any], shared: Publication, found: dict[str, Assessment], reading: ModuleType
) -> None:
    knowledge = shared.knowledge
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, PREMISES)
    pairs = [(row.left.subject, row.right.subject) for row in shared_upstream(standing)]
    pairs = [pair for pair in pairs if set(pair) <= found.keys()]
    page = pages["en"]
    first = [card.attrs["data-offer"] for card in page.one(id="compared").all("article")]
    told = [each.attrs["data-pair"] for each in page.all("details") if "data-pair" in each.attrs]
    assert told == [" ".join(pair) for pair in pairs]
    if pairs:
        assert tuple(first) == pairs[0]
    else:
        table = [row.attrs["data-id"] for row in reading.rows(page, "ladder")]
        assert first == table[:2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_official_weightings_are_given(
    pages: dict[str, Any], shared: Publication, reading: ModuleType, language: str
) -> None:
    profiles = list(shared.knowledge.framework.profiles.values())
    assert len(profiles) == 2
    for row in reading.rows(pages[language], "weights"):
        objective = row.attrs["data-id"]
        weights = [cell.text for cell in row.all("td")][:2]
        assert weights == [str(profile.weights[objective]) for profile in profiles]
    for card in cards(pages[language]).values():
        scores = next(each for each in card.all("section") if "scores" in each.classes).text
        assert all(profile.label(language) in scores for profile in profiles)
        assert "1.2" in scores
        assert "1.4" in scores


def test_a_firm_says_that_it_stands_for_its_offering(
    pages: dict[str, Any], shared: Publication, found: dict[str, Assessment]
) -> None:
    own = {name for name, one in found.items() if one.offer.itself}
    told = cards(pages["en"]).keys() & own
    for name in told:
        said = say("score.itself", "en", name=Labels.of(shared.knowledge, "en").entity(name))
        assert said in cards(pages["en"])[name].text


def test_the_page_is_of_bearable_weight_and_its_headings_in_order(
    texts: dict[str, str], pages: dict[str, Any]
) -> None:
    for language, text in texts.items():
        assert len(text.encode()) <= MOST_BYTES
        levels = [int(n.tag[1]) for n in pages[language].all() if re.fullmatch(r"h[1-6]", n.tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_hostile_names_are_text(inventing: ModuleType) -> None:
    hostile = inventing.invented(lambda text: f"</script><b onload=x>{text[:6]}")
    text = ladder_page(Publication(hostile), "en", Place("ladder.html", "../", "en"))
    assert "<b onload" not in text
    assert "&lt;b onload=x&gt;" in text
