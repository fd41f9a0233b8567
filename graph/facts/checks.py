"""The rules that need more than one line, and not the ontology: each returns problems."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from techsov.graph.errors import Origin, Problem
from techsov.graph.facts.files import ANSWER, Reading
from techsov.graph.facts.identity import check_identity
from techsov.graph.facts.lines import Line
from techsov.graph.facts.schema import Schema
from techsov.graph.facts.tables import nearest, problem_at, shortened
from techsov.graph.records import Entity, Fact, Records, Source
from techsov.graph.terms import is_id

#: Shares that sources round may add up to a little more than the whole.
SHARE_TOLERANCE = Decimal("0.5")


def check_reading(reading: Reading, records: Records, schema: Schema) -> list[Problem]:
    """Check what lines say of each other, and what facts say together."""
    return [
        *_repeated_ids(reading, schema),
        *_names(reading, records),
        *_passages(reading, records),
        *(problem for line in reading.lines for problem in _references(line, records, schema)),
        *(problem for line in reading.lines for problem in _locator(line, records)),
        *_fact_references(reading, records),
        *_shares(records),
        *_control_cycles(records),
        *_answers(reading),
        *_unused(reading, records),
        *check_identity(records, reading.decisions),
    ]


#: What a message calls missing -> the start of the files in which it may stand.
MISSED = {
    "check.unknown-entity": ("entities/",),
    "check.unknown-claimant": ("entities/", "sources.csv"),
    "check.unknown-source": ("sources.csv",),
    "check.unknown-fact": ("facts/",),
    "check.no-hash": ("passages.csv",),
    "check.passage-unused": ("facts/",),
    "warning.unused": ("facts/",),
}


def certain(problems: Iterable[Problem], reading: Reading) -> list[Problem]:
    """Leave out what is called missing and may stand in a line that could not be read."""

    def may_stand(problem: Problem) -> bool:
        places = MISSED.get(problem.message.removesuffix("-guess"))
        return places is not None and any(name.startswith(places) for name in reading.torn)

    return [problem for problem in problems if not may_stand(problem)]


def _repeated_ids(reading: Reading, schema: Schema) -> Iterator[Problem]:
    """Find ids that two lines share, or that the ontology gives to a concept or a rule."""
    seen: dict[str, Origin] = {}
    records: list[Entity | Source] = [*reading.entities, *reading.sources]
    for record in records:
        before = seen.setdefault(record.id, record.origin)
        if record.id and before is not record.origin:
            yield problem_at(
                record.origin, "id", "check.repeated-id", value=record.id, place=str(before)
            )
        if record.id in schema.concepts or record.id in schema.rules:
            yield problem_at(record.origin, "id", "check.concept-id", value=record.id)


def _missing(origin: Origin, column: str, kind: str, name: str, known: Iterable[str]) -> Problem:
    guess = nearest(name, known)
    message = f"check.unknown-{kind}-guess" if guess else f"check.unknown-{kind}"
    return problem_at(origin, column, message, value=shortened(name), guess=guess)


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
    claimant = line.claimant
    if claimant and claimant not in records.entities and claimant not in records.sources:
        speakers = (*records.entities, *records.sources)
        yield _missing(origin, "claimant", "claimant", claimant, speakers)


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
        return
    # A file without a number of paragraphs is reported where it is declared.
    if not (source.paragraphs or source.file) and evidence.paragraph is not None:
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
    # Not line.fact_id: a line without a date may have joined a fact with one.
    own = {item.origin: fact.id for fact in records.facts for item in fact.evidence}
    for line in reading.lines:
        for column, names in (("contradicts", line.contradicts), ("supersedes", line.supersedes)):
            for name in names:
                if name not in known:
                    yield _missing(line.evidence.origin, column, "fact", name, known)
                elif name == own[line.evidence.origin]:
                    yield problem_at(line.evidence.origin, column, "check.itself")


def _origin(fact: Fact) -> Origin:
    return min(evidence.origin for evidence in fact.evidence)


def _first_day(fact: Fact) -> date | None:
    return fact.valid_from.first if fact.valid_from else None


def _counts_on(fact: Fact, day: date | None) -> bool:
    """Whether ``fact`` counts among those of one day; undated facts count among themselves."""
    if fact.valid_from is None or day is None:
        return fact.valid_from is None and day is None
    return fact.holds_on(day)


def _shares(records: Records) -> Iterator[Problem]:
    """Shares of one company on the first day of each; conflicting figures are not added up."""
    held: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in records.facts:
        if fact.relation == "ownsShareIn" and fact.status == "stated":
            for column in ("share", "votes"):
                if column in fact.qualifiers:
                    held[fact.object, column].append(fact)
    for (company, column), facts in sorted(held.items()):
        for fact in facts:
            beside: defaultdict[str, list[Decimal]] = defaultdict(list)
            for other in facts:
                if _counts_beside(other, fact):
                    beside[other.subject].append(Decimal(other.qualifiers[column][0]))
            # Of an owner with several figures the least counts: only what is sure is reported.
            total = sum(map(min, beside.values()))
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
    return _counts_on(other, _first_day(fact))


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
    replaced = {name for fact in records.facts for name in fact.supersedes}
    facts = _knotted(
        fact
        for fact in records.facts
        if fact.relation in CONTROLLED and fact.status == "stated" and fact.id not in replaced
    )
    # A circle that closes on some day is closed by a fact that begins on that day.
    for day in {_first_day(fact) for fact in facts}:
        edges: defaultdict[str, dict[str, Fact]] = defaultdict(dict)
        for fact in facts:
            if _counts_on(fact, day):
                owner, owned = CONTROLLED[fact.relation](fact)
                edges[owner].setdefault(owned, fact)
        for cycle in _cycles(edges):
            # The same circle has one name, whichever day and whichever end it is seen from.
            start = cycle.index(min(cycle))
            circle = [*cycle[start:], *cycle[: start + 1]]
            origins = [_origin(edges[a][b]) for a, b in pairwise(circle)]
            yield problem_at(
                min(origins), "object", "check.control-cycle", value=" → ".join(circle)
            )


def _knotted(facts: Iterable[Fact]) -> list[Fact]:
    """Facts that would lie on a circle if all of them held at once: seldom any."""
    ends = [(fact, *CONTROLLED[fact.relation](fact)) for fact in facts]
    if not ends:
        return []
    # networkx costs half a second to import: only folders with control facts pay for it.
    import networkx as nx

    graph = nx.DiGraph([(owner, owned) for _, owner, owned in ends])
    knots = enumerate(nx.strongly_connected_components(graph))
    knot_of = {node: number for number, knot in knots for node in knot}
    return [fact for fact, owner, owned in ends if knot_of[owner] == knot_of[owned]]


def _cycles(edges: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """One circle for each knot of what holds on a day."""
    import networkx as nx

    graph = nx.DiGraph([(a, b) for a in edges for b in edges[a]])
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1:
            # A view of the graph would give its nodes in the order of a set.
            arcs = [(a, b) for a in sorted(component) for b in graph[a] if b in component]
            yield [tail for tail, _ in nx.find_cycle(nx.DiGraph(arcs))]


def _answers(reading: Reading) -> Iterator[Problem]:
    """Check that an answer names a rung of its ladder, or 0 where the criterion does not apply."""
    criteria = reading.framework.criteria if reading.framework else {}
    for line in reading.lines:
        criterion = criteria.get(line.object.removeprefix("criterion-"))
        if line.relation != ANSWER or criterion is None:
            continue
        values = dict(line.key).get("rung", ())
        last = len(criterion.rungs)
        if any(int(value) > last for value in values):
            yield problem_at(
                line.evidence.origin, "rung", "check.rung", value=values[0], last=str(last)
            )


def _unused(reading: Reading, records: Records) -> Iterator[Problem]:
    used: Counter[str] = Counter()
    for fact in records.facts:
        used.update([fact.subject, fact.object, fact.claimant])
        used.update(value for values in fact.qualifiers.values() for value in values)
        for evidence in fact.evidence:
            used.update([evidence.source, evidence.cited_source])
    written: list[Entity | Source] = [*reading.entities, *reading.sources]
    for record in written:
        if is_id(record.id) and not used[record.id]:
            yield problem_at(record.origin, "id", "warning.unused", value=record.id)
