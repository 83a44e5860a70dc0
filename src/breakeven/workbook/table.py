"""A table read from a sheet's rows: lines accepted or held back, totals set aside, every number counted.

The rows come in runs, so that a sheet of a million lines needs no second copy. A run whose cells all read well is
taken column by column; a row that does not is looked at by itself: blank, note, total, headings again, or bad.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice, zip_longest
from typing import Any, cast

from breakeven.findings import Cell, Finding
from breakeven.ledger.year import SheetTally
from breakeven.money import PENNY, from_pence
from breakeven.workbook.amounts import NumberRules, UnreadableError, is_blank, quoted
from breakeven.workbook.columns import ColumnReader, Packed, column_reader, count_numbers, number_or_none
from breakeven.workbook.headings import (
    SEARCHED_ROWS,
    Cells,
    Headings,
    column_letter,
    find_headings,
    says_headings_again,
)
from breakeven.workbook.layout import RECORDS, UNITS, TableLayout
from breakeven.workbook.marked_rows import RowMarks
from breakeven.workbook.units import notes_above, unit_findings, unit_in_note, unit_of_note

RUN = 512
"""Rows taken at a time: few enough for the processor's cache, which reads four times as fast."""

WIDE = 256
"""Cells of a row beyond which only the columns that are read are kept."""

NumberedRow = tuple[int, Cells]
"""A row's number on the sheet, from 1, and its cells from column A."""

_TOTAL_WORDS = ("total", "totals", "sub-total", "subtotal", "sub total", "grand total", "sum")


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


class _Reading:
    """One table as it is read, run by run."""

    def __init__(
        self,
        layout: TableLayout,
        sheet: Cell,
        headings: Headings,
        *,
        notes: Sequence[tuple[str, Cell]],
        in_pence: bool,
        width: int | None,
    ) -> None:
        self.layout = layout
        self.notes = notes
        self.noted_unit = unit_of_note(layout, notes)
        self.width = width
        """How many fields a row of a text file may have; None where a sheet's rows may run on."""
        self.sheet = sheet
        self.first_headings = headings
        self.in_pence = in_pence
        self.rules = NumberRules(
            text_allowed=True,
            decimal_comma=layout.decimal_comma,
            missing=frozenset(word.casefold() for word in layout.missing),
            nil=frozenset(word.casefold() for word in layout.nil),
        )
        self.marks = RowMarks(layout)
        self.rows = Packed("i")
        self.readers: dict[str, ColumnReader] = {}
        self.values: dict[str, Any] = {}
        """What is stored of each field; its reader makes a column of it."""
        self.columns_at: list[tuple[int, Mapping[str, int]]] = []
        self.findings: list[Finding] = []
        self.totals: list[StatedTotal] = []
        self.held_back: list[int] = []
        self.outside: list[int] = []
        self.above = {name: Decimal(0) for name, column in layout.columns.items() if column.is_number}
        """What each column of numbers comes to so far, lines held back among them."""
        self.at_totals: list[dict[str, Decimal]] = [dict(self.above)]
        self.words_seen: set[Any] = set()
        self.total_words: set[str] = set()
        """Words of lines, each looked at once, and those of them that name a total."""
        self.principal_sums = {"held back": Decimal(0), "set aside": Decimal(0)}
        self.principal_lines = {"held back": 0, "set aside": 0}
        self.numbers, self.number_total = 0, Decimal(0)
        self._begin(headings)

    def _begin(self, headings: Headings) -> None:
        """Start on the rows beneath one row of headings."""
        self.headings = headings
        self.columns_at.append((headings.row, headings.columns))
        for name in headings.columns:
            column = self.layout.columns[name]
            if column.is_number or name not in self.readers:  # another heading may name another unit
                self.readers[name] = column_reader(column, self.layout, self._unit(name), in_pence=self.in_pence)
            if name not in self.values:
                self.values[name] = self.readers[name].empty(len(self.rows))
        self.findings += unit_findings(self.layout, headings, self.notes, self.sheet)

    def _unit(self, name: str) -> str:
        return self.layout.unit or self.headings.units.get(name) or self.noted_unit or "£"

    def _scale(self, name: str) -> Decimal:
        return UNITS[self._unit(name)] if self.layout.columns[name].kind == "amount" else Decimal(1)

    def _at(self, row: int, name: str) -> Cell:
        ref = f"{column_letter(self.headings.columns[name])}{row}"
        return Cell(self.sheet.workbook, self.sheet.sheet, ref)

    # ------------------------------------------------------------------ a run of rows
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
                yield from _rows_of_total(cells)
                continue
            fresh = set(cells) - self.words_seen
            self.words_seen |= fresh
            self.total_words |= {cell for cell in fresh if isinstance(cell, str) and _says_total(cell)}
            if self.total_words:
                yield from (i for i, cell in enumerate(cells) if cell in self.total_words)

    def _accept(
        self, numbers: Sequence[int], read: Mapping[str, Sequence[Any]], raw: Mapping[str, Cells], start: int, stop: int
    ) -> None:
        if start >= stop:
            return
        whole = start == 0 and stop == len(numbers)
        self.rows.extend(numbers if whole else numbers[start:stop])
        for name, values in read.items():
            part = values if whole else values[start:stop]
            self.values[name].extend(part)
            if name in self.above:
                known = [value for value in part if value is not None]
                self.above[name] += from_pence(sum(known)) if self._is_pence(name) else sum(known, Decimal(0))
        for name in self.values.keys() - read.keys():
            self.values[name].extend(self.readers[name].empty(len(self.rows) - len(self.values[name])))
        cells = raw[self.layout.principal]
        self._count(cells if whole else cells[start:stop])

    def _is_pence(self, name: str) -> bool:
        return self.in_pence and self.layout.columns[name].kind == "amount"

    def _count(self, cells: Cells) -> None:
        """Count the principal column once more from its cells, apart from the values made of them."""
        principal = self.layout.principal
        in_pence = self._is_pence(principal) and self._scale(principal) == 1
        count, total = count_numbers(cells, self.rules, in_pence=in_pence)
        self.numbers += count
        self.number_total += total * self._scale(principal)

    # ------------------------------------------------------------------ a row by itself
    def _start_again(self, row: int, again: Headings | list[Finding]) -> None:
        if isinstance(again, list):
            self.findings += again
            return
        named = ", ".join(f"{column_letter(c)} {again.texts[name]!r}" for name, c in again.columns.items())
        moved = "" if again.columns == self.headings.columns else " with other columns"
        message = f"headings stand again in row {row}{moved}; the rows beneath are read by them: {named}"
        at = Cell(self.sheet.workbook, self.sheet.sheet, f"{row}:{row}")
        self.findings.append(Finding("headings-again", message, at))
        self.at_totals.append(dict(self.above))  # a total further down may be of the lines beneath these headings alone
        self._begin(again)

    def _odd(
        self,
        row: int,
        cells: Mapping[str, Any],
        errors: Sequence[tuple[str, UnreadableError]],
        read: Mapping[str, Sequence[Any]],
        i: int,
    ) -> None:
        amounts = {
            name: number * self._scale(name)
            for name in self.above
            if name in cells and (number := number_or_none(cells[name], self.rules)) is not None
        }
        words = [name for name in self.layout.required if name not in self.above and not is_blank(cells.get(name))]
        mark = self.marks.of(row, cells)
        if mark == "set aside":
            self._put_aside(row, cells, amounts)
        elif amounts and errors and not mark and (groups := self._groups(cells, words)):
            self._set_group_aside(row, groups, cells, amounts)
        elif (mark and amounts) or self._is_total(cells, amounts, words, errors):
            if not errors and not mark and not _any_total(cells[name] for name in words):
                message = f"row {row} reads as a line, but calls itself a total and is the sum of the lines above"
                doubt = UnreadableError("total-or-line", f"{message}; say in the layout, under totals, if it is one")
                self._hold_back(row, cells, amounts, [(self.layout.principal, doubt)])
                return
            self._set_aside(row, cells, amounts, is_marked=bool(mark))
        elif errors and amounts and not words and not any(amounts.values()) and self._is_nil(cells):
            self._put_aside(row, cells, amounts)
        elif errors and not amounts and self._is_note(cells, words):
            self._pass_over(row, cells)
        elif not errors:
            if any(amounts.values()):
                says = _says_total if self.layout.name not in RECORDS else _is_total_word
                name = next((n for n in words if isinstance(cells[n], str) and says(cells[n])), "")
                message = f"row {row} calls itself a total, but is not the sum of the lines above; it is read as a line"
                self.findings += [Finding("total-as-line", message, self._at(row, name))] if name else []
            self._accept([row], {name: [values[i]] for name, values in read.items()}, _singly(cells), 0, 1)
        else:
            self._hold_back(row, cells, amounts, errors)

    def _pass_over(self, row: int, cells: Mapping[str, Any]) -> None:
        """A note or a blank row; but a note may say the unit, and a total may be there without its figure."""
        texts = [cell for cell in cells.values() if isinstance(cell, str)]
        if _any_total(texts):
            self.totals.append(StatedTotal(row, texts[0].strip(), {}))
        units = {self._unit(name) for name in self.headings.columns if self.layout.columns[name].kind == "amount"}
        for unit in filter(None, map(unit_in_note, texts)):
            if units - {unit}:
                message = (
                    f"a note here says {unit}, but amounts above are read in {', '.join(units)}; say it in the layout"
                )
                at = Cell(self.sheet.workbook, self.sheet.sheet, f"{row}:{row}")
                self.findings.append(Finding("unit-unclear", message, at))

    def _is_note(self, cells: Mapping[str, Any], words: Sequence[str]) -> bool:
        """Nothing in any column of numbers, and at most one of the words that make a line."""
        silent = all(is_blank(cells[name]) for name in self.above if name in cells)
        needed = [name for name in self.layout.required if name not in self.above]
        return silent and (len(words) <= 1 < len(needed) or not words)

    def _is_total(
        self,
        cells: Mapping[str, Any],
        amounts: Mapping[str, Decimal],
        words: Sequence[str],
        errors: Sequence[tuple[str, UnreadableError]],
    ) -> bool:
        """A row that lacks words of a line is a total if it says so or comes to one; a whole line only if both."""
        if not amounts:
            return False
        says = _any_total(cells.values())
        comes_to = any(amount for amount in amounts.values()) and all(
            self._comes_to(name, amount) for name, amount in amounts.items()
        )
        needed = [name for name in self.layout.required if name not in self.above]
        if errors and len(words) < max(len(needed), 1):
            return says or (comes_to and len(self.rows) > 1 and len(words) <= 1)
        return says and comes_to and len(self.rows) > 1

    def _comes_to(self, name: str, amount: Decimal) -> bool:
        return any(self._agree(amount, self.above[name] - earlier[name]) for earlier in self.at_totals)

    def _agree(self, amount: Decimal, total: Decimal) -> bool:
        """Whether a stated sum is that of the lines; to the penny where they have parts of one, as floats add up."""
        within = self.layout.totals_within * UNITS[self.layout.unit or "£"]
        return abs(amount - total) <= within + (PENNY / 2 if self.layout.part_pennies else 0)

    def _put_aside(self, row: int, cells: Mapping[str, Any], amounts: Mapping[str, Decimal]) -> None:
        texts = [cell.strip() for cell in cells.values() if isinstance(cell, str) and cell.strip()]
        label = self.marks.name_of(cells) or next(iter(texts), "")
        self.totals.append(StatedTotal(row, label, amounts))
        self._count_apart("set aside", cells, amounts)

    def _is_nil(self, cells: Mapping[str, Any]) -> bool:
        """Nothing but noughts, as a formula gives beneath the last line: of no line, and no money."""
        return all(is_blank(cell) or number_or_none(cell, self.rules) == 0 for cell in cells.values())

    def _groups(self, cells: Mapping[str, Any], words: Sequence[str]) -> list[list[int]]:
        """The classes or regions, by their lines, of which a row without a key may state the sum."""
        by = [name for name in self.layout.subtotals_by if name in self.values]
        needed = [name for name in self.layout.required if name not in self.above]
        if not by or len(words) == len(needed):
            return []
        columns = {name: self.readers[name].column(self.values[name]) for name in by}
        wanted = [str(cells[name]).strip() for name in by if not is_blank(cells.get(name))]
        found = ([i for i, own in enumerate(column) if own == word] for word in wanted for column in columns.values())
        return [lines for lines in found if lines]

    def _set_group_aside(
        self, row: int, groups: Sequence[Sequence[int]], cells: Mapping[str, Any], amounts: Mapping[str, Decimal]
    ) -> None:
        """A class and a region may go by one letter: the first group that the amounts are the sums of is meant."""
        self._put_aside(row, cells, amounts)
        sums = [{name: self._sum_of(name, lines) for name in amounts} for lines in groups]
        if any(all(self._agree(amount, found[name]) for name, amount in amounts.items()) for found in sums):
            return
        for name, amount in amounts.items():
            if not self._agree(amount, total := sums[0][name]):
                apart = amount - total
                message = f"the sub-total says {amount:,}, its {len(groups[0])} lines {total:,}: {apart:,} apart"
                self.findings.append(Finding("total-disagrees", message, self._at(row, name)))

    def _sum_of(self, name: str, lines: Sequence[int]) -> Decimal:
        column = self.readers[name].column(self.values[name])
        known = [value for i in lines if (value := column[i]) is not None]
        return from_pence(sum(known)) if self._is_pence(name) else sum(known, Decimal(0))

    def _set_aside(
        self, row: int, cells: Mapping[str, Any], amounts: Mapping[str, Decimal], *, is_marked: bool
    ) -> None:
        if not is_marked and not _any_total(cells.values()):
            message = f"row {row} is the sum of the lines above, without a word for a total; it is set aside, not added"
            self.findings.append(Finding("total-by-value", message, self._at(row, self.layout.principal)))
        for name, amount in amounts.items():
            if not self._comes_to(name, amount):
                apart = amount - self.above[name]
                message = f"the total says {amount:,}, the lines above it come to {self.above[name]:,}: {apart:,} apart"
                self.findings.append(Finding("total-disagrees", message, self._at(row, name)))
        self.at_totals.append(dict(self.above))
        self._put_aside(row, cells, amounts)

    def _hold_back(
        self,
        row: int,
        cells: Mapping[str, Any],
        amounts: Mapping[str, Decimal],
        errors: Sequence[tuple[str, UnreadableError]],
    ) -> None:
        self.held_back.append(row)
        self.findings += [Finding(error.code, str(error), self._at(row, name)) for name, error in errors]
        for name, amount in amounts.items():
            self.above[name] += amount
        self._count_apart("held back", cells, amounts)

    def _count_apart(self, where: str, cells: Mapping[str, Any], amounts: Mapping[str, Decimal]) -> None:
        principal = self.layout.principal
        self._count([cells[principal]])
        if principal in amounts:
            self.principal_sums[where] += amounts[principal]
            self.principal_lines[where] += 1

    # ------------------------------------------------------------------ at the end
    def result(self) -> TableRead:
        """Everything read, with its count."""
        self._remark()
        sums = {name: self._sum(name) for name in self.above if name in self.values}
        principal = sums[self.layout.principal]
        tally = SheetTally(
            workbook=self.sheet.workbook,
            sheet=self.sheet.sheet,
            heading=principal.heading,
            lines=self.numbers,
            accepted_lines=principal.lines,
            held_back_lines=self.principal_lines["held back"],
            set_aside_lines=self.principal_lines["set aside"],
            accepted=principal.total,
            held_back=self.principal_sums["held back"],
            set_aside=self.principal_sums["set aside"],
            total=self.number_total,
            is_money=self.layout.columns[self.layout.principal].kind == "amount",
        )
        return TableRead(
            layout=self.layout,
            sheet=self.sheet,
            headings=self.first_headings,
            rows=self.rows,
            columns_at=self.columns_at,
            values={name: self.readers[name].column(stored) for name, stored in self.values.items()},
            findings=tuple(self.findings),
            totals=tuple(self.totals),
            tally=tally,
            sums=sums,
            held_back=tuple(self.held_back),
            units={n: self._unit(n) for n in self.headings.columns if self.layout.columns[n].kind == "amount"},
            outside=tuple(self.outside),
        )

    def _remark(self) -> None:
        """What can only be said of a whole column: that it is nil throughout, or holds parts of a penny."""
        principal = self.layout.principal
        if self.rows and not any(self.values[principal]) and not any(self.principal_sums.values()):
            message = f"none of the {len(self.rows)} lines has an amount other than nil: is it an empty form?"
            self.findings.append(Finding("table-nil", message, self._at(self.headings.row, principal)))
        for name in self.above if self.layout.part_pennies else ():
            column = self.readers[name].column(self.values.get(name, ()))
            parts = [value for value in column if value is not None and value != value.quantize(PENNY)]
            if parts and self.layout.columns[name].kind == "amount":
                message = f"{len(parts)} amounts have parts of a penny, and are kept as they stand, such as {parts[0]}"
                self.findings.append(Finding("amount-part-penny", message, self._at_first(name)))

    def _sum(self, name: str) -> ColumnSum:
        known = [value for value in self.values[name] if value is not None]
        total = from_pence(sum(known)) if self._is_pence(name) else sum(known, Decimal(0))
        first = self.first_headings
        heading = first.texts.get(name, self.layout.columns[name].headings[0] if name not in first.texts else "")
        return ColumnSum(heading, self._at_first(name), len(known), total)

    def _at_first(self, name: str) -> Cell:
        column = self.first_headings.columns.get(name)
        ref = f"{column_letter(column)}{self.first_headings.row}" if column else ""
        return Cell(self.sheet.workbook, self.sheet.sheet, ref)


def _is_total_word(text: str) -> bool:
    return text.strip().casefold().rstrip(":") in _TOTAL_WORDS


def _says_total(text: str) -> bool:
    word = text.strip().casefold().rstrip(":")
    return word in _TOTAL_WORDS or word.startswith(("total ", "grand total", "sub-total ", "subtotal ", "sub total "))


def _any_total(cells: Iterable[Any]) -> bool:
    return any(isinstance(cell, str) and _says_total(cell) for cell in cells)


def _rows_of_total(cells: Cells) -> Iterator[int]:
    """Places of words for a total among descriptions, of which most are different: looked for in all at once."""
    try:
        words = "\n".join(cells)
    except TypeError:  # not all of them are text
        words = "\n".join(cell for cell in cells if isinstance(cell, str))
    if "otal" in words or "OTAL" in words:
        yield from (i for i, cell in enumerate(cells) if isinstance(cell, str) and _says_total(cell))


def _singly(cells: Mapping[str, Any]) -> dict[str, Cells]:
    return {name: (cell,) for name, cell in cells.items()}
