"""SHACL over the triples: what the ontology forbids, as problems with file and line."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from techsov.graph import terms
from techsov.graph.errors import OntologyError, Origin, Problem
from techsov.graph.messages import LANGUAGES
from techsov.graph.records import Records
from techsov.graph.triples.build import evidence_id
from techsov.graph.triples.store import oxigraph_store

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
#: A blank in a message.
BLANK = re.compile(r"\{[?$]\w+\}")
#: An address of ours inside a message reads better as the id it ends in.
OURS = re.compile(
    rf"<?{re.escape(terms.BASE)}(?:ns#|concept/|id/|doc/|assertion/|evidence/)([^\s>;,]+)>?"
)


def origins_of(records: Records) -> Mapping[str, Origin]:
    """IRI -> the line of ``data/`` that it comes from."""
    origins = {terms.ENTITY + entity.id: entity.origin for entity in records.entities.values()}
    origins |= {terms.DOCUMENT + source.id: source.origin for source in records.sources.values()}
    for fact in records.facts:
        origins[terms.ASSERTION + fact.id] = min(item.origin for item in fact.evidence)
        for evidence in fact.evidence:
            origins[terms.EVIDENCE + evidence_id(fact, evidence)] = evidence.origin
            origins.setdefault(terms.DOCUMENT + evidence.passage, evidence.origin)
    return origins


def check_shapes(triples: list[str], records: Records) -> list[Problem]:
    """Validate the triples together with the ontology; warnings fail nothing.

    Raises
    ------
    OntologyError
        If the shapes themselves are wrong, or an address has no line in ``data/``: then the
        ontology is at fault, and not a fact.
    """
    import rdflib

    shapes = _shapes()
    report = _validate(triples, shapes)
    origins = origins_of(records)
    results = report.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SH}ValidationResult"))
    return sorted(_problem(report, result, shapes, origins) for result in results)


def _shapes() -> "rdflib.Graph":
    import rdflib

    text = (files("techsov.ontology") / "shapes.ttl").read_bytes()
    try:
        return rdflib.Graph().parse(data=text, format="turtle")
    except Exception as error:  # rdflib raises its own, and bare ones
        raise OntologyError("error.shapes", detail=error) from error


def _validate(triples: list[str], shapes: "rdflib.Graph") -> "rdflib.Graph":
    import rdflib
    from pyshacl import validate
    from pyshacl.graph_abstraction import OxigraphDataGraph

    # For each result pySHACL asks whether the graph is true, which would count its triples.
    setattr(OxigraphDataGraph, "__bool__", lambda _: True)  # noqa: B010 - it declares none
    # pySHACL takes an Oxigraph store, and its annotations do not say so.
    store: Any = oxigraph_store(triples)
    try:
        _, report, text = validate(
            store,
            shacl_graph=shapes,
            inference="none",
            allow_warnings=True,
            advanced=False,
        )
    except Exception as error:  # pySHACL and rdflib raise their own, and bare ones
        raise OntologyError("error.shapes", detail=error) from error
    if not isinstance(report, rdflib.Graph):
        raise OntologyError("error.shapes", detail=text)
    return report


def _problem(
    report: "rdflib.Graph",
    result: "Node",
    shapes: "rdflib.Graph",
    origins: Mapping[str, Origin],
) -> Problem:
    import rdflib

    def value(name: str) -> str:
        found = report.value(result, rdflib.URIRef(SH + name))
        return "" if found is None else str(found)

    place = origins.get(value("focusNode")) or origins.get(value("value"))
    constraint = report.value(result, rdflib.URIRef(f"{SH}sourceConstraint"))
    words = {
        language: OURS.sub(r"\1", str(message))
        for message in report.objects(result, rdflib.URIRef(f"{SH}resultMessage"))
        for language, template in _templates(shapes, constraint)
        if template.fullmatch(str(message))
    }
    column = str(shapes.value(constraint, rdflib.URIRef(f"{terms.NS}column")) or "")
    if place is None:
        raise OntologyError("error.shapes", detail=f"{value('value')}: {words.get('en', '')}")
    return Problem(
        place,
        column,
        "check.shape",
        tuple((language, words.get(language, words.get("en", ""))) for language in LANGUAGES),
        warning=value("resultSeverity").endswith("Warning"),
    )


def _templates(
    shapes: "rdflib.Graph", constraint: "Node | None"
) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each message of a constraint, by language: pySHACL fills the blanks and drops the tag."""
    import rdflib

    for message in shapes.objects(constraint, rdflib.URIRef(f"{SH}message")):
        if isinstance(message, rdflib.Literal):
            pieces = map(re.escape, BLANK.split(str(message)))
            yield str(message.language), re.compile(".*".join(pieces), re.DOTALL)
