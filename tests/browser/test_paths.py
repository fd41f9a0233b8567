"""The three path questions of the page: the answers of the analyses, kept apart, and a page."""

import csv
import io
import itertools
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page

from techsov.graph import terms
from techsov.graph.analysis.network.paths import MAX_STEPS, Chain, common_suppliers
from techsov.graph.analysis.network.paths import dependency_chains as chains_of
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.standing import FIRMNESS, Standing
from techsov.graph.answers import Labels
from techsov.graph.cli import techsov
from techsov.graph.flow import Knowledge
from techsov.graph.messages import say
from techsov.graph.reasons import hop_sentence
from techsov.graph.triples.build import build_triples
from techsov.graph.triples.store import oxigraph_store
from techsov.viz.chains import AREA, ON_REQUEST, chain_data
from techsov.viz.pages.frame import Place
from techsov.viz.pages.paths import paths_page
from techsov.viz.publication import Publication
from techsov.viz.site import asset_files

Open = Callable[..., Page]
Statuses = tuple[str, ...]

#: What the page answers to many questions, in ids; of a world that is given, or of its own.
ANSWERED = """([questions, given]) => {
  const { answered, worldOf } = window.techsov;
  const world = given ? worldOf(given) : window.techsov.world;
  const id = (node) => world.nodes[node].id;
  const chain = ({ hops }) => hops.map(({ tail, head, facts }) => [id(tail), id(head), facts.map((fact) => world.facts[fact].id)]);
  return questions.map(([from, to, ask, statuses]) => {
    const ends = { from: world.number.get(from), to: world.number.get(to) };
    const { rows, more } = answered(world, { ...ends, ask, statuses });
    return { more, rows: rows.map((row) => ask === "common"
      ? [id(row.supplier), chain(row.left), chain(row.right), row.unavoidable] : chain(row)) };
  });
}"""


def written(chain: Chain) -> list[Any]:
    return [[hop.tail, hop.head, list(hop.facts)] for hop in chain.hops]


def drawn_once(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the graphs of a knowledge: most pairs are asked of the same."""
    drawn: dict[tuple[int, Statuses], tuple[Knowledge, Any]] = {}

    def kept(knowledge: Knowledge, statuses: Statuses) -> Any:
        key = (id(knowledge), statuses)
        if key not in drawn:
            # With the knowledge, so that no other gets its number.
            drawn[key] = (knowledge, draw(knowledge, statuses))
        return drawn[key][1]

    return kept


@drawn_once
def dependences(knowledge: Knowledge, statuses: Statuses) -> "nx.MultiDiGraph[str]":
    return dependency_view(knowledge.records, knowledge.schema, knowledge.day, statuses)


@drawn_once
def links(knowledge: Knowledge, statuses: Statuses) -> "nx.MultiGraph[str]":
    """Every relation between two things, both ways."""
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, statuses)
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for fact in standing.facts:
        if fact.object in knowledge.records.entities and fact.subject != fact.object:
            graph.add_edge(fact.subject, fact.object, key=fact.id, confidence=fact.confidence)
    return graph


def some_pairs(knowledge: Knowledge, number: int, seed: int) -> list[tuple[str, str, Statuses]]:
    """Draw pairs: half of any two things, half of two that some dependence touches."""
    choose = random.Random(seed)
    touched = sorted(dependences(knowledge, FIRMNESS))
    everything = sorted(Publication(knowledge).facts_of)
    pairs: list[tuple[str, str, Statuses]] = []
    while len(pairs) < number:
        pool = touched if len(pairs) % 2 and len(touched) > 1 else everything
        one, other = choose.sample(pool, 2)
        extra = [status for status in ON_REQUEST if choose.random() < 0.5]
        pairs.append((one, other, ("stated", *extra)))
    return pairs


def related_pairs(knowledge: Knowledge, number: int, seed: int) -> list[tuple[str, str, Statuses]]:
    """Draw pairs of which a chain, or a common supplier, is known with some statuses."""
    choose = random.Random(seed)
    view = dependences(knowledge, FIRMNESS)
    suppliers = sorted(node for node in view if view.in_degree(node))
    pairs: list[tuple[str, str, Statuses]] = []
    while len(pairs) < number:
        supplier = choose.choice(suppliers)
        above = sorted(nx.ancestors(view, supplier))
        chain = (choose.choice(above), supplier)
        one, other = tuple(choose.sample(above, 2)) if len(above) > 1 else chain
        extra = tuple(status for status in ON_REQUEST if choose.random() < 0.6)
        pairs.append((one, other, ("stated", *extra)) if len(pairs) % 2 else (*chain, FIRMNESS))
    return pairs


def ask_page(
    page: Page,
    pairs: list[tuple[str, str, Statuses]],
    ask: str,
    given: object = None,
) -> list[dict[str, Any]]:
    questions = [[one, other, ask, list(statuses)] for one, other, statuses in pairs]
    answers: list[dict[str, Any]] = page.evaluate(ANSWERED, [questions, given])
    return answers


def compare(
    page: Page, knowledge: Knowledge, pairs: list[tuple[str, str, Statuses]], given: object = None
) -> tuple[int, int, int]:
    """Ask each question of each pair both ways; give how many chains, suppliers and links."""
    found = [0, 0, 0]
    asked = {ask: ask_page(page, pairs, ask, given=given) for ask in ("chain", "common", "link")}
    for at, (one, other, statuses) in enumerate(pairs):
        view = dependences(knowledge, statuses)
        both = {one, other} <= view.nodes
        chains = chains_of(view, one, other, 6) if both else []
        said = asked["chain"][at]
        assert said["rows"] == [written(chain) for chain in chains[:5]], (one, other, statuses)
        assert said["more"] == (len(chains) > 5)
        rows = common_suppliers(view, one, other) if both else []
        assert asked["common"][at]["rows"] == [
            [row.supplier, written(row.left), written(row.right), row.unavoidable] for row in rows
        ], (one, other, statuses)
        loose: nx.MultiDiGraph[str] = nx.MultiDiGraph(links(knowledge, statuses))
        ways = chains_of(loose, one, other, 5) if {one, other} <= loose.nodes else []
        assert asked["link"][at]["rows"] == [written(chain) for chain in ways], (one, other)
        found[0] += bool(chains)
        found[1] += bool(rows)
        found[2] += bool(ways)
    return found[0], found[1], found[2]


def keep_pages(folder: Path, knowledge: Knowledge) -> Path:
    shared = Publication(knowledge)
    (folder / "assets").mkdir(parents=True)
    for name, text in asset_files(shared):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    for language in ("en", "fr"):
        (folder / language).mkdir()
        page = paths_page(shared, language, Place("paths.html", "../", language))
        (folder / language / "paths.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def chain_pages(published: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep_pages(tmp_path_factory.mktemp("chains") / "site", published)


@pytest.fixture(scope="session")
def archipelago(invented: ModuleType) -> Knowledge:
    knowledge: Knowledge = invented.invented()
    return knowledge


# --- The same answers as the analyses


def test_random_pairs_give_what_the_analyses_give_on_the_published_facts(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html")
    pairs = some_pairs(published, 200, seed=5) + related_pairs(published, 120, seed=1)
    chains, suppliers_found, ways = compare(page, published, pairs)
    assert chains > 40
    assert suppliers_found > 20
    assert ways > 100


def test_random_pairs_give_what_the_analyses_give_in_the_invented_world(
    archipelago: Knowledge, site: Path, open_page: Open
) -> None:
    page = open_page(site / "fr/paths.html")
    assert min(compare(page, archipelago, some_pairs(archipelago, 200, seed=8))) > 8


def random_world(make: ModuleType, choose: random.Random) -> Knowledge:
    """Build a world of nine things with many ways between them, of every status."""
    things = [f"t{number}" for number in range(9)]
    kinds = ("Company", "Product", "Service")
    entities = [f"{choose.choice(kinds)} {name}|{name}|{name}" for name in things]
    facts = [random_fact(choose, things) for _ in range(choose.randint(8, 44))]
    # No two facts say the same of the same two.
    unique = {" ".join(fact.split()[:3]): fact for fact in facts}
    world: Knowledge = make.world("\n".join(entities), "\n".join(sorted(unique.values())))
    return world


def random_fact(choose: random.Random, things: list[str]) -> str:
    one, other = choose.sample(things, 2)
    status = choose.choice(["stated", "stated", "stated", "planned", "claimed", "hypothetical"])
    said = f"{status} {choose.choice(['report', 'gazette', 'leaflet'])}:{choose.randint(1, 20)}"
    by = " by=t0" if status == "claimed" else ""
    layer = f"layer={choose.choice(['chips', 'cloud'])} substitutability=unknown"
    return choose.choice(
        [
            f"{one} dependsOn {other} {said} {layer}{by}",
            f"{one} dependsOn {other} {said} {layer}{by}",
            f"{one} provides {other} {said}{by}",
            f"{one} operates {other} {said}{by}",
            f"{one} subsidiaryOf {other} {said}{by}",
            f"{one} competesWith {other} {said}{by}",
            f"{one} dependsOn {other} denied report:3 {layer} by=t1",
        ]
    )


def test_small_random_worlds_give_what_the_analyses_give(
    invented: ModuleType, chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html")
    choose = random.Random(31)
    found = [0, 0, 0]
    longest = many = 0
    for _ in range(100):
        knowledge = random_world(invented, choose)
        payload = chain_data(Publication(knowledge), "en", {})
        pairs = some_pairs(knowledge, 4, choose.randrange(10_000))
        for at, number in enumerate(compare(page, knowledge, pairs, given=payload)):
            found[at] += number
        for answer in ask_page(page, pairs, "chain", given=payload):
            longest = max([longest, *map(len, answer["rows"])])
            many += answer["more"]
    assert min(found) > 80
    assert longest >= 4
    assert many > 5


# --- Against engines that share no code with ours


def iri(term: str) -> str:
    return f"<{terms.ENTITY}{term}>"


def test_a_chain_is_shown_exactly_when_a_property_path_finds_one(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    store: ox.Store = oxigraph_store(
        build_triples(published.records, published.schema, published.day)
    )
    page = open_page(chain_pages / "en/paths.html")
    only: Statuses = ("stated",)
    pairs = [(one, other, only) for one, other, _ in some_pairs(published, 200, seed=77)]
    view = dependences(published, ("stated",))
    choose = random.Random(7)
    pairs += [
        (one, choose.choice(sorted(nx.descendants(view, one))), only)
        for one in choose.sample([node for node in sorted(view) if view.out_degree(node)], 50)
    ]
    said = [bool(answer["rows"]) for answer in ask_page(page, pairs, "chain")]
    known = [
        bool(
            store.query(
                f"PREFIX sov: <{terms.NS}> "
                f"ASK {{ {iri(one)} (sov:dependsOn|^sov:provides|^sov:operates)+ {iri(other)} }}"
            )
        )
        for one, other, _ in pairs
    ]
    assert said == known
    assert 50 <= sum(known) < len(known) - 50


def test_every_step_is_a_fact_that_may_be_walked_in_its_direction(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html")
    facts = {fact.id: fact for fact in published.records.facts}
    pairs = some_pairs(published, 60, seed=3) + related_pairs(published, 200, seed=3)
    walked = 0
    for (one, other, statuses), answer in zip(pairs, ask_page(page, pairs, "chain"), strict=True):
        for chain in answer["rows"]:
            assert (chain[0][0], chain[-1][1]) == (one, other)
            assert len(chain) <= MAX_STEPS
            for (_, head, _), (tail, _, _) in itertools.pairwise(chain):
                assert head == tail
            for tail, head, names in chain:
                for fact in map(facts.__getitem__, names):
                    ends = (fact.subject, fact.object)
                    assert fact.relation in {"dependsOn", "provides", "operates"}
                    assert (tail, head) == (ends if fact.relation == "dependsOn" else ends[::-1])
                    assert fact.status in statuses
                    walked += 1
    assert walked > 50


def test_common_suppliers_are_what_both_reach_in_networkx(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html")
    pairs = some_pairs(published, 60, seed=12) + related_pairs(published, 140, seed=12)
    felt = 0
    for (one, other, statuses), answer in zip(pairs, ask_page(page, pairs, "common"), strict=True):
        view = dependences(published, statuses)
        view.add_nodes_from([one, other])
        shared = (nx.descendants(view, one) & nx.descendants(view, other)) - {one, other}
        assert {row[0] for row in answer["rows"]} == shared
        for supplier, _, _, unavoidable in answer["rows"]:
            # Without what is unavoidable, nothing is left that both reach.
            rest = view.copy()
            rest.remove_node(supplier)
            left = (nx.descendants(rest, one) & nx.descendants(rest, other)) - {one, other}
            assert unavoidable == (not left)
        felt += bool(shared)
    assert felt > 20


def test_any_link_takes_as_few_steps_as_networkx(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html")
    pairs = some_pairs(published, 120, seed=21)
    for (one, other, statuses), answer in zip(pairs, ask_page(page, pairs, "link"), strict=True):
        graph = links(published, statuses)
        graph.add_nodes_from([one, other])
        steps = nx.shortest_path_length(graph, one, other) if nx.has_path(graph, one, other) else 0
        assert (len(answer["rows"][0]) if answer["rows"] else 0) == (
            steps if steps <= MAX_STEPS else 0
        )


# --- Questions kept apart


def shown(page: Page) -> str:
    return page.locator("#answer").text_content() or ""


def test_each_question_is_answered_by_itself_and_any_link_only_when_asked_for(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    """Two things that are linked, and neither depends on the other, nor share a supplier."""
    page = open_page(chain_pages / "en/paths.html")
    ask = "([from, to, ask]) => window.techsov.asked.change({ from, to, ask, extra: [] })"
    empty = 0
    for one, other, _ in some_pairs(published, 40, seed=2):
        view = dependences(published, ("stated",))
        view.add_nodes_from([one, other])
        linked = links(published, ("stated",))
        linked.add_nodes_from([one, other])
        known = {
            "chain": nx.has_path(view, one, other),
            "common": bool(common_suppliers(view, one, other)),
            "link": other in nx.ego_graph(linked, one, MAX_STEPS),
        }
        for question in ("chain", "common", "link"):
            page.evaluate(ask, [one, other, question])
            assert page.locator(".found-chain").first.is_visible() == known[question]
            assert page.locator("#picture").is_visible() == known[question]
            assert page.locator("#twin").is_visible() == known[question]
            assert page.locator("#banner").is_visible() == (question == "link")
            if not known[question]:
                assert shown(page) == say(f"{AREA}none-{question}", "en")
                assert (page.locator("#searched").text_content() or "").startswith("Searched")
            empty += known["link"] and not known[question]
    assert empty > 30


def test_without_a_question_in_its_address_a_chain_is_asked_for(
    chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html", "#from=iliad&to=cnrs")
    assert page.locator("input[name=ask]:checked").get_attribute("value") == "chain"
    assert shown(page) == "No chain in the evidence."
    assert not page.locator("input[value=link]").is_visible()
    assert page.locator("#drawing .line").count() == 0


def test_a_link_has_no_arrow_and_its_sentences_have_the_direction_of_their_facts(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html", "#from=iliad&to=cnrs&ask=link")
    assert page.locator("#banner").is_visible()
    lines = page.locator("#drawing .line")
    assert lines.count() > 4
    assert page.locator("#drawing .line path[fill^='#']").count() == 0
    assert "→" not in (page.locator("#outcome").text_content() or "")
    labels = Labels.of(published, "en")
    told = {
        f"{labels.entity(fact.subject)} {relation.label_en} {labels.entity(fact.object)}"
        for fact in published.records.facts
        if fact.object in published.records.entities
        for relation in [published.schema.relations[fact.relation]]
    }
    for step in page.locator("#chains .step").all()[:20]:
        text = (step.text_content() or "").split(" (")[0]
        assert text in told
    page.evaluate("window.techsov.asked.change({ to: 'nvidia', from: 'jupiter', ask: 'chain' })")
    assert page.locator("#drawing .line path[fill^='#']").count() == page.locator(".line").count()


def test_a_gap_is_said_and_never_filled(chain_pages: Path, open_page: Open) -> None:
    page = open_page(chain_pages / "en/paths.html", "#from=nvidia&to=jupiter")
    gap = page.locator("#gap")
    assert "From NVIDIA the evidence leads to" in (gap.text_content() or "")
    assert "The other way round there is a chain" in (gap.text_content() or "")
    assert page.locator(".found-chain").count() == 0
    gap.get_by_text("Ask it").click()
    page.wait_for_timeout(80)
    assert page.locator(".found-chain").count() > 0
    pair = "#from=scaleway-ai-clusters&to=nvidia&ask=chain"
    page = open_page(chain_pages / "fr/paths.html", pair)
    assert shown(page) == "Aucune chaîne dans les sources."
    page.locator("#gap .try").click()
    page.wait_for_timeout(80)
    assert page.locator(".found-chain").count() > 0
    assert page.locator(".found-chain .status.planned").count() > 0
    assert page.locator("#drawing .line path[stroke-dasharray]").count() > 0


# --- The same words and the same file as the command

ASKED = (
    ("jupiter", "asml", ("stated",)),
    ("scaleway-ai-clusters", "tsmc", ("stated", "planned")),
    ("uae-sovereign-cloud", "amkor", FIRMNESS),
)


def address_of(one: str, other: str, ask: str, statuses: Statuses = ("stated",)) -> str:
    extra = "~".join(statuses[1:])
    return f"#from={one}&to={other}&ask={ask}" + (f"&status={extra}" if extra else "")


def command(one: str, other: str, statuses: Statuses, *rest: str) -> Result:
    options = [part for status in statuses for part in ("--status", status)]
    done = CliRunner().invoke(techsov, ["path", one, other, *options, *rest])
    assert done.exit_code == 0
    return done


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.locator(button).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("one", "other", "statuses"), ASKED)
def test_the_file_holds_the_rows_of_the_command(
    chain_pages: Path, open_page: Open, one: str, other: str, statuses: Statuses, language: str
) -> None:
    anchor = address_of(one, other, "chain", statuses)
    page = open_page(chain_pages / language / "paths.html", anchor)
    page.locator("#twin summary").click()
    raw = downloaded(page, "#save-csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    told = command(one, other, statuses, "--format", "csv", "--lang", language).stdout
    assert rows == list(csv.reader(io.StringIO(told, newline="")))
    assert len(rows) > 3
    assert page.locator("#steps tbody tr").count() == len(rows) - 1
    shown_command = page.locator("#command").text_content() or ""
    assert shown_command.split()[1:] == [
        "path", one, other, *(part for status in statuses for part in ("--status", status))
    ]  # fmt: skip


@pytest.mark.parametrize("ask", ["common", "link"])
def test_the_table_and_the_file_hold_every_step_of_the_other_questions(
    chain_pages: Path, open_page: Open, ask: str
) -> None:
    anchor = address_of("scaleway-ai-clusters", "uae-sovereign-cloud", ask, ("stated", "planned"))
    page = open_page(chain_pages / "en/paths.html", anchor)
    page.locator("#twin summary").click()
    raw = downloaded(page, "#save-csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw, newline="")))[1:]
    assert len({len(row) for row in rows}) == 1
    steps = page.locator("#chains .chain > li" if ask == "common" else "#chains .step").count()
    assert len(rows) == page.locator("#steps tbody tr").count() == steps > 3


def test_each_step_reaches_its_paragraphs_with_its_status_and_date(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    anchor = address_of("scaleway-ai-clusters", "tsmc", "chain", ("stated", "planned"))
    page = open_page(chain_pages / "en/paths.html", anchor)
    labels = Labels.of(published, "en")
    view = dependences(published, ("stated", "planned"))
    chains = chains_of(view, "scaleway-ai-clusters", "tsmc")
    hops = [hop for chain in chains for hop in chain.hops]
    steps = page.locator("#chains .chain > li").all()
    assert len(steps) == len(hops) > 5
    for step, hop in zip(steps, hops, strict=True):
        assert step.locator(".step").text_content() == hop_sentence(hop, labels)
        facts = [labels.facts[name] for name in hop.facts]
        assert step.locator(".how .status").count() == len(facts)
        passages = {
            (link.get_attribute("href") or "").removeprefix("source/").replace(".html#", "-")
            for link in step.locator(".source a").all()
        }
        assert passages == {item.passage for fact in facts for item in fact.evidence}
        text = step.text_content() or ""
        for fact in facts:
            assert all(item.gloss_en in text for item in fact.evidence)
            promotes = any(
                published.records.sources[s].stance == "promotional" for s in fact.sources
            )
            assert ("promotional" in text) or not promotes
    assert (page.locator(".found-chain .said").first.text_content() or "").count(", which ") == 2


# --- The picture


def test_the_picture_draws_each_step_once_and_each_line_leads_to_its_step(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    for ask in ("chain", "common", "link"):
        anchor = address_of("scaleway-ai-clusters", "tsmc", ask, FIRMNESS)
        page = open_page(chain_pages / "en/paths.html", anchor)
        lines = page.locator("#drawing .line")
        keys = lines.evaluate_all("(lines) => lines.map((line) => line.dataset.line)")
        assert len(keys) == len(set(keys)) > 2
        for line in lines.all():
            line.focus()
            page.keyboard.press("Enter")
            step = page.locator("#chains li.chosen")
            assert step.count() == 1
            assert step.is_visible()
            words = line.get_attribute("aria-label") or ""
            assert (step.locator(".step").first.text_content() or "") in words
            assert page.evaluate("document.activeElement.className") == "chosen"


def test_no_line_runs_through_a_mark_that_it_does_not_join(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html")
    ask = """([from, to, ask, extra]) => {
      window.techsov.asked.change({ from, to, ask, extra });
      const marks = [...document.querySelectorAll("#drawing text")].map((text) => {
        const [, x, y] = /translate\\(([-\\d.]+) ([-\\d.]+)\\)/.exec(text.previousSibling.getAttribute("transform"));
        return [Number(x), Number(y)];
      });
      const through = [...document.querySelectorAll("#drawing .line path:nth-of-type(2)")].map((path) => {
        const length = path.getTotalLength();
        const touched = new Set();
        for (let at = 0; at <= length; at += 3) {
          const point = path.getPointAtLength(at);
          marks.forEach(([x, y], number) => { if (Math.hypot(point.x - x, point.y - y) < 11) touched.add(number); });
        }
        return touched.size;
      });
      return [marks.length, through];
    }"""
    drawn = 0
    for one, other, statuses in some_pairs(published, 60, seed=6):
        for question in ("chain", "common", "link"):
            marks, through = page.evaluate(ask, [one, other, question, list(statuses[1:])])
            # A line stops short of the marks that it joins.
            assert set(through) <= {0}, (one, other, question)
            drawn += marks
    assert drawn > 200


def test_pictures_to_take_away_carry_title_key_day_edition_and_address(
    published: Knowledge, chain_pages: Path, open_page: Open
) -> None:
    anchor = address_of("scaleway-ai-clusters", "uae-sovereign-cloud", "common", FIRMNESS)
    page = open_page(chain_pages / "en/paths.html", anchor)
    root = ET.fromstring(downloaded(page, "#save-svg"))
    text = " ".join(root.itertext())
    for words in ("both depend on?", published.edition, "1 November 2026", "planned", "NVIDIA"):
        assert words in text
    assert "ask=common" in text
    assert f"edition={published.edition}" in text
    assert "The first 5 suppliers are drawn." in text
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "path", "circle", "rect", "text", "tspan", "title", "desc"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}
    png = downloaded(page, "#save-png")
    assert png.startswith(b"\x89PNG")
    assert len(png) > 20_000


# --- The address

STATE = "JSON.stringify(window.techsov.asked.current)"


def test_a_hundred_random_questions_survive_their_own_address_and_the_other_language(
    chain_pages: Path, open_page: Open
) -> None:
    pages = [open_page(chain_pages / f"{language}/paths.html") for language in ("en", "fr")]
    choose = random.Random(14)
    nodes = pages[0].evaluate("window.techsov.world.nodes.map((node) => node.id)")
    for _ in range(50):
        asked = {
            "from": choose.choice(["", *choose.sample(nodes, 3)]),
            "to": choose.choice(["", *choose.sample(nodes, 3)]),
            "ask": choose.choice(["chain", "common", "link"]),
            "extra": [status for status in ON_REQUEST if choose.random() < 0.4],
        }
        for page, other in (pages, pages[::-1]):
            page.evaluate("(asked) => window.techsov.asked.change(asked)", asked)
            state, answer = page.evaluate(STATE), shown(page)
            anchor = page.evaluate("location.hash")
            assert page.locator("#language").get_attribute("href", timeout=1000).endswith(anchor)  # type: ignore[union-attr]
            other.evaluate("(hash) => { location.hash = hash; }", anchor or "#")
            other.wait_for_timeout(20)
            page.evaluate(
                "window.techsov.asked.change({ from: '', to: '', ask: 'chain', extra: [] })"
            )
            assert other.evaluate(STATE) == state
            other.evaluate("history.back()")
            page.evaluate("(hash) => { location.hash = hash; }", anchor or "#")
            page.wait_for_timeout(20)
            assert page.evaluate(STATE) == state
            assert shown(page) == answer


def test_an_address_replaces_the_question_and_back_restores_it(
    chain_pages: Path, open_page: Open
) -> None:
    page = open_page(chain_pages / "en/paths.html", "#from=jupiter&to=asml&ask=chain")
    page.locator("input[value=common]").check()
    page.locator("input[value=planned]").check()
    page.locator("#swap").click()
    assert page.evaluate(STATE) == (
        '{"from":"asml","to":"jupiter","ask":"common","extra":["planned"]}'
    )
    for _ in range(3):
        page.go_back()
    page.wait_for_timeout(80)
    assert page.evaluate(STATE) == '{"from":"jupiter","to":"asml","ask":"chain","extra":[]}'
    page.go_forward()
    page.wait_for_timeout(80)
    assert page.evaluate("window.techsov.asked.current.ask") == "common"
    page.evaluate("location.hash = '#from=nvidia&edition=other'")
    page.wait_for_timeout(80)
    assert page.evaluate(STATE) == '{"from":"nvidia","to":"","ask":"chain","extra":[]}'
    assert "another edition" in (page.locator("#status").text_content() or "")
    page.evaluate("location.hash = '#facts'")
    page.wait_for_timeout(80)
    assert page.evaluate("window.techsov.asked.current.from") == "nvidia"


HOSTILE = (
    "from=nobody",
    "to=__proto__",
    "from=constructor&to=toString",
    "ask=__proto__",
    "ask=any",
    "status=denied",
    "status=stated",
    "status=planned~planned~x",
    "from=%E0%A4%A",
    f"from={quote('<img src=x onerror=top.ran=1>')}",
    f"x={quote('</script>')}",
    "from=" + "a" * 5000,
)


@pytest.mark.parametrize("anchor", HOSTILE, ids=range(len(HOSTILE)))
def test_an_address_that_makes_no_sense_does_nothing_and_says_so(
    site: Path, open_page: Open, anchor: str
) -> None:
    page = open_page(site / "en/paths.html", f"#{anchor}")
    current = page.evaluate("window.techsov.asked.current")
    assert current == {
        "from": "",
        "to": "",
        "ask": "chain",
        "extra": ["planned"] if "planned" in anchor else [],
    }
    assert "not understood" in (page.locator("#status").text_content() or "")
    assert not page.locator("#outcome").is_visible()
    assert page.locator("#rivals").is_visible()


# --- A page like the others


def test_it_works_without_a_mouse(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/paths.html")
    page.keyboard.press("/")
    page.keyboard.type("hopitaux")
    assert page.locator("#from-found li").count() == 1, "in the other language, without its accent"
    page.keyboard.press("Enter")
    assert page.locator("#from").input_value() == "Hospitals"
    assert page.evaluate("document.activeElement.id") == "to"
    page.keyboard.type("fonderie elan")
    page.keyboard.press("Enter")
    assert page.locator("#to").input_value() == "Élan Foundry"
    assert shown(page).startswith("Yes, in the evidence: 2 chains, the shortest of 3 steps")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "chain"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("window.techsov.asked.current.ask") == "common"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("window.techsov.asked.current.ask") == "chain", "what is folded is passed"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("window.techsov.asked.current.ask") == "link"
    assert page.locator("#banner").is_visible()
    page.locator("#swap").focus()
    page.keyboard.press("Enter")
    assert page.locator("#to").input_value() == "Hospitals"
    page.locator("#to").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    assert page.evaluate("window.techsov.asked.current.to") == ""
    assert "Choose the second" in shown(page)
    page.locator("#from").focus()
    page.keyboard.type("no such thing")
    page.keyboard.press("Tab")
    assert page.locator("#from").input_value() == "Élan Foundry"


def test_one_end_alone_shows_what_it_depends_on_and_who_depends_on_it(
    archipelago: Knowledge, site: Path, open_page: Open
) -> None:
    view = dependences(archipelago, ("stated",))
    labels = Labels.of(archipelago, "en")
    page = open_page(site / "en/paths.html", "#from=hospitals")
    goals = page.locator("#chains .goals a")
    named = {labels.entity(name) for name in nx.descendants(view, "hospitals")}
    assert set(goals.all_text_contents()) == named
    goals.last.click()
    page.wait_for_timeout(80)
    assert page.locator(".found-chain").count() > 0
    page = open_page(site / "en/paths.html", "#to=q7")
    named = {labels.entity(name) for name in nx.ancestors(view, "q7")}
    assert set(page.locator("#chains .goals a").all_text_contents()) == named
    page = open_page(site / "en/paths.html", "#from=drift")
    assert "gap in the evidence, not independence" in shown(page)


def test_a_dossier_and_the_panel_of_a_picture_lead_here(site: Path, open_page: Open) -> None:
    page = open_page(site / "fr/actor/q7.html")
    page.locator(".from-here a").click()
    page.wait_for_url("**/fr/paths.html#from=q7*")
    assert page.locator("#from").input_value() == "Quartzo Q7"
    page = open_page(site / "en/map.html", "#focus=nimbus")
    page.locator("#panel .actions a[href*='paths.html']").click()
    page.wait_for_url("**/en/paths.html#from=nimbus*")
    assert page.locator("#from").input_value() == "Nimbostrat Sky"
    single = open_page(site / "single.html", "#focus=corvette")
    assert single.locator("#panel a").count() > 0
    assert single.locator("a[href*='paths.html']").count() == 0


def test_without_scripts_what_rivals_share_is_there(chain_pages: Path, open_page: Open) -> None:
    page = open_page(chain_pages / "en/paths.html", java_script_enabled=False)
    assert page.locator("#rivals .said").first.is_visible()
    assert page.locator("#rivals .chain a").first.is_visible()
    assert page.get_by_text("this page needs JavaScript").is_visible()
    for name in ("#from", "#outcome", "#banner", ".try >> nth=0"):
        assert not page.locator(name).is_visible()


@pytest.mark.parametrize("size", [(1400, 900), (768, 1024), (390, 844), (320, 700)], ids=str)
@pytest.mark.parametrize("ask", ["chain", "common", "link"])
def test_no_state_of_the_page_is_wider_than_the_screen(
    chain_pages: Path, open_page: Open, size: tuple[int, int], ask: str
) -> None:
    for anchor in ("", address_of("scaleway-ai-clusters", "tsmc", ask, FIRMNESS), "#to=nvidia"):
        page = open_page(chain_pages / "fr/paths.html", anchor, size=size)
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        page.locator("#to").fill("cloud")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_holds_the_answer_and_not_the_controls(site: Path, open_page: Open) -> None:
    page = open_page(site / "en/paths.html", "#from=hospitals&to=fonderie&ask=chain")
    assert page.pdf().startswith(b"%PDF")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(page.evaluate("[...document.querySelectorAll('#facts details')].map((d) => d.open)"))
    page.emulate_media(media="print")
    assert page.locator("#answer").is_visible()
    assert page.locator("#drawing svg").is_visible()
    for name in ("#from", "#save-svg", "#rivals"):
        assert not page.locator(name).is_visible()
