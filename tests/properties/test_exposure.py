"""Legal reach against a checker that tries every path, on small random worlds."""

import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.reach.exposure import PREMISES, LegalReach, exposure_conclusions
from techsov.graph.analysis.reach.grammar import MOST_STEPS
from techsov.graph.analysis.standing import FIRMNESS, Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, Records

SCHEMA = read_schema()
DAY = date(2025, 6, 1)
PLACE = Origin("data/facts/dependsOn.csv", 2)
FIRMS = ("a", "b", "c", "d")
THINGS = ("p", "q")
STATES = ("home", "other", "union")
CLASSES = {
    **dict.fromkeys(FIRMS, "Company"),
    **dict.fromkeys(THINGS, "Service"),
    "home": "State",
    "other": "State",
    "union": "SupranationalUnion",
    "town": "Place",
    "law": "LegalInstrument",
    "scheme": "CertificationScheme",
}
SEVERAL = 1000


class Said(NamedTuple):
    """A fact in short."""

    subject: str
    relation: str
    object: str
    layer: str = ""
    status: str = "stated"
    confidence: str = "0.9"


def fact_of(said: Said, number: int) -> Fact:
    return Fact(
        id=f"f{number}",
        subject=said.subject,
        relation=said.relation,
        object=said.object,
        value="50" if said.relation == "hasQuantity" else "",
        qualifiers={"layer": (said.layer,)} if said.layer in ("cloud", "chips") else {},
        status=said.status,
        claimant="",
        valid_from=None,
        valid_to=None,
        evidence=(Evidence("doc", 1, Decimal(said.confidence), "", "", "", PLACE),),
        contradicts=(),
        supersedes=(),
    )


ENTITIES = {name: Entity(name, cls, name, name, "", (), PLACE) for name, cls in CLASSES.items()}


def standing_of(facts: Collection[Fact]) -> Standing:
    ordered = tuple(sorted(facts, key=lambda fact: fact.id))
    return Standing.on(Records(ENTITIES, {}, {}, ordered), SCHEMA, DAY, PREMISES)


# --- Worlds

LINKS = [
    *(
        (x, "dependsOn", y, layer)
        for x in (*FIRMS, *THINGS)
        for y in (*FIRMS, *THINGS)
        if x != y
        for layer in ("cloud", "chips")
    ),
    *((x, "couldUse", y, "cloud") for x in FIRMS for y in (*FIRMS, *THINGS) if x != y),
    *((x, relation, y, "") for x in FIRMS for y in THINGS for relation in ("provides", "operates")),
    *((x, "controls", y, "") for x in FIRMS for y in (*FIRMS, *THINGS) if x != y),
    *((x, "subsidiaryOf", y, "") for x in FIRMS for y in FIRMS if x != y),
    *((x, "ownsShareIn", y, "") for x in FIRMS for y in FIRMS if x != y),
]
TIES = [
    *((x, "establishedUnder", y, "") for x in FIRMS for y in STATES),
    *((x, "headquarteredIn", y, "") for x in FIRMS for y in ("home", "other", "town")),
    *((x, "operatesIn", y, "") for x in (*FIRMS, *THINGS) for y in ("home", "other", "town")),
    ("home", "controls", "a", ""),
    ("home", "memberOf", "union", ""),
    ("town", "within", "home", ""),
    *((x, "holdsCertification", "scheme", "") for x in (*FIRMS, *THINGS)),
    ("scheme", "coversLayer", "layer-cloud", ""),
]
#: What may be said of the law, and how often it is.
LAW = {
    ("home", "enacts", "law", ""): 0.8,
    ("union", "enacts", "law", ""): 0.4,
    **{("law", "reach", f"reach-{tie}", ""): 0.4 for tie in ("establishment", "presence")},
    **{("law", "reach", f"reach-{tie}", ""): 0.6 for tie in ("control", "item-origin")},
    ("law", "coversLayer", "layer-cloud", ""): 0.9,
    ("law", "coversLayer", "layer-chips", ""): 0.3,
    **{("law", "riskKind", f"risk-{risk}", ""): 0.4 for risk in ("data-access", "supply-denial")},
    **{("law", "regulates", name, ""): 0.15 for name in ("a", "b", "p")},
}
# Most facts are stated and said outright, so that chains of several steps come about.
STATUSES = (*["stated"] * 12, "planned", "planned", "claimed", "denied", "hypothetical")
CONFIDENCES = ("0.9", "0.9", "0.7", "0.5")


def world(seed: int) -> tuple[Fact, ...]:
    """Draw a small world: circles, parallel facts and facts of all statuses come about."""
    chance = random.Random(seed)
    chosen = [
        *(chance.choice(pool) for pool in [LINKS] * chance.randint(7, 16)),
        *(chance.choice(pool) for pool in [TIES] * chance.randint(3, 7)),
        *(said for said, often in LAW.items() if chance.random() < often),
    ]
    facts = [Said(*ends, chance.choice(STATUSES), chance.choice(CONFIDENCES)) for ends in chosen]
    return tuple(fact_of(said, number) for number, said in enumerate(facts))


worlds = st.builds(world, st.integers(0, 2**32))


# --- The checker

Link = tuple[str, str, str]
Found = tuple[int, Decimal]


@dataclass(frozen=True)
class Naive:
    """All that follows from the facts of some statuses, by trying everything.

    ``wider`` are the facts of all statuses that a premise may have, ``cut`` the links taken away.
    """

    facts: tuple[Fact, ...]
    wider: tuple[Fact, ...]
    cut: frozenset[Link] = frozenset()
    most: int = MOST_STEPS

    def says(self, relation: str, subject: str = "", target: str = "") -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if fact.relation == relation
            and subject in ("", fact.subject)
            and target in ("", fact.object)
        ]

    def law(self, relation: str, facts: tuple[Fact, ...] | None = None) -> set[str]:
        said = self.facts if facts is None else facts
        return {
            fact.object.split("-", 1)[-1]
            for fact in said
            if fact.relation == relation and fact.subject == "law"
        }

    @cached_property
    def regions(self) -> list[str]:
        return sorted({fact.subject for fact in self.says("enacts", target="law")})

    @cached_property
    def persons(self) -> bool:
        def listed(facts: tuple[Fact, ...]) -> bool:
            reach, risks = self.law("reach", facts), self.law("riskKind", facts)
            shuts_out = risks == {"supply-denial"}
            return "control" in reach and "establishment" not in reach and shuts_out

        follows = bool(self.law("reach") & {"establishment", "control"})
        return follows and not listed(self.facts) and not listed(self.wider)

    @cached_property
    def items(self) -> bool:
        return "item-origin" in self.law("reach") and self.law("regulates", self.wider) != {"p"}

    @cached_property
    def usable(self) -> bool:
        law = Naive(self.wider, self.wider)
        named = law.law("regulates")
        follows = law.persons or law.items or "presence" in law.law("reach") or named
        return bool(law.regions and law.law("coversLayer") and follows)

    def into(self, region: str) -> dict[str, list[Fact]]:
        """Places that lie in ``region``, each with the facts that lead there."""
        ways: dict[str, list[Fact]] = {region: []}
        for place, relation in (("home", "memberOf"), ("town", "within")):
            for fact in self.says(relation, place):
                if fact.object in ways:
                    ways[place] = [fact, *ways[fact.object]]
        return ways

    def holds_in(self, relation: str, name: str, region: str) -> list[Found]:
        """How far and how strongly ``relation`` puts ``name`` in ``region``."""
        found = []
        for place, way in self.into(region).items():
            facts = self.says(relation, name, place)
            if facts:
                strength = min([directness(facts), *(self.link(fact) for fact in way)])
                found.append((len(way) + 1, strength))
        return found

    def link(self, fact: Fact) -> Decimal:
        return directness(self.says(fact.relation, fact.subject, fact.object))

    def established(self, name: str, region: str) -> Decimal | None:
        if name in self.into(region) and CLASSES[name] != "Place":
            return min([self.link(fact) for fact in self.into(region)[name]], default=Decimal(1))
        return nearest(self.holds_in("establishedUnder", name, region))

    def seated(self, name: str, region: str) -> Decimal | None:
        known = {fact.subject for fact in self.wider if fact.relation == "establishedUnder"}
        return None if name in known else nearest(self.holds_in("headquarteredIn", name, region))

    def end(self, kind: str, name: str, region: str) -> Decimal | None:
        if kind == "named":
            facts = self.says("regulates", "law", name)
            return directness(facts) if facts else None
        if kind == "seat":
            return self.seated(name, region)
        there = self.established(name, region)
        return self.seated(name, region) if kind == "item-origin" and there is None else there

    def steps(self, how: str, kind: str) -> Mapping[Link, list[Fact]]:
        """The links of one sort that a chain of ``kind`` may follow."""
        found: dict[Link, list[Fact]] = {}
        for fact in self.facts:
            ends = (fact.subject, fact.object)
            if how == "depends" and fact.relation == "dependsOn":
                if not set(fact.qualifiers.get("layer", ())) & self.law("coversLayer"):
                    continue
            elif how == "supplied" and fact.relation in ("provides", "operates"):
                if kind == "item-origin" and fact.relation == "operates":
                    continue
                ends = ends[::-1]
            elif how == "controlled" and fact.relation in ("controls", "subsidiaryOf"):
                if kind in ("establishment", "item-origin") or "control" not in self.law("reach"):
                    continue
                ends = ends[::-1] if fact.relation == "controls" else ends
            else:
                continue
            if (how, *ends) not in self.cut:
                found.setdefault((how, *ends), []).append(fact)
        return found

    @cached_property
    def active(self) -> set[str]:
        """Who is active in a layer of the law, by repeating the rules until nothing changes."""
        layers = self.law("coversLayer")

        def own(facts: tuple[Fact, ...], wanted: Collection[str], name: str) -> bool:
            for fact in facts:
                if fact.relation in ("dependsOn", "couldUse") and fact.object == name:
                    if set(fact.qualifiers["layer"]) & set(wanted):
                        return True
                elif fact.relation == "holdsCertification" and fact.subject == name:
                    covers = [each for each in facts if each.relation == "coversLayer"]
                    if "cloud" in wanted and any(
                        each.subject == "scheme" and each.confidence > Decimal("0.5")
                        for each in covers
                    ):
                        return True
            return False

        found = {name for name in CLASSES if own(self.facts, layers, name)}
        silent = {name for name in CLASSES if not own(self.wider, ("cloud", "chips"), name)}
        while True:
            new = set()
            for fact in self.facts:
                if fact.relation in ("provides", "operates"):
                    if fact.object in found:
                        new.add(fact.subject)
                    if fact.subject in found and fact.object in silent:
                        new.add(fact.object)
                elif fact.relation == "controls" and fact.object in found:
                    new.add(fact.subject)
                elif fact.relation == "subsidiaryOf" and fact.subject in found:
                    new.add(fact.object)
            if new <= found:
                return found
            found |= new

    def paths(self, name: str, kind: str, region: str) -> Iterator[Found]:
        """Every chain of ``kind`` from ``name``: its length, and how strong its weakest step is."""
        stops = kind in ("control", "seat")
        links = [
            *self.steps("depends", kind).items(),
            *self.steps("supplied", kind).items(),
            *self.steps("controlled", kind).items(),
        ]
        active = name in self.active or (kind == "named" and self.end(kind, name, region))

        def walk(node: str, on: str, passed: list[str], strength: Decimal) -> Iterator[Found]:
            end = self.end(kind, node, region)
            alone = "depends" not in passed
            fits = kind != "control" or "controlled" in passed
            if end is not None and fits and (active or not alone):
                yield len(passed), min(strength, end)
            if stops and self.established(node, region) is not None:
                return
            if len(passed) == self.most:
                return
            for (how, tail, head), facts in links:
                if tail != node or head in seen:
                    continue
                if how != "controlled" and on != "thing":
                    continue
                seen.append(head)
                further = "thing" if how == "depends" else "holder"
                yield from walk(head, further, [*passed, how], min(strength, directness(facts)))
                seen.pop()

        seen = [name]
        return walk(name, "thing", [], Decimal(1))

    def present(self, name: str, region: str) -> bool:
        if name not in self.active or CLASSES[name] in ("State", "SupranationalUnion"):
            return False
        relations = ["headquarteredIn"] + ([] if self.persons else ["establishedUnder"])
        if any(self.holds_in(relation, name, region) for relation in relations):
            return True
        if any(
            self.says("operatesIn", name, place) and ("present", name, place) not in self.cut
            for place in self.into(region)
        ):
            return True
        return any(
            below != name
            and ("controls", name, below) not in self.cut
            and (self.says("controls", name, below) or self.says("subsidiaryOf", below, name))
            and (
                self.established(below, region) is not None
                or self.seated(below, region) is not None
            )
            for below in CLASSES
        )

    def found(self, name: str) -> dict[str, tuple[str, Found | None]]:
        """Each kind by which ``name`` may be reached: the jurisdiction, and the best chain."""
        kinds: dict[str, tuple[str, Found | None]] = {}
        if not self.usable:
            return kinds
        walked = [
            *(["named"] if self.law("regulates") else []),
            *(["establishment", "seat"] if self.persons else []),
            *(["control"] if self.persons and "control" in self.law("reach") else []),
            *(["item-origin"] if self.items else []),
        ]
        for region in self.regions:
            for kind in walked:
                chains = sorted(
                    self.paths(name, kind, region), key=lambda each: (each[0], -each[1])
                )
                if chains:
                    kinds.setdefault(kind, (region, chains[0]))
            if "presence" in self.law("reach") and self.present(name, region):
                kinds.setdefault("presence", (region, None))
        return kinds


def directness(facts: Collection[Fact]) -> Decimal:
    """The confidence of the best fact: the firmest, then the most direct."""
    firmest = min(FIRMNESS.index(fact.status) for fact in facts)
    return max(f.confidence for f in facts if FIRMNESS.index(f.status) == firmest)


def nearest(ways: list[Found]) -> Decimal | None:
    return min(ways, key=lambda way: (way[0], -way[1]))[1] if ways else None


def only(facts: Collection[Fact], statuses: Collection[str]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.status in statuses)


def expected(facts: tuple[Fact, ...]) -> dict[tuple[str, str], tuple[str, str, Found | None]]:
    """Entity and kind -> status of the firmest facts that show it, jurisdiction, best chain."""
    wider = only(facts, PREMISES)
    rows: dict[tuple[str, str], tuple[str, str, Found | None]] = {}
    for count, status in enumerate(PREMISES, 1):
        checker = Naive(only(facts, PREMISES[:count]), wider)
        for name in CLASSES if checker.usable else ():
            for kind, (region, chain) in checker.found(name).items():
                rows.setdefault((name, kind), (status, region, chain))
    return rows


WALKED = ("dependsOn", "provides", "operates", "controls", "subsidiaryOf")


def relation_of(facts: tuple[Fact, ...], name: str) -> str:
    return next(fact.relation for fact in facts if fact.id == name)


@settings(max_examples=SEVERAL)
@given(worlds)
def test_reach_is_that_of_every_path_tried(facts: tuple[Fact, ...]) -> None:
    rows = LegalReach(standing_of(facts)).exposures()
    found = {}
    for row in rows:
        chain: Found | None = None
        if row.kind != "presence":
            hops = row.hops if row.kind == "named" else row.hops[:-1]
            walked = [hop for hop in row.hops if relation_of(facts, hop.facts[0]) in WALKED]
            chain = len(walked), min((hop.confidence for hop in hops), default=Decimal(1))
        found[row.entity, row.kind] = (row.status, row.jurisdiction, chain)
    assert found == expected(facts)


@settings(max_examples=SEVERAL // 2)
@given(worlds)
def test_the_premises_alone_show_it(facts: tuple[Fact, ...]) -> None:
    standing = standing_of(facts)
    for row in LegalReach(standing).exposures():
        premises = [standing.by_id[name] for name in row.premises]
        # Whom a law names it reaches in any layer; that it covers one must be known all the same.
        covering = standing.of("coversLayer", "law") if row.kind == "named" else ()
        kept = {fact.id: fact for fact in (*premises, *covering)}
        again = LegalReach(standing_of(kept.values())).exposures(row.entity, "law")
        assert (row.kind, row.jurisdiction, row.status, row.confidence, row.hops) in [
            (each.kind, each.jurisdiction, each.status, each.confidence, each.hops)
            for each in again
        ]
        assert row.status == max((fact.status for fact in premises), key=FIRMNESS.index)
        assert row.confidence == min(fact.confidence for fact in premises)


@settings(max_examples=SEVERAL // 10)
@given(worlds)
def test_conclusions_say_what_the_rows_say(facts: tuple[Fact, ...]) -> None:
    reach = LegalReach(standing_of(facts))
    rows = reach.exposures()
    for row, conclusion in zip(rows, exposure_conclusions(rows, reach.standing), strict=True):
        assert (conclusion.subject, conclusion.object) == (row.entity, row.law)
        assert (conclusion.status, conclusion.confidence) == (row.status, row.confidence)
        assert conclusion.premises == row.premises


def links_of(checker: Naive, entity: str) -> list[Link]:
    """Every link that could be cut."""
    kind = "control" if checker.persons or checker.law("regulates") else "item-origin"
    return sorted(
        {
            *(
                link
                for how in ("depends", "supplied", "controlled")
                for link in checker.steps(how, kind)
            ),
            *(("present", entity, fact.object) for fact in checker.says("operatesIn", entity)),
            *(
                ("controls", entity, head)
                for _, head, tail in checker.steps("controlled", "named")
                if tail == entity
            ),
            *(("controls", entity, fact.object) for fact in checker.says("controls", entity)),
            *(
                ("controls", entity, fact.subject)
                for fact in checker.says("subsidiaryOf", target=entity)
            ),
        }
    )


@settings(max_examples=SEVERAL // 2)
@given(worlds)
def test_no_smaller_cut_helps(facts: tuple[Fact, ...]) -> None:
    reach = LegalReach(standing_of(facts))
    wider = only(facts, PREMISES)
    checker = Naive(wider, wider, most=len(CLASSES))
    for entity in sorted({row.entity for row in reach.exposures()}):
        links = links_of(checker, entity)

        def helps(cut: Collection[Link], entity: str = entity) -> bool:
            without = replace(checker, cut=frozenset(cut))
            without.__dict__["active"] = checker.active
            return not without.found(entity)

        severance = reach.severance(entity, "law")
        if severance.because is not None:
            assert severance.links == ()
            assert not helps(links)
            continue
        cut = [(link.tie, link.tail, link.head) for link in severance.links]
        assert cut
        assert helps(cut)
        assert set(cut) <= set(links)
        assert not any(helps(fewer) for fewer in combinations(links, len(cut) - 1))
