"""The ladders of the EU Cloud Sovereignty Framework, read from ``data/frameworks/``.

The files hold numbers only: what a criterion is called is a concept of the ontology, so that facts
can answer it. A data folder without such a subfolder uses the one that the package carries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Literal

from techsov.graph.errors import DataError, Origin, Problem, UsageError
from techsov.graph.facts.cells import Cells
from techsov.graph.facts.schema import Schema
from techsov.graph.facts.tables import Row, problem_at, read_table
from techsov.graph.records import PartialDate

FOLDER = "frameworks"
FRAMEWORK_COLUMNS: Mapping[str, tuple[str, ...]] = {
    f"{FOLDER}/csf-criteria.csv": ("id", "objective", "relaxed", "evidence", "proof"),
    f"{FOLDER}/csf-profiles.csv": ("id", "since", "nominal", "label_en", "label_fr"),
    f"{FOLDER}/csf-rungs.csv": ("criterion", "rung", "points", "seal"),
    f"{FOLDER}/csf-seals.csv": ("profile", "seal", "name_en", "name_fr"),
    f"{FOLDER}/csf-weights.csv": ("profile", "objective", "weight"),
}
CRITERIA, PROFILES, RUNGS, SEALS, WEIGHTS = FRAMEWORK_COLUMNS
#: SEAL-0 to SEAL-4.
HIGHEST_SEAL = 4
WHOLE = Decimal(100)

#: Whether the graph can cap a criterion, give hints only, or leaves it to an assessor.
Means = Literal["direct", "partial", "assessor"]
MEANS: tuple[Means, ...] = ("direct", "partial", "assessor")


@dataclass(frozen=True, slots=True)
class Rung:
    """One answer of a ladder: the points that it brings, and the SEAL that it allows."""

    points: Decimal
    seal: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. ``rungs`` go from the worst answer to the best; rung 1 is the first.

    ``relaxed`` says that it ranks and does not gate in the relaxed reading. ``evidence`` says what
    a graph can tell of it, in the judgement of this project; ``proof`` is the kind of document
    that would answer it, a concept of the ontology.
    """

    id: str
    objective: str
    relaxed: bool
    evidence: Means
    proof: str
    rungs: tuple[Rung, ...]

    @property
    def number(self) -> str:
        """How the framework counts it: ``1.8`` for ``csf-1-8``."""
        return ".".join(self.id.split("-")[1:])

    @property
    def inert(self) -> bool:
        """Whether every answer allows the highest SEAL, so that none can move it."""
        return all(rung.seal == HIGHEST_SEAL for rung in self.rungs)

    @property
    def best(self) -> Decimal:
        """The points of the best answer."""
        return self.rungs[-1].points

    def at(self, rung: int) -> Rung:
        """Give a rung by its number, from 1."""
        return self.rungs[rung - 1]


@dataclass(frozen=True, slots=True)
class Profile:
    """One official set of weights, in per cent by objective, and of names for the SEAL levels.

    ``nominal`` is the number of points by which the official calculator divides each objective.
    """

    id: str
    since: PartialDate
    nominal: Decimal
    label_en: str
    label_fr: str
    weights: Mapping[str, Decimal]
    seals: tuple[tuple[str, str], ...]

    def label(self, language: str) -> str:
        """Name the profile in ``language``."""
        return self.label_fr if language == "fr" else self.label_en

    def seal_name(self, seal: int, language: str) -> str:
        """Name a SEAL level in ``language``."""
        return self.seals[seal][1 if language == "fr" else 0]


@dataclass(frozen=True, slots=True)
class Framework:
    """Criteria and profiles by id, in the order in which the framework counts them."""

    criteria: Mapping[str, Criterion]
    profiles: Mapping[str, Profile]

    def profile(self, name: str = "") -> Profile:
        """Give a profile by its id; without one, the newest.

        Raises
        ------
        UsageError
            If there is no such profile.
        """
        if not name:
            return max(self.profiles.values(), key=lambda one: (one.since.first, one.id))
        if name not in self.profiles:
            known = ", ".join(self.profiles)
            raise UsageError("score.profile-unknown", name=name, known=known)
        return self.profiles[name]


def framework_of(folder: Path | None, schema: Schema) -> Framework:
    """Read the framework of a data folder, or that of the package.

    Raises
    ------
    DataError
        With every problem of its files, at once.
    StoreError
        If one of the files is missing or cannot be read.
    """
    framework, problems = read_framework(folder, schema)
    if problems:
        raise DataError(problems)
    return framework


def read_framework(folder: Path | None, schema: Schema) -> tuple[Framework, list[Problem]]:
    """Read the framework, leaving out what is wrong, with every problem of its files."""
    home = folder if folder and has_framework(folder) else Path(str(files("techsov.data")))
    shown = home.resolve().name
    problems: list[Problem] = []
    rows = {
        name: read_table(home / name, f"{shown}/{name}", columns, problems)
        for name, columns in FRAMEWORK_COLUMNS.items()
    }
    if problems:
        return Framework({}, {}), problems
    rungs = _rungs(rows[RUNGS], schema, problems)
    criteria = _criteria(rows[CRITERIA], rungs, schema, problems)
    profiles = _profiles(rows, criteria, schema, problems)
    if not problems:
        problems += (
            problem_at(Origin(f"{shown}/{CRITERIA}", 0), "id", "check.no-criterion", value=name)
            for name in schema.in_scheme("criterion")
            if name not in criteria
        )
    return Framework(criteria, profiles), problems


def has_framework(folder: Path) -> bool:
    """Whether a data folder brings ladders of its own."""
    return (folder / FOLDER).is_dir()


def _sound(row: Row, cells: Cells, problems: list[Problem], seen: set[object], key: object) -> bool:
    """Whether a line can be used: no cell is wrong, and no other line has its key."""
    if key in seen and not cells.problems:
        cells.problems.append(row.problem("row", "check.twice"))
    seen.add(key)
    problems.extend(cells.problems)
    return not cells.problems


def _rungs(
    rows: Iterable[Row], schema: Schema, problems: list[Problem]
) -> Mapping[str, tuple[Rung, ...]]:
    ladders: defaultdict[str, dict[int, tuple[Rung, Row]]] = defaultdict(dict)
    seen: set[object] = set()
    for row in rows:
        cells = Cells(row)
        criterion = cells.choice("criterion", schema.in_scheme("criterion"))
        number = _whole(cells, "rung", "1", "100")
        points, seal = _decimal(cells, "points", "0", "1000"), _seal(cells)
        if _sound(row, cells, problems, seen, (criterion, number)):
            ladders[criterion][number] = Rung(points, seal), row
    for ladder in ladders.values():
        problems.extend(_broken(ladder))
    return {
        name: tuple(rung for _, (rung, _) in sorted(ladder.items()))
        for name, ladder in ladders.items()
    }


def _broken(ladder: Mapping[int, tuple[Rung, Row]]) -> Iterator[Problem]:
    """Check that a ladder counts from 1 without a gap, and that nothing falls on the way up."""
    numbers = sorted(ladder)
    if numbers != list(range(1, len(numbers) + 1)):
        yield ladder[numbers[-1]][1].problem("rung", "check.ladder-gap")
    for lower, upper in pairwise(numbers):
        (below, _), (above, row) = ladder[lower], ladder[upper]
        if above.points < below.points:
            yield row.problem("points", "check.ladder-falls", below=str(below.points))
        if above.seal < below.seal:
            yield row.problem("seal", "check.ladder-falls", below=str(below.seal))


def _criteria(
    rows: Iterable[Row],
    rungs: Mapping[str, tuple[Rung, ...]],
    schema: Schema,
    problems: list[Problem],
) -> dict[str, Criterion]:
    found: dict[str, Criterion] = {}
    seen: set[object] = set()
    for row in rows:
        cells = Cells(row)
        name = cells.choice("id", schema.in_scheme("criterion"))
        objective = cells.choice("objective", schema.in_scheme("objective"))
        relaxed = cells.choice("relaxed", ("yes", "no")) == "yes"
        means = cells.choice("evidence", MEANS)
        proof = cells.choice("proof", schema.in_scheme("proof"))
        if name not in rungs and not cells.problems:
            cells.fail("id", "check.no-ladder")
        if _sound(row, cells, problems, seen, name):
            evidence: Means = next(each for each in MEANS if each == means)
            found[name] = Criterion(name, objective, relaxed, evidence, proof, rungs[name])
    return dict(sorted(found.items(), key=lambda pair: _place(pair[0])))


def _place(criterion: str) -> tuple[int, ...]:
    """Where the framework counts a criterion: 1.8 comes before 1.10.

    >>> _place("csf-1-8") < _place("csf-1-10")
    True
    """
    return tuple(int(part) for part in criterion.split("-")[1:])


def _profiles(
    rows: Mapping[str, Iterable[Row]],
    criteria: Mapping[str, Criterion],
    schema: Schema,
    problems: list[Problem],
) -> dict[str, Profile]:
    lines: dict[str, tuple[Row, Cells]] = {}
    seen: set[object] = set()
    for row in rows[PROFILES]:
        cells = Cells(row)
        name = cells.required("id", "check.empty-id")
        cells.date("since")
        if not cells.text("since"):
            cells.fail("since", "check.empty-since")
        _decimal(cells, "nominal", "1", "1000000")
        for column in ("label_en", "label_fr"):
            cells.required(column, "check.empty-label")
        if _sound(row, cells, problems, seen, name):
            lines[name] = row, cells
    weights = _weights(rows[WEIGHTS], lines, schema, problems)
    seals = _seals(rows[SEALS], lines, problems)
    wanted = {criterion.objective for criterion in criteria.values()}
    for name, (row, _) in lines.items():
        problems.extend(_incomplete(row, weights[name], seals[name], wanted))
    return {
        name: Profile(
            id=name,
            since=PartialDate(cells.text("since")),
            nominal=Decimal(cells.text("nominal")),
            label_en=cells.text("label_en"),
            label_fr=cells.text("label_fr"),
            weights=weights[name],
            seals=tuple(names for _, names in sorted(seals[name].items())),
        )
        for name, (_, cells) in sorted(lines.items())
    }


def _weights(
    rows: Iterable[Row], profiles: Mapping[str, object], schema: Schema, problems: list[Problem]
) -> Mapping[str, dict[str, Decimal]]:
    weights: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    seen: set[object] = set()
    for row in rows:
        cells = Cells(row)
        profile = cells.choice("profile", profiles)
        objective = cells.choice("objective", schema.in_scheme("objective"))
        weight = _decimal(cells, "weight", "0", "100")
        if _sound(row, cells, problems, seen, (profile, objective)):
            weights[profile][objective] = weight
    return weights


def _seals(
    rows: Iterable[Row], profiles: Mapping[str, object], problems: list[Problem]
) -> Mapping[str, dict[int, tuple[str, str]]]:
    names: defaultdict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    seen: set[object] = set()
    for row in rows:
        cells = Cells(row)
        profile, seal = cells.choice("profile", profiles), _seal(cells)
        both = tuple(cells.required(name, "check.empty-label") for name in ("name_en", "name_fr"))
        if _sound(row, cells, problems, seen, (profile, seal)):
            names[profile][seal] = both[0], both[1]
    return names


def _incomplete(
    row: Row,
    weights: Mapping[str, Decimal],
    seals: Mapping[int, object],
    objectives: Iterable[str],
) -> Iterator[Problem]:
    """Every objective has a weight, the weights make the whole, and every SEAL level a name."""
    if missing := sorted(set(objectives) - weights.keys()):
        yield row.problem("id", "check.no-weight", missing=", ".join(missing))
    elif sum(weights.values()) != WHOLE:
        yield row.problem("id", "check.weights", total=str(sum(weights.values())))
    if missing := sorted(str(seal) for seal in set(range(HIGHEST_SEAL + 1)) - seals.keys()):
        yield row.problem("id", "check.no-seal", missing=", ".join(missing))


def _seal(cells: Cells) -> int:
    return _whole(cells, "seal", "0", str(HIGHEST_SEAL))


def _whole(cells: Cells, column: str, low: str, high: str) -> int:
    value = _decimal(cells, column, low, high)
    if value % 1:
        cells.fail(column, "check.integer", low=low)
    return int(value)


def _decimal(cells: Cells, column: str, low: str, high: str) -> Decimal:
    if not cells.text(column):
        cells.fail(column, "check.empty-value")
    return Decimal(cells.number(column, low, high) or "0")
