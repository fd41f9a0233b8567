"""Which law may reach whom, for reading: a table of actors and laws, and the chains of each law.

Nothing is concluded here: every row is an exposure of
:class:`techsov.graph.analysis.reach.exposure.LegalReach`, put in order and in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from techsov.graph.analysis.failure.circuit import grouped
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.exposure import SUPPLIED, Exposure, LegalReach
from techsov.graph.analysis.reach.instruments import Law, LeftOut
from techsov.graph.analysis.standing import FIRMNESS
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.reasons import fact_sentence
from techsov.graph.telling import reach as telling
from techsov.viz.findings import Findings
from techsov.viz.sentences import Proof, Teller
from techsov.viz.telling import Step, proofs_of, steps_of
from techsov.viz.words import area_word, confidence_word, word

#: What the page keeps apart: what somebody supplies, and who acts.
THINGS, ACTORS = "things", "actors"
#: The criterion by which a law alone is contested to reach anybody.
CONTESTED = "presence"


@dataclass(frozen=True)
class Reaches:
    """Whom the laws may reach, in the order in which pages show it; computed once for all."""

    findings: Findings

    def compute(self) -> None:
        """Compute what the pages of all laws need, before the work is shared out."""
        self.laws, self.entities  # noqa: B018

    @property
    def analysis(self) -> LegalReach:
        """What finds the chains."""
        return self.findings.reach

    @cached_property
    def ways(self) -> Mapping[tuple[str, str], tuple[Exposure, ...]]:
        """The ways in which a law may reach an entity, the firmest kinds first, by both ids."""
        rows = (row for rows in self.findings.exposures.values() for row in rows)
        return grouped(((row.entity, row.law), row) for row in rows)

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """The laws that may reach somebody: of one jurisdiction together, foreign ones first.

        What comes first is what may reach most of those whose own law it is not known to be.
        """
        counts = {law.id: self._not_own(law.id) for law in self.analysis.laws}
        together: dict[tuple[str, ...], int] = {}
        for law in self.analysis.laws:
            places = law.jurisdictions
            together[places] = together.get(places, 0) + counts[law.id]
        return tuple(
            sorted(
                (law for law in self.analysis.laws if self.reached_by(law.id)),
                key=lambda law: (
                    -together[law.jurisdictions],
                    law.jurisdictions,
                    -counts[law.id],
                    law.id,
                ),
            )
        )

    @cached_property
    def silent(self) -> tuple[Law, ...]:
        """The laws of which enough is known, and which reach nobody by any chain known."""
        return tuple(law for law in self.analysis.laws if not self.reached_by(law.id))

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The laws of which too little is known."""
        return tuple(self.analysis.left_out)

    @cached_property
    def entities(self) -> Mapping[str, tuple[str, ...]]:
        """Whom a law may reach: things and actors apart, those whom most laws of others reach first."""
        standing = self.analysis.standing

        def order(entity: str) -> tuple[int, int, str]:
            mine = [rows for (name, _), rows in self.ways.items() if name == entity]
            return -sum(not is_own(rows) for rows in mine), -len(mine), entity

        ordered = sorted(self.findings.exposures, key=order)
        things = [name for name in ordered if any(standing.is_a(name, cls) for cls in SUPPLIED)]
        kept = frozenset(things)
        return {THINGS: tuple(things), ACTORS: tuple(n for n in ordered if n not in kept)}

    def supplierless(self, names: Iterable[str]) -> list[str]:
        """Give, of ``names``, the offerings and infrastructure of which no supplier is known."""
        standing = self.analysis.standing
        supplied = {thing for thing, _ in self.analysis.widest.links.supplied}
        return [
            name
            for name in names
            if name not in supplied and any(standing.is_a(name, cls) for cls in SUPPLIED)
        ]

    def reached_by(self, law: str) -> tuple[str, ...]:
        """Whom a law may reach: others before those whose own law it is, the firmest ways first."""
        return self._by_law.get(law, ())

    def firm(self, law: str) -> int:
        """Count those whom a law may reach by stated facts alone."""
        return sum(firmest(self.ways[name, law]) == FIRMNESS[0] for name in self.reached_by(law))

    def foreign(self, law: str) -> int:
        """Count those whom a law may reach and whose own law it is not known to be."""
        return self._not_own(law)

    @cached_property
    def _by_law(self) -> Mapping[str, tuple[str, ...]]:
        found = grouped((law, entity) for entity, law in self.ways)
        return {
            law: tuple(sorted(names, key=lambda name: _order(name, self.ways[name, law])))
            for law, names in found.items()
        }

    def _not_own(self, law: str) -> int:
        return sum(not is_own(self.ways[name, law]) for name in self.reached_by(law))


def _order(entity: str, rows: tuple[Exposure, ...]) -> tuple[bool, int, str]:
    return is_own(rows), FIRMNESS.index(firmest(rows)), entity


def is_own(rows: Iterable[Exposure]) -> bool:
    """Whether the law is that under which the entity, or who supplies it, itself stands."""
    return all(row.domestic == "yes" for row in rows)


def firmest(rows: Iterable[Exposure]) -> str:
    """Give the firmest of the weakest statuses of several ways."""
    return min((row.status for row in rows), key=FIRMNESS.index)


def weakest(row: Exposure, labels: Labels) -> frozenset[str]:
    """Give the premises that are weakest: the least firm, of these the least direct."""
    facts = [labels.facts[name] for name in row.premises]
    least = [fact for fact in facts if fact.status == row.status]
    lowest = min(fact.confidence for fact in least)
    return frozenset(fact.id for fact in least if fact.confidence == lowest)


# --- In words


@dataclass(frozen=True, slots=True)
class Cell:
    """One law that may reach one entity: its firmest status, and how, in words.

    ``own`` says that it is the law of the entity, ``unsure`` that no source tells whether it is.
    """

    law: str
    law_name: str
    status: str
    own: bool
    unsure: bool
    contested: bool
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entity and the laws that may reach it, in the order of the columns; None where none."""

    entity: str
    name: str
    kind: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A step of a chain, and whether it is the weakest link of it."""

    step: Step
    weakest: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a law may reach an entity, with all that is to be read with it.

    ``activity`` shows the entity active where the law applies; ``beyond`` are weakest premises
    that are no step: what the facts say of the law itself. ``even`` says that no premise is
    weaker than another. ``cut_proofs`` are of links to cut that are no step here.
    """

    entity: str
    name: str
    kind: str
    kind_words: str
    status: str
    status_word: str
    confidence: str
    own: str
    own_law: bool
    risks: str
    steps: tuple[Marked, ...]
    activity: tuple[Marked, ...]
    beyond: tuple[tuple[str, tuple[Proof, ...]], ...]
    even: bool
    reserves: tuple[str, ...]
    mitigations: tuple[tuple[str, tuple[Proof, ...]], ...]
    cut: str
    cut_proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class ReachTeller:
    """Tells whom laws may reach, in one language."""

    reaches: Reaches
    teller: Teller
    labels: Labels

    def regions(self) -> list[tuple[str, tuple[Law, ...]]]:
        """Give the laws by those that enact them, with their names."""
        together = groupby(self.reaches.laws, key=lambda law: law.jurisdictions)
        return [
            (", ".join(map(self.teller.name, places)), tuple(laws)) for places, laws in together
        ]

    def lines(self, part: str) -> list[Line]:
        """Give one line for each thing, or each actor."""
        entities = self.teller.records.entities
        classes = self.teller.schema.classes
        return [
            Line(
                name,
                self.teller.name(name),
                classes[entities[name].cls].label(self.teller.language),
                tuple(self._cell(name, law.id) for law in self.reaches.laws),
            )
            for name in self.reaches.entities[part]
        ]

    def _cell(self, entity: str, law: str) -> Cell | None:
        rows = self.reaches.ways.get((entity, law))
        if not rows:
            return None
        status = firmest(rows)
        kinds = ", ".join(telling.kind_words(row, self.labels) for row in rows)
        own = is_own(rows)
        unsure = not own and all(row.domestic != "no" for row in rows)
        whose = [self._say("own-yes")] if own else [self._say("own-unknown")] if unsure else []
        said = [self.labels.status(status), kinds, *whose]
        return Cell(
            law,
            self.teller.name(law),
            status,
            own,
            unsure,
            all(row.kind == CONTESTED for row in rows),
            "; ".join(said) if self.teller.language == "en" else " ; ".join(said),
        )

    def ways(self, law: str) -> list[Way]:
        """Tell every way in which ``law`` may reach anybody."""
        return [
            self._way(row)
            for entity in self.reaches.reached_by(law)
            for row in self.reaches.ways[entity, law]
        ]

    def _way(self, row: Exposure) -> Way:
        weak = weakest(row, self.labels)
        even = len(weak) == len(row.premises)
        shown = {name for step in (*row.hops, *row.activity) for name in step.facts}
        marked = frozenset() if even else weak
        cut = self.reaches.analysis.severance(row.entity, row.law)
        return Way(
            entity=row.entity,
            name=self.teller.name(row.entity),
            kind=row.kind,
            kind_words=telling.kind_words(row, self.labels),
            status=row.status,
            status_word=self.labels.status(row.status),
            confidence=word(f"confidence-{confidence_word(row.confidence)}", self.teller.language),
            own=self._say(f"own-{row.domestic}"),
            own_law=row.domestic == "yes",
            risks=say(
                "reach.risk", self.teller.language, risks=telling.risk_words(row, self.labels)
            ),
            steps=self._marked(row.hops, marked),
            activity=self._marked(row.activity, marked),
            beyond=tuple(self._fact(name) for name in sorted(marked - shown)),
            even=even,
            reserves=tuple(telling.reserve_lines(row, self.labels)),
            mitigations=tuple(
                (
                    telling.mitigation_words(each, self.labels),
                    self._proofs((*each.held, *each.meant)),
                )
                for each in row.mitigations
            ),
            cut=telling.cut_line(row, self.reaches.analysis, self.labels),
            cut_proofs=self._proofs(
                name for link in cut.links for name in link.facts if name not in shown
            ),
        )

    def _marked(self, hops: Iterable[Hop], weak: frozenset[str]) -> tuple[Marked, ...]:
        kept = tuple(hops)
        told = steps_of(kept, self.teller, self.labels)
        return tuple(
            Marked(step, not weak.isdisjoint(hop.facts))
            for hop, step in zip(kept, told, strict=True)
        )

    def _fact(self, name: str) -> tuple[str, tuple[Proof, ...]]:
        return fact_sentence(self.labels.facts[name], self.labels), self._proofs([name])

    def _proofs(self, names: Iterable[str]) -> tuple[Proof, ...]:
        return proofs_of(names, self.teller, self.labels)

    def _say(self, key: str) -> str:
        return area_word("page-reach", key, self.teller.language)
