"""A workbook that somebody sends back: opened with care, and its inputs read out of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from breakeven.findings import Cell, Finding
from breakeven.report.excel.cells import FIRST_ROW, HEADING_ROW, Key, Pages, Sheet, Value, letter, serial
from breakeven.workbook.book import open_book

Place = tuple[int, int]


class ReturnedRefusedError(ValueError):
    """A file that inputs cannot be read from; ``reasons`` say why, one a line."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons[:3]) + ("; ..." if len(reasons) > 3 else ""))
        self.reasons = reasons


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
        raise ReturnedRefusedError([str(finding) for finding in book])
    book.close()
    if book.flight.format not in {"xlsx", "xlsm"}:
        reason = Finding("file-format", f"a workbook comes back as .xlsx, not .{book.flight.format}", Cell(path.name))
        raise ReturnedRefusedError([str(reason)])
    try:
        formulas = openpyxl.load_workbook(BytesIO(book.flight.data), keep_links=False)
        values = openpyxl.load_workbook(BytesIO(book.flight.data), keep_links=False, data_only=True, read_only=True)
    except Exception as error:  # noqa: BLE001  (whatever openpyxl makes of a file that somebody else wrote)
        raise ReturnedRefusedError([f"{Cell(path.name)}: the reader gave up: {error}"]) from None
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
        is_number = entered.allowed.kind != "list"
        at = f"{returned.cell(sheet.name, place)}: {entered.label}"
        if isinstance(value, str) and value.startswith("="):
            wrong.append(f"{at} is the formula {value}; type the number")
        elif is_number and isinstance(value, str) and value != entry.value:
            wrong.append(f"{at} is {value!r}, and takes {_lower(entered.allowed.in_words)}")
        elif value is None and not entered.allowed.blank:
            wrong.append(f"{at} is blank, and takes {_lower(entered.allowed.in_words)}")
        elif isinstance(value, Decimal) and value != entry.value and not _fits(value, entered.allowed):
            wrong.append(f"{at} is {value:,f}, and takes {_lower(entered.allowed.in_words)}")
        found[entered.key] = value
    if wrong:
        raise ReturnedRefusedError(wrong)
    return found


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:].rstrip('.')}"


def _fits(value: Decimal, allowed: Any) -> bool:
    if allowed.kind == "list":
        return False
    is_whole = value == value.to_integral_value()
    return allowed.least <= value <= allowed.most and (is_whole or allowed.kind == "decimal")


def _moved(returned: Returned, sheet: Sheet) -> Iterator[str]:
    """Why inputs cannot be read from a sheet: it is lost, or its rows do not stand where they did."""
    there = returned.sheets.get(sheet.name)
    if there is None:
        yield f"{Cell(returned.name)}: the sheet {sheet.name} is lost"
        return
    for (row, column), entry in sorted(sheet.cells.items()):
        is_label = row >= HEADING_ROW and not entry.input and not entry.formula and isinstance(entry.value, str)
        if is_label and column <= _LABELS and as_read(there.get((row, column))) != as_read(entry.value):
            kind = "headings" if row < FIRST_ROW else "rows"
            at = returned.cell(sheet.name, (row, column))
            yield (
                f"{at}: {entry.value!r} no longer stands here, so that the {kind} of {sheet.name} cannot be read; "
                "breakeven verify lists what was changed"
            )
            return


_LABELS = 5
"""Columns that say whose row an input stands in."""
