"""One tour: a finding told step by step, each with the view to open and the facts it rests on."""

from functools import partial

from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.tours import AREA, ToldTour
from techsov.viz.words import area_word

SCRIPTS = ("tour.js",)


def tour_page(
    publication: Publication, language: str, place: Place, tours: tuple[ToldTour, ...], number: int
) -> str:
    """Write the tour of that ``number``, from 0, of all ``tours`` of the site."""
    tour = tours[number]
    return render(
        "tour.html",
        publication,
        language,
        place,
        styles=("tour.css",),
        scripts=SCRIPTS,
        title=tour.title,
        tour=tour,
        others=[other for other in tours if other is not tour],
        say=partial(tour_word, language),
    )


def tour_word(language: str, key: str, **values: object) -> str:
    """Say one message of the tours."""
    return area_word(AREA, key, language, **values)
