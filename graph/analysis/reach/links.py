"""The facts of dependence, supply and control as links: two ends, and all that says the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from techsov.graph.analysis.law.jurisdictions import CONTROL
from techsov.graph.analysis.reach.grammar import Arcs
from techsov.graph.analysis.standing import Standing
from techsov.graph.records import Fact

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: From the one who needs, or is controlled, to the other; parallel facts are one link.
Pairs = Mapping[tuple[str, str], tuple[Fact, ...]]
#: From a tail to each head, and the facts that lead there.
Onward = Mapping[str, tuple[tuple[str, tuple[Fact, ...]], ...]]
#: By this relation an actor brings an item into the world; to operate it says nothing of that.
MAKING = "provides"


@dataclass(frozen=True, slots=True)
class Links:
    """Who depends on what, who supplies what and who controls whom, between ``names`` (sorted).

    ``depends`` runs from the dependent, ``supplied`` from the thing to its supplier, ``made``
    likewise to those who provide it only, ``controlled`` from below to above.
    """

    names: tuple[str, ...]
    places: Mapping[str, int]
    depends: Pairs
    supplied: Pairs
    made: Pairs
    controlled: Pairs

    @classmethod
    def of(cls, standing: Standing) -> "Links":
        """Read the links from the facts that stand; ``names`` are all entities of the records."""
        names = tuple(sorted(standing.records.entities))
        supplying = list(_supplying(standing))
        return cls(
            names=names,
            places={name: place for place, name in enumerate(names)},
            depends=_pairs((f.subject, f.object, f) for f in standing.all("dependsOn")),
            supplied=_pairs((f.object, f.subject, f) for f in supplying),
            made=_pairs((f.object, f.subject, f) for f in supplying if f.relation == MAKING),
            controlled=_pairs(_controlling(standing)),
        )

    def covered(self, layers: Collection[str]) -> Pairs:
        """Keep, of the dependences, the facts that name one of ``layers``."""
        within = {
            pair: tuple(f for f in facts if not _layers(f).isdisjoint(layers))
            for pair, facts in self.depends.items()
        }
        return {pair: facts for pair, facts in within.items() if facts}

    def arcs(self, pairs: Pairs) -> Arcs:
        """Give the numbers of the ends of the links, in their order."""
        import numpy as np

        places = [(self.places[tail], self.places[head]) for tail, head in pairs]
        both = np.array(places, np.int32).reshape(-1, 2)
        return Arcs(both[:, 0].copy(), both[:, 1].copy())

    def mask(self, entities: Iterable[str]) -> "NDArray[np.bool_]":
        """Mark ``entities`` among the names."""
        import numpy as np

        marked = np.zeros(len(self.names), np.bool_)
        marked[[self.places[name] for name in entities]] = True
        return marked


def leaving(pairs: Pairs) -> Onward:
    """Gather links by their tail."""
    found: defaultdict[str, list[tuple[str, tuple[Fact, ...]]]] = defaultdict(list)
    for (tail, head), facts in pairs.items():
        found[tail].append((head, facts))
    return {tail: tuple(heads) for tail, heads in found.items()}


def _supplying(standing: Standing) -> Iterator[Fact]:
    """Give the facts in which the object needs its supplier, the subject."""
    for relation in standing.schema.relations.values():
        if relation.dependent == "object":
            yield from standing.all(relation.id)


def _controlling(standing: Standing) -> Iterator[tuple[str, str, Fact]]:
    for relation, controlling in CONTROL.items():
        for fact in standing.all(relation):
            ends = (fact.object, fact.subject, fact)
            yield ends if controlling == "subject" else (fact.subject, fact.object, fact)


def _layers(fact: Fact) -> frozenset[str]:
    return frozenset(fact.qualifiers.get("layer", ()))


def _pairs(ends: Iterable[tuple[str, str, Fact]]) -> Pairs:
    """Gather the facts by their two ends, in the order of the ends."""
    found: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for tail, head, fact in ends:
        found[tail, head].append(fact)
    return {pair: tuple(found[pair]) for pair in sorted(found)}
