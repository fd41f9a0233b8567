"""Rows of ``data/`` to records: the rules that one line alone can break stand here."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from techsov.graph.errors import Origin, Problem, StoreError
from techsov.graph.facts.cells import Cells
from techsov.graph.facts.frameworks import (
    FRAMEWORK_COLUMNS,
    Framework,
    has_framework,
    read_framework,
)
from techsov.graph.facts.identity import DECISIONS, Decision
from techsov.graph.facts.iso3166 import ISO_3166, ISO_SLIPS
from techsov.graph.facts.lines import Line, fact_columns, facts_of, read_line
from techsov.graph.facts.schema import Relation, Schema
from techsov.graph.facts.tables import Row, nearest, problem_at, read_table
from techsov.graph.records import Entity, Passage, Records, Source

ENTITY_COLUMNS = ("id", "class", "label_en", "label_fr", "iso")
NAME_COLUMNS = ("entity", "name")
SOURCE_COLUMNS = (
    "id",
    "label_en",
    "label_fr",
    "kind",
    "stance",
    "author",
    "publisher",
    "language",
    "published",
    "accessed",
    "url",
    "file",
    "paragraphs",
    "sha256",
    "read",
)
PASSAGE_COLUMNS = ("source", "paragraph", "sha256")
DECISION_COLUMNS = ("one", "other", "decision", "reason_en", "reason_fr")
UNPLACED_COLUMNS = ("file", "row", "what", "reason_en", "reason_fr")
#: Files that a folder may do without: who is the same, and what could not be expressed.
OPTIONAL = {"same.csv": DECISION_COLUMNS, "unplaced.csv": UNPLACED_COLUMNS}
#: The relation by which a fact answers a criterion of the framework.
ANSWER = "criterionAnswer"
SHA256 = re.compile(r"[0-9a-f]{64}")
LANGUAGE = re.compile(r"[a-z]{2,3}")

Read = TypeVar("Read")


@dataclass(slots=True)
class Reading:
    """What was read from a folder, with all that one line alone shows to be wrong.

    ``torn`` names the files of which a line was left out: what seems to be missing may stand there.
    ``framework`` holds the ladders that facts may answer, if any fact does or the folder has its own.
    """

    entities: list[Entity] = field(default_factory=list)
    names: list[tuple[str, str, Row]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    passages: list[tuple[Passage, Row]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    framework: Framework | None = None


def packaged_data() -> Path:
    """Give the folder of facts that the package carries."""
    return Path(str(files("techsov.data")))


def table_files(folder: Path, schema: Schema) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every file that ``folder`` holds, as a path below it, with its columns; in name order."""
    for path in sorted(_csv_files(folder / "entities")):
        yield f"entities/{path}", ENTITY_COLUMNS
    yield "names.csv", NAME_COLUMNS
    yield "sources.csv", SOURCE_COLUMNS
    yield "passages.csv", PASSAGE_COLUMNS
    for name, columns in OPTIONAL.items():
        if (folder / name).exists():
            yield name, columns
    if has_framework(folder):
        yield from FRAMEWORK_COLUMNS.items()
    for path in sorted(_csv_files(folder / "facts")):
        relation = schema.relations.get(path.removesuffix(".csv"))
        yield f"facts/{path}", fact_columns(relation) if relation else ()


def _csv_files(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise StoreError("error.no-folder", folder=shown_file(folder.parent, folder.name))
    try:
        return [path.name for path in folder.iterdir() if path.suffix.lower() == ".csv"]
    except OSError as error:
        raise StoreError(
            "error.unreadable", file=shown_file(folder.parent, folder.name), detail=error.strerror
        ) from error


def shown_file(folder: Path, name: str) -> str:
    """Name a file of a data folder for a person: under the folder's own name."""
    return f"{folder.resolve().name}/{name}"


def read_folder(folder: Path, schema: Schema) -> Reading:
    """Read every file of a data folder, line by line.

    Raises
    ------
    StoreError
        If the folder or one of its fixed files is missing or cannot be read.
    """
    if not folder.is_dir():
        raise StoreError("error.no-folder", folder=str(folder))
    reading = Reading()
    classes = schema.entity_classes
    for name, columns in table_files(folder, schema):
        if name in FRAMEWORK_COLUMNS:
            continue
        shown = shown_file(folder, name)
        known = len(reading.problems)
        if not columns:
            reading.problems.append(unknown_relation(shown, schema))
        rows = read_table(folder / name, shown, columns, reading.problems) if columns else []
        if len(reading.problems) > known:
            reading.torn.add(name)
        if name.startswith("entities/"):
            reading.entities.extend(_noted(_entity(row, classes), reading) for row in rows)
        elif name == "names.csv":
            reading.names.extend(_sound((_name(row) for row in rows), name, reading))
        elif name == "sources.csv":
            reading.sources.extend(_noted(_source(row, schema), reading) for row in rows)
        elif name == "passages.csv":
            reading.passages.extend(_sound((_passage(row) for row in rows), name, reading))
        elif name == "same.csv":
            reading.decisions.extend(_sound((_decision(row) for row in rows), name, reading))
        elif columns and name not in OPTIONAL:
            relation = schema.relations[Path(name).stem]
            lines = (_line(row, relation, schema) for row in rows)
            reading.lines.extend(_sound(lines, name, reading))
    if has_framework(folder) or any(line.relation == ANSWER for line in reading.lines):
        reading.framework, problems = read_framework(folder, schema)
        reading.problems.extend(problems)
    return reading


def unknown_relation(shown: str, schema: Schema) -> Problem:
    """Say that a facts file bears the name of no relation."""
    name = Path(shown).name.removesuffix(".csv")
    guess = nearest(name, schema.relations)
    message = "check.unknown-relation-guess" if guess else "check.unknown-relation"
    return problem_at(Origin(shown, 0), "", message, value=name, guess=guess)


def _noted(pair: tuple[Read, list[Problem]], reading: Reading) -> Read:
    """Keep a record even if a cell is wrong, because other lines name it."""
    record, problems = pair
    reading.problems.extend(problems)
    return record


def _sound(
    pairs: Iterator[tuple[Read, list[Problem]]], name: str, reading: Reading
) -> Iterator[Read]:
    """Leave out what has a wrong cell."""
    for record, problems in pairs:
        reading.problems.extend(problems)
        if problems:
            reading.torn.add(name)
        else:
            yield record


def _entity(row: Row, classes: Collection[str]) -> tuple[Entity, list[Problem]]:
    cells = Cells(row)
    entity = Entity(
        id=cells.id("id"),
        cls=cells.choice("class", classes),
        label_en=cells.required("label_en", "check.empty-label"),
        label_fr=cells.required("label_fr", "check.empty-label"),
        iso=cells.text("iso"),
        names=(),
        origin=row.origin,
    )
    if entity.iso and entity.iso not in ISO_3166:
        guess = ISO_SLIPS.get(entity.iso.upper()) or nearest(entity.iso.upper(), ISO_3166)
        cells.fail("iso", "check.iso-guess" if guess else "check.iso", guess=guess)
    if entity.cls == "State" and not entity.iso:
        cells.fail("iso", "check.iso-empty")
    if entity.cls in classes and entity.cls != "State" and entity.iso:
        cells.fail("iso", "check.iso-misplaced")
    return entity, cells.problems


def _name(row: Row) -> tuple[tuple[str, str, Row], list[Problem]]:
    cells = Cells(row)
    return (cells.id("entity"), cells.required("name", "check.empty-name"), row), cells.problems


def _source(row: Row, schema: Schema) -> tuple[Source, list[Problem]]:
    cells = Cells(row)
    read = cells.choice("read", ("yes", "no")) == "yes"
    source = Source(
        id=cells.id("id"),
        label_en=cells.required("label_en", "check.empty-label"),
        label_fr=cells.required("label_fr", "check.empty-label"),
        kind=cells.choice("kind", schema.in_scheme("kind")),
        stance=cells.choice("stance", schema.in_scheme("stance"), required=read),
        author=cells.text("author"),
        publisher=cells.text("publisher"),
        language=cells.text("language"),
        published=cells.date("published"),
        accessed=cells.date("accessed"),
        url=cells.address("url"),
        file=cells.text("file"),
        paragraphs=cells.integer("paragraphs", 1),
        sha256=cells.text("sha256"),
        read=read,
        origin=row.origin,
    )
    if source.sha256 and not SHA256.fullmatch(source.sha256):
        cells.fail("sha256", "check.sha256")
    if source.language and not LANGUAGE.fullmatch(source.language):
        cells.fail("language", "check.language")
    dated_publication = source.publisher and source.published
    if read and not (source.url or source.file or dated_publication):
        cells.fail("url", "check.source-nowhere")
    if read and not (source.file or cells.text("published") or cells.text("accessed")):
        cells.fail("accessed", "check.source-undated")
    if source.file and not (source.paragraphs and source.sha256):
        cells.fail("file", "check.file-unmeasured")
    return source, cells.problems


def _passage(row: Row) -> tuple[tuple[Passage, Row], list[Problem]]:
    cells = Cells(row)
    paragraph = cells.integer("paragraph", 1)
    if paragraph is None and not cells.problems:
        cells.fail("paragraph", "check.empty-paragraph")
    sha256 = cells.text("sha256")
    if not SHA256.fullmatch(sha256):
        cells.fail("sha256", "check.sha256")
    return (Passage(cells.id("source"), paragraph, sha256), row), cells.problems


def _decision(row: Row) -> tuple[Decision, list[Problem]]:
    cells = Cells(row)
    decision = Decision(
        one=cells.id("one"),
        other=cells.required("other", "check.empty-name"),
        decision=cells.choice("decision", DECISIONS),
        row=row,
    )
    for column in ("reason_en", "reason_fr"):
        cells.required(column, "check.empty-reason")
    return decision, cells.problems


def _line(row: Row, relation: Relation, schema: Schema) -> tuple[Line, list[Problem]]:
    cells = Cells(row)
    return read_line(cells, relation, schema), cells.problems


def records_of(reading: Reading) -> tuple[Records, list[Problem]]:
    """Put together what was read; of two records with one id the first stays."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for entity, name, _ in reading.names:
        names[entity].append(name)
    entities: dict[str, Entity] = {}
    for entity_ in sorted(reading.entities, key=lambda item: (item.id, item.origin)):
        entities.setdefault(entity_.id, _named(entity_, names[entity_.id]))
    sources: dict[str, Source] = {}
    for source in sorted(reading.sources, key=lambda item: (item.id, item.origin)):
        sources.setdefault(source.id, source)
    facts, problems = facts_of(reading.lines)
    hashes = {passage.id: passage for passage, _ in reading.passages}
    for fact in facts:
        for item in fact.evidence:
            hashes.setdefault(item.passage, Passage(item.source, item.paragraph, ""))
    passages = {name: hashes[name] for name in sorted(hashes)}
    return Records(entities, sources, passages, tuple(facts)), problems


def _named(entity: Entity, names: list[str]) -> Entity:
    return Entity(
        id=entity.id,
        cls=entity.cls,
        label_en=entity.label_en,
        label_fr=entity.label_fr,
        iso=entity.iso,
        names=tuple(sorted(set(names))),
        origin=entity.origin,
    )
