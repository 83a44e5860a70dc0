"""A table read from a sheet's rows: lines accepted or held back, totals set aside, every number counted.

The rows come in runs, so that a sheet of a million lines needs no second copy. A run whose cells all read well is
taken column by column; a row that does not is looked at by itself: blank, note, total, headings again, or bad.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, cast

from breakeven.findings import Cell, Finding
from breakeven.workbook.amounts import UnreadableError, is_blank, quoted
from breakeven.workbook.columns import number_or_none
from breakeven.workbook.headings import SEARCHED_ROWS, Cells, column_letter, find_headings, says_headings_again
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.table_read import NumberedRow, TableRead
from breakeven.workbook.table_rows import Rows
from breakeven.workbook.total_words import rows_of_total, says_total
from breakeven.workbook.units import notes_above

RUN = 512
"""Rows taken at a time: few enough for the processor's cache, which reads four times as fast."""

WIDE = 256
"""Cells of a row beyond which only the columns that are read are kept."""


def read_table(
    rows: Iterable[NumberedRow], layout: TableLayout, sheet: Cell, *, in_pence: bool = False, is_text: bool = False
) -> TableRead:
    """Read the table that ``layout`` describes from a sheet's rows.

    in_pence: give amounts as whole pence (int64 will hold them), not Decimal pounds. is_text: the rows are a text
    file's, where a field too many means that a delimiter stands inside one and all after it are out of place.
    """
    numbered = iter(rows)
    top = list(islice(numbered, max(SEARCHED_ROWS, (layout.heading_row or 0) + (layout.heading_rows or 1))))
    headings = find_headings(top, layout, sheet)
    if isinstance(headings, list):
        return TableRead(layout, sheet, None, findings=tuple(headings))
    below = headings.row + headings.rows
    first = max(layout.first_row or below, below)
    width = max((len(cells) for number, cells in top if number == headings.row), default=0) if is_text else None
    notes = notes_above(top, headings, sheet)
    reading = _Reading(layout, sheet, headings, notes=notes, in_pence=in_pence, width=width)
    reading.take(reading.inside([row for row in top if row[0] >= below], first))
    while run := list(islice(numbered, RUN)):
        reading.take(reading.inside(run, first) if layout.last_row or layout.first_row else run)
        run.clear()  # before the next is made, so that it takes the same memory
    return reading.result()


class _Reading(Rows):
    """One table as it is read, run by run."""

    def inside(self, run: Sequence[NumberedRow], first: int) -> list[NumberedRow]:
        """The rows that the layout reads; of the others those with a number in the principal column are remembered."""
        last = self.layout.last_row
        inside = [row for row in run if first <= row[0] and (last is None or row[0] <= last)]
        if len(inside) < len(run):
            place = self.headings.columns.get(self.layout.principal, 0) - 1
            rest = (row for row in run if not (first <= row[0] and (last is None or row[0] <= last)))
            self.outside += [
                number
                for number, cells in rest
                if 0 <= place < len(cells) and number_or_none(cells[place], self.rules) is not None
            ]
        return inside

    def take(self, run: Sequence[NumberedRow]) -> None:
        """Read a run of rows; where headings stand again amid it, the rest is read beneath those."""
        if not any(any(cells) for _, cells in run) and all(is_blank(cell) for _, cells in run for cell in cells):
            return  # a gap of a million blank rows is soon passed
        while run:
            run = run[self._take(run) :]

    def _take(self, run: Sequence[NumberedRow]) -> int:
        """Read rows up to the next headings; returns how many were used."""
        numbers, rows = cast("tuple[Sequence[int], Sequence[Cells]]", tuple(zip(*run, strict=True)))
        if max(map(len, rows)) > WIDE:  # a stray cell far to the right would make thousands of blank columns
            rows = [row[: max(self.headings.columns.values())] for row in rows]
        cells = list(zip_longest(*rows))
        blank: Cells = (None,) * len(run)
        raw = {name: cells[c - 1] if c <= len(cells) else blank for name, c in self.headings.columns.items()}
        read: dict[str, Sequence[Any]] = {}
        odd: dict[int, list[tuple[str, UnreadableError]]] = {}
        for name, column in raw.items():
            read[name], bad = self.readers[name].read(column)
            for i, error in bad:
                odd.setdefault(i, []).append((name, error))
        for i in self._too_wide(run):
            error = UnreadableError(
                "csv-row", f"the row has {len(run[i][1])} fields where the headings have {self.width}"
            )
            odd.setdefault(i, []).append((self.layout.principal, error))
        for i in (*self._called_totals(raw), *self.marks.marked(numbers, raw)):
            odd.setdefault(i, [])
        self._beside(run, cells)
        done = 0
        for i in sorted(odd):
            self._accept(numbers, read, raw, done, i)
            done = i + 1
            again = says_headings_again(run[i][1], self.layout, self.sheet, numbers[i]) if odd[i] else None
            if again is not None:
                self._start_again(numbers[i], again)
                return done
            self._odd(numbers[i], {name: column[i] for name, column in raw.items()}, odd[i], read, i)
        self._accept(numbers, read, raw, done, len(run))
        return len(run)

    def _too_wide(self, run: Sequence[NumberedRow]) -> Iterator[int]:
        if self.width is not None:
            yield from (i for i, (_, cells) in enumerate(run) if any(not is_blank(c) for c in cells[self.width :]))

    def _beside(self, run: Sequence[NumberedRow], columns: Sequence[Cells]) -> None:
        """A heading of the amounts once more, in a column that is not read: another table stands beside this one."""
        heading = self.first_headings.texts.get(self.layout.principal, "")
        for column in set(range(1, len(columns) + 1)) - set(self.headings.columns.values()):
            if heading in columns[column - 1]:
                row = run[columns[column - 1].index(heading)][0]
                message = f"{quoted(heading)} heads a column beside the table; only one table of a row can be read"
                at = Cell(self.sheet.workbook, self.sheet.sheet, f"{column_letter(column)}{row}")
                self.findings.append(Finding("table-beside", message, at))

    def _called_totals(self, raw: Mapping[str, Cells]) -> Iterator[int]:
        """Rows in which a word is a word for a total, though every cell reads well."""
        for name, cells in raw.items():
            column = self.layout.columns[name]
            if column.kind != "text" or column.choices:  # one of a few set words names no total
                continue
            if column.optional:
                yield from rows_of_total(cells)
                continue
            fresh = set(cells) - self.words_seen
            self.words_seen |= fresh
            self.total_words |= {cell for cell in fresh if isinstance(cell, str) and says_total(cell)}
            if self.total_words:
                yield from (i for i, cell in enumerate(cells) if cell in self.total_words)
