"""The map: who depends on whom, among those on which most others rely."""

from techsov.viz.pages.frame import Place, render
from techsov.viz.pages.pictured import pictured
from techsov.viz.publication import Publication
from techsov.viz.words import word

#: So many of the most relied upon are named in the first sentence.
NAMED_FIRST = 4


def map_page(publication: Publication, language: str, place: Place) -> str:
    """Write the map: who depends on whom, among those on which most others rely."""
    placed = publication.overview
    title = word("overview-title", language)
    first = [
        (name, publication.reach[name])
        for name in placed.picture.marks[:NAMED_FIRST]
        if publication.reach.get(name)
    ]
    return render(
        "map.html",
        publication,
        language,
        place,
        title=title,
        first=first,
        documents=sum(source.read for source in publication.knowledge.records.sources.values()),
        **pictured(placed, publication, language, place, title, "overview"),
    )
