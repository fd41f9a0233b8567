import csv
import io
import string
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from techsov.graph import terms
from techsov.graph.errors import DataError, Origin, Problem, TechsovError
from techsov.graph.facts.canonical import canonical_files
from techsov.graph.facts.cells import Cells, canonical_decimal
from techsov.graph.facts.files import (
    ENTITY_COLUMNS,
    NAME_COLUMNS,
    PASSAGE_COLUMNS,
    SOURCE_COLUMNS,
)
from techsov.graph.facts.lines import FACT_ID, fact_columns
from techsov.graph.facts.schema import read_schema
from techsov.graph.facts.tables import DIRECTION_OVERRIDES, Row, nearest, read_table
from techsov.graph.flow import know
from techsov.graph.messages import LANGUAGES
from techsov.graph.records import Records
from techsov.graph.terms import is_id
from techsov.graph.triples.build import to_bytes, to_rdflib

SCHEMA = read_schema()
EXAMPLE = Path(__file__).parents[1] / "example"
NOWHERE = Origin("", 0)
HASH = "0" * 64

Table = tuple[Sequence[str], list[tuple[str, ...]]]
Tables = dict[str, Table]

#: All that a cell may hold: any character but controls and marks that reorder a line.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="".join(DIRECTION_OVERRIDES)
)
LABELS = st.text(LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
GLOSSES = LABELS.filter(lambda text: not set(text) & set('«»“”„"'))
DATES = st.sampled_from(["", "1999", "2024-02", "2024-02-29"])
LAYERS = st.sets(st.sampled_from(SCHEMA.in_scheme("layer")), min_size=1).map(
    lambda layers: ";".join(sorted(layers))
)
FIGURES = st.decimals(-1000, 1000, allow_nan=False, places=3).map(str).map(canonical_decimal)
ACTORS = [f"actor-{number}" for number in range(4)]
OFFERINGS = [f"offering-{number}" for number in range(3)]
PLACES = [("article", "1"), ("article", "2"), ("page", "")]


@st.composite
def lines(draw: st.DrawFn, relation: str) -> list[tuple[str, ...]]:
    """Lines of one facts file, each fact once at each passage, none at odds with another."""
    columns = fact_columns(SCHEMA.relations[relation])
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for _ in range(draw(st.integers(0, 4))):
        status = draw(st.sampled_from(["stated", "claimed", "planned"]))
        source, paragraph = draw(st.sampled_from(PLACES))
        key = {
            "subject": draw(st.sampled_from(ACTORS)),
            "object": draw(st.sampled_from(OFFERINGS)),
            "value": draw(FIGURES),
            "layer": draw(LAYERS),
            "status": status,
            "claimant": draw(st.sampled_from(ACTORS)) if status == "claimed" else "",
            "source": source,
            "paragraph": paragraph,
        }
        cells = key | {
            # Not in the key: a line without a date is the same fact as one with a date.
            "valid_from": draw(DATES),
            "confidence": draw(st.sampled_from(["0.9", "0.50", "1"])),
            "gloss_en": draw(GLOSSES),
            "gloss_fr": draw(GLOSSES),
        }
        identity = tuple(value for column, value in key.items() if column in columns)
        found[identity] = tuple(cells.get(column, "") for column in columns)
    return list(found.values())


@st.composite
def folders(draw: st.DrawFn) -> Tables:
    """The tables of a data folder in which nothing is wrong."""
    facts = {name: draw(lines(name)) for name in ("provides", "dependsOn", "hasQuantity")}
    cited = {
        (row[columns.index("source")], row[columns.index("paragraph")])
        for name, rows in facts.items()
        for columns in [fact_columns(SCHEMA.relations[name])]
        for row in rows
    }
    names = draw(st.sets(LABELS, max_size=4))
    tables: Tables = {
        "entities/actors.csv": (
            ENTITY_COLUMNS,
            [(name, "Company", draw(LABELS), draw(LABELS), "") for name in ACTORS],
        ),
        "entities/offerings.csv": (
            ENTITY_COLUMNS,
            [(name, "Service", draw(LABELS), draw(LABELS), "") for name in OFFERINGS],
        ),
        "sources.csv": (
            SOURCE_COLUMNS,
            [
                (
                    "article",
                    draw(LABELS),
                    draw(LABELS),
                    "article",
                    "neutral",
                    draw(LABELS),
                    "",
                    "fr",
                    "2024-05",
                    "",
                    "",
                    "a.txt",
                    "2",
                    HASH,
                    "yes",
                ),
                (
                    "page",
                    draw(LABELS),
                    draw(LABELS),
                    "web-page",
                    "neutral",
                    "",
                    draw(LABELS),
                    "",
                    "",
                    "2024",
                    "https://example.org/é",
                    "",
                    "",
                    "",
                    "yes",
                ),
            ],
        ),
        "passages.csv": (
            PASSAGE_COLUMNS,
            [(source, paragraph, HASH) for source, paragraph in sorted(cited) if paragraph],
        ),
    }
    tables["names.csv"] = (
        NAME_COLUMNS,
        [
            (entity, name)
            for entity, name in zip(ACTORS, sorted(names), strict=False)
            if name not in tables["entities/actors.csv"][1][ACTORS.index(entity)]
        ],
    )
    for name, rows in facts.items():
        tables[f"facts/{name}.csv"] = (fact_columns(SCHEMA.relations[name]), rows)
    return tables


@dataclass(frozen=True)
class Style:
    """How a spreadsheet writes a table."""

    delimiter: str
    ends: str
    mark: bool
    quotes: bool
    blank: bool


STYLES = st.builds(
    Style, st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]), *[st.booleans()] * 3
)
PLAIN = Style(",", "\n", False, False, False)


def write(folder: Path, tables: Tables, style: Style = PLAIN) -> None:
    for name, (columns, rows) in tables.items():
        buffer = io.StringIO(newline="")
        writer = csv.writer(
            buffer,
            delimiter=style.delimiter,
            lineterminator=style.ends,
            quoting=csv.QUOTE_ALL if style.quotes else csv.QUOTE_MINIMAL,
        )
        for row in (columns, *rows):
            writer.writerow(row)
            if style.blank:
                buffer.write(style.ends)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(buffer.getvalue().encode("utf-8-sig" if style.mark else "utf-8"))


@contextmanager
def new_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        folder.mkdir()
        yield folder


def without_places(records: Records) -> Records:
    """The records, whatever the lines that they stand on."""
    return Records(
        {name: replace(item, origin=NOWHERE) for name, item in records.entities.items()},
        {name: replace(item, origin=NOWHERE) for name, item in records.sources.items()},
        records.passages,
        tuple(
            replace(fact, evidence=tuple(replace(item, origin=NOWHERE) for item in fact.evidence))
            for fact in records.facts
        ),
    )


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[Tables, Tables]:
    """The same folder with its lines in two orders."""
    tables = draw(folders())
    other = {
        name: (columns, draw(st.permutations(rows))) for name, (columns, rows) in tables.items()
    }
    return tables, other


@settings(max_examples=25, deadline=None)
@given(shuffled(), STYLES)
def test_neither_order_nor_spreadsheet_changes_a_byte_of_the_triples(
    pair: tuple[Tables, Tables], style: Style
) -> None:
    tables, other = pair
    with new_folder() as one, new_folder() as two:
        write(one, tables)
        write(two, other, style)
        first, second = know(one), know(two)
    assert to_bytes(first.triples) == to_bytes(second.triples)
    assert first.edition == second.edition
    assert without_places(first.records) == without_places(second.records)


@settings(max_examples=25, deadline=None)
@given(folders(), STYLES)
def test_reading_what_was_written_gives_the_same_records_and_writing_twice_is_writing_once(
    tables: Tables, style: Style
) -> None:
    with new_folder() as folder:
        write(folder, tables, style)
        before = without_places(know(folder).records)
        once = canonical_files(folder, SCHEMA)
        for path, text in once.items():
            path.write_bytes(text.encode())
        assert without_places(know(folder).records) == before
        assert canonical_files(folder, SCHEMA) == once
        assert {str(path.relative_to(folder)) for path in once} == set(tables)


@settings(max_examples=25, deadline=None)
@given(folders())
def test_lines_are_pieces_of_evidence_and_every_fact_can_be_named(tables: Tables) -> None:
    with new_folder() as folder:
        write(folder, tables)
        knowledge = know(folder)
    facts = knowledge.records.facts
    written = [
        row for name, (_, rows) in tables.items() if name.startswith("facts/") for row in rows
    ]
    assert sum(len(fact.evidence) for fact in facts) == len(written)
    assert len({fact.id for fact in facts}) == len(facts)
    assert all(FACT_ID.fullmatch(fact.id) for fact in facts)


@settings(max_examples=25, deadline=None)
@given(folders())
def test_every_record_reaches_the_triples(tables: Tables) -> None:
    with new_folder() as folder:
        write(folder, tables)
        knowledge = know(folder)
    subjects = {line.split(" ", 1)[0].strip("<>") for line in knowledge.triples}
    records = knowledge.records
    assert {terms.ENTITY + name for name in records.entities} <= subjects
    assert {terms.DOCUMENT + name for name in (*records.sources, *records.passages)} <= subjects
    assert {terms.ASSERTION + fact.id for fact in records.facts} <= subjects


@settings(max_examples=25, deadline=None)
@given(LABELS, LABELS, GLOSSES)
def test_any_text_survives_from_the_csv_to_both_rdf_parsers(
    label: str, other: str, gloss: str
) -> None:
    columns = fact_columns(SCHEMA.relations["uses"])
    cells = {"subject": "actor-0", "object": "offering-0", "status": "stated", "source": "page"}
    cells |= {"confidence": "1", "gloss_en": gloss, "gloss_fr": gloss}
    page = {"id": "page", "label_en": label, "label_fr": other, "kind": "web-page"}
    page |= {"stance": "neutral", "url": "https://example.org", "read": "yes", "author": label}
    page |= {"accessed": "2024"}
    tables: Tables = {
        "entities/actors.csv": (
            ENTITY_COLUMNS,
            [("actor-0", "Company", label, other, ""), ("offering-0", "Service", "O", "O", "")],
        ),
        "names.csv": (NAME_COLUMNS, [("offering-0", label)] if label != "O" else []),
        "sources.csv": (
            SOURCE_COLUMNS,
            [tuple(page.get(column, "") for column in SOURCE_COLUMNS)],
        ),
        "passages.csv": (PASSAGE_COLUMNS, []),
        "facts/uses.csv": (columns, [tuple(cells.get(column, "") for column in columns)]),
    }
    with new_folder() as folder:
        write(folder, tables)
        knowledge = know(folder)
    entity = knowledge.records.entities["actor-0"]
    assert (entity.label_en, entity.label_fr) == (label, other)

    expected = {("en", label), ("fr", other)}
    subject, predicate = f"{terms.ENTITY}actor-0", f"{terms.RDFS}label"
    triples = to_rdflib(knowledge.triples)
    found = triples.objects(rdflib.URIRef(subject), rdflib.URIRef(predicate))
    assert {
        (str(item.language), str(item)) for item in found if isinstance(item, rdflib.Literal)
    } == expected

    store = pyoxigraph.Store()
    store.bulk_load(to_bytes(knowledge.triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    quads = store.quads_for_pattern(
        pyoxigraph.NamedNode(subject), pyoxigraph.NamedNode(predicate), None
    )
    literals = [quad.object for quad in quads]
    assert {
        (item.language, item.value) for item in literals if isinstance(item, pyoxigraph.Literal)
    } == expected
    assert len(store) == len(triples) == len(knowledge.triples)


RAW = (
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.text(string.ascii_lowercase + ',;"\n\r\t\0\ufeff ', max_size=100).map(str.encode)
)


def readable(problems: list[Problem]) -> bool:
    """Whether each problem can be said in one printable line, in both languages."""
    said = [problem.text(language) for problem in problems for language in LANGUAGES]
    return all(text and text.replace("\u00a0", " ").isprintable() for text in said)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([b"", b"id,name\n", b"\xef\xbb\xbfname;id\r\n"]), RAW)
def test_no_bytes_crash_the_reader_of_tables(header: bytes, raw: bytes) -> None:
    with new_folder() as folder:
        path = folder / "x.csv"
        path.write_bytes(header + raw)
        problems: list[Problem] = []
        rows = read_table(path, "data/x.csv", ("id", "name"), problems)
    assert readable(problems)
    assert all(set(row.cells) == {"id", "name"} for row in rows)


FILES = sorted(str(path.relative_to(EXAMPLE)) for path in EXAMPLE.rglob("*.csv"))


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the example with some of its bytes replaced."""
    name = draw(st.sampled_from(FILES))
    raw = (EXAMPLE / name).read_bytes()
    start = draw(st.integers(0, len(raw)))
    end = draw(st.integers(start, min(len(raw), start + 8)))
    patch = draw(
        st.binary(max_size=6)
        | st.text(max_size=6).map(str.encode)
        | st.sampled_from(
            [
                b"",
                b",",
                b";",
                b'"',
                b"\n",
                b"-",
                b"> <",
                b"../",
                b"\\",
                b"0",
                b"A",
                b"'",
                b"{value}",
            ]
        )
    )
    return name, raw[:start] + patch + raw[end:]


def survives(damaged: tuple[str, bytes], *, shapes: bool) -> None:
    name, raw = damaged
    with new_folder() as folder:
        for file in FILES:
            path = folder / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(raw if file == name else (EXAMPLE / file).read_bytes())
        try:
            found = list(know(folder, shapes=shapes).warnings)
        except DataError as error:
            found = error.problems
            assert any(not problem.warning for problem in found)
        except TechsovError as error:
            raise AssertionError(error.text("en")) from error
    assert readable(found)


@settings(max_examples=80, deadline=None)
@given(damages())
def test_a_damaged_folder_gives_problems_and_never_a_crash(damaged: tuple[str, bytes]) -> None:
    survives(damaged, shapes=False)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damages())
def test_the_shapes_do_not_crash_on_a_damaged_folder_either(damaged: tuple[str, bytes]) -> None:
    survives(damaged, shapes=True)


@settings(max_examples=200)
@given(st.text(max_size=30) | st.text("0123456789-.", max_size=12))
def test_any_text_is_a_value_or_a_problem_of_one_cell(text: str) -> None:
    row = Row(Origin("f.csv", 2), {"x": text})
    reads: tuple[Callable[[Cells], object], ...] = (
        lambda cells: cells.id("x"),
        lambda cells: cells.date("x"),
        lambda cells: cells.number("x", "-10", "10"),
        lambda cells: cells.integer("x", 1),
        lambda cells: cells.address("x"),
        lambda cells: cells.choice("x", ("yes", "no")),
    )
    for read in reads:
        cells = Cells(row)
        value = read(cells)
        assert len(cells.problems) <= 1
        assert readable(cells.problems)
        if not cells.problems and value:
            assert text.isascii() or text.startswith(("http://", "https://"))


@given(st.text(max_size=90))
def test_an_id_is_a_safe_name_for_a_file_and_an_iri(text: str) -> None:
    if is_id(text):
        assert set(text) <= set(string.ascii_lowercase + string.digits + "-")
        assert not text.startswith("-")
        assert not text.endswith("-")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4).map(lambda item: f"{item:f}"))
def test_a_canonical_decimal_stays_itself(text: str) -> None:
    once = canonical_decimal(text)
    assert canonical_decimal(once) == once
    assert not once.startswith(("+", "."))
    assert once != "-0"
    assert "." not in once or not once.endswith(("0", "."))


@given(st.text("ab-", max_size=6), st.lists(st.text("ab-", max_size=6), max_size=5))
def test_a_guess_is_one_of_the_known_names_whatever_their_order(
    word: str, known: list[str]
) -> None:
    guess = nearest(word, known)
    assert guess in {*known, ""}
    assert guess == nearest(word, known[::-1])
