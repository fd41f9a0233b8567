"""Files of ``data/`` in their canonical form, and the fingerprints of the passages they cite."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from techsov.graph.errors import DataError, Origin, Problem, StoreError
from techsov.graph.facts.cells import whole_number
from techsov.graph.facts.files import (
    SOURCE_COLUMNS,
    shown_file,
    table_files,
    unknown_relation,
)
from techsov.graph.facts.schema import Schema
from techsov.graph.facts.tables import Row, problem_at, read_table, table_text
from techsov.graph.records import Records, Source

#: So many words in a row, shared with the passage, are its sentence and not our gloss.
COPIED_WORDS = 8


def canonical_files(
    folder: Path, schema: Schema, texts: Mapping[str, "Text"] | None = None
) -> dict[Path, str]:
    """Give every file of ``folder`` in canonical form: UTF-8, LF, commas, sorted, each line once.

    With ``texts``, by source, the sizes and hashes in ``sources.csv`` and ``passages.csv`` are
    those of the texts at hand; passages that no fact cites go.

    Raises
    ------
    DataError
        If a file cannot be read as a table: nothing can then be rewritten without loss.
    """
    problems: list[Problem] = []
    tables: dict[str, tuple[tuple[str, ...], list[Row]]] = {}
    for name, columns in table_files(folder, schema):
        shown = shown_file(folder, name)
        if columns:
            tables[name] = columns, read_table(folder / name, shown, columns, problems)
        else:
            problems.append(unknown_relation(shown, schema))
    if problems:
        raise DataError(problems)
    cells = {
        name: [[row.cells[column] for column in columns] for row in rows]
        for name, (columns, rows) in tables.items()
    }
    if texts is not None:
        cells["sources.csv"] = [_measured(row, texts) for row in cells["sources.csv"]]
        cells["passages.csv"] = _fingerprints(tables, cells["passages.csv"], texts)
    return {
        folder / name: table_text(columns, sorted(set(map(tuple, cells[name]))))
        for name, (columns, _) in tables.items()
    }


def _measured(row: list[str], texts: Mapping[str, "Text"]) -> list[str]:
    cells = dict(zip(SOURCE_COLUMNS, row, strict=True))
    if text := texts.get(cells["id"]):
        cells |= {"paragraphs": str(len(text.paragraphs)), "sha256": text.sha256}
    return list(cells.values())


def _fingerprints(
    tables: Mapping[str, tuple[tuple[str, ...], list[Row]]],
    old: list[list[str]],
    texts: Mapping[str, "Text"],
) -> list[list[str]]:
    cited = {
        (row.cells["source"], number)
        for name, (_, rows) in tables.items()
        if name.startswith("facts/")
        for row in rows
        if (number := whole_number(row.cells["paragraph"]))
    }
    known = {(source, whole_number(paragraph)): digest for source, paragraph, digest in old}
    for source, number in cited:
        text = texts.get(source)
        if text and number <= len(text.paragraphs):
            known[source, number] = digest_of(text.paragraphs[number - 1])
    return [
        [source, str(number), known[source, number]]
        for source, number in cited
        if (source, number) in known
    ]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a source, at hand: its hash as a file, and its paragraphs from 1."""

    sha256: str
    paragraphs: tuple[str, ...]


def digest_of(paragraph: str) -> str:
    """SHA-256 of a paragraph, stripped, in UTF-8."""
    return sha256(paragraph.encode()).hexdigest()


def paragraphs_of(text: str) -> tuple[str, ...]:
    r"""Give the lines that are not blank, stripped; their rank from 1 is the locator.

    >>> paragraphs_of("One\n\n \u00a0\n Two \n")
    ('One', 'Two')
    """
    return tuple(stripped for line in text.splitlines() if (stripped := line.strip()))


def read_texts(folder: Path, sources: Mapping[str, Source]) -> dict[str, Text]:
    """Read the texts of the sources that name a file in ``folder``, by source.

    Raises
    ------
    StoreError
        If there is no such folder, or a text cannot be read.
    """
    if not folder.is_dir():
        raise StoreError("error.sources-folder", folder=folder)
    texts = {}
    for source in sources.values():
        path = folder / source.file
        # A name in the data must not lead out of the folder.
        if not source.file or path.parent != folder:
            continue
        try:
            if not path.is_file():
                continue
            raw = path.read_bytes()
            text = raw.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError("error.unreadable", file=path, detail=error) from error
        texts[source.id] = Text(sha256(raw).hexdigest(), paragraphs_of(text))
    return texts


def check_texts(records: Records, texts: Mapping[str, Text]) -> Iterator[Problem]:
    """Compare the data with the texts at hand: hashes of files and passages, words of glosses."""
    for source in records.sources.values():
        if not source.file:
            continue
        text = texts.get(source.id)
        if text is None:
            yield problem_at(source.origin, "file", "warning.text-absent", value=source.id)
        elif text.sha256 != source.sha256:
            yield problem_at(source.origin, "sha256", "check.text-differs")
    for fact in records.facts:
        for evidence in fact.evidence:
            text = texts.get(evidence.source)
            if text is None or evidence.paragraph is None:
                continue
            value, origin = str(evidence.paragraph), evidence.origin
            if evidence.paragraph > len(text.paragraphs):
                yield problem_at(origin, "paragraph", "check.paragraph-gone", value=value)
                continue
            paragraph = text.paragraphs[evidence.paragraph - 1]
            if digest_of(paragraph) != records.passages[evidence.passage].sha256:
                yield problem_at(origin, "paragraph", "check.hash-differs", value=value)
            yield from _copied(evidence.gloss_en, "gloss_en", paragraph, origin)
            yield from _copied(evidence.gloss_fr, "gloss_fr", paragraph, origin)


def shared_run(gloss: str, passage: str, length: int = COPIED_WORDS) -> str:
    """Give the first ``length`` words in a row that both texts hold, or nothing.

    >>> shared_run("We say: a b c d.", "x A, b, C d y", 4)
    'a b c d'
    """
    runs = set(_runs(passage, length))
    return next((" ".join(run) for run in _runs(gloss, length) if run in runs), "")


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def _copied(gloss: str, column: str, paragraph: str, origin: Origin) -> Iterator[Problem]:
    if run := shared_run(gloss, paragraph):
        yield problem_at(origin, column, "check.copied", value=run)
