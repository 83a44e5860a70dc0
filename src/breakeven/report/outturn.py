"""The outturn as a statement."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.monitoring.outturn import Flow, Outturn, OutturnRow, adverse_or_favourable
from breakeven.periods import MONTHS, period_name
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import percent_of
from breakeven.report.statement import (
    Column,
    ColumnKind,
    Row,
    Statement,
    figures_row,
    kind_at,
    mark_of,
    placed,
    workbooks_behind,
)


def outturn_statement(end: YearEnd, by: Sequence[str] = ("category",)) -> Statement:
    """Budget, actual and variance by row.

    by: how far down to go: ``category`` alone, or with ``line`` (lines beneath each category), ``source`` (sources of
    third-party income and variations) and ``code`` (cost centres and accounts beneath each line).
    """
    rows = tuple(_row(row, end) for row in placed(_stated(end).rows) if _is_shown(row, by))
    at = end.year.forecast_at
    return Statement(
        id="outturn",
        body=end.year.body.name,
        title=f"Outturn {end.year.body.year.on_screen}" + (f", forecast at {period_name(at)}" if at else ""),
        state=f"forecast ({period_name(at)})" if at else end.year.body.state,
        columns=(
            Column("budget", "Budget"),
            Column("forecast", "Forecast") if at else Column("actual", "Actual"),
            Column("variance", "Variance"),
            Column("variance_pct", "%", ColumnKind.PERCENT),
        ),
        rows=rows,
        summary=tuple(_summary(end)),
        notes=end.year.body.notes,
        sources=workbooks_behind(rows, end),
    )


def _stated(end: YearEnd) -> Outturn:
    """What the year comes to; before anything is posted nobody knows, and its budget is no actual."""
    return end.outturn if end.year.starts_from_budget else end.expected


def _is_shown(row: OutturnRow, by: Sequence[str]) -> bool:
    if row.level <= 1:
        return True
    if row.level == 2:
        return ("source" if row.flow is Flow.INCOME else "line") in by
    return "code" in by


def _row(row: OutturnRow, end: YearEnd) -> Row:
    actual = "forecast" if end.year.forecast_at else "actual"
    figures = {"budget": row.budget, actual: row.actual, "variance": row.variance}
    percent = None if row.flow is Flow.NET else percent_of(row.variance.amount, row.budget.amount)
    return figures_row(
        end,
        row.id,
        row.label,
        kind_at(row.level),
        row.level,
        figures,
        {"variance_pct": percent},
        flow=row.flow,
        reading={"variance": adverse_or_favourable(row.flow, row.variance.amount)},
    )


def _summary(end: YearEnd) -> Iterator[str]:
    position, closing = (_stated(end).row(row_id) for row_id in ("position", "closing_balance"))
    at, last = end.year.forecast_at, end.year.transactions.last_period
    ended, against, balance = position.actual.amount, position.variance.amount, closing.actual.amount
    if ended is None or balance is None:
        is_new = end.year.starts_from_budget
        yield "Nothing is posted yet." if is_new else "The year end is open: something it needs is missing."
        return
    below = ""
    if against is not None:
        mark = mark_of(end, position.variance)
        below = (
            f", £{abs(against):,.0f}{mark} {'below' if against < 0 else 'above'} the budget"
            if against
            else ", as budgeted"
        )
    ends = f"At {period_name(at)} the year is forecast to end" if at else "The year ended"
    yield f"{ends} with a {_word(ended)} of £{abs(ended):,.0f}{mark_of(end, position.actual)}{below}."
    would, mark = "would be" if at else "is", mark_of(end, closing.actual)
    close = f"31 March {end.year.body.year.start + 1}"
    yield f"The cumulative {_word(balance)} at {close} {would} £{abs(balance):,.0f}{mark}."
    if last is not None and last < MONTHS and not at:
        yield (
            f"Nothing is posted after {period_name(last)}: where the year is not over, its state in breakeven.toml is "
            "forecast, not " + f"{end.year.body.state}."
        )


def _word(amount: Decimal) -> str:
    return "deficit" if amount < 0 else "surplus"
