"""Everything that a reader may look for, with the page that tells of it, as a script."""

import json
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass

from techsov.graph.messages import LANGUAGES
from techsov.viz.pages.frame import NAVIGATION
from techsov.viz.publication import Publication
from techsov.viz.words import area_word, word

AREA = "page-home"
#: The pages come before all else that begins in the same way.
FIRST = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found: what it is called, what it is, and where it is told.

    The path is below the folder of the language; the weightier of two comes first.
    """

    label: str
    note: str
    path: str
    weight: int
    names: tuple[str, ...]


def search_script(publication: Publication, language: str) -> str:
    """Write the index as a script, since a page cannot read a file from the disk."""
    entries = [
        astuple(entry)
        for part in (_things, _documents, _tours, _questions, _pages)
        for entry in part(publication, language)
    ]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.techsovIndex = {text};\n"


def _things(publication: Publication, language: str) -> Iterator[Entry]:
    """Give what has a page of its own, and what another page tells of."""
    knowledge, own = publication.knowledge, publication.paged
    laws = {law.id for law in publication.reaches.laws}
    for name, entity in sorted(knowledge.records.entities.items()):
        if name in own:
            path = f"actor/{name}.html"
        elif name in laws:
            path = f"law/{name}.html"
        else:
            continue
        other_names = {entity.label_en, entity.label_fr, *entity.names} - {entity.label(language)}
        note = knowledge.schema.classes[entity.cls].label(language)
        weight = publication.reach.get(name, 0)
        yield Entry(entity.label(language), note, path, weight, (*sorted(other_names), name))


def _documents(publication: Publication, language: str) -> Iterator[Entry]:
    for name, source in sorted(publication.knowledge.records.sources.items()):
        names = (*_elsewhere(source.label, language), source.author, source.publisher, name)
        path = f"source/{name}.html"
        note = _say("kind-document", language)
        yield Entry(source.label(language), note, path, 0, tuple(filter(None, names)))


def _tours(publication: Publication, language: str) -> Iterator[Entry]:
    note = _say("kind-tour", language)
    for tour in publication.knowledge.tours:
        names = _elsewhere(tour.title, language)
        yield Entry(tour.title(language), note, f"tours/{tour.id}.html", 0, names)


def _questions(publication: Publication, language: str) -> Iterator[Entry]:
    note = _say("kind-question", language)
    for name, question in publication.answers.questions.items():
        names = (*_elsewhere(question.title, language), name)
        yield Entry(question.title(language), note, f"question/{name}.html", 1, names)


def _pages(publication: Publication, language: str) -> Iterator[Entry]:
    note = _say("kind-page", language)
    for path, key in NAVIGATION:
        names = tuple(word(key, each) for each in LANGUAGES if each != language)
        yield Entry(word(key, language), note, path, FIRST, names)


def _elsewhere(label: Callable[[str], str], language: str) -> tuple[str, ...]:
    """Give the label in the other languages."""
    return tuple(label(each) for each in LANGUAGES if each != language)


def _say(key: str, language: str) -> str:
    return area_word(AREA, key, language)
