"""Commands and exit codes. No sums: each command asks the pipeline, draws a statement, and says how it went."""

import gc
import io
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from inspect import getdoc
from pathlib import Path
from typing import Annotated, Any

import typer

from breakeven.cli import (
    bridge,
    children,
    compare,
    demand,
    demand_projection,
    income,
    month_end,
    outturn,
    performance,
    plan,
    reading,
    registers,
    report,
    returned,
    roll_forward,
    savings,
    simulate,
    solve,
    statements,
    watch,
    what_if,
    workforce,
)
from breakeven.cli.common import app
from breakeven.cli.savings import DELIVER
from breakeven.cli.statements import DEFAULT_COMMAND

__all__ = [
    "app", "bridge", "children", "compare", "demand", "demand_projection", "income", "main", "month_end", "outturn",
    "performance", "plan", "reading", "registers", "report", "returned", "roll_forward", "savings", "simulate", "solve",
    "statements", "watch", "what_if", "workforce",
]  # fmt: skip

IN_ORDER = (
    DEFAULT_COMMAND, "new", "check", "reconcile", "outturn", "variance", "income", "demand", "demand-projection",
    "children", "workforce", "performance", "bridge", "plan",
    "savings", "what-if", "scenarios", "compare", "solve", "sensitivity", "simulate", "report", "watch", "verify",
    "trace",
    "accrue", "vire", "vary", DELIVER, "override", "explain", "close", "roll-forward",
)  # fmt: skip
"""The commands as the help lists them: what comes in, what is stated, what is entered, and the close."""

app.registered_commands.sort(key=lambda command: IN_ORDER.index(command.name or ""))
for _command in app.registered_commands:  # its help fits the screen, wherever its docstring's lines end
    _paragraphs = getdoc(_command.callback) or ""
    _command.help = "\n\n".join(" ".join(each.split()) for each in _paragraphs.split("\n\n"))


SELDOM = 200_000
"""New objects after which garbage is looked for: a command's records live until it ends, and looking takes time."""


def main() -> None:
    """Run the command line; the bare command is the main job."""
    gc.set_threshold(SELDOM, 20, 20)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small: threads only wait for each other
    sys.stdout, sys.stderr = _Pipe.around(sys.stdout), _Pipe.around(sys.stderr)
    names = [command.name for command in app.registered_commands if command.name]
    app(args=with_default_command(sys.argv[1:], names), prog_name="breakeven")


class _Pipe(io.FileIO):
    """A stream to another program, which may stop listening, as ``head`` does: what is left to say is let go."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes

    @classmethod
    def around(cls, stream: Any) -> Any:
        """``stream``, where it is ours; a letter that its encoding lacks is shown by its code."""
        if not hasattr(stream, "reconfigure"):
            return stream
        stream.reconfigure(errors="backslashreplace")
        if stream.isatty() or not any(stream is own for own in (sys.__stdout__, sys.__stderr__)):
            return stream
        pipe = io.BufferedWriter(cls(stream.fileno(), "w", closefd=False))
        return io.TextIOWrapper(pipe, stream.encoding, stream.errors, line_buffering=stream.line_buffering)


def with_default_command(args: Sequence[str], commands: Sequence[str]) -> list[str]:
    """``args`` with the default command put first where they name none: a folder, an option or nothing at all.

    A command of two words is put together as one.
    """
    if (two := " ".join(args[:2])) in commands:
        return [two, *args[2:]] if args[0] != two else list(args)
    first = next((arg for arg in args if not arg.startswith("-")), None)
    if args and args[0] in {"-h", "--help", "--version"}:
        return list(args)
    if first in commands and args[0] == first:
        return list(args)
    if first is not None and not Path(first).exists() and get_close_matches(first, commands):
        return list(args)  # a command mistyped: let the usage message suggest it
    return [DEFAULT_COMMAND, *args]


def _version(asked: bool) -> None:
    if asked:
        import breakeven

        typer.echo(f"breakeven {breakeven.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    pass
