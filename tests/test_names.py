"""No folder is importable under its bare name, and nothing is done by two names."""

import importlib.util
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

from techsov.graph.cli import main

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["graph", "ontology", "data", "viz"])
def test_bare_name_is_not_installed(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is None or "site-packages" not in str(spec.origin)


def test_tests_are_files_and_no_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_techsov_is_a_namespace_with_a_command_and_a_version() -> None:
    spec = importlib.util.find_spec("techsov")
    assert spec is not None
    assert spec.origin is None
    (command,) = entry_points(group="console_scripts", name="techsov")
    assert command.load() is main
    assert version("techsov")
