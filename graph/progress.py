"""What is being done, on the error stream, once it has taken a second."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from techsov.graph.messages import say

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE_SECONDS = 1.0


@contextmanager
def progress(language: str) -> Iterator[Callable[[str], None]]:
    """Give a function that is told the key of each step's message, and shows it when it is time."""
    message = ""
    status: Status | None = None

    def show() -> None:
        nonlocal status
        from rich.console import Console

        status = Console(stderr=True).status(message)
        status.start()

    def step(key: str) -> None:
        nonlocal message
        message = say(key, language)
        if status:
            status.update(message)

    timer = threading.Timer(PATIENCE_SECONDS, show)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield step
    finally:
        timer.cancel()
        if status:
            status.stop()
