"""The page of concentration says what the command says, bounds and gaps included."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from techsov.graph.analysis.markets.concentration import WHOLE, Bounds
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.telling.concentration import concentration_table
from techsov.viz.markets import Markets, ends
from techsov.viz.pages.concentration import concentration_page
from techsov.viz.pages.frame import Place
from techsov.viz.publication import Publication


def page_of(publication: Publication, language: str = "en") -> str:
    return concentration_page(publication, language, Place("concentration.html", "../", language))


@pytest.fixture(scope="module")
def pages(shared_publication: Publication) -> dict[str, str]:
    return {language: page_of(shared_publication, language) for language in ("en", "fr")}


@pytest.fixture(scope="module")
def tables(pages: dict[str, str], tables_of: Any) -> Any:
    return tables_of(pages["en"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_table_of_shares_stands_there_in_the_words_of_the_command(
    pages: dict[str, str], shared_publication: Publication, tables_of: Any, language: str
) -> None:
    labels = Labels.of(shared_publication.knowledge, language)
    markets = shared_publication.markets
    said = concentration_table(markets.tables, (), labels, "eu").rows
    shown = list(tables_of(pages[language]).rows["shares"].values())
    assert len(shown) == len(markets.tables) == len(said) // 2 > 30
    for cells, suppliers, laws in zip(shown, said[::2], said[1::2], strict=True):
        assert cells[0] == f"{suppliers[0]} {suppliers[1]}, {suppliers[2]}"
        for cell, row in ((cells[2], suppliers), (cells[3], laws)):
            assert cell.split() == f"{row[4]} {row[5]} {row[3]}".split()
        assert [cell.split() for cell in cells[4:6]] == [word.split() for word in suppliers[6:8]]


def test_every_table_of_shares_names_its_holders_and_their_sources(
    tables: Any, shared_publication: Publication
) -> None:
    rows = zip(shared_publication.markets.tables, tables.rows["shares"], strict=True)
    for one, name in rows:
        links = tables.links["shares"][name]
        cited = [link for link in links if link.startswith("source/")]
        assert len(cited) >= len(one.table.holdings) > 0
        for holding in one.table.holdings:
            assert (
                shared_publication.teller("en").name(holding.holder)
                in tables.rows["shares"][name][6]
            )


def test_the_surest_concentration_comes_first(tables: Any) -> None:
    least = [int(cells[2] or -1) for cells in tables.orders["shares"].values()]
    assert least == sorted(least, reverse=True)


def test_the_answer_counts_what_can_be_told(
    pages: dict[str, str], shared_publication: Publication
) -> None:
    tables = shared_publication.markets.tables
    above = sum(one.firms is not None and one.firms.hhi.low > 2000 for one in tables)
    answer = re.search(r'<p class="answer">(.*?)</p>', pages["en"])
    assert answer
    assert f"{len(tables)} tables of market shares" in answer[1]
    assert f"{above} above 2,000 points" in answer[1]


def test_the_parts_of_a_layer_are_the_whole_and_the_unknown_is_no_law(
    shared_publication: Publication,
) -> None:
    markets = shared_publication.markets
    assert markets.layers
    for layer in markets.layers:
        parts = markets.parts(layer)
        assert sum(part.share for part in parts) == WHOLE
        known = sum(part.share for part in parts if part.kind == "law")
        assert known == sum(law.share for law in layer.laws if law.law)
        assert [p.kind for p in parts] == sorted(
            (p.kind for p in parts), key="law seat unknown".find
        )


def test_every_supplier_of_a_layer_has_its_dependents_its_law_and_its_facts(
    tables: Any, shared_publication: Publication
) -> None:
    for layer in shared_publication.markets.layers:
        rows = tables.rows[f"supplies-{layer.layer}"]
        assert list(rows) == [each.supplier for each in layer.supplies]
        for each, (_, share, _, facts) in zip(layer.supplies, rows.values(), strict=True):
            assert share.startswith(f"dependents: {len(each.dependents)} (")
            assert facts.startswith(f"Facts: {len(each.facts)} ")


def test_a_column_of_the_matrix_is_the_whole_of_its_layer(tables: Any) -> None:
    rows = tables.orders["laws"].values()
    for column in range(1, len(next(iter(rows)))):
        total = sum(float(cells[column] or 0) for cells in rows)
        assert total == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(
    ("low", "high", "places"),
    [(0, 10_000, (0, 100)), (2500, 2500, (25, 25)), (1641, None, (16.41, 100))],
)
def test_bounds_stand_on_the_scale_where_they_are(
    low: int, high: int | None, places: tuple[float, float]
) -> None:
    assert ends(Bounds(Fraction(low), None if high is None else Fraction(high))) == places


def test_intervals_are_drawn_where_the_points_are(pages: dict[str, str]) -> None:
    """The graphic beside "7,760–7,824" begins at 77.6 % of the scale."""
    found = re.search(r">7,760–7,824</span>\s*(<svg.*?</svg>)", pages["en"], re.DOTALL)
    assert found
    assert '<rect x="77.6%"' in found[1]
    assert '<rect x="78.24%"' in found[1]


def test_both_languages_hold_the_same_rows_and_numbers(
    pages: dict[str, str], tables_of: Any
) -> None:
    english, french = tables_of(pages["en"]), tables_of(pages["fr"])
    assert english.orders == french.orders
    assert english.links == french.links


Build = Callable[..., Knowledge]


def test_text_in_a_table_of_shares_stays_text(invented_world: ModuleType, tables_of: Any) -> None:
    shares = "\nquartzo hasMarketShare hosting stated gazette:1 share=60\n"
    shares += "dune hasMarketShare hosting stated gazette:1 share=30\n"
    world: Build = invented_world.world
    knowledge = world(
        invented_world.ENTITIES,
        invented_world.FACTS + shares,
        lambda text: f"<img src=x onerror=a>\"'{text}",
    )
    page = page_of(Publication(knowledge))
    (row,) = tables_of(page).rows["shares"].values()
    assert row[2].startswith("4,500–4,600")
    assert "<img" not in page
    assert "&lt;img" in page


def test_nothing_known_is_said(archipelago: Knowledge) -> None:
    kept = tuple(f for f in archipelago.records.facts if f.relation == "memberOf")
    nothing = replace(archipelago, records=replace(archipelago.records, facts=kept))
    page = page_of(Publication(nothing))
    assert "No source read here gives a market share, nor says that one thing" in page
    assert Markets(Publication(nothing).findings).tables == ()
