"""The named questions and their answers, and the triples that a page carries to answer others."""

import base64
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from techsov.graph import terms
from techsov.graph.analyses import Analyses
from techsov.graph.conclusions import conclusion_triples, draw_conclusions
from techsov.graph.export import to_derived, to_turtle
from techsov.graph.flow import Knowledge
from techsov.graph.messages import VOWELS
from techsov.graph.records import Entity
from techsov.graph.triples.questions import (
    HEADER,
    ROWS,
    Parameter,
    Question,
    bind,
    filled,
    read_questions,
)
from techsov.graph.triples.store import Answer, InOxigraph, add, ontology_bytes, oxigraph_store
from techsov.viz.payload import json_block
from techsov.viz.style import GROUPS, family_of
from techsov.viz.words import day_text

if TYPE_CHECKING:
    from pyoxigraph import Store

#: In the order of the page that lists the questions.
THEMES = ("dependence", "law", "alliances", "sovereignty", "voices", "time", "evidence")
#: What the page for a question of one's own starts with.
OWN = Question(
    name="own",
    title_en="",
    title_fr="",
    about_en="",
    about_fr="",
    parameters=(),
    over_conclusions=False,
    sparql=f"""PREFIX sov: <{terms.NS}>

SELECT ?subject ?relation ?object ?status ?assertion
WHERE {{
    ?assertion sov:subject ?subject ; sov:predicate ?relation ; sov:object ?object ;
        sov:status ?status .
    ?subject a sov:Alliance .
}}
ORDER BY ?subject ?relation ?object
LIMIT 50
""",
)
BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Answers:
    """What one state of knowledge answers to the named questions."""

    found: Analyses

    @property
    def knowledge(self) -> Knowledge:
        """What is known."""
        return self.found.knowledge

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every named question whose blanks can be filled here, and the one to start with."""
        known = self.knowledge.records.entities
        return {
            question.name: question
            for question in (*read_questions().values(), OWN)
            if all(
                parameter.form != "entity" or self.default(parameter) in known
                for parameter in question.parameters
            )
        }

    def default(self, parameter: Parameter) -> str:
        """Give what a blank holds at first: its default, or the first that makes sense here."""
        if parameter.form != "entity" or parameter.default in self.knowledge.records.entities:
            return parameter.default
        return next((entity.id for entity in self.choices(parameter)), "")

    def choices(self, parameter: Parameter) -> Iterator[Entity]:
        """Give the entities about which it makes sense to ask: of the classes, with facts."""
        limits = frozenset(parameter.limits)
        for name, entity in sorted(self.knowledge.records.entities.items()):
            if name in self._named and (not limits or limits & self._classes(entity)):
                yield entity

    @cached_property
    def prepared(self) -> Mapping[str, Answer]:
        """The answer to every question, with its defaults, as the command line answers it."""
        stating = [name for name, each in self.questions.items() if not each.over_conclusions]
        concluding = [name for name, each in self.questions.items() if each.over_conclusions]
        store = oxigraph_store(self.knowledge.triples)
        found = {name: self._answer(name, store) for name in stating}
        # One store: what is asked of the facts alone is asked before the conclusions are there.
        add(conclusion_triples(self.knowledge, draw_conclusions(self.found)), store)
        found |= {name: self._answer(name, store) for name in concluding}
        return {name: found[name] for name in self.questions}

    def _answer(self, name: str, store: "Store") -> Answer:
        question = self.questions[name]
        given = {each.name: self.default(each) for each in question.parameters}
        return InOxigraph(store).select(filled(question.sparql, bind(question, given)), ROWS)

    @cached_property
    def graph_script(self) -> str:
        """The triples as a classic script: pages cannot fetch a file from the disk."""
        parts = {"facts": to_turtle(self.knowledge), "ontology": ontology_bytes()}
        packed = {name: _packed(content) for name, content in parts.items()}
        return f"globalThis.techsovGraph={json.dumps(packed, sort_keys=True)};\n"

    @cached_property
    def conclusions_script(self) -> str:
        """What rules conclude from them, apart: it is fetched for the questions that ask for it."""
        packed = _packed(to_derived(self.knowledge, draw_conclusions(self.found)))
        return f"globalThis.techsovConclusions={json.dumps(packed)};\n"

    def names_script(self, language: str, pages: Iterable[str]) -> str:
        """Write the words for entities and concepts as a classic script, in one language.

        Of a class: its label, its family, whether it is several, and every class above it. Of an
        entity: its label, its class, whether it has a page, how many facts speak of it, and
        its other names.
        """
        records, schema = self.knowledge.records, self.knowledge.schema
        own = frozenset(pages)
        classes = {
            name: [
                schema.classes[name].label(language),
                family_of(name).id,
                int(name in GROUPS),
                sorted(schema.ancestors(name)),
            ]
            for name in schema.entity_classes
        }
        entities = {
            name: [
                entity.label(language),
                entity.cls,
                int(name in own),
                self._named[name],
                *sorted(
                    {entity.label_en, entity.label_fr, *entity.names} - {entity.label(language)}
                ),
            ]
            for name, entity in records.entities.items()
        }
        words = {
            **{f"concept/{name}": term.label(language) for name, term in schema.concepts.items()},
            **{f"ns#{name}": term.label(language) for name, term in schema.classes.items()},
            **{f"ns#{name}": term.label(language) for name, term in schema.derived.items()},
            **{f"ns#{name}": term.label(language) for name, term in schema.relations.items()},
            **{f"rule/{name}": term.label(language) for name, term in schema.rules.items()},
        }
        content = {"classes": classes, "entities": entities, "words": words}
        return f"globalThis.techsovNames={json_block(content)};\n"

    @cached_property
    def _named(self) -> Counter[str]:
        facts = self.knowledge.records.facts
        return Counter(end for fact in facts for end in {fact.subject, fact.object})

    def _classes(self, entity: Entity) -> frozenset[str]:
        return self.knowledge.schema.ancestors(entity.cls)


def shown_sparql(question: Question) -> str:
    """Give the SPARQL of a question without its head."""
    return HEADER.sub("", question.sparql).strip() + "\n"


def sentence_parts(question: Question, language: str) -> list[tuple[str, Parameter | None]]:
    """Cut the sentence of a question at its blanks: text, or the blank that stands there."""
    parameters = {parameter.name: parameter for parameter in question.parameters}
    pieces = BLANK.split(question.sentence(language))
    return [
        ("", parameters[piece]) if at % 2 else (piece, None)
        for at, piece in enumerate(pieces)
        if piece
    ]


def sentence_of(question: Question, language: str, values: Mapping[str, str]) -> str:
    """Fill the sentence of a question with words.

    Before a vowel French writes d’ for de, as it does in the scripts of the page.
    """
    told = ""
    for text, parameter in sentence_parts(question, language):
        words = values[parameter.name] if parameter else text
        if parameter and language == "fr" and words[:1].lower() in VOWELS:
            told = re.sub(r"\bde $", "d’", told)
        told += words
    return told


def value_words(parameter: Parameter, value: str, knowledge: Knowledge, language: str) -> str:
    """Say what a blank holds."""
    if parameter.form == "entity":
        return knowledge.records.entities[value].label(language)
    if parameter.form == "concept":
        concept = f"{parameter.limits[0]}-{value}"
        return knowledge.schema.concepts[concept].label(language)
    if parameter.form == "date":
        return day_text(date.fromisoformat(value), language)
    return value


def namespaces() -> dict[str, str]:
    """Give the prefixes that a question may use without declaring them."""
    return dict(terms.PREFIXES)


def _packed(content: bytes) -> str:
    return base64.b85encode(gzip.compress(content, 6, mtime=0)).decode("ascii")
