"""On whom everything hangs in the plain view: which node lies on every chain of another.

A chain runs from a dependent through its suppliers to a base, a supplier that depends on nothing
in the evidence. A node dominates another if all chains of that one pass through it [1]_. This
view lets a chain run through firms and takes any chain for enough: it tells where chains meet,
not what would stop; for that see ``cutsets``.

References
----------
.. [1] E. S. Lowry, C. W. Medlock (1969), "Object Code Optimization", Comm. ACM 12(1), p. 13-22.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from techsov.graph.analysis.network.runs import slices
from techsov.graph.analysis.network.view import edge_array

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import rustworkx as rx
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DominatorTree:
    """The dominator tree of a view, rooted above all bases.

    ``parent`` maps a node to the one nearest to it on all its chains; a node that nothing
    dominates is absent. ``below`` maps a node to those whose every chain passes through it, sorted.
    """

    parent: Mapping[str, str]
    below: Mapping[str, tuple[str, ...]]

    def above(self, node: str) -> tuple[str, ...]:
        """Give all that dominates ``node``, the nearest first."""
        found: list[str] = []
        while node := self.parent.get(node, ""):
            found.append(node)
        return tuple(found)


def dominator_tree(view: "nx.MultiDiGraph[str]") -> DominatorTree:
    """Find what dominates what.

    Parameters
    ----------
    view : nx.MultiDiGraph
        Edges run dependent -> supplier, one per fact; the edge key is the id of the fact.

    Examples
    --------
    ``a`` depends on ``d`` through ``b`` and through ``c``, and ``d`` on ``e``: every chain of
    each of them passes through ``e``, and every chain of ``a`` through ``d``, but neither
    through ``b`` nor through ``c``.

    >>> import networkx as nx
    >>> pairs = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e")]
    >>> tree = dominator_tree(nx.MultiDiGraph([(*pair, f"f{n}") for n, pair in enumerate(pairs)]))
    >>> tree.above("a"), tree.below["d"]
    (('d', 'e'), ('a', 'b', 'c'))
    """
    import numpy as np

    edges = edge_array(view)
    arcs = np.array(edges.arcs, dtype=np.int64).reshape(-1, 2)
    parents = immediate_dominators(len(edges.nodes), arcs[:, 0], arcs[:, 1])
    parent = {
        edges.nodes[node]: edges.nodes[above] for node, above in enumerate(parents) if above >= 0
    }
    below: dict[str, list[str]] = {node: [] for node in edges.nodes}
    for node in edges.nodes:
        above = node
        while above := parent.get(above, ""):
            below[above].append(node)
    return DominatorTree(parent, {node: tuple(under) for node, under in below.items()})


def immediate_dominators(size: int, tails: "Integers", heads: "Integers") -> list[int]:
    """Give the immediate dominator of each of ``size`` nodes, -1 where there is none.

    Parameters
    ----------
    size : int
        The number of nodes.
    tails, heads : arrays of int64
        Arc ``i`` says that node ``tails[i]`` depends on node ``heads[i]``; each pair once. A base
        is a node without supplier; where nodes depend on each other in a circle and on nobody
        else, each of them is taken for one.

    Notes
    -----
    What has a single supplier is dominated by it. Only what has several, and what stands above
    those, is left to Cooper, Harvey and Kennedy's method [1]_, in rustworkx.

    References
    ----------
    .. [1] K. D. Cooper, T. J. Harvey, K. Kennedy (2001), "A Simple, Fast Dominance Algorithm",
       Rice University, Computer Science Technical Report 06-33870.
    """
    import numpy as np

    parents = np.full(size, -1, dtype=np.int64)
    parents[tails] = heads
    core = _core(size, tails, heads, parents)
    inside = core[tails]
    number = np.cumsum(core) - 1
    nodes = np.nonzero(core)[0]
    found = _dominators(len(nodes), number[tails[inside]], number[heads[inside]])
    parents[nodes] = np.where(found < 0, -1, nodes[found])
    result: list[int] = parents.tolist()
    return result


def _core(size: int, tails: "Integers", heads: "Integers", single: "Integers") -> "Flags":
    """Mark what has several suppliers or runs in a circle of single ones, and all above them."""
    import numpy as np

    suppliers = np.bincount(tails, minlength=size)
    core = suppliers > 1
    ends = np.where(suppliers == 1, single, np.arange(size))
    for _ in range(size.bit_length()):
        ends = ends[ends]  # twice as far up the single suppliers
    core |= suppliers[ends] == 1
    order = np.argsort(tails, kind="stable")
    starts = np.concatenate(([0], np.cumsum(suppliers)))
    front = np.nonzero(core)[0]
    while front.size:
        above = np.unique(heads[order[slices(starts[front], starts[front + 1])]])
        front = above[~core[above]]
        core[front] = True
    return core


def _dominators(size: int, tails: "Integers", heads: "Integers") -> "Integers":
    import numpy as np
    import rustworkx as rx

    root = size
    core: rx.PyDiGraph[None, None] = rx.PyDiGraph()
    core.add_nodes_from([None] * (size + 1))
    core.add_edges_from_no_data(list(zip(heads.tolist(), tails.tolist(), strict=True)))
    bases = np.nonzero(np.bincount(tails, minlength=size) == 0)[0]
    core.add_edges_from_no_data([(root, base) for base in bases.tolist()])
    found = rx.immediate_dominators(core, root)
    if len(found) <= size:
        core.add_edges_from_no_data([(root, base) for base in _circles(core, root)])
        found = rx.immediate_dominators(core, root)
    parents = np.fromiter((found[node] for node in range(size)), dtype=np.int64, count=size)
    return np.where(parents == root, -1, parents)


def loss_sizes(parents: Sequence[int]) -> list[int]:
    """Count, for each node, those that it dominates: what loses every chain without it.

    One walk up the tree replaces removing each node in turn.

    >>> loss_sizes([-1, 0, 1, 1])
    [3, 2, 0, 0]
    """
    waiting = [0] * len(parents)
    for above in parents:
        if above >= 0:
            waiting[above] += 1
    sizes = [0] * len(parents)
    leaves = [node for node, children in enumerate(waiting) if not children]
    while leaves:
        node = leaves.pop()
        above = parents[node]
        if above >= 0:
            sizes[above] += sizes[node] + 1
            waiting[above] -= 1
            if not waiting[above]:
                leaves.append(above)
    return sizes


def _circles(core: "rx.PyDiGraph[None, None]", root: int) -> list[int]:
    """Give the nodes of the circles that have no supplier outside."""
    import rustworkx as rx

    return [
        node
        for circle in rx.strongly_connected_components(core)
        if circle != [root]
        for inside in [set(circle)]
        if all(
            supplier in inside for member in circle for supplier in core.predecessor_indices(member)
        )
        for node in circle
    ]
