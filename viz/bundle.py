"""ES modules to one classic script: browsers refuse to load modules from ``file://``."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files

from rcssmin import cssmin
from rjsmin import jsmin

from techsov.graph.errors import OntologyError
from techsov.graph.messages import LANGUAGES, say
from techsov.viz.built import built_script

IMPORT = re.compile(r'import \{ (\w+(?:, \w+)*) \} from "\./([\w-]+)\.js";')
EXPORT = re.compile(r"export (?=(?:async )?function\*? (\w+)|(?:const|let|class) (\w+))")
#: A template literal inside another: to the library that shortens scripts the second begins code.
NESTED = re.compile(r".*`[^`]*\$\{[^}`]*`.*")
#: The style sheets, in the order of their cascade.
STYLES = (
    "base",
    "head",
    "explorer",
    "facts",
    "tables",
    "findings",
    "narrow",
    "access",
)
#: The style sheets of single kinds of pages, besides.
SHEETS = (
    "dossier",
    "front",
    "ladder",
    "map",
    "paths",
    "questions",
    "reach",
    "timeline",
    "tour",
    "whatif",
)
#: The scripts that pages load, each by the module of ``assets/js`` that starts.
SCRIPTS: Mapping[str, str] = {
    "page.js": "page",
    "find.js": "find",
    "ladder.js": "ladder-page",
    "map.js": "map-page",
    "paths.js": "paths-page",
    "questions.js": "questions-page",
    "reach.js": "reach-page",
    "sources.js": "sources",
    "tables.js": "tables",
    "timeline.js": "timeline",
    "tour.js": "tour",
    "whatif.js": "whatif-page",
}
#: What would end a script in the middle of a page, or open a comment that hides its end.
ENDS_SCRIPT = re.compile(r"</script|<!--|<script", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A script or a style sheet, as it stands between its tags."""

    text: str

    @property
    def hash(self) -> str:
        """The source expression that allows it in a content security policy."""
        digest = base64.b64encode(sha256(self.text.encode()).digest()).decode("ascii")
        return f"'sha256-{digest}'"


def asset(name: str) -> str:
    """Read a file of ``viz/assets``."""
    return (files("techsov.viz") / "assets" / name).read_text(encoding="utf-8")


def modules(name: str) -> Text:
    """Join the modules of one of ``SCRIPTS``, as they are written."""
    return bundle(SCRIPTS[name], _module)


@cache
def script(name: str) -> Text:
    """Give one of ``SCRIPTS`` without what no browser needs: as npm built it, or without blanks."""
    return _ended(name, built_script(SCRIPTS[name]) or jsmin(modules(name).text))


def page_style() -> Text:
    """Join the style sheets of the pages, with the one word that these say on a narrow screen."""
    said = (
        f':root:lang({language}) {{ --confidence: "{say("page.column-confidence", language)}"; }}'
        for language in LANGUAGES
    )
    return Text("\n".join((*map(sheet, STYLES), *said)))


def sheet(name: str) -> str:
    """Give one style sheet, without what no browser needs."""
    return str(cssmin(asset(f"css/{name}.css")))


def edition_style(edition: str) -> Text:
    """Say which edition is shown, for readers and for scripts.

    It stands in a file of its own, so that a page changes only when what it says does.
    """
    return Text(
        f':root {{ --edition: "{edition}"; }}\n.edition::after {{ content: var(--edition); }}\n'
    )


def bundle(entry: str, read: Callable[[str], str]) -> Text:
    """Join ES modules into one classic script, each after those that it imports.

    A module becomes a function that returns what it exports, so equal names in two modules do not
    meet. Only named imports and exports are understood: ``import { a, b } from "./c.js";`` on one
    line, and ``export`` in front of a function, a class or a constant.

    Parameters
    ----------
    entry : str
        The name of the module that starts, without ``.js``.
    read : callable
        Gives the text of a module by its name.

    Raises
    ------
    OntologyError
        If a module imports itself through others, or has an import or an export of another kind.
    """
    joined = _Joined(read)
    joined.add(entry, ())
    return _ended(entry, '"use strict";\n(() => {\n' + "".join(joined.parts) + "})();\n")


def _ended(name: str, script: str) -> Text:
    """Refuse a script that would end in the middle of a page."""
    if ENDS_SCRIPT.search(script):
        raise OntologyError("page-error.script-ends", module=name)
    return Text(script)


@dataclass(slots=True)
class _Joined:
    read: Callable[[str], str]
    parts: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, module: str, importers: tuple[str, ...]) -> None:
        """Add a module after what it imports, once."""
        if module in importers:
            circle = " → ".join([*importers, module])
            raise OntologyError("page-error.circular-import", modules=circle)
        if module in self.seen:
            return
        self.seen.add(module)
        text = self.read(module)
        for _, imported in IMPORT.findall(text):
            self.add(imported, (*importers, module))
        self.parts.append(_wrapped(module, text))


def _module(name: str) -> str:
    return asset(f"js/{name}.js")


def _wrapped(module: str, text: str) -> str:
    body = IMPORT.sub(lambda found: f"const {{ {found[1]} }} = {_name(found[2])};", text)
    names = [first or second for first, second in EXPORT.findall(body)]
    body = EXPORT.sub("", body)
    stray = re.search(r"^\s*(?:import|export)\b.*", body, re.MULTILINE) or NESTED.search(body)
    if stray:
        raise OntologyError("page-error.module-form", module=module, line=stray[0].strip())
    return f"const {_name(module)} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();\n"


def _name(module: str) -> str:
    return f"module_{module.replace('-', '_')}"
