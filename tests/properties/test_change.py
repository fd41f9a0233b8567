"""Changes between random states: nothing is told twice, nothing is left out, both ways alike."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.change import changes, fact_changes
from techsov.graph.analysis.claims.appraisal import EVERY_STATUS
from techsov.graph.analysis.conclusion import Conclusion
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Records

SCHEMA = read_schema()
PLACE = Origin("invented", 1)
ENTITIES = {name: Entity(name, "Service", name, name, "", (), PLACE) for name in "abc"}
#: Subject, object, layer, status, confidence: what makes the id, and what does not.
Saying = tuple[str, str, str, str, str]
SAYINGS: list[Saying] = [
    each
    for each in product("abc", "abc", ("cloud", "chips"), ("stated", "planned"), ("0.5", "0.9"))
    if each[0] != each[1]
]


def standing(said: Iterable[Saying]) -> Standing:
    facts = {}
    for subject, target, layer, status, confidence in said:
        name = f"{subject}-{target}-{layer}-{status}"
        evidence = (Evidence("doc", 1, Decimal(confidence), "", "", "", PLACE),)
        qualifiers = {"layer": (layer,)}
        facts[name] = Fact(
            name, subject, "dependsOn", target, "", qualifiers, status, "", None, None, evidence,
            (), (),
        )  # fmt: skip
    records = Records(ENTITIES, {}, {}, tuple(facts[name] for name in sorted(facts)))
    return Standing.on(records, SCHEMA, date(2025, 6, 1), EVERY_STATUS)


states = st.lists(st.sampled_from(SAYINGS), max_size=12)


@settings(deadline=None, max_examples=200)
@given(states, states)
def test_each_fact_that_differs_is_told_once(one: list[Saying], other: list[Saying]) -> None:
    before, after = standing(one), standing(other)
    rows = fact_changes(before, after)
    olds, news = before.by_id, after.by_id
    revised = {name for name in olds.keys() & news.keys() if olds[name] != news[name]}
    assert {row.before for row in rows if row.kind == "revised"} == revised
    others = [row for row in rows if row.kind != "revised"]
    assert Counter(row.before for row in others if row.before) == Counter(olds.keys() - news.keys())
    assert Counter(row.after for row in others if row.after) == Counter(news.keys() - olds.keys())
    for row in others:
        if row.before and row.after:
            old, new = olds[row.before], news[row.after]
            assert row.kind == "status"
            assert (old.subject, old.object, old.qualifiers) == (
                new.subject,
                new.object,
                new.qualifiers,
            )
            assert old.status != new.status
    # One that went and one that came are never told apart where they say the same thing.
    lone = [(olds[row.before], row) for row in others if row.kind == "withdrawn"]
    come = [news[row.after] for row in others if row.kind == "added"]
    for fact, _ in lone:
        assert not [
            new
            for new in come
            if (new.subject, new.object, new.qualifiers)
            == (fact.subject, fact.object, fact.qualifiers)
        ]


@settings(deadline=None, max_examples=200)
@given(states, states)
def test_facts_change_back_as_they_changed(one: list[Saying], other: list[Saying]) -> None:
    there, back = (fact_changes(standing(a), standing(b)) for a, b in ((one, other), (other, one)))
    opposite = {"added": "withdrawn", "withdrawn": "added"}
    assert Counter((opposite.get(r.kind, r.kind), r.after, r.before) for r in there) == Counter(
        (r.kind, r.before, r.after) for r in back
    )


OBJECTS = ("b", "c", "verdict-supported", "verdict-unproven")
conclusions = st.builds(
    lambda target, premise, status, claim: Conclusion(
        "rule-1",
        "a",
        "relatesTo",
        target,
        (premise,),
        (),
        status,
        Decimal("0.9"),
        {"claim": (claim,)} if claim else {},
    ),
    st.sampled_from(OBJECTS),
    st.sampled_from(("f1", "f2", "f3")),
    st.sampled_from(("stated", "planned")),
    st.sampled_from(("", "c1", "c2")),
)
lists = st.lists(conclusions, max_size=6, unique_by=repr)


@settings(deadline=None, max_examples=200)
@given(lists, lists)
def test_each_conclusion_that_differs_is_told_once(
    one: list[Conclusion], other: list[Conclusion]
) -> None:
    rows = changes(one, other, {"f1", "f2"}, SCHEMA.concepts)
    olds, news = ({repr(each) for each in side} for side in (one, other))
    assert Counter(repr(row.before) for row in rows if row.before) == Counter(olds - news)
    assert Counter(repr(row.after) for row in rows if row.after) == Counter(news - olds)
    for row in rows:
        assert set(row.causes) <= {"f1", "f2"}
        if row.before and row.after:
            assert row.parts
            assert row.before.more == row.after.more
            assert (row.kind == "turned") == (row.before.object != row.after.object)
            assert row.kind == "changed" or "verdict" in row.before.object + row.after.object


@settings(deadline=None, max_examples=200)
@given(lists, lists)
def test_conclusions_change_back_as_they_changed(
    one: list[Conclusion], other: list[Conclusion]
) -> None:
    there, back = (changes(a, b, {"f1"}, SCHEMA.concepts) for a, b in ((one, other), (other, one)))
    opposite = {"new": "gone", "gone": "new"}
    assert Counter(
        (opposite.get(row.kind, row.kind), repr(row.after), repr(row.before), row.causes)
        for row in there
    ) == Counter((row.kind, repr(row.before), repr(row.after), row.causes) for row in back)
