"""Runs of an array: what each node of a graph holds, one node after another."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


def slices(begin: "Integers", end: "Integers") -> "Integers":
    """Give the places of several runs, one after another.

    >>> import numpy as np
    >>> slices(np.array([2, 7]), np.array([4, 8])).tolist()
    [2, 3, 7]
    """
    import numpy as np

    lengths = end - begin
    offsets = np.repeat(begin - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.arange(lengths.sum()) + offsets
