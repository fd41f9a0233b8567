"""The map: what rests on what, layer by layer, and on which country."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from techsov.graph.analysis.network.stack import (
    BANDS,
    NOWHERE,
    SEVERAL,
    UNSTATED,
    USERS,
    Rest,
    most_one_sided,
    rests,
)
from techsov.graph.messages import catalogue
from techsov.viz.atlas import Atlas, Group
from techsov.viz.layered import BAND_ROOM, Layers
from techsov.viz.layout import Room
from techsov.viz.pages.frame import Place, render
from techsov.viz.pages.pictured import pictured
from techsov.viz.picture import MOST_MARKS
from techsov.viz.publication import Publication
from techsov.viz.sentences import Teller
from techsov.viz.still_map import First, bundle_id, first_map, still_map
from techsov.viz.strata import (
    NAMED_FIRST,
    NAMED_FIRST_TALL,
    Strata,
    country_name,
    group_label,
    whence,
)
from techsov.viz.style import FAMILIES
from techsov.viz.words import area_word

AREA = "page-map"
#: So many of the most relied upon are named in the first sentence.
FIRST_TOLD = 4
#: So many countries have a column of their own; the others share one.
MOST_COLUMNS = 5
#: More members than this are listed on request.
FEW_MEMBERS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One layer of the table of layers and countries: the facts by column, and who relies."""

    layer: str
    whole: int
    counts: tuple[int, ...]
    relying: str


def map_page(publication: Publication, language: str, place: Place) -> str:
    """Write the map: what rests on what, layer by layer, and on which country."""
    strata, teller = publication.strata, publication.teller(language)
    title = _say("title", language)
    found = rests(publication.findings.arguable, publication.findings.law)
    columns = _columns(found)
    first = [
        (name, publication.reach[name])
        for name in strata.atlas.picture.marks[:FIRST_TOLD]
        if publication.reach.get(name)
    ]
    counts = _facts_of_groups(strata)
    return render(
        "map.html",
        publication,
        language,
        place,
        styles=("map.css",),
        title=title,
        say=partial(_say, language=language),
        first=first,
        documents=len({name for fact in strata.atlas.picture.facts for name in fact.sources}),
        one_sided=most_one_sided(found),
        unknown=_unknown(found),
        most=MOST_MARKS,
        few=FEW_MEMBERS,
        columns=[_column_name(column, teller) for column in columns],
        rows_of_layers=_rows(found, columns, teller),
        layer_name=partial(band_name, teller=teller),
        groups=[
            (group, group_label(group, len(group.members), teller), counts[group.id])
            for group in strata.atlas.groups
        ],
        grounds=_grounds(strata),
        **_pictured(strata, publication, language, place, title),
    )


def map_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    atlas = publication.atlas
    picture = atlas.picture
    yield atlas.singles, atlas.groups, atlas.footings, atlas.countries
    yield [(mark, publication.reach.get(mark, 0)) for mark in picture.marks]
    yield [fact.id for fact in picture.facts]
    yield picture.steps, picture.all_marks, picture.all_facts, picture.circles, picture.quiet
    yield rests(publication.findings.arguable, publication.findings.law)


def band_name(band: str, teller: Teller) -> str:
    """Name a band of the map."""
    if band in (USERS, UNSTATED):
        return _say(f"band-{band}", teller.language)
    return teller.name(f"layer-{band}")


def map_data(strata: Strata, teller: Teller) -> dict[str, object]:
    """Say what the scripts of the map need: its bands, its groups, the room of every mark."""
    atlas = strata.atlas
    numbers = {name: number for number, name in enumerate(_numbered(atlas))}
    items = [*atlas.singles, *(group.id for group in atlas.groups)]
    by_place = {name: strata.wide.points[name] for name in items}
    ordered = sorted(items, key=lambda name: (by_place[name], name))
    bands = [
        {
            "id": strip.band,
            "label": band_name(strip.band, teller),
            "wide": [strip.top, strip.bottom],
            "tall": [upright.top, upright.bottom],
            "items": [
                numbers[name] for name in ordered if strip.top < by_place[name][1] < strip.bottom
            ],
        }
        for strip, upright in zip(strata.wide.strips, strata.tall.strips, strict=True)
    ]
    return {
        "most": MOST_MARKS,
        "singles": len(atlas.singles),
        "room": BAND_ROOM,
        "wide": _side(atlas, strata.wide, strata.rooms, NAMED_FIRST),
        "tall": _side(atlas, strata.tall, strata.tall_rooms, NAMED_FIRST_TALL),
        "bands": bands,
        "groups": [_group_data(group, strata, teller, numbers) for group in atlas.groups],
        "statuses": {
            fact.status: teller.name(f"status-{fact.status}") for fact in atlas.picture.facts
        },
        "words": {
            key: words[teller.language]
            for key, words in sorted(catalogue().items())
            if key.startswith(f"{AREA}.") and key.removeprefix(f"{AREA}.").startswith(SCRIPTED)
        },
    }


def _side(atlas: Atlas, layers: Layers, rooms: Mapping[str, Room], named: int) -> dict[str, object]:
    """Say how far the bands reach on one kind of screen, and the room there, if groups open."""
    names = _numbered(atlas) if atlas.groups else ()
    return {
        "left": layers.left,
        "right": layers.right,
        "title": layers.title,
        "row": layers.row,
        "named": named,
        "rooms": [[round(rooms[name].width), round(rooms[name].height)] for name in names],
    }


def _numbered(atlas: Atlas) -> tuple[str, ...]:
    """List the marks, then the groups: in this order the scripts count them."""
    return (*atlas.picture.marks, *(group.id for group in atlas.groups))


#: How the keys of those words begin that the scripts say.
SCRIPTED = ("group-", "bundle-", "open", "close", "partly")


def _group_data(
    group: Group, strata: Strata, teller: Teller, numbers: Mapping[str, int]
) -> dict[str, object]:
    return {
        "id": group.id,
        "label": group_label(group, len(group.members), teller),
        "layer": band_name(group.band, teller),
        "band": group.band,
        "country": whence(group, teller),
        "family": group.family,
        "shape": FAMILIES[group.family].shape,
        "members": [numbers[member] for member in group.members],
        "weight": sum(strata.reach.get(member, 0) for member in group.members),
        "wide": [*strata.wide.points[group.id], strata.sizes[group.id]],
        "tall": [*strata.tall.points[group.id], strata.larger[group.id]],
    }


def _pictured(
    strata: Strata, publication: Publication, language: str, place: Place, title: str
) -> dict[str, Any]:
    teller = publication.teller(language)
    names = {strip.band: band_name(strip.band, teller) for strip in strata.wide.strips}
    first = first_map(strata, teller)
    return pictured(
        strata.placed,
        publication,
        language,
        place,
        title,
        "map",
        more={"map": {**map_data(strata, teller), "bends": _bends(first, strata.atlas)}},
        script="map.js",
        drawing=still_map(first, strata, teller, title, names),
        folded=strata.atlas.standing_in,
    )


def _bends(first: First, atlas: Atlas) -> list[list[object]]:
    """Say how the first lines bend: a fact by its number, a bundle by its ends and its stroke."""
    ends = {name: number for number, name in enumerate(_numbered(atlas))}
    facts = {fact.id: number for number, fact in enumerate(atlas.picture.facts)}
    lines: list[list[object]] = [
        [facts[name], bend] for name, bend in first.bends.items() if bend and name in facts
    ]
    bundles = (
        [ends[begin], ends[end], stroke, first.bends[bundle_id((begin, end, stroke))]]
        for begin, end, stroke in first.bundles
    )
    return [*lines, *(bundle for bundle in bundles if bundle[-1])]


def _facts_of_groups(strata: Strata) -> Mapping[str, int]:
    """Count the facts that name a member of each group."""
    counts: Counter[str] = Counter()
    for fact in strata.atlas.picture.facts:
        counts.update({strata.atlas.drawn_as(end) for end in (fact.subject, fact.object)})
    return counts


def _grounds(strata: Strata) -> Mapping[str, int]:
    """Count the things on the map by what their layer is read from."""
    counts: Counter[str] = Counter(footing.ground for footing in strata.atlas.footings.values())
    several = sum(bool(footing.others) for footing in strata.atlas.footings.values())
    return {**counts, "several": several}


def _columns(found: Iterable[Rest]) -> tuple[str, ...]:
    """Give the countries on which most facts rest, then the others, the several, the unknown."""
    sizes: Counter[str] = Counter()
    for rest in found:
        sizes[rest.country] += len(rest.facts)
    known = sorted(
        (state for state in sizes if state not in (NOWHERE, SEVERAL)),
        key=lambda state: (-sizes[state], state),
    )
    last = ("others",) if known[MOST_COLUMNS:] else ()
    return (*known[:MOST_COLUMNS], *last, *(each for each in (SEVERAL, NOWHERE) if sizes[each]))


def _rows(found: Iterable[Rest], columns: Sequence[str], teller: Teller) -> list[Row]:
    by_layer: dict[str, list[Rest]] = {}
    for rest in found:
        by_layer.setdefault(rest.layer, []).append(rest)
    rows = []
    for layer in sorted(by_layer, key=BANDS.index):
        counts: Counter[str] = Counter()
        relying: Counter[str] = Counter()
        for rest in by_layer[layer]:
            counts[rest.country if rest.country in columns else "others"] += len(rest.facts)
            relying.update(rest.relying)
        who = sorted(
            relying, key=lambda state: (state in (NOWHERE, SEVERAL), -relying[state], state)
        )
        rows.append(
            Row(
                layer,
                sum(counts.values()),
                tuple(counts[column] for column in columns),
                ", ".join(f"{country_name(state, teller)} {relying[state]}" for state in who),
            )
        )
    return rows


def _column_name(column: str, teller: Teller) -> str:
    return country_name(column, teller)


def _unknown(found: Iterable[Rest]) -> Mapping[str, int]:
    """Count for each layer the facts of which the country is unknown."""
    return {rest.layer: len(rest.facts) for rest in found if rest.country == NOWHERE}


def _say(key: str, language: str, **values: object) -> str:
    return area_word(AREA, key, language, **values)
