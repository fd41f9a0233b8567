"""The smallest sets of candidates that together cover what is wanted: exact, all of them counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Covers:
    """The smallest covers: their ``size``, how ``many`` there are, and the first few by name.

    ``size`` and ``many`` are 0 and 1 where nothing is wanted: the empty set covers it.
    """

    size: int
    many: int
    shown: tuple[tuple[str, ...], ...]


def smallest_covers(candidates: Mapping[str, int], wanted: int, most: int = 5) -> Covers:
    """Find the smallest sets of candidates whose bits together hold those of ``wanted``.

    Parameters
    ----------
    candidates : mapping of str to int
        What each one covers, one bit each.
    wanted : int
        The bits to cover; every one must be covered by some candidate.
    most : int
        How many sets to show, the first in the order of their names.

    Raises
    ------
    ValueError
        If no candidate covers some wanted bit.

    Notes
    -----
    Set cover is NP-hard in general [1]_; over few bits it is small. Candidates that cover the same
    are taken together, and the number of ways to reach each union of bits with so many of them is
    counted, a kind at a time. In a smallest set each one is needed, so that no two are of a kind
    and each adds something to those before: nothing else is followed. Time is O(2^b s k) for b
    bits, sets of s, and k kinds of candidates.

    References
    ----------
    .. [1] R. M. Karp (1972), "Reducibility Among Combinatorial Problems", in: Complexity of
       Computer Computations, p. 85-103.

    Examples
    --------
    ``a`` and ``b`` each cover the first two of three bits, ``c`` the third, ``d`` the second.

    >>> smallest_covers({"a": 0b011, "b": 0b011, "c": 0b100, "d": 0b010}, 0b111)
    Covers(size=2, many=2, shown=(('a', 'c'), ('b', 'c')))
    """
    kinds = Counter(bits & wanted for bits in candidates.values() if bits & wanted)
    ways: dict[int, Counter[int]] = {0: Counter({0: 1})}
    for kind, alike in sorted(kinds.items()):
        reached = [(held, sizes.copy()) for held, sizes in ways.items() if held | kind != held]
        for held, sizes in reached:
            more = ways.setdefault(held | kind, Counter())
            for size, count in sizes.items():
                more[size + 1] += count * alike
    if wanted not in ways:
        raise ValueError(f"no candidate covers {wanted:b} whole")
    size = min(ways[wanted])
    least = _least(ways, wanted)
    named = sorted((name, bits & wanted) for name, bits in candidates.items() if bits & wanted)
    found = _in_order(named, wanted, size, least)
    shown = tuple(each for each, _ in zip(found, range(most), strict=False))
    return Covers(size, ways[wanted][size], shown)


def _least(ways: Mapping[int, Counter[int]], wanted: int) -> dict[int, int]:
    """Give, for each part of ``wanted``, how many candidates it takes at least."""
    fewest = {held: min(sizes) for held, sizes in ways.items()}
    parts = [wanted]
    while parts[-1]:
        parts.append((parts[-1] - 1) & wanted)  # every part, from the whole down to nothing
    return {
        part: min((size for held, size in fewest.items() if held & part == part), default=0)
        for part in parts
    }


def _in_order(
    named: list[tuple[str, int]], wanted: int, size: int, least: Mapping[int, int], start: int = 0
) -> Iterator[tuple[str, ...]]:
    """Give the sets of ``size`` that cover ``wanted``, in the order of their names."""
    if not wanted:
        yield ()
        return
    for place in range(start, len(named)):
        name, bits = named[place]
        rest = wanted & ~bits
        if rest != wanted and least[rest] < size:
            for others in _in_order(named, rest, size - 1, least, place + 1):
                yield (name, *others)
