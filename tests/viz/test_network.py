"""The network that feeds vis-network: pyvis without its traps."""

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from techsov.graph.errors import StoreError
from techsov.viz import network
from techsov.viz.network import VIS_BYTES, ActorNetwork, PyvisPageError, vis_network
from techsov.viz.payload import network as fill
from techsov.viz.publication import Publication
from techsov.viz.style import THIN


@pytest.fixture
def two() -> ActorNetwork:
    drawn = ActorNetwork()
    drawn.add_node("a", label="A")
    drawn.add_node("b", label="B")
    return drawn


def test_parallel_lines_are_kept_under_the_ids_of_their_facts(two: ActorNetwork) -> None:
    two.add_edge("a", "b", id="a--provides--b")
    two.add_edge("a", "b", id="a--operates--b")
    assert [edge["id"] for edge in two.edges] == ["a--provides--b", "a--operates--b"]


@pytest.mark.parametrize(
    ("add", "words"),
    [
        (lambda n: n.add_node("a", label="again"), "already"),
        (lambda n: n.add_node("c"), "no label"),
        (lambda n: n.add_node("c", label=" "), "no label"),
        (lambda n: n.add_node("c", label="C", shape="image"), "no file"),
        (lambda n: n.add_node("c", label="C", shape="circularImage"), "no file"),
        (lambda n: n.add_node("c", label="C", x=float("nan")), "nan"),
        (lambda n: n.add_node("c", label="C", y=float("inf")), "inf"),
        (lambda n: n.add_edge("a", "z", id="f"), "unknown mark 'z'"),
        (lambda n: n.add_edge("z", "a", id="f"), "unknown mark 'z'"),
        (lambda n: n.add_edge("a", "b", id="f", width=float("nan")), "nan"),
    ],
)
def test_what_is_wrong_raises(
    two: ActorNetwork, add: Callable[[ActorNetwork], None], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        add(two)


def test_the_same_fact_is_not_drawn_twice(two: ActorNetwork) -> None:
    two.add_edge("a", "b", id="f")
    with pytest.raises(ValueError, match="already"):
        two.add_edge("b", "a", id="f")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("show", ("x.html",)),
        ("save_graph", ("x.html",)),
        ("write_html", ("x.html",)),
        ("generate_html", ()),
        ("from_nx", (nx.Graph(),)),
        ("from_DOT", ("x.dot",)),
        ("set_template", ("x.html",)),
        ("set_options", ("{}",)),
        ("show_buttons", ()),
        ("toggle_physics", (True,)),
    ],
)
def test_pyvis_writes_no_page(two: ActorNetwork, name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(PyvisPageError, match=r"call techsov\.viz"):
        getattr(two, name)(*arguments)


def test_ten_thousand_lines_are_added_at_once() -> None:
    drawn = ActorNetwork()
    for number in range(10_000):
        drawn.add_node(f"n{number}", label="x")
    for number in range(10_000):
        drawn.add_edge(f"n{number}", "n0", id=f"f{number}")
    assert len(drawn.edges) == 10_000


def test_physics_is_off_and_nothing_can_be_dragged_away(two: ActorNetwork) -> None:
    options: Any = two.options
    assert options["physics"] is False
    assert options["interaction"]["dragNodes"] is False


def test_every_mark_and_every_fact_of_a_picture_is_drawn(publication: Publication) -> None:
    placed = publication.within("corvette", 9)
    drawn = fill(placed, publication.teller("en"))
    assert [node["id"] for node in drawn.nodes] == list(placed.picture.marks)
    assert [edge["id"] for edge in drawn.edges] == [fact.id for fact in placed.picture.facts]
    assert all("title" not in item for item in (*drawn.nodes, *drawn.edges))


def test_a_thick_line_has_two_sources(publication: Publication) -> None:
    drawn = fill(publication.within("corvette", 9), publication.teller("en"))
    widths = {edge["id"]: edge.get("width", THIN) for edge in drawn.edges}
    for fact in publication.within("corvette", 9).picture.facts:
        assert (widths[fact.id] > 2) == (len(fact.sources) > 1)


def test_vis_network_is_the_file_that_was_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    script = vis_network()
    assert len(script.encode()) == VIS_BYTES
    assert "</script" not in script
    monkeypatch.setattr(network, "VIS_SHA256", "0" * 64)
    with pytest.raises(StoreError, match=r"install pyvis 0\.3\.2"):
        vis_network()
