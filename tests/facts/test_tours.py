"""Tours as files: read in their order, and every fault of every file told in one run."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from techsov.graph.errors import DataError, Problem
from techsov.graph.facts.tours import FOLDER, LEAST_STEPS, MOST_STEPS, VIEWS, Tour
from techsov.graph.flow import Knowledge, know
from techsov.graph.messages import LANGUAGES

WHOLE = '''\
order = 2
title_en = "A chip for all clouds"
title_fr = "Une puce pour tous les nuages"
finding = "hanging"
about = "tiny-chip"

[[step]]
sentence_en = "Nimbus Cloud depends on Tiny Chip."
sentence_fr = "Nuage Nimbus dépend de Petite Puce ; voilà."
page = "map"
focus = "nimbus-cloud"
steps = 2
facts = ["nimbus-cloud--dependsOn--tiny-chip--4ab15716"]

[[step]]
sentence_en = "Chipper provides it."
sentence_fr = "Chipper la fournit."
page = "actor"
actor = "chipper"
finding = "points"
facts = [
  "chipper--provides--tiny-chip",
  "nimbus-cloud--dependsOn--tiny-chip--4ab15716",
]

[[step]]
sentence_en = "Without it, look."
sentence_fr = "Sans elle, voyez."
page = "whatif"
remove = ["tiny-chip", "chipper"]
law = "borealia"
months = 6
facts = ["chipper--provides--tiny-chip"]

[[step]]
sentence_en = """
Read it where
it is written."""
sentence_fr = "À lire là où c’est écrit."
page = "sources"
source = "gazette"
paragraph = 2
facts = ["chipper--provides--tiny-chip"]
'''
#: What a fault replaces, by what, and where it is then told: line, field and message.
FAULTS: dict[str, tuple[str, str, tuple[int, str, str]]] = {
    "order": ("order = 2", "order = 0", (1, "order", "tour.number")),
    "language": ("title_fr = ", "title_de = ", (1, "title_fr", "tour.no-words")),
    "finding": ('finding = "hanging"', 'finding = "hangin"', (4, "finding", "check.choice-guess")),
    "about": (
        'about = "tiny-chip"',
        'about = "tiny-chop"',
        (5, "about", "check.unknown-entity-guess"),
    ),
    "empty": ('"Nimbus Cloud depends on Tiny Chip."', '" "', (8, "sentence_en", "tour.no-words")),
    "page": ('page = "map"', 'page = "atlas"', (10, "page", "check.choice")),
    "facts": (
        'facts = ["nimbus-cloud--dependsOn--tiny-chip--4ab15716"]\n',
        "facts = []\n",
        (13, "facts", "tour.no-facts"),
    ),
    "long": ('"Chipper provides it."', f'"{"x" * 321}"', (16, "sentence_en", "tour.long")),
    "text": ('"Chipper la fournit."', "17", (17, "sentence_fr", "tour.no-text")),
    "view": ('actor = "chipper"\n', "\n", (15, "actor", "tour.view-needs")),
    "shown": ('finding = "points"', 'finding = "shared"', (20, "finding", "check.choice")),
    "gone": (
        '  "nimbus-cloud--dependsOn--tiny-chip--4ab15716",',
        '  "nimbus-cloud--dependsOn--tiny-chip--4ab15710",',
        (23, "facts", "check.unknown-fact-guess"),
    ),
    "several": (
        '"tiny-chip", "chipper"]',
        '"tiny-chip", 3]',
        (30, "remove", "tour.no-text"),
    ),
    "law": ('law = "borealia"', 'law = "nimbus"', (31, "law", "tour.not-jurisdiction")),
    "months": ("months = 6", "months = true", (32, "months", "tour.number")),
    "override": ("Sans elle", "Sans \u202eelle", (28, "sentence_fr", "check.control-character")),
    "source": ('source = "gazette"', 'source = "press"', (41, "source", "check.unknown-source")),
    "field": ("paragraph = 2", "paragraf = 2", (42, "paragraf", "tour.unknown-field-guess")),
}
#: A field under another name is a field that is missing and one that is not known.
BESIDE = {"language": (3, "title_de", "tour.unknown-field-guess")}


def write(folder: Path, text: str | bytes, name: str = "chip") -> None:
    (folder / FOLDER).mkdir(exist_ok=True)
    raw = text.encode() if isinstance(text, str) else text
    (folder / FOLDER / f"{name}.toml").write_bytes(raw)


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        know(folder)
    return caught.value.problems


def told(folder: Path) -> set[tuple[int, str, str]]:
    return {(each.origin.line, each.column, each.message) for each in problems_of(folder)}


def test_a_tour_is_read_as_it_is_written(folder: Path) -> None:
    write(folder, WHOLE)
    (tour,) = know(folder).tours
    assert (tour.id, tour.order, tour.finding, tour.about) == ("chip", 2, "hanging", "tiny-chip")
    first, second, third, last = tour.steps
    assert first.sentence("fr") == "Nuage Nimbus dépend de Petite Puce\u00a0; voilà."
    assert first.view.state == (("focus", "nimbus-cloud"), ("steps", "2"))
    assert second.facts == (
        "chipper--provides--tiny-chip",
        "nimbus-cloud--dependsOn--tiny-chip--4ab15716",
    )
    assert dict(third.view.state)["remove"] == "tiny-chip~chipper"
    assert last.sentence("en") == "Read it where it is written."


def test_tours_stand_in_their_order_and_a_folder_may_do_without(folder: Path) -> None:
    assert know(folder).tours == ()
    for name, order in (("first", 9), ("later", 1), ("also", 9)):
        write(folder, WHOLE.replace("order = 2", f"order = {order}"), name)
    (folder / FOLDER / "notes.md").write_text("not a tour", encoding="utf-8")
    assert [tour.id for tour in know(folder).tours] == ["later", "also", "first"]


def test_a_spreadsheet_and_another_system_write_the_same_tour(folder: Path) -> None:
    write(folder, WHOLE)
    (plain,) = know(folder).tours
    write(folder, b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert know(folder).tours == (plain,)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(sorted(FAULTS)), min_size=1))
def test_every_fault_is_told_in_one_run_at_its_line(folder: Path, names: set[str]) -> None:
    text = WHOLE
    for name in names:
        old, new, _ = FAULTS[name]
        assert text.count(old) >= 1, name
        text = text.replace(old, new, 1)
    write(folder, text)
    wanted = {FAULTS[name][2] for name in names} | {BESIDE[name] for name in names & BESIDE.keys()}
    assert told(folder) == wanted


def test_the_faults_of_all_files_and_of_the_facts_come_together(folder: Path) -> None:
    write(folder, WHOLE.replace('"map"', '"atlas"'))
    write(folder, WHOLE.replace("tiny-chip", "tiny-chop"), "other")
    write(folder, "order = [1,\n", "open")
    write(folder, 'order = 1\ntitle_en = "\xff"'.encode("latin-1"), "old")
    write(folder, WHOLE, "Not an id")
    path = folder / "facts" / "provides.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("stated", "sure"), encoding="utf-8")
    files = {each.origin.file.removeprefix("data/") for each in problems_of(folder)}
    tours = {f"tours/{name}.toml" for name in ("chip", "other", "open", "old", "Not an id")}
    assert files >= {*tours - {"tours/other.toml"}, "facts/provides.csv"}


def test_a_fact_that_may_stand_in_a_torn_line_is_not_called_missing(folder: Path) -> None:
    write(folder, WHOLE)
    path = folder / "facts" / "provides.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if "chipper" not in line), encoding="utf-8")
    assert {each.message for each in problems_of(folder)} >= {"check.unknown-fact"}
    path.write_text("\n".join([lines[0], *(f"{line},x" for line in lines[1:])]), encoding="utf-8")
    assert not {each.message for each in problems_of(folder)} & {
        "check.unknown-fact",
        "check.unknown-fact-guess",
    }


@pytest.mark.parametrize("steps", [0, LEAST_STEPS - 1, MOST_STEPS + 1])
def test_a_tour_has_four_to_six_steps(folder: Path, steps: int) -> None:
    head, *told_steps = WHOLE.split("[[step]]\n")
    write(folder, "[[step]]\n".join([head, *(told_steps * 2)[:steps]]))
    problems = problems_of(folder)
    assert [each.message for each in problems] == ["tour.step-count"]
    assert problems[0].text("en").startswith(f"data/tours/chip.toml:{7 if steps else 1}: step: ")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("step = 3\n", 1, "tour.no-steps"),
        ("[step]\n", 1, "tour.no-steps"),
        ("order = 1\norder = 2\n", 2, "tour.syntax"),
        ("order = 1\n\norder 2\n", 3, "tour.syntax"),
        (f"a = {'[' * 20_000}", 1, "tour.syntax"),
        ("# x\n" * 2000, 0, "tour.too-long"),
        ("x" * 70_000, 0, "tour.too-long"),
        ('title_en = "a"\n' + "\x00", 2, "tour.syntax"),
    ],
)
def test_what_is_no_tour_is_told_and_never_fails(
    folder: Path, text: str, line: int, message: str
) -> None:
    write(folder, text)
    assert (line, message) in {(at, name) for at, _, name in told(folder)}


def test_an_entity_without_a_page_cannot_be_shown(published: Knowledge, tmp_path: Path) -> None:
    from techsov.graph.facts.tours import read_tours

    write(tmp_path, WHOLE.replace('focus = "nimbus-cloud"', 'focus = "cloud-act"'))
    _, problems = read_tours(tmp_path, published.records, published.schema)
    assert "tour.not-own-page" in {each.message for each in problems if each.column == "focus"}


# --- The published tours


def texts(tour: Tour) -> list[tuple[str, str]]:
    steps = [(step.sentence_en, step.sentence_fr) for step in tour.steps]
    return [(tour.title_en, tour.title_fr), *steps]


def test_the_published_tours_are_told_in_both_languages(published: Knowledge) -> None:
    assert len(published.tours) >= 3
    assert len(LANGUAGES) == 2
    for tour in published.tours:
        assert all(english != french for english, french in texts(tour)), tour.id


def test_a_published_sentence_ends_and_holds_no_computed_figure(published: Knowledge) -> None:
    """What can be counted is computed on the page: a figure in a file would grow old."""
    for tour in published.tours:
        for step in tour.steps:
            for sentence in (step.sentence_en, step.sentence_fr):
                assert sentence.endswith("."), sentence
                digits = [word.strip(".,;") for word in sentence.split() if word[0].isdigit()]
                assert all(len(word) == 4 for word in digits), sentence


def test_a_sentence_names_nobody_whom_the_facts_of_its_tour_do_not_name(
    published: Knowledge,
) -> None:
    facts = {fact.id: fact for fact in published.records.facts}
    entities = published.records.entities.values()
    names = {name: entity.id for entity in entities for name in (entity.label_en, *entity.names)}
    mentioned = 0
    for tour in published.tours:
        behind = [facts[name] for step in tour.steps for name in step.facts]
        known = {end for fact in behind for end in (fact.subject, fact.object, fact.claimant)}
        known |= {end for fact in behind for ends in fact.qualifiers.values() for end in ends}
        labels = {name for name, entity in names.items() if entity in known}
        for step in tour.steps:
            left = step.sentence_en
            for name in sorted(labels, key=len, reverse=True):
                mentioned += name in left
                left = left.replace(name, "")
            strange = {name for name in names if re.search(rf"\b{re.escape(name)}\b", left)}
            assert not {name for name in strange if name[0].isupper()}, step.sentence_en
    assert mentioned > 20


def test_every_kind_of_view_has_fields_of_a_kind_that_is_read() -> None:
    kinds = {kind for fields in VIEWS.values() for kind in fields.values()}
    assert kinds == {
        "own-page", "steps", "fact", "finding", "entity", "jurisdiction", "alliance", "months",
        "source", "paragraph", "year", "ask", "status",
    }  # fmt: skip
