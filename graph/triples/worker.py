"""A piece of work in a child process, under limits of time and memory, without open files.

Oxigraph cannot be interrupted, follows SERVICE, and aborts the process when memory runs out: a
process that can be killed is the only barrier. Where there is no fork, as on Windows, the work is
refused rather than done without limits.
"""

import faulthandler
import gc
import os
import pickle
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from techsov.graph.errors import LimitError, TechsovError
from techsov.graph.messages import catalogue

Result = TypeVar("Result")

SECONDS = 5.0
MEMORY_BYTES = 1 << 30
ANSWER_BYTES = 32 << 20


def run_limited(
    work: Callable[[], Result], *, seconds: float = SECONDS, memory: int = MEMORY_BYTES
) -> Result:
    """Do ``work`` in a child process and give back its result.

    Parameters
    ----------
    work : callable
        Takes nothing. Its result is pickled; errors of ours that it raises are raised here.
    seconds : float
        Wall time; then the child is killed.
    memory : int
        Bytes of address space beyond what the process has now.

    Raises
    ------
    LimitError
        Past the time, the memory, or 32 MiB of answer.
    """
    catalogue()  # the words of an error are in a file, and the child can open none
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work_and_leave(work, writer, seconds, memory)
    os.close(writer)
    try:
        answer = _read_until(reader, time.monotonic() + seconds, seconds)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        os.close(reader)
        status = _reap(child)
    result: Result = _result(answer, status, memory)
    return result


def _work_and_leave(work: Callable[[], Result], writer: int, seconds: float, memory: int) -> None:
    """Run in the child: never returns into the parent's code."""
    code = 1
    try:
        _limit(seconds, memory)
        gc.freeze()  # to look for cycles in the parent's objects would be to copy them
        try:
            payload = pickle.dumps((True, work()))
        except TechsovError as error:
            payload = pickle.dumps((False, (type(error), error.message, error.values)))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of the program: the parent tells it
            payload = pickle.dumps((False, (RuntimeError, f"{type(error).__name__}: {error}", {})))
        if len(payload) > ANSWER_BYTES:
            limit = str(ANSWER_BYTES >> 20)
            payload = pickle.dumps((False, (LimitError, "limit.answer", {"limit": limit})))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(payload)
        code = 0
    finally:
        os._exit(code)


def _limit(seconds: float, memory: int) -> None:
    faulthandler.disable()  # an abort for want of memory is expected, and reported by the parent
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # An engine that runs out of memory says so on the error stream; the parent says it better.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cpu = int(time.process_time() + seconds + 1)
    # One second between the two, or the signal that tells this limit is never sent.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - not a data file
            now = int(pages.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + memory, now + memory))
    # Nothing new can be opened, so no query can open a connection or a file. A limit above 0 would
    # leave the numbers that happen to be free, such as that of the pipe's other end.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _read_until(reader: int, deadline: float, seconds: float) -> bytes:
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        ready, _, _ = select.select([reader], [], [], max(left, 0))
        if not ready:
            raise LimitError("limit.time", seconds=f"{seconds:g}")
        part = os.read(reader, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _reap(child: int) -> int:
    return os.waitpid(child, 0)[1]


def _result(answer: bytes, status: int, memory: int) -> Any:
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        raise LimitError("limit.cpu")
    if not answer:
        raise LimitError("limit.memory", limit=str(memory >> 20))
    done, value = pickle.loads(answer)
    if done:
        return value
    kind, message, values = value
    raise kind(message, **values)
