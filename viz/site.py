"""Every page, in every language, to one folder that opens from the disk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from techsov.graph.export import conclusion_rows
from techsov.graph.messages import LANGUAGES
from techsov.viz.built import built_assets
from techsov.viz.bundle import SCRIPTS, SHEETS, edition_style, page_style, script, sheet
from techsov.viz.index import search_script
from techsov.viz.network import vis_network
from techsov.viz.pages.actor import actor_page, actor_rows
from techsov.viz.pages.alliances import alliances_page, alliances_rows
from techsov.viz.pages.chokepoints import chokepoints_page, chokepoints_rows
from techsov.viz.pages.concentration import concentration_page, concentration_rows
from techsov.viz.pages.frame import Place
from techsov.viz.pages.home import home_page
from techsov.viz.pages.ladder import ladder_page, ladder_rows
from techsov.viz.pages.map import map_page, map_rows
from techsov.viz.pages.method import method_page
from techsov.viz.pages.paths import paths_page
from techsov.viz.pages.questions import (
    answer_csv,
    question_page,
    question_rows,
    questions_page,
    questions_rows,
)
from techsov.viz.pages.reach import law_page, law_rows, reach_page, reach_rows
from techsov.viz.pages.sources import source_page, source_rows, sources_page, sources_rows
from techsov.viz.pages.timeline import timeline_page, timeline_rows
from techsov.viz.pages.tour import tour_page
from techsov.viz.pages.whatif import whatif_page, whatif_rows
from techsov.viz.payload import common_script
from techsov.viz.publication import Publication
from techsov.viz.signature import Signatures
from techsov.viz.tours import told_tours

#: What a page tells, as values that can be signed.
Rows = Callable[[], Iterable[object]]
#: Writes a page in one language, at one place.
Telling = Callable[[str, Place], str]
#: Files by their paths below the folder of the site, with ``/``.
Files = list[tuple[str, str | bytes]]
Page = Callable[[Publication, str, Place], str]
HOME, CONCLUDED = "index.html", "assets/questions-conclusions.js"
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
    "questions.html": questions_page,
    "sources.html": sources_page,
    "method.html": method_page,
}
#: Those that share what must be computed with others, which are listed with them.
TOGETHER = ("questions.html", "map.html", "sources.html")
#: So many pages of actors are one job: few enough that no process is left with one at the end.
ACTORS = 8
#: What stands beside the page of a question: the page, and the whole answer.
ENDINGS = ("html", "csv")
#: What the pages share, by its path below ``assets/``.
ASSETS: Mapping[str, Callable[[], str]] = {
    "page.css": lambda: page_style().text,
    "vis-network.min.js": vis_network,
    **{f"common-{language}.js": partial(common_script, language) for language in LANGUAGES},
}
#: What these of them tell, by which they are signed; the others are always made anew.
ROWS: Mapping[str, Callable[[Publication], Iterable[object]]] = {
    "map.html": map_rows,
    "alliances.html": alliances_rows,
    "chokepoints.html": chokepoints_rows,
    "concentration.html": concentration_rows,
    "timeline.html": timeline_rows,
    "whatif.html": whatif_rows,
    "reach.html": reach_rows,
    "ladder.html": ladder_rows,
    "questions.html": questions_rows,
    "sources.html": sources_rows,
}
#: Those of them that show what passages say, in our words and how directly, and not only where.
GLOSSED = frozenset({"map.html", "alliances.html"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some files of the site that are made together, such as a page in all its languages.

    ``sign`` gives what ``files`` rest on, as a hash: as long as it is the same, so are they. What
    is not signed need not name its files before it is made. ``glossed`` says that they show what
    passages say, in our words and how directly, and not only where.
    """

    make: Callable[[], Files]
    files: tuple[str, ...] = ()
    sign: Callable[[], str] | None = None
    glossed: bool = True


def signed_sheet(
    signatures: Signatures,
    name: str,
    files: tuple[str, ...],
    make: Callable[[], Files],
    rows: Rows,
    *,
    glossed: bool = True,
) -> Sheet:
    """Give a sheet that rests on ``rows``, and on what stands behind ``name``."""

    def sign() -> str:
        return signatures.of(name, rows(), glossed=glossed)

    return Sheet(make, files, sign, glossed)


#: Sheets that share what must be computed for them.
Job = Sequence[Sheet]


def site_jobs(
    publication: Publication, language: str, signatures: Signatures | None = None
) -> list[Job]:
    """List the jobs that write the site, the longest first.

    Parameters
    ----------
    publication : Publication
        What the pages tell; what many of them need is computed at once. The same knowledge gives
        the same bytes.
    language : str
        The language of ``index.html``; every page is written in each language besides, below
        ``en/`` and ``fr/``.
    signatures : Signatures
        What signs the pages.
    """
    publication.compute()
    sheets = _Sheets(publication, signatures or Signatures(publication, ""))
    sheets.signatures.compute()
    alone = [sheets.once(path) for path in PAGES if path not in (HOME, *TOGETHER)]
    return [
        [*map(sheets.question, publication.answers.questions), sheets.once("questions.html")],
        *([sheet] for sheet in alone),
        [Sheet(partial(question_assets, publication)), sheets.conclusions()],
        [sheets.once("map.html"), Sheet(partial(_front, publication, language))],
        [Sheet(partial(asset_files, publication))],
        [sheets.law(law.id) for law in publication.reaches.laws],
        [*map(sheets.source, publication.knowledge.records.sources), sheets.once("sources.html")],
        *(
            [*map(sheets.actor, publication.pages[first : first + ACTORS])]
            for first in range(0, len(publication.pages), ACTORS)
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The sheets of one publication."""

    publication: Publication
    signatures: Signatures

    def once(self, path: str) -> Sheet:
        """Give a page that is there once."""
        rows = ROWS.get(path)
        page = partial(PAGES[path], self.publication)
        files = tuple(f"{language}/{path}" for language in LANGUAGES)
        make = partial(in_each_language, path, page)
        if not rows:
            return Sheet(make, files)
        told = partial(rows, self.publication)
        return signed_sheet(self.signatures, path, files, make, told, glossed=path in GLOSSED)

    def question(self, name: str) -> Sheet:
        """Give the page of a question, and its answer beside it."""
        files = tuple(f"{each}/question/{name}.{end}" for each in LANGUAGES for end in ENDINGS)
        rows = partial(question_rows, self.publication, name)
        make = partial(question_files, self.publication, name)
        return signed_sheet(self.signatures, name, files, make, rows, glossed=False)

    def conclusions(self) -> Sheet:
        """Give what rules conclude, for the questions that ask for it."""
        rows = partial(conclusion_rows, self.publication.findings)
        make = partial(concluded_assets, self.publication)
        return signed_sheet(self.signatures, CONCLUDED, (CONCLUDED,), make, rows, glossed=False)

    def law(self, law: str) -> Sheet:
        """Give the page of a law."""
        page = partial(law_page, self.publication, law=law)
        return self._sheet(law, f"law/{law}.html", page, partial(law_rows, self.publication, law))

    def source(self, source: str) -> Sheet:
        """Give the page of a document."""
        page = partial(source_page, self.publication, source=source)
        rows = partial(source_rows, self.publication, source)
        return self._sheet(source, f"source/{source}.html", page, rows)

    def actor(self, entity: str) -> Sheet:
        """Give the page of an entity."""
        files = tuple(f"{language}/actor/{entity}.html" for language in LANGUAGES)
        rows = partial(actor_rows, self.publication, entity)
        return signed_sheet(
            self.signatures, entity, files, partial(_actor, self.publication, entity), rows
        )

    def _sheet(self, name: str, path: str, page: Telling, rows: Rows) -> Sheet:
        files = tuple(f"{language}/{path}" for language in LANGUAGES)
        return signed_sheet(
            self.signatures, name, files, partial(in_each_language, path, page), rows
        )


def in_each_language(path: str, page: Telling) -> Files:
    """Write a page in each language, at ``path`` below its folder."""
    root = "../" * len(path.split("/"))
    return [
        (f"{language}/{path}", page(language, Place(path, root, language)))
        for language in LANGUAGES
    ]


def _actor(publication: Publication, entity: str) -> Files:
    placed = publication.around(entity)
    page = partial(actor_page, publication, entity=entity, placed=placed)
    return in_each_language(f"actor/{entity}.html", page)


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
    """Give the home pages and the tours: together, since the first show what the others tell."""
    first = (HOME, home_page(publication, language, Place(HOME, "")))
    homes = in_each_language(HOME, partial(home_page, publication))
    return [first, *homes, *_tours(publication)]


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


def concluded_assets(publication: Publication) -> Files:
    """Give what those pages carry besides that ask for what rules conclude."""
    return [(CONCLUDED, publication.answers.conclusions_script)]


def question_files(publication: Publication, name: str) -> Files:
    """Give the page of a question in each language, and its whole answer as CSV."""
    pages = in_each_language(
        f"question/{name}.html", partial(question_page, publication, name=name)
    )
    answers = [
        (f"{language}/question/{name}.csv", answer_csv(publication, language, name))
        for language in LANGUAGES
    ]
    return [*pages, *answers]
