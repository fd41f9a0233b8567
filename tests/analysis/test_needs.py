from collections.abc import Callable

import pytest

from techsov.graph.analysis.failure.needs import STOCK_LAYERS, Need, Reading, needs_of
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]
Needs = Callable[[str], tuple[Need, ...]]


@pytest.fixture(scope="session")
def needs(world: World) -> Needs:
    return lambda text: needs_of(world(text))


def one(found: tuple[Need, ...]) -> Need:
    assert len(found) == 1, found
    return found[0]


def shape(need: Need) -> tuple[str, str, str, list[str], list[str]]:
    """Whose it is, of which kind, its name, what serves, and what could."""
    spares = [option.node for option in need.options if option.spare]
    return need.dependent, need.kind, need.name, [each.node for each in need.in_use], spares


# --- A dependency without a name


def test_nothing_needs_nothing(needs: Needs) -> None:
    assert needs("Product alone") == ()


def test_a_dependency_is_a_need_of_one_option(needs: Needs) -> None:
    need = one(needs("cloud dependsOn chip layer=chips substitutability=hard id=f confidence=0.7"))
    assert shape(need) == ("cloud", "dependency", "", ["chip"], [])
    assert (need.wanted, sorted(need.layers)) == (1, ["chips"])
    assert (sorted(need.substitutability), need.facts) == (["hard"], ())
    option = need.options[0]
    assert (option.facts, str(option.confidence), option.months) == (("f",), "0.7", None)


def test_two_dependencies_are_two_needs(needs: Needs) -> None:
    found = needs("""
        cloud dependsOn chip layer=chips
        cloud dependsOn grid layer=energy
    """)
    assert [shape(need)[3] for need in found] == [["chip"], ["grid"]]


def test_two_facts_of_one_dependency_are_one_option(needs: Needs) -> None:
    need = one(
        needs("""
            cloud dependsOn chip layer=chips id=f2 confidence=0.5 substitutability=unknown
            cloud dependsOn chip layer=compute id=f1 confidence=0.9 substitutability=easy
        """)
    )
    assert need.options[0].facts == ("f1", "f2")
    assert str(need.options[0].confidence) == "0.9"
    assert need.layers == {"chips", "compute"}
    assert need.substitutability == {"easy", "unknown"}


def test_needs_come_by_dependent_and_alike_whatever_the_order_of_the_facts(needs: Needs) -> None:
    lines = ["b dependsOn y layer=cloud", "a dependsOn z layer=cloud", "a dependsOn x layer=cloud"]
    found = needs("\n".join(lines))
    assert [(need.dependent, need.options[0].node) for need in found] == [
        ("a", "x"),
        ("a", "z"),
        ("b", "y"),
    ]
    assert needs("\n".join(reversed(lines))) == found


@pytest.mark.parametrize("status", ["planned", "claimed", "denied", "hypothetical"])
def test_what_does_not_stand_makes_no_need(status: str, needs: Needs) -> None:
    assert needs(f"cloud dependsOn chip layer=chips status={status}") == ()


# --- A need that sources name


def test_facts_that_name_a_need_share_it(needs: Needs) -> None:
    need = one(
        needs("""
            cloud dependsOn chip layer=chips need=need-chips
            cloud dependsOn other layer=chips need=need-chips
        """)
    )
    assert shape(need) == ("cloud", "need", "need-chips", ["chip", "other"], [])


def test_a_need_of_the_same_name_is_each_dependents_own(needs: Needs) -> None:
    found = needs("""
        cloud dependsOn chip layer=chips need=need-chips
        clock dependsOn chip layer=chips need=need-chips
    """)
    assert [shape(need)[0] for need in found] == ["clock", "cloud"]


def test_a_dependency_joins_the_need_that_the_same_one_names_in_the_same_layer(
    needs: Needs,
) -> None:
    need = one(
        needs("""
            cloud dependsOn chip layer=chips need=need-chips id=named
            cloud dependsOn chip layer=chips id=plain
        """)
    )
    assert shape(need)[1:4] == ("need", "need-chips", ["chip"])
    assert need.options[0].facts == ("named", "plain")


@pytest.mark.parametrize(
    "plain",
    [
        "cloud dependsOn chip layer=compute",  # another layer
        "cloud dependsOn chip layer=chips,compute",  # one layer more
        "cloud dependsOn other layer=chips",  # another supplier
        "clock dependsOn chip layer=chips",  # another dependent
    ],
)
def test_another_dependency_does_not_join(plain: str, needs: Needs) -> None:
    found = needs(f"""
        cloud dependsOn chip layer=chips need=need-chips id=named
        {plain} id=plain
    """)
    assert sorted(need.kind for need in found) == ["dependency", "need"]


def test_one_in_the_layers_of_two_needs_joins_neither(needs: Needs) -> None:
    found = needs("""
        cloud dependsOn chip layer=chips need=need-a id=a
        cloud dependsOn chip layer=compute need=need-b id=b
        cloud dependsOn chip layer=chips,compute id=plain
    """)
    assert [(need.kind, need.options[0].facts) for need in found] == [
        ("dependency", ("plain",)),
        ("need", ("a",)),
        ("need", ("b",)),
    ]


def test_one_that_names_another_need_does_not_join(needs: Needs) -> None:
    found = needs("""
        cloud dependsOn chip layer=chips need=need-a id=a
        cloud dependsOn chip layer=chips need=need-b id=b
    """)
    assert [need.name for need in found] == ["need-a", "need-b"]


# --- Spares


def test_what_could_be_used_is_a_spare_of_the_need_that_it_names(needs: Needs) -> None:
    need = one(
        needs("""
            cloud dependsOn chip layer=chips need=need-chips
            cloud couldUse other layer=chips need=need-chips switching_months=12
        """)
    )
    assert shape(need)[3:] == (["chip"], ["other"])
    assert need.options[1].months == 12


def test_of_several_switching_times_the_longest_counts(needs: Needs) -> None:
    need = one(
        needs("""
            cloud dependsOn chip layer=chips need=need-chips
            cloud couldUse other layer=chips need=need-chips switching_months=6 id=a
            cloud couldUse other layer=chips need=need-chips switching_months=18 id=b
            cloud couldUse other layer=chips need=need-chips id=c
        """)
    )
    assert (need.options[1].months, need.options[1].facts) == (18, ("a", "b", "c"))


def test_what_is_in_use_is_no_spare(needs: Needs) -> None:
    need = one(
        needs("""
            cloud dependsOn chip layer=chips need=need-chips
            cloud couldUse chip layer=chips need=need-chips switching_months=6
        """)
    )
    assert shape(need)[3:] == (["chip"], [])


def test_a_spare_without_a_need_serves_none(needs: Needs) -> None:
    need = one(needs("cloud dependsOn chip layer=chips\ncloud couldUse other layer=chips"))
    assert shape(need)[3:] == (["chip"], [])


def test_a_need_that_nothing_meets_today_is_left_out(needs: Needs) -> None:
    assert needs("cloud couldUse other layer=chips need=need-chips") == ()


# --- Providers and operators


@pytest.mark.parametrize("relation", ["provides", "operates"])
def test_a_thing_needs_one_of_those_who_supply_it(relation: str, needs: Needs) -> None:
    need = one(
        needs(f"""
            Company firm partner
            Service cloud
            firm {relation} cloud
            partner {relation} cloud
        """)
    )
    assert shape(need) == ("cloud", relation, "", ["firm", "partner"], [])
    assert need.wanted == 1
    assert not need.layers | need.substitutability


def test_providers_and_operators_are_two_needs(needs: Needs) -> None:
    found = needs("""
        Company firm
        Service cloud
        firm provides cloud
        firm operates cloud
    """)
    assert [need.kind for need in found] == ["operates", "provides"]


@pytest.mark.parametrize("relation", ["builds", "uses", "ownsShareIn", "partOf"])
def test_other_ties_make_no_need(relation: str, needs: Needs) -> None:
    assert needs(f"Company firm\nService cloud\nfirm {relation} cloud") == ()


# --- k of n


K_OF_N = """
    cloud dependsOn a layer=cloud need=need-x
    cloud dependsOn b layer=cloud need=need-x
"""


def test_a_need_asks_for_one_option_unless_a_fact_says_more(needs: Needs) -> None:
    assert one(needs(K_OF_N)).wanted == 1


def test_a_need_asks_for_as_many_as_a_fact_says_and_names_the_fact(needs: Needs) -> None:
    need = one(
        needs(f"""{K_OF_N}
            need-x minimumSources 2 id=k
            cloud requires need-x id=r
            clock requires need-x id=other
        """)
    )
    assert (need.wanted, need.facts, need.short) == (2, ("k", "r"), False)


def test_of_two_numbers_the_larger_counts(needs: Needs) -> None:
    numbers = "need-x minimumSources 2 id=k2\nneed-x minimumSources 1 id=k1"
    assert one(needs(f"{K_OF_N}\n{numbers}")).wanted == 2


@pytest.mark.parametrize(("wanted", "short"), [(2, False), (3, True)])
def test_a_need_is_short_where_facts_name_fewer_than_it_asks_for(
    wanted: int, short: bool, needs: Needs
) -> None:
    need = one(needs(f"{K_OF_N}\nneed-x minimumSources {wanted}"))
    assert need.short == short


def test_a_spare_makes_up_for_what_is_missing(needs: Needs) -> None:
    spare = "cloud couldUse c layer=cloud need=need-x"
    assert not one(needs(f"{K_OF_N}\n{spare}\nneed-x minimumSources 3")).short


# --- What is unknown


@pytest.mark.parametrize(
    ("said", "silent"),
    [("", True), ("substitutability=unknown", True), ("substitutability=none", False)]
    + [(f"substitutability={level}", False) for level in ("easy", "moderate", "hard")],
)
def test_a_dependency_is_silent_where_no_source_judges_it(
    said: str, silent: bool, needs: Needs
) -> None:
    assert one(needs(f"cloud dependsOn chip layer=chips {said}")).silent == silent


def test_one_source_that_judges_is_enough(needs: Needs) -> None:
    need = one(
        needs("""
            cloud dependsOn chip layer=chips substitutability=unknown id=a
            cloud dependsOn chip layer=chips substitutability=moderate id=b
        """)
    )
    assert not need.silent


def test_named_needs_and_supplies_are_never_silent(needs: Needs) -> None:
    found = needs("""
        Company firm
        Service cloud
        cloud dependsOn chip layer=chips need=need-chips
        firm provides cloud
    """)
    assert [(need.kind, need.silent) for need in found] == [("need", False), ("provides", False)]


@pytest.mark.parametrize(
    ("spare", "horizon", "worst", "best"),
    [
        ("switching_months=12", 11, False, False),
        ("switching_months=12", 12, True, True),
        ("switching_months=0", 0, True, True),
        ("", 0, False, True),
        ("", 600, False, True),
    ],
)
def test_a_spare_is_usable_within_the_horizon_and_an_unknown_time_in_the_best_reading(
    spare: str, horizon: int, worst: bool, best: bool, needs: Needs
) -> None:
    need = one(
        needs(f"""
            cloud dependsOn chip layer=chips need=need-chips
            cloud couldUse other layer=chips need=need-chips {spare}
        """)
    )
    usable = {
        reading: [option.node for option in need.usable(horizon, reading)]
        for reading in ("worst", "best")
    }
    assert usable == {
        reading: ["chip", *(["other"] if serves else [])]
        for reading, serves in (("worst", worst), ("best", best))
    }


@pytest.mark.parametrize("reading", ["worst", "best"])
def test_what_is_in_use_is_usable_at_once(reading: Reading, needs: Needs) -> None:
    assert len(one(needs(K_OF_N)).usable(0, reading)) == 2


@pytest.mark.parametrize(
    ("said", "best"),
    [
        ("layer=cloud", True),
        ("layer=cloud substitutability=unknown", True),
        ("layer=cloud substitutability=easy", True),
        ("layer=cloud substitutability=moderate", True),
        ("layer=cloud substitutability=hard", False),
        ("layer=cloud substitutability=none", False),
        ("layer=chips substitutability=none", True),  # what is installed goes on
        ("layer=chips,compute substitutability=hard", True),
        ("layer=chips,cloud substitutability=hard", False),  # a flow beside the stock
    ],
)
def test_a_dependency_endures_in_the_best_reading_only(said: str, best: bool, needs: Needs) -> None:
    need = one(needs(f"cloud dependsOn chip {said}"))
    assert (need.endures("worst"), need.endures("best")) == (False, best)


def test_a_source_that_sees_no_substitute_weighs_more_than_one_that_does(needs: Needs) -> None:
    need = one(
        needs("""
            cloud dependsOn other layer=cloud substitutability=easy id=a
            cloud dependsOn other layer=cloud substitutability=none id=b
        """)
    )
    assert not need.endures("best")


@pytest.mark.parametrize(("layer", "best"), [("chips", True), ("cloud", False)])
def test_a_named_need_endures_only_by_what_is_installed(
    layer: str, best: bool, needs: Needs
) -> None:
    need = one(needs(f"cloud dependsOn a layer={layer} need=need-x substitutability=easy"))
    assert (need.endures("worst"), need.endures("best")) == (False, best)


def test_a_supplier_is_not_installed(needs: Needs) -> None:
    need = one(needs("Company firm\nService cloud\nfirm provides cloud"))
    assert not need.endures("best")


def test_the_layers_of_hardware_are_in_the_scheme(world: World) -> None:
    assert set(world("").schema.in_scheme("layer")) >= STOCK_LAYERS
