"""The invented archipelago, and the site that is written from it."""

import importlib.util
import sys
from html.parser import HTMLParser
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
    sheets = [sheet for job in site_jobs(Publication(archipelago), "fr") for sheet in job]
    for name, content in (each for sheet in sheets for each in sheet.make()):
        assert name not in files, "written twice"
        files[name] = content if isinstance(content, str) else content.decode()
    return files


class TablesOf(HTMLParser):
    """The tables of a page by id: each row by its ``data-id``, with its cells as text.

    ``orders`` has what each cell is sorted by, ``links`` where the links of a row lead.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: dict[str, dict[str, list[str]]] = {}
        self.orders: dict[str, dict[str, list[str]]] = {}
        self.links: dict[str, dict[str, list[str]]] = {}
        self.table = self.row = ""
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.table = given.get("id", "")
            for found in (self.rows, self.orders, self.links):
                found[self.table] = {}
        elif tag == "tr":
            self.row = given.get("data-id", "")
            if self.row:
                # Two tables of shares may be of one market.
                while self.row in self.rows[self.table]:
                    self.row += "'"
                for found in (self.rows, self.orders, self.links):
                    found[self.table][self.row] = []
        elif tag in ("td", "th") and self.row:
            self.inside = True
            self.rows[self.table][self.row].append("")
            self.orders[self.table][self.row].append(given.get("data-order", ""))
        elif tag == "a" and self.row and self.inside:
            self.links[self.table][self.row].append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False
        elif tag == "tr":
            self.row = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.row:
            cells = self.rows[self.table][self.row]
            cells[-1] = " ".join(f"{cells[-1]} {data}".split())


@pytest.fixture(scope="session")
def tables_of() -> type[TablesOf]:
    return TablesOf


@pytest.fixture(scope="session")
def shared_publication(published: Knowledge) -> Publication:
    """What the pages of the published facts share."""
    return Publication(published)


@pytest.fixture(scope="session")
def invented_world() -> ModuleType:
    """What builds worlds of lines."""
    return _module()
