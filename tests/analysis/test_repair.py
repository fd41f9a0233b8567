from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.reach.exposure import LegalReach
from techsov.graph.analysis.remedy.repair import (
    MOST_EXACT,
    Link,
    Repair,
    Witness,
    smallest_hitting_set,
    smallest_repair,
)
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]

LAWS = """
State home abroad
SupranationalUnion eu
LegalInstrument snoop
Company foreigner outsider local other
Service ours theirs spare-cloud
home memberOf eu
abroad enacts snoop
snoop reach reach-control
snoop coversLayer layer-cloud
snoop riskKind risk-data-access
foreigner establishedUnder abroad
outsider establishedUnder abroad
local establishedUnder home
other establishedUnder home
"""


def repaired(standing: Standing, entity: str = "ours", law: str = "snoop") -> Repair:
    def obstacles(facts: Standing, thing: str) -> list[Witness]:
        return [Witness(law, row.hops) for row in LegalReach(facts).exposures(thing, law)]

    return smallest_repair(standing, entity, obstacles, Jurisdictions(standing).inside("eu"))


def links(found: Repair) -> list[Link]:
    return [(each.tail, each.head) for each in found.substitutions]


def test_what_nothing_reaches_needs_no_repair(world: World) -> None:
    found = repaired(world(LAWS + "local provides ours"))
    assert found == Repair((), (), (), exact=True)


def test_the_supplier_nearest_to_the_entity_is_replaced(world: World) -> None:
    found = repaired(
        world(
            LAWS
            + """
            local provides ours
            ours dependsOn theirs layer=cloud
            foreigner provides theirs
            """
        )
    )
    assert links(found) == [("ours", "theirs")]
    assert found.substitutions[0].facts == ("ours--dependsOn--theirs",)
    assert found.exact
    assert not found.blocked


def test_one_link_in_two_chains_is_enough(world: World) -> None:
    found = repaired(
        world(
            LAWS
            + """
            local provides ours
            ours dependsOn theirs layer=cloud
            theirs dependsOn foreigner layer=cloud
            theirs dependsOn outsider layer=cloud
            """
        )
    )
    assert links(found) == [("ours", "theirs")]


def test_two_chains_apart_take_two_substitutions_and_each_is_met(world: World) -> None:
    found = repaired(
        world(
            LAWS
            + """
            local provides ours
            ours dependsOn foreigner layer=cloud
            ours dependsOn outsider layer=cloud
            """
        )
    )
    assert links(found) == [("ours", "foreigner"), ("ours", "outsider")]
    assert len(found.witnesses) == 2


def test_parallel_facts_of_one_link_go_together(world: World) -> None:
    found = repaired(
        world(
            LAWS
            + """
            local provides ours
            ours dependsOn foreigner layer=cloud id=f1
            ours dependsOn foreigner layer=cloud id=f2 since=2020
            """
        )
    )
    assert found.substitutions[0].facts == ("f1", "f2")


def test_the_supplier_of_somebody_elses_thing_is_not_for_the_entity_to_replace(
    world: World,
) -> None:
    found = repaired(
        world(
            LAWS
            + "local provides ours\nours dependsOn theirs layer=cloud\nforeigner provides theirs"
        )
    )
    assert ("theirs", "foreigner") not in links(found)


def test_its_own_provider_can_be_replaced_but_not_its_law(world: World) -> None:
    own = repaired(world(LAWS + "foreigner provides ours\nlocal dependsOn ours layer=cloud"))
    assert links(own) == [("ours", "foreigner")]
    firm = repaired(
        world(LAWS + "foreigner provides ours\nlocal dependsOn ours layer=cloud"), "foreigner"
    )
    assert links(firm) == []
    assert [witness.of for witness in firm.blocked] == ["snoop"]


def test_candidates_are_named_with_a_reason_and_never_bring_the_obstacle_back(
    world: World,
) -> None:
    found = repaired(
        world(
            LAWS
            + """
            Company user
            local provides ours
            ours dependsOn foreigner layer=cloud need=need-cloud
            ours couldUse spare-cloud layer=cloud need=need-cloud
            ours couldUse outsider layer=cloud need=need-cloud
            user dependsOn other layer=cloud
            user dependsOn theirs layer=chips
            """
        )
    )
    candidates = found.substitutions[0].candidates
    assert [(each.entity, each.because, each.side) for each in candidates] == [
        ("other", "serves-others", "inside"),
        ("spare-cloud", "spare", "unknown"),
    ]


@pytest.mark.parametrize("count", [MOST_EXACT, MOST_EXACT + 1])
def test_many_links_are_chosen_greedily_and_it_is_said(count: int) -> None:
    sets = [frozenset({("a", f"x{number}")}) for number in range(count)]
    chosen, exact = smallest_hitting_set(sets)
    assert len(chosen) == count
    assert exact == (count <= MOST_EXACT)


LINKS = [(tail, head) for tail in "ab" for head in "xyz"]


@given(st.lists(st.sets(st.sampled_from(LINKS), min_size=1).map(frozenset), max_size=6))
def test_a_hitting_set_hits_all_and_none_is_smaller(sets: list[frozenset[Link]]) -> None:
    chosen, exact = smallest_hitting_set(sets)
    assert exact
    assert all(each & set(chosen) for each in sets)
    smaller = combinations(LINKS, len(chosen) - 1) if chosen else ()
    assert not any(all(each & set(less) for each in sets) for less in smaller)


@given(st.lists(st.sets(st.sampled_from(LINKS), min_size=1).map(frozenset), max_size=6))
def test_the_order_of_the_witnesses_does_not_matter(sets: list[frozenset[Link]]) -> None:
    assert smallest_hitting_set(sets) == smallest_hitting_set(sets[::-1])
