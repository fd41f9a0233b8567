"""Work shared among the processors: a forked process knows what its parent has computed."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")


@contextmanager
def shared(jobs: Sequence[Callable[[], Result]]) -> Iterator[Iterator[Result]]:
    """Run jobs in as many processes as there are processors; give their results in order.

    Jobs are not sent anywhere: each process has a copy of all that the parent knew when it was
    forked. Only results travel, and errors, which are raised where the result would be given; so
    is ``BrokenProcessPool``, if a process is killed. Jobs that have not begun are then dropped.
    Where no process can be forked, or nothing would be gained, the jobs run here.
    """
    if not hasattr(os, "fork") or os.cpu_count() == 1 or len(jobs) < 2:
        yield (job() for job in jobs)
        return
    pool = ProcessPoolExecutor(
        os.cpu_count(), mp_context=get_context("fork"), initializer=_keep, initargs=(jobs,)
    )
    try:
        yield pool.map(_run, range(len(jobs)))
    finally:
        pool.shutdown(cancel_futures=True)


_jobs: list[Callable[[], Any]] = []


def _keep(jobs: Sequence[Callable[[], Any]]) -> None:
    """Keep the jobs, in a forked process that is not to outlive its parent."""
    _jobs[:] = jobs
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _run(number: int) -> Any:
    return _jobs[number]()
