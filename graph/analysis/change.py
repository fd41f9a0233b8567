"""What changed between two states of the facts, and what follows differently because of it.

The two states are one data folder on two days, or two folders. A fact is the same in both if it
has the same id. Conclusions are compared whatever rule drew them: a new rule needs nothing here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from techsov.graph.analysis.conclusion import Conclusion
from techsov.graph.analysis.network.centrality import reach
from techsov.graph.analysis.standing import Standing, check_known
from techsov.graph.errors import UsageError
from techsov.graph.facts.schema import Term
from techsov.graph.records import Fact, Records

if TYPE_CHECKING:
    import networkx as nx

    View = nx.MultiDiGraph[str]

#: ``begun`` and ``ended`` hold on one of the two days only; ``added`` and ``withdrawn`` are in one
#: of the two folders only; ``replaced`` is superseded by another fact; ``status``, ``dated`` and
#: ``revised`` say the same thing otherwise.
FactKind = Literal["begun", "added", "ended", "withdrawn", "replaced", "status", "dated", "revised"]
FACT_KINDS: tuple[FactKind, ...] = (
    "begun",
    "added",
    "ended",
    "withdrawn",
    "replaced",
    "status",
    "dated",
    "revised",
)
ConclusionKind = Literal["new", "gone", "turned", "changed"]
CONCLUSION_KINDS: tuple[ConclusionKind, ...] = ("new", "turned", "changed", "gone")
#: What a conclusion is about beside its subject and object: another value, another conclusion.
IDENTIFYING = ("commonSupplier", "claim")


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that came, went, or says the same otherwise.

    ``before`` and ``after`` are ids, empty where there is none on that side. ``parts`` names what
    differs in a fact that was revised: ``evidence``, ``qualifiers``, ``until``, ``contradicts``.
    """

    kind: FactKind
    before: str
    after: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConclusionChange:
    """One conclusion that is drawn on one side only, or otherwise than before.

    ``turned`` has another object, of the same scheme, for the same question: another verdict.
    ``parts`` names what differs: ``object``, ``status``, ``confidence``, ``premises``, ``more``.
    ``causes`` are the ids of those of its premises that came, went or were changed, sorted; none
    where it follows otherwise although no premise of it did.
    """

    kind: ConclusionKind
    before: Conclusion | None
    after: Conclusion | None
    parts: tuple[str, ...]
    causes: tuple[str, ...]

    @property
    def latest(self) -> Conclusion:
        """The conclusion as it is now, or as it was last."""
        one = self.after or self.before
        if one is None:
            raise ValueError("a change of nothing")
        return one


@dataclass(frozen=True, slots=True)
class ReachChange:
    """How many depend on ``node``, directly or not, before and after, and the facts that count."""

    node: str
    before: int
    after: int
    causes: tuple[str, ...]


def fact_changes(before: Standing, after: Standing) -> list[FactChange]:
    """Compare the facts that stand before and after.

    Parameters
    ----------
    before, after : Standing
        Facts of the same statuses; of one folder on two days, or of two folders.

    Returns
    -------
    list of FactChange
        By kind, in the order of :data:`FACT_KINDS`, then by id. Each fact stands in one row.

    Notes
    -----
    A fact that went and one that came are one change if the newer one supersedes the older
    (``replaced``), or if both say the same thing, key qualifiers included, with another status
    (``status``) or with another beginning or claimant (``dated``).
    """
    gone = [fact for fact in before.facts if fact.id not in after.by_id]
    come = [fact for fact in after.facts if fact.id not in before.by_id]
    changes = _replaced(gone, after)
    changes += _said_otherwise(_rest(gone, changes), _rest(come, changes), after)
    known_before = {fact.id for fact in before.records.facts}
    known_after = {fact.id for fact in after.records.facts}
    changes += [
        FactChange("ended" if fact.id in known_after else "withdrawn", fact.id, "")
        for fact in _rest(gone, changes)
    ]
    changes += [
        FactChange("begun" if fact.id in known_before else "added", "", fact.id)
        for fact in _rest(come, changes)
    ]
    for fact in before.facts:
        other = after.by_id.get(fact.id)
        if other and (parts := _revised(fact, other)):
            changes.append(FactChange("revised", fact.id, fact.id, parts))
    return sorted(changes, key=lambda each: (FACT_KINDS.index(each.kind), each.before, each.after))


def moved(changes: Iterable[FactChange]) -> frozenset[str]:
    """Give the ids of all facts that came, went or were changed."""
    return frozenset(name for each in changes for name in (each.before, each.after) if name)


def changes(
    before: Iterable[Conclusion],
    after: Iterable[Conclusion],
    moved: Collection[str],
    concepts: Mapping[str, Term],
) -> list[ConclusionChange]:
    """Compare two lists of conclusions.

    Parameters
    ----------
    before, after : iterable of Conclusion
        What the same rules draw from either state.
    moved : collection of str
        The ids of the facts that came, went or were changed, as of :func:`moved`.
    concepts : mapping
        The concepts of the ontology, to know which objects are values of one scheme.

    Returns
    -------
    list of ConclusionChange
        By rule, subject, relation and object. Two conclusions are the same one if they agree in
        rule, subject, relation, object and what :data:`IDENTIFYING` names; of several such, those
        that say the same are left out first.

    Examples
    --------
    A conclusion that rested on one fact and now rests on another has changed because of the two.

    >>> from decimal import Decimal
    >>> old = Conclusion("r-1", "a", "needs", "b", ("f1",), (), "stated", Decimal(1))
    >>> new = Conclusion("r-1", "a", "needs", "b", ("f2",), (), "stated", Decimal(1))
    >>> for row in changes([old], [new], {"f1", "f2"}, {}):
    ...     print(row.kind, row.parts, row.causes)
    changed ('premises',) ('f1', 'f2')
    """
    olds, news = _unequal(before, after)
    rows: list[ConclusionChange] = []
    left: defaultdict[tuple[object, ...], tuple[list[Conclusion], list[Conclusion]]]
    left = defaultdict(lambda: ([], []))
    for key in sorted(olds.keys() | news.keys()):
        for old, new in zip_longest(olds.get(key, ()), news.get(key, ())):
            if old and new:
                rows.append(_changed("changed", old, new, moved))
            elif old:
                left[_question(old, concepts)][0].append(old)
            elif new:
                left[_question(new, concepts)][1].append(new)
    for gone, come in left.values():
        if len(gone) == len(come) == 1 and gone[0].object in concepts:
            rows.append(_changed("turned", gone[0], come[0], moved))
        else:
            rows += [_changed("gone", one, None, moved) for one in gone]
            rows += [_changed("new", None, one, moved) for one in come]
    return sorted(rows, key=lambda row: (*_key(row.latest), row.latest.premises))


def reach_changes(before: "View", after: "View", moved: Collection[str]) -> list[ReachChange]:
    """Compare how many depend on each node, directly or through others.

    Parameters
    ----------
    before, after : nx.MultiDiGraph
        Views of dependency: edges run dependent -> supplier, the edge key is the id of the fact.
    moved : collection of str
        The ids of the facts that came, went or were changed.

    Returns
    -------
    list of ReachChange
        The nodes whose value differs, the greatest difference first, ties by node. A node that is
        in one view only has the value 0 in the other.
    """
    old, new = ({row.node: row for row in reach(view)} for view in (before, after))
    rows = []
    for node in sorted(old.keys() | new.keys()):
        sides = old.get(node), new.get(node)
        values = [int(row.value) if row else 0 for row in sides]
        if values[0] != values[1]:
            facts = [set(row.facts) if row else set() for row in sides]
            causes = tuple(sorted((facts[0] ^ facts[1]) & set(moved)))
            rows.append(ReachChange(node, values[0], values[1], causes))
    return sorted(rows, key=lambda row: (-abs(row.after - row.before), row.node))


def check_days(records: Records, start: date, end: date) -> None:
    """Refuse two days between which nothing can be compared.

    Raises
    ------
    UsageError
        If the days are the same or the wrong way round, or too early.
    """
    if start == end:
        raise UsageError("change.same-day", day=start)
    if start > end:
        raise UsageError("change.reversed", start=start, end=end)
    check_known(records, start)


def _rest(facts: Iterable[Fact], changes: Iterable[FactChange]) -> list[Fact]:
    told = moved(changes)
    return [fact for fact in facts if fact.id not in told]


def _replaced(gone: Iterable[Fact], after: Standing) -> list[FactChange]:
    """Pair what went with what supersedes it; the newer one need not stand."""
    newer = {old: fact.id for fact in reversed(after.records.facts) for old in fact.supersedes}
    pairs = ((fact.id, newer.get(fact.id, "")) for fact in gone)
    return [FactChange("replaced", old, new) for old, new in pairs if new]


def _said_otherwise(
    gone: Sequence[Fact], come: Sequence[Fact], after: Standing
) -> list[FactChange]:
    """Pair facts that say the same thing; those of one status first."""
    groups: defaultdict[tuple[object, ...], tuple[list[Fact], list[Fact]]]
    groups = defaultdict(lambda: ([], []))
    for side, facts in enumerate((gone, come)):
        for fact in facts:
            groups[_thing_said(fact, after)][side].append(fact)
    changes = []
    for olds, news in groups.values():
        for old in list(olds):
            same = [new for new in news if new.status == old.status]
            new = next(iter(same or news), None)
            if new:
                news.remove(new)
                kind: FactKind = "dated" if new.status == old.status else "status"
                changes.append(FactChange(kind, old.id, new.id))
    return changes


def _thing_said(fact: Fact, after: Standing) -> tuple[object, ...]:
    relation = after.schema.relations[fact.relation]
    keys = (
        (each.column, fact.qualifiers.get(each.column, ()))
        for each in relation.qualifiers
        if each.key
    )
    return (fact.subject, fact.relation, fact.object, fact.value, tuple(sorted(keys)))


def _revised(old: Fact, new: Fact) -> tuple[str, ...]:
    """Name the parts of a fact that differ; where a line stands in its file does not count."""
    parts = {
        "evidence": _evidence(old) != _evidence(new),
        "qualifiers": dict(old.qualifiers) != dict(new.qualifiers),
        "until": old.valid_to != new.valid_to,
        "contradicts": set(old.contradicts) != set(new.contradicts),
    }
    return tuple(name for name, differs in parts.items() if differs)


def _evidence(fact: Fact) -> set[tuple[object, ...]]:
    return {
        (each.passage, each.confidence, each.gloss_en, each.gloss_fr, each.cited_source)
        for each in fact.evidence
    }


_Groups = dict[tuple[object, ...], list[Conclusion]]


def _unequal(before: Iterable[Conclusion], after: Iterable[Conclusion]) -> tuple[_Groups, _Groups]:
    """Group what is not drawn on both sides alike, by what makes two conclusions the same one."""
    olds, news = ({_content(each): each for each in side} for side in (before, after))
    groups: tuple[_Groups, _Groups] = (defaultdict(list), defaultdict(list))
    for group, one, other in ((groups[0], olds, news), (groups[1], news, olds)):
        for content in sorted(one.keys() - other.keys(), key=str):
            group[_key(one[content])].append(one[content])
    return groups


def _key(conclusion: Conclusion) -> tuple[object, ...]:
    c = conclusion
    return (c.rule, c.subject, c.relation, c.object, _identity(c))


def _identity(conclusion: Conclusion) -> tuple[str, ...]:
    named = (conclusion.more[name] for name in IDENTIFYING if name in conclusion.more)
    return next(named, ())


def _question(conclusion: Conclusion, concepts: Mapping[str, Term]) -> tuple[object, ...]:
    """Give what a conclusion answers: its object left open, within one scheme."""
    c = conclusion
    scheme = concepts[c.object].scheme if c.object in concepts else c.object
    return (c.rule, c.subject, c.relation, scheme, _identity(c))


def _content(conclusion: Conclusion) -> tuple[object, ...]:
    more = tuple(sorted(conclusion.more.items()))
    return (*_key(conclusion), conclusion.status, conclusion.confidence, conclusion.premises, more)


def _changed(
    kind: ConclusionKind, old: Conclusion | None, new: Conclusion | None, moved: Collection[str]
) -> ConclusionChange:
    parts: tuple[str, ...] = ()
    if old and new:
        compared = {
            "object": old.object != new.object,
            "status": old.status != new.status,
            "confidence": old.confidence != new.confidence,
            "premises": old.premises != new.premises,
            "more": dict(old.more) != dict(new.more),
        }
        parts = tuple(name for name, differs in compared.items() if differs)
    premises = {name for each in (old, new) if each for name in each.premises}
    return ConclusionChange(kind, old, new, parts, tuple(sorted(premises & set(moved))))
