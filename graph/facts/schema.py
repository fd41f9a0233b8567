"""The ontology as the rest of the program needs it: classes, concepts, relations, qualifiers.

The Turtle is the only place where a relation is declared; a new one needs no Python.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from techsov.graph import terms
from techsov.graph.errors import OntologyError

FILES = ("techsov.ttl", "schemes.ttl", "conclusions.ttl")


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a concept; ``id`` is the local part of its IRI, ``parents`` its superclasses.

    ``mastery`` is what a word of judgement asserts of who masters a thing (``whole``, ``shared``,
    ``located`` or ``absent``; empty for most words), and ``layers`` are those in which a
    dependence bears on a sovereignty objective.
    """

    id: str
    label_en: str
    label_fr: str
    definition_en: str
    definition_fr: str
    parents: tuple[str, ...] = ()
    scheme: str = ""
    mastery: str = ""
    layers: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Give the preferred label in ``language``."""
        return self.label_fr if language == "fr" else self.label_en

    def definition(self, language: str) -> str:
        """Give the definition in ``language``."""
        return self.definition_fr if language == "fr" else self.definition_en


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A column of a facts file beyond the common ones.

    ``kind`` is ``concept`` (of ``scheme``), ``entity`` (of one of ``classes``), or a literal:
    ``decimal``, ``integer`` or ``string``.
    """

    id: str
    column: str
    kind: Literal["concept", "entity", "decimal", "integer", "string"]
    scheme: str
    classes: frozenset[str]
    repeatable: bool
    key: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that facts may state; it has a facts file of the same name.

    ``dependent`` says which end depends on the other, or is empty. ``value`` is the kind of
    literal that stands instead of an object, or is empty. ``scheme`` is set where the object is
    a concept.
    """

    id: str
    label_en: str
    label_fr: str
    inverse_en: str
    inverse_fr: str
    definition_en: str
    definition_fr: str
    family: str
    dependent: Literal["subject", "object", ""]
    assertion_class: str
    domain: frozenset[str]
    range: frozenset[str]
    scheme: str
    value: Literal["decimal", "integer", "string", ""]
    symmetric: bool
    evaluative: bool
    qualifiers: tuple[Qualifier, ...]

    @property
    def object_is_no_entity(self) -> bool:
        """Whether a concept or a literal stands as the object."""
        return bool(self.scheme or self.value)

    def label(self, language: str) -> str:
        """Give the verb phrase from subject to object in ``language``."""
        return self.label_fr if language == "fr" else self.label_en

    def inverse(self, language: str) -> str:
        """Give the verb phrase from object to subject in ``language``."""
        return self.inverse_fr if language == "fr" else self.inverse_en


@dataclass(frozen=True, slots=True)
class Schema:
    """What the ontology declares, each by id; concepts are keyed ``layer-chips``.

    ``derived`` are the properties that only rules write, ``rules`` the rules, each with its
    version at the end of its id.
    """

    version: str
    classes: Mapping[str, Term]
    concepts: Mapping[str, Term]
    schemes: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, Relation]
    shortcuts: Mapping[str, str]
    derived: Mapping[str, Term]
    rules: Mapping[str, Term]

    def ancestors(self, cls: str) -> frozenset[str]:
        """``cls`` and every class above it."""
        found = {cls}
        queue = [cls]
        while queue:
            for parent in self.classes[queue.pop()].parents:
                if parent not in found:
                    found.add(parent)
                    queue.append(parent)
        return frozenset(found)

    @property
    def entity_classes(self) -> list[str]:
        """The classes that an entity may have, in alphabetical order."""
        return sorted(cls for cls in self.classes if "Entity" in self.ancestors(cls))

    def in_scheme(self, scheme: str) -> list[str]:
        """Give the concepts of a scheme, without their prefix, in alphabetical order."""
        return list(self.schemes.get(scheme, ()))

    @property
    def descriptors(self) -> Mapping[str, Qualifier]:
        """Every qualifier that some relation has, by column."""
        return {
            qualifier.column: qualifier
            for relation in self.relations.values()
            for qualifier in relation.qualifiers
        }


class _Index:
    """The triples of the ontology by subject and property, as plain strings."""

    def __init__(self) -> None:
        from pyoxigraph import Literal as RdfLiteral
        from pyoxigraph import RdfFormat, parse

        self.values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.words: dict[tuple[str, str, str], str] = {}
        self.subjects: defaultdict[str, set[str]] = defaultdict(set)
        for name in FILES:
            text = (files("techsov.ontology") / name).read_bytes()
            try:
                quads = list(parse(text, format=RdfFormat.TURTLE))
            except SyntaxError as error:
                raise OntologyError("error.ontology-syntax", file=name, detail=error) from error
            for quad in quads:
                subject, predicate = str(quad.subject)[1:-1], str(quad.predicate)[1:-1]
                if isinstance(quad.object, RdfLiteral):
                    value = quad.object.value
                    if quad.object.language:
                        self.words[subject, predicate, quad.object.language] = value
                else:
                    value = str(quad.object)[1:-1]
                if predicate == f"{terms.RDF}type":
                    self.subjects[value].add(subject)
                self.values[subject, predicate].append(value)

    def all(self, subject: str, predicate: str) -> list[str]:
        return self.values.get((subject, predicate), [])

    def one(self, subject: str, predicate: str) -> str:
        return next(iter(self.all(subject, predicate)), "")

    def flag(self, subject: str, predicate: str) -> bool:
        return self.one(subject, f"{terms.NS}{predicate}") == "true"

    def word(self, subject: str, predicate: str, language: str) -> str:
        try:
            return self.words[subject, predicate, language]
        except KeyError:
            raise OntologyError(
                "error.ontology-word", term=_local(subject), property=_local(predicate)
            ) from None


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _term(index: _Index, iri: str, label: str) -> Term:
    return Term(
        id=_local(iri),
        label_en=index.word(iri, label, "en"),
        label_fr=index.word(iri, label, "fr"),
        definition_en=index.word(iri, f"{terms.SKOS}definition", "en"),
        definition_fr=index.word(iri, f"{terms.SKOS}definition", "fr"),
        parents=tuple(
            sorted(
                _local(parent)
                for parent in index.all(iri, f"{terms.RDFS}subClassOf")
                if parent.startswith(terms.NS)
            )
        ),
        scheme=_local(index.one(iri, f"{terms.SKOS}inScheme")),
        mastery=_local(index.one(iri, f"{terms.NS}assertsMastery")).removeprefix("mastery-"),
        layers=tuple(
            sorted(
                _local(layer).removeprefix("layer-")
                for layer in index.all(iri, f"{terms.NS}concernsLayer")
            )
        ),
    )


LiteralKind = Literal["decimal", "integer", "string", ""]
LITERALS: dict[str, LiteralKind] = {
    f"{terms.XSD}decimal": "decimal",
    f"{terms.XSD}integer": "integer",
    f"{terms.XSD}string": "string",
}


def _range(index: _Index, iri: str) -> tuple[LiteralKind, set[str]]:
    """Give the kind of literal that ``iri`` takes, if any, and the classes otherwise."""
    ranges = index.all(iri, f"{terms.SCHEMA}rangeIncludes")
    literal: LiteralKind = next((LITERALS[item] for item in ranges if item in LITERALS), "")
    return literal, {_local(item) for item in ranges if item.startswith(terms.NS)}


def _qualifier(index: _Index, iri: str, key: bool) -> Qualifier:
    scheme = _local(index.one(iri, f"{terms.NS}valueScheme"))
    literal, classes = _range(index, iri)
    column = index.one(iri, f"{terms.NS}column")
    if not column:
        raise OntologyError("error.ontology-word", term=_local(iri), property="column")
    return Qualifier(
        id=_local(iri),
        column=column,
        kind="concept" if scheme else literal or "entity",
        scheme=scheme,
        classes=frozenset(classes),
        repeatable=index.flag(iri, "repeatable"),
        key=key,
    )


def _relation(index: _Index, iri: str) -> Relation:
    literal, classes = _range(index, iri)
    dependent = _local(index.one(iri, f"{terms.NS}dependent"))
    qualifiers = [
        _qualifier(index, qualifier, key)
        for key, property_ in ((True, "keyQualifier"), (False, "qualifier"))
        for qualifier in sorted(index.all(iri, f"{terms.NS}{property_}"))
    ]
    return Relation(
        id=_local(iri),
        label_en=index.word(iri, f"{terms.RDFS}label", "en"),
        label_fr=index.word(iri, f"{terms.RDFS}label", "fr"),
        inverse_en=index.word(iri, f"{terms.NS}inverseLabel", "en"),
        inverse_fr=index.word(iri, f"{terms.NS}inverseLabel", "fr"),
        definition_en=index.word(iri, f"{terms.SKOS}definition", "en"),
        definition_fr=index.word(iri, f"{terms.SKOS}definition", "fr"),
        family=_local(index.one(iri, f"{terms.NS}family")).removeprefix("family-"),
        dependent="subject" if dependent == "subject" else "object" if dependent else "",
        assertion_class=_local(index.one(iri, f"{terms.NS}recordedAs")),
        domain=frozenset(_local(item) for item in index.all(iri, f"{terms.SCHEMA}domainIncludes")),
        range=frozenset(classes),
        scheme=_local(index.one(iri, f"{terms.NS}valueScheme")),
        value=literal,
        symmetric=f"{terms.OWL}SymmetricProperty" in index.all(iri, f"{terms.RDF}type"),
        evaluative=index.flag(iri, "evaluative"),
        qualifiers=tuple(qualifiers),
    )


@cache
def read_schema() -> Schema:
    """Read the ontology that the package carries.

    Raises
    ------
    OntologyError
        If the Turtle does not parse, or a term lacks a word that the program shows.
    """
    index = _Index()
    classes = sorted(iri for iri in index.subjects[f"{terms.OWL}Class"] if iri.startswith(terms.NS))
    concepts = sorted(index.subjects[f"{terms.SKOS}Concept"])
    relations = sorted(iri for iri, name in index.values if name == f"{terms.NS}recordedAs")
    shortcuts = sorted(iri for iri, name in index.values if name == f"{terms.NS}shortcutFor")
    known = [_term(index, iri, f"{terms.SKOS}prefLabel") for iri in concepts]
    derived = sorted(
        iri
        for iri, name in index.values
        if name == f"{terms.NS}derivedOnly" and iri not in shortcuts
    )
    rules = sorted(index.subjects[f"{terms.NS}Rule"])
    schemes: defaultdict[str, list[str]] = defaultdict(list)
    for term in known:
        schemes[term.scheme].append(term.id.removeprefix(f"{term.scheme}-"))
    return Schema(
        version=index.one(terms.ONTOLOGY, f"{terms.OWL}versionInfo"),
        classes={
            term.id: term for term in (_term(index, iri, f"{terms.RDFS}label") for iri in classes)
        },
        concepts={term.id: term for term in known},
        schemes={scheme: tuple(sorted(names)) for scheme, names in schemes.items()},
        relations={
            relation.id: relation for relation in (_relation(index, iri) for iri in relations)
        },
        shortcuts={
            _local(index.one(iri, f"{terms.NS}shortcutFor")): _local(iri) for iri in shortcuts
        },
        derived={_local(iri): _term(index, iri, f"{terms.RDFS}label") for iri in derived},
        rules={_local(iri): _term(index, iri, f"{terms.RDFS}label") for iri in rules},
    )
