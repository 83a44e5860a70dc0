"""Next year's ledger folder: this year's settings one year on, and workbooks of the records it begins with."""

import csv
import glob
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.record import Kind
from breakeven.ledger.year import ContractYear, Ledgers
from breakeven.periods import Year, period_name
from breakeven.workbook.folder import read_folder
from breakeven.workbook.layout import UNITS, ColumnLayout, Layout, TableLayout
from breakeven.workbook.safe_write import WriteRefusedError
from breakeven.workbook.settings import FILE_NAME, parse_settings
from breakeven.workbook.templates import FolderNotEmptyError, write_headings

_YEAR = re.compile(r"""^(year\s*=\s*)("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)
_DAY = re.compile(r"""\b((?:first|last)_day["']?\s*=\s*)(\d{4})(?=-\d\d-\d\d)""")
_STATE = re.compile(r"""^(state\s*=\s*)("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)


_ABANDONED = 3600
"""Seconds after which a folder that was being made is taken to have been left."""


def write_next_year(folder: Path, new: Path, year: Year, ledgers: Ledgers, *, dry_run: bool = False) -> ContractYear:
    """Make ``new``, the ledger folder of ``year``, from the one before it: all of it, or none. Returns it as read back.

    The settings are those of ``folder`` with their notes, the year moved on and the state ``forecast``. Workbooks,
    sheets and headings are those that its layout names. Figures already published (``reported``) begin anew. It is made
    beside its place and read back there; only where every record is read as it was meant does it take its place.
    dry_run: made and read back all the same, and put nowhere. Raises FolderNotEmptyError where the path is
    taken, WriteRefusedError where what was written is not read as it was meant, OSError where it cannot be written.
    """
    if new.exists():
        raise FolderNotEmptyError(f"{new} is there already; nothing was written")
    text = next_settings((folder / FILE_NAME).read_bytes().decode("utf-8-sig"), year)
    settings = parse_settings(text)
    if isinstance(settings, list):
        raise WriteRefusedError(settings)
    parent = None if dry_run else new.parent
    if parent:
        parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=parent, prefix=f".{new.name}-"))
    try:
        (making / FILE_NAME).write_bytes(text.encode("utf-8"))
        _write_workbooks(making, settings.full_layout(), ledgers)
        read = read_folder(making)
        if wrong := [*read.errors, *_differences(read.ledgers, ledgers)]:
            raise WriteRefusedError(wrong)
        if not dry_run:
            making.chmod(0o755)
            os.rename(making, new)  # noqa: PTH104  (in one step, and never over what is there)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return read


def clear_left_behind(new: Path) -> list[Path]:
    """Remove what runs that were killed have left beside ``new``; return those of the last hour, which may go on.

    A run that is only stopped leaves nothing.
    """
    found = sorted(new.parent.glob(f".{glob.escape(new.name)}-" + "?" * 8))
    since = time.time() - _ABANDONED
    for path in found:
        if path.stat().st_mtime < since:
            shutil.rmtree(path, ignore_errors=True)
    return [path for path in found if path.exists()]


def next_settings(text: str, year: Year) -> str:
    """The text of a breakeven.toml with its year set and its state forecast, and all else as it stands.

    The first and last day that a layout gives for a table's dates are of the year too, and move on by one.
    """
    found = re.search(r"^\[", text, re.MULTILINE)
    head, tables = (text[: found.start()], text[found.start() :]) if found else (text, "")
    head = _YEAR.sub(lambda said: f'{said[1]}"{year}"', head, count=1)
    if _STATE.search(head):
        head = _STATE.sub(lambda said: f'{said[1]}"forecast"', head, count=1)
    else:
        head = _YEAR.sub(lambda said: f'{said[0]}\nstate = "forecast"', head, count=1)
    return head + _DAY.sub(lambda said: f"{said[1]}{int(said[2]) + 1}", tables)


_WRITTEN = (".xlsx", ".xlsm")
"""Endings of the workbooks that openpyxl writes."""


def _write_workbooks(folder: Path, layout: Layout, ledgers: Ledgers) -> None:
    import openpyxl  # noqa: PLC0415  (half a second to import)

    controls = layout["control_totals"]
    for name in dict.fromkeys(table.workbook for table in layout.values() if table.workbook):
        tables = [table for table in layout.values() if table.workbook == name and table.name != "reported"]
        kept = [table for table in tables if not table.optional or _records(table, ledgers)]
        if not any(_records(table, ledgers) for table in kept) and not {"transactions", "virements"} & {
            table.name for table in kept
        }:
            continue
        ending = Path(name).suffix.lower()
        if ending == ".csv":
            _write_text(folder / name, kept[0], ledgers)
            continue
        if ending not in _WRITTEN:
            message = f"nothing was written: a {ending} file cannot be; name an .xlsx or .csv in the layout"
            raise WriteRefusedError([Finding("write-unsafe", message, Cell(name))])
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for table in kept:
            _fill(write_headings(book, table), table, [_row(each, table) for each in _records(table, ledgers)])
        counted = [_control(table, ledgers, controls) for table in kept if _records(table, ledgers)]
        _fill(write_headings(book, controls), controls, counted)
        book.save(folder / name)


def _write_text(path: Path, table: TableLayout, ledgers: Ledgers) -> None:
    """A table as a text file: its headings, then its records; a text file holds one table."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(rule.headings[0] for rule in table.columns.values())
        writer.writerows(
            [f"{value:%d/%m/%Y}" if isinstance(value, date) else value for value in _row(record, table)]
            for record in _records(table, ledgers)
        )


def _records(table: TableLayout, ledgers: Ledgers) -> Sequence[Any]:
    return getattr(ledgers, table.name, ())


def _row(record: Any, table: TableLayout) -> list[Any]:
    return [_value(getattr(record, name), rule, table) for name, rule in table.columns.items()]


def _value(value: Any, rule: ColumnLayout, table: TableLayout) -> Any:
    """What a cell is to hold so that it is read as ``value``."""
    if value is None or value == "":
        return None
    if rule.kind is Kind.AMOUNT:
        return value / UNITS[table.unit or "£"]
    if rule.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if rule.kind is Kind.PERIOD:
        return period_name(value)
    return str(value) if rule.kind in {Kind.TEXT, Kind.YEAR} else value


def _control(table: TableLayout, ledgers: Ledgers, controls: TableLayout) -> list[Any]:
    """How many lines a sheet's principal column holds, and what they come to."""
    amounts = [a for each in _records(table, ledgers) if (a := getattr(each, table.principal)) is not None]
    said = {
        "sheet": table.sheet,
        "column": table.columns[table.principal].headings[0],
        "lines": len(amounts),
        "total": sum(amounts, Decimal(0)),
    }
    return [said[name] for name in controls.columns]


def _fill(sheet: Any, table: TableLayout, rows: Sequence[Sequence[Any]]) -> None:
    for r, row in enumerate(rows, start=2):
        for c, (value, rule) in enumerate(zip(row, table.columns.values(), strict=True), start=1):
            if value is None:
                continue
            cell = sheet.cell(row=r, column=c, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # text that begins with = is no formula
            elif rule.kind is Kind.AMOUNT:
                cell.number_format = "#,##0.00"
            elif rule.kind is Kind.DATE:
                cell.number_format = "dd/mm/yyyy"


def _differences(read: Ledgers, meant: Ledgers) -> Iterator[Finding]:
    """Records that were not read as they were meant, the first of each table."""
    for name in Ledgers.__dataclass_fields__:
        if name == "control_totals":
            continue
        ours, theirs = ([_said(each) for each in getattr(side, name)] for side in (meant, read))
        if ours != theirs:
            apart = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), len(theirs))
            said = f"of {name} {len(ours)} lines are meant, {len(theirs)} were read, and line {apart + 1} is another"
            yield Finding("write-unproved", f"nothing was written: the sheet would not read back ({said})", Cell(name))


def _said(record: Any) -> dict[str, Any]:
    return record.model_dump(exclude={"at", "cells"})
