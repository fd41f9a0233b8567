"""One picture as the data that its page carries: what vis-network draws, and what the panel says."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from techsov.graph.records import Fact
from techsov.viz.arrangement import Arrangement, Placed
from techsov.viz.legend import LAYER
from techsov.viz.network import ActorNetwork
from techsov.viz.picture import Circle
from techsov.viz.sentences import Teller
from techsov.viz.style import (
    CIRCLE_COLOURS,
    DASHES,
    GROUPS,
    OWNER_IS_OBJECT,
    STROKES,
    THICK,
    family_of,
    stroke_of,
)
from techsov.viz.words import MOST_CONFIDENT, confidence_word, script_words

#: The form of the data; a page of another form is not understood.
VERSION = 1


def network(placed: Placed, teller: Teller) -> ActorNetwork:
    """Fill the pyvis network with the marks and the lines of a picture.

    What the sources say of a fact is not here: it stands in the table of the page, and the panel
    takes it from there.
    """
    drawn = ActorNetwork()
    entities = teller.records.entities
    for mark in placed.picture.marks:
        entity = entities[mark]
        family = family_of(entity.cls)
        x, y = placed.wide.points[mark]
        drawn.add_node(
            mark,
            label=entity.label(teller.language),
            shape=family.shape,
            group=_group(entity.cls),
            x=x,
            y=y,
            size=placed.wide.radii[mark],
        )
    for fact in placed.picture.facts:
        bend, standing = placed.wide.bends.get(fact.id, 0.0), teller.standing(fact)
        options: dict[str, object] = {"relation": fact.relation, "status": fact.status}
        options |= _filtered_by(fact)
        if bend:
            options["bend"] = bend
        if len(fact.sources) > 1:
            options["width"] = THICK
        if standing != "now":
            options["standing"] = standing
        drawn.add_edge(fact.subject, fact.object, id=fact.id, **options)
    return drawn


def _group(cls: str) -> str:
    family = family_of(cls).id
    return f"{family}-group" if cls in GROUPS else family


def payload(
    placed: Placed,
    teller: Teller,
    reach: Mapping[str, int],
    pages: Collection[str],
    page: Mapping[str, object],
    folded: Collection[str] = (),
) -> dict[str, object]:
    """Say everything that the scripts of one page need to know.

    ``pages`` are the entities that have a page to link to; ``page`` holds what the page itself is;
    ``folded`` are the marks that the scripts place, since they stand in something else.
    """
    picture = placed.picture
    told = [teller.tell(fact) for fact in picture.facts]
    relations = {fact.relation.id: fact for fact in told}
    drawn = network(placed, teller)
    entities = teller.records.entities
    classes = sorted({entities[mark].cls for mark in picture.marks})
    numbers = {mark: number for number, mark in enumerate(picture.marks)}
    marks_and_lines = {
        "nodes": columns(_beyond_its_kind(node, folded) for node in drawn.nodes),
        "edges": columns(_numbered(edge, numbers) for edge in map(_beyond_its_id, drawn.edges)),
    }
    return {
        "version": VERSION,
        "page": dict(page),
        "network": marks_and_lines,
        "kinds": [_kind_of_thing(cls, teller) for cls in classes],
        # In the order of the nodes.
        "actors": columns(
            {
                "kind": classes.index(entities[mark].cls),
                **_actor(mark, placed, teller, reach, pages),
            }
            for mark in picture.marks
        ),
        "relations": {
            name: {
                "verb": fact.verb,
                "inverse": fact.inverse,
                "family": fact.relation.family,
                "stroke": stroke_of(fact.relation.family).id,
                "symmetric": fact.relation.symmetric,
                "owner": "object" if name in OWNER_IS_OBJECT else "subject",
            }
            for name, fact in sorted(relations.items())
        },
        "families": {
            fact.relation.family: teller.name(f"family-{fact.relation.family}") for fact in told
        },
        "circles": [
            _circle(circle, placed, teller, number) for number, circle in enumerate(picture.circles)
        ],
        "statuses": {fact.status: fact.status_word for fact in told},
        "counts": {"marks": picture.all_marks, "facts": picture.all_facts},
        "tall": _tall(placed, folded),
        **common(teller.language),
    }


@cache
def common(language: str) -> Mapping[str, object]:
    """Say what is the same for every picture of one language."""
    return {
        "options": ActorNetwork().options,
        "strokes": {
            name: {"colour": stroke.colour, "arrow": stroke.arrow}
            for name, stroke in STROKES.items()
        },
        "dashes": {status: list(dash.pattern) for status, dash in DASHES.items()},
        "words": script_words(language),
    }


def common_script(language: str) -> str:
    """Write the same as a script, for the many pages that hold it together."""
    return f"window.techsovCommon = {json_block(dict(common(language)))};\n"


def json_block(value: object) -> Markup:
    r"""Write JSON that no reader of HTML can take for a tag.

    >>> print(json_block({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
    )
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def columns(records: Iterable[Mapping[str, object]]) -> dict[str, list[Any]]:
    """Put records below one another, so that each key is said once; the commonest come first.

    >>> columns([{"id": "a", "x": 3}, {"id": "b", "status": "planned", "x": 4}, {"id": "c"}])
    {'keys': ['id', 'x', 'status'], 'rows': [['a', 3], ['b', 4, 'planned'], ['c']]}
    >>> columns([{"id": "a", "status": "planned"}, {"x": 3}, {"x": 4}])["rows"]
    [[None, 'a', 'planned'], [3], [4]]
    """
    listed = list(records)
    counts = Counter(key for record in listed for key in record)
    keys = sorted(counts, key=lambda key: (-counts[key], key))
    return {"keys": keys, "rows": [_row(record, keys) for record in listed]}


def _row(record: Mapping[str, object], keys: Sequence[str]) -> list[object]:
    values = [record.get(key) for key in keys]
    while values and values[-1] is None:
        values.pop()
    return values


def _kind_of_thing(cls: str, teller: Teller) -> list[str]:
    """Say what all of a class have in common: its word and how vis-network draws it."""
    return [teller.schema.classes[cls].label(teller.language), _group(cls)]


def _beyond_its_kind(node: Mapping[str, object], folded: Collection[str]) -> dict[str, object]:
    """Leave out what all of a class have in common, and the place of what stands in no place."""
    known = {"group", "shape", *("xy" if node["id"] in folded else "")}
    return {key: value for key, value in node.items() if key not in known}


def _beyond_its_id(edge: Mapping[str, object]) -> dict[str, object]:
    """Leave out what the id of a fact says, and the status that most have.

    >>> _beyond_its_id({"id": "a--uses--b--1", "from": "a", "relation": "uses", "to": "c"})
    {'id': 'a--uses--b--1', 'to': 'c'}
    """
    said = dict(zip(("from", "relation", "to"), str(edge["id"]).split("--"), strict=False))
    said["status"] = "stated"
    return {key: value for key, value in edge.items() if said.get(key) != value}


def _numbered(edge: Mapping[str, object], numbers: Mapping[str, int]) -> dict[str, object]:
    """Say the parts of the id of a fact, what names a mark by its number.

    >>> _numbered({"id": "a--uses--b--1", "width": 2}, {"a": 0, "b": 1})
    {'id': [0, 'uses', 1, '1'], 'width': 2}
    """
    parts = str(edge["id"]).split("--")
    return {**edge, "id": [numbers.get(part, part) for part in parts]}


def _filtered_by(fact: Fact) -> dict[str, object]:
    """Say what else a fact is filtered by, as far as it has it; dates as precise as their source."""
    confidence = confidence_word(fact.confidence)
    full = {
        "layers": list(fact.qualifiers.get(LAYER, ())),
        "confidence": "" if confidence == MOST_CONFIDENT else confidence,
        "since": fact.valid_from.text if fact.valid_from else "",
        "until": fact.valid_to.text if fact.valid_to else "",
    }
    return {key: value for key, value in full.items() if value}


def _actor(
    mark: str, placed: Placed, teller: Teller, reach: Mapping[str, int], pages: Collection[str]
) -> dict[str, object]:
    entity = teller.records.entities[mark]
    names = {entity.label_en, entity.label_fr, *entity.names} - {entity.label(teller.language)}
    full = {
        "names": sorted(names),
        "unpaged": mark not in pages,
        "reach": reach.get(mark, 0),
        "distance": placed.picture.distances.get(mark, 0),
    }
    return {key: value for key, value in full.items() if value}


def _circle(circle: Circle, placed: Placed, teller: Teller, number: int) -> dict[str, object]:
    return {
        "id": circle.alliance,
        "label": teller.name(circle.alliance),
        "kind": _kind(circle, placed.wide),
        "colour": CIRCLE_COLOURS[number % len(CIRCLE_COLOURS)],
        "members": list(circle.members),
        "facts": list(circle.facts),
    }


def _kind(circle: Circle, arrangement: Arrangement) -> str:
    return "hull" if circle.alliance in arrangement.hulls else "ring"


def _tall(placed: Placed, folded: Collection[str]) -> dict[str, object]:
    """Say what differs on a screen held upright."""
    tall = placed.tall

    def place(mark: str) -> dict[str, object]:
        x, y = tall.points[mark]
        size: dict[str, object] = {"size": tall.radii[mark]}
        return size if mark in folded else {**size, "x": x, "y": y}

    return {
        # In the order of the nodes.
        "nodes": columns(map(place, placed.picture.marks)),
        "bends": {name: bend for name, bend in tall.bends.items() if bend},
        "circles": {circle.alliance: _kind(circle, tall) for circle in placed.picture.circles},
    }
