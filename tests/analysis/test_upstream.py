"""Things called sovereign for different places, and the supplier behind both."""

from collections.abc import Callable

import pytest

from techsov.graph.analysis.claims.appraisal import EVERY_STATUS
from techsov.graph.analysis.claims.upstream import (
    SharedUpstream,
    called_sovereign,
    shared_upstream,
    upstream_conclusions,
)
from techsov.graph.analysis.standing import Standing
from techsov.graph.flow import Knowledge

World = Callable[..., Standing]
MAP = """
State here there
SupranationalUnion eu
Company host maker parent other
Service one two spare
here memberOf eu
"""
ONE = "one describedAs descr-sovereign status=claimed claimant=host sovereignty_for=here doc=north"
TWO = "two describedAs descr-sovereign status=claimed claimant=host sovereignty_for=there doc=south"
ONE_NEEDS = "one dependsOn maker layer=chips doc=north"
TWO_NEEDS = "two dependsOn maker layer=chips doc=south"


def every(world: World, *lines: str) -> Standing:
    known = world("\n".join((MAP, *lines)))
    return Standing.on(known.records, known.schema, known.day, EVERY_STATUS)


def found(world: World, *lines: str) -> list[SharedUpstream]:
    return shared_upstream(every(world, *lines))


def pairs(rows: list[SharedUpstream]) -> list[tuple[str, str, str]]:
    return [(row.left.subject, row.right.subject, row.supplier) for row in rows]


def test_two_documents_tell_a_side_each_and_none_both(world: World) -> None:
    (row,) = found(world, ONE, TWO, ONE_NEEDS, TWO_NEEDS)
    assert pairs([row]) == [("one", "two", "maker")]
    assert (row.left.place, row.right.place) == ("here", "there")
    assert row.premises == ("one--dependsOn--maker", "two--dependsOn--maker")
    assert (row.hidden, row.in_one_source, row.claims_apart) == (True, False, True)
    assert (row.unavoidable, row.status, row.steps, row.ahead) == (True, "stated", 1, False)


def test_a_document_behind_both_chains_tells_it(world: World) -> None:
    (row,) = found(world, ONE, TWO, ONE_NEEDS, TWO_NEEDS.replace("doc=south", "doc=south,north"))
    assert (row.hidden, row.in_one_source, row.claims_apart) == (False, True, True)


def test_a_document_that_reports_both_claims_hides_nothing(world: World) -> None:
    (row,) = found(world, ONE, TWO.replace("south", "north"), ONE_NEEDS, TWO_NEEDS)
    assert (row.hidden, row.in_one_source, row.claims_apart) == (False, False, False)


@pytest.mark.parametrize("place", ["here", "eu"])
def test_places_of_which_one_lies_in_the_other_are_not_different(world: World, place: str) -> None:
    two = TWO.replace("=there", f"={place}")
    assert found(world, ONE, two, ONE_NEEDS, TWO_NEEDS) == []


@pytest.mark.parametrize(
    "two",
    [
        TWO.replace("claimed", "denied"),
        TWO.replace("claimed", "hypothetical"),
        TWO.replace("descr-sovereign", "descr-strategic"),
        TWO.replace("descr-sovereign", "descr-slogan"),
        TWO.replace(" sovereignty_for=there", ""),
    ],
)
def test_only_what_somebody_calls_sovereign_for_a_place_counts(world: World, two: str) -> None:
    assert found(world, ONE, two, ONE_NEEDS, TWO_NEEDS) == []


def test_a_thing_that_is_to_become_sovereign_counts_and_is_marked(world: World) -> None:
    (row,) = found(world, ONE, TWO.replace("claimed", "planned"), ONE_NEEDS, TWO_NEEDS)
    assert row.ahead


def test_one_thing_called_sovereign_for_two_places_is_no_pair(world: World) -> None:
    again = ONE.replace("=here", "=there") + " id=again"
    assert found(world, ONE, again, ONE_NEEDS) == []


def test_claims_on_one_thing_for_one_place_stand_together(world: World) -> None:
    again = ONE.replace("host", "other") + " id=again"
    (left, right) = called_sovereign(every(world, ONE, again, TWO))
    assert left.claims == ("again", "one--describedAs--descr-sovereign")
    assert right.claims == ("two--describedAs--descr-sovereign",)


def test_the_nearest_supplier_stands_for_what_is_behind_it(world: World) -> None:
    rows = found(world, ONE, TWO, ONE_NEEDS, TWO_NEEDS, "maker dependsOn parent layer=chips")
    assert pairs(rows) == [("one", "two", "maker")]


def test_a_farther_supplier_is_told_where_one_side_reaches_it_otherwise(world: World) -> None:
    rows = found(
        world,
        ONE,
        TWO,
        ONE_NEEDS,
        TWO_NEEDS,
        "maker dependsOn parent layer=chips",
        "two dependsOn parent layer=cloud",
    )
    assert pairs(rows) == [("one", "two", "maker"), ("one", "two", "parent")]
    # Without the maker the first of the two reaches nothing at all.
    assert [row.unavoidable for row in rows] == [True, False]


def test_parts_and_offers_are_followed(world: World) -> None:
    actor = ONE.replace("one ", "host ", 1)
    rows = found(
        world,
        actor,
        "host provides one",
        ONE_NEEDS,
        TWO,
        "spare partOf two",
        "maker provides spare",
    )
    assert pairs(rows) == [("host", "two", "maker")]
    assert [step.head for step in rows[0].left_chain.hops] == ["one", "maker"]
    assert [step.tail for step in rows[0].left_chain.hops] == ["host", "one"]
    assert [step.head for step in rows[0].right_chain.hops] == ["spare", "maker"]


def test_other_offers_of_a_provider_are_not_followed(world: World) -> None:
    rows = found(
        world,
        ONE,
        "host provides one",
        "host provides spare",
        "spare dependsOn maker layer=chips",
        TWO,
        TWO_NEEDS,
    )
    assert rows == []


def test_neither_of_the_two_is_its_own_supplier(world: World) -> None:
    assert (
        found(world, ONE, TWO, "two dependsOn one layer=cloud", "one dependsOn two layer=cloud")
        == []
    )


def test_plans_are_told_as_plans_and_stated_chains_as_stated(world: World) -> None:
    rows = found(
        world,
        ONE,
        TWO,
        ONE_NEEDS,
        TWO_NEEDS,
        "one dependsOn parent layer=cloud status=planned",
        "two dependsOn parent layer=cloud",
        "one dependsOn maker layer=chips status=planned id=again",
    )
    assert [(row.supplier, row.status, row.unavoidable) for row in rows] == [
        ("maker", "stated", True),
        ("parent", "planned", False),
    ]
    assert rows[0].premises == ("one--dependsOn--maker", "two--dependsOn--maker")


def test_what_is_only_claimed_makes_no_chain(world: World) -> None:
    needs = "one dependsOn maker layer=chips status=claimed claimant=other"
    assert found(world, ONE, TWO, needs, TWO_NEEDS) == []


def test_one_conclusion_for_two_things_and_their_supplier(world: World) -> None:
    again = ONE.replace("=here", "=eu") + " id=again"
    standing = every(world, ONE, again, TWO, ONE_NEEDS, TWO_NEEDS)
    (drawn,) = upstream_conclusions(shared_upstream(standing), standing)
    assert (drawn.subject, drawn.relation, drawn.object) == ("one", "sharesUpstreamWith", "two")
    assert drawn.more == {
        "commonSupplier": ("maker",),
        "claim": (
            "again",
            "one--describedAs--descr-sovereign",
            "two--describedAs--descr-sovereign",
        ),
    }
    assert drawn.premises == ("one--dependsOn--maker", "two--dependsOn--maker")


def test_the_articles_hold_a_finding_that_none_of_them_states(published: Knowledge) -> None:
    rows = shared_upstream(
        Standing.on(published.records, published.schema, published.day, EVERY_STATUS)
    )
    first = rows[0]
    assert pairs([first]) == [("scaleway-ai-clusters", "uae-sovereign-cloud", "nvidia")]
    assert (first.hidden, first.unavoidable, first.status) == (True, True, "planned")
    facts = {fact.id: fact for fact in published.records.facts}
    behind = [
        {source for name in chain.facts for source in facts[name].sources}
        for chain in (first.left_chain, first.right_chain)
    ]
    assert behind == [{"scaleway-announcements"}, {"aleria-nvidia"}]
    statuses = [[facts[name].status for name in step.facts] for step in first.left_chain.hops]
    assert statuses == [["planned"], ["stated"]]
    assert [facts[name].status for name in first.right_chain.facts] == ["stated"]
