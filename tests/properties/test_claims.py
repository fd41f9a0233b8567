"""Claims and shared suppliers against naive searches of small random worlds."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.claims.appraisal import EVERY_STATUS, appraise
from techsov.graph.analysis.claims.upstream import shared_upstream
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Records, Source

SCHEMA = read_schema()
PLACE = Origin("invented", 1)
THINGS = ("t0", "t1", "t2", "t3")
ACTORS = ("a0", "a1", "a2", "a3")
STATES = ("home", "away")
ENTITIES = {
    name: Entity(name, cls, name, name, "", (), PLACE)
    for names, cls in ((THINGS, "Service"), (ACTORS, "Company"), (STATES, "State"))
    for name in names
}
SOURCES = {
    "doc": Source(
        "doc", "", "", "article", "neutral", "", "", "", None, None, "", "", None, "", True, PLACE
    )
}
STATED = {"stated"}
WIDE = {"stated", "planned", "claimed"}
#: What may be said: the relation, and what stands at its ends.
SHAPES = (
    ("dependsOn", THINGS, THINGS),
    ("dependsOn", THINGS, ACTORS),
    ("dependsOn", ACTORS, THINGS + ACTORS),
    ("provides", ACTORS, THINGS),
    ("builds", ACTORS, THINGS),
    ("partOf", THINGS, THINGS),
    ("subsidiaryOf", ACTORS, ACTORS),
    ("establishedUnder", ACTORS, STATES),
    ("establishedUnder", ACTORS, ("home",)),
)
STATUSES = ("stated", "stated", "stated", "planned", "claimed", "denied")
CLAIMS = (("t0", "home"), ("a0", "home"), ("t1", "away"))


def fact(number: int, subject: str, relation: str, target: str, status: str, place: str) -> Fact:
    qualifiers = {"sovereignty_for": (place,)} if place else {"layer": ("cloud",)}
    evidence = (Evidence("doc", 1, Decimal("0.9"), "", "", "", PLACE),)
    name = f"f{number:02}"
    return Fact(
        name, subject, relation, target, "", qualifiers, status, "", None, None, evidence, (), ()
    )


#: What else is said: relation, subject, object, status.
Saying = tuple[str, str, str, str]
SAYINGS: list[Saying] = [
    (relation, subject, target, status)
    for relation, subjects, targets in SHAPES
    for subject, target, status in product(subjects, targets, STATUSES)
    if subject != target
]


def sayings() -> st.SearchStrategy[list[Saying]]:
    """Up to twenty facts; lists left to themselves stay short, so that the size is drawn first."""
    return st.integers(0, 20).flatmap(
        lambda size: st.lists(st.sampled_from(SAYINGS), min_size=size, max_size=size)
    )


def standing_of(said: list[Saying]) -> Standing:
    claims = [
        fact(number, subject, "describedAs", "descr-sovereign", "claimed", place)
        for number, (subject, place) in enumerate(CLAIMS)
    ]
    facts = [
        fact(number, subject, relation, target, status, "")
        for number, (relation, subject, target, status) in enumerate(said, len(CLAIMS))
    ]
    records = Records(ENTITIES, SOURCES, {}, (*claims, *facts))
    return Standing.on(records, SCHEMA, date(2025, 6, 1), EVERY_STATUS)


class Naive:
    """Sets, recursion and nothing else."""

    def __init__(self, facts: Iterable[Fact], place: str) -> None:
        self.facts = list(facts)
        self.place = place

    def after(self, relation: str, subject: str, statuses: set[str]) -> set[str]:
        return {
            f.object
            for f in self.facts
            if (f.relation, f.subject) == (relation, subject) and f.status in statuses
        }

    def before(self, relation: str, target: str, statuses: set[str]) -> set[str]:
        return {
            f.subject
            for f in self.facts
            if (f.relation, f.object) == (relation, target) and f.status in statuses
        }

    def own(self, root: str, statuses: set[str]) -> set[str]:
        things: set[str] = {root}
        ends: set[str] = set()
        while True:
            found = {
                near
                for thing in things
                for near in self.after("dependsOn", thing, statuses)
                | self.before("provides", thing, statuses)
            }
            onward = things | {name for name in found if name in THINGS}
            if found <= ends and onward == things:
                return ends - {root}
            things, ends = onward, ends | found

    def offered(self, subject: str, statuses: set[str]) -> set[str]:
        parts = self.before("partOf", subject, statuses)
        if subject in THINGS:
            return parts
        return (
            parts
            | self.after("provides", subject, statuses)
            | self.after("builds", subject, statuses)
        )

    def strong(self, subject: str, statuses: set[str]) -> set[str]:
        own = self.own(subject, statuses)
        for thing in self.offered(subject, statuses):
            own |= self.own(thing, statuses)
        return (own - {subject}) | ({subject} & set(ACTORS))

    def above(self, actor: str) -> set[str]:
        found = {actor}
        while (
            more := {up for one in found for up in self.after("subsidiaryOf", one, STATED)} - found
        ):
            found |= more
        return found

    def laws(self, actor: str) -> set[str]:
        return {
            law for one in self.above(actor) for law in self.after("establishedUnder", one, STATED)
        }

    def outside(self, names: Iterable[str]) -> bool:
        return any(self.laws(name) - {self.place} for name in names if name in ACTORS)

    def inside(self, actor: str) -> bool:
        tops = [up for up in self.above(actor) if not self.after("subsidiaryOf", up, STATED)]
        known = bool(tops) and all(self.after("establishedUnder", top, STATED) for top in tops)
        return self.laws(actor) == {self.place} and known

    def unknown(self, name: str) -> bool:
        if name in THINGS:
            return not self.before("provides", name, WIDE)
        return not self.laws(name) - {self.place} and not self.inside(name)

    def weak(self, subject: str) -> set[str]:
        found = self.before("builds", subject, WIDE)
        for actor in self.own(subject, WIDE) & set(ACTORS):
            found |= self.own(actor, WIDE)
        mine = {subject} | self.offered(subject, WIDE)
        for provider in self.before("provides", subject, WIDE):
            for thing in self.offered(provider, WIDE) - mine:
                found |= self.own(thing, WIDE)
        return found - {subject}

    def verdict(self, subject: str) -> str:
        stated, wide = self.strong(subject, STATED), self.strong(subject, WIDE)
        if self.outside(stated):
            return "contradicted"
        alone = {subject} & set(THINGS)
        if self.outside(wide | self.weak(subject)) or any(map(self.unknown, wide | alone)):
            return "unproven"
        favour = any(self.inside(name) for name in stated if name in ACTORS)
        return "supported" if favour else "unproven"

    def reached(self, root: str, statuses: set[str]) -> dict[str, int]:
        """The distance of all that ``root`` depends on, its parts and offers first."""

        def near(name: str) -> set[str]:
            found = self.after("dependsOn", name, statuses)
            return found | self.before("provides", name, statuses)

        layer, depth = near(root) | self.offered(root, statuses), 1
        found: dict[str, int] = {}
        while layer:
            found.update(dict.fromkeys(layer, depth))
            layer = {other for name in layer for other in near(name)} - found.keys()
            depth += 1
        return found


@settings(deadline=None, max_examples=1000)
@given(sayings())
def test_verdicts_are_those_of_a_naive_search(said: list[Saying]) -> None:
    standing = standing_of(said)
    found = {(row.subject, row.place): row.verdict for row in appraise(standing)}
    assert found == {
        (subject, place): Naive(standing.facts, place).verdict(subject) for subject, place in CLAIMS
    }


@settings(deadline=None, max_examples=200)
@given(sayings())
def test_every_chain_hangs_together_and_rests_on_facts_that_stand(said: list[Saying]) -> None:
    standing = standing_of(said)
    for row in appraise(standing):
        for ground in (*row.against, *row.favour, *row.unknown):
            assert [step.head for step in ground.hops[:-1]] == [s.tail for s in ground.hops[1:]]
            assert not ground.hops or ground.hops[0].tail == row.subject
            used = [standing.by_id[name] for name in ground.facts]
            assert "denied" not in {each.status for each in used}
            for step in ground.hops:
                ends = {
                    frozenset((standing.by_id[n].subject, standing.by_id[n].object))
                    for n in step.facts
                }
                assert ends == {frozenset((step.tail, step.head))}
        assert set(row.premises) <= standing.by_id.keys()


@settings(deadline=None, max_examples=500)
@given(sayings())
def test_shared_suppliers_are_those_of_a_naive_search(said: list[Saying]) -> None:
    standing = standing_of(said)
    naive = Naive(standing.facts, "")
    rows = shared_upstream(standing)
    for one, other in (("t0", "t1"), ("a0", "t1")):
        told = [row for row in rows if (row.left.subject, row.right.subject) == (one, other)]
        reached = [
            [naive.reached(end, statuses) for end in (one, other)]
            for statuses in (STATED, {"stated", "planned"})
        ]
        common = [(left.keys() & right.keys()) - {one, other} for left, right in reached]
        assert {row.supplier for row in told} <= common[1]
        assert bool(told) == bool(common[1])
        assert any(row.status == "stated" for row in told) == bool(common[0])
        for row in told:
            left, right = reached[0] if row.supplier in common[0] else reached[1]
            assert len(row.left_chain.hops) == left[row.supplier]
            assert len(row.right_chain.hops) == right[row.supplier]
            for chain in (row.left_chain, row.right_chain):
                assert all(before.head == after.tail for before, after in pairwise(chain.hops))
