"""What one table gave: its lines by column, the totals set aside, and every number counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.year import SheetTally
from breakeven.workbook.headings import Cells, Headings, column_letter
from breakeven.workbook.layout import TableLayout

NumberedRow = tuple[int, Cells]
"""A row's number on the sheet, from 1, and its cells from column A."""


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """A column of numbers as read: its heading, how many lines hold a number, and what they come to."""

    heading: str
    at: Cell
    lines: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A row that states a total: set aside, checked against the lines above it, never added."""

    row: int
    label: str
    amounts: Mapping[str, Decimal]


@dataclass(frozen=True)
class TableRead:
    """What one table gave. Values are by field, one a line accepted, in the order of the rows."""

    layout: TableLayout
    sheet: Cell
    headings: Headings | None
    """None where no headings were found; then there is a finding, and nothing else."""
    rows: Sequence[int] = ()
    """The row number of each line accepted."""
    columns_at: Sequence[tuple[int, Mapping[str, int]]] = ()
    """From which row on each field stands in which column; more than one where headings stand again."""
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict[str, Sequence[Any]])
    findings: tuple[Finding, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
    tally: SheetTally | None = None
    sums: Mapping[str, ColumnSum] = field(default_factory=dict[str, ColumnSum])
    held_back: tuple[int, ...] = ()
    """Row numbers of the lines that could not be accepted."""
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    """What one is worth in each column of amounts, a key of ``UNITS``, beneath its last headings."""
    outside: tuple[int, ...] = ()
    """Row numbers beneath the headings where a number stands in the principal column, but the layout reads no line."""

    def cell(self, row: int, name: str) -> Cell:
        """The cell of a field in a row of the sheet."""
        columns = next((c for first, c in reversed(self.columns_at) if first <= row), dict[str, int]())
        ref = f"{column_letter(columns[name])}{row}" if name in columns else f"{row}:{row}"
        return Cell(self.sheet.workbook, self.sheet.sheet, ref)

    def line(self, **words: object) -> Mapping[str, Any]:
        """The one line whose fields are as given: ``authority="Sandwell"``. Raises LookupError for none or two."""
        places = [i for i in range(len(self.rows)) if all(self.values[name][i] == word for name, word in words.items())]
        if len(places) != 1:
            raise LookupError(f"{len(places)} lines have {words}")
        return {name: column[places[0]] for name, column in self.values.items()}

    def total(self, label: str) -> StatedTotal:
        """The one row set aside under a label. Raises LookupError for none or two."""
        found = [total for total in self.totals if total.label == label]
        if len(found) != 1:
            raise LookupError(f"{len(found)} rows are set aside under {label!r}")
        return found[0]
