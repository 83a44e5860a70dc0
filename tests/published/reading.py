"""What each cell prints against its value, and rows that do not fit the table or stand in it twice."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.reconciliation.slips import slips

from .casting import Table
from .mends import Fault
from .printed import Printed
from .stated import Trouble


def reading_troubles(table: Table) -> Iterator[Trouble]:
    """Everything that does not read as it should, row by row."""
    positive = brackets_are_positive(table)
    for r, row in enumerate(table.rows):
        name, columns = table.name_of(r), len(table.columns)
        for what, found in (("prints", row.published), ("has the values of", row.values)):
            if found is not None and len(found) != columns:
                yield Trouble(Fault.SHIFTED, f"{name} {what} {len(found)} cells for {columns} columns", row.id)
        if row.published is None and row.values is None:
            yield Trouble("row", f"{name} has neither prints nor values", row.id)
        if row.published is not None and row.values is not None:
            yield from _row_against_values(table, r, positive=positive)
    yield from _rows_twice(table)


def brackets_are_positive(table: Table) -> bool:
    """Whether the table writes brackets for something other than less: nearly all of its values say so."""
    signs = [
        value > 0
        for row in table.rows
        for cell, value in zip(row.printed, row.values or (), strict=False)
        if row.published is not None and cell.is_bracketed and value
    ]
    return len(signs) > 2 and 4 * sum(signs) >= 3 * len(signs)


def _row_against_values(table: Table, r: int, *, positive: bool) -> Iterator[Trouble]:
    row = table.rows[r]
    values = (row.values or ())[: len(table.columns)]
    cells = row.printed[: len(values)]
    read = [abs(c.amount) if positive and c.is_bracketed and c.amount is not None else c.amount for c in cells]
    apart = [
        c
        for c, (cell, amount, value) in enumerate(zip(cells, read, values, strict=False))
        if amount != value and (cell.is_readable or value is not None)
    ]
    step = _shift(read, values, apart)
    if step:
        headings = f"{table.columns[apart[0]].label} to {table.columns[apart[-1]].label}"
        words = f"{table.name_of(r)}: column shifted: its values stand one column {step} of its print"
        yield Trouble(Fault.SHIFTED, words, row.id, headings)
        return
    for c in apart:
        fault, words = _apart(cells[c], read[c], values[c])
        yield Trouble(fault, f"{table.name_of(r)}, {table.columns[c].label}: {words}", row.id, table.columns[c].label)


def _shift(read: Sequence[Decimal | None], values: Sequence[Decimal | None], apart: Sequence[int]) -> str:
    if len(apart) < 2:
        return ""
    for step, where in ((-1, "to the right"), (1, "to the left")):
        moved = [c for c in apart if 0 <= c + step < len(read) and values[c] == read[c + step]]
        if len(moved) >= len(apart) - 1 and any(values[c] for c in moved):
            return where
    return ""


def _apart(cell: Printed, read: Decimal | None, value: Decimal | None) -> tuple[str, str]:
    prints, said = f"prints '{cell.text}'", "no value" if value is None else f"the value {value:,f}"
    if not cell.is_readable:
        return "print", f"{prints}, which is no figure, and has {said}"
    if read is None or value is None:
        return "missing", f"{prints} and has {said}"
    slip = next(slips(value, read, both_known=True), None) or next(slips(read, value, both_known=True), None)
    return (
        (slip.kind, f"{prints} and has {said}: {slip.words}") if slip else (Fault.UNKNOWN, f"{prints} and has {said}")
    )


def _rows_twice(table: Table) -> Iterator[Trouble]:
    """Rows of one id; and neighbours of one label that print the same figures."""
    first: dict[str, int] = {}
    blank = [None] * len(table.columns)
    for r, row in enumerate(table.rows):
        if (other := first.setdefault(row.id, r)) != r:
            same = "with the same figures" if table.line(other) == table.line(r) else "with other figures"
            yield Trouble(Fault.TWICE, f"line counted twice: {table.name_of(r)} is there twice, {same}", row.id)
        elif r and row.label and row.label == table.rows[r - 1].label and table.line(r) == table.line(r - 1) != blank:
            words = f"line counted twice: {table.name_of(r)} repeats {table.rows[r - 1].id}"
            yield Trouble(Fault.TWICE, words, row.id)
