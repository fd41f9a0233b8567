"""The page on which a reader takes something away and sees what may stop."""

from collections.abc import Iterator

from techsov.graph.analysis.failure.removal import unknown_law
from techsov.viz.pages.frame import Place, render
from techsov.viz.payload import json_block
from techsov.viz.publication import Publication
from techsov.viz.whatif import HORIZONS, MOST_MONTHS, first_rows, trial_data
from techsov.viz.words import day_text, word

SCRIPTS = ("whatif.js",)
#: So many of those that a refusal stops are named at once, the others on request.
NAMED_STOPPED = 6


def whatif_page(publication: Publication, language: str, place: Place) -> str:
    """Write the page on which a reader takes something away and sees what may stop."""
    teller, labels = publication.teller(language), publication.labels(language)
    trials = publication.trials
    title = word("whatif-title", language)
    page = {
        "title": title,
        "language": language,
        "day": day_text(publication.knowledge.day, language),
        "path": place.file,
        "pages": place.link(language, "actor/"),
        "sources": place.link(language, "source/"),
    }
    return render(
        "whatif.html",
        publication,
        language,
        place,
        styles=("whatif.css",),
        scripts=SCRIPTS,
        title=title,
        first=first_rows(trials, labels),
        named=NAMED_STOPPED,
        horizons=HORIZONS,
        most_months=MOST_MONTHS,
        spares=[months is not None for months in trials.spares],
        data=json_block(trial_data(trials, teller, labels, publication.pages, page)),
    )


def whatif_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    trials = publication.trials
    # What stops follows from what is needed and what is taken away.
    yield trials.needs
    yield [(choice.kind, choice.entity, choice.removed) for choice in trials.choices.values()]
    yield unknown_law(trials.law, publication.knowledge.records.entities)
