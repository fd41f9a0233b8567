"""Records many times as large as the real ones, with the same degrees: to measure speed on.

Nothing in them is true.
"""

import random
from collections.abc import Mapping
from dataclasses import replace

from techsov.graph.records import Fact, Records

Shifts = Mapping[tuple[str, str], int]


def synthetic_records(records: Records, factor: int, seed: int) -> Records:
    """Copy ``records`` ``factor`` times, and tie the copies together at random.

    Parameters
    ----------
    records : Records
        The real ones.
    factor : int
        How many copies of each entity, source, passage and fact; at least 1.
    seed : int
        The same seed gives the same records.

    Returns
    -------
    Records
        Copy 0 keeps its ids, so that real names are still found; copy 7 of ``x`` is
        ``x-copy-7``. The subject of copy 7 of a fact is copy 7 of its subject, and its object
        some copy of its object. Concepts, qualifiers and texts are those of the original.

    Raises
    ------
    ValueError
        If ``factor`` is below 1.

    Notes
    -----
    A random lift [1]_, of the cyclic kind: for each two entities that a fact joins, a random
    shift says which copy of the one goes with which copy of the other. Every copy of an entity
    has therefore exactly the degrees of the original, by relation, status and neighbour; no fact
    becomes a loop, no two coincide, and each joins the classes that it joined. What grows is the
    number of nodes and of those that a chain can reach, not the largest degree. Time is linear.

    References
    ----------
    .. [1] A. Amit, N. Linial (2002), "Random Graph Coverings I: General Theory and Graph
       Connectivity", Combinatorica 22(1), p. 1-18.
    """
    if factor < 1:
        raise ValueError(f"factor must be at least 1, not {factor}")
    shifts = _shifts(records, factor, random.Random(seed))
    parts = [_copy(records, copy, factor, shifts) for copy in range(factor)]
    return Records(
        entities={name: entity for part in parts for name, entity in part.entities.items()},
        sources={name: source for part in parts for name, source in part.sources.items()},
        passages={name: passage for part in parts for name, passage in part.passages.items()},
        facts=tuple(sorted((f for part in parts for f in part.facts), key=lambda f: f.id)),
    )


def _shifts(records: Records, factor: int, chance: random.Random) -> Shifts:
    """Draw, for two entities that a fact joins, how far apart the copies are that belong together.

    The reverse pair has the opposite shift, so that facts both ways stay between the same copies.
    """
    shifts: dict[tuple[str, str], int] = {}
    for fact in records.facts:
        if fact.object in records.entities:
            shift = chance.randrange(factor)
            shifts[fact.object, fact.subject] = -shift
            shifts[fact.subject, fact.object] = shift
    return shifts


def _copy(records: Records, copy: int, factor: int, shifts: Shifts) -> Records:
    entities = [replace(each, id=_named(each.id, copy)) for each in records.entities.values()]
    sources = [replace(each, id=_named(each.id, copy)) for each in records.sources.values()]
    passages = [
        replace(each, source=_named(each.source, copy)) for each in records.passages.values()
    ]
    return Records(
        entities={each.id: each for each in entities},
        sources={each.id: each for each in sources},
        passages={each.id: each for each in passages},
        facts=tuple(_copied(fact, copy, factor, shifts) for fact in records.facts),
    )


def _copied(fact: Fact, copy: int, factor: int, shifts: Shifts) -> Fact:
    shift = shifts.get((fact.subject, fact.object))
    return replace(
        fact,
        id=_named(fact.id, copy),
        subject=_named(fact.subject, copy),
        object=fact.object if shift is None else _named(fact.object, (copy + shift) % factor),
        claimant=_named(fact.claimant, copy),
        evidence=tuple(
            replace(
                each,
                source=_named(each.source, copy),
                cited_source=_named(each.cited_source, copy),
            )
            for each in fact.evidence
        ),
        contradicts=tuple(_named(each, copy) for each in fact.contradicts),
        supersedes=tuple(_named(each, copy) for each in fact.supersedes),
    )


def _named(name: str, copy: int) -> str:
    return f"{name}-copy-{copy}" if name and copy else name
