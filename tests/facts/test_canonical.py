import random
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pytest

from techsov.graph.errors import DataError, Problem, StoreError
from techsov.graph.facts.canonical import (
    COPIED_WORDS,
    Text,
    canonical_files,
    check_texts,
    digest_of,
    paragraphs_of,
    read_texts,
    shared_run,
)
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge, know

SCHEMA = read_schema()
TEXTS = Path(__file__).parents[1] / "example_texts"


def write(folder: Path, texts: dict[str, Text] | None = None) -> None:
    for path, text in canonical_files(folder, SCHEMA, texts).items():
        path.write_bytes(text.encode())


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.csv")}


@pytest.fixture
def texts(example: Knowledge) -> dict[str, Text]:
    return read_texts(TEXTS, example.records.sources)


def test_the_example_is_canonical(example_folder: Path) -> None:
    wanted = canonical_files(example_folder, SCHEMA)
    assert {path: path.read_bytes() for path in wanted} == {
        path: text.encode() for path, text in wanted.items()
    }
    assert set(wanted) == set(example_folder.rglob("*.csv"))


def test_what_a_spreadsheet_did_is_undone(folder: Path, example_folder: Path) -> None:
    for path in folder.rglob("*.csv"):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        random.Random(7).shuffle(lines)
        rows = [header, *lines, *lines[:1], ""]
        text = "\r\n".join(f" {row} " for row in rows).replace(",", " ; ")
        path.write_bytes(text.encode("utf-8-sig"))
    write(folder)
    assert contents(folder) == contents(example_folder)


def test_no_cell_is_dropped(folder: Path) -> None:
    path = folder / "names.csv"
    path.write_text('entity,name\nnimbus,"=1+1, ""x"""\nnimbus,a\u2028b\nnobody,?\n', "utf-8")
    write(folder)
    assert (
        path.read_text("utf-8") == 'entity,name\nnimbus,"=1+1, ""x"""\nnimbus,a\u2028b\nnobody,?\n'
    )


@pytest.mark.parametrize(
    ("file", "raw", "words"),
    [
        (
            "names.csv",
            b"entity,name\nnimbus\n",
            "data/names.csv:2: row: 1 cells; the header has 2",
        ),
        (
            "facts/memberOff.csv",
            b"subject,object\n",
            'data/facts/memberOff.csv: no relation is called "memberOff"; did you mean "memberOf"?',
        ),
    ],
)
def test_nothing_is_rewritten_if_something_would_be_lost(
    folder: Path, file: str, raw: bytes, words: str
) -> None:
    (folder / file).write_bytes(raw)
    with pytest.raises(DataError) as caught:
        canonical_files(folder, SCHEMA)
    assert caught.value.text("en") == words


def test_the_fingerprints_of_the_example_are_those_of_its_text(
    example_folder: Path, texts: dict[str, Text]
) -> None:
    raw = (TEXTS / "gazette.txt").read_bytes()
    assert list(texts) == ["gazette"]
    assert texts["gazette"].sha256 == sha256(raw).hexdigest()
    assert texts["gazette"].paragraphs == (
        "Nimbus Cloud runs on chips that Chipper sells.",
        "Cumulus, too, buys the Tiny Chip for its cloud, the institute wrote.",
        "Nimbus belongs to Cumulus since 2021.",
        "Both joined the league; Nimbus says its cloud is sovereign.",
    )
    wanted = canonical_files(example_folder, SCHEMA, texts)
    assert all(path.read_text("utf-8") == text for path, text in wanted.items())


def test_fingerprints_are_written_for_what_is_cited(
    folder: Path, example_folder: Path, texts: dict[str, Text]
) -> None:
    sources = folder / "sources.csv"
    text = sources.read_text("utf-8").replace("gazette.txt,4,fde146f", "gazette.txt,9,bad")
    sources.write_text(text, "utf-8")
    spare = "0" * 64
    (folder / "passages.csv").write_text(
        f"source,paragraph,sha256\ngazette,1,{spare}\ngazette,9,{spare}\nnimbus-page,3,{spare}\n"
    )
    write(folder, texts)
    assert contents(folder) == contents(example_folder)


def test_a_fingerprint_stays_where_the_text_is_absent(folder: Path) -> None:
    before = contents(folder)
    write(folder, {})
    assert contents(folder) == before


@pytest.mark.parametrize("paragraph", ["0", "5", "x", "9" * 5000, "-1", "²"])
def test_a_paragraph_that_is_none_gets_no_fingerprint(
    folder: Path, texts: dict[str, Text], paragraph: str
) -> None:
    path = folder / "facts" / "subsidiaryOf.csv"
    path.write_text(path.read_text().replace("gazette,3,", f"gazette,{paragraph},"))
    wanted = canonical_files(folder, SCHEMA, texts)[folder / "passages.csv"]
    assert [row.split(",")[:2] for row in wanted.splitlines()[1:]] == [
        ["gazette", "1"],
        ["gazette", "2"],
        ["gazette", "4"],
    ]


def test_two_writings_of_a_number_are_one_passage(folder: Path, texts: dict[str, Text]) -> None:
    path = folder / "facts" / "subsidiaryOf.csv"
    path.write_text(path.read_text().replace("gazette,3,", "gazette,03,"))
    write(folder, texts)
    assert "gazette-p3" in know(folder).records.passages


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", ()),
        (" \n\t\n\u00a0\n", ()),
        ("One\n\nTwo", ("One", "Two")),
        ("  One  \r\nTwo\r\n", ("One", "Two")),
    ],
)
def test_paragraphs_are_the_lines_that_are_not_blank(
    text: str, paragraphs: tuple[str, ...]
) -> None:
    assert paragraphs_of(text) == paragraphs


def test_a_missing_folder_of_texts_is_named(tmp_path: Path, example: Knowledge) -> None:
    with pytest.raises(StoreError) as caught:
        read_texts(tmp_path / "nowhere", example.records.sources)
    assert caught.value.text("en") == (
        f"{tmp_path / 'nowhere'}: there is no such folder; "
        "name the folder that holds the texts of the sources"
    )


@pytest.mark.parametrize("name", ["../gazette.txt", "sub/gazette.txt", "/etc/hostname", ".", ".."])
def test_a_name_in_the_data_does_not_lead_out_of_the_folder(
    folder: Path, tmp_path: Path, name: str
) -> None:
    for place in ("gazette.txt", "texts/sub/gazette.txt"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("secret")
    path = folder / "sources.csv"
    path.write_text(path.read_text("utf-8").replace("gazette.txt", name), "utf-8")
    sources = know(folder).records.sources
    assert sources["gazette"].file == name
    assert read_texts(tmp_path / "texts", sources) == {}


def test_a_name_longer_than_a_disk_allows_is_an_error_of_reading(
    folder: Path, tmp_path: Path
) -> None:
    path = folder / "sources.csv"
    path.write_text(path.read_text("utf-8").replace("gazette.txt", "x" * 5000), "utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        read_texts(tmp_path, know(folder).records.sources)


def test_a_text_that_cannot_be_read_is_named(
    tmp_path: Path, example: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gazette.txt").write_bytes(b"\xe9")
    with pytest.raises(StoreError, match=r"gazette\.txt: cannot be read"):
        read_texts(tmp_path, example.records.sources)

    def denied(_: Path) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(StoreError, match="Permission denied"):
        read_texts(tmp_path, example.records.sources)


def compare(knowledge: Knowledge, text: str) -> list[Problem]:
    raw = text.encode()
    texts = {"gazette": Text(sha256(raw).hexdigest(), paragraphs_of(text))}
    return sorted(check_texts(knowledge.records, texts))


def test_the_text_at_hand_is_the_one_that_was_read(
    example: Knowledge, texts: dict[str, Text]
) -> None:
    assert list(check_texts(example.records, texts)) == []


def test_a_text_that_is_absent_is_a_warning(example: Knowledge) -> None:
    (problem,) = check_texts(example.records, {})
    assert problem.warning
    assert problem.message == "warning.text-absent"
    assert problem.text("en") == (
        'example/sources.csv:2: file: no text of "gazette" in this folder; '
        "its passages were not compared"
    )


def test_a_text_that_differs_is_said_with_the_passages_that_differ(example: Knowledge) -> None:
    text = (TEXTS / "gazette.txt").read_text("utf-8").replace("since 2021", "since 2020")
    found = compare(example, text)
    assert [problem.message for problem in found] == ["check.hash-differs", "check.text-differs"]
    assert [problem.text("en") for problem in found] == [
        (
            "example/facts/subsidiaryOf.csv:2: paragraph: paragraph 3 of the text at hand has another "
            "hash; read it again, then run: techsov fmt --sources DIR"
        ),
        (
            "example/sources.csv:2: sha256: the text at hand is not the one that was read; "
            "compare them"
        ),
    ]


def test_white_space_between_paragraphs_changes_no_passage(example: Knowledge) -> None:
    text = (TEXTS / "gazette.txt").read_text("utf-8").replace("\n", "\n\n")
    assert [problem.message for problem in compare(example, text)] == ["check.text-differs"]


def test_a_paragraph_that_is_gone_is_said(example: Knowledge) -> None:
    text = "\n".join((TEXTS / "gazette.txt").read_text("utf-8").splitlines()[:-2])
    found = [problem for problem in compare(example, text) if problem.column == "paragraph"]
    assert {problem.message for problem in found} == {"check.paragraph-gone"}
    assert [problem.text("en") for problem in found if "subsidiary" in problem.origin.file] == [
        (
            "example/facts/subsidiaryOf.csv:2: paragraph: the text at hand has no paragraph 3; "
            "read it again"
        )
    ]


@pytest.mark.parametrize("column", ["gloss_en", "gloss_fr"])
def test_a_gloss_that_shares_eight_words_with_its_passage_is_copied(
    folder: Path, texts: dict[str, Text], column: str
) -> None:
    own = {"gloss_en": "Cumulus has a cloud.", "gloss_fr": "Cumulus a un nuage."}[column]
    path = folder / "facts" / "provides.csv"
    copied = "So CUMULUS (too) buys the tiny chip for its own."
    path.write_text(path.read_text("utf-8").replace(own, copied), "utf-8")
    (problem,) = check_texts(know(folder).records, texts)
    assert problem.message == "check.copied"
    assert problem.text("en") == (
        f"data/facts/provides.csv:3: {column}: eight words in a row are those of the passage "
        "(cumulus too buys the tiny chip for its); say it in your own words"
    )


def test_seven_words_in_a_row_are_not_yet_copied(folder: Path, texts: dict[str, Text]) -> None:
    path = folder / "facts" / "provides.csv"
    near = "Cumulus too buys the tiny chip for a cloud."
    path.write_text(path.read_text("utf-8").replace("Cumulus has a cloud.", near), "utf-8")
    assert list(check_texts(know(folder).records, texts)) == []


def test_the_run_of_words_may_stand_anywhere() -> None:
    words = [f"w{number}" for number in range(20)]
    gloss, passage = " ".join(words[5:]), " ".join(words[:14])
    assert shared_run(gloss, passage) == " ".join(words[5 : 5 + COPIED_WORDS])
    assert shared_run(gloss, " ".join(words[:12])) == ""
    assert shared_run("", passage) == ""


def test_the_hash_of_a_passage_is_that_of_its_bytes() -> None:
    assert digest_of("é") == sha256(b"\xc3\xa9").hexdigest()
