"""The templates of the pages, compiled once."""

import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

#: How templates are read: with every text escaped.
READING: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}


@cache
def environment() -> Environment:
    """Give the templates."""
    return Environment(
        loader=PackageLoader("techsov.viz", "templates"),
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=_kept(),
        **READING,
    )


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates beside the templates, as Python keeps its own modules."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled, where the package may be written to."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _kept() -> _Compiled | None:
    if sys.dont_write_bytecode:
        return None
    folder = Path(str(files("techsov.viz") / "templates" / "__pycache__"))
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    # What was compiled of another reading is not taken: its key knows the source alone.
    reading = sha256(repr(READING).encode()).hexdigest()[:8]
    return _Compiled(str(folder), f"%s.{reading}.jinja") if folder.is_dir() else None
