"""One offering on the 48 ladders of the sovereignty framework: answers, caps and what is open.

An answer of an assessor counts over a cap of the graph, which stays beside it. What those who
provide the offering say of it themselves is shown, and counts for nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from techsov.graph.analysis.conclusion import Conclusion, conclude
from techsov.graph.analysis.ladder.criteria import Cap, caps, inapplicable
from techsov.graph.analysis.ladder.framework import Position, Positions, ceiling
from techsov.graph.analysis.ladder.grounds import Grounds, Offer
from techsov.graph.analysis.ladder.hints import Hint, hints, reported_seals
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import UsageError
from techsov.graph.facts.frameworks import Framework
from techsov.graph.records import Entity, Fact

ANSWER = "criterionAnswer"
#: The classes of what is compared: a product is handed over, and a group is no single offering.
COMPARED = ("Service", "SoftwarePlatform", "Infrastructure")
SCORED = ("Offering", "Infrastructure")
#: The version of each rule, at the end of its name.
VERSION = 1
CEILING_RULE = f"csf-seal-{VERSION}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers to one criterion; ``rung`` 0 says that it does not apply.

    ``own`` says that the claimant provides the offering, or controls who does.
    """

    criterion: str
    rung: int
    fact: Fact
    own: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one criterion.

    ``cap`` is what the graph allows, also where an answer counts over it. ``answers`` are all that
    somebody gave; of several assessors the lowest counts. ``absent`` are the ids of the facts by
    which the criterion does not apply.
    """

    position: Position
    cap: Cap | None
    answers: tuple[Answer, ...]
    absent: tuple[str, ...]

    @property
    def counted(self) -> tuple[Answer, ...]:
        """The answers that give the position, if answers do."""
        rung = self.position.rung
        return tuple(
            answer
            for answer in self.answers
            if not answer.own and answer.rung == rung and self.position.state != "capped"
        )

    @property
    def contested(self) -> bool:
        """Whether assessors answer differently."""
        return len({answer.rung for answer in self.answers if not answer.own}) > 1

    @property
    def premises(self) -> tuple[str, ...]:
        """The ids of the facts that the position rests on, sorted."""
        if self.position.state == "capped" and self.cap:
            return self.cap.premises
        return tuple(sorted({*(answer.fact.id for answer in self.counted), *self.absent}))


@dataclass(frozen=True)
class Assessment:
    """One offering, or a firm that stands for its own, on every ladder."""

    offer: Offer
    verdicts: Mapping[str, Verdict]

    @property
    def thing(self) -> str:
        """The id of what is assessed."""
        return self.offer.thing

    @cached_property
    def positions(self) -> Positions:
        """The position on each ladder, by criterion."""
        return {name: verdict.position for name, verdict in self.verdicts.items()}

    @cached_property
    def hints(self) -> list[Hint]:
        """What bears on criteria without capping them."""
        return hints(self.offer)

    @cached_property
    def reported(self) -> list[tuple[int, Hop]]:
        """The SEAL levels that sources report for it."""
        return reported_seals(self.offer)

    @property
    def known(self) -> bool:
        """Whether there is a cap, an answer or a criterion that does not apply."""
        return any(position.state != "unanswered" for position in self.positions.values())

    @property
    def silent(self) -> bool:
        """Whether no fact says who provides or operates it, nor what it depends on."""
        offer = self.offer
        supplied = bool(offer.providers) and not offer.itself
        return not supplied and not offer.grounds.needs.get(offer.thing)


def assess(
    thing: str, grounds: Grounds, framework: Framework, answers: Iterable[Fact] = ()
) -> Assessment:
    """Put one offering on every ladder.

    Parameters
    ----------
    thing : str
        The id of an offering, an infrastructure, or a firm that stands for its own offering.
    grounds : Grounds
        What the standing facts say; only stated ones may cap.
    framework : Framework
        The ladders.
    answers : iterable of Fact
        Facts of ``criterionAnswer``; those about other things are left aside.

    Returns
    -------
    Assessment
    """
    offer = Offer(thing, grounds)
    capped, absent = caps(offer), inapplicable(offer)
    given: dict[str, list[Answer]] = {}
    for answer in _answers(offer, answers):
        given.setdefault(answer.criterion, []).append(answer)
    return Assessment(
        offer,
        {
            name: _verdict(name, capped.get(name), given.get(name, ()), absent.get(name, ()))
            for name in framework.criteria
        },
    )


def _answers(offer: Offer, facts: Iterable[Fact]) -> Iterator[Answer]:
    own = {offer.thing, *(link.node for link in offer.providers)}
    law = offer.grounds.law
    own |= {chain[-1].head for name in sorted(own) for chain in law.control_chains(name)}
    for fact in facts:
        if fact.subject == offer.thing and fact.relation == ANSWER:
            (rung,) = fact.qualifiers["rung"]
            criterion = fact.object.removeprefix("criterion-")
            yield Answer(criterion, int(rung), fact, fact.claimant in own)


def _verdict(
    name: str, cap: Cap | None, answers: Collection[Answer], absent: tuple[str, ...]
) -> Verdict:
    from_outside = [answer.rung for answer in answers if not answer.own]
    rungs = [rung for rung in from_outside if rung]
    if rungs:
        position = Position(name, "answered", min(rungs))
    elif from_outside or absent:
        position = Position(name, "not-applicable")
    elif cap:
        position = Position(name, "capped", cap.rung)
    else:
        position = Position(name, "unanswered")
    return Verdict(position, cap, tuple(answers), absent)


def changed(before: Assessment, after: Assessment) -> list[str]:
    """Give the criteria on which two assessments differ, in the framework's order."""
    return [name for name, one in before.positions.items() if after.positions[name] != one]


def answers_on(standing: Standing) -> tuple[Fact, ...]:
    """Give the answers that hold on the day: judgements, which somebody holds."""
    claimed = Standing.on(standing.records, standing.schema, standing.day, ("claimed",))
    return claimed.all(ANSWER)


# --- What can be assessed


def assessable(entity: Entity, standing: Standing) -> str:
    """Say what of ``entity`` can be assessed: itself, or nothing.

    A firm stands for its own offering where no source names an offering of it and one says what
    it depends on.

    Raises
    ------
    UsageError
        If it is no offering; where it is an actor with offerings, they are named.
    """
    if any(standing.is_a(entity.id, cls) for cls in SCORED):
        return entity.id
    if not standing.is_a(entity.id, "Organisation"):
        raise UsageError("score.no-offering", name=entity.id)
    offered = sorted(
        {
            fact.object
            for fact in standing.records.facts
            if fact.subject == entity.id
            and fact.relation in ("provides", "operates")
            and any(standing.is_a(fact.object, cls) for cls in SCORED)
        }
    )
    if offered:
        raise UsageError("score.name-one", name=entity.id, offerings=", ".join(offered))
    if not standing.of("dependsOn", entity.id):
        raise UsageError("score.no-offering-known", name=entity.id)
    return entity.id


def compared(standing: Standing) -> list[str]:
    """Give the offerings that are compared, by id."""
    return sorted(
        name
        for name in standing.records.entities
        if any(standing.is_a(name, cls) for cls in COMPARED)
    )


# --- Derived statements


def score_conclusions(
    grounds: Grounds, framework: Framework, things: Iterable[str] | None = None
) -> list[Conclusion]:
    """Put caps as derived statements, and the ceiling that follows from them.

    ``thing`` ``cappedAt`` a criterion, by the rule ``csf-<criterion>-1``, with ``rung`` and
    ``seal``; and ``thing`` ``sealCeiling`` a SEAL level, with the criteria that hold it there in
    ``cappedBy``. Answers of assessors are no conclusions, and are left out.

    Parameters
    ----------
    grounds : Grounds
        What stated facts say.
    framework : Framework
        The ladders.
    things : iterable of str, optional
        What to assess; the offerings of :func:`compared` if not given.
    """
    standing = grounds.standing
    found: list[Conclusion] = []
    for thing in compared(standing) if things is None else things:
        found += _conclusions(assess(thing, grounds, framework), framework, standing)
    return found


def _conclusions(
    assessment: Assessment, framework: Framework, standing: Standing
) -> Iterator[Conclusion]:
    capping = {name: one.cap for name, one in assessment.verdicts.items() if one.cap}
    for name, cap in capping.items():
        yield conclude(
            f"{name}-{VERSION}",
            assessment.thing,
            "cappedAt",
            f"criterion-{name}",
            [standing.by_id[fact] for fact in cap.premises],
            cap.found.chains[0],
            {
                "rung": (str(cap.rung),),
                "seal": (f"seal-{framework.criteria[name].at(cap.rung).seal}",),
            },
        )
    top = ceiling(framework, assessment.positions)
    if top.by:
        premises = {fact for name in top.by for fact in assessment.verdicts[name].premises}
        yield conclude(
            CEILING_RULE,
            assessment.thing,
            "sealCeiling",
            f"seal-{top.seal}",
            [standing.by_id[fact] for fact in sorted(premises)],
            more={"cappedBy": tuple(f"criterion-{name}" for name in top.by)},
        )
