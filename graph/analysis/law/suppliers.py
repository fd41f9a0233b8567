"""Who stands behind a thing, and under whose law: the provider, and whoever controls it last."""

from collections.abc import Mapping
from dataclasses import dataclass

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.standing import Standing

#: The relations from an actor to what it supplies; the first that facts give decides.
SUPPLYING = ("provides", "operates", "builds")


@dataclass(frozen=True, slots=True)
class Ruling:
    """The one law under which all who control a thing at last are established.

    ``law`` is empty where one of them has no known law, or where they have several. ``seats`` are
    then the jurisdictions of the head offices, which are no law. ``facts`` are sorted.
    """

    law: str
    seats: tuple[str, ...]
    facts: tuple[str, ...]


UNKNOWN = Ruling("", (), ())


def behind(standing: Standing, thing: str) -> Mapping[str, tuple[str, ...]]:
    """Give the actors that supply ``thing``, by id, each with the ids of the facts that say so.

    An actor supplies itself, without a fact. Nobody, where no fact says who.
    """
    if standing.is_a(thing, "Actor"):
        return {thing: ()}
    for relation in SUPPLYING:
        facts = standing.into(relation, thing)
        actors = sorted({fact.subject for fact in facts})
        if actors:
            return {
                actor: tuple(fact.id for fact in facts if fact.subject == actor) for actor in actors
            }
    return {}


def ruling(law: Jurisdictions, thing: str) -> Ruling:
    """Find the law of those who control the suppliers of ``thing`` at last."""
    laws: set[str] = set()
    seats: set[str] = set()
    facts: set[str] = set()
    known = True
    for actor, supplying in behind(law.standing, thing).items():
        facts.update(supplying)
        for chain in law.control_chains(actor):
            facts.update(name for step in chain for name in step.facts)
        tops = law.tops(actor)
        known = known and bool(tops)
        for top in tops:
            own = [tie for tie in law.ties(top) if tie.kind in ("self", "establishment")]
            seat = [tie for tie in law.ties(top) if tie.kind == "seat"]
            known = known and bool(own)
            laws.update(tie.jurisdiction for tie in own)
            seats.update(tie.jurisdiction for tie in seat)
            facts.update(name for tie in (*own, *seat) for step in tie.hops for name in step.facts)
    one = next(iter(laws)) if known and len(laws) == 1 else ""
    return Ruling(one, () if one else tuple(sorted(seats)), tuple(sorted(facts)))
