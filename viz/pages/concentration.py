"""How concentrated each market and each layer is, by supplier and by law."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from techsov.graph.analysis.markets.concentration import YARDSTICKS, Concentration
from techsov.graph.analysis.markets.dependence import LayerDependence
from techsov.graph.analysis.markets.shares import Measured
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.telling.concentration import (
    concentration_table,
    detail_table,
    number,
    percent,
)
from techsov.viz.markets import YARDSTICK, Markets, Part, ends, place_of
from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.sentences import Proof, Teller
from techsov.viz.telling import proofs_of, steps_of
from techsov.viz.words import area_word, word

SCRIPTS = ("tables.js",)


@dataclass(frozen=True, slots=True)
class Over:
    """One measure of a table or a layer in words, over its suppliers or over their laws.

    ``low`` and ``high`` are places on the scale; where nothing is known, it has none.
    """

    over: str
    hhi: str
    reading: str
    largest: str
    to_most: str
    low: float
    high: float
    points: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Holder:
    """One share in words, or one supplier of a layer, with its law and where it is read."""

    id: str
    name: str
    share: str
    law: str
    facts: tuple[str, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One table of shares or one layer in words."""

    id: str
    name: str
    place: str
    when: str
    suppliers: Over
    laws: Over
    holders: tuple[Holder, ...]
    problem: str


def concentration_page(publication: Publication, language: str, place: Place) -> str:
    """Write how concentrated each table of shares and each layer is, with bounds."""
    teller, labels = publication.teller(language), publication.labels(language)
    markets = publication.markets
    return render(
        "concentration.html",
        publication,
        language,
        place,
        scripts=SCRIPTS,
        title=word("concentration-title", language),
        say=partial(_say, language),
        told=partial(_told, language),
        number=partial(number, language=language),
        percent=partial(percent, language=language),
        where=partial(_where, teller=teller),
        names_of=lambda layers: ", ".join(teller.name(f"layer-{layer}") for layer in layers),
        gaps=tuple(_gaps(publication, markets, language)),
        chain=partial(steps_of, teller=teller, labels=labels),
        hops=publication.holds.as_hops,
        lead=tuple(_lead(markets, language)),
        tables=_rows(markets, teller, labels, markets.tables, ()),
        layers=list(
            zip(
                markets.layers,
                _rows(markets, teller, labels, (), markets.layers),
                map(markets.parts, markets.layers),
                strict=True,
            )
        ),
        matrix=_matrix(markets),
        layer_of=markets.layer_of,
        without=markets.without,
        ticks=[place_of(limit) for limit, _ in YARDSTICKS[YARDSTICK]],
        limits=[number(limit, language) for limit, _ in YARDSTICKS[YARDSTICK]],
        yardsticks=sorted(YARDSTICKS, key=lambda name: (name != YARDSTICK, name)),
    )


def concentration_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    markets = publication.markets
    yield markets.tables, markets.layers, markets.without, markets.layer_of
    yield _unstated(publication)


def _lead(markets: Markets, language: str) -> Iterator[str]:
    """Answer the question of the page: what can be told for sure, over suppliers and over laws."""
    tables = markets.tables
    if not (tables or markets.layers):
        yield _say(language, "lead-none")
        return
    limits = [number(limit, language) for limit, _ in YARDSTICKS[YARDSTICK]]
    for key, measures in (
        ("lead-suppliers", [one.firms for one in tables]),
        ("lead-laws", [one.by_law for one in tables]),
        ("lead-layers", [one.by_law for one in markets.layers]),
    ):
        low, high, rest = markets.bands(measures)
        names = {"limit": limits[-1], "least": limits[0]}
        yield _say(language, key, all=len(measures), high=high, low=low, open=rest, **names)


def _where(part: Part, teller: Teller) -> str:
    """Name the law or the head office of a part, or say that neither is known."""
    names = ", ".join(map(teller.name, part.places))
    if part.kind == "law":
        return names
    return _say(teller.language, f"part-{part.kind}", places=names)


def _gaps(publication: Publication, markets: Markets, language: str) -> Iterator[str]:
    """Say what no source tells: laws, dates, and the shares that are not stated."""
    supplies = {each.supplier: each.ruling for layer in markets.layers for each in layer.supplies}
    silent = sum(not ruling.law for ruling in supplies.values())
    seated = sum(bool(ruling.seats) for ruling in supplies.values())
    yield _say(language, "unknown-law", count=silent, all=len(supplies), seated=seated)
    undated = sum(one.table.since is None for one in markets.tables)
    yield _say(language, "unknown-date", count=undated, all=len(markets.tables))
    yield _say(language, "unknown-status", count=_unstated(publication))
    yield _say(language, "unknown-size")


def _unstated(publication: Publication) -> int:
    """Count the market shares that no source states."""
    facts = publication.knowledge.records.facts
    return sum(fact.relation == "hasMarketShare" and fact.status != "stated" for fact in facts)


def _rows(
    markets: Markets,
    teller: Teller,
    labels: Labels,
    tables: Iterable[Measured],
    layers: Iterable[LayerDependence],
) -> list[Row]:
    """Put tables or layers in the words of the command: two of its rows make one here."""
    tables, layers = tuple(tables), tuple(layers)
    figures = concentration_table(tables, layers, labels, YARDSTICK)
    details = detail_table(tables, layers, labels)
    holders = iter(
        [
            _holder(row, data, teller, labels)
            for row, data in zip(details.rows, details.data, strict=True)
        ]
    )
    found = []
    measures = [(one.firms, one.by_law, len(one.table.holdings)) for one in tables]
    measures += [(one.by_supplier, one.by_law, len(one.supplies)) for one in layers]
    for index, (firms, laws, count) in enumerate(measures):
        words = figures.rows[2 * index]
        data = dict(zip(figures.keys, figures.data[2 * index], strict=True))
        found.append(
            Row(
                id=str(data["subject"]),
                name=words[0],
                place=words[1],
                when=words[2],
                suppliers=_over(words, firms),
                laws=_over(figures.rows[2 * index + 1], laws),
                holders=tuple(next(holders) for _ in range(count)),
                problem=str(data["problem"]),
            )
        )
    return found


def _over(words: tuple[str, ...], found: Concentration | None) -> Over:
    _, _, _, over, hhi, reading, largest, to_most, _ = words
    if found is None or not hhi:
        return Over(over, hhi, reading, largest, to_most, 0, 100, None)
    high = found.hhi.low if found.hhi.high is None else found.hhi.high
    points = (round(found.hhi.low), round(high))
    return Over(over, hhi, reading, largest, to_most, *ends(found.hhi), points)


def _holder(
    words: tuple[str, ...], data: tuple[object, ...], teller: Teller, labels: Labels
) -> Holder:
    facts = data[11]
    names = tuple(map(str, facts)) if isinstance(facts, list) else ()
    return Holder(
        str(data[5]), words[3], words[4], words[5], names, proofs_of(names, teller, labels)
    )


def _matrix(markets: Markets) -> list[tuple[Part, dict[str, Part]]]:
    """Lay the parts of all layers side by side: one row per law or head office, by layer."""
    rows: dict[tuple[str, tuple[str, ...]], dict[str, Part]] = {}
    for layer in markets.layers:
        for part in markets.parts(layer):
            rows.setdefault((part.kind, part.places), {})[layer.layer] = part
    kinds = ("law", "seat", "unknown")

    def order(item: tuple[tuple[str, tuple[str, ...]], dict[str, Part]]) -> tuple[object, ...]:
        (kind, places), parts = item
        return kinds.index(kind), -len(parts), -sum(part.share for part in parts.values()), places

    return [(next(iter(parts.values())), parts) for _, parts in sorted(rows.items(), key=order)]


def _say(language: str, key: str, **values: object) -> str:
    return area_word("page-concentration", key, language, **values)


def _told(language: str, key: str) -> str:
    """Say what the command says."""
    return say(f"concentration.{key}", language)
