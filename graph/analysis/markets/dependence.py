"""Who is depended on, layer by layer, and under whose law: a picture of the sources.

It counts who is written about. How large the market is, or how much each one buys, it does not
know: shares are of pairs of a dependent and a supplier.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.law.suppliers import Ruling, behind, ruling
from techsov.graph.analysis.markets.concentration import WHOLE, Concentration, by_firm, by_law


@dataclass(frozen=True, slots=True)
class Supply:
    """Those who depend on ``supplier`` in one layer, and the facts that say so, both sorted."""

    supplier: str
    dependents: tuple[str, ...]
    share: Fraction
    facts: tuple[str, ...]
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class UnderLaw:
    """Those who depend on a supplier under ``law``, which is empty where it is not known."""

    law: str
    dependents: tuple[str, ...]
    suppliers: tuple[str, ...]
    share: Fraction


@dataclass(frozen=True, slots=True)
class LayerDependence:
    """The dependence in one layer, as the facts give it; ``by_law`` has bounds.

    ``supplies`` and ``laws`` come with the most dependents first; shares are in per cent of the
    pairs of a dependent and a supplier. ``facts`` are all premises, the laws' too.
    """

    layer: str
    dependents: tuple[str, ...]
    supplies: tuple[Supply, ...]
    laws: tuple[UnderLaw, ...]
    by_supplier: Concentration
    by_law: Concentration
    facts: tuple[str, ...]


def dependence_by_layer(
    law: Jurisdictions, layers: Collection[str], region: str = ""
) -> tuple[LayerDependence, ...]:
    """Count, for each layer, who depends on whom, and under whose law the suppliers stand.

    Parameters
    ----------
    law : Jurisdictions
        The facts that stand, and what they say of law.
    layers : collection of str
        Concepts of the scheme ``layer``, without their prefix.
    region : str, optional
        A state, a union or a place: only dependents in it are counted, see :func:`is_in`.

    Returns
    -------
    tuple of LayerDependence
        By layer, in alphabetical order; a layer in which nobody depends on anybody is left out.

    Notes
    -----
    Read are ``dependsOn`` facts of the layer. The supplier of an offering or of an infrastructure
    is whoever provides it, else operates it, else builds it; where no fact says who, the thing
    stands for itself, and its law is unknown. Who depends on something of its own is not counted.
    """
    standing = law.standing
    area = law.inside(region) if region else frozenset[str]()
    pairs: defaultdict[str, defaultdict[str, defaultdict[str, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for fact in standing.all("dependsOn"):
        if region and not is_in(law, fact.subject, area):
            continue
        suppliers = behind(standing, fact.object) or {fact.object: ()}
        for supplier, supplying in suppliers.items():
            if supplier != fact.subject:
                for layer in set(fact.qualifiers.get("layer", ())) & set(layers):
                    pairs[layer][supplier][fact.subject].update((fact.id, *supplying))
    return tuple(_layer(law, layer, pairs[layer]) for layer in sorted(pairs))


def is_in(law: Jurisdictions, thing: str, area: Collection[str]) -> bool:
    """Whether ``thing`` is of ``area``: by any tie, by its place, or by who supplies it.

    That is: it is one of the states and places; or its law, that of one who controls it, its head
    office or its business is there; or it is hosted there; or one of these holds of an actor that
    provides it, operates it or builds it.
    """
    standing = law.standing
    if thing in area:
        return True
    if any(fact.object in area for fact in standing.of("hostedIn", thing)):
        return True
    return any(
        any(tie.jurisdiction in area for tie in law.ties(actor))
        for actor in behind(standing, thing)
    )


def unplaced(law: Jurisdictions, layers: Collection[str]) -> tuple[str, ...]:
    """Give the dependents in ``layers`` of which no fact says where they belong, sorted."""
    standing = law.standing
    found = {
        fact.subject
        for fact in standing.all("dependsOn")
        if set(fact.qualifiers.get("layer", ())) & set(layers)
    }
    return tuple(sorted(name for name in found if not _has_place(law, name)))


def _has_place(law: Jurisdictions, thing: str) -> bool:
    standing = law.standing
    return (
        standing.is_a(thing, "Place")
        or bool(standing.of("hostedIn", thing))
        or any(law.ties(actor) for actor in behind(standing, thing))
    )


def _layer(
    law: Jurisdictions, layer: str, pairs: dict[str, defaultdict[str, set[str]]]
) -> LayerDependence:
    total = sum(map(len, pairs.values()))
    supplies = [
        Supply(
            supplier=supplier,
            dependents=tuple(sorted(dependents)),
            share=WHOLE * len(dependents) / total,
            facts=tuple(sorted({name for facts in dependents.values() for name in facts})),
            ruling=ruling(law, supplier),
        )
        for supplier, dependents in pairs.items()
    ]
    supplies.sort(key=lambda each: (-each.share, each.supplier))
    laws = _laws(supplies)
    known = [each.share for each in laws if each.law]
    return LayerDependence(
        layer=layer,
        dependents=tuple(sorted({name for each in supplies for name in each.dependents})),
        supplies=tuple(supplies),
        laws=laws,
        by_supplier=by_firm([each.share for each in supplies]),
        by_law=by_law(known, WHOLE - sum(known, Fraction(0))),
        facts=tuple(
            sorted({name for each in supplies for name in (*each.facts, *each.ruling.facts)})
        ),
    )


def _laws(supplies: list[Supply]) -> tuple[UnderLaw, ...]:
    """Sum the suppliers by law, the unknown ones last."""
    under: defaultdict[str, list[Supply]] = defaultdict(list)
    for each in supplies:
        under[each.ruling.law].append(each)
    found = [
        UnderLaw(
            law=name,
            dependents=tuple(sorted({one for each in group for one in each.dependents})),
            suppliers=tuple(each.supplier for each in group),
            share=sum((each.share for each in group), Fraction(0)),
        )
        for name, group in under.items()
    ]
    return tuple(sorted(found, key=lambda each: (not each.law, -each.share, each.law)))
