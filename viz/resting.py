"""What rests on each document: its passages, and the facts that each says, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.records import Evidence, Fact, Records
from techsov.viz.sentences import Document, Teller, Told

#: A fact, and one piece of evidence for it.
Line = tuple[Fact, Evidence]


@dataclass(frozen=True, slots=True)
class Saying:
    """A fact that a passage says, in the words of the passage; ``alone`` where no other document does."""

    told: Told
    gloss: str
    alone: bool
    cited: str


@dataclass(frozen=True)
class Paragraph:
    """A passage, and what it says.

    ``spot`` is its place in the page of the document; ``mark`` names it shortly.
    """

    spot: str
    place: str
    mark: str
    lines: tuple[Line, ...]
    teller: Teller

    @cached_property
    def sayings(self) -> tuple[Saying, ...]:
        """The facts that it says, told when the page of the document is written."""
        return tuple(_saying(fact, evidence, self.teller) for fact, evidence in self.lines)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document with all that rests on it.

    ``order`` sorts by date of publication and is empty without one; ``citing`` are the documents
    that invoke it; ``facts`` rest on it, and ``alone`` of them on nothing else.
    """

    document: Document
    order: str
    paragraphs: tuple[Paragraph, ...]
    citing: tuple[Document, ...]
    facts: int
    alone: int


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a document, without words: its passages in their order, each with what it says.

    ``citing`` are the ids of the documents that invoke it.
    """

    passages: tuple[tuple[Line, ...], ...]
    citing: tuple[str, ...]

    @property
    def facts(self) -> int:
        """How many facts rest on it."""
        return len({fact.id for lines in self.passages for fact, _ in lines})

    @property
    def alone(self) -> int:
        """How many facts rest on it and on nothing else."""
        return len({fact.id for lines in self.passages for fact, _ in lines if _is_alone(fact)})


def resting(records: Records) -> Mapping[str, Resting]:
    """Find what rests on each document, by id."""
    lines = [(fact, evidence) for fact in records.facts for evidence in fact.evidence]
    said = grouped((evidence.source, (fact, evidence)) for fact, evidence in lines)
    citing = grouped((evidence.cited_source, evidence.source) for _, evidence in lines)
    return {
        name: Resting(_passages(said.get(name, ())), tuple(sorted({*citing.get(name, ())})))
        for name in sorted(records.sources)
    }


def _passages(said: Iterable[Line]) -> tuple[tuple[Line, ...], ...]:
    """Sort what one document says by paragraph, then by fact."""
    passages = grouped((evidence.passage, (fact, evidence)) for fact, evidence in said)
    return tuple(sorted(passages.values(), key=lambda lines: lines[0][1].paragraph or 0))


def shelve(found: Mapping[str, Resting], teller: Teller) -> Mapping[str, Shelved]:
    """Give every document with what rests on it in words, by id."""
    sources = teller.records.sources
    return {
        name: Shelved(
            document=teller.document(sources[name]),
            order=published.text if (published := sources[name].published) else "",
            paragraphs=tuple(_paragraph(lines, teller) for lines in each.passages),
            citing=tuple(teller.document(sources[other]) for other in each.citing),
            facts=each.facts,
            alone=each.alone,
        )
        for name, each in found.items()
    }


def _paragraph(lines: tuple[Line, ...], teller: Teller) -> Paragraph:
    evidence = lines[0][1]
    number = evidence.paragraph
    return Paragraph(
        spot=evidence.spot,
        place=teller.place(number),
        mark=f"¶{number}" if number else teller.place(None),
        lines=lines,
        teller=teller,
    )


def _saying(fact: Fact, evidence: Evidence, teller: Teller) -> Saying:
    cited = teller.name(evidence.cited_source) if evidence.cited_source else ""
    gloss = evidence.gloss(teller.language)
    return Saying(teller.tell(fact), gloss, _is_alone(fact), cited)


def _is_alone(fact: Fact) -> bool:
    return len(fact.sources) == 1
