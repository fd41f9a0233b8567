"""The same work without techsov: with pyoxigraph alone, with rdflib alone, and with kglab."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rounds import given_up_after

from techsov.graph import terms

HERE = Path(__file__).parent
#: Seconds after which rdflib and kglab are not waited for any longer.
PATIENCE = 5.0
ELSEWHERE = HERE.parent.parent / ".venv" / "bench" / "bin" / "python"

Rows = list[tuple[object, ...]]
RdflibTriple = tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal]


def ox_build(ntriples: bytes) -> None:
    """Parse and dump as a stream, once for each format: quicker than to keep the triples."""
    for form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE):
        quads = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)
        prefixes = terms.PREFIXES if form == ox.RdfFormat.TURTLE else None
        ox.serialize((quad.triple for quad in quads), format=form, prefixes=prefixes)


def ox_load(ntriples: bytes, ontology: bytes) -> ox.Store:
    store = ox.Store()
    store.bulk_load(ntriples, format=ox.RdfFormat.N_TRIPLES)
    store.bulk_load(ontology, format=ox.RdfFormat.TURTLE)
    return store


def ox_rows(store: ox.Store, query: str) -> Rows:
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(row) for row in answer]


def rdflib_parse_and_write(ntriples: bytes) -> None:
    _write(rdflib.Graph().parse(data=ntriples, format="nt"))


def rdflib_add_and_write(triples: Iterable[RdflibTriple]) -> None:
    graph = rdflib.Graph()
    for triple in triples:
        graph.add(triple)
    _write(graph)


def rdflib_triples(ntriples: bytes) -> Iterator[RdflibTriple]:
    """Give the terms ready-made: to make them is not counted as rdflib's time."""
    for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES):
        assert isinstance(quad.subject, ox.NamedNode)
        subject, predicate = rdflib.URIRef(quad.subject.value), rdflib.URIRef(quad.predicate.value)
        if isinstance(quad.object, ox.Literal):
            language = quad.object.language
            kind = None if language else rdflib.URIRef(quad.object.datatype.value)
            yield subject, predicate, rdflib.Literal(quad.object.value, language, kind)
        else:
            yield subject, predicate, rdflib.URIRef(str(quad.object)[1:-1])


def _write(graph: rdflib.Graph) -> None:
    for prefix, namespace in terms.PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.serialize(format="nt", encoding="utf-8")
    graph.serialize(format="turtle", encoding="utf-8")


def rdflib_rows(graph: rdflib.Graph, query: str) -> None:
    """Answer, or give up: how rdflib orders a pattern follows a hash, and can be very slow."""
    with given_up_after(PATIENCE):
        for row in graph.query(query):
            tuple(row)  # type: ignore[arg-type]


class Elsewhere:
    """A peer in a process of its own environment, asked over a pipe, line by line."""

    def __init__(self, script: str) -> None:
        self.process = subprocess.Popen(
            [ELSEWHERE, HERE / script, str(PATIENCE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.ask(do="ready")

    def ask(self, **order: object) -> float:
        """Have something done, wait for it, and say how many seconds it took there.

        Raises
        ------
        OSError
            If the process is gone.
        """
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        if seconds := self.process.stdout.readline():
            return float(seconds)
        raise OSError("the process of the peer has ended")

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def kglab() -> Elsewhere | None:
    """Start kglab, or give None where it cannot be imported."""
    return _started("kglab_peer.py")


def igraph() -> Elsewhere | None:
    """Start igraph, or give None where it cannot be imported."""
    return _started("igraph_peer.py")


def _started(script: str) -> Elsewhere | None:
    try:
        return Elsewhere(script)
    except OSError:
        return None
