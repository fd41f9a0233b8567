"""Where a thing stands in the stack of technology, and in which country: read from the facts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.law.suppliers import SUPPLYING, behind
from techsov.graph.analysis.standing import Standing
from techsov.graph.records import Fact

#: The layers from the top to the bottom, each resting on those below it. Data stand with the
#: models that they feed; the network carries the cloud; whatever runs needs chips, then power,
#: and somebody who can build it.
STACK = (
    "distribution",
    "model",
    "data",
    "platform",
    "cloud",
    "connectivity",
    "compute",
    "chips",
    "energy",
    "skills",
)
#: Above the stack: who relies on others, and on whom nobody relies. Below it: of which no fact
#: names a layer.
USERS, UNSTATED = "users", "unstated"
#: The bands of a map, from the top to the bottom.
BANDS = (USERS, *STACK, UNSTATED)
#: Kinds of thing that the definition of a layer names.
KIND_LAYERS: Mapping[str, str] = {
    "Supercomputer": "compute",
    "ComputeCluster": "compute",
    "SoftwarePlatform": "platform",
}
#: Relations that say that a firm or a thing sells in a market.
SELLING = ("hasMarketShare", "dominates")
#: What a layer may be read from, the firmest status first; nothing else is read.
READ = ("stated", "planned", "claimed")
#: More than one country, and none that a fact gives.
SEVERAL, NOWHERE = "several", ""

Ground = Literal["relied-on", "market", "kind", "possible", "relies", ""]
#: Of layers that count the same: the lowest of those of technology, then the means.
_OF_EQUALS = (*reversed(STACK[1:-2]), "energy", "skills", "distribution")
_Said = tuple[str, str, Fact]


@dataclass(frozen=True, slots=True)
class Footing:
    """The band in which a thing stands, why, and the other layers that the same ground gives.

    ``facts`` are the ids of the facts that put it in ``band``, sorted.
    """

    band: str
    ground: Ground
    others: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def footing(standing: Standing, thing: str) -> Footing:
    """Say in which layer ``thing`` stands.

    Parameters
    ----------
    standing : Standing
        The facts of the statuses in ``READ`` that hold.
    thing : str
        An actor, an offering or an infrastructure.

    Returns
    -------
    Footing
        By the first ground that facts give: others rely in the layer on it, or on what it provides,
        operates or builds (``relied-on``); it sells in a market of the layer (``market``); it, or
        what it supplies, is of a kind that the layer is made of (``kind``); others could use it, or
        what it supplies, in the layer (``possible``). Planned and claimed facts are read only where
        no stated one gives the ground. Of several layers that in which most others rely on it.
        Otherwise the band ``USERS`` if it relies on others (``relies``), or else ``UNSTATED``.
    """
    supplied = {fact.object for relation in SUPPLYING for fact in standing.of(relation, thing)}
    things = (thing, *sorted(supplied))
    own_kind = KIND_LAYERS.get(standing.records.entities[thing].cls)
    grounds: tuple[tuple[Ground, list[_Said]], ...] = (
        ("relied-on", _into(standing, "dependsOn", things)),
        ("market", _sold(standing, thing)),
        ("kind", [] if own_kind else _kinds(standing, thing)),
        ("possible", [] if own_kind else _into(standing, "couldUse", things)),
    )
    for ground, said in grounds:
        for status in READ:
            if counted := _by_layer(each for each in said if each[2].status == status):
                return _chosen(ground, counted)
    if own_kind:
        return Footing(own_kind, "kind")
    needs = (*standing.of("dependsOn", thing), *standing.of("couldUse", thing))
    if needs:
        return Footing(USERS, "relies", facts=tuple(sorted(fact.id for fact in needs)))
    return Footing(UNSTATED, "")


def country(law: Jurisdictions, thing: str) -> str:
    """Say of which country ``thing`` is: the id of a state, ``SEVERAL`` or ``NOWHERE``.

    An actor is of the state under whose law it is established; where that is not known, of the
    state of its head office. A state is of itself. An offering or an infrastructure is of the
    countries of those who supply it; where they have none, of the state where it is hosted.
    """
    found = {state for actor in behind(law.standing, thing) for state in _of_actor(law, actor)}
    if not found:
        found = _states(law, (place for place, _ in law.located(thing, "hostedIn")))
    return next(iter(found), NOWHERE) if len(found) < 2 else SEVERAL


def _of_actor(law: Jurisdictions, actor: str) -> set[str]:
    for kinds in (("self", "establishment"), ("seat",)):
        if found := _states(law, (t.jurisdiction for t in law.ties(actor) if t.kind in kinds)):
            return found
    return set()


def _states(law: Jurisdictions, places: Iterable[str]) -> set[str]:
    return {place for place in places if law.standing.is_a(place, "State")}


def _into(standing: Standing, relation: str, things: Iterable[str]) -> list[_Said]:
    """Give the layers in which others turn to one of ``things``: the layer, who, the fact."""
    return [
        (layer, fact.subject, fact)
        for thing in things
        for fact in standing.into(relation, thing)
        for layer in fact.qualifiers.get("layer", ())
    ]


def _sold(standing: Standing, thing: str) -> list[_Said]:
    return [
        (covered.object, fact.object, fact)
        for relation in SELLING
        for fact in standing.of(relation, thing)
        for covered in standing.of("coversLayer", fact.object)
    ]


def _kinds(standing: Standing, thing: str) -> list[_Said]:
    entities = standing.records.entities
    return [
        (KIND_LAYERS[entities[fact.object].cls], fact.object, fact)
        for relation in SUPPLYING
        for fact in standing.of(relation, thing)
        if entities[fact.object].cls in KIND_LAYERS
    ]


def _by_layer(said: Iterable[_Said]) -> dict[str, tuple[set[str], set[str]]]:
    """Collect for each layer who turns to the thing, and the facts."""
    found: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for layer, who, fact in said:
        found[layer][0].add(who)
        found[layer][1].add(fact.id)
    return dict(found)


def _chosen(ground: Ground, counted: Mapping[str, tuple[set[str], set[str]]]) -> Footing:
    known = [layer for layer in _OF_EQUALS if layer in counted]
    if not known:
        return Footing(UNSTATED, "")
    order = sorted(known, key=lambda layer: -len(counted[layer][0]))  # stable: of equals, the first
    return Footing(order[0], ground, tuple(order[1:]), tuple(sorted(counted[order[0]][1])))


@dataclass(frozen=True, slots=True)
class Rest:
    """What rests on one country in one layer: the facts, sorted, and the countries that rely."""

    layer: str
    country: str
    facts: tuple[str, ...]
    relying: Mapping[str, int]


def rests(standing: Standing, law: Jurisdictions) -> tuple[Rest, ...]:
    """Count the facts by which things rely on others, by layer and country of the one relied on.

    Returns
    -------
    tuple of Rest
        From the top layer to the bottom, each with the countries with the most facts first; then
        ``SEVERAL`` and ``NOWHERE`` as any other. A fact of two layers counts in both. ``relying``
        counts the facts by the country of who relies.
    """
    facts: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in standing.all("dependsOn"):
        for layer in fact.qualifiers.get("layer", ()):
            facts[layer, country(law, fact.object)].append(fact)
    found = [
        Rest(
            layer,
            state,
            tuple(sorted(fact.id for fact in said)),
            dict(Counter(country(law, fact.subject) for fact in said)),
        )
        for (layer, state), said in facts.items()
    ]
    depth = {band: number for number, band in enumerate(BANDS)}
    return tuple(
        sorted(found, key=lambda rest: (depth.get(rest.layer, 99), -len(rest.facts), rest.country))
    )


def most_one_sided(found: Iterable[Rest]) -> tuple[Rest, int] | None:
    """Find the layer of which the greatest part surely rests on one country.

    Returns
    -------
    tuple of (Rest, int) or None
        That country's part, and how many facts the layer has, those of unknown country among
        them: the part is a lower bound. Ties go to more facts, then to the upper layer.
    """
    found = list(found)
    whole: Counter[str] = Counter()
    for rest in found:
        whole[rest.layer] += len(rest.facts)
    known = [rest for rest in found if rest.country not in (NOWHERE, SEVERAL)]
    if not known:
        return None
    first = max(
        known, key=lambda rest: (Fraction(len(rest.facts), whole[rest.layer]), len(rest.facts))
    )
    return first, whole[first.layer]
