"""Where triples are asked: Oxigraph in memory, or rdflib for those who have nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import pyoxigraph as ox

from techsov.graph import terms
from techsov.graph.errors import QuestionError
from techsov.graph.facts.schema import FILES
from techsov.graph.triples.build import to_bytes, to_rdflib

if TYPE_CHECKING:
    import rdflib


class Cell(NamedTuple):
    """One RDF term of an answer; ``kind`` is the local name of a literal's datatype, or ``iri``.

    A tuple: an answer may have many, and all of them pass from one process to another.
    """

    value: str
    kind: str = "iri"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a question; None where nothing is bound. Not ``complete``: a limit cut it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    complete: bool = True


class Asked(Protocol):
    """What answers SPARQL."""

    def select(self, query: str, limit: int) -> Answer:
        """Answer, with at most ``limit`` rows."""


@cache
def ontology_bytes() -> bytes:
    """Give the ontology and its concepts, as one Turtle document."""
    folder = files("techsov.ontology")
    return b"\n".join((folder / name).read_bytes() for name in FILES)


def oxigraph_store(triples: list[str]) -> ox.Store:
    """Load the triples, the ontology and its concepts into a new Oxigraph store."""
    store = ox.Store()
    add(triples, store)
    store.bulk_load(ontology_bytes(), format=ox.RdfFormat.TURTLE)
    return store


def add(triples: list[str], store: ox.Store) -> None:
    """Load more triples into an Oxigraph store."""
    store.bulk_load(to_bytes(triples), format=ox.RdfFormat.N_TRIPLES)


@dataclass(frozen=True, slots=True)
class InOxigraph:
    """Questions to an Oxigraph store."""

    store: ox.Store

    def select(self, query: str, limit: int) -> Answer:
        """Answer; the columns stand in the order of the question.

        Raises
        ------
        QuestionError
            If the question does not parse, or fails while it is answered.
        """
        try:
            answer = self.store.query(query, prefixes=terms.PREFIXES)
            return _answer_of(answer, limit)
        except SyntaxError as error:
            raise QuestionError("question.syntax", detail=error) from error
        except (OSError, RuntimeError) as error:
            raise QuestionError("question.failed", detail=error) from error


def _answer_of(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, limit: int) -> Answer:
    if isinstance(answer, ox.QueryBoolean):
        return Answer(("answer",), ((Cell("true" if answer else "false", "boolean"),),))
    columns = (
        tuple(variable.value for variable in answer.variables)
        if isinstance(answer, ox.QuerySolutions)
        else ("subject", "predicate", "object")
    )
    return _limited(columns, (tuple(map(_from_ox, row)) for row in answer), limit)


def _limited(
    columns: tuple[str, ...], found: Iterator[tuple[Cell | None, ...]], limit: int
) -> Answer:
    rows = tuple(islice(found, limit))
    return Answer(columns, rows, complete=next(found, None) is None)


def _from_ox(term: object) -> Cell | None:
    if isinstance(term, ox.NamedNode):
        return Cell(term.value)
    if isinstance(term, ox.Literal):
        if language := term.language:
            return Cell(term.value, "langString", language)
        return Cell(term.value, _local(term.datatype.value))
    return None if term is None else Cell(str(term))


@cache
def _local(datatype: str) -> str:
    return datatype.rsplit("#", 1)[-1]


@dataclass(frozen=True, slots=True)
class InRdflib:
    """Questions to an rdflib graph: slower, and without a limit on time."""

    graph: "rdflib.Graph"

    def select(self, query: str, limit: int) -> Answer:
        """Answer, as :class:`InOxigraph` does.

        Raises
        ------
        QuestionError
            If the question does not parse.
        """
        from pyparsing import ParseException

        try:
            answer = self.graph.query(query, initNs=terms.PREFIXES)
            return _answer_of_rdflib(answer, limit)
        except ParseException as error:
            raise QuestionError("question.syntax", detail=error) from error
        except MemoryError:
            raise
        except Exception as error:  # rdflib raises its own, and bare ones
            raise QuestionError("question.failed", detail=error) from error


def _answer_of_rdflib(answer: "rdflib.query.Result", limit: int) -> Answer:
    if answer.type == "ASK":
        return Answer(("answer",), ((Cell("true" if answer.askAnswer else "false", "boolean"),),))
    columns = (
        tuple(str(name) for name in answer.vars or ())
        if answer.type == "SELECT"
        else ("subject", "predicate", "object")
    )
    return _limited(columns, (tuple(map(_from_rdflib, row)) for row in answer), limit)  # type: ignore[arg-type]


def _from_rdflib(term: object) -> Cell | None:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        kind = "langString" if term.language else _local(str(term.datatype or "string"))
        return Cell(str(term), kind, term.language or "")
    return Cell(str(term))


def rdflib_store(triples: list[str]) -> "rdflib.Graph":
    """Load the triples, the ontology and its concepts into one rdflib graph."""
    # Imported here, because the process that answers can open no file.
    from rdflib.plugins import sparql

    # FROM would otherwise fetch whatever it names.
    sparql.SPARQL_LOAD_GRAPHS = False
    graph = to_rdflib(triples)
    graph.parse(data=ontology_bytes(), format="turtle")
    return graph


Engine = Literal["oxigraph", "rdflib"]


def open_store(triples: list[str], engine: Engine = "oxigraph") -> Asked:
    """Load the triples into ``engine``."""
    if engine == "rdflib":
        return InRdflib(rdflib_store(triples))
    return InOxigraph(oxigraph_store(triples))
