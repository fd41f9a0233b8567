"""The findings in a real browser: one click from the overview to the evidence of both articles."""

from pathlib import Path
from typing import Any

import pytest

from techsov.graph.flow import Knowledge
from techsov.viz.pages.actor import actor_page, single_file
from techsov.viz.pages.frame import Place
from techsov.viz.pages.home import home_page
from techsov.viz.pages.sources import source_page, sources_page
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files

PHONE = (390, 844)


@pytest.fixture(scope="module")
def pages(published: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("findings")
    shared = Publication(published)
    below = {name: Place(name, "../", "en") for name in ("index.html", "sources.html")}
    s3ns = Place("actor/s3ns.html", "../../", "en")
    document = Place("source/aleria-nvidia.html", "../../", "en")
    files = {
        **dict(asset_files(shared)),
        "en/index.html": home_page(shared, "en", below["index.html"]),
        "en/sources.html": sources_page(shared, "en", below["sources.html"]),
        "en/source/aleria-nvidia.html": source_page(shared, "en", document, "aleria-nvidia"),
        "en/actor/s3ns.html": actor_page(shared, "en", s3ns, "s3ns", shared.around("s3ns")),
        "single.html": single_file(published, "s3ns", 1, "fr"),
    }
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.mark.parametrize("size", [(1400, 900), PHONE])
def test_one_click_shows_what_two_rivals_share_and_where_it_is_written(
    pages: Path, open_page: Any, size: tuple[int, int]
) -> None:
    page = open_page(pages / "en/index.html", size=size)
    finding = page.locator("#finding")
    evidence = [
        finding.locator(f"a[href$='source/{passage}']").first
        for passage in ("scaleway-announcements.html#p14", "aleria-nvidia.html#p13")
    ]
    assert not any(link.is_visible() for link in evidence)
    finding.locator("summary").click()
    assert all(link.is_visible() for link in evidence)
    assert "NVIDIA" in finding.inner_text()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size[0]
    evidence[1].click()
    page.wait_for_url("**/source/aleria-nvidia.html#p13")
    assert page.locator("#p13").is_visible()


def test_the_finding_can_be_opened_with_the_keyboard(pages: Path, open_page: Any) -> None:
    page = open_page(pages / "en/index.html")
    page.locator("#finding summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#finding .drawn").first.is_visible()


@pytest.mark.parametrize("kind", ["en/actor/s3ns.html", "single.html"])
def test_an_actor_page_tells_what_follows_and_every_source_is_on_a_page(
    pages: Path, open_page: Any, kind: str
) -> None:
    page = open_page(pages / kind)
    for name in ("points", "hanging", "reach"):
        assert page.locator(f"#follows-{name} .answer").inner_text()
    links = page.locator("#follows .chain a").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    assert links
    if kind == "single.html":
        here = set(page.locator("[id]").evaluate_all("all => all.map((one) => `#${one.id}`)"))
        assert {link for link in links if link.startswith("#")} <= here


def test_findings_are_read_without_a_script(pages: Path, open_page: Any) -> None:
    page = open_page(pages / "en/actor/s3ns.html", java_script_enabled=False)
    found = page.locator("#follows-reach")
    assert "CLOUD Act" in found.inner_text()
    found.locator("summary").click()
    assert "Google is headquartered in United States" in found.inner_text()
