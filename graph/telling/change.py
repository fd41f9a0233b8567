"""What changed, in words: facts that came and went, and what follows differently because of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from techsov.graph.analysis.change import (
    FACT_KINDS,
    ConclusionChange,
    FactChange,
    ReachChange,
)
from techsov.graph.analysis.conclusion import Conclusion
from techsov.graph.answers import Labels
from techsov.graph.messages import joined, say
from techsov.graph.printing import Table
from techsov.graph.reasons import cited_facts, fact_sentence
from techsov.graph.records import Fact, PartialDate
from techsov.graph.telling.claims import claim_sentence

KEYS = ("change", "name", "before", "after", "because", "source")
DATA_KEYS = (
    "about",
    "change",
    "fact_before",
    "fact_after",
    "rule",
    "subject",
    "relation",
    "object",
    "status_before",
    "status_after",
    "value_before",
    "value_after",
    "parts",
    "causes",
    "sentence",
    "sources",
)
#: The mark before what came, what went, and what was changed.
CAME, WENT, REVISED = "+", "−", "±"
#: So many of the facts that change a number are told with it.
CAUSES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Sides:
    """The words for the facts before and after, which may be of two folders."""

    before: Labels
    after: Labels

    @property
    def language(self) -> str:
        """The language of both."""
        return self.after.language

    def of(self, name: str) -> tuple[Fact, Labels]:
        """Give a fact as it is now or was last, with its words."""
        labels = self.after if name in self.after.facts else self.before
        return labels.facts[name], labels


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed, of three kinds."""

    facts: Sequence[FactChange]
    conclusions: Sequence[ConclusionChange]
    reaches: Sequence[ReachChange]
    #: How each fact changed, those left out of ``facts`` by :meth:`about` included.
    marks: Mapping[str, str]

    def about(self, entity: str, sides: Sides) -> "Difference":
        """Keep what names ``entity``, or follows differently for it or because of its facts."""
        named = [
            row
            for row in self.facts
            if any(_names(sides.of(name)[0], entity) for name in (row.before, row.after) if name)
        ]
        moved = {name for row in named for name in (row.before, row.after)}
        return Difference(
            named,
            [
                row
                for row in self.conclusions
                if entity in (row.latest.subject, row.latest.object) or moved & set(row.causes)
            ],
            [row for row in self.reaches if row.node == entity],
            self.marks,
        )

    def __bool__(self) -> bool:
        return bool(self.facts or self.conclusions or self.reaches)


def difference_lines(found: Difference, sides: Sides, top: int) -> list[str]:
    """Tell what changed: facts by kind, then what follows differently, by cause; then reach.

    Of each section at most ``top`` are told, and how many more there are.
    """
    lines: list[str] = []
    for kind in FACT_KINDS:
        rows = [row for row in found.facts if row.kind == kind]
        if rows:
            told = [f"  {fact_line(row, sides)}" for row in rows[:top]]
            lines += _section(f"heading-{kind}", told, len(rows), sides)
    if found.conclusions:
        groups = by_cause(found.conclusions)
        told = [
            line
            for causes, rows in groups[:top]
            for line in _group_lines(causes, rows, found.marks, sides, top)
        ]
        lines += _section("heading-follows", told, len(found.conclusions), sides, len(groups) - top)
    if found.reaches:
        told = [
            line for row in found.reaches[:top] for line in _reach_lines(row, found.marks, sides)
        ]
        beyond = len(found.reaches) - top
        lines += _section("heading-reach", told, len(found.reaches), sides, beyond)
    return lines[:-1]


def difference_table(found: Difference, sides: Sides) -> Table:
    """One row for each change, whatever its kind."""
    rows = [
        *(_fact_row(row, sides) for row in found.facts),
        *(_conclusion_row(row, found.marks, sides) for row in found.conclusions),
        *(_reach_row(row, found.marks, sides) for row in found.reaches),
    ]
    headings = tuple(say(f"column.{key}", sides.language) for key in KEYS)
    return Table(DATA_KEYS, headings, [shown for shown, _ in rows], [data for _, data in rows])


def by_cause(
    rows: Iterable[ConclusionChange],
) -> list[tuple[tuple[str, ...], list[ConclusionChange]]]:
    """Group what follows differently by the facts that are its cause.

    The causes with most consequences come first; what has no cause of its own comes last.
    """
    groups: dict[tuple[str, ...], list[ConclusionChange]] = {}
    for row in rows:
        groups.setdefault(row.causes, []).append(row)
    return sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))


def fact_line(row: FactChange, sides: Sides) -> str:
    """Tell one fact that came, went or changed, with where it is read."""
    if row.kind in ("begun", "added"):
        return f"{CAME} {dated_sentence(row.after, sides)}"
    if row.kind in ("ended", "withdrawn"):
        return f"{WENT} {dated_sentence(row.before, sides)}"
    if row.kind == "revised":
        parts = ", ".join(_part(part, sides) for part in row.parts)
        return f"{dated_sentence(row.after, sides)}: {parts}"
    return f"{WENT} {dated_sentence(row.before, sides)} → {CAME} {dated_sentence(row.after, sides)}"


def dated_sentence(name: str, sides: Sides) -> str:
    """Tell a fact with its period and where it is read."""
    fact, labels = sides.of(name)
    period = _period(fact.valid_from, fact.valid_to, labels.language)
    said = " ".join(filter(None, (fact_sentence(fact, labels), period)))
    return f"{said} [{cited_facts([name], labels)}]"


def cause_line(name: str, marks: Mapping[str, str], sides: Sides) -> str:
    """Tell a fact that is a cause, marked by whether it came, went or was changed."""
    return f"{marks[name]} {dated_sentence(name, sides)}"


def marks_of(facts: Iterable[FactChange]) -> dict[str, str]:
    """Give, for each fact that changed, the mark that says how."""
    marks: dict[str, str] = {}
    for row in facts:
        if row.before == row.after:
            marks[row.before] = REVISED
            continue
        marks |= {row.before: WENT, row.after: CAME}
    return marks


def conclusion_line(row: ConclusionChange, sides: Sides) -> str:
    """Tell one conclusion: that it follows now, no longer, or otherwise than before."""
    labels = sides.after if row.after else sides.before
    said = conclusion_sentence(row.latest, labels)
    if row.kind == "changed":
        parts = ", ".join(_part(part, sides) for part in row.parts)
        differing = "; ".join(_values(row, sides))
        details = f"{parts}: {differing}" if differing else parts
        return say("change.kind-changed", sides.language, conclusion=said, parts=details)
    if row.kind == "turned" and row.before:
        before = sides.before.entity(row.before.object)
        return say("change.kind-turned", sides.language, conclusion=said, before=before)
    return say(f"change.kind-{row.kind}", sides.language, conclusion=said)


def conclusion_sentence(conclusion: Conclusion, labels: Labels) -> str:
    """Tell a conclusion in one sentence, with the status of its weakest premise unless stated."""
    verb, target = labels.entity(conclusion.relation), labels.entity(conclusion.object)
    said = [labels.entity(conclusion.subject), joined(verb, target, labels.language)]
    if supplier := conclusion.more.get("commonSupplier"):
        said.append(f"({', '.join(map(labels.entity, supplier))})")
    elif claim := conclusion.more.get("claim"):
        said.append(f"({'; '.join(claim_sentence(labels.facts[name], labels) for name in claim)})")
    if conclusion.status != "stated":
        said.append(f"[{labels.status(conclusion.status)}]")
    return " ".join(said)


def reach_line(row: ReachChange, sides: Sides) -> str:
    """Tell how many depend on a node before and after."""
    return f"{_name(row.node, sides)}: {row.before} → {row.after}"


def _section(
    heading: str, told: list[str], count: int, sides: Sides, beyond: int | None = None
) -> list[str]:
    more = count - len(told) if beyond is None else beyond
    lines = [say(f"change.{heading}", sides.language, count=str(count)), *told]
    if more > 0:
        lines.append(f"  {say('change.more', sides.language, count=str(more))}")
    return [*lines, ""]


def _group_lines(
    causes: tuple[str, ...],
    rows: Sequence[ConclusionChange],
    marks: Mapping[str, str],
    sides: Sides,
    top: int,
) -> list[str]:
    if causes:
        lines = [f"  {say('change.because', sides.language)}"]
        lines += [f"    {cause_line(name, marks, sides)}" for name in causes]
    else:
        lines = [f"  {say('change.no-cause', sides.language)}"]
    lines += [f"      {conclusion_line(row, sides)}" for row in rows[:top]]
    if len(rows) > top:
        more = say("change.more", sides.language, count=str(len(rows) - top))
        lines.append(f"      {more}")
    return lines


def _reach_lines(row: ReachChange, marks: Mapping[str, str], sides: Sides) -> list[str]:
    lines = [f"  {reach_line(row, sides)}"]
    lines += [f"    {cause_line(name, marks, sides)}" for name in row.causes[:CAUSES_TOLD]]
    if len(row.causes) > CAUSES_TOLD:
        count = str(len(row.causes) - CAUSES_TOLD)
        lines.append(f"    {say('change.more-causes', sides.language, count=count)}")
    return lines


def _values(row: ConclusionChange, sides: Sides) -> list[str]:
    """Give the values that differ, before and after."""
    if not (row.before and row.after):
        return []
    told = []
    if row.before.status != row.after.status:
        statuses = sides.before.status(row.before.status), sides.after.status(row.after.status)
        told.append(" → ".join(statuses))
    for name in sorted(row.before.more.keys() | row.after.more.keys()):
        values = [
            ", ".join(map(labels.entity, each.more.get(name, ())))
            for each, labels in ((row.before, sides.before), (row.after, sides.after))
        ]
        if name != "claim" and values[0] != values[1]:
            told.append(" → ".join(value or "–" for value in values))
    return told


def _names(fact: Fact, entity: str) -> bool:
    return entity in (fact.subject, fact.object, fact.claimant)


def _name(entity: str, sides: Sides) -> str:
    known = entity in sides.after.knowledge.records.entities
    return (sides.after if known else sides.before).entity(entity)


def _part(part: str, sides: Sides) -> str:
    return say(f"change.part-{part}", sides.language)


def _period(start: PartialDate | None, end: PartialDate | None, language: str) -> str:
    parts = [
        say("change.since", language, day=start.text) if start else "",
        say("change.until", language, day=end.text) if end else "",
    ]
    said = ", ".join(filter(None, parts))
    return f"({said})" if said else ""


_Row = tuple[tuple[str, ...], tuple[object, ...]]


def _fact_row(row: FactChange, sides: Sides) -> _Row:
    old = sides.before.facts.get(row.before)
    new = sides.after.facts.get(row.after)
    fact, labels = sides.of(row.after or row.before)
    kind = say(f"change.fact-{row.kind}", sides.language)
    parts = ", ".join(_part(part, sides) for part in row.parts)
    sentences = [
        fact_sentence(each, words) if each else ""
        for each, words in ((old, sides.before), (new, sides.after))
    ]
    sources = cited_facts([fact.id], labels)
    data: tuple[object, ...] = (
        "fact",
        row.kind,
        row.before,
        row.after,
        "",
        fact.subject,
        fact.relation,
        fact.object or fact.value,
        old.status if old else "",
        new.status if new else "",
        None,
        None,
        list(row.parts),
        [],
        fact_sentence(fact, labels),
        sources,
    )
    return (kind, labels.entity(fact.subject), *sentences, parts, sources), data


def _conclusion_row(row: ConclusionChange, marks: Mapping[str, str], sides: Sides) -> _Row:
    latest, words = row.latest, sides.after if row.after else sides.before
    before, after = (
        conclusion_sentence(each, labels) if each else ""
        for each, labels in ((row.before, sides.before), (row.after, sides.after))
    )
    causes = "; ".join(cause_line(name, marks, sides) for name in row.causes)
    kind = say(f"change.conclusion-{row.kind}", sides.language)
    sources = cited_facts(latest.premises, words)
    data: tuple[object, ...] = (
        "conclusion",
        row.kind,
        "",
        "",
        latest.rule,
        latest.subject,
        latest.relation,
        latest.object,
        row.before.status if row.before else "",
        row.after.status if row.after else "",
        row.before.object if row.before else None,
        row.after.object if row.after else None,
        list(row.parts),
        list(row.causes),
        conclusion_line(row, sides),
        sources,
    )
    return (kind, words.entity(latest.rule), before, after, causes, sources), data


def _reach_row(row: ReachChange, marks: Mapping[str, str], sides: Sides) -> _Row:
    name = _name(row.node, sides)
    kind = say("change.reach", sides.language)
    causes = "; ".join(cause_line(cause, marks, sides) for cause in row.causes)
    data: tuple[object, ...] = (
        "reach",
        "changed",
        "",
        "",
        "",
        row.node,
        "",
        "",
        "",
        "",
        row.before,
        row.after,
        [],
        list(row.causes),
        reach_line(row, sides),
        "",
    )
    return (kind, name, str(row.before), str(row.after), causes, ""), data
