"""The whole flow in one short function: read, check, build. Start here.

data/*.csv -> Reading -> Records -> triples -> problems, answers, views, pages
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from techsov.graph.errors import DataError, Problem
from techsov.graph.facts.checks import certain, check_reading
from techsov.graph.facts.files import packaged_data, read_folder, records_of
from techsov.graph.facts.frameworks import Framework, framework_of
from techsov.graph.facts.schema import Schema, read_schema
from techsov.graph.facts.tours import Tour, read_tours
from techsov.graph.records import Records
from techsov.graph.triples.build import build_triples, to_bytes

#: So many hexadecimal digits name an edition.
EDITION_LENGTH = 12
#: The columns of entities and sources whose cells become addresses.
NAMING = frozenset({"id", "class", "kind", "stance"})
#: The day on which nothing was known yet, for a folder whose sources have no date.
NO_DATE = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that one data folder says on one day, checked; ``framework`` is what it is scored by.

    ``tours`` are its findings told in steps, in their order.
    """

    records: Records
    schema: Schema
    triples: list[str]
    day: date
    edition: str
    warnings: tuple[Problem, ...]
    framework: Framework
    tours: tuple[Tour, ...] = ()


def no_step(message: str) -> None:
    """Say nothing of the progress."""


def newest_day(records: Records) -> date:
    """Give the newest date of any source: what is true "today" never follows the clock.

    Of a month or a year it is the first day, the one that is certainly not in the future.
    """
    dates = [
        partial.first
        for source in records.sources.values()
        for partial in (source.published, source.accessed)
        if partial
    ]
    return max(dates, default=NO_DATE)


def know(
    folder: Path | None = None,
    day: date | None = None,
    *,
    shapes: bool = False,
    step: Callable[[str], None] = no_step,
) -> Knowledge:
    """Read a data folder, check it, and build its triples.

    Parameters
    ----------
    folder : Path, optional
        The data folder; the one that the package carries if not given.
    day : date, optional
        The day on which direct triples hold; the newest date of the sources if not given.
    shapes : bool
        Whether to check the triples against the SHACL shapes too.
    step : callable
        Is told the key of a message before each step.

    Raises
    ------
    DataError
        With every problem of the folder, from all rules, at once.
    StoreError
        If a file is missing or cannot be read.
    OntologyError
        If the ontology itself is at fault.
    """
    step("step.read")
    schema = read_schema()
    folder = folder or packaged_data()
    reading = read_folder(folder, schema)
    records, problems = records_of(reading)
    tours, untellable = read_tours(folder, records, schema)
    problems = [*reading.problems, *problems, *check_reading(reading, records, schema), *untellable]
    step("step.triples")
    day = day or newest_day(records)
    sound = _sound(records, problems)
    problems = certain(problems, reading)
    triples = build_triples(sound, schema, day)
    if shapes:
        # pyshacl and rdflib take a second to import: only a check pays for them.
        from techsov.graph.triples.shapes import check_shapes

        step("step.shapes")
        problems += check_shapes(triples, sound)
    errors = [problem for problem in problems if not problem.warning]
    if errors:
        raise DataError(problems)
    edition = sha256(to_bytes(triples)).hexdigest()[:EDITION_LENGTH]
    framework = reading.framework or framework_of(None, schema)
    warnings = tuple(sorted(set(problems)))
    return Knowledge(records, schema, triples, day, edition, warnings, framework, tours)


def _sound(records: Records, problems: Iterable[Problem]) -> Records:
    """Leave out what cannot be built, and facts with a line that is wrong.

    Their problems are reported already; the shapes then judge the rest in the same run. Without
    problems nothing is left out.
    """
    errors = [problem for problem in problems if not problem.warning]
    wrong = {problem.origin for problem in errors}
    nameless = {problem.origin for problem in errors if problem.column in NAMING}
    entities = {
        name: entity for name, entity in records.entities.items() if entity.origin not in nameless
    }
    sources = {
        name: source for name, source in records.sources.items() if source.origin not in nameless
    }
    passages = {
        name: passage for name, passage in records.passages.items() if passage.source in sources
    }
    facts = tuple(
        fact
        for fact in records.facts
        if not any(item.origin in wrong or item.source not in sources for item in fact.evidence)
    )
    return Records(entities, sources, passages, facts)
