"""The command line: one group of commands, each imported when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from detente._version import __version__
from detente.cli.slips import refuse_slips
from detente.errors import DetenteError

__all__ = ["cli", "main"]

_COMMANDS = {
    "read": ("detente.cli.read:read", "Read an article: its text, furniture, voices and passages."),
    "new": ("detente.cli.new:new", "Start a case: write a commented file that already runs."),
    "validate": ("detente.cli.validate:validate", "Check a case and its evidence."),
    "sources": (
        "detente.cli.sources:sources",
        "Show the sources of a case, or attach the text of one.",
    ),
    "states": ("detente.cli.states:states", "List the states of a case."),
    "analyze": (
        "detente.cli.analyze:analyze",
        "Find which outcomes are stable, and who leaves the others.",
    ),
    "check": ("detente.cli.check:check", "Judge the claims of a case, in all its readings."),
    "serve": ("detente.cli.serve:serve", "Open cases in the browser: look, change, look again."),
    "sweep": ("detente.cli.sweep:sweep", "Judge claims in very many readings; can be continued."),
    "explain": ("detente.cli.explain:explain", "Say why an outcome holds or not, party by party."),
    "settle": ("detente.cli.settle:settle", "Find what some can settle without others."),
    "leverage": ("detente.cli.leverage:leverage", "Find whom a settlement depends on."),
    "coalitions": (
        "detente.cli.coalitions:coalitions",
        "Find which outcomes withstand coalitions.",
    ),
    "perspectives": (
        "detente.cli.perspectives:perspectives",
        "Find what each party believes to hold, and who is surprised.",
    ),
    "evolve": ("detente.cli.evolve:evolve", "Follow the paths from the status quo."),
    "inverse": (
        "detente.cli.inverse:inverse",
        "Find what would have to change for an outcome to hold.",
    ),
    "report": ("detente.cli.report:report", "Write a report: verdicts, reasons, figures."),
    "figure": ("detente.cli.figure:figure", "Draw a figure, ready to publish."),
    "cases": ("detente.cli.cases:cases", "List the cases that come with the program."),
    "import": ("detente.cli.importing:import_", "Turn a .gmcr file of GMCR+ into a case."),
    "export": ("detente.cli.exporting:export", "Write a case in another program's format."),
    "schema": ("detente.cli.schema:schema", "Print the JSON Schema of case files."),
}
"""Where each command lives, and its line in the help."""


class _Commands(click.Group):
    """Imports a command when it is called, so that help and completion stay instant."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, _colon, attribute = _COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_module, words) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            name, command, rest = super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx) from error
        if command is not None and not ctx.resilient_parsing:  # as it is when words are completed
            refuse_slips(click.Context(command, parent=ctx, info_name=name), rest)
        return name, command, rest

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if len(args) < 2:
                raise
            message = f"No such option {error.option_name!r}: options of a command come after it"
            raise click.UsageError(message, ctx) from None


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"detente {__version__}")
        ctx.exit()


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Print the version.",
)
def cli() -> None:
    """Test an argument about a conflict: state the model, find which outcomes are stable and why.

    CASE is a case's folder, its file, or the name of a case of the catalogue.
    """


def _discard_unwritable() -> None:
    """Drop output that cannot be written, or the interpreter would try again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line and exit: 0 fine, 1 a check came out negative, 2 bad input or usage."""
    # No command multiplies matrices: starting the threads for it would double NumPy's import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if isinstance(sys.stdout, TextIOWrapper):
        # What a terminal's encoding lacks is shown by its number, as Python does on standard error.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = cli(prog_name="detente", standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DetenteError as error:
        from detente.cli.output import plain

        click.echo(plain(str(error)), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except SystemExit as stop:
        # Click ends with 1 when the reader of a pipe, such as `head`, has what it wanted and has
        # gone, and wraps the output so that nothing more is written. That is no failure.
        gone = type(sys.stdout).__name__.endswith("PacifyFlushWrapper")
        sys.exit(0 if gone else stop.code)
    except OSError as error:
        # Commands word what may go wrong with files; this is the output, or a disk that is full.
        reason = (error.strerror or str(error) or "failed").lower()
        click.echo(f"{error.filename or 'the output cannot be written'}: {reason}", err=True)
        _discard_unwritable()
        sys.exit(2)
    except MemoryError:
        click.echo("this needs more memory than there is: narrow the case down", err=True)
        sys.exit(2)
    # Outside of its standalone mode click returns the status that a command exits with.
    sys.exit(status if isinstance(status, int) else 0)
