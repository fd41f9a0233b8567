"""The pyvis network that feeds vis-network, without pyvis's page and its traps."""

import math
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any, NoReturn

from pyvis.network import Network

from techsov.graph.errors import StoreError
from techsov.viz.style import FAMILIES, INK, PAGE_COLOUR, THIN, Family

#: vis-network 9.1.2, as the pyvis wheel carries it; nothing else is ever put on a page.
VIS_FILE = "templates/lib/vis-9.1.2/vis-network.min.js"
VIS_BYTES = 468_813
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"

#: Shapes that vis-network draws by itself; those that fetch a picture are not among them.
SHAPES = frozenset(family.shape for family in FAMILIES.values())

OPTIONS: Mapping[str, object] = {
    "physics": False,
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
        "hover": True,
        "keyboard": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
    },
    "nodes": {"borderWidth": 2, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {
        "smooth": False,
        "width": THIN,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "labelHighlightBold": False,
    },
}


class PyvisPageError(TypeError):
    """Pyvis would write its own page, which calls other hosts and lets text run."""


class ActorNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """Marks and lines for vis-network: checked, each in constant time, parallel lines kept.

    ``nodes``, ``edges`` and ``options`` are what vis-network takes. The pages are written by
    ``techsov.viz.pages``.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]

    def __init__(self) -> None:
        super().__init__(directed=True)
        self.options = {**OPTIONS, "groups": {name: _group(f) for name, f in _groups().items()}}
        self._lines: set[str] = set()

    def add_node(self, n_id: str, label: str = "", shape: str = "dot", **options: Any) -> None:
        """Add a mark.

        Parameters
        ----------
        n_id : str
            The id of the entity; a second mark of the same id is a mistake.
        label : str
            Its name; never empty.
        shape : str
            One of ``SHAPES``.

        Raises
        ------
        ValueError
            If the id is taken, the label is empty, the shape would fetch a picture, or a number
            is not finite.
        """
        if n_id in self.node_map:
            raise ValueError(f"there is a mark {n_id!r} already")
        if not label.strip():
            raise ValueError(f"the mark {n_id!r} has no label")
        if shape not in SHAPES:
            raise ValueError(f"{shape!r} is not a shape that needs no file")
        _refuse_nan(n_id, options)
        node = {"id": n_id, "label": label, "shape": shape, **options}
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node

    def add_edge(self, source: str, to: str, *, id: str, **options: Any) -> None:
        """Add a line from ``source`` to ``to``; ``id`` is the id of the fact that it draws.

        Raises
        ------
        ValueError
            If the id is taken, an end is unknown, or a number is not finite.
        """
        if id in self._lines:
            raise ValueError(f"there is a line {id!r} already")
        for end in (source, to):
            if end not in self.node_map:
                raise ValueError(f"the line {id!r} ends at an unknown mark {end!r}")
        _refuse_nan(id, options)
        self._lines.add(id)
        self.edges.append({"id": id, "from": source, "to": to, **options})

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise PyvisPageError(
            "call techsov.viz.pages.actor.actor_page, or techsov.viz.site.site_jobs"
        )

    show = save_graph = write_html = generate_html = prep_notebook = _refuse
    set_template = set_template_dir = set_options = show_buttons = toggle_physics = _refuse

    def from_nx(self, *_: object, **__: object) -> NoReturn:
        """Refuse: pyvis loses the keys of parallel edges and changes the graph that it reads."""
        raise PyvisPageError(
            "choose a techsov.viz.picture.Picture, then call techsov.viz.payload.network"
        )

    from_DOT = from_nx  # noqa: N815 - pyvis's name


def vis_network() -> str:
    """Read vis-network from the pyvis wheel.

    Raises
    ------
    StoreError
        If it is not the file that was examined.
    """
    script = (files("pyvis") / VIS_FILE).read_bytes()
    if len(script) != VIS_BYTES or sha256(script).hexdigest() != VIS_SHA256:
        raise StoreError("page-error.vis-network", file=VIS_FILE)
    return script.decode("utf-8")


def _refuse_nan(name: str, options: Mapping[str, object]) -> None:
    for key, value in options.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{key} of {name!r} is {value}")


def _groups() -> dict[str, tuple[Family, bool]]:
    return {
        f"{family.id}{'-group' if hollow else ''}": (family, hollow)
        for family in FAMILIES.values()
        for hollow in (False, True)
    }


def _group(look: tuple[Family, bool]) -> dict[str, object]:
    """How vis-network draws a family: filled, or hollow for several things named together."""
    family, hollow = look
    fill = PAGE_COLOUR if hollow else family.colour
    rim = family.colour if hollow else PAGE_COLOUR
    return {
        "shape": family.shape,
        "color": {
            "background": fill,
            "border": rim,
            "highlight": {"background": fill, "border": INK},
            "hover": {"background": fill, "border": INK},
        },
    }
