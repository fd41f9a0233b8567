"""What rests on each document: its passages, and the facts that each says, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.records import Evidence, Fact
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


def shelve(teller: Teller) -> Mapping[str, Shelved]:
    """Give every document with what rests on it, by id."""
    facts, sources = teller.records.facts, teller.records.sources
    lines = [(fact, evidence) for fact in facts for evidence in fact.evidence]
    said = grouped((evidence.source, (fact, evidence)) for fact, evidence in lines)
    citing = grouped((evidence.cited_source, evidence.source) for _, evidence in lines)
    return {
        name: Shelved(
            document=teller.document(source),
            order=source.published.text if source.published else "",
            paragraphs=_paragraphs(said.get(name, ()), teller),
            citing=tuple(
                teller.document(sources[each]) for each in sorted({*citing.get(name, ())})
            ),
        )
        for name, source in sorted(sources.items())
    }


def _paragraphs(said: Iterable[tuple[Fact, Evidence]], teller: Teller) -> tuple[Paragraph, ...]:
    """Sort what one document says by paragraph, then by fact."""
    passages = grouped((evidence.passage, (fact, evidence)) for fact, evidence in said)
    ordered = sorted(passages.values(), key=lambda lines: lines[0][1].paragraph or 0)
    return tuple(
        Paragraph(
            spot=lines[0][1].passage.removeprefix(f"{lines[0][1].source}-"),
            place=teller.place(lines[0][1].paragraph),
            mark=f"¶{number}" if (number := lines[0][1].paragraph) else teller.place(None),
            sayings=tuple(_saying(fact, evidence, teller) for fact, evidence in lines),
        )
        for lines in ordered
    )


def _saying(fact: Fact, evidence: Evidence, teller: Teller) -> Saying:
    cited = teller.name(evidence.cited_source) if evidence.cited_source else ""
    gloss = evidence.gloss(teller.language)
    return Saying(teller.tell(fact), gloss, len(fact.sources) == 1, cited)
