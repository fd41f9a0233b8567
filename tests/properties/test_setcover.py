from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from techsov.graph.analysis.remedy.setcover import smallest_covers


def by_trying_all(candidates: dict[str, int], wanted: int) -> list[tuple[str, ...]]:
    """Every smallest set, in the order of the names: all sets of each size are tried."""
    for size in range(len(candidates) + 1):
        found = []
        for names in combinations(sorted(candidates), size):
            held = 0
            for name in names:
                held |= candidates[name]
            if held & wanted == wanted:
                found.append(names)
        if found:
            return found
    return []


@settings(max_examples=600)
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 63), max_size=8),
    st.integers(0, 63),
    st.integers(1, 4),
)
def test_the_smallest_covers_are_those_found_by_trying_all(
    candidates: dict[str, int], asked: int, most: int
) -> None:
    within_reach = 0
    for bits in candidates.values():
        within_reach |= bits
    wanted = asked & within_reach
    every = by_trying_all(candidates, wanted)
    found = smallest_covers(candidates, wanted, most)
    assert (found.size, found.many) == (len(every[0]), len(every))
    assert found.shown == tuple(every[:most])
