"""A folder is built once for the same facts, and the same facts give the same bytes."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from techsov.graph import publish as publishing
from techsov.graph.dataset import DESCRIPTION
from techsov.graph.errors import DataError
from techsov.graph.export import FORMATS
from techsov.graph.flow import Knowledge, no_step
from techsov.graph.messages import LANGUAGES, catalogue
from techsov.graph.publish import fingerprint, publish_site
from techsov.graph.writer import MANIFEST, read_manifest
from techsov.viz.signature import Signatures


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def builds(data: Path, out: Path, day: date | None = None, language: str = "en") -> bool:
    """Build, and say whether anything was built."""
    return publish_site(data, out, day, language, no_step)[0]


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


def test_a_second_run_builds_nothing(example_folder: Path, out: Path) -> None:
    before = {path: path.stat().st_ino for path in out.rglob("*")}
    assert not builds(example_folder, out)
    assert {path: path.stat().st_ino for path in out.rglob("*")} == before


@pytest.mark.parametrize("name", ["export/techsov.nt", MANIFEST])
def test_a_file_that_is_gone_is_built_again(name: str, example_folder: Path, out: Path) -> None:
    before = contents(out)
    (out / name).unlink()
    if name == MANIFEST:
        # Without it the folder may be anybody's.
        shutil.rmtree(out)
    assert builds(example_folder, out)
    assert contents(out) == before


@pytest.mark.parametrize("changed", [False, True], ids=["same facts", "changed fact"])
def test_a_file_that_a_reader_altered_is_made_anew(
    changed: bool, folder: Path, out: Path, tmp_path: Path
) -> None:
    if changed:
        names = folder / "names.csv"
        names.write_text("entity,name\nborealia,Borealia of old\n", encoding="utf-8")
    pages = [next(iter(sorted((out / "en" / kind).iterdir()))) for kind in ("actor", "source")]
    for page in pages:
        page.unlink()
        page.write_text("altered", encoding="utf-8")
    assert builds(folder, out)
    builds(folder, tmp_path / "full")
    assert contents(out) == contents(tmp_path / "full")


@pytest.mark.parametrize(
    ("column", "value"), [("gloss_en", "In other words."), ("status", "planned")]
)
def test_a_changed_fact_gives_a_full_build_and_a_new_gloss_asks_little(
    column: str,
    value: str,
    folder: Path,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = folder / "facts" / "dependsOn.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, first, *rest = csv.reader(file)
    first[head.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, first, *rest])
    asked: list[bool] = []
    of = Signatures.of

    def noted(self: Signatures, *given: Any, glossed: bool) -> str:
        asked.append(glossed)
        return of(self, *given, glossed=glossed)

    monkeypatch.setattr(Signatures, "of", noted)
    monkeypatch.setattr("techsov.graph.sharing._alone", lambda: True)
    assert builds(folder, out)
    assert any(asked)
    assert all(asked) == (column == "gloss_en"), "what shows no gloss is kept unseen"
    builds(folder, tmp_path / "full")
    assert contents(out) == contents(tmp_path / "full")


@pytest.mark.parametrize(
    "spoilt",
    [{"signed": []}, {"signed": {"en/index.html": 3}}, {"files": []}, {"files": {"../x": None}}],
    ids=str,
)
def test_a_manifest_that_says_something_else_is_survived(
    spoilt: dict[str, object], example_folder: Path, out: Path
) -> None:
    before = contents(out)
    note = {**read_manifest(out), "inputs": "other", **spoilt}
    (out / MANIFEST).write_text(json.dumps(note), encoding="utf-8")
    assert builds(example_folder, out)
    assert contents(out) == before


def test_every_input_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2024, 1, 1)
    prints = [
        fingerprint(folder, None, "en"),
        fingerprint(folder, day, "en"),
        fingerprint(folder, None, "fr"),
    ]
    (folder / "names.csv").write_text("entity,name\n", encoding="utf-8")
    prints.append(fingerprint(folder, None, "en"))
    (folder / "names.csv").rename(folder / "name.csv")
    prints.append(fingerprint(folder, None, "en"))
    folder = folder.rename(folder.with_name("facts"))
    prints.append(fingerprint(folder, None, "en"))
    monkeypatch.setattr(publishing, "version", lambda library: "0")
    prints.append(fingerprint(folder, None, "en"))
    assert len(set(prints)) == len(prints)


def test_the_place_and_the_age_of_the_data_do_not_count(
    example_folder: Path, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(example_folder, tmp_path / "example"))
    for path in copied.rglob("*"):
        os.utime(path, (0, 0))
    assert fingerprint(copied, None, "en") == fingerprint(example_folder, None, "en")


def test_a_mistake_in_the_data_leaves_the_old_build(folder: Path, out: Path) -> None:
    before = contents(out)
    (folder / "names.csv").write_text("entity,name\nnobody,Nobody\n", encoding="utf-8")
    with pytest.raises(DataError):
        builds(folder, out)
    assert contents(out) == before


def test_the_manifest_says_what_was_built(built: Path, example: Knowledge) -> None:
    manifest = read_manifest(built)
    files = manifest.pop("files")
    assert isinstance(files, dict)
    assert files.keys() == contents(built).keys() - {MANIFEST}
    assert manifest.pop("inputs")
    signed = manifest.pop("signed")
    assert isinstance(signed, dict)
    assert signed.keys() <= files.keys()
    assert manifest.pop("unglossed")
    always = {"index", "paths", "method"}
    unsigned = {name for name in files if name.startswith("en/") and name not in signed}
    assert unsigned == {f"en/{name}.html" for name in always}
    assert manifest == {
        "as_of": "2024-06-01",
        "edition": example.edition,
        "entities": 8,
        "facts": 11,
        "sources": 3,
    }


def test_every_export_stands_in_the_folder(built: Path, example: Knowledge) -> None:
    for exported in FORMATS.values():
        assert (built / "export" / exported.file).read_bytes() == exported.write(example)
    assert (built / "export" / DESCRIPTION).is_file()


def test_each_step_is_told(folder: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    publish_site(folder, tmp_path / "out", None, "en", steps.append)
    assert steps == ["step.read", "step.triples", "step.pages"]
    assert set(steps) <= catalogue().keys()


def test_the_language_is_that_of_the_first_page_only(
    example_folder: Path, built: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    builds(example_folder, out, language="fr")
    here, there = contents(built), contents(out)
    differing = {name for name in here | there if here.get(name) != there.get(name)}
    assert differing == {"index.html", MANIFEST}
    for language in LANGUAGES:
        assert f"{language}/index.html" in there


def test_hash_seed_time_zone_locale_and_folder_change_no_byte(
    example_folder: Path, built: Path, tmp_path: Path
) -> None:
    """Two processes that differ in all of these, beside the build of this one."""
    data = shutil.copytree(example_folder, tmp_path / "elsewhere" / "example")
    command = [str(Path(sys.executable).with_name("techsov")), "build", "--lang", "en", "--data"]
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "fr_FR.UTF-8"},
    ]
    running = [
        subprocess.Popen(
            [*command, str(folder), "--out", str(tmp_path / f"{i}")], env=os.environ | each
        )
        for i, (folder, each) in enumerate(zip((example_folder, data), settings, strict=True))
    ]
    assert [process.wait() for process in running] == [0, 0]
    expected = contents(built)
    for i in range(len(running)):
        found = contents(tmp_path / f"{i}")
        assert found.keys() == expected.keys()
        assert [name for name in expected if found[name] != expected[name]] == []
