"""What several tests share: the invented example, the published facts, the texts at hand."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from techsov.graph.facts.files import packaged_data
from techsov.graph.flow import Knowledge, know, no_step

TESTS = Path(__file__).parent

# The same examples on each run, however slow the machine: a failure is one of the code.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sources",
        type=Path,
        metavar="DIR",
        help="folder that holds the texts of the sources (default: a folder called sources, "
        "in a folder beside the checkout, if it holds one of them)",
    )


@pytest.fixture(scope="session")
def carried() -> Callable[[str], dict[str, Any]]:
    """What a page carries for its scripts, with its marks and lines as records."""

    def records(table: dict[str, Any]) -> list[dict[str, Any]]:
        said = ([*zip(table["keys"], row, strict=False)] for row in table["rows"])
        return [{key: value for key, value in row if value is not None} for row in said]

    def read(page: str) -> dict[str, Any]:
        block = re.search(r'id="data">(.*?)</script>', page)
        data: dict[str, Any] = json.loads(block[1]) if block else {}
        for part, table in data.get("network", {}).items():
            data["network"][part] = records(table)
        for edge in data["network"]["edges"] if data else ():
            names = [
                data["network"]["nodes"][part]["id"] if isinstance(part, int) else part
                for part in edge["id"]
            ]
            edge["id"] = "--".join(names)
        return data

    return read


@pytest.fixture(scope="session")
def example_folder() -> Path:
    """The invented data folder: read it, never write it."""
    return TESTS / "example"


@pytest.fixture
def folder(example_folder: Path, tmp_path: Path) -> Path:
    """A copy of the example that a test may break."""
    return Path(shutil.copytree(example_folder, tmp_path / "data"))


@pytest.fixture(scope="session")
def example(example_folder: Path) -> Knowledge:
    return know(example_folder)


@pytest.fixture(scope="session")
def built(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is built from the example: read it, never write it."""
    from techsov.graph.publish import publish_site

    out = tmp_path_factory.mktemp("built") / "out"
    publish_site(example_folder, out, None, "en", no_step)
    return out


@pytest.fixture(scope="session")
def published_folder() -> Path:
    return packaged_data()


@pytest.fixture(scope="session")
def published(published_folder: Path) -> Knowledge:
    return know(published_folder)


@pytest.fixture(scope="session")
def source_folder(request: pytest.FixtureRequest, published: Knowledge) -> Path:
    """The folder with the texts of the published sources; the test is skipped without one."""
    given: Path | None = request.config.getoption("--sources")
    if given:
        return given
    names = {source.file for source in published.records.sources.values() if source.file}
    for folder in sorted(TESTS.parent.parent.glob("*/sources")):
        if any((folder / name).is_file() for name in names):
            return folder
    pytest.skip("the texts of the sources are not at hand; give their folder with --sources")


def children() -> set[str]:
    """The processes that this one has started and not waited for; others' tests may have some."""
    lists = Path("/proc/self/task").glob("*/children")
    return {child for names in lists for child in names.read_text(encoding="ascii").split()}


@pytest.fixture
def leaves_no_child() -> Iterator[None]:
    """What the test starts it also waits for."""
    before = children()
    yield
    assert children() <= before
