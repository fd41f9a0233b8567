"""The command that puts offerings on the ladders of the sovereignty framework."""

from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import Request, table_request
from techsov.graph.errors import UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.telling.score import ScoreTeller

#: The statuses of a second run, in which what is announced has come true.
PLANS = ("stated", "planned")


@click.command(cls=SaidCommand)
@click.argument("offering", required=False)
@option("--all", "every", is_flag=True, help_key="option-score-all")
@option("--profile", default="", metavar="PROFILE", help_key="option-profile")
@option("--relaxed", is_flag=True, help_key="option-relaxed")
@option("--nominal", is_flag=True, help_key="option-nominal")
@option("--plans", is_flag=True, help_key="option-plans")
@option("--hints", "all_hints", is_flag=True, help_key="option-hints")
@table_request
def score(
    request: Request,
    offering: str | None,
    every: bool,
    profile: str,
    relaxed: bool,
    nominal: bool,
    plans: bool,
    all_hints: bool,
) -> None:
    """Put an offering on the ladders of the EU Cloud Sovereignty Framework."""
    from techsov.graph.analysis.standing import STATED, Standing
    from techsov.graph.telling.score import ScoreTeller

    if bool(offering) == every:
        raise UsageError("score.one-or-all")
    knowledge, labels = request.read()
    framework = knowledge.framework
    chosen = framework.profile(profile)
    teller = ScoreTeller(framework, chosen, labels, relaxed=relaxed, nominal=nominal)
    statuses = PLANS if plans else STATED
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
    if plans:
        request.explain("score.as-planned")
    if offering:
        _score_one(request, offering, standing, teller, all_hints)
    else:
        _score_all(request, standing, teller)
    request.explain("score.disclaimer")


def _score_one(
    request: Request, name: str, standing: "Standing", teller: "ScoreTeller", all_hints: bool
) -> None:
    from techsov.graph.analysis.ladder.assessment import answers_on, assess, assessable
    from techsov.graph.analysis.ladder.grounds import Grounds
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.telling.score import HINTS

    framework = teller.framework
    thing = assessable(find_entity(standing.records, name), standing)
    answers = answers_on(standing)
    found = assess(thing, Grounds(standing), framework, answers)
    if not request.for_readers:
        request.print(teller.criteria_table(found))
        return
    request.tell_lines(teller.heading(found))
    request.print(teller.criteria_table(found))
    request.tell("score.unanswered")
    request.tell_lines(teller.unanswered_lines(found), "  ")
    if found.hints:
        request.tell("score.hints")
        request.tell_lines(teller.hint_lines(found, None if all_hints else HINTS), "  ")
    if standing.statuses != PLANS:
        planned = Standing.on(standing.records, standing.schema, standing.day, PLANS)
        as_planned = assess(thing, Grounds(planned), framework, answers)
        request.tell_lines(teller.plan_lines(found, as_planned))


def _score_all(request: Request, standing: "Standing", teller: "ScoreTeller") -> None:
    from techsov.graph.analysis.ladder.assessment import answers_on, assess, compared
    from techsov.graph.analysis.ladder.grounds import Grounds

    grounds, answers = Grounds(standing), answers_on(standing)
    things = compared(standing)
    found = [assess(thing, grounds, teller.framework, answers) for thing in things]
    known = [one for one in found if one.known]
    request.print(teller.ladder_table(known))
    request.explain("score.compared", count=len(known), all=len(things))
