"""A workbook opened: its sheets as rows of values, and the hash of its bytes."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from breakeven.findings import Cell, Finding

Value = Any
"""What a cell holds: None, text, a number, a date or a truth value. Narrowed by ``amounts``."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet's cells, row by row from row 1 and column A."""

    workbook: str
    sheet: str
    rows: tuple[tuple[Value, ...], ...]

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and column, both counted from 1."""
        return Cell(self.workbook, self.sheet, f"{column_letter(column)}{row}")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets by name, in its own order."""

    name: str
    sha256: str
    grids: dict[str, Grid]


def column_letter(column: int) -> str:
    """A column's letters: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def open_book(path: Path) -> Book | Finding:
    """Read every sheet of an .xlsx workbook: values as Excel last worked them out.

    The bytes are read once, so what is hashed is what is read.
    """
    import openpyxl  # noqa: PLC0415  (half a second to import; help and errors need not wait for it)

    try:
        content = path.read_bytes()
    except OSError as error:
        return Finding("workbook-unreadable", f"cannot be read: {error.strerror}", Cell(path.name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it drops; we read values only
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
            grids = {sheet.title: _grid(path.name, sheet) for sheet in book.worksheets}
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError, EOFError) as error:
        return Finding("workbook-unreadable", f"is not a workbook that can be read: {error}", Cell(path.name))
    return Book(path.name, hashlib.sha256(content).hexdigest(), grids)


def _grid(workbook: str, sheet: Any) -> Grid:
    sheet.reset_dimensions()  # a workbook may lie about how far its sheet goes
    return Grid(workbook, sheet.title, tuple(sheet.iter_rows(values_only=True)))
