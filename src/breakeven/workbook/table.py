"""Find a table in a sheet: its heading row, its lines, and the totals that are no lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breakeven.findings import Cell, Finding
from breakeven.workbook.amounts import is_blank
from breakeven.workbook.book import Grid, Value
from breakeven.workbook.layout import TableLayout, heading_key

HEADING_ROWS = 50
"""How far down a sheet its heading row is looked for."""

_TOTAL_WORDS = ("total", "subtotal", "sub-total", "sub total", "grand total")


@dataclass(frozen=True, slots=True)
class Row:
    """One row beneath the headings: its number on the sheet and its values by field."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table, lines and stated totals apart, with the column each field stands in."""

    grid: Grid
    layout: TableLayout
    columns: Mapping[str, int]
    """Field to column number, from 1."""
    heading_row: int
    lines: tuple[Row, ...]
    totals: tuple[Row, ...]

    def cell(self, row: int, field: str) -> Cell:
        """The cell of a field in a row of the sheet."""
        return self.grid.cell(row, self.columns[field])

    def heading(self, field: str) -> str:
        """The heading that the sheet itself has for a field."""
        return str(self.grid.rows[self.heading_row - 1][self.columns[field] - 1])


def find_table(grid: Grid, layout: TableLayout, required: Sequence[str]) -> Table | list[Finding]:
    """The table under the first row that has every required heading; findings where no row has."""
    best: tuple[int, dict[str, list[int]]] = (1, {})
    for number, row in enumerate(grid.rows[:HEADING_ROWS], start=1):
        columns = _match(row, layout)
        if len(columns.keys() & set(required)) > len(best[1].keys() & set(required)):
            best = number, columns
    heading_row, columns = best
    findings = [
        Finding(
            "column-missing",
            f"no column is headed {layout.columns[field][0]!r}",
            Cell(grid.workbook, grid.sheet, f"{heading_row}:{heading_row}"),
        )
        for field in required
        if field not in columns
    ]
    findings += [
        Finding(
            "column-twice",
            f"columns {' and '.join(str(grid.cell(heading_row, c).ref) for c in places)} "
            f"are both headings for {layout.columns[field][0]!r}",
            grid.cell(heading_row, places[1]),
        )
        for field, places in columns.items()
        if len(places) > 1
    ]
    if findings:
        return findings
    place = {field: places[0] for field, places in columns.items()}
    lines, totals = _rows(grid, heading_row, place, required)
    return Table(grid, layout, place, heading_row, lines, totals)


def _match(row: Sequence[Value], layout: TableLayout) -> dict[str, list[int]]:
    """Field to the columns whose heading is its best-known one: the earliest of its synonyms that stands here."""
    places: dict[str, list[int]] = {}
    for column, value in enumerate(row, start=1):
        if isinstance(value, str) and (key := heading_key(value)):
            places.setdefault(key, []).append(column)
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for field, headings in layout.columns.items():
        for heading in headings:
            columns = [c for c in places.get(heading_key(heading), []) if c not in taken]
            if columns:
                found[field] = columns
                taken.update(columns)
                break
    return found


def _rows(
    grid: Grid, heading_row: int, columns: Mapping[str, int], required: Sequence[str]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    lines: list[Row] = []
    totals: list[Row] = []
    for number, row in enumerate(grid.rows[heading_row:], start=heading_row + 1):
        values = {field: row[c - 1] if c <= len(row) else None for field, c in columns.items()}
        if all(is_blank(value) for value in values.values()):
            continue
        (totals if _is_total(row, values, required) else lines).append(Row(number, values))
    return tuple(lines), tuple(totals)


def _is_total(row: Sequence[Value], values: Mapping[str, Value], required: Sequence[str]) -> bool:
    """A total row says so in some cell and leaves most of what makes a line blank."""
    says_total = any(isinstance(value, str) and value.strip().casefold().startswith(_TOTAL_WORDS) for value in row)
    words = [field for field in required if not isinstance(values[field], int | float)]
    blank = [field for field in words if is_blank(values[field])]
    return says_total and len(blank) >= len(words) - 1
