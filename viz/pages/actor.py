"""The page of one entity: all that is known of it, and the same page as a file of its own."""

from collections.abc import Iterable, Iterator
from functools import partial

from techsov.graph.errors import UsageError
from techsov.graph.flow import Knowledge
from techsov.viz.arrangement import Placed
from techsov.viz.dossier import Dossier, dossier, offered
from techsov.viz.pages.frame import Place, render
from techsov.viz.pages.pictured import pictured
from techsov.viz.pages.rows import fact_row
from techsov.viz.publication import Publication
from techsov.viz.sentences import Document, Teller, Told
from techsov.viz.telling import Finding, Telling, documents_behind
from techsov.viz.words import dossier_word, word

#: To be controlled or to control makes sense of these.
CONTROLLED = frozenset({"Actor", "Infrastructure", "Offering"})


def actor_page(
    publication: Publication, language: str, place: Place, entity: str, placed: Placed
) -> str:
    """Write all that is known of one entity: what it rests on, who relies on it, what is unknown."""
    teller, labels = publication.teller(language), publication.labels(language)
    title = teller.records.entities[entity].label(language)
    told = dossier(entity, publication, teller)
    telling = Telling(publication.findings, entity, teller, labels)
    findings = telling.all()
    chains, control = telling.chains(publication.reach), _control(told, telling.control(), teller)
    drawn = {fact.id for fact in placed.picture.facts}
    own = {each.fact.id for each in told.facts}
    beside = [teller.tell(fact) for fact in placed.picture.facts if fact.id not in own]
    row = partial(fact_row, publication, language, place)
    shown = (*findings, chains, *([control] if control else []))
    return render(
        "actor.html",
        publication,
        language,
        place,
        styles=("dossier.css",),
        title=title,
        dossier=told,
        d=partial(dossier_word, language),
        findings=findings,
        chains=chains,
        control=control,
        sections=[*_sections(told, placed, bool(control), language)],
        own_rows=[row(each, entity, drawn=each.fact.id in drawn) for each in told.facts],
        other_rows=[row(each, drawn=True) for each in beside],
        documents=_documents(told, beside, shown) if place.root is None else (),
        refusals=publication.trials.kinds(entity) if place.root is not None else (),
        **pictured(placed, publication, language, place, title, "actor"),
    )


def actor_rows(publication: Publication, entity: str) -> Iterator[object]:
    """Give all that the page tells, without words."""
    facts, picture = publication.facts_of[entity], publication.surroundings(entity)
    yield [fact.id for fact in facts]
    yield [[fact.id for fact in publication.facts_of[thing]] for thing in offered(entity, facts)]
    yield picture.steps, picture.all_marks, picture.all_facts, picture.circles
    yield [fact.id for fact in picture.facts]
    yield [
        (mark, publication.reach.get(mark, 0), picture.distances[mark]) for mark in picture.marks
    ]
    yield publication.trials.kinds(entity)
    yield from publication.findings.rows(entity, publication.reach)


def single_file(knowledge: Knowledge, entity: str, steps: int, language: str) -> str:
    """Write one entity's page with everything it needs inside: no other file, no request.

    Raises
    ------
    UsageError
        If no fact names ``entity``, or it is of a class that has no page.
    """
    publication = Publication(knowledge)
    if entity not in publication.pages:
        raise UsageError("page-error.unknown-actor", actor=entity)
    placed = publication.within(entity, steps)
    return actor_page(publication, language, Place(f"actor/{entity}.html", None), entity, placed)


def _control(told: Dossier, found: Finding, teller: Teller) -> Finding | None:
    """Tell of control where the class can be controlled, or where a fact says something of it."""
    fitting = teller.schema.ancestors(told.entity.cls) & CONTROLLED
    return found if fitting or told.owners or told.owned else None


def _sections(
    told: Dossier, placed: Placed, control: bool, language: str
) -> Iterator[tuple[str, str, int]]:
    """Give the sections of the page to jump to, with how much stands in each."""
    if placed.picture.facts:
        yield "picture", dossier_word(language, "to-picture"), len(placed.picture.facts)
    needs = sum(len(group.facts) for group in (*told.depends, *told.relied))
    yield "depends", dossier_word(language, "to-depends"), needs
    if control:
        owned = sum(len(group.facts) for group in (*told.owners, *told.owned))
        yield "control", dossier_word(language, "to-control"), owned
    yield (
        "belonging",
        dossier_word(language, "belonging"),
        sum(len(group.facts) for group in told.memberships),
    )
    certified = sum(len(thing.facts) for thing in told.certificates)
    yield "certificates", dossier_word(language, "certificates"), certified
    yield "follows", word("finding-all", language), 0
    yield "missing", dossier_word(language, "missing"), len(told.gaps)
    yield "facts", dossier_word(language, "to-facts"), len(told.facts)


def _documents(
    told: Dossier, beside: Iterable[Told], findings: Iterable[Finding]
) -> list[Document]:
    """Give every document that the page cites, by id."""
    certificates = (each for thing in told.certificates for each in thing.facts)
    documents = {
        proof.document.id: proof.document
        for each in (*told.facts, *beside, *certificates)
        for proof in each.proofs
    } | documents_behind(findings)
    return [documents[name] for name in sorted(documents)]
