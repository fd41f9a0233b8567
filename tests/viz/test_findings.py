"""What pages say follows from the facts: each finding with its chains, sources and gaps."""

import re

import pytest

from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.viz.findings import Findings
from techsov.viz.pages.actor import actor_page
from techsov.viz.pages.frame import Place
from techsov.viz.pages.home import home_page
from techsov.viz.publication import Publication
from techsov.viz.telling import Finding, Telling, headline


@pytest.fixture(scope="module")
def publication(published: Knowledge) -> Publication:
    return Publication(published)


def told(publication: Publication, entity: str, language: str = "en") -> dict[str, Finding]:
    labels = Labels.of(publication.knowledge, language)
    found = Telling(publication.findings, entity, publication.teller(language), labels).all()
    return {finding.id: finding for finding in found}


def test_a_supplier_tells_what_hangs_on_it_and_a_dependent_on_whom_it_hangs(
    publication: Publication,
) -> None:
    hanging = told(publication, "nvidia")["hanging"]
    assert ("jupiter", "JUPITER") in {item.entities[0] for item in hanging.items}
    points = told(publication, "jupiter")["points"]
    (by_nvidia,) = [item for item in points.items if item.entities == (("nvidia", "NVIDIA"),)]
    assert [step.tail for step in by_nvidia.steps] == ["jupiter"]
    assert all(proof.document.id for step in by_nvidia.steps for proof in step.proofs)


def test_the_figures_of_an_answer_are_the_lines_below_it(publication: Publication) -> None:
    for entity in ("nvidia", "microsoft", "uae-sovereign-cloud"):
        findings = told(publication, entity)
        counted = [int(number) for number in re.findall(r"\d+", findings["hanging"].answer)]
        if findings["hanging"].items:
            assert counted[0] == len(findings["hanging"].items)
        rows = findings["reach"].items
        own = re.search(r"Laws of its own that reach it: (\d+)", findings["reach"].answer)
        first = findings["reach"].answer.split()[0]
        foreign = {"One": 1, "Nothing": 0}[first] if first.isalpha() else int(first)
        assert foreign + (int(own[1]) if own else 0) == len(rows) > 0


def test_what_is_not_known_is_said_and_no_zero_stands_for_it(publication: Publication) -> None:
    lonely = next(
        name
        for name in publication.pages
        if name not in publication.findings.chokepoints.circuits["worst"].number
        and name not in publication.findings.exposures
    )
    findings = told(publication, lonely)
    for finding in findings.values():
        if finding.id in ("points", "hanging", "reach"):
            assert finding.items == ()
            assert not re.search(r"\b0\b", finding.answer)
            assert finding.facts == 0


def test_every_finding_rests_on_facts_wherever_it_has_lines(publication: Publication) -> None:
    for entity in publication.pages[:150]:
        for finding in told(publication, entity).values():
            assert (finding.facts > 0) == bool(finding.items), (entity, finding.id)


def test_a_claim_is_told_against_the_chain_that_contradicts_it(publication: Publication) -> None:
    claims = told(publication, "uae-sovereign-cloud")["claims"]
    first = claims.items[0]
    assert "contradicted" in first.kind
    assert any(
        [step.tail for step in item.steps] == ["uae-sovereign-cloud", "nvidia"]
        for item in claims.items
    )


def test_the_ladder_never_shows_a_seal_without_the_count_of_open_answers(
    publication: Publication,
) -> None:
    assert publication.findings.assessed
    for entity in publication.findings.assessed:
        ladder = told(publication, entity)["ladder"]
        assert re.search(r"\d+ of \d+ criteria unanswered", ladder.answer)
        assert any("1.2" in note and "1.4" in note for note in ladder.notes)


def test_the_overview_opens_with_what_two_rivals_share(publication: Publication) -> None:
    for language, rival in (("en", "UAE sovereign cloud"), ("fr", "Cloud souverain des Émirats")):
        page = home_page(publication, language, Place("index.html", "../", language))
        start = page.index('<details class="finding" id="finding"')
        finding = page[start : page.index("</details>", start)]
        assert rival in finding
        assert "NVIDIA" in finding
        for passage in ("scaleway-announcements.html#p14", "aleria-nvidia.html#p13"):
            assert f"source/{passage}" in finding


def test_a_page_holds_the_findings_in_its_language(publication: Publication) -> None:
    place = Place("actor/s3ns.html", "../../", "fr")
    page = actor_page(publication, "fr", place, "s3ns", publication.around("s3ns"))
    assert "Ce qui en découle" in page
    assert 'id="follows-reach"' in page
    assert "CLOUD Act" in page


def test_nothing_is_shared_where_nobody_is_called_sovereign(example: Knowledge) -> None:
    from dataclasses import replace

    facts = tuple(f for f in example.records.facts if f.relation != "describedAs")
    knowledge = replace(example, records=replace(example.records, facts=facts))
    labels = Labels.of(knowledge, "en")
    assert headline(Findings(knowledge), Publication(knowledge).teller("en"), labels) is None
