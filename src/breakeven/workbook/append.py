"""Lines entered in a user's own workbook: appended to the table of a sheet, with all else in it as it was.

    entered = enter(folder, "virements", [{"ref": "VR09", ...}, ...], sha256=..., now=datetime.now())

The sheet's control totals follow, sums beneath the table take the lines in, and a dated copy of the old workbook is
kept. Before the new file takes the place of the old it is read back: every old line must be in it, and the new ones.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.record import Record
from breakeven.ledger.year import InputFile
from breakeven.workbook.book import Book, open_book
from breakeven.workbook.folder import read_settings
from breakeven.workbook.formula_refs import Corner
from breakeven.workbook.layout import UNITS, Layout, heading_key
from breakeven.workbook.new_lines import TablePlace, Values, append_rows
from breakeven.workbook.new_sheet import add_sheet
from breakeven.workbook.package import Package
from breakeven.workbook.protection import protected_sheets
from breakeven.workbook.read_back import WorkbookRead, differences, lines_of, read_workbook
from breakeven.workbook.recalculate import recalculate
from breakeven.workbook.safe_write import WriteRefusedError, put_in_place, refuse_if_kept
from breakeven.workbook.sheet_cells import Place, SheetCells
from breakeven.workbook.xml_text import UnsafeError


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of a line that stands already, such as a revised budget, in pounds."""

    table: str
    record: Record
    field: str
    value: Decimal


@dataclass(frozen=True)
class Entered:
    """What was written, or for a dry run would be."""

    lines: Cell
    """The area that the new lines take."""
    changed: tuple[Change, ...]
    left: tuple[Change, ...]
    """Figures that a formula works out, which was left as it is."""
    totals: tuple[Cell, ...]
    """Cells of typed totals, beneath the lines or among the control totals, that were brought up to date."""
    is_new_sheet: bool
    protected: tuple[str, ...]
    """Sheets that were written to though they are protected, without a password."""
    copy: Path | None
    """The workbook as it was before; None for a dry run."""


def enter(
    folder: Path,
    table: str,
    rows: Sequence[Values],
    changes: Sequence[Change] = (),
    *,
    inputs: Sequence[InputFile],
    now: datetime,
    dry_run: bool = False,
) -> Entered:
    """Append lines to a table and change figures of its workbook, in one step or not at all.

    inputs: the files as the year was read from them; a workbook that is another by now is left. Raises OSError, and
    WriteRefusedError with findings, having written nothing.
    """
    settings, _ = read_settings(folder)
    layout = settings.full_layout()
    path = folder / layout[table].workbook
    book = _open(path)
    sha256 = book.flight.sha256
    if sha256 not in {file.sha256 for file in inputs if file.name == path.name}:
        raise WriteRefusedError(
            [Finding("file-changed", "the workbook changed while this was made ready", Cell(path.name))]
        )
    before = read_workbook(book, layout, path.name)
    if apart := next((change for change in changes if change.table not in before.tables), None):
        message = (
            f"its {layout[apart.table].sheet!r} is in {layout[apart.table].workbook}, and two workbooks cannot be "
            "written in one step"
        )
        raise WriteRefusedError([Finding("write-unsafe", f"nothing was written: {message}", Cell(path.name))])
    if before.errors:
        raise WriteRefusedError(before.errors)
    writing = _Writing(book, before, layout, table, rows)
    try:
        data, entered = writing.data(changes)
    except UnsafeError as unsafe:
        at = Cell(path.name, unsafe.sheet or layout[table].sheet, unsafe.ref)
        raise WriteRefusedError([Finding("write-unsafe", f"nothing was written: {unsafe.message}", at)]) from None

    def prove(new: Path) -> list[Finding]:
        return list(differences(new, layout, writing.expected(entered.changed)))

    if dry_run:
        refuse_if_kept(path)
        with tempfile.TemporaryDirectory() as elsewhere:
            trial = Path(elsewhere) / path.name
            trial.write_bytes(data)
            if wrong := prove(trial):
                raise WriteRefusedError(wrong)
        return entered
    return replace(entered, copy=put_in_place(path, data, sha256, now, prove))


def _open(path: Path) -> Book:
    book = open_book(path)
    if isinstance(book, list):
        raise WriteRefusedError(book)
    if book.flight.format not in {"xlsx", "xlsm"}:
        message = f"nothing can be written to an .{book.flight.format} file; save it as .xlsx in Excel"
        raise WriteRefusedError([Finding("write-unsafe", message, Cell(path.name))])
    return book


@dataclass
class _Sums:
    """How many more lines a column has, and what they come to."""

    lines: int = 0
    total: Decimal = Decimal(0)


@dataclass
class _Writing:
    """One workbook with its new lines."""

    book: Book
    before: WorkbookRead
    layout: Layout
    table: str
    rows: Sequence[Values]
    _sums: dict[tuple[str, str], _Sums] = field(default_factory=dict[tuple[str, str], _Sums], init=False)
    """By table and field."""

    def data(self, changes: Sequence[Change]) -> tuple[bytes, Entered]:
        """The new file, and what is written in it. Raises UnsafeError."""
        package = Package(self.book.flight.data)
        _refuse_sealed(package)
        read = self.before.tables.get(self.table)
        if read is None:
            add_sheet(package, self.layout[self.table])
        place = TablePlace.new(self.layout[self.table]) if read is None else TablePlace.of(read.table)
        area = append_rows(package, place, self.rows, date_1904=self.book.flight.date_1904)
        for row in self.rows:
            for name, value in row.items():
                if self.layout[self.table].columns[name].is_number and value is not None:
                    self._add(self.table, name, 1, value)
        left = [change for change in changes if not self._change(package, change)]
        changed = [change for change in changes if change not in left]
        _refuse_half(left, changed)
        totals = (*self._totals(package), *self._controls(package))
        recalculate(package)
        at = Cell(self.book.name, place.sheet, area)
        touched = [at.sheet, *(change.record.at.sheet for change in changed), *(cell.sheet for cell in totals)]
        protected = protected_sheets(package, touched, adds_sheet=read is None)
        return package.data(), Entered(at, tuple(changed), tuple(left), totals, read is None, protected, None)

    def _add(self, table: str, name: str, lines: int, total: Decimal) -> None:
        sums = self._sums.setdefault((table, name), _Sums())
        sums.lines += lines
        sums.total += total

    def _change(self, package: Package, change: Change) -> bool:
        """Put a figure in the place of another; returns False where a formula stands there, which is left."""
        unit = self.before.tables[change.table].table.units.get(change.field, "£")
        at = change.record.cell_of(change.field)
        if not _put_number(package, at, change.value / UNITS[unit]):
            return False
        old: Decimal | None = getattr(change.record, change.field)
        self._add(change.table, change.field, int(old is None), change.value - (old or 0))
        return True

    def _totals(self, package: Package) -> Iterator[Cell]:
        """Have the total beneath the lines follow where it is typed; a formula's result is worked out again."""
        for (table, name), sums in self._sums.items():
            read = self.before.tables.get(table)
            for total in read.table.totals if read and sums.total else ():
                is_of_all = read is not None and total.amounts.get(name) == read.table.sums[name].total
                if read is None or not is_of_all or total.row < max(read.table.rows, default=0):
                    continue
                at = read.table.cell(total.row, name)
                moved = total.row + (len(self.rows) if table == self.table else 0)
                at = replace(at, ref=at.ref.removesuffix(str(total.row)) + str(moved))
                unit = UNITS[read.table.units.get(name, "£")]
                if _put_number(package, at, (total.amounts[name] + sums.total) / unit):
                    yield at

    def _controls(self, package: Package) -> Iterator[Cell]:
        """Have the typed control totals follow; those that a formula works out follow by themselves."""
        for (table, name), sums in self._sums.items():
            read = self.before.tables.get(table)
            column = read.table.sums.get(name) if read else None
            for control in self.before.controls:
                is_of_sheet = read is not None and control.sheet == read.table.sheet.sheet
                if column and is_of_sheet and heading_key(control.column) == heading_key(column.heading):
                    for part, new in (("lines", control.lines + sums.lines), ("total", control.total + sums.total)):
                        old = Decimal(getattr(control, part))
                        if new != old and _put_number(package, control.cell_of(part), Decimal(new)):
                            yield control.cell_of(part)

    def expected(self, changed: Sequence[Change]) -> Mapping[str, list[dict[str, Any]]]:
        """Every line of every table as it must read now: the old ones with what was changed, then the new ones."""
        lines = {name: list(lines_of(read.table)) for name, read in self.before.tables.items()}
        for change in changed:
            read = self.before.tables[change.table]
            row = _place(change.record.cell_of(change.field).ref)[0]
            lines[change.table][list(read.table.rows).index(row)][change.field] = change.value
        lines.setdefault(self.table, [])
        lines[self.table] += [
            {name: value for name, value in row.items() if value not in {None, ""}} for row in self.rows
        ]
        return lines


def _refuse_sealed(package: Package) -> None:
    """A signature, or a log of every change, would no longer be right."""
    for name in package.names:
        if name.startswith("_xmlsignatures/"):
            raise UnsafeError("the workbook is digitally signed, and would no longer be as it was signed")
        if name.startswith("xl/revisions/"):
            raise UnsafeError(
                "the workbook keeps a log of its changes for several users; stop sharing it in Excel first"
            )


def _refuse_half(left: Sequence[Change], changed: Sequence[Change]) -> None:
    """A column of which one line follows by a formula, and another does not: its total would be wrong until it has."""
    typed = {(change.table, change.field): change for change in changed}
    for change in left:
        if other := typed.get((change.table, change.field)):
            at, beside = change.record.cell_of(change.field), other.record.cell_of(change.field)
            message = (
                f"the cell holds a formula and {beside.ref}, of the other code, does not: make them alike in Excel"
            )
            raise UnsafeError(message, at.ref, at.sheet)


def _put_number(package: Package, at: Cell, value: Decimal) -> bool:
    part = package.sheet_part(at.sheet)
    cells = SheetCells(package.document(part))
    place = _place(at.ref)
    if cells.formula(place) is not None:
        return False
    cells.put({place: cells.xml(place, value, cells.style(place))})
    package.put(part, cells.document)
    return True


def _place(ref: str) -> Place:
    corner = Corner.parse(ref)
    return corner.row or 1, corner.column or 1
