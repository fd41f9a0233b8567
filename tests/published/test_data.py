"""One rule a test, over the facts that the package carries."""

import re
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from techsov.graph.facts.canonical import canonical_files, check_texts, read_texts
from techsov.graph.facts.files import table_files
from techsov.graph.facts.schema import Relation, read_schema
from techsov.graph.flow import Knowledge, know
from techsov.graph.names import find_entity, folded

SCHEMA = read_schema()
FOLDER = Path(str(files("techsov.data")))
FILES = [name for name, _ in table_files(FOLDER, SCHEMA)]
RELATIONS = [Path(name).stem for name in FILES if name.startswith("facts/")]
#: What the codebook says of a relation; of other files it says less.
RELATION_CELLS = 4
LEAST_ENTITIES, LEAST_FACTS = 90, 150


def test_no_rule_is_broken_and_nothing_is_warned_of(published_folder: Path) -> None:
    knowledge = know(published_folder, shapes=True)
    assert [problem.text("en") for problem in knowledge.warnings] == []


@pytest.fixture(scope="module")
def wanted(published_folder: Path) -> dict[Path, str]:
    return canonical_files(published_folder, SCHEMA)


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_canonical(
    published_folder: Path, wanted: dict[Path, str], name: str
) -> None:
    path = published_folder / name
    assert path.read_bytes() == wanted[path].encode(), "run: techsov fmt"


def test_there_is_enough_to_explore(published: Knowledge) -> None:
    assert len(published.records.entities) >= LEAST_ENTITIES
    assert len(published.records.facts) >= LEAST_FACTS


def test_every_entity_is_named_by_some_fact(published: Knowledge) -> None:
    facts = published.records.facts
    named = {name for fact in facts for name in (fact.subject, fact.object, fact.claimant)}
    named |= {name for fact in facts for values in fact.qualifiers.values() for name in values}
    assert set(published.records.entities) - named == set()


def test_every_fact_rests_on_a_document_that_was_read(published: Knowledge) -> None:
    for fact in published.records.facts:
        assert fact.evidence, fact.id
        assert all(published.records.sources[source].read for source in fact.sources), fact.id


def test_every_paragraph_that_is_cited_has_its_fingerprint(published: Knowledge) -> None:
    passages = published.records.passages.values()
    assert [item.id for item in passages if (item.paragraph is None) != (item.sha256 == "")] == []


def test_every_judgement_says_who_judges(published: Knowledge) -> None:
    for fact in published.records.facts:
        if SCHEMA.relations[fact.relation].evaluative:
            assert fact.status != "stated", fact.id
        if fact.status in {"claimed", "denied"}:
            assert fact.claimant, fact.id


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_entities_have_one_label(published: Knowledge, language: str) -> None:
    labels = Counter(folded(item.label(language)) for item in published.records.entities.values())
    assert [label for label, count in labels.items() if count > 1] == []


def test_no_label_in_one_language_is_another_entity_in_the_other(published: Knowledge) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for item in published.records.entities.values():
        for name in (item.id, item.label_en, item.label_fr):
            owners[folded(name)].add(item.id)
    assert [name for name, ids in owners.items() if len(ids) > 1] == []


def test_entities_are_found_under_their_labels(published: Knowledge) -> None:
    for item in list(published.records.entities.values())[::100]:
        assert find_entity(published.records, item.label_en.upper()) is item
        assert find_entity(published.records, item.label_fr.lower()) is item


def test_only_states_have_a_country_code_and_each_its_own(published: Knowledge) -> None:
    entities = published.records.entities.values()
    assert [item.id for item in entities if bool(item.iso) != (item.cls == "State")] == []
    codes = Counter(item.iso for item in entities if item.iso)
    assert [code for code, count in codes.items() if count > 1] == []


def test_every_web_address_is_well_formed(published: Knowledge) -> None:
    for source in published.records.sources.values():
        if source.url:
            parts = urlsplit(source.url)
            assert parts.scheme in {"http", "https"}, source.id
            assert re.fullmatch(r"([a-z0-9-]+\.)+([a-z]{2,}\.?|[0-9]+)", parts.hostname or ""), (
                source.id
            )
            assert parts.username is None, source.id


def test_every_source_can_be_found_by_a_reader(published: Knowledge) -> None:
    for source in published.records.sources.values():
        dated = source.publisher and source.published
        assert source.url or source.file or dated or not source.read, source.id


def test_glosses_and_labels_are_written_in_both_languages(published: Knowledge) -> None:
    glosses = [item for fact in published.records.facts for item in fact.evidence]
    assert [str(item.origin) for item in glosses if item.gloss_en == item.gloss_fr] == []
    for source in published.records.sources.values():
        assert source.label_en != source.label_fr, source.id


def test_french_lines_do_not_break_before_their_punctuation(published: Knowledge) -> None:
    texts = [item.gloss_fr for fact in published.records.facts for item in fact.evidence]
    texts += [item.label_fr for item in published.records.entities.values()]
    texts += [item.label_fr for item in published.records.sources.values()]
    assert [text for text in texts if re.search(r" [;:!?»%]|« ", text)] == []


def codebook() -> dict[str, list[str]]:
    """The rows of the codebook about relations: name -> cells after it."""
    rows: dict[str, list[str]] = {}
    for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"\| `(\w+)\.csv` \|(.*)\|$", line):
            rows[found.group(1)] = [cell.strip() for cell in found.group(2).split("|")]
    return {name: cells for name, cells in rows.items() if len(cells) == RELATION_CELLS}


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_in_the_data_stands_in_the_codebook(name: str) -> None:
    reads, subject, target, columns = codebook()[name]
    relation: Relation = SCHEMA.relations[name]
    assert reads == relation.label_en
    assert subject.split(", ") == sorted(relation.domain)
    if relation.value:
        assert target == f"a number ({relation.value})"
    elif relation.scheme:
        assert target == f"a concept of `{relation.scheme}`"
    else:
        assert target.split(", ") == sorted(relation.range)
    own = [f"**{item.column}**" if item.key else item.column for item in relation.qualifiers]
    assert columns == ", ".join(own)


def test_every_relation_in_the_codebook_is_declared() -> None:
    assert set(codebook()) <= set(SCHEMA.relations)


@pytest.mark.parametrize("name", RELATIONS)
def test_no_facts_file_is_without_facts(published: Knowledge, name: str) -> None:
    assert any(fact.relation == name for fact in published.records.facts)


def test_the_texts_at_hand_are_those_that_were_read_and_no_gloss_copies_them(
    published: Knowledge, source_folder: Path
) -> None:
    texts = read_texts(source_folder, published.records.sources)
    assert texts, "no text in this folder belongs to a source"
    found = [problem.text("en") for problem in check_texts(published.records, texts)]
    assert found == []
