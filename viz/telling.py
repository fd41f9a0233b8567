"""What follows for one entity, in words: each finding with what it means, its chains and its gaps.

A finding never stands alone: it says how many facts it rests on, what is unknown, and as of when.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from techsov.graph.analysis.claims.appraisal import Appraisal
from techsov.graph.analysis.claims.upstream import SharedUpstream
from techsov.graph.analysis.failure.chokepoints import Way
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.exposure import Exposure
from techsov.graph.answers import Labels
from techsov.graph.reasons import onward
from techsov.graph.telling import claims, reach, score
from techsov.graph.telling.chokepoints import way_word
from techsov.viz.findings import Findings
from techsov.viz.sentences import Document, Proof, Teller
from techsov.viz.words import count, dossier_word, set_apart, word

#: So many whose law is unknown are named, and so many grounds of one claim are shown.
NAMED, GROUNDS = 5, 4


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain in words, with the passages that say it."""

    tail: str
    tail_name: str
    words: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a finding: what is said, of which entities, and by which chain."""

    kind: str
    entities: tuple[tuple[str, str], ...]
    note: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one analysis finds about an entity. ``items`` may be empty: ``answer`` then says why.

    ``notes`` are sentences that must be read with the answer.
    """

    id: str
    title: str
    answer: str
    meaning: str
    items: tuple[Item, ...]
    facts: int
    notes: tuple[str, ...] = ()


def documents_behind(findings: Iterable[Finding]) -> dict[str, Document]:
    """Give the documents that the chains of findings cite, by id."""
    return {
        proof.document.id: proof.document
        for finding in findings
        for item in finding.items
        for step in item.steps
        for proof in step.proofs
    }


def headline(findings: Findings, teller: Teller, labels: Labels) -> Finding | None:
    """Tell the first thing that two rival sovereignties share; nothing, if none do."""
    if not findings.upstream:
        return None
    row = findings.upstream[0]
    return Telling(findings, row.supplier, teller, labels).shared(row)


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells the findings about one entity in one language."""

    findings: Findings
    entity: str
    teller: Teller
    labels: Labels

    def all(self) -> tuple[Finding, ...]:
        """Tell all that follows for the entity."""
        found = [self.single_points(), self.hanging(), self.legal_reach()]
        if self.findings.claims_on(self.entity):
            found.append(self.claims())
        if self.entity in self.findings.assessed:
            found.append(self.ladder())
        return tuple(found)

    def single_points(self) -> Finding:
        """Tell on whom the entity hangs alone, or on which two together."""
        found = self.findings.chokepoints
        ways = found.ways_down(self.entity)
        alone = [way for way in ways if way.kind in ("alone", "alone-sure")]
        sure = sum(way.kind == "alone-sure" for way in alone)
        known = self.entity in found.circuits["worst"].gates_of
        if alone:
            answer = self._say("points-answer", all=len(alone), sure=sure)
        else:
            answer = self._say("points-none" if known else "points-unknown")
        return self._finding("points", answer, [self._way(way) for way in ways], _facts(ways))

    def chains(self, following: Mapping[str, int]) -> Finding:
        """Tell by which shortest chains it depends on those on whom most others rely.

        ``following`` counts those who rely on each, directly or through others.
        """
        below, shortest = self.findings.chains(self.entity, following)
        items = [
            Item(
                count("reach", following[chain.nodes[-1]], self.teller.language),
                (self._thing(chain.nodes[-1]),),
                "",
                self._steps(chain.hops),
            )
            for chain in shortest
        ]
        if below > 1:
            answer = self._dossier("chains-answer", shown=len(items), all=below)
        elif items:
            answer = self._dossier("chains-answer-one")
        else:
            answer = self._dossier("chains-none")
        facts = {name for chain in shortest for name in chain.facts}
        title, meaning = self._dossier("chains-title"), self._dossier("chains-meaning")
        return Finding("chains", title, answer, meaning, tuple(items), len(facts))

    def control(self) -> Finding:
        """Tell who controls it in the end, as far as stated facts go, and under which law that is."""
        chains = self.findings.control_chains(self.entity)
        items = [self._controller(chain) for chain in chains]
        if items:
            names = ", ".join(dict.fromkeys(self.teller.name(chain[-1].head) for chain in chains))
            answer = self._dossier("control-answer", names=names)
        else:
            answer = self._dossier("control-none")
        facts = {name for chain in chains for hop in chain for name in hop.facts}
        title, meaning = self._dossier("control-title"), self._dossier("control-meaning")
        return Finding("control", title, answer, meaning, tuple(items), len(facts))

    def _controller(self, chain: tuple[Hop, ...]) -> Item:
        """Tell one chain of control, on to the law of its end; a head office is told as such."""
        top = chain[-1].head
        tie = self.findings.home(top)
        kind = self._dossier(f"control-{tie.kind}" if tie else "control-lawless")
        steps = self._steps((*chain, *(tie.hops if tie else ())))
        return Item(kind, (self._thing(top),), "", steps)

    def legal_reach(self) -> Finding:
        """Tell which laws may reach the entity, one line for each law."""
        rows = self.findings.exposures.get(self.entity, ())
        first: dict[str, Exposure] = {}
        for row in rows:
            first.setdefault(row.law, row)
        answer = " ".join(self._reached(list(first.values()))) if first else self._unreached()
        items = [
            Item(
                reach.kind_words(row, self.labels),
                (self._thing(row.law),),
                self._risks(row),
                self._steps(row.hops),
            )
            for row in first.values()
        ]
        facts = {name for row in first.values() for name in row.premises}
        return self._finding("reach", answer, items, len(facts))

    def _reached(self, rows: Sequence[Exposure]) -> Iterator[str]:
        """Say how many laws may reach it, the foreign ones by their names, and how surely."""
        foreign = [row for row in rows if row.domestic != "yes"]
        sure, own = sum(row.status == "stated" for row in foreign), len(rows) - len(foreign)
        if foreign:
            # The name of a law may have a comma.
            more = ["…"] if len(foreign) > NAMED else []
            named = [*(self.teller.name(row.law) for row in foreign[:NAMED]), *more]
            names = set_apart(named, self.teller.language)
            form = "one" if len(foreign) == 1 else "many"
            yield self._say(f"reach-foreign-{form}", count=len(foreign), names=names)
            share = "all" if sure == len(foreign) else "some" if sure else "none"
            yield self._say(f"reach-sure-{share}", sure=sure)
        else:
            yield self._say("reach-foreign-none")
        if own:
            yield self._say("reach-own", own=own)

    def _risks(self, row: Exposure) -> str:
        risks = self._say("reach-risks", risks=reach.risk_words(row, self.labels))
        means = (reach.mitigation_line(each, self.labels) for each in row.mitigations)
        return " ".join([risks, *means])

    def _unreached(self) -> str:
        unknown = self.findings.reach.unknown(self.entity)
        names = ", ".join(map(self.teller.name, unknown.no_law[:NAMED]))
        if names:
            return self._say("reach-none-law", names=names)
        return self._say("reach-none-layer" if unknown.no_layer else "reach-none")

    def claims(self) -> Finding:
        """Tell who calls it, or what it offers, sovereign, against the chains that bear on it."""
        rows = self.findings.claims_on(self.entity)
        items = [item for group in claims.together(rows) for item in self._claimed(group)]
        verdicts = [row.verdict for row in rows]
        answer = self._say(
            "claims-answer",
            all=len(rows),
            supported=verdicts.count("supported"),
            contradicted=verdicts.count("contradicted"),
            unproven=verdicts.count("unproven"),
        )
        facts = {name for row in rows for name in (row.claim, *row.premises, *row.premises_ahead)}
        return self._finding("claims", answer, items, len(facts))

    def _claimed(self, rows: Sequence[Appraisal]) -> Iterator[Item]:
        """Tell the claims on which the same things bear, then the first of these, once."""
        for row in rows:
            verdict = claims.verdict_of(row, self.labels)
            said = claims.claim_sentence(self.labels.facts[row.claim], self.labels)
            yield Item(verdict, (self._thing(row.subject),), said, ())
        row = rows[0]
        for ground in [each for each in (*row.against, *row.favour) if each.hops][:GROUNDS]:
            heading = claims.heading_of(row, ground.weighs, self.labels)
            yield Item(heading, (self._thing(ground.about),), "", self._steps(ground.hops))

    def ladder(self) -> Finding:
        """Tell where the evidence still allows it to stand on the ladders of the framework."""
        framework = self.findings.knowledge.framework
        teller = score.ScoreTeller(framework, framework.profile(), self.labels)
        found = self.findings.assessed[self.entity]
        items = [
            Item(teller.position(criterion, verdict), (("", teller.name(criterion)),), "", steps)
            for name, verdict in found.verdicts.items()
            for criterion in [framework.criteria[name]]
            if verdict.cap
            for steps in [self._steps([s for c in verdict.cap.found.chains for s in c])]
        ]
        facts = {name for verdict in found.verdicts.values() for name in verdict.premises}
        _, seal, *notes = teller.heading(found)
        ladder = self._finding("ladder", seal, items, len(facts))
        return replace(ladder, notes=tuple(notes))

    def shared(self, row: SharedUpstream) -> Finding:
        """Tell what two things called sovereign for different places share upstream."""
        key = "shared-hidden" if row.hidden else "shared-told"
        names = {
            "one": self.teller.name(row.left.subject),
            "place": self.teller.name(row.left.place),
            "other": self.teller.name(row.right.subject),
            "other_place": self.teller.name(row.right.place),
            "supplier": self.teller.name(row.supplier),
        }
        answer = self._say("shared-answer" if row.status == "stated" else "shared-planned", **names)
        items = [
            item
            for side, chain in ((row.left, row.left_chain), (row.right, row.right_chain))
            for item in (
                *(self._claim(name) for name in side.claims),
                Item(
                    self._say("shared-chain"),
                    (self._thing(side.subject), self._thing(row.supplier)),
                    "",
                    self._steps(chain.hops),
                ),
            )
        ]
        premises = {*row.premises, *row.left.claims, *row.right.claims}
        meaning = f"{self._say(key)} {self._say('shared-meaning')}"
        return Finding(
            "shared", self._say("shared-title"), answer, meaning, tuple(items), len(premises)
        )

    def _claim(self, name: str) -> Item:
        told = self.teller.tell(self.labels.facts[name])
        step = Step(told.subject, told.subject_name, f"{told.verb} {told.object_name}", told.proofs)
        kind = self._say("shared-claim", who=told.claimant) if told.claimant else told.status_word
        return Item(kind, (self._thing(told.subject),), told.details, (step,))

    def hanging(self) -> Finding:
        """Tell what hangs on the entity alone."""
        found = self.findings.chokepoints
        worst = found.hanging["worst"].get(self.entity, ())
        best = set(found.hanging["best"].get(self.entity, ()))
        circuit = found.circuits["worst"].without({self.entity})
        items: list[Item] = []
        facts: set[str] = set()
        for victim in worst:
            facts.update(circuit.premises(victim))
            kind = self._say("points-sure" if victim in best else "points-silent")
            steps = self._steps(circuit.reason(victim))
            items.append(Item(kind, (self._thing(victim),), "", steps))
        known = self.entity in found.circuits["worst"].number
        if worst:
            answer = self._say("hanging-answer", all=len(worst), sure=len(best))
        else:
            answer = self._say("hanging-none" if known else "hanging-unknown")
        return self._finding("hanging", answer, items, len(facts))

    def _finding(self, id: str, answer: str, items: Iterable[Item], facts: int) -> Finding:
        meaning = self._say(f"{id}-meaning")
        return Finding(id, self._say(f"{id}-title"), answer, meaning, tuple(items), facts)

    def _dossier(self, key: str, **values: object) -> str:
        return dossier_word(self.teller.language, key, **values)

    def _way(self, way: Way) -> Item:
        things = tuple(map(self._thing, way.entities))
        steps = self._steps(way.steps) or self._each(way.facts)
        return Item(way_word(way, self.labels), things, "", steps)

    def _steps(self, hops: Sequence[Hop]) -> tuple[Step, ...]:
        return steps_of(hops, self.teller, self.labels)

    def _each(self, names: Iterable[str]) -> tuple[Step, ...]:
        """Tell facts that make no single chain, one by one."""
        told = (self.teller.tell(self.labels.facts[name]) for name in names)
        return tuple(
            Step(one.subject, one.subject_name, f"{one.verb} {one.object_name}", one.proofs)
            for one in told
        )

    def _thing(self, entity: str) -> tuple[str, str]:
        return entity, self.teller.name(entity)

    def _say(self, key: str, **values: object) -> str:
        return word(f"finding-{key}", self.teller.language, **values)


def steps_of(hops: Iterable[Hop], teller: Teller, labels: Labels) -> tuple[Step, ...]:
    """Tell the steps of a chain, each with the passages that say it."""
    return tuple(
        Step(
            hop.tail,
            teller.name(hop.tail),
            onward(hop, labels),
            proofs_of(hop.facts, teller, labels),
        )
        for hop in hops
    )


def proofs_of(facts: Iterable[str], teller: Teller, labels: Labels) -> tuple[Proof, ...]:
    """Give the passages that say some facts."""
    return tuple(proof for name in facts for proof in teller.tell(labels.facts[name]).proofs)


def _facts(ways: Iterable[Way]) -> int:
    return len({name for way in ways for name in way.facts})
