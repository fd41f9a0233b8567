"""The commands, as a person, a spreadsheet and a program use them."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from techsov.graph import cli, flow
from techsov.graph.analysis.network import centrality
from techsov.graph.cli import CRASHED, INTERRUPTED, main, techsov
from techsov.graph.commands.folder import EXPORT_FORMATS
from techsov.graph.commands.network import MEASURES
from techsov.graph.dataset import DESCRIPTION
from techsov.graph.errors import StoreError
from techsov.graph.export import FORMATS
from techsov.graph.flow import Knowledge
from techsov.graph.triples.questions import read_questions

COMMANDS = sorted(techsov.commands)
INSTALLED = str(Path(sys.executable).with_name("techsov"))

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(example_folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command on the example: exit code, standard output, error stream."""

    def runner(*arguments: str, data: Path | None = None) -> tuple[int, str, str]:
        code = main([*arguments, "--data", str(data or example_folder)])
        out, told = capsysbinary.readouterr()
        return code, out.decode(), told.decode()

    return runner


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def installed(*arguments: str, **settings: Any) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([INSTALLED, *arguments], text=True, check=False, **settings)


# --- What each command says


def test_check_says_what_it_checked_on_the_error_stream(run: Run) -> None:
    code, out, told = run("check")
    assert (code, out) == (0, "")
    assert told == "8 entities, 11 facts, 3 sources: no error, 0 warnings\n"


def test_check_prints_no_row_where_nothing_is_wrong(run: Run) -> None:
    assert json.loads(run("check", "--format", "json")[1]) == []
    assert run("check", "--format", "csv")[1] == "file,line,column,severity,message\n"


@pytest.fixture
def wrong(folder: Path) -> Path:
    """A data folder with one unknown entity, and one entity that nothing names."""
    with (folder / "facts" / "provides.csv").open("a", encoding="utf-8") as file:
        file.write("nobody,tiny-chip,stated,,,,gazette,1,0.9,So it says.,On le dit.,,,\n")
    with (folder / "entities" / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("unused,Company,Unused,Inutile,\n")
    return folder


def test_check_tells_every_problem_with_its_place(run: Run, wrong: Path) -> None:
    code, out, told = run("check", data=wrong)
    assert (code, out) == (1, "")
    lines = told.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["data/entities/actors.csv:7", "id"],
        ["data/facts/provides.csv:5", "subject"],
    ]
    assert lines[1].startswith('data/facts/provides.csv:5: subject: no entity "nobody"')


@pytest.mark.parametrize("form", ["csv", "json"])
def test_check_gives_problems_to_programs(form: str, run: Run, wrong: Path) -> None:
    code, out, _ = run("check", "--format", form, data=wrong)
    rows = json.loads(out) if form == "json" else csv_rows(out)
    assert code == 1
    assert [(row["file"], str(row["line"]), row["column"], row["severity"]) for row in rows] == [
        ("data/entities/actors.csv", "7", "id", "warning"),
        ("data/facts/provides.csv", "5", "subject", "error"),
    ]
    assert rows[1]["message"].startswith('no entity "nobody"')


def test_check_tells_warnings_and_fails_for_none(run: Run, folder: Path) -> None:
    with (folder / "entities" / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("unused,Company,Unused,Inutile,\n")
    code, out, told = run("check", data=folder)
    assert (code, out) == (0, "")
    assert told.splitlines()[0].startswith("data/entities/actors.csv:7: id: no fact names")
    assert told.splitlines()[1].endswith("no error, 1 warnings")


def test_check_compares_with_the_texts_and_shows_the_passages_of_a_fact(
    run: Run, example: Knowledge
) -> None:
    texts = str(Path(__file__).parent / "example_texts")
    (fact,) = (fact for fact in example.records.facts if fact.relation == "subsidiaryOf")
    code, out, _ = run("check", "--sources", texts, "--fact", fact.id)
    assert code == 0
    assert out == "gazette-p3 · Cumulus owns Nimbus.\n  Nimbus belongs to Cumulus since 2021.\n"
    assert run("check", "--sources", texts, "--fact", "no-fact")[0] == 2
    assert run("check", "--fact", fact.id)[0] == 2
    assert run("check", "--sources", "/nowhere")[0] in {2, 4}


def test_fmt_puts_into_form_and_says_what_it_changed(run: Run, folder: Path) -> None:
    path = folder / "names.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text("\ufeff" + text.replace(",", ";").replace("\n", "\r\n"), encoding="utf-8")
    code, out, told = run("fmt", "--check", data=folder)
    assert (code, out) == (1, "")
    assert told == f"{path}: not in canonical form; run: techsov fmt\n"
    assert run("fmt", data=folder)[0] == 0
    assert path.read_text(encoding="utf-8") == text
    assert run("fmt", "--check", data=folder) == (0, "", "")


def test_ask_lists_the_questions(run: Run) -> None:
    code, out, _ = run("ask", "--format", "json", "--lang", "fr")
    questions = read_questions()
    assert code == 0
    assert {row["name"]: row["question"] for row in json.loads(out)} == {
        name: question.title_fr for name, question in questions.items()
    }


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_ask_answers_in_csv_with_ids_and_labels(engine: str, run: Run) -> None:
    query = "SELECT ?who ?what { ?who sov:provides ?what } ORDER BY ?who"
    code, out, told = run("ask", "--text", query, "--format", "csv", "--engine", engine)
    assert (code, told) == (0, "")
    assert out.splitlines() == [
        "who,who_label,what,what_label",
        "chipper,Chipper,tiny-chip,Tiny Chip",
        "cumulus,Cumulus,cumulus-cloud,Cumulus Cloud",
        "nimbus,Nimbus,nimbus-cloud,Nimbus Cloud",
    ]


def test_ask_answers_in_json_with_kinds(run: Run) -> None:
    query = """SELECT ?who ?count ?day ?read ?none {
        BIND (id:nimbus AS ?who) doc:gazette sov:paragraphCount ?count ; dct:issued ?day ;
        sov:read ?read . OPTIONAL { ?who sov:nothing ?none } }"""
    assert json.loads(run("ask", "--text", query, "--format", "json")[1]) == [
        {
            "who": "nimbus",
            "who_label": "Nimbus",
            "count": 4,
            "day": "2024-05-01",
            "read": True,
            "none": None,
        }
    ]


def test_ask_says_its_question_and_its_count_beside_the_table(run: Run) -> None:
    name = "everything-about"
    question = read_questions()[name]
    (blank,) = question.parameters
    code, out, told = run("ask", name, f"{blank.name}=Cumulus", "--lang", "fr")
    assert code == 0
    assert "Ligue du nuage libre" in out
    assert told.startswith(f"{question.title_fr}\n{question.about_fr}\n")
    assert told.endswith("3 lignes, au 2024-06-01\n")


def test_ask_reads_a_file_with_a_byte_order_mark(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("\ufeffASK { id:nimbus a sov:Company }", encoding="utf-8")
    assert json.loads(run("ask", "--file", str(path), "--format", "json")[1]) == [{"answer": True}]
    path.write_bytes(b"ASK { ?s ?p '\xe9' }")
    assert run("ask", "--file", str(path))[0] == 2
    assert run("ask", "--file", str(tmp_path / "none.rq"))[0] == 4


def test_show_tells_every_fact_of_an_actor_at_either_end(run: Run, example: Knowledge) -> None:
    code, out, told = run("show", "nimbus cloud", "--format", "json")
    assert (code, told) == (0, "")
    rows = json.loads(out)
    expected = {
        fact.id for fact in example.records.facts if "nimbus-cloud" in (fact.subject, fact.object)
    }
    assert {row["fact"] for row in rows} == expected
    twice = next(row for row in rows if len(row["sources"]) == 2)
    assert twice["sources"] == ["gazette-p1", "nimbus-page-page"]
    assert twice["lines"] == ["example/facts/dependsOn.csv:4", "example/facts/dependsOn.csv:5"]
    assert twice["qualifiers"] == ["layer=chips", "substitutability=unknown"]


def test_show_is_for_readers_unless_asked_otherwise(run: Run) -> None:
    code, out, told = run("show", "CHIPPER inc", "--lang", "fr")
    assert code == 0
    assert out.startswith("Chipper · entreprise · chipper\n")
    assert "CHIPPER Inc." in out
    assert "Petite Puce" in out
    assert "gazette ¶1" in out
    assert told == "1 faits tirés de 1 passages\n"


def test_path_gives_each_step_with_its_fact(run: Run) -> None:
    code, out, told = run("path", "nimbus-cloud", "chipper", "--format", "csv")
    assert code == 0
    rows = csv_rows(out)
    assert [(row["chain"], row["step"], row["dependent"], row["supplier"]) for row in rows] == [
        ("1", "1", "nimbus-cloud", "tiny-chip"),
        ("1", "2", "tiny-chip", "chipper"),
    ]
    assert rows[0]["sources"] == "gazette ¶1; nimbus-page"
    assert "1 chains from Nimbus Cloud to Chipper" in told


def test_path_says_that_there_is_none_and_what_both_depend_on(run: Run) -> None:
    code, out, told = run("path", "nimbus-cloud", "cumulus-cloud")
    assert code == 0
    assert "No chain" in told
    assert "2 common suppliers" in told
    assert "Tiny Chip" in out
    assert json.loads(run("path", "nimbus-cloud", "cumulus-cloud", "--format", "json")[1]) == []
    assert "no common supplier" in run("path", "borealia", "nimbus")[2]


def test_path_says_that_plans_would_count(run: Run) -> None:
    code, _, told = run("path", "nimbus-cloud", "cumulus-cloud", "--as-of", "2026-06-01")
    assert code == 0
    assert "--status planned" in told
    statuses = ("--status", "stated", "--status", "planned")
    code, out, _ = run(
        "path",
        "nimbus-cloud",
        "cumulus-cloud",
        "--as-of",
        "2026-06-01",
        "--format",
        "json",
        *statuses,
    )
    assert [row["statuses"] for row in json.loads(out)] == [["planned"]]


@pytest.mark.parametrize("measure", MEASURES)
def test_rank_gives_every_measure(measure: str, run: Run) -> None:
    code, out, told = run("rank", "--by", measure, "--format", "json", "--top", "3")
    assert code == 0
    rows = json.loads(out)
    assert [row["place"] for row in rows] == [1, 2, 3]
    assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)
    assert told == "over 6 entities and 5 facts of dependency, as of 2024-06-01\n"


def test_rank_by_reach_is_what_the_example_says(run: Run) -> None:
    rows = csv_rows(run("rank", "--format", "csv")[1])
    assert [(row["entity"], row["value"], row["facts"]) for row in rows] == [
        ("chipper", "3", "3"),
        ("tiny-chip", "2", "2"),
        ("cumulus", "1", "1"),
        ("nimbus", "1", "1"),
        ("cumulus-cloud", "0", "0"),
        ("nimbus-cloud", "0", "0"),
    ]


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_export_gives_the_bytes_of_each_format(
    form: str,
    example_folder: Path,
    example: Knowledge,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    command = ["export", "--format", form, "--data", str(example_folder)]
    assert main([*command, "--out", "-"]) == 0
    written, told = capsysbinary.readouterr()
    assert told == b""
    if form in FORMATS:
        assert written == FORMATS[form].write(example)
    path = tmp_path / "deep" / "file"
    assert main([*command, "--out", str(path)]) == 0
    assert path.read_bytes() == written
    assert capsysbinary.readouterr().out.decode() == f"{path}\n"


def test_view_writes_one_page_and_gives_its_path(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert run("view", "nimbus", "--out", str(path), "--no-open") == (0, f"{path}\n", "")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("view", "borealia", "--out", str(path))[0] == 2


def test_build_gives_the_path_of_the_first_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", "--out", str(out)) == (0, f"{out / 'index.html'}\n", "")
    code, printed, told = run("build", "--out", str(out))
    assert (code, printed) == (0, f"{out / 'index.html'}\n")
    assert "up to date" in told


# --- Choices


def test_the_choices_of_help_are_those_of_the_code() -> None:
    assert set(EXPORT_FORMATS) == {*FORMATS, DESCRIPTION.removesuffix(".ttl")}
    assert set(MEASURES) == set(centrality.MEASURES)


def test_the_day_is_an_argument(run: Run) -> None:
    query = ("ask", "--text", "SELECT ?who { ?who sov:memberOf ?what }", "--format", "csv")
    counted = [
        len(run(*query, "--as-of", day)[1].splitlines()) - 1
        for day in ("2021-12-31", "2022-01-01", "2023-12-31", "2024-01-01")
    ]
    assert counted == [0, 2, 2, 1]


# --- Errors

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ERRORS = {
    ("show", "nobody-of-that-name"): 2,
    ("show", "nimbsu"): 2,
    ("path", "nimbus", "nobody"): 2,
    ("view", "nobody"): 2,
    ("check", "--no-such-option"): 2,
    ("no-such-command",): 2,
    ("show",): 2,
    ("rank", "--by", "beauty"): 2,
    ("rank", "--top", "0"): 2,
    ("rank", "--as-of", "soon"): 2,
    ("export",): 2,
    ("ask", "no-such-question"): 2,
    ("ask", "everything-about", "nonsense"): 2,
    ("ask", "everything-about", "nothing=nimbus"): 2,
    ("ask", "everything-about", "entity=nobody"): 2,
    ("ask", "suppliers-and-their-law", "layer=chps"): 2,
    ("ask", "everything-about", "--text", "ASK {}"): 2,
    ("ask", "--text", "ASK {}", "--file", "x.rq"): 2,
    ("ask", "--text", ""): 2,
    ("ask", "--text", "SELECT * { ?s ?p }"): 2,
    ("ask", "--text", "INSERT DATA { id:a id:b id:c }"): 2,
    ("ask", "--text", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"): 2,
    ("ask", "--text", "ASK {}", "--seconds", "0"): 2,
    ("ask", "--text", "SELECT * { ?s ?p ?o }", "--rows", "2"): 3,
    ("ask", "--seconds", "0.2", "--text", PRODUCT): 3,
    ("export", "--format", "turtle", "--out", "/dev/null/x"): 4,
    ("export", "--format", "turtle", "--out", "/dev/null"): 4,
}


@pytest.mark.parametrize(("arguments", "code"), ERRORS.items())
def test_an_error_has_its_code_and_a_line_and_no_traceback(
    arguments: tuple[str, ...], code: int, run: Run
) -> None:
    found, out, told = run(*arguments)
    assert found == code
    assert told.strip()
    assert "Traceback" not in told
    assert bool(out) == ("--rows" in arguments)


def test_a_cut_answer_is_given_and_said_to_be_cut(run: Run) -> None:
    code, out, told = run(
        "ask", "--text", "SELECT * { ?s ?p ?o }", "--rows", "2", "--format", "json"
    )
    assert (code, len(json.loads(out))) == (3, 2)
    assert told == "the answer is cut after 2 rows; add LIMIT, or give --rows\n"


def test_a_folder_or_a_file_that_is_missing_is_code_4(run: Run, folder: Path) -> None:
    assert run("check", data=folder / "nowhere")[0] == 4
    (folder / "names.csv").unlink()
    code, _, told = run("check", data=folder)
    assert (code, told.split(":")[0]) == (4, "data/names.csv")


def test_an_ambiguous_name_is_never_guessed(run: Run, folder: Path) -> None:
    with (folder / "names.csv").open("a", encoding="utf-8") as file:
        file.write("cumulus,The Cloud Firm\nnimbus,the cloud firm\n")
    code, out, told = run("show", "THE CLOUD FIRM", data=folder)
    assert (code, out) == (2, "")
    assert told == '"THE CLOUD FIRM" may be several actors; name one of: cumulus, nimbus\n'


def test_an_unknown_name_gives_the_nearest(run: Run) -> None:
    assert run("show", "nimbs")[2] == (
        'no actor is called "nimbs"; the nearest names are: nimbus\n'
    )


@pytest.mark.parametrize(
    ("given", "variable", "language"),
    [
        (["--lang", "fr"], "", "fr"),
        (["--lang=fr"], "", "fr"),
        ([], "fr_FR.UTF-8", "fr"),
        ([], "fr", "fr"),
        (["--lang", "en"], "fr_FR.UTF-8", "en"),
        ([], "C.UTF-8", "en"),
        ([], "", "en"),
    ],
)
def test_errors_are_told_in_the_language_of_the_run(
    given: list[str], variable: str, language: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable:
        monkeypatch.setenv("LC_ALL", variable)
    _, _, told = run("show", "xyzzy", *given)
    expected = {"en": 'no actor is called "xyzzy"', "fr": "aucun acteur ne s’appelle « xyzzy »"}
    assert told.replace("\u00a0", " ").startswith(expected[language])


def test_a_fault_of_the_program_is_one_line_and_code_70(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(flow, "know", fail)
    code, out, told = run("check")
    assert (code, out, told.count("\n")) == (CRASHED, "", 1)
    assert "ZeroDivisionError: a\\nb" in told
    with pytest.raises(ZeroDivisionError):
        run("check", "--debug")


def test_an_interruption_is_code_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(flow, "know", fail)
    code, _, told = run("check", "--lang", "fr")
    assert (code, told.lstrip()) == (
        INTERRUPTED,
        "interrompu\u00a0; rien de ce qui existait n’a changé\n",
    )


def test_text_of_the_data_cannot_steer_a_terminal(run: Run) -> None:
    query = "SELECT ?x { BIND ('a\\u001b[31mb' AS ?x) }"
    assert "\x1b[31m" not in run("ask", "--text", query)[1]
    assert "\x1b[31m" not in run("show", "\x1b[31m")[2]


# --- Real processes


def test_the_installed_command_has_a_version_and_help() -> None:
    shown = installed("--version", capture_output=True)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("techsov, version ")
    bare = installed(capture_output=True)
    assert bare.returncode == 2
    assert "Usage: techsov" in bare.stdout + bare.stderr


@pytest.mark.parametrize(
    "arguments",
    [("export", "--format", "ntriples"), ("rank",), ("show", "nimbus", "--format", "json")],
)
def test_a_reader_that_has_gone_is_no_error(
    arguments: tuple[str, ...], example_folder: Path
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = installed(
        *arguments, "--data", str(example_folder), stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    assert done.returncode == 0
    assert "rror" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_that_is_full_is_code_4(example_folder: Path) -> None:
    command = ("export", "--format", "ntriples", "--lang", "en", "--data", str(example_folder))
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = installed(*command, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == StoreError.exit_code
    assert done.stderr.count("\n") == 1


HEAVY = ("rdflib", "networkx", "pyoxigraph", "rich", "jinja2", "pyvis", "pyshacl", "scipy", "numpy")
IMPORTS = """
import sys
from techsov.graph.cli import main, techsov
for command in techsov.commands:
    main([command, "--help"])
main(["--help"])
print("imported:", *sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_help_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], text=True, capture_output=True, check=True
    )
    imported = done.stdout.splitlines()[-1].split()
    assert imported[0] == "imported:"
    assert set(imported) & set(HEAVY) == set()


# --- Help


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_command_and_option_has_help(
    command: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from techsov.graph.messages import say

    monkeypatch.setenv("LC_ALL", language)
    assert main([command, "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    flat = " ".join(say(f"help.{command}", language).split())
    assert flat in shown
    assert "help." not in shown
    for parameter in techsov.commands[command].params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            words = say(str(getattr(parameter, "help", "")), language)
            assert " ".join(words.split()) in shown, parameter.name


def test_a_default_is_shown_in_the_language_of_the_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["build", "--help"])
    assert "[default: out]" in capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "fr")
    main(["build", "--help"])
    assert "[par défaut\u00a0: out]" in capsys.readouterr().out
    main(["export", "--help"])
    assert "[obligatoire]" in capsys.readouterr().out


def test_the_list_of_commands_is_short_and_in_the_order_of_a_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    places = [shown.index(f"\n  {name} ") for name in techsov.commands]
    assert places == sorted(places)
    assert cli.__doc__
