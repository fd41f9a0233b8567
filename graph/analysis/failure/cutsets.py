"""Minimal cut sets: every single removal that takes an entity down, and every pair.

The term is of fault-tree analysis [1]_: a cut set of a top event is a set of failures that
together bring it about, minimal if no smaller one in it does. Here the event is that an entity is
lost or impaired, and the failures are removals of one entity each.

References
----------
.. [1] W. E. Vesely et al. (1981), "Fault Tree Handbook", NUREG-0492, U.S. Nuclear Regulatory
   Commission, chapter VII.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from techsov.graph.analysis.failure.circuit import Circuit

#: So many removals are followed at once, a bit each.
BITS_AT_ONCE = 8192
#: Pairs are looked for among so many removals at most.
MOST_PARTNERS = 400

#: The gates of one node: for each, the numbers of its options and how many may be down.
NumberedGates = Sequence[tuple[tuple[int, ...], int]]


@dataclass(frozen=True, slots=True)
class Wires:
    """The gates by number, in an order in which each node comes after its options.

    ``gates`` are by node. A run of ``order`` that has several nodes is a circle: they need each
    other, and it has to be repeated.
    """

    order: tuple[tuple[int, ...], ...]
    gates: Sequence[NumberedGates]
    passes: Sequence[bool]


def wires(circuit: Circuit) -> Wires:
    """Give the gates of a circuit by number."""
    gates: list[list[tuple[tuple[int, ...], int]]] = [[] for _ in circuit.nodes]
    for gate in circuit.gates:
        options = tuple(circuit.number[option.node] for option in gate.usable)
        gates[circuit.number[gate.need.dependent]].append((options, gate.slack))
    return wired(gates, [node not in circuit.actors for node in circuit.nodes])


def wired(gates: Sequence[NumberedGates], passes: Sequence[bool]) -> Wires:
    """Put numbered gates into order: strong components, options before what needs them."""
    import rustworkx as rx

    core: rx.PyDiGraph[None, None] = rx.PyDiGraph()
    core.add_nodes_from([None] * len(gates))
    core.add_edges_from_no_data(
        [
            (node, option)
            for node, each in enumerate(gates)
            for options, _ in each
            for option in options
        ]
    )
    # Tarjan's order: a component comes after those that it leads to.
    order = tuple(tuple(sorted(part)) for part in rx.strongly_connected_components(core))
    return Wires(order, gates, passes)


def single_removals(
    wiring: Wires, removals: Sequence[int], down: int = -1
) -> Iterator[tuple[Sequence[int], list[int]]]:
    """Find, for every node at once, which single removals stop it.

    Parameters
    ----------
    wiring : Wires
        The gates by number.
    removals : sequence of int
        The nodes that are removed, one at a time.
    down : int
        A node that is gone in any case; none, if negative.

    Yields
    ------
    (block, stopped) : (sequence of int, list of int)
        A run of ``removals``, and for each node the set of those in the run whose removal makes
        one of its gates fail: bit ``i`` stands for ``block[i]``. A node's own removal is not in
        its set unless it takes it down through others.

    Notes
    -----
    Let ``L(v)`` be the removals that leave ``v`` gone: its own, and, if it passes failures on,
    those that make one of its gates fail. A gate with ``s`` options to spare fails where more
    than ``s`` of their sets agree, which for one option, or for ``n`` of which one is enough, is
    their intersection. The least solution is reached by going through the strong components,
    options first, and repeating inside a component until nothing changes. Time is
    O(options * removals / 64) words, memory nodes * ``BITS_AT_ONCE`` bits.
    """
    for start in range(0, len(removals), BITS_AT_ONCE):
        block = removals[start : start + BITS_AT_ONCE]
        gone = [0] * len(wiring.gates)
        for bit, node in enumerate(block):
            gone[node] |= 1 << bit
        if down >= 0:
            gone[down] = (1 << len(block)) - 1
        stopped = [0] * len(wiring.gates)
        for run in wiring.order:
            while _advance(run, wiring, gone, stopped) and len(run) > 1:
                pass
        yield block, stopped


def _advance(run: Sequence[int], wiring: Wires, gone: list[int], stopped: list[int]) -> bool:
    """Bring the nodes of one component up to date; whether anything changed."""
    changed = False
    for node in run:
        failing = stopped[node]
        for options, slack in wiring.gates[node]:
            failing |= at_least([gone[option] for option in options], slack + 1)
        if failing != stopped[node]:
            stopped[node] = failing
            if wiring.passes[node] and gone[node] | failing != gone[node]:
                gone[node] |= failing
                changed = True
    return changed


def at_least(sets: Sequence[int], wanted: int) -> int:
    """Give the bits that are set in at least ``wanted`` of ``sets``; ``wanted`` is 1 or more.

    >>> [bin(at_least([0b110, 0b011, 0b010], wanted)) for wanted in (1, 2, 3)]
    ['0b111', '0b10', '0b10']
    """
    if wanted == 1:
        found = 0
        for each in sets:
            found |= each
        return found
    if wanted == len(sets):
        found = sets[0]
        for each in sets[1:]:
            found &= each
        return found
    counted = [0] * wanted  # bit planes: set in at least 1, 2 ... of those seen so far
    for each in sets:
        for level in range(wanted - 1, 0, -1):
            counted[level] |= counted[level - 1] & each
        counted[0] |= each
    return counted[-1]


def bits(number: int) -> Iterator[int]:
    """Give the places of the bits that are set, lowest first.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def single_points(circuit: Circuit) -> dict[str, tuple[str, ...]]:
    """Give for each entity the others whose removal alone takes it down, sorted.

    An entity that no single removal takes down is absent. Whether it is then lost or impaired
    depends on whether it is an actor: see :meth:`Outcome.state`.
    """
    wiring = wires(circuit)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for block, stopped in single_removals(wiring, _options(circuit)):
        for node, failing in enumerate(stopped):
            found[node] += [block[bit] for bit in bits(failing) if block[bit] != node]
    return {
        circuit.nodes[node]: tuple(circuit.nodes[other] for other in sorted(others))
        for node, others in sorted(found.items())
        if others
    }


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of removals that together take an entity down, where neither does alone.

    ``of`` maps an entity to its pairs, each sorted. ``tried`` of ``candidates`` removals were
    tried as the first of a pair: if fewer, there may be pairs that are not listed.
    """

    of: dict[str, tuple[tuple[str, str], ...]]
    tried: int
    candidates: int


def paired_points(circuit: Circuit, limit: int = MOST_PARTNERS) -> Pairs:
    """Find the minimal cut sets of two, the first of them among ``limit`` candidates.

    Only what takes down an option of a need that has another one can be half of a pair: those
    are tried first to last by their id.
    """
    wiring, options = wires(circuit), _options(circuit)
    alone: list[set[int]] = [set() for _ in circuit.nodes]
    candidates: set[int] = set()
    for block, stopped in single_removals(wiring, options):
        for node, failing in enumerate(stopped):
            alone[node].update(block[bit] for bit in bits(failing))
    for node, gates in enumerate(wiring.gates):
        for choices, slack in gates:
            if slack:
                for option in choices:
                    passed = alone[option] if wiring.passes[option] else set()
                    candidates |= {option, *passed} - {node}
    tried = sorted(candidates)[:limit]
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for first in tried:
        # Without ``first``, bits of its own run are all set: what it stops alone is no pair.
        for block, stopped in single_removals(wiring, options, first):
            for node, failing in enumerate(stopped):
                if failing and first != node and first not in alone[node]:
                    for bit in bits(failing):
                        other = block[bit]
                        if other not in alone[node] and other not in (node, first):
                            found[circuit.nodes[node]].add(_pair(circuit, first, other))
    pairs = {node: tuple(sorted(each)) for node, each in sorted(found.items())}
    return Pairs(pairs, len(tried), len(candidates))


def _pair(circuit: Circuit, one: int, other: int) -> tuple[str, str]:
    low, high = sorted((one, other))
    return circuit.nodes[low], circuit.nodes[high]


def _options(circuit: Circuit) -> list[int]:
    """Give the nodes that are an option of something: the removal of another stops nothing."""
    return sorted({circuit.number[option.node] for gate in circuit.gates for option in gate.usable})


def victims(single: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Turn :func:`single_points` round: by supplier, what its removal alone takes down, sorted.

    >>> victims({"cloud": ("chip", "firm"), "grid": ("chip",)})
    {'chip': ('cloud', 'grid'), 'firm': ('cloud',)}
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entity, points in single.items():
        for point in points:
            found[point].append(entity)
    return {point: tuple(sorted(found[point])) for point in sorted(found)}


def counted_by_removal(wiring: Wires, removals: Sequence[int]) -> list[int]:
    """Count, for each of ``removals``, the other nodes that it stops, in one block at a time."""
    import numpy as np

    counts: list[int] = []
    for block, stopped in single_removals(wiring, removals):
        width = -(-len(block) // 8)
        totals = np.zeros(width * 8, dtype=np.int64)
        for part in _parts([failing for failing in stopped if failing]):
            rows = b"".join(failing.to_bytes(width, "little") for failing in part)
            table = np.frombuffer(rows, dtype=np.uint8).reshape(-1, width)
            totals += np.unpackbits(table, axis=1, bitorder="little").sum(axis=0, dtype=np.int64)
        own = [stopped[node] >> bit & 1 for bit, node in enumerate(block)]
        counts += (totals[: len(block)] - np.array(own)).tolist()
    return counts


def _parts(sets: Sequence[int]) -> Iterable[Sequence[int]]:
    return (sets[start : start + 1024] for start in range(0, len(sets), 1024))
