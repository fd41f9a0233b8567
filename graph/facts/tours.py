"""Tours: a finding told in a few steps, each one sentence, a view of the site and the facts under it.

One file of ``data/tours/`` is one tour, in TOML, so that an analyst can copy it and change it. What
is wrong is reported like a wrong cell: file, line, field, and what would be right.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from techsov.graph.errors import Origin, Problem, StoreError, printable
from techsov.graph.facts.schema import Schema
from techsov.graph.facts.tables import FORBIDDEN, nearest, problem_at, shortened
from techsov.graph.messages import UNBREAKABLE
from techsov.graph.records import Records
from techsov.graph.terms import is_id

FOLDER = "tours"
#: So many steps make a tour.
LEAST_STEPS, MOST_STEPS = 4, 6
#: So many characters hold a title, and one sentence.
TITLE_LENGTH, SENTENCE_LENGTH = 90, 320
#: No tour is longer; a longer file is no tour.
FILE_BYTES, FILE_LINES = 64 * 1024, 1000
#: The classes whose entities have a page of their own.
OWN_PAGE = frozenset({"Actor", "Offering", "Infrastructure"})
#: What an analysis can find of an entity.
FINDINGS = ("shared", "points", "hanging", "reach", "claims", "ladder", "coalition")
#: The findings that stand on the page of an entity.
ON_ITS_PAGE = ("points", "hanging", "reach", "claims", "ladder")
#: The pages that a step can open, what each field of their state names, and the fields that are
#: required. A page has its state in its address under the same names.
VIEWS: Mapping[str, Mapping[str, str]] = {
    "map": {"focus": "own-page", "steps": "steps", "fact": "fact"},
    "actor": {"actor": "own-page", "finding": "finding"},
    "whatif": {
        "remove": "entity",
        "law": "jurisdiction",
        "alliance": "alliance",
        "months": "months",
    },
    "paths": {"from": "own-page", "to": "own-page", "ask": "ask", "status": "status"},
    "sources": {"source": "source", "paragraph": "paragraph"},
    "timeline": {"from": "year", "to": "year"},
    "method": {},
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "actor": ("actor",),
    "paths": ("from", "to"),
    "sources": ("source",),
}
#: What can be chosen in a field of this kind: of two things, which chains; what counts besides.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "finding": ON_ITS_PAGE,
    "ask": ("chain", "common", "link"),
    "status": ("planned", "claimed", "hypothetical"),
}
#: The fields that hold one id or several.
SEVERAL = frozenset({"entity", "jurisdiction", "alliance"})
#: The class of what a field of this kind names.
CLASS_OF: Mapping[str, str] = {"jurisdiction": "Jurisdiction", "alliance": "Alliance"}
#: The least and the most of each kind of number.
NUMBERS: Mapping[str, tuple[int, int]] = {
    "steps": (1, 2),
    "months": (0, 600),
    "paragraph": (1, 100_000),
    "year": (1800, 2100),
    "order": (1, 1000),
}
#: What a tour says of itself, and what each of its steps says, beside the state of its view.
OF_TOUR = ("order", "title_en", "title_fr", "finding", "about", "step")
OF_STEP = ("sentence_en", "sentence_fr", "page", "facts")
#: How the parser of the standard library names the line.
AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class View:
    """A page of the site and its state: names and values, in the order of ``VIEWS``."""

    page: str
    state: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence, the view in which it can be seen, and the ids of the facts it rests on."""

    sentence_en: str
    sentence_fr: str
    view: View
    facts: tuple[str, ...]

    def sentence(self, language: str) -> str:
        """Give the sentence in ``language``."""
        return self.sentence_fr if language == "fr" else self.sentence_en


@dataclass(frozen=True, slots=True)
class Tour:
    """A finding told in steps; ``finding`` about the entity ``about`` is computed, not written."""

    id: str
    order: int
    title_en: str
    title_fr: str
    finding: str
    about: str
    steps: tuple[Step, ...]

    def title(self, language: str) -> str:
        """Give the title in ``language``."""
        return self.title_fr if language == "fr" else self.title_en


def read_tours(
    folder: Path, records: Records, schema: Schema
) -> tuple[tuple[Tour, ...], list[Problem]]:
    """Read every tour of a data folder, in their order, with every problem of every file.

    Raises
    ------
    StoreError
        If a file cannot be read.
    """
    problems: list[Problem] = []
    known = _Known(records, schema)
    shown = folder.resolve().name
    tours = [
        tour
        for path in _files(folder / FOLDER)
        for tour in [_read_tour(path, f"{shown}/{FOLDER}/{path.name}", known, problems)]
        if tour
    ]
    return tuple(sorted(tours, key=lambda tour: (tour.order, tour.id))), problems


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml")


def _read_tour(path: Path, shown: str, known: "_Known", problems: list[Problem]) -> Tour | None:
    """Read one tour; nothing, if any part of it is wrong."""
    before = len(problems)
    if not is_id(path.stem):
        problems.append(
            problem_at(Origin(shown, 0), "", "check.bad-id", value=shortened(path.stem))
        )
    text = _text_of(path, shown, problems)
    content = None if text is None else _parsed(text, shown, problems)
    if text is None or content is None:
        return None
    lines = _lines(text)
    source = tuple(text.split("\n"))
    table = _Table(content, shown, lines[0], 1, source, known, problems)
    table.only(OF_TOUR)
    told = content.get("step", [])
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        table.fail("step", "tour.no-steps")
        told = []
    elif not LEAST_STEPS <= len(told) <= MOST_STEPS:
        low, high = str(LEAST_STEPS), str(MOST_STEPS)
        table.fail("step", "tour.step-count", value=str(len(told)), low=low, high=high)
    finding = table.choice("finding", FINDINGS)
    tour = Tour(
        id=path.stem,
        order=table.number("order", "order"),
        title_en=table.words("title_en", TITLE_LENGTH),
        title_fr=table.words("title_fr", TITLE_LENGTH),
        finding=finding,
        about=table.name("about", "alliance" if finding == "coalition" else "own-page"),
        steps=tuple(
            _read_step(_Table(each, shown, at, at.get("", 1), source, known, problems))
            for number, each in enumerate(told, 1)
            for at in [lines.get(number, lines[0])]
        ),
    )
    return tour if len(problems) == before else None


def _read_step(table: "_Table") -> Step:
    page = table.choice("page", VIEWS)
    fields = VIEWS.get(page)
    if fields is not None:
        table.only((*OF_STEP, *fields), page)
    for name in REQUIRED.get(page, ()):
        if name not in table.content:
            table.fail(name, "tour.view-needs", page=page)
    state = [
        (name, table.state(name, kind))
        for name, kind in (fields or {}).items()
        if name in table.content
    ]
    return Step(
        sentence_en=table.words("sentence_en", SENTENCE_LENGTH),
        sentence_fr=table.words("sentence_fr", SENTENCE_LENGTH),
        view=View(page, tuple(state)),
        facts=table.names("facts", "fact"),
    )


def _text_of(path: Path, shown: str, problems: list[Problem]) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StoreError("error.unreadable", file=shown, detail=error.strerror or "") from error
    if len(raw) > FILE_BYTES or raw.count(b"\n") > FILE_LINES:
        problems.append(
            problem_at(Origin(shown, 0), "bytes", "tour.too-long", limit=str(FILE_LINES))
        )
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"0x{raw[error.start]:02X}"
        problems.append(problem_at(Origin(shown, line), "bytes", "tour.not-utf8", value=byte))
        return None


def _parsed(text: str, shown: str, problems: list[Problem]) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = AT_LINE.search(str(error))
        last = text.count("\n") + 1
        line = int(place[1]) if place and place[1] else last
        detail = AT_LINE.sub("", str(error))
    except RecursionError:
        line, detail = 1, "nested too deep"
    problems.append(problem_at(Origin(shown, line), "", "tour.syntax", detail=detail))
    return None


def _lines(text: str) -> dict[int, dict[str, int]]:
    """Say where each field begins: by step, from 1, and field; step 0 is the tour itself.

    A statement of TOML that is cut off does not parse, and a whole one does on its own.
    """
    lines = text.split("\n")
    found: dict[int, dict[str, int]] = {0: {}}
    step = start = 0
    for end in range(1, len(lines) + 1):
        try:
            statement = tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        if statement.get("step") == [{}]:
            step += 1
            found[step] = {"": start + 1}
            found[0].setdefault("step", start + 1)
        for name in statement:
            found[step].setdefault(name, start + 1)
        start = end
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What a tour may name."""

    records: Records
    schema: Schema
    facts: frozenset[str] = field(init=False)
    with_page: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        facts, entities = self.records.facts, self.records.entities
        ends = {end for fact in facts for end in (fact.subject, fact.object)}
        own = frozenset(name for name in ends & entities.keys() if self._classes(name) & OWN_PAGE)
        object.__setattr__(self, "facts", frozenset(fact.id for fact in facts))
        object.__setattr__(self, "with_page", own)

    def names(self, kind: str) -> Collection[str]:
        """Give all that a field of this kind may name."""
        if kind == "fact":
            return self.facts
        return self.records.sources if kind == "source" else self.records.entities

    def fits(self, value: str, kind: str) -> bool:
        """Whether what is there is what a field of this kind asks for."""
        if kind == "own-page":
            return value in self.with_page
        wanted = CLASS_OF.get(kind)
        return not wanted or wanted in self._classes(value)

    def _classes(self, name: str) -> frozenset[str]:
        """Give the classes of an entity; none where its class is misspelt, which is told elsewhere."""
        cls = self.records.entities[name].cls
        return frozenset(self.schema.ancestors(cls) if cls in self.schema.classes else ())


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a file, read field by field; what is wrong is added to ``problems``."""

    content: Mapping[str, object]
    file: str
    lines: Mapping[str, int]
    line: int
    source: tuple[str, ...]
    known: _Known
    problems: list[Problem]

    def fail(self, name: str, message: str, **values: str) -> None:
        """Note that one field is wrong, at its line or at that of its table."""
        origin = Origin(self.file, self._line(name, values.get("value", "")))
        self.problems.append(problem_at(origin, name, message, **{"value": "", **values}))

    def only(self, names: Iterable[str], page: str = "") -> None:
        """Note each field that does not belong here."""
        allowed = tuple(names)
        for name in self.content:
            if name not in allowed:
                guess = nearest(name, allowed)
                message = "tour.unknown-field-guess" if guess else "tour.unknown-field"
                listed = ", ".join(allowed)
                self.fail(name, message, value=shortened(name), guess=guess, known=listed)

    def words(self, name: str, most: int) -> str:
        """One line of words, as they will be read; French marks get their no-break spaces."""
        text = self._text(name, "tour.no-words")
        if bad := FORBIDDEN.search(text.replace("\n", " ")):
            self.fail(name, "check.control-character", value=printable(bad[0]))
        text = " ".join(text.split(" ")).replace("\n", " ").strip()
        if len(text) > most:
            self.fail(name, "tour.long", value=str(len(text)), limit=str(most))
        return UNBREAKABLE.sub("\u00a0", text) if name.endswith("_fr") else text

    def choice(self, name: str, options: Collection[str]) -> str:
        """One word of a closed list."""
        text = self._text(name, "tour.no-choice", known=", ".join(options))
        if text and text not in options:
            guess = nearest(text, options)
            message = "check.choice-guess" if guess else "check.choice"
            listed = ", ".join(options)
            self.fail(name, message, part=shortened(text), guess=guess, known=listed)
        return text

    def number(self, name: str, kind: str) -> int:
        """Give a whole number within the bounds of its kind."""
        low, high = NUMBERS[kind]
        value = self.content.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fail(name, "tour.number", low=str(low), high=str(high))
            return low
        return value

    def name(self, name: str, kind: str) -> str:
        """Give one id of something that is there."""
        text = self._text(name, "tour.no-name")
        if text:
            self._check(name, text, kind)
        return text

    def names(self, name: str, kind: str) -> tuple[str, ...]:
        """Give several ids, at least one."""
        values = self.content.get(name)
        values = [values] if isinstance(values, str) else values
        if not isinstance(values, list) or not values:
            self.fail(name, "tour.no-facts" if kind == "fact" else "tour.no-names")
            return ()
        for value in values:
            if isinstance(value, str):
                self._check(name, value, kind)
            else:
                self.fail(name, "tour.no-text")
        return tuple(dict.fromkeys(value for value in values if isinstance(value, str)))

    def state(self, name: str, kind: str) -> str:
        """Give the value of one field of a view as an address holds it."""
        if kind in NUMBERS:
            return str(self.number(name, kind))
        if kind in CHOICES:
            return self.choice(name, CHOICES[kind])
        if kind in SEVERAL:
            return "~".join(self.names(name, kind))
        return self.name(name, kind)

    def _text(self, name: str, missing: str, **values: str) -> str:
        value = self.content.get(name, "")
        if not isinstance(value, str):
            self.fail(name, "tour.no-text")
        elif not value.strip():
            self.fail(name, missing, **values)
        return value if isinstance(value, str) else ""

    def _check(self, name: str, value: str, kind: str) -> None:
        """Note an id that names nothing, or nothing of the kind that is asked for."""
        known = self.known.names(kind)
        if value not in known:
            word = kind if kind in {"fact", "source"} else "entity"
            guess = nearest(value, known)
            message = f"check.unknown-{word}-guess" if guess else f"check.unknown-{word}"
            self.fail(name, message, value=shortened(value), guess=guess)
        elif not self.known.fits(value, kind):
            self.fail(name, f"tour.not-{kind}", value=value)

    def _line(self, name: str, value: str) -> int:
        """Find the line of a field; in a list over several lines, that of the value."""
        first = self.lines.get(name, self.line)
        if isinstance(self.content.get(name), list) and value:
            for number, line in enumerate(self.source[first - 1 :], first):
                if f'"{value}"' in line or f"'{value}'" in line:
                    return number
        return first
