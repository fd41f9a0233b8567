"""Facts in words: names, periods, details, and addresses that may be linked."""

from dataclasses import replace

import pytest

from techsov.graph.flow import Knowledge
from techsov.viz.publication import Publication
from techsov.viz.sentences import Told, web_address


def told(publication: Publication, start: str, language: str = "en") -> Told:
    facts = [f for f in publication.knowledge.records.facts if f.id.startswith(start)]
    assert len(facts) == 1, facts
    return publication.teller(language).tell(facts[0])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https:///x",
        "https://example.org/a b",
        'https://example.org/"onmouseover="x',
        "https://example.org/<b>",
        "http://[",
        "",
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str) -> None:
    assert web_address(address) == ""


def test_an_address_of_the_web_stays_as_it_is() -> None:
    assert web_address("https://example.org/a?b=1&c=%20#d") == "https://example.org/a?b=1&c=%20#d"


def test_a_fact_reads_as_a_sentence_in_both_languages(publication: Publication) -> None:
    assert told(publication, "q7--dependsOn").sentence == "Quartzo Q7 depends on Élan Foundry"
    assert told(publication, "q7--dependsOn", "fr").sentence == "Quartzo Q7 dépend de Fonderie Élan"


def test_a_number_is_written_as_the_language_does(publication: Publication) -> None:
    assert told(publication, "corvette--hasQuantity").object_name == "1,250,000.5 florins"
    assert (
        told(publication, "corvette--hasQuantity", "fr").object_name
        == "1\u202f250\u202f000,5 florins"
    )


def test_a_concept_is_named_and_has_no_page(publication: Publication) -> None:
    fact = told(publication, "corvette-hosting--describedAs", "fr")
    assert fact.object_name == "souverain"
    assert fact.object == ""
    assert fact.claimant == "Corvette Nuage"


def test_details_are_in_words(publication: Publication) -> None:
    share = told(publication, "aurelia--ownsShareIn", "fr")
    assert share.details == "part\xa0: 34\xa0% · 51\xa0% des votes"
    assert "cloud, platform" in told(publication, "corvette-hosting--dependsOn--nimbus").details


@pytest.mark.parametrize(
    ("start", "period"),
    [
        ("nimbostrat--subsidiaryOf", "depuis le 6 mai 2024"),
        ("sextant--subsidiaryOf", "2019 – 2029"),
        ("q7--dependsOn", ""),
    ],
)
def test_periods_are_as_precise_as_the_source(
    publication: Publication, start: str, period: str
) -> None:
    assert told(publication, start, "fr").period == period


def test_standing_says_what_no_longer_holds_and_what_is_replaced(
    publication: Publication, archipelago: Knowledge
) -> None:
    assert told(publication, "sextant--subsidiaryOf").standing == "past"
    assert told(publication, "dune--builds").standing == "now", "a plan may lie ahead"
    facts = archipelago.records.facts
    new = replace(facts[0], supersedes=(facts[1].id,), id="new")
    records = replace(archipelago.records, facts=(*facts, new))
    teller = Publication(replace(archipelago, records=records)).teller("en")
    assert teller.tell(facts[1]).standing == "replaced"


def test_confidence_is_a_word(publication: Publication) -> None:
    assert told(publication, "q7--dependsOn").confidence_word == "high"
    assert told(publication, "dune--builds", "fr").confidence_word == "moyenne"
    assert told(publication, "hospitals--dependsOn--giants").confidence_word == "low"


def test_each_piece_of_evidence_is_named_placed_and_dated(publication: Publication) -> None:
    first, second = told(publication, "nimbus--dependsOn--q7").proofs
    assert (first.document.id, first.place, first.passage) == (
        "gazette",
        "paragraph 2",
        "gazette-p2",
    )
    assert (second.document.date, second.cited) == (
        "November 2030",
        "Study that the report invokes",
    )
    page = told(publication, "ledger--dependsOn--rigging", "fr").proofs[0]
    assert (page.place, page.document.date) == (
        "page entière",
        "sans date, consulté\xa0: 30 mai 2031",
    )
