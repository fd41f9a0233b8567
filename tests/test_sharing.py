"""Work in several processes: every result in order, every error as it was, and always an end."""

import os
import signal
from collections.abc import Callable
from functools import partial

import pytest

from techsov.graph.errors import DataError, LimitError, Origin, Problem, StoreError, TechsovError
from techsov.graph.sharing import beside, shared

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
    with pytest.raises(LimitError) as caught, shared(jobs) as results:
        list(results)
    assert "memory" in caught.value.text("en")
    with pytest.raises(LimitError), beside(killed) as wait:
        wait()


@pytest.mark.usefixtures("_processors")
def test_a_job_beside_gives_its_result_or_its_error_where_it_is_waited_for() -> None:
    with beside(partial(pow, 3, 2)) as wait:
        assert wait() == 9
    error = StoreError("error.no-plain-file", file="x")
    with pytest.raises(StoreError) as caught, beside(partial(fail, error)) as wait:
        wait()
    assert vars(caught.value) == vars(error)


def test_what_runs_beside_is_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with beside(os.getpid) as wait:
        assert wait() != os.getpid()
