"""A workbook that somebody sends back: opened with care, and its inputs read out of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import openpyxl

from breakeven.findings import Cell
from breakeven.report.excel.cells import FIRST_ROW, HEADING_ROW, Allowed, Key, Pages, Sheet, Value, letter, serial
from breakeven.workbook.book import open_book

Place = tuple[int, int]


Kind = Literal["cell", "formula", "input", "check", "folder"]
"""What is amiss: a cell, sheet or name; a formula that is lost; what an input holds; a check of the workbook's own; or
that the folder is another since."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that is not as it was written, or as it may be, where, and what is wrong with it."""

    at: Cell
    message: str
    kind: Kind = "cell"

    def __str__(self) -> str:
        return f"{self.at}: {self.message}"


class ReturnedRefusedError(ValueError):
    """A file that inputs cannot be read from; ``reasons`` say why, one a line."""

    def __init__(self, reasons: Sequence[Broken]) -> None:
        super().__init__("; ".join(map(str, reasons[:3])) + ("; ..." if len(reasons) > 3 else ""))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Returned:
    """A workbook as it came back: what each cell holds, a formula as its text, and what each showed when saved."""

    name: str
    sheets: Mapping[str, Mapping[Place, object]]
    shown: Mapping[str, Mapping[Place, object]]
    names: Mapping[str, str]

    def cell(self, sheet: str, place: Place) -> Cell:
        """One of its cells."""
        return Cell(self.name, sheet, f"{letter(place[1])}{place[0]}")


def read_returned(path: Path) -> Returned:
    """Open a workbook that came back. Raises ReturnedRefusedError where it is not safe, or no .xlsx."""
    book = open_book(path)
    if isinstance(book, list):
        raise ReturnedRefusedError([Broken(each.at, f"{each.message} [{each.code}]") for each in book])
    book.close()
    if book.flight.format not in {"xlsx", "xlsm"}:
        raise ReturnedRefusedError(
            [Broken(Cell(path.name), f"a workbook comes back as .xlsx, not .{book.flight.format}")]
        )
    try:
        formulas = openpyxl.load_workbook(BytesIO(book.flight.data), keep_links=False)
        values = openpyxl.load_workbook(BytesIO(book.flight.data), keep_links=False, data_only=True, read_only=True)
    except Exception as error:  # noqa: BLE001  (whatever openpyxl makes of a file that somebody else wrote)
        raise ReturnedRefusedError([Broken(Cell(path.name), f"the reader gave up: {error}")]) from None
    names = {name: str(defined.attr_text) for name, defined in formulas.defined_names.items()}
    return Returned(path.name, _cells(formulas), _cells(values), names)


def _cells(book: Any) -> dict[str, dict[Place, object]]:
    return {
        sheet.title: {
            (cell.row, cell.column): _held(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book.worksheets
    }


def _held(value: object) -> object:
    """A cell's value; of a formula that Excel keeps by itself, its text."""
    text = getattr(value, "text", None)
    return text if isinstance(text, str) else value


def as_read(value: object) -> Value:
    """What a cell holds, as an input: a day as Excel numbers it, a number to the digits that it shows."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, datetime):
        return serial(value.date())
    if isinstance(value, date):
        return serial(value)
    return str(value).strip() or None if value is not None else None


def same(value: Value, other: Value) -> bool:
    """Whether two values are one as a workbook keeps them: to the fifteen digits that every program writes."""
    if isinstance(value, Decimal) and isinstance(other, Decimal):
        return abs(value - other) <= max(abs(value), abs(other)) * _LAST_DIGIT
    return value == other


_LAST_DIGIT = Decimal("1e-14")


def inputs_of(returned: Returned, pages: Pages) -> dict[Key, Value]:
    """What every input of a workbook holds.

    pages: the workbook as it is written for the same folder, which says where each input stands. Raises
    ReturnedRefusedError where an input's sheet is lost, its rows have moved, or it holds what it does not take.
    """
    wrong = [reason for sheet in pages.sheets if sheet.part == "inputs" for reason in _moved(returned, sheet)]
    if wrong:
        raise ReturnedRefusedError(wrong)
    found: dict[Key, Value] = {}
    for sheet, place, entry, entered in pages.inputs():
        value = as_read(returned.sheets[sheet.name].get(place))
        if value != entry.value and (held := _not_taken(value, entered.allowed, pages)):
            takes = _lower(entered.allowed.in_words(pages.choices(entered.allowed)))
            message = f"{entered.label} is {held}, and takes {takes}"
            wrong.append(Broken(returned.cell(sheet.name, place), message, "input"))
        found[entered.key] = value
    if wrong:
        raise ReturnedRefusedError(wrong)
    return found


def _not_taken(value: Value, allowed: Allowed, pages: Pages) -> str:
    """What an input holds, where it does not take it; blank where it does."""
    if value is None:
        return "" if allowed.blank else "blank"
    if isinstance(value, str) and value.startswith("="):
        return f"the formula {value}"
    if allowed.kind == "list":
        return "" if value in pages.choices(allowed) else said(value)
    fits = isinstance(value, Decimal) and allowed.least <= value <= allowed.most
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return "" if fits and (is_whole or allowed.kind == "decimal") else said(value)


def said(value: object) -> str:
    """What a cell holds, in words: a number in full, without noughts that say nothing."""
    read = value if isinstance(value, Decimal) else as_read(value)
    if read is None:
        return "nothing"
    return f"{read.normalize() + 0:,f}" if isinstance(read, Decimal) else repr(read)


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:].rstrip('.')}"


def _moved(returned: Returned, sheet: Sheet) -> Iterator[Broken]:
    """Why inputs cannot be read from a sheet: it is lost, or its rows do not stand where they did."""
    there = returned.sheets.get(sheet.name)
    if there is None:
        yield Broken(Cell(returned.name, sheet.name), "the sheet is lost")
        return
    for (row, column), entry in sorted(sheet.cells.items()):
        is_label = row == HEADING_ROW or (row > HEADING_ROW and column <= _LABELS and not entry.input)
        is_label = is_label and not entry.formula and isinstance(entry.value, str)
        if is_label and as_read(there.get((row, column))) != as_read(entry.value):
            kind = "headings" if row < FIRST_ROW else "rows"
            message = f"{entry.value!r} no longer stands here, so that the {kind} of {sheet.name} cannot be read"
            yield Broken(returned.cell(sheet.name, (row, column)), message)
            return


_LABELS = 5
"""Columns that say whose row an input stands in."""
