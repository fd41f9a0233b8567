"""Facts in words: what a page says of a fact, its status, its speaker and each of its sources."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from techsov.graph.facts.schema import Relation, Schema
from techsov.graph.records import Evidence, Fact, Records, Source
from techsov.viz.words import (
    confidence_word,
    date_text,
    detail_text,
    number_text,
    period_text,
    word,
)

#: What no address may hold: spaces, control characters and what would leave an attribute.
NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\"'<>\\`{}|^]")


#: A quantifier that says that the source gives none.
UNSAID = ("unspecified",)


def web_address(text: str) -> str:
    """Give the address if a page may link to it, or nothing.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    if NOT_IN_ADDRESS.search(text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.hostname else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source in words; ``link`` is empty unless it is a web address."""

    id: str
    label: str
    kind: str
    stance: str
    stance_word: str
    date: str
    author: str
    publisher: str
    language: str
    link: str
    read: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence in words: what is said, and where."""

    gloss: str
    document: Document
    passage: str
    place: str
    confidence: str
    cited: str

    @property
    def spot(self) -> str:
        """Where the passage stands in the page of its document: ``p3``, or ``page``."""
        return self.passage.removeprefix(f"{self.document.id}-")


@dataclass(frozen=True, slots=True)
class Told:
    """One fact in words. ``object`` is empty where the fact has a value or a concept instead."""

    fact: Fact
    relation: Relation
    subject: str
    subject_name: str
    verb: str
    inverse: str
    object: str
    object_name: str
    details: str
    status: str
    status_word: str
    standing: str
    period: str
    claimant: str
    confidence: str
    confidence_word: str
    proofs: tuple[Proof, ...]

    @property
    def sentence(self) -> str:
        """The fact as one sentence, without its status."""
        return f"{self.subject_name} {self.verb} {self.object_name}"


@dataclass(frozen=True)
class Teller:
    """Tells the facts of the records in one language, as they stand on one day."""

    records: Records
    schema: Schema
    day: date
    language: str

    def name(self, identifier: str) -> str:
        """Name an entity, a concept or a document."""
        if entity := self.records.entities.get(identifier):
            return entity.label(self.language)
        if concept := self.schema.concepts.get(identifier):
            return concept.label(self.language)
        return self.records.sources[identifier].label(self.language)

    def tell(self, fact: Fact) -> Told:
        """Put one fact in words, once."""
        if fact.id not in self._told:
            self._told[fact.id] = self._tell(fact)
        return self._told[fact.id]

    def _tell(self, fact: Fact) -> Told:
        relation = self.schema.relations[fact.relation]
        return Told(
            fact=fact,
            relation=relation,
            subject=fact.subject,
            subject_name=self.name(fact.subject),
            verb=relation.label(self.language),
            inverse=relation.inverse(self.language),
            object=fact.object if fact.object in self.records.entities else "",
            object_name=self._object(fact),
            details=" · ".join(self._details(fact)),
            status=fact.status,
            status_word=self.name(f"status-{fact.status}"),
            standing=self.standing(fact),
            period=period_text(fact.valid_from, fact.valid_to, self.language),
            claimant=self.name(fact.claimant) if fact.claimant else "",
            confidence=confidence_word(fact.confidence),
            confidence_word=self._say(f"confidence-{confidence_word(fact.confidence)}"),
            proofs=tuple(self._proof(evidence) for evidence in fact.evidence),
        )

    def standing(self, fact: Fact) -> str:
        """Whether a fact holds on the day: ``now``, ``past``, ``later`` or ``replaced``."""
        if fact.id in self._replaced:
            return "replaced"
        if fact.valid_to and fact.valid_to.last < self.day:
            return "past"
        begins = fact.valid_from and fact.valid_from.first > self.day
        return "later" if begins and fact.status != "planned" else "now"

    def document(self, source: Source) -> Document:
        """Put one document in words, once."""
        if source.id not in self._documents:
            self._documents[source.id] = self._document(source)
        return self._documents[source.id]

    def _document(self, source: Source) -> Document:
        return Document(
            id=source.id,
            label=source.label(self.language),
            kind=self.name(f"kind-{source.kind}") if source.kind else "",
            stance=source.stance,
            stance_word=self.name(f"stance-{source.stance}") if source.stance else "",
            date=self._document_date(source),
            author=source.author,
            publisher=source.publisher,
            language=source.language,
            link=web_address(source.url),
            read=source.read,
            dated=source.published is not None,
        )

    def place(self, paragraph: int | None) -> str:
        """Say where in a document: a paragraph, or the whole page."""
        if paragraph is None:
            return self._say("whole-page")
        return self._say("paragraph", number=str(paragraph))

    @cached_property
    def _told(self) -> dict[str, Told]:
        return {}

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {}

    @cached_property
    def _replaced(self) -> frozenset[str]:
        return frozenset(name for fact in self.records.facts for name in fact.supersedes)

    def _say(self, key: str, **values: str) -> str:
        return word(key, self.language, **values)

    def _document_date(self, source: Source) -> str:
        if source.published:
            return date_text(source.published, self.language)
        if source.accessed:
            return self._say("seen-on", date=date_text(source.accessed, self.language))
        return self._say("undated")

    def _object(self, fact: Fact) -> str:
        if not fact.value:
            return self.name(fact.object)
        number = self.schema.relations[fact.relation].value in {"decimal", "integer"}
        value = number_text(fact.value, self.language) if number else fact.value
        return " ".join([value, *fact.qualifiers.get("unit", ())])

    def _details(self, fact: Fact) -> list[str]:
        found = []
        if self.records.promotional_only(fact):
            found.append(self._say("promotional-only"))
        for qualifier in self.schema.relations[fact.relation].qualifiers:
            values = fact.qualifiers.get(qualifier.column, ())
            if not values or qualifier.column == "unit" or values == UNSAID:
                continue
            if qualifier.kind == "concept":
                names = [self.name(f"{qualifier.scheme}-{value}") for value in values]
            elif qualifier.kind == "entity":
                names = [self.name(value) for value in values]
            elif qualifier.kind == "string":
                names = list(values)
            else:
                names = [number_text(value, self.language) for value in values]
            found.append(detail_text(qualifier.column, ", ".join(names), self.language))
        return found

    def _proof(self, evidence: Evidence) -> Proof:
        return Proof(
            gloss=evidence.gloss(self.language),
            document=self.document(self.records.sources[evidence.source]),
            passage=evidence.passage,
            place=self.place(evidence.paragraph),
            confidence=self._say(f"confidence-{confidence_word(evidence.confidence)}"),
            cited=self.name(evidence.cited_source) if evidence.cited_source else "",
        )
