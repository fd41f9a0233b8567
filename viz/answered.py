"""An answer as a page shows it: words instead of addresses, each leading to where more is said.

``questions-cells.js`` shows the answers of the page in the same way; a test compares them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from techsov.graph import terms
from techsov.graph.answers import Labels, short
from techsov.graph.messages import catalogue, say
from techsov.graph.records import Evidence, Fact, PartialDate, Records
from techsov.graph.triples.build import evidence_id
from techsov.graph.triples.store import Answer, Cell
from techsov.viz.pages.frame import Place
from techsov.viz.publication import Publication
from techsov.viz.style import STROKE_OF_FAMILY
from techsov.viz.words import date_text, day_text, number_text, word

NUMBER = re.compile(r"-?\d+(\.\d+)?")
STATUS = f"{terms.CONCEPT}status-"
#: Where a fact is written, by the last part of its address.
WRITTEN = (terms.ASSERTION, terms.EVIDENCE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a cell, and where they lead, if anywhere; ``language`` if it is not the page's."""

    text: str
    link: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its pieces, one below the other, and how it looks: a number, a status, evidence."""

    pieces: tuple[Piece, ...] = ()
    look: str = ""


@dataclass(frozen=True)
class Shower:
    """Shows answers on one page."""

    publication: Publication
    labels: Labels
    place: Place

    @classmethod
    def on(cls, publication: Publication, language: str, place: Place) -> "Shower":
        """Show in one language, on the page at ``place``."""
        return cls(publication, publication.labels(language), place)

    def heads(self, answer: Answer) -> tuple[str, ...]:
        """Say what the columns hold."""
        return tuple(column_words(name, self.labels.language) for name in answer.columns)

    def rows(self, answer: Answer, most: int) -> Iterator[tuple[Shown, ...]]:
        """Show the first rows."""
        for row in islice(answer.rows, most):
            facts = [fact for cell in row if (fact := self._fact(cell))]
            documents = [
                cell.value for cell in row if cell and cell.value.startswith(terms.DOCUMENT)
            ]
            dates = {
                **dict(_dates(facts)),
                **{
                    source.published.first.isoformat(): source.published
                    for name in documents
                    if (source := self._records.sources.get(short(name))) and source.published
                },
            }
            yield tuple(self._cell(cell, dates) for cell in row)

    def edges(self, answer: Answer, most: int) -> list[list[str]]:
        """Give the facts of the rows that lie between two things, for a picture.

        Each is a fact's id, its two ends, its words, its stroke and its status.
        """
        relations, entities = self.publication.knowledge.schema.relations, self._records.entities
        rows = islice(answer.rows, most)
        found = {fact.id: fact for row in rows for cell in row if (fact := self._fact(cell))}
        return [
            [
                fact.id,
                fact.subject,
                fact.object,
                relations[fact.relation].label(self.labels.language),
                STROKE_OF_FAMILY.get(relations[fact.relation].family, "other"),
                fact.status,
            ]
            for fact in found.values()
            if fact.object in entities and fact.object != fact.subject
        ]

    @property
    def _records(self) -> Records:
        return self.publication.knowledge.records

    def _fact(self, cell: Cell | None) -> Fact | None:
        if cell is None or cell.kind != "iri" or not cell.value.startswith(terms.ASSERTION):
            return None
        return self.labels.facts.get(short(cell.value))

    def _cell(self, cell: Cell | None, dates: Mapping[str, PartialDate]) -> Shown:
        if cell is None:
            return Shown()
        if cell.kind == "iri":
            return self._address(cell.value)
        language = self.labels.language
        if cell.kind == "boolean":
            return Shown((Piece(self.labels.cell(cell)),))
        if cell.kind == "date":
            partial = dates.get(cell.value)
            text = date_text(partial, language) if partial else _day(cell.value, language)
            return Shown((Piece(text),), "when")
        if cell.kind in {"integer", "decimal"} and NUMBER.fullmatch(cell.value):
            return Shown((Piece(number_text(cell.value, language)),), "number")
        foreign = "" if cell.language == language else cell.language
        return Shown((Piece(cell.value, language=foreign),))

    def _address(self, iri: str) -> Shown:
        name = short(iri)
        if iri.startswith(WRITTEN):
            return Shown(tuple(self._written(iri)), "evidence")
        if iri.startswith(STATUS):
            return Shown((Piece(self.labels.iri(iri)),), f"status {name.removeprefix('status-')}")
        return Shown((Piece(self.labels.iri(iri), self._link(iri, name)),))

    def _link(self, iri: str, name: str) -> str:
        language = self.labels.language
        if iri == terms.ENTITY + name and name in self.publication.paged:
            return self.place.link(language, f"actor/{name}.html")
        if iri == terms.DOCUMENT + name and name in self._records.sources:
            return self.place.link(language, f"source/{name}.html")
        return ""

    def _written(self, iri: str) -> Iterator[Piece]:
        """Say where a fact, or one piece of evidence, is written."""
        fact = self.labels.facts.get(short(iri))
        written = fact.evidence if fact else self._evidence.get(short(iri), ())
        for item in sorted(written, key=lambda item: (item.source, item.paragraph or 0)):
            where = word("paragraph", self.labels.language, number=item.paragraph)
            where = where if item.paragraph else word("whole-page", self.labels.language)
            source = self._records.sources[item.source]
            label = source.label(self.labels.language)
            page = self.place.link(self.labels.language, f"source/{item.source}.html")
            yield Piece(f"{label}, {where}", f"{page}#{item.spot}")
        if fact and self._records.promotional_only(fact):
            yield Piece(f"({word('promotional-only', self.labels.language)})")

    @cached_property
    def _evidence(self) -> Mapping[str, tuple[Evidence, ...]]:
        facts = self._records.facts
        return {evidence_id(fact, item): (item,) for fact in facts for item in fact.evidence}


def column_words(name: str, language: str) -> str:
    """Say what a column holds; one that the catalogue does not know is said by its name."""
    key = f"question-column.{name.replace('_', '-')}"
    return say(key, language) if key in catalogue() else name.replace("_", " ")


def _dates(facts: list[Fact]) -> Iterator[tuple[str, PartialDate]]:
    for fact in facts:
        if fact.valid_from:
            yield fact.valid_from.first.isoformat(), fact.valid_from
        if fact.valid_to:
            yield fact.valid_to.last.isoformat(), fact.valid_to


def _day(text: str, language: str) -> str:
    try:
        return day_text(date.fromisoformat(text), language)
    except ValueError:
        return text
