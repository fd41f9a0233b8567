"""Offerings on the ladders of the sovereignty framework, for reading side by side.

Nothing is concluded here: every figure is one of
:class:`techsov.graph.analysis.ladder.assessment.Assessment`, put in order and in words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from techsov.graph.analysis.claims.upstream import SharedUpstream
from techsov.graph.analysis.ladder.assessment import (
    Assessment,
    Verdict,
    answers_on,
    assess,
    assessable,
    changed,
)
from techsov.graph.analysis.ladder.framework import Ceiling, ceiling, score
from techsov.graph.analysis.ladder.grounds import Grounds, Steps
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.errors import UsageError
from techsov.graph.facts.frameworks import Criterion, Framework
from techsov.graph.messages import say
from techsov.graph.telling.score import CHAINS, ScoreTeller
from techsov.viz.findings import Findings
from techsov.viz.sentences import Proof, Teller
from techsov.viz.telling import Finding, Step, Telling, proofs_of, steps_of
from techsov.viz.words import area_word, number_text

AREA = "page-ladder"
#: The statuses of a second reading, in which what is announced has come true.
PLANS = ("stated", "planned")
#: So many are compared at once.
MOST = 4


@dataclass(frozen=True)
class Ladders:
    """Everything that is compared, in the order in which pages show it; computed once for all.

    A firm of which no source names an offering, and of which one says what it depends on, stands
    for its own.
    """

    findings: Findings

    @property
    def framework(self) -> Framework:
        """The ladders and the official weights."""
        return self.findings.knowledge.framework

    @cached_property
    def assessments(self) -> Mapping[str, Assessment]:
        """What is compared, by id: offerings, then firms."""
        return {**self.findings.assessed, **self._assessed(self._firms, self.findings.standing)}

    @cached_property
    def planned(self) -> Mapping[str, Assessment]:
        """The same, as if what is planned had come true; only what then differs."""
        knowledge = self.findings.knowledge
        standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, PLANS)
        found = self._assessed(self.assessments, standing)
        return {name: one for name, one in found.items() if changed(self.assessments[name], one)}

    @cached_property
    def told(self) -> tuple[str, ...]:
        """Those of which something is known or planned, the lowest ceilings first."""
        profile = self.framework.profile()

        def order(name: str) -> tuple[object, ...]:
            one = self.assessments[name]
            high = score(self.framework, profile, one.positions).high
            return not one.known, self.ceiling(name).seal, high, name

        kept = (
            name
            for name, one in self.assessments.items()
            if one.known or one.reported or name in self.planned
        )
        return tuple(sorted(kept, key=order))

    @cached_property
    def open(self) -> tuple[str, ...]:
        """Those of which nothing known or planned caps a criterion, by id."""
        return tuple(sorted(self.assessments.keys() - set(self.told)))

    @cached_property
    def shared(self) -> tuple[SharedUpstream, ...]:
        """What two of them share upstream, that are called sovereign for different places."""
        return tuple(
            row
            for row in self.findings.upstream
            if {row.left.subject, row.right.subject} <= self.assessments.keys()
        )

    @property
    def default(self) -> tuple[str, ...]:
        """Whom to compare first: two rivals that share a supplier, else the two most capped."""
        if self.shared:
            return self.shared[0].left.subject, self.shared[0].right.subject
        return self.told[:2]

    def ceiling(self, name: str, objective: str = "") -> Ceiling:
        """Give the highest SEAL still possible, overall or of one objective."""
        return ceiling(self.framework, self.assessments[name].positions, objective=objective)

    def lowered(self) -> dict[int, int]:
        """Count those whose ceiling the facts lower, by SEAL level."""
        tops = [self.ceiling(name) for name in self.assessments]
        seals = sorted(top.seal for top in tops if top.by)
        return {seal: seals.count(seal) for seal in dict.fromkeys(seals)}

    @cached_property
    def _firms(self) -> tuple[str, ...]:
        standing = self.findings.standing
        return tuple(
            name
            for name in sorted(standing.records.entities)
            if name not in self.findings.assessed
            and standing.is_a(name, "Organisation")
            and standing.of("dependsOn", name)  # the rest looks through all facts
            and _stands_for_its_own(name, standing)
        )

    def _assessed(self, names: Iterable[str], standing: Standing) -> dict[str, Assessment]:
        stated = standing is self.findings.standing
        grounds = self.findings.grounds if stated else Grounds(standing)
        answers = answers_on(standing)
        return {name: assess(name, grounds, self.framework, answers) for name in names}


def _stands_for_its_own(name: str, standing: Standing) -> bool:
    try:
        return assessable(standing.records.entities[name], standing) == name
    except UsageError:
        return False


# --- In words


@dataclass(frozen=True, slots=True)
class Ground:
    """Why one criterion allows no more: its position, the reason, and the chains that show it.

    ``as_for`` is the number of a criterion further up that has the same chains; these are then
    not told again.
    """

    criterion: str
    name: str
    position: str
    seal: str
    lines: tuple[str, ...]
    chains: tuple[tuple[Step, ...], ...]
    as_for: str
    more: int
    beside: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective: the ceiling that the evidence still allows, and what holds it there."""

    id: str
    number: str
    name: str
    seal: int
    capped: bool
    words: str
    unanswered: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """The score by one official set of weights, with its bounds."""

    profile: str
    label: str
    since: str
    interval: str
    high: str
    covered: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that is told of one offering or firm."""

    id: str
    name: str
    kind: str
    top: Ceiling
    short: str
    seal_line: str
    relaxed: str
    by: str
    objectives: tuple[Objective, ...]
    rated: tuple[Rated, ...]
    beside: str
    reported: tuple[tuple[str, tuple[Proof, ...]], ...]
    notes: tuple[str, ...]
    planned_short: str
    planned_line: str
    planned: tuple[Ground, ...]


@dataclass(frozen=True)
class LadderTeller:
    """Tells what stands on the ladders, in one language."""

    ladders: Ladders
    teller: Teller
    labels: Labels

    def card(self, name: str) -> Card:
        """Tell one offering or firm."""
        found, words = self.ladders.assessments[name], self._words
        top = words.ceiling(found)
        planned = self.ladders.planned.get(name)
        entities, classes = self.teller.records.entities, self.teller.schema.classes
        return Card(
            id=name,
            name=self.teller.name(name),
            kind=classes[entities[name].cls].label(self.teller.language),
            top=top,
            short=self._short(top),
            seal_line=words.seal_line(found),
            relaxed=self._relaxed_line(found),
            by=words.numbers(top.by),
            objectives=tuple(self._objectives(found)),
            rated=tuple(self._rated(found)),
            beside=say(
                "score.beside",
                self.teller.language,
                first=words.beside(found, 0),
                second=words.beside(found, 1),
            ),
            reported=tuple(
                (line, proofs_of(step.facts, self.teller, self.labels))
                for line, (_, step) in zip(words.reported_lines(found), found.reported, strict=True)
            ),
            notes=tuple(self.notes(name)),
            planned_short=self._short(words.ceiling(planned)) if planned else "",
            planned_line=words.plan_lines(found, planned)[0] if planned else "",
            planned=tuple(
                self._grounds(
                    (
                        (self.ladders.framework.criteria[each], planned.verdicts[each])
                        for each in changed(found, planned)
                    ),
                    {},
                )
            )
            if planned
            else (),
        )

    def notes(self, name: str) -> Iterator[str]:
        """Say what must be read with the figures: who stands for what, and what nobody says."""
        found = self.ladders.assessments[name]
        if found.offer.itself:
            yield self._score("itself", name=self.labels.entity(name))
        if not found.known:
            yield self._score("nothing-known" if found.silent else "no-cap")
        if not found.offer.providers and not found.silent:
            yield self._score("no-provider")

    def would_answer(self) -> list[str]:
        """Say what kind of document would answer each criterion."""
        by_proof: dict[str, list[str]] = {}
        for criterion in self.ladders.framework.criteria.values():
            by_proof.setdefault(criterion.proof, []).append(self._words.name(criterion))
        return [
            self._score(
                "unanswered-line",
                proof=self.labels.entity(f"proof-{proof}"),
                criteria=" · ".join(names),
            )
            for proof, names in by_proof.items()
        ]

    def shared(self) -> list[tuple[tuple[str, str], Finding]]:
        """Tell what two of them share upstream, each with both chains."""
        return [
            (
                (row.left.subject, row.right.subject),
                Telling(self.ladders.findings, row.supplier, self.teller, self.labels).shared(row),
            )
            for row in self.ladders.shared
        ]

    @cached_property
    def _words(self) -> ScoreTeller:
        framework = self.ladders.framework
        return ScoreTeller(framework, framework.profile(), self.labels)

    def _relaxed_line(self, found: Assessment) -> str:
        top = self._relaxed.ceiling(found)
        values = {"ceiling": self._short(top), "count": top.unanswered, "all": top.movable}
        return self._say("relaxed", **values)

    @cached_property
    def _relaxed(self) -> ScoreTeller:
        framework = self.ladders.framework
        return ScoreTeller(framework, framework.profile(), self.labels, relaxed=True)

    def _objectives(self, found: Assessment) -> Iterator[Objective]:
        framework = self.ladders.framework
        told: dict[tuple[Steps, ...], str] = {}
        for objective in framework.profile().weights:
            top = self._words.ceiling(found, objective)
            mine = [each for each in framework.criteria.values() if each.objective == objective]
            yield Objective(
                id=objective,
                number=objective.upper(),
                name=self.labels.entity(f"objective-{objective}"),
                seal=top.seal,
                capped=bool(top.by),
                words=self._short(top),
                unanswered=self._say("objective-unanswered", count=top.unanswered, all=top.movable),
                grounds=tuple(
                    self._grounds(
                        (
                            (each, verdict)
                            for each in mine
                            if (verdict := found.verdicts[each.id]).position.state != "unanswered"
                            or verdict.answers
                        ),
                        told,
                    )
                ),
            )

    def _grounds(
        self,
        verdicts: Iterable[tuple[Criterion, Verdict]],
        first: dict[tuple[Steps, ...], str],
    ) -> Iterator[Ground]:
        """Tell reasons; ``first`` keeps for which criterion chains were told already."""
        for criterion, verdict in verdicts:
            chains = verdict.cap.found.chains if verdict.cap else ()
            as_for = first.setdefault(chains, criterion.number) if any(chains) else ""
            told = self._ground(criterion, verdict)
            again = as_for not in ("", criterion.number)
            yield replace(told, chains=(), more=0, as_for=as_for) if again else told

    def _ground(self, criterion: Criterion, verdict: Verdict) -> Ground:
        cap, words = verdict.cap, self._words
        chains = [chain for chain in cap.found.chains if chain] if cap else []
        rung = verdict.position.rung
        lines = [*words.answer_lines(verdict)]
        if cap:
            lines += [words.reason(cap), *words.denial_lines(cap)]
        counted = verdict.counted
        beside = [fact.id for fact in cap.found.beside] if cap else list(verdict.absent)
        return Ground(
            criterion=criterion.id,
            name=words.name(criterion),
            position=words.position(criterion, verdict),
            seal=self._say("allows", seal=criterion.at(rung).seal) if rung else "",
            lines=(*lines, *words.remarks(criterion, verdict)),
            chains=tuple(steps_of(chain, self.teller, self.labels) for chain in chains[:CHAINS]),
            as_for="",
            more=(cap.found.more if cap else 0) + len(chains[CHAINS:]),
            beside=proofs_of(
                [*beside, *(answer.fact.id for answer in counted)], self.teller, self.labels
            ),
        )

    def _rated(self, found: Assessment) -> Iterator[Rated]:
        framework = self.ladders.framework
        for profile in framework.profiles.values():
            words = ScoreTeller(framework, profile, self.labels)
            bounds = words.score(found)
            label = profile.label(self.teller.language)
            yield Rated(
                profile.id,
                label,
                profile.since.text,
                words.interval(found),
                f"{bounds.high:f}",
                number_text(f"{bounds.covered:.0f}", self.teller.language),
            )

    def _short(self, top: Ceiling) -> str:
        if not top.by:
            return self._say("no-ceiling")
        numbers = self._words.numbers(top.by)
        return self._say("at-most", seal=top.seal, by=numbers)

    def _score(self, key: str, **values: str) -> str:
        return say(f"score.{key}", self.teller.language, **values)

    def _say(self, key: str, **values: object) -> str:
        return area_word(AREA, key, self.teller.language, **values)
