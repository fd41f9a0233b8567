from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.markets.concentration import Bounds
from techsov.graph.analysis.markets.shares import (
    Measured,
    ShareTable,
    markets_of,
    measure,
    share_tables,
)
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]

NAMES = """
    Market chips cloud
    Place europe world
    State us fr
    Company a b c d
    ActorGroup giants locals
    Technology gpu
    Service app
    OfferingGroup apps
"""


@pytest.fixture(scope="session")
def tables(world: World) -> Callable[[str], tuple[ShareTable, ...]]:
    return lambda text: share_tables(world(NAMES + text))


@pytest.fixture(scope="session")
def measured(world: World) -> Callable[..., Measured]:
    def only(text: str, named_lead: bool = False) -> Measured:
        standing = world(NAMES + text)
        (table,) = share_tables(standing)
        return measure(table, Jurisdictions(standing), named_lead)

    return only


Tables = Callable[[str], tuple[ShareTable, ...]]
Only = Callable[..., Measured]


def shares(table: ShareTable) -> Mapping[str, float]:
    return {each.holder: float(each.share) for each in table.holdings}


def ends(bounds: Bounds) -> tuple[float, float | None]:
    return float(bounds.low), None if bounds.high is None else float(bounds.high)


def hhi(found: Measured) -> tuple[float, float | None]:
    assert found.firms is not None
    return ends(found.firms.hhi)


def law_hhi(found: Measured) -> tuple[float, float | None]:
    assert found.by_law is not None
    return ends(found.by_law.hhi)


def laws(found: Measured) -> tuple[dict[str, float], float]:
    """What stands under each law, and what under an unknown one."""
    return {part.law: float(part.share) for part in found.laws}, float(found.unknown_law)


# --- Tables


def test_without_a_share_there_is_no_table(tables: Tables) -> None:
    assert tables("") == ()


def test_a_table_holds_the_shares_of_one_document_the_largest_first(tables: Tables) -> None:
    (table,) = tables("""
        b hasMarketShare chips geography=world share=30 since=2025 doc=x id=f1
        a hasMarketShare chips geography=world share=34.5 since=2025 doc=x id=f2
    """)
    assert shares(table) == {"a": 34.5, "b": 30}
    assert list(shares(table)) == ["a", "b"]
    assert (table.market, table.geography, table.source) == ("chips", "world", "x")
    assert (table.since and table.since.text, table.until) == ("2025", None)
    assert table.facts == ("f1", "f2")


@pytest.mark.parametrize(
    "other",
    [
        "b hasMarketShare cloud geography=world share=30 since=2025 doc=x",
        "b hasMarketShare chips geography=europe share=30 since=2025 doc=x",
        "b hasMarketShare chips share=30 since=2025 doc=x",
        "b hasMarketShare chips geography=world share=30 since=2024 doc=x",
        "b hasMarketShare chips geography=world share=30 since=2025-01 doc=x",
        "b hasMarketShare chips geography=world share=30 doc=x",
        "b hasMarketShare chips geography=world share=30 since=2025 until=2026 doc=x",
        "b hasMarketShare chips geography=world share=30 since=2025 doc=y",
    ],
)
def test_markets_places_periods_and_documents_are_never_mixed(other: str, tables: Tables) -> None:
    first = "a hasMarketShare chips geography=world share=34 since=2025 doc=x"
    assert [len(table.holdings) for table in tables(f"{first}\n{other}")] == [1, 1]


def test_the_newest_table_of_a_market_comes_first_and_one_without_a_date_last(
    tables: Tables,
) -> None:
    found = tables("""
        a hasMarketShare chips geography=world share=30 since=2024-07 doc=x id=f1
        a hasMarketShare chips geography=world share=40 since=2025 doc=y id=f2
        a hasMarketShare chips geography=world share=50 doc=z id=f3
    """)
    assert [table.source for table in found] == ["y", "x", "z"]


def test_a_table_that_another_document_has_whole_is_left_to_it(tables: Tables) -> None:
    found = tables("""
        a hasMarketShare chips geography=world share=34 since=2025 doc=x,y
        b hasMarketShare chips geography=world share=30 since=2025 doc=x
    """)
    assert [(table.source, len(table.holdings)) for table in found] == [("x", 2)]


def test_of_two_documents_that_say_the_same_the_first_is_kept(tables: Tables) -> None:
    (table,) = tables("a hasMarketShare chips geography=world share=34 since=2025 doc=y,x")
    assert table.source == "x"


def test_two_documents_that_disagree_stand_side_by_side(tables: Tables) -> None:
    found = tables("""
        a hasMarketShare chips geography=world share=27 since=2017 doc=x id=f1
        a hasMarketShare chips geography=world share=29 since=2017 doc=y id=f2
    """)
    assert [shares(table)["a"] for table in found] == [27, 29]


@pytest.mark.parametrize(
    ("holder", "several"),
    [("a", False), ("app", False), ("giants", True), ("us", True), ("gpu", True), ("apps", True)],
)
def test_groups_states_and_technologies_stand_for_several(
    holder: str, several: bool, tables: Tables
) -> None:
    (table,) = tables(f"{holder} hasMarketShare chips share=34")
    assert table.holdings[0].several == several


# --- Firms


def test_shares_that_sum_to_a_hundred_are_exact(measured: Only) -> None:
    found = measured("""
        a hasMarketShare chips share=62
        b hasMarketShare chips share=21
        c hasMarketShare chips share=17
    """)
    assert hhi(found) == (4574, 4574)
    assert not found.rest
    assert found.placements == 1


def test_the_rest_of_a_market_is_of_unknown_firms(measured: Only) -> None:
    found = measured("a hasMarketShare chips share=60\nb hasMarketShare chips share=30")
    assert hhi(found) == (4500, 4600)
    assert found.rest == 10


def test_a_share_of_nothing_is_a_share(measured: Only) -> None:
    text = "a hasMarketShare chips share=100\nb hasMarketShare chips share=0"
    assert hhi(measured(text)) == (10000, 10000)


def test_shares_beyond_the_whole_are_a_row_with_a_reason(measured: Only) -> None:
    found = measured("a hasMarketShare chips share=60\nb hasMarketShare chips share=50 id=f2")
    assert (found.firms, found.by_law, found.placements) == (None, None, 0)
    assert found.problem is not None
    assert found.problem.message == "concentration.not-whole"
    assert found.problem.values == {"total": "110"}
    assert len(found.facts) == 2


def test_two_shares_of_one_holder_are_a_row_with_a_reason(measured: Only) -> None:
    found = measured("a hasMarketShare chips share=60 id=f1\na hasMarketShare chips share=20 id=f2")
    assert found.problem is not None
    assert (found.problem.message, found.problem.values) == ("concentration.twice", {"name": "a"})


def test_a_group_has_unknown_firms(measured: Only) -> None:
    found = measured("giants hasMarketShare chips share=70")
    assert hhi(found) == (0, 4900 + 900)


@pytest.mark.parametrize(
    ("figures", "low"),
    [
        ("giants hasQuantity 3 measure=members unit=companies id=n", 3 * (70 / 3) ** 2),
        ("giants hasQuantity 3 measure=listed-entities unit=companies id=n", 0),
    ],
)
def test_facts_count_the_firms_of_a_group(figures: str, low: float, measured: Only) -> None:
    found = measured(f"giants hasMarketShare chips share=70\n{figures}")
    assert hhi(found) == pytest.approx((low, 5800))
    assert found.grouping == (("n",) if low else ())


def test_two_counts_of_a_group_that_disagree_count_for_nothing(measured: Only) -> None:
    found = measured("""
        giants hasMarketShare chips share=70
        giants hasQuantity 3 measure=members unit=companies id=n1
        giants hasQuantity 4 measure=members unit=companies id=n2
    """)
    assert hhi(found) == (0, 5800)
    assert found.grouping == ("n1", "n2")


def test_a_firm_that_facts_put_into_a_group_is_not_counted_twice(measured: Only) -> None:
    found = measured("""
        giants hasMarketShare chips share=65
        a hasMarketShare chips share=34
        a partOf giants id=in
        giants hasQuantity 3 measure=members unit=companies id=n
    """)
    # 34, two firms with 31 together, and 35 of unknown firms.
    assert hhi(found) == (34**2 + 31**2 / 2, 34**2 + 31**2 + 35**2)
    assert (float(found.rest), found.placements) == (35, 1)
    assert found.grouping == ("in", "n")


def test_a_firm_that_no_fact_places_may_be_in_the_group_or_beside_it(measured: Only) -> None:
    found = measured("giants hasMarketShare chips share=65\na hasMarketShare chips share=34")
    # Beside: 34, 65 and 1. Inside: 34, 31 and 35.
    assert found.placements == 2
    assert hhi(found) == (34**2, 34**2 + 65**2 + 1)


def test_a_firm_that_can_only_be_inside_is_inside(measured: Only) -> None:
    found = measured("giants hasMarketShare chips share=70\na hasMarketShare chips share=40")
    assert (found.placements, float(found.rest)) == (1, 30)
    assert hhi(found) == (1600, 1600 + 900 + 900)


def test_a_firm_larger_than_the_group_is_beside_it(measured: Only) -> None:
    found = measured("giants hasMarketShare chips share=20\na hasMarketShare chips share=40")
    assert (found.placements, float(found.rest)) == (1, 40)


def test_a_group_whose_firms_are_all_named_has_room_for_no_other(measured: Only) -> None:
    found = measured("""
        giants hasMarketShare chips share=65
        a hasMarketShare chips share=34
        b partOf giants
        c partOf giants
        giants hasQuantity 2 measure=members unit=companies
    """)
    assert (found.placements, float(found.rest)) == (1, 1)


def test_a_complete_group_whose_shares_are_given_leaves_no_rest_of_its_own(measured: Only) -> None:
    found = measured("""
        giants hasMarketShare chips share=60
        a hasMarketShare chips share=40
        b hasMarketShare chips share=20
        c hasMarketShare chips share=40
        a partOf giants
        b partOf giants
        giants hasQuantity 2 measure=members unit=companies
    """)
    assert hhi(found) == (1600 + 400 + 1600,) * 2


def test_a_group_whose_members_have_less_than_it_has_is_a_contradiction(measured: Only) -> None:
    found = measured("""
        giants hasMarketShare chips share=60
        a hasMarketShare chips share=40
        a partOf giants
        giants hasQuantity 1 measure=members unit=companies
    """)
    assert found.firms is None
    assert found.problem is not None
    assert found.problem.message == "concentration.impossible"


def test_a_group_may_stand_in_another(measured: Only) -> None:
    found = measured("""
        giants hasMarketShare chips share=60
        locals hasMarketShare chips share=20
        a hasMarketShare chips share=5
        locals partOf giants
        a partOf locals
    """)
    assert found.rest == 40
    assert hhi(found) == (25, 25 + 15**2 + 40**2 + 40**2)


def test_too_many_ways_to_place_the_firms_are_a_row_with_a_reason(world: World) -> None:
    groups = " ".join(f"g{number}" for number in range(8))
    firms = " ".join(f"f{number}" for number in range(5))
    text = f"Market chips\nActorGroup {groups}\nCompany {firms}\n"
    text += "\n".join(
        f"{name} hasMarketShare chips share=2" for name in (*groups.split(), *firms.split())
    )
    standing = world(text)
    (table,) = share_tables(standing)
    found = measure(table, Jurisdictions(standing))
    assert found.problem is not None
    assert found.problem.message == "concentration.too-many"
    assert found.problem.values == {"count": str(9**5)}


# --- The premise that those named lead


EUROPE = """
    giants hasMarketShare cloud share=70
    locals hasMarketShare cloud share=15
    c hasMarketShare cloud share=2
    d hasMarketShare cloud share=2
    a partOf giants
    b partOf giants
    app partOf giants
    c partOf locals
    d partOf locals
    giants hasQuantity 3 measure=members unit=companies
"""


def test_the_worked_example_is_read_from_facts(measured: Only) -> None:
    low, high = hhi(measured(EUROPE, named_lead=True))
    assert (int(low), high) == (1641, 4422)


def test_without_the_premise_the_bounds_are_wider(measured: Only) -> None:
    low, high = hhi(measured(EUROPE))
    assert (int(low), high) == (1641, 4900 + 8 + 121 + 225)


def test_those_named_cap_the_rest(measured: Only) -> None:
    text = "a hasMarketShare chips share=60\nb hasMarketShare chips share=15"
    assert hhi(measured(text)) == (3825, 3825 + 625)
    assert hhi(measured(text, named_lead=True)) == (3825, 3825 + 225 + 100)


CONTRARY = """
    giants hasMarketShare chips share=9
    locals hasMarketShare chips share=60
    c hasMarketShare chips share=40
    a partOf giants
    b partOf giants
    c partOf locals
    giants hasQuantity 2 measure=members unit=companies
"""


def test_where_the_premise_cannot_hold_there_is_no_figure_over_firms(measured: Only) -> None:
    found = measured(CONTRARY, named_lead=True)  # neither of the two can be as large as c
    assert found.firms is None
    assert found.by_law is not None
    assert found.problem is not None
    assert found.problem.message == "concentration.impossible"
    assert measured(CONTRARY).firms is not None


# --- Laws


def test_shares_are_summed_by_the_law_of_who_controls_the_holder(measured: Only) -> None:
    found = measured("""
        a hasMarketShare chips share=50 id=sa
        b hasMarketShare chips share=20
        c hasMarketShare chips share=10
        a establishedUnder us id=la
        b subsidiaryOf d
        d establishedUnder us
        c establishedUnder fr
    """)
    assert laws(found) == ({"us": 70, "fr": 10}, 20)
    assert [part.holders for part in found.laws] == [("a", "b"), ("c",)]
    assert law_hhi(found) == (5000, 90**2 + 10**2)
    assert {"sa", "la"} <= set(found.facts)
    assert "la" not in found.table.facts


def test_a_head_office_is_no_law_but_is_named(measured: Only) -> None:
    found = measured("a hasMarketShare chips share=100\na headquarteredIn us")
    assert laws(found) == ({}, 100)
    assert found.seats == {"a": ("us",)}


def test_an_offering_counts_under_the_law_of_who_provides_it(measured: Only) -> None:
    found = measured("app hasMarketShare cloud share=60\na provides app\na establishedUnder us")
    assert laws(found) == ({"us": 60}, 40)


def test_a_state_counts_under_its_own_law(measured: Only) -> None:
    found = measured("us hasMarketShare chips share=75\nfr hasMarketShare chips share=15")
    assert law_hhi(found) == (75**2 + 15**2, 85**2 + 15**2)
    assert hhi(found) == (0, 75**2 + 15**2 + 10**2)


GIANTS = """
    giants hasMarketShare chips share=70
    a hasMarketShare chips share=30
    a partOf giants
    b partOf giants
    c partOf giants
    a establishedUnder fr
    b establishedUnder us
"""


@pytest.mark.parametrize(
    ("more", "known"),
    [
        (
            "c establishedUnder us\ngiants hasQuantity 3 measure=members unit=companies",
            {"us": 40, "fr": 30},
        ),
        ("c establishedUnder us", {"fr": 30}),  # the group may have other members
        ("giants hasQuantity 3 measure=members unit=companies", {"fr": 30}),  # c is unknown
        (
            "c establishedUnder fr\ngiants hasQuantity 3 measure=members unit=companies",
            {"fr": 30},  # the members differ
        ),
    ],
)
def test_a_group_counts_under_a_law_only_if_it_is_complete_and_all_are_under_it(
    more: str, known: dict[str, float], measured: Only
) -> None:
    assert laws(measured(GIANTS + more)) == (known, 100 - sum(known.values()))


def test_a_law_may_be_that_of_any_placement(measured: Only) -> None:
    found = measured("""
        giants hasMarketShare chips share=65
        a hasMarketShare chips share=34
        a establishedUnder us
    """)
    assert laws(found) == ({"us": 34}, 66)
    assert law_hhi(found) == (34**2, 10000)


# --- Markets of a layer


def test_markets_are_those_that_facts_put_into_a_layer(world: World) -> None:
    standing = world("""
        Market chips cloud
        LegalInstrument act
        chips coversLayer layer-chips
        cloud coversLayer layer-cloud
        act coversLayer layer-cloud
    """)
    assert list(markets_of(standing, ["cloud"])) == ["cloud"]
    assert list(markets_of(standing, ["cloud", "chips"])) == ["chips", "cloud"]
    assert list(markets_of(standing, [])) == []


def test_what_does_not_hold_on_the_day_has_no_table(world: World) -> None:
    text = f"{NAMES} a hasMarketShare chips share=34 since=2025"
    assert len(share_tables(world(text, date(2025, 6, 1)))) == 1
    assert share_tables(world(text, date(2024, 6, 1))) == ()


def test_the_share_is_kept_exactly(tables: Tables) -> None:
    (table,) = tables("a hasMarketShare chips share=72.17")
    assert table.holdings[0].share == Fraction("72.17")
