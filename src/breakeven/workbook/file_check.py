"""Files read by a layout file, with no ledger folder about them: what each holds, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from breakeven.findings import Cell, Finding
from breakeven.ledger.year import InputFile, SheetTally
from breakeven.workbook.book import Book, open_book, read_tables
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.records import checked, unread_sheets
from breakeven.workbook.table_read import TableRead


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
        wanted = list(wanted_of(book, layouts, findings))
        findings += unread_sheets(book, [sheet for sheet, _ in wanted])
        read = list(read_tables(book, wanted))
        tables += read
        for table in read:
            findings += checked(book, table)
            findings += (each for each in _outside(table, read) if each not in findings)
            if table.headings and not (table.rows or table.held_back):
                findings.append(Finding("table-empty", "no line stands beneath the headings", table.sheet))
    return FilesRead(tuple(inputs), tuple(tables), tuple(findings))


def _outside(table: TableRead, tables: Sequence[TableRead]) -> Iterator[Finding]:
    """Numbers beneath a table's headings that neither it nor any other table of the sheet reads."""
    others = [other.layout for other in tables if other is not table and other.sheet == table.sheet]
    rows = [row for row in table.outside if not any(_covers(other, row) for other in others)]
    if rows:
        message = f"{len(rows)} numbers in rows {rows[0]} to {rows[-1]} stand outside the rows that the layout reads"
        yield Finding("rows-not-read", message, table.cell(rows[0], table.layout.principal))


def _covers(layout: TableLayout, row: int) -> bool:
    return (layout.first_row or layout.heading_row or 1) <= row and (layout.last_row is None or row <= layout.last_row)


def _sheets(book: Book, layout: TableLayout) -> list[str]:
    """The sheets that a layout is for: the one it names, each that its names or patterns fit, else the first."""
    if book.flight.format == "csv":
        return [book.sheet_names[0]]
    if not layout.sheets:
        return [layout.sheet or book.sheet_names[0]]
    found: list[str] = []
    for name in layout.sheets:
        fitting = [name] if name in book.sheet_names else [s for s in book.sheet_names if fnmatchcase(s, name)]
        found += fitting or [name]
    return list(dict.fromkeys(found))


def wanted_of(book: Book, layouts: Sequence[TableLayout], findings: list[Finding]) -> Iterator[tuple[str, TableLayout]]:
    """Each sheet of a file that some layouts are for, with its layout; what is not there becomes a finding."""
    for layout in layouts:
        if layout.workbook and layout.workbook != book.name:
            continue
        for sheet in _sheets(book, layout):
            if sheet not in book.sheet_names:
                there = ", ".join(repr(name) for name in book.sheet_names)
                findings.append(
                    Finding("sheet-missing", f"no sheet is named {sheet!r}; there are {there}", Cell(book.name))
                )
                continue
            yield sheet, replace(layout, sheet=sheet)
