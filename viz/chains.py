"""The chains that a reader asks for in the page: what leads to what, and in which words, as data.

The page searches as :mod:`techsov.graph.analysis.network.paths` does, over the facts that
:func:`techsov.graph.analysis.network.view.dependency_view` reads. Its third question, how two
things are linked at all, walks every relation both ways, and is never an answer to the others.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, combinations
from typing import TYPE_CHECKING

from techsov.graph.analysis.claims.upstream import SharedUpstream
from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.paths import MAX_CHAINS, MAX_STEPS, common_suppliers
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.standing import FIRMNESS, STATED, Standing
from techsov.graph.answers import Labels
from techsov.graph.messages import catalogue
from techsov.graph.reasons import onward
from techsov.graph.records import Fact
from techsov.viz.publication import Publication
from techsov.viz.sentences import Teller
from techsov.viz.style import DASHES, family_of, stroke_of
from techsov.viz.telling import Finding, Telling
from techsov.viz.words import CONFIDENCE

if TYPE_CHECKING:
    import networkx as nx

#: The form of the data; a page of another form is not understood.
VERSION = 1
#: Statuses that count only when they are asked for; what is stated always does.
ON_REQUEST = tuple(status for status in FIRMNESS if status not in STATED)
#: The messages that only this page says.
AREA = "page-paths."
#: What the script says in the same words as the pages around it.
SAID = (
    "page.paragraph",
    "page.whole-page",
    "page.held-by",
    "page.confidence",
    "word.promotional-only",
)
#: The words of any script: what is saved or copied, addresses that are not understood.
SCRIPTED = (
    "cite-view",
    "copied",
    "copied-file",
    "copy-by-hand",
    "edition-differs",
    "link-unknown",
    "saved",
)


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two things called sovereign for different places that share a supplier, in words.

    ``address`` asks the page for the same, and is empty where the chains start with what an actor
    offers: the page follows the two things alone.
    """

    finding: Finding
    address: str


def rivals(publication: Publication, teller: Teller, labels: Labels) -> tuple[Rivals, ...]:
    """Tell all that is called sovereign for different places and hangs on one supplier."""
    findings, known = publication.findings, publication.knowledge
    view = cache(partial(dependency_view, known.records, known.schema, known.day))
    return tuple(
        Rivals(
            Telling(findings, row.supplier, teller, labels).shared(row),
            _address(row, view),
        )
        for row in findings.upstream
    )


def chain_data(
    publication: Publication, language: str, page: Mapping[str, object]
) -> dict[str, object]:
    """Say everything that the page needs in order to look for chains.

    Returns
    -------
    dict
        Tables whose rows name those of others by number: ``nodes`` and ``facts`` in the order of
        their ids, so that ties fall as they do in Python; ``steps``, each two nodes, the facts
        that lead from the first to the second, and the words for it.
    """
    return _Tables(publication, language).all(page)


class _Tables:
    """The tables of one page, each thing once."""

    def __init__(self, publication: Publication, language: str) -> None:
        knowledge = publication.knowledge
        self.publication, self.schema = publication, knowledge.schema
        self.teller, self.labels = publication.teller(language), publication.labels(language)
        self.entities = knowledge.records.entities
        standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, FIRMNESS)
        self._linking = [fact for fact in standing.facts if fact.object in self.entities]
        self._nodes = _numbered(publication.facts_of)
        self._facts = _numbered(fact.id for fact in self._linking)
        self._relations = _numbered(fact.relation for fact in self._linking)
        self._classes = _numbered(self.entities[name].cls for name in self._nodes)
        self._documents = _numbered(name for fact in self._linking for name in fact.sources)

    def all(self, page: Mapping[str, object]) -> dict[str, object]:
        classes, language = self.schema.classes, self.teller.language
        return {
            "version": VERSION,
            "page": {**page, "mostChains": MAX_CHAINS, "mostSteps": MAX_STEPS},
            "nodes": [self._node(name) for name in self._nodes],
            "classes": [[classes[n].label(language), family_of(n).id] for n in self._classes],
            "relations": [self._relation(name) for name in self._relations],
            "statuses": [
                [status, self.teller.name(f"status-{status}"), " ".join(map(str, _dash(status)))]
                for status in FIRMNESS
            ],
            "facts": [self._fact(fact) for fact in self._linking],
            "steps": list(self._steps()),
            "documents": [self._document(name) for name in self._documents],
            "confidence": [[float(least), self._sure(name)] for least, name in CONFIDENCE],
            "words": _words(language),
        }

    def _node(self, name: str) -> list[object]:
        """Write a thing: its id, its name, its class, if it has a page, its weight, other names."""
        entity = self.entities[name]
        names = {entity.label_en, entity.label_fr, *entity.names}
        return [
            name,
            self.teller.name(name),
            self._classes[entity.cls],
            int(name in self.publication.paged),
            self.publication.reach.get(name, 0),
            sorted(names - {entity.label(self.teller.language)}),
        ]

    def _relation(self, name: str) -> list[object]:
        """Write a relation: its stroke, which end depends, and how that end leads to the other."""
        relation = self.schema.relations[name]
        stroke, language = stroke_of(relation.family), self.teller.language
        onwards = relation.inverse if relation.dependent == "object" else relation.label
        return [name, stroke.id, stroke.colour, relation.dependent, onwards(language)]

    def _fact(self, fact: Fact) -> list[object]:
        """Write a fact: its ends, its relation, its mode, its words and where it is said."""
        told = self.teller.tell(fact)
        return [
            fact.id,
            self._nodes[fact.subject],
            self._nodes[fact.object],
            self._relations[fact.relation],
            FIRMNESS.index(fact.status),
            float(fact.confidence),
            onward(hop(fact.subject, fact.object, (fact,)), self.labels),
            [told.claimant, told.period, told.details],
            fact.valid_from.text if fact.valid_from else "",
            [
                [self._documents[item.source], item.paragraph or 0, item.gloss(told_in)]
                for told_in in [self.teller.language]
                for item in fact.evidence
            ],
        ]

    def _steps(self) -> Iterator[list[object]]:
        """Write each step of dependence, in words, for each choice of facts that may stand for it."""
        between: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self._linking:
            dependent = self.schema.relations[fact.relation].dependent
            if dependent:
                ends = (fact.subject, fact.object)
                between[ends if dependent == "subject" else ends[::-1]].append(fact)
        for (tail, head), facts in sorted(between.items()):
            for some in _choices(facts):
                yield [
                    self._nodes[tail],
                    self._nodes[head],
                    [self._facts[fact.id] for fact in some],
                    onward(hop(tail, head, some), self.labels),
                ]

    def _document(self, name: str) -> list[str]:
        """Write a document: its id, what it is, its date, and its stance if it promotes."""
        told = self.teller.document(self.teller.records.sources[name])
        stance = told.stance_word if told.stance == "promotional" else ""
        return [told.id, told.label, told.date, stance]

    def _sure(self, name: str) -> str:
        return catalogue()[f"page.confidence-{name}"][self.teller.language]


def _choices(facts: list[Fact]) -> list[tuple[Fact, ...]]:
    """Give the sets of facts that some choice of statuses leaves, each once."""
    asked = chain.from_iterable(combinations(ON_REQUEST, n) for n in range(len(ON_REQUEST) + 1))
    left = (tuple(f for f in facts if f.status in {*STATED, *extra}) for extra in asked)
    return list({tuple(fact.id for fact in some): some for some in left if some}.values())


def _dash(status: str) -> tuple[int, ...]:
    return DASHES[status].pattern


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}


def _words(language: str) -> dict[str, str]:
    known = {key: words[language] for key, words in sorted(catalogue().items())}
    return {
        **{key.removeprefix(AREA): text for key, text in known.items() if key.startswith(AREA)},
        **{key: known[f"page-script.{key}"] for key in SCRIPTED},
        **{key: known[key] for key in SAID},
    }


def _address(
    row: SharedUpstream, view_of: "Callable[[tuple[str, ...]], nx.MultiDiGraph[str]]"
) -> str:
    """Write the state of the page that shows what two things share; nothing, if it would not."""
    statuses = tuple(dict.fromkeys((*STATED, row.status)))
    view = view_of(statuses)
    ends = (row.left.subject, row.right.subject)
    if not view.nodes >= set(ends):
        return ""
    if row.supplier not in {found.supplier for found in common_suppliers(view, *ends)}:
        return ""
    extra = "~".join(status for status in statuses if status not in STATED)
    parts = [f"from={ends[0]}", f"to={ends[1]}", "ask=common"]
    return "#" + "&".join([*parts, *([f"status={extra}"] if extra else [])])
