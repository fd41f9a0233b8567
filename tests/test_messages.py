"""The catalogue: every message is used, whole, and typeset in both languages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from techsov.graph.cli import techsov
from techsov.graph.commands.network import MEASURES
from techsov.graph.messages import LANGUAGES, catalogue, say
from techsov.viz.words import SCRIPT_AREA

ROOT = Path(__file__).parents[1]
KEYS = sorted(catalogue())
#: Areas whose keys a page puts together: pages say ``count("facts", …)``, tables name columns.
PAGE_AREAS = (
    "page",
    "page-method",
    "page-detail",
    "page-script",
    "page-picture",
    "page-concentration",
    "page-chokepoints",
    "page-alliances",
    "page-sources",
    "page-dossier",
    "page-paths",
    "page-reach",
    "page-reach-script",
    "page-ladder",
    "page-ladder-script",
    "page-home",
    "page-tour",
    "page-timeline",
    "page-questions",
    "page-map",
)
#: The scripts that have words of their own.
SCRIPT_AREAS = {"reach-page": "page-reach-script.", "ladder-page": "page-ladder-script."}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", KEYS)
def test_a_message_is_said_in_both_languages_with_the_same_blanks(key: str) -> None:
    words = catalogue()[key]
    assert words.keys() == set(LANGUAGES)
    assert all(text.strip() == text != "" for text in words.values())
    if key != "check.shape":  # one blank for each language: a shape brings its own words
        assert blanks(words["en"]) == blanks(words["fr"])


NO_BREAK = "\u00a0\u202f"


def bare(text: str) -> str:
    """The text without what is no prose: blanks, options, addresses, code."""
    return re.sub(r"\{\w+\}|https?://|<[!/][\w-]+|--?[a-z-]+|(?:\w+:)?[\w./]+\.\w+:?\d*", "X", text)


@pytest.mark.parametrize("key", KEYS)
def test_french_has_a_no_break_space_before_its_tall_marks(key: str) -> None:
    text = bare(catalogue()[key]["fr"])
    assert not re.search(rf"[^{NO_BREAK}][;!?»%]", text)
    assert not re.search(rf"«[^{NO_BREAK}]", text)
    assert not re.search(rf"[^{NO_BREAK}]:(?:\s|$)", text)
    assert not re.search(r" [:;!?»%]|« |\d \d{3}\b", text)


@pytest.mark.parametrize("key", KEYS)
def test_french_has_typographic_apostrophes_and_quotation_marks(key: str) -> None:
    assert not re.search(r"\w'\w|\"", catalogue()[key]["fr"])


@pytest.mark.parametrize("key", KEYS)
def test_english_has_no_space_before_a_mark(key: str) -> None:
    assert not re.search(r"\s[:;!?](?:\s|$)", catalogue()[key]["en"])


def test_blanks_are_filled_and_braces_of_a_value_stay() -> None:
    assert say("error.day", "en", value="{x}") == '"{x}" is not a day; give YYYY-MM-DD'


# --- Use


@cache
def trees() -> dict[str, ast.Module]:
    paths = [path for folder in ("graph", "viz") for path in sorted((ROOT / folder).rglob("*.py"))]
    return {str(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def patterns(tree: ast.Module) -> Iterator[str]:
    """A pattern for every text that a module holds or puts together."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else None for part in node.values)
            yield "".join(re.escape(part) if isinstance(part, str) else r"[\w-]*" for part in parts)


@cache
def used_in_python() -> re.Pattern[str]:
    texts = {text for tree in trees().values() for text in patterns(tree)}
    areas = {key.split(".")[0] for key in KEYS}
    keys = [text for text in texts if text.replace("\\", "").split(".")[0] in areas and "." in text]
    return re.compile("|".join(sorted(keys)))


@cache
def used_on_pages() -> re.Pattern[str]:
    """What Python, templates and scripts of the pages put in quotation marks."""
    found = {text for path, tree in trees().items() if "/viz/" in path for text in patterns(tree)}
    for path in sorted((ROOT / "viz").rglob("*")):
        if path.suffix in {".html", ".js"}:
            text = path.read_text(encoding="utf-8")
            for quoted in re.findall(r"\"([\w-]+)\"|'([\w-]+)'|`([\w${}.-]+)`", text):
                word = next(filter(None, quoted))
                found.add(r"[\w-]*".join(map(re.escape, re.split(r"\$\{[^}]*\}", word))))
    words = [text for text in found if re.sub(r"\[.*?\]\*|\\", "", text)]
    return re.compile("|".join(sorted(words)))


def strict(key: str) -> bool:
    return key.split(".")[0] not in {*PAGE_AREAS, "help"}


@pytest.mark.parametrize("key", [key for key in KEYS if strict(key)])
def test_every_message_is_used(key: str) -> None:
    assert used_in_python().fullmatch(key)


@pytest.mark.parametrize("key", [key for key in KEYS if key.split(".")[0] in PAGE_AREAS])
def test_every_message_of_the_pages_is_used(key: str, request: pytest.FixtureRequest) -> None:
    area, name = key.split(".", 1)
    if area == "page-detail":
        from techsov.graph.facts.schema import read_schema

        assert name in {*read_schema().descriptors, "value", "need"}
    else:
        assert used_on_pages().fullmatch(
            re.sub(r"-(one|many)$", "", name)
        ) or used_on_pages().fullmatch(name)


def test_every_help_belongs_to_a_command_or_an_option() -> None:
    options = {
        str(getattr(parameter, "help", ""))
        for command in techsov.commands.values()
        for parameter in command.params
        if str(getattr(parameter, "help", "")).startswith("help.")
    }
    commands = {f"help.{name}" for name in techsov.commands}
    rest = {f"help.{name}" for name in ("techsov", "commands", "default", "required")}
    assert {key for key in KEYS if key.startswith("help.")} == options | commands | rest


def test_every_measure_is_explained() -> None:
    assert {f"measure.{name}" for name in MEASURES} == {
        key for key in KEYS if key.startswith("measure.")
    }


def test_the_scripts_say_only_what_the_catalogue_has() -> None:
    said = {
        # The scripts of the page of chains have its own words: tests/viz/test_paths_page.py.
        (SCRIPT_AREAS.get(path.stem, SCRIPT_AREA), kind, key)
        for path in sorted((ROOT / "viz" / "assets" / "js").glob("*.js"))
        if not path.name.startswith("paths-")
        for kind, key in re.findall(
            r"\b(say|count)\(\"([\w-]+)\"", path.read_text(encoding="utf-8")
        )
    }
    wanted = {
        f"{area}{key}{end}"
        for area, kind, key in said
        for end in (("-one", "-many") if kind == "count" else ("",))
    }
    # status.say says words that are said already: they are no keys.
    assert wanted <= catalogue().keys()


def told() -> Iterator[tuple[str, str, set[str]]]:
    """Each place that names a message and fills its blanks: key, place, the blanks filled."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or any(word.arg is None for word in node.keywords):
                continue
            function = node.func
            name = (
                function.attr
                if isinstance(function, ast.Attribute)
                else getattr(function, "id", "")
            )
            given = {str(word.arg) for word in node.keywords}
            if (
                name == "TechsovError"
                or name.endswith("Error")
                or name in {"say", "UndefinedMeasure", "_tell"}
            ):
                at = 0
            elif name in {"fail", "problem"}:
                at, given = 1, given | {"value"}
            elif name == "problem_at":
                at = 2
            else:
                continue
            if len(node.args) > at and isinstance(key := node.args[at], ast.Constant):
                yield str(key.value), f"{Path(path).name}:{node.lineno}", given


TOLD = sorted(
    {(key, place, tuple(sorted(given))) for key, place, given in told() if key in catalogue()}
)


@pytest.mark.parametrize(("key", "place", "given"), TOLD)
def test_every_blank_is_filled_where_a_message_is_told(
    key: str, place: str, given: tuple[str, ...]
) -> None:
    assert blanks(catalogue()[key]["en"]) <= set(given), place


def test_most_messages_are_told_in_a_way_that_can_be_checked() -> None:
    assert len({key for key, *_ in TOLD}) > 60


def test_every_key_that_is_told_is_in_the_catalogue() -> None:
    areas = {key.split(".")[0] for key in KEYS}
    known = {(key, place) for key, place, _ in told() if key.split(".")[0] in areas and "." in key}
    assert [(key, place) for key, place in sorted(known) if key not in catalogue()] == []


@pytest.mark.parametrize("key", KEYS)
def test_commands_and_options_that_are_named_exist(key: str) -> None:
    options = {
        option
        for command in techsov.commands.values()
        for parameter in command.params
        for option in parameter.opts
    } | {"--debug", "--help"}
    for text in catalogue()[key].values():
        assert (
            set(re.findall(r"techsov ([a-z]+)\b", text)) - {"command"}
            <= set(techsov.commands) | FRENCH_AND_ENGLISH
        )
        assert set(re.findall(r"(?<![\w-])--[a-z-]+", text)) <= options


#: Words that may follow the name of the program in prose.
FRENCH_AND_ENGLISH = {"did", "n", "is", "est"}
