"""New lines for a table of a sheet: which cells they take, what each holds, and how it looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from breakeven.ledger.record import Kind
from breakeven.periods import period_name
from breakeven.workbook.formula_refs import Growth, filled
from breakeven.workbook.grow import grow
from breakeven.workbook.layout import UNITS, ColumnLayout, TableLayout
from breakeven.workbook.package import Package
from breakeven.workbook.sheet_cells import FormulaText, Place, SheetCells, Written, ref_of
from breakeven.workbook.styles_part import DATE_FORMAT, add_style, is_date_style
from breakeven.workbook.table_read import TableRead
from breakeven.workbook.xml_text import UnsafeError

Values = Mapping[str, Any]
"""A line by field, in pounds, as a record holds it; what is left out is blank."""


@dataclass(frozen=True)
class TablePlace:
    """Where a table stands on its sheet."""

    layout: TableLayout
    sheet: str
    headings: int
    """The last row of its headings."""
    lines: Sequence[int]
    """The rows of its lines; none where it has none yet."""
    columns: Mapping[str, int]
    units: Mapping[str, str]

    @classmethod
    def of(cls, table: TableRead) -> "TablePlace":
        """Where a table was read. It has headings."""
        if table.headings is None:
            raise ValueError(f"no headings were found on {table.sheet}")
        headings, columns = table.columns_at[-1]
        rows = table.headings.rows if headings == table.headings.row else 1
        return cls(table.layout, table.sheet.sheet, headings + rows - 1, table.rows, columns, table.units)

    @classmethod
    def new(cls, layout: TableLayout) -> "TablePlace":
        """A table on a sheet that has just been added for it."""
        columns = {name: n for n, name in enumerate(layout.columns, start=1)}
        return cls(layout, layout.sheet, 1, (), columns, {})

    @property
    def after(self) -> int:
        """The row after which a new line goes: that of the last one, or of the headings."""
        return max(self.lines, default=self.headings)


def append_rows(package: Package, table: TablePlace, rows: Sequence[Values], *, date_1904: bool) -> str:
    """Add lines beneath the last of a table; returns the area they take, as A18:H19. Raises UnsafeError."""
    part = package.sheet_part(table.sheet)
    table = _with_columns(package, table, rows)
    cells = SheetCells(package.document(part), date_1904=date_1904)
    left, right = min(table.columns.values()), _last_column(cells, table)
    growth = Growth(
        sheet=table.sheet,
        first=min(table.lines, default=table.after + 1),
        after=table.after,
        rows=len(rows),
        columns=(left, right),
        shifts=any(
            row > table.after and left <= column <= right and not cells.is_empty((row, column))
            for row, column in cells.cells
        ),
    )
    grow(package, growth)
    cells = SheetCells(package.document(part), date_1904=date_1904)
    writing = _Writing(package, cells, table, (left, right))
    written: dict[Place, str] = {}
    for n, values in enumerate(rows, start=1):
        written |= writing.line(table.after + n, values)
    cells.put(written, like=table.after if table.lines else None)
    package.put(part, cells.document)
    if growth.shifts or writing.has_formula:
        package.drop_calculation_chain()
    return f"{ref_of((table.after + 1, left))}:{ref_of((table.after + len(rows), right))}"


def _last_column(cells: SheetCells, table: TablePlace) -> int:
    """The last column under the headings, one that is not read among them, up to the first without a heading."""
    right = max(table.columns.values())
    while not cells.is_empty((table.headings, right + 1)):
        right += 1
    return right


def _with_columns(package: Package, table: TablePlace, rows: Sequence[Values]) -> TablePlace:
    """A table with a column for each field that the lines have; one that it lacks is added where the sheet has room."""
    lacks = [name for name in table.layout.columns if name not in table.columns and any(row.get(name) for row in rows)]
    if not lacks:
        return table
    part = package.sheet_part(table.sheet)
    cells = SheetCells(package.document(part))
    right = _last_column(cells, table)
    columns, headings = dict(table.columns), dict[Place, str]()
    for name in lacks:
        heading = table.layout.columns[name].headings[0]
        right += 1
        taken = next((place for place in cells.cells if place[1] == right and not cells.is_empty(place)), None)
        if taken or any(True for _ in package.parts_of_kind(part, "table")):
            raise UnsafeError(
                f"the table has no column {heading!r}, and none can be added here: add it in Excel",
                ref_of(taken or (table.headings, right)),
            )
        style = cells.style((table.headings, right - len(headings) - 1))
        columns[name] = right
        headings[table.headings, right] = cells.xml((table.headings, right), heading, style)
    cells.put(headings)
    package.put(part, cells.document)
    return replace(table, columns=columns)


class _Writing:
    """The cells of new lines, each as the one above it is."""

    def __init__(self, package: Package, cells: SheetCells, table: TablePlace, span: tuple[int, int]) -> None:
        self.package = package
        self.cells = cells
        self.table = table
        self.span = span
        self.fields = {column: name for name, column in table.columns.items()}
        self.has_formula = False
        self._date_style = ""

    def line(self, row: int, values: Values) -> dict[Place, str]:
        """The XML of each cell of one line."""
        written: dict[Place, str] = {}
        for column in range(self.span[0], self.span[1] + 1):
            above = (self.table.after, column)
            style = self._style(row, column)
            name = self.fields.get(column)
            if name is not None:
                value = self._value(name, values.get(name), above)
                if isinstance(value, date):
                    style = self._style_of_date(style)
            else:
                value = self._filled(above, row)
            if value is not None or style or (row, column) in self.cells.cells:
                written[row, column] = self.cells.xml((row, column), value, style)
        return written

    def _style(self, row: int, column: int) -> str:
        if self.table.lines:
            return self.cells.style((self.table.after, column))
        return self.cells.style((row, column)) or self.cells.column_style(column)

    def _style_of_date(self, style: str) -> str:
        """The style of a cell that is to hold a date: its own where that shows one."""
        if is_date_style(self.package, style):
            return style
        self._date_style = self._date_style or add_style(self.package, DATE_FORMAT)
        return self._date_style

    def _filled(self, above: Place, row: int) -> Written:
        """What a column that is not read holds: the formula of the line above, filled down."""
        formula = self.cells.formula_text(above) if self.table.lines else ""
        if not formula:
            return None
        self.has_formula = True
        return FormulaText(filled(formula, row - above[0]))

    def _value(self, name: str, value: Any, above: Place) -> Written:
        if value is None or value == "":
            return None
        column: ColumnLayout = self.table.layout.columns[name]
        has_line = bool(self.table.lines)
        if column.is_number:
            return Decimal(value) / UNITS[self.table.units.get(name, "£")]
        if column.kind is Kind.DATE:
            return f"{value:%d/%m/%Y}" if has_line and self.cells.is_text(above) else value
        if column.kind is Kind.YES_NO:
            return "Yes" if value else "No"
        text = period_name(value) if column.kind is Kind.PERIOD else str(value)
        digits = str(value)
        if (
            has_line
            and self.cells.is_number(above)
            and digits.isascii()
            and digits.isdigit()
            and str(int(digits)) == digits
        ):
            return Decimal(digits)  # codes that the sheet holds as numbers, so that its own look-ups still find them
        return text
