"""Each shape fires on the smallest mistake it is there for, and says where in ``data/``."""

import csv
import re
import shutil
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import pytest
import rdflib

from techsov.graph import terms
from techsov.graph.errors import DataError, OntologyError, Origin, Problem
from techsov.graph.facts.lines import fact_columns
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge, know
from techsov.graph.triples import shapes
from techsov.graph.triples.shapes import check_shapes

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

#: What a line of a facts file says, unless a test says otherwise.
SAID = {
    "status": "stated",
    "source": "gazette",
    "paragraph": "1",
    "confidence": "0.9",
    "gloss_en": "So it says.",
    "gloss_fr": "C’est ce qui se dit.",
}
LABELS = {"label_en": "A new thing", "label_fr": "Une chose nouvelle"}

#: These are printed and fail nothing.
WARNINGS = {"E20", "E21", "E41"}
#: Code of a shape, the place of the line and the column that is wrong.
Found = tuple[str, str, str]


def found(problems: Iterable[Problem]) -> set[Found]:
    """The problems of the shapes; every other rule has its own tests."""
    return {
        (dict(problem.values)["en"].split()[0], str(problem.origin), problem.column)
        for problem in problems
        if problem.message == "check.shape"
    }


class Copy:
    """A copy of the example to which lines are added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, **cells: str) -> str:
        """Add a line to a file such as ``facts/dependsOn``; gives the place of the line."""
        path = self.folder / f"{name}.csv"
        if name.startswith("facts/"):
            cells = SAID | cells
            if not path.exists():
                columns = fact_columns(read_schema().relations[path.stem])
                path.write_text(",".join(columns) + "\n", encoding="utf-8")
        elif name.startswith("entities/"):
            cells = LABELS | cells
        lines = path.read_text(encoding="utf-8").splitlines()
        header = lines[0].split(",")
        assert cells.keys() <= set(header)
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, restval="", lineterminator="\n").writerow(cells)
        return f"data/{name}.csv:{len(lines) + 1}"

    def problems(self) -> list[Problem]:
        try:
            return list(know(self.folder, shapes=True).warnings)
        except DataError as error:
            return error.problems


@pytest.fixture
def copy(folder: Path) -> Copy:
    return Copy(folder)


def depends(**cells: str) -> dict[str, str]:
    usual = {"object": "tiny-chip", "layer": "chips", "substitutability": "hard"}
    return usual | cells


def claimant_that_cannot_speak(copy: Copy) -> set[Found]:
    cells = {"object": "leader", "status": "claimed", "claimant": "tiny-chip"}
    return {("E11", copy.add("facts/describedAs", subject="nimbus", **cells), "claimant")}


def subject_of_the_wrong_class(copy: Copy) -> set[Found]:
    place = copy.add("facts/provides", subject="tiny-chip", object="nimbus-cloud")
    return {("E14", place, "subject")}


def object_of_the_wrong_class(copy: Copy) -> set[Found]:
    place = copy.add("facts/provides", subject="chipper", object="nimbus")
    return {("E15", place, "object")}


def judgement_as_a_fact(copy: Copy) -> set[Found]:
    place = copy.add("facts/describedAs", subject="nimbus", object="leader")
    return {("E19", place, "status")}


def dependency_without_layer(copy: Copy) -> set[Found]:
    place = copy.add("facts/dependsOn", **depends(subject="nimbus", layer=""))
    return {("E23", place, "")}


def dependency_without_substitutability(copy: Copy) -> set[Found]:
    place = copy.add("facts/dependsOn", **depends(subject="nimbus", substitutability=""))
    return {("E23", place, "")}


def group_without_quantifier(copy: Copy) -> set[Found]:
    copy.add("entities/actors", id="clouds", **{"class": "ActorGroup"})
    place = copy.add("facts/dependsOn", **depends(subject="clouds"))
    copy.add("facts/dependsOn", **depends(subject="clouds", object="chipper", quantifier="some"))
    return {("E25", place, "quantifier")}


def sovereign_for_nobody(copy: Copy) -> set[Found]:
    cells = {"object": "sovereign", "status": "claimed", "claimant": "cumulus"}
    place = copy.add("facts/describedAs", subject="cumulus-cloud", **cells)
    return {("E31", place, "sovereignty_for")}


def certificate_of_no_scheme(copy: Copy) -> set[Found]:
    place = copy.add("facts/holdsCertification", subject="nimbus-cloud", object="tiny-chip")
    return {("E32", place, "object")}


def need_without_minimum(copy: Copy) -> set[Found]:
    place = copy.add("entities/context", id="chips-of-nimbus", **{"class": "Need"})
    copy.add("facts/requires", subject="nimbus", object="chips-of-nimbus")
    return {("E33", place, "id")}


def need_of_nobody(copy: Copy) -> set[Found]:
    place = copy.add("entities/context", id="chips-of-nimbus", **{"class": "Need"})
    copy.add("facts/minimumSources", subject="chips-of-nimbus", value="1")
    cells = depends(subject="nimbus", need="chips-of-nimbus")
    copy.add("facts/dependsOn", **cells)
    return {("E34", place, "id")}


def need_with_too_few_options(copy: Copy) -> set[Found]:
    copy.add("entities/context", id="chips-of-nimbus", **{"class": "Need"})
    copy.add("facts/requires", subject="nimbus", object="chips-of-nimbus")
    place = copy.add("facts/minimumSources", subject="chips-of-nimbus", value="2")
    copy.add("facts/dependsOn", **depends(subject="nimbus", need="chips-of-nimbus"))
    return {("E34", place, "value")}


def sovereign_for_a_company(copy: Copy) -> set[Found]:
    cells = {"object": "leader", "status": "claimed", "claimant": "cumulus"}
    cells["sovereignty_for"] = "chipper"
    return {("E46", copy.add("facts/describedAs", subject="cumulus-cloud", **cells), "")}


def plan_older_than_its_document(copy: Copy) -> set[Found]:
    (copy.folder / "sources.csv").write_text(
        (copy.folder / "sources.csv")
        .read_text(encoding="utf-8")
        .replace(",2024-05,", ",2024-05-02,"),
        encoding="utf-8",
    )
    cells = {"status": "planned", "valid_from": "2024-05-01"}
    place = copy.add("facts/provides", subject="chipper", object="nimbus-cloud", **cells)
    cells["valid_from"] = "2024-05-02"
    copy.add("facts/provides", subject="chipper", object="cumulus-cloud", **cells)
    return {("E20", place, "status")}


def denial_without_link(copy: Copy) -> set[Found]:
    cells = {"status": "denied", "claimant": "cumulus"}
    copy.add("facts/provides", subject="chipper", object="tiny-chip", **cells)
    return {("E21", "data/facts/provides.csv:2", "contradicts")}


def one_label_for_two(copy: Copy) -> set[Found]:
    place = copy.add("entities/actors", id="nimbus-two", label_en="Nimbus", **{"class": "Company"})
    copy.add("facts/provides", subject="nimbus-two", object="tiny-chip")
    return {("E41", place, "id")}


FROM_LINES = [
    claimant_that_cannot_speak,
    subject_of_the_wrong_class,
    object_of_the_wrong_class,
    judgement_as_a_fact,
    dependency_without_layer,
    dependency_without_substitutability,
    group_without_quantifier,
    sovereign_for_nobody,
    certificate_of_no_scheme,
    need_without_minimum,
    need_of_nobody,
    need_with_too_few_options,
    sovereign_for_a_company,
    plan_older_than_its_document,
    denial_without_link,
    one_label_for_two,
]


@pytest.mark.parametrize("mistake", FROM_LINES)
def test_a_wrong_line_is_found(mistake: Callable[[Copy], set[Found]], copy: Copy) -> None:
    expected = mistake(copy)
    problems = copy.problems()
    assert found(problems) == expected
    warned = {code for code, *_ in found(problem for problem in problems if problem.warning)}
    assert warned == {code for code, *_ in expected} & WARNINGS


def test_the_example_conforms(example: Knowledge) -> None:
    assert check_shapes(example.triples, example.records) == []


def test_the_published_data_conform(published: Knowledge) -> None:
    problems = check_shapes(published.triples, published.records)
    assert [problem.text("en") for problem in problems if not problem.warning] == []


#: What only a fault of the program can cause: the code, the lines to delete and the one to add, the
#: place and the column. ``PLAN`` is the fact that Nimbus Cloud will need the cloud of Cumulus, and
#: ``CLAIM`` that it is sovereign.
FROM_TRIPLES = [
    ("E03", "a:PLAN sov:evidence .*", "", "facts/dependsOn.csv:3", "source"),
    ("E08", "e:PLAN--nimbus-page-page sov:passage .*", "", "facts/dependsOn.csv:3", "source"),
    ("E12", "a:PLAN sov:predicate .*", "a:PLAN sov:predicate sov:no", "facts/dependsOn.csv:3", ""),
    ("E36", "doc:gazette-p3 sov:inDocument .*", "", "facts/subsidiaryOf.csv:2", "source"),
    ("E39", 'id:nimbus rdfs:label "Nimbus"@en', "", "entities/actors.csv:6", "label_en"),
    ("E39", 'id:nimbus rdfs:label "Nimbus"@fr', "", "entities/actors.csv:6", "label_fr"),
    ("E39", "", 'id:nimbus rdfs:label "N"@fr', "entities/actors.csv:6", "label_fr"),
    ("E39", "", 'doc:legend rdfs:label "L"@en', "sources.csv:3", "label_en"),
    ("E42", "", "id:nimbus sov:provides id:tiny-chip", "entities/actors.csv:6", ""),
    ("E42", "", "id:nimbus sov:controls id:cumulus", "entities/actors.csv:6", ""),
    ("E42", "", "id:nimbus sov:dependsOnCloud id:nimbus-cloud", "entities/actors.csv:6", ""),
    ("E43", "e:PLAN--nimbus-page-page sov:gloss .*@fr", "", "facts/dependsOn.csv:3", "gloss_en"),
    ("E44", "doc:gazette-p3 sov:textSha256 .*", "", "facts/subsidiaryOf.csv:2", "paragraph"),
    ("E44", "doc:gazette-p3 sov:paragraph .*", "", "facts/subsidiaryOf.csv:2", "paragraph"),
    ("E45", "", "a:PLAN sov:layer c:status-stated", "facts/dependsOn.csv:3", ""),
    (
        "E45",
        "a:CLAIM sov:object .*",
        "a:CLAIM sov:object c:layer-chips",
        "facts/describedAs.csv:2",
        "object",
    ),
]


def mutated(knowledge: Knowledge, deleted: str, added: str) -> list[str]:
    """The triples without the lines that match, and with one more; both with prefixes."""
    facts = knowledge.records.facts
    names = {
        "PLAN": next(fact.id for fact in facts if fact.status == "planned"),
        "CLAIM": next(fact.id for fact in facts if fact.status == "claimed"),
    }

    def full(text: str) -> str:
        for word, name in names.items():
            text = text.replace(word, name)
        for prefix, namespace in terms.PREFIXES.items():
            text = re.sub(rf"\b{prefix}:([\w-]+)", rf"<{namespace}\1>", text)
        return text

    pattern = re.compile(rf"{full(deleted)} \.")
    kept = [line for line in knowledge.triples if not pattern.fullmatch(line)]
    assert bool(deleted) == (len(kept) < len(knowledge.triples))
    return [*kept, *(f"{full(line)} ." for line in added.splitlines())]


@pytest.mark.parametrize(("code", "deleted", "added", "place", "column"), FROM_TRIPLES)
def test_a_wrong_triple_is_found(
    code: str, deleted: str, added: str, place: str, column: str, example: Knowledge
) -> None:
    triples = mutated(example, deleted, added)
    assert found(check_shapes(triples, example.records)) == {(code, f"example/{place}", column)}


def test_what_only_a_program_may_write_is_found_in_a_line(example: Knowledge) -> None:
    declared = 'sov:derived sov:derivedOnly "true"^^xsd:boolean'
    added = f"a:PLAN sov:predicate sov:derived\n{declared}"
    triples = mutated(example, "a:PLAN sov:predicate .*", added)
    expected = {("E13", "example/facts/dependsOn.csv:3", "")}
    assert found(check_shapes(triples, example.records)) == expected


def test_a_term_without_its_words_is_a_fault_of_the_ontology(example: Knowledge) -> None:
    triples = mutated(example, "", "c:layer-new rdf:type skos:Concept")
    with pytest.raises(OntologyError, match="E39"):
        check_shapes(triples, example.records)


def constraints() -> rdflib.Graph:
    text = (files("techsov.ontology") / "shapes.ttl").read_bytes()
    return rdflib.Graph().parse(data=text, format="turtle")


def messages() -> list[rdflib.Literal]:
    words = constraints().objects(None, SH.message)
    return [word for word in words if isinstance(word, rdflib.Literal)]


def test_every_code_has_a_test(tmp_path: Path, example_folder: Path) -> None:
    tested = {code for code, *_ in FROM_TRIPLES} | {"E13"}
    for number, mistake in enumerate(FROM_LINES):
        folder = Path(shutil.copytree(example_folder, tmp_path / f"{number}" / "data"))
        tested |= {code for code, _, _ in mistake(Copy(folder))}
    assert tested == {str(word).split()[0] for word in messages()}


def test_every_shape_is_in_use_and_speaks_both_languages() -> None:
    graph = constraints()
    named = set(graph.subjects(rdflib.RDF.type, SH.SPARQLConstraint))
    assert named == set(graph.objects(None, SH.sparql))
    for shape in named:
        languages = [
            word.language
            for word in graph.objects(shape, SH.message)
            if isinstance(word, rdflib.Literal)
        ]
        assert sorted(map(str, languages)) == ["en", "fr"], shape


def test_the_columns_that_shapes_name_exist(example: Knowledge) -> None:
    columns = {"id", "label_en", "label_fr", "value", *example.schema.descriptors}
    columns |= set(fact_columns(example.schema.relations["dependsOn"]))
    named = set(map(str, constraints().objects(None, rdflib.URIRef(f"{terms.NS}column"))))
    assert named <= columns


def test_a_problem_is_told_in_both_languages_with_its_blanks_filled(copy: Copy) -> None:
    copy.add("facts/provides", subject="tiny-chip", object="nimbus-cloud")
    (problem,) = copy.problems()
    assert problem.text("en").startswith(
        "data/facts/provides.csv:5: subject: E14 tiny-chip is a Product, which cannot be"
    )
    assert "E14 tiny-chip est de type Product" in problem.text("fr")
    assert "{" not in problem.text("en") + problem.text("fr")


@pytest.mark.parametrize(
    "text",
    [
        "this is no Turtle",
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        [] a sh:NodeShape ; sh:targetNode sh:x ; sh:sparql [ sh:select "SELECT nonsense" ] .""",
    ],
)
def test_broken_shapes_are_a_fault_of_the_ontology(
    text: str, example: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shapes.ttl").write_text(text, encoding="utf-8")
    monkeypatch.setattr(shapes, "files", lambda _: tmp_path)
    with pytest.raises(OntologyError) as caught:
        check_shapes(example.triples, example.records)
    assert caught.value.exit_code == 1


def test_an_address_has_the_line_it_comes_from(example: Knowledge) -> None:
    origins = shapes.origins_of(example.records)
    assert origins[f"{terms.ENTITY}nimbus"] == Origin("example/entities/actors.csv", 6)
    assert origins[f"{terms.DOCUMENT}legend"] == Origin("example/sources.csv", 3)
    twice = next(fact for fact in example.records.facts if len(fact.evidence) > 1)
    assert origins[terms.ASSERTION + twice.id] == Origin("example/facts/dependsOn.csv", 4)
    page = f"{terms.EVIDENCE}{twice.id}--nimbus-page-page"
    assert origins[page] == Origin("example/facts/dependsOn.csv", 5)
