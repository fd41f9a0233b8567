"""Work shared among the processors: a forked process knows what its parent has computed."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from techsov.graph.errors import LimitError

Result = TypeVar("Result")


@contextmanager
def shared(jobs: Sequence[Callable[[], Result]]) -> Iterator[Iterator[Result]]:
    """Run jobs in as many processes as there are processors; give their results in order.

    Jobs are not sent anywhere: each process has a copy of all that the parent knew when it was
    forked. Only results travel, and errors, which are raised where the result would be given. Jobs
    that have not begun are then dropped. Where no process can be forked, or nothing would be
    gained, the jobs run here.

    Raises
    ------
    LimitError
        If a process is killed.
    """
    if _alone() or len(jobs) < 2:
        yield (job() for job in jobs)
        return
    with _forked(jobs, os.cpu_count()) as pool:
        yield pool.map(_run, range(len(jobs)))


@contextmanager
def beside(job: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin a job in a process of its own; give what waits for its result, or raises its error.

    Where no process can be forked, or nothing would be gained, the job runs when it is waited for.

    Raises
    ------
    LimitError
        If the process is killed.
    """
    if _alone():
        yield job
        return
    with _forked([job], 1) as pool:
        yield pool.submit(_run, 0).result


def _alone() -> bool:
    return not hasattr(os, "fork") or os.cpu_count() == 1


@contextmanager
def _forked(
    jobs: Sequence[Callable[[], Any]], processes: int | None
) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("fork"), initializer=_keep, initargs=(jobs,)
    )
    try:
        yield pool
    except BrokenProcessPool as error:
        raise LimitError("limit.killed") from error
    finally:
        pool.shutdown(cancel_futures=True)


_jobs: list[Callable[[], Any]] = []


def _keep(jobs: Sequence[Callable[[], Any]]) -> None:
    """Keep the jobs, in a forked process that is not to outlive its parent."""
    gc.freeze()  # to look for cycles in the parent's objects would be to copy them
    gc.enable()
    _jobs[:] = jobs
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _run(number: int) -> Any:
    return _jobs[number]()
