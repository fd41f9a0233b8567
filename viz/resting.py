"""What rests on each document: its passages, and the facts that each says, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.records import Evidence, Fact, Records
from techsov.viz.sentences import Document, Teller, Told


@dataclass(frozen=True, slots=True)
class Saying:
    """A fact that a passage says, in the words of the passage; ``alone`` where no other document does."""

    told: Told
    gloss: str
    alone: bool
    cited: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage, and what it says.

    ``spot`` is its place in the page of the document; ``mark`` names it shortly.
    """

    spot: str
    place: str
    mark: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document with all that rests on it.

    ``order`` sorts by date of publication and is empty without one; ``citing`` are the documents
    that invoke it.
    """

    document: Document
    order: str
    paragraphs: tuple[Paragraph, ...]
    citing: tuple[Document, ...]

    @property
    def facts(self) -> int:
        """How many facts rest on it."""
        return len({saying.told.fact.id for each in self.paragraphs for saying in each.sayings})

    @property
    def alone(self) -> int:
        """How many facts rest on it and on nothing else."""
        said = (saying for each in self.paragraphs for saying in each.sayings if saying.alone)
        return len({saying.told.fact.id for saying in said})


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a document, without words: its passages in their order, each with what it says.

    ``citing`` are the ids of the documents that invoke it.
    """

    passages: tuple[tuple[tuple[Fact, Evidence], ...], ...]
    citing: tuple[str, ...]


def resting(records: Records) -> Mapping[str, Resting]:
    """Find what rests on each document, by id."""
    lines = [(fact, evidence) for fact in records.facts for evidence in fact.evidence]
    said = grouped((evidence.source, (fact, evidence)) for fact, evidence in lines)
    citing = grouped((evidence.cited_source, evidence.source) for _, evidence in lines)
    return {
        name: Resting(_passages(said.get(name, ())), tuple(sorted({*citing.get(name, ())})))
        for name in sorted(records.sources)
    }


def _passages(
    said: Iterable[tuple[Fact, Evidence]],
) -> tuple[tuple[tuple[Fact, Evidence], ...], ...]:
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
        )
        for name, each in found.items()
    }


def _paragraph(lines: tuple[tuple[Fact, Evidence], ...], teller: Teller) -> Paragraph:
    evidence = lines[0][1]
    number = evidence.paragraph
    return Paragraph(
        spot=evidence.spot,
        place=teller.place(number),
        mark=f"¶{number}" if number else teller.place(None),
        sayings=tuple(_saying(fact, evidence, teller) for fact, evidence in lines),
    )


def _saying(fact: Fact, evidence: Evidence, teller: Teller) -> Saying:
    cited = teller.name(evidence.cited_source) if evidence.cited_source else ""
    gloss = evidence.gloss(teller.language)
    return Saying(teller.tell(fact), gloss, len(fact.sources) == 1, cited)
