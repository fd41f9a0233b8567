"""kglab's part, in the environment that has it: for each order, a line with the seconds it took."""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from rounds import given_up_after


class Peer:
    """What is loaded, and what can be asked of it."""

    def __init__(self, patience: float) -> None:
        self.kglab: Any = importlib.import_module("kglab")
        self.patience = patience
        self.loaded: Any = None

    def ready(self) -> None:
        """Kglab was imported."""

    def build(self, ntriples: str) -> None:
        graph = self.kglab.KnowledgeGraph()
        graph.load_rdf_text(Path(ntriples).read_text(encoding="utf-8"), format="nt")
        graph.save_rdf_text(format="nt")
        graph.save_rdf_text(format="ttl")

    def load(self, ntriples: str, ontology: str) -> None:
        self.loaded = self.kglab.KnowledgeGraph()
        for form, file in (("nt", ntriples), ("ttl", ontology)):
            self.loaded.load_rdf_text(Path(file).read_text(encoding="utf-8"), format=form)

    def query(self, query: str) -> None:
        with given_up_after(self.patience):
            for row in self.loaded.query(query):
                tuple(row)


def main() -> None:
    peer = Peer(float(sys.argv[1]))
    for line in sys.stdin:
        order = json.loads(line)
        start = time.process_time()
        getattr(peer, order.pop("do"))(**order)
        print(time.process_time() - start, flush=True)


main()
