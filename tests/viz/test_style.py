"""One table draws everything: nothing is left out of it, and everything in it can be told apart."""

import itertools

import numpy as np
import pytest

from techsov.graph.errors import OntologyError
from techsov.graph.facts.schema import read_schema
from techsov.viz.style import (
    CIRCLE_COLOURS,
    DASHES,
    FAMILIES,
    FAMILY_OF_CLASS,
    GROUPS,
    INK,
    OWNER_IS_OBJECT,
    PAGE_COLOUR,
    RELATION_FAMILIES,
    STROKES,
    family_of,
)

#: Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
LEAST_DISTANCE = 15.0


def linear(colour: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, two: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, two))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    seen = np.clip(VISIONS[vision] @ linear(colour), 0, 1)
    x = TO_XYZ @ seen / np.array([0.9505, 1, 1.089])
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_every_class_of_entity_has_exactly_one_family() -> None:
    schema = read_schema()
    entities = {name for name in schema.classes if "Entity" in schema.ancestors(name)}
    assert entities == set(FAMILY_OF_CLASS), "add the class to FAMILY_OF_CLASS in viz/style.py"
    assert set(FAMILY_OF_CLASS.values()) <= set(FAMILIES)
    assert entities >= GROUPS


def test_a_class_without_family_is_an_error_that_says_where_to_add_it() -> None:
    with pytest.raises(OntologyError, match=r"viz/style\.py"):
        family_of("Lighthouse")


def test_every_status_has_a_dash_and_every_family_of_relations_a_place() -> None:
    schema = read_schema()
    assert set(schema.in_scheme("status")) == set(DASHES)
    assert {relation.family for relation in schema.relations.values()} <= set(RELATION_FAMILIES)
    assert set(schema.relations) >= OWNER_IS_OBJECT


def test_shapes_tell_families_apart_without_colour() -> None:
    shapes = [family.shape for family in FAMILIES.values()]
    assert len(set(shapes)) == len(shapes)


def test_shown_statuses_have_dashes_of_their_own() -> None:
    shown = [dash.pattern for dash in DASHES.values() if dash.shown]
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("family", FAMILIES)
def test_marks_stand_out_from_the_page(family: str) -> None:
    assert contrast(FAMILIES[family].colour, PAGE_COLOUR) >= 3


@pytest.mark.parametrize("stroke", STROKES)
def test_lines_stand_out_from_the_page(stroke: str) -> None:
    assert contrast(STROKES[stroke].colour, PAGE_COLOUR) >= 3


@pytest.mark.parametrize("colour", [INK, *CIRCLE_COLOURS])
def test_text_is_legible(colour: str) -> None:
    assert contrast(colour, PAGE_COLOUR) >= 4.5


@pytest.mark.parametrize("vision", VISIONS)
def test_families_are_told_apart_by_every_eye(vision: str) -> None:
    colours = {name: family.colour for name, family in FAMILIES.items()}
    nearest = min(
        (float(np.linalg.norm(lab(colours[a], vision) - lab(colours[b], vision))), a, b)
        for a, b in itertools.combinations(colours, 2)
    )
    assert nearest[0] >= LEAST_DISTANCE, nearest


@pytest.mark.parametrize("vision", VISIONS)
def test_lines_are_told_apart_by_every_eye(vision: str) -> None:
    for a, b in itertools.combinations(STROKES.values(), 2):
        assert np.linalg.norm(lab(a.colour, vision) - lab(b.colour, vision)) >= LEAST_DISTANCE
