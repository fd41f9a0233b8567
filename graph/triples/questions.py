"""Named questions, and questions that a person brings; both are answered under limits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from techsov.graph import terms
from techsov.graph.errors import OntologyError, QuestionError, UsageError
from techsov.graph.triples.build import ESCAPES
from techsov.graph.triples.store import Answer, Asked, Cell
from techsov.graph.triples.worker import SECONDS, run_limited

QUERY_BYTES = 64 * 1024
NESTING = 200
ROWS = 100_000

#: What is skipped when words are looked for: comments, addresses, strings long and short,
#: variables, language tags and prefixed names.
SKIPPED = re.compile(
    r"""\#[^\n\r]*|<[^<>"{}|^`\\\x00-\x20]*>|'''(?:[^'\\]|\\.|'(?!''))*'''"""
    r'''|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*\''''
    r"""|[?$]\w+|@[A-Za-z-]+|(?<![\w-])[\w-]*:(?:[\w.:%-]|\\.)*""",
    re.DOTALL,
)
#: What is left holds no name, so a refused word may stand right beside a number or another word.
REFUSED = re.compile(
    "INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH|SERVICE|FROM", re.IGNORECASE
)
REASONS = {"SERVICE": "question.service", "FROM": "question.from"}
#: A prefix where it is declared or used; what is skipped besides has none.
PREFIXED = re.compile(
    rf"(?P<declares>\bPREFIX\s+)?(?:(?P<prefix>(?<![\w-])[\w-]*:)[\w.:%-]*|{SKIPPED.pattern})",
    re.DOTALL | re.IGNORECASE,
)
HEADER = re.compile(r"^# (title|about|ask|theme|param|over)(?:\.(en|fr))?: (.*)$", re.MULTILINE)
REQUIRED = {"title_en", "title_fr", "about_en", "about_fr"}
#: What ``# over:`` may say: the question is put to what rules conclude, too.
CONCLUSIONS = "conclusions"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank of a question: ``kind`` is ``entity``, ``concept:SCHEME``, ``date`` or ``text``.

    ``entity:CLASS,CLASS`` says besides which classes of entity it makes sense to ask about; an
    answer is given for any other, too.
    """

    name: str
    kind: str
    default: str

    @property
    def form(self) -> str:
        """The kind without what it is limited to."""
        return self.kind.partition(":")[0]

    @property
    def limits(self) -> tuple[str, ...]:
        """The scheme of a concept, or the classes of an entity."""
        limits = self.kind.partition(":")[2]
        return tuple(limits.split(",")) if limits else ()


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question: its name, its words, its blanks and its SPARQL.

    ``over_conclusions`` says that it is put to what rules conclude too, not to facts alone.
    ``ask_en`` and ``ask_fr`` are the sentence with each blank in its place, as ``{name}``, and
    ``theme`` says with which others a reader looks for it.
    """

    name: str
    title_en: str
    title_fr: str
    about_en: str
    about_fr: str
    parameters: tuple[Parameter, ...]
    over_conclusions: bool
    sparql: str
    ask_en: str = ""
    ask_fr: str = ""
    theme: str = ""

    def title(self, language: str) -> str:
        """Give the question in words."""
        return self.title_fr if language == "fr" else self.title_en

    def about(self, language: str) -> str:
        """Explain the question in one sentence."""
        return self.about_fr if language == "fr" else self.about_en

    def sentence(self, language: str) -> str:
        """Give the question with its blanks; the title, if it has none."""
        return (self.ask_fr if language == "fr" else self.ask_en) or self.title(language)


@cache
def read_questions() -> Mapping[str, Question]:
    """Read every named question that the package carries, in the order of their names."""
    folder = files("techsov.ontology") / "questions"
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    questions = (
        _question(path.name.removesuffix(".rq"), path.read_text(encoding="utf-8"))
        for path in paths
        if path.name.endswith(".rq")
    )
    return {question.name: question for question in questions}


def _question(name: str, text: str) -> Question:
    words: dict[str, str] = {}
    parameters = []
    over_conclusions = False
    for kind, language, value in HEADER.findall(text):
        if kind == "param":
            blank, form, default = (part.strip() for part in value.split("|"))
            parameters.append(Parameter(blank, form, default))
        elif kind == "over":
            over_conclusions = value.strip() == CONCLUSIONS
        else:
            words[f"{kind}_{language}".strip("_")] = value.strip()
    if not words.keys() >= REQUIRED:
        raise OntologyError("error.question-header", name=name)
    return Question(
        name=name,
        parameters=tuple(parameters),
        over_conclusions=over_conclusions,
        sparql=text,
        **words,
    )


def find_question(name: str) -> Question:
    """Find a named question.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    questions = read_questions()
    if name not in questions:
        # difflib is slow to import, and only a mistake needs it.
        from difflib import get_close_matches

        close = get_close_matches(name, questions, n=3, cutoff=0.4)
        raise UsageError("question.unknown", name=name, close=", ".join(close or questions))
    return questions[name]


def bind(question: Question, given: Mapping[str, str]) -> Mapping[str, Cell]:
    """Turn what the caller gave, or the defaults, into terms, by the name of the blank.

    ``given`` maps the name of a blank to an entity's id, a concept's slug, a day or a text.

    Raises
    ------
    UsageError
        If there is no such blank, or the value is not of its kind.
    """
    for name in given:
        if name not in {parameter.name for parameter in question.parameters}:
            known = ", ".join(parameter.name for parameter in question.parameters) or "–"
            raise UsageError("question.parameter", name=name, known=known)
    return {
        parameter.name: _term(parameter, given.get(parameter.name) or parameter.default)
        for parameter in question.parameters
    }


def _term(parameter: Parameter, value: str) -> Cell:
    if parameter.kind != "date" and parameter.kind != "text" and not terms.is_id(value):
        raise UsageError("question.not-an-id", name=parameter.name, value=value)
    if parameter.form == "entity":
        return Cell(terms.ENTITY + value)
    if parameter.form == "concept":
        return Cell(f"{terms.CONCEPT}{parameter.limits[0]}-{value}")
    if parameter.kind == "date":
        try:
            return Cell(date.fromisoformat(value).isoformat(), "date")
        except ValueError:
            raise UsageError("question.day", name=parameter.name, value=value) from None
    return Cell(value, "string")


def filled(sparql: str, blanks: Mapping[str, Cell]) -> str:
    r"""Put terms where ``$name`` stands; a term is written so that it cannot be anything else.

    Not left to the engines: Oxigraph fills only variables that are selected.

    >>> filled('SELECT ?x { ?x ?p $y } # $y', {"y": Cell('a" . ?s ?p "b', "string")})
    'SELECT ?x { ?x ?p "a\\" . ?s ?p \\"b" } # $y'
    """
    return SKIPPED.sub(
        lambda found: (
            _written(blanks[found[0][1:]])
            if found[0].startswith("$") and found[0][1:] in blanks
            else found[0]
        ),
        sparql,
    )


def _written(cell: Cell) -> str:
    if cell.kind == "iri":
        return f"<{cell.value}>"
    text = f'"{cell.value.translate(ESCAPES)}"'
    return text if cell.kind == "string" else f"{text}^^<{terms.XSD}{cell.kind}>"


def refuse_foreign(query: str) -> None:
    """Refuse what a question may not do, before it is parsed.

    This is for clear messages: the barrier is the worker's process. The length and the depth are
    bounded because a parser that runs out of stack takes its process with it.

    Raises
    ------
    QuestionError
        For updates, SERVICE, FROM, and questions too long or too deep.

    Examples
    --------
    >>> refuse_foreign("SELECT ?from WHERE { ?from a <http://x/SERVICE> } # FROM")
    >>> refuse_foreign("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    techsov.graph.errors.QuestionError: SERVICE asks another server; remove it: a question is \
answered from the facts here
    """
    if len(query.encode()) > QUERY_BYTES:
        raise QuestionError("question.long", limit=QUERY_BYTES // 1024)
    bare = SKIPPED.sub(" ", query)
    if _depth(bare) > NESTING:
        raise QuestionError("question.deep", limit=NESTING)
    if found := REFUSED.search(bare):
        word = found.group().upper()
        raise QuestionError(REASONS.get(word, "question.update"), word=word)


def undeclared(query: str) -> str:
    """Give the first prefix that is used and not declared, or nothing: a parser tells it badly.

    Examples
    --------
    >>> undeclared("PREFIX own: <http://x/> SELECT * { ?s own:p _:b, sov:o, odd:one }")
    'odd:'
    """
    declared = {f"{name}:" for name in (*terms.PREFIXES, "_")}
    for found in PREFIXED.finditer(query):
        name = found["prefix"]
        if found["declares"]:
            declared.add(name)
        elif name and name not in declared:
            return name
    return ""


def _depth(text: str) -> int:
    deepest = depth = 0
    for char in text:
        if char in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "})]":
            depth = max(0, depth - 1)
    return deepest


def answer(
    store: Asked,
    query: str,
    *,
    seconds: float = SECONDS,
    rows: int = ROWS,
) -> Answer:
    """Answer a question in a process of its own, under limits.

    Raises
    ------
    QuestionError
        If the question does not parse, or asks for what is refused.
    LimitError
        Past ``seconds``, or past the memory. Past ``rows`` the answer is cut and says so.
    """
    refuse_foreign(query)
    try:
        return run_limited(lambda: store.select(query, rows), seconds=seconds)
    except QuestionError as error:
        if name := undeclared(query):
            raise QuestionError("question.prefix", name=name) from error
        raise
