"""The ladders as data: counted and weighed by name, and broken cells reported like a compiler's."""

import shutil
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from techsov.graph.errors import DataError, Problem, StoreError, UsageError
from techsov.graph.facts.canonical import canonical_files
from techsov.graph.facts.files import packaged_data
from techsov.graph.facts.frameworks import CRITERIA, FOLDER, FRAMEWORK_COLUMNS, framework_of
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import know

SCHEMA = read_schema()
FRAMEWORK = framework_of(None, SCHEMA)
OLD, NEW = "csf-1.2.1-2025-10", "csf-guidance-2026-06"
HEADER = (
    "subject,object,rung,status,claimant,valid_from,valid_to,source,paragraph,confidence,"
    "gloss_en,gloss_fr,cited_source,contradicts,supersedes\n"
)


def numbers(where: Callable[[str], bool]) -> str:
    found = FRAMEWORK.criteria.values()
    return " ".join(criterion.number for criterion in found if where(criterion.id))


def test_the_criteria_are_all_there_and_named_in_both_languages() -> None:
    assert len(FRAMEWORK.criteria) == 48
    assert sum(len(criterion.rungs) for criterion in FRAMEWORK.criteria.values()) == 233
    by_objective = Counter(criterion.objective for criterion in FRAMEWORK.criteria.values())
    assert [by_objective[f"sov-{n}"] for n in range(1, 9)] == [8, 6, 5, 6, 7, 5, 7, 4]
    for name in FRAMEWORK.criteria:
        concept = SCHEMA.concepts[f"criterion-{name}"]
        assert concept.label_en != concept.label_fr


def test_no_ladder_falls_on_the_way_up_and_each_begins_with_nothing() -> None:
    for criterion in FRAMEWORK.criteria.values():
        points = [rung.points for rung in criterion.rungs]
        seals = [rung.seal for rung in criterion.rungs]
        assert points == sorted(set(points)), criterion.id
        assert seals == sorted(seals), criterion.id
        assert points[0] == 0, criterion.id
        assert seals[-1] == 4, criterion.id


def test_what_a_graph_can_tell_is_told_of_each_criterion() -> None:
    means = Counter(criterion.evidence for criterion in FRAMEWORK.criteria.values())
    assert means == {"direct": 22, "partial": 9, "assessor": 17}


def test_nine_criteria_cannot_move_the_seal_and_five_do_not_gate_when_relaxed() -> None:
    inert = numbers(lambda name: FRAMEWORK.criteria[name].inert)
    assert inert == "1.2 1.4 1.5 1.6 1.7 2.5 5.3 7.2 8.4"
    relaxed = numbers(lambda name: FRAMEWORK.criteria[name].relaxed)
    assert relaxed == "3.5 5.1 5.2 5.3 6.5"


def test_seal_0_is_possible_in_fifteen_criteria() -> None:
    lowest = numbers(lambda name: FRAMEWORK.criteria[name].at(1).seal == 0)
    assert lowest == "1.8 2.4 3.1 3.2 3.3 3.4 4.5 4.6 5.4 6.1 6.2 6.5 7.4 7.5 8.2"


@pytest.mark.parametrize(
    ("profile", "weights"),
    [(OLD, (15, 10, 10, 15, 20, 15, 10, 5)), (NEW, (20, 10, 10, 15, 10, 15, 15, 5))],
)
def test_each_weight_stands_by_its_name(profile: str, weights: tuple[int, ...]) -> None:
    """A permuted table adds up to 100 as well."""
    found = FRAMEWORK.profile(profile).weights
    assert tuple(found[f"sov-{n}"] for n in range(1, 9)) == weights


def test_the_best_answers_of_an_objective_make_a_little_more_than_a_thousand() -> None:
    sums: Counter[str] = Counter()
    for criterion in FRAMEWORK.criteria.values():
        sums[criterion.objective] += criterion.best  # type: ignore[assignment]
    expected = ("1000.03", "1002", "1000", "1002", "1001", "1000", "1001", "1000")
    assert [sums[f"sov-{n}"] for n in range(1, 9)] == [Decimal(each) for each in expected]


def test_seal_3_changed_its_name() -> None:
    assert FRAMEWORK.profile(OLD).seal_name(3, "en") == "digital resilience"
    assert FRAMEWORK.profile(NEW).seal_name(3, "fr") == "souveraineté technologique"
    for seal in (0, 1, 2, 4):
        one, other = (FRAMEWORK.profile(name).seal_name(seal, "en") for name in (OLD, NEW))
        assert one == other


def test_without_a_name_the_newest_profile_is_meant() -> None:
    assert FRAMEWORK.profile().id == NEW
    with pytest.raises(UsageError, match=f"csf-2030.*{OLD}, {NEW}"):
        FRAMEWORK.profile("csf-2030")


def test_a_folder_without_ladders_uses_those_of_the_package(folder: Path) -> None:
    assert framework_of(folder, SCHEMA) == FRAMEWORK


# --- Ladders of a folder's own


@pytest.fixture
def own(folder: Path) -> Path:
    shutil.copytree(packaged_data() / FOLDER, folder / FOLDER)
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / FOLDER / f"csf-{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        know(folder)
    return caught.value.problems


def test_a_third_profile_may_be_named(own: Path) -> None:
    lines = {
        "profiles": "our-2027,2027,1000,our weights,nos poids\n",
        "weights": "".join(f"our-2027,sov-{n},12.5\n" for n in range(1, 9)),
        "seals": "".join(f"our-2027,{n},level {n},niveau {n}\n" for n in range(5)),
    }
    for name, text in lines.items():
        with (own / FOLDER / f"csf-{name}.csv").open("a", encoding="utf-8") as file:
            file.write(text)
    know(own)
    assert framework_of(own, SCHEMA).profile().label("fr") == "nos poids"


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "message"),
    [
        ("criteria", "csf-1-1,sov-1", "csf-1-9,sov-1", "2: id", "check.choice"),
        ("criteria", "csf-1-1,sov-1", "csf-1-1,sov-9", "2: objective", "check.choice"),
        ("criteria", "no,direct", "no,graph", "2: evidence", "check.choice"),
        ("criteria", "csf-1-1,sov-1", "csf-1-2,sov-1", "3: row", "check.twice"),
        ("criteria", "csf-1-1,sov-1,no,direct,register\n", "", ": id", "check.no-criterion"),
        ("rungs", "csf-1-1,1,0,1", "csf-1-1,1,zero,1", "2: points", "check.number-form"),
        ("rungs", "csf-1-1,1,0,1", "csf-1-1,1,0,5", "2: seal", "check.number-range"),
        ("rungs", "csf-1-1,1,0,1", "csf-1-1,1,0,0.5", "2: seal", "check.integer"),
        ("rungs", "csf-1-1,2,41.67,1", "csf-1-1,2,,1", "3: points", "check.empty-value"),
        ("rungs", "csf-1-1,2,", "csf-1-1,7,", "3: rung", "check.ladder-gap"),
        ("rungs", "csf-1-1,2,41.67,1", "csf-1-1,2,90,1", "4: points", "check.ladder-falls"),
        ("rungs", "csf-1-1,2,41.67,1", "csf-1-1,2,41.67,4", "4: seal", "check.ladder-falls"),
        ("weights", "sov-1,15", "sov-1,16", "2: id", "check.weights"),
        ("weights", f"{OLD},sov-1,15\n", "", "2: id", "check.no-weight"),
        ("weights", f"{OLD},sov-1", "csf-2030,sov-1", "2: profile", "check.choice"),
        ("seals", f"{OLD},0,", f"{OLD},1,", "3: row", "check.twice"),
        ("seals", f"{OLD},0,no sovereignty,aucune souveraineté\n", "", "2: id", "check.no-seal"),
        ("seals", "no sovereignty", "", "2: name_en", "check.empty-label"),
        ("profiles", "2025-10,1000", ",1000", "2: since", "check.empty-since"),
        ("profiles", "2025-10,1000", "2025-13,1000", "2: since", "check.no-such-day"),
        ("profiles", "2025-10,1000", "2025-10,0", "2: nominal", "check.number-range"),
    ],
)
def test_a_broken_cell_is_reported_with_its_place(
    own: Path, name: str, old: str, new: str, place: str, message: str
) -> None:
    change(own, name, old, new)
    found = {
        (f"{problem.origin}: {problem.column}", problem.message) for problem in problems_of(own)
    }
    path = {"check.weights": "profiles", "check.no-weight": "profiles", "check.no-seal": "profiles"}
    file = f"data/{FOLDER}/csf-{path.get(message, name)}.csv"
    assert (f"{file}{place}" if place.startswith(":") else f"{file}:{place}", message) in found


def test_a_criterion_without_a_ladder_is_reported(own: Path) -> None:
    path = own / FOLDER / "csf-rungs.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "csf-8-4," not in line), encoding="utf-8")
    assert [problem.message for problem in problems_of(own)] == ["check.no-ladder"]


def test_a_header_with_another_column_is_one_problem(own: Path) -> None:
    change(own, "rungs", "points", "point")
    found = {problem.message for problem in problems_of(own)}
    assert found == {"check.unknown-column-guess", "check.missing-column"}


def test_half_a_framework_is_refused(own: Path) -> None:
    (own / CRITERIA).unlink()
    with pytest.raises(StoreError, match=r"data/frameworks/csf-criteria\.csv"):
        know(own)


def test_files_are_put_into_canonical_form_like_all_others(own: Path) -> None:
    path = own / CRITERIA
    wanted = path.read_text(encoding="utf-8")
    header, *lines = wanted.splitlines(keepends=True)
    path.write_text("".join([header, *reversed(lines)]).replace(",", ";"), encoding="utf-8")
    assert canonical_files(own, SCHEMA)[path] == wanted
    assert {own / name for name in FRAMEWORK_COLUMNS} <= canonical_files(own, SCHEMA).keys()


# --- Facts that answer a criterion


def answered(folder: Path, line: str) -> list[Problem]:
    path = folder / "facts" / "criterionAnswer.csv"
    path.write_text(f"{HEADER}{line}\n", encoding="utf-8")
    try:
        return list(know(folder, shapes=True).warnings)
    except DataError as error:
        return error.problems


GLOSS = "gazette,1,0.8,On the rung told.,À l’échelon dit.,,,"


def test_an_answer_is_a_fact_that_somebody_holds(folder: Path) -> None:
    assert answered(folder, f"nimbus-cloud,csf-1-8,3,claimed,gazette,,,{GLOSS}") == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"nimbus-cloud,csf-1-8,6,claimed,gazette,,,{GLOSS}", "check.rung"),
        (f"nimbus-cloud,csf-1-1,5,claimed,gazette,,,{GLOSS}", "check.rung"),
        (f"nimbus-cloud,csf-1-8,-1,claimed,gazette,,,{GLOSS}", "check.integer"),
        (f"nimbus-cloud,csf-9-9,1,claimed,gazette,,,{GLOSS}", "check.choice"),
        (f"nimbus-cloud,csf-1-8,3,claimed,,,,{GLOSS}", "check.no-claimant"),
        (f"nimbus-cloud,csf-1-8,3,stated,,,,{GLOSS}", "check.shape"),
        (f"nimbus-cloud,csf-1-8,,claimed,gazette,,,{GLOSS}", "check.shape"),
        (f"nimbus,csf-1-8,3,claimed,gazette,,,{GLOSS}", "check.shape"),
    ],
)
def test_an_answer_that_cannot_be_one_is_refused(folder: Path, line: str, message: str) -> None:
    assert [problem.message for problem in answered(folder, line)] == [message]


def test_rung_0_says_that_a_criterion_does_not_apply(folder: Path) -> None:
    assert answered(folder, f"nimbus-cloud,csf-6-5,0,claimed,gazette,,,{GLOSS}") == []
