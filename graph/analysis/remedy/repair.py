"""The smallest set of substitutions after which a ceiling rises, or a law reaches no more.

What stands in the way is shown by witnesses, each a chain of facts. To substitute a supplier is to
cut the link to it; a law, a seat or a control cannot be substituted by who depends on it, nor can
the supplier of somebody else's offering. The links to cut are a smallest hitting set of all
witnesses.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from techsov.graph.analysis.law.jurisdictions import Jurisdictions, Side
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import Standing
from techsov.graph.records import Fact

#: Who depends can choose another; who supplies a thing, only the thing itself can change.
DEPENDENCE, SUPPLY = "need", "supply"
#: So many links are searched exactly; of more, a small set is found greedily.
MOST_EXACT = 24
#: So many rounds of finding what still stands in the way.
MOST_ROUNDS = 100
#: So many others that could take a place are named.
NAMED = 5

Link = tuple[str, str]
Reason = Literal["spare", "alternative", "serves-others"]
#: In the order in which candidates are named.
REASONS: tuple[Reason, ...] = ("spare", "alternative", "serves-others")


@dataclass(frozen=True, slots=True)
class Witness:
    """What stands in the way, of a criterion or a law (``of``); to cut any one step clears it."""

    of: str
    hops: tuple[Hop, ...]


Obstacles = Callable[[Standing, str], Sequence[Witness]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might take a supplier's place. ``side`` says where its law is.

    ``because`` is ``spare`` (a source names it for this need), ``alternative`` (a source names
    it beside the supplier) or ``serves-others`` (others rely on it in a layer of the link).
    """

    entity: str
    because: Reason
    side: Side
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Substitution:
    """``tail`` must stop relying on ``head``. ``candidates`` may be empty: none is known."""

    tail: str
    head: str
    facts: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """What has to be substituted.

    ``blocked`` are witnesses in which nothing can be substituted: with any, there is no repair,
    and ``substitutions`` only clear the rest. ``exact`` says whether no smaller set would do.
    ``witnesses`` are all that stood in the way, in the order in which they were met.
    """

    substitutions: tuple[Substitution, ...]
    blocked: tuple[Witness, ...]
    witnesses: tuple[Witness, ...]
    exact: bool


def smallest_repair(
    standing: Standing,
    entity: str,
    obstacles: Obstacles,
    region: frozenset[str],
) -> Repair:
    """Find what to substitute so that ``obstacles`` finds nothing more.

    Parameters
    ----------
    standing : Standing
        The facts that stand.
    entity : str
        The id of what is to be repaired: its own supplier can be changed, too.
    obstacles : callable
        Gives what stands in the way of an entity on some facts. A witness must be gone when one
        of its links is cut. It is asked of candidates, too: one that has the same obstacle on the
        facts as they stand is not named.
    region : frozenset of str
        The jurisdictions under whose law a candidate is ``inside``.

    Notes
    -----
    Implicit hitting sets [1]_: cut a smallest set that hits every witness met so far, look what
    still stands in the way, and repeat. As each set is a smallest one for some of the witnesses,
    the first that leaves none is a smallest for all.

    References
    ----------
    .. [1] E. Moreno-Centeno, R. M. Karp (2013), "The Implicit Hitting Set Approach to Solve
       Combinatorial Optimization Problems", Operations Research 61(2), p. 453-468.
    """
    met: list[Witness] = []
    blocked: list[Witness] = []
    chosen: tuple[Link, ...] = ()
    exact = True
    facts: dict[Link, tuple[str, ...]] = {}
    depth: dict[Link, int] = {}
    for _ in range(MOST_ROUNDS):
        gone = {name for link in chosen for name in facts[link]}
        left = [each for each in obstacles(standing.without(gone), entity) if each not in blocked]
        new = [each for each in left if each not in met]
        if not new:
            break
        for witness in new:
            links = _links(witness, entity, standing)
            facts.update(links)
            for place, link in enumerate(links):
                depth[link] = min(place, depth.get(link, place))
            (met if links else blocked).append(witness)
        sets = [frozenset(_links(each, entity, standing)) for each in met]
        chosen, exact = smallest_hitting_set(sets, depth)
    search = _Search(standing, Jurisdictions(standing), region, obstacles)
    substitutions = tuple(
        Substitution(tail, head, facts[tail, head], search.candidates(tail, head))
        for tail, head in chosen
    )
    return Repair(substitutions, tuple(blocked), (*met, *blocked), exact)


def smallest_hitting_set(
    sets: Sequence[frozenset[Link]], depth: Mapping[Link, int] | None = None
) -> tuple[tuple[Link, ...], bool]:
    """Choose as few links as possible so that each set has one; and whether fewer would not do.

    Each set holds at least one link. Links of less ``depth`` go first, then by their names.

    >>> links = [("a", "x"), ("a", "y"), ("b", "x")]
    >>> smallest_hitting_set([frozenset(links[:2]), frozenset(links[1:])])
    ((('a', 'y'),), True)
    """
    links = {link for each in sets for link in each}
    place = {link: ((depth or {}).get(link, 0), link) for link in links}
    greedy = _greedy(sets, place)
    if len(links) > MOST_EXACT:
        return greedy, False
    for size in range(len(greedy) + 1):
        found = _of_size(size, sets, place)
        if found is not None:
            return tuple(sorted(found)), True
    return greedy, True


def _of_size(
    size: int, sets: Sequence[frozenset[Link]], place: Mapping[Link, tuple[int, Link]]
) -> tuple[Link, ...] | None:
    """Find the preferred choice of at most ``size`` links, or None."""
    if not sets:
        return ()
    if size == 0:
        return None
    smallest = min(sets, key=lambda each: (len(each), sorted(each)))
    for link in sorted(smallest, key=place.__getitem__):
        rest = _of_size(size - 1, [each for each in sets if link not in each], place)
        if rest is not None:
            return (link, *rest)
    return None


def _greedy(
    sets: Sequence[frozenset[Link]], place: Mapping[Link, tuple[int, Link]]
) -> tuple[Link, ...]:
    chosen: list[Link] = []
    left = list(sets)
    while left:
        counts: dict[Link, int] = {}
        for each in left:
            for link in each:
                counts[link] = counts.get(link, 0) + 1
        link = min(counts, key=lambda one: (-counts[one], place[one]))
        chosen.append(link)
        left = [each for each in left if link not in each]
    return tuple(sorted(chosen))


def _links(witness: Witness, entity: str, standing: Standing) -> dict[Link, tuple[str, ...]]:
    """Give the links of a witness that can be cut, in its order, each with all that makes it."""
    return {
        (hop.tail, hop.head): facts
        for hop in witness.hops
        if (facts := _making(hop, entity, standing))
    }


def _making(hop: Hop, entity: str, standing: Standing) -> tuple[str, ...]:
    """Give all facts by which ``hop.tail`` relies on ``hop.head``; none, if it is another tie."""
    relations = standing.schema.relations
    families = (DEPENDENCE, SUPPLY) if hop.tail == entity else (DEPENDENCE,)
    shown = [standing.by_id[name] for name in hop.facts if name in standing.by_id]
    if not shown or any(relations[fact.relation].family not in families for fact in shown):
        return ()
    found = {
        fact.id
        for relation in relations.values()
        if relation.family in families
        for fact in (*standing.of(relation.id, hop.tail), *standing.into(relation.id, hop.tail))
        if hop.head in (fact.subject, fact.object)
    }
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for those who might take a place."""

    standing: Standing
    law: Jurisdictions
    region: frozenset[str]
    obstacles: Obstacles

    def candidates(self, tail: str, head: str) -> tuple[Candidate, ...]:
        """Name who might take the place of ``head``, those inside the region first."""
        found: dict[str, Candidate] = {}
        for because, entity, fact in self._named(tail, head):
            if entity not in (tail, head) and entity not in found:
                found[entity] = Candidate(entity, because, self._side(entity), (fact.id,))
        ranked = sorted(
            (each for each in found.values() if self._fits(each)),
            key=lambda each: (each.side != "inside", REASONS.index(each.because), each.entity),
        )
        clear = (each for each in ranked if not self.obstacles(self.standing, each.entity))
        return tuple(islice(clear, NAMED))

    def _named(self, tail: str, head: str) -> Iterator[tuple[Reason, str, Fact]]:
        standing = self.standing
        layers = {
            layer
            for fact in standing.of("dependsOn", tail)
            if fact.object == head
            for layer in fact.qualifiers.get("layer", ())
        }
        for fact in standing.of("couldUse", tail):
            yield "spare", fact.object, fact
        for fact in standing.into("alternativeTo", head):
            yield "alternative", fact.subject, fact
        for fact in standing.all("dependsOn"):
            if layers & set(fact.qualifiers.get("layer", ())):
                yield "serves-others", fact.object, fact

    @staticmethod
    def _fits(candidate: Candidate) -> bool:
        """Whether a source names it for this, or its law at least is inside."""
        return candidate.because != "serves-others" or candidate.side == "inside"

    def _side(self, entity: str) -> Side:
        """Say where the law of an actor is, or that of all who supply a thing."""
        if self.standing.is_a(entity, "Actor"):
            return self.law.side(entity, self.region)
        suppliers = {
            fact.subject
            for relation in ("provides", "operates")
            for fact in self.standing.into(relation, entity)
        }
        sides = {self.law.side(supplier, self.region) for supplier in suppliers}
        if "outside" in sides:
            return "outside"
        return "inside" if sides == {"inside"} else "unknown"
