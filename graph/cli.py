"""The command line: every command by its name, the language of a run, and its exit code.

Everything but click is imported in the command that needs it, so that help comes at once.
"""

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from itertools import pairwise

import click

from techsov.graph.commands.alliances import coalition
from techsov.graph.commands.change import diff
from techsov.graph.commands.claims import claims
from techsov.graph.commands.facts import ask, show
from techsov.graph.commands.failure import chokepoints, whatif
from techsov.graph.commands.folder import check, export, fmt
from techsov.graph.commands.framework import score
from techsov.graph.commands.law import reach
from techsov.graph.commands.markets import concentration
from techsov.graph.commands.network import path, rank
from techsov.graph.commands.pages import build, view
from techsov.graph.commands.repair import repair
from techsov.graph.errors import StoreError, TechsovError
from techsov.graph.helping import SaidGroup
from techsov.graph.messages import LANGUAGES, say

INTERRUPTED = 130
CRASHED = 70
#: In the order of a day's work, in which help lists them.
COMMANDS = (
    build,
    check,
    fmt,
    ask,
    show,
    path,
    rank,
    whatif,
    chokepoints,
    reach,
    claims,
    diff,
    score,
    concentration,
    coalition,
    repair,
    export,
    view,
)


def chosen_language(arguments: Sequence[str]) -> str:
    """Find the language of this run: ``--lang``, or that of the system, or English.

    >>> chosen_language(["show", "iliad", "--lang", "fr"]), chosen_language(["--lang=en"])
    ('fr', 'en')
    """
    for argument, following in pairwise([*arguments, ""]):
        given = following if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and given in LANGUAGES:
            return given
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    system = next(filter(None, names), "")
    return "fr" if system.startswith("fr") else "en"


@click.group(cls=SaidGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="techsov")
def techsov() -> None:
    """Hold the commands together; the words are in the catalogue."""


for command in COMMANDS:
    techsov.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0, or that of the error; see ``errors``."""
    # Read when numpy is loaded: threads only get in each other's way on matrices as small as ours,
    # and what they add up would depend on how many there are.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = chosen_language(given)
    debug = "--debug" in given
    given = [argument for argument in given if argument != "--debug"]
    try:
        done = techsov.main(given, prog_name="techsov", standalone_mode=False, obj=language)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 2
    except TechsovError as error:
        click.echo(error.text(language), err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("error.interrupted", language), err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader has gone, as with "| head", which click tells by leaving: what it read is whole.
        _leave_output()
        return 0
    except OSError as error:
        _leave_output()
        click.echo(say("error.io", language, detail=str(error)), err=True)
        return StoreError.exit_code
    except Exception as error:
        if debug:
            raise
        detail = f"{type(error).__name__}: {error}"
        click.echo(say("error.crash", language, detail=json.dumps(detail)), err=True)
        return CRASHED
    return done if isinstance(done, int) else 0


def _leave_output() -> None:
    """Let go of an output that takes no more, lest Python try again when it ends."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
