"""What the page of one entity says, in words: who it is, on what it rests, what is unknown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from techsov.graph.records import Entity, Fact
from techsov.viz.gaps import BEHIND, Gap, answering, asked_of, gaps
from techsov.viz.publication import Publication
from techsov.viz.sentences import Document, Teller, Told
from techsov.viz.style import GROUPS, OWNER_IS_OBJECT, RELATION_FAMILIES, Family, family_of
from techsov.viz.words import dossier_word, word

CERTIFIES = "holdsCertification"
#: Sorts after every date.
UNDATED = "~"


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under one heading, each with the entity of the page at one of its ends."""

    label: str
    facts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Certified:
    """What holds certificates: the entity itself, or one of its offerings."""

    id: str
    label: str
    facts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the page of one entity says.

    ``identity`` has a heading for each thing that is asked of its class, without a fact where
    nobody says so. ``facts`` are by family of relations, then by id.
    """

    entity: Entity
    class_label: str
    look: Family
    hollow: bool
    names: tuple[str, ...]
    identity: tuple[Group, ...]
    facts: tuple[Told, ...]
    documents: tuple[Document, ...]
    depends: tuple[Group, ...]
    relied: tuple[Group, ...]
    owners: tuple[Group, ...]
    owned: tuple[Group, ...]
    memberships: tuple[Group, ...]
    certificates: tuple[Certified, ...]
    gaps: tuple[Gap, ...]


def dossier(name: str, publication: Publication, teller: Teller) -> Dossier:
    """Collect what is known of one entity, and what is not."""
    entity = teller.records.entities[name]
    facts = tuple(sorted(map(teller.tell, publication.facts_of[name]), key=_by_family))
    certificates = tuple(_certificates(name, facts, publication, teller))
    documents = {proof.document.id: proof.document for told in facts for proof in told.proofs}
    other_names = {entity.label_en, entity.label_fr, *entity.names}
    control = [told for told in facts if told.relation.family == "control"]
    belonging = sorted(
        (told for told in facts if told.relation.family == "belonging"), key=_by_date
    )
    return Dossier(
        entity=entity,
        class_label=teller.schema.classes[entity.cls].label(teller.language),
        look=family_of(entity.cls),
        hollow=entity.cls in GROUPS,
        names=tuple(sorted(other_names - {entity.label(teller.language)})),
        identity=tuple(
            Group(dossier_word(teller.language, f"is-{question.id}"), found)
            for question in asked_of(entity.cls, teller.schema)
            if question.identity
            for found in [answering(name, question, facts)]
        ),
        facts=facts,
        documents=tuple(documents[key] for key in sorted(documents)),
        depends=_layers(name, facts, teller, dependent=True),
        relied=_layers(name, facts, teller, dependent=False),
        owners=_by_verb(name, [told for told in control if _owner(told) != name]),
        owned=_by_verb(name, [told for told in control if _owner(told) == name]),
        memberships=_by_verb(name, belonging),
        certificates=certificates,
        gaps=gaps(name, facts, lambda: bool(certificates), teller),
    )


def _layers(
    name: str, facts: Iterable[Told], teller: Teller, *, dependent: bool
) -> tuple[Group, ...]:
    """Sort the facts in which the entity depends, or is depended upon, by layer."""
    layers: defaultdict[str, list[Told]] = defaultdict(list)
    for told in facts:
        if not told.relation.dependent:
            continue
        end = told.subject if told.relation.dependent == "subject" else told.object
        if (end == name) is dependent:
            for layer in told.fact.qualifiers.get("layer", ("",)):
                layers[layer].append(told)
    stated = sorted(filter(None, layers), key=lambda layer: teller.name(f"layer-{layer}"))
    ordered = [*stated, *(layer for layer in layers if not layer)]
    return tuple(
        Group(
            teller.name(f"layer-{layer}") if layer else word("actor-no-layer", teller.language),
            tuple(layers[layer]),
        )
        for layer in ordered
    )


def _by_verb(name: str, facts: Iterable[Told]) -> tuple[Group, ...]:
    """Sort facts by their verb, as it reads from the entity."""
    verbs: defaultdict[str, list[Told]] = defaultdict(list)
    for told in facts:
        verbs[told.verb if told.subject == name else told.inverse].append(told)
    return tuple(Group(verb, tuple(found)) for verb, found in verbs.items())


def offered(name: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Give what an entity offers, of the facts that name it."""
    mine = (fact for fact in facts if fact.relation in BEHIND and fact.subject == name)
    return tuple(dict.fromkeys(fact.object for fact in mine))


def _certificates(
    name: str, facts: Iterable[Told], publication: Publication, teller: Teller
) -> Iterator[Certified]:
    """Give the certificates of the entity, then those of each thing that it offers."""
    for thing in (name, *offered(name, (told.fact for told in facts))):
        found = tuple(
            teller.tell(fact)
            for fact in publication.facts_of[thing]
            if fact.relation == CERTIFIES and fact.subject == thing
        )
        if found:
            yield Certified(thing, teller.name(thing), found)


def _owner(told: Told) -> str:
    return told.object if told.relation.id in OWNER_IS_OBJECT else told.subject


def _by_family(told: Told) -> tuple[int, str, str]:
    family = told.relation.family
    last = len(RELATION_FAMILIES)
    place = RELATION_FAMILIES.index(family) if family in RELATION_FAMILIES else last
    return place, family, told.fact.id


def _by_date(told: Told) -> tuple[str, str, str]:
    begin, end = told.fact.valid_from, told.fact.valid_to
    first = begin or end
    return first.text if first else UNDATED, begin.text if begin else "", told.fact.id
