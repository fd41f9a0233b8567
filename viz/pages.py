"""The pages: one function per kind, from what is known to HTML."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from techsov.graph.answers import Labels
from techsov.graph.errors import UsageError
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES, say
from techsov.viz import dossier
from techsov.viz.arrangement import Placed
from techsov.viz.bundle import Text, page_script, page_style
from techsov.viz.findings import documents_behind
from techsov.viz.legend import legend
from techsov.viz.network import vis_network
from techsov.viz.payload import json_block, payload
from techsov.viz.publication import Publication
from techsov.viz.style import DASHES
from techsov.viz.whatif import HORIZONS, MOST_MONTHS, first_rows, trial_data
from techsov.viz.words import count, day_text, word

#: What a page with a picture loads, and what the one loads on which a removal is tried.
PICTURE_SCRIPTS = ("vis-network.min.js", "page.js")
TRIAL_SCRIPTS = ("whatif.js",)
COMMON_POLICY = "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
#: So many of the most relied upon are named in the first sentence of the overview.
NAMED_FIRST = 4
#: So many of those that a refusal stops are named at once, the others on request.
NAMED_STOPPED = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: its path below the folder of its language, and the way to the root.

    ``folder`` is the language whose folder it stands in, or empty at the root. ``root`` is None
    for a page that is a file of its own and links to no other.

    >>> place = Place("actor/dune.html", "../../", "fr")
    >>> place.link("fr", "index.html"), place.link("en", "index.html")
    ('../index.html', '../../en/index.html')
    """

    path: str
    root: str | None
    folder: str = ""

    def link(self, language: str, path: str) -> str:
        """Give the address of another page, or nothing where there is none."""
        if self.root is None:
            return ""
        if language == self.folder:
            return f"{self.root.removeprefix('../')}{path}"
        return f"{self.root}{language}/{path}"


def overview_page(publication: Publication, language: str, place: Place) -> str:
    """Write the overview: who depends on whom, among those on which most others rely."""
    placed = publication.overview
    title = word("overview-title", language)
    first = [
        (name, publication.reach[name])
        for name in placed.picture.marks[:NAMED_FIRST]
        if publication.reach.get(name)
    ]
    return _render(
        "overview.html",
        publication,
        language,
        place,
        title=title,
        first=first,
        headline=publication.findings.headline(
            publication.teller(language), Labels.of(publication.knowledge, language)
        ),
        documents=sum(source.read for source in publication.knowledge.records.sources.values()),
        **_picture(placed, publication, language, place, title, "overview"),
    )


def actor_page(
    publication: Publication, language: str, place: Place, entity: str, placed: Placed
) -> str:
    """Write all that is known of one entity: what it rests on, who relies on it, what is unknown."""
    teller = publication.teller(language)
    labels = Labels.of(publication.knowledge, language)
    record = teller.records.entities[entity]
    title = record.label(language)
    told = dossier.dossier(entity, publication, teller)
    findings = publication.findings.about(entity, teller, labels)
    documents = {document.id: document for document in told.documents} | documents_behind(findings)
    return _render(
        "actor.html",
        publication,
        language,
        place,
        title=title,
        dossier=told,
        findings=findings,
        documents=[documents[name] for name in sorted(documents)],
        refusals=publication.trials.kinds(entity) if place.root is not None else (),
        **_picture(placed, publication, language, place, title, "actor"),
    )


def whatif_page(publication: Publication, language: str, place: Place) -> str:
    """Write the page on which a reader takes something away and sees what may stop."""
    teller, labels = publication.teller(language), Labels.of(publication.knowledge, language)
    trials = publication.trials
    page = {
        "language": language,
        "edition": publication.knowledge.edition,
        "day": day_text(publication.knowledge.day, language),
        "pages": place.link(language, "actor/"),
        "sources": place.link(language, "sources.html"),
    }
    return _render(
        "whatif.html",
        publication,
        language,
        place,
        scripts=TRIAL_SCRIPTS,
        title=word("whatif-title", language),
        first=first_rows(trials, labels),
        named=NAMED_STOPPED,
        horizons=HORIZONS,
        most_months=MOST_MONTHS,
        spares=[months is not None for months in trials.spares],
        data=json_block(trial_data(trials, teller, labels, publication.pages, page)),
    )


def sources_page(publication: Publication, language: str, place: Place) -> str:
    """Write the documents: what each is, and what rests on it, paragraph by paragraph."""
    teller = publication.teller(language)
    resting: defaultdict[str, list[dossier.Resting]] = defaultdict(list)
    for item in dossier.resting_facts(publication, teller):
        resting[item.proof.document.id].append(item)
    sources = teller.records.sources
    documents = [teller.document(sources[name]) for name in sorted(sources)]
    return _render(
        "sources.html",
        publication,
        language,
        place,
        title=word("sources-title", language),
        documents=documents,
        resting=resting,
        all_facts=len(publication.knowledge.records.facts),
    )


def method_page(publication: Publication, language: str, place: Place) -> str:
    """Write how to read status, confidence, reach and what is unknown."""
    schema = publication.knowledge.schema
    return _render(
        "method.html",
        publication,
        language,
        place,
        title=word("method-title", language),
        legend=legend(publication.overview.picture, publication.teller(language)),
        concepts=schema.concepts,
        statuses=[f"status-{status}" for status in DASHES],
        rules=schema.rules,
        readings=[f"reading-{reading}" for reading in ("worst", "best")],
        stances=[f"stance-{stance}" for stance in schema.in_scheme("stance")],
        say=partial(_method_word, language),
    )


def single_file(knowledge: Knowledge, entity: str, steps: int, language: str) -> str:
    """Write one entity's page with everything it needs inside: no other file, no request.

    Raises
    ------
    UsageError
        If no fact names ``entity``, or it is of a class that has no page.
    """
    publication = Publication(knowledge)
    if entity not in publication.pages:
        raise UsageError("page-error.unknown-actor", actor=entity)
    placed = publication.within(entity, steps)
    return actor_page(publication, language, Place(f"actor/{entity}.html", None), entity, placed)


def _picture(
    placed: Placed,
    publication: Publication,
    language: str,
    place: Place,
    title: str,
    kind: str,
) -> dict[str, Any]:
    """Collect what the template of a picture needs: data of the scripts, legend and table."""
    teller = publication.teller(language)
    shown = legend(placed.picture, teller)
    marks = set(placed.picture.marks)
    page = {
        "kind": kind,
        "title": title,
        "language": language,
        "edition": publication.knowledge.edition,
        "day": day_text(publication.knowledge.day, language),
        "focus": placed.picture.focus,
        "pages": place.link(language, "actor/"),
        "sources": place.link(language, "sources.html"),
        "toggles": [[item.token, item.shown] for group in shown for item in group.items],
        "elsewhere": [
            [name, teller.name(name), [*_other_names(name, publication, language)]]
            for name in publication.pages
            if kind == "overview" and name not in marks
        ],
    }
    pages = publication.pages if place.root is not None else ()
    return {
        "scripts": PICTURE_SCRIPTS,
        "placed": placed,
        "legend": shown,
        "rows": [teller.tell(fact) for fact in placed.picture.facts],
        "data": json_block(payload(placed, teller, publication.reach, frozenset(pages), page)),
    }


def _other_names(name: str, publication: Publication, language: str) -> list[str]:
    entity = publication.knowledge.records.entities[name]
    return sorted({entity.label_en, entity.label_fr, *entity.names} - {entity.label(language)})


def _render(
    template: str,
    publication: Publication,
    language: str,
    place: Place,
    scripts: tuple[str, ...] = (),
    **values: object,
) -> str:
    """Fill a template with what every page has, and the rest."""
    other = next(item for item in LANGUAGES if item != language)
    day = publication.knowledge.day
    words = {"t": partial(_word, language), "n": partial(_count, language)}
    page = _environment().get_template(template)
    return page.render(
        **words,
        **_assets(place),
        scripts=scripts,
        language=language,
        other=other,
        place=place,
        name=publication.teller(language).name,
        pages=frozenset(publication.pages if place.root is not None else ()),
        reach=publication.reach,
        edition=publication.knowledge.edition,
        day=day.isoformat(),
        day_text=day_text(day, language),
        **values,
    )


def _word(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


def _method_word(language: str, key: str) -> str:
    return say(f"page-method.{key}", language)


def _count(language: str, key: str, number: int) -> str:
    return count(key, number, language)


def _assets(place: Place) -> dict[str, object]:
    """Give the policy of the page, and its scripts and style where they stand inside it."""
    if place.root is not None:
        policy = f"default-src 'none'; script-src 'self'; style-src 'self'; {COMMON_POLICY}"
        return {"policy": policy, "inline": None}
    # A browser reads CR LF as LF before it hashes.
    vis = Text(vis_network().replace("\r\n", "\n"))
    script, style = page_script(), page_style()
    policy = (
        f"default-src 'none'; script-src {vis.hash} {script.hash}; style-src {style.hash}; "
        f"{COMMON_POLICY}"
    )
    inline = {"style": Markup(style.text), "scripts": [Markup(vis.text), Markup(script.text)]}
    return {"policy": policy, "inline": inline}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("techsov.viz", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
