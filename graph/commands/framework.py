"""The command that puts offerings on the ladders of the sovereignty framework."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techsov.graph.commands.common import (
    data_option,
    day_option,
    format_option,
    know_data,
    lang_option,
    tell,
)
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
@data_option
@day_option
@format_option
@lang_option
def score(
    offering: str | None,
    every: bool,
    profile: str,
    relaxed: bool,
    nominal: bool,
    plans: bool,
    all_hints: bool,
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Put an offering on the ladders of the EU Cloud Sovereignty Framework."""
    from techsov.graph.analysis.standing import STATED, Standing
    from techsov.graph.answers import Labels
    from techsov.graph.telling.score import ScoreTeller

    if bool(offering) == every:
        raise UsageError("score.one-or-all")
    knowledge = know_data(data, lang, day, shapes=False)
    framework = knowledge.framework
    labels = Labels.of(knowledge, lang)
    chosen = framework.profile(profile)
    teller = ScoreTeller(framework, chosen, labels, relaxed=relaxed, nominal=nominal)
    statuses = PLANS if plans else STATED
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
    if plans and form == "table":
        tell("score.as-planned", lang)
    if offering:
        _score_one(offering, standing, teller, form, all_hints)
    else:
        _score_all(standing, teller, form)
    if form == "table":
        tell("score.disclaimer", lang)


def _score_one(
    name: str, standing: "Standing", teller: "ScoreTeller", form: str, all_hints: bool
) -> None:
    from techsov.graph.analysis.ladder.assessment import answers_on, assess, assessable
    from techsov.graph.analysis.ladder.grounds import Grounds
    from techsov.graph.analysis.standing import Standing
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.telling.score import HINTS

    lang, framework = teller.labels.language, teller.framework
    thing = assessable(find_entity(standing.records, name), standing)
    answers = answers_on(standing)
    found = assess(thing, Grounds(standing), framework, answers)
    if form != "table":
        print_table(teller.criteria_table(found), form)
        return
    _echo(teller.heading(found))
    print_table(teller.criteria_table(found), form)
    tell("score.unanswered", lang)
    _echo(teller.unanswered_lines(found), "  ")
    if found.hints:
        tell("score.hints", lang)
        _echo(teller.hint_lines(found, None if all_hints else HINTS), "  ")
    if standing.statuses != PLANS:
        planned = Standing.on(standing.records, standing.schema, standing.day, PLANS)
        _echo(teller.plan_lines(found, assess(thing, Grounds(planned), framework, answers)))


def _score_all(standing: "Standing", teller: "ScoreTeller", form: str) -> None:
    from techsov.graph.analysis.ladder.assessment import answers_on, assess, compared
    from techsov.graph.analysis.ladder.grounds import Grounds
    from techsov.graph.printing import print_table

    grounds, answers = Grounds(standing), answers_on(standing)
    things = compared(standing)
    found = [assess(thing, grounds, teller.framework, answers) for thing in things]
    known = [one for one in found if one.known]
    print_table(teller.ladder_table(known), form)
    if form == "table":
        tell("score.compared", teller.labels.language, count=len(known), all=len(things))


def _echo(lines: Sequence[str], indent: str = "") -> None:
    from techsov.graph.errors import printable

    for line in lines:
        click.echo(f"{indent}{printable(line)}", err=True)
