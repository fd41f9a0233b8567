"""The invented archipelago, and the site that is written from it."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from techsov.graph.flow import Knowledge
from techsov.viz.publication import Publication
from techsov.viz.site import site_jobs


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "invented", Path(__file__).with_name("invented.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def archipelago() -> Knowledge:
    knowledge: Knowledge = _module().invented()
    return knowledge


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
