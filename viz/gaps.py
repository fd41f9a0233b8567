"""What the evidence cannot answer yet about one entity, and which kind of document would answer.

Which questions fit an entity follows from the ontology: a question is asked of the classes that
its first relation admits at the end where the entity would stand.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from techsov.graph.facts.schema import Relation, Schema
from techsov.graph.records import PROMOTIONAL
from techsov.viz.sentences import Teller, Told
from techsov.viz.words import dossier_word

End = Literal["subject", "object"]
Answer = tuple[str, End]

#: What these facts say is no answer: it is not so, it only might be, or it is so no longer.
NO_ANSWER = frozenset({"denied", "hypothetical"})
GONE = frozenset({"past", "replaced"})
#: Facts of these families are of little use to an analyst without a date.
DATED = frozenset({"control", "belonging"})
#: The relations by which an actor stands behind an offering.
BEHIND = ("operates", "provides")
#: So many are named before the rest is counted.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Question:
    """What may be asked of an entity, and what answers it.

    ``answers`` are relations, each with the end at which the entity then stands; the first says
    of which classes it is asked, apart from those that are ``not_of``. ``identity`` is set where
    the answer says who or what the entity is.
    """

    id: str
    answers: tuple[Answer, ...]
    identity: bool = False
    not_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that is open, in words, and the kind of document that would answer it."""

    id: str
    question: str
    document: str


#: In the order of the page.
QUESTIONS = (
    Question("law", (("establishedUnder", "subject"),), identity=True),
    Question("seat", (("headquarteredIn", "subject"),), identity=True),
    Question("control", (("controls", "object"), ("subsidiaryOf", "subject")), identity=True),
    Question("owner", (("ownsShareIn", "object"), ("subsidiaryOf", "subject"))),
    Question("provider", (("provides", "object"), ("operates", "object")), identity=True),
    Question("host", (("hostedIn", "subject"),), identity=True, not_of=("Product",)),
    Question("maker", (("manufacturedIn", "subject"),), identity=True),
    Question("rights", (("ipHeldBy", "subject"),)),
    Question("licence", (("licenceKind", "subject"),)),
    Question("members", (("memberOf", "object"),)),
    Question("certificate", (("holdsCertification", "subject"),)),
)


def fits(cls: str, relation: Relation, end: End, schema: Schema) -> bool:
    """Whether an entity of class ``cls`` may stand at this end of a relation."""
    admitted = relation.domain if end == "subject" else relation.range
    return bool(schema.ancestors(cls) & admitted)


def asked_of(cls: str, schema: Schema) -> tuple[Question, ...]:
    """Give the questions that may be asked of an entity of class ``cls``."""
    above = schema.ancestors(cls)
    return tuple(
        question
        for question in QUESTIONS
        for relation, end in question.answers[:1]
        if fits(cls, schema.relations[relation], end, schema) and not above & set(question.not_of)
    )


def answering(name: str, question: Question, facts: Iterable[Told]) -> tuple[Told, ...]:
    """Give the facts that answer a question about ``name`` today."""
    return tuple(
        told
        for told in facts
        if any(
            told.relation.id == relation and _at(told, end) == name
            for relation, end in question.answers
        )
        and told.status not in NO_ANSWER
        and told.standing not in GONE
    )


def gaps(
    name: str, facts: Collection[Told], certified: Callable[[], bool], teller: Teller
) -> tuple[Gap, ...]:
    """Find what the evidence leaves open about an entity.

    Parameters
    ----------
    name : str
        The entity.
    facts : collection of Told
        All the facts that name it.
    certified : callable
        Says whether something that the entity offers holds a certificate: that answers for it.
    teller : Teller
        Whose language the gaps are told in.
    """
    return tuple(_Asking(name, tuple(facts), certified, teller).all())


@dataclass(frozen=True, slots=True)
class _Asking:
    name: str
    facts: tuple[Told, ...]
    certified: Callable[[], bool]
    teller: Teller

    def all(self) -> Iterator[Gap]:
        """Go from what the entity is, by what it needs, to how firm the evidence is."""
        cls = self.teller.records.entities[self.name].cls
        for question in asked_of(cls, self.teller.schema):
            if question.id == "certificate" and not self._must_be_certified(cls):
                continue
            if not answering(self.name, question, self.facts):
                yield self._gap(question.id)
        yield from self._needs()
        yield from self._firmness()

    def _must_be_certified(self, cls: str) -> bool:
        """Certificates are asked of offerings, and of those that offer something."""
        if "Offering" in self.teller.schema.ancestors(cls):
            return True
        offers = any(t.relation.id in BEHIND and t.subject == self.name for t in self.facts)
        return offers and not self.certified()

    def _needs(self) -> Iterator[Gap]:
        needs = [
            told
            for told in self.facts
            if told.relation.family == "need"
            and told.relation.dependent
            and _at(told, told.relation.dependent) == self.name
            and told.standing not in GONE
        ]
        if not needs:
            yield self._gap("needs")
        uses = [told for told in needs if told.status not in NO_ANSWER]
        above = self.teller.schema.ancestors(self.teller.records.entities[self.name].cls)
        if uses and above & {"Offering", "Infrastructure"}:
            layers = {layer for told in uses for layer in told.fact.qualifiers.get("layer", ())}
            absent = [x for x in self.teller.schema.in_scheme("layer") if x not in layers]
            names = sorted(self.teller.name(f"layer-{layer}") for layer in absent)
            if names and layers:
                yield self._gap("layers", names=", ".join(names))
        open_ended = [
            self._other(told)
            for told in uses
            if _admits(told.relation, "substitutability")
            and set(told.fact.qualifiers.get("substitutability", ("unknown",))) == {"unknown"}
        ]
        if open_ended:
            yield self._gap("substitute", names=_listed(open_ended, self._say))

    def _firmness(self) -> Iterator[Gap]:
        facts = self.facts
        if not any(_dated(told) for told in facts):
            yield self._gap("date")
        elif undated := [t for t in facts if t.relation.family in DATED and not _dated(t)]:
            yield self._counted("dates", len(undated))
        single = [told for told in facts if len(told.fact.sources) == 1]
        if single:
            every = len(single) == len(facts)
            yield self._counted("single", len(single), "all-single" if every else "single")
        promotional = [t for t in facts if _stances(t) == {PROMOTIONAL}]
        if promotional:
            if len(promotional) == len(facts):
                yield self._gap("promotional")
            else:
                yield self._counted("promotional", len(promotional), "partly-promotional")
        against = [told for told in facts if told.fact.contradicts]
        if against:
            yield self._gap("conflict", names=_listed([t.sentence for t in against], self._say))

    def _other(self, told: Told) -> str:
        return told.object_name if told.subject == self.name else told.subject_name

    def _gap(self, key: str, **values: object) -> Gap:
        return Gap(key, self._say(f"gap-{key}", **values), self._say(f"document-{key}"))

    def _counted(self, key: str, number: int, words: str = "") -> Gap:
        form = f"gap-{words or key}-{'one' if number == 1 else 'many'}"
        return Gap(key, self._say(form, count=number), self._say(f"document-{key}"))

    def _say(self, key: str, **values: object) -> str:
        return dossier_word(self.teller.language, key, **values)


def _listed(names: Iterable[str], say_key: Callable[..., str]) -> str:
    each = sorted(set(names))
    text = ", ".join(each[:NAMED])
    return say_key("and-more", names=text, count=len(each) - NAMED) if len(each) > NAMED else text


def _admits(relation: Relation, column: str) -> bool:
    return any(qualifier.column == column for qualifier in relation.qualifiers)


def _at(told: Told, end: str) -> str:
    return told.subject if end == "subject" else told.object


def _dated(told: Told) -> bool:
    return bool(told.fact.valid_from or told.fact.valid_to)


def _stances(told: Told) -> set[str]:
    return {proof.document.stance for proof in told.proofs}
