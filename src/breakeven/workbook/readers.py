"""Rows out of a file: openpyxl for workbooks, calamine for large plain sheets and old formats.

Every reader gives a sheet's rows as (row number, cells from column A), from the same bytes that were examined.
"""

import io
import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from breakeven.workbook.headings import SEARCHED_ROWS
from breakeven.workbook.preflight import Preflight
from breakeven.workbook.table_read import NumberedRow

Tell = Callable[[float], None]
"""Told how far a reader is, from 0 to 1."""

_LOADED = 0.85
"""How far calamine is when it has loaded a sheet and begins to give its rows."""
_TOLD_AFTER = 512  # rows


def silent(_done: float, /) -> None:
    """Tell nobody."""


class _Watched(io.BytesIO):
    """A file's bytes, telling how far into them a reader has come."""

    def __init__(self, data: bytes, tell: Tell) -> None:
        super().__init__(data)
        self._tell = tell
        self._size = max(len(data), 1)

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self._tell(self.tell() / self._size)
        return piece


class ReaderFailedError(Exception):
    """A reader could not read what the preflight let pass; the message says what it met."""


Opened = dict[str, Any]
"""A file as each library has opened it, by the library's name: opened once for all the sheets read of it."""


def openpyxl_rows(
    flight: Preflight, sheet: str, tell: Tell = silent, opened: Opened | None = None
) -> Iterator[NumberedRow]:
    """A sheet's rows by openpyxl, formulas as last worked out. Raises ReaderFailedError for any fault of its own."""
    from breakeven.workbook.openpyxl_book import open_workbook, unescaped  # noqa: PLC0415  (half a second to import)

    opened = {} if opened is None else opened
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions it drops; values are all that is read
            if "openpyxl" not in opened:
                data = _Watched(flight.data, tell)
                opened["openpyxl"] = open_workbook(data)
            found: Any = opened["openpyxl"][sheet]
            found.reset_dimensions()  # a workbook may lie about how far its sheet goes
            for number, cells in enumerate(found.iter_rows(values_only=True), start=1):
                if number <= SEARCHED_ROWS or any(cell is not None for cell in cells):
                    if any(isinstance(cell, str) and "_x" in cell for cell in cells):
                        cells = [unescaped(cell) if isinstance(cell, str) else cell for cell in cells]  # noqa: PLW2901
                    yield number, cells  # blank rows further down are left out: there may be a million
    except GeneratorExit:
        raise
    except Exception as error:
        raise ReaderFailedError(f"{type(error).__name__}: {error}") from error


def calamine_rows(
    flight: Preflight, sheet: str, tell: Tell = silent, opened: Opened | None = None
) -> Iterator[NumberedRow]:
    """A sheet's rows by calamine. Raises ReaderFailedError for any fault of its own."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    opened = {} if opened is None else opened
    try:
        if "calamine" not in opened:
            opened["calamine"] = CalamineWorkbook.from_filelike(io.BytesIO(flight.data))
        found = opened["calamine"].get_sheet_by_name(sheet)
        first = found.start
        if first is None:
            return
        before = [None] * first[1]
        rows = enumerate(found.iter_rows(), start=1)  # it fills up rows above the first, but not columns before it
        while run := list(islice(rows, _TOLD_AFTER)):
            yield from ((number, [*before, *cells]) for number, cells in run) if before else run
            tell(_LOADED + (1 - _LOADED) * run[-1][0] / (first[0] + found.height))
    except GeneratorExit:
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise ReaderFailedError(f"{type(error).__name__}: {error}") from error


def calamine_sheets(flight: Preflight) -> list[str]:
    """The sheets of an xls, xlsb or ods. Raises ReaderFailedError."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    try:
        return list(CalamineWorkbook.from_filelike(io.BytesIO(flight.data)).sheet_names)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise ReaderFailedError(f"{type(error).__name__}: {error}") from error
