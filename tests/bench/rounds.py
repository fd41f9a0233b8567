"""Work timed in interleaved rounds: what slows the machine for a moment slows all alike."""

import gc
import math
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Work = Callable[[], object]

#: A shorter piece of work is repeated within a round, so that the clock's grain does not show.
LEAST_SECONDS = 0.005


@dataclass
class Timed:
    """Seconds of each round, and the peak of the process's memory after the first, in bytes."""

    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def interleaved(
    works: Mapping[str, Work], rounds: int, budget: float = math.inf
) -> dict[str, Timed]:
    """Do each work once per round, in the order given.

    A work that has taken more than ``budget`` seconds sits out the rounds that are left.
    """
    gc.collect()
    gc.freeze()  # the inputs of a work are not its garbage
    timed = {name: Timed() for name in works}
    repeats = dict.fromkeys(works, 1)
    for number in range(rounds):
        for name, work in works.items():
            each = timed[name]
            if sum(each.seconds) * repeats[name] > budget:
                continue
            gc.collect()
            each.seconds.append(_seconds(work, repeats[name]))
            if number == 0:
                each.peak = peak()
                repeats[name] = max(1, math.ceil(LEAST_SECONDS / max(each.median, 1e-6)))
    gc.unfreeze()
    return timed


def _seconds(work: Work, repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


def peak() -> int:
    """Give the most memory that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def geometric_mean(values: list[float]) -> float:
    return statistics.geometric_mean(values)


def growth(amounts: list[float], seconds: list[float]) -> float:
    """Fit the exponent of a power law: 1 for what takes ten times as long for ten times as much."""
    return statistics.linear_regression(
        [math.log(amount) for amount in amounts], [math.log(each) for each in seconds]
    ).slope
