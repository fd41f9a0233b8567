"""A page that is kept is the page that would be made: nothing is told that is not signed.

Each fact, entity and document of the archipelago is changed alone, in one of the ways in which such
a thing can change. Then every page whose signature is still the same is made, and must be the same.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from techsov.graph.export import FORMATS
from techsov.graph.flow import Knowledge
from techsov.graph.publish import export_sheet
from techsov.graph.records import PROMOTIONAL, Entity, Evidence, Fact, PartialDate, Records, Source
from techsov.viz import arrangement
from techsov.viz.layout import Point, Room, Ties, positions
from techsov.viz.publication import Publication
from techsov.viz.signature import Signatures
from techsov.viz.site import Sheet, site_jobs

#: How many changes of the published facts are tried, and how many pages are looked at after each.
CHANGES, PAGES = 6, 20
#: The archipelago is tried in so many parts.
PARTS = 6

FactChange = Callable[[Fact, Records], Iterable[Fact]]


def _elsewhere(fact: Fact, records: Records) -> str:
    """Give another entity of the class of the subject."""
    cls = records.entities[fact.subject].cls
    return max(name for name, entity in records.entities.items() if entity.cls == cls)


def _added(fact: Fact, records: Records) -> Iterator[Fact]:
    yield fact
    yield replace(fact, id=f"{fact.id}-again", subject=_elsewhere(fact, records))


def _superseded(fact: Fact, records: Records) -> Iterator[Fact]:
    yield fact
    yield replace(fact, id=f"{fact.id}-new", valid_from=PartialDate("2030"), supersedes=(fact.id,))


def _said_again(fact: Fact, records: Records) -> Iterator[Fact]:
    source = next(name for name in records.sources if name not in fact.sources)
    more = Evidence(source, 28, Decimal("0.9"), "Again.", "Encore.", "", fact.evidence[0].origin)
    yield replace(fact, evidence=(*fact.evidence, more))


def _reworded(fact: Fact, records: Records) -> Iterator[Fact]:
    first, *rest = fact.evidence
    yield replace(fact, evidence=(replace(first, gloss_en="Other.", gloss_fr="Autre."), *rest))


def _moved(fact: Fact, records: Records) -> Iterator[Fact]:
    first, *rest = fact.evidence
    yield replace(fact, evidence=(replace(first, paragraph=29, cited_source=first.source), *rest))


def _doubted(fact: Fact, records: Records) -> Iterator[Fact]:
    other = {"stated": "planned", "planned": "denied"}.get(fact.status, "stated")
    yield replace(fact, status=other)


FACT_CHANGES: Mapping[str, FactChange] = {
    "removed": lambda fact, records: (),
    "status": _doubted,
    "claimed": lambda fact, records: [
        replace(fact, status="claimed", claimant=_elsewhere(fact, records))
    ],
    "gloss": _reworded,
    "over": lambda fact, records: [replace(fact, valid_to=PartialDate("2020"))],
    "dated": lambda fact, records: [replace(fact, valid_from=PartialDate("2011-03"))],
    "added": _added,
    "passage": _moved,
    "superseded": _superseded,
    "said again": _said_again,
    "less sure": lambda fact, records: [
        replace(
            fact,
            evidence=tuple(replace(each, confidence=Decimal("0.3")) for each in fact.evidence),
        )
    ],
    "contradicting": lambda fact, records: [replace(fact, contradicts=(records.facts[0].id,))],
    "layer": lambda fact, records: [
        replace(fact, qualifiers={**fact.qualifiers, "layer": ("data",)})
        if "layer" in fact.qualifiers
        else replace(fact, object=_elsewhere(fact, records))
        if fact.object in records.entities
        else replace(fact, status="denied")
    ],
}
ENTITY_CHANGES: Mapping[str, Callable[[Entity], Entity]] = {
    "labels": lambda entity: replace(entity, label_en="A new name", label_fr="Un nouveau nom"),
    "French label": lambda entity: replace(entity, label_fr="Un autre nom"),
    "names": lambda entity: replace(entity, names=("Once called so",)),
}
SOURCE_CHANGES: Mapping[str, Callable[[Source], Source]] = {
    "stance": lambda source: replace(
        source, stance="neutral" if source.stance == PROMOTIONAL else PROMOTIONAL
    ),
    "label": lambda source: replace(source, label_en="Another", label_fr="Un autre"),
    "day": lambda source: replace(source, published=PartialDate("2019-01-02")),
    "address": lambda source: replace(source, url="https://example.org/new", publisher="Other"),
}


@cache
def _positions(names: tuple[tuple[str, Room], ...], ties: Ties, stage: tuple[int, int]) -> object:
    return positions(dict(names), ties, stage)


@pytest.fixture(autouse=True)
def _laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay out pictures of the same rooms and ties once: this is where the time goes."""

    def remembered(
        rooms: Mapping[str, Room], ties: Ties, stage: tuple[int, int]
    ) -> Mapping[str, Point]:
        return _positions(tuple(rooms.items()), ties, stage)  # type: ignore[return-value]

    monkeypatch.setattr(arrangement, "positions", remembered)


def _with_records(known: Knowledge, **parts: object) -> Knowledge:
    return replace(known, records=replace(known.records, **parts))  # type: ignore[arg-type]


def _fact_changed(known: Knowledge, number: int, kind: str) -> Knowledge:
    records = known.records
    fact = records.facts[number]
    facts = [*records.facts[:number], *records.facts[number + 1 :]]
    facts += FACT_CHANGES[kind](fact, records)
    return _with_records(known, facts=tuple(sorted(facts, key=lambda each: each.id)))


def _entity_changed(known: Knowledge, name: str, kind: str) -> Knowledge:
    changed = ENTITY_CHANGES[kind](known.records.entities[name])
    return _with_records(known, entities={**known.records.entities, name: changed})


def _source_changed(known: Knowledge, name: str, kind: str) -> Knowledge:
    changed = SOURCE_CHANGES[kind](known.records.sources[name])
    return _with_records(known, sources={**known.records.sources, name: changed})


def changes(known: Knowledge) -> Iterator[tuple[str, Callable[[], Knowledge]]]:
    """Change each thing alone, the kinds of change taking turns; each document in every way."""
    records = known.records
    kinds = [*FACT_CHANGES]
    for number, fact in enumerate(records.facts):
        kind = kinds[number % len(kinds)]
        yield f"{fact.id} {kind}", lambda n=number, k=kind: _fact_changed(known, n, k)  # type: ignore[misc]
    kinds = [*ENTITY_CHANGES]
    for number, name in enumerate(records.entities):
        kind = kinds[number % len(kinds)]
        yield f"{name} {kind}", lambda n=name, k=kind: _entity_changed(known, n, k)  # type: ignore[misc]
    for name in records.sources:
        for kind in SOURCE_CHANGES:
            yield f"{name} {kind}", lambda n=name, k=kind: _source_changed(known, n, k)  # type: ignore[misc]


def signed(publication: Publication, code: str = "code") -> dict[str, Sheet]:
    """List the pages and exports that are signed, by their first file."""
    return _signed_by(Signatures(publication, code))


def _signed_by(signatures: Signatures) -> dict[str, Sheet]:
    publication = signatures.publication
    pages = [sheet for job in site_jobs(publication, "en", signatures) for sheet in job]
    exports = [export_sheet(form, signatures) for form in FORMATS.values()]
    return {sheet.files[0]: sheet for sheet in (*pages, *exports) if sheet.sign}


def _sign(sheet: Sheet) -> str:
    assert sheet.sign
    return sheet.sign()


def stale(
    old: Mapping[str, Sheet], new: Mapping[str, Sheet], names: Iterable[str], reworded: bool = False
) -> tuple[int, list[str]]:
    """Count the pages that would be kept; list those that would not be what a full build makes.

    Where nothing but glosses has changed, what shows none is kept unseen.
    """
    kept = [
        name
        for name in names
        if name in new
        and ((reworded and not new[name].glossed) or _sign(old[name]) == _sign(new[name]))
    ]
    return len(kept), [name for name in kept if old[name].make() != new[name].make()]


@pytest.fixture(scope="module")
def before(lawful: Knowledge) -> dict[str, Sheet]:
    """The signed sheets of the archipelago, each made once."""
    return {
        name: replace(sheet, make=cache(sheet.make), sign=cache(sheet.sign) if sheet.sign else None)
        for name, sheet in signed(Publication(lawful)).items()
    }


@pytest.mark.parametrize("part", range(PARTS))
def test_a_page_is_kept_only_if_a_full_build_would_make_the_same(
    part: int, lawful: Knowledge, before: dict[str, Sheet]
) -> None:
    wrong, most = {}, 0
    unglossed = Signatures(Publication(lawful), "code").unglossed
    for said, change in [*changes(lawful)][part::PARTS]:
        signatures = Signatures(Publication(change()), "code")
        reworded = signatures.unglossed == unglossed
        assert reworded or not said.endswith(" gloss")
        kept, differing = stale(before, _signed_by(signatures), before, reworded)
        most = max(most, kept)
        if differing:
            wrong[said] = differing
    assert wrong == {}
    assert most > len(before) / 2, "a changed thing rebuilds only what it touches"


def test_nothing_is_made_anew_where_nothing_has_changed(
    lawful: Knowledge, before: dict[str, Sheet]
) -> None:
    again = signed(Publication(lawful))
    assert {name: _sign(job) for name, job in again.items()} == {
        name: _sign(job) for name, job in before.items()
    }


def test_a_line_that_is_shifted_changes_no_signature(
    lawful: Knowledge, before: dict[str, Sheet]
) -> None:
    def below(evidence: Evidence) -> Evidence:
        return replace(evidence, origin=replace(evidence.origin, line=99, file="l'autre (1).csv"))

    facts = tuple(
        replace(fact, evidence=tuple(map(below, fact.evidence))) for fact in lawful.records.facts
    )
    shifted = signed(Publication(_with_records(lawful, facts=facts)))
    assert all(_sign(before[name]) == _sign(job) for name, job in shifted.items())


def test_what_is_not_of_one_page_changes_every_signature(
    lawful: Knowledge, before: dict[str, Sheet]
) -> None:
    later = signed(Publication(replace(lawful, day=lawful.day.replace(day=2))))
    fewer = dict([*lawful.framework.criteria.items()][1:])
    weighed = Publication(replace(lawful, framework=replace(lawful.framework, criteria=fewer)))
    coded = signed(Publication(lawful), "other")
    for others in (later, coded):
        assert all(_sign(before[name]) != _sign(job) for name, job in others.items())
    base = Signatures(Publication(lawful), "code")
    assert base.of("nimbus", ()) != Signatures(weighed, "code").of("nimbus", ())


def test_a_page_of_the_published_facts_is_kept_only_if_it_would_be_the_same(
    published: Knowledge, shared_publication: Publication
) -> None:
    """A sample of changes; after each, pages near to it and pages anywhere."""
    drawn = random.Random(7)
    old = {
        name: replace(sheet, make=cache(sheet.make))
        for name, sheet in signed(shared_publication).items()
    }
    numbers = range(len(published.records.facts))
    for kind in drawn.sample([*FACT_CHANGES], CHANGES):
        number = drawn.choice(numbers)
        fact = published.records.facts[number]
        new = signed(Publication(_fact_changed(published, number, kind)))
        near = [
            f"en/actor/{mark}.html"
            for mark in shared_publication.surroundings(fact.subject).marks
            if mark in shared_publication.paged
        ]
        anywhere = drawn.sample([*old], PAGES // 2)
        pages = dict.fromkeys([*drawn.sample(near, min(len(near), PAGES // 2)), *anywhere])
        assert stale(old, new, pages)[1] == [], (fact.id, kind)
