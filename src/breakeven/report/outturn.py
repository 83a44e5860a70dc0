"""The outturn as a statement."""

from collections.abc import Sequence

from breakeven.monitoring.outturn import Flow, OutturnRow, adverse_or_favourable
from breakeven.pipeline import YearEnd
from breakeven.report.figures import percent_of
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, workbooks_behind

TOTALS = {"income", "expenditure", "position", "closing_balance"}


def outturn_statement(end: YearEnd, by: Sequence[str] = ("category",)) -> Statement:
    """Budget, actual and variance by row.

    by: how far down to go: ``category`` alone, or with ``line`` (lines beneath each category), ``source`` (sources of
    third-party income and variations) and ``code`` (cost centres and accounts beneath each line).
    """
    rows = tuple(_row(row, end) for row in _placed(end.outturn.rows) if _is_shown(row, by))
    return Statement(
        id="outturn",
        title=f"{end.year.body.name}: outturn {end.year.body.year.on_screen}",
        state=end.year.body.state,
        columns=(
            Column("budget", "Budget"),
            Column("actual", "Actual"),
            Column("variance", "Variance"),
            Column("variance_pct", "%", ColumnKind.PERCENT),
        ),
        rows=rows,
        notes=(*_deficit_notes(end), *end.year.body.notes),
        sources=workbooks_behind(rows, end),
    )


def _is_shown(row: OutturnRow, by: Sequence[str]) -> bool:
    if row.level <= 1:
        return True
    if row.level == 2:
        return ("source" if row.flow is Flow.INCOME else "line") in by
    return "code" in by


def _placed(rows: Sequence[OutturnRow]) -> list[OutturnRow]:
    """Each part below its total, as a page reads, rather than above it, as a sum is made."""
    placed: list[OutturnRow] = []
    parts: list[OutturnRow] = []
    lines: list[OutturnRow] = []
    for row in rows:
        if row.level == 3:
            parts.append(row)
        elif row.level == 2:
            lines += [row, *parts]
            parts = []
        else:
            placed += [row, *lines]
            lines = []
    return placed


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


def _deficit_notes(end: YearEnd) -> tuple[str, ...]:
    closing = end.outturn.row("closing_balance").actual.amount
    if closing is None:
        return ("The closing balance is open: something it needs is missing.",)
    word = "deficit" if closing < 0 else "surplus"
    return (f"The cumulative {word} at 31 March {end.year.body.year.start + 1} is £{abs(closing):,.0f}.",)
