"""The commands that work on a data folder: check it, put it into form, export it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techsov.graph.commands.common import (
    Request,
    data_option,
    day_option,
    format_option,
    lang_option,
    requesting,
)
from techsov.graph.errors import UsageError
from techsov.graph.helping import SaidCommand, option

if TYPE_CHECKING:
    from techsov.graph.flow import Knowledge


#: The formats of ``export``, named here so that help need not import what writes them.
EXPORT_FORMATS = (
    "turtle",
    "ntriples",
    "jsonld",
    "ontology",
    "derived",
    "graphml",
    "gexf",
    "entities",
    "facts",
    "sources",
    "provenance",
    "conclusions",
    "dataset",
)


@click.command(cls=SaidCommand)
@data_option
@option(
    "--sources",
    type=click.Path(path_type=Path, file_okay=False),
    help_key="option-sources",
)
@option("--fact", help_key="option-fact")
@requesting(format_option, lang_option)
def check(request: Request, sources: Path | None, fact: str | None) -> None:
    """Check the data folder."""
    from techsov.graph.errors import DataError
    from techsov.graph.facts.canonical import check_texts, read_texts

    if fact and not sources:
        raise UsageError("error.fact-needs-sources")
    try:
        knowledge = request.know(shapes=True)
    except DataError as error:
        if not request.for_readers:
            _print_problems(request, error.problems)
        raise
    problems = list(knowledge.warnings)
    if sources:
        texts = read_texts(sources, knowledge.records.sources)
        problems += check_texts(knowledge.records, texts)
        if fact:
            _print_passages(request, knowledge, fact, texts)
    if not request.for_readers:
        _print_problems(request, problems)
    if any(not problem.warning for problem in problems):
        raise DataError(problems)
    request.tell_lines(problem.text(request.language) for problem in sorted(problems))
    records = knowledge.records
    request.tell(
        "cli.checked",
        entities=len(records.entities),
        facts=len(records.facts),
        sources=len(records.sources),
        warnings=len(problems),
    )


def _print_problems(request: Request, problems: Sequence[Any]) -> None:
    from techsov.graph.printing import Table

    rows = [
        (
            problem.origin.file,
            problem.origin.line,
            problem.column,
            "warning" if problem.warning else "error",
            problem.text(request.language).split(": ", 2 if problem.column else 1)[-1],
        )
        for problem in sorted(problems)
    ]
    keys = ("file", "line", "column", "severity", "message")
    request.print(Table(keys, keys, [], rows))


def _print_passages(request: Request, knowledge: "Knowledge", name: str, texts: Any) -> None:
    """Show the paragraphs that a fact rests on, to a reader who holds the texts."""
    from techsov.graph.errors import printable

    found = [fact for fact in knowledge.records.facts if fact.id == name]
    if not found:
        raise UsageError("error.fact-unknown", name=name)
    for evidence in found[0].evidence:
        click.echo(f"{evidence.passage} · {evidence.gloss(request.language)}")
        text = texts.get(evidence.source)
        if text and evidence.paragraph and evidence.paragraph <= len(text.paragraphs):
            click.echo(f"  {printable(text.paragraphs[evidence.paragraph - 1])}")


@click.command(cls=SaidCommand)
@data_option
@option(
    "--sources", type=click.Path(path_type=Path, file_okay=False), help_key="option-fmt-sources"
)
@option("--check", "only_check", is_flag=True, help_key="option-fmt-check")
@requesting(lang_option)
@click.pass_context
def fmt(ctx: click.Context, request: Request, sources: Path | None, only_check: bool) -> None:
    """Put the data files into canonical form."""
    from techsov.graph.facts.canonical import canonical_files, read_texts
    from techsov.graph.facts.files import packaged_data, read_folder, records_of
    from techsov.graph.facts.schema import read_schema
    from techsov.graph.writer import write_file

    schema, folder = read_schema(), request.data or packaged_data()
    texts = None
    if sources:
        records, _ = records_of(read_folder(folder, schema))
        texts = read_texts(sources, records.sources)
    wanted = canonical_files(folder, schema, texts)
    changed = [path for path, text in wanted.items() if path.read_bytes() != text.encode()]
    for path in changed:
        if not only_check:
            write_file(path, wanted[path])
        request.tell("cli.would-format" if only_check else "cli.formatted", file=path)
    if only_check and changed:
        ctx.exit(1)


@click.command(cls=SaidCommand)
@option(
    "--format", "name", type=click.Choice(EXPORT_FORMATS), required=True, help_key="option-export"
)
@option("--out", type=click.Path(path_type=Path), help_key="option-export-out")
@requesting(data_option, day_option, lang_option)
def export(request: Request, name: str, out: Path | None) -> None:
    """Write the facts in a format that other programs read."""
    from techsov.graph.analyses import Analyses
    from techsov.graph.dataset import Written, describe
    from techsov.graph.export import FORMATS, write_all
    from techsov.graph.writer import write_file

    knowledge = request.know()
    if name == "dataset":
        written = write_all(Analyses(knowledge))
        content = describe(knowledge, {each: Written.of(one) for each, one in written.items()})
    else:
        content = FORMATS[name].write(knowledge)
    if out is None or str(out) == "-":
        sys.stdout.buffer.write(content)
    else:
        write_file(out, content)
        click.echo(out)
