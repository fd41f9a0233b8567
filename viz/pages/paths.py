"""The page of the three path questions: a chain of dependency, a common supplier, any link."""

from functools import partial

from techsov.graph.messages import say
from techsov.viz.chains import AREA, ON_REQUEST, chain_data, rivals
from techsov.viz.pages.frame import Place, render
from techsov.viz.payload import json_block
from techsov.viz.publication import Publication
from techsov.viz.style import DASHES, FAMILIES, STROKES
from techsov.viz.words import day_text

SCRIPTS = ("paths.js",)
#: The questions of dependence, the first of them asked unless another is.
QUESTIONS = ("chain", "common")


def paths_page(publication: Publication, language: str, place: Place) -> str:
    """Write the page that looks for chains between two things, and keeps its questions apart."""
    teller, labels = publication.teller(language), publication.labels(language)
    title = _say(language, "title")
    page = {
        "title": title,
        "language": language,
        "day": day_text(publication.knowledge.day, language),
        "path": place.file,
        "pages": place.link(language, "actor/"),
        "sources": place.link(language, "source/"),
    }
    return render(
        "paths.html",
        publication,
        language,
        place,
        styles=("paths.css",),
        scripts=SCRIPTS,
        title=title,
        questions=QUESTIONS,
        on_request=ON_REQUEST,
        rivals=rivals(publication, teller, labels),
        families=FAMILIES,
        strokes=STROKES,
        dashes={status: dash for status, dash in DASHES.items() if dash.shown},
        data=json_block(chain_data(publication, language, page)),
        say=partial(_say, language),
    )


def _say(language: str, key: str) -> str:
    return say(f"{AREA}{key}", language)
