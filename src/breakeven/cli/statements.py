"""The commands that state a year: the bare one, reconcile, outturn, plan, savings, trace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer.core import TyperCommand

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    Folder,
    InUnit,
    app,
    console,
    draw,
    one_format,
    period_said,
    print_json,
    read_folder,
    say,
    say_findings,
    unit_of,
    usage,
    worked_out,
)
from breakeven.cli.month_end import states_asked

if TYPE_CHECKING:
    from breakeven.ledger.rules import Method
    from breakeven.pipeline import AtPeriod, YearEnd
    from breakeven.report.statement import Statement

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
    """Show the year on one screen: what was read, whether it adds up, the outturn, the plan and the savings."""
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
def reconcile(folder: Folder = None, json: AsJson = False, csv: AsCsv = False, unit: InUnit = None) -> None:
    """Hold every sum against another source of it: side A, side B, the difference and its likely cause.

    Exits 1 where a test differs. Example: breakeven reconcile ledgers/2023-24
    """
    from breakeven.reconciliation.check import Result
    from breakeven.report.data import checks_data
    from breakeven.report.reconciliation import reconciliation_statement

    one_format(json=json, csv=csv)
    end = worked_out(folder)
    if json:
        print_json(checks_data(end.checks))
    else:
        draw(reconciliation_statement(end), csv=csv, unit=unit, omit=("cause",))
    say_findings(end.year.findings)
    if any(found.result is Result.DIFFERS for found in end.checks):
        raise typer.Exit(ExitCode.CHECK_FAILED)


@app.command("outturn")
def outturn(
    folder: Folder = None,
    period: Annotated[
        str | None,
        typer.Option(
            help="State the year at the end of a period, P01 (April) to P13, with a forecast of the rest.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            help="What rows are nested by: category, line, code, source; with --period also cost_centre. "
            "Several with commas, outermost first."
        ),
    ] = "category",
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="A closed period as it was said then, from its seal.", show_default=False),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(
            help="Forecast by budget, run-rate, profile, last-year or commitment; for one line as "
            "residential=commitment. Several with commas.",
            show_default=False,
        ),
    ] = None,
    accuracy: Annotated[
        bool, typer.Option("--accuracy", help="How far the forecasts at P03, P06 and P09 were from the outturn.")
    ] = False,
    detail: Annotated[bool, typer.Option("--detail", help="With --period: every column of the working.")] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """State budget, actual and variance, and the cumulative deficit; at a period, with the forecast outturn.

    Example: breakeven outturn ledgers/2023-24 --by line,source, or breakeven outturn --period P09 --by line
    """
    from breakeven.report.month_end import IN_DETAIL, month_end_statement
    from breakeven.report.outturn import outturn_statement

    one_format(json=json, csv=csv)
    levels = [level.strip().replace("-", "_") for level in by.split(",") if level.strip()]
    if unknown := [level for level in levels if level not in {"category", "line", "source", "code", "cost_centre"}]:
        usage(f"--by takes category, line, cost_centre, code and source, not {', '.join(unknown)}")
    if not (period or as_of) and (method or detail or "cost_centre" in levels):
        usage("--method, --detail and --by cost_centre go with --period")
    if as_of and (period or method):
        usage("--as-of shows a closed period as it was; --period and --method work one out anew")
    if accuracy and (period or as_of or method):
        usage("--accuracy is of the whole year: give no period, and no method")
    omit = () if detail else tuple(IN_DETAIL)
    if as_of:
        at = _as_of(folder, period_said(as_of, "--as-of"))
        draw(month_end_statement(at, levels), json=json, csv=csv, unit=unit, omit=omit)
        return
    end = worked_out(folder)
    if accuracy:
        draw(_accuracy(end, every_method="line" in levels), json=json, csv=csv, unit=unit)
    elif period:
        at = _at_period(end, period_said(period), method)
        draw(month_end_statement(at, levels), json=json, csv=csv, unit=unit, omit=omit)
    else:
        draw(outturn_statement(end, levels), json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)


def _accuracy(end: "YearEnd", *, every_method: bool) -> "Statement":
    from breakeven.monitoring.accuracy import YearNotOverError
    from breakeven.report.accuracy import accuracy_statement

    try:
        return accuracy_statement(end, every_method=every_method)
    except YearNotOverError as error:
        usage(f"--accuracy: {error}")


def _at_period(end: "YearEnd", period: int, method: str | None) -> "AtPeriod":
    from breakeven import pipeline

    return pipeline.at_period(end, period, _methods(method, end) if method else None)


def _as_of(folder: Path | None, period: int) -> "AtPeriod":
    """A closed period from its seal: no fault of today's workbooks stands in its way, but a fault of a seal does."""
    from breakeven import pipeline
    from breakeven.periods import period_name
    from breakeven.report.seal import is_as_sealed

    year = read_folder(folder)
    broken = [finding for finding in year.errors if finding.code.startswith("seal-")]
    if broken:
        say_findings(broken)
        raise typer.Exit(ExitCode.REFUSED)
    at = pipeline.as_of(year, period)
    if at is None:
        closed = ", ".join(period_name(close.period) for close in year.closes) or "none is"
        usage(f"{period_name(period)} is not closed; closed are {closed}")
    if not is_as_sealed(year, at):
        say(
            "note: this version of breakeven writes the page otherwise than the one that closed the period; the page as"
        )
        say(f"it was is in closes/{period_name(period)}.json, and every figure is the same")
    return at


def _methods(said: str, end: "YearEnd") -> "dict[str, Method]":
    """Methods by the id of a line, ``""`` for all: ``run-rate`` or ``residential=commitment,fostering=profile``."""
    from breakeven.ledger.rules import METHODS
    from breakeven.monitoring.overrides import row_named

    known: dict[str, Method] = {method.replace(" ", "-"): method for method in METHODS}
    rows = {row.id for row in end.outturn.rows} | {"third_party_income"}
    asked: dict[str, Method] = {}
    for each in (part.strip() for part in said.split(",") if part.strip()):
        line, _, name = each.rpartition("=")
        row_id = row_named(line, end.year) if line else ""
        if name not in known:
            usage(f"--method takes {', '.join(known)}, not {name!r}")
        if row_id and row_id not in rows:
            usage(f"--method: no line or source of income is called {line!r}")
        asked[row_id] = known[name]
    return asked


@app.command("plan")
def plan(
    folder: Folder = None,
    years: Annotated[
        int | None,
        typer.Option(min=1, max=10, help="How many years; the folder's own number if left out.", show_default=False),
    ] = None,
    savings_as: Annotated[
        Literal["planned", "forecast", "weighted"], typer.Option("--savings", help="Which savings the position counts.")
    ] = "planned",
    lines: Annotated[bool, typer.Option("--lines", help="Show the lines beneath each category.")] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Project the medium-term plan: position, cumulative deficit, and what must still be found.

    Example: breakeven plan ledgers/2023-24 --savings weighted
    """
    from breakeven.report.plan import plan_statement

    one_format(json=json, csv=csv)
    end = worked_out(folder, years=years, view=savings_as)
    draw(plan_statement(end, lines=lines), json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)


@app.command("savings")
def savings(
    folder: Folder = None,
    year: Annotated[
        str | None,
        typer.Option(help="The contract year the schemes start in; the plan's first if left out.", show_default=False),
    ] = None,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Track the savings programme by priority and status: planned, delivered, forecast, weighted.

    Example: breakeven savings ledgers/2023-24 --year 2024-25
    """
    from breakeven.report.savings import savings_statement

    one_format(json=json, csv=csv)
    end = worked_out(folder)
    known = {str(each): each for each in (end.programme.base, *end.programme.years)}
    if year is not None and year.replace("/", "-") not in known:
        usage(f"--year takes one of {', '.join(known)}, not {year}")
    chosen = known[year.replace("/", "-")] if year else None
    draw(savings_statement(end, chosen), json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)


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
    json: AsJson = False,
) -> None:
    """Follow a figure down to the cells it was read from, and up to what uses it.

    A figure's id is STATEMENT/ROW/COLUMN, as its --json has them: P09/outturn/residential/forecast is of one period,
    variance/residential/price of a variance, accuracy/residential.profile/P06 of how far forecasts were out.

    Example: breakeven trace 48565330, or breakeven trace residential --period P09
    """
    from breakeven import pipeline
    from breakeven.report import trace as tracing

    folders = [Path(word) for word in asked if Path(word).is_dir()]
    wanted = " ".join(word for word in asked if not Path(word).is_dir())
    if len(folders) > 1 or not wanted:
        usage("say what to trace and, if need be, one folder: breakeven trace 48565330 ledgers/2023-24")
    end = worked_out(folders[0] if folders else None)
    at = period_said(period) if period else tracing.period_asked(wanted)
    if at is not None:
        end = pipeline.with_period(end, at)
    if before or wanted.startswith("variance/"):
        end = pipeline.with_variance(end, *states_asked(before or "budget", after))
    if wanted.startswith("accuracy/"):
        end = pipeline.with_accuracy(end)
    traced = tracing.find(end, wanted)
    if traced is None:
        near = tracing.nearest_names(end, wanted)
        usage(f"no figure is called or comes to {wanted!r}" + (f"; near it are {', '.join(near)}" if near else ""))
    if json:
        print_json(tracing.trace_data(traced, end))
    else:
        tracing.draw_trace(traced, end, console())
