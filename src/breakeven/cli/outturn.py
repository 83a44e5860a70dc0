"""The outturn: of the year, at the end of a period, as a closed period was said, and how far forecasts were out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    Folder,
    InUnit,
    app,
    draw,
    must_be_posted,
    one_format,
    period_said,
    read_folder,
    say,
    say_findings,
    usage,
    worked_out,
)

if TYPE_CHECKING:
    from breakeven.ledger.rules import Method
    from breakeven.pipeline.at_period import AtPeriod
    from breakeven.pipeline.year_end import YearEnd
    from breakeven.report.statement import Statement


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
    if period is None and as_of is None and (method or detail or "cost_centre" in levels):
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
    from breakeven.pipeline import at_period

    must_be_posted(end, period)
    return at_period.at_period(end, period, _methods(method, end) if method else None)


def _as_of(folder: Path | None, period: int) -> "AtPeriod":
    """A closed period from its seal: no fault of today's workbooks stands in its way, but a fault of a seal does."""
    from breakeven.periods import period_name
    from breakeven.pipeline import at_period
    from breakeven.report.seal import is_as_sealed

    year = read_folder(folder)
    broken = [finding for finding in year.errors if finding.code.startswith("seal-")]
    if broken:
        say_findings(broken)
        raise typer.Exit(ExitCode.REFUSED)
    at = at_period.as_of(year, period)
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

    known: dict[str, Method] = {method.replace(" ", "-"): method for method in METHODS}
    rows = {row.id for row in end.outturn.rows} | {"third_party_income"}
    asked: dict[str, Method] = {}
    for each in (part.strip() for part in said.split(",") if part.strip()):
        line, _, name = each.rpartition("=")
        name = name.strip().replace(" ", "-")
        if name not in known:
            usage(f"--method takes {', '.join(known)}, not {name!r}")
        for row_id in _rows_called(line.strip(), end, rows):
            asked[row_id] = known[name]
    return asked


def _rows_called(line: str, end: "YearEnd", rows: set[str]) -> list[str]:
    """The ids of the lines and sources meant: every line of a category; ``""`` for all there are."""
    from breakeven.monitoring.overrides import row_named

    if not line:
        return [""]
    chart = end.year.body.chart
    if category := chart.category_named(line):
        return [each.id for each in chart.lines_in(category)]
    row_id = row_named(line, end.year)
    if row_id == "contract_sum" or row_id.startswith("variations"):
        usage(f"--method: {line!r} is as agreed, and forecast by no method")
    if row_id not in rows:
        usage(f"--method: no line or source of income is called {line!r}")
    return [row_id]
