"""What a page with a picture has besides: the data of its scripts, a legend and a table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from techsov.viz.arrangement import Placed
from techsov.viz.legend import Group, filters, legend
from techsov.viz.pages.frame import Place
from techsov.viz.payload import common, json_block, payload
from techsov.viz.publication import Publication
from techsov.viz.svg import still
from techsov.viz.words import day_text

#: What a page with a picture loads besides its own script.
RENDERER = "vis-network.min.js"


@dataclass(frozen=True, slots=True)
class Surround:
    """What stands around a picture: its legend, what else filters it, and the drawing on paper."""

    groups: tuple[Group, ...]
    filters: tuple[Group, ...]
    still: Markup


def pictured(
    placed: Placed,
    publication: Publication,
    language: str,
    place: Place,
    title: str,
    kind: str,
    more: Mapping[str, object] | None = None,
    script: str = "page.js",
    drawing: Markup | None = None,
    folded: Collection[str] = (),
) -> dict[str, Any]:
    """Collect what the template of a picture needs: data of the scripts, legend and table.

    ``more`` is what the scripts of one kind of page know besides, ``script`` what starts them,
    ``drawing`` the still drawing of a page that first shows something else than its picture, and
    ``folded`` the marks that it does not show as themselves.
    """
    teller = publication.teller(language)
    shown, further = legend(placed.picture, teller), filters(placed.picture, teller)
    page = {
        "kind": kind,
        "title": title,
        "language": language,
        "day": day_text(publication.knowledge.day, language),
        "today": publication.knowledge.day.isoformat(),
        "path": place.file,
        "focus": placed.picture.focus,
        "pages": place.link(language, "actor/"),
        "paths": place.link(language, "paths.html"),
        "toggles": [
            [item.token, item.shown] for group in (*shown, *further) for item in group.items
        ],
    }
    pages = publication.paged if place.root is not None else frozenset()
    data = payload(placed, teller, publication.reach, pages, page, folded)
    together = kind == "actor" and place.root is not None
    if together:
        data = {key: value for key, value in data.items() if key not in common(language)}
    renderers = (*([f"common-{language}.js"] if together else []), RENDERER, script)
    return {
        # A dossier in which nothing is to be drawn fetches nothing that draws.
        "renderers": renderers if placed.picture.facts or kind != "actor" else (),
        "placed": placed,
        "legend": Surround(
            shown, further, still(placed, teller, title) if drawing is None else drawing
        ),
        "rows": [teller.tell(fact) for fact in placed.picture.facts],
        "data": json_block(data | dict(more or {})),
    }
