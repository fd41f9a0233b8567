"""The page of one entity: all that is known of it, and the same page as a file of its own."""

from techsov.graph.answers import Labels
from techsov.graph.errors import UsageError
from techsov.graph.flow import Knowledge
from techsov.viz import dossier
from techsov.viz.arrangement import Placed
from techsov.viz.findings import documents_behind
from techsov.viz.pages.frame import Place, render
from techsov.viz.pages.pictured import pictured
from techsov.viz.publication import Publication


def actor_page(
    publication: Publication, language: str, place: Place, entity: str, placed: Placed
) -> str:
    """Write all that is known of one entity: what it rests on, who relies on it, what is unknown."""
    teller = publication.teller(language)
    labels = Labels.of(publication.knowledge, language)
    record = teller.records.entities[entity]
    title = record.label(language)
    told = dossier.dossier(entity, publication, teller)
    findings = publication.findings.about(entity, teller, labels)
    documents = {document.id: document for document in told.documents} | documents_behind(findings)
    return render(
        "actor.html",
        publication,
        language,
        place,
        title=title,
        dossier=told,
        findings=findings,
        documents=[documents[name] for name in sorted(documents)],
        refusals=publication.trials.kinds(entity) if place.root is not None else (),
        **pictured(placed, publication, language, place, title, "actor"),
    )


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
