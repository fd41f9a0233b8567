"""The documents: what each is, and what rests on it, paragraph by paragraph."""

from collections import defaultdict

from techsov.viz import dossier
from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.words import word


def sources_page(publication: Publication, language: str, place: Place) -> str:
    """Write the documents: what each is, and what rests on it, paragraph by paragraph."""
    teller = publication.teller(language)
    resting: defaultdict[str, list[dossier.Resting]] = defaultdict(list)
    for item in dossier.resting_facts(publication, teller):
        resting[item.proof.document.id].append(item)
    sources = teller.records.sources
    documents = [teller.document(sources[name]) for name in sorted(sources)]
    return render(
        "sources.html",
        publication,
        language,
        place,
        title=word("sources-title", language),
        documents=documents,
        resting=resting,
        all_facts=len(publication.knowledge.records.facts),
    )
