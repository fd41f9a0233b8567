"""Facts to a folder that can be opened, queried and mailed: pages, exports, manifest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from techsov.graph.analyses import Analyses
from techsov.graph.errors import DataError, Problem, StoreError
from techsov.graph.export import DESCRIPTION, FORMATS, describe, write_all
from techsov.graph.flow import Knowledge, know
from techsov.graph.sharing import shared
from techsov.graph.triples.shapes import check_shapes
from techsov.graph.writer import publish, read_manifest
from techsov.viz.publication import Publication
from techsov.viz.site import Job, site_jobs

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
    knowledge = _known(data, day, step)
    notes = {
        "as_of": knowledge.day.isoformat(),
        "edition": knowledge.edition,
        "entities": len(knowledge.records.entities),
        "facts": len(knowledge.records.facts),
        "inputs": inputs,
        "sources": len(knowledge.records.sources),
    }
    with publish(out, notes) as folder:
        step("step.pages")
        publication = Publication(knowledge)
        # The longest first, so that no process is left with it at the end.
        jobs: list[Callable[[], Made]] = [
            partial(_judged, knowledge),
            lambda: Made(export_files(publication.findings)),
            *(partial(_made, job) for job in site_jobs(publication, language)),
        ]
        problems = list(knowledge.warnings)
        with shared(jobs) as results:
            for made in results:
                problems += made.problems
                for name, content in made.files:
                    folder.write(name, content)
        if not all(problem.warning for problem in problems):
            raise DataError(problems)
    return True, tuple(sorted(set(problems)))


@dataclass(frozen=True, slots=True)
class Made:
    """What one job of a build has made: files by their paths, and problems of the data."""

    files: Sequence[tuple[str, str | bytes]] = ()
    problems: Sequence[Problem] = ()


def _known(data: Path, day: date | None, step: Callable[[str], None]) -> Knowledge:
    """Read the data; the shapes are left to a job of the build, unless there are errors already.

    Then they are judged at once, so that one run tells of every problem.
    """
    try:
        return know(data, day, step=step)
    except DataError:
        return know(data, day, shapes=True, step=step)


def _judged(knowledge: Knowledge) -> Made:
    return Made(problems=check_shapes(knowledge.triples, knowledge.records))


def _made(job: Job) -> Made:
    return Made(job())


def export_files(found: Analyses) -> list[tuple[str, bytes]]:
    """Write every format below ``export/``, and the description of the whole."""
    written = write_all(found)
    files = [(f"export/{FORMATS[name].file}", content) for name, content in written.items()]
    return [*files, (f"export/{DESCRIPTION}", describe(found.knowledge, written))]


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
