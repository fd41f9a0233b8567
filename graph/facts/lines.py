"""Lines of a facts file to facts: one line is one piece of evidence; lines that agree are one fact."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from techsov.graph.errors import Origin, Problem
from techsov.graph.facts.cells import Cells
from techsov.graph.facts.schema import Qualifier, Relation, Schema
from techsov.graph.facts.tables import problem_at, shortened
from techsov.graph.records import Evidence, Fact, PartialDate
from techsov.graph.terms import assertion_id, is_id, slug

FACT_COLUMNS_LAST = (
    "status",
    "claimant",
    "valid_from",
    "valid_to",
    "source",
    "paragraph",
    "confidence",
    "gloss_en",
    "gloss_fr",
    "cited_source",
    "contradicts",
    "supersedes",
)
GLOSS_LENGTH = 200
QUOTATION_MARKS = re.compile('[«»“”„"]')
#: A fact's name may hold camel case, in its relation.
FACT_ID = re.compile(r"[a-z0-9]+(?:--?[a-zA-Z0-9]+)+")
#: Where the statuses that need somebody to answer for them are told apart from the others.
ATTRIBUTED = frozenset({"claimed", "denied"})
WRITTEN_STATUSES = frozenset({"stated", "claimed", "planned", "hypothetical", "denied"})
PERCENTAGES = frozenset({"share", "votes"})


def fact_columns(relation: Relation) -> tuple[str, ...]:
    """Give the header of a relation's facts file.

    Key qualifiers come first, in the order in which the ontology's schema lists them.
    """
    qualifiers = (qualifier.column for qualifier in relation.qualifiers)
    target = "value" if relation.value else "object"
    return ("subject", target, *qualifiers, *FACT_COLUMNS_LAST)


@dataclass(slots=True)
class Line:
    """One line of a facts file, read alone."""

    relation: str
    subject: str
    object: str
    value: str
    key: tuple[tuple[str, tuple[str, ...]], ...]
    details: tuple[tuple[str, tuple[str, ...]], ...]
    status: str
    claimant: str
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    evidence: Evidence
    contradicts: tuple[str, ...]
    supersedes: tuple[str, ...]

    @property
    def fact_id(self) -> str:
        """The name of the fact that this line states: its key, without the source."""
        return self._name(self.valid_from)

    @property
    def undated_id(self) -> str:
        """The name that the fact would have if no source said since when."""
        return self._name(None)

    def _name(self, valid_from: PartialDate | None) -> str:
        usual = "claimed" if self.claimant else "stated"
        distinguishing = [f"{column}={';'.join(values)}" for column, values in self.key if values]
        if self.status != usual:
            distinguishing.append(f"status={self.status}")
        if valid_from:
            distinguishing.append(f"valid_from={valid_from.text}")
        target = slug(self.value) if self.value else self.object
        # "1.5" and "1-5" have one slug, so the value itself is told apart in the hash.
        if self.value and target != self.value:
            distinguishing.append(f"value={self.value}")
        return assertion_id(
            self.subject, self.relation, target, self.claimant, tuple(distinguishing)
        )


def read_line(cells: Cells, relation: Relation, schema: Schema) -> Line:
    """Read one line alone; what is wrong with it is kept in ``cells.problems``."""
    status = cells.choice("status", WRITTEN_STATUSES)
    claimant = cells.id("claimant", required=False)
    if status in ATTRIBUTED and not claimant:
        cells.fail("claimant", "check.no-claimant", status=status)
    subject = cells.id("subject")
    target = value = ""
    if relation.value:
        value = _value(cells, "value", relation.value, required=True)
    elif relation.scheme:
        target = cells.choice("object", schema.in_scheme(relation.scheme))
    else:
        target = cells.id("object")
    if target and target == subject:
        cells.fail("object", "check.same-ends")
    valid_from, valid_to = cells.date("valid_from"), cells.date("valid_to")
    cells.until_after_from(valid_from, valid_to)
    qualified = {item.column: _qualifier(cells, item, schema) for item in relation.qualifiers}
    return Line(
        relation=relation.id,
        subject=subject,
        object=f"{relation.scheme}-{target}" if relation.scheme else target,
        value=value,
        key=tuple(
            (item.column, qualified[item.column]) for item in relation.qualifiers if item.key
        ),
        details=tuple(
            (item.column, qualified[item.column]) for item in relation.qualifiers if not item.key
        ),
        status=status,
        claimant=claimant,
        valid_from=valid_from,
        valid_to=valid_to,
        evidence=_evidence(cells),
        contradicts=_fact_ids(cells, "contradicts"),
        supersedes=_fact_ids(cells, "supersedes"),
    )


def _evidence(cells: Cells) -> Evidence:
    return Evidence(
        source=cells.id("source"),
        paragraph=cells.integer("paragraph", 1),
        confidence=_confidence(cells),
        gloss_en=_gloss(cells, "gloss_en"),
        gloss_fr=_gloss(cells, "gloss_fr"),
        cited_source=cells.id("cited_source", required=False),
        origin=cells.row.origin,
    )


def _confidence(cells: Cells) -> Decimal:
    if not cells.text("confidence"):
        cells.fail("confidence", "check.empty-confidence")
    return Decimal(cells.number("confidence", "0", "1") or "0")


def _gloss(cells: Cells, column: str) -> str:
    text = cells.required(column, "check.empty-gloss")
    if len(text) > GLOSS_LENGTH:
        cells.fail(column, "check.long-gloss", size=str(len(text)), limit=str(GLOSS_LENGTH))
    if QUOTATION_MARKS.search(text):
        cells.fail(column, "check.quotation")
    return text


def _fact_ids(cells: Cells, column: str) -> tuple[str, ...]:
    names = cells.several(column)
    for name in names:
        if not FACT_ID.fullmatch(name):
            cells.fail(column, "check.fact-id", part=shortened(name))
    return names


def _value(cells: Cells, column: str, kind: str, *, required: bool = False) -> str:
    if required and not cells.text(column):
        cells.fail(column, "check.empty-value")
        return ""
    if kind == "decimal":
        return cells.number(column, "-1000000000000000", "1000000000000000")
    if kind == "integer":
        number = cells.integer(column, 0)
        return "" if number is None else str(number)
    return cells.text(column)


def _qualifier(cells: Cells, qualifier: Qualifier, schema: Schema) -> tuple[str, ...]:
    column = qualifier.column
    if not cells.text(column):
        return ()
    if column in PERCENTAGES:
        share = cells.number(column, "0", "100")
        return (share,) if share else ()
    if qualifier.kind not in {"concept", "entity"}:
        value = _value(cells, column, qualifier.kind)
        return (value,) if value else ()
    parts = cells.several(column)
    if len(parts) > 1 and not qualifier.repeatable:
        cells.fail(column, "check.one-only")
    options = schema.in_scheme(qualifier.scheme) if qualifier.kind == "concept" else ()
    for part in parts:
        if qualifier.kind == "concept" and part not in options:
            cells.wrong_choice(column, part, options)
        if qualifier.kind == "entity" and not is_id(part):
            cells.fail(column, "check.bad-id")
    return parts


def facts_of(lines: list[Line]) -> tuple[list[Fact], list[Problem]]:
    """Join the lines that say the same; each brings its piece of evidence.

    A line that does not say since when joins the one fact that says the same with a date. Where
    there are several such facts, as with a share that changes hands, it stands for itself.

    A problem is returned for a passage that is given twice for one fact, and for lines of one
    fact that disagree on a detail which is not part of its key.
    """
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    dated: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.valid_from:
            dated[line.undated_id].add(line.fact_id)
    for line in lines:
        alike = dated.get(line.fact_id, set())
        groups[min(alike) if len(alike) == 1 else line.fact_id].append(line)
    problems: list[Problem] = []
    facts = [_joined(name, groups[name], problems) for name in sorted(groups)]
    return facts, problems


def _joined(name: str, lines: list[Line], problems: list[Problem]) -> Fact:
    lines = sorted(lines, key=lambda line: (line.evidence.passage, line.evidence.origin))
    _refuse_repeats(lines, problems)
    first = lines[0]
    details = _agreed(lines, problems)
    return Fact(
        id=name,
        subject=first.subject,
        relation=first.relation,
        object=first.object,
        value=first.value,
        qualifiers={**{column: values for column, values in first.key if values}, **details},
        status=first.status,
        claimant=first.claimant,
        valid_from=max((line.valid_from for line in lines if line.valid_from), default=None),
        valid_to=_agreed_end(lines, problems),
        evidence=tuple(line.evidence for line in lines),
        contradicts=_union(line.contradicts for line in lines),
        supersedes=_union(line.supersedes for line in lines),
    )


def _union(names: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for group in names for name in group}))


def _refuse_repeats(lines: list[Line], problems: list[Problem]) -> None:
    seen: dict[str, Origin] = {}
    for line in sorted(lines, key=lambda line: line.evidence.origin):
        before = seen.setdefault(line.evidence.passage, line.evidence.origin)
        if before != line.evidence.origin:
            problems.append(
                problem_at(line.evidence.origin, "row", "check.duplicate", place=str(before))
            )


def _agreed(lines: list[Line], problems: list[Problem]) -> Mapping[str, tuple[str, ...]]:
    agreed: dict[str, tuple[str, ...]] = {}
    for line in lines:
        for column, values in line.details:
            if not values or values == agreed.setdefault(column, values):
                continue
            if agreed[column] == ("unknown",):
                agreed[column] = values
            elif values != ("unknown",):
                _disagree(line, column, ";".join(agreed[column]), problems)
    return agreed


def _agreed_end(lines: list[Line], problems: list[Problem]) -> PartialDate | None:
    ends = [line for line in lines if line.valid_to]
    for line in ends[1:]:
        if line.valid_to != ends[0].valid_to:
            _disagree(line, "valid_to", str(ends[0].valid_to and ends[0].valid_to.text), problems)
    return ends[0].valid_to if ends else None


def _disagree(line: Line, column: str, other: str, problems: list[Problem]) -> None:
    origin = line.evidence.origin
    problems.append(problem_at(origin, column, "check.disagree", other=other, fact=line.fact_id))
