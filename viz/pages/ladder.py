"""The page on which offerings are compared on the ladders of the sovereignty framework."""

from collections.abc import Iterator
from functools import partial

from techsov.graph.messages import say
from techsov.viz.ladder import AREA, MOST, LadderTeller
from techsov.viz.pages.frame import Place, render
from techsov.viz.payload import json_block
from techsov.viz.publication import Publication
from techsov.viz.words import area_word, area_words, count

SCRIPT_AREA = "page-ladder-script"
SCRIPTS = ("tables.js", "ladder.js")


def ladder_page(publication: Publication, language: str, place: Place) -> str:
    """Write what level the evidence still allows each offering, what caps it, what is unknown."""
    labels = publication.labels(language)
    ladders = publication.ladders
    teller = LadderTeller(ladders, publication.teller(language), labels)
    framework = ladders.framework
    cards = {name: teller.card(name) for name in (*ladders.told, *ladders.default)}
    notes = list(dict.fromkeys(tuple(teller.notes(name)) for name in ladders.open))
    return render(
        "ladder.html",
        publication,
        language,
        place,
        styles=("reach.css", "ladder.css"),
        scripts=SCRIPTS,
        title=area_word(AREA, "title", language),
        r=partial(_word, language),
        c=partial(_count, language),
        ladders=ladders,
        cards=cards,
        table=[cards[name] for name in ladders.told],
        blank=teller.card(ladders.open[0]) if ladders.open else None,
        notes=notes,
        noted={name: notes.index(tuple(teller.notes(name))) for name in ladders.open},
        shared=teller.shared(),
        would_answer=teller.would_answer(),
        profiles=framework.profiles.values(),
        criteria=framework.criteria.values(),
        label=labels.entity,
        disclaimer=say("score.disclaimer", language),
        strict=say("score.reading-strict", language),
        relaxed=say("score.reading-relaxed", language),
        most=MOST,
        data=json_block(
            {
                "page": {"language": language},
                "most": MOST,
                "default": ladders.default,
                "names": {name: _names(publication, name) for name in ladders.assessments},
                "words": area_words(SCRIPT_AREA, language),
            }
        ),
    )


def ladder_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    ladders = publication.ladders
    yield ladders.told, ladders.open, ladders.default, ladders.shared
    for name, found in ladders.assessments.items():
        yield name, found.known, found.silent, found.offer.itself, bool(found.offer.providers)
    for name in dict.fromkeys((*ladders.told, *ladders.default, *ladders.open[:1])):
        found, planned = ladders.assessments[name], ladders.planned.get(name)
        yield found.verdicts, found.hints, found.reported, planned and planned.verdicts


def _names(publication: Publication, name: str) -> list[str]:
    entity = publication.knowledge.records.entities[name]
    return sorted({entity.label_en, entity.label_fr, *entity.names} - {""})


def _word(language: str, key: str, **values: object) -> str:
    return area_word(AREA, key, language, **values)


def _count(language: str, key: str, number: int) -> str:
    return count(key, number, language, AREA)
