"""kglab's part, in the environment that has it: an order per line, ``done`` after each."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    kglab = importlib.import_module("kglab")
    loaded: Any = None
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "build":
            graph = kglab.KnowledgeGraph()
            graph.load_rdf_text(Path(order["ntriples"]).read_text(encoding="utf-8"), format="nt")
            graph.save_rdf_text(format="nt")
            graph.save_rdf_text(format="ttl")
        elif order["do"] == "load":
            loaded = kglab.KnowledgeGraph()
            for form, file in (("nt", order["ntriples"]), ("ttl", order["ontology"])):
                loaded.load_rdf_text(Path(file).read_text(encoding="utf-8"), format=form)
        elif order["do"] == "query":
            for row in loaded.query(order["query"]):
                tuple(row)
        print("done", flush=True)


main()
