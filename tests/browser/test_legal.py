"""Legal reach and the sovereignty ladder in a real browser: narrowed, compared, kept in a link."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from techsov.graph.flow import Knowledge
from techsov.viz.pages.frame import Place
from techsov.viz.pages.ladder import ladder_page
from techsov.viz.pages.reach import law_page, reach_page
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files

Open = Callable[..., Page]

PHONE = (390, 844)
#: Two that share a supplier, and one of which nothing is known.
RIVALS, CAPPED = ("scaleway-ai-clusters", "uae-sovereign-cloud"), "microsoft-azure"


def legal_pages(knowledge: Knowledge, folder: Path) -> Path:
    """Write the pages of legal reach and of the ladder, as the site would."""
    shared = Publication(knowledge)
    files: list[tuple[str, str | bytes]] = [*asset_files(shared)]
    for language in ("en", "fr"):
        below = partial(Place, root="../", folder=language)
        files.append((f"{language}/reach.html", reach_page(shared, language, below("reach.html"))))
        files.append(
            (f"{language}/ladder.html", ladder_page(shared, language, below("ladder.html")))
        )
        for law in shared.reaches.laws[:4]:
            path = f"law/{law.id}.html"
            page = law_page(shared, language, Place(path, "../../", language), law.id)
            files.append((f"{language}/{path}", page))
    for name, content in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture(scope="module")
def pages(published: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return legal_pages(published, tmp_path_factory.mktemp("legal") / "Été à Évian")


def marks(page: Page) -> int:
    return page.locator("table.filtered [data-status]:not([hidden])").count()


def compared(page: Page) -> list[str]:
    cards = page.locator("#compared .offer")
    return [cards.nth(n).get_attribute("data-offer") or "" for n in range(cards.count())]


@pytest.mark.parametrize("size", [(1400, 900), (1024, 768), PHONE])
@pytest.mark.parametrize("name", ["reach.html", "law/cloud-act.html", "ladder.html"])
def test_no_page_scrolls_sideways(pages: Path, open_page: Open, name: str, size: Any) -> None:
    page = open_page(pages / "fr" / name, size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_table_of_all_is_narrowed_by_law_name_and_status(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "en/reach.html")
    everything = marks(page)
    page.select_option("#filter-law", "cloud-act")
    of_law = page.locator("a[data-law='cloud-act']").count()
    assert marks(page) == of_law < everything
    line = page.locator("#filter-line")
    assert f"{of_law} of {everything} marks" in (line.text_content() or "")
    page.uncheck("input[name=status][value=planned]")
    firm = page.locator("a[data-law='cloud-act']:not([data-status=planned])").count()
    assert marks(page) == firm < of_law
    page.fill("#filter-name", "BLEU")
    names = page.locator("table.filtered tbody tr:not([hidden]) th a").all_text_contents()
    assert names
    assert all("bleu" in name.lower() for name in names)
    page.locator("button[type=reset]").click()
    page.wait_for_function("document.querySelector('#filter-name').value === ''")
    page.wait_for_function("!location.hash")
    assert marks(page) == everything


def test_a_narrowed_table_is_kept_by_its_link_in_the_other_language_too(
    pages: Path, open_page: Open
) -> None:
    page = open_page(pages / "en/reach.html")
    page.select_option("#filter-law", "cloud-act")
    page.uncheck("#filter-own")
    page.uncheck("input[name=status][value=claimed]")
    shown, anchor = marks(page), page.evaluate("location.hash")
    assert page.locator("#language").get_attribute("href") is not None
    for language in ("en", "fr"):
        again = open_page(pages / language / "reach.html", anchor)
        assert marks(again) == shown
        assert again.input_value("#filter-law") == "cloud-act"
        assert not again.is_checked("#filter-own")
        assert again.evaluate("location.hash") == anchor
    page.locator("#language").click()
    page.wait_for_url("**/fr/reach.html#*")
    assert marks(page) == shown


def test_a_mark_opens_its_chain_by_the_keyboard(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "en/reach.html")
    mark = page.locator("a[data-law='cloud-act']").first
    mark.focus()
    entity = mark.locator("xpath=ancestor::tr").get_attribute("data-id")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/law/cloud-act.html#reach-{entity}")
    assert page.locator(f"#reach-{entity} .chain").first.is_visible()
    assert page.locator(f"#reach-{entity}").evaluate(
        "(row) => Math.abs(row.getBoundingClientRect().top) < innerHeight"
    )


def test_an_address_leads_to_a_chain_beyond_the_first_rows(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "en/law/export-administration-regulations.html")
    row = page.locator("table.ways tbody tr[id]").last
    assert not row.is_visible()
    name = row.get_attribute("id")
    page = open_page(pages / "en/law/export-administration-regulations.html", f"#{name}")
    assert page.locator(f"#{name}").is_visible()
    assert page.locator(".whole-table").get_attribute("aria-expanded") == "true"


def test_the_chains_of_a_law_are_narrowed_too(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "en/law/cloud-act.html", "#status=stated&own=no")
    rows = page.locator("table.ways tbody tr:not([hidden])")
    assert 0 < rows.count() == marks(page)
    assert page.locator("table.ways tbody tr:not([hidden])[data-own]").count() == 0
    assert page.locator("tbody tr:not([hidden]):not([data-status=stated])").count() == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_rivals_stand_side_by_side_with_what_they_share(
    pages: Path, open_page: Open, language: str
) -> None:
    page = open_page(pages / language / "ladder.html")
    assert compared(page) == list(RIVALS)
    assert page.locator(".shared:visible").count() == 1
    assert "NVIDIA" in (page.locator(".shared:visible summary").text_content() or "")
    tops = page.locator("#compared [data-objective]").evaluate_all(
        "rows => rows.map((row) => Math.round(row.getBoundingClientRect().top))"
    )
    assert tops[: len(tops) // 2] == tops[len(tops) // 2 :]
    assert len(tops) == 16


def test_an_offering_is_found_added_kept_by_the_link_and_taken_away(
    pages: Path, open_page: Open
) -> None:
    page = open_page(pages / "en/ladder.html")
    page.fill("#search", "Microsoft Az")
    page.keyboard.press("Enter")
    assert compared(page) == [*RIVALS, CAPPED]
    anchor = page.evaluate("location.hash")
    assert anchor.startswith(f"#compare={quote('~'.join([*RIVALS, CAPPED]), safe='~')}")
    for language in ("en", "fr"):
        again = open_page(pages / language / "ladder.html", anchor)
        assert compared(again) == [*RIVALS, CAPPED]
        assert again.evaluate("location.hash") == anchor
    page.locator(f"[data-offer='{RIVALS[0]}'] .leave").click()
    assert compared(page) == [RIVALS[1], CAPPED]
    assert page.locator(".shared:visible").count() == 0
    assert page.locator(f"[data-fold='{RIVALS[0]}'] .offer").count() == 1
    page.go_back()
    page.wait_for_function("document.querySelectorAll('#compared .offer').length === 3")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('#compared .offer').length === 2")
    assert compared(page) == list(RIVALS)


def test_one_of_which_nothing_is_known_has_a_card_that_says_so(
    pages: Path, open_page: Open
) -> None:
    page = open_page(pages / "en/ladder.html")
    unknown = page.locator("[data-open]").first.get_attribute("data-open")
    again = open_page(pages / "en/ladder.html", f"#compare={unknown}~{CAPPED}")
    assert compared(again) == [unknown, CAPPED]
    card = again.locator(f"#compared [data-offer='{unknown}']")
    assert "No ceiling known" in (card.text_content() or "")
    assert card.locator("[data-objective]").count() == 8
    assert card.locator("h3 a").get_attribute("href") == f"actor/{unknown}.html"


def test_no_more_than_four_are_compared(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "en/ladder.html")
    rows = page.locator("#ladder tbody tr button.add[aria-pressed=false]")
    for _ in range(2):
        rows.first.click()
    four = compared(page)
    assert len(four) == 4
    rows.first.click()
    assert compared(page) == four
    assert "take one away first" in (page.locator("#status").text_content() or "")


@pytest.mark.parametrize(
    "anchor",
    [
        "#compare=nobody~__proto__~constructor",
        "#compare=" + "~".join(["microsoft-azure"] * 50),
        "#compare=%3Cscript%3Etop.ran%3D1%3C%2Fscript%3E",
        "#compare=%ff",
        "#compare",
        "#law=%22%5D%3Ba&name=%3Cimg%20src%3Dx%20onerror%3Dtop.ran%3D1%3E&status=x~y&own=2",
        "#law=__proto__&status=none",
        "#reach-nobody",
    ],
)
@pytest.mark.parametrize("name", ["reach.html", "ladder.html", "law/cloud-act.html"])
def test_a_hostile_link_does_nothing(pages: Path, open_page: Open, name: str, anchor: str) -> None:
    page = open_page(pages / "en" / name, anchor)
    assert page.evaluate("window.ran") is None
    assert page.locator("main img, main script:not([type='application/json'])").count() == 0
    assert set(compared(page)) <= {*RIVALS, CAPPED}
    assert page.locator("main h1").is_visible()


def test_the_pages_are_read_without_a_script(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "en/ladder.html", java_script_enabled=False)
    assert compared(page) == list(RIVALS)
    assert page.locator("#ladder tbody tr").count() > 40
    assert not page.locator("#search").is_visible()
    page.locator("#ladder a[href^='#offer-']").first.click()
    page.locator(".fold .offer:target .objective summary").first.click()
    assert page.locator(".fold .offer:target .chain").first.is_visible()
    page = open_page(pages / "en/reach.html", java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    assert page.locator("a[data-law]").first.is_visible()


def test_canaries_in_every_text_do_not_run(
    invented: ModuleType, browser: Browser, tmp_path: Path
) -> None:
    canary = "</script><script>top.ran=1</script><img src=x onerror=top.ran=1>"
    knowledge = invented.lawful(lambda text: text if "://" in text else f"{text[:8]}{canary}")
    folder = legal_pages(knowledge, tmp_path)
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for name in ("en/reach.html", "fr/ladder.html", "en/law/undertow.html"):
        page.goto((folder / name).as_uri())
        for button in page.locator("button:visible").all()[:12]:
            button.click()
        for field in page.locator("input[type=search]:visible").all():
            field.fill("script")
            # What the search of the site finds is another page.
            if field.get_attribute("id") == "find":
                page.locator("#find-list li").first.wait_for()
            else:
                field.press("Enter")
        for fold in page.locator("details").all():
            fold.evaluate("(fold) => { fold.open = true; }")
        assert page.evaluate("window.ran") is None, name
        assert page.locator("img").count() == 0
    context.close()


@pytest.mark.parametrize("anchor", ["#law=zzz", "#status=zzz", "#own=no&nothing=1", "#law=a&law=b"])
def test_what_an_address_asks_in_vain_is_told_and_stays(
    pages: Path, open_page: Open, anchor: str
) -> None:
    page = open_page(pages / "en/reach.html", anchor)
    page.wait_for_timeout(100)
    told = page.locator("#filter-line").text_content() or ""
    assert told.startswith("Part of this link is not understood; the rest is shown.")
    assert marks(page) > 0
