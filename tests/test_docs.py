"""What the readme files say is there, and what is there stands in them."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from techsov.graph.cli import techsov
from techsov.graph.commands.folder import EXPORT_FORMATS
from techsov.graph.export import FORMATS
from techsov.graph.facts.files import ENTITY_COLUMNS, NAME_COLUMNS, PASSAGE_COLUMNS, SOURCE_COLUMNS
from techsov.graph.facts.lines import FACT_COLUMNS_LAST
from techsov.graph.facts.schema import Relation, read_schema
from techsov.graph.triples.questions import read_questions

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.fr.md")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(name: str) -> str:
    """What stands in blocks of a shell and between backquotes."""
    text = text_of(name)
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", sorted(techsov.commands))
def test_every_command_stands_in_the_readme(readme: str, command: str) -> None:
    assert re.search(rf"`(techsov )?{command}\b", text_of(readme))


@pytest.mark.parametrize("readme", [*READMES, "data/README.md", "CHANGELOG.md"])
def test_every_command_question_and_target_that_is_named_exists(readme: str) -> None:
    code = code_of(readme)
    commands = set(re.findall(r"\btechsov ([a-z]+)\b", code))
    assert commands <= techsov.commands.keys()
    asked = set(re.findall(r"\btechsov ask ([a-z][a-z-]+)", code))
    assert asked <= read_questions().keys()
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", code)) <= targets
    options = {
        option
        for command in techsov.commands.values()
        for parameter in command.params
        for option in parameter.opts
    }
    ours = " ".join(re.findall(r"techsov [^\n`|]*", code))
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", ours)) <= options | {"--help", "--version"}


@pytest.mark.parametrize("readme", READMES)
def test_every_link_leads_to_a_file(readme: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(readme))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_exported_file_that_is_named_is_written() -> None:
    named = {
        name for readme in READMES for name in re.findall(r"out/export/([\w.]+)", text_of(readme))
    }
    assert named <= {form.file for form in FORMATS.values()} | {"dataset.ttl"}
    assert "dataset" in EXPORT_FORMATS


def test_the_python_of_the_readme_runs(built: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", text_of("README.md"), re.DOTALL)
    assert blocks
    for block in blocks:
        command = [sys.executable, "-c", block.replace("id:nvidia", "id:tiny-chip")]
        done = subprocess.run(command, cwd=built.parent, text=True, capture_output=True, check=True)
        assert "id/nimbus-cloud" in done.stdout


def test_every_folder_of_the_house_stands_in_the_readme() -> None:
    for folder in ("ontology", "data", "graph", "viz", "tests"):
        assert f"`{folder}/`" in text_of("README.md")


def test_the_codebook_gives_the_columns_of_every_file() -> None:
    codebook = text_of("data/README.md")
    for columns in (ENTITY_COLUMNS, NAME_COLUMNS, SOURCE_COLUMNS, PASSAGE_COLUMNS):
        assert f": `{', '.join(columns)}`\n" in codebook
    assert [column for column in FACT_COLUMNS_LAST if f"`{column}`" not in codebook] == []


def row_of(relation: Relation) -> str:
    """The line of the codebook that the ontology asks for."""
    target = ", ".join(sorted(relation.range))
    if relation.value:
        target = f"a number ({relation.value})"
    elif relation.scheme:
        target = f"a concept of `{relation.scheme}`"
    columns = [f"**{item.column}**" if item.key else item.column for item in relation.qualifiers]
    cells = (
        f"`{relation.id}.csv`",
        relation.label_en,
        ", ".join(sorted(relation.domain)),
        target,
        ", ".join(columns),
    )
    return f"| {' | '.join(cells)} |"


def test_the_codebook_describes_every_relation_as_the_ontology_declares_it() -> None:
    lines = text_of("data/README.md").splitlines()
    written = [line for line in lines if re.match(r"\| `\w+\.csv` \| (?!.*\bread\b)", line)]
    expected = [row_of(relation) for relation in read_schema().relations.values()]
    named = {relation.split("`")[1] for relation in expected}
    assert sorted(line for line in written if line.split("`")[1] in named) == sorted(expected)


def test_the_changelog_knows_this_version() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert f"## {version}" in text_of("CHANGELOG.md")
