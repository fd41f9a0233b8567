"""An offering on the ladders of the sovereignty framework, in words and tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property

from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.analysis.ladder.assessment import Assessment, Verdict, changed
from techsov.graph.analysis.ladder.criteria import Cap
from techsov.graph.analysis.ladder.framework import Ceiling, Score, ceiling, score
from techsov.graph.analysis.ladder.hints import Hint
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.answers import Labels
from techsov.graph.facts.frameworks import Criterion, Framework, Profile
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import cited_facts, onward

#: The two criteria that the gate does not see and the graph does: always told beside it.
BESIDE = ("csf-1-2", "csf-1-4")
#: So many chains of one reason, and so many hints, are shown at first.
CHAINS, HINTS = 3, 8
TENTH = Decimal("0.1")

CRITERION_KEYS = (
    "offering",
    "profile",
    "statuses",
    "kind",
    "objective",
    "criterion",
    "label",
    "state",
    "rung",
    "rungs",
    "seal",
    "inert",
    "relaxed",
    "evidence",
    "strength",
    "reason",
    "premises",
    "sources",
    "claimants",
    "unanswered",
    "movable",
    "low",
    "high",
    "answered",
    "covered",
)
LADDER_KEYS = (
    "offering",
    "label",
    "profile",
    "statuses",
    "seal",
    "capped_by",
    "unanswered",
    "movable",
    "seal_relaxed",
    "low",
    "high",
    "answered",
    "covered",
    "change_of_control",
    "capital",
    "reported",
    "premises",
)


class ScoreTeller:
    """The words for assessments by one profile and in one reading."""

    def __init__(
        self,
        framework: Framework,
        profile: Profile,
        labels: Labels,
        *,
        relaxed: bool = False,
        nominal: bool = False,
    ) -> None:
        self.framework = framework
        self.profile = profile
        self.labels = labels
        self.relaxed = relaxed
        self.nominal = nominal

    # --- Figures

    def ceiling(self, found: Assessment, objective: str = "") -> Ceiling:
        """Give the highest SEAL still possible, in the reading chosen; of one objective, or all."""
        return ceiling(self.framework, found.positions, relaxed=self.relaxed, objective=objective)

    def score(self, found: Assessment) -> Score:
        """Give the score as an interval, by the divisor chosen."""
        return score(self.framework, self.profile, found.positions, nominal=self.nominal)

    # --- Sentences

    def heading(self, found: Assessment) -> list[str]:
        """Say what is scored, its ceiling, what the gate does not see, and the score."""
        lines = [
            self._say(
                "title",
                name=self.labels.entity(found.thing),
                profile=self.profile.label(self.labels.language),
                id=self.profile.id,
                day=str(self.labels.knowledge.day),
            ),
            self.seal_line(found),
            *self.objective_lines(found),
            self._say("reading-relaxed" if self.relaxed else "reading-strict"),
            self._say("beside", first=self.beside(found, 0), second=self.beside(found, 1)),
            self.score_line(found),
        ]
        if self.nominal:
            lines.append(self._say("points-nominal", nominal=f"{self.profile.nominal:f}"))
        lines += self.reported_lines(found)
        if found.offer.itself:
            lines.append(self._say("itself", name=self.labels.entity(found.thing)))
        if not found.known:
            lines.append(self._say("nothing-known" if found.silent else "no-cap"))
        if not found.offer.providers and not found.silent:
            lines.append(self._say("no-provider"))
        return lines

    def seal_line(self, found: Assessment) -> str:
        """Say the ceiling, never without the number of open answers and what holds it there."""
        top = self.ceiling(found)
        words = {
            "seal": str(top.seal),
            "label": self.profile.seal_name(top.seal, self.labels.language),
            "unanswered": str(top.unanswered),
            "movable": str(top.movable),
            "by": self.numbers(top.by),
        }
        if top.unanswered:
            return self._say("seal" if top.by else "seal-open", **words)
        return self._say("seal-final" if top.by else "seal-full", **words)

    def objective_lines(self, found: Assessment) -> list[str]:
        """Say the ceilings of the objectives that are lowered; nothing, if none is."""
        lowered = [
            self._say(
                "objective",
                objective=objective.upper(),
                name=self.labels.entity(f"objective-{objective}"),
                seal=str(top.seal),
                by=self.numbers(top.by),
            )
            for objective in self.profile.weights
            if (top := self.ceiling(found, objective)).by
        ]
        return [self._say("by-objective", objectives=" · ".join(lowered))] if lowered else []

    def beside(self, found: Assessment, place: int) -> str:
        """Say what is known of a criterion that the gate does not see."""
        criterion = self.framework.criteria[BESIDE[place]]
        position = self.position(criterion, found.verdicts[criterion.id])
        return self._say("criterion-is", criterion=self.name(criterion), position=position)

    def score_line(self, found: Assessment) -> str:
        """Say the score as an interval, with the share of the weight that answers stand for."""
        bounds = self.score(found)
        words = {
            "low": self._figure(tenths(bounds.low, ROUND_FLOOR)),
            "high": self._figure(tenths(bounds.high, ROUND_CEILING)),
            "covered": self._figure(tenths(bounds.covered)),
        }
        if bounds.answered is None:
            return self._say("points", **words)
        answered = self._figure(tenths(bounds.answered))
        return self._say("points-answered", answered=answered, **words)

    def reported_lines(self, found: Assessment) -> list[str]:
        """Say which SEAL levels sources report, and whether the facts allow them."""
        top = self.ceiling(found)
        return [
            self._say(
                "reported" if seal <= top.seal else "reported-above",
                seal=str(seal),
                source=cited_facts(step.facts, self.labels),
            )
            for seal, step in found.reported
        ]

    def plan_lines(self, found: Assessment, planned: Assessment) -> list[str]:
        """Say what would change if the plans came true; nothing, if nothing would."""
        names = changed(found, planned)
        if not names:
            return []
        changes = (f"  {self._change(name, planned)}" for name in names)
        return [self._say("plans", seal=self.seal_line(planned)), *changes]

    def unanswered_lines(self, found: Assessment) -> list[str]:
        """Say which criteria nobody answers, by the kind of document that would."""
        by_proof: defaultdict[str, list[str]] = defaultdict(list)
        for criterion in self.framework.criteria.values():
            if found.positions[criterion.id].state == "unanswered":
                by_proof[criterion.proof].append(criterion.number)
        return [
            self._say(
                "unanswered-line",
                proof=self.labels.entity(f"proof-{proof}"),
                criteria=", ".join(numbers),
            )
            for proof, numbers in by_proof.items()
        ]

    def hint_lines(self, found: Assessment, most: int | None = HINTS) -> list[str]:
        """Say what bears on criteria without capping them, with where it is read."""
        shown = found.hints[:most]
        lines = [self.hint_line(hint) for hint in shown]
        more = len(found.hints) - len(shown)
        return [*lines, self._say("hints-more", count=str(more))] if more else lines

    def hint_line(self, hint: Hint) -> str:
        """Say one hint: its criterion, what it is, the chain and the sources."""
        criterion = self.framework.criteria[hint.criterion]
        said = self._say(f"hint-{hint.branch}", figure=self._figure(hint.figure))
        if hint.rung:
            said = f"{said} ({self._say('suggests', rung=str(hint.rung))})"
        chain = self._chain(hint.steps)
        sources = cited_facts(hint.premises, self.labels)
        return " · ".join(filter(None, (f"{criterion.number} {said}", chain, sources)))

    def name(self, criterion: Criterion) -> str:
        """Give the number and the name of a criterion."""
        return f"{criterion.number} {self.labels.entity(f'criterion-{criterion.id}')}"

    def numbers(self, criteria: Iterable[str]) -> str:
        """Give the numbers of several criteria."""
        return ", ".join(self.framework.criteria[name].number for name in criteria)

    def position(self, criterion: Criterion, verdict: Verdict) -> str:
        """Say the state of a criterion, and the rung where there is one."""
        words = self._say(f"state-{verdict.position.state}")
        if not verdict.position.rung:
            return words
        return f"{words} {self.rung(criterion, verdict.position.rung)}"

    def rung(self, criterion: Criterion, rung: int) -> str:
        """Say which rung of how many."""
        return self._say("rung", rung=str(rung), rungs=str(len(criterion.rungs)))

    def why(self, cap: Cap) -> str:
        """Say why the graph allows no more: the reason, then the chains that show it."""
        found = cap.found
        chains = [self._chain(chain) for chain in found.chains if chain]
        shown = [self.reason(cap), *chains[:CHAINS]]
        more = found.more + len(chains[CHAINS:])
        if more:
            shown.append(self._say("more", count=str(more)))
        return " · ".join(shown)

    def reason(self, cap: Cap) -> str:
        """Say why the graph allows no more, without the chains."""
        return self._say(f"why-{cap.found.branch}", figure=self._figure(cap.found.figure))

    def _chain(self, steps: Iterable[Hop]) -> str:
        """Tell a chain that begins at the offering, whose name stands above."""
        return " → ".join(onward(step, self.labels) for step in steps)

    # --- Tables

    def criteria_table(self, found: Assessment) -> Table:
        """One row per criterion that is answered, capped or does not apply; programs get all.

        For programs more rows come first: the ceiling, overall and by objective, and the score.
        """
        named = [
            (self.framework.criteria[name], verdict) for name, verdict in found.verdicts.items()
        ]
        rows = [
            (
                self.name(criterion),
                self.position(criterion, verdict),
                self._seal(criterion, verdict),
                "\n".join(self._because(verdict)),
                cited_facts(verdict.premises, self.labels),
                "; ".join(self.remarks(criterion, verdict)),
            )
            for criterion, verdict in named
            if verdict.position.state != "unanswered" or verdict.answers
        ]
        keys = ("criterion", "position", "seal", "because", "source", "remark")
        headings = tuple(say(f"column.{key}", self.labels.language) for key in keys)
        data = [
            *(self._ceiling_data(found, each) for each in ("", *self.profile.weights)),
            self._score_data(found),
            *(self._criterion_data(found, criterion, verdict) for criterion, verdict in named),
        ]
        return Table(CRITERION_KEYS, headings, rows, data)

    def ladder_table(self, assessments: Sequence[Assessment]) -> Table:
        """One row per offering, the lowest ceilings first: a high one may be mere ignorance."""
        ordered = sorted(
            assessments,
            key=lambda one: (self.ceiling(one).seal, self.score(one).high, one.thing),
        )
        rows = [
            (
                self.labels.entity(found.thing),
                self.short_seal(found),
                self.numbers(self.ceiling(found).by),
                f"{self.ceiling(found).unanswered}/{self.ceiling(found).movable}",
                self.interval(found),
                self._at(found, 0),
                self._at(found, 1),
                ", ".join(f"SEAL-{seal}" for seal, _ in found.reported),
            )
            for found in ordered
        ]
        keys = (
            "offering",
            "seal",
            "capped-by",
            "unanswered",
            "points",
            "c-1-2",
            "c-1-4",
            "reported",
        )
        headings = tuple(say(f"column.{key}", self.labels.language) for key in keys)
        return Table(LADDER_KEYS, headings, rows, [self._ladder_data(one) for one in ordered])

    def short_seal(self, found: Assessment) -> str:
        """Say the ceiling in two or three words."""
        top = self.ceiling(found)
        if not top.unanswered:
            return str(top.seal)
        key = "seal-at-most" if top.by else "seal-not-lowered"
        return self._say(key, seal=str(top.seal))

    def interval(self, found: Assessment) -> str:
        """Say the bounds of the score, rounded outwards."""
        bounds = self.score(found)
        ends = (tenths(bounds.low, ROUND_FLOOR), tenths(bounds.high, ROUND_CEILING))
        return self._figure("–".join(ends))

    def _at(self, found: Assessment, place: int) -> str:
        criterion = self.framework.criteria[BESIDE[place]]
        return self.position(criterion, found.verdicts[criterion.id])

    def _seal(self, criterion: Criterion, verdict: Verdict) -> str:
        rung = verdict.position.rung
        return str(criterion.at(rung).seal) if rung else ""

    def _because(self, verdict: Verdict) -> Iterator[str]:
        yield from self.answer_lines(verdict)
        if verdict.cap:
            yield self.why(verdict.cap)
            yield from self.denial_lines(verdict.cap)

    def answer_lines(self, verdict: Verdict) -> Iterator[str]:
        """Say who answers a criterion, and what the graph would allow beside it."""
        if verdict.counted:
            yield self._say("answered-by", names=self._claimants(verdict))
        if verdict.contested:
            yield self._say("contested")
        for answer in verdict.answers:
            if answer.own:
                names = self.labels.entity(answer.fact.claimant)
                yield self._say("own-answer", names=names, rung=str(answer.rung))
        if verdict.cap and verdict.position.state != "capped":
            yield self._say("graph-allows", rung=str(verdict.cap.rung))

    def denial_lines(self, cap: Cap) -> Iterator[str]:
        """Say who denies a premise of a cap; nothing, if nobody does."""
        if deniers := self._deniers(cap):
            yield self._say("denied", names=", ".join(deniers))

    def remarks(self, criterion: Criterion, verdict: Verdict) -> Iterator[str]:
        """Say how near a cap comes to what the rung asks, and whether it can move the SEAL."""
        if verdict.position.state == "capped" and verdict.cap:
            yield self._say(f"strength-{verdict.cap.strength}")
        if criterion.inert:
            yield self._say("inert")
        if criterion.relaxed and self.relaxed:
            yield self._say("relaxed")

    def _deniers(self, cap: Cap) -> list[str]:
        """Name those who deny one of the premises."""
        facts = (self.labels.facts[name] for name in cap.premises)
        said = {(fact.subject, fact.relation, fact.object) for fact in facts}
        return sorted({name for each in said for name in self._denials.get(each, ())})

    @cached_property
    def _denials(self) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
        """Who denies what, by subject, relation and object."""
        return grouped(
            ((fact.subject, fact.relation, fact.object), self.labels.entity(fact.claimant))
            for fact in self.labels.knowledge.records.facts
            if fact.status == "denied"
        )

    def _claimants(self, verdict: Verdict) -> str:
        names = dict.fromkeys(answer.fact.claimant for answer in verdict.counted)
        return ", ".join(map(self.labels.entity, names))

    def _change(self, name: str, planned: Assessment) -> str:
        criterion, verdict = self.framework.criteria[name], planned.verdicts[name]
        position = self.position(criterion, verdict)
        if verdict.position.state != "capped" or verdict.cap is None:
            return self._say("criterion-is", criterion=criterion.number, position=position)
        why = self.why(verdict.cap)
        return self._say("plan-change", criterion=criterion.number, position=position, why=why)

    # --- Data for programs

    def _criterion_data(
        self, found: Assessment, criterion: Criterion, verdict: Verdict
    ) -> tuple[object, ...]:
        position, cap = verdict.position, verdict.cap
        capped = position.state == "capped" and cap is not None
        return self._row(
            found,
            kind="criterion",
            objective=criterion.objective,
            criterion=criterion.id,
            label=self.labels.entity(f"criterion-{criterion.id}"),
            state=position.state,
            rung=position.rung or None,
            rungs=len(criterion.rungs),
            seal=criterion.at(position.rung).seal if position.rung else None,
            inert=criterion.inert,
            relaxed=criterion.relaxed,
            evidence=criterion.evidence,
            strength=cap.strength if capped and cap else None,
            reason="\n".join(self._because(verdict)) or None,
            premises=list(verdict.premises),
            sources=cited_facts(verdict.premises, self.labels),
            claimants=[answer.fact.claimant for answer in verdict.counted],
        )

    def _ceiling_data(self, found: Assessment, objective: str) -> tuple[object, ...]:
        top = self.ceiling(found, objective)
        premises = {fact for name in top.by for fact in found.verdicts[name].premises}
        return self._row(
            found,
            kind="ceiling",
            objective=objective or None,
            criterion=list(top.by),
            label=self.labels.entity(f"objective-{objective}") if objective else None,
            seal=top.seal,
            relaxed=self.relaxed,
            premises=sorted(premises),
            sources=cited_facts(sorted(premises), self.labels),
            unanswered=top.unanswered,
            movable=top.movable,
        )

    def _score_data(self, found: Assessment) -> tuple[object, ...]:
        bounds = self.score(found)
        return self._row(
            found,
            kind="score",
            low=number(bounds.low),
            high=number(bounds.high),
            answered=None if bounds.answered is None else number(bounds.answered),
            covered=number(bounds.covered),
        )

    def _row(self, found: Assessment, **cells: object) -> tuple[object, ...]:
        statuses = list(found.offer.grounds.standing.statuses)
        own = {
            "offering": found.thing,
            "profile": self.profile.id,
            "statuses": statuses,
            **cells,
        }
        return tuple(own.get(key) for key in CRITERION_KEYS)

    def _ladder_data(self, found: Assessment) -> tuple[object, ...]:
        top, bounds = self.ceiling(found), self.score(found)
        relaxed = ceiling(self.framework, found.positions, relaxed=True)
        premises = {fact for verdict in found.verdicts.values() for fact in verdict.premises}
        control, capital = (found.positions[name] for name in BESIDE)
        return (
            found.thing,
            self.labels.entity(found.thing),
            self.profile.id,
            list(found.offer.grounds.standing.statuses),
            top.seal,
            list(top.by),
            top.unanswered,
            top.movable,
            relaxed.seal,
            number(bounds.low),
            number(bounds.high),
            None if bounds.answered is None else number(bounds.answered),
            number(bounds.covered),
            control.rung or None,
            capital.rung or None,
            [seal for seal, _ in found.reported],
            sorted(premises),
        )

    def _figure(self, text: str) -> str:
        return text.replace(".", ",") if self.labels.language == "fr" else text

    def _say(self, key: str, **words: str) -> str:
        return say(f"score.{key}", self.labels.language, **words)


def tenths(value: Decimal, rounding: str | None = None) -> str:
    """Write a score with one decimal; the ends of an interval are rounded outwards.

    >>> tenths(Decimal("66.03")), tenths(Decimal("66.03"), ROUND_CEILING)
    ('66.0', '66.1')
    """
    return f"{value.quantize(TENTH, rounding=rounding):f}"


def number(value: Decimal) -> float:
    """Give a score to a program, with four decimals.

    >>> number(Decimal("67.97244"))
    67.9724
    """
    return float(round(value, 4))
