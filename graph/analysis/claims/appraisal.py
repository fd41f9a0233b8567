"""Claims of sovereignty against the facts that bear on them: supported, contradicted or unproven.

A claim is what somebody says of a thing, with a word that asserts mastery (the ontology marks
which words do, ``sov:assertsMastery``) or for a place. :mod:`techsov.graph.analysis.claims.bearing` finds
what bears on it; here it is weighed. Only stated facts contradict or support, and nothing is ever
called false:

- ``contradicted``: a chain of the thing itself, or of what an actor offers, leads to a law outside
  the place. For a word that speaks of location only: the thing stands elsewhere.
- ``supported``: something speaks for it, nothing at all against it, nobody denies it, and the law
  of every known supplier is known.
- ``unproven``: the rest. A denial alone contradicts nothing, and a claim about the future is
  unproven today, whatever holds today.

What promotional documents alone state cannot speak for a claim; it can speak against it only where
the document of the claim states it too, against its own interest.

A denial, and a word that denies mastery, are weighed the other way round. What would follow if
plans came true is the ``outlook``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from techsov.graph.analysis.claims.bearing import Bearing, Ground, Weight
from techsov.graph.analysis.conclusion import Conclusion, conclude
from techsov.graph.analysis.standing import FIRMNESS, STATED, Standing
from techsov.graph.records import Fact

RULE = "claim-appraisal-1"
#: Every status that a claim may have, and with it the facts that are read.
EVERY_STATUS = (*FIRMNESS, "denied")
#: What a claim may say of a time to come.
NOT_YET = ("planned", "hypothetical")

Verdict = Literal["supported", "contradicted", "unproven"]
VERDICTS: tuple[Verdict, ...] = ("contradicted", "supported", "unproven")


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One claim, and what the facts let one say of it.

    ``claim`` is the id of the fact. ``mastery`` is what its word asserts, empty if nothing of the
    kind; ``place`` and ``aspect`` are empty where the claim names none. ``against`` and ``favour``
    are what weighs on either side, and ``unknown`` what would have to be known. ``voices`` are the
    ids of the facts by which others say the contrary. ``reasons`` say why it is unproven.
    ``outlook`` is the verdict if every plan among the facts, and in the claim, came true.
    ``decisive`` and ``decisive_ahead`` are the grounds that decide for either; where nothing does,
    all that bears on the claim.
    """

    claim: str
    subject: str
    word: str
    mastery: str
    place: str
    aspect: str
    claimant: str
    status: str
    verdict: Verdict
    outlook: Verdict
    reasons: tuple[str, ...]
    against: tuple[Ground, ...]
    favour: tuple[Ground, ...]
    unknown: tuple[Ground, ...]
    voices: tuple[str, ...]
    decisive: tuple[Ground, ...]
    decisive_ahead: tuple[Ground, ...]

    @property
    def premises(self) -> tuple[str, ...]:
        """The ids of the facts on which the verdict rests, sorted; none if nothing is known."""
        return _facts_of(self.decisive)

    @property
    def premises_ahead(self) -> tuple[str, ...]:
        """The ids of the facts on which the outlook rests, sorted."""
        claim = {self.claim} if self.status in NOT_YET else set()
        return tuple(sorted({*_facts_of(self.decisive_ahead), *claim}))


def appraise(standing: Standing) -> list[Appraisal]:
    """Weigh every claim of sovereignty that stands against what bears on it.

    Parameters
    ----------
    standing : Standing
        The facts of every status in :data:`EVERY_STATUS` that hold on the day; what has a status
        that was left out is not read.

    Returns
    -------
    list of Appraisal
        One row per claim: contradicted ones first, then those that would be if plans came true,
        then supported ones, then unproven ones; by subject, word and id, denials after what they
        deny. Claims whose word asserts nothing of mastery come last.

    Notes
    -----
    Where a claim names an aspect, a dependence counts in the layers that bear on it only
    (``sov:concernsLayer``). Where it speaks of location only, hosting alone counts. A place that
    is no jurisdiction is read as :mod:`techsov.graph.analysis.law.places` says. Time is O(c m) for c
    claimed things and m facts of dependence.
    """
    bearing = Bearing(standing)
    concepts = standing.schema.concepts
    rows = [
        _appraised(fact, bearing)
        for fact in standing.all("describedAs")
        if place_of(fact) or concepts[fact.object].mastery
    ]
    return sorted(rows, key=_order)


def verdict_on(mastery: str, *, against: bool, favour: bool, doubt: bool) -> Verdict:
    """Say what follows for a word that asserts ``mastery``.

    Parameters
    ----------
    mastery : str
        ``whole``, ``shared``, ``located`` or ``absent``; empty if the word asserts nothing of the
        kind, so that no chain can settle it.
    against, favour : bool
        Whether something that decides lies outside the place, or inside.
    doubt : bool
        Whether anything at all speaks against it or is not known: enough to withhold support.

    Returns
    -------
    {"supported", "contradicted", "unproven"}
        What lies outside does not contradict a word for shared mastery, which says so itself.

    Examples
    --------
    >>> verdict_on("whole", against=True, favour=True, doubt=True)
    'contradicted'
    >>> verdict_on("whole", against=False, favour=True, doubt=True)
    'unproven'
    >>> verdict_on("absent", against=True, favour=False, doubt=True)
    'supported'
    """
    if mastery == "absent":
        return _opposite(verdict_on("whole", against=against, favour=favour, doubt=doubt))
    if mastery in ("whole", "located") and against:
        return "contradicted"
    return "supported" if mastery and favour and not doubt else "unproven"


def concerning(
    rows: Iterable[Appraisal],
    standing: Standing,
    *,
    about: str = "",
    place: str = "",
    claimant: str = "",
) -> list[Appraisal]:
    """Keep the claims about ``about``, for ``place`` and by ``claimant``, where these are given.

    A claim about what an actor offers, or about a part of a thing, is about these too. A claim for
    a place is for its parts and for what it lies in too.
    """
    bearing = Bearing(standing)
    meant = {about, *(step.head for step in bearing.entailed(about))} if about else set()
    inside = bearing.places.inside
    return [
        row
        for row in rows
        if (not about or row.subject in meant)
        and (not claimant or row.claimant == claimant)
        and (
            not place or (row.place and (row.place in inside(place) or place in inside(row.place)))
        )
    ]


def claims_conclusions(rows: Iterable[Appraisal], standing: Standing) -> list[Conclusion]:
    """Draw what :func:`appraise` finds as conclusions: the thing is ``appraisedAs`` a verdict.

    ``claim`` says on which claim. A claim of which nothing is known has none. Where plans would
    decide what is unproven today, a second conclusion says so, and carries the status of a plan.
    """
    found: list[Conclusion] = []
    for row in rows:
        found += _concluded(row, row.verdict, row.premises, standing)
        if row.outlook != row.verdict:
            found += _concluded(row, row.outlook, row.premises_ahead, standing)
    return found


def place_of(claim: Fact) -> str:
    """Give the place for which a claim is made, or nothing."""
    return next(iter(claim.qualifiers.get("sovereignty_for", ())), "")


def _concluded(
    row: Appraisal, verdict: Verdict, premises: tuple[str, ...], standing: Standing
) -> Iterator[Conclusion]:
    facts = [standing.by_id[name] for name in premises]
    if facts:
        more = {"claim": (row.claim,)}
        yield conclude(RULE, row.subject, "appraisedAs", f"verdict-{verdict}", facts, more=more)


def _appraised(fact: Fact, bearing: Bearing) -> Appraisal:
    concepts = bearing.standing.schema.concepts
    mastery = concepts[fact.object].mastery
    place = place_of(fact)
    aspect = next(iter(fact.qualifiers.get("aspect", ())), "")
    layers = frozenset(concepts[f"objective-{aspect}"].layers) if aspect else None
    grounds = bearing.grounds(fact.subject, place, layers)
    if mastery == "located":
        grounds = tuple(ground for ground in grounds if ground.kind == "hosting")
    voices = _voices(fact, bearing)
    weighing = _Weighing(fact, mastery, place, grounds, bool(voices), bearing.standing)
    verdict, outlook = weighing.verdict(plans=False), weighing.verdict(plans=True)
    return Appraisal(
        claim=fact.id,
        subject=fact.subject,
        word=fact.object,
        mastery=mastery,
        place=place,
        aspect=aspect,
        claimant=fact.claimant,
        status=fact.status,
        verdict=verdict,
        outlook=outlook,
        reasons=tuple(weighing.reasons()) if verdict == "unproven" else (),
        against=weighing.on("against"),
        favour=weighing.on("for"),
        unknown=weighing.on("unknown"),
        voices=voices,
        decisive=weighing.decisive(verdict, plans=False),
        decisive_ahead=weighing.decisive(outlook, plans=True),
    )


@dataclass(frozen=True, slots=True)
class _Weighing:
    """What decides about one claim."""

    claim: Fact
    mastery: str
    place: str
    grounds: tuple[Ground, ...]
    disputed: bool
    standing: Standing

    @property
    def turned(self) -> bool:
        """Whether the claim says that mastery is lacking: what weighs against helps it."""
        return (self.mastery == "absent") != (self.claim.status == "denied")

    def on(self, side: Weight) -> tuple[Ground, ...]:
        return tuple(ground for ground in self.grounds if ground.weighs == side)

    def counting(self, side: Weight, *, plans: bool) -> tuple[Ground, ...]:
        """Give the grounds of one side that may decide."""
        statuses = ("stated", "planned") if plans else STATED
        return tuple(
            ground
            for ground in self.on(side)
            if not ground.weak and ground.status in statuses and self._credible(ground)
        )

    def verdict(self, *, plans: bool) -> Verdict:
        if not self.place or (self.claim.status in NOT_YET and not plans):
            return "unproven"
        found = verdict_on(
            self.mastery,
            against=bool(self.counting("against", plans=plans)),
            favour=bool(self.counting("for", plans=plans)),
            doubt=self._in_doubt(),
        )
        return _opposite(found) if self.claim.status == "denied" else found

    def decisive(self, verdict: Verdict, *, plans: bool) -> tuple[Ground, ...]:
        if verdict == "unproven":
            return self.grounds
        against = (verdict == "contradicted") != self.turned
        return self.counting("against" if against else "for", plans=plans)

    def reasons(self) -> Iterator[str]:
        """Say why nothing is proven today."""
        against, favour = self.on("against"), self.on("for")
        if not self.mastery:
            yield "word"
        if self.claim.status in NOT_YET:
            yield "plan"
        if self.disputed:
            yield "disputed"
        if not self.place:
            yield "no-place"
            return
        if against and not self.counting("against", plans=False):
            stated = [ground for ground in against if ground.status in STATED]
            weak = all(ground.weak for ground in stated)
            yield "not-stated" if not stated else "weak" if weak else "interested"
        if self.on("unknown"):
            yield "unknown-law"
        if not self.grounds:
            yield "nothing-known"
        elif not against and not self.counting("for", plans=False):
            said = any(ground.status in STATED and not ground.weak for ground in favour)
            yield "promotional" if said else "nothing-for"

    def _credible(self, ground: Ground) -> bool:
        """Whether what interested documents alone state is no more than they may prove."""
        helps = (ground.weighs == "for") != self.turned
        records = self.standing.records
        interested = [
            fact
            for fact in (self.standing.by_id[name] for name in ground.facts)
            if records.promotional_only(fact)
        ]
        own = set(self.claim.sources)
        return not interested or (not helps and all(own & set(f.sources) for f in interested))

    def _in_doubt(self) -> bool:
        against = self.mastery != "shared" and bool(self.on("against"))
        return self.disputed or against or bool(self.on("unknown"))


def _voices(claim: Fact, bearing: Bearing) -> tuple[str, ...]:
    """Find the facts by which others say the contrary: denials, words that deny, linked facts."""
    standing = bearing.standing
    place = place_of(claim)
    found = {
        other.id
        for other in standing.of("describedAs", claim.subject)
        if other.claimant != claim.claimant
        and place_of(other) in ("", place)
        and _contrary(claim, other, bearing)
    }
    linked = {*claim.contradicts, *(f.id for f in standing.facts if claim.id in f.contradicts)}
    return tuple(sorted(found | (linked & standing.by_id.keys())))


def _contrary(claim: Fact, other: Fact, bearing: Bearing) -> bool:
    """Whether one is held and the other denied, or one asserts mastery and the other its absence."""
    if {claim.status, other.status} == {"claimed", "denied"}:
        return claim.object == other.object
    if claim.status != "claimed" or other.status != "claimed":
        return False
    concepts = bearing.standing.schema.concepts
    asserted = {concepts[fact.object].mastery == "absent" for fact in (claim, other)}
    return len(asserted) == 2 and all(concepts[fact.object].mastery for fact in (claim, other))


def _opposite(verdict: Verdict) -> Verdict:
    if verdict == "unproven":
        return verdict
    return "supported" if verdict == "contradicted" else "contradicted"


def _facts_of(grounds: Iterable[Ground]) -> tuple[str, ...]:
    return tuple(sorted({fact for ground in grounds for fact in ground.facts}))


def _order(row: Appraisal) -> tuple[object, ...]:
    return (
        not row.mastery,
        row.verdict != "contradicted",
        row.outlook != "contradicted",
        VERDICTS.index(row.verdict),
        row.subject,
        row.word,
        row.status == "denied",
        row.claim,
    )
