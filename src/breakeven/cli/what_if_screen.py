"""How what-if opens its screen, in the terminal or in a browser."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from breakeven.cli.common import ExitCode, default_folder, say, say_findings, usage, worked_out

if TYPE_CHECKING:
    from breakeven.pipeline.year_end import YearEnd
    from breakeven.whatif.state import State


BROWSER = "TEXTUAL_DRIVER"
"""What is set where a browser shows the screen."""


def wants_screen(changes: Sequence[str]) -> bool:
    """Whether there is a person to show a screen to: a browser that has asked for one, or a terminal and no changes."""
    return BROWSER in os.environ or (not changes and sys.stdin.isatty() and sys.stdout.isatty())


def open_screen(
    folder: Path | None,
    changes: Sequence[str],
    when: tuple[str | None, str | None, str | None],
    savings_as: Any,
    *,
    in_browser: bool,
) -> None:
    """Open the screen, with what is asked already. when: from when, until when, and the scenario it is asked of."""
    since, until, scenario = when
    if until is not None:
        usage("--to goes with changes that the command itself answers: on the screen they count to the plan's end")
    folder = folder or default_folder()
    end = worked_out(folder, view=savings_as)
    state = _state(end, changes, since, scenario, savings_as)
    if in_browser:
        _serve(folder, end, state)
        return
    from breakeven.whatif.app import WhatIf

    screen = WhatIf(end, folder, state)
    screen.run()
    if BROWSER in os.environ:  # the officer's terminal is not told what each viewer does
        return
    say_findings(end.year.findings)
    if screen.state.changes:
        say(f"the same answer: {screen.state.command(str(folder))}")


def _state(end: "YearEnd", changes: Sequence[str], since: str | None, scenario: str | None, savings_as: Any) -> "State":
    """What is asked, as the screen keeps it; a usage error where it cannot be asked."""
    from breakeven.whatif.levers import all_levers
    from breakeven.whatif.question import Questions
    from breakeven.whatif.state import State
    from breakeven.whatif.words import Said, asked_in

    try:
        state = State((), since or "", scenario or "", savings_as)
        state = asked_in(Said(tuple(changes)), state, all_levers(end), end)
        Questions.of(end, state).answer(state)
    except KeyError:
        usage(f"--scenario: the folder has no scenario {scenario!r}")
    except ValueError as error:
        usage(str(error))
    return state


def _serve(folder: Path, end: "YearEnd", state: "State") -> None:
    """Serve the screen until Ctrl+C; each viewer has one of their own."""
    from breakeven.whatif.serve import serve

    def told(address: str) -> None:
        typer.echo(address)
        say("Open the address above in a browser on this machine; whoever has it can look. Ctrl+C stops.")
        say("With a screen reader, read the page that breakeven report writes: a screen drawn in letters says little.")

    say_findings(end.year.findings)
    command = [sys.executable, "-m", "breakeven", *state.words(str(folder.resolve()))[1:]]
    try:
        serve(command, "breakeven what-if", told)
    except OSError as error:
        say(f"the screen cannot be served: {error.strerror or error}")
        raise typer.Exit(ExitCode.REFUSED) from None
    say("Stopped.")
