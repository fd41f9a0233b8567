"""Positions: the same each time, without overlap, in the proportions of the stage, always an end."""

import itertools
import random

import pytest

from techsov.viz.layout import STAGE, Point, Room, Ties, positions
from techsov.viz.publication import Publication

NOTHING = Ties((), (), ())


def overlaps(boxes: dict[str, Room], points: dict[str, Point]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in itertools.combinations(boxes, 2)
        if abs(points[a][0] - points[b][0]) < (boxes[a].width + boxes[b].width) / 2 - 1.5
        and abs(points[a][1] - points[b][1]) < (boxes[a].height + boxes[b].height) / 2 - 1.5
    ]


def some(count: int, seed: int, ties: int) -> tuple[dict[str, Room], Ties]:
    source = random.Random(seed)
    names = [f"n{number}" for number in range(count)]
    boxes = {name: Room(source.uniform(20, 120), source.uniform(20, 60), 18) for name in names}
    pairs = tuple((source.choice(names), source.choice(names)) for _ in range(ties))
    return boxes, Ties(pairs, pairs[: ties // 2], (tuple(names[:4]),))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_small_pictures_have_a_place_for_everything(count: int) -> None:
    boxes, _ = some(count, 1, 0)
    points = positions(boxes, NOTHING)
    assert set(points) == set(boxes)
    assert overlaps(boxes, points) == []


@pytest.mark.parametrize("seed", range(4))
def test_no_label_lies_on_another(seed: int) -> None:
    boxes, ties = some(45, seed, 70)
    assert overlaps(boxes, positions(boxes, ties)) == []


def test_a_hundred_and_fifty_equal_marks_without_a_tie_come_apart() -> None:
    boxes: dict[str, Room] = {f"n{number}": Room(40, 40, 18) for number in range(150)}
    points = positions(boxes, NOTHING)
    assert overlaps(boxes, points) == []


def test_everything_tied_to_everything_ends() -> None:
    names = [f"n{number}" for number in range(30)]
    pairs = tuple(itertools.combinations(names, 2))
    boxes: dict[str, Room] = dict.fromkeys(names, Room(60, 30, 18))
    assert overlaps(boxes, positions(boxes, Ties(pairs, pairs, ()))) == []


def test_marks_come_apart_even_where_labels_find_no_room() -> None:
    names = [f"n{number}" for number in range(150)]
    rooms = dict.fromkeys(names, Room(200, 60, 24))
    cores = dict.fromkeys(names, Room(24, 24, 24))
    assert overlaps(cores, positions(rooms, NOTHING)) == []


def test_what_is_whole_keeps_its_room_in_a_crowd() -> None:
    names = [f"n{number}" for number in range(150)]
    rooms = {name: Room(140, 60, 20, whole=number < 9) for number, name in enumerate(names)}
    first = {name: rooms[name] for name in names[:9]}
    assert overlaps(first, positions(rooms, NOTHING)) == []


def test_order_of_input_changes_nothing() -> None:
    boxes, ties = some(30, 5, 50)
    shuffled = dict(random.Random(1).sample(list(boxes.items()), len(boxes)))
    turned = Ties(ties.links[::-1], ties.falls[::-1], ties.circles)
    assert positions(boxes, ties) == positions(shuffled, turned)


def test_the_picture_has_the_proportions_of_the_stage(publication: Publication) -> None:
    points = publication.within("corvette", 9).wide.points.values()
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    assert 0.7 < (width / height) / (STAGE[0] / STAGE[1]) < 1.5


def test_what_is_relied_upon_mostly_stands_below(publication: Publication) -> None:
    placed = publication.within("corvette", 9)
    needs = [f for f in placed.picture.facts if f.relation == "dependsOn" and f.status == "stated"]
    points = placed.wide.points
    down = sum(points[f.object][1] > points[f.subject][1] for f in needs)
    assert down >= 0.7 * len(needs)
