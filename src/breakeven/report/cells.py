"""A cell of a statement as text, the same on every page: its sign, its brackets, its mark."""

from decimal import Decimal

from breakeven.findings import visible
from breakeven.monitoring.outturn import Flow
from breakeven.report.figures import ILLUSTRATIVE, Unit, amount_text, number_text, pence_text, percent_text
from breakeven.report.statement import Column, ColumnKind, Row, Statement

AFTER = f")%{ILLUSTRATIVE}"
"""What may follow a figure's digits."""


def shown_amount(row: Row, column_id: str) -> Decimal | None:
    """A value signed as a page shows it: a cost is below nil, and stands in brackets; None where there is none."""
    value = row.values.get(column_id)
    if not isinstance(value, Decimal):
        return None
    return -value if row.flow is Flow.EXPENDITURE and column_id not in row.as_signed else value


def cell_text(row: Row, column: Column, unit: Unit) -> str:
    """What a page writes in one cell: blank where the row has no such figure, ``[x]`` where it is missing."""
    value = row.values.get(column.id, "")
    if column.kind is ColumnKind.TEXT or isinstance(value, str):
        return visible(str(value or ""))
    mark = ILLUSTRATIVE if value is not None and column.id in row.illustrative else ""
    is_percent = column.kind is ColumnKind.PERCENT
    if is_percent and value is None:
        return ""
    if row.unit == "%" or (is_percent and row.unit != "£"):
        return percent_text(value) + mark
    if column.kind is ColumnKind.NUMBER or row.unit != "£":
        return (number_text(value) if value is None or value >= 0 else f"({number_text(-value)})") + mark
    shown = shown_amount(row, column.id)
    if is_percent:
        return percent_text(shown)
    return (pence_text(shown) if column.kind is ColumnKind.PENCE else amount_text(shown, unit)) + mark


def is_nought(text: str) -> bool:
    """Whether a figure is nil as it is shown: neither adverse nor favourable to the eye."""
    return text.strip(f"( {AFTER}") in {"0", "0.0", "0.00"}


def pence_are_cut(statement: Statement) -> bool:
    """Whether amounts of a statement have pence that whole pounds do not show."""
    columns = [column.id for column in statement.columns if column.kind is ColumnKind.AMOUNT]
    values = [row.values.get(column) for row in statement.rows if row.unit == "£" for column in columns]
    return any(isinstance(value, Decimal) and value != value.to_integral_value() for value in values)
