"""The wheel holds every folder and every file.

An editable install finds what the lists in pyproject.toml forget; a wheel does not.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: What only building needs: what is built from it stands in ``viz/assets/built``.
WEB = ROOT / "viz" / "web"
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
        if path.is_file()
        and path.suffix not in {".py", ".pyc", ".md"}
        and not path.is_relative_to(WEB)
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


@pytest.mark.parametrize(
    "lock", [".ci/lock/node.txt", "viz/web/package-lock.json", "tests/web/package-lock.json"]
)
def test_the_locks_of_what_is_built_name_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert "/-/" not in text
    assert "--hash=sha256:" in text or '"integrity": "sha512-' in text


def test_every_package_that_is_built_in_is_pinned_with_its_hash() -> None:
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert lock.pop("")["devDependencies"] == wanted
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [
        name for name, each in lock.items() if not each["integrity"].startswith("sha512-")
    ] == []


def test_what_the_lock_pins_is_what_the_package_asks_for() -> None:
    text = (ROOT / ".ci" / "lock" / "run.txt").read_text(encoding="utf-8")
    (pinned,) = (item for item in PROJECT["dependencies"] if item.startswith("pyvis"))
    assert f"\n{pinned}" in f"\n{text}"
