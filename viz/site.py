"""Every page, in every language, to one folder that opens from the disk."""

from collections.abc import Callable

from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES
from techsov.viz.bundle import page_script, page_style
from techsov.viz.network import vis_network
from techsov.viz.pages import Place, actor_page, method_page, overview_page, sources_page
from techsov.viz.publication import Publication

Write = Callable[[str, str | bytes], None]


def write_site(write: Write, knowledge: Knowledge, language: str) -> None:
    """Write the site: an overview, one page per actor, the sources and how to read them.

    Parameters
    ----------
    write : callable
        Writes one file: its path below the folder of the site, with ``/``, and its content.
    knowledge : Knowledge
        What the pages tell. The same knowledge gives the same bytes.
    language : str
        The language of ``index.html``; every page is written in each language besides, below
        ``en/`` and ``fr/``.
    """
    publication = Publication(knowledge)
    write("assets/page.css", page_style().text)
    write("assets/page.js", page_script().text)
    write("assets/vis-network.min.js", vis_network())
    write("index.html", overview_page(publication, language, Place("index.html", "")))
    for each in LANGUAGES:
        below = Place("index.html", "../")
        write(f"{each}/index.html", overview_page(publication, each, below))
        write(f"{each}/sources.html", sources_page(publication, each, Place("sources.html", "../")))
        write(f"{each}/method.html", method_page(publication, each, Place("method.html", "../")))
    for entity in publication.pages:
        placed = publication.around(entity)
        for each in LANGUAGES:
            path = f"actor/{entity}.html"
            page = actor_page(publication, each, Place(path, "../../"), entity, placed)
            write(f"{each}/{path}", page)
