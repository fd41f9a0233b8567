"""The home page: what is found first, and the doors to the questions."""

from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.words import word


def home_page(publication: Publication, language: str, place: Place) -> str:
    """Write what two rival sovereignties share, and where each question is answered."""
    labels = publication.labels(language)
    return render(
        "home.html",
        publication,
        language,
        place,
        title=word("home-title", language),
        headline=publication.findings.headline(publication.teller(language), labels),
    )
