from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import pytest

from techsov.graph.errors import Origin, StoreError
from techsov.graph.facts.files import (
    ENTITY_COLUMNS,
    NAME_COLUMNS,
    PASSAGE_COLUMNS,
    SOURCE_COLUMNS,
    packaged_data,
    read_folder,
    records_of,
    shown_file,
    table_files,
)
from techsov.graph.facts.lines import fact_columns
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge
from techsov.graph.records import Entity, PartialDate, Passage

SCHEMA = read_schema()


def test_every_line_becomes_a_record(example: Knowledge) -> None:
    records = example.records
    assert list(records.entities) == [
        "borealia",
        "chipper",
        "cumulus",
        "cumulus-cloud",
        "free-cloud-league",
        "nimbus",
        "nimbus-cloud",
        "tiny-chip",
    ]
    assert records.entities["borealia"] == Entity(
        id="borealia",
        cls="State",
        label_en="Borealia",
        label_fr="Boréalie",
        iso="NO",
        names=("Kingdom of Borealia",),
        origin=Origin("example/entities/actors.csv", 2),
    )
    assert records.entities["borealia"].label("fr") == "Boréalie"
    assert records.entities["borealia"].label("en") == "Borealia"
    assert list(records.sources) == ["gazette", "legend", "nimbus-page"]
    gazette = records.sources["gazette"]
    assert (gazette.kind, gazette.stance, gazette.author, gazette.publisher, gazette.language) == (
        "article",
        "neutral",
        "A. Writer",
        "The Gazette",
        "en",
    )
    assert (gazette.published, gazette.accessed) == (PartialDate("2024-05"), None)
    assert (gazette.url, gazette.file, gazette.paragraphs, gazette.read) == (
        "",
        "gazette.txt",
        4,
        True,
    )
    assert gazette.label("fr") == "Article sur les deux nuages"
    assert not records.sources["legend"].read
    page = records.sources["nimbus-page"]
    assert (page.url, page.accessed) == ("https://nimbus.example/about", PartialDate("2024-06-01"))
    assert list(records.passages) == [
        "gazette-p1",
        "gazette-p2",
        "gazette-p3",
        "gazette-p4",
        "nimbus-page-page",
    ]
    assert records.passages["nimbus-page-page"] == Passage("nimbus-page", None, "")
    assert records.passages["gazette-p1"].sha256.startswith("d1cd7823")


def test_lines_that_say_the_same_are_one_fact_with_two_pieces_of_evidence(
    example: Knowledge,
) -> None:
    facts = {fact.id: fact for fact in example.records.facts}
    assert list(facts) == sorted(facts)
    fact = facts["nimbus-cloud--dependsOn--tiny-chip--4ab15716"]
    assert fact.sources == ("gazette", "nimbus-page")
    assert [item.passage for item in fact.evidence] == ["gazette-p1", "nimbus-page-page"]
    assert [item.gloss("en") for item in fact.evidence] == [
        "The cloud of Nimbus needs the chips of Chipper.",
        "Nimbus names its chip supplier.",
    ]
    assert fact.evidence[1].gloss("fr") == "Nimbus nomme son fournisseur de puces."
    assert [item.origin.line for item in fact.evidence] == [4, 5]
    assert fact.qualifiers == {"layer": ("chips",), "substitutability": ("unknown",)}
    assert fact.confidence == Decimal("0.9")
    other = facts["cumulus-cloud--dependsOn--tiny-chip--4ab15716"]
    assert [item.cited_source for item in other.evidence] == ["legend"]
    denial = facts["nimbus-cloud--describedAs--descr-sovereign--cumulus--a5e6fd5f"]
    assert (denial.object, denial.status, denial.claimant) == (
        "descr-sovereign",
        "denied",
        "cumulus",
    )
    assert denial.contradicts == ("nimbus-cloud--describedAs--descr-sovereign--nimbus--9bfbc102",)
    ended = facts["cumulus--memberOf--free-cloud-league--969abb5f"]
    assert (ended.valid_from, ended.valid_to) == (PartialDate("2022"), PartialDate("2023"))


def test_files_are_listed_in_order_with_their_columns(example_folder: Path) -> None:
    found = list(table_files(example_folder, SCHEMA))
    relations = ["dependsOn", "describedAs", "memberOf", "provides", "subsidiaryOf"]
    assert found == [
        ("entities/actors.csv", ENTITY_COLUMNS),
        ("entities/context.csv", ENTITY_COLUMNS),
        ("entities/offerings.csv", ENTITY_COLUMNS),
        ("names.csv", NAME_COLUMNS),
        ("sources.csv", SOURCE_COLUMNS),
        ("passages.csv", PASSAGE_COLUMNS),
        *((f"facts/{name}.csv", fact_columns(SCHEMA.relations[name])) for name in relations),
    ]


def test_a_file_that_is_no_table_is_left_alone(folder: Path) -> None:
    (folder / "facts" / "notes.txt").write_text("x")
    (folder / "entities" / ".actors.csv.swp").write_bytes(b"\xff")
    assert read_folder(folder, SCHEMA).problems == []


def test_entities_may_stand_in_any_file_of_their_folder(folder: Path, example: Knowledge) -> None:
    (folder / "entities" / "offerings.csv").rename(folder / "entities" / "things.csv")
    records, problems = records_of(read_folder(folder, SCHEMA))
    assert problems == []
    assert list(records.entities) == list(example.records.entities)


def test_of_two_records_with_one_id_the_first_stays(folder: Path) -> None:
    with (folder / "entities" / "context.csv").open("a") as file:
        file.write("nimbus,Company,Second,Second,\n")
    with (folder / "sources.csv").open("a") as file:
        file.write("gazette,Second,Second,article,neutral,,,,,,https://x.example,,,,yes\n")
    records, _ = records_of(read_folder(folder, SCHEMA))
    assert records.entities["nimbus"].label_en == "Nimbus"
    assert records.sources["gazette"].label_en == "Article on the two clouds"


def test_other_names_are_sorted_each_once(folder: Path) -> None:
    with (folder / "names.csv").open("a") as file:
        file.write("borealia,Aaland\nborealia,Kingdom of Borealia\n")
    records, _ = records_of(read_folder(folder, SCHEMA))
    assert records.entities["borealia"].names == ("Aaland", "Kingdom of Borealia")


@pytest.mark.parametrize(
    ("file", "old", "new", "torn"),
    [
        ("entities/actors.csv", "Borealia,", "Bor\x1bealia,", True),
        ("entities/actors.csv", "Borealia,", ",", False),
        ("sources.csv", "neutral", "nautral", False),
        ("sources.csv", "yes", "yes,no", True),
        ("passages.csv", "gazette,1", "gazette,0", True),
        ("names.csv", "borealia,", ",", True),
        ("facts/memberOf.csv", "2022,2023", "2022,never", True),
        ("facts/provides.csv", "nimbus,nimbus-cloud", "nobody,nimbus-cloud", False),
    ],
)
def test_a_file_is_torn_when_a_line_of_it_is_left_out(
    folder: Path, file: str, old: str, new: str, torn: bool
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert read_folder(folder, SCHEMA).torn == ({file} if torn else set())


def test_a_facts_file_without_relation_is_torn(folder: Path) -> None:
    (folder / "facts" / "memberOf.csv").rename(folder / "facts" / "memberOff.csv")
    reading = read_folder(folder, SCHEMA)
    assert reading.torn == {"facts/memberOff.csv"}
    assert [problem.origin for problem in reading.problems] == [
        Origin("data/facts/memberOff.csv", 0)
    ]


def test_what_a_source_does_not_say_may_be_left_open(folder: Path) -> None:
    path = folder / "sources.csv"
    text = path.read_text("utf-8")
    for said in ("A. Writer,The Gazette,en,2024-05", ",Nimbus,en,,"):
        assert said in text
        text = text.replace(said, "," * said.count(","))
    path.write_text(text, "utf-8")
    reading = read_folder(folder, SCHEMA)
    assert reading.problems == []
    assert (reading.sources[0].language, reading.sources[0].published) == ("", None)


@pytest.mark.parametrize("name", ["entities", "facts"])
def test_a_missing_folder_is_named(folder: Path, name: str) -> None:
    (folder / name).rename(folder / "elsewhere")
    with pytest.raises(StoreError) as caught:
        read_folder(folder, SCHEMA)
    assert caught.value.exit_code == 4
    assert caught.value.text("en") == (
        f"data/{name}: there is no such folder; name a data folder with --data"
    )


def test_a_missing_data_folder_is_named_as_it_was_given(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    with pytest.raises(StoreError) as caught:
        read_folder(missing, SCHEMA)
    assert caught.value.text("en") == (
        f"{missing}: there is no such folder; name a data folder with --data"
    )


def test_a_folder_that_cannot_be_listed_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_: Path) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(StoreError) as caught:
        read_folder(folder, SCHEMA)
    assert caught.value.text("en") == (
        "data/entities: cannot be read (Permission denied); check its permissions"
    )


def test_files_are_shown_under_the_name_of_their_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert shown_file(Path(), "names.csv") == "data/names.csv"
    assert shown_file(folder / "facts" / "..", "names.csv") == "data/names.csv"
    records, _ = records_of(read_folder(Path(), SCHEMA))
    assert records.entities["nimbus"].origin == Origin("data/entities/actors.csv", 6)


def test_the_package_carries_its_data() -> None:
    assert (packaged_data() / "entities").is_dir()
