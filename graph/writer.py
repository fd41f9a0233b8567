"""The one place that writes files: whole or not at all.

A file is written beside its place and renamed into it. A build is a folder: it is written beside
the old one and exchanged for it in one step, so that a reader sees the old build or the new one,
never a mixture, and a failed build changes nothing.
"""

import contextlib
import errno
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

from techsov.graph.errors import StoreError

#: What a build wrote, with hashes: it tells our folders from other people's.
MANIFEST = "build.json"
#: What a temporary folder's name ends with.
SUFFIX = re.compile(r"[a-z0-9_]{8}")
FILE_MODE, FOLDER_MODE = 0o644, 0o755


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file, whole or not at all; its folder is made where it is missing.

    Raises
    ------
    StoreError
        If it cannot be written; whatever stood there has not changed.
    """
    raw = content.encode() if isinstance(content, str) else content
    temporary: Path | None = None
    try:
        if path.exists() and not path.is_file():
            raise StoreError("error.no-plain-file", file=path)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(FILE_MODE)
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError("error.unwritable", file=path, detail=error.strerror or error)


@dataclass(frozen=True, slots=True)
class NewFolder:
    """A folder that is being filled and that nobody sees yet; ``old`` is the one it will replace.

    Processes may fill it together: each knows the ``hashes`` of what it has written itself.
    """

    path: Path
    old: Path
    hashes: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, content: str | bytes) -> str:
        """Write one file below the folder, and give its hash; ``name`` uses ``/``.

        Raises
        ------
        StoreError
            If ``name`` would lead outside, or the file cannot be written.
        """
        target = self.path / name
        if not target.resolve().is_relative_to(self.path.resolve()):
            raise StoreError("error.outside", file=name)
        raw = content.encode() if isinstance(content, str) else content
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)
        except OSError as error:
            raise _unwritable(target, error) from error
        self.hashes[name] = digest = sha256(raw).hexdigest()
        return digest

    def keep(self, name: str, digest: str) -> str:
        """Take one file over from the old folder as it is; ``digest``, given back, is its hash.

        Raises
        ------
        StoreError
            If it cannot be taken over.
        """
        target = self.path / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(self.old / name, target)
        except OSError as error:
            raise _unwritable(target, error) from error
        self.hashes[name] = digest
        return digest


def _link(source: Path, target: Path) -> None:
    """Give a file a second name; copy it where the file system has no such thing."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def read_manifest(folder: Path) -> dict[str, object]:
    """Say what the last build of ``folder`` noted of itself, or nothing."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


@contextlib.contextmanager
def publish(folder: Path, notes: dict[str, object]) -> Iterator[NewFolder]:
    """Fill a new folder; on a clean exit it takes the place of ``folder`` in one step.

    Files in ``folder`` that the last build did not write are kept. ``notes`` go into the
    manifest, beside the hash of every file.

    Raises
    ------
    StoreError
        If another process builds the same folder, if ``folder`` holds files but is not ours, or
        if the disk is full or read-only. ``folder`` has then not changed.
    """
    folder = folder.absolute()
    _refuse_foreign(folder)
    with _locked(folder):
        _clear_up(folder)
        new = NewFolder(_beside(folder), folder)
        try:
            yield new
            _finish(new, folder, notes)
        finally:
            shutil.rmtree(new.path, ignore_errors=True)


def _finish(new: NewFolder, folder: Path, notes: dict[str, object]) -> None:
    manifest = {**notes, "files": dict(sorted(new.hashes.items()))}
    new.write(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    try:
        _keep_foreign(folder, new)
        _sync(new.path)
        _exchange(new.path, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _refuse_foreign(folder: Path) -> None:
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise StoreError("error.not-ours", folder=folder)
        foreign = folder.is_dir() and any(folder.iterdir()) and not read_manifest(folder)
    except OSError as error:
        raise StoreError("error.unreadable", file=folder, detail=error.strerror or error) from error
    if foreign:
        raise StoreError("error.not-ours", folder=folder)


def _aside(folder: Path) -> Path:
    """Where the old folder stands for a moment, on a system that cannot exchange two."""
    return folder.with_name(f".{folder.name}.old")


def _clear_up(folder: Path) -> None:
    """Remove what a killed build left behind; an old folder that it had set aside comes back."""
    aside = _aside(folder)
    try:
        if aside.exists() and not folder.exists():
            aside.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    for stray in (aside, *filter(partial(_is_new, folder), _siblings(folder))):
        shutil.rmtree(stray, ignore_errors=True)


def _is_new(folder: Path, path: Path) -> bool:
    """Whether a path is a new folder of ``folder``, and not one of a folder with a longer name."""
    head = f".{folder.name}.new-"
    return path.name.startswith(head) and bool(SUFFIX.fullmatch(path.name.removeprefix(head)))


def _siblings(folder: Path) -> list[Path]:
    return [*folder.parent.iterdir()] if folder.parent.is_dir() else []


def _beside(folder: Path) -> Path:
    """Make the new folder."""
    try:
        path = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
        path.chmod(FOLDER_MODE)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return path


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it even if the process is killed."""
    path = folder.with_name(f".{folder.name}.lock")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = _lock(path, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(lock)


def _lock(path: Path, folder: Path) -> int:
    """Lock the file at ``path`` and write there who holds it."""
    import fcntl

    lock = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it has deleted the file: a lock on a deleted file keeps nobody out.
        if not os.path.samestat(os.fstat(lock), path.stat()):
            raise BlockingIOError
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
    except (BlockingIOError, FileNotFoundError):
        holder = os.read(lock, 20).decode() or "?"
        os.close(lock)
        raise StoreError("error.busy", folder=folder, pid=holder) from None
    except OSError:
        os.close(lock)
        raise
    return lock


def _keep_foreign(folder: Path, new: NewFolder) -> None:
    """Carry over the files that no build wrote, such as a report or a reader's notes."""
    if not folder.is_dir():
        return
    written = read_manifest(folder).get("files")
    known = set(written) if isinstance(written, dict) else set()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        foreign = name != MANIFEST and name not in known and name not in new.hashes
        if foreign and (path.is_file() or path.is_symlink()):
            target = new.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target, follow_symlinks=False)


def _sync(folder: Path) -> None:
    """Reach the disk before the exchange: one call flushes every file, the next tells of errors."""
    os.sync()
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(new: Path, folder: Path) -> None:
    """Put ``new`` in the place of ``folder``; the old one then stands where the new one stood."""
    if not folder.exists():
        new.rename(folder)
    elif not _renamed_together(new, folder):
        aside = _aside(folder)
        folder.rename(aside)
        try:
            new.rename(folder)
        except BaseException:
            aside.rename(folder)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _renamed_together(one: Path, other: Path) -> bool:
    """Exchange two folders in one system call (Linux); False where the system cannot."""
    import ctypes

    at_working_directory, exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = renameat2(
        at_working_directory,
        os.fsencode(one),
        at_working_directory,
        os.fsencode(other),
        exchange,
    )
    if done == 0:
        return True
    if ctypes.get_errno() in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
