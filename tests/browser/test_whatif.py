"""The what-if of the page gives what the command gives, and is a page like the others."""

import csv
import io
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page

from techsov.graph.analysis.failure.circuit import Outcome
from techsov.graph.analysis.failure.removal import removals
from techsov.graph.analysis.failure.whatif import circuits, what_if
from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.cli import techsov
from techsov.graph.flow import Knowledge, know
from techsov.graph.messages import say
from techsov.graph.telling.whatif import count_line
from techsov.viz.pages.frame import Place
from techsov.viz.pages.whatif import whatif_page
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files
from techsov.viz.whatif import Trials, trial_data
from techsov.viz.words import day_text

Open = Callable[..., Page]
Asked = Mapping[str, list[str]]

#: Everything that the analysis says of one removal, in ids.
TRIED = """([keys, months, given]) => {
  const { tried, worldOf } = window.techsov;
  const data = given || window.techsov.data;
  const world = given ? worldOf(given) : window.techsov.world;
  const id = (node) => world.nodes[node].id;
  const fact = (number) => data.facts[number][0];
  const step = ({ tail, node, facts }) => [id(tail), id(node), facts.map(fact)];
  const found = tried(world, keys, months);
  const reading = (outcome) => ({
    states: outcome.affected().map((node) => [id(node), outcome.state(node)]),
    reasons: outcome.affected().map((node) => outcome.reason(node).map(step)),
    proofs: outcome.affected().map((node) =>
      [...outcome.proof(node)].map(([each, failure]) => [id(each), failure.down.map((o) => id(o.node)).sort()]).sort()),
    failing: outcome.affected().map((node) => outcome.failures(node).map(({ round, down }) => [round, down.length])),
    beyond: outcome.beyond().map(id),
    short: outcome.circuit.short.map((need) => id(need.of)),
  });
  return {
    removed: [...found.removed].map(([node, { because, steps }]) => [id(node), because, steps.map(step)]).sort(),
    worst: reading(found.worst),
    best: reading(found.best),
    affected: found.affected.map(id),
    empties: found.empties,
    unneeded: found.unneeded,
  };
}"""


def hops(steps: tuple[Hop, ...]) -> list[Any]:
    return [[hop.tail, hop.head, list(hop.facts)] for hop in steps]


def reading(outcome: Outcome) -> dict[str, Any]:
    affected = list(outcome.affected)
    return {
        "states": [[name, state] for name, state in outcome.affected.items()],
        "reasons": [hops(outcome.reason(name)) for name in affected],
        "proofs": [
            sorted(
                [each, sorted(option.node for option in failure.down)]
                for each, failure in outcome.proof(name).items()
            )
            for name in affected
        ],
        "failing": [
            [[failure.round, len(failure.down)] for failure in outcome.failures(name)]
            for name in affected
        ],
        "beyond": list(outcome.beyond),
        "short": [need.dependent for need in outcome.circuit.short],
    }


def analysed(standing: Standing, asked: Asked, months: int) -> dict[str, Any]:
    """What the analysis says, through no code of the page."""
    law = Jurisdictions(standing)
    found = what_if(
        circuits(standing, months),
        removals(law, asked["remove"], asked["law"], asked["alliance"]),
    )
    return {
        "removed": sorted(
            [name, one.because, hops(one.steps)] for name, one in found.removed.items()
        ),
        "worst": reading(found.worst),
        "best": reading(found.best),
        "affected": list(found.affected),
        "empties": found.empties,
        "unneeded": found.unneeded,
    }


def keys_of(asked: Asked) -> list[str]:
    return [f"{kind}={name}" for kind, names in asked.items() for name in names]


def hash_of(asked: Asked, months: int = 0) -> str:
    parts = [f"{kind}={'~'.join(names)}" for kind, names in asked.items() if names]
    return "#" + "&".join([*parts, *([f"months={months}"] if months else [])])


def some_removals(trials: Trials, number: int, seed: int) -> list[tuple[Asked, int]]:
    """Draw removals: one to three choices of any kind, some that touch much, some that do not."""
    choose = random.Random(seed)
    choices = list(trials.choices.values())
    often = {"remove": 1, "law": 3, "alliance": 6}
    weights = [often[choice.kind] * (1 + len(choice.stopped)) for choice in choices]
    drawn: list[tuple[Asked, int]] = []
    for _ in range(number if choices else 0):
        asked: dict[str, list[str]] = {"remove": [], "law": [], "alliance": []}
        for choice in choose.choices(choices, weights, k=choose.randint(1, 3)):
            if choice.entity not in asked[choice.kind]:
                asked[choice.kind].append(choice.entity)
        drawn.append((asked, choose.choice([0, 6, 12, 36])))
    return drawn


def keep_pages(folder: Path, knowledge: Knowledge) -> Path:
    shared = Publication(knowledge)
    for name, text in asset_files(shared):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    for language in ("en", "fr"):
        (folder / language).mkdir(exist_ok=True)
        page = whatif_page(shared, language, Place("whatif.html", "../", language))
        (folder / language / "whatif.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def published() -> Knowledge:
    return know()


@pytest.fixture(scope="session")
def published_pages(published: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep_pages(tmp_path_factory.mktemp("published"), published)


def standing_of(knowledge: Knowledge) -> Standing:
    return Standing.on(knowledge.records, knowledge.schema, knowledge.day)


def compare(page: Page, standing: Standing, number: int, seed: int) -> int:
    """Try random removals both ways; give how many had a consequence."""
    felt = 0
    for asked, months in some_removals(Trials(standing), number, seed):
        said = page.evaluate(TRIED, [keys_of(asked), months, None])
        known = analysed(standing, asked, months)
        assert said == known, (asked, months)
        felt += bool(known["affected"])
    return felt


def test_random_removals_give_what_the_analysis_gives_on_the_published_facts(
    published: Knowledge, published_pages: Path, open_page: Open
) -> None:
    page = open_page(published_pages / "en/whatif.html")
    assert compare(page, standing_of(published), 60, seed=4) >= 40


def test_random_removals_give_what_the_analysis_gives_in_the_invented_world(
    invented: Any, site: Path, open_page: Open
) -> None:
    page = open_page(site / "fr/whatif.html")
    assert compare(page, standing_of(invented.invented()), 60, seed=7) >= 40


# --- Small random worlds: several suppliers for a need, spares with and without a time, circles


def random_world(make: ModuleType, choose: random.Random) -> Knowledge:
    """Build a world of eight things, two states, an alliance, and named needs of one or two."""
    kinds = ("Company", "Product", "Service", "ActorGroup")
    things = [f"t{number}" for number in range(8)]
    entities = [f"{choose.choice(kinds)} {name}|{name}|{name}" for name in things]
    entities += ["State s0|S0|S0", "State s1|S1|S1", "Alliance club|Club|Club"]
    entities += [f"Need need{number}|Need|Besoin" for number in range(2)]
    facts = {fact for _ in range(choose.randint(6, 28)) for fact in [random_fact(choose, things)]}
    facts |= {f"need{n} minimumSources {choose.randint(1, 2)} stated page" for n in range(2)}
    return make.world("\n".join(entities), "\n".join(sorted(facts)))  # type: ignore[no-any-return]


def random_fact(choose: random.Random, things: list[str]) -> str:
    one, other = choose.sample(things, 2)
    need = f"need=need{choose.randint(0, 1)}"
    layer = f"layer={choose.choice(['chips', 'compute', 'cloud', 'platform'])}"
    hard = f"substitutability={choose.choice(['none', 'hard', 'moderate', 'unknown'])}"
    wait = choose.choice(["", "switching_months=6", "switching_months=24"])
    place = f"stated {choose.choice(['report', 'gazette', 'leaflet'])}:{choose.randint(1, 20)}"
    state = choose.choice(["s0", "s1"])
    return choose.choice(
        [
            f"{one} dependsOn {other} {place} {layer} {hard}",
            f"{one} dependsOn {other} {place} {layer} {hard} {need}",
            f"{one} dependsOn {other} {place} {layer} {hard} {need}",
            f"{one} dependsOn {other} {place} {layer} {hard} {need}",
            f"{one} couldUse {other} {place} {layer} {need} {wait}",
            f"{one} couldUse {other} {place} {layer} {need} {wait}",
            f"{one} provides {other} {place}",
            f"{one} operates {other} {place}",
            f"{one} subsidiaryOf {other} {place}",
            f"{one} controls {other} {place}",
            f"{one} establishedUnder {state} {place}",
            f"{one} headquarteredIn {state} {place}",
            f"{choose.choice([one, state])} memberOf club {place}",
        ]
    ).strip()


def payload_of(knowledge: Knowledge, trials: Trials) -> dict[str, object]:
    teller, labels = Publication(knowledge).teller("en"), Labels.of(knowledge, "en")
    return trial_data(trials, teller, labels, (), {})


def test_small_random_worlds_give_what_the_analysis_gives(
    invented: ModuleType, published_pages: Path, open_page: Open
) -> None:
    page = open_page(published_pages / "en/whatif.html")
    choose = random.Random(23)
    seen: set[str] = set()
    for _ in range(120):
        knowledge = random_world(invented, choose)
        standing = standing_of(knowledge)
        trials = Trials(standing)
        payload = payload_of(knowledge, trials)
        for asked, months in some_removals(trials, 3, choose.randrange(1000)):
            said = page.evaluate(TRIED, [keys_of(asked), months, payload])
            known = analysed(standing, asked, months)
            assert said == known, (asked, months)
            seen.update(state for each in ("worst", "best") for _, state in known[each]["states"])
            seen.update(name for name in ("empties", "unneeded") if known[name])
            seen.update("beyond" for _ in known["worst"]["beyond"])
            seen.update("short" for _ in known["worst"]["short"])
            seen.update("long" for chain in known["worst"]["reasons"] if len(chain) > 2)
    assert seen >= {"lost", "impaired", "degraded", "unneeded", "beyond", "short", "long"}


# --- The same words and the same file as the command

ASKED: tuple[tuple[Asked, int], ...] = (
    ({"remove": ["nvidia"], "law": [], "alliance": []}, 0),
    ({"remove": ["microsoft", "nvidia"], "law": [], "alliance": ["estia"]}, 12),
    ({"remove": [], "law": ["united-states"], "alliance": []}, 36),
)
OPTIONS = {"remove": "--remove", "law": "--remove-jurisdiction", "alliance": "--remove-alliance"}


def command(asked: Asked, months: int, *rest: str) -> Result:
    names = [part for kind in asked for name in asked[kind] for part in (OPTIONS[kind], name)]
    arguments = ["whatif", *names, "--horizon-months", str(months), *rest]
    done = CliRunner().invoke(techsov, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("asked", "months"), ASKED, ids=str)
def test_the_file_holds_the_rows_of_the_command(
    published_pages: Path, open_page: Open, asked: Asked, months: int, language: str
) -> None:
    page = open_page(published_pages / language / "whatif.html", hash_of(asked, months))
    with page.expect_download() as download:
        page.locator("#save-csv").click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    written = command(asked, months, "--format", "csv", "--lang", language).stdout
    assert rows == list(csv.reader(io.StringIO(written, newline="")))
    assert len(rows) > 20
    shown = page.locator("#affected tbody tr")
    assert shown.count() == len(rows) - 1


def test_the_page_shows_the_command_and_says_the_same_of_what_is_unknown(
    published_pages: Path, open_page: Open
) -> None:
    asked, months = ASKED[2]
    page = open_page(published_pages / "en/whatif.html", hash_of(asked, months))
    shown = page.locator("#command").text_content() or ""
    done = CliRunner().invoke(techsov, [*shown.split()[1:], "--lang", "en"])
    told = command(asked, months, "--lang", "en")
    assert (done.stdout, done.stderr) == (told.stdout, told.stderr)
    notes = page.locator("#notes > p").all_text_contents()
    assert len(notes) >= 2
    lines = done.stderr.splitlines()
    assert [note for note in notes if note not in lines] == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("asked", "months"), ASKED, ids=str)
def test_the_answer_counts_as_the_command_counts(
    published: Knowledge,
    published_pages: Path,
    open_page: Open,
    asked: Asked,
    months: int,
    language: str,
) -> None:
    page = open_page(published_pages / language / "whatif.html", hash_of(asked, months))
    standing, labels = standing_of(published), Labels.of(published, language)
    gone = removals(Jurisdictions(standing), asked["remove"], asked["law"], asked["alliance"])
    found = what_if(circuits(standing, months), gone)
    counts = {name: count_line(found.outcomes[name], labels) for name in ("worst", "best")}
    assert page.locator("#answer").text_content() == say(
        "page-script.whatif-answer", language, **counts
    )
    others = len(found.removed) - sum(map(len, asked.values()))
    assert page.locator("#goes li:not(.chain li)").count() == others
    context = page.locator("#context").text_content() or ""
    assert day_text(published.day, language) in context
    facts = {name for each in found.affected for name in found.premises(each)}
    assert f"{len(facts)} " in context
    beyond = found.worst.beyond
    assert page.locator("#beyond").count() == bool(beyond)
    if beyond:
        page.locator("#beyond summary").click()
        text = page.locator("#beyond p").text_content() or ""
        assert all(labels.entity(name) in text for name in beyond)


def test_each_row_leads_to_its_page_and_each_step_to_its_passages(
    published: Knowledge, published_pages: Path, open_page: Open
) -> None:
    page = open_page(published_pages / "en/whatif.html", "#law=united-states")
    for row in page.locator("#affected tbody tr").all()[:12]:
        steps = row.locator(".chain li")
        assert steps.count() >= 1
        for step in steps.all():
            links = step.locator(".fine a").all()
            assert links
            for link in links:
                address = link.get_attribute("href") or ""
                passage = address.removeprefix("source/").replace(".html#", "-")
                assert passage in published.records.passages
    first = page.locator("#affected tbody a").first
    assert (first.get_attribute("href") or "").startswith("actor/")


# --- When there is no answer


def answer_in(page: Page) -> str:
    return page.locator("#answer").text_content() or ""


SPARE = """
Company maker|Maker|Maker
Company spare|Spare|Spare
Service cloud|Cloud|Cloud
Company firm|Firm|Firm
Need need0|Need|Besoin
State s0|S0|S0
"""
SPARED = """
cloud dependsOn maker stated report:1 layer=cloud need=need0
cloud couldUse spare stated report:2 layer=cloud need=need0 switching_months=6
firm dependsOn cloud stated report:3 layer=cloud substitutability=hard
"""


def test_that_nothing_is_affected_never_looks_like_a_finding(
    invented: ModuleType, open_page: Open, tmp_path: Path
) -> None:
    folder = keep_pages(tmp_path, invented.world(SPARE, SPARED))
    day = day_text(invented.DAY, "en")
    page = open_page(folder / "en/whatif.html", "#remove=spare")
    for keys, key in (
        (["remove=spare"], "page-script.whatif-none"),
        (["law=s0"], "whatif.unneeded"),
        (["remove=firm"], "whatif.unneeded"),
        (["remove=maker", "remove=spare", "remove=cloud", "remove=firm"], "whatif.empties"),
    ):
        page.evaluate("(keys) => window.techsov.trial.change({ keys })", keys)
        assert answer_in(page) == say(key, "en", day=day)
        assert not page.locator("#result").is_visible()
        assert not page.locator("#alone").is_visible()
    page.evaluate("window.techsov.trial.change({ keys: ['remove=maker'] })")
    assert answer_in(page).startswith("In the worst reading: 1 may stop, 1 may be impaired.")
    page.locator("input[name=months][value='6']").click()
    assert answer_in(page).startswith("In the worst reading: 1 may be degraded.")


def test_where_no_need_is_known_it_says_so(
    invented: ModuleType, open_page: Open, tmp_path: Path
) -> None:
    folder = keep_pages(tmp_path, invented.world("State s0|S0|S0", ""))
    page = open_page(folder / "en/whatif.html", "#law=s0")
    assert answer_in(page) == say("whatif.no-needs", "en", day=day_text(invented.DAY, "en"))
    assert not page.locator("#result").is_visible()
    page.locator("#clear").click()
    assert page.get_by_text("No single refusal is known").is_visible()


def test_what_nothing_needs_is_said_to_be_needed_by_nothing(
    published: Knowledge, published_pages: Path, open_page: Open
) -> None:
    page = open_page(published_pages / "fr/whatif.html", "#law=albania")
    day = day_text(published.day, "fr")
    assert answer_in(page) == say("whatif.unneeded", "fr", day=day)
    assert not page.locator("#result").is_visible()


# --- A page like the others


def test_it_works_without_a_mouse(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/whatif.html")
    page.keyboard.press("/")
    page.keyboard.type("fonderie elan")
    assert page.locator("#found li").count() == 1, "an other name, without its accent"
    page.keyboard.press("Enter")
    assert page.locator("#without").text_content() == "Without: Élan Foundry"
    assert page.locator("#answer").get_attribute("aria-live") == "polite"
    assert "may stop" in answer_in(page)
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("cassonia")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#chips button").count() == 2
    page.keyboard.press("Backspace")
    assert page.locator("#chips button").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "months"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.techsov.trial.current.months") == 6
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("18")
    assert page.evaluate("window.techsov.trial.current.months") == 18
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Élan Foundry"
    page.keyboard.press("Enter")
    assert page.locator("#outcome").is_visible() is False
    assert page.locator("#alone").is_visible()
    assert page.evaluate("document.activeElement.id") == "search"


def test_a_number_that_is_no_waiting_time_changes_nothing(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/whatif.html", "#remove=q7&months=12")
    for text in ("9999", "-3", "1.5"):
        page.locator("#months").fill(text)
        assert page.evaluate("window.techsov.trial.current.months") == 12
    page.locator("#search").focus()
    assert page.locator("#months").input_value() == "12"


STATE = "JSON.stringify(window.techsov.trial.current)"


def test_a_random_state_survives_its_own_address_and_the_other_language(
    site: Path, open_page: Open
) -> None:
    page = open_page(site / "en/whatif.html")
    choose = random.Random(9)
    keys = page.evaluate("[...window.techsov.world.choices.keys()]")
    for _ in range(10):
        page.evaluate("window.techsov.trial.clear()")
        for key in choose.sample(keys, choose.randint(1, 4)):
            page.evaluate("(key) => window.techsov.trial.add(key)", key)
        page.evaluate("(m) => window.techsov.trial.wait(m)", choose.choice([0, 6, 18, 600]))
        before, answer = page.evaluate(STATE), answer_in(page)
        page.reload()
        assert page.evaluate(STATE) == before
        assert answer_in(page) == answer
    page.locator("#language").click()
    page.wait_for_url("**/fr/whatif.html#*")
    assert page.evaluate(STATE) == before
    assert page.locator("html").get_attribute("lang") == "fr"


def test_an_address_replaces_the_state_and_says_what_it_does_not_know(
    site: Path, open_page: Open
) -> None:
    page = open_page(site / "en/whatif.html", "#remove=q7~nobody&months=6")
    assert page.evaluate(STATE) == '{"keys":["remove=q7"],"months":6}'
    assert "not understood" in (page.locator("#status").text_content() or "")
    page.evaluate("location.hash = '#law=straits&edition=other'")
    page.wait_for_timeout(80)
    assert page.evaluate(STATE) == '{"keys":["law=straits"],"months":0}'
    assert "another edition" in (page.locator("#status").text_content() or "")
    page.evaluate("location.hash = '#remove=q7&months=601'")
    page.wait_for_timeout(80)
    assert page.evaluate(STATE) == '{"keys":["remove=q7"],"months":0}'
    page.go_back()
    page.wait_for_timeout(80)
    assert page.evaluate(STATE) == '{"keys":["law=straits"],"months":0}'
    page.evaluate("location.hash = '#facts'")
    page.wait_for_timeout(80)
    assert page.evaluate(STATE) == '{"keys":["law=straits"],"months":0}'


def test_the_page_of_an_actor_asks_what_if_it_says_no(site: Path, open_page: Open) -> None:
    page = open_page(site / "fr/actor/q7.html")
    page.locator(".refusals a").first.click()
    page.wait_for_url("**/whatif.html#remove=q7*")
    assert page.locator("#chips button").count() == 1
    assert "Quartzo Q7" in (page.locator("#without").text_content() or "")
    law = open_page(site / "en/actor/borealia.html")
    assert law.locator(".refusals a").get_attribute("href") == "../whatif.html#law=borealia"
    assert open_page(site / "fr/actor/ada.html").locator(".refusals").count() == 0


def test_a_line_of_the_first_table_is_tried_by_its_link(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/whatif.html")
    row = page.locator("#alone tbody tr").last
    worst = row.locator("td").nth(1).text_content() or ""
    row.locator(".try").click()
    page.wait_for_timeout(80)
    assert worst.strip() in answer_in(page)
    assert page.evaluate("document.activeElement.id") == "facts"
    top = page.evaluate("document.getElementById('without').getBoundingClientRect().top")
    assert 0 <= top < 900


def test_without_scripts_the_first_table_is_there(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/whatif.html", java_script_enabled=False)
    assert page.locator("#alone tbody tr").count() >= 6
    assert page.locator("#alone tbody tr").first.is_visible()
    assert page.get_by_text("this page needs JavaScript").is_visible()
    for name in ("#search", "#outcome", ".try >> nth=0"):
        assert not page.locator(name).is_visible()


@pytest.mark.parametrize("size", [(1400, 900), (768, 1024), (390, 844), (320, 700)], ids=str)
def test_no_state_of_the_page_is_wider_than_the_screen(
    published_pages: Path, open_page: Open, size: tuple[int, int]
) -> None:
    anchor = hash_of({"remove": ["nvidia"], "law": ["united-states"], "alliance": ["estia"]}, 18)
    for hash_ in ("", anchor):
        page = open_page(published_pages / "fr/whatif.html", hash_, size=size)
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        page.locator("#search").fill("cloud")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_holds_the_answer_and_not_the_controls(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/whatif.html", "#law=cassonia")
    assert page.pdf().startswith(b"%PDF")
    assert all(
        page.evaluate("[...document.querySelectorAll('#outcome details')].map((d) => d.open)")
    )
    page.emulate_media(media="print")
    assert page.locator("#answer").is_visible()
    assert page.locator("#affected tbody tr").first.is_visible()
    for name in ("#search", "#save-csv", "#alone"):
        assert not page.locator(name).is_visible()
