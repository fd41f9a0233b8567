"""Work in several processes: every result in order, every error as it was, and always an end."""

import os
import signal
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from techsov.graph.errors import DataError, Origin, Problem, StoreError, TechsovError
from techsov.graph.sharing import shared

PROBLEM = Problem(Origin("facts.csv", 3), "object", "check.unknown-entity", (("value", "tmsc"),))


def fail(error: Exception) -> int:
    raise error


def killed() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.fixture(params=[1, 2], ids=["here", "forked"])
def _processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: request.param)


@pytest.mark.usefixtures("_processors")
def test_results_come_in_the_order_of_the_jobs() -> None:
    with shared([partial(pow, number, 2) for number in range(50)]) as results:
        assert list(results) == [number**2 for number in range(50)]


@pytest.mark.usefixtures("_processors")
@pytest.mark.parametrize(
    "error", [StoreError("error.no-plain-file", file="x"), DataError([PROBLEM])]
)
def test_an_error_arrives_as_it_was(error: TechsovError) -> None:
    jobs: list[Callable[[], int]] = [partial(pow, 1, 1), partial(fail, error)]
    with pytest.raises(type(error)) as caught, shared(jobs) as results:
        list(results)
    assert vars(caught.value) == vars(error)
    assert caught.value.text("fr") == error.text("fr")


def test_a_process_that_is_killed_is_no_wait_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    jobs: list[Callable[[], int]] = [killed, partial(pow, 1, 1)]
    with pytest.raises(BrokenProcessPool), shared(jobs) as results:
        list(results)
