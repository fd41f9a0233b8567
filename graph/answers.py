"""Answers to tables: labels instead of addresses, and where each row is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from techsov.graph import terms
from techsov.graph.flow import Knowledge
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.records import Fact
from techsov.graph.triples.store import Answer, Cell


def citation(fact: Fact, labels: "Labels") -> str:
    """Say shortly where a fact is written down, and whether by promotional documents alone."""
    cited = "; ".join(places(fact))
    return f"{cited} {reserve(fact, labels)}".strip()


def places(fact: Fact) -> tuple[str, ...]:
    """Give where a fact is written down, ``source ¶3`` or ``source``, each place once."""
    said = (
        f"{item.source} ¶{item.paragraph}" if item.paragraph else item.source
        for item in fact.evidence
    )
    return tuple(dict.fromkeys(said))


def reserve(fact: Fact, labels: "Labels") -> str:
    """Say in brackets that promotional documents alone state a fact; nothing, if others do."""
    if not labels.knowledge.records.promotional_only(fact):
        return ""
    return f"({say('word.promotional-only', labels.language)})"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words for the addresses of one data folder, in one language."""

    knowledge: Knowledge
    language: str
    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, knowledge: Knowledge, language: str) -> "Labels":
        """Index the facts by their id."""
        return cls(knowledge, language, {fact.id: fact for fact in knowledge.records.facts})

    def entity(self, name: str) -> str:
        """Give the label of an entity, a concept or a source, or the id where there is none."""
        records, schema = self.knowledge.records, self.knowledge.schema
        for known in (
            records.entities,
            schema.concepts,
            records.sources,
            schema.classes,
            schema.derived,
            schema.rules,
        ):
            if name in known:
                return known[name].label(self.language)
        return name

    def status(self, name: str) -> str:
        """Give the label of a status."""
        return self.entity(f"status-{name}")

    def cell(self, cell: Cell | None) -> str:
        """Say what a reader sees of one cell of an answer."""
        if cell is None:
            return ""
        if cell.kind == "boolean":
            return say(f"word.{cell.value}", self.language)
        if cell.kind != "iri":
            return cell.value
        return self.iri(cell.value)

    def iri(self, iri: str) -> str:
        """Give the label of an address; of an assertion or evidence, where it is written."""
        name = short(iri)
        if iri.startswith(terms.ASSERTION):
            return citation(self.facts[name], self) if name in self.facts else name
        if iri.startswith(terms.EVIDENCE):
            return name.rsplit("--", 1)[-1]
        if iri.startswith(terms.NS):
            relations = self.knowledge.schema.relations
            return relations[name].label(self.language) if name in relations else self.entity(name)
        return self.entity(name) if iri.startswith(terms.BASE) else iri


def short(iri: str) -> str:
    """Give the local part of an address of ours; another address as it stands.

    >>> short("https://w3id.org/techsov/id/iliad"), short("http://example.org/x")
    ('iliad', 'http://example.org/x')
    """
    return iri.removeprefix(terms.BASE).split("#")[-1].split("/")[-1] if _ours(iri) else iri


def _ours(iri: str) -> bool:
    return iri.startswith(terms.BASE)


def answer_table(answer: Answer, labels: Labels) -> Table:
    """Lay out an answer.

    For readers, one column per variable. For programs, an address is followed by its label: the
    column ``x`` holds the id, ``x_label`` the words.
    """
    addressed = [
        any(row[i] is not None and row[i].kind == "iri" for row in answer.rows)  # type: ignore[union-attr]
        for i in range(len(answer.columns))
    ]
    said = cache(labels.cell)
    keys: list[str] = []
    for column, has_addresses in zip(answer.columns, addressed, strict=True):
        keys += [column, f"{column}_label"] if has_addresses else [column]
    data = []
    for row in answer.rows:
        cells: list[object] = []
        for cell, has_addresses in zip(row, addressed, strict=True):
            cells.append(_plain(cell))
            if has_addresses:
                cells.append(said(cell))
        data.append(tuple(cells))
    rows = [tuple(said(cell) for cell in row) for row in answer.rows]
    headings = tuple(column.replace("_", " ") for column in answer.columns)
    return Table(tuple(keys), headings, rows, data)


def _plain(cell: Cell | None) -> object:
    if cell is None:
        return None
    if cell.kind == "iri":
        return short(cell.value)
    if cell.kind == "boolean":
        return cell.value == "true"
    if cell.kind == "integer":
        return int(cell.value)
    return cell.value
