"""The wheel holds every folder and every file.

An editable install finds what the lists in pyproject.toml forget; a wheel does not.
"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("ontology", "data", "graph", "viz")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = SETTINGS["tool"]["setuptools"]
PROJECT = SETTINGS["project"]


def test_every_folder_of_code_is_listed() -> None:
    present = {
        ".".join(["techsov", *init.parent.relative_to(ROOT).parts])
        for folder in FOLDERS
        for init in (ROOT / folder).rglob("__init__.py")
    }
    assert present == set(SETUPTOOLS["packages"])


def test_every_folder_that_holds_code_is_a_package() -> None:
    holding = {path.parent for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    assert [folder for folder in holding if not (folder / "__init__.py").is_file()] == []


def test_every_resource_is_listed() -> None:
    listed = {
        path
        for package, patterns in SETUPTOOLS["package-data"].items()
        for pattern in patterns
        for path in (ROOT / package.removeprefix("techsov.")).glob(pattern)
        if path.is_file()
    }
    present = {
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc", ".md"}
    }
    assert present == listed


def test_the_files_that_the_package_names_are_there() -> None:
    for name in (PROJECT["readme"], *PROJECT["license-files"]):
        assert (ROOT / name).is_file()


@pytest.mark.parametrize("lock", ["run", "test"])
def test_every_dependency_is_locked_with_its_hash(lock: str) -> None:
    text = (ROOT / ".ci" / "lock" / f"{lock}.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", text, re.MULTILINE))
    wanted = list(PROJECT["dependencies"])
    if lock == "test":
        wanted = PROJECT["optional-dependencies"]["dev"]
    names = {re.split(r"[^A-Za-z0-9-]", item, maxsplit=1)[0].lower() for item in wanted}
    assert names <= locked
    blocks = re.split(r"^(?=[a-z0-9-]+(?:\[.*\])?==)", text, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_the_lock_pins_is_what_the_package_asks_for() -> None:
    text = (ROOT / ".ci" / "lock" / "run.txt").read_text(encoding="utf-8")
    (pinned,) = (item for item in PROJECT["dependencies"] if item.startswith("pyvis"))
    assert f"\n{pinned}" in f"\n{text}"
