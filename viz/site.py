"""Every page, in every language, to one folder that opens from the disk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from techsov.graph.messages import LANGUAGES
from techsov.viz.built import built_assets
from techsov.viz.bundle import SCRIPTS, SHEETS, edition_style, page_style, script, sheet
from techsov.viz.index import search_script
from techsov.viz.network import vis_network
from techsov.viz.pages.actor import actor_page
from techsov.viz.pages.alliances import alliances_page
from techsov.viz.pages.chokepoints import chokepoints_page
from techsov.viz.pages.concentration import concentration_page
from techsov.viz.pages.frame import Place
from techsov.viz.pages.home import home_page
from techsov.viz.pages.ladder import ladder_page
from techsov.viz.pages.map import map_page
from techsov.viz.pages.method import method_page
from techsov.viz.pages.paths import paths_page
from techsov.viz.pages.questions import question_pages, questions_page
from techsov.viz.pages.reach import law_page, reach_page
from techsov.viz.pages.sources import source_page, sources_page
from techsov.viz.pages.timeline import timeline_page
from techsov.viz.pages.tour import tour_page
from techsov.viz.pages.whatif import whatif_page
from techsov.viz.payload import common_script
from techsov.viz.publication import Publication
from techsov.viz.signature import Signatures
from techsov.viz.tours import told_tours

#: Files by their paths below the folder of the site, with ``/``.
Files = list[tuple[str, str | bytes]]
Page = Callable[[Publication, str, Place], str]
HOME = "index.html"
#: The pages that are there once in each language, by their path below it.
PAGES: Mapping[str, Page] = {
    HOME: home_page,
    "map.html": map_page,
    "alliances.html": alliances_page,
    "chokepoints.html": chokepoints_page,
    "concentration.html": concentration_page,
    "timeline.html": timeline_page,
    "whatif.html": whatif_page,
    "paths.html": paths_page,
    "reach.html": reach_page,
    "ladder.html": ladder_page,
    "sources.html": sources_page,
    "method.html": method_page,
}
#: What the pages share, by its path below ``assets/``.
ASSETS: Mapping[str, Callable[[], str]] = {
    "page.css": lambda: page_style().text,
    "vis-network.min.js": vis_network,
    **{f"common-{language}.js": partial(common_script, language) for language in LANGUAGES},
}


@dataclass(frozen=True, slots=True)
class Job:
    """What makes some files of the site.

    ``sign`` gives what ``files`` rest on, as a hash: as long as it is the same, so are they.
    """

    make: Callable[[], Files]
    files: tuple[str, ...] = ()
    sign: Callable[[], str] | None = None

    def __call__(self) -> Files:
        """Make the files."""
        return self.make()


def site_jobs(publication: Publication, language: str, base: str = "") -> list[Job]:
    """List the jobs that write the site, each the files of one page or of all that pages share.

    Parameters
    ----------
    publication : Publication
        What the pages tell; what many of them need is computed at once. The same knowledge gives
        the same bytes.
    language : str
        The language of ``index.html``; every page is written in each language besides, below
        ``en/`` and ``fr/``.
    base : str
        Stands in signatures for what all pages depend on besides: code, ontology, words.
    """
    publication.compute()
    signatures = Signatures(publication, base)
    signatures.compute()
    return [
        Job(partial(question_files, publication)),
        *(Job(partial(_once, publication, *each)) for each in PAGES.items() if each[0] != HOME),
        Job(partial(question_assets, publication)),
        Job(partial(_front, publication, language)),
        Job(partial(asset_files, publication)),
        *(Job(partial(_law, publication, law.id)) for law in publication.reaches.laws),
        *(
            _source_job(publication, signatures, source)
            for source in publication.knowledge.records.sources
        ),
        *(_actor_job(publication, signatures, entity) for entity in publication.pages),
    ]


def _actor_job(publication: Publication, signatures: Signatures, entity: str) -> Job:
    files = tuple(f"{language}/actor/{entity}.html" for language in LANGUAGES)
    make, sign = partial(_actor, publication, entity), partial(signatures.of, entity)
    return Job(make, files, sign)


def _source_job(publication: Publication, signatures: Signatures, source: str) -> Job:
    files = tuple(f"{language}/source/{source}.html" for language in LANGUAGES)
    return Job(partial(_source, publication, source), files, partial(signatures.of_source, source))


def asset_files(publication: Publication) -> Files:
    """Give what all pages share."""
    edition = edition_style(publication.knowledge.edition).text
    shared: Files = [(f"assets/{name}", content()) for name, content in ASSETS.items()]
    shared += [(f"assets/{name}", script(name).text) for name in SCRIPTS]
    shared += [(f"assets/{name}.css", sheet(name)) for name in SHEETS]
    searched = [
        (f"assets/search-{language}.js", search_script(publication, language))
        for language in LANGUAGES
    ]
    return [*shared, ("assets/edition.css", edition), *searched]


def _front(publication: Publication, language: str) -> Files:
    """Give the home pages and the tours: one job, since the first show what the others tell."""
    first = (HOME, home_page(publication, language, Place(HOME, "")))
    return [first, *_once(publication, HOME, home_page), *_tours(publication)]


def _tours(publication: Publication) -> Files:
    return [
        (f"{language}/{place.path}", tour_page(publication, language, place, tours, number))
        for language in LANGUAGES
        for tours in [told_tours(publication, language)]
        for number, tour in enumerate(tours)
        for place in [Place(f"tours/{tour.id}.html", "../../", language)]
    ]


def question_assets(publication: Publication) -> Files:
    """Give what the pages of the questions carry to answer others."""
    built: Files = [(f"assets/{name}", content) for name, content in built_assets().items()]
    names: Files = [
        (
            f"assets/questions-names-{language}.js",
            publication.answers.names_script(language, publication.pages),
        )
        for language in LANGUAGES
    ]
    return [*built, ("assets/questions-graph.js", publication.answers.graph_script), *names]


def question_files(publication: Publication) -> Files:
    """Give the pages of the questions: one job, since all of them rest on the answers."""
    pages = [
        (f"{language}/{path}", text)
        for language in LANGUAGES
        for path, text in question_pages(publication, language)
    ]
    return [*pages, *_once(publication, "questions.html", questions_page)]


def _once(publication: Publication, path: str, page: Page) -> Files:
    return [
        (f"{language}/{path}", page(publication, language, Place(path, "../", language)))
        for language in LANGUAGES
    ]


def _source(publication: Publication, source: str) -> Files:
    path = f"source/{source}.html"
    return [
        (
            f"{language}/{path}",
            source_page(publication, language, Place(path, "../../", language), source),
        )
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
