"""Which law may reach which service: a table of all, and a page of chains for each law."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from techsov.graph.messages import say
from techsov.graph.records import Fact
from techsov.graph.telling.reach import lacking_words, names_line
from techsov.viz.pages.frame import Place, render
from techsov.viz.payload import json_block
from techsov.viz.publication import Publication
from techsov.viz.reach import ACTORS, THINGS, ReachTeller
from techsov.viz.sentences import Proof
from techsov.viz.words import area_word, area_words, count, day_text

AREA, SCRIPT_AREA = "page-reach", "page-reach-script"
SCRIPTS = ("tables.js", "reach.js")
#: The statuses that a chain may have, from the firmest.
STATUSES = ("stated", "planned", "claimed")
#: So many laws are named in the first sentence, and so many passages about a law left out.
NAMED_FIRST, PASSAGES = 3, 3


def reach_page(publication: Publication, language: str, place: Place) -> str:
    """Write which law may reach whom: the laws, a table of all, and what is not known."""
    teller = _teller(publication, language)
    reaches, labels = publication.reaches, teller.labels
    lawless = [name for name in publication.pages if name in reaches.analysis.lawless]
    return render(
        "reach.html",
        publication,
        language,
        place,
        styles=("reach.css",),
        scripts=SCRIPTS,
        title=area_word(AREA, "title", language),
        reaches=reaches,
        regions=teller.regions(),
        first=sorted(reaches.laws, key=lambda law: -reaches.foreign(law.id))[:NAMED_FIRST],
        firm=sum(reaches.firm(law.id) for law in reaches.laws),
        caution=_caution(publication, language, sum(map(len, reaches.ways.values()))),
        parts=[teller.lines(part) for part in (THINGS, ACTORS)],
        silent=[(law.id, _spoken(publication, teller, law.id)) for law in reaches.silent],
        left_out=[
            (left.law, lacking_words(left, labels), _spoken(publication, teller, left.law))
            for left in reaches.left_out
        ],
        lawless=lawless,
        organisations=sum(
            reaches.analysis.standing.is_a(name, "Organisation") for name in publication.pages
        ),
        supplierless=reaches.supplierless(publication.pages),
        **_shared(publication, language, "reach"),
    )


def law_page(publication: Publication, language: str, place: Place, law: str) -> str:
    """Write whom one law may reach, with every chain and its sources."""
    teller = _teller(publication, language)
    reaches, labels = publication.reaches, teller.labels
    read = next(each for each in reaches.laws if each.id == law)
    ways = teller.ways(law)
    listed = ""
    if read.lists_persons or read.lists_items:
        names = names_line(read.names, labels)
        listed = say("reach.listed", language, law=labels.entity(law), names=names)
    return render(
        "law.html",
        publication,
        language,
        place,
        styles=("reach.css",),
        scripts=SCRIPTS,
        title=area_word(AREA, "law-title", language, law=labels.entity(law)),
        law=read,
        reaches=reaches,
        caution=_caution(publication, language, len(ways)),
        said=[teller.teller.tell(fact) for fact in _standing_facts(publication, law)],
        listed=listed,
        ways=ways,
        **_shared(publication, language, f"law-{law}"),
    )


def reach_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    reaches, analysis = publication.reaches, publication.reaches.analysis
    yield reaches.laws, reaches.silent, reaches.left_out, [*reaches.ways.items()]
    yield [(name, facts) for name, facts in _spoken_of(publication).items()]
    yield reaches.entities, [name for name in publication.pages if name in analysis.lawless]
    yield [name for name in publication.pages if analysis.standing.is_a(name, "Organisation")]
    yield reaches.supplierless(publication.pages)


def _spoken_of(publication: Publication) -> dict[str, list[str]]:
    """Give the facts that speak of the laws which reach nobody, by the law."""
    reaches = publication.reaches
    laws = [*(law.id for law in reaches.silent), *(left.law for left in reaches.left_out)]
    return {law: [fact.id for fact in publication.facts_of.get(law, ())] for law in laws}


def law_rows(publication: Publication, law: str) -> Iterator[object]:
    """Give all that the page of a law tells, without words."""
    reaches = publication.reaches
    yield [each for each in reaches.laws if each.id == law]
    yield [fact.id for fact in _standing_facts(publication, law)]
    for entity in reaches.reached_by(law):
        yield reaches.ways[entity, law], reaches.analysis.severance(entity, law)


def _standing_facts(publication: Publication, law: str) -> list[Fact]:
    standing = publication.reaches.analysis.standing
    return [fact for fact in publication.facts_of[law] if fact.id in standing.by_id]


def _shared(publication: Publication, language: str, name: str) -> dict[str, Any]:
    page = {"language": language, "kind": name}
    data = {"page": page, "words": area_words(SCRIPT_AREA, language)}
    return {
        "r": partial(_word, language),
        "c": partial(_count, language),
        "statuses": STATUSES,
        "table": name,
        "data": json_block(data),
    }


def _teller(publication: Publication, language: str) -> ReachTeller:
    labels = publication.labels(language)
    return ReachTeller(publication.reaches, publication.teller(language), labels)


def _caution(publication: Publication, language: str, ways: int) -> str:
    day = day_text(publication.knowledge.day, language)
    return say("reach.rows", language, count=str(ways), day=day)


def _spoken(publication: Publication, teller: ReachTeller, law: str) -> tuple[Proof, ...]:
    """Give the first passages that speak of a law, each once."""
    told = map(teller.teller.tell, publication.facts_of.get(law, ()))
    found = {proof.passage: proof for each in told for proof in each.proofs}
    return tuple(found.values())[:PASSAGES]


def _word(language: str, key: str, **values: object) -> str:
    return area_word(AREA, key, language, **values)


def _count(language: str, key: str, number: int) -> str:
    return count(key, number, language, AREA)
