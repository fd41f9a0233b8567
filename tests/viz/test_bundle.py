"""Modules joined into one classic script, and the rules that the modules keep."""

import re
from importlib.resources import files

import pytest
from rjsmin import jsmin

from techsov.graph.errors import OntologyError
from techsov.viz.built import built_script
from techsov.viz.bundle import IMPORT, SCRIPTS, Text, asset, bundle, modules, script

MODULES = sorted(
    path.name for path in (files("techsov.viz") / "assets" / "js").iterdir() if path.name[0] != "."
)


def joined(**modules: str) -> str:
    return bundle("main", modules.__getitem__).text


def test_a_module_comes_after_what_it_imports_and_only_once() -> None:
    script = joined(
        main='import { a } from "./one.js";\nimport { b } from "./two.js";\na(b);\n',
        one='import { b } from "./two.js";\nexport function a() { return b; }\n',
        two="export const b = 1;\n",
    )
    assert script.index("module_two =") < script.index("module_one =") < script.index("module_main")
    assert script.count("module_two = (") == 1
    assert "import" not in script
    assert "export" not in script


def test_equal_names_in_two_modules_do_not_meet() -> None:
    script = joined(
        main='import { a } from "./one.js";\nconst own = 1;\na(own);\n',
        one="const own = 2;\nexport function a() { return own; }\n",
    )
    assert script.count("const own") == 2


@pytest.mark.parametrize(
    "line",
    [
        'import thing from "./one.js";',
        'import * as one from "./one.js";',
        'import { a } from "https://example.org/one.js";',
        'import { a as b } from "./one.js";',
        "export default 1;",
        "export { a };",
        'import "./one.js";',
    ],
)
def test_other_forms_are_refused_by_name(line: str) -> None:
    with pytest.raises(OntologyError, match=r"main\.js"):
        joined(main=f"{line}\n", one="export const a = 1;\n")


def test_modules_that_import_each_other_are_refused() -> None:
    with pytest.raises(OntologyError, match="main → one → main"):
        joined(
            main='import { a } from "./one.js";\nexport const b = 1;\n',
            one='import { b } from "./main.js";\nexport const a = 1;\n',
        )


@pytest.mark.parametrize("words", ["</script>", "<!-- x", "<SCRIPT>"])
def test_a_script_cannot_end_the_page(words: str) -> None:
    with pytest.raises(OntologyError, match="break the text in two"):
        joined(main=f"const a = '{words}';\n")


def test_the_hash_is_that_of_the_text() -> None:
    assert Text("alert(1)").hash == "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"


@pytest.mark.parametrize("name", SCRIPTS)
def test_pages_get_what_npm_built_of_these_modules(name: str) -> None:
    built = built_script(SCRIPTS[name])
    assert built, "run: make assets"
    assert script(name).text == built
    assert len(built) < len(jsmin(modules(name).text))


def test_what_was_built_of_other_modules_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("techsov.viz.built._digest_of_modules", lambda: "of others")
    assert built_script("page") == ""
    assert script.__wrapped__("page.js").text == jsmin(modules("page.js").text)


def test_the_scripts_are_the_modules_that_no_other_imports() -> None:
    """So npm finds them, without a list of its own."""
    imported = {
        f"{other}.js" for name in MODULES for _, other in IMPORT.findall(asset(f"js/{name}"))
    }
    assert {f"{module}.js" for module in SCRIPTS.values()} == set(MODULES) - imported


def test_every_module_is_part_of_a_script() -> None:
    joined = "".join(modules(name).text for name in SCRIPTS)
    missing = [
        name
        for name in MODULES
        if f"module_{name.removesuffix('.js').replace('-', '_')} = (" not in joined
    ]
    assert missing == []


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_small(name: str) -> None:
    assert len(asset(f"js/{name}").splitlines()) <= 150


@pytest.mark.parametrize("name", MODULES)
def test_text_never_becomes_markup(name: str) -> None:
    """The list of everything in a browser that turns text into markup, script or style."""
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
        r"|DOMParser|srcdoc|\beval\b|new Function|setHTML|parseHTML|cssText|importScripts"
        r"|XMLHttpRequest|\bfetch\b|WebSocket|EventSource|sendBeacon|\bon\w+\s*=(?!=)"
        r"""|setAttribute\(\s*["'](?:on|style|src|href)"""
    )
    assert re.findall(forbidden, asset(f"js/{name}")) == []
