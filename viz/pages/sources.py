"""The documents: all of them in one table, and a page for each with what rests on it."""

from collections.abc import Iterable, Iterator
from functools import partial

from techsov.graph.messages import catalogue, say
from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.resting import Shelved
from techsov.viz.sentences import Teller
from techsov.viz.words import number_text, word


def sources_page(publication: Publication, language: str, place: Place) -> str:
    """Write the table of all documents: what each is, how much rests on it, and on it alone."""
    shelf = publication.shelf(language).values()
    documents = [each.document for each in shelf]
    teller, sources = publication.teller(language), publication.knowledge.records.sources.values()
    return render(
        "sources.html",
        publication,
        language,
        place,
        styles=("dossier.css",),
        title=word("sources-title", language),
        d=partial(_source_word, language),
        shelf=_most_first([*shelf]),
        read=sum(document.read for document in documents),
        strange=say("page-script.link-unknown", language),
        all_documents=number_text(str(len(shelf)), language),
        kinds=_choices(teller, "kind", (source.kind for source in sources)),
        stances=_choices(teller, "stance", (source.stance for source in sources if source.read)),
        years=[(year, year) for year in sorted({each.order[:4] for each in shelf} - {""})[::-1]],
        all_facts=len(publication.knowledge.records.facts),
        alone=sum(each.alone for each in shelf),
        scripts=("tables.js", "sources.js"),
    )


def sources_rows(publication: Publication) -> Iterator[object]:
    """Give all that the table of documents tells, without words."""
    yield len(publication.knowledge.records.facts)
    for name, each in publication.resting.items():
        spots = [lines[0][1].spot for lines in each.passages]
        yield name, spots, each.facts, each.alone


def source_page(publication: Publication, language: str, place: Place, source: str) -> str:
    """Write what one document says, paragraph by paragraph, and what rests on it alone."""
    each = publication.shelf(language)[source]
    return render(
        "source.html",
        publication,
        language,
        place,
        styles=("dossier.css",),
        title=each.document.label,
        d=partial(_source_word, language),
        each=each,
        document=each.document,
        tongue=_tongue(each.document.language, language),
    )


def source_rows(publication: Publication, source: str) -> Iterator[object]:
    """Give all that the page of a document tells, without words."""
    each = publication.resting[source]
    yield [[(item.spot, fact.id) for fact, item in lines] for lines in each.passages]
    yield each.citing


def _choices(teller: Teller, scheme: str, found: Iterable[str]) -> list[tuple[str, str]]:
    """Give what can be chosen of one scheme: the word and the concept, by the word."""
    return sorted((teller.name(f"{scheme}-{concept}"), concept) for concept in {*found} - {""})


def _most_first(shelf: list[Shelved]) -> list[Shelved]:
    """Put the documents first on which most rests; those that nobody here has read come last."""
    return sorted(shelf, key=lambda each: (not each.document.read, -each.facts, each.document.id))


def _tongue(code: str, language: str) -> str:
    """Name the language of a document; one that the catalogue does not know, by its code."""
    known = f"page-sources.language-{code}" in catalogue()
    return _source_word(language, f"language-{code}") if known else code


def _source_word(language: str, key: str, **values: object) -> str:
    texts = {name: str(value) for name, value in values.items()}
    return say(f"page-sources.{key}", language, **texts)
