"""Work timed in interleaved rounds: what slows the machine for a moment slows all alike.

Seconds are the processor's, of all threads together: other people's work on the machine adds none.
"""

import gc
import math
import resource
import signal
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

#: Something to time. What another process does for it gives back the seconds that it took there.
Work = Callable[[], object]

#: A shorter piece of work is repeated within a round, so that the clock's grain does not show.
LEAST_SECONDS = 0.02


@dataclass
class Timed:
    """Seconds of each round, and the peak of the process's memory after the first, in bytes."""

    seconds: list[float] = field(default_factory=list)
    peak: int = 0
    repeats: int = 1
    spent: float = 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def time(self, work: Work) -> None:
        """Do the work once more; a short one, as often as it takes."""
        seconds = _seconds(work, self.repeats)
        if not self.peak:
            self.peak = peak()
            self.repeats = math.ceil(LEAST_SECONDS / max(seconds, 1e-6))
            if self.repeats > 1:
                seconds = _seconds(work, self.repeats)
        self.seconds.append(seconds)
        self.spent += seconds * self.repeats


def interleaved(
    works: Mapping[str, Work], rounds: int, budget: float = math.inf
) -> dict[str, Timed]:
    """Do each work once per round, in the order given; every second round, in the reverse order.

    A work that has taken more than ``budget`` seconds sits out the rounds that are left.
    """
    gc.collect()
    gc.freeze()  # the inputs of a work are not its garbage
    timed = {name: Timed() for name in works}
    for number in range(rounds):
        for name in list(works)[:: -1 if number % 2 else 1]:
            each = timed[name]
            if each.spent <= budget:
                gc.collect()
                each.time(works[name])
    return timed


def _seconds(work: Work, repeats: int) -> float:
    elsewhere = 0.0
    start = time.process_time()
    for _ in range(repeats):
        result = work()
        elsewhere += result if isinstance(result, float) else 0
    return (elsewhere or time.process_time() - start) / repeats


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Interrupt Python code that takes longer; what was done until then is lost."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except TimeoutError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


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
