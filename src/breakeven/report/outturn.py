"""The outturn as a statement."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.monitoring.outturn import Flow, OutturnRow, adverse_or_favourable
from breakeven.pipeline import YearEnd
from breakeven.report.figures import percent_of
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, mark_of, placed, workbooks_behind

TOTALS = {"income", "expenditure", "position", "closing_balance"}


def outturn_statement(end: YearEnd, by: Sequence[str] = ("category",)) -> Statement:
    """Budget, actual and variance by row.

    by: how far down to go: ``category`` alone, or with ``line`` (lines beneath each category), ``source`` (sources of
    third-party income and variations) and ``code`` (cost centres and accounts beneath each line).
    """
    rows = tuple(_row(row, end) for row in placed(end.outturn.rows) if _is_shown(row, by))
    return Statement(
        id="outturn",
        body=end.year.body.name,
        title=f"Outturn {end.year.body.year.on_screen}",
        state=end.year.body.state,
        columns=(
            Column("budget", "Budget"),
            Column("actual", "Actual"),
            Column("variance", "Variance"),
            Column("variance_pct", "%", ColumnKind.PERCENT),
        ),
        rows=rows,
        summary=tuple(_summary(end)),
        notes=end.year.body.notes,
        sources=workbooks_behind(rows, end),
    )


def _is_shown(row: OutturnRow, by: Sequence[str]) -> bool:
    if row.level <= 1:
        return True
    if row.level == 2:
        return ("source" if row.flow is Flow.INCOME else "line") in by
    return "code" in by


def _row(row: OutturnRow, end: YearEnd) -> Row:
    figures = {"budget": row.budget, "actual": row.actual, "variance": row.variance}
    reading = adverse_or_favourable(row.flow, row.variance.amount)
    return Row(
        id=row.id,
        label=row.label,
        kind=RowKind.TOTAL if row.id in TOTALS else RowKind.SUBTOTAL if row.level == 1 else RowKind.LINE,
        level=row.level,
        flow=row.flow,
        values={column: figure.amount for column, figure in figures.items()}
        | {"variance_pct": None if row.flow is Flow.NET else percent_of(row.variance.amount, row.budget.amount)},
        reading={"variance": reading} if reading else {},
        figures={column: figure.id for column, figure in figures.items()},
        illustrative=frozenset(column for column, figure in figures.items() if figure.id in end.illustrative),
    )


def _summary(end: YearEnd) -> Iterator[str]:
    position, closing = (end.outturn.row(row_id) for row_id in ("position", "closing_balance"))
    ended, against, balance = position.actual.amount, position.variance.amount, closing.actual.amount
    if ended is None or balance is None:
        yield "The year end is open: something it needs is missing."
        return
    below = ""
    if against is not None:
        mark = mark_of(end, position.variance)
        below = (
            f", £{abs(against):,.0f}{mark} {'below' if against < 0 else 'above'} the budget"
            if against
            else ", as budgeted"
        )
    yield f"The year ended with a {_word(ended)} of £{abs(ended):,.0f}{below}."
    yield f"The cumulative {_word(balance)} at 31 March {end.year.body.year.start + 1} is £{abs(balance):,.0f}."


def _word(amount: Decimal) -> str:
    return "deficit" if amount < 0 else "surplus"
