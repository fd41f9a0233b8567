"""Every page, in every language, to one folder that opens from the disk."""

from collections.abc import Callable, Mapping
from functools import partial

from techsov.graph.messages import LANGUAGES
from techsov.viz.bundle import (
    edition_style,
    ladder_script,
    page_script,
    page_style,
    reach_script,
    table_script,
    trial_script,
)
from techsov.viz.network import vis_network
from techsov.viz.pages.actor import actor_page
from techsov.viz.pages.frame import Place
from techsov.viz.pages.home import home_page
from techsov.viz.pages.ladder import ladder_page
from techsov.viz.pages.map import map_page
from techsov.viz.pages.method import method_page
from techsov.viz.pages.reach import law_page, reach_page
from techsov.viz.pages.sources import sources_page
from techsov.viz.pages.whatif import whatif_page
from techsov.viz.publication import Publication

#: Files by their paths below the folder of the site, with ``/``.
Files = list[tuple[str, str | bytes]]
Job = Callable[[], Files]
Page = Callable[[Publication, str, Place], str]


#: The pages that are there once in each language, by their path below it.
PAGES: Mapping[str, Page] = {
    "index.html": home_page,
    "map.html": map_page,
    "whatif.html": whatif_page,
    "reach.html": reach_page,
    "ladder.html": ladder_page,
    "sources.html": sources_page,
    "method.html": method_page,
}
#: What the pages share, by its path below ``assets/``.
ASSETS: Mapping[str, Callable[[], str]] = {
    "page.css": lambda: page_style().text,
    "page.js": lambda: page_script().text,
    "ladder.js": lambda: ladder_script().text,
    "reach.js": lambda: reach_script().text,
    "tables.js": lambda: table_script().text,
    "whatif.js": lambda: trial_script().text,
    "vis-network.min.js": vis_network,
}


def site_jobs(publication: Publication, language: str) -> list[Job]:
    """List the jobs that write the site, each the files of one page or of all that pages share.

    Parameters
    ----------
    publication : Publication
        What the pages tell; what many of them need is computed at once. The same knowledge gives
        the same bytes.
    language : str
        The language of ``index.html``; every page is written in each language besides, below
        ``en/`` and ``fr/``.
    """
    publication.compute()
    home = partial(home_page, publication, language, Place("index.html", ""))
    return [
        *(partial(_once, publication, path, page) for path, page in PAGES.items()),
        lambda: [("index.html", home())],
        partial(asset_files, publication),
        *(partial(_law, publication, law.id) for law in publication.reaches.laws),
        *(partial(_actor, publication, entity) for entity in publication.pages),
    ]


def asset_files(publication: Publication) -> Files:
    """Give what all pages share."""
    edition = edition_style(publication.knowledge.edition).text
    shared = [(f"assets/{name}", content()) for name, content in ASSETS.items()]
    return [*shared, ("assets/edition.css", edition)]


def _once(publication: Publication, path: str, page: Page) -> Files:
    return [
        (f"{language}/{path}", page(publication, language, Place(path, "../", language)))
        for language in LANGUAGES
    ]


def _law(publication: Publication, law: str) -> Files:
    path = f"law/{law}.html"
    return [
        (
            f"{language}/{path}",
            law_page(publication, language, Place(path, "../../", language), law),
        )
        for language in LANGUAGES
    ]


def _actor(publication: Publication, entity: str) -> Files:
    placed = publication.around(entity)
    path = f"actor/{entity}.html"
    return [
        (
            f"{language}/{path}",
            actor_page(publication, language, Place(path, "../../", language), entity, placed),
        )
        for language in LANGUAGES
    ]
