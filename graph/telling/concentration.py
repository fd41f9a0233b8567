"""Concentration in words and tables: each figure with its bounds, its yardstick and its source."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from techsov.graph.analysis.markets.concentration import (
    WHOLE,
    YARDSTICKS,
    Bounds,
    Concentration,
    band,
)
from techsov.graph.analysis.markets.dependence import LayerDependence
from techsov.graph.analysis.markets.shares import Measured
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import cited_facts, status_words

KEYS = (
    "kind",
    "subject",
    "label",
    "place",
    "since",
    "status",
    "by",
    "count",
    "known",
    "hhi_low",
    "hhi_high",
    "band",
    "yardstick",
    "equivalent_low",
    "equivalent_high",
    "largest_low",
    "largest_high",
    "to_most_low",
    "to_most_high",
    "facts",
    "sources",
    "problem",
)
HEADINGS = ("what", "where", "when", "by", "hhi", "reading", "largest", "to-most", "source")
DETAIL_KEYS = (
    "kind",
    "subject",
    "label",
    "place",
    "since",
    "holder",
    "holder_label",
    "share",
    "dependents",
    "law",
    "seats",
    "facts",
    "sources",
)
DETAIL_HEADINGS = ("what", "where", "when", "holder", "share", "law", "source")


def number(value: float, language: str, places: int = 0) -> str:
    """Write a number as the language does.

    >>> number(1641.3, "en"), number(2.5, "fr", 1)
    ('1,641', '2,5')
    """
    text = f"{value:,.{places}f}"
    if places:
        text = text.rstrip("0").rstrip(".")
    if language == "fr":
        text = text.replace(",", "\u202f").replace(".", ",")
    return text


def points(bounds: Bounds, language: str) -> str:
    """Give an HHI, or its bounds rounded away from each other."""
    if bounds.low == 0 and bounds.high == WHOLE**2:
        return ""
    if bounds.exact:
        return number(round(bounds.low), language)
    return _from_to(number(floor(bounds.low), language), _most(bounds, language))


def percent(share: Fraction, language: str) -> str:
    """Write a share in per cent, to one decimal place at most."""
    return say("concentration.percent", language, share=number(float(share), language, 1))


def reading(hhi: Bounds, yardstick: str, language: str) -> str:
    """Place an HHI on a yardstick; where its bounds fall into two bands, say only between what."""
    if hhi.low == 0 and hhi.high == WHOLE**2:
        return say("concentration.nothing-known", language)
    limits = [number(limit, language) for limit, _ in YARDSTICKS[yardstick]]
    place = band(hhi, yardstick)
    if place is None:
        ends = {"low": number(floor(hhi.low), language), "high": _most(hhi, language)}
        return say("concentration.open", language, **ends)
    if place == 0:
        return say("concentration.below", language, limit=limits[0])
    if place == len(limits):
        return say("concentration.above", language, limit=limits[-1])
    return say("concentration.between", language, low=limits[0], high=limits[-1])


def concentration_table(
    markets: Sequence[Measured],
    layers: Sequence[LayerDependence],
    labels: Labels,
    yardstick: str,
    region: str = "",
) -> Table:
    """Two rows per table of shares and per layer: over suppliers, and over their laws."""
    lines = [line for one in markets for line in _market_lines(one, labels, yardstick)]
    lines += [line for layer in layers for line in _layer_lines(layer, labels, yardstick, region)]
    return _table(KEYS, HEADINGS, lines, labels)


def detail_table(
    markets: Sequence[Measured], layers: Sequence[LayerDependence], labels: Labels, region: str = ""
) -> Table:
    """One row per holder of a share, and per supplier of a layer, with the law behind it."""
    lines = [line for one in markets for line in _holding_lines(one, labels)]
    lines += [line for layer in layers for line in _supply_lines(layer, labels, region)]
    return _table(DETAIL_KEYS, DETAIL_HEADINGS, lines, labels)


def market_sentence(one: Measured, labels: Labels, yardstick: str) -> str:
    """Say in one sentence how concentrated a market is, as far as its table allows."""
    lang = labels.language
    names = {
        "market": labels.entity(one.table.market),
        "place": _place(one, labels),
    }
    if one.firms is None:
        return say("concentration.market-problem", lang, problem=_problem(one, lang), **names)
    return say(
        "concentration.market-sentence",
        lang,
        when=_when(one, lang),
        hhi=points(one.firms.hhi, lang),
        reading=reading(one.firms.hhi, yardstick, lang),
        source=cited_facts(one.table.facts, labels),
        **names,
    )


#: One row for readers, and the same for programs.
Line = tuple[tuple[str, ...], tuple[object, ...]]


def _market_lines(one: Measured, labels: Labels, yardstick: str) -> Iterator[Line]:
    lang, table = labels.language, one.table
    problem = _problem(one, lang) if one.problem else ""
    known = WHOLE - one.rest if one.placements else Fraction(0)
    for by, found, count, share in (
        ("supplier", one.firms, len(table.holdings), known),
        ("law", one.by_law, len(one.laws), WHOLE - one.unknown_law),
    ):
        sources = cited_facts(table.facts, labels)
        ends = (_what(one, labels), _place(one, labels), _when(one, lang))
        shown = _figures(found, yardstick, lang) if found else ("", problem, "", "")
        row = (*ends, _over(by, count, share, lang), *shown, sources)
        yield (
            row,
            (
                "market",
                table.market,
                labels.entity(table.market),
                table.geography,
                table.since.text if table.since else "",
                table.status,
                by,
                count,
                _plain(share),
                *_numbers(found, yardstick),
                list(one.facts) if by == "law" else sorted({*table.facts, *one.grouping}),
                sources,
                problem,
            ),
        )


def _layer_lines(
    layer: LayerDependence, labels: Labels, yardstick: str, region: str
) -> Iterator[Line]:
    lang = labels.language
    what = say("concentration.layer", lang, layer=labels.entity(f"layer-{layer.layer}"))
    supplied = sorted({name for each in layer.supplies for name in each.facts})
    known = sum((each.share for each in layer.laws if each.law), Fraction(0))
    said = say("concentration.fact-count", lang, count=str(len(supplied)))
    laws = [each for each in layer.laws if each.law]
    for by, found, count, share, facts in (
        ("supplier", layer.by_supplier, len(layer.supplies), WHOLE, supplied),
        ("law", layer.by_law, len(laws), known, list(layer.facts)),
    ):
        words = (what, _where(region, labels), "", _over(by, count, share, lang))
        row = (*words, *_figures(found, yardstick, lang), said)
        yield (
            row,
            (
                "layer",
                layer.layer,
                labels.entity(f"layer-{layer.layer}"),
                region,
                "",
                "",
                by,
                count,
                _plain(share),
                *_numbers(found, yardstick),
                facts,
                cited_facts(facts, labels),
                "",
            ),
        )


def _holding_lines(one: Measured, labels: Labels) -> Iterator[Line]:
    lang, table = labels.language, one.table
    laws = {name: part.law for part in one.laws for name in part.holders}
    for each in table.holdings:
        law, seats = laws.get(each.holder, ""), one.seats.get(each.holder, ())
        sources = cited_facts([each.fact], labels)
        ends = (_what(one, labels), _place(one, labels), _when(one, lang))
        holder, share = labels.entity(each.holder), percent(each.share, lang)
        row = (*ends, holder, share, _law_words(law, seats, labels), sources)
        yield (
            row,
            (
                "market",
                table.market,
                labels.entity(table.market),
                table.geography,
                table.since.text if table.since else "",
                each.holder,
                holder,
                _plain(each.share),
                None,
                law,
                list(seats),
                [each.fact],
                sources,
            ),
        )


def _supply_lines(layer: LayerDependence, labels: Labels, region: str) -> Iterator[Line]:
    lang = labels.language
    what = say("concentration.layer", lang, layer=labels.entity(f"layer-{layer.layer}"))
    for each in layer.supplies:
        sources = cited_facts(each.facts, labels)
        supplier, count = labels.entity(each.supplier), len(each.dependents)
        held = say(
            "concentration.dependents", lang, count=str(count), share=percent(each.share, lang)
        )
        law = _law_words(each.ruling.law, each.ruling.seats, labels)
        row = (what, _where(region, labels), "", supplier, held, law, sources)
        yield (
            row,
            (
                "layer",
                layer.layer,
                labels.entity(f"layer-{layer.layer}"),
                region,
                "",
                each.supplier,
                supplier,
                _plain(each.share),
                count,
                each.ruling.law,
                list(each.ruling.seats),
                list(each.facts),
                sources,
            ),
        )


def _table(
    keys: tuple[str, ...], headings: Iterable[str], lines: Sequence[Line], labels: Labels
) -> Table:
    words = tuple(say(f"column.{key}", labels.language) for key in headings)
    return Table(keys, words, [row for row, _ in lines], [data for _, data in lines])


def _what(one: Measured, labels: Labels) -> str:
    """Name the market, and the status of its shares unless they are stated."""
    name = labels.entity(one.table.market)
    if one.table.status == "stated":
        return name
    return f"{name} [{status_words(labels.facts[one.table.facts[0]], labels)}]"


def _where(place: str, labels: Labels) -> str:
    return labels.entity(place) if place else ""


def _place(one: Measured, labels: Labels) -> str:
    place = one.table.geography
    return labels.entity(place) if place else say("concentration.no-place", labels.language)


def _over(by: str, count: int, share: Fraction, language: str) -> str:
    """Say over how many suppliers or laws, and what they have together."""
    known = percent(share, language)
    return say(f"concentration.by-{by}", language, count=str(count), known=known)


def _when(one: Measured, language: str) -> str:
    table = one.table
    if table.since is None:
        return say("concentration.no-date", language)
    return f"{table.since.text}–{table.until.text}" if table.until else table.since.text


def _problem(one: Measured, language: str) -> str:
    return one.problem.text(language) if one.problem else ""


def _most(bounds: Bounds, language: str) -> str:
    return "" if bounds.high is None else number(ceil(bounds.high), language)


def _from_to(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"


def _figures(found: Concentration, yardstick: str, language: str) -> tuple[str, ...]:
    """Write HHI, its reading, the three largest, and how many reach 75 %."""
    if not points(found.hhi, language):
        return ("", reading(found.hhi, yardstick, language), "", "")
    largest = [found.largest.low, found.largest.high or found.largest.low]
    low, high = (number(float(share), language, 1) for share in largest)
    few = number(float(found.to_most.low), language)
    many = (
        say("concentration.or-more", language, count=few)
        if found.to_most.high is None
        else _from_to(few, number(float(found.to_most.high), language))
    )
    return (
        points(found.hhi, language),
        reading(found.hhi, yardstick, language),
        say("concentration.percent", language, share=_from_to(low, high)),
        many,
    )


def _numbers(found: Concentration | None, yardstick: str) -> tuple[object, ...]:
    if found is None:
        return (None, None, None, yardstick, *[None] * 6)
    bounds = (found.equivalent, found.largest, found.to_most)
    return (
        _plain(found.hhi.low),
        _plain(found.hhi.high),
        band(found.hhi, yardstick),
        yardstick,
        *(_plain(end) for each in bounds for end in (each.low, each.high)),
    )


def _plain(value: Fraction | None) -> float | int | None:
    """Give a number for programs, to two decimal places."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), 2)


def _law_words(law: str, seats: Sequence[str], labels: Labels) -> str:
    """Name the law, or say that it is unknown, with the head office set apart."""
    if law:
        return labels.entity(law)
    if not seats:
        return say("concentration.unknown-law", labels.language)
    names = ", ".join(labels.entity(seat) for seat in seats)
    return say("concentration.only-seat", labels.language, places=names)
