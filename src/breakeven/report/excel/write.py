"""The workbook as the bytes of an .xlsx: the same bytes for the same folder, on any day and machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from textwrap import wrap
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

import breakeven
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.excel.calculation import Calculation
from breakeven.report.excel.cells import (
    FIRST_ROW,
    HEADING_ROW,
    SIGN_ROW,
    TITLE_ROW,
    YEAR_ROW,
    Allowed,
    Entry,
    Input,
    Pages,
    Part,
    Sheet,
    Value,
    day_of,
    letter,
)
from breakeven.report.excel.charts import add_charts
from breakeven.report.excel.formulas import written
from breakeven.report.excel.pages import pages_of

_FORMATS = {
    "pounds": "£#,##0_);(£#,##0);£0_);@",
    "pence": "£#,##0.00_);(£#,##0.00);£0.00_);@",
    "percent": '0.0#"%"_);(0.0#"%");0.0"%"_)',
    "number": "#,##0.0##_);(#,##0.0##);0_)",
    "factor": "0.000000",
    "flag": "0",
    "day": "dd/mm/yyyy",
    "year": "0",
}
_TABS: dict[Part, str] = {"about": "#7F7F7F", "inputs": "#C9A227", "workings": "#8EA9C1", "outputs": "#4E8F5B"}
_WRAPPED_FROM = 28
"""Characters of a column's width from which its texts run over several lines."""
_MANY_ROWS = 12
"""Rows of a table from which it has filters."""
_WIDE = 12
"""Columns of months that are printed on one page."""
_WIDEST = 210
"""Characters of a table's width that are printed on one page; a wider one is printed on several, beside one another."""
_LINE = 13.5
"""Points of one line of text."""
_NARROWER = 1.2
"""How many letters of running text fit where a width, which is counted in digits, has room for one."""
_TITLE = 21
"""Points of the row of a title."""


class WorkbookDiffersError(ValueError):
    """The workbook's formulas do not come to what the plan's pages show; nothing is written."""


def workbook_bytes(end: YearEnd) -> bytes:
    """The workbook of a plan. Raises WorkbookDiffersError where one of its formulas gives another figure."""
    pages = pages_of(end)
    values = Calculation(pages).all()
    for sheet in pages.sheets:
        for place, entry in sheet.cells.items():
            if entry.figure is not None and not _is_same(values[sheet.name, *place], entry):
                at = f"{sheet.ref}{letter(place[1])}{place[0]}"
                raise WorkbookDiffersError(
                    f"{at} comes to {values[sheet.name, *place]}, and the plan to {entry.figure}"
                )
    return bytes_of(pages, values, end)


def _is_same(value: Value, entry: Entry) -> bool:
    """Whether a formula gives what the plan says: money to the penny, a factor to what 28 digits leave of it."""
    if entry.style == "factor" and isinstance(value, Decimal) and isinstance(entry.figure, Decimal):
        return abs(value - entry.figure) < Decimal("1e-20")
    return value == entry.figure


def bytes_of(pages: Pages, values: Mapping[tuple[str, int, int], Value], end: YearEnd) -> bytes:
    """Write every sheet. values: what each cell shows until the workbook is calculated again."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    opened: Any = xlsxwriter.Workbook(out, options)
    with opened as book:
        book.set_properties(
            {
                "title": f"Medium-term plan {end.plan.years[0].on_screen} to {end.plan.years[-1].on_screen}",
                "author": end.year.body.name,
                "comments": f"breakeven {breakeven.__version__}",
                # The day that the plan starts from: the clock would make other bytes of the same folder.
                "created": datetime(*end.year.body.year.last_day.timetuple()[:3]),  # noqa: DTZ001
            }
        )
        writer = _Writer(book)
        for sheet in pages.sheets:
            writer.sheet(sheet, values)
        for name, (sheet, at) in pages.names.items():
            book.define_name(name, f"={sheet.ref}{at}")
        add_charts(book, pages, end)
    return out.getvalue()


class _Worksheet(Worksheet):
    """A worksheet whose formulas are written as they stand: none has a function that the library must rename."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002
        del expand_future_functions
        return formula.removeprefix("=")


@dataclass
class _Writer:
    """Draws sheets into one workbook."""

    book: Any
    formats: dict[tuple[object, ...], Any] = field(default_factory=dict[tuple[object, ...], Any])
    numeric: set[int] = field(default_factory=set[int])
    """Columns of the sheet that is drawn which hold numbers."""

    def sheet(self, sheet: Sheet, values: Mapping[tuple[str, int, int], Value]) -> None:
        """Draw one sheet."""
        drawn = self.book.add_worksheet(sheet.name, _Worksheet)
        drawn.set_tab_color(_TABS[sheet.part])
        self.numeric = {
            column for (row, column), entry in sheet.cells.items() if row >= FIRST_ROW and entry.style in _FORMATS
        }
        for column, width in enumerate(sheet.widths):
            drawn.set_column(column, column, width)
        for (row, column), entry in sheet.cells.items():
            style = self._format(sheet, row, column, entry)
            value = values[sheet.name, row, column]
            if entry.formula:
                drawn.write_formula(
                    row - 1, column - 1, f"={written(entry.formula, row, column)}", style, _cached(value)
                )
            elif isinstance(value, Decimal):
                drawn.write_number(row - 1, column - 1, float(value), style)
            elif value is None:
                drawn.write_blank(row - 1, column - 1, None, style)
            else:
                drawn.write_string(row - 1, column - 1, value, style)
        for first, last, column, entered in _runs(sheet):
            drawn.data_validation(first - 1, column - 1, last - 1, column - 1, _validation(entered))
        self._set_up(sheet, drawn)

    def _set_up(self, sheet: Sheet, drawn: Any) -> None:
        """Freeze and repeat the headings, fit the page, and lock all that is no input."""
        columns = len(sheet.headings)
        drawn.set_row(TITLE_ROW - 1, _TITLE)
        for row, lines in _lines(sheet).items():
            drawn.set_row(row - 1, _LINE * lines + (4 if row == HEADING_ROW else 0))
        if columns:
            drawn.freeze_panes(HEADING_ROW, sheet.frozen_columns)
            drawn.repeat_rows(TITLE_ROW - 1, HEADING_ROW - 1)
            if sheet.last_row >= FIRST_ROW + _MANY_ROWS:
                drawn.autofilter(HEADING_ROW - 1, 0, sheet.last_row - 1, columns - 1)
        drawn.set_landscape()
        drawn.set_paper(9)
        drawn.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        is_of_months = columns > 2 * _WIDE + 4 and sheet.name.endswith("months")
        pages_wide = (columns - 4) // _WIDE if is_of_months else max(1, -(-sum(sheet.widths) // _WIDEST))
        drawn.fit_to_pages(pages_wide, 0 if columns else 1)
        if pages_wide > 1:
            drawn.repeat_columns(0, sheet.frozen_columns - 1)
        drawn.set_footer("&L&A&RPage &P of &N")
        drawn.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": False})

    def _format(self, sheet: Sheet, row: int, column: int, entry: Entry) -> Any:
        width = sheet.widths[column - 1] if column <= len(sheet.widths) else 0
        role = {TITLE_ROW: "title", HEADING_ROW: "heading"}.get(row, "") if sheet.headings or row == TITLE_ROW else ""
        if row in {SIGN_ROW, YEAR_ROW} and entry.style == "year":
            role = "year"
        wrapped = _is_wrapped(row, entry, width)
        if role == "heading" and column in self.numeric:
            role = "heading of numbers"
        is_beside = column > 1 and entry.style == "text" and not entry.input
        key = (role, entry.style, entry.strong, entry.illustrative, entry.input is not None, wrapped, is_beside)
        if key not in self.formats:
            look = _look(role, entry, wrapped=wrapped) | (
                {"indent": 1, "align": "left"} if is_beside and not role.endswith("numbers") else {}
            )
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]


def _is_wrapped(row: int, entry: Entry, width: int) -> bool:
    return row >= FIRST_ROW and entry.style == "text" and width >= _WRAPPED_FROM


def _lines(sheet: Sheet) -> dict[int, int]:
    """How many lines of text each row needs, where that is more than one."""
    found: dict[int, int] = {}
    for (row, column), entry in sheet.cells.items():
        width = sheet.widths[column - 1] if column <= len(sheet.widths) else 0
        is_heading = row == HEADING_ROW and sheet.headings
        if isinstance(entry.value, str) and (is_heading or _is_wrapped(row, entry, width)):
            lines = len(wrap(entry.value, max(1, width - 2 if is_heading else int(width * _NARROWER))))
            found[row] = max(found.get(row, 1), lines)
    return {row: lines for row, lines in found.items() if lines > 1}


def _look(role: str, entry: Entry, *, wrapped: bool) -> dict[str, object]:
    """How a cell looks, as xlsxwriter takes it."""
    look: dict[str, object] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    if role == "title":
        return {**look, "bold": True, "font_size": 14}
    if role.startswith("heading"):
        fill = {"bg_color": "#E4ECF4", "bottom": 1, "bottom_color": "#5B7C99"}
        side = {"align": "right"} if role.endswith("numbers") else {}
        return {**look, **fill, **side, "bold": True, "text_wrap": True}
    if role == "year" or entry.style == "note":
        return {**look, "font_size": 9, "font_color": "#404040", **({"align": "right"} if role else {})}
    if number_format := _FORMATS.get(entry.style):
        look |= {"num_format": number_format, "align": "right"}
    if entry.strong:
        look |= {"bold": True, "top": 1, "top_color": "#A0A0A0"}
    if entry.illustrative:
        look["italic"] = True
    if entry.input:
        look |= {"locked": False, "bg_color": "#FFF9E0", "border": 1, "border_color": "#3B6EA8"}
    return {**look, "text_wrap": True} if wrapped else look


def _cached(value: Value) -> float | str:
    return float(value) if isinstance(value, Decimal) else value or ""


def _runs(sheet: Sheet) -> Iterator[tuple[int, int, int, Input]]:
    """Inputs that stand below one another and take the same: first row, last row, column, and one of them."""
    entered = sorted((column, row, entry.input) for (row, column), entry in sheet.cells.items() if entry.input)
    for _, run in groupby(
        enumerate(entered), key=lambda each: (each[1][0], each[1][1] - each[0], each[1][2].allowed, each[1][2].unit)
    ):
        rows = [each for _, each in run]
        yield rows[0][1], rows[-1][1], rows[0][0], rows[0][2]


def _validation(entered: Input) -> dict[str, object]:
    allowed = entered.allowed
    unit = "" if entered.unit in {"name", "day"} else f" In {entered.unit}."
    words = f"{allowed.in_words()}{unit}"
    common = {
        "ignore_blank": allowed.blank,
        "input_title": "Input",
        "input_message": words,
        "error_title": "Not taken",
        "error_message": words,
    }
    if allowed.kind == "list":
        listed = allowed.listed
        return {**common, "validate": "list", "source": listed if isinstance(listed, str) else list(listed)}
    return {**common, **_between(allowed), "criteria": "between"}


def _between(allowed: Allowed) -> dict[str, object]:
    if allowed.kind == "day":
        return {"validate": "date", "minimum": day_of(allowed.least), "maximum": day_of(allowed.most)}
    kind = "integer" if allowed.kind == "whole" else "decimal"
    return {"validate": kind, "minimum": float(allowed.least), "maximum": float(allowed.most)}
