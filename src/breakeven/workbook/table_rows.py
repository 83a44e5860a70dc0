"""A row that does not read as a line: blank, note, total, headings again, or bad."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.money import PENNY, from_pence
from breakeven.workbook.amounts import UnreadableError, is_blank
from breakeven.workbook.columns import number_or_none
from breakeven.workbook.headings import Cells, Headings, column_letter
from breakeven.workbook.layout import RECORDS, UNITS
from breakeven.workbook.table_lines import Lines
from breakeven.workbook.table_read import StatedTotal
from breakeven.workbook.total_words import any_total, is_total_word, says_total
from breakeven.workbook.units import unit_in_note


class Rows(Lines):
    """Takes rows one by one, each as what it is."""

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
            if not errors and not mark and not any_total(cells[name] for name in words):
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
                says = says_total if self.layout.name not in RECORDS else is_total_word
                name = next((n for n in words if isinstance(cells[n], str) and says(cells[n])), "")
                message = f"row {row} calls itself a total, but is not the sum of the lines above; it is read as a line"
                self.findings += [Finding("total-as-line", message, self._at(row, name))] if name else []
            self._accept([row], {name: [values[i]] for name, values in read.items()}, _singly(cells), 0, 1)
        else:
            self._hold_back(row, cells, amounts, errors)

    def _pass_over(self, row: int, cells: Mapping[str, Any]) -> None:
        """A note or a blank row; but a note may say the unit, and a total may be there without its figure."""
        texts = [cell for cell in cells.values() if isinstance(cell, str)]
        if any_total(texts):
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
        says = any_total(cells.values())
        comes_to = any(amount for amount in amounts.values()) and all(
            self._comes_to(name, amount) for name, amount in amounts.items()
        )
        needed = [name for name in self.layout.required if name not in self.above]
        if errors and len(words) < max(len(needed), 1):
            if says and self._may_be_line(cells, words):
                return False
            return says or (comes_to and len(self.rows) > 1 and len(words) <= 1)
        return says and comes_to and len(self.rows) > 1

    def _may_be_line(self, cells: Mapping[str, Any], words: Sequence[str]) -> bool:
        """A row from ``Total Gas Ltd`` that lacks one word of a line and has others is no total."""
        names = [cell for cell in cells.values() if isinstance(cell, str) and says_total(cell)]
        others = [name for name in words if cells[name] not in names]
        return len(others) > 1 and not any(map(is_total_word, names))

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
        if not is_marked and not any_total(cells.values()):
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
        self._count([cells[principal]], are_lines=False)
        if principal in amounts:
            self.principal_sums[where] += amounts[principal]
            self.principal_lines[where] += 1


def _singly(cells: Mapping[str, Any]) -> dict[str, Cells]:
    return {name: (cell,) for name, cell in cells.items()}
