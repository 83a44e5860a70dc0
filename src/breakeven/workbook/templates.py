"""Templates out: a ledger folder of empty workbooks with the headings, lists and notes a person needs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from breakeven.ledger.record import Kind
from breakeven.periods import Year
from breakeven.workbook.headings import column_letter
from breakeven.workbook.layout import RECORDS, ColumnLayout, TableLayout, default_layout
from breakeven.workbook.settings import FILE_NAME

LAST_ROW = 2000
"""How far down a template's lists and formats reach."""

_NOTES = {
    Kind.AMOUNT: "Pounds and pence, as a number. Type 0 if it is nil; a blank is taken as missing.",
    Kind.NUMBER: "A number. A percentage is typed in per cent: 3.5 is 3.5 %.",
    Kind.COUNT: "A whole number.",
    Kind.DATE: "A date, such as 31/03/2025.",
    Kind.YEAR: "A contract year, such as 2024-25.",
    Kind.PERIOD: "A period: P01 is April, P12 March, P13 year-end adjustments.",
    Kind.YES_NO: "yes or no.",
    Kind.TEXT: "Text. A code keeps its noughts: 0075 is not 75.",
}
_FORMATS = {Kind.AMOUNT: "#,##0.00", Kind.DATE: "dd/mm/yyyy", Kind.TEXT: "@", Kind.YEAR: "@", Kind.PERIOD: "@"}


class FolderNotEmptyError(ValueError):
    """There is something at the folder's path already; nothing was written."""


def write_templates(folder: Path, name: str, year: Year) -> tuple[Path, ...]:
    """Make ``folder`` with its settings and an empty workbook for each of the layout's. All of it, or none.

    Raises FolderNotEmptyError where the path is taken by anything but an empty folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmptyError(f"{folder} is not empty; nothing was written")
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        _write_settings(making / FILE_NAME, name, year)
        layout = default_layout()
        for workbook in dict.fromkeys(table.workbook for table in layout.values() if table.workbook):
            _write_workbook(making / workbook, layout.values(), workbook, year)
        making.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        os.replace(making, folder)  # noqa: PTH105  (replaces in one step, which is the point)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return tuple(sorted(folder.iterdir()))


def _write_settings(path: Path, name: str, year: Year) -> None:
    text = resources.files("breakeven.workbook").joinpath("breakeven.template.toml").read_text(encoding="utf-8")
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    path.write_text(text.replace("{name}", quoted).replace("{year}", str(year)), encoding="utf-8")


def _write_workbook(path: Path, tables: Any, workbook: str, year: Year) -> None:
    import openpyxl  # noqa: PLC0415  (half a second to import)

    book = openpyxl.Workbook()
    notes = book.worksheets[0]
    notes.title = "Notes"
    notes.column_dimensions["A"].width = 24
    notes.column_dimensions["B"].width = 100
    notes.append([f"breakeven template for contract year {year.on_screen}", ""])
    notes.append(["Point at a heading to read what goes beneath it. Columns may stand in any order.", ""])
    notes.append([])
    for table in tables:
        if table.workbook == workbook:
            notes.append([table.sheet, _about(table)])
            write_headings(book, table)
    controls = default_layout()["control_totals"]
    notes.append([controls.sheet, _about(controls)])
    write_headings(book, controls)
    book.save(path)


def write_headings(book: Any, table: TableLayout) -> Any:
    """Add the sheet of a table to an openpyxl workbook: its headings with notes, lists and formats, and no line yet."""
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    sheet = book.create_sheet(table.sheet)
    for column, rule in enumerate(table.columns.values(), start=1):
        letter = column_letter(column)
        head = sheet.cell(row=1, column=column, value=rule.headings[0])
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="FFDDE6F0")
        head.alignment = Alignment(wrap_text=True, vertical="top")
        head.comment = Comment(_note(rule), "breakeven", height=90, width=260)
        sheet.column_dimensions[letter].width = max(12, len(rule.headings[0]) + 4)
        if number_format := _FORMATS.get(rule.kind):
            sheet.column_dimensions[letter].number_format = number_format
        if choices := list(_listed(rule)):
            listed = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            listed.add(  # pyright: ignore[reportUnknownMemberType]  (its stub has no types)
                f"{letter}2:{letter}{LAST_ROW}"
            )
            sheet.add_data_validation(listed)
    sheet.freeze_panes = "A2"
    return sheet


def _about(table: TableLayout) -> str:
    """What a sheet holds: the first paragraph that its record is described by, without the marks of code."""
    first = (RECORDS[table.name].__doc__ or "").split("\n\n")[0]
    return " ".join(first.replace("`", "").split())


def _note(rule: ColumnLayout) -> str:
    needed = "May be left blank." if rule.optional else "Needed."
    choices = [choice for choice in rule.choices if choice]
    holds = f"One of: {', '.join(choices)}." if choices else _NOTES[rule.kind]
    return f"{holds} {needed}"


def _listed(rule: ColumnLayout) -> Iterator[str]:
    if rule.kind is Kind.YES_NO:
        yield from ("yes", "no")
    elif rule.kind is Kind.PERIOD:
        yield from (f"P{n:02d}" for n in range(1, 14))
    yield from (choice for choice in rule.choices if choice)
