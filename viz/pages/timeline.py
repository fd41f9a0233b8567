"""The timeline: what begins and ends when, as far as sources date it, and how much they do not."""

from collections.abc import Iterator
from functools import partial

from techsov.graph.records import Records
from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.style import RELATION_FAMILIES
from techsov.viz.timeline import BAR_HEIGHT, YEAR_WIDTH, chart, documents_by_year, years
from techsov.viz.words import area_word, count, number_text, word

AREA = "page-timeline"
SCRIPTS = ("timeline.js",)


def timeline_page(publication: Publication, language: str, place: Place) -> str:
    """Write every dated beginning and end by year, and count what no source dates."""
    records, teller = publication.knowledge.records, publication.teller(language)
    found = years(records.facts, teller)
    families = {event.told.relation.family for year in found for event in year.events}
    ordered = [*RELATION_FAMILIES, *sorted(families - set(RELATION_FAMILIES))]
    dated = sum(bool(fact.valid_from or fact.valid_to) for fact in records.facts)
    return render(
        "timeline.html",
        publication,
        language,
        place,
        styles=("timeline.css",),
        scripts=SCRIPTS,
        title=word("timeline-title", language),
        say=partial(timeline_word, language),
        name_of=teller.name,
        events=lambda number: count("events", number, language, AREA),
        number=lambda value: number_text(str(value), language),
        years=found,
        all_events=sum(len(year.events) for year in found),
        chart=chart(found),
        bar_width=YEAR_WIDTH - 5,
        bar_height=BAR_HEIGHT,
        families=[(name, teller.name(f"family-{name}")) for name in ordered if name in families],
        dated=dated,
        undated=len(records.facts) - dated,
        no_begin=sum(not fact.valid_from for fact in records.facts),
        this_year=publication.knowledge.day.year,
        documents=documents_by_year(records.sources.values()),
        undated_documents=_undated(records),
    )


def timeline_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    records = publication.knowledge.records
    yield len(records.facts), sum(not fact.valid_from for fact in records.facts)
    yield [fact.id for fact in records.facts if fact.valid_from or fact.valid_to]
    yield documents_by_year(records.sources.values()), _undated(records)


def _undated(records: Records) -> int:
    """Count the documents that were read and have no date."""
    return sum(source.read and not source.published for source in records.sources.values())


def timeline_word(language: str, key: str, **values: object) -> str:
    """Say one message of the timeline."""
    return area_word(AREA, key, language, **values)
