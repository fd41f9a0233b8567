"""Every page, in every language, to one folder that opens from the disk."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context

from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES
from techsov.viz.bundle import page_script, page_style, trial_script
from techsov.viz.network import vis_network
from techsov.viz.pages import (
    Place,
    actor_page,
    method_page,
    overview_page,
    sources_page,
    whatif_page,
)
from techsov.viz.publication import Publication

Write = Callable[[str, str | bytes], None]


def write_site(write: Write, knowledge: Knowledge, language: str) -> None:
    """Write the site: an overview, one page per actor, the what-if, the sources, how to read it.

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
    write("assets/whatif.js", trial_script().text)
    write("assets/vis-network.min.js", vis_network())
    write("index.html", overview_page(publication, language, Place("index.html", "")))
    for each in LANGUAGES:
        below = partial(Place, root="../", folder=each)
        write(f"{each}/index.html", overview_page(publication, each, below("index.html")))
        write(f"{each}/whatif.html", whatif_page(publication, each, below("whatif.html")))
        write(f"{each}/sources.html", sources_page(publication, each, below("sources.html")))
        write(f"{each}/method.html", method_page(publication, each, below("method.html")))
    for path, page in _actor_pages(publication):
        write(path, page)


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
