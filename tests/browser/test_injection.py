"""Text of a source never runs, wherever it stands and whatever the reader does.

The policy of the pages is switched off here: what would run without it must not run at all.
"""

import itertools
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

RUN = "top.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f'" onmouseover={RUN} x="',
    f"' onfocus={RUN} autofocus x='",
    f'<iframe src="javascript:{RUN}"></iframe>',
    f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    f'<a href="javascript:{RUN}">x</a>',
    f"<details open ontoggle={RUN}>",
    f"<body onload={RUN}>",
    f"<style onload={RUN}></style>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f'<math href="javascript:{RUN}">x</math>',
    f"<!--<script>{RUN}//-->",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    f"\u2028{RUN}\u2029",
    f"`${{{RUN}}}`",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"]]><script>{RUN}</script>",
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f" javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f'https://example.org/" onmouseover={RUN} x="',
    f"https://example.org/'><script>{RUN}</script>",
)


@pytest.fixture(scope="session")
def hostile(
    invented: ModuleType, write_pages: Any, tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Two sites in which every text is hostile: all payloads at once, and each alone in turn."""
    turn, addresses = itertools.cycle(PAYLOADS), itertools.cycle(ADDRESSES)

    def at_once(text: str) -> str:
        return next(addresses) if "://" in text else f"{text[:8]}{''.join(PAYLOADS)}"

    def in_turn(text: str) -> str:
        return next(addresses) if "://" in text else f"{next(turn)}{text[:8]}"

    return [
        write_pages(invented.invented(rewrite), tmp_path_factory.mktemp("hostile"))
        for rewrite in (at_once, in_turn)
    ]


@pytest.fixture
def page(browser: Browser) -> Any:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    context.close()


def check(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    strange = "img, iframe, video, math, body *[onload], *[onerror], *[onmouseover], *[onfocus]"
    assert page.locator(strange).count() == 0
    assert page.locator("script:not([src]):not([type='application/json'])").count() in (1, 3)
    links = page.evaluate(
        "[...document.querySelectorAll('a')]"
        ".map((a) => new URL(a.getAttribute('href'), document.baseURI).protocol)"
    )
    assert set(links) <= {"file:", "http:", "https:"}


@pytest.mark.parametrize("number", [0, 1])
def test_the_map_runs_nothing(hostile: list[Path], page: Page, number: int) -> None:
    page.goto((hostile[number] / "en/map.html").as_uri())
    check(page)
    for mark in page.evaluate("[...window.techsov.state.data.nodes.keys()]"):
        page.evaluate("(mark) => window.techsov.state.focus(mark)", mark)
    check(page)
    page.evaluate("window.techsov.state.focus('')")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    at = "(m) => window.techsov.network.canvasToDOM(window.techsov.network.getPosition(m))"
    page.locator("#stage").hover(position=page.evaluate(at, "nimbus"))
    page.locator("#tip").wait_for(state="visible")
    page.locator("#stage").click(position=page.evaluate(at, "nimbus"))
    page.locator("#search").fill("script")
    assert page.locator("#found li").count() > 0
    check(page)
    page.keyboard.press("Enter")
    for button in page.locator("th button").all():
        button.click()
    page.locator("#filters summary").click()
    for box in page.locator("input[data-token]").all():
        box.click()
        box.click()
    page.locator("#save-csv").click()
    page.locator("#save-png").click()
    page.wait_for_timeout(200)
    check(page)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    "name",
    [
        "fr/actor/corvette.html",
        "en/index.html",
        "en/tours/chip.html",
        "en/timeline.html",
        "en/whatif.html",
        "en/paths.html",
        "fr/chokepoints.html",
        "fr/concentration.html",
        "fr/alliances.html",
        "fr/sources.html",
        "fr/source/gazette.html",
        "en/method.html",
        "single.html",
    ],
)
def test_the_other_pages_run_nothing(
    hostile: list[Path], page: Page, name: str, number: int
) -> None:
    page.goto((hostile[number] / name).as_uri())
    page.wait_for_timeout(150)
    check(page)


@pytest.mark.parametrize("number", [0, 1])
def test_the_search_over_everything_runs_nothing(
    hostile: list[Path], page: Page, number: int
) -> None:
    page.goto((hostile[number] / "en/index.html").as_uri())
    page.locator("#find").focus()
    for wanted in ("script", "nimbus", "svg"):
        page.locator("#find").fill(wanted)
        page.locator("#find-list li").first.wait_for()
        check(page)
    page.keyboard.press("ArrowDown")
    check(page)


@pytest.mark.parametrize("number", [0, 1])
def test_the_what_if_runs_nothing(hostile: list[Path], page: Page, number: int) -> None:
    page.goto((hostile[number] / "en/whatif.html").as_uri())
    trial = "window.techsov.trial"
    for key in page.evaluate("[...window.techsov.world.choices.keys()]"):
        page.evaluate(f"(key) => {trial}.change({{ keys: [key] }})", key)
    page.evaluate(f"{trial}.change({{ keys: ['remove=q7', 'law=straits', 'alliance=harbour'] }})")
    for fold in page.locator("#outcome details").all():
        fold.evaluate("(fold) => { fold.open = true; }")
    assert page.locator("#affected tbody tr").count() > 3
    check(page)
    page.locator("#search").fill("script")
    assert page.locator("#found li").count() > 0
    check(page)
    page.keyboard.press("Enter")
    page.locator("#save-csv").click()
    for payload, key in itertools.product(PAYLOADS, ("remove", "law", "alliance", "months")):
        page.evaluate("(hash) => { location.hash = hash; }", f"{key}={quote(payload)}")
    page.wait_for_timeout(150)
    check(page)


@pytest.mark.parametrize("number", [0, 1])
def test_the_chains_run_nothing(hostile: list[Path], page: Page, number: int) -> None:
    page.goto((hostile[number] / "en/paths.html").as_uri())
    ask = "([from, to, ask]) => window.techsov.asked.change({ from, to, ask, extra: ['planned'] })"
    pairs = [("hospitals", "lens"), ("ledger", "leviathan"), ("registry", "drift"), ("q7", "")]
    for (one, other), question in itertools.product(pairs, ("chain", "common", "link")):
        page.evaluate(ask, [one, other, question])
        check(page)
        for line in page.locator("#drawing .line").all()[:3]:
            line.dispatch_event("click")
    page.evaluate(ask, ["hospitals", "lens", "chain"])
    for name in ("csv", "svg", "png"):
        page.locator(f"#save-{name}").dispatch_event("click")
    for fold in page.locator("#outcome details").all():
        fold.evaluate("(fold) => { fold.open = true; }")
    page.locator("#from").fill("script")
    assert page.locator("#from-found li").count() > 0
    check(page)
    page.keyboard.press("Enter")
    before = page.evaluate("JSON.stringify(window.techsov.asked.current)")
    assert "hospitals" not in before
    for payload, key in itertools.product(PAYLOADS, ("from", "to", "ask", "status")):
        page.evaluate("(hash) => { location.hash = hash; }", f"{key}={quote(payload)}")
    page.wait_for_timeout(150)
    assert page.locator("#outcome").is_hidden()
    check(page)


def test_the_address_runs_nothing(site: Path, page: Page) -> None:
    page.goto((site / "en/map.html").as_uri())
    for payload, key in itertools.product(PAYLOADS, ("focus", "off", "edition", "x")):
        page.evaluate("(hash) => { location.hash = hash; }", f"{key}={quote(payload)}")
    page.goto("about:blank")
    page.goto(f"{(site / 'en/map.html').as_uri()}#focus={quote(PAYLOADS[0])}&x={PAYLOADS[2]}")
    page.wait_for_timeout(100)
    check(page)


def test_the_payloads_would_run_if_text_became_markup(site: Path, page: Page) -> None:
    """A check that cannot fail is no check."""
    page.goto((site / "en/method.html").as_uri())
    page.evaluate("(text) => { document.body.innerHTML = text; }", "".join(PAYLOADS))
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") == 1
