"""The what-if that a reader tries in the page: what needs what, and who goes with whom, as data.

The page runs the same fixpoint as :mod:`techsov.graph.analysis.failure.circuit`, over the needs
that are read here; who goes with whom is settled here, by
:mod:`techsov.graph.analysis.failure.removal`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from techsov.graph.analysis.failure.circuit import STATES
from techsov.graph.analysis.failure.needs import Need, needs_of
from techsov.graph.analysis.failure.removal import BINDING, Removal, removals, unknown_law
from techsov.graph.analysis.failure.whatif import WhatIf, circuits, what_if
from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.messages import catalogue
from techsov.graph.reasons import onward
from techsov.graph.records import Fact
from techsov.graph.telling.whatif import count_line
from techsov.viz.sentences import Teller
from techsov.viz.words import script_words

#: How a choice is named in an address: one thing, all under the law of a state, an alliance.
Kind = Literal["remove", "law", "alliance"]
#: The form of the data; a page of another form is not understood.
VERSION = 1
#: So many choices of a kind stand in the table that needs no script.
FIRST: Mapping[Kind, int] = {"remove": 12, "law": 5, "alliance": 3}
#: What the script says in the same words as the command, and as the page around it.
SAID = (
    *(f"whatif.state-{state}" for state in STATES),
    *(f"whatif.because-{reason}" for reason in ("asked", "member", *sorted(BINDING))),
    *(
        f"whatif.count-{state}-{number}"
        for state in ("lost", "impaired", "degraded")
        for number in ("one", "many")
    ),
    "whatif.nothing",
    "whatif.silent",
    "whatif.short",
    "whatif.unknown-law",
    "whatif.no-needs",
    "whatif.unneeded",
    "whatif.empties",
    "word.promotional-only",
    "page.paragraph",
    "page.whole-page",
    *(f"page.whatif-kind-{kind}" for kind in ("law", "alliance")),
    *(f"page.whatif-column-{column}" for column in ("worst", "best", "why")),
)
#: The waiting times to choose from, in months, besides any other up to the last.
HORIZONS = (0, 6, 12, 24, 36)
MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader may take away, and all that goes with it; ``found`` is what then follows."""

    kind: Kind
    entity: str
    removed: Mapping[str, Removal]
    found: WhatIf

    @property
    def stopped(self) -> tuple[str, ...]:
        """What may stop or be impaired in the worst reading, the gravest first."""
        states = self.found.worst.affected
        return tuple(name for name in states if states[name] != "degraded")


@dataclass(frozen=True)
class Trials:
    """Everything that can be taken away of what the standing facts say."""

    standing: Standing

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What needs what, as the command reads it."""
        return needs_of(self.standing)

    @cached_property
    def law(self) -> Jurisdictions:
        """Who stands under which law, and who controls whom."""
        return Jurisdictions(self.standing)

    @cached_property
    def choices(self) -> Mapping[tuple[Kind, str], Choice]:
        """Every choice, by kind and id: things that touch a need, all laws, alliances with members.

        A state or a union is a law, not an alliance, whoever its members are.
        """
        tried = circuits(self.standing, 0)
        known = set(tried["worst"].nodes)
        return {
            (kind, entity): Choice(kind, entity, removed, what_if(tried, removed))
            for kind, entity, removed in self._removals()
            if kind != "remove" or removed.keys() & known
        }

    @property
    def spares(self) -> tuple[int | None, ...]:
        """The switching time of every spare that the facts name, None where no source gives it."""
        return tuple(one.months for need in self.needs for one in need.options if one.spare)

    def kinds(self, entity: str) -> tuple[Kind, ...]:
        """Say in which ways ``entity`` can say no with any consequence that could be known."""
        return tuple(
            kind
            for kind in FIRST
            if (choice := self.choices.get((kind, entity))) and not choice.found.unneeded
        )

    def first(self) -> Iterator[Choice]:
        """Give the choices that take most down: things, then laws, then alliances."""
        for kind, most in FIRST.items():
            mine = [one for one in self.choices.values() if one.kind == kind and one.stopped]
            mine.sort(key=lambda one: (-len(one.stopped), one.entity))
            yield from mine[:most]

    def _removals(self) -> Iterator[tuple[Kind, str, Mapping[str, Removal]]]:
        standing, law = self.standing, self.law
        for entity in sorted(standing.records.entities):
            yield "remove", entity, removals(law, [entity])
        for entity in sorted(standing.records.entities):
            if standing.is_a(entity, "Jurisdiction"):
                yield "law", entity, removals(law, (), [entity])
            elif standing.into("memberOf", entity):
                yield "alliance", entity, removals(law, (), (), [entity])


@dataclass(frozen=True, slots=True)
class Tried:
    """One row of the table that needs no script."""

    kind: Kind
    entity: str
    label: str
    goes: int
    worst: str
    best: str
    stopped: tuple[tuple[str, str], ...]


def first_rows(trials: Trials, labels: Labels) -> tuple[Tried, ...]:
    """Tell what follows if one alone says no, for those that take most down."""
    return tuple(
        Tried(
            choice.kind,
            choice.entity,
            labels.entity(choice.entity),
            len(choice.removed) - 1,
            count_line(choice.found.worst, labels),
            count_line(choice.found.best, labels),
            tuple((name, labels.entity(name)) for name in choice.stopped),
        )
        for choice in trials.first()
    )


def trial_data(
    trials: Trials,
    teller: Teller,
    labels: Labels,
    pages: Iterable[str],
    page: Mapping[str, object],
) -> dict[str, object]:
    """Say everything that the page needs in order to try a removal.

    Returns
    -------
    dict
        Tables whose rows name those of others by number: ``nodes`` and ``facts`` in the order of
        their ids, so that ties fall as they do here; ``steps``, each two nodes, the words that
        lead from the first to the second, and its facts; ``needs``, each with its options, a step
        or, for a spare, a step and its switching time; ``choices``, each with what goes with it.
    """
    tables = _Tables(trials, teller, labels, frozenset(pages))
    needs = [tables.need(need) for need in trials.needs]
    choices = [tables.choice(choice) for choice in trials.choices.values()]
    return {
        "version": VERSION,
        "page": dict(page),
        "nodes": tables.nodes(),
        "classes": tables.classes,
        "steps": tables.steps(),
        "facts": tables.facts(),
        "documents": tables.documents(),
        "needs": needs,
        "choices": choices,
        "words": {
            **script_words(teller.language, trial=True),
            **{key: catalogue()[key][teller.language] for key in SAID},
        },
    }


class _Tables:
    """The tables of one page, each thing once."""

    def __init__(
        self, trials: Trials, teller: Teller, labels: Labels, pages: frozenset[str]
    ) -> None:
        self.trials, self.teller, self.labels, self.pages = trials, teller, labels, pages
        hops = dict.fromkeys(self._hops())
        self._steps = {hop: number for number, hop in enumerate(hops)}
        self._nodes = _numbered(self._named())
        self._facts = _numbered(
            {name for hop in hops for name in hop.facts}.union(*(n.facts for n in trials.needs))
        )
        self._documents = _numbered(
            {source for name in self._facts for source in labels.facts[name].sources}
        )
        entities = teller.records.entities
        self._classes = _numbered({entities[name].cls for name in self._nodes})

    def need(self, need: Need) -> list[object]:
        """Write a need: whose, how many options it asks for, and each of these."""
        options = [
            [self._steps[step], *([option.months] if option.spare else [])]
            for option, step in zip(need.options, _steps_of(need), strict=True)
        ]
        return [
            self._nodes[need.dependent],
            need.wanted,
            int(need.endures("best")),
            int(need.silent),
            [self._facts[name] for name in need.facts],
            options,
        ]

    def choice(self, choice: Choice) -> list[object]:
        """Write a choice: its weight among others, its other names, and what goes with it."""
        entity = self.teller.records.entities[choice.entity]
        names = {entity.label_en, entity.label_fr, entity.iso, *entity.names}
        return [
            choice.kind,
            self._nodes[choice.entity],
            len(choice.stopped),
            sorted(names - {entity.label(self.teller.language), ""}),
            [
                [self._nodes[name], one.because, [self._steps[step] for step in one.steps]]
                for name, one in choice.removed.items()
                if name != choice.entity
            ],
        ]

    def nodes(self) -> list[list[object]]:
        """Write each thing: its id, its name, and whether it acts, has a page, has no known law."""
        standing, law = self.trials.standing, self.trials.law
        lawless = set(unknown_law(law, self._nodes))
        entities = self.teller.records.entities
        return [
            [
                name,
                self.teller.name(name),
                standing.is_a(name, "Actor") + 2 * (name in self.pages) + 4 * (name in lawless),
                self._classes[entities[name].cls],
            ]
            for name in self._nodes
        ]

    @property
    def classes(self) -> list[str]:
        """The classes in words."""
        classes = self.teller.schema.classes
        return [classes[name].label(self.teller.language) for name in self._classes]

    def steps(self) -> list[list[object]]:
        """Write each step."""
        return [
            [
                self._nodes[hop.tail],
                self._nodes[hop.head],
                onward(hop, self.labels),
                [self._facts[name] for name in hop.facts],
            ]
            for hop in self._steps
        ]

    def facts(self) -> list[list[object]]:
        """Write each fact: its id, and where it is said, a document and a paragraph (0: all)."""
        return [[name, self._places(self.labels.facts[name])] for name in self._facts]

    def documents(self) -> list[list[str]]:
        """Write each document: its id, what it is, its date, and its stance if it promotes."""
        told = [self.teller.document(self.teller.records.sources[name]) for name in self._documents]
        return [
            [one.id, one.label, one.date, one.stance_word if one.stance == "promotional" else ""]
            for one in told
        ]

    def _places(self, fact: Fact) -> list[list[int]]:
        said = dict.fromkeys((item.source, item.paragraph or 0) for item in fact.evidence)
        return [[self._documents[source], paragraph] for source, paragraph in said]

    def _hops(self) -> Iterator[Hop]:
        for need in self.trials.needs:
            yield from _steps_of(need)
        for choice in self.trials.choices.values():
            for removal in choice.removed.values():
                yield from removal.steps

    def _named(self) -> Iterator[str]:
        for hop in self._steps:
            yield from (hop.tail, hop.head)
        for choice in self.trials.choices.values():
            yield from choice.removed


def _steps_of(need: Need) -> list[Hop]:
    return [
        Hop(need.dependent, option.node, option.facts, option.confidence) for option in need.options
    ]


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}
