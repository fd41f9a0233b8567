"""Every page, in every language, to one folder that opens from the disk."""

import os
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import get_context

from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES
from techsov.viz.bundle import page_script, page_style, trial_script
from techsov.viz.network import vis_network
from techsov.viz.pages.actor import actor_page
from techsov.viz.pages.frame import Place
from techsov.viz.pages.home import home_page
from techsov.viz.pages.map import map_page
from techsov.viz.pages.method import method_page
from techsov.viz.pages.sources import sources_page
from techsov.viz.pages.whatif import whatif_page
from techsov.viz.publication import Publication

Write = Callable[[str, str | bytes], None]


#: The pages that are there once in each language, by their path below it.
PAGES: Mapping[str, Callable[[Publication, str, Place], str]] = {
    "index.html": home_page,
    "map.html": map_page,
    "whatif.html": whatif_page,
    "sources.html": sources_page,
    "method.html": method_page,
}
#: What the pages share, by its path below ``assets/``.
ASSETS: Mapping[str, Callable[[], str]] = {
    "page.css": lambda: page_style().text,
    "page.js": lambda: page_script().text,
    "whatif.js": lambda: trial_script().text,
    "vis-network.min.js": vis_network,
}


def write_site(write: Write, knowledge: Knowledge, language: str) -> None:
    """Write the site: one page per question, one per actor, the sources, how to read it.

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
    for name, content in ASSETS.items():
        write(f"assets/{name}", content())
    write("index.html", home_page(publication, language, Place("index.html", "")))
    for each in LANGUAGES:
        for path, page in PAGES.items():
            write(f"{each}/{path}", page(publication, each, Place(path, "../", each)))
    for path, text in _actor_pages(publication):
        write(path, text)


def _actor_pages(publication: Publication) -> Iterator[tuple[str, str]]:
    """Draw the page of every actor, in each language; the work is shared among the processors.

    A forked child has the publication already; only names go there, and pages come back.
    """
    publication.reach, publication.facts_of  # noqa: B018 - computed once, before the fork
    publication.findings.compute()
    if not hasattr(os, "fork"):
        yield from (item for name in publication.pages for item in _pages_of(publication, name))
        return
    with get_context("fork").Pool(initializer=_share, initargs=(publication,)) as pool:
        for pages in pool.imap(_shared_pages_of, publication.pages, chunksize=8):
            yield from pages


def _pages_of(publication: Publication, entity: str) -> list[tuple[str, str]]:
    placed = publication.around(entity)
    path = f"actor/{entity}.html"
    places = {language: Place(path, "../../", language) for language in LANGUAGES}
    return [
        (f"{language}/{path}", actor_page(publication, language, place, entity, placed))
        for language, place in places.items()
    ]


_shared: list[Publication] = []


def _share(publication: Publication) -> None:
    """Keep what every page needs, in a child process."""
    _shared[:] = [publication]


def _shared_pages_of(entity: str) -> list[tuple[str, str]]:
    return _pages_of(_shared[0], entity)
