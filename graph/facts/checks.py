"""The rules that need more than one line, and not the ontology: each returns problems."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from techsov.graph.errors import Origin, Problem
from techsov.graph.facts.files import Reading
from techsov.graph.facts.lines import Line
from techsov.graph.facts.schema import Schema
from techsov.graph.facts.tables import nearest, problem_at
from techsov.graph.records import Entity, Fact, Records, Source
from techsov.graph.terms import ID_LENGTH

#: Shares that sources round may add up to a little more than the whole.
SHARE_TOLERANCE = Decimal("0.5")


def check_reading(reading: Reading, records: Records, schema: Schema) -> list[Problem]:
    """Check what lines say of each other, and what facts say together."""
    return [
        *_repeated_ids(reading),
        *_names(reading, records),
        *_passages(reading, records),
        *(problem for line in reading.lines for problem in _references(line, records, schema)),
        *(problem for line in reading.lines for problem in _locator(line, records)),
        *_fact_references(reading, records),
        *_shares(records),
        *_control_cycles(records),
        *_unused(reading, records),
    ]


def _repeated_ids(reading: Reading) -> Iterator[Problem]:
    seen: dict[str, Origin] = {}
    records: list[Entity | Source] = [*reading.entities, *reading.sources]
    for record in records:
        before = seen.setdefault(record.id, record.origin)
        if record.id and before is not record.origin:
            yield problem_at(
                record.origin, "id", "check.repeated-id", value=record.id, place=str(before)
            )


def _missing(origin: Origin, column: str, kind: str, name: str, known: Iterable[str]) -> Problem:
    guess = nearest(name, known) if len(name) <= ID_LENGTH else ""
    message = f"check.unknown-{kind}-guess" if guess else f"check.unknown-{kind}"
    return problem_at(origin, column, message, value=name, guess=guess)


def _names(reading: Reading, records: Records) -> Iterator[Problem]:
    owners: defaultdict[str, dict[str, Origin]] = defaultdict(dict)
    for entity, name, row in reading.names:
        if entity not in records.entities:
            yield _missing(row.origin, "entity", "entity", entity, records.entities)
            continue
        if name in {records.entities[entity].label_en, records.entities[entity].label_fr}:
            yield row.problem("name", "check.name-is-label")
        if entity in owners[name]:
            yield row.problem("name", "check.name-twice", place=str(owners[name][entity]))
        for other in sorted(owners[name].keys() - {entity}):
            yield row.problem("name", "check.name-shared", other=other)
        owners[name][entity] = row.origin


def _passages(reading: Reading, records: Records) -> Iterator[Problem]:
    cited = {evidence.passage for fact in records.facts for evidence in fact.evidence}
    seen: dict[str, Origin] = {}
    for passage, row in reading.passages:
        if passage.source not in records.sources:
            yield _missing(row.origin, "source", "source", passage.source, records.sources)
        elif passage.id not in cited:
            yield row.problem("paragraph", "check.passage-unused")
        before = seen.setdefault(passage.id, row.origin)
        if before != row.origin:
            yield row.problem("paragraph", "check.passage-twice", place=str(before))


def _references(line: Line, records: Records, schema: Schema) -> Iterator[Problem]:
    origin, relation = line.evidence.origin, schema.relations[line.relation]
    ends = [("subject", line.subject)]
    if not relation.object_is_no_entity:
        ends.append(("object", line.object))
    kinds = {qualifier.column: qualifier.kind for qualifier in relation.qualifiers}
    ends += [
        (column, name)
        for column, values in (*line.key, *line.details)
        for name in values
        if kinds[column] == "entity"
    ]
    for column, name in ends:
        if name not in records.entities:
            yield _missing(origin, column, "entity", name, records.entities)
    speakers = records.entities.keys() | records.sources.keys()
    if line.claimant and line.claimant not in speakers:
        yield _missing(origin, "claimant", "claimant", line.claimant, speakers)


def _locator(line: Line, records: Records) -> Iterator[Problem]:
    evidence = line.evidence
    origin = evidence.origin
    if evidence.cited_source and evidence.cited_source not in records.sources:
        yield _missing(origin, "cited_source", "source", evidence.cited_source, records.sources)
    source = records.sources.get(evidence.source)
    if source is None:
        yield _missing(origin, "source", "source", evidence.source, records.sources)
        return
    if not source.read:
        yield problem_at(origin, "source", "check.source-unread", value=source.id)
    if source.paragraphs is None and evidence.paragraph is not None:
        yield problem_at(origin, "paragraph", "check.page-has-none", value=source.id)
    if source.paragraphs is not None and evidence.paragraph is None:
        yield problem_at(origin, "paragraph", "check.empty-paragraph")
    if source.paragraphs and evidence.paragraph:
        if evidence.paragraph > source.paragraphs:
            yield problem_at(
                origin,
                "paragraph",
                "check.past-end",
                value=str(evidence.paragraph),
                last=str(source.paragraphs),
            )
        elif not records.passages[evidence.passage].sha256:
            yield problem_at(origin, "paragraph", "check.no-hash", value=evidence.passage)


def _fact_references(reading: Reading, records: Records) -> Iterator[Problem]:
    known = {fact.id for fact in records.facts}
    for line in reading.lines:
        for column, names in (("contradicts", line.contradicts), ("supersedes", line.supersedes)):
            for name in names:
                if name not in known:
                    yield _missing(line.evidence.origin, column, "fact", name, known)
                elif name == line.fact_id:
                    yield problem_at(line.evidence.origin, column, "check.itself")


def _origin(fact: Fact) -> Origin:
    return min(evidence.origin for evidence in fact.evidence)


def _overlap(one: Fact, other: Fact) -> bool:
    """Whether two stated periods have a day in common; an undated fact overlaps only undated."""
    if (one.valid_from is None) != (other.valid_from is None):
        return False
    starts = [fact.valid_from.first if fact.valid_from else date.min for fact in (one, other)]
    ends = [fact.valid_to.last if fact.valid_to else date.max for fact in (one, other)]
    return max(starts) <= min(ends)


def _shares(records: Records) -> Iterator[Problem]:
    """Shares of one company on one day; conflicting figures are linked, and not added up."""
    held: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in records.facts:
        if fact.relation == "ownsShareIn" and fact.status == "stated":
            for column in ("share", "votes"):
                if column in fact.qualifiers:
                    held[fact.object, column].append(fact)
    for (company, column), facts in sorted(held.items()):
        for fact in facts:
            together = [other for other in facts if _counts_beside(other, fact)]
            total = sum(Decimal(other.qualifiers[column][0]) for other in together)
            if total > 100 + SHARE_TOLERANCE:
                yield problem_at(
                    _origin(fact), column, "check.shares", value=company, total=str(total)
                )


def _counts_beside(other: Fact, fact: Fact) -> bool:
    """Whether both shares may be held on the first day of ``fact``, by different owners."""
    if other is fact:
        return True
    if other.subject == fact.subject or _linked(other, fact):
        return False
    if fact.valid_from is None or other.valid_from is None:
        return _overlap(other, fact)
    end = other.valid_to.last if other.valid_to else date.max
    return other.valid_from.first <= fact.valid_from.first <= end


def _linked(one: Fact, other: Fact) -> bool:
    links = {*one.contradicts, *one.supersedes, *other.contradicts, *other.supersedes}
    return one.id in links or other.id in links


#: Relation -> the end that is controlled. A share gives control only above one half of the votes.
CONTROLLED: dict[str, Callable[[Fact], tuple[str, str]]] = {
    "controls": lambda fact: (fact.subject, fact.object),
    "subsidiaryOf": lambda fact: (fact.object, fact.subject),
}


def _control_cycles(records: Records) -> Iterator[Problem]:
    """Nobody controls itself through others on one day."""
    edges: defaultdict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in records.facts:
        if fact.relation in CONTROLLED and fact.status == "stated":
            owner, owned = CONTROLLED[fact.relation](fact)
            edges[owner].setdefault(owned, fact)
    for cycle in _cycles(edges):
        facts = [edges[a][b] for a, b in zip(cycle, [*cycle[1:], cycle[0]], strict=True)]
        if all(_overlap(one, other) for one, other in combinations(facts, 2)):
            yield problem_at(
                min(map(_origin, facts)),
                "object",
                "check.control-cycle",
                value=" → ".join([*cycle, cycle[0]]),
            )


def _cycles(edges: dict[str, dict[str, Fact]]) -> Iterator[list[str]]:
    if not edges:
        return
    # networkx costs half a second to import: only folders with control facts pay for it.
    import networkx as nx

    graph = nx.DiGraph([(a, b) for a in edges for b in edges[a]])
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1:
            yield [tail for tail, _ in nx.find_cycle(graph.subgraph(sorted(component)))]


def _unused(reading: Reading, records: Records) -> Iterator[Problem]:
    used: Counter[str] = Counter()
    for fact in records.facts:
        used.update([fact.subject, fact.object, fact.claimant])
        used.update(value for values in fact.qualifiers.values() for value in values)
        for evidence in fact.evidence:
            used.update([evidence.source, evidence.cited_source])
    written: list[Entity | Source] = [*reading.entities, *reading.sources]
    for record in written:
        if record.id and not used[record.id]:
            yield problem_at(record.origin, "id", "warning.unused", value=record.id)
