"""The invented archipelago, and the site that is written from it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from techsov.graph.flow import Knowledge
from techsov.viz.publication import Publication
from techsov.viz.site import site_jobs


def _module(name: str = "invented") -> ModuleType:
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def archipelago() -> Knowledge:
    knowledge: Knowledge = _module().invented()
    return knowledge


@pytest.fixture(scope="session")
def inventing() -> ModuleType:
    """What builds the archipelago."""
    return _module()


@pytest.fixture(scope="session")
def lawful(inventing: ModuleType) -> Knowledge:
    """The archipelago, with laws that may reach somebody."""
    knowledge: Knowledge = inventing.lawful()
    return knowledge


@pytest.fixture(scope="session")
def reading() -> ModuleType:
    """What reads the tables of a page."""
    return _module("tables")


@pytest.fixture(scope="session")
def publication(archipelago: Knowledge) -> Publication:
    return Publication(archipelago)


@pytest.fixture(scope="session")
def site(archipelago: Knowledge) -> dict[str, str]:
    """Every file of the site, by its name."""
    files: dict[str, str] = {}
    for job in site_jobs(Publication(archipelago), "fr"):
        for name, content in job():
            assert name not in files, "written twice"
            files[name] = content if isinstance(content, str) else content.decode()
    return files
