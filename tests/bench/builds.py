"""How long a site takes to build: whole, after one changed fact, and when nothing has changed."""

import csv
import os
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from techsov.graph.flow import no_step
from techsov.graph.publish import publish_site
from techsov.graph.writer import MANIFEST, read_manifest

#: What a whole build and one after a changed fact should take at most, in seconds by the clock.
MOST_WHOLE, MOST_CHANGED = 20, 3
#: The file in which a fact is changed: the gloss of one line.
CHANGED = Path("facts", "memberOf.csv")


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds by the clock and of all processors, and how many files were written anew."""

    clock: float
    processor: float
    files: int


@dataclass(frozen=True, slots=True)
class Builds:
    """Three builds of one folder, one after the other, and the size of its parts, in bytes."""

    whole: Timed
    changed: Timed
    nothing: Timed
    sizes: dict[str, int]


def builds(data: Path) -> Builds:
    """Build the facts, change one, build again, and once more."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(data, Path(folder) / "data"))
        out = Path(folder) / "out"
        whole = _timed(copied, out)
        _change(copied / CHANGED)
        changed = _timed(copied, out)
        return Builds(whole, changed, _timed(copied, out), _sizes(out))


def _timed(data: Path, out: Path) -> Timed:
    before = {name: _inode(out / name) for name in _files(out)}
    clock, processor = time.perf_counter(), _spent()
    publish_site(data, out, None, "en", no_step)
    clock, processor = time.perf_counter() - clock, _spent() - processor
    new = sum(before.get(name) != _inode(out / name) for name in _files(out))
    return Timed(clock, processor, new)


def _change(path: Path) -> None:
    """Add a word to the first gloss."""
    with path.open(encoding="utf-8", newline="") as file:
        head, first, *rest = csv.reader(file)
    first[head.index("gloss_en")] += " Again."
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, first, *rest])


def _spent() -> float:
    """Give the seconds that this process and those that it has waited for have computed."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _files(out: Path) -> list[str]:
    files = read_manifest(out).get("files")
    return [*files] if isinstance(files, dict) else []


def _inode(path: Path) -> int:
    return path.stat().st_ino


def _sizes(out: Path) -> dict[str, int]:
    sizes: Counter[str] = Counter()
    for name in [*_files(out), MANIFEST]:
        folder = "/".join(name.split("/")[:-1][:2])
        sizes[folder or "."] += (out / name).stat().st_size
    return dict(sorted(sizes.items()))


def timed_rows(found: Builds) -> list[tuple[str, ...]]:
    """Give the lines of the table of times, with their aims."""
    rows = (
        ("whole", found.whole, str(MOST_WHOLE)),
        ("one fact changed", found.changed, str(MOST_CHANGED)),
        ("nothing changed", found.nothing, ""),
    )
    return [
        (name, f"{one.clock:.1f}", aim, f"{one.processor:.1f}", str(one.files))
        for name, one, aim in rows
    ]


def size_rows(found: Builds) -> list[tuple[str, str]]:
    """Give the lines of the table of sizes."""
    return [(folder, f"{size / 1e6:.1f}") for folder, size in found.sizes.items()]
