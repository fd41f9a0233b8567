"""What every page of one build shares: the facts, who relies on whom, and which pages there are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import networkx as nx
from markupsafe import Markup

from techsov.graph.analysis.network.centrality import reach
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.answers import Labels
from techsov.graph.conclusions import draw_conclusions
from techsov.graph.facts.tours import OWN_PAGE
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES
from techsov.graph.records import Fact
from techsov.viz.alliances import Alliances
from techsov.viz.arrangement import Placed, place
from techsov.viz.asking import Answers
from techsov.viz.atlas import Atlas, atlas
from techsov.viz.findings import Findings
from techsov.viz.holds import Holds
from techsov.viz.ladder import Ladders
from techsov.viz.markets import Markets
from techsov.viz.picture import MOST_NEIGHBOURS, Picture, Surroundings, memberships
from techsov.viz.reach import Reaches
from techsov.viz.resting import Resting, Shelved, resting, shelve
from techsov.viz.sentences import Teller
from techsov.viz.strata import Strata, stratified
from techsov.viz.style import MEMBERSHIP
from techsov.viz.whatif import Trials


@dataclass(frozen=True, eq=False)
class Publication:
    """One state of knowledge, and what is computed from it once for all pages."""

    knowledge: Knowledge

    def compute(self) -> None:
        """Compute what the pages of all entities need, before the work is shared out."""
        self.reach, self.facts_of, self.pages, self._labels  # noqa: B018
        self.findings.compute()
        self.trials.choices  # noqa: B018
        self.reaches.compute()
        draw_conclusions(self.findings)

    def teller(self, language: str) -> Teller:
        """Tell the facts in one language."""
        return self._tellers[language]

    def labels(self, language: str) -> Labels:
        """Give the words of the analyses in one language."""
        return self._labels[language]

    def shelf(self, language: str) -> Mapping[str, Shelved]:
        """Give every document with what rests on it, by id, in one language."""
        return self._shelves[language]

    @cached_property
    def resting(self) -> Mapping[str, Resting]:
        """What rests on each document, by id."""
        return resting(self.knowledge.records)

    @cached_property
    def written(self) -> dict[tuple[object, ...], Markup]:
        """The parts of pages that are the same on each, by what they depend on: written once."""
        return {}

    @cached_property
    def findings(self) -> Findings:
        """What the analyses find."""
        return Findings(self.knowledge)

    @cached_property
    def trials(self) -> Trials:
        """What a reader may take away, and what goes with it."""
        return Trials(self.findings.standing)

    @cached_property
    def holds(self) -> Holds:
        """Who holds how many others, and how firmly that stands."""
        return Holds(self.findings)

    @cached_property
    def markets(self) -> Markets:
        """How concentrated markets and layers are."""
        return Markets(self.findings)

    @cached_property
    def alliances(self) -> Alliances:
        """Who is in which alliance, and what the members hold."""
        return Alliances(self.findings)

    @cached_property
    def alliance_picture(self) -> Placed:
        """The picture of all memberships, each mark in its place."""
        return self._placed(self.belonging)

    @cached_property
    def belonging(self) -> Picture:
        """The picture of all memberships."""
        members = ([f for f in one.facts if f.relation == MEMBERSHIP] for one in self.alliances.all)
        return memberships(self.knowledge.records, self.reach, members)

    @cached_property
    def ladders(self) -> Ladders:
        """What stands on the ladders of the framework, as pages show it."""
        return Ladders(self.findings)

    @cached_property
    def reaches(self) -> Reaches:
        """Whom the laws may reach, as pages show it."""
        return Reaches(self.findings)

    @cached_property
    def answers(self) -> Answers:
        """What the named questions find."""
        return Answers(self.findings)

    @cached_property
    def reach(self) -> Mapping[str, int]:
        """How many rely on each entity, directly or through others, by stated facts."""
        return {row.node: int(row.value) for row in reach(self._dependencies)}

    @cached_property
    def facts_of(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts that name each entity at either end, in the order of the records."""
        found: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in self.knowledge.records.facts:
            for end in dict.fromkeys((fact.subject, fact.object)):
                if end in self.knowledge.records.entities:
                    found[end].append(fact)
        return {entity: tuple(facts) for entity, facts in found.items()}

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The entities that have a page: actors, offerings and infrastructure with facts, by id."""
        schema, entities = self.knowledge.schema, self.knowledge.records.entities
        return tuple(
            sorted(
                name for name in self.facts_of if schema.ancestors(entities[name].cls) & OWN_PAGE
            )
        )

    @cached_property
    def paged(self) -> frozenset[str]:
        """The same, to ask whether one has a page."""
        return frozenset(self.pages)

    @cached_property
    def strata(self) -> Strata:
        """The map, each mark in its band."""
        return stratified(self.atlas, self.teller("en"), self.reach)

    @cached_property
    def atlas(self) -> Atlas:
        """What the map holds."""
        records, schema = self.knowledge.records, self.knowledge.schema
        return atlas(records, schema, self.reach, self.findings.arguable, self.findings.law)

    def around(self, entity: str) -> Placed:
        """Picture what is around one entity, each mark in its place."""
        return self._placed(self.surroundings(entity))

    def surroundings(self, entity: str) -> Picture:
        """Choose what is around one entity: one step, and a second in reserve if it is small."""
        two = self._surroundings.around(entity, 2)
        if two.all_marks <= MOST_NEIGHBOURS:
            return replace(two, steps=1)
        return self._surroundings.around(entity, 1)

    def within(self, entity: str, steps: int) -> Placed:
        """Picture all that is within ``steps`` of one entity."""
        return self._placed(self._surroundings.around(entity, steps))

    @cached_property
    def _surroundings(self) -> Surroundings:
        return Surroundings(self.knowledge.records, self.reach)

    @cached_property
    def _tellers(self) -> Mapping[str, Teller]:
        known = self.knowledge
        return {
            language: Teller(known.records, known.schema, known.day, language)
            for language in LANGUAGES
        }

    @cached_property
    def _shelves(self) -> Mapping[str, Mapping[str, Shelved]]:
        return {
            language: shelve(self.resting, teller) for language, teller in self._tellers.items()
        }

    @cached_property
    def _labels(self) -> Mapping[str, Labels]:
        return {language: Labels.of(self.knowledge, language) for language in LANGUAGES}

    @cached_property
    def _dependencies(self) -> "nx.MultiDiGraph[str]":
        return dependency_view(self.knowledge.records, self.knowledge.schema, self.knowledge.day)

    def _placed(self, picture: Picture) -> Placed:
        return place(picture, self.teller("en"), self.reach)
