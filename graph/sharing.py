"""Work shared among the processors: a forked process knows what its parent has computed."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Result = TypeVar("Result")


@contextmanager
def shared(jobs: Sequence[Callable[[], Result]]) -> Iterator[Iterator[Result]]:
    """Run jobs in as many processes as there are processors; give their results in order.

    Jobs are not sent anywhere: each process has a copy of all that the parent knew when it was
    forked. Only results travel, and errors, which are raised where the result would be given.
    Where no process can be forked, or nothing would be gained, the jobs run here.
    """
    if not hasattr(os, "fork") or os.cpu_count() == 1 or len(jobs) < 2:
        yield (job() for job in jobs)
        return
    with get_context("fork").Pool(initializer=_keep, initargs=(jobs,)) as pool:
        yield pool.imap(_run, range(len(jobs)))


_jobs: list[Callable[[], Any]] = []


def _keep(jobs: Sequence[Callable[[], Any]]) -> None:
    """Keep the jobs, in a forked process."""
    _jobs[:] = jobs


def _run(number: int) -> Any:
    return _jobs[number]()
