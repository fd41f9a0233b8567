"""What was true when: every dated fact by the year in which it begins or ends."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from techsov.graph.records import Fact, PartialDate, Source
from techsov.viz.sentences import Teller, Told
from techsov.viz.words import date_text

#: A fact begins, ends, or is of one moment.
Turn = Literal["begins", "ends", "moment"]
#: The rows of the chart: what is stated at the bottom, the rest upon it, and what ends below.
ROWS = ("stated", "other", "ends")
#: Of the chart: so many years, the earlier ones together in the first; the width of a year, the
#: height of the fullest, and what the least is seen by.
CHART_YEARS, YEAR_WIDTH, BAR_HEIGHT, LEAST_HEIGHT = 30, 16, 100, 1.5


@dataclass(frozen=True, slots=True)
class Event:
    """A fact begins or ends, on a date as precise as its source gives it."""

    date: PartialDate
    date_text: str
    turn: Turn
    told: Told


@dataclass(frozen=True, slots=True)
class Year:
    """What begins and ends within one year, in the order of its dates."""

    year: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of one row fall into one year; ``x``, ``y`` and ``height`` are of the chart."""

    row: str
    year: int
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by year; those of the ``first`` year count all earlier ones too, if ``lumped``."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, int], ...]
    first: int
    lumped: bool
    width: int


def years(facts: Iterable[Fact], teller: Teller) -> tuple[Year, ...]:
    """Sort the beginnings and ends of dated facts by year, the newest first.

    Within a year what is less precise comes first: a whole year, then a month, then a day.
    """
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for fact in facts:
        turns = list(_turns(fact))
        told = teller.tell(fact) if turns else None
        for turn, date in turns:
            if told:
                event = Event(date, date_text(date, teller.language), turn, told)
                found[date.first.year].append(event)
    return tuple(Year(year, tuple(sorted(found[year], key=_order))) for year in sorted(found)[::-1])


def chart(found: Sequence[Year]) -> Chart:
    """Count by year what begins, stated or otherwise, and what ends."""
    if not found:
        return Chart((), (), 0, lumped=False, width=0)
    first = max(found[-1].year, found[0].year - CHART_YEARS)
    counts: dict[str, Counter[int]] = {row: Counter() for row in ROWS}
    for year in found:
        for event in year.events:
            counts[_row(event)][max(first, year.year)] += 1
    span = range(first, found[0].year + 1)
    most = max(
        max(counts["stated"][year] + counts["other"][year], counts["ends"][year]) for year in span
    )
    return Chart(
        tuple(_bars(counts, span, most)),
        tuple((year, YEAR_WIDTH * (year - first)) for year in span if year % 5 == 0),
        first,
        found[-1].year < first,
        YEAR_WIDTH * len(span),
    )


def documents_by_year(sources: Iterable[Source]) -> tuple[tuple[int, int], ...]:
    """Count the documents that were read by the year in which they appeared, the newest first."""
    published = (source.published for source in sources if source.read)
    found = Counter(date.first.year for date in published if date)
    return tuple(sorted(found.items(), reverse=True))


def _row(event: Event) -> str:
    if event.turn == "ends":
        return "ends"
    return "stated" if event.told.status == "stated" else "other"


def _bars(counts: Mapping[str, Counter[int]], span: range, most: int) -> Iterator[Bar]:
    for year in span:
        top = 0.0
        for row in ROWS:
            if not (count := counts[row][year]):
                continue
            height = round(max(LEAST_HEIGHT, BAR_HEIGHT * count / most), 1)
            top += height if row != "ends" else 0
            y = 0.0 if row == "ends" else -round(top, 1)
            yield Bar(row, year, count, YEAR_WIDTH * (year - span[0]), y, height)


def _turns(fact: Fact) -> Iterator[tuple[Turn, PartialDate]]:
    begin, end = fact.valid_from, fact.valid_to
    if begin and end and begin.text == end.text:
        yield "moment", begin
        return
    if begin:
        yield "begins", begin
    if end:
        yield "ends", end


def _order(event: Event) -> tuple[str, str]:
    return event.date.text, event.told.sentence
