"""Tours, search and timeline in a real browser, on the published facts: from a finding to its end."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES
from techsov.viz.pages.actor import actor_page
from techsov.viz.pages.frame import Place
from techsov.viz.pages.sources import source_page
from techsov.viz.pages.tour import tour_page
from techsov.viz.publication import Publication
from techsov.viz.site import PAGES, asset_files
from techsov.viz.tours import ToldTour, told_tours

PHONE = (390, 844)
TOURS = ("shared-upstream", "us-law-and-s3ns", "estia-layers")


def put(folder: Path, name: str, content: str | bytes) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture(scope="module")
def told(published: Knowledge) -> dict[str, ToldTour]:
    return {tour.id: tour for tour in told_tours(Publication(published), "en")}


@pytest.fixture(scope="module")
def pages(published: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page of the site but the dossiers, and those of the dossiers that a tour opens."""
    folder = tmp_path_factory.mktemp("tours") / "Où, à pied"
    shared, write = Publication(published), partial(put, folder)
    for name, content in asset_files(shared):
        write(name, content)
    for language in LANGUAGES:
        for path, page in PAGES.items():
            write(f"{language}/{path}", page(shared, language, Place(path, "../", language)))
        tours = told_tours(shared, language)
        for number, tour in enumerate(tours):
            place = Place(f"tours/{tour.id}.html", "../../", language)
            write(f"{language}/{place.path}", tour_page(shared, language, place, tours, number))
        for path in {step.address.partition("#")[0] for tour in tours for step in tour.steps}:
            if path.startswith("actor/"):
                entity, place = Path(path).stem, Place(path, "../../", language)
                page_text = actor_page(shared, language, place, entity, shared.around(entity))
                write(f"{language}/{path}", page_text)
            elif path.startswith("source/"):
                place = Place(path, "../../", language)
                write(f"{language}/{path}", source_page(shared, language, place, Path(path).stem))
    return folder


@pytest.mark.parametrize("tour", TOURS)
def test_every_step_opens_the_view_that_it_names(
    pages: Path, open_page: Any, told: dict[str, ToldTour], tour: str
) -> None:
    page = open_page(pages / f"en/tours/{tour}.html")
    for step in told[tour].steps:
        page.goto((pages / f"en/tours/{tour}.html").as_uri() + f"#step-{step.number}")
        shown = page.locator(f"#step-{step.number}")
        assert shown.is_visible()
        assert page.locator(".step:visible").count() == 1
        assert step.sentence in shown.inner_text()
        shown.locator("a.open").click()
        page.wait_for_url(f"**/{step.address.partition('#')[0]}*")
        page.wait_for_timeout(150)
        state = dict(
            pair.split("=") for pair in step.address.partition("#")[2].split("&") if "=" in pair
        )
        if focus := state.get("focus"):
            assert page.evaluate("window.techsov.state.current.focus") == focus
            rows = page.locator("#facts-table tbody tr:not([hidden])")
            ids = rows.evaluate_all("rows => rows.map((row) => row.dataset.fact)")
            assert {item.told.fact.id for item in step.facts} & set(ids), "none is to be seen"
        if step.page == "whatif":
            answer = page.locator("#answer").inner_text()
            assert answer == step.answer
        if step.page in ("sources", "actor") and not state and "#" in step.address:
            assert page.locator(f"[id='{step.address.partition('#')[2]}']").is_visible()
        words = page.locator("#status").all_inner_texts()
        assert not [text for text in words if "not understood" in text]


def test_the_arrow_keys_turn_the_steps_and_the_address_keeps_the_place(
    pages: Path, open_page: Any
) -> None:
    page = open_page(pages / "en/tours/shared-upstream.html")
    assert page.locator(".step:visible").get_attribute("id") == "step-1"
    for number in (2, 3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(80)
        assert page.locator(".step:visible").get_attribute("id") == f"step-{number}"
        assert page.evaluate("document.activeElement.id") == f"title-{number}"
        current = page.locator("#progress [aria-current=step]")
        assert current.inner_text().endswith(str(number))
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(80)
    assert page.url.endswith("#step-2")
    page.reload()
    assert page.locator(".step:visible").get_attribute("id") == "step-2"
    page.locator("#language").click()
    page.wait_for_url("**/fr/tours/shared-upstream.html#step-2")
    assert "Étape 2 sur 6" in page.locator(".step:visible h2").inner_text()
    page.go_back()
    page.go_back()
    page.wait_for_timeout(80)
    assert page.locator(".step:visible").get_attribute("id") == "step-3"


def test_without_a_script_every_step_stands_there_with_its_facts(
    pages: Path, open_page: Any
) -> None:
    page = open_page(pages / "fr/tours/us-law-and-s3ns.html", java_script_enabled=False)
    steps = page.locator(".step")
    assert all(steps.nth(number).is_visible() for number in range(steps.count()))
    assert page.locator(".step .drawn:visible").count() == page.locator(".step .drawn").count() > 0
    page.locator("#step-1 a[rel=next]").click()
    assert page.url.endswith("#step-2")
    page.goto((pages / "fr/index.html").as_uri())
    assert not page.locator("#find").is_visible()
    assert page.locator(".card").count() == 3
    page.goto((pages / "fr/timeline.html").as_uri())
    assert not page.locator("#narrow").is_visible()
    assert page.locator(".year[open] li").first.is_visible()
    page.locator(".year summary").first.click()
    assert page.locator(".year li").first.is_visible()


def test_from_home_to_what_two_rivals_share_with_the_keyboard_alone(
    pages: Path, open_page: Any
) -> None:
    page = open_page(pages / "en/index.html")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "tours/shared-upstream" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/tours/shared-upstream.html")
    assert "NVIDIA" in page.locator(".answer").inner_text()


@pytest.mark.parametrize(
    ("language", "typed", "address"),
    [
        ("fr", "emirats arabes unis", "actor/uae.html"),
        ("en", "dgx cloud lepton", "actor/dgx-cloud-lepton.html"),
        ("en", "article on the aleria", "source/aleria-nvidia.html"),
        ("fr", "chronologie", "timeline.html"),
        ("fr", "deux clouds dits", "tours/shared-upstream.html"),
        ("en", "deux clouds dits", "tours/shared-upstream.html"),
    ],
)
def test_search_finds_by_any_name_without_accents_on_every_page(
    pages: Path, open_page: Any, language: str, typed: str, address: str
) -> None:
    page = open_page(pages / language / "method.html")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type(typed)
    page.locator("#find-list li[aria-selected=true]").wait_for()
    assert page.locator("#find").get_attribute("aria-activedescendant") == "find-list-0"
    homes = page.evaluate(
        """([typed]) => {
          const fold = (text) => text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();
          return globalThis.techsovIndex
            .filter(([label, , , , names]) => [label, ...names].some((name) => fold(name).includes(typed)))
            .map(([label, , path]) => [label, path]);
        }""",
        [typed],
    )
    shown = page.locator("#find-list li").all_inner_texts()
    labels = [label for label, path in homes if path == address]
    assert labels
    assert any(text.startswith(labels[0]) for text in shown), shown


def test_the_first_that_is_found_is_opened_with_enter(pages: Path, open_page: Any) -> None:
    page = open_page(pages / "en/index.html")
    page.keyboard.press("/")
    page.keyboard.type("s3n")
    page.locator("#find-list li[aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/actor/s3ns.html")
    assert page.locator("h1").inner_text() == "S3NS"


def test_search_says_when_there_is_nothing(pages: Path, open_page: Any) -> None:
    page = open_page(pages / "fr/index.html")
    page.locator("#find").fill("zzzz")
    page.locator("#find-list li.none").wait_for()
    assert page.locator("#find-status").inner_text() == "Rien de ce nom."


def test_the_timeline_is_narrowed_and_its_address_restores_it(pages: Path, open_page: Any) -> None:
    page = open_page(pages / "en/timeline.html")
    everything = page.locator(".year li").count()
    page.locator("#from").fill("2026")
    page.locator("#status-of").select_option("planned")
    shown = page.locator(".year:not([hidden]) li:not([hidden])")
    states = shown.evaluate_all("rows => rows.map((row) => row.dataset.status)")
    years = page.locator(".year:not([hidden])").evaluate_all(
        "all => all.map((y) => y.dataset.year)"
    )
    assert 0 < len(states) < everything
    assert set(states) == {"planned"}
    assert min(map(int, years)) >= 2026
    assert page.locator("#shown").inner_text() == f"{len(states)} of {everything:,} events shown."
    address = page.url
    page.goto(address.replace("/en/", "/fr/"))
    assert page.locator(".year:not([hidden]) li:not([hidden])").count() == len(states)
    page.goto(address.partition("#")[0] + "#from=2024&kind=nonsense&x=1")
    page.reload()
    assert "not understood" in page.locator("#shown").inner_text()
    assert page.locator("#from").input_value() == "2024"
    assert "after the last" not in page.locator("#shown").inner_text()
    page.locator("#to").fill("2023")
    assert "The first year comes after the last." in page.locator("#shown").inner_text()


def test_a_phone_lists_the_years_of_the_timeline_first(pages: Path, open_page: Any) -> None:
    path, phone = pages / "en/timeline.html", (390, 844)
    opened = "details.year[open]"
    assert open_page(path).locator(opened).count() == 1
    assert open_page(path, size=phone).locator(opened).count() == 0
    page = open_page(path, "#y-2024", size=phone)
    assert page.locator(opened).evaluate_all("all => all.map(({ id }) => id)") == ["y-2024"]
    page.locator("#from").fill("2026")
    assert page.locator("details.year[open]:not([hidden])").count() > 1, "what is asked for is open"


@pytest.mark.parametrize("name", ["index.html", "tours/estia-layers.html", "timeline.html"])
def test_on_a_phone_the_pages_open_without_a_script_and_nothing_is_too_wide(
    pages: Path, open_page: Any, name: str
) -> None:
    page = open_page(pages / "en" / name, size=PHONE, java_script_enabled=False)
    assert not page.locator("#pages").is_visible()
    page.locator(".menu").click()
    assert page.locator("#pages a").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#pages").is_visible()
    wide = open_page(pages / "en" / name, size=PHONE)
    assert wide.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
