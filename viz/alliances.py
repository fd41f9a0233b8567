"""Who is in which alliance, since when, and what the members hold together, for reading.

Nothing is concluded here: what an alliance holds, what it lacks and who would complete it are
those of :mod:`techsov.graph.analysis.remedy.coalition`; computed once for all pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.law.suppliers import behind
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.remedy.coalition import Candidate, Coalition, Cover, coalition_of
from techsov.graph.errors import UndefinedMeasure, UsageError
from techsov.graph.records import Fact
from techsov.viz.findings import Findings
from techsov.viz.style import MEMBERSHIP, in_stack


@dataclass(frozen=True, slots=True)
class Alliance:
    """One alliance: every fact on who belongs to it, and what its stated members hold.

    ``facts`` are of every status and period, by date; ``coalition`` is None where no stated fact
    says who is in it, or nothing tells its region. ``shortage`` says which then.
    """

    id: str
    facts: tuple[Fact, ...]
    members: tuple[str, ...]
    coalition: Coalition | None
    shortage: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A member that is not ruled from inside the region alone: its chains of control that leave it."""

    member: str
    chains: tuple[tuple[Hop, ...], ...]


@dataclass(frozen=True, slots=True)
class Upstream:
    """On whom members rely in a layer that none of them holds, by the facts that say so."""

    supplier: str
    hops: tuple[Hop, ...]


@dataclass(frozen=True)
class Alliances:
    """Every alliance that a fact or an entity names, those with most stated members first."""

    findings: Findings

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The layers of the stack."""
        return tuple(in_stack(self.findings.knowledge.schema.in_scheme("layer")))

    @cached_property
    def all(self) -> tuple[Alliance, ...]:
        """The alliances: those that hold most layers first, then those with most members."""
        standing = self.findings.standing
        names = [n for n in standing.records.entities if standing.is_a(n, "Alliance")]
        found = map(self._alliance, names)
        return tuple(sorted(found, key=lambda one: (-self._held(one), -len(one.members), one.id)))

    @cached_property
    def overlaps(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The members that two alliances share, by both ids, in the order of the alliances."""
        pairs = combinations(self.all, 2)
        found = {(a.id, b.id): tuple(sorted({*a.members} & {*b.members})) for a, b in pairs}
        return {pair: shared for pair, shared in found.items() if shared}

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The memberships, for the picture: of every status and period."""
        return tuple(fact for one in self.all for fact in one.facts if fact.relation == MEMBERSHIP)

    def firmest(self, coalition: Coalition, layer: str) -> dict[str, Cover]:
        """Give the first cover of each member that holds a layer."""
        return {cover.actor: cover for cover in reversed(coalition.held.get(layer, ()))}

    def holding(self, candidates: Iterable[Candidate], layer: str) -> tuple[str, ...]:
        """Give those of the candidates that hold a layer."""
        return tuple(each.actor for each in candidates if layer in each.layers)

    def outside(self, coalition: Coalition) -> tuple[Outside, ...]:
        """Find the members that somebody controls whose law is not of the region."""
        area = self.findings.law.inside(coalition.region)
        found = []
        for member in coalition.members:
            chains = tuple(
                chain
                for chain in self.findings.law.control_chains(member.actor)
                if any(law not in area for law in self.findings.law.laws(chain[-1].head))
            )
            if chains:
                found.append(Outside(member.actor, chains))
        return tuple(found)

    def upstream(self, coalition: Coalition, layer: str) -> tuple[Upstream, ...]:
        """Find on whom members, or what they supply, rely in a layer, whoever it is."""
        standing, members = self.findings.standing, {each.actor for each in coalition.members}
        found: defaultdict[str, defaultdict[tuple[str, str], list[Fact]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for fact in standing.all("dependsOn"):
            if (
                layer in fact.qualifiers.get("layer", ())
                and {
                    fact.subject,
                    *behind(standing, fact.subject),
                }
                & members
            ):
                for supplier in behind(standing, fact.object) or {fact.object: ()}:
                    if supplier not in members:
                        found[supplier][fact.subject, fact.object].append(fact)
        rows = [
            Upstream(name, tuple(hop(*ends, tuple(facts)) for ends, facts in sorted(by.items())))
            for name, by in found.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-len(row.hops), row.supplier)))

    def _alliance(self, name: str) -> Alliance:
        records, schema = self.findings.knowledge.records, self.findings.knowledge.schema
        facts = [
            fact
            for fact in records.facts
            if fact.object == name and schema.relations[fact.relation].family == "belonging"
        ]
        facts.sort(key=lambda fact: (fact.valid_from.text if fact.valid_from else "~", fact.id))
        members = {fact.subject for fact in self.findings.standing.into(MEMBERSHIP, name)}
        coalition, shortage = self._coalition(name)
        return Alliance(name, tuple(facts), tuple(sorted(members)), coalition, shortage)

    def _coalition(self, name: str) -> tuple[Coalition | None, str]:
        try:
            return coalition_of(self.findings.law, name), ""
        except UndefinedMeasure:
            return None, "no-member"
        except UsageError:
            return None, "no-region"

    def _held(self, one: Alliance) -> int:
        return len(one.coalition.held) if one.coalition else -1
