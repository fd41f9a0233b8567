"""Tours in words: each step with the address of its view, what is computed there, and its facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from techsov.graph.analysis.failure.removal import removals
from techsov.graph.analysis.failure.whatif import circuits, what_if
from techsov.graph.analysis.remedy.coalition import coalition_of
from techsov.graph.answers import Labels
from techsov.graph.errors import TechsovError
from techsov.graph.facts.tours import Step, Tour, View
from techsov.graph.messages import LANGUAGES, say
from techsov.graph.telling.coalition import layer_names
from techsov.graph.telling.whatif import count_line
from techsov.viz.publication import Publication
from techsov.viz.sentences import Document, Teller, Told
from techsov.viz.style import (
    DASHES,
    GROUPS,
    OWNER_IS_OBJECT,
    Dash,
    Family,
    Stroke,
    family_of,
    stroke_of,
)
from techsov.viz.telling import Telling
from techsov.viz.words import area_word, count, word

#: The area of the catalogue that says what a tour says.
AREA = "page-tour"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a drawn fact: its mark, if it is a thing, and its name."""

    id: str
    name: str
    look: Family | None
    hollow: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fact as a mark, a line and a mark, read from the first to the second."""

    told: Told
    tail: End
    verb: str
    head: End
    stroke: Stroke
    arrow: str
    dash: Dash


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step in words; ``answer`` is computed from the facts, and empty where nothing is."""

    number: int
    sentence: str
    page: str
    address: str
    answer: str
    facts: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class ToldTour:
    """A tour in words; ``answer`` is what the analysis finds today, in the words of its finding."""

    id: str
    title: str
    answer: str
    meaning: str
    steps: tuple[ToldStep, ...]

    @property
    def facts(self) -> tuple[Drawn, ...]:
        """The facts of all its steps, each once."""
        return tuple(
            {each.told.fact.id: each for step in self.steps for each in step.facts}.values()
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that say them, each once."""
        proofs = (proof for each in self.facts for proof in each.told.proofs)
        return tuple({proof.document.id: proof.document for proof in proofs}.values())


@lru_cache(maxsize=len(LANGUAGES))
def told_tours(publication: Publication, language: str) -> tuple[ToldTour, ...]:
    """Tell every tour, in their order: once for the home pages and the pages of the tours."""
    guide = Guide(publication, publication.teller(language), publication.labels(language))
    return tuple(map(guide.tell, publication.knowledge.tours))


@dataclass(frozen=True, slots=True)
class Guide:
    """Tells the tours of one publication in one language."""

    publication: Publication
    teller: Teller
    labels: Labels

    def tell(self, tour: Tour) -> ToldTour:
        """Tell one tour."""
        answer, meaning = self._finding(tour.finding, tour.about)
        steps = tuple(self._step(number, step) for number, step in enumerate(tour.steps, 1))
        return ToldTour(tour.id, tour.title(self._language), answer, meaning, steps)

    @property
    def _language(self) -> str:
        return self.teller.language

    def _step(self, number: int, step: Step) -> ToldStep:
        page, address = address_of(step.view, self.publication)
        facts = tuple(self._draw(self.teller.tell(self.labels.facts[name])) for name in step.facts)
        answer = self._answer(step.view)
        return ToldStep(number, step.sentence(self._language), page, address, answer, facts)

    def _draw(self, told: Told) -> Drawn:
        tail, head = (
            self._end(told.subject, told.subject_name),
            self._end(told.object, told.object_name),
        )
        stroke, verb = stroke_of(told.relation.family), told.verb
        if told.fact.relation in OWNER_IS_OBJECT:
            tail, verb, head = head, told.inverse, tail
        arrow = "" if told.relation.symmetric else stroke.arrow
        return Drawn(told, tail, verb, head, stroke, arrow, DASHES[told.status])

    def _end(self, name: str, label: str) -> End:
        entity = self.teller.records.entities.get(name)
        if entity is None:
            return End("", label, None, hollow=False)
        return End(name, label, family_of(entity.cls), hollow=entity.cls in GROUPS)

    def _answer(self, view: View) -> str:
        """Say in one sentence what the page of a view says of what is chosen there."""
        state = dict(view.state)
        if view.page == "map" and "focus" in state:
            return self._reach(state["focus"])
        if view.page == "whatif":
            return self._removal(state)
        if view.page == "actor":
            if finding := state.get("finding"):
                answer, _ = self._finding(finding, state["actor"])
                return self._say("of-whom", name=self.teller.name(state["actor"]), answer=answer)
            return self._lead(state["actor"])
        if view.page == "sources":
            document = self.teller.document(self.teller.records.sources[state["source"]])
            return " · ".join(filter(None, (document.label, document.stance_word, document.date)))
        return ""

    def _reach(self, entity: str) -> str:
        reach = self.publication.reach.get(entity, 0)
        if not reach:
            return ""
        key = "reach-one" if reach == 1 else "reach-many"
        return self._say(key, name=self.teller.name(entity), count=reach)

    def _lead(self, entity: str) -> str:
        facts = self.publication.facts_of[entity]
        documents = {source for fact in facts for source in fact.sources}
        return word(
            "actor-lead-one" if len(facts) == 1 else "actor-lead",
            self._language,
            facts=count("facts", len(facts), self._language),
            documents=count("documents", len(documents), self._language),
        )

    def _removal(self, state: dict[str, str]) -> str:
        trials = self.publication.trials
        named = (state.get(kind, "").split("~") for kind in ("remove", "law", "alliance"))
        gone = removals(trials.law, *([name for name in names if name] for names in named))
        found = what_if(circuits(trials.standing, int(state.get("months", 0))), gone)
        return say(
            "page-script.whatif-answer",
            self._language,
            worst=count_line(found.worst, self.labels),
            best=count_line(found.best, self.labels),
        )

    def _finding(self, kind: str, entity: str) -> tuple[str, str]:
        """Give what an analysis finds of an entity on this day, and how to read it."""
        telling = Telling(self.publication.findings, entity, self.teller, self.labels)
        if kind == "coalition":
            return self._coalition(entity), self._say("coalition-meaning")
        if kind == "shared":
            rows = self.publication.findings.upstream
            row = next((row for row in rows if row.supplier == entity), None)
            if row is None:
                return self._say("shared-none", name=self.teller.name(entity)), ""
            found = telling.shared(row)
        else:
            tells = {
                "points": telling.single_points,
                "hanging": telling.hanging,
                "reach": telling.legal_reach,
                "claims": telling.claims,
                "ladder": telling.ladder,
            }
            if kind == "ladder" and entity not in self.publication.findings.assessed:
                return self._say("ladder-none", name=self.teller.name(entity)), ""
            found = tells[kind]()
        return found.answer, found.meaning

    def _coalition(self, alliance: str) -> str:
        try:
            found = coalition_of(self.publication.trials.law, alliance)
        except TechsovError as error:
            return error.text(self._language)
        held = ", ".join(
            f"{layer_names([layer], self.labels)} ({', '.join(self._names(cover.actor for cover in covers))})"
            for layer, covers in sorted(found.held.items())
            if covers
        )
        return self._say(
            "coalition-answer" if held else "coalition-nothing",
            held=held,
            missing=layer_names(found.missing, self.labels),
        )

    def _names(self, entities: Iterable[str]) -> list[str]:
        return [self.teller.name(name) for name in dict.fromkeys(entities)]

    def _say(self, key: str, **values: object) -> str:
        return area_word(AREA, key, self._language, **values)


def address_of(view: View, publication: Publication) -> tuple[str, str]:
    """Give the page that shows a view, and the way to it below the folder of a language.

    What the map leaves out is shown in the picture of its own page.
    """
    state = dict(view.state)
    if view.page == "actor":
        finding = state.get("finding")
        return "actor", f"actor/{state['actor']}.html{f'#follows-{finding}' if finding else ''}"
    if view.page == "sources":
        spot = f"#p{state['paragraph']}" if "paragraph" in state else ""
        return "sources", f"source/{state['source']}.html{spot}"
    focus = state.get("focus", "")
    own = view.page == "map" and focus and focus not in publication.atlas.picture.marks
    address = f"actor/{focus}.html" if own else f"{view.page}.html"
    pairs = "&".join(f"{name}={value}" for name, value in view.state)
    return "actor" if own else view.page, f"{address}{f'#{pairs}' if pairs else ''}"
