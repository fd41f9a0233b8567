"""The vocabulary: every term has words in both languages and a use; harmful axioms are absent."""

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from techsov.graph import terms
from techsov.graph.analyses import Analyses
from techsov.graph.conclusions import conclusion_triples, draw_conclusions
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge

FOLDER = files("techsov.ontology")
SOV = rdflib.Namespace(terms.NS)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def parsed(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=(FOLDER / name).read_bytes(), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return parsed("techsov.ttl") + parsed("conclusions.ttl")


@pytest.fixture(scope="module")
def schemes() -> rdflib.Graph:
    return parsed("schemes.ttl") + parsed("conclusions.ttl")


def declared(ontology: rdflib.Graph) -> set[rdflib.term.Node]:
    return {
        term
        for kind in KINDS
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(terms.NS)
    }


def languages(graph: rdflib.Graph, term: rdflib.term.Node, name: rdflib.URIRef) -> list[str]:
    return sorted(
        str(words.language)
        for words in graph.objects(term, name)
        if isinstance(words, rdflib.Literal)
    )


def test_every_term_has_one_label_and_one_definition_in_each_language(
    ontology: rdflib.Graph,
) -> None:
    wrong = [
        (term, name)
        for term in declared(ontology)
        for name in (RDFS.label, SKOS.definition)
        if languages(ontology, term, name) != ["en", "fr"]
    ]
    assert wrong == []


def test_every_concept_has_one_label_and_one_definition_in_each_language(
    schemes: rdflib.Graph,
) -> None:
    concepts = set(schemes.subjects(RDF.type, SKOS.Concept))
    schemes_ = set(schemes.subjects(RDF.type, SKOS.ConceptScheme))
    wrong = [
        (term, name)
        for term in concepts | schemes_
        for name in (SKOS.prefLabel, SKOS.definition)
        if languages(schemes, term, name) != ["en", "fr"]
    ]
    assert wrong == []
    assert {schemes.value(term, SKOS.inScheme) for term in concepts} == schemes_


def test_the_ontology_has_a_version_and_a_licence(ontology: rdflib.Graph) -> None:
    this = rdflib.URIRef(terms.ONTOLOGY)
    version = ontology.value(this, OWL.versionInfo)
    assert ontology.value(this, OWL.versionIRI) == rdflib.URIRef(f"{terms.ONTOLOGY}/{version}")
    assert ontology.value(this, rdflib.DCTERMS.license)


@pytest.mark.parametrize(
    "harmful",
    [
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
    ],
)
def test_no_property_merges_what_two_sources_say(
    ontology: rdflib.Graph, harmful: rdflib.URIRef
) -> None:
    assert list(ontology.subjects(RDF.type, harmful)) == []


def test_harmful_axioms_are_absent(ontology: rdflib.Graph) -> None:
    for name in (RDFS.domain, RDFS.range, OWL.propertyChainAxiom, OWL.equivalentClass, OWL.sameAs):
        assert list(ontology.subject_objects(name)) == [], name
    assert list(ontology.subject_objects(OWL.imports)) == []
    transitive = set(ontology.subjects(RDF.type, OWL.TransitiveProperty))
    assert transitive <= {SOV.within, SOV.controlsTransitively}


def test_nothing_imports_the_alignments(ontology: rdflib.Graph) -> None:
    alignments = parsed("alignments.ttl")
    assert len(alignments) > 0
    ours = {term for term in alignments.subjects() if str(term).startswith(terms.NS)}
    assert ours <= declared(ontology)


def used_words(published: Knowledge) -> set[str]:
    """Every name of ours that the triples, a question, a shape or what writes triples uses."""
    queries = [
        path.read_text(encoding="utf-8")
        for path in (FOLDER / "questions").iterdir()
        if path.name.endswith(".rq")
    ]
    text = "\n".join([(FOLDER / "shapes.ttl").read_text(encoding="utf-8"), *queries])
    used = set(re.findall(r"\bsov:(\w+)", text))
    for writer in ("triples/build.py", "export.py", "dataset.py"):
        code = (files("techsov.graph") / writer).read_text(encoding="utf-8")
        used.update(re.findall(r"""_sov\(['"](\w+)['"]\)""", code))
        used.update(re.findall(r"\{terms\.NS\}(\w+)", code))
    in_triples = re.compile(re.escape(f"<{terms.NS}") + r"(\w+)>")
    for line in [
        *published.triples,
        *conclusion_triples(published, draw_conclusions(Analyses(published))),
    ]:
        used.update(in_triples.findall(line))
    return used


def read_by_rules() -> set[str]:
    """Every name that a rule of the analysis reads by, once a test of the analysis tries it."""
    rules = Path(str(files("techsov.graph.analysis")))
    read = {
        node.value
        for path in rules.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    tests = (Path(__file__).parent / "analysis").glob("*.py")
    tried = {name for path in tests for name in re.findall(r"\w+", path.read_text("utf-8"))}
    return read & tried


def test_every_class_and_property_is_used(
    ontology: rdflib.Graph, schemes: rdflib.Graph, published: Knowledge
) -> None:
    """By the data, a question, a shape or a tested rule; or as what one that is used refers to."""
    used = used_words(published) | read_by_rules()
    named = {
        str(term).removeprefix(terms.NS)
        for name in (RDFS.subClassOf, rdflib.SDO.domainIncludes, rdflib.SDO.rangeIncludes)
        for term in ontology.objects(None, name)
    }
    meta = {
        str(name).removeprefix(terms.NS)
        for name in (ontology + schemes).predicates()
        if str(name).startswith(terms.NS)
    }
    names = {str(term).removeprefix(terms.NS) for term in declared(ontology)}
    shortcuts = set(read_schema().shortcuts.values())
    layers = {shortcut for shortcut in shortcuts if shortcut not in used}
    unused = names - used - named - meta
    assert unused - layers == set()


def test_every_relation_has_facts(published: Knowledge) -> None:
    with_facts = {fact.relation for fact in published.records.facts}
    asked = used_words(published) | read_by_rules()
    idle = set(read_schema().relations) - with_facts - asked
    assert idle == set()


def test_every_concept_of_an_open_scheme_is_used(published: Knowledge) -> None:
    """Descriptors, measures and risks come from sources: one without a fact is a leftover."""
    text = "\n".join(published.triples)
    leftovers = [
        name
        for name, concept in read_schema().concepts.items()
        if concept.scheme in {"descr", "measure", "risk"} and f"<{terms.CONCEPT}{name}>" not in text
    ]
    assert leftovers == []
