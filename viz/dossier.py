"""What the page of one entity says, in words: what it rests on, who relies on it, what is unknown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from techsov.graph.records import PROMOTIONAL, Entity
from techsov.viz.publication import Publication
from techsov.viz.sentences import Document, Proof, Teller, Told
from techsov.viz.style import GROUPS, MEMBERSHIP, RELATION_FAMILIES, Family, family_of
from techsov.viz.words import word

#: What a reader may ask of an organisation, the relations that would answer, and the end at which
#: the organisation then stands.
QUESTIONS = (
    ("unknown-law", (("establishedUnder", "subject"),)),
    ("unknown-seat", (("headquarteredIn", "subject"),)),
    (
        "unknown-owner",
        (("controls", "object"), ("subsidiaryOf", "subject"), ("ownsShareIn", "object")),
    ),
)


@dataclass(frozen=True, slots=True)
class Resting:
    """A fact and one of the passages that say it; ``alone`` where no other document does."""

    told: Told
    proof: Proof
    paragraph: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer of dependence holds: the facts, each with the entity at its other end."""

    label: str
    facts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The facts of one family of relations."""

    id: str
    label: str
    facts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the page of one entity says."""

    entity: Entity
    class_label: str
    look: Family
    hollow: bool
    names: tuple[str, ...]
    facts: tuple[Told, ...]
    documents: tuple[Document, ...]
    depends: tuple[Layer, ...]
    relied: tuple[Layer, ...]
    alliances: tuple[tuple[str, tuple[Told, ...]], ...]
    chapters: tuple[Chapter, ...]
    unknown: tuple[str, ...]


def dossier(name: str, publication: Publication, teller: Teller) -> Dossier:
    """Collect what is known of one entity, and what is not."""
    entity = teller.records.entities[name]
    facts = tuple(teller.tell(fact) for fact in publication.facts_of[name])
    documents = {proof.document.id: proof.document for told in facts for proof in told.proofs}
    other_names = {entity.label_en, entity.label_fr, *entity.names}
    return Dossier(
        entity=entity,
        class_label=teller.schema.classes[entity.cls].label(teller.language),
        look=family_of(entity.cls),
        hollow=entity.cls in GROUPS,
        names=tuple(sorted(other_names - {entity.label(teller.language)})),
        facts=facts,
        documents=tuple(documents[key] for key in sorted(documents)),
        depends=_layers(name, facts, teller, dependent=True),
        relied=_layers(name, facts, teller, dependent=False),
        alliances=_alliances(name, facts),
        chapters=tuple(_chapters(facts, teller)),
        unknown=tuple(_unknown(entity, facts, teller)),
    )


def resting_facts(publication: Publication, teller: Teller) -> Iterator[Resting]:
    """Give every passage with what rests on it, by document and paragraph."""
    found = [
        Resting(told, proof, evidence.paragraph or 0, len(fact.sources) == 1)
        for fact in publication.knowledge.records.facts
        for told in [teller.tell(fact)]
        for evidence, proof in zip(fact.evidence, told.proofs, strict=True)
    ]
    yield from sorted(
        found, key=lambda item: (item.proof.document.id, item.paragraph, item.told.fact.id)
    )


def _layers(
    name: str, facts: Iterable[Told], teller: Teller, *, dependent: bool
) -> tuple[Layer, ...]:
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
        Layer(
            teller.name(f"layer-{layer}") if layer else word("actor-no-layer", teller.language),
            tuple(layers[layer]),
        )
        for layer in ordered
    )


def _alliances(name: str, facts: Iterable[Told]) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    """Sort the memberships of an entity, and those in it, by verb."""
    verbs: defaultdict[str, list[Told]] = defaultdict(list)
    for told in facts:
        if told.relation.id == MEMBERSHIP:
            verbs[told.verb if told.subject == name else told.inverse].append(told)
    return tuple((verb, tuple(found)) for verb, found in verbs.items())


def _chapters(facts: Iterable[Told], teller: Teller) -> Iterator[Chapter]:
    families: defaultdict[str, list[Told]] = defaultdict(list)
    for told in facts:
        families[told.relation.family].append(told)
    for family in [*RELATION_FAMILIES, *sorted(set(families) - set(RELATION_FAMILIES))]:
        if family in families:
            yield Chapter(family, teller.name(f"family-{family}"), tuple(families[family]))


def _unknown(entity: Entity, facts: tuple[Told, ...], teller: Teller) -> Iterator[str]:
    """Say what the sources leave open about an entity."""
    language = teller.language
    if "Organisation" in teller.schema.ancestors(entity.cls):
        for key, answers in QUESTIONS:
            if not any(_answers(told, entity.id, answers) for told in facts):
                yield word(key, language)
    if not any(told.fact.valid_from or told.fact.valid_to for told in facts):
        yield word("unknown-date", language)
    single = sum(len(told.fact.sources) == 1 for told in facts)
    if single:
        key = "unknown-all-single" if single == len(facts) else "unknown-single"
        yield word(key, language, single=single, facts=len(facts))
    stances = {proof.document.stance for told in facts for proof in told.proofs}
    if stances == {PROMOTIONAL}:
        yield word("unknown-promotional", language)


def _answers(told: Told, name: str, answers: Iterable[tuple[str, str]]) -> bool:
    """Whether a fact answers a question, with the entity at the right end."""
    ends = {"subject": told.subject, "object": told.object}
    return any(told.relation.id == relation and ends[end] == name for relation, end in answers)
