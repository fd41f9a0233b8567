"""Facts to a folder that can be opened, queried and mailed: pages, exports, manifest."""

from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from techsov.graph.errors import Problem, StoreError
from techsov.graph.export import DESCRIPTION, FORMATS, describe, write_all
from techsov.graph.flow import Knowledge, know
from techsov.graph.writer import NewFolder, publish, read_manifest
from techsov.viz.site import write_site

#: What a build depends on besides the facts: our own files, and the libraries that draw and write.
PACKAGES = ("techsov.graph", "techsov.ontology", "techsov.viz")
LIBRARIES = ("networkx", "pyoxigraph", "pyvis", "jinja2")


def publish_site(
    data: Path, out: Path, day: date | None, language: str, step: Callable[[str], None]
) -> tuple[bool, tuple[Problem, ...]]:
    """Build ``out`` from ``data``, unless nothing has changed since the last build.

    Returns
    -------
    tuple of (bool, tuple of Problem)
        Whether anything was built, and the warnings of the check.

    Raises
    ------
    DataError
        With every problem of the data; ``out`` has not changed.
    StoreError
        If ``out`` cannot be written, is not ours, or is being built; it has not changed.
    """
    inputs = fingerprint(data, day, language)
    if read_manifest(out).get("inputs") == inputs and _is_whole(out):
        return False, ()
    knowledge = know(data, day, shapes=True, step=step)
    notes = {
        "as_of": knowledge.day.isoformat(),
        "edition": knowledge.edition,
        "entities": len(knowledge.records.entities),
        "facts": len(knowledge.records.facts),
        "inputs": inputs,
        "sources": len(knowledge.records.sources),
    }
    with publish(out, notes) as folder:
        step("step.exports")
        write_exports(knowledge, folder)
        step("step.pages")
        write_site(folder.write, knowledge, language)
    return True, knowledge.warnings


def write_exports(knowledge: Knowledge, folder: NewFolder) -> None:
    """Write every format below ``export/``, and the description of the whole."""
    written = write_all(knowledge)
    for name, content in written.items():
        folder.write(f"export/{FORMATS[name].file}", content)
    folder.write(f"export/{DESCRIPTION}", describe(knowledge, written))


def fingerprint(data: Path, day: date | None, language: str) -> str:
    """Hash all that a build depends on: facts, our own files, libraries and options."""
    # The name of the folder stands in the export that leads back to its lines.
    digest = sha256(f"{data.resolve().name}\n{day}\n{language}\n".encode())
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for folder in (data, *(Path(str(files(package))) for package in PACKAGES)):
        for path in _files(folder):
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
            digest.update(sha256(_bytes(path)).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError("error.unreadable", file=path, detail=error.strerror or error) from error


def _is_whole(out: Path) -> bool:
    """Whether every file of the last build is still there."""
    written = read_manifest(out).get("files")
    return isinstance(written, dict) and all((out / name).is_file() for name in written)
