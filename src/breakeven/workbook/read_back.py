"""What a workbook says before it is written to and after: its lines, its errors, and where the two are apart."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.lines import ControlTotal
from breakeven.workbook.book import Book, open_book
from breakeven.workbook.folder import control_findings
from breakeven.workbook.layout import Layout, TableLayout
from breakeven.workbook.records import SheetRead, read_records
from breakeven.workbook.table_read import TableRead


@dataclass(frozen=True)
class WorkbookRead:
    """A workbook's tables, by name, and its control totals."""

    tables: Mapping[str, SheetRead[Any]]
    controls: Sequence[ControlTotal] = ()
    sheet_names: Sequence[str] = ()

    @property
    def errors(self) -> list[Finding]:
        """What refuses the workbook."""
        sheets = {(read.table.sheet.workbook, read.table.sheet.sheet): read for read in self.tables.values()}
        controls = [(control.at.workbook, control) for control in self.controls]
        said = [finding for read in self.tables.values() for finding in read.findings]
        return [finding for finding in (*said, *control_findings(controls, sheets)) if finding.is_error]


def read_workbook(book: Book, layout: Layout, workbook: str) -> WorkbookRead:
    """Every table that the layout has in a workbook, and its control totals."""
    ours: list[TableLayout] = [
        each for each in layout.values() if each.workbook in {workbook, ""} and each.sheet in book.sheet_names
    ]
    tables: dict[str, SheetRead[Any]] = {}
    controls: list[ControlTotal] = []
    with closing(book):
        for read in read_records(book, ours):
            if read.table.layout.name == "control_totals":
                controls += read.records
            else:
                tables[read.table.layout.name] = read
    return WorkbookRead(tables, controls, book.sheet_names)


def lines_of(table: TableRead) -> Iterator[dict[str, Any]]:
    """Each line by field, without its blanks."""
    for i in range(len(table.rows)):
        yield {name: column[i] for name, column in table.values.items() if column[i] not in {None, ""}}


def differences(new: Path, layout: Layout, expected: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Finding]:
    """What the new file says that it should not: an error that was not there, or another line than is meant."""
    book = open_book(new)
    if isinstance(book, list):
        yield from book
        return
    after = read_workbook(book, layout, new.name)
    if after.errors:
        message = "nothing was written: with what is new the workbook would have these errors"
        yield Finding("write-unproved", message, Cell(new.name))
    yield from after.errors
    for name, lines in expected.items():
        read = after.tables.get(name)
        found = list(lines_of(read.table)) if read else []
        is_conserved = read is not None and (read.table.tally is None or read.table.tally.is_conserved)
        if found != lines or not is_conserved:
            at = read.table.sheet if read else Cell(new.name)
            message = (
                f"nothing was written: the sheet would not read back as it should ({len(lines)} lines are meant, "
                f"{len(found)} were read)"
            )
            yield Finding("write-unproved", message, at)
