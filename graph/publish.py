"""Facts to a folder that can be opened, queried and mailed: pages, exports, manifest."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from techsov.graph.dataset import DESCRIPTION, Written, describe
from techsov.graph.errors import DataError, Problem, StoreError
from techsov.graph.export import FORMATS, Format, write_all
from techsov.graph.flow import Knowledge, know
from techsov.graph.sharing import beside, shared
from techsov.graph.triples.shapes import check_shapes
from techsov.graph.writer import NewFolder, publish, read_manifest
from techsov.viz.publication import Publication
from techsov.viz.signature import Signatures
from techsov.viz.site import Sheet, signed_sheet, site_jobs

#: What a build depends on besides the facts: our own files, and the libraries that draw and write.
PACKAGES = ("techsov.graph", "techsov.ontology", "techsov.viz")
LIBRARIES = (
    "jinja2",
    "networkx",
    "numpy",
    "pyoxigraph",
    "pyvis",
    "rcssmin",
    "rjsmin",
    "rustworkx",
    "scipy",
)


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
    with _keeping():
        knowledge = _known(data, day, step)
        notes: dict[str, object] = {
            "as_of": knowledge.day.isoformat(),
            "edition": knowledge.edition,
            "entities": len(knowledge.records.entities),
            "facts": len(knowledge.records.facts),
            "inputs": inputs,
            "sources": len(knowledge.records.sources),
        }
        with publish(out, notes) as folder:
            step("step.pages")
            signatures = Signatures(Publication(knowledge), code_fingerprint(day, language))
            notes["unglossed"] = signatures.unglossed
            with beside(partial(check_shapes, knowledge.triples, knowledge.records)) as judged:
                notes["signed"] = _filled(folder, _last(out), signatures, language)
                folder.write(f"export/{DESCRIPTION}", _described(knowledge, folder))
                problems = [*knowledge.warnings, *judged()]
            if not all(problem.warning for problem in problems):
                raise DataError(problems)
    return True, tuple(sorted(set(problems)))


@contextmanager
def _keeping() -> Iterator[None]:
    """Look for no cycles in what is read and computed: it stays, and looking takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _filled(
    folder: NewFolder, last: "Last", signatures: Signatures, language: str
) -> dict[str, str]:
    """Fill the folder with exports and pages, and say on what files rest."""
    change = Change(folder, last, reworded=last.unglossed == signatures.unglossed)
    facts = [export_sheet(form, signatures) for form in FORMATS.values() if form.facts]
    drawn = [[export_sheet(form, signatures)] for form in FORMATS.values() if form.concluding]
    # What rests on the facts alone need not wait for the analyses.
    with beside(partial(_made, facts, change)) as early:
        pages = site_jobs(signatures.publication, language, signatures)
        jobs = [partial(_made, sheets, change) for sheets in (*pages, *drawn)]
        with shared(jobs) as results:
            made = [*results, early()]
    signed: dict[str, str] = {}
    for each in made:
        change.folder.hashes.update(each.hashes)
        signed |= each.signed
    return signed


@dataclass(frozen=True, slots=True)
class Made:
    """What one job of a build has made.

    ``hashes`` are those of the files that it has written or kept, ``signed`` says on what files
    rest.
    """

    hashes: Mapping[str, str]
    signed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Last:
    """The last build: the hashes of its files, and on what they rest.

    ``unglossed`` is on what all those rest that show no gloss.
    """

    folder: Path
    files: Mapping[str, str]
    signed: Mapping[str, str]
    unglossed: str = ""

    def has(self, names: Sequence[str], signature: str) -> bool:
        """Whether some files rest on the same as then, and still are as they were written."""
        return all(self.signed.get(name) == signature and self.is_whole(name) for name in names)

    def is_whole(self, name: str) -> bool:
        """Whether one file still is as it was written."""
        try:
            return sha256((self.folder / name).read_bytes()).hexdigest() == self.files.get(name)
        except OSError:
            return False


def _last(out: Path) -> Last:
    """Read what the last build noted of itself; a manifest of another form says nothing."""
    manifest = read_manifest(out)
    notes = (manifest.get(key) for key in ("files", "signed"))
    files, signed = (note if isinstance(note, dict) else {} for note in notes)
    return Last(out, files, signed, str(manifest.get("unglossed", "")))


@dataclass(frozen=True, slots=True)
class Change:
    """What leads from the last build to the new one: files are written, or kept as they are.

    ``reworded`` says that nothing but glosses has changed since.
    """

    folder: NewFolder
    last: Last
    reworded: bool = False

    def signature(self, sheet: Sheet) -> str:
        """Say on what the files of a sheet rest, or nothing if that is not known."""
        if not sheet.sign:
            return ""
        known = self.reworded and not sheet.glossed
        return (known and str(self.last.signed.get(sheet.files[0], ""))) or sheet.sign()

    def write(self, files: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
        """Write some files, and give their hashes."""
        return {name: self.folder.write(name, content) for name, content in files}

    def keep(self, names: Iterable[str]) -> dict[str, str]:
        """Keep some files of the last build, and give their hashes."""
        return {name: self.folder.keep(name, self.last.files[name]) for name in names}


def _known(data: Path, day: date | None, step: Callable[[str], None]) -> Knowledge:
    """Read the data; the shapes are left to a job of the build, unless there are errors already.

    Then they are judged at once, so that one run tells of every problem.
    """
    try:
        return know(data, day, step=step)
    except DataError:
        return know(data, day, shapes=True, step=step)


def export_sheet(form: Format, signatures: Signatures) -> Sheet:
    """Give a file below ``export/``; what takes long to write is signed."""
    found, file = signatures.publication.findings, f"export/{form.file}"

    def make() -> list[tuple[str, str | bytes]]:
        return [(file, write_all(found, {file: form})[file])]

    if not form.rows:
        return Sheet(make, (file,))
    return signed_sheet(signatures, file, (file,), make, partial(form.rows, found), glossed=False)


def _described(knowledge: Knowledge, folder: NewFolder) -> bytes:
    """Describe the exports that have been written."""
    files = {name: f"export/{form.file}" for name, form in FORMATS.items()}
    written = {
        name: Written((folder.path / file).stat().st_size, folder.hashes[file])
        for name, file in files.items()
    }
    return describe(knowledge, written)


def _made(sheets: Iterable[Sheet], change: Change) -> Made:
    """Make some pages, but not those that the last build made of the same."""
    hashes: dict[str, str] = {}
    signed: dict[str, str] = {}
    for sheet in sheets:
        signature = change.signature(sheet)
        if signature:
            signed |= dict.fromkeys(sheet.files, signature)
        if signature and change.last.has(sheet.files, signature):
            hashes |= change.keep(sheet.files)
        else:
            hashes |= change.write(sheet.make())
    return Made(hashes, signed)


def fingerprint(data: Path, day: date | None, language: str) -> str:
    """Hash all that a build depends on."""
    # The name of the folder stands in the export that leads back to its lines.
    return _fingerprint((code_fingerprint(day, language), data.resolve().name), (data,))


def code_fingerprint(day: date | None, language: str) -> str:
    """Hash what a build depends on besides facts: our own files, libraries and options."""
    libraries = (f"{library} {version(library)}" for library in LIBRARIES)
    folders = [Path(str(files(package))) for package in PACKAGES]
    return _fingerprint((str(day), language, *libraries), folders)


def _fingerprint(said: Iterable[str], folders: Iterable[Path]) -> str:
    digest = sha256("\n".join(said).encode())
    for folder in folders:
        for path in _files(folder):
            digest.update(f"\n{path.relative_to(folder).as_posix()}\n".encode())
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
    """Whether every file of the last build is still there, as it was written."""
    last = _last(out)
    return bool(last.files) and all(map(last.is_whole, last.files))
