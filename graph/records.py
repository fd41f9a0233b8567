"""What is read from ``data/``: immutable, without input or output.

A ``Fact`` says that sources say so; whether it holds is its ``status``. What is written down of a
thing says nothing of the line where it stands: pages are signed by it, and lines shift.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from techsov.graph.errors import Origin

Precision = Literal["day", "month", "year"]
#: The stance of a document that advertises, announces or praises.
PROMOTIONAL = "promotional"
PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as its source: ``2023``, ``2023-05`` or ``2023-05-04``.

    >>> PartialDate("2024-02").first, PartialDate("2024-02").last, PartialDate("2024-02").precision
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29), 'month')
    """

    text: str

    @property
    def precision(self) -> Precision:
        """How much of the date the source gives."""
        return PRECISIONS[len(self.text)]

    @property
    def first(self) -> date:
        """The earliest day that the text can mean."""
        year, month, day = (int(part) for part in f"{self.text}-01-01".split("-")[:3])
        return date(year, month, day)

    @property
    def last(self) -> date:
        """The latest day that the text can mean."""
        first = self.first
        if self.precision == "day":
            return first
        month = first.month if self.precision == "month" else 12
        return date(first.year, month, calendar.monthrange(first.year, month)[1])


@dataclass(frozen=True, slots=True)
class Entity:
    """Anything that a fact is about; ``names`` are its other names, as the sources write them."""

    id: str
    cls: str
    label_en: str
    label_fr: str
    iso: str
    names: tuple[str, ...]
    origin: Origin = field(repr=False)

    def label(self, language: str) -> str:
        """Give the preferred name in ``language``."""
        return self.label_fr if language == "fr" else self.label_en


@dataclass(frozen=True, slots=True)
class Source:
    """A document. Its text is not here: ``sha256`` and ``paragraphs`` let a reader check theirs.

    ``read`` is False for a document that another one invokes and that nobody here has read: it can
    be cited, and is never evidence.
    """

    id: str
    label_en: str
    label_fr: str
    kind: str
    stance: str
    author: str
    publisher: str
    language: str
    published: PartialDate | None
    accessed: PartialDate | None
    url: str
    file: str
    paragraphs: int | None
    sha256: str
    read: bool
    origin: Origin = field(repr=False)

    def label(self, language: str) -> str:
        """Describe the document, in our own words."""
        return self.label_fr if language == "fr" else self.label_en


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A paragraph of a document, counted from 1, or a whole web page (``paragraph`` is None)."""

    source: str
    paragraph: int | None
    sha256: str

    @property
    def id(self) -> str:
        """``source-p3``, or ``source-page``."""
        return f"{self.source}-{self.spot}"

    @property
    def spot(self) -> str:
        """Where it stands in its document: ``p3``, or ``page``."""
        return f"p{self.paragraph}" if self.paragraph else "page"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of a facts file: where the fact is said, and what is said there, in our words.

    ``confidence``, 0 to 1, says how directly the passage says it, and nothing else.
    """

    source: str
    paragraph: int | None
    confidence: Decimal
    gloss_en: str
    gloss_fr: str
    cited_source: str
    origin: Origin = field(repr=False)

    def gloss(self, language: str) -> str:
        """Give our paraphrase in ``language``."""
        return self.gloss_fr if language == "fr" else self.gloss_en

    @property
    def passage(self) -> str:
        """The id of the passage: ``source-p3``, or ``source-page``."""
        return Passage(self.source, self.paragraph, "").id

    @property
    def spot(self) -> str:
        """Where the passage stands in its document: ``p3``, or ``page``."""
        return Passage(self.source, self.paragraph, "").spot


@dataclass(frozen=True, slots=True)
class Fact:
    """One relation, with every piece of evidence for it.

    ``object`` is the id of an entity or of a concept, and is empty where ``value`` is given.
    ``qualifiers`` maps a qualifier to its values, in the order of the file. ``id`` is the local
    part of the assertion's IRI.
    """

    id: str
    subject: str
    relation: str
    object: str
    value: str
    qualifiers: Mapping[str, tuple[str, ...]]
    status: str
    claimant: str
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    evidence: tuple[Evidence, ...]
    contradicts: tuple[str, ...]
    supersedes: tuple[str, ...]

    @property
    def confidence(self) -> Decimal:
        """The confidence of the most direct piece of evidence."""
        return max(evidence.confidence for evidence in self.evidence)

    @property
    def sources(self) -> tuple[str, ...]:
        """The documents that say it, sorted."""
        return tuple(sorted({evidence.source for evidence in self.evidence}))

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` may lie in the stated period; an open end does not exclude it."""
        begun = self.valid_from is None or self.valid_from.first <= day
        return begun and (self.valid_to is None or day <= self.valid_to.last)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that ``data/`` says, checked, each by id; facts are sorted by id."""

    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    passages: Mapping[str, Passage]
    facts: tuple[Fact, ...]

    def promotional_only(self, fact: Fact) -> bool:
        """Whether every document that says it speaks for somebody's interest."""
        return all(self.sources[name].stance == PROMOTIONAL for name in fact.sources)
