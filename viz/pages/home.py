"""The home page: what the graph holds, what is found first, and the doors to the questions."""

from functools import partial

from techsov.viz.pages.frame import NAVIGATION, Place, grouped, home_word, render
from techsov.viz.publication import Publication
from techsov.viz.telling import headline
from techsov.viz.tours import told_tours
from techsov.viz.words import number_text, word

#: So many findings stand on the home page.
FINDINGS = 3


def home_page(publication: Publication, language: str, place: Place) -> str:
    """Write what there is, the findings that matter most, and where each question is answered.

    Where no tour tells a finding, the first that two rival sovereignties share stands there.
    """
    labels = publication.labels(language)
    records, tours = publication.knowledge.records, told_tours(publication, language)
    return render(
        "home.html",
        publication,
        language,
        place,
        styles=("tour.css", "front.css"),
        title=word("home-title", language),
        say=partial(home_word, language),
        counts={
            "things": len(publication.pages),
            "facts": len(records.facts),
            "documents": sum(source.read for source in records.sources.values()),
        },
        number=lambda count: number_text(str(count), language),
        tours=tours[:FINDINGS],
        more_tours=tours[FINDINGS:],
        headline=None
        if tours
        else headline(publication.findings, publication.teller(language), labels),
        doors=[(group, [path for path, _ in pages]) for group, pages in grouped(NAVIGATION[1:])],
    )
