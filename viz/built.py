"""What npm builds, as it stands in the package; it may be missing.

Nothing of it is in the repository: a build fetches by a lock file what it needs, and a wheel carries
the result.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from techsov.graph.errors import StoreError

MANIFEST = "manifest.json"
ENGINE = "questions-engine.js"
EDITOR = "questions-editor.js"
EDITOR_STYLE = "questions-editor.css"
LICENCES = "licences.txt"
QUESTIONS = (LICENCES, EDITOR_STYLE, EDITOR, ENGINE)


@dataclass(frozen=True, slots=True)
class Built:
    """The files by name, and the digest of the modules that the scripts of the pages are made of."""

    files: Mapping[str, bytes]
    modules: str


def built_assets() -> Mapping[str, bytes]:
    """Give what the pages of questions carry besides our own modules, or nothing.

    Raises
    ------
    StoreError
        If a file is not the one that the manifest names.
    """
    found = _built().files
    return {name: found[name] for name in QUESTIONS if name in found}


def built_script(module: str) -> str:
    """Give the script of a page by the module that starts it, or nothing.

    What was built of other modules than those that are here is not given.

    Raises
    ------
    StoreError
        If a file is not the one that the manifest names.
    """
    built = _built()
    if built.modules != _digest_of_modules():
        return ""
    return built.files.get(f"{module}.js", b"").decode()


@cache
def _built() -> Built:
    folder = files("techsov.viz") / "assets" / "built"
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return Built({}, "")
    said = json.loads(manifest.read_bytes())
    found = {}
    for name, digest in said["files"].items():
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        if sha256(content).hexdigest() != digest:
            raise StoreError("page-error.built", file=name)
        found[name] = content
    return Built(found, said.get("modules", ""))


@cache
def _digest_of_modules() -> str:
    """Hash the modules as they are now: somebody may have changed one since."""
    folder = files("techsov.viz") / "assets" / "js"
    modules = sorted(path.name for path in folder.iterdir() if path.name.endswith(".js"))
    lines = (f"{name} {sha256((folder / name).read_bytes()).hexdigest()}\n" for name in modules)
    return sha256("".join(lines).encode()).hexdigest()
