"""The commands of a month end: why it moved, and closing a period."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    Folder,
    InUnit,
    app,
    default_folder,
    draw,
    must_be_posted,
    one_format,
    period_said,
    say,
    say_findings,
    usage,
    words_and_folder,
    worked_out,
)

if TYPE_CHECKING:
    from breakeven.pipeline.at_period import AtPeriod
    from breakeven.pipeline.year_end import YearEnd


@app.command("close")
def close(
    said: Annotated[list[str], typer.Argument(metavar="PERIOD [FOLDER]", help="The period to close, such as P09.")],
    by: Annotated[str, typer.Option(help="Who closes it.")],
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help="The day it is closed; today if left out."),
    ] = None,
) -> None:
    """Close a period: seal what was read, worked out and said, under closes/ in the ledger folder.

    A line further from its budget than [month_end] lets pass must have an explanation first: breakeven explain. What is
    sealed is shown by breakeven outturn --as-of P09; a later change to what the period was made of is reported.

    Example: breakeven close P09 ledgers/2023-24 --by "Head of finance"
    """
    from breakeven.pipeline.at_period import at_period

    periods, named = words_and_folder(said, 1)
    if len(periods) != 1:
        usage('say which period, and if need be one folder: breakeven close P09 ledgers/2023-24 --by "Head of finance"')
    period = period_said(periods[0], "PERIOD")
    folder = named or default_folder()
    end = worked_out(folder)
    day = on.date() if on else date.today()  # noqa: DTZ011  (the day on the user's calendar)
    if not by.strip():
        usage("--by must say who closes the period")
    _may_close(end, period, day)
    at = at_period(end, period)
    _must_be_explained(at)
    _write(folder, end, at, by.strip(), day)
    say_findings(end.year.findings)


def _may_close(end: "YearEnd", period: int, day: date) -> None:
    from breakeven.periods import period_name

    name = period_name(period)
    if end.year.closes and day < end.year.closes[-1].closed_on:
        before = end.year.closes[-1]
        usage(f"--on: {period_name(before.period)} was closed on {before.closed_on:%d/%m/%Y}, after {day:%d/%m/%Y}")
    for closed in reversed(end.year.closes):
        if closed.period >= period:
            on = f"{period_name(closed.period)} was closed on {closed.closed_on:%d/%m/%Y} by {closed.closed_by}"
            usage(f"{name} cannot be closed: {on}, and periods are closed in their order, each once")
    must_be_posted(end, period)


def _must_be_explained(at: "AtPeriod") -> None:
    from breakeven.monitoring.explained import unexplained
    from breakeven.monitoring.outturn import adverse_or_favourable
    from breakeven.periods import period_name
    from breakeven.report.figures import exact_text

    if at.result.row("position").figures["forecast"].amount is None:
        say(f"{period_name(at.result.period)} is not closed: its forecast is open, as something it needs is missing.")
        raise typer.Exit(ExitCode.CHECK_FAILED)
    missing = unexplained(at.result)
    if not missing:
        return
    name = period_name(at.result.period)
    rule = at.result.year.body.month_end.explain
    say(
        f"{name} is not closed. A line further from its budget than £{rule.amount:,.0f} or {rule.percent:f}% must be "
        f"explained first ({len(missing)} to go):"
    )
    for row in missing:
        variance = row.figures["variance"].amount
        if variance is not None:
            reading = adverse_or_favourable(row.flow, variance)
            say(f"  {row.label}: £{exact_text(abs(variance))} {reading}")
    say(f'Say why: breakeven explain "{missing[0].label}" --period {name} --because volume "..." --by NAME')
    raise typer.Exit(ExitCode.CHECK_FAILED)


def _write(folder: Path, end: "YearEnd", at: "AtPeriod", by: str, on: date) -> None:
    from breakeven.periods import period_name
    from breakeven.report.figures import ILLUSTRATIVE, balance_words
    from breakeven.report.seal import write_seal
    from breakeven.workbook.closes import seal_of

    try:
        path = write_seal(folder, end, at, by, on)
    except FileExistsError:
        usage("somebody has closed it meanwhile")
    except OSError as error:
        usage(f"the seal cannot be written: {error.strerror}")
    name = period_name(at.result.period)
    typer.echo(f"{name} is closed by {by} on {on:%d/%m/%Y}: {path}")
    typer.echo(f"Its seal begins {seal_of(path.read_text(encoding='utf-8'))[:12]}: put that in the minutes.")
    forecast = at.result.row("position").figures["forecast"]
    if forecast.amount is not None:
        mark = ILLUSTRATIVE if at.is_illustrative(forecast) else ""
        typer.echo(f"It says that the year will end with {balance_words(forecast.amount)}{mark}.")


@app.command("variance")
def variance(
    folder: Folder = None,
    before: Annotated[
        str, typer.Option("--from", help="budget, revised, last-year, outturn, plan, or a period such as P06.")
    ] = "revised",
    after: Annotated[
        str | None,
        typer.Option(
            "--to",
            help="The same again; the outturn, or the forecast at the last period posted, if left out.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[Literal["line", "category"], typer.Option(help="Reasons line by line, or by category.")] = "line",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Say why the year moved from one state to another: price, volume, mix, virements, savings, the unexplained.

    It adds up to the penny. Example: breakeven variance ledgers/2023-24 --from budget --to P09 --by category
    """
    from breakeven.periods import period_name
    from breakeven.pipeline.at_period import variance_sides
    from breakeven.report.variance import variance_statement

    one_format(json=json, csv=csv)
    states_asked(before, after or "outturn")
    end = worked_out(folder)
    at = end.year.forecast_at
    states = before, after or (period_name(at) if at else "outturn")
    for state in states:
        _must_be_known(end, state)
    draw(variance_statement(end, *variance_sides(end, *states), by), json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)


def _must_be_known(end: "YearEnd", state: str) -> None:
    """Refuse a state that is not there yet: an outturn before the year is over, a period that is not posted."""
    from breakeven.periods import parse_period, period_name
    from breakeven.pipeline.at_period import STATES

    at = end.year.forecast_at
    if state == "outturn" and at:
        usage(f"the year is not over, so that there is no outturn; its forecast is {period_name(at)}")
    if state not in STATES:
        must_be_posted(end, parse_period(state))


def states_asked(before: str, after: str) -> tuple[str, str]:
    """The names of the two states of a variance; a usage error where one is none."""
    from breakeven.periods import parse_period
    from breakeven.pipeline.at_period import STATES

    for option, name in (("--from", before), ("--to", after)):
        if name not in STATES:
            try:
                parse_period(name)
            except ValueError:
                usage(f"{option} takes {', '.join(STATES)} or a period from P01 to P13, not {name!r}")
    return before, after
