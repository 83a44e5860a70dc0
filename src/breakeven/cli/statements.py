"""The commands that state a year: the bare one, reconcile, trace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    Folder,
    InUnit,
    SavingsAs,
    app,
    console,
    default_folder,
    draw,
    one_format,
    period_said,
    print_json,
    say,
    say_findings,
    under_scenario,
    unit_of,
    usage,
    words_and_folder,
    worked_out,
)
from breakeven.cli.month_end import states_asked

if TYPE_CHECKING:
    from breakeven.pipeline.year_end import YearEnd

DEFAULT_COMMAND = "year-end"
"""The name the bare command has inside; nobody types or sees it."""


class _BareContext(typer.Context):
    """The main job goes by the program's own name, in its usage and its help."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else "breakeven"


class _BareCommand(TyperCommand):
    context_class = _BareContext


@app.command(DEFAULT_COMMAND, hidden=True, cls=_BareCommand)
def year_end(
    folder: Folder = None,
    json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", hidden=True)] = False,
    unit: InUnit = None,
) -> None:
    """Show the year on one screen: what was read, if it adds up, what moves the money, outturn, plan, savings."""
    from breakeven.report import screen

    one_format(json=json, csv=csv)
    if csv:
        usage("the whole answer is several tables: --csv goes with check, reconcile, outturn, plan or savings")
    if folder and not folder.exists():
        usage(f"there is no command and no folder called {folder}; `breakeven --help` lists the commands")
    end = worked_out(folder)
    if json:
        print_json(screen.year_end_data(end))
    else:
        screen.draw_year_end(end, console(), unit_of(unit))
    say_findings(end.year.findings)


@app.command("reconcile")
def reconcile(
    folder: Folder = None,
    chain: Annotated[
        bool, typer.Option("--chain", help="Show every year that has a folder beside this one, opening to closing.")
    ] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Hold every sum against another source of it: side A, side B, the difference and its likely cause.

    Where the folder of the year before stands beside this one, the chain of years is tested too: a break is a
    restatement. Exits 1 where a test differs. Example: breakeven reconcile ledgers/2023-24
    """
    from breakeven.pipeline.at_period import closed_forecasts_moved
    from breakeven.reconciliation.check import Result
    from breakeven.report.data import checks_data
    from breakeven.report.reconciliation import reconciliation_statement

    one_format(json=json, csv=csv)
    if chain:
        _chain(folder or default_folder(), json=json, csv=csv, unit=unit)
        return
    end = chained(worked_out(folder), folder or default_folder())
    if json:
        print_json(checks_data(end.all_checks))
    else:
        draw(reconciliation_statement(end), csv=csv, unit=unit, omit=("cause",))
    say_findings(end.year.findings)
    for moved in closed_forecasts_moved(end):
        say(f"note: {moved}")
    if any(found.result is Result.DIFFERS for found in end.all_checks):
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _chain(folder: Path, *, json: bool, csv: bool, unit: str | None) -> None:
    """Every year of the body by its own folder; exits 1 where one of them opens away from the last close."""
    from breakeven.pipeline import chain
    from breakeven.reconciliation.chain import restated_by
    from breakeven.report.chain import chain_statement

    end = worked_out(folder)
    links, refused = chain.chain_of(folder, end)
    draw(chain_statement(end.year.body.name, links), json=json, csv=csv, unit=unit)
    for path in refused:
        say(f"note: {path} has errors and is not in the chain; run `breakeven check {path}`")
    if any(restated_by(links)):
        raise typer.Exit(ExitCode.CHECK_FAILED)


def chained(end: "YearEnd", folder: Path) -> "YearEnd":
    """A year with its tests against the year before, where that one's folder stands beside it and can be read."""
    from breakeven.pipeline import chain, year_end
    from breakeven.workbook.folder import FolderRefusedError

    before = chain.folder_before(folder, end)
    if before is None:
        return end
    try:
        return chain.with_chain(end, year_end.work_out(year_end.load(before)))
    except (FolderRefusedError, year_end.InputRefusedError):
        say(f"note: the chain of years is not checked, as {before} has errors; run `breakeven check {before}`")
        return end


@app.command("trace", context_settings={"ignore_unknown_options": True})
def trace(
    asked: Annotated[list[str], typer.Argument(metavar="FIGURE [FOLDER]", help="An amount, a row or a figure's id.")],
    period: Annotated[
        str | None, typer.Option(help="Look among the figures of one period, such as P09, too.", show_default=False)
    ] = None,
    before: Annotated[
        str | None,
        typer.Option("--from", help="Look among those of a variance too: from this state, as variance takes it."),
    ] = None,
    after: Annotated[str, typer.Option("--to", help="To this state.")] = "outturn",
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", help="As the plan is under this scenario of the folder.", show_default=False),
    ] = None,
    savings_as: SavingsAs = "planned",
    json: AsJson = False,
) -> None:
    """Follow a figure down to the cells it was read from, and up to what uses it.

    A figure's id is STATEMENT/ROW/COLUMN, as its --json has them: P09/outturn/residential/forecast is of one period,
    variance/residential/price of a variance, accuracy/residential.profile/P06 of how far forecasts were out,
    base/contract_sum/one_offs of what the plan starts from, bridge/b1/2024-25 of a step of the bridge to money,
    projection/number.residential/2025-26 of demand-projection.

    Example: breakeven trace 48565330, or breakeven trace residential --period P09
    """
    from breakeven.pipeline import at_period, questions
    from breakeven.pipeline.bridge import with_bridge
    from breakeven.report import trace as tracing

    words, folder = words_and_folder(asked)
    if not words:
        usage("say what to trace and, if need be, one folder: breakeven trace 48565330 ledgers/2023-24")
    wanted = " ".join(words)
    end = under_scenario(worked_out(folder, view=savings_as), scenario, savings_as)
    at = period_said(period) if period else tracing.period_asked(wanted)
    if at is not None:
        end = at_period.with_figure_of_period(end, at, wanted)
    if before or wanted.startswith("variance/"):
        end = at_period.with_variance(end, *states_asked(before or "revised", after))
    if wanted.startswith("accuracy/"):
        end = at_period.with_accuracy(end)
    if wanted.startswith("base/"):
        end = questions.with_base(end)
    if wanted.startswith("projection/"):
        try:
            end = questions.with_projection(end)
        except ValueError as error:
            usage(str(error))
    if wanted.startswith("bridge/"):
        end = with_bridge(end)
    if wanted.startswith("shortfall/"):
        end = questions.with_shortfall(end)
    traced = tracing.find(end, wanted)
    if traced is None:
        near = tracing.nearest_names(end, wanted)
        usage(f"no figure is called or comes to {wanted!r}" + (f"; near it are {', '.join(near)}" if near else ""))
    if json:
        print_json(tracing.trace_data(traced, end))
    else:
        tracing.draw_trace(traced, end, console())
