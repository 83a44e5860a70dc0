"""Files read by a layout file, with no ledger folder about them: what each holds, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from breakeven.findings import Cell, Finding
from breakeven.ledger.year import InputFile, SheetTally
from breakeven.workbook.book import Book, open_book, read_tables
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.records import checked, unread_sheets
from breakeven.workbook.table import TableRead


@dataclass(frozen=True)
class FilesRead:
    """What some files gave by a layout, as ContractYear has it of a folder."""

    inputs: tuple[InputFile, ...]
    tables: tuple[TableRead, ...]
    findings: tuple[Finding, ...]

    @property
    def tallies(self) -> tuple[SheetTally, ...]:
        """The count of each table that was read."""
        return tuple(table.tally for table in self.tables if table.tally)


def read_files(paths: Sequence[Path], layouts: Sequence[TableLayout]) -> FilesRead:
    """Read each file by the tables of a layout that are for it: those that name it, or no workbook at all."""
    inputs: list[InputFile] = []
    tables: list[TableRead] = []
    findings: list[Finding] = []
    for path in paths:
        book = open_book(path)
        if isinstance(book, list):
            findings += book
            continue
        findings += book.findings
        inputs.append(InputFile(book.name, book.flight.sha256))
        wanted = list(_wanted(book, layouts, findings))
        findings += unread_sheets(book, [sheet for sheet, _ in wanted])
        for table in read_tables(book, wanted):
            tables.append(table)
            findings += checked(book, table)
    return FilesRead(tuple(inputs), tuple(tables), tuple(findings))


def _wanted(book: Book, layouts: Sequence[TableLayout], findings: list[Finding]) -> Iterator[tuple[str, TableLayout]]:
    for layout in layouts:
        if layout.workbook and layout.workbook != book.name:
            continue
        sheet = layout.sheet or book.sheet_names[0]
        if book.flight.format == "csv":
            sheet = book.sheet_names[0]
        if sheet not in book.sheet_names:
            there = ", ".join(repr(name) for name in book.sheet_names)
            findings.append(
                Finding("sheet-missing", f"no sheet is named {sheet!r}; there are {there}", Cell(book.name))
            )
            continue
        yield sheet, replace(layout, sheet=sheet)
