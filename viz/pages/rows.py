"""Rows of the tables of facts, each written once for all pages that hold it."""

from functools import partial

from markupsafe import Markup

from techsov.viz.pages.frame import Place, environment, say_word
from techsov.viz.publication import Publication
from techsov.viz.sentences import Told


def fact_row(
    publication: Publication, language: str, place: Place, told: Told, me: str = "", *, drawn: bool
) -> Markup:
    """Write one fact as a row.

    Parameters
    ----------
    publication : Publication
        Keeps the rows that are written.
    language : str
        The language of the page.
    place : Place
        Where the page stands; its links start there.
    told : Told
        The fact, in words of that language.
    me : str
        The entity of the page, if the row is about it: its own name is no link then.
    drawn : bool
        Whether the picture of the page draws the fact.
    """
    key = ("row", language, place.root, place.folder, told.fact.id, me, drawn)
    if key not in publication.written:
        macros = environment().get_template("macros.html").module
        pages = publication.paged if place.root is not None else frozenset()
        words = partial(say_word, language)
        row = macros.fact_row(told, place, language, pages, words, me, drawn)  # type: ignore[attr-defined]
        publication.written[key] = row
    return publication.written[key]
