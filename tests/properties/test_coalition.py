"""What an alliance holds and who would complete it, against a plain search over the facts."""

from datetime import date
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.remedy.coalition import coalition_of
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Records

SCHEMA = read_schema()
PLACE = Origin("invented", 1)
FIRMS = "abcdef"
THINGS = ("x", "y")
LAYERS = SCHEMA.in_scheme("layer")
LAWS = {"fr": "State", "us": "State", "eu": "SupranationalUnion"}


def entity(name: str) -> Entity:
    cls = LAWS.get(name) or ("Alliance" if name == "club" else "Service")
    cls = "Company" if name in FIRMS else cls
    return Entity(name, cls, name, name, "", (), PLACE)


def fact(subject: str, relation: str, target: str, layer: str = "") -> Fact:
    return Fact(
        id=f"{subject}-{relation}-{target}-{layer}",
        subject=subject,
        relation=relation,
        object=target,
        value="",
        qualifiers={"layer": (layer,)} if layer else {},
        status="stated",
        claimant="",
        valid_from=None,
        valid_to=None,
        evidence=(Evidence("doc", 1, Decimal("0.9"), "", "", "", PLACE),),
        contradicts=(),
        supersedes=(),
    )


Line = tuple[str, str, str, str]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[set[Line], Standing]:
    firms, things = st.sampled_from(FIRMS), st.sampled_from(THINGS)
    relying = st.tuples(
        st.sampled_from((*FIRMS, *THINGS)),
        st.sampled_from(("dependsOn", "couldUse")),
        st.sampled_from((*FIRMS, *THINGS)),
        st.sampled_from(LAYERS),
    )
    supplying = st.tuples(
        firms, st.sampled_from(("provides", "operates", "builds")), things, st.just("")
    )
    ruling = st.tuples(firms, st.sampled_from(("controls", "subsidiaryOf")), firms, st.just(""))
    under = st.tuples(
        firms, st.just("establishedUnder"), st.sampled_from(("fr", "us")), st.just("")
    )
    joining = st.tuples(firms, st.just("memberOf"), st.just("club"), st.just(""))
    lines = {("fr", "memberOf", "eu", ""), draw(joining)}
    for kind, most in ((relying, 14), (supplying, 4), (ruling, 4), (under, 6), (joining, 2)):
        lines |= draw(st.sets(kind, max_size=most))
    lines = {line for line in lines if line[0] != line[2]}
    facts = tuple(sorted((fact(*line) for line in lines), key=lambda each: each.id))
    names = ("club", *LAWS, *FIRMS, *THINGS)
    records = Records({name: entity(name) for name in names}, {}, {}, facts)
    return lines, Standing.on(records, SCHEMA, date(2025, 1, 1))


def above(lines: set[Line], firm: str) -> set[str]:
    """The firm and all who control it, step by step."""
    found = {firm}
    while True:
        more = {s for s, r, o, _ in lines if r == "controls" and o in found}
        more |= {o for s, r, o, _ in lines if r == "subsidiaryOf" and s in found}
        if more <= found:
            return found
        found |= more


def holders(lines: set[Line], thing: str) -> set[str]:
    suppliers = {thing} if thing in FIRMS else set()
    suppliers |= {
        s for s, r, o, _ in lines if r in ("provides", "operates", "builds") and o == thing
    }
    return {top for supplier in suppliers for top in above(lines, supplier)}


def held(lines: set[Line], firm: str) -> set[str]:
    return {
        layer
        for dependent, relation, thing, layer in lines
        if relation in ("dependsOn", "couldUse")
        and firm in holders(lines, thing)
        and dependent != firm
    }


def side(lines: set[Line], firm: str) -> str:
    """Inside the union, outside it, or unknown: as the design of law says, plainly."""

    def law(one: str) -> set[str]:
        return {o for s, r, o, _ in lines if r == "establishedUnder" and s == one}

    everyone = above(lines, firm)
    if any("us" in law(one) for one in everyone):
        return "outside"
    tops = [one for one in everyone if above(lines, one) == {one}]
    return "inside" if tops and all(law(top) for top in tops) else "unknown"


@settings(max_examples=200)
@given(worlds())
def test_layers_and_completions_are_those_of_a_plain_search(
    world: tuple[set[Line], Standing],
) -> None:
    lines, standing = world
    found = coalition_of(Jurisdictions(standing), "club", "eu")
    members = {s for s, r, o, _ in lines if r == "memberOf" and o == "club"}
    assert {member.actor for member in found.members} == members
    everything = {firm: held(lines, firm) for firm in FIRMS}
    assert {layer: {cover.actor for cover in covers} for layer, covers in found.held.items()} == {
        layer: who
        for layer in LAYERS
        if (who := {firm for firm in members if layer in everything[firm]})
    }
    missing = {layer for layer in LAYERS if not any(layer in everything[one] for one in members)}
    assert set(found.missing) == missing
    free = [firm for firm in FIRMS if not above(lines, firm) & members]
    for kind, candidates in (("inside", found.candidates), ("unknown", found.unknown)):
        those = {firm for firm in free if everything[firm] & missing and side(lines, firm) == kind}
        first = {
            firm
            for firm in those
            if all(
                firm in above(lines, other) and firm < other
                for other in (above(lines, firm) - {firm}) & those
            )
        }
        assert {each.actor: set(each.layers) for each in candidates} == {
            firm: everything[firm] & missing for firm in first
        }
    sets = {each.actor: set(each.layers) for each in found.candidates}
    wanted = set().union(*sets.values())
    every = [
        names
        for size in range(len(sets) + 1)
        for names in combinations(sorted(sets), size)
        if set().union(*(sets[name] for name in names)) == wanted
    ]
    smallest = [names for names in every if len(names) == len(every[0])]
    assert (found.completing.size, found.completing.many) == (len(every[0]), len(smallest))
    assert list(found.completing.shown) == smallest[:5]
    assert set(found.out_of_reach) == missing - wanted


@settings(max_examples=80)
@given(worlds())
def test_every_chain_leads_over_facts_from_who_relies_to_who_holds(
    world: tuple[set[Line], Standing],
) -> None:
    _, standing = world
    for covers in coalition_of(Jurisdictions(standing), "club", "eu").held.values():
        for cover in covers:
            assert cover.steps[-1].head == cover.actor
            for one, following in zip(cover.steps, cover.steps[1:], strict=False):
                assert one.head == following.tail
            for step in (*cover.steps, *cover.outside):
                ends = {step.tail, step.head}
                assert step.facts
                for name in step.facts:
                    known = standing.by_id[name]
                    assert {known.subject, known.object} == ends
