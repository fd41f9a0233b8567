"""What is built from packages of npm, as it stands in the package; it may be missing.

Nothing of it is in the repository: a build fetches it by a lock file, and a wheel carries it.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from techsov.graph.errors import StoreError

MANIFEST = "manifest.json"
ENGINE = "questions-engine.js"
EDITOR = "questions-editor.js"
EDITOR_STYLE = "questions-editor.css"
LICENCES = "licences.txt"


@cache
def built_assets() -> Mapping[str, bytes]:
    """Read what was built, by name, or nothing where nothing was.

    Raises
    ------
    StoreError
        If a file is not the one that the manifest names.
    """
    folder = files("techsov.viz") / "assets" / "built"
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return {}
    found = {}
    for name, digest in json.loads(manifest.read_bytes())["files"].items():
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        if sha256(content).hexdigest() != digest:
            raise StoreError("page-error.built", file=name)
        found[name] = content
    return found
