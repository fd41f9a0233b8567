"""Who is in which alliance, since when, and what its members cover together."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from techsov.graph.answers import Labels
from techsov.graph.telling.coalition import completing_sentence, cover_state, layer_names
from techsov.viz.alliances import Alliances
from techsov.viz.pages.frame import Place, render
from techsov.viz.pages.pictured import pictured
from techsov.viz.publication import Publication
from techsov.viz.sentences import Teller, Told
from techsov.viz.telling import steps_of
from techsov.viz.words import area_word, date_text, word

#: What tables that stand beside a picture load besides.
TABLES = ("tables.js",)
#: So many alliances are named in the answer.
NAMED_FIRST = 3


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody joins an alliance or leaves it; ``order`` sorts the dates."""

    order: str
    date: str
    kind: str
    told: Told


def alliances_page(publication: Publication, language: str, place: Place) -> str:
    """Write who is in which alliance, since when, and which layers nobody in it holds."""
    teller, labels = publication.teller(language), publication.labels(language)
    alliances = publication.alliances
    title = word("alliances-title", language)
    sides = {
        one.id: {member.actor: member.side for member in one.coalition.members}
        for one in alliances.all
        if one.coalition
    }
    picture = pictured(
        publication.alliance_picture, publication, language, place, title, "alliances"
    )
    return render(
        "alliances.html",
        publication,
        language,
        place,
        title=title,
        say=partial(_say, language),
        told=partial(_told, language),
        tell=teller.tell,
        chain=partial(steps_of, teller=teller, labels=labels),
        names_of=partial(layer_names, labels=labels),
        completing=partial(completing_sentence, labels=labels),
        state=cover_state,
        lead=tuple(_lead(alliances, teller, labels)),
        alliances=alliances,
        sides=sides,
        events=_events(alliances, teller),
        gaps=tuple(_gaps(alliances, teller)),
        scripts=TABLES,
        **picture,
    )


def alliances_rows(publication: Publication) -> Iterator[object]:
    """Give all that the page tells, without words."""
    alliances, picture = publication.alliances, publication.belonging
    for one in alliances.all:
        found = one.coalition
        yield one.id, [fact.id for fact in one.facts], one.members, found, one.shortage
        if found:
            yield alliances.outside(found)
            yield [alliances.upstream(found, layer) for layer in alliances.layers]
    yield [(mark, publication.reach.get(mark, 0)) for mark in picture.marks]
    yield picture.circles, [fact.id for fact in picture.facts]


def _lead(alliances: Alliances, teller: Teller, labels: Labels) -> Iterator[str]:
    """Answer the question of the page: how many there are, and what those lack that hold most."""
    language = teller.language
    if not alliances.all:
        yield _say(language, "lead-none")
        return
    members = {name for one in alliances.all for name in one.members}
    yield _say(language, "lead-all", alliances=len(alliances.all), members=len(members))
    holding = [one for one in alliances.all if one.coalition and one.coalition.held]
    if not holding:
        yield _say(language, "lead-hold-none")
    for one in holding[:NAMED_FIRST]:
        found = one.coalition
        if found:
            yield _say(
                language,
                "lead-hold",
                name=teller.name(one.id),
                held=layer_names(found.held, labels),
                missing=len(found.missing),
            )


def _events(alliances: Alliances, teller: Teller) -> list[Event]:
    """List the dated memberships, the latest first: each day on which somebody joins or leaves."""
    found = []
    for fact in alliances.facts:
        told = teller.tell(fact)
        for kind, day in (("joined", fact.valid_from), ("left", fact.valid_to)):
            if day:
                found.append(Event(day.text, date_text(day, teller.language), kind, told))
    return sorted(found, key=lambda event: (event.order, event.told.fact.id), reverse=True)


def _gaps(alliances: Alliances, teller: Teller) -> Iterator[str]:
    """Say what no source tells of the alliances."""
    language = teller.language
    facts = alliances.facts
    undated = sum(not fact.valid_from for fact in facts)
    yield _say(language, "unknown-date", count=undated, all=len(facts))
    empty = [teller.name(one.id) for one in alliances.all if one.shortage == "no-member"]
    if empty:
        yield _say(language, "unknown-members", names=", ".join(empty))
    joined = {
        m.actor: m.side for one in alliances.all if one.coalition for m in one.coalition.members
    }
    silent = sum(side == "unknown" for side in joined.values())
    yield _say(language, "unknown-law", count=silent, all=len(joined))
    yield _say(language, "unknown-held")


def _say(language: str, key: str, **values: object) -> str:
    return area_word("page-alliances", key, language, **values)


def _told(language: str, key: str, **values: object) -> str:
    """Say what the command says."""
    return area_word("coalition", key, language, **values)
