"""How concentrated markets and layers are, for reading; computed once for all pages.

Nothing is concluded here: the tables of shares and the dependence layer by layer are those of the
analyses, put in order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from techsov.graph.analysis.markets.concentration import WHOLE, Bounds, Concentration, band
from techsov.graph.analysis.markets.dependence import LayerDependence, dependence_by_layer
from techsov.graph.analysis.markets.shares import Measured, measure, share_tables
from techsov.viz.findings import Findings
from techsov.viz.style import in_stack

#: The yardstick of the page; the others are named beside it.
YARDSTICK = "eu"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a layer, in per cent: under the law of ``places``, or with its head office there.

    Of the rest (``kind`` is ``unknown``), neither is known.
    """

    kind: Literal["law", "seat", "unknown"]
    places: tuple[str, ...]
    share: Fraction


@dataclass(frozen=True)
class Markets:
    """The concentration of every table of market shares, and of the dependence in every layer."""

    findings: Findings

    @cached_property
    def tables(self) -> tuple[Measured, ...]:
        """Every table of market shares, the surest concentration first."""
        found = (
            measure(table, self.findings.law) for table in share_tables(self.findings.standing)
        )
        return tuple(sorted(found, key=_order))

    @cached_property
    def layers(self) -> tuple[LayerDependence, ...]:
        """Who is depended on in each layer, in the order of the stack."""
        schemed = self.findings.knowledge.schema.in_scheme("layer")
        found = {each.layer: each for each in dependence_by_layer(self.findings.law, schemed)}
        return tuple(found[layer] for layer in in_stack(found))

    @cached_property
    def without(self) -> tuple[str, ...]:
        """The layers in which nobody is known to depend on anybody."""
        known = {each.layer for each in self.layers}
        schemed = self.findings.knowledge.schema.in_scheme("layer")
        return tuple(in_stack(layer for layer in schemed if layer not in known))

    @cached_property
    def layer_of(self) -> Mapping[str, tuple[str, ...]]:
        """The layers into which facts put each market."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for fact in self.findings.standing.all("coversLayer"):
            found[fact.subject].add(fact.object.removeprefix("layer-"))
        return {market: tuple(in_stack(layers)) for market, layers in found.items()}

    def bands(self, measures: Sequence[Concentration | None]) -> tuple[int, int, int]:
        """Count those below the yardstick for sure, those above it for sure, and the open ones.

        What lies between its limits for sure is above the first of them, and counts as open.
        """
        places = [band(each.hhi, YARDSTICK) if each else None for each in measures]
        low, high = places.count(0), places.count(2)
        return low, high, len(places) - low - high

    def parts(self, layer: LayerDependence) -> tuple[Part, ...]:
        """Divide a layer by law, then by head office where the law is unknown."""
        known = [Part("law", (each.law,), each.share) for each in layer.laws if each.law]
        seats: defaultdict[tuple[str, ...], Fraction] = defaultdict(Fraction)
        for each in layer.supplies:
            if not each.ruling.law:
                seats[each.ruling.seats] += each.share
        rest = seats.pop((), Fraction(0))
        seated = [Part("seat", places, share) for places, share in seats.items()]
        seated.sort(key=lambda part: (-part.share, part.places))
        return (*known, *seated, *([Part("unknown", (), rest)] if rest else []))


def place_of(points: Fraction | int) -> float:
    """Place an HHI on a scale from 0 to 100, of which 10,000 points are the end."""
    return round(float(points) / float(WHOLE), 2)


def ends(bounds: Bounds) -> tuple[float, float]:
    """Place both ends of an HHI on a scale from 0 to 100."""
    return place_of(bounds.low), place_of(WHOLE**2 if bounds.high is None else bounds.high)


def _order(one: Measured) -> tuple[object, ...]:
    table = one.table
    newest = table.since.first.toordinal() if table.since else 0
    low = one.firms.hhi.low if one.firms else Fraction(-1)
    return (-low, table.market, table.geography, -newest, table.source)
