"""Whose loss would touch the most, and how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from techsov.graph.analysis.failure.chokepoints import Chokepoints
from techsov.graph.analysis.network.robustness import SAMPLES, TOP
from techsov.graph.messages import say
from techsov.graph.telling.chokepoints import way_word
from techsov.graph.telling.concentration import number
from techsov.graph.telling.upstream import upstream_table
from techsov.viz.holds import MOST_RANKED, NAMED_IN_LAYER, Holds
from techsov.viz.pages.frame import Place, render
from techsov.viz.publication import Publication
from techsov.viz.sentences import Teller
from techsov.viz.telling import steps_of
from techsov.viz.words import area_word, word

SCRIPTS = ("tables.js",)


@dataclass(frozen=True, slots=True)
class Victim:
    """What stops or is impaired without one other: ``sure`` in both readings, ``worst`` in one."""

    entity: str
    sure: tuple[str, ...]
    worst: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def chokepoints_page(publication: Publication, language: str, place: Place) -> str:
    """Write who is relied upon by most, whose loss alone stops what, and what rivals share."""
    teller, labels = publication.teller(language), publication.labels(language)
    holds, found = publication.holds, publication.findings.chokepoints
    upstream = publication.findings.upstream
    return render(
        "chokepoints.html",
        publication,
        language,
        place,
        scripts=SCRIPTS,
        title=word("chokepoints-title", language),
        say=partial(_say, language),
        number=partial(number, language=language),
        share=partial(share_text, language),
        chain=partial(steps_of, teller=teller, labels=labels),
        named_all=lambda names, between=" + ": between.join(map(teller.name, names)),
        way_word=partial(way_word, labels=labels),
        tried=frozenset(name for kind, name in publication.trials.choices if kind == "remove"),
        holds=holds,
        found=found,
        actors=found.circuits["worst"].actors,
        lead=tuple(_lead(holds, teller)),
        victims=_victims(found),
        shared=list(zip(upstream, upstream_table(upstream, labels).rows, strict=True)),
        samples=SAMPLES,
        top=TOP,
        most=MOST_RANKED,
        named=NAMED_IN_LAYER,
        unrelated=_unrelated(publication),
    )


def chokepoints_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    holds, found = publication.holds, publication.findings.chokepoints
    # Ranks, and how firm they are, follow from the edges and from how sure their facts are.
    yield sorted(holds.view.edges(keys=True, data="confidence")), sorted(holds.view), holds.silence
    yield found.hanging, found.points, found.pairs
    yield [(name, len(found.tree.below.get(name, ()))) for name in found.suppliers()]
    yield [(name, found.direct.get(name, 0)) for name in found.suppliers()]
    for victim in _victims(found):
        if victim.entity not in publication.paged:
            yield found.ways_down(victim.entity)
    yield publication.findings.upstream, _unrelated(publication)
    yield [name for kind, name in publication.trials.choices if kind == "remove"]
    yield sorted(found.circuits["worst"].actors)


def _unrelated(publication: Publication) -> int:
    """Count those with a page of which nothing says whether they rely on anybody."""
    return sum(name not in publication.holds.view for name in publication.pages)


def share_text(language: str, part: float, whole: float = 1) -> str:
    """Write a part of a whole in per cent; nothing of nothing is nothing."""
    value = 100 * part / whole if whole else 0
    return say("robustness.percent", language, share=number(value, language))


def _lead(holds: Holds, teller: Teller) -> Iterator[str]:
    """Answer the question of the page in two or three sentences."""
    language = teller.language
    if not holds.ranks:
        yield _say(language, "lead-none")
        return
    first = [row.firm for row in holds.ranks if row.firm.rank == 1]
    names = ", ".join(teller.name(row.node) for row in first)
    all_others = len(holds.firm) - 1
    count = number(first[0].value, language)
    yield _say(language, "lead-first", names=names, count=count, all=all_others)
    firm = holds.firmest
    if firm:
        row = first[0]
        yield _say(
            language,
            "lead-range",
            name=teller.name(row.node),
            low=row.low,
            high=row.high,
            firm=teller.name(firm.node),
            often=share_text(language, firm.in_top),
        )
    single = share_text(language, holds.single, holds.facts)
    yield _say(language, "lead-single", facts=holds.facts, single=holds.single, share=single)


def _victims(found: Chokepoints) -> list[Victim]:
    """List what hangs on single others or on pairs, those first that most would stop for sure."""
    worst, best, pairs = found.points["worst"], found.points["best"], found.pairs.of
    rows = [
        Victim(
            entity,
            tuple(best.get(entity, ())),
            tuple(name for name in worst.get(entity, ()) if name not in best.get(entity, ())),
            tuple(pairs.get(entity, ())),
        )
        for entity in sorted({*worst, *pairs})
    ]
    kept = [row for row in rows if row.sure or row.worst or row.pairs]
    return sorted(kept, key=lambda row: (-len(row.sure), -len(row.worst), row.entity))


def _say(language: str, key: str, **values: object) -> str:
    return area_word("page-chokepoints", key, language, **values)
