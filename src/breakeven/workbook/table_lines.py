"""The lines of a table as they are accepted, what each column comes to so far, and the count of every number."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.year import SheetTally
from breakeven.money import PENNY, from_pence
from breakeven.workbook.amounts import NumberRules
from breakeven.workbook.columns import ColumnReader, Packed, column_reader, count_numbers
from breakeven.workbook.headings import Cells, Headings, column_letter
from breakeven.workbook.layout import UNITS, TableLayout
from breakeven.workbook.marked_rows import RowMarks
from breakeven.workbook.table_read import ColumnSum, StatedTotal, TableRead
from breakeven.workbook.units import unit_findings, unit_of_note


class Lines:
    """What is known of one table while it is read."""

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

    # ------------------------------------------------------------------ lines
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

    def _count(self, cells: Cells, *, are_lines: bool = True) -> None:
        """Count the principal column once more from its cells, apart from the values made of them.

        are_lines: they were read as lines, so that those of an extract are known to be whole pence.
        """
        principal = self.layout.principal
        in_pence = are_lines and self._is_pence(principal) and self._scale(principal) == 1
        count, total = count_numbers(cells, self.rules, in_pence=in_pence)
        self.numbers += count
        self.number_total += total * self._scale(principal)

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
        is_given = any(value is not None for value in self.values[principal])
        is_form = self.rows and (is_given or not self.layout.columns[principal].optional)
        if is_form and not any(map(self._holds_any, self.values)) and not any(self.principal_sums.values()):
            message = f"none of the {len(self.rows)} lines has an amount other than nil: is it an empty form?"
            self.findings.append(Finding("table-nil", message, self._at(self.headings.row, principal)))
        for name in self.above if self.layout.part_pennies else ():
            column = self.readers[name].column(self.values.get(name, ()))
            parts = [value for value in column if value is not None and value != value.quantize(PENNY)]
            if parts and self.layout.columns[name].kind == "amount":
                message = f"{len(parts)} amounts have parts of a penny, and are kept as they stand, such as {parts[0]}"
                self.findings.append(Finding("amount-part-penny", message, self._at_first(name)))

    def _holds_any(self, name: str) -> bool:
        """Whether a column that counts towards an empty form, the principal one or another of amounts, holds any."""
        counts = name == self.layout.principal or self.layout.columns[name].kind == "amount"
        return counts and any(self.values[name])

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
