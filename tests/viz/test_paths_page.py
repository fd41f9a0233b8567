"""The page of the path questions: its data says what the analyses read, and it keeps its words."""

import importlib.util
import itertools
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.paths import common_suppliers
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.standing import FIRMNESS, Standing
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES, catalogue
from techsov.graph.reasons import fact_sentence, hop_sentence
from techsov.viz.bundle import modules
from techsov.viz.chains import AREA, ON_REQUEST
from techsov.viz.pages.actor import single_file
from techsov.viz.pages.frame import Place
from techsov.viz.pages.paths import paths_page
from techsov.viz.publication import Publication


@pytest.fixture(scope="module")
def world() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "invented", Path(__file__).with_name("invented.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def carried(text: str) -> Any:
    block = re.search(r'<script type="application/json" id="evidence">(.*?)</script>', text)
    assert block
    assert not re.search("[<>&\u2028\u2029]", block[1])
    return json.loads(block[1])


def page_of(knowledge: Knowledge, language: str = "en") -> str:
    return paths_page(Publication(knowledge), language, Place("paths.html", "../", language))


@pytest.fixture(scope="module")
def published_page(published: Knowledge) -> str:
    return page_of(published)


@pytest.fixture(scope="module", params=["invented", "published"])
def knowledge(request: pytest.FixtureRequest, archipelago: Knowledge, published: Knowledge) -> Any:
    return archipelago if request.param == "invented" else published


@pytest.fixture(scope="module")
def data(knowledge: Knowledge) -> Any:
    return carried(page_of(knowledge))


def ids(data: Any, table: str) -> list[str]:
    return [row[0] for row in data[table]]


def test_nodes_facts_and_documents_stand_in_the_order_of_their_ids(data: Any) -> None:
    for table in ("nodes", "facts", "documents", "relations"):
        assert ids(data, table) == sorted(set(ids(data, table))), table
    assert ids(data, "statuses") == list(FIRMNESS)


def test_the_facts_are_all_that_hold_between_two_things(data: Any, knowledge: Knowledge) -> None:
    """What is denied, over, replaced or about a concept links nothing."""
    standing = Standing.on(knowledge.records, knowledge.schema, knowledge.day, FIRMNESS)
    labels = Labels.of(knowledge, "en")
    wanted = {fact.id: fact for fact in standing.facts if fact.object in knowledge.records.entities}
    assert len(wanted) > 40
    assert ids(data, "facts") == list(wanted)
    nodes, documents = ids(data, "nodes"), ids(data, "documents")
    for name, subject, target, relation, status, confidence, words, mode, since, said in data[
        "facts"
    ]:
        fact = wanted[name]
        assert (nodes[subject], nodes[target]) == (fact.subject, fact.object)
        assert data["relations"][relation][0] == fact.relation
        assert FIRMNESS[status] == fact.status
        assert confidence == float(fact.confidence)
        assert f"{labels.entity(fact.subject)} {words}" == fact_sentence(fact, labels)
        assert mode[0] == (labels.entity(fact.claimant) if fact.claimant else "")
        assert since == (fact.valid_from.text if fact.valid_from else "")
        evidence = [(each.source, each.paragraph or 0, each.gloss_en) for each in fact.evidence]
        assert [(documents[d], paragraph, gloss) for d, paragraph, gloss in said] == evidence


def test_a_relation_says_which_end_depends_as_the_ontology_does(
    data: Any, knowledge: Knowledge
) -> None:
    said = {name: dependent for name, _, _, dependent, _ in data["relations"]}
    relations = knowledge.schema.relations
    assert said == {name: relations[name].dependent for name in said}
    assert {name for name, dependent in said.items() if dependent} == {
        "dependsOn",
        "operates",
        "provides",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_any_choice_of_statuses_has_its_words(
    knowledge: Knowledge, language: str
) -> None:
    page = carried(page_of(knowledge, language))
    labels = Labels.of(knowledge, language)
    nodes, facts = ids(page, "nodes"), ids(page, "facts")
    told = {
        (nodes[tail], nodes[head], tuple(facts[fact] for fact in some)): words
        for tail, head, some, words in page["steps"]
    }
    seen = set()
    for number in range(len(ON_REQUEST) + 1):
        for extra in itertools.combinations(ON_REQUEST, number):
            view = dependency_view(
                knowledge.records, knowledge.schema, knowledge.day, ("stated", *extra)
            )
            for tail, head in dict.fromkeys(view.edges()):
                some = tuple(sorted(view[tail][head]))
                step = hop(tail, head, tuple(labels.facts[name] for name in some))
                assert f"{labels.entity(tail)} {told[tail, head, some]}" == hop_sentence(
                    step, labels
                )
                seen.add((tail, head, some))
    assert seen == told.keys()


def test_every_actor_that_has_a_page_can_be_chosen(data: Any, knowledge: Knowledge) -> None:
    assert set(Publication(knowledge).pages) <= set(ids(data, "nodes"))


# --- Without a script


def test_what_rivals_share_needs_no_script(published: Knowledge, published_page: str) -> None:
    shared = Publication(published)
    rows = shared.findings.upstream
    assert rows
    text = published_page[: published_page.index('id="reading-chains"')]
    section = text[text.index('id="rivals"') :]
    assert section.count('class="said"') == len(rows)
    teller = shared.teller("en")
    for row in rows:
        for name in (row.left.subject, row.right.subject, row.supplier):
            assert teller.name(name) in section
        for fact in row.premises:
            passages = {item.passage for item in Labels.of(published, "en").facts[fact].evidence}
            links = ("source/{}.html#{}".format(*each.rsplit("-", 1)) for each in passages)
            assert all(link in section for link in links)


def test_a_pair_of_rivals_is_asked_for_only_where_the_page_would_answer_the_same(
    published: Knowledge, published_page: str
) -> None:
    links = re.findall(r'<a class="try scripted" href="#([^"]+)"', published_page)
    assert links
    suppliers = {
        (row.left.subject, row.right.subject): row.supplier
        for row in Publication(published).findings.upstream
    }
    for link in links:
        asked = dict(part.split("=") for part in link.replace("&amp;", "&").split("&"))
        assert asked["ask"] == "common"
        view = dependency_view(
            published.records,
            published.schema,
            published.day,
            ("stated", *asked.get("status", "").split("~")),
        )
        rows = common_suppliers(view, asked["from"], asked["to"])
        assert suppliers[asked["from"], asked["to"]] in {row.supplier for row in rows}


def test_where_no_rivals_share_anything_it_says_so(site: dict[str, str]) -> None:
    assert catalogue()[f"{AREA}rivals-none"]["en"] in site["en/paths.html"]


# --- Words and links


def test_scripts_of_the_page_ask_only_for_words_that_are_sent(data: Any) -> None:
    asked = set(re.findall(r'\b(say|count)\(\s*"([\w.-]+)"', modules("paths.js").text))
    assert len(asked) > 20
    for kind, key in asked:
        wanted = [f"{key}-one", f"{key}-many"] if kind == "count" else [key]
        assert set(wanted) <= data["words"].keys()
    for question in ("chain", "common", "link"):
        assert {f"asked-{question}", f"none-{question}", f"yes-{question}-one"} <= data[
            "words"
        ].keys()


def test_each_page_of_an_actor_leads_to_its_chains_and_a_single_file_to_none(
    site: dict[str, str], archipelago: Knowledge, publication: Publication
) -> None:
    for language, name in itertools.product(LANGUAGES, publication.pages):
        assert f'href="../paths.html#from={name}"' in site[f"{language}/actor/{name}.html"]
    assert "paths.html" not in single_file(archipelago, "corvette", 1, "en")


def test_any_link_is_never_the_default_and_stands_behind_a_fold(site: dict[str, str]) -> None:
    text = site["en/paths.html"]
    values = re.findall(r'<input type="radio" name="ask" value="(\w+)"( checked)?>', text)
    assert values == [("chain", " checked"), ("common", ""), ("link", "")]
    fold = text[text.index('<details id="loose"') :]
    assert 'value="link"' in fold[: fold.index("</details>")]
    assert 'value="common"' not in fold
    assert re.search(r'id="banner"[^>]* hidden', text)


def test_the_page_loads_no_picture_of_others(site: dict[str, str]) -> None:
    text = site["fr/paths.html"]
    assert "vis-network" not in text
    assert "assets/paths.js" in text
    assert "assets/paths.js" not in site["fr/index.html"]


def test_hostile_names_are_text_in_the_data_and_on_the_page(world: ModuleType) -> None:
    text = page_of(world.invented(lambda text: f"</script><b onload=x>{text[:6]}"))
    carried(text)
    assert "<b onload" not in text


def test_the_page_of_the_published_facts_is_light(published: Knowledge) -> None:
    for language in LANGUAGES:
        text = page_of(published, language)
        facts = len(carried(text)["facts"])
        assert len(text.encode()) <= 80_000 + 500 * facts
