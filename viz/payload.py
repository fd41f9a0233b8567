"""One picture as the data that its page carries: what vis-network draws, and what the panel says."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from techsov.viz.curves import bends, holds_only
from techsov.viz.layout import Box, Point, Ties, positions
from techsov.viz.network import ActorNetwork
from techsov.viz.legend import MOST_CIRCLES
from techsov.viz.picture import Circle, Picture
from techsov.viz.style import (
    CIRCLE_COLOURS,
    DASHES,
    GROUPS,
    OWNER_IS_OBJECT,
    STROKES,
    THICK,
    THIN,
    family_of,
    radius,
    stroke_of,
)
from techsov.viz.sentences import Proof, Teller, Told
from techsov.viz.words import script_words

#: The form of the data; a page of another form is not understood.
VERSION = 1
#: Room between the marks of an alliance and its hull, in pixels.
HULL_ROOM = 30
#: Labels: height of a line, most characters on one, most lines; width in parts of the height.
LABEL_SIZE, LABEL_CHARACTERS, LABEL_LINES = 13, 20, 2
NARROW, WIDE = frozenset("iljtfrI.,:;'’|!()[] -"), frozenset("mwMWŒœ@%")


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture with a place for every mark and a bend for every line; the same in each language."""

    picture: Picture
    points: Mapping[str, Point]
    bends: Mapping[str, float]
    radii: Mapping[str, int]


def place(picture: Picture, teller: Teller, reach: Mapping[str, int]) -> Placed:
    """Compute where everything in a picture stands, labels of every language fitting."""
    entities = teller.records.entities
    radii = {mark: radius(reach.get(mark, 0)) for mark in picture.marks}
    boxes: dict[str, Box] = {}
    for mark in picture.marks:
        entity = entities[mark]
        labels = [label_box(entity.label(language)) for language in ("en", "fr")]
        width = max(2 * radii[mark], *(box[0] for box in labels))
        boxes[mark] = (width + 14, 2 * radii[mark] + max(box[1] for box in labels) + 14)
    points = positions(boxes, _ties(picture, teller))
    ends = {fact.id: (fact.subject, fact.object) for fact in picture.facts}
    for name in {name for circle in picture.circles for name in circle.facts}:
        del ends[name]
    return Placed(picture, points, bends(ends, points, radii), radii)


def label_box(label: str) -> Box:
    """Estimate the room of a label, broken as the page breaks it, in pixels."""
    lines = broken(label)
    return max(_width(line) for line in lines), len(lines) * LABEL_SIZE * 1.2


def broken(label: str) -> list[str]:
    """Break a label into lines as the page does; what is left over is cut.

    >>> broken("Centre of research into everything at once, for ever")
    ['Centre of research', 'into everything at…']
    """
    lines = [""]
    for part in label.split():
        joined = f"{lines[-1]} {part}".strip()
        if len(joined) <= LABEL_CHARACTERS or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(part)
    kept = lines[:LABEL_LINES]
    if len(lines) > LABEL_LINES:
        kept[-1] = f"{kept[-1]}…"
    return kept


def network(placed: Placed, teller: Teller) -> ActorNetwork:
    """Fill the pyvis network with the marks and the lines of a picture."""
    drawn = ActorNetwork()
    entities = teller.records.entities
    for mark in placed.picture.marks:
        entity = entities[mark]
        family = family_of(entity.cls)
        x, y = placed.points[mark]
        drawn.add_node(
            mark,
            label=entity.label(teller.language),
            shape=family.shape,
            group=f"{family.id}-group" if entity.cls in GROUPS else family.id,
            x=x,
            y=y,
            size=placed.radii[mark],
        )
    for fact in placed.picture.facts:
        width = THICK if len(fact.sources) > 1 else THIN
        bend = placed.bends.get(fact.id, 0.0)
        options = {"bend": bend} if bend else {}
        drawn.add_edge(fact.subject, fact.object, id=fact.id, width=width, **options)
    return drawn


def payload(
    placed: Placed,
    teller: Teller,
    reach: Mapping[str, int],
    pages: Collection[str],
    page: Mapping[str, object],
) -> dict[str, object]:
    """Say everything that the scripts of one page need to know.

    ``pages`` are the entities that have a page to link to; ``page`` holds what the page itself is.
    """
    picture = placed.picture
    told = [teller.tell(fact) for fact in picture.facts]
    sources = sorted({proof.document.id for fact in told for proof in fact.proofs})
    relations = {fact.relation.id: fact for fact in told}
    drawn = network(placed, teller)
    return {
        "version": VERSION,
        "page": dict(page),
        "network": drawn.feed(),
        "actors": {
            mark: _actor(mark, placed, teller, reach, pages) for mark in picture.marks
        },
        "facts": {
            fact.fact.id: _fact(fact, {name: i for i, name in enumerate(sources)})
            for fact in told
        },
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
        "strokes": {
            name: {"colour": stroke.colour, "arrow": stroke.arrow}
            for name, stroke in STROKES.items()
        },
        "dashes": {status: list(dash.pattern) for status, dash in DASHES.items()},
        "circles": [
            _circle(circle, placed, teller, number)
            for number, circle in enumerate(picture.circles)
        ],
        "sources": [_source(teller, name) for name in sources],
        "statuses": {fact.status: fact.status_word for fact in told},
        "counts": {"marks": picture.all_marks, "facts": picture.all_facts},
        "words": script_words(teller.language),
    }


def json_block(value: object) -> Markup:
    """Write JSON that no reader of HTML can take for a tag.

    >>> print(json_block({"a": "</script>"}))
    {"a":"\\u003c/script\\u003e"}
    """
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
    )
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - every character that HTML reads is escaped above


def _ties(picture: Picture, teller: Teller) -> Ties:
    dependent = {
        name: relation.dependent
        for name, relation in teller.schema.relations.items()
        if relation.family == "need" and relation.dependent
    }
    return Ties(
        links=tuple((fact.subject, fact.object) for fact in picture.facts),
        falls=tuple(
            (fact.subject, fact.object)
            if dependent[fact.relation] == "subject"
            else (fact.object, fact.subject)
            for fact in picture.facts
            if fact.relation in dependent
        ),
        circles=tuple(
            (circle.alliance, *circle.members) for circle in picture.circles[:MOST_CIRCLES]
        ),
    )


def _width(line: str) -> float:
    parts = [0.3 if c in NARROW else 0.86 if c in WIDE else 1.0 if ord(c) > 0x2E7F else
             0.68 if c.isupper() else 0.56 for c in line]
    return LABEL_SIZE * sum(parts)


def _actor(
    mark: str, placed: Placed, teller: Teller, reach: Mapping[str, int], pages: Collection[str]
) -> dict[str, object]:
    entity = teller.records.entities[mark]
    names = {entity.label_en, entity.label_fr, *entity.names} - {entity.label(teller.language)}
    return {
        "class": teller.schema.classes[entity.cls].label(teller.language),
        "family": family_of(entity.cls).id,
        "names": sorted(names),
        "page": mark in pages,
        "reach": reach.get(mark, 0),
        "distance": placed.picture.distances.get(mark, 0),
    }


def _fact(told: Told, numbers: Mapping[str, int]) -> dict[str, object]:
    full = {
        "relation": told.relation.id,
        "status": told.status,
        "standing": told.standing,
        "period": told.period,
        "details": told.details,
        "claimant": told.claimant,
        "confidence": told.confidence,
        "proofs": [_proof(proof, numbers) for proof in told.proofs],
    }
    return {key: value for key, value in full.items() if value and value != "now"}


def _proof(proof: Proof, numbers: Mapping[str, int]) -> dict[str, object]:
    full = {
        "gloss": proof.gloss,
        "source": numbers[proof.document.id],
        "place": proof.place,
        "passage": proof.passage,
        "cited": proof.cited,
    }
    return {key: value for key, value in full.items() if value != ""}


def _source(teller: Teller, name: str) -> dict[str, object]:
    document = teller.document(teller.records.sources[name])
    return {
        "id": document.id,
        "label": document.label,
        "kind": document.kind,
        "stance": document.stance_word,
        "date": document.date,
        "publisher": document.publisher,
        "link": document.link,
    }


def _circle(circle: Circle, placed: Placed, teller: Teller, number: int) -> dict[str, object]:
    inside = [circle.alliance, *circle.members]
    others = [mark for mark in placed.picture.marks if mark not in inside]
    hull = holds_only(inside, placed.points, others, HULL_ROOM)
    return {
        "id": circle.alliance,
        "label": teller.name(circle.alliance),
        "kind": "hull" if hull else "ring",
        "colour": CIRCLE_COLOURS[number % len(CIRCLE_COLOURS)],
        "members": list(circle.members),
        "facts": list(circle.facts),
    }
