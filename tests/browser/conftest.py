"""A real browser, without a network, and the sites that it opens from the disk."""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from techsov.graph.flow import Knowledge
from techsov.viz.pages.actor import actor_page, single_file
from techsov.viz.pages.alliances import alliances_page
from techsov.viz.pages.chokepoints import chokepoints_page
from techsov.viz.pages.concentration import concentration_page
from techsov.viz.pages.frame import Place
from techsov.viz.pages.home import home_page
from techsov.viz.pages.map import map_page
from techsov.viz.pages.method import method_page
from techsov.viz.pages.paths import paths_page
from techsov.viz.pages.sources import source_page, sources_page
from techsov.viz.pages.timeline import timeline_page
from techsov.viz.pages.tour import tour_page
from techsov.viz.pages.whatif import whatif_page
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files, site_jobs
from techsov.viz.tours import told_tours

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DESK = (1400, 900)

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


def invented_module() -> ModuleType:
    path = Path(__file__).parents[1] / "viz" / "invented.py"
    spec = importlib.util.spec_from_file_location("invented", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def keep(folder: Path, name: str, content: str | bytes) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


def some_pages(knowledge: Knowledge, folder: Path) -> Path:
    """Write one page of each kind, as the site would."""
    shared = Publication(knowledge)
    for name, content in asset_files(shared):
        keep(folder, name, content)
    keep(folder, "en/index.html", home_page(shared, "en", Place("index.html", "../", "en")))
    keep(folder, "en/map.html", map_page(shared, "en", Place("map.html", "../", "en")))
    gazette = Place("source/gazette.html", "../../", "fr")
    keep(folder, "fr/source/gazette.html", source_page(shared, "fr", gazette, "gazette"))
    for name, page in (
        ("chokepoints.html", chokepoints_page),
        ("concentration.html", concentration_page),
        ("alliances.html", alliances_page),
    ):
        keep(folder, f"fr/{name}", page(shared, "fr", Place(name, "../", "fr")))
    keep(folder, "fr/sources.html", sources_page(shared, "fr", Place("sources.html", "../", "fr")))
    keep(folder, "en/whatif.html", whatif_page(shared, "en", Place("whatif.html", "../", "en")))
    keep(folder, "en/paths.html", paths_page(shared, "en", Place("paths.html", "../", "en")))
    keep(folder, "en/method.html", method_page(shared, "en", Place("method.html", "../", "en")))
    place = Place("timeline.html", "../", "en")
    keep(folder, "en/timeline.html", timeline_page(shared, "en", place))
    place = Place("tours/chip.html", "../../", "en")
    tours = told_tours(shared, "en")
    keep(folder, "en/tours/chip.html", tour_page(shared, "en", place, tours, 0))
    place = Place("actor/corvette.html", "../../", "fr")
    actor = actor_page(shared, "fr", place, "corvette", shared.around("corvette"))
    keep(folder, "fr/actor/corvette.html", actor)
    keep(folder, "single.html", single_file(knowledge, "corvette", 2, "en"))
    return folder


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    return invented_module()


@pytest.fixture(scope="session")
def write_pages() -> Callable[[Knowledge, Path], Path]:
    return some_pages


@pytest.fixture(scope="session")
def site(invented: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "Été à Évian"
    knowledge: Knowledge = invented.invented()
    for job in site_jobs(Publication(knowledge), "en"):
        for sheet in job:
            for name, content in sheet.make():
                keep(folder, name, content)
    keep(folder, "single.html", single_file(knowledge, "corvette", 2, "en"))
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = f"none of {', '.join(BROWSERS)} is installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()


class Watch:
    """What a page did that it should not: requests, errors, dialogs."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("request", lambda request: self._request(request.url))
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog {dialog.message}"))

    def _request(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.faults.append(f"request {url}")

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(f"{kind} {text}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a page; whatever it did wrong fails the test at its end."""
    watches: list[Watch] = []
    contexts: list[Any] = []

    def start(path: Path, anchor: str = "", size: tuple[int, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, accept_downloads=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page))
        page.goto(path.as_uri() + anchor)
        return page

    yield start
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
