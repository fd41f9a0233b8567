"""What the facts tell an assessor of a criterion that they do not cap.

A hint is never a cap: it names what bears on the question, and leaves the answer open. For nine
criteria the graph has nothing else; for others it shows what a rule could not use, such as a head
office where nobody says under which law a firm is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from techsov.graph.analysis.failure.needs import Need
from techsov.graph.analysis.ladder.criteria import BINDING, GRAVE, foreign_holders
from techsov.graph.analysis.ladder.grounds import HARDWARE, Grounds, Link, Offer, Steps, best_first
from techsov.graph.analysis.law.jurisdictions import EU, hop
from techsov.graph.analysis.network.paths import Hop

#: How a source names the SEAL level that an offering has reached.
REPORTED = re.compile(r"\bSEAL-?(\d)\b", re.IGNORECASE)
WHOLE = Decimal(100)
#: Beyond this part of capital or votes a holder decides.
MAJORITY = Decimal(50)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that bears on a criterion: in which respect, and the steps that show it.

    ``rung`` is the rung that it suggests, or 0; ``figure`` a number or a range that it names.
    ``beside`` are the ids of further facts that it rests on.
    """

    criterion: str
    branch: str
    steps: Steps
    rung: int = 0
    figure: str = ""
    beside: tuple[str, ...] = ()

    @property
    def premises(self) -> tuple[str, ...]:
        """The ids of the facts that it rests on, sorted."""
        return tuple(sorted({*self.beside, *(fact for step in self.steps for fact in step.facts)}))


def hints(offer: Offer) -> list[Hint]:
    """Give every hint, in the order in which the framework counts the criteria."""
    found = dict.fromkeys(hint for give in GIVERS for hint in give(offer))
    place = {hint: tuple(int(part) for part in hint.criterion.split("-")[1:]) for hint in found}
    return sorted(found, key=lambda hint: place[hint])


def reported_seals(offer: Offer) -> list[tuple[int, Hop]]:
    """Give the SEAL levels that sources report for the offering, and where they say so."""
    by_id = offer.grounds.standing.by_id
    return [
        (int(level), step)
        for step in offer.grounds.onward(offer.thing, "holdsCertification")
        for name in step.facts
        for text in by_id[name].qualifiers.get("version", ())
        for level in REPORTED.findall(text)
    ]


def _seats(offer: Offer) -> Iterator[Hint]:
    """1.1, 2.1, 5.6: head offices outside Europe, where nobody says which law applies."""
    grounds = offer.grounds
    needs = grounds.needs.get(offer.thing, ())
    groups = (
        ("csf-1-1", offer.tops),
        ("csf-2-1", offer.providers),
        ("csf-5-6", [link for need in needs for link in _suppliers(need, grounds)]),
    )
    for criterion, links in groups:
        for link in best_first(links):
            seat = grounds.seat_abroad(link.node)
            if seat is not None:
                yield Hint(criterion, "seat-abroad", (*link.steps, *seat.steps))


def _suppliers(need: Need, grounds: Grounds) -> Iterator[Link]:
    if need.kind in ("need", "dependency"):
        for option in need.in_use:
            step = Hop(need.dependent, option.node, option.facts, option.confidence)
            yield from grounds.actors_of(Link(option.node, (step,)))


def _providers_depend(offer: Offer) -> Iterator[Hint]:
    """4.6: what the providers depend on; whether that bears on this offering, no source says."""
    grounds = offer.grounds
    if offer.itself:
        return
    for link in offer.providers:
        for need in grounds.needs.get(link.node, ()):
            for supplier in _suppliers(need, grounds):
                law = grounds.abroad(supplier.node) or grounds.seat_abroad(supplier.node)
                if law is not None:
                    steps = (*link.steps, *supplier.steps, *law.steps)
                    yield Hint("csf-4-6", "provider-depends", steps)


def _laws(offer: Offer) -> Iterator[Hint]:
    """2.2, 2.3, 2.4: laws that may reach, by how; those that reach by business alone are apart."""
    seen: set[tuple[str, str]] = set()
    reaching = sorted(offer.exposures, key=lambda pair: pair[0].on(*pair[1].hops).rank)
    for link, row in reaching:
        if (row.law, row.kind) in seen:
            continue
        seen.add((row.law, row.kind))
        criteria = {
            "csf-2-2": row.kind not in BINDING and bool(GRAVE & set(row.risks)),
            "csf-2-3": "data-access" in row.risks,
            "csf-2-4": "supply-denial" in row.risks,
        }
        for criterion, bears in criteria.items():
            if bears:
                steps = (*link.steps, *row.hops)
                yield Hint(criterion, f"law-by-{row.kind}", steps, beside=row.premises)


def _provider_laws(offer: Offer) -> Iterator[Hint]:
    """2.2: laws that may reach a provider through what it depends on."""
    grounds = offer.grounds
    for link in offer.providers:
        if not link.steps:
            continue
        for row in grounds.exposures.get(link.node, ()):
            if GRAVE & set(row.risks) and "dependsOn" in grounds.relations_of(row.hops):
                steps = (*link.steps, *row.hops)
                yield Hint("csf-2-2", "provider-reached", steps, beside=row.premises)


def _holders(offer: Offer) -> Iterator[Hint]:
    """1.2, 1.4: European majorities, and the range in which the foreign part lies."""
    grounds = offer.grounds
    for link in offer.owned:
        shares: dict[str, Decimal] = {}
        for step in grounds.inward(link.node, ("ownsShareIn",)):
            part = _least_share(step, grounds)
            if part is None:
                continue
            shares[step.head] = part
            inside = grounds.law.side(step.head, grounds.europe) == "inside"
            if inside and part > MAJORITY:
                public = any(
                    grounds.standing.is_a(step.head, cls) for cls in ("State", "PublicBody")
                )
                branch, rung = ("public-majority", 5) if public else ("european-majority", 4)
                yield Hint("csf-1-2", branch, (*link.steps, step), rung, f"{part:f}")
        if shares:
            held = foreign_holders(link, grounds, ("share",))
            low = sum((part for _, part in held), Decimal(0))
            european = sum(
                (
                    part
                    for name, part in shares.items()
                    if grounds.law.side(name, grounds.europe) == "inside"
                ),
                Decimal(0),
            )
            high = max(low, WHOLE - european)
            holdings = grounds.inward(link.node, ("ownsShareIn",))
            beside = tuple(name for step in holdings for name in step.facts)
            figure = f"{low:f}–{high:f}"
            yield Hint("csf-1-4", "capital-range", link.steps, figure=figure, beside=beside)


def _least_share(step: Hop, grounds: Grounds) -> Decimal | None:
    shares = [
        Decimal(each)
        for name in step.facts
        for each in grounds.standing.by_id[name].qualifiers.get("share", ())
    ]
    return min(shares, default=None)


def _programmes(offer: Offer) -> Iterator[Hint]:
    """1.6: programmes and alliances of the Union in which a provider takes part."""
    grounds = offer.grounds
    for link in offer.providers:
        for relation in ("participatesIn", "memberOf"):
            for step in grounds.onward(link.node, relation):
                for behind in grounds.inward(step.head, ("initiates", "operates")):
                    if behind.head == EU or EU in grounds.law.tops(behind.head):
                        steps = (*link.steps, step, behind)
                        yield Hint("csf-1-6", "programme", steps, 2)


def _roadmap(offer: Offer) -> Iterator[Hint]:
    """1.3: foreign builders of the platforms that it depends on."""
    grounds = offer.grounds
    for link in grounds.reached(offer.thing, {"platform"}):
        builders = [link.on(*each.steps) for each in grounds.builders(link.node)]
        actors = builders or grounds.actors_of(link)
        for foreign in grounds.foreign(actors):
            yield Hint("csf-1-3", "platform-foreign", foreign.steps)


def _portability(offer: Offer) -> Iterator[Hint]:
    """4.1: needs that more than one supplier can meet, and known times to switch."""
    for need in offer.grounds.needs.get(offer.thing, ()):
        if need.kind not in ("need", "dependency") or len(need.options) < 2:
            continue
        for option in need.options:
            step = Hop(offer.thing, option.node, option.facts, option.confidence)
            if option.months is None:
                yield Hint("csf-4-1", "options", (step,))
            else:
                yield Hint("csf-4-1", "months-to-switch", (step,), figure=str(option.months))


def _support(offer: Offer) -> Iterator[Hint]:
    """4.4: the law of those who operate it or supply its skills."""
    grounds = offer.grounds
    links = [*offer.operators, *grounds.suppliers(offer.thing, {"skills"})]
    for link in best_first(links):
        for tie in grounds.law.laws(link.node).values():
            yield Hint("csf-4-4", "law-of-support", (*link.steps, *tie.hops))


def _makers(offer: Offer) -> Iterator[Hint]:
    """5.1, 5.3: who makes and builds the hardware, as far as is known."""
    grounds = offer.grounds
    closing = grounds.closed(offer.thing, "suppliers", HARDWARE)
    for link in grounds.suppliers(offer.thing, HARDWARE):
        yield Hint("csf-5-1", "maker-known", link.steps, 4 if closing else 2)
    for link in offer.products:
        for builder in grounds.foreign(
            link.on(*each.steps) for each in grounds.builders(link.node)
        ):
            yield Hint("csf-5-3", "builder-foreign", builder.steps)


def _coverage(offer: Offer) -> Iterator[Hint]:
    """5.7: of how many of its needs a supplier is known."""
    grounds = offer.grounds
    needs = [
        need for need in grounds.needs.get(offer.thing, ()) if need.kind in ("need", "dependency")
    ]
    if not needs:
        return
    known = [need for need in needs if any(_suppliers(need, grounds))]
    whole = grounds.closed(offer.thing, "suppliers")
    rung = 3 if whole and len(known) == len(needs) else 0
    beside = tuple(name for need in needs for option in need.in_use for name in option.facts)
    yield Hint("csf-5-7", "needs-known", (), rung, f"{len(known)}/{len(needs)}", beside)


def _certificates(offer: Offer) -> Iterator[Hint]:
    """7.1: certificates under other schemes, and those that only a party claims."""
    for step in offer.grounds.onward(offer.thing, "holdsCertification"):
        yield Hint("csf-7-1", "certificate", (step,))
    for fact in offer.grounds.claimed_certificates.get(offer.thing, ()):
        yield Hint("csf-7-1", "certificate-claimed", (hop(offer.thing, fact.object, (fact,)),))


def _security(offer: Offer) -> Iterator[Hint]:
    """7.3: units of the providers, and suppliers of skills, with their places."""
    grounds = offer.grounds
    units = [
        link.on(step) for link in offer.providers for step in grounds.inward(link.node, ("partOf",))
    ]
    for link in (*units, *grounds.suppliers(offer.thing, {"skills"})):
        for relation in ("hostedIn", "operatesIn"):
            for step in grounds.onward(link.node, relation):
                yield Hint("csf-7-3", "place-of-work", (*link.steps, step))


def _maintenance(offer: Offer) -> Iterator[Hint]:
    """7.6: proprietary platforms from a foreign builder."""
    grounds = offer.grounds
    for link in grounds.reached(offer.thing, {"platform"}):
        kinds = {fact.object for fact in grounds.standing.of("licenceKind", link.node)}
        if "licence-proprietary" in kinds:
            builders = (link.on(*each.steps) for each in grounds.builders(link.node))
            for builder in grounds.foreign(builders):
                yield Hint("csf-7-6", "platform-closed-and-foreign", builder.steps)


def _energy(offer: Offer) -> Iterator[Hint]:
    """8.4: who supplies energy, and under which law."""
    grounds = offer.grounds
    for link in grounds.suppliers(offer.thing, {"energy"}):
        laws = [tie.hops for tie in grounds.law.laws(link.node).values()] or [()]
        for law in laws:
            yield Hint("csf-8-4", "energy-supplier", (*link.steps, *law))


GIVERS: tuple[Callable[[Offer], Iterator[Hint]], ...] = (
    _seats,
    _providers_depend,
    _laws,
    _provider_laws,
    _holders,
    _programmes,
    _roadmap,
    _portability,
    _support,
    _makers,
    _coverage,
    _certificates,
    _security,
    _maintenance,
    _energy,
)
