"""Bounds of concentration against every split that there is, on a coarse grid."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.markets.concentration import Block, Concentration, by_firm, by_law
from techsov.graph.errors import UndefinedMeasure

#: Shares are multiples of this: a market of ten pieces.
UNIT = 10
PIECES = 100 // UNIT


def splits(total: int, firms: int | None, floor: int, cap: int) -> Iterator[tuple[int, ...]]:
    """Every way to split ``total`` pieces among firms, in falling order."""
    if firms == 0 or not total:
        if not total and (not firms or floor == 0):
            yield (0,) * (firms or 0)
        return
    for first in range(min(total, cap), -1 if firms else 0, -1):
        if first >= floor:
            left = None if firms is None else firms - 1
            for others in splits(total - first, left, floor, first):
                yield (first, *others)


def measured(shares: Sequence[int]) -> tuple[int, int, int]:
    """HHI, the three largest and how many reach 75 %, counted plainly."""
    falling = sorted((share * UNIT for share in shares), reverse=True)
    reached = next(n for n in range(1, len(falling) + 1) if sum(falling[:n]) >= 75)
    return sum(share**2 for share in falling), sum(falling[:3]), reached


@st.composite
def markets(draw: st.DrawFn, leading: bool = False) -> tuple[list[int], list[Block]]:
    """Single shares and up to three blocks, ten pieces in all."""
    left = PIECES
    shares = []
    for _ in range(draw(st.integers(0, 2))):
        share = draw(st.integers(1, max(left - 1, 1)))
        shares.append(share)
        left -= share
    assume(left >= 0)
    blocks = []
    for number in range(draw(st.integers(1 if leading else 0, 2)) + 1):
        leads = leading and number == 0
        assume(left or not leads)
        total = left if number == 2 else draw(st.integers(int(leads), left))
        left -= total
        firms = draw(st.integers(1, 4) if leads else st.none() | st.integers(1, 4))
        floor = draw(st.integers(0, 2)) if draw(st.booleans()) else 0
        cap = draw(st.none() | st.integers(1, PIECES))
        blocks.append(
            Block(
                Fraction(total * UNIT),
                firms,
                Fraction(floor * UNIT),
                None if cap is None else Fraction(cap * UNIT),
                leads,
            )
        )
    if left:
        blocks.append(Block(Fraction(left * UNIT)))
    return shares, blocks


def pieces(value: Fraction) -> int:
    return int(value / UNIT)


def on_the_grid(shares: list[int], blocks: list[Block]) -> list[tuple[int, ...]]:
    """Every split of every block, together, that agrees with who leads."""
    held = [block for block in blocks if block.total]
    ways = product(
        *(
            splits(pieces(block.total), block.firms, pieces(block.floor), pieces(block.most))
            for block in held
        )
    )
    found = []
    for way in ways:
        led = [min(part) for part, block in zip(way, held, strict=True) if block.leading]
        others = [
            max(part, default=0) for part, block in zip(way, held, strict=True) if not block.leading
        ]
        if not led or max(others, default=0) <= min(led):
            found.append((*shares, *(share for part in way for share in part)))
    return found


def within(found: Concentration, shares: Sequence[int]) -> bool:
    pairs = zip((found.hhi, found.largest, found.to_most), measured(shares), strict=True)
    return all(
        bounds.low <= value and (bounds.high is None or value <= bounds.high)
        for bounds, value in pairs
    )


@settings(max_examples=400)
@given(markets())
def test_every_split_is_within_the_bounds_and_the_upper_one_is_reached(
    market: tuple[list[int], list[Block]],
) -> None:
    shares, blocks = market
    every = on_the_grid(shares, blocks)
    singles = [Fraction(share * UNIT) for share in shares]
    if not every:
        with pytest.raises(UndefinedMeasure):
            by_firm(singles, blocks)
        return
    found = by_firm(singles, blocks)
    assert all(within(found, split) for split in every)
    values = [measured(split) for split in every]
    assert found.hhi.high == max(hhi for hhi, _, _ in values)
    assert found.largest.high == max(largest for _, largest, _ in values)
    assert found.to_most.low == min(count for _, _, count in values)


@settings(max_examples=150)
@given(markets(leading=True))
def test_every_split_in_which_those_lead_who_should_is_within_the_bounds(
    market: tuple[list[int], list[Block]],
) -> None:
    shares, blocks = market
    singles = [Fraction(share * UNIT) for share in shares]
    every = on_the_grid(shares, blocks)
    assume(every)
    found = by_firm(singles, blocks)
    assert all(within(found, split) for split in every)


def heaped(total: float, firms: int | None, floor: float, cap: float) -> float | None:
    """The most that squares can sum to: as many at the cap as fit, one between, others below."""
    if firms is None:
        full = int(total / cap) if cap else 0
        return full * cap**2 + (total - full * cap) ** 2 if cap else 0.0
    if firms * floor > total + 1e-9 or firms * cap < total - 1e-9:
        return None
    left, room = total - firms * floor, cap - floor
    full = min(firms, int(left / room + 1e-9)) if room > 1e-9 else firms
    between = (floor + left - full * room) ** 2 if full < firms else 0.0
    return full * cap**2 + between + max(firms - full - 1, 0) * floor**2


STEPS = 2000


@settings(max_examples=100)
@given(markets(leading=True))
def test_the_bound_where_some_lead_is_that_of_a_fine_search(
    market: tuple[list[int], list[Block]],
) -> None:
    shares, (leader, *others) = market
    # Floors of those who do not lead are left to the test above.
    others = [Block(each.total, each.firms, Fraction(0), each.cap) for each in others]
    try:
        found = by_firm([Fraction(share * UNIT) for share in shares], [leader, *others])
    except UndefinedMeasure:
        return
    most, firms = float(leader.total), leader.firms or 1
    low, high = float(leader.floor), most / firms
    best = 0.0
    for step in range(STEPS + 1):
        smallest = low + (high - low) * step / STEPS
        parts = [heaped(most, firms, max(low, smallest), float(leader.most))]
        for each in (each for each in others if each.total):
            total, cap = float(each.total), min(float(each.most), smallest)
            parts.append(heaped(total, each.firms, 0, cap))
        if None not in parts:
            best = max(best, sum(part for part in parts if part is not None))
    best += sum((share * UNIT) ** 2 for share in shares)
    # From one step to the next the smallest leader moves by 0.05 at most.
    assert found.hhi.high is not None
    assert best - 1e-6 <= float(found.hhi.high) <= best + 10


@given(st.lists(st.integers(1, 3), max_size=4).filter(lambda known: sum(known) <= PIECES))
def test_every_way_to_give_the_unknown_a_law_is_within_the_bounds(known: list[int]) -> None:
    unknown = PIECES - sum(known)
    found = by_law([Fraction(share * UNIT) for share in known], Fraction(unknown * UNIT))
    highest = 0
    for split in splits(unknown, None, 0, PIECES):  # of the unknown, by law
        for joined in product(range(len(known) + 1), repeat=min(len(split), 3)):
            laws = [*known, *split[len(joined) :]]
            for place, share in zip(joined, split, strict=False):
                if place < len(known):
                    laws[place] += share
                else:
                    laws.append(share)
            assert within(found, laws)
            highest = max(highest, measured(laws)[0])
    assert found.hhi.high == highest
