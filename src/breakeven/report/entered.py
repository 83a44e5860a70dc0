"""What was entered in a register, in words: the rows, the cells they took, what else changed, and the copy."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from breakeven.findings import visible
from breakeven.ledger.record import Kind
from breakeven.periods import period_name
from breakeven.report.figures import exact_text, number_text
from breakeven.workbook.append import Entered
from breakeven.workbook.layout import default_layout


def entered_lines(entered: Entered, table: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """One line a row, then one for each place that was written; a dry run says what would be."""
    is_trial = entered.copy is None
    would = "would be " if is_trial else ""
    for row in rows:
        yield visible(_row(table, row))
    yield f"{would}written: {entered.lines}{' on a new sheet' if entered.is_new_sheet else ''}"
    for change in entered.changed:
        was: Decimal | None = getattr(change.record, change.field)
        before = "blank" if was is None else exact_text(was)
        at = change.record.cell_of(change.field)
        yield f"{would}changed: {at} {_heading(change.table, change.field)} {exact_text(change.value)}, was {before}"
    for at in entered.totals:
        yield f"{would}changed: {at} total"
    yield "nothing is written: a dry run" if is_trial else f"the workbook as it was: {visible(str(entered.copy))}"


def left_lines(entered: Entered) -> Iterator[str]:
    """What was not written because a formula works it out."""
    for change in entered.left:
        at = change.record.cell_of(change.field)
        yield f"{at} holds a formula and is left; open {at.workbook} in Excel and save it, so that it is worked out"


def protected_lines(entered: Entered) -> Iterator[str]:
    """Which sheets were written to, or for a dry run would be, though they are protected."""
    for sheet in entered.protected:
        said = "would be written to" if entered.copy is None else "was written to"
        yield f"note: {visible(sheet)!r} of {entered.lines.workbook} is protected, without a password; it {said}"


def _row(table: str, row: Mapping[str, Any]) -> str:
    kinds = {name: column.kind for name, column in default_layout()[table].columns.items()}
    said = {name: row[name] for name in kinds if row.get(name) not in {None, ""}}
    return "; ".join(f"{_heading(table, name)}: {_shown(value, kinds[name])}" for name, value in said.items())


def _heading(table: str, field: str) -> str:
    return default_layout()[table].columns[field].headings[0]


def _shown(value: Any, kind: Kind) -> str:
    if isinstance(value, Decimal):
        return number_text(value) if kind is Kind.NUMBER else exact_text(value)
    if kind is Kind.DATE:
        return f"{value:%d/%m/%Y}"
    if kind is Kind.YES_NO:
        return "yes" if value else "no"
    return period_name(value) if kind is Kind.PERIOD else str(value)
