"""The command that makes next year's folder."""

from pathlib import Path
from typing import Annotated

import typer

from breakeven.cli.common import ExitCode, Folder, app, default_folder, draw, say, say_findings, usage, worked_out


@app.command("roll-forward")
def roll_forward(
    folder: Folder = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="NEWFOLDER", help="The folder to make; beside this one if left out."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be in it, and write nothing.")] = False,
) -> None:
    """Make next year's folder from this one: opening balance, base budget, reversals, unfinished savings, assumptions.

    Example: breakeven roll-forward ledgers/2023-24 --dry-run
    """
    from breakeven.pipeline import chain
    from breakeven.plan.rolling import OpenPlanError
    from breakeven.report.reconciliation import conservation_statement
    from breakeven.workbook.roll_forward import clear_left_behind, write_next_year
    from breakeven.workbook.safe_write import WriteRefusedError
    from breakeven.workbook.templates import FolderNotEmptyError

    here = folder or default_folder()
    end = worked_out(here)
    following = end.year.body.year.later(1)
    new = to or here.resolve().parent / str(following)
    try:
        rolled = chain.next_year(end)
        read = write_next_year(here, new, rolled.year, rolled.ledgers, dry_run=dry_run)
    except OpenPlanError as error:
        say(f"{following.on_screen} cannot be begun: {error}")
        raise typer.Exit(ExitCode.REFUSED) from None
    except WriteRefusedError as refused:
        say_findings(refused.findings)
        raise typer.Exit(ExitCode.REFUSED) from None
    except FolderNotEmptyError as error:
        usage(str(error))
    except OSError as error:
        say(f"{new} is not made: {error.strerror or error}")
        raise typer.Exit(ExitCode.REFUSED) from None
    for each in clear_left_behind(new):
        say(f"{each} was being made by another run; delete it if none goes on")
    draw(conservation_statement(read, read.body.name, f"{following.on_screen} as it begins"))
    for each in rolled.left:
        say(f"Left to you: {each}")
    say("Nothing was written (--dry-run)." if dry_run else f"{new} is made. Run: breakeven check {new}")
