"""How concentrated shares are: exact where each is known, honest bounds where some are not.

What is known of firms without a share of their own is a :class:`Block`: their total, perhaps
their number, a floor and a cap. The bounds are those of the most even and of the most uneven
shares that agree with it. Shares are in per cent, and every sum is exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from math import ceil

from techsov.graph.errors import UndefinedMeasure

WHOLE = Fraction(100)
MOST = Fraction(75)
LARGEST = 3
#: The smallest firm of a leading block is tried down to where the others are so many.
FINENESS = 100

#: Limits in points of HHI, and whether the upper band begins at the limit or above it.
#: ``eu``: draft EU merger guidelines of 30 April 2026; ``us``: US Merger Guidelines 2023;
#: ``cbs``: Statistics Netherlands.
YARDSTICKS: dict[str, tuple[tuple[int, bool], ...]] = {
    "eu": ((1000, True), (2000, False)),
    "us": ((1800, False),),
    "cbs": ((1500, True), (2500, True)),
}


@dataclass(frozen=True, slots=True)
class Block:
    """Firms whose single shares are not known: ``total`` per cent together.

    ``firms`` is their number, None if unknown. Each has at least ``floor`` and at most ``cap``
    per cent, if given. A firm of a ``leading`` block, whose number must be known, is at least as
    large as any firm of a block that is not.
    """

    total: Fraction
    firms: int | None = None
    floor: Fraction = Fraction(0)
    cap: Fraction | None = None
    leading: bool = False

    @property
    def most(self) -> Fraction:
        """The most that one firm can have."""
        return self.total if self.cap is None else min(self.cap, self.total)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a figure can be; ``high`` is None where nothing bounds it."""

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Whether there is one value only."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Concentration:
    """``hhi`` in points from 0 to 10,000; ``largest`` the share of the three largest, per cent.

    ``equivalent`` is the number of equal firms with the same HHI, ``to_most`` the fewest firms
    that together reach 75 %.
    """

    hhi: Bounds
    equivalent: Bounds
    largest: Bounds
    to_most: Bounds


def by_firm(shares: Sequence[Fraction], blocks: Sequence[Block] = ()) -> Concentration:
    """Measure the concentration of a market over its firms.

    Parameters
    ----------
    shares : sequence of Fraction
        The shares that are known one by one, in per cent.
    blocks : sequence of Block
        All other firms of the market.

    Returns
    -------
    Concentration
        Exact if there is no block, or none whose firms can differ.

    Raises
    ------
    UndefinedMeasure
        If shares and blocks do not add up to 100, or nothing agrees with the blocks.

    Notes
    -----
    HHI is the sum of the squared shares [1]_. The least is that of equal firms in each block, or
    of ever smaller ones where their number is unknown; the most fills each block up with firms as
    large as allowed. Both orders hold for every figure at once, because the one split is
    majorised by every other and the other majorises all of them [2]_. Where a block leads, the
    smallest of its firms caps the others; the sum of squares is convex between the few sizes at
    which a further firm fits, so that these are tried.

    References
    ----------
    .. [1] A. O. Hirschman (1964), "The Paternity of an Index", American Economic Review 54(5),
       p. 761-762.
    .. [2] A. W. Marshall, I. Olkin, B. C. Arnold (2011), "Inequalities: Theory of Majorization
       and Its Applications", 2nd ed., ch. 1 and 5.

    Examples
    --------
    One firm has 60 %, and others, nobody knows how many, the rest: at least 60² = 3,600 points,
    at most 60² + 40² = 5,200. If none of them is larger than 15 %, 3,600 + 2 · 15² + 10².

    >>> found = by_firm([Fraction(60)], [Block(Fraction(40))])
    >>> int(found.hhi.low), int(found.hhi.high)
    (3600, 5200)
    >>> found = by_firm([Fraction(60)], [Block(Fraction(40), cap=Fraction(15))])
    >>> int(found.hhi.low), int(found.hhi.high)
    (3600, 4150)
    """
    total = sum(shares, Fraction(0)) + sum((block.total for block in blocks), Fraction(0))
    if total != WHOLE:
        raise UndefinedMeasure("concentration.not-whole", total=shown(total))
    held = [block for block in blocks if block.total]
    uneven = _uneven(shares, held)
    if not uneven.tried:
        raise UndefinedMeasure("concentration.impossible")
    return _measured([*shares, *(share for block in held for share in _even(block))], uneven)


def by_law(known: Iterable[Fraction], unknown: Fraction) -> Concentration:
    """Measure the concentration over the laws under which the suppliers stand.

    Parameters
    ----------
    known : iterable of Fraction
        What the suppliers under each law have together, in per cent, one number per law.
    unknown : Fraction
        What those have whose law is not known: they may all stand under the largest law, or each
        under another one.

    Raises
    ------
    UndefinedMeasure
        If it does not add up to 100.

    Examples
    --------
    70 % stand under one law, 15 % under another, and of 15 % the law is unknown: from
    70² + 15² = 5,125 to 85² + 15² = 7,450.

    >>> found = by_law([Fraction(70), Fraction(15)], Fraction(15))
    >>> int(found.hhi.low), int(found.hhi.high)
    (5125, 7450)
    """
    laws = sorted(known, reverse=True)
    total = sum(laws, unknown)
    if total != WHOLE:
        raise UndefinedMeasure("concentration.not-whole", total=shown(total))
    first = laws[0] if laws else Fraction(0)
    return _measured(laws, _Uneven([[first + unknown, *laws[1:]]]))


def band(hhi: Bounds, yardstick: str) -> int | None:
    """Place ``hhi`` on a yardstick: 0 below its first limit, and so on; None if that is open.

    >>> band(Bounds(Fraction(1641), Fraction(4422)), "eu") is None
    True
    >>> band(Bounds(Fraction(5125), Fraction(7450)), "eu")
    2
    """
    places = {_place(end, yardstick) for end in (hhi.low, hhi.high or hhi.low)}
    return places.pop() if len(places) == 1 else None


def shown(value: Fraction) -> str:
    """Write a share as a decimal: exactly, where two places are enough."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


Shares = Sequence[Fraction]


def _place(value: Fraction, yardstick: str) -> int:
    limits = YARDSTICKS[yardstick]
    return sum(value > limit or (value == limit and at) for limit, at in limits)


def _measured(even: Shares, uneven: "_Uneven") -> Concentration:
    """Read every figure off the most even shares, and off those that may be the most uneven."""
    low, high = _squares(even), max([*map(_squares, uneven.tried), *uneven.further])
    wide = [*uneven.tried, *uneven.wider]
    few = min((count for count in map(_to_most, wide) if count is not None), default=1)
    many = _to_most(even)
    return Concentration(
        hhi=Bounds(low, high),
        equivalent=Bounds(WHOLE**2 / high, WHOLE**2 / low if low else None),
        largest=Bounds(_largest(even), max(map(_largest, wide))),
        to_most=Bounds(Fraction(few), None if many is None else Fraction(many)),
    )


def _squares(shares: Shares) -> Fraction:
    return sum((share * share for share in shares), Fraction(0))


def _largest(shares: Shares) -> Fraction:
    return sum(sorted(shares, reverse=True)[:LARGEST], Fraction(0))


def _to_most(shares: Shares) -> int | None:
    """Count the fewest that reach 75 %; None, if the many small ones would be needed too."""
    sums = accumulate(sorted(shares, reverse=True))
    return next((count for count, held in enumerate(sums, 1) if held >= MOST), None)


@dataclass(frozen=True, slots=True)
class _Uneven:
    """The shares that were ``tried``, and what bounds those between: for HHI, for all else."""

    tried: Sequence[Shares]
    further: Sequence[Fraction] = ()
    wider: Sequence[Shares] = ()


def _joined(shares: Shares, parts: Iterable[Shares | None]) -> list[Fraction] | None:
    found = list(shares)
    for part in parts:
        if part is None:
            return None
        found += part
    return found


def _even(block: Block) -> list[Fraction]:
    """Split a block as evenly as its number of firms allows; countless tiny firms are left out."""
    firms = block.firms
    if firms is None:
        firms = int(block.total / block.floor) if block.floor else 0
    return [block.total / firms] * firms if firms else []


def _heaped(block: Block) -> list[Fraction] | None:
    """Split a block as unevenly as allowed: its floor to each, then up to the cap in turn.

    None if its limits contradict each other.
    """
    cap = block.most
    if not cap:
        return [] if block.firms is None else None
    firms = ceil(block.total / cap) if block.firms is None else block.firms
    if not firms * block.floor <= block.total <= firms * cap:
        return None
    room, left = cap - block.floor, block.total - firms * block.floor
    full = int(left / room) if room else firms
    partly = [block.floor + left - full * room] if full < firms else []
    return [cap] * full + partly + [block.floor] * (firms - full - 1)


def _uneven(shares: Shares, blocks: Sequence[Block]) -> _Uneven:
    leading = [block for block in blocks if block.leading]
    others = [block for block in blocks if not block.leading]
    if not leading:
        found = _joined(shares, map(_heaped, blocks))
        return _Uneven([] if found is None else [found])

    def led(smallest: Fraction) -> list[Fraction] | None:
        """Split the leading blocks where no firm of them is smaller."""
        above = (replace(block, floor=max(block.floor, smallest)) for block in leading)
        return _joined(shares, map(_heaped, above))

    def at(smallest: Fraction, cap: Fraction) -> list[Fraction] | None:
        below = (replace(block, cap=min(block.most, cap)) for block in others)
        above = led(smallest)
        return None if above is None else _joined(above, map(_heaped, below))

    high = min(block.total / (block.firms or 1) for block in leading)
    low = min(min(block.floor for block in leading), high)
    rest = sum((block.total for block in others), Fraction(0))
    near = min(high, max(low, rest / FINENESS))
    sizes = {low, near, high, *(size for block in blocks for size in _turns(block, near))}
    tried = [split for size in sorted(sizes) if low <= size <= high if (split := at(size, size))]
    wider = at(low, near) if low < near else None
    if wider is None:
        return _Uneven(tried)
    # Between the two, firms of at most m with R per cent together have squares of at most R · m.
    # With that for the others, HHI is bounded by a convex function of m: its ends are enough.
    further = [_squares(split) + rest * size for size in (low, near) if (split := led(size))]
    return _Uneven(tried, further, [wider])


def _turns(block: Block, near: Fraction) -> Iterable[Fraction]:
    """Give the sizes of the smallest leading firm at which one more firm of a block is full."""
    yield block.floor
    if block.leading:
        firms = block.firms or 1
        yield from ((block.total - full * block.most) / (firms - full) for full in range(firms))
        return
    yield block.most
    if not block.floor and block.firms is None:
        yield from (block.total / full for full in range(1, int(block.total / near) + 1))
        return
    most = block.firms or int(block.total / block.floor)
    for firms in [most] if block.firms else range(1, most + 1):
        left = block.total - firms * block.floor
        yield from (block.floor + left / full for full in range(1, firms + 1))
