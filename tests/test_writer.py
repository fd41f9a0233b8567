"""What is written stands whole or not at all, whatever fails and whenever it is killed."""

import errno
import fcntl
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from techsov.graph import writer
from techsov.graph.errors import StoreError
from techsov.graph.writer import MANIFEST, publish, read_manifest, write_file

FAILURES = (errno.ENOSPC, errno.EIO, errno.EACCES)
#: Every call by which the writer, pathlib, tempfile and shutil change what is on the disk.
CALLS = ("open", "fdopen", "mkdir", "rename", "replace", "chmod", "fsync", "ftruncate", "pwrite")


class Fault:
    """Makes the k-th call on the disk fail, once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, k: int, code: int) -> None:
        self.left, self.code, self.struck = k, code, ""
        for name in CALLS:
            monkeypatch.setattr(os, name, self.wrapped(name, getattr(os, name)))
        monkeypatch.setattr(io, "open", self.wrapped("io.open", io.open))

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.struck = name
                raise OSError(self.code, os.strerror(self.code))
            return call(*args, **kwargs)

        return wrapper


def outcome(work: Callable[[], None]) -> str:
    """What a person is told of a failure with exit code 4; nothing of a success."""
    try:
        work()
    except StoreError as error:
        return f"{error.exit_code}: {error.text('en')}"
    return ""


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_whole(folder: Path) -> bool:
    """Whether every file has the hash that the manifest gives, and no file is missing or more."""
    files = read_manifest(folder)["files"]
    assert isinstance(files, dict)
    found = contents(folder)
    found.pop(MANIFEST)
    return {name: sha256(raw).hexdigest() for name, raw in found.items()} == files


def fill(folder: Path, text: str) -> None:
    with publish(folder, {"edition": text}) as new:
        new.write("index.html", text)
        new.write("export/a.txt", text)


def names_beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


# --- One file


def test_a_file_is_written_in_a_folder_that_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    write_file(path, "é\n")
    assert path.read_bytes() == "é\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644
    assert names_beside(path) == []


@pytest.mark.parametrize("code", FAILURES)
def test_a_file_that_cannot_be_written_leaves_the_old_one(code: int, tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    struck = set()
    for k in range(1, 99):
        path.write_text("old", encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, k, code)
            told = outcome(lambda: write_file(path, "new"))
        assert path.read_text(encoding="utf-8") == ("old" if told else "new")
        assert names_beside(path) == []
        if not fault.struck:
            break
        struck.add(fault.struck)
    assert {"open", "fsync", "chmod", "replace"} <= struck


@pytest.mark.parametrize("place", ["file.txt/below", "folder"])
def test_a_place_that_cannot_hold_a_file_is_refused(place: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("old", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError):
        write_file(tmp_path / place, "new")
    assert names_beside(tmp_path / "none") == ["file.txt", "folder"]


def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StoreError) as caught:
        write_file(pipe, "new")
    assert caught.value.message == "error.no-plain-file"
    assert pipe.is_fifo()


# --- A folder


def test_a_folder_is_filled_and_says_what_it_holds(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    fill(out, "one")
    assert contents(out).keys() == {"index.html", "export/a.txt", MANIFEST}
    assert read_manifest(out)["edition"] == "one"
    assert is_whole(out)
    assert out.stat().st_mode & 0o777 == 0o755
    assert names_beside(out) == []


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    fill(out, "one")
    assert is_whole(out)


def test_what_the_last_build_wrote_goes_and_what_others_wrote_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, "one")
    with publish(out, {}) as new:
        new.write("old.html", "old")
    (out / "notes").mkdir()
    (out / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    (out / "link").symlink_to("notes/mine.txt")
    (out / "broken").symlink_to("nowhere")
    fill(out, "two")
    assert sorted(contents(out)) == [
        MANIFEST,
        "export/a.txt",
        "index.html",
        "link",
        "notes/mine.txt",
    ]
    assert (out / "link").is_symlink()
    assert (out / "broken").is_symlink()


@pytest.mark.parametrize("exchanged", [True, False])
def test_both_ways_of_exchanging_folders_do_the_same(
    exchanged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanged:
        monkeypatch.setattr(writer, "_renamed_together", lambda one, other: False)
    out = tmp_path / "out"
    fill(out, "one")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    fill(out, "two")
    assert contents(out).keys() == {"index.html", "export/a.txt", MANIFEST, "mine.txt"}
    assert (out / "index.html").read_text(encoding="utf-8") == "two"
    assert names_beside(out) == []


@pytest.mark.parametrize(
    "name", ["../outside", "../../outside", "/outside", "a/../../outside", "link/outside"]
)
def test_nothing_is_written_outside(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, "one")
    with publish(out, {}) as new:
        (new.path / "link").symlink_to(tmp_path)
        with pytest.raises(StoreError) as caught:
            new.write(name, "x")
    assert caught.value.message == "error.outside"
    assert names_beside(out) == []
    assert is_whole(out)


def foreign_file(out: Path) -> None:
    out.mkdir()
    (out / "thesis.doc").write_text("precious", encoding="utf-8")


def foreign_manifest(out: Path) -> None:
    out.mkdir()
    (out / MANIFEST).write_text("[1]", encoding="utf-8")


def plain_file(out: Path) -> None:
    out.write_text("precious", encoding="utf-8")


def link_to_a_folder(out: Path) -> None:
    (out.parent / "elsewhere").mkdir()
    out.symlink_to("elsewhere")


@pytest.mark.parametrize("make", [foreign_file, foreign_manifest, plain_file, link_to_a_folder])
def test_what_is_not_ours_is_left_alone(make: Callable[[Path], None], tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(out)
    before = contents(tmp_path)
    with pytest.raises(StoreError) as caught:
        fill(out, "new")
    assert caught.value.message == "error.not-ours"
    assert contents(tmp_path) == before


@pytest.mark.parametrize("exchanged", [True, False])
@pytest.mark.parametrize("code", FAILURES)
def test_whichever_call_fails_the_folder_stays_whole(
    code: int, exchanged: bool, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    fill(out, "old")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    struck = set()
    for k in range(1, 199):
        before = contents(out)
        with pytest.MonkeyPatch.context() as patch:
            if not exchanged:
                patch.setattr(writer, "_renamed_together", lambda one, other: False)
            fault = Fault(patch, k, code)
            told = outcome(lambda: fill(out, "new"))
        if told:
            assert told.startswith("4: ")
            assert contents(out) == before
        assert contents(out).keys() == {"index.html", "export/a.txt", MANIFEST, "mine.txt"}
        texts = {raw for name, raw in contents(out).items() if name[0] in "ie"}
        assert len(texts) == 1
        if not fault.struck:
            break
        struck.add(fault.struck)
    fill(out, "newer")
    assert names_beside(out) == []
    assert {"open", "mkdir", "pwrite", "fsync", "io.open"} <= struck
    assert exchanged or "rename" in struck


def test_an_exchange_that_the_system_refuses_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    fill(out, "old")

    def refuse(one: Path, other: Path) -> bool:
        raise OSError(errno.EPERM, "refused")

    monkeypatch.setattr(writer, "_renamed_together", refuse)
    with pytest.raises(StoreError, match="refused"):
        fill(out, "new")
    assert (out / "index.html").read_text(encoding="utf-8") == "old"
    assert names_beside(out) == []


def test_an_old_folder_that_was_set_aside_comes_back(tmp_path: Path) -> None:
    """A build killed between two renames, on a system that cannot exchange folders."""
    out = tmp_path / "out"
    fill(out, "old")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    out.rename(tmp_path / ".out.old")
    with pytest.raises(ZeroDivisionError), publish(out, {}):
        raise ZeroDivisionError
    assert (out / "index.html").read_text(encoding="utf-8") == "old"
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert names_beside(out) == []


@pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt, FileNotFoundError])
def test_an_error_of_the_caller_stays_what_it_is(
    fault: type[BaseException], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    fill(out, "old")

    def build() -> None:
        with publish(out, {}) as new:
            new.write("index.html", "new")
            raise fault

    with pytest.raises(fault):
        build()
    assert is_whole(out)
    assert names_beside(out) == []


def test_strays_of_a_killed_build_go(tmp_path: Path) -> None:
    out = tmp_path / "out"
    stray = tmp_path / ".out.new-abcdefg1"
    stray.mkdir()
    (stray / "half.html").write_text("<p", encoding="utf-8")
    others = [tmp_path / name for name in (".other.new-abcdefg1", ".out.new-b.new-abcdefg1")]
    for other in others:
        other.mkdir()
    fill(out, "one")
    assert names_beside(out) == [other.name for other in others]


@pytest.mark.parametrize("name", ["a" * 300, "b[1]*?"])
def test_a_name_that_is_too_long_is_told_and_one_with_marks_works(
    tmp_path: Path, name: str
) -> None:
    if len(name) < 255:
        fill(tmp_path / name, "one")
        assert is_whole(tmp_path / name)
    else:
        for work in (fill, write_file):
            with pytest.raises(StoreError):
                work(tmp_path / name, "one")


def test_a_lock_on_a_deleted_file_keeps_nobody_out(tmp_path: Path) -> None:
    """Whoever opened the lock file before its holder deleted it must not count as the holder."""
    out = tmp_path / "out"
    path = tmp_path / ".out.lock"
    opened = os.open

    def late(file: Any, *rest: Any, **more: Any) -> int:
        handle = opened(file, *rest, **more)
        if file == path:
            path.unlink()
        return handle

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", late)
        with pytest.raises(StoreError) as caught:
            fill(out, "one")
    assert caught.value.message == "error.busy"
    fill(out, "two")


def test_a_build_says_who_holds_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with publish(out, {}):
        handle = os.open(tmp_path / ".out.lock", os.O_RDWR)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
        with pytest.raises(StoreError) as caught:
            fill(out, "two")
    assert caught.value.values == {"folder": str(out), "pid": str(os.getpid())}


def test_a_manifest_that_is_none_says_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}
    for text in ("", "nonsense", "[]", "\udcff"):
        (tmp_path / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
        assert read_manifest(tmp_path) == {}


# --- Real processes

BUILD_FOR_EVER = """
import itertools, sys
from pathlib import Path
from techsov.graph.writer import publish
for number in itertools.count(1):
    with publish(Path(sys.argv[1]), {"edition": number}) as new:
        for i in range(40):
            new.write(f"{i % 4}/{i}.txt", f"{number} " * 1000)
    print(number, flush=True)
"""


@pytest.mark.parametrize("moment", range(8))
def test_a_build_killed_at_any_moment_leaves_a_whole_folder(moment: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", BUILD_FOR_EVER, str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(random.Random(moment).uniform(0, 0.05))
        process.kill()
    assert is_whole(out)
    editions = {raw.split()[0] for name, raw in contents(out).items() if name != MANIFEST}
    assert len(editions) == 1
    fill(out, "next")
    assert is_whole(out)
    assert names_beside(out) == []


@pytest.fixture(scope="module")
def techsov() -> str:
    return str(Path(sys.executable).with_name("techsov"))


@pytest.fixture
def old(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


def builder(techsov: str, data: Path, out: Path, **settings: Any) -> "subprocess.Popen[str]":
    """Start a build of something new over ``out``."""
    command = [techsov, "build", "--data", str(data), "--out", str(out), "--as-of", "2023-01-01"]
    return subprocess.Popen(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **settings
    )


def wait_until_it_writes(process: "subprocess.Popen[str]", out: Path) -> None:
    while not list(out.parent.glob(f".{out.name}.new-*/export/*")):
        assert process.poll() is None
        time.sleep(0.01)


def hear_interrupts() -> None:
    """A shell that starts the tests in the background has them ignore Ctrl-C, and all they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(
    ("sent", "code", "left"),
    [(signal.SIGKILL, -signal.SIGKILL, 2), (signal.SIGINT, 130, 0)],
)
def test_a_stopped_build_leaves_the_old_one(
    sent: signal.Signals, code: int, left: int, techsov: str, example_folder: Path, old: Path
) -> None:
    before = contents(old)
    with builder(techsov, example_folder, old, preexec_fn=hear_interrupts) as process:
        wait_until_it_writes(process, old)
        process.send_signal(sent)
        _, told = process.communicate()
    assert process.returncode == code
    assert contents(old) == before
    assert len(names_beside(old)) == left
    assert ("stopped" in told) == (sent == signal.SIGINT)
    if left:
        fill(old, "next")
        assert names_beside(old) == []


def test_a_second_build_of_a_folder_that_is_being_built_ends_at_once(
    techsov: str, example_folder: Path, old: Path
) -> None:
    before = contents(old)
    with publish(old, {}), builder(techsov, example_folder, old) as process:
        _, told = process.communicate()
        assert process.returncode == 4
        assert str(os.getpid()) in told
        assert contents(old) == before


def full_disk() -> None:
    """No file may grow beyond 100 kB: what a full disk does, at one of the larger files."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_a_full_disk_leaves_the_old_build(techsov: str, example_folder: Path, old: Path) -> None:
    before = contents(old)
    with builder(techsov, example_folder, old, preexec_fn=full_disk) as process:
        _, told = process.communicate()
    assert process.returncode == 4
    assert os.strerror(errno.EFBIG) in told
    assert "Traceback" not in told
    assert contents(old) == before
    assert names_beside(old) == []


def test_a_folder_below_a_file_cannot_be_built(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    out = tmp_path / "file" / "out"
    assert outcome(lambda: fill(out, "new")).startswith(f"4: {out}")
    assert contents(tmp_path) == {"file": b"precious"}


def test_a_manifest_is_readable_json(built: Path) -> None:
    manifest = json.loads((built / MANIFEST).read_text(encoding="utf-8"))
    assert (manifest["entities"], manifest["facts"], manifest["sources"]) == (8, 11, 3)
    assert is_whole(built)
