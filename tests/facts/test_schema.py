from collections.abc import Callable
from pathlib import Path

import pytest

from techsov.graph.errors import OntologyError
from techsov.graph.facts import schema as schema_module
from techsov.graph.facts.lines import fact_columns
from techsov.graph.facts.schema import Relation, Schema, read_schema

SCHEMA = read_schema()

HEAD = """
@prefix sov: <https://w3id.org/techsov/ns#> .
@prefix c: <https://w3id.org/techsov/concept/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/techsov/ns> owl:versionInfo "9.9" .
"""
CLASSES = """
sov:Entity a owl:Class ; rdfs:label "entity"@en , "entité"@fr ; skos:definition "e"@en , "f"@fr .
sov:Tree a owl:Class ; rdfs:subClassOf sov:Entity , <https://example.org/Plant> ;
    rdfs:label "tree"@en , "arbre"@fr ; skos:definition "e"@en , "f"@fr .
"""
SHADES = """
sov:shades a owl:ObjectProperty , owl:SymmetricProperty ;
    rdfs:label "shades"@en , "ombrage"@fr ;
    sov:inverseLabel "is shaded by"@en , "est ombragé par"@fr ;
    skos:definition "e"@en , "f"@fr ;
    schema:domainIncludes sov:Tree ; schema:rangeIncludes sov:Entity ;
    sov:recordedAs sov:Assertion ; sov:family c:family-need ; sov:dependent sov:object ;
    sov:evaluative true ; sov:keyQualifier sov:hour ; sov:qualifier sov:depth .
sov:hour sov:column "hour" ; sov:valueScheme c:hour ; sov:repeatable true .
sov:depth sov:column "depth" ; schema:rangeIncludes xsd:decimal .
sov:shadesAtNoon sov:shortcutFor c:hour-noon .
"""
CONCEPTS = """
c:hour-noon a skos:Concept ; skos:inScheme c:hour ;
    skos:prefLabel "noon"@en , "midi"@fr ; skos:definition "e"@en , "f"@fr .
c:hour-dawn a skos:Concept ; skos:inScheme c:hour ;
    skos:prefLabel "dawn"@en , "aube"@fr ; skos:definition "e"@en , "f"@fr .
"""

Write = Callable[[str, str], Schema]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Read an invented ontology instead of the project's own."""

    def read_invented(terms: str, concepts: str) -> Schema:
        (tmp_path / "techsov.ttl").write_text(HEAD + terms, encoding="utf-8")
        (tmp_path / "schemes.ttl").write_text(HEAD + concepts, encoding="utf-8")
        (tmp_path / "conclusions.ttl").write_text(HEAD, encoding="utf-8")
        monkeypatch.setattr(schema_module, "files", lambda _: tmp_path)
        return read_schema.__wrapped__()

    return read_invented


def test_a_new_relation_needs_no_python(read: Write) -> None:
    schema = read(CLASSES + SHADES, CONCEPTS)
    assert schema.version == "9.9"
    relation = schema.relations["shades"]
    assert (relation.label("en"), relation.label("fr")) == ("shades", "ombrage")
    assert (relation.inverse("en"), relation.inverse("fr")) == ("is shaded by", "est ombragé par")
    assert (relation.definition_en, relation.definition_fr) == ("e", "f")
    assert (relation.family, relation.dependent) == ("need", "object")
    assert (relation.domain, relation.range) == (frozenset({"Tree"}), frozenset({"Entity"}))
    assert relation.assertion_class == "Assertion"
    assert relation.symmetric
    assert relation.evaluative
    assert not relation.object_is_no_entity
    hour, depth = relation.qualifiers
    assert (hour.column, hour.kind, hour.scheme, hour.key, hour.repeatable) == (
        "hour",
        "concept",
        "hour",
        True,
        True,
    )
    assert (depth.column, depth.kind, depth.key, depth.repeatable) == (
        "depth",
        "decimal",
        False,
        False,
    )
    assert fact_columns(relation)[:4] == ("subject", "object", "hour", "depth")
    assert schema.in_scheme("hour") == ["dawn", "noon"]
    assert schema.shortcuts == {"hour-noon": "shadesAtNoon"}
    assert schema.classes["Tree"].parents == ("Entity",)
    assert schema.classes["Tree"].label("fr") == "arbre"
    assert schema.concepts["hour-dawn"].definition("en") == "e"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"arbre"@fr', '"arbre"', "ontology: Tree has no label in both languages; add it"),
        (
            'skos:definition "e"@en , "f"@fr .\nsov:Tree',
            'skos:definition "e"@en .\nsov:Tree',
            "ontology: Entity has no definition in both languages; add it",
        ),
        (
            '"is shaded by"@en',
            '"x"@de',
            "ontology: shades has no inverseLabel in both languages; add it",
        ),
        (
            'sov:column "depth" ;',
            "",
            "ontology: depth has no column in both languages; add it",
        ),
    ],
)
def test_a_word_that_is_missing_is_named(read: Write, old: str, new: str, words: str) -> None:
    terms = CLASSES + SHADES
    assert old in terms
    with pytest.raises(OntologyError) as caught:
        read(terms.replace(old, new), CONCEPTS)
    assert caught.value.text("en") == words
    assert caught.value.exit_code == 1


def test_turtle_that_does_not_parse_is_named(read: Write) -> None:
    with pytest.raises(OntologyError, match=r"^ontology/schemes\.ttl: .*line 10"):
        read(CLASSES, "c:x a")


def test_every_class_knows_all_classes_above_it() -> None:
    assert SCHEMA.ancestors("State") >= {"State", "Actor", "Jurisdiction", "Place", "Entity"}
    assert "Organisation" not in SCHEMA.ancestors("State")
    assert SCHEMA.ancestors("Entity") == frozenset({"Entity"})


def test_only_classes_of_entities_can_be_given_to_an_entity() -> None:
    classes = SCHEMA.entity_classes
    assert classes == sorted(classes)
    assert {"Entity", "State", "Company", "Service", "Need"} <= set(classes)
    assert not {"Assertion", "Evidence", "Passage", "SourceDocument"} & set(classes)


def test_a_scheme_lists_its_own_concepts_without_prefix() -> None:
    assert {"chips", "cloud", "compute"} <= set(SCHEMA.in_scheme("layer"))
    assert SCHEMA.in_scheme("layer") == sorted(SCHEMA.in_scheme("layer"))
    assert SCHEMA.in_scheme("nothing") == []
    assert {"stated", "claimed", "planned", "denied", "inferred"} <= set(SCHEMA.in_scheme("status"))


def test_the_relation_of_dependence_has_its_columns() -> None:
    relation = SCHEMA.relations["dependsOn"]
    assert relation.dependent == "subject"
    layer = next(item for item in relation.qualifiers if item.column == "layer")
    assert (layer.key, layer.repeatable, layer.kind) == (True, True, "concept")
    assert [item.column for item in relation.qualifiers if not item.key] == [
        "need",
        "quantifier",
        "substitutability",
    ]
    assert {f"layer-{layer}" for layer in SCHEMA.in_scheme("layer")} == set(SCHEMA.shortcuts)


@pytest.mark.parametrize(
    ("name", "value", "scheme"),
    [
        ("minimumSources", "integer", ""),
        ("hasQuantity", "decimal", ""),
        ("describedAs", "", "descr"),
        ("provides", "", ""),
    ],
)
def test_what_stands_as_the_object_is_an_entity_a_concept_or_a_figure(
    name: str, value: str, scheme: str
) -> None:
    relation = SCHEMA.relations[name]
    assert (relation.value, relation.scheme) == (value, scheme)
    assert relation.object_is_no_entity == bool(value or scheme)
    assert fact_columns(relation)[1] == ("value" if value else "object")


@pytest.mark.parametrize("relation", SCHEMA.relations.values(), ids=SCHEMA.relations.keys())
def test_every_relation_is_declared_whole(relation: Relation) -> None:
    assert relation.domain <= set(SCHEMA.classes)
    assert relation.range <= set(SCHEMA.classes)
    assert relation.domain
    assert bool(relation.range) + bool(relation.scheme) + bool(relation.value) == 1
    assert f"family-{relation.family}" in SCHEMA.concepts
    assert relation.assertion_class in SCHEMA.classes
    columns = fact_columns(relation)
    assert len(set(columns)) == len(columns)
    for qualifier in relation.qualifiers:
        assert SCHEMA.descriptors[qualifier.column].column == qualifier.column
        assert qualifier.classes <= set(SCHEMA.classes)
        assert (qualifier.kind == "entity") == bool(qualifier.classes)
        assert (qualifier.kind == "concept") == bool(SCHEMA.in_scheme(qualifier.scheme))
