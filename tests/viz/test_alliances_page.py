"""The page of alliances says who is in, what they hold and what nobody in them holds."""

from types import ModuleType
from typing import Any

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.remedy.coalition import coalition_of
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.telling.coalition import coalition_table, completing_sentence
from techsov.viz.alliances import Alliances
from techsov.viz.pages.alliances import alliances_page
from techsov.viz.pages.frame import Place
from techsov.viz.publication import Publication


@pytest.fixture(scope="module")
def pages(shared_publication: Publication) -> dict[str, str]:
    return {
        language: alliances_page(
            shared_publication, language, Place("alliances.html", "../", language)
        )
        for language in ("en", "fr")
    }


@pytest.fixture(scope="module")
def tables(pages: dict[str, str], tables_of: Any) -> Any:
    return tables_of(pages["en"])


@pytest.fixture(scope="module")
def law(shared_publication: Publication) -> Jurisdictions:
    return Jurisdictions(shared_publication.findings.standing)


def test_every_alliance_has_a_line_and_a_section(
    pages: dict[str, str], tables: Any, published: Knowledge
) -> None:
    names = {e.id for e in published.records.entities.values() if e.cls == "Alliance"}
    assert set(tables.rows["alliances"]) == names
    for name in names:
        assert f'id="alliance-{name}"' in pages["en"]


def test_every_fact_of_belonging_is_there_with_its_date_status_and_source(
    tables: Any, shared_publication: Publication
) -> None:
    for one in shared_publication.alliances.all:
        rows = tables.rows.get(f"members-{one.id}", {})
        assert list(rows) == [fact.id for fact in one.facts]
        for fact in one.facts:
            told = shared_publication.teller("en").tell(fact)
            assert rows[fact.id][0] == told.subject_name
            assert rows[fact.id][2] == (told.period or "no date")
            assert told.status_word in rows[fact.id][3]
            links = tables.links[f"members-{one.id}"][fact.id]
            assert any(link.startswith("source/") for link in links)


def test_layers_are_held_and_missing_as_the_command_says(
    tables: Any, pages: dict[str, str], shared_publication: Publication, law: Jurisdictions
) -> None:
    labels = Labels.of(shared_publication.knowledge, "en")
    order = shared_publication.alliances.layers
    held = 0
    for one in shared_publication.alliances.all:
        if one.coalition is None:
            continue
        found = coalition_of(law, one.id)
        said = [row for row in coalition_table(found, labels).data if row[2] != "nobody"]
        cells = {
            (name, layer): cell
            for name, row in tables.rows.get(f"matrix-{one.id}", {}).items()
            for layer, cell in zip(order, row[1:], strict=True)
            if cell
        }
        words = {"held": "held", "leaning": "held, leaning on others", "possible": "could be used"}
        assert cells == {(str(row[3]), str(row[0])): words[str(row[2])] for row in said}
        assert set(tables.rows.get(f"missing-{one.id}", {})) == set(found.missing)
        held += len(cells)
        if found.missing:
            assert completing_sentence(found, labels) in pages["en"].replace("&#39;", "'")
        index = dict(zip(order, tables.rows["alliances"][one.id][2:], strict=True))
        assert {layer for layer, cell in index.items() if cell} == set(found.held)
    assert held >= 5


def test_whom_members_rely_on_for_a_missing_layer_is_no_member(
    shared_publication: Publication,
) -> None:
    alliances, found = shared_publication.alliances, 0
    by_id = shared_publication.findings.standing.by_id
    for one in alliances.all:
        for layer in one.coalition.missing if one.coalition else ():
            assert one.coalition
            for row in alliances.upstream(one.coalition, layer):
                found += 1
                assert row.supplier not in one.members
                facts = [by_id[name] for step in row.hops for name in step.facts]
                assert facts
                assert all(layer in fact.qualifiers["layer"] for fact in facts)
    assert found


def test_who_is_controlled_from_outside_is_outside_by_law(
    shared_publication: Publication, law: Jurisdictions
) -> None:
    for one in shared_publication.alliances.all:
        if one.coalition is None:
            continue
        area = law.inside(one.coalition.region)
        for row in shared_publication.alliances.outside(one.coalition):
            assert law.side(row.member, area) == "outside"
            assert all(chain[0].tail == row.member for chain in row.chains)


def test_overlaps_are_the_members_of_both(tables: Any, shared_publication: Publication) -> None:
    members = {one.id: set(one.members) for one in shared_publication.alliances.all}
    names = list(members)
    pairs = {
        f"{one}+{other}": len(members[one] & members[other])
        for place, one in enumerate(names)
        for other in names[place + 1 :]
        if members[one] & members[other]
    }
    assert {key: int(row[2]) for key, row in tables.rows["overlaps"].items()} == pairs


def test_joining_and_leaving_are_in_the_order_of_their_dates(
    tables: Any, shared_publication: Publication
) -> None:
    days = [cells[0] for cells in tables.orders["events"].values()]
    assert days == sorted(days, reverse=True)
    facts = shared_publication.alliances.facts
    assert len(days) == sum(bool(f.valid_from) + bool(f.valid_to) for f in facts)
    left = [row for row in tables.rows["events"].values() if row[1] == "left"]
    assert len(left) == sum(bool(fact.valid_to) for fact in facts) > 0


def test_the_picture_holds_the_memberships_and_circles_instead_of_lines(
    pages: dict[str, str], shared_publication: Publication, carried: Any
) -> None:
    data = carried(pages["en"])
    assert {edge["id"] for edge in data["network"]["edges"]} == {
        fact.id for fact in shared_publication.alliances.facts
    }
    large = {one.id for one in shared_publication.alliances.all if len(one.members) >= 3}
    assert {circle["id"] for circle in data["circles"]} == large


def test_both_languages_hold_the_same_rows_and_numbers(
    pages: dict[str, str], tables_of: Any
) -> None:
    english, french = tables_of(pages["en"]), tables_of(pages["fr"])
    assert english.orders == french.orders
    assert english.links == french.links


def test_an_alliance_of_which_too_little_is_known_says_what_is_missing(
    publication: Publication, site: dict[str, str]
) -> None:
    found = {one.id: one for one in Alliances(publication.findings).all}
    assert found["tide"].shortage == "no-region" or found["tide"].coalition
    for one in found.values():
        if one.shortage == "no-region":
            assert "inside and outside cannot be told apart" in site["en/alliances.html"]


def test_a_member_that_relies_on_its_own_offering_relies_on_nobody_outside(
    invented_world: ModuleType,
) -> None:
    own = "\ncorvette dependsOn corvette-hosting stated gazette:1 layer=data substitutability=hard"
    other = "\ncorvette dependsOn cove stated gazette:1 layer=data substitutability=hard\n"
    knowledge = invented_world.world(invented_world.ENTITIES, invented_world.FACTS + own + other)
    alliances = Alliances(Publication(knowledge).findings)
    found = next(one.coalition for one in alliances.all if one.id == "harbour")
    assert found
    assert "data" in found.missing
    assert [row.supplier for row in alliances.upstream(found, "data")] == ["kelp"]
