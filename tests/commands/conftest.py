"""Invented data folders, written a fact a line, and commands run on them."""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from techsov.graph.cli import main
from techsov.graph.facts.files import (
    ENTITY_COLUMNS,
    NAME_COLUMNS,
    PASSAGE_COLUMNS,
    SOURCE_COLUMNS,
)
from techsov.graph.facts.lines import fact_columns
from techsov.graph.facts.schema import read_schema

SCHEMA = read_schema()
SOURCE = {
    "id": "gazette",
    "label_en": "Invented page",
    "label_fr": "Page inventée",
    "kind": "web-page",
    "stance": "neutral",
    "publisher": "Gazette",
    "language": "en",
    "accessed": "2025-06-01",
    "url": "https://gazette.example/",
    "read": "yes",
}


def write_world(text: str, folder: Path) -> Path:
    """Write ``CLASS id=CODE …`` and ``subject relation object key=value …``, a line each."""
    classes: dict[str, tuple[str, str]] = {}
    facts: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for line in filter(None, map(str.strip, text.splitlines())):
        first, *names = line.split()
        if first in SCHEMA.classes:
            for name, _, code in (each.partition("=") for each in names):
                classes[name] = first, code
        else:
            relation, target, *rest = names
            literal = bool(SCHEMA.relations[relation].value)
            said = {
                "subject": first,
                "value" if literal else "object": target,
                "status": "stated",
                "source": "gazette",
                "confidence": "0.9",
                "gloss_en": f"The page says this of {first}.",
                "gloss_fr": f"La page le dit de {first}.",
            }
            said |= {key: value for key, _, value in (part.partition("=") for part in rest)}
            if relation == "dependsOn":
                said = {"layer": "cloud", "substitutability": "unknown", **said}
            if relation == "couldUse":
                said = {"layer": "cloud", **said}
            facts[relation].append(said)
            for name in (first,) if literal else (first, target):
                is_need = name.startswith("need")
                classes.setdefault(name, ("Need" if is_need else "Service", ""))
    rows = [
        {"id": name, "class": cls, "label_en": label, "label_fr": label, "iso": code}
        for name, (cls, code) in sorted(classes.items())
        for label in [name.replace("-", " ").title()]
    ]
    branches = {
        "actors.csv": [row for row in rows if "Actor" in SCHEMA.ancestors(row["class"])],
        "context.csv": [row for row in rows if row["class"] in ("Need", "Place", "Jurisdiction")],
    }
    placed = [row for branch in branches.values() for row in branch]
    branches["offerings.csv"] = [row for row in rows if row not in placed]
    for name, branch in branches.items():
        _write(folder / "entities" / name, ENTITY_COLUMNS, branch)
    for relation, lines in facts.items():
        columns = fact_columns(SCHEMA.relations[relation])
        _write(folder / "facts" / f"{relation}.csv", columns, lines)
    _write(folder / "names.csv", NAME_COLUMNS, [])
    _write(folder / "passages.csv", PASSAGE_COLUMNS, [])
    _write(folder / "sources.csv", SOURCE_COLUMNS, [SOURCE])
    return folder


def _write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Write a world once, and give its folder."""
    folders: dict[str, Path] = {}

    def folder(text: str) -> Path:
        if text not in folders:
            folders[text] = write_world(text, tmp_path_factory.mktemp("world"))
        return folders[text]

    return folder


@pytest.fixture
def run(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Run a command: exit code, standard output, error stream. English unless asked otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def runner(*arguments: str, data: Path | None = None) -> tuple[int, str, str]:
        code = main([*arguments, *(["--data", str(data)] if data else [])])
        out, told = capsysbinary.readouterr()
        return code, out.decode(), told.decode()

    return runner
