"""The page of chokepoints says what the analyses and the commands say, with its doubts beside it."""

import re
from typing import Any

import pytest

from techsov.graph.analysis.network.centrality import reach
from techsov.graph.analysis.network.robustness import pivotal_facts, robust_ranks
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.telling.chokepoints import chokepoints_table
from techsov.viz.holds import Holds
from techsov.viz.pages.chokepoints import chokepoints_page
from techsov.viz.pages.frame import Place
from techsov.viz.publication import Publication
from techsov.viz.style import STACK


@pytest.fixture(scope="module")
def pages(shared_publication: Publication) -> dict[str, str]:
    return {
        language: chokepoints_page(
            shared_publication, language, Place("chokepoints.html", "../", language)
        )
        for language in ("en", "fr")
    }


@pytest.fixture(scope="module")
def tables(pages: dict[str, str], tables_of: Any) -> Any:
    return tables_of(pages["en"])


def test_the_ranking_is_that_of_the_command_and_never_of_the_degree(
    tables: Any, published: Knowledge
) -> None:
    view = dependency_view(published.records, published.schema, published.day)
    firm = robust_ranks(view, "reach")[:20]
    ranked = {row.node: row for row in reach(view)}
    shown = tables.rows["ranks"]
    assert list(shown) == [row.node for row in firm]
    by_id = {fact.id: fact for fact in published.records.facts}
    for row in firm:
        rank, _, value, interval, often, behind, why = shown[row.node]
        ends = str(row.low) if row.low == row.high else f"{row.low}–{row.high}"
        assert (rank, value, interval) == (str(row.rank), f"{row.value:.0f}", ends)
        assert float(tables.orders["ranks"][row.node][4]) == row.in_top
        assert often == f"{100 * row.in_top:.0f}%"
        facts = ranked[row.node].facts
        single = sum(len(by_id[name].sources) == 1 for name in facts)
        assert behind.startswith(f"{len(facts)} {single} (")
        assert why
    degrees = sorted(shown, key=lambda node: -len(set(view.predecessors(node))))
    assert degrees != list(shown)


def test_every_row_of_the_ranking_leads_to_a_dossier_a_trial_and_a_source(tables: Any) -> None:
    for node, links in tables.links["ranks"].items():
        assert f"actor/{node}.html" in links
        assert f"whatif.html#remove={node}" in links
        assert any(link.startswith("source/") for link in links)


def test_the_facts_on_which_the_first_five_hang_are_all_named(
    tables: Any, published: Knowledge
) -> None:
    view = dependency_view(published.records, published.schema, published.day)
    assert list(tables.rows["pivots"]) == [pivot.fact for pivot in pivotal_facts(view, "reach")]


def test_what_hangs_on_a_supplier_is_what_the_command_counts(
    tables: Any, shared_publication: Publication
) -> None:
    found = shared_publication.findings.chokepoints
    labels = Labels.of(shared_publication.knowledge, "en")
    said = {row[0]: row for row in chokepoints_table(found, labels, 10_000).data}
    shown = tables.rows["suppliers"]
    assert list(shown) == list(said)
    for supplier, (_, *counts, _who) in shown.items():
        _, _, lost, impaired, best, below, direct = said[supplier]
        lists = [each for each in (lost, impaired, best, below) if isinstance(each, list)]
        assert [int(count) for count in counts] == [*map(len, lists), direct]


def test_both_readings_stand_apart_for_every_victim(
    tables: Any, shared_publication: Publication
) -> None:
    found = shared_publication.findings.chokepoints
    rows = tables.orders["victims"]
    assert set(rows) == {*found.points["worst"], *found.pairs.of}
    for entity, (_, sure, worst, pairs, _) in rows.items():
        ways = [way.kind for way in found.ways_down(entity)]
        counts = [ways.count(kind) for kind in ("alone-sure", "alone", "pair")]
        assert [int(sure), int(worst), int(pairs)] == counts
        links = tables.links["victims"][entity]
        assert f"actor/{entity}.html#follows-points" in links or any(
            link.startswith("source/") for link in links
        )


def test_a_pair_is_tried_together(tables: Any, shared_publication: Publication) -> None:
    for entity, pairs in shared_publication.findings.chokepoints.pairs.of.items():
        for one, other in pairs:
            assert f"whatif.html#remove={one}~{other}" in tables.links["victims"][entity]


def test_rivals_and_what_they_share_come_with_both_chains(
    tables: Any, shared_publication: Publication
) -> None:
    found = shared_publication.findings.upstream
    assert len(tables.rows["upstream"]) == len(found) > 0
    for row, links in zip(found, tables.links["upstream"].values(), strict=True):
        assert f"actor/{row.supplier}.html" in links
        assert sum(link.startswith("source/") for link in links) >= 3


def test_the_stack_counts_what_is_in_each_layer(tables: Any, published: Knowledge) -> None:
    view = dependency_view(published.records, published.schema, published.day)
    shown = tables.rows["stack"]
    order = [layer for layer in STACK if layer in shown]
    assert list(shown) == order
    for layer, (_, _, dependents, facts) in shown.items():
        edges = [(t, n) for t, _, n, e in view.edges(keys=True, data=True) if layer in e["layers"]]
        assert dependents == str(len({tail for tail, _ in edges}))
        assert facts.startswith(f"{len(edges)}, of which ")
    assert {layer for *_, e in view.edges(data=True) for layer in e["layers"]} == set(shown)


def test_the_answer_says_who_how_many_and_how_sure(
    pages: dict[str, str], shared_publication: Publication
) -> None:
    holds = shared_publication.holds
    first, firmest = holds.ranks[0].firm, holds.firmest
    assert firmest
    answer = re.search(r'<p class="answer">(.*?)</p>', pages["en"])
    assert answer
    name = shared_publication.teller("en").name
    for part in (
        name(first.node),
        f"({first.value:.0f} of {len(holds.firm) - 1} others",
        f"between rank {first.low} and rank {first.high}",
        name(firmest.node),
        f"Of {holds.facts} facts of dependence, {holds.single} (",
    ):
        assert part in answer[1]


def test_both_languages_hold_the_same_rows_and_numbers(
    pages: dict[str, str], tables_of: Any
) -> None:
    english, french = tables_of(pages["en"]), tables_of(pages["fr"])
    assert english.orders == french.orders
    assert english.links == french.links


def test_a_graph_without_dependences_says_so(archipelago: Knowledge, tables_of: Any) -> None:
    from dataclasses import replace

    kept = tuple(f for f in archipelago.records.facts if f.relation in ("memberOf", "leads"))
    nothing = Publication(replace(archipelago, records=replace(archipelago.records, facts=kept)))
    page = chokepoints_page(nothing, "en", Place("chokepoints.html", "../", "en"))
    assert tables_of(page).rows == {}
    assert page.count("No source read here says that one thing relies on another.") == 3
    assert Holds(nothing.findings).firmest is None
