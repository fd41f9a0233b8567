"""Chains in words, over the invented example."""

from dataclasses import replace
from decimal import Decimal

import pytest

from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.reasons import (
    chain_line,
    cited,
    cited_facts,
    hop_sentence,
    status_words,
    verb_from,
)
from techsov.graph.records import Fact


@pytest.fixture(scope="session", params=["en", "fr"])
def labels(example: Knowledge, request: pytest.FixtureRequest) -> Labels:
    return Labels.of(example, request.param)


@pytest.fixture(scope="session")
def english(example: Knowledge) -> Labels:
    return Labels.of(example, "en")


def found(labels: Labels, subject: str, relation: str, target: str, status: str = "stated") -> Fact:
    (fact,) = (
        fact
        for fact in labels.facts.values()
        if (fact.subject, fact.relation, fact.object, fact.status)
        == (subject, relation, target, status)
    )
    return fact


def step(labels: Labels, tail: str, head: str, *facts: Fact) -> Hop:
    made = hop(tail, head, facts)
    assert set(made.facts) <= labels.facts.keys()
    return made


def with_facts(labels: Labels, *facts: Fact) -> Labels:
    """The same words, and some facts more."""
    return replace(labels, facts={**labels.facts, **{fact.id: fact for fact in facts}})


def test_a_step_reads_along_the_fact_or_against_it(labels: Labels) -> None:
    supplied = found(labels, "chipper", "provides", "tiny-chip")
    along = step(labels, "chipper", "tiny-chip", supplied)
    against = step(labels, "tiny-chip", "chipper", supplied)
    assert (hop_sentence(along, labels), hop_sentence(against, labels)) == {
        "en": ("Chipper provides Tiny Chip", "Tiny Chip is provided by Chipper"),
        "fr": ("Chipper fournit Petite Puce", "Petite Puce est fourni par Chipper"),
    }[labels.language]


def test_a_step_tells_its_layer(labels: Labels) -> None:
    fact = found(labels, "nimbus-cloud", "dependsOn", "tiny-chip")
    assert (
        hop_sentence(step(labels, "nimbus-cloud", "tiny-chip", fact), labels)
        == {
            "en": "Nimbus Cloud depends on Tiny Chip (chips)",
            "fr": "Nuage Nimbus dépend de Petite Puce (puces)",
        }[labels.language]
    )


def test_a_step_that_is_only_planned_says_so(labels: Labels) -> None:
    fact = found(labels, "nimbus-cloud", "dependsOn", "cumulus-cloud", "planned")
    assert (
        hop_sentence(step(labels, "nimbus-cloud", "cumulus-cloud", fact), labels)
        == {
            "en": "Nimbus Cloud depends on Cumulus Cloud (cloud) [planned]",
            "fr": "Nuage Nimbus dépend de Nuage Cumulus (cloud) [prévu]",
        }[labels.language]
    )


def test_a_step_that_somebody_claims_says_who(english: Labels) -> None:
    fact = found(english, "cumulus", "provides", "cumulus-cloud")
    claimed = replace(fact, id="claimed", status="claimed", claimant="nimbus")
    planned = replace(fact, id="planned", status="planned")
    labels = with_facts(english, claimed, planned)
    assert status_words(claimed, labels) == "claimed (Nimbus)"
    assert status_words(planned, labels) == "planned"
    assert hop_sentence(step(labels, "cumulus", "cumulus-cloud", claimed), labels) == (
        "Cumulus provides Cumulus Cloud [claimed (Nimbus)]"
    )
    assert hop_sentence(step(labels, "cumulus", "cumulus-cloud", claimed, planned), labels) == (
        "Cumulus provides Cumulus Cloud [claimed (Nimbus) / planned]"
    )


def test_a_step_that_one_fact_states_needs_no_mode(english: Labels) -> None:
    stated = found(english, "cumulus", "provides", "cumulus-cloud")
    planned = replace(stated, id="a-planned", status="planned")
    labels = with_facts(english, planned)
    assert hop_sentence(step(labels, "cumulus", "cumulus-cloud", planned, stated), labels) == (
        "Cumulus provides Cumulus Cloud"
    )


def test_parallel_facts_are_one_step_with_all_verbs_and_layers(english: Labels) -> None:
    chips = found(english, "nimbus-cloud", "dependsOn", "tiny-chip")
    compute = replace(chips, id="zz", qualifiers={"layer": ("compute", "chips")})
    made = replace(chips, id="zzz", subject="tiny-chip", relation="provides", object="nimbus-cloud")
    labels = with_facts(english, compute, made)
    both = step(labels, "nimbus-cloud", "tiny-chip", chips, compute, made)
    assert hop_sentence(both, labels) == (
        "Nimbus Cloud depends on / is provided by Tiny Chip (chips, compute)"
    )


def test_a_verb_leads_away_from_the_tail(english: Labels) -> None:
    fact = found(english, "nimbus", "subsidiaryOf", "cumulus")
    assert verb_from("nimbus", fact, english) == "is a subsidiary of"
    assert verb_from("cumulus", fact, english) == "is the parent of"


def test_a_chain_is_one_line_in_which_each_step_begins_where_one_ends(labels: Labels) -> None:
    needs = found(labels, "nimbus-cloud", "dependsOn", "tiny-chip")
    supplied = found(labels, "chipper", "provides", "tiny-chip")
    steps = [
        step(labels, "nimbus-cloud", "tiny-chip", needs),
        step(labels, "tiny-chip", "chipper", supplied),
    ]
    assert (
        chain_line(steps, labels)
        == {
            "en": "Nimbus Cloud → depends on Tiny Chip (chips) → is provided by Chipper",
            "fr": "Nuage Nimbus → dépend de Petite Puce (puces) → est fourni par Chipper",
        }[labels.language]
    )
    assert chain_line(steps[1:], labels).count("→") == 1
    assert chain_line([], labels) == ""


def test_a_chain_is_cited_each_place_once(labels: Labels) -> None:
    needs = found(labels, "nimbus-cloud", "dependsOn", "tiny-chip")
    supplied = found(labels, "chipper", "provides", "tiny-chip")
    steps = [
        step(labels, "nimbus-cloud", "tiny-chip", needs),
        step(labels, "tiny-chip", "chipper", supplied),
    ]
    assert cited(steps, labels) == "gazette ¶1; nimbus-page"
    assert cited(reversed(steps), labels) == "gazette ¶1; nimbus-page"
    assert cited([], labels) == ""


def test_what_only_promotion_says_is_marked(labels: Labels) -> None:
    moved = found(labels, "nimbus-cloud", "dependsOn", "cumulus-cloud", "planned")
    needs = found(labels, "nimbus-cloud", "dependsOn", "tiny-chip")
    only = {"en": "promotional only", "fr": "promotion seulement"}[labels.language]
    assert cited_facts([moved.id], labels) == f"nimbus-page ({only})"
    assert cited_facts([needs.id, moved.id], labels) == (
        f"gazette ¶1; nimbus-page; nimbus-page ({only})"
    )


def test_french_elides_before_a_vowel(example: Knowledge) -> None:
    labels = Labels.of(example, "fr")
    fact = replace(found(labels, "nimbus", "subsidiaryOf", "cumulus"), id="x", object="ours")
    assert hop_sentence(Hop("nimbus", "ours", ("x",), Decimal(1)), with_facts(labels, fact)) == (
        "Nimbus est une filiale d’ours"
    )
