"""How to read the pages: status, confidence, reach, rules and what is unknown."""

from functools import partial

from techsov.graph.messages import say
from techsov.viz.legend import legend
from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.style import DASHES
from techsov.viz.words import CONFIDENCE, number_text, word

#: What pages compute, in the order in which it is explained.
FORMULAS = ("reach", "rank", "hhi", "weakest", "whatif", "cut", "ladder")


def method_page(publication: Publication, language: str, place: Place) -> str:
    """Write how to read status, confidence, reach and what is unknown."""
    schema = publication.knowledge.schema
    return render(
        "method.html",
        publication,
        language,
        place,
        title=word("method-title", language),
        legend=legend(publication.atlas.picture, publication.teller(language)),
        concepts=schema.concepts,
        statuses=[f"status-{status}" for status in DASHES],
        rules=schema.rules,
        readings=[f"reading-{reading}" for reading in ("worst", "best")],
        stances=[f"stance-{stance}" for stance in schema.in_scheme("stance")],
        say=partial(_method_word, language),
        formulas=FORMULAS,
        least={name: number_text(str(least), language) for least, name in CONFIDENCE},
    )


def _method_word(language: str, key: str, **values: str) -> str:
    return say(f"page-method.{key}", language, **values)
