"""The analyses of one knowledge: each is made once, when pages or exports first ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from techsov.graph.analysis.claims.appraisal import EVERY_STATUS, Appraisal, appraise
from techsov.graph.analysis.claims.upstream import SharedUpstream, shared_upstream
from techsov.graph.analysis.failure.chokepoints import Chokepoints, find_chokepoints
from techsov.graph.analysis.failure.whatif import circuits
from techsov.graph.analysis.ladder.grounds import Grounds
from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.reach.exposure import PREMISES, Exposure, LegalReach
from techsov.graph.analysis.remedy.coalition import Coalition, coalition_of
from techsov.graph.analysis.standing import STATED, Standing
from techsov.graph.flow import Knowledge


@dataclass(frozen=True, eq=False)
class Analyses:
    """What the analyses find on the day of ``knowledge``."""

    knowledge: Knowledge

    @cached_property
    def standing(self) -> Standing:
        """The stated facts."""
        return self._on(STATED)

    @cached_property
    def arguable(self) -> Standing:
        """The facts that a conclusion may rest on, with what is planned or claimed carried as such."""
        return self._on(PREMISES)

    @cached_property
    def everything(self) -> Standing:
        """The facts of every status, denials among them."""
        return self._on(EVERY_STATUS)

    @cached_property
    def chokepoints(self) -> Chokepoints:
        """All single points of failure, at once and without a horizon."""
        knowledge = self.knowledge
        view = dependency_view(knowledge.records, knowledge.schema, knowledge.day)
        return find_chokepoints(circuits(self.standing, 0), view)

    @cached_property
    def upstream(self) -> list[SharedUpstream]:
        """What things called sovereign for different places share, the hidden ones first."""
        return shared_upstream(self.arguable)

    @cached_property
    def reach(self) -> LegalReach:
        """Whom the laws of the evidence may reach."""
        return LegalReach(self.arguable)

    @cached_property
    def all_exposures(self) -> list[Exposure]:
        """Every law that may reach something, foreign laws of each thing first."""
        return self.reach.exposures()

    @cached_property
    def appraisals(self) -> list[Appraisal]:
        """Every claim of sovereignty against what bears on it, denials among them."""
        return appraise(self.everything)

    @cached_property
    def grounds(self) -> Grounds:
        """What the ladders of the framework are judged by."""
        return Grounds(self.standing)

    @cached_property
    def law(self) -> Jurisdictions:
        """Who stands under which law, and who controls whom."""
        return Jurisdictions(self.standing)

    @cached_property
    def coalitions(self) -> Mapping[str, Coalition]:
        """What each alliance holds, by its id; whom it could ask is counted from no region."""
        alliances = sorted({fact.object for fact in self.standing.all("memberOf")})
        return {
            alliance: coalition_of(self.law, alliance, alliance)
            for alliance in alliances
            if self.standing.is_a(alliance, "Alliance")
        }

    def _on(self, statuses: tuple[str, ...]) -> Standing:
        knowledge = self.knowledge
        return Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
