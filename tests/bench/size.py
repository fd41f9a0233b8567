"""One size, in a process of its own, as its memory is measured too: prints what it found as JSON.

Usage: size.py DATA FACTOR ROUNDS [rdflib] [kglab] [named]
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import peers
import pyoxigraph as ox
from folders import write_folder
from probes import named, probes
from rdflib import Graph
from rounds import Timed, Work, interleaved

from techsov.graph.analysis.network.centrality import in_degree, pagerank, reach
from techsov.graph.analysis.network.synthetic import synthetic_records
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.export import to_ntriples, to_turtle
from techsov.graph.facts.checks import check_reading
from techsov.graph.facts.files import read_folder, records_of
from techsov.graph.flow import Knowledge, know
from techsov.graph.records import Records
from techsov.graph.triples.build import build_triples
from techsov.graph.triples.questions import answer
from techsov.graph.triples.store import InOxigraph, ontology_bytes, oxigraph_store, rdflib_store

SEED = 1
#: No answer is cut: all engines give all rows.
ROWS = 1_000_000_000
#: A work that took longer than this, in seconds, is not done again; a question, than that.
STEP_BUDGET, QUESTION_BUDGET = 6.0, 0.3


@dataclass
class Size:
    """What is measured at one size, and what one step hands to the next."""

    real: Knowledge
    records: Records
    rounds: int
    folder: Path
    rdflib: bool
    named: bool
    kglab: peers.Elsewhere | None
    triples: list[str] = field(default_factory=list)
    ntriples: bytes = b""
    store: ox.Store = field(default_factory=ox.Store)

    def read(self) -> None:
        reading = read_folder(self.folder, self.real.schema)
        records, _ = records_of(reading)
        check_reading(reading, records, self.real.schema)

    def build(self) -> None:
        real = self.real
        self.triples = build_triples(self.records, real.schema, real.day)
        knowledge = Knowledge(
            self.records, real.schema, self.triples, real.day, "", (), real.framework
        )
        self.ntriples = to_ntriples(knowledge)
        to_turtle(knowledge)

    def load(self) -> None:
        self.store = oxigraph_store(self.triples)

    def steps(self) -> dict[str, Timed]:
        """Time the way from a folder to a store, each step of ours before those of the others."""
        write_folder(self.folder, self.records, self.real.schema)
        file = self.folder / "peer.nt"
        works: dict[str, Work] = {
            "read": self.read,
            "build": self.build,
            "load": self.load,
            "build pyoxigraph": lambda: peers.ox_build(self.ntriples),
            "load pyoxigraph": lambda: peers.ox_load(self.ntriples, ontology_bytes()),
        }
        if self.rdflib or self.kglab:
            self.build()
        if self.rdflib:
            ready = list(peers.rdflib_triples(self.ntriples))
            works["build rdflib, parsed"] = lambda: peers.rdflib_parse_and_write(self.ntriples)
            works["build rdflib, added"] = lambda: peers.rdflib_add_and_write(ready)
            works["load rdflib"] = lambda: rdflib_store(self.triples)
        if kglab := self.kglab:
            file.write_bytes(self.ntriples)
            works["build kglab"] = lambda: kglab.ask(do="build", ntriples=str(file))
        return interleaved(works, self.rounds, STEP_BUDGET)

    def analyses(self) -> dict[str, Timed]:
        """Time the dependency view, and the measures on it."""
        real = self.real
        view = dependency_view(self.records, real.schema, real.day)
        works: dict[str, Work] = {
            "dependency view": lambda: dependency_view(self.records, real.schema, real.day),
            "rank by degree": lambda: in_degree(view),
            "rank by reach": lambda: reach(view),
            "rank by PageRank": lambda: pagerank(view),
        }
        return interleaved(works, self.rounds, STEP_BUDGET)

    def questions(self) -> dict[str, dict[str, Timed]]:
        """Time each question in each engine."""
        graph = rdflib_store(self.triples) if self.rdflib else None
        if self.kglab:
            ontology = self.folder / "peer.ttl"
            ontology.write_bytes(ontology_bytes())
            self.kglab.ask(do="load", ntriples=str(self.folder / "peer.nt"), ontology=str(ontology))
        questions = probes(self.real.records) | (named() if self.named else {})
        timed = {
            name: interleaved(self.engines(graph, query), self.rounds, QUESTION_BUDGET)
            for name, query in questions.items()
        }
        return timed | {"worker": interleaved({"worker": self.worker}, self.rounds)}

    def worker(self) -> float:
        """Ask for nothing under limits, and give the seconds of the clock that this took."""
        start = time.perf_counter()
        answer(InOxigraph(self.store), "ASK { }")
        return time.perf_counter() - start

    def engines(self, graph: Graph | None, query: str) -> dict[str, Work]:
        works: dict[str, Work] = {
            "ours": partial(InOxigraph(self.store).select, query, ROWS),
            "pyoxigraph": partial(peers.ox_rows, self.store, query),
        }
        if graph is not None:
            works["rdflib"] = partial(peers.rdflib_rows, graph, query)
        if self.kglab:
            works["kglab"] = partial(self.kglab.ask, do="query", query=query)
        return works


def main() -> None:
    data, factor, rounds, *others = sys.argv[1:]
    real = know(Path(data))
    records = synthetic_records(real.records, int(factor), SEED)
    kglab = peers.kglab() if "kglab" in others else None
    with tempfile.TemporaryDirectory() as folder:
        size = Size(
            real, records, int(rounds), Path(folder), "rdflib" in others, "named" in others, kglab
        )
        steps = size.steps()
        found = {
            "facts": len(records.facts),
            "triples": len(size.triples),
            "kglab": kglab is not None,
            "peaks": {name: steps[name].peak for name in ("read", "build", "load")},
            "steps": _medians(steps | size.analyses()),
            "questions": {name: _medians(each) for name, each in size.questions().items()},
        }
    if kglab:
        kglab.close()
    print(json.dumps(found))


def _medians(timed: dict[str, Timed]) -> dict[str, float]:
    return {name: each.median for name, each in timed.items()}


main()
