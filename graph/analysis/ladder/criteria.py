"""The rules of the 22 criteria of the sovereignty framework that a graph of facts can cap.

A rule gives the highest rung that the known facts still allow, and the chain that shows it.
**Evidence caps, silence does not**: without a fact there is no cap, and a rule never awards a rung.
What is said of *all* (providers, suppliers, builders) needs a list that a source closes; otherwise
the next branch applies, which one known fact is enough to prove. The branches of a rule are tried in
order, from the worst rung up, and the first that holds wins.

Which criteria a graph can show, and by which rule, is the judgement of this project and not of the
Commission. Each rule says how near it comes to what the rung asks: ``S`` reads it, ``M`` reads a near
substitute, ``W`` a weak one that an assessor must confirm.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from techsov.graph.analysis.failure.circuit import Outcome
from techsov.graph.analysis.failure.needs import STOCK_LAYERS, Need
from techsov.graph.analysis.ladder.grounds import (
    HARDWARE,
    LATER,
    SOFTWARE,
    Grounds,
    Link,
    Offer,
    Steps,
    best_first,
)
from techsov.graph.analysis.law.jurisdictions import CONTROL
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.exposure import Exposure
from techsov.graph.records import Fact

Strength = Literal["S", "M", "W"]
#: From this share of capital or votes on, in per cent, foreign holders count (a threshold of ours).
BLOCKING = Decimal(25)
#: How a law must reach, and to what end, to count as one that binds from outside.
BINDING = frozenset({"named", "establishment", "control"})
GRAVE = frozenset({"data-access", "service-suspension"})
#: What is not there any more; a firm that stands for its offering is only ever impaired.
STOPPED = frozenset({"removed", "lost", "impaired"})
#: The assurance levels of the Common Criteria (ISO/IEC 15408), as a certificate names them.
ASSURANCE = re.compile(r"\bEAL ?(\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule finds: the highest ``rung`` still allowed, and why.

    ``chains`` are the witnesses that it takes; ``more`` counts others that would do as well.
    ``beside`` are further premises, such as those that close a list. ``figure`` is a number that
    the reason names.
    """

    rung: int
    branch: str
    chains: tuple[Steps, ...]
    beside: tuple[Fact, ...] = ()
    more: int = 0
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Cap:
    """The graph allows at most ``rung`` of a criterion."""

    criterion: str
    strength: Strength
    found: Found

    @property
    def rung(self) -> int:
        """The highest rung still allowed, from 1."""
        return self.found.rung

    @property
    def premises(self) -> tuple[str, ...]:
        """The ids of the facts that it rests on, sorted."""
        steps = {name for chain in self.found.chains for step in chain for name in step.facts}
        return tuple(sorted(steps | {fact.id for fact in self.found.beside}))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for one criterion; its version is part of its name wherever it is cited."""

    criterion: str
    strength: Strength
    find: Callable[[Offer], Found | None]


def caps(offer: Offer) -> dict[str, Cap]:
    """Find what the facts still allow of each criterion; a criterion without a cap is left out."""
    found = ((rule, rule.find(offer)) for rule in RULES)
    return {
        rule.criterion: Cap(rule.criterion, rule.strength, each)
        for rule, each in found
        if each is not None
    }


def inapplicable(offer: Offer) -> dict[str, tuple[str, ...]]:
    """Find the criteria about what the offering is known not to have, with the facts that say so.

    Only a closed list of what it depends on shows that there is no AI model, or no computer of
    high performance, among it.
    """
    closed = offer.grounds.closed
    absent = {
        "csf-3-5": (
            closed(offer.thing, "suppliers", {"model"}),
            offer.grounds.reached(offer.thing, {"model"}),
        ),
        "csf-6-5": (closed(offer.thing, "suppliers", {"compute"}), offer.machines),
    }
    return {
        name: tuple(fact.id for fact in facts)
        for name, (facts, present) in absent.items()
        if facts and not present
    }


# --- How a rule says what it finds


def _one(rung: int, branch: str, links: Iterable[Link]) -> Found | None:
    """Take the best of several witnesses, each of which is enough."""
    ordered = best_first(links)
    if not ordered:
        return None
    return Found(rung, branch, (ordered[0].steps,), more=len(ordered) - 1)


def _all(
    rung: int, branch: str, links: Iterable[Link], closing: Collection[Fact] = (), figure: str = ""
) -> Found:
    """Take all witnesses together, and the facts that close their list."""
    return Found(rung, branch, tuple(link.steps for link in links), tuple(closing), figure=figure)


def _closed(offer: Offer, kind: str, links: Iterable[Link]) -> tuple[Fact, ...] | None:
    """Give the facts that close a list for each of ``links``; None if one of them stays open."""
    found: list[Fact] = []
    for link in links:
        facts = offer.grounds.closed(link.node, kind)
        if not facts:
            return None
        found += facts
    return tuple(found)


# --- SOV-1: who owns and controls


def legal_control(offer: Offer) -> Found | None:
    """1.1: the law of those at the head of the providers, and of holders of votes."""
    grounds = offer.grounds
    tops = offer.tops
    abroad = [
        Link(top.node, (*top.steps, *law.steps))
        for top in tops
        if (law := grounds.abroad(top.node, ("self", "establishment"))) is not None
    ]
    if tops and len(abroad) == len(tops) and offer.all_behind_known() and _settled(offer):
        own = [law for each in offer.providers if (law := _own_abroad(each, grounds)) is not None]
        if len(own) == len(offer.providers):
            return _all(1, "all-own-abroad", [*own, *abroad], offer.behind_closed)
        return _all(2, "all-heads-abroad", abroad, offer.behind_closed)
    if abroad:
        return _one(3, "head-abroad", abroad)
    return _blocking(offer, 3, "votes-abroad", ("votes",))


def change_of_control(offer: Offer) -> Found | None:
    """1.2: a foreign takeover that is planned, or foreign holders of a blocking part."""
    grounds = offer.grounds
    planned = [
        link.on(hop_)
        for link in offer.owned
        for hop_ in _takeovers(link.node, grounds)
        if grounds.abroad(hop_.head) is not None
    ]
    taken = _one(2, "takeover-planned", grounds.foreign(planned))
    return taken or _blocking(offer, 3, "holders-abroad", ("votes", "share"))


def capital(offer: Offer) -> Found | None:
    """1.4: the part of the capital that is known to be held under foreign law."""
    found = [
        (rung, held)
        for link in offer.owned
        if (rung := _capital_rung(held := foreign_holders(link, offer.grounds, ("share",))))
    ]
    if not found:
        return None
    rung, held = min(found, key=lambda pair: pair[0])
    share = sum((part for _, part in held), Decimal(0))
    holders = [link for link, _ in held]
    if not share:
        return _all(rung, "holder-abroad", holders)
    return _all(rung, "capital-abroad", holders, figure=f"{share.normalize():f}")


def _capital_rung(held: Collection[tuple[Link, Decimal]]) -> int:
    """Give the rung for what is known; a holder without a figure holds something."""
    share = sum((part for _, part in held), Decimal(0))
    limits = ((1, share > 90), (2, share > 50), (3, share >= BLOCKING), (4, bool(held)))
    return next((rung for rung, holds in limits if holds), 0)


def foreign_holders(
    link: Link, grounds: Grounds, columns: Collection[str]
) -> list[tuple[Link, Decimal]]:
    """Give the foreign holders of a firm, with the least part that is known of each, in per cent.

    A holder that another one of them controls is not counted beside it. The part is 0 where a
    source names the holder and no figure.
    """
    firm = link.node
    parts: dict[str, list[Decimal]] = {}
    for fact in grounds.standing.into("ownsShareIn", firm):
        figures = [Decimal(each) for name in columns for each in fact.qualifiers.get(name, ())]
        parts.setdefault(fact.subject, []).extend([max(figures)] if figures else [])
    holding = {step.head: link.on(step) for step in grounds.inward(firm, ("ownsShareIn",))}
    foreign = {each.node: each for each in grounds.foreign(holding.values())}
    above = {
        name: {chain[-1].head for chain in grounds.law.control_chains(name)} for name in foreign
    }
    return [
        (holder, min(parts[name], default=Decimal(0)))
        for name, holder in sorted(foreign.items())
        if not above[name] & foreign.keys()
    ]


def _blocking(offer: Offer, rung: int, branch: str, columns: Collection[str]) -> Found | None:
    """Find foreign holders that together have a blocking part of a provider, or of its head."""
    for link in offer.owned:
        held = [
            (holder, part) for holder, part in foreign_holders(link, offer.grounds, columns) if part
        ]
        total = sum((part for _, part in held), Decimal(0))
        if total >= BLOCKING:
            chains = tuple(holder.steps for holder, _ in held)
            return Found(rung, branch, chains, figure=f"{total.normalize():f}")
    return None


def _takeovers(firm: str, grounds: Grounds) -> list[Hop]:
    """Give the steps from a firm to who plans to control it, or to hold more than half of it."""
    steps = [
        *grounds.inward(firm, ("controls", "ownsShareIn")),
        *grounds.onward(firm, "subsidiaryOf"),
    ]
    return [step for step in steps if any(_takes_over(name, grounds) for name in step.facts)]


def _takes_over(name: str, grounds: Grounds) -> bool:
    fact = grounds.standing.by_id[name]
    if fact.status != "planned":
        return False
    parts = (Decimal(each) for key in ("share", "votes") for each in fact.qualifiers.get(key, ()))
    return fact.relation != "ownsShareIn" or max(parts, default=Decimal(0)) > 50


def _settled(offer: Offer) -> bool:
    """Whether control settles who is at the head of each provider, or a source closes its owners."""
    grounds = offer.grounds
    return all(
        grounds.law.control_chains(link.node) or grounds.closed(link.node, "owners")
        for link in offer.providers
    )


def _own_abroad(link: Link, grounds: Grounds) -> Link | None:
    """Lead on to the law under which an actor is itself established, if all of it is foreign."""
    laws = grounds.own_laws(link.node)
    if not laws or any(tie.jurisdiction in grounds.europe for tie in laws):
        return None
    return Link(link.node, (*link.steps, *laws[0].hops))


# --- SOV-2: which law


def primary_law(offer: Offer) -> Found | None:
    """2.1: the law under which the providers are established, whoever controls them."""
    abroad = [
        law for link in offer.providers if (law := _own_abroad(link, offer.grounds)) is not None
    ]
    if abroad and len(abroad) == len(offer.providers) and offer.all_behind_known():
        return _all(1, "all-laws-abroad", abroad, offer.behind_closed)
    return _one(2, "law-abroad", abroad)


def foreign_laws(offer: Offer) -> Found | None:
    """2.2: laws enacted outside Europe that may reach data or stop the service.

    What counts is the chain: whether it runs through control, or through what the offering
    depends on. A law that reaches by mere business in its territory is no cap.
    """
    found: dict[str, list[tuple[Link, Exposure]]] = {}
    for link, row in offer.exposures:
        if row.kind in BINDING and GRAVE & set(row.risks):
            found.setdefault(_way(row, offer.grounds), []).append((link, row))
    for way, rung in (("directly", 2), ("control", 4), ("dependence", 4)):
        if rows := found.get(way):
            link, row = min(rows, key=lambda pair: pair[0].on(*pair[1].hops).rank)
            chain = (*link.steps, *row.hops)
            beside = (offer.grounds.standing.by_id[name] for name in row.premises)
            more = len({other.law for _, other in rows} - {row.law})
            return Found(rung, f"reached-{way}", (chain,), tuple(beside), more)
    return None


def _way(row: Exposure, grounds: Grounds) -> str:
    relations = grounds.relations_of(row.hops)
    if "dependsOn" in relations:
        return "dependence"
    return "control" if relations & CONTROL.keys() else "directly"


def rights_origin(offer: Offer) -> Found | None:
    """2.5: who built the offering and the software and models that it depends on."""
    foreign = offer.grounds.foreign(offer.builders)
    closing = _builders_closed(offer)
    inside = [
        link
        for link in offer.builders
        if offer.grounds.law.side(link.node, offer.grounds.europe) == "inside"
    ]
    if closing is not None and len(foreign) + len(inside) == len(offer.builders) and foreign:
        witnesses = [*foreign, *inside]
        if not inside:
            return _all(1, "all-builders-foreign", witnesses, closing)
        if len(inside) < len(foreign):
            return _all(2, "most-builders-foreign", witnesses, closing)
        if len(inside) == len(foreign):
            return _all(3, "half-builders-foreign", witnesses, closing)
    return _one(4, "builder-foreign", foreign)


def rights_law(offer: Offer) -> Found | None:
    """2.6: the law of those who hold rights in it, or else of those who built it."""
    foreign = offer.grounds.foreign(offer.holders)
    named = any(offer.grounds.holders(link.node) for link in offer.components)
    components = _components_closed(offer)
    listed = _closed(offer, "holders" if named else "builders", offer.components)
    if components is not None and listed is not None and offer.grounds.all_foreign(offer.holders):
        laws = {link.steps[-1].head for link in foreign if link.steps}
        branch, rung = ("rights-one-law", 1) if len(laws) == 1 else ("rights-all-foreign", 2)
        return _all(rung, branch, foreign, (*components, *listed))
    return _one(4, "rights-foreign", foreign)


def _components_closed(offer: Offer) -> tuple[Fact, ...] | None:
    """Give the facts by which all software and models are known; None if they are not."""
    things = [link for link in offer.components if not _ends(link, offer)]
    found: list[Fact] = []
    for link in things:
        facts = offer.grounds.closed(link.node, "suppliers", SOFTWARE)
        if not facts:
            return None
        found += facts
    return tuple(found)


def _builders_closed(offer: Offer) -> tuple[Fact, ...] | None:
    """Give the facts by which all components and all who build them are known."""
    components = _components_closed(offer)
    builders = _closed(
        offer, "builders", [link for link in offer.components if not _ends(link, offer)]
    )
    return None if components is None or builders is None else (*components, *builders)


def _ends(link: Link, offer: Offer) -> bool:
    """Whether a chain ends here: a firm stands for what it supplies."""
    return bool(link.steps) and offer.grounds.is_actor(link.node)


# --- SOV-3: data and AI


def data_location(offer: Offer) -> Found | None:
    """3.4: where the offering and its data are hosted, and where data are sent."""
    grounds = offer.grounds
    assets = [
        Link(step.head, (step,))
        for step in grounds.inward(offer.thing, ("partOf",))
        if grounds.standing.is_a(step.head, "DataAsset")
    ]
    stored = [Link(offer.thing, ()), *assets]
    hosted = [link.on(step) for link in stored for step in grounds.onward(link.node, "hostedIn")]
    abroad = [
        link.on(*place.steps)
        for link in stored
        for place in grounds.places_abroad(link.node, "hostedIn")
    ]
    closing = _closed(offer, "places", stored)
    outside = {step for link in abroad for step in link.steps} & {each.steps[-1] for each in hosted}
    if closing is not None and 2 * len(outside) > len(hosted):
        return _all(2, "mostly-hosted-abroad", abroad, closing)
    sent = [
        link.on(*place.steps)
        for link in stored
        for place in grounds.places_abroad(link.node, "transfersDataTo")
    ]
    return _one(4, "hosted-abroad", abroad) or _one(4, "data-sent-abroad", sent)


def ai_services(offer: Offer) -> Found | None:
    """3.5: where models and chips come from, once a source shows an AI layer."""
    grounds = offer.grounds
    reached = grounds.reached(offer.thing, {"model"})
    if not reached and not _serves_models(offer):
        return None
    models = grounds.suppliers(offer.thing, {"model"})
    chips = grounds.foreign(grounds.chip_makers(offer.thing))
    closing = grounds.closed(offer.thing, "suppliers", {"model"})
    if chips and closing and grounds.all_foreign(models):
        kinds = [_licences(link.node, grounds) for link in reached]
        if all(kinds):
            facts = [fact for each in kinds for fact in each]
            some_open = any(fact.object == "licence-open-source" for fact in facts)
            branch, rung = ("models-foreign", 3) if some_open else ("models-foreign-closed", 2)
            witnesses = [chips[0], *grounds.foreign(models)]
            return _all(rung, branch, witnesses, (*closing, *facts))
    return _one(4, "chips-foreign", chips) or _one(4, "model-foreign", grounds.foreign(models))


def _serves_models(offer: Offer) -> bool:
    """Whether another thing takes models from the offering."""
    into = offer.grounds.standing.into("dependsOn", offer.thing)
    return any("model" in fact.qualifiers.get("layer", ()) for fact in into)


def _licences(thing: str, grounds: Grounds) -> tuple[Fact, ...]:
    return grounds.standing.of("licenceKind", thing)


# --- SOV-4: who runs it


def foreign_operation(offer: Offer) -> Found | None:
    """4.2: who operates it, and who supplies its skills and the cloud that it runs on."""
    grounds = offer.grounds
    foreign = grounds.foreign(offer.operators)
    closing = grounds.closed(offer.thing, "operators")
    if closing and grounds.all_foreign(offer.operators):
        return _all(1, "all-operators-foreign", foreign, closing)
    suppliers = grounds.suppliers(offer.thing, {"skills", "cloud"})
    return _one(4, "operator-foreign", foreign) or _one(
        4, "supplier-foreign", grounds.foreign(suppliers)
    )


def subcontractors(offer: Offer) -> Found | None:
    """4.6: what is left when foreign actors one or two steps upstream stop."""
    grounds = offer.grounds
    removed = frozenset(actor for actor in _upstream(offer) if grounds.abroad(actor) is not None)
    if not removed:
        return None
    outcomes = {each: grounds.cut_off(removed, each) for each in (0, LATER)}
    return _cut_off(offer, outcomes, lost=2, felt=4)


def _upstream(offer: Offer) -> set[str]:
    """Give the actors one or two steps upstream; its own providers are none of them."""
    grounds = offer.grounds
    needs = [need for need in grounds.needs.get(offer.thing, ()) if _of_dependence(need)]
    first = {option.node for need in needs for option in need.in_use}
    second = {
        option.node
        for name in first
        if not grounds.is_actor(name)
        for need in grounds.needs.get(name, ())
        for option in need.in_use
    }
    own = {offer.thing, *(link.node for link in offer.providers)}
    return {name for name in (first | second) - own if grounds.is_actor(name)}


def _of_dependence(need: Need) -> bool:
    return need.kind in ("need", "dependency")


def cut_off(offer: Offer) -> Found | None:
    """1.8: what is left when every foreign actor stops, at once and a year later."""
    return _cut_off(offer, offer.grounds.everything_foreign_gone, lost=2, felt=4)


def _cut_off(
    offer: Offer, outcomes: Mapping[int, Outcome], *, lost: int, felt: int
) -> Found | None:
    """Judge what is left of the offering: lost for good, or lost or weakened at once.

    Lost for good only if a source rules a substitute out, or closes the list of the options.
    """
    now, later = outcomes[0], outcomes[LATER]
    if now.state(offer.thing) == "ok":
        return None
    if later.state(offer.thing) in STOPPED and now.state(offer.thing) in STOPPED:
        steps = _without_substitute(later, offer.thing, {offer.thing})
        if steps:
            return Found(lost, "cut-off-lost", (_to_law(offer, steps),))
    closing = _no_option_left(later, offer)
    if closing:
        return Found(lost, "cut-off-no-option", (_to_law(offer, now.reason(offer.thing)),), closing)
    return Found(felt, "cut-off-felt", (_to_law(offer, now.reason(offer.thing)),))


def _without_substitute(outcome: Outcome, thing: str, seen: set[str]) -> Steps:
    """Give the steps to a loss for which a source says that there is no substitute, if any."""
    for failure in outcome.failures(thing):
        for option in failure.down:
            step = Hop(thing, option.node, option.facts, option.confidence)
            if "none" in failure.need.substitutability:
                return (step, *outcome.reason(option.node))
            if option.node not in seen and option.node not in outcome.removed:
                onward = _without_substitute(outcome, option.node, {*seen, option.node})
                if onward:
                    return (step, *onward)
    return ()


def _no_option_left(outcome: Outcome, offer: Offer) -> tuple[Fact, ...]:
    """Give the facts that close the options of a need all of which are gone; none if some stay."""
    for failure in (*outcome.failures(offer.thing), *outcome.weakened(offer.thing)):
        need = failure.need
        gone = {option.node for option in failure.down}
        closing = offer.grounds.closed(offer.thing, "options", need.layers)
        if closing and _of_dependence(need) and gone == {each.node for each in need.options}:
            return closing
    return ()


def _to_law(offer: Offer, steps: Steps) -> Steps:
    """Lead on from what was removed to the foreign law that it is under."""
    end = steps[-1].head if steps else offer.thing
    law = offer.grounds.abroad(end)
    return (*steps, *(law.steps if law else ()))


# --- SOV-5: where hardware and software come from


def manufacture(offer: Offer) -> Found | None:
    """5.2: where the hardware is made, or else under which law its chips are made."""
    grounds = offer.grounds
    made = {
        link: [link.on(*each.steps) for each in grounds.places_abroad(link.node, "manufacturedIn")]
        for link in offer.products
        if not _ends(link, offer)
    }
    abroad = [each for links in made.values() for each in links]
    closing = grounds.closed(offer.thing, "suppliers", HARDWARE)
    if closing and made and all(made.values()) and not any(_ends(x, offer) for x in offer.products):
        return _all(2, "all-made-abroad", abroad, closing)
    foundries = [
        Link(maker.node, (*maker.steps, *law.steps))
        for link in offer.products
        for maker in grounds.foundries(link)
        if (law := grounds.abroad(maker.node, ("self", "establishment"))) is not None
    ]
    return _one(3, "made-abroad", abroad) or _one(3, "foundry-abroad", foundries)


def software_origin(offer: Offer) -> Found | None:
    """5.4: who builds the offering and the software and models that it depends on."""
    foreign = offer.grounds.foreign(offer.builders)
    closing = _builders_closed(offer)
    if closing is not None and offer.grounds.all_foreign(offer.builders):
        return _all(2, "all-builders-foreign", foreign, closing)
    return _one(4, "builder-foreign", foreign)


def software_channels(offer: Offer) -> Found | None:
    """5.5: through whose hands the offering, its platform and its updates pass."""
    grounds = offer.grounds
    layers = {"platform", "distribution"}
    direct = [Link(step.head, (step,)) for step in grounds.onward(offer.thing, "distributedVia")]
    channels = [*direct, *grounds.suppliers(offer.thing, layers)]
    lists = [
        grounds.closed(offer.thing, "channels"),
        grounds.closed(offer.thing, "operators"),
        grounds.closed(offer.thing, "suppliers", layers),
    ]
    everyone = [*channels, *offer.operators]
    if all(lists) and channels and grounds.all_foreign(everyone):
        closing = [fact for facts in lists for fact in facts]
        return _all(1, "all-channels-foreign", grounds.foreign(everyone), closing)
    return _one(3, "channel-foreign", grounds.foreign(channels))


def single_points(offer: Offer) -> Found | None:
    """5.6: which needs a foreign supplier meets, and whether any other does."""
    grounds = offer.grounds
    needs = [need for need in grounds.needs.get(offer.thing, ()) if _of_dependence(need)]
    met = {need: _meeting(need, grounds) for need in needs}
    flowing = [need for need in needs if not need.layers <= STOCK_LAYERS]
    closing = grounds.closed(offer.thing, "suppliers")
    everyone = [link for links in met.values() for link in links]
    if closing and grounds.all_foreign(everyone) and all(met.values()):
        return _all(1, "all-suppliers-foreign", grounds.foreign(everyone), closing)
    alone = [need for need in flowing if met[need] and grounds.all_foreign(met[need])]
    if closing and 2 * len(alone) > len(flowing):
        witnesses = [link for need in alone for link in grounds.foreign(met[need])]
        told = _told_by_providers(offer, witnesses)
        branch, rung = ("needs-foreign-documented", 3) if told else ("needs-foreign", 2)
        return _all(rung, branch, witnesses, closing)
    flow = grounds.foreign(link for need in flowing for link in met[need])
    stock = grounds.foreign(link for need in needs if need not in flowing for link in met[need])
    return _one(3, "flow-supplier-foreign", flow) or _one(4, "stock-supplier-foreign", stock)


def _meeting(need: Need, grounds: Grounds) -> list[Link]:
    """Lead to the actors that meet a need today."""
    first = (
        Link(option.node, (Hop(need.dependent, option.node, option.facts, option.confidence),))
        for option in need.in_use
    )
    return [actor for link in first for actor in grounds.actors_of(link)]


def _told_by_providers(offer: Offer, witnesses: Iterable[Link]) -> bool:
    """Whether the providers themselves say, each time, on whom the offering depends."""
    providers = {link.node for link in offer.providers}
    by_id = offer.grounds.standing.by_id
    return all(
        any(by_id[name].claimant in providers for name in link.steps[0].facts) for link in witnesses
    )


# --- SOV-6: how open the technology is


def open_source(offer: Offer) -> Found | None:
    """6.3: the licence of the offering and of the platforms that it depends on."""
    grounds = offer.grounds
    found: dict[str, list[tuple[Link, Hop]]] = {}
    for link in (Link(offer.thing, ()), *grounds.reached(offer.thing, {"platform"})):
        for step in grounds.onward(link.node, "licenceKind"):
            found.setdefault(step.head.removeprefix("licence-"), []).append((link, step))
    for rung, kind in ((1, "proprietary"), (2, "source-available")):
        if under := found.get(kind):
            return _one(rung, kind, (link.on(step) for link, step in under))
    kept = [
        (Link(steward.node, (*link.steps, *steward.steps)), step)
        for link, step in found.get("open-source", ())
        for steward in grounds.foreign(_stewards(link.node, grounds))
    ]
    if not kept:
        return None
    link, licence = min(kept, key=lambda pair: pair[0].rank)
    beside = tuple(grounds.standing.by_id[name] for name in licence.facts)
    return Found(3, "steward-foreign", (link.steps,), beside, len(kept) - 1)


def _stewards(thing: str, grounds: Grounds) -> list[Link]:
    return [*grounds.holders(thing), *grounds.builders(thing), *grounds.behind(thing)]


def high_performance(offer: Offer) -> Found | None:
    """6.5: chips, place, builders and foundries of the computers of high performance."""
    grounds = offer.grounds
    for machine in best_first(offer.machines):
        makers = grounds.chip_makers(machine.node)
        chips = grounds.foreign(machine.on(*maker.steps) for maker in makers)
        if chips:
            return _foreign_chips(machine, chips, grounds)
        european = [
            maker for maker in makers if grounds.law.side(maker.node, grounds.europe) == "inside"
        ]
        foundries = [
            Link(each.node, (*machine.steps, *each.steps, *law.steps))
            for maker in european
            for each in grounds.foundries(maker)
            if (law := grounds.abroad(each.node, ("self", "establishment"))) is not None
        ]
        if found := _one(4, "foundry-abroad", foundries):
            return found
    return None


def _foreign_chips(machine: Link, chips: list[Link], grounds: Grounds) -> Found | None:
    builders = grounds.builders(machine.node)
    closing = grounds.closed(machine.node, "builders")
    if not closing or not grounds.all_foreign(builders):
        return _one(3, "chips-foreign", chips)
    witnesses = [chips[0], *(machine.on(*each.steps) for each in grounds.foreign(builders))]
    places = grounds.places_abroad(machine.node, "hostedIn")
    if places:
        hosted = machine.on(*places[0].steps)
        return _all(1, "machine-foreign-and-abroad", [*witnesses, hosted], closing)
    return _all(2, "machine-foreign", witnesses, closing)


# --- SOV-7: certificates


def certification(offer: Offer) -> Found | None:
    """7.1: the highest assurance level of the Common Criteria that a certificate names."""
    found: list[tuple[int, Hop]] = []
    for step in offer.grounds.onward(offer.thing, "holdsCertification"):
        for name in step.facts:
            fact = offer.grounds.standing.by_id[name]
            told = (fact.object.replace("-", " "), *fact.qualifiers.get("version", ()))
            found += ((int(level), step) for text in told for level in ASSURANCE.findall(text))
    if not found:
        return None
    level, step = max(found, key=lambda pair: pair[0])
    if level >= 4:
        return None
    return Found(level + 1, "assurance-level", ((step,),), figure=str(level))


RULES = (
    Rule("csf-1-1", "S", legal_control),
    Rule("csf-1-2", "M", change_of_control),
    Rule("csf-1-4", "S", capital),
    Rule("csf-1-8", "M", cut_off),
    Rule("csf-2-1", "S", primary_law),
    Rule("csf-2-2", "S", foreign_laws),
    Rule("csf-2-5", "M", rights_origin),
    Rule("csf-2-6", "S", rights_law),
    Rule("csf-3-4", "S", data_location),
    Rule("csf-3-5", "M", ai_services),
    Rule("csf-4-2", "W", foreign_operation),
    Rule("csf-4-6", "W", subcontractors),
    Rule("csf-5-2", "M", manufacture),
    Rule("csf-5-4", "M", software_origin),
    Rule("csf-5-5", "M", software_channels),
    Rule("csf-5-6", "S", single_points),
    Rule("csf-6-3", "S", open_source),
    Rule("csf-6-5", "S", high_performance),
    Rule("csf-7-1", "M", certification),
)
#: Criteria that a rule reads and never caps: it suggests, see :mod:`techsov.graph.analysis.ladder.hints`.
ONLY_SUGGESTED = frozenset({"csf-1-6", "csf-5-1", "csf-5-7"})
