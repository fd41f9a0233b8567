"""Records back to a data folder, so that reading one can be timed at any size.

Copies of an entity have its names: each gets a word of its own behind them, as no two entities of
real data are called the same.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from techsov.graph.facts.files import (
    ENTITY_COLUMNS,
    NAME_COLUMNS,
    PASSAGE_COLUMNS,
    SOURCE_COLUMNS,
)
from techsov.graph.facts.lines import fact_columns
from techsov.graph.facts.schema import Schema
from techsov.graph.facts.tables import table_text
from techsov.graph.records import Entity, Fact, PartialDate, Records, Source

Cells = list[str]
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def write_folder(folder: Path, records: Records, schema: Schema) -> None:
    """Write what ``read_folder`` reads; links between facts are left out, as their ids change."""
    lines: defaultdict[str, list[Cells]] = defaultdict(list)
    for fact in records.facts:
        lines[fact.relation] += _fact(fact, schema)
    entities = records.entities.values()
    tables = {
        "entities/all.csv": (ENTITY_COLUMNS, [_entity(each) for each in entities]),
        "names.csv": (NAME_COLUMNS, [row for each in entities for row in _names(each)]),
        "sources.csv": (SOURCE_COLUMNS, [_source(each) for each in records.sources.values()]),
        "passages.csv": (
            PASSAGE_COLUMNS,
            [
                [each.source, str(each.paragraph), each.sha256]
                for each in records.passages.values()
                if each.sha256
            ],
        ),
    }
    for name, rows in lines.items():
        tables[f"facts/{name}.csv"] = (fact_columns(schema.relations[name]), rows)
    for file, (columns, rows) in tables.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table_text(columns, rows), encoding="utf-8")


def _entity(entity: Entity) -> Cells:
    labels = [f"{label} {_word(entity)}" for label in (entity.label_en, entity.label_fr)]
    return [entity.id, entity.cls, *labels, entity.iso]


def _names(entity: Entity) -> list[Cells]:
    return [[entity.id, f"{name} {_word(entity)}"] for name in entity.names]


def _word(entity: Entity) -> str:
    return hashlib.sha256(entity.id.encode()).hexdigest()[:8].translate(LETTERS)


def _source(source: Source) -> Cells:
    cells = {name: getattr(source, name, "") for name in SOURCE_COLUMNS}
    cells |= {"read": "yes" if source.read else "no", "paragraphs": source.paragraphs or ""}
    cells |= {"published": _day(source.published), "accessed": _day(source.accessed)}
    return [str(cell) for cell in cells.values()]


def _fact(fact: Fact, schema: Schema) -> Iterator[Cells]:
    relation = schema.relations[fact.relation]
    cells = {column: "" for column in fact_columns(relation)}
    cells |= {column: ";".join(values) for column, values in fact.qualifiers.items()}
    cells |= {"subject": fact.subject, "status": fact.status, "claimant": fact.claimant}
    cells |= {"valid_from": _day(fact.valid_from), "valid_to": _day(fact.valid_to)}
    if relation.value:
        cells["value"] = fact.value
    else:
        cells["object"] = fact.object.removeprefix(f"{relation.scheme}-")
    for each in fact.evidence:
        cells |= {"source": each.source, "paragraph": str(each.paragraph or "")}
        cells |= {"confidence": str(each.confidence), "cited_source": each.cited_source}
        cells |= {"gloss_en": each.gloss_en, "gloss_fr": each.gloss_fr}
        yield list(cells.values())


def _day(partial: PartialDate | None) -> str:
    return partial.text if partial else ""
