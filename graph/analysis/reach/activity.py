"""In which layers an entity is active, and what shows it.

A law that covers the cloud reaches nobody who only makes chips. The facts show that an entity is
active in a layer where somebody depends on it there, or could, or where it holds a certificate
that is said to cover the layer (to read it between the lines is not enough). From there:

- an actor is active where what it supplies is, and where those are whom it controls;
- an offering of which the facts show no layer is taken to be active where its suppliers are.

Of the rest nothing is known, which does not say that they are active nowhere.
"""

from collections import defaultdict, deque
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.instruments import best
from techsov.graph.analysis.reach.links import Links
from techsov.graph.analysis.standing import Standing
from techsov.graph.records import Fact

#: Facts by which somebody takes something from the object, in the layers they name.
TAKING = ("dependsOn", "couldUse")
#: What is only read between the lines has no more confidence than this.
BETWEEN_THE_LINES = Decimal("0.5")


class Activity:
    """The layers in which the standing facts, and the links they make, show entities active.

    ``wider`` are the facts by which the layers of an offering count as known, all or more than
    those that stand; without it, the same.
    """

    def __init__(self, standing: Standing, links: Links, wider: "Activity | None" = None) -> None:
        self.standing = standing
        self.links = links
        self._wider = wider or self

    def active_in(self, layers: frozenset[str]) -> frozenset[str]:
        """Give the entities that are active in one of ``layers``."""
        found = {name for name, own in self._own.items() if not layers.isdisjoint(own)}
        queue = deque(found)
        while queue:
            for other in self._taken_by.get(queue.popleft(), ()):
                if other not in found:
                    found.add(other)
                    queue.append(other)
        return frozenset(found)

    def layers(self, entity: str) -> frozenset[str]:
        """Give every layer in which ``entity`` is active; none, if nothing is known."""
        return frozenset(
            layer for name in self._sources(entity) for layer in self._own.get(name, ())
        )

    def shown_by(self, entity: str, layers: frozenset[str]) -> tuple[tuple[Hop, ...], str]:
        """Give the nearest facts that show ``entity`` to be active in one of ``layers``.

        Returns
        -------
        tuple of Hop, str
            The steps from ``entity`` to what it supplies, controls or is supplied by, then the
            one that shows the layer; and the layer. The facts of each step are the firmest and
            most direct ones. Ties go by id.

        Raises
        ------
        KeyError
            If the facts show no activity in these layers.
        """
        ways = self._sources(entity)
        nearest = next((n for n in ways if not layers.isdisjoint(self._own.get(n, ()))), None)
        if nearest is None:
            raise KeyError(entity)
        shown = self._own[nearest]
        facts = best(fact for layer in layers & shown.keys() for fact in shown[layer])
        layer = min(each for each in layers & shown.keys() if facts[0] in shown[each])
        return (*ways[nearest], *self._showing(facts[0], layer)), layer

    def _showing(self, fact: Fact, layer: str) -> tuple[Hop, ...]:
        """Give the steps that one fact makes: who takes, or what is certified and what for."""
        first = hop(fact.subject, fact.object, (fact,))
        if fact.relation in TAKING:
            return (first,)
        covers = self._covered(fact.object)
        concept = f"layer-{layer}"
        return (
            first,
            hop(fact.object, concept, best(each for each in covers if each.object == concept)),
        )

    def _sources(self, entity: str) -> Mapping[str, tuple[Hop, ...]]:
        """Give ``entity`` and all whose layers it has too, nearest first, with the steps there."""
        ways: dict[str, tuple[Hop, ...]] = {entity: ()}
        queue = deque([entity])
        while queue:
            tail = queue.popleft()
            for head, facts in sorted(self._takes_from.get(tail, {}).items()):
                if head not in ways:
                    ways[head] = (*ways[tail], hop(tail, head, best(facts)))
                    queue.append(head)
        return ways

    @cached_property
    def _own(self) -> Mapping[str, Mapping[str, tuple[Fact, ...]]]:
        """Entity -> layer -> the facts that show it there by itself."""
        found: defaultdict[str, defaultdict[str, list[Fact]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for relation in TAKING:
            for fact in self.standing.all(relation):
                for layer in fact.qualifiers.get("layer", ()):
                    found[fact.object][layer].append(fact)
        for fact in self.standing.all("holdsCertification"):
            for covered in self._covered(fact.object):
                layer = covered.object.removeprefix("layer-")
                if fact not in found[fact.subject][layer]:
                    found[fact.subject][layer].append(fact)
        return {
            name: {layer: tuple(facts) for layer, facts in layers.items()}
            for name, layers in found.items()
            if layers
        }

    @cached_property
    def _takes_from(self) -> Mapping[str, Mapping[str, tuple[Fact, ...]]]:
        """Entity -> those whose layers it has too -> the facts that say why."""
        found: defaultdict[str, defaultdict[str, list[Fact]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for (thing, supplier), facts in self.links.supplied.items():
            found[supplier][thing] += facts
            if thing not in self._wider._own:
                found[thing][supplier] += facts
        for (below, above), facts in self.links.controlled.items():
            found[above][below] += facts
        return {
            name: {head: tuple(facts) for head, facts in heads.items()}
            for name, heads in found.items()
        }

    @cached_property
    def _taken_by(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, heads in self._takes_from.items():
            for head in heads:
                found[head].append(name)
        return {name: tuple(others) for name, others in found.items()}

    def _covered(self, scheme: str) -> list[Fact]:
        facts = self.standing.of("coversLayer", scheme)
        return [fact for fact in facts if fact.confidence > BETWEEN_THE_LINES]
