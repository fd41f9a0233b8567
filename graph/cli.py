"""The commands: the only module that sees ``viz``, and the only one that prints.

Everything but click is imported in the command that needs it, so that help comes at once.
"""

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techsov.graph.errors import LimitError, QuestionError, StoreError, TechsovError, UsageError
from techsov.graph.helping import SaidGroup, option
from techsov.graph.messages import LANGUAGES, say

if TYPE_CHECKING:
    from techsov.graph.flow import Knowledge

INTERRUPTED = 130
CRASHED = 70
TABLE_FORMATS = ("table", "csv", "json")
#: The formats of ``export``, named here so that help need not import what writes them.
EXPORT_FORMATS = (
    "turtle",
    "ntriples",
    "jsonld",
    "ontology",
    "graphml",
    "gexf",
    "entities",
    "facts",
    "sources",
    "provenance",
    "dataset",
)
MEASURES = ("reach", "in-degree", "pagerank", "betweenness", "harmonic-closeness")


def chosen_language(arguments: Sequence[str]) -> str:
    """Find the language of this run: ``--lang``, or that of the system, or English.

    >>> chosen_language(["show", "iliad", "--lang", "fr"]), chosen_language(["--lang=en"])
    ('fr', 'en')
    """
    for argument, following in pairwise([*arguments, ""]):
        given = following if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and given in LANGUAGES:
            return given
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    system = next(filter(None, names), "")
    return "fr" if system.startswith("fr") else "en"


data_option = option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help_key="option-data"
)
lang_option = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=lambda: click.get_current_context().find_root().obj,
    help_key="option-lang",
)
format_option = option(
    "--format",
    "form",
    type=click.Choice(TABLE_FORMATS),
    default="table",
    show_default=True,
    help_key="option-format",
)
day_option = option("--as-of", "day", metavar="YYYY-MM-DD", help_key="option-as-of")
STATUSES = ("stated", "planned", "claimed", "hypothetical")
status_option = option(
    "--status",
    "statuses",
    type=click.Choice(STATUSES),
    multiple=True,
    default=("stated",),
    show_default=True,
    help_key="option-status",
)


@click.group(cls=SaidGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="techsov")
def techsov() -> None:
    """Hold the commands together; the words are in the catalogue."""


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("error.day", value=text) from None


def _know(data: Path | None, language: str, day: str | None = None, *, shapes: bool) -> "Knowledge":
    from techsov.graph.flow import know
    from techsov.graph.progress import progress

    with progress(language) as step:
        return know(data, _day(day), shapes=shapes, step=step)


def _tell(message: str, language: str, **values: object) -> None:
    """Say something that is not data: on the error stream."""
    words = {name: str(value) for name, value in values.items()}
    click.echo(say(message, language, **words), err=True)


@techsov.command()
@data_option
@option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help_key="option-out",
)
@day_option
@lang_option
@option("--open", "opens", is_flag=True, help_key="option-open")
def build(data: Path | None, out: Path, day: str | None, lang: str, opens: bool) -> None:
    """Build the pages and the triples."""
    from techsov.graph.facts.files import packaged_data
    from techsov.graph.progress import progress
    from techsov.graph.publish import publish_site

    with progress(lang) as step:
        new, warnings = publish_site(data or packaged_data(), out, _day(day), lang, step)
    for warning in warnings:
        click.echo(warning.text(lang), err=True)
    index = out / "index.html"
    if not new:
        _tell("cli.up-to-date", lang, folder=out)
    click.echo(index)
    if opens and _has_display():
        click.launch(str(index))


def _has_display() -> bool:
    on_linux = sys.platform.startswith("linux")
    return not on_linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@techsov.command()
@data_option
@option(
    "--sources",
    type=click.Path(path_type=Path, file_okay=False),
    help_key="option-sources",
)
@option("--fact", help_key="option-fact")
@format_option
@lang_option
def check(data: Path | None, sources: Path | None, fact: str | None, form: str, lang: str) -> None:
    """Check the data folder."""
    from techsov.graph.errors import DataError
    from techsov.graph.facts.canonical import check_texts, read_texts

    if fact and not sources:
        raise UsageError("error.fact-needs-sources")
    try:
        knowledge = _know(data, lang, shapes=True)
    except DataError as error:
        if form != "table":
            _print_problems(error.problems, form, lang)
        raise
    problems = list(knowledge.warnings)
    if sources:
        texts = read_texts(sources, knowledge.records.sources)
        problems += check_texts(knowledge.records, texts)
        if fact:
            _print_passages(knowledge, fact, texts, lang)
    if form != "table":
        _print_problems(problems, form, lang)
    if any(not problem.warning for problem in problems):
        raise DataError(problems)
    for problem in sorted(problems):
        click.echo(problem.text(lang), err=True)
    records = knowledge.records
    _tell(
        "cli.checked",
        lang,
        entities=len(records.entities),
        facts=len(records.facts),
        sources=len(records.sources),
        warnings=len(problems),
    )


def _print_problems(problems: Sequence[Any], form: str, lang: str) -> None:
    from techsov.graph.printing import Table, print_table

    rows = [
        (
            problem.origin.file,
            problem.origin.line,
            problem.column,
            "warning" if problem.warning else "error",
            problem.text(lang).split(": ", 2 if problem.column else 1)[-1],
        )
        for problem in sorted(problems)
    ]
    keys = ("file", "line", "column", "severity", "message")
    print_table(Table(keys, keys, [], rows), form)


def _print_passages(knowledge: "Knowledge", name: str, texts: Any, lang: str) -> None:
    """Show the paragraphs that a fact rests on, to a reader who holds the texts."""
    from techsov.graph.errors import printable

    found = [fact for fact in knowledge.records.facts if fact.id == name]
    if not found:
        raise UsageError("error.fact-unknown", name=name)
    for evidence in found[0].evidence:
        click.echo(f"{evidence.passage} · {evidence.gloss(lang)}")
        text = texts.get(evidence.source)
        if text and evidence.paragraph and evidence.paragraph <= len(text.paragraphs):
            click.echo(f"  {printable(text.paragraphs[evidence.paragraph - 1])}")


@techsov.command()
@data_option
@option(
    "--sources", type=click.Path(path_type=Path, file_okay=False), help_key="option-fmt-sources"
)
@option("--check", "only_check", is_flag=True, help_key="option-fmt-check")
@lang_option
@click.pass_context
def fmt(
    ctx: click.Context, data: Path | None, sources: Path | None, only_check: bool, lang: str
) -> None:
    """Put the data files into canonical form."""
    from techsov.graph.facts.canonical import canonical_files, read_texts
    from techsov.graph.facts.files import packaged_data, read_folder, records_of
    from techsov.graph.facts.schema import read_schema
    from techsov.graph.writer import write_file

    schema, folder = read_schema(), data or packaged_data()
    texts = None
    if sources:
        records, _ = records_of(read_folder(folder, schema))
        texts = read_texts(sources, records.sources)
    wanted = canonical_files(folder, schema, texts)
    changed = [path for path, text in wanted.items() if path.read_bytes() != text.encode()]
    for path in changed:
        if not only_check:
            write_file(path, wanted[path])
        _tell("cli.would-format" if only_check else "cli.formatted", lang, file=path)
    if only_check and changed:
        ctx.exit(1)


@techsov.command()
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
@data_option
@day_option
@format_option
@lang_option
def ask(
    name: str | None,
    blanks: tuple[str, ...],
    file: Path | None,
    text: str | None,
    seconds: float,
    rows: int,
    engine: Any,
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Answer a question."""
    from techsov.graph.answers import Labels, answer_table
    from techsov.graph.printing import print_table
    from techsov.graph.triples.questions import answer, bind, filled, find_question
    from techsov.graph.triples.store import open_store

    if sum(given is not None for given in (name, file, text)) != 1:
        if not (file or text or name or blanks):
            _list_questions(form, lang)
            return
        raise UsageError("error.ask-one")
    question = find_question(name) if name else None
    query = question.sparql if question else text if text is not None else _read_query(file)
    knowledge = _know(data, lang, day, shapes=False)
    if question:
        query = filled(query, bind(question, _blanks(question, blanks, knowledge)))
    found = answer(open_store(knowledge.triples, engine), query, seconds=seconds, rows=rows)
    if question and form == "table":
        click.echo(f"{question.title(lang)}\n{question.about(lang)}", err=True)
    print_table(answer_table(found, Labels.of(knowledge, lang)), form)
    if form == "table":
        _tell("cli.rows", lang, count=len(found.rows), day=knowledge.day)
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


def _list_questions(form: str, lang: str) -> None:
    from techsov.graph.printing import Table, print_table
    from techsov.graph.triples.questions import read_questions

    rows = [
        (
            question.name,
            question.title(lang),
            " ".join(f"{item.name}={item.default}" for item in question.parameters),
        )
        for question in read_questions().values()
    ]
    keys = ("name", "question", "blanks")
    print_table(Table(keys, tuple(say(f"column.{key}", lang) for key in keys), rows, rows), form)


@techsov.command()
@click.argument("actor")
@data_option
@format_option
@lang_option
def show(actor: str, data: Path | None, form: str, lang: str) -> None:
    """Show every fact about an actor."""
    from techsov.graph.answers import Labels
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.rows import facts_about

    knowledge = _know(data, lang, shapes=False)
    labels = Labels.of(knowledge, lang)
    entity = find_entity(knowledge.records, actor)
    table = facts_about(entity.id, labels)
    if form == "table":
        cls = knowledge.schema.classes[entity.cls].label(lang)
        click.echo(f"{entity.label(lang)} · {cls} · {entity.id}")
        if entity.names:
            click.echo(say("cli.names", lang, names=", ".join(entity.names)))
    print_table(table, form)
    if form == "table":
        sources = {item for row in table.data for item in row[11]}  # type: ignore[attr-defined]
        _tell("cli.facts", lang, count=len(table.data), passages=len(sources))


@techsov.command()
@click.argument("start", metavar="FROM")
@click.argument("goal", metavar="TO")
@option("--k", type=click.IntRange(1, 100), default=5, show_default=True, help_key="option-k")
@status_option
@data_option
@day_option
@format_option
@lang_option
def path(
    start: str,
    goal: str,
    k: int,
    statuses: tuple[str, ...],
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Find chains of dependency."""
    from techsov.graph.analysis.paths import common_suppliers, dependency_chains
    from techsov.graph.analysis.view import dependency_view
    from techsov.graph.answers import Labels
    from techsov.graph.names import find_entity
    from techsov.graph.printing import print_table
    from techsov.graph.rows import chains_table, suppliers_table

    knowledge = _know(data, lang, day, shapes=False)
    records = knowledge.records
    one, other = find_entity(records, start), find_entity(records, goal)
    view = dependency_view(records, knowledge.schema, knowledge.day, statuses)
    labels = Labels.of(knowledge, lang)
    both = one.id in view and other.id in view
    chains = dependency_chains(view, one.id, other.id, k) if both else []
    names = {"start": one.label(lang), "goal": other.label(lang)}
    if chains:
        print_table(chains_table(chains, labels), form)
        _tell("cli.chains", lang, count=len(chains), day=knowledge.day, **names)
        return
    said = ", ".join(labels.status(status) for status in statuses)
    _tell("cli.no-chain", lang, day=knowledge.day, statuses=said, **names)
    wider = dependency_view(records, knowledge.schema, knowledge.day, STATUSES)
    if {one.id, other.id} <= wider.nodes and dependency_chains(wider, one.id, other.id, 1):
        _tell("cli.wider", lang)
    shared = common_suppliers(view, one.id, other.id) if both else []
    _tell("cli.common" if shared else "cli.no-common", lang, count=len(shared), **names)
    if form == "table":
        print_table(suppliers_table(shared, labels), form)
    else:
        # A program asked for chains: there is none, and a common supplier is something else.
        print_table(chains_table([], labels), form)


@techsov.command()
@option(
    "--by", type=click.Choice(MEASURES), default="reach", show_default=True, help_key="option-by"
)
@option("--top", type=click.IntRange(1), default=20, show_default=True, help_key="option-top")
@status_option
@data_option
@day_option
@format_option
@lang_option
def rank(
    by: str,
    top: int,
    statuses: tuple[str, ...],
    data: Path | None,
    day: str | None,
    form: str,
    lang: str,
) -> None:
    """Rank by what depends on it."""
    from techsov.graph.analysis import centrality
    from techsov.graph.analysis.view import dependency_view
    from techsov.graph.answers import Labels
    from techsov.graph.printing import print_table
    from techsov.graph.rows import ranks_table

    knowledge = _know(data, lang, day, shapes=False)
    view = dependency_view(knowledge.records, knowledge.schema, knowledge.day, statuses)
    rows = centrality.MEASURES[by](view)[:top]
    if form == "table":
        _tell(f"measure.{by}", lang)
    print_table(ranks_table(rows, Labels.of(knowledge, lang)), form)
    edges, nodes = view.number_of_edges(), view.number_of_nodes()
    _tell("cli.ranked", lang, nodes=nodes, edges=edges, day=knowledge.day)


@techsov.command()
@option(
    "--format", "form", type=click.Choice(EXPORT_FORMATS), required=True, help_key="option-export"
)
@option("--out", type=click.Path(path_type=Path), help_key="option-export-out")
@data_option
@day_option
@lang_option
def export(form: str, out: Path | None, data: Path | None, day: str | None, lang: str) -> None:
    """Write the facts in a format that other programs read."""
    from techsov.graph.export import FORMATS, describe
    from techsov.graph.writer import write_file

    knowledge = _know(data, lang, day, shapes=False)
    if form == "dataset":
        written = {name: each.write(knowledge) for name, each in FORMATS.items()}
        content = describe(knowledge, written)
    else:
        content = FORMATS[form].write(knowledge)
    if out is None or str(out) == "-":
        sys.stdout.buffer.write(content)
    else:
        write_file(out, content)
        click.echo(out)


@techsov.command()
@click.argument("actor")
@option("--steps", type=click.IntRange(1, 3), default=1, show_default=True, help_key="option-steps")
@option("--out", type=click.Path(path_type=Path), help_key="option-view-out")
@option("--no-open", is_flag=True, help_key="option-no-open")
@data_option
@day_option
@lang_option
def view(
    actor: str,
    steps: int,
    out: Path | None,
    no_open: bool,
    data: Path | None,
    day: str | None,
    lang: str,
) -> None:
    """Write one page about an actor, and open it."""
    from techsov.graph.names import find_entity
    from techsov.graph.writer import write_file
    from techsov.viz.pages import single_file

    knowledge = _know(data, lang, day, shapes=False)
    entity = find_entity(knowledge.records, actor)
    target = out or Path(f"{entity.id}.html")
    write_file(target, single_file(knowledge, entity.id, steps, lang))
    click.echo(target)
    if not no_open and _has_display():
        click.launch(str(target))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0, or that of the error; see ``errors``."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = chosen_language(given)
    debug = "--debug" in given
    given = [argument for argument in given if argument != "--debug"]
    try:
        done = techsov.main(given, prog_name="techsov", standalone_mode=False, obj=language)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 2
    except TechsovError as error:
        click.echo(error.text(language), err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("error.interrupted", language), err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader has gone, as with "| head", which click tells by leaving: what it read is whole.
        _leave_output()
        return 0
    except OSError as error:
        _leave_output()
        click.echo(say("error.io", language, detail=str(error)), err=True)
        return StoreError.exit_code
    except Exception as error:
        if debug:
            raise
        detail = f"{type(error).__name__}: {error}"
        click.echo(say("error.crash", language, detail=json.dumps(detail)), err=True)
        return CRASHED
    return done if isinstance(done, int) else 0


def _leave_output() -> None:
    """Let go of an output that takes no more, lest Python try again when it ends."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
