"""The map: groups that hold all, bands that do not overlap, places that hardly move."""

import itertools
import math
import random
import statistics
from collections import Counter
from dataclasses import replace

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.network.stack import BANDS, country, footing
from techsov.graph.errors import Origin
from techsov.graph.facts.files import packaged_data
from techsov.graph.flow import Knowledge, know
from techsov.graph.records import Entity, Records
from techsov.viz.atlas import FEW, MOST_SINGLE, Group, atlas
from techsov.viz.layered import Layers, layered
from techsov.viz.layout import Room
from techsov.viz.pages.frame import Place
from techsov.viz.pages.map import map_data, map_page
from techsov.viz.picture import MOST_MARKS
from techsov.viz.publication import Publication
from techsov.viz.strata import Strata
from techsov.viz.style import family_of

HERE = Origin("invented", 1)


@pytest.fixture(scope="module")
def real() -> Publication:
    return Publication(know(packaged_data(), None))


@pytest.fixture(scope="module")
def strata(real: Publication) -> Strata:
    return real.strata


# --- What stands in which group


def test_every_thing_stands_as_itself_or_in_one_group(strata: Strata) -> None:
    held = strata.atlas
    members = [name for group in held.groups for name in group.members]
    assert sorted([*held.singles, *members]) == sorted(held.picture.marks)
    assert len(set(members)) == len(members)
    assert len(held.singles) + len(held.groups) <= MOST_MARKS


def test_a_group_is_of_one_layer_one_country_and_one_family(
    real: Publication, strata: Strata
) -> None:
    entities, held = real.knowledge.records.entities, strata.atlas
    for group in held.groups:
        assert {held.footings[name].band for name in group.members} == {group.band}
        assert {family_of(entities[name].cls).id for name in group.members} == {group.family}
        lands = {held.countries[name] for name in group.members}
        assert len(lands) > 1 if group.country == "others" else lands == {group.country}
        assert "" not in lands or lands == {""}, "what is unknown is called by no country"


def test_the_most_relied_upon_stand_as_themselves(real: Publication, strata: Strata) -> None:
    order = sorted(strata.atlas.picture.marks, key=lambda name: -real.reach.get(name, 0))
    least = real.reach[order[MOST_SINGLE - 1]]
    for name in order:
        if real.reach.get(name, 0) > least:
            assert name in strata.atlas.singles


def test_the_picture_holds_every_fact_between_its_things(real: Publication, strata: Strata) -> None:
    marks = set(strata.atlas.picture.marks)
    wanted = {
        fact.id
        for fact in real.knowledge.records.facts
        if fact.subject != fact.object and {fact.subject, fact.object} <= marks
    }
    assert {fact.id for fact in strata.atlas.picture.facts} == wanted


def test_a_small_graph_is_shown_whole_and_without_groups(publication: Publication) -> None:
    held = publication.strata.atlas
    assert len(held.picture.marks) <= FEW
    assert held.groups == ()
    assert held.picture.quiet == frozenset()


@pytest.mark.parametrize("count", [61, 400, 3000])
def test_however_many_there_are_no_more_marks_than_readable_are_drawn(
    archipelago: Knowledge, publication: Publication, count: int
) -> None:
    records = _crowd(archipelago.records, count)
    findings = publication.findings
    standing = replace(findings.arguable, records=records, facts=records.facts)
    places = _places(publication, records)
    held = atlas(records, archipelago.schema, {}, standing, places)
    assert len(held.singles) + len(held.groups) <= MOST_MARKS
    assert len(held.picture.marks) <= 510
    assert held.picture.all_marks >= count


def _places(publication: Publication, records: Records) -> Jurisdictions:
    return Jurisdictions(replace(publication.findings.standing, records=records))


def _crowd(records: Records, count: int) -> Records:
    """Many firms of many countries, each relying on another."""
    pattern = next(fact for fact in records.facts if fact.relation == "dependsOn")
    names = [f"crowd-{number}" for number in range(count)]
    crowd = {name: Entity(name, "Company", name, name, "", (), HERE) for name in names}
    facts = tuple(
        replace(pattern, id=f"{a}--dependsOn--{b}", subject=a, object=b)
        for a, b in itertools.pairwise(names)
    )
    return Records(dict(records.entities) | crowd, records.sources, {}, records.facts + facts)


def test_an_alliance_stands_on_the_map_with_its_members(strata: Strata) -> None:
    circles = strata.atlas.picture.circles
    assert circles
    for circle in circles:
        assert circle.alliance in strata.atlas.singles
        assert len(circle.members) >= 3
    assert strata.placed.wide.hulls == frozenset(), "members stand in bands of their own"


# --- Places


def test_every_mark_stands_within_its_band(strata: Strata) -> None:
    for layers in (strata.wide, strata.tall):
        strips = {strip.band: strip for strip in layers.strips}
        assert [strip.band for strip in layers.strips] == [b for b in BANDS if b in strips]
        for one, other in itertools.pairwise(layers.strips):
            assert one.bottom == other.top
        home = {group.id: group.band for group in strata.atlas.groups}
        for name, (x, y) in layers.points.items():
            strip = strips[home.get(name) or strata.atlas.band_of(name)]
            assert strip.top < y < strip.bottom
            assert layers.left + layers.title < x < layers.right


@pytest.mark.parametrize("side", ["wide", "tall"])
def test_no_mark_has_its_room_in_that_of_another(strata: Strata, side: str) -> None:
    layers: Layers = getattr(strata, side)
    rooms = strata.rooms if side == "wide" else strata.tall_rooms
    for a, b in itertools.combinations(layers.points, 2):
        dx = abs(layers.points[a][0] - layers.points[b][0])
        dy = abs(layers.points[a][1] - layers.points[b][1])
        assert (
            dx >= (rooms[a].width + rooms[b].width) / 2 - 2
            or dy >= (min(rooms[a].height, rooms[b].height)) / 2 - 2
        )


def test_order_of_input_changes_no_place() -> None:
    bands, rooms, links = _some(60, 3)
    shuffled = [(band, random.Random(1).sample(list(marks), len(marks))) for band, marks in bands]
    one = layered(bands, rooms, links, (1000, 700), 0.1)
    assert layered(shuffled, rooms, links[::-1], (1000, 700), 0.1) == one


@pytest.mark.parametrize("count", [0, 1, 2, 150])
def test_any_number_of_marks_has_places(count: int) -> None:
    bands, rooms, links = _some(count, 5)
    assert layered(bands, rooms, links, (1000, 700), 0.1).points.keys() == rooms.keys()


Some = tuple[list[tuple[str, list[str]]], dict[str, Room], list[tuple[str, str]]]


def _some(count: int, seed: int) -> Some:
    source = random.Random(seed)
    names = [f"n{number}" for number in range(count)]
    rooms = {name: Room(source.uniform(40, 150), source.uniform(40, 80), 20) for name in names}
    bands = [(f"b{number}", names[number::7]) for number in range(7)]
    links = [(source.choice(names), source.choice(names)) for _ in range(2 * count)]
    return bands, rooms, links


def test_what_is_tied_stands_near() -> None:
    names = [f"{band}{number}" for band in "ab" for number in range(8)]
    rooms = dict.fromkeys(names, Room(60, 50, 20))
    links = [(f"a{number}", f"b{7 - number}") for number in range(8)]
    layers = layered([("a", names[:8]), ("b", names[8:])], rooms, links, (1000, 300), 0.1)
    for a, b in links:
        assert abs(layers.points[a][0] - layers.points[b][0]) < 70


@pytest.mark.parametrize("other", ["nvidia", "microsoft-azure", "kenya", "mistral-ai"])
@pytest.mark.parametrize("relies", [True, False])
def test_one_more_actor_hardly_moves_the_others(
    real: Publication, strata: Strata, other: str, relies: bool
) -> None:
    knowledge = real.knowledge
    new = Entity("a-new-firm", "Company", "A new firm", "Une firme", "", (), HERE)
    ends = (new.id, other) if relies else (other, new.id)
    pattern = next(fact for fact in knowledge.records.facts if fact.relation == "dependsOn")
    need = replace(pattern, id="new", subject=ends[0], object=ends[1])
    records = Records(
        dict(knowledge.records.entities) | {new.id: new},
        knowledge.records.sources,
        knowledge.records.passages,
        (*knowledge.records.facts, need),
    )
    later = Publication(replace(knowledge, records=records)).strata
    assert new.id in later.atlas.picture.marks
    for side in ("wide", "tall"):
        before, after = _on_stage(strata, side), _on_stage(later, side)
        moves = [math.dist(after[name], place) for name, place in before.items()]
        assert statistics.median(moves) <= 0.05


def _on_stage(strata: Strata, side: str) -> dict[str, tuple[float, float]]:
    """Give each place in parts of the width of the stage."""
    layers: Layers = getattr(strata, side)
    width = layers.right - layers.left
    points = getattr(strata.placed, side).points
    return {name: (x / width, y / width) for name, (x, y) in points.items()}


# --- The page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_tables_count_what_the_facts_say(real: Publication, language: str) -> None:
    page = map_page(real, language, Place("map.html", "../", language))
    whole = sum(
        len(set(fact.qualifiers.get("layer", ())))
        for fact in real.findings.arguable.facts
        if fact.relation == "dependsOn"
    )
    matrix = page.split('id="layers"')[1].split("</table>")[0]
    label = "All" if language == "en" else "Total"
    totals = [int(part.split("<")[0]) for part in matrix.split(f'data-label="{label}">')[1:]]
    assert sum(totals) == whole
    groups = page.split('id="groups-table"')[1].split("</table>")[0]
    assert groups.count("<tr data-group=") == len(real.strata.atlas.groups)


def test_a_group_counts_the_facts_that_name_a_member(real: Publication, strata: Strata) -> None:
    page = map_page(real, "en", Place("map.html", "../", "en"))
    for group in strata.atlas.groups:
        row = page.split(f'<tr data-group="{group.id}">')[1].split("</tr>")[0]
        members = set(group.members)
        facts = sum(
            bool(members & {fact.subject, fact.object}) for fact in strata.atlas.picture.facts
        )
        assert f'data-label="Facts">{facts}<' in row


def test_the_scripts_know_every_group_and_the_bands_hold_every_item(
    real: Publication, strata: Strata
) -> None:
    data = map_data(strata, real.teller("fr"))
    atlas = strata.atlas
    names = [*atlas.picture.marks, *(group.id for group in atlas.groups)]
    bands = [names[item] for band in data["bands"] for item in band["items"]]  # type: ignore[attr-defined]
    assert Counter(bands) == Counter([*strata.atlas.singles, *(g.id for g in strata.atlas.groups)])


def test_the_page_says_by_which_rule_and_how_many(real: Publication, strata: Strata) -> None:
    page = map_page(real, "en", Place("map.html", "../", "en"))
    grounds = Counter(footing.ground for footing in strata.atlas.footings.values())
    for ground in ("relied-on", "kind", "possible", "relies"):
        assert f"({grounds[ground]})" in page
    assert f"of {grounds['']} no fact names a layer" in page


def test_bands_and_countries_are_those_of_the_analysis(real: Publication, strata: Strata) -> None:
    law = _places(real, real.knowledge.records)
    for name in random.Random(4).sample(list(strata.atlas.picture.marks), 60):
        assert strata.atlas.footings[name] == footing(real.findings.arguable, name)
        assert strata.atlas.countries[name] == country(law, name)


def test_a_group_has_an_id_that_no_entity_can_have() -> None:
    assert Group("cloud", "", "company", ()).id == "g.cloud.unknown.company"
