"""A child process that can be killed, opens nothing, and says what it died of."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from techsov.graph.errors import LimitError, QuestionError, UsageError
from techsov.graph.flow import Knowledge
from techsov.graph.triples.store import Engine, open_store
from techsov.graph.triples.worker import ANSWER_BYTES, run_limited

pytestmark = pytest.mark.usefixtures("leaves_no_child")


def test_the_result_comes_back() -> None:
    assert run_limited(lambda: {"pid": os.getpid()})["pid"] != os.getpid()


def test_a_large_result_comes_back_whole() -> None:
    assert run_limited(lambda: b"x" * (8 << 20)) == b"x" * (8 << 20)


def test_our_errors_come_back_with_their_values() -> None:
    def fail() -> None:
        raise UsageError("error.day", value="soon")

    with pytest.raises(UsageError) as caught:
        run_limited(fail)
    assert (caught.value.message, caught.value.values) == ("error.day", {"value": "soon"})


def test_a_fault_of_the_program_is_none_of_the_caller() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_limited(lambda: 1 // 0)


@pytest.mark.parametrize("idle", [True, False])
def test_time_is_limited_whether_the_child_sleeps_or_works(idle: bool) -> None:
    def work() -> None:
        while True:
            time.sleep(3600 if idle else 0)

    with pytest.raises(LimitError) as caught:
        run_limited(work, seconds=0.2)
    assert caught.value.values == {"seconds": "0.2"}


def test_memory_is_limited() -> None:
    with pytest.raises(LimitError) as caught:
        run_limited(lambda: len(bytearray(1 << 28)), memory=1 << 26)
    assert (caught.value.message, caught.value.values) == ("limit.memory", {"limit": "64"})


def test_computing_time_is_limited_even_if_nobody_waits() -> None:
    def spend() -> None:
        os.kill(os.getpid(), signal.SIGXCPU)

    with pytest.raises(LimitError) as caught:
        run_limited(spend)
    assert caught.value.message == "limit.cpu"


def test_the_size_of_an_answer_is_limited() -> None:
    with pytest.raises(LimitError) as caught:
        run_limited(lambda: b"x" * (ANSWER_BYTES + 1))
    assert caught.value.message == "limit.answer"


def test_a_child_that_dies_is_no_answer() -> None:
    with pytest.raises(LimitError):
        run_limited(lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_the_child_can_open_nothing_not_even_where_a_number_is_free() -> None:
    free = os.open(os.devnull, os.O_RDONLY)
    highest = os.open(os.devnull, os.O_RDONLY)
    os.close(free)

    def opened() -> int:
        try:
            return os.open(os.devnull, os.O_RDONLY)
        except OSError:
            return -1

    assert run_limited(opened) == -1
    os.close(highest)


def test_an_interruption_ends_the_child() -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            run_limited(lambda: time.sleep(3600), seconds=3600)
    finally:
        signal.signal(signal.SIGALRM, before)


class Canary:
    """A server that must never be called."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    yield server
    server.socket.shutdown(socket.SHUT_RDWR)
    server.socket.close()
    server.thread.join()


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_a_service_that_slips_the_guard_reaches_nobody(
    engine: Engine, canary: Canary, example: Knowledge
) -> None:
    store = open_store(example.triples, engine)
    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{canary.port}/> {{ ?s ?p ?o }} }}"
    with pytest.raises(QuestionError):
        run_limited(lambda: store.select(query, 1))
    assert canary.calls == 0
    # The same question outside of the worker calls: the canary can sing.
    with pytest.raises(QuestionError):
        store.select(query, 1)
    assert canary.calls > 0
