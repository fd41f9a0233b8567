"""The commands that look facts up: a question, or all about one actor."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techsov.graph.commands.common import (
    Request,
    data_option,
    format_option,
    lang_option,
    requesting,
    table_request,
)
from techsov.graph.errors import LimitError, QuestionError, StoreError, UsageError
from techsov.graph.helping import SaidCommand, option
from techsov.graph.messages import say

if TYPE_CHECKING:
    from techsov.graph.flow import Knowledge


@click.command(cls=SaidCommand)
@click.argument("name", required=False)
@click.argument("blanks", nargs=-1, metavar="[BLANK=VALUE]...")
@option("--file", "file", type=click.Path(path_type=Path), help_key="option-ask-file")
@option("--text", help_key="option-ask-text")
@option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    default=5.0,
    show_default=True,
    help_key="option-seconds",
)
@option(
    "--rows",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    help_key="option-rows",
)
@option(
    "--engine",
    type=click.Choice(("oxigraph", "rdflib")),
    default="oxigraph",
    show_default=True,
    help_key="option-engine",
)
@option("--derived", "concluded", is_flag=True, help_key="option-derived")
@table_request
def ask(
    request: Request,
    name: str | None,
    blanks: tuple[str, ...],
    file: Path | None,
    text: str | None,
    seconds: float,
    rows: int,
    engine: Any,
    concluded: bool,
) -> None:
    """Answer a question."""
    from techsov.graph.answers import Labels, answer_table
    from techsov.graph.triples.questions import answer, bind, filled, find_question
    from techsov.graph.triples.store import open_store

    if sum(given is not None for given in (name, file, text)) != 1:
        if not (file or text or name or blanks):
            _list_questions(request)
            return
        raise UsageError("error.ask-one")
    question = find_question(name) if name else None
    query = question.sparql if question else text if text is not None else _read_query(file)
    knowledge = request.know()
    if question:
        query = filled(query, bind(question, _blanks(question, blanks, knowledge)))
    triples = knowledge.triples
    if concluded or (question and question.over_conclusions):
        from techsov.graph.analyses import Analyses
        from techsov.graph.conclusions import conclusion_triples, draw_conclusions

        triples = [*triples, *conclusion_triples(knowledge, draw_conclusions(Analyses(knowledge)))]
    found = answer(open_store(triples, engine), query, seconds=seconds, rows=rows)
    lang = request.language
    if question and request.for_readers:
        request.tell_lines([question.title(lang), question.about(lang)])
    request.print(answer_table(found, Labels.of(knowledge, lang)))
    request.explain("cli.rows", count=len(found.rows), day=knowledge.day)
    if not found.complete:
        raise LimitError("limit.rows", limit=rows)


def _read_query(path: Path | None) -> str:
    if path is None:
        raise UsageError("error.ask-one")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError("question.not-utf8", file=path) from error
    except OSError as error:
        raise StoreError("error.unreadable", file=path, detail=error.strerror or "") from error


def _blanks(question: Any, blanks: tuple[str, ...], knowledge: "Knowledge") -> dict[str, str]:
    """Read ``alliance=ESTIA``: entities may be named by any of their names."""
    from techsov.graph.names import find_entity

    given = {}
    kinds = {parameter.name: parameter.kind for parameter in question.parameters}
    for blank in blanks:
        name, separator, value = blank.partition("=")
        if not separator:
            raise UsageError("error.ask-blanks", value=blank)
        kind, _, scheme = kinds.get(name, "").partition(":")
        if kind == "entity":
            value = find_entity(knowledge.records, value).id
        elif scheme and value not in (known := knowledge.schema.in_scheme(scheme)):
            raise UsageError("check.choice", part=value, known=", ".join(known))
        given[name] = value
    return given


def _list_questions(request: Request) -> None:
    from techsov.graph.printing import Table
    from techsov.graph.triples.questions import read_questions

    lang = request.language
    rows = [
        (
            question.name,
            question.title(lang),
            " ".join(f"{item.name}={item.default}" for item in question.parameters),
        )
        for question in read_questions().values()
    ]
    keys = ("name", "question", "blanks")
    request.print(Table(keys, tuple(say(f"column.{key}", lang) for key in keys), rows, rows))


@click.command(cls=SaidCommand)
@click.argument("actor")
@requesting(data_option, format_option, lang_option)
def show(request: Request, actor: str) -> None:
    """Show every fact about an actor."""
    from techsov.graph.names import find_entity
    from techsov.graph.rows import facts_about

    knowledge, labels = request.read()
    lang = request.language
    entity = find_entity(knowledge.records, actor)
    table = facts_about(entity.id, labels)
    if request.for_readers:
        cls = knowledge.schema.classes[entity.cls].label(lang)
        click.echo(f"{entity.label(lang)} · {cls} · {entity.id}")
        if entity.names:
            click.echo(say("cli.names", lang, names=", ".join(entity.names)))
    request.print(table)
    sources = {item for row in table.data for item in row[11]}  # type: ignore[attr-defined]
    request.explain("cli.facts", count=len(table.data), passages=len(sources))
