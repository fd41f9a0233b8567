"""The arithmetic of the EU Cloud Sovereignty Framework on incomplete answers: a gate and a rank.

The two are never mixed. The **SEAL** is a minimum: no good answer makes up for a bad one. While
answers are missing it is a ceiling, which can only fall as they come in. The **score** is a
weighted sum, and while answers are missing an interval.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from techsov.graph.facts.frameworks import HIGHEST_SEAL, WHOLE, Criterion, Framework, Profile

#: An assessor has answered; the graph allows at most a rung; nothing is known; there is no such
#: thing to assess. Only the third and the second leave the question open.
State = Literal["answered", "capped", "unanswered", "not-applicable"]
OPEN: frozenset[State] = frozenset({"capped", "unanswered"})


@dataclass(frozen=True, slots=True)
class Position:
    """Where a thing stands on one ladder. ``rung`` counts from 1, the worst.

    It is the answer where ``state`` is ``answered``, the highest rung still allowed where it is
    ``capped``, and 0 otherwise.
    """

    criterion: str
    state: State
    rung: int = 0


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest SEAL still possible, 0 to 4; ``by`` are the criteria that hold it there.

    ``movable`` counts the criteria that can move a SEAL at all, ``unanswered`` those of them
    whose answer is open: a ceiling without its count of open answers says too much.
    """

    seal: int
    by: tuple[str, ...]
    movable: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 100 by one profile.

    ``low`` gives every open answer no point, ``high`` the best rung still allowed. ``answered``
    counts the answers alone, None where there is none; ``covered`` is the share of the weight
    that they stand for, in per cent.
    """

    low: Decimal
    high: Decimal
    answered: Decimal | None
    covered: Decimal


Positions = Mapping[str, Position]
Placed = tuple[Criterion, Position]


def ceiling(
    framework: Framework, positions: Positions, *, relaxed: bool = False, objective: str = ""
) -> Ceiling:
    """Find the highest SEAL that the answers and caps still allow.

    Parameters
    ----------
    framework : Framework
        The ladders.
    positions : Positions
        By criterion; what is not in it is unanswered.
    relaxed : bool
        Whether the criteria that the guidance lets rank without gating are left out.
    objective : str
        Only the criteria of this objective, such as ``sov-2``; all of them if empty.

    Returns
    -------
    Ceiling
        SEAL 4, held by nothing, where nothing is known.

    Notes
    -----
    The minimum over answered and capped criteria [1]_. Answering an open criterion never raises
    it. A criterion that does not apply leaves it alone.

    References
    ----------
    .. [1] European Commission (2025), Cloud Sovereignty Framework 1.2.1; transcription in
       ``data/frameworks/``, see ``data/README.md``.

    Examples
    --------
    Two criteria of four SEAL rungs each; the graph allows at most rung 2 of the first.

    >>> from techsov.graph.facts.frameworks import Rung
    >>> rungs = tuple(Rung(Decimal(10 * seal), seal) for seal in (0, 2, 3, 4))
    >>> a, b = (Criterion(name, "sov-1", False, "direct", "contract", rungs) for name in "ab")
    >>> ladders = Framework({"a": a, "b": b}, {})
    >>> ceiling(ladders, {"a": Position("a", "capped", 2)})
    Ceiling(seal=2, by=('a',), movable=2, unanswered=2)
    >>> ceiling(ladders, {"a": Position("a", "capped", 2), "b": Position("b", "answered", 1)})
    Ceiling(seal=0, by=('b',), movable=2, unanswered=1)
    """
    gating = [
        criterion
        for criterion in framework.criteria.values()
        if objective in ("", criterion.objective) and not (relaxed and criterion.relaxed)
    ]
    movable = [criterion for criterion in gating if not criterion.inert]
    seals = {
        criterion.id: criterion.at(position.rung).seal
        for criterion in gating
        if (position := _position(criterion, positions)).rung
    }
    lowest = min(seals.values(), default=HIGHEST_SEAL)
    return Ceiling(
        seal=lowest,
        by=tuple(name for name, seal in seals.items() if seal == lowest < HIGHEST_SEAL),
        movable=len(movable),
        unanswered=sum(_position(each, positions).state in OPEN for each in movable),
    )


def score(
    framework: Framework, profile: Profile, positions: Positions, *, nominal: bool = False
) -> Score:
    """Weigh the points of the answers, and bound what the open ones may bring.

    Parameters
    ----------
    framework : Framework
        The ladders.
    profile : Profile
        The weights, in per cent by objective.
    positions : Positions
        By criterion; what is not in it is unanswered.
    nominal : bool
        Whether to divide by the nominal maximum of an objective, as the official calculator does,
        instead of by what its criteria can bring. A perfect answer then gives a little over 100.

    Returns
    -------
    Score

    Notes
    -----
    For objectives o of weight w: 100 Σ w(o) p(o) / a(o) / Σ w(o), with p the points obtained and
    a those attainable, over the criteria that apply; ``answered`` sums over answered ones alone.
    With ``nominal``, Σ w(o) p(o) / nominal. Unlike a SEAL, a score may move both ways.

    Examples
    --------
    One objective, two criteria of 30 points at best: one answered with 10, of the other at most
    20 are possible.

    >>> from techsov.graph.facts.frameworks import Rung
    >>> from techsov.graph.records import PartialDate
    >>> rungs = tuple(Rung(Decimal(points), 4) for points in (0, 10, 20, 30))
    >>> a, b = (Criterion(name, "sov-1", False, "direct", "contract", rungs) for name in "ab")
    >>> weights = {"sov-1": Decimal(100)}
    >>> profile = Profile("p", PartialDate("2026"), Decimal(50), "", "", weights, ())
    >>> positions = {"a": Position("a", "answered", 2), "b": Position("b", "capped", 3)}
    >>> found = score(Framework({"a": a, "b": b}, {}), profile, positions)
    >>> [round(value, 1) for value in (found.low, found.high, found.answered, found.covered)]
    [Decimal('16.7'), Decimal('50.0'), Decimal('33.3'), Decimal('50.0')]
    >>> score(Framework({"a": a, "b": b}, {}), profile, positions, nominal=True).answered
    Decimal('20')
    """
    placed = [(each, _position(each, positions)) for each in framework.criteria.values()]
    applying = [one for one in placed if one[1].state != "not-applicable"]
    answered = [one for one in applying if one[1].state == "answered"]

    def weighed(of: Mapping[str, Decimal], over: Iterable[Placed]) -> Decimal | None:
        return _weighed(of, _sums(over, _best), profile, nominal)

    low = weighed(_sums(applying, _least), applying)
    high = weighed(_sums(applying, _most), applying)
    alone = weighed(_sums(answered, _least), answered)
    covered = _weighed(_sums(answered, _best), _sums(applying, _best), profile, False)
    return Score(low or Decimal(0), high or Decimal(0), alone, covered or Decimal(0))


def _position(criterion: Criterion, positions: Positions) -> Position:
    return positions.get(criterion.id) or Position(criterion.id, "unanswered")


def _least(criterion: Criterion, position: Position) -> Decimal:
    known = position.state == "answered"
    return criterion.at(position.rung).points if known else Decimal(0)


def _most(criterion: Criterion, position: Position) -> Decimal:
    return criterion.at(position.rung).points if position.rung else criterion.best


def _best(criterion: Criterion, position: Position) -> Decimal:
    return criterion.best


def _sums(
    placed: Iterable[Placed], points: Callable[[Criterion, Position], Decimal]
) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for criterion, position in placed:
        before = sums.get(criterion.objective, Decimal(0))
        sums[criterion.objective] = before + points(criterion, position)
    return sums


def _weighed(
    obtained: Mapping[str, Decimal],
    attainable: Mapping[str, Decimal],
    profile: Profile,
    nominal: bool,
) -> Decimal | None:
    """Sum by objective; None where there is nothing to attain."""
    if not attainable:
        return None
    weights = {objective: profile.weights[objective] for objective in attainable}
    if nominal:
        parts = (weights[each] * obtained.get(each, Decimal(0)) for each in weights)
        return sum(parts, Decimal(0)) / profile.nominal
    shares = (weights[each] * obtained.get(each, Decimal(0)) / attainable[each] for each in weights)
    return WHOLE * sum(shares, Decimal(0)) / sum(weights.values(), Decimal(0))
