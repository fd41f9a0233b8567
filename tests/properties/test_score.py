"""Caps on random small graphs, circles and parallel facts included, against naive readings."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.ladder.assessment import assess, changed
from techsov.graph.analysis.ladder.criteria import caps
from techsov.graph.analysis.ladder.grounds import Grounds, Offer
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.frameworks import framework_of
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Records

SCHEMA = read_schema()
FRAMEWORK = framework_of(None, SCHEMA)
DAY = date(2026, 1, 1)
PLACE = Origin("data/facts/dependsOn.csv", 2)
OFFERS = [f"o{n}" for n in range(3)]
FIRMS = [f"f{n}" for n in range(3)]
STATES = ["fr", "us"]
CLASSES = dict.fromkeys(OFFERS, "Service") | dict.fromkeys(FIRMS, "Company")
CLASSES |= {"fr": "State", "us": "State", "eu": "SupranationalUnion"}
LAYERS = ["cloud", "cloud", "platform", "compute"]
FLOW = {"cloud", "platform"}

Line = tuple[str, str, str, str, str]
ends = st.sampled_from([*OFFERS, *FIRMS])
dependences = st.tuples(
    ends,
    st.just("dependsOn"),
    ends,
    st.sampled_from(LAYERS),
    st.sampled_from(["unknown", "hard", "none"]),
)
lines = st.one_of(
    *(dependences,) * 4,
    st.tuples(
        st.sampled_from(FIRMS),
        st.sampled_from(["provides", "operates", "builds"]),
        st.sampled_from(OFFERS),
        st.just(""),
        st.just(""),
    ),
    st.tuples(
        st.sampled_from(FIRMS),
        st.sampled_from(["controls", "subsidiaryOf"]),
        st.sampled_from(FIRMS),
        st.just(""),
        st.just(""),
    ),
    st.tuples(
        st.sampled_from(FIRMS),
        st.just("establishedUnder"),
        st.sampled_from(STATES),
        st.just(""),
        st.just(""),
    ),
)
#: One firm is foreign from the start, so that few draws are needed to lead abroad.
ABROAD: Line = ("f2", "establishedUnder", "us", "", "")
graphs = st.lists(lines.filter(lambda line: line[0] != line[2]), max_size=8).map(
    lambda drawn: [ABROAD, *drawn]
)


def records(*groups: tuple[list[Line], str]) -> Records:
    facts = [_fact(("fr", "memberOf", "eu", "", ""), "stated", 0)]
    for group, status in groups:
        facts += [_fact(line, status, len(facts) + place) for place, line in enumerate(group)]
    entities = {name: Entity(name, cls, name, name, "", (), PLACE) for name, cls in CLASSES.items()}
    return Records(entities, {}, {}, tuple(sorted(facts, key=lambda fact: fact.id)))


def _fact(line: Line, status: str, place: int) -> Fact:
    subject, relation, target, layer, substitutability = line
    qualifiers = {"layer": (layer,), "substitutability": (substitutability,)} if layer else {}
    evidence = (Evidence("doc", 1, Decimal("0.9"), "", "", "", PLACE),)
    return Fact(
        f"{subject}--{relation}--{target}--{place}--{status}",
        subject,
        relation,
        target,
        "",
        qualifiers,
        status,
        "",
        None,
        None,
        evidence,
        (),
        (),
    )


def standing(graph: Records, *statuses: str) -> Standing:
    return Standing.on(graph, SCHEMA, DAY, statuses or ("stated",))


class Naive:
    """The definitions, read off one by one, with no thought of speed."""

    def __init__(self, graph: list[Line]) -> None:
        self.graph = graph
        self.foreign = {firm for firm in FIRMS if self.abroad(firm, set())}

    def laws(self, firm: str) -> set[str]:
        return {t for s, r, t, *_ in self.graph if (s, r) == (firm, "establishedUnder")}

    def above(self, firm: str) -> set[str]:
        over = {s for s, r, t, *_ in self.graph if (r, t) == ("controls", firm)}
        return over | {t for s, r, t, *_ in self.graph if (s, r) == (firm, "subsidiaryOf")}

    def abroad(self, firm: str, seen: set[str]) -> bool:
        if "us" in self.laws(firm):
            return True
        return any(self.abroad(up, {*seen, firm}) for up in self.above(firm) - seen - {firm})

    def everybody_above(self, firm: str) -> set[str]:
        found: set[str] = set()
        while new := {up for one in {firm, *found} for up in self.above(one)} - found:
            found |= new
        return found

    def tops(self, firm: str) -> set[str]:
        return {one for one in {firm, *self.everybody_above(firm)} if not self.above(one)}

    def by(self, relation: str, offer: str) -> set[str]:
        return {s for s, r, t, *_ in self.graph if (r, t) == (relation, offer)}

    def onward(self, thing: str, layers: set[str]) -> set[str]:
        return {
            t
            for s, r, t, layer, _ in self.graph
            if (s, r) == (thing, "dependsOn") and layer in layers
        }

    def reached(self, thing: str, layers: set[str]) -> set[str]:
        found: set[str] = set()
        frontier = self.onward(thing, layers)
        while frontier:
            found |= frontier
            on = {t for one in frontier if one in OFFERS for t in self.onward(one, layers)}
            frontier = on - found
        return found - {thing}

    def suppliers(self, thing: str, layers: set[str]) -> set[str]:
        found = self.reached(thing, layers)
        supplied = {firm for one in found if one in OFFERS for firm in self.by("provides", one)}
        return supplied | (found & set(FIRMS))

    def lost(self) -> set[str]:
        """What stops when the foreign firms do, with the hardware left running."""
        lost: set[str] = set()
        while new := {offer for offer in OFFERS if self.fails(offer, lost)} - lost:
            lost |= new
        return lost

    def fails(self, offer: str, lost: set[str]) -> bool:
        gone = self.foreign | lost
        behind = [self.by(relation, offer) for relation in ("provides", "operates")]
        if any(firms and firms <= gone for firms in behind):
            return True
        by_target: dict[str, list[Line]] = {}
        for line in self.graph:
            if line[:2] == (offer, "dependsOn"):
                by_target.setdefault(line[2], []).append(line)
        return any(
            target in gone
            and any(line[3] in FLOW for line in group)
            and any(line[4] in {"hard", "none"} for line in group)
            for target, group in by_target.items()
        )

    def felt(self, offer: str) -> bool:
        lost = self.lost()
        gone = self.foreign | lost
        used = {*self.by("provides", offer), *self.by("operates", offer)}
        used |= {t for t in self.onward(offer, FLOW)}
        return offer in lost or bool(used & gone)


def expected(naive: Naive, offer: str) -> dict[str, int]:
    """The rungs of the rules that one fact is enough for."""
    behind = naive.by("provides", offer) | naive.by("operates", offer)
    software = {offer} | {
        one for one in naive.reached(offer, {"platform", "model"}) if one in OFFERS
    }
    builders = {firm for one in software for firm in naive.by("builds", one)}
    builders |= naive.reached(offer, {"platform", "model"}) & set(FIRMS)
    channels = naive.suppliers(offer, {"platform", "distribution"})
    operation = naive.by("operates", offer) | naive.suppliers(offer, {"skills", "cloud"})
    holds = {
        "csf-1-1": (3, any("us" in naive.laws(top) for firm in behind for top in naive.tops(firm))),
        "csf-2-1": (2, any(naive.laws(firm) == {"us"} for firm in behind)),
        "csf-4-2": (4, bool(operation & naive.foreign)),
        "csf-5-4": (4, bool(builders & naive.foreign)),
        "csf-2-5": (4, bool(builders & naive.foreign)),
        "csf-5-5": (3, bool(channels & naive.foreign)),
    }
    return {name: rung for name, (rung, true) in holds.items() if true}


@settings(max_examples=400)
@given(graphs)
def test_rules_that_one_fact_proves(graph: list[Line]) -> None:
    grounds, naive = Grounds(standing(records((graph, "stated")))), Naive(graph)
    for offer in OFFERS:
        wanted = expected(naive, offer)
        found = {name: cap.rung for name, cap in caps(Offer(offer, grounds)).items()}
        read = ("csf-1-1", "csf-2-1", "csf-4-2", "csf-5-4", "csf-2-5", "csf-5-5")
        assert {name: found[name] for name in read if name in found} == wanted


@settings(max_examples=200)
@given(graphs)
def test_what_a_cut_off_touches(graph: list[Line]) -> None:
    grounds, naive = Grounds(standing(records((graph, "stated")))), Naive(graph)
    for offer in OFFERS:
        cap = caps(Offer(offer, grounds)).get("csf-1-8")
        assert (cap is not None) == naive.felt(offer)
        if cap is not None and cap.rung == 2:
            assert offer in naive.lost()


@settings(max_examples=120)
@given(graphs, graphs, st.sampled_from(["planned", "claimed", "hypothetical", "denied"]))
def test_what_is_not_stated_changes_nothing(
    graph: list[Line], more: list[Line], status: str
) -> None:
    alone = Grounds(standing(records((graph, "stated"))))
    beside = Grounds(standing(records((graph, "stated"), (more, status))))
    for offer in OFFERS:
        one, other = (assess(offer, grounds, FRAMEWORK) for grounds in (alone, beside))
        assert changed(one, other) == []


@settings(max_examples=120)
@given(graphs)
def test_every_chain_hangs_together_and_every_premise_stands(graph: list[Line]) -> None:
    here = standing(records((graph, "stated")))
    grounds = Grounds(here)
    for offer in OFFERS:
        for cap in caps(Offer(offer, grounds)).values():
            assert set(cap.premises) <= here.by_id.keys()
            assert cap.premises
            for chain in cap.found.chains:
                nodes = [offer, *(step.head for step in chain)]
                assert [step.tail for step in chain] == nodes[:-1]
                for step in chain:
                    for name in step.facts:
                        fact = here.by_id[name]
                        assert {fact.subject, fact.object} == {step.tail, step.head}
