"""igraph's part, in the environment that has it: for each order, a line with the seconds it took.

igraph is under the GPL: it is a yardstick here, and nothing of techsov imports it.
"""

import importlib
import json
import sys
import time
from typing import Any


class Peer:
    """The arcs of one graph, supplier -> dependent, and what can be asked of them."""

    def __init__(self) -> None:
        self.igraph: Any = importlib.import_module("igraph")
        self.numpy: Any = importlib.import_module("numpy")
        self.arcs: Any = None
        self.bases: Any = None
        self.size = 0

    def ready(self) -> None:
        """Do nothing: igraph was imported."""

    def load(self, file: str, size: int) -> None:
        self.arcs, self.size = self.numpy.load(file), size
        supplied = self.numpy.zeros(size, dtype=bool)
        supplied[self.arcs[:, 1]] = True
        bases = self.numpy.nonzero(~supplied)[0]
        self.bases = self.numpy.stack([self.numpy.full(len(bases), size), bases], axis=1)

    def dominators(self) -> None:
        arcs = self.numpy.concatenate([self.arcs, self.bases])
        graph = self.igraph.Graph(self.size + 1, edges=arcs, directed=True)
        sizes = [0] * (self.size + 1)
        parents = graph.dominator(self.size, mode="out")
        for node in range(self.size):
            above = parents[node]
            while 0 <= above < self.size:
                sizes[above] += 1
                above = parents[above]

    def reached(self, start: int, steps: int) -> None:
        graph = self.igraph.Graph(self.size, edges=self.arcs, directed=True)
        graph.neighborhood(start, order=steps or self.size, mode="out")


def main() -> None:
    peer = Peer()
    for line in sys.stdin:
        order = json.loads(line)
        start = time.process_time()
        getattr(peer, order.pop("do"))(**order)
        print(time.process_time() - start, flush=True)


main()
