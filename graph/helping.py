"""Commands and options whose help is in the catalogue, in the language of the run.

The language is the object that the outermost context carries.
"""

from collections.abc import Callable
from typing import Any

import click

from techsov.graph.messages import say


class SaidOption(click.Option):
    """An option whose help is a key of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Translate the help when it is asked for."""
        record = super().get_help_record(ctx)
        if record is None or self.help is None or not self.help.startswith("help."):
            return record
        language = ctx.find_root().obj or "en"
        names, words = record
        words = words.replace(self.help, say(self.help, language))
        # What click adds behind: the default, and whether the option must be given.
        words = words.replace("[default:", say("help.default", language))
        return names, words.replace("[required]", say("help.required", language))


class SaidCommand(click.Command):
    """A command whose help is the message ``help.NAME`` of the catalogue."""

    def _words(self, ctx: click.Context) -> str:
        return say(f"help.{self.name}", ctx.find_root().obj or "en")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the translated help."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._words(ctx))


class SaidGroup(click.Group):
    """The list of commands, each with the first sentence of its translated help."""

    command_class = SaidCommand

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the translated help."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("help.techsov", ctx.obj or "en"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands in the order of a day's work, not of the alphabet."""
        language = ctx.obj or "en"
        rows = [(name, say(f"help.{name}", language).split(". ")[0]) for name in self.commands]
        with formatter.section(say("help.commands", language)):
            formatter.write_dl(rows)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*names: str, help_key: str, **settings: Any) -> Decorator:
    """Declare an option whose help is ``help.KEY``."""
    return click.option(*names, cls=SaidOption, help=f"help.{help_key}", **settings)
