"""A file opened: examined first, then each table read by the reader that loses nothing of it.

A small workbook that has passed its examination is read in this process. Old formats, large sheets and any file over
5 MB are read in a child process with a limit on memory and time, so that whatever such a file does to a reader is one
finding here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from breakeven.findings import Cell, Finding
from breakeven.workbook import readers
from breakeven.workbook.headings import Headings
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.preflight import Preflight, examine
from breakeven.workbook.readers import Opened, ReaderFailedError, Tell, silent
from breakeven.workbook.sheet_facts import SheetFacts
from breakeven.workbook.table import read_table
from breakeven.workbook.table_read import TableRead
from breakeven.workbook.text_file import CSV_SHEET, RowUnreadableError, open_text

if TYPE_CHECKING:
    from breakeven.workbook.child import Child, Idle

Reader = Literal["openpyxl", "calamine", "csv"]

CHILD_ABOVE = 5 * 1024 * 1024
"""Bytes of a file above which it is read in a child process."""

CALAMINE_ABOVE = 250
"""Cells of a plain sheet above which calamine reads it, and with it the other plain sheets of its file."""

CHILD_ABOVE_CELLS = 200_000
"""Cells of a sheet above which it is read in the child, however small its file."""

EMPTY_CELLS = 1_000_000
"""Cells without a value that calamine may have to make up to fill a sheet's gaps."""

_EXAMINED, _SCANNED = 0.15, 0.5
"""How far the reading of a large file is when it has been unpacked, and when its facts are known."""

OLD_FORMATS = frozenset({"xls", "xlsb", "ods"})
"""Formats that calamine reads and nothing else here looks into."""

BULK_TABLES = frozenset({"transactions"})
"""Tables whose amounts are held as whole pence."""


@dataclass(frozen=True, slots=True)
class Task:
    """One table to be read from one sheet of a file."""

    sheet: str
    layout: TableLayout
    reader: Reader

    @property
    def in_pence(self) -> bool:
        """Whether amounts are wanted as whole pence."""
        return self.layout.name in BULK_TABLES


@dataclass(frozen=True)
class Book:
    """A file that has passed its examination."""

    flight: Preflight
    sheet_names: tuple[str, ...]
    path: Path
    findings: tuple[Finding, ...] = ()
    """Warnings about the file as a whole."""
    tell: Tell = silent
    """Told how far the reading of the file is."""
    begun: "Child | None" = None
    """The child that began to read while the file was still examined."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.flight.name

    def facts(self, sheet: str) -> SheetFacts | None:
        """What the examination found of one sheet; None for formats that it does not look into."""
        return self.flight.sheet(sheet)

    def close(self) -> None:
        """End what is still at work on the file."""
        if self.begun:
            self.begun.stop()


Ahead = Callable[[Sequence[str]], Sequence[tuple[str, TableLayout]]]
"""Given the sheets of a file, those that will be wanted, each with the layout to read it by."""


def open_book(path: Path, ahead: Ahead | None = None, tell: Tell = silent) -> Book | list[Finding]:
    """Examine a file and list its sheets; the findings where it is refused.

    ahead: what will be wanted, so that a large file is read while its facts are gathered; close the book then.
    """
    begun: list[Child] = []
    idle = _idle_child(path) if ahead else None

    def tell_of_bytes(done: float) -> None:
        tell(_EXAMINED + (_SCANNED - _EXAMINED) * done if begun else _EXAMINED * done)

    def tell_of_rows(done: float) -> None:
        tell(_EXAMINED + (1 - _EXAMINED) * done)

    def begin(safe: Preflight, names: Sequence[str]) -> None:
        from breakeven.workbook.child import Child  # noqa: PLC0415  (only large files need it)

        tasks = [Task(sheet, layout, "calamine") for sheet, layout in (ahead(names) if ahead else ())]
        if tasks:
            begun.append(Child(path, safe, tasks, tell_of_rows, idle=idle))

    opened = None
    try:
        flight = examine(path, begin if ahead else None, tell_of_bytes)
        opened = list(flight.findings) if flight.refused else _opened(path, flight)
        if isinstance(opened, Book):
            opened = replace(opened, tell=tell, begun=begun[0] if begun else None)
        return opened
    finally:
        if not isinstance(opened, Book):
            for child in begun:
                child.stop()
        if idle and not begun:
            idle.stop()


def _idle_child(path: Path) -> "Idle | None":
    """A child started before it is known whether it is wanted, where a file is large enough for that to be likely."""
    if not path.is_file() or path.stat().st_size <= CHILD_ABOVE:
        return None
    from breakeven.workbook.child import Idle  # noqa: PLC0415  (only large files need it)

    return Idle()


def _opened(path: Path, flight: Preflight) -> Book | list[Finding]:
    if flight.format in {"xlsx", "xlsm"}:
        names = tuple(sheet.name for sheet in flight.sheets if sheet.kind == "worksheet")
    elif flight.format == "csv":
        names = (CSV_SHEET,)
    else:
        from breakeven.workbook.child import list_sheets  # noqa: PLC0415  (only old formats need it)

        listed = list_sheets(path, flight)
        if isinstance(listed, Finding):
            return [*flight.findings, listed]
        names = tuple(listed)
        message = f"hidden rows, merges, number formats and errors cannot be seen in an .{flight.format} file"
        return Book(flight, names, path, (*flight.findings, Finding("format-unseen", message, Cell(flight.name))))
    return Book(flight, names, path, flight.findings)


def reader_for(book: Book, sheet: str, beside: Sequence[str] = ()) -> Reader:
    """The reader of one sheet: openpyxl, unless the format is another's or the sheet is plain and of some size.

    beside: the other sheets that are read of the file; where calamine reads one of them, it reads the plain ones too,
    and the file is opened once.
    """
    if book.flight.format == "csv":
        return "csv"
    if book.flight.format in OLD_FORMATS:
        return "calamine"
    facts = book.facts(sheet)
    if facts is None or not facts.plain or facts.extent is None or facts.extent.area > facts.cells + EMPTY_CELLS:
        return "openpyxl"
    is_open = book.begun is not None or any(reader_for(book, other) == "calamine" for other in beside)
    return "calamine" if facts.cells > CALAMINE_ABOVE or is_open else "openpyxl"


def read_tables(book: Book, wanted: Sequence[tuple[str, TableLayout]]) -> Iterator[TableRead]:
    """Each wanted table of a file, in order. ``wanted`` pairs a sheet with the layout to read it by."""
    sheets = [sheet for sheet, _ in wanted]
    tasks = [Task(sheet, layout, reader_for(book, sheet, sheets)) for sheet, layout in wanted]
    answers = _begun(book, tasks)
    outside = [task for task in tasks if id(task) not in answers and _is_outside(book, task)]
    if outside:
        from breakeven.workbook.child import read_in_child  # noqa: PLC0415  (only large files and old formats need it)

        tables = read_in_child(
            book.path, book.flight, outside, lambda done: book.tell(_EXAMINED + (1 - _EXAMINED) * done)
        )
        answers |= dict(zip(map(id, outside), tables, strict=True))
    opened: Opened = {}
    for task in tasks:
        table = answers[id(task)] if id(task) in answers else perform(book.flight, task, silent, opened)
        yield _by_another_reader(book, task, table) or table


def _is_outside(book: Book, task: Task) -> bool:
    """Whether a table is read in the child: a large file, a large sheet, or a format that nothing here looks into."""
    facts = book.facts(task.sheet)
    is_large = len(book.flight.data) > CHILD_ABOVE or (facts is not None and facts.cells > CHILD_ABOVE_CELLS)
    return is_large or book.flight.format in OLD_FORMATS


def _begun(book: Book, tasks: Sequence[Task]) -> dict[int, TableRead]:
    """The tables that a child has begun to read, where the facts have since allowed its reader; by the task's id."""
    if book.begun is None:
        return {}
    with book.begun as child:
        places = {id(task): child.tasks.index(task) for task in tasks if task in child.tasks}
        tables = child.tables() if places else []
        return {task: tables[place] for task, place in places.items()}


def _by_another_reader(book: Book, task: Task, table: TableRead) -> TableRead | None:
    """The table by calamine where openpyxl gave up, as it does on a font's colour, and calamine loses nothing."""
    gave_up = next((finding for finding in table.findings if finding.code == "workbook-unreadable"), None)
    facts = book.facts(task.sheet)
    if gave_up is None or task.reader != "openpyxl" or facts is None or not facts.plain:
        return None
    from breakeven.workbook.child import read_in_child  # noqa: PLC0415  (only where one reader has failed)

    again = read_in_child(book.path, book.flight, [replace(task, reader="calamine")])[0]
    message = f"openpyxl cannot read the workbook, and calamine has; {gave_up.message}"
    return replace(again, findings=(Finding("reader-other", message, gave_up.at), *again.findings))


def perform(flight: Preflight, task: Task, tell: Tell = silent, opened: Opened | None = None) -> TableRead:
    """Read one table here and now; a reader's own failure is one finding.

    opened: what the readers have opened of this file already; they add to it.
    """
    sheet = Cell(flight.name, task.sheet)
    try:
        if task.reader == "csv":
            return _text_table(flight, task)
        by = readers.calamine_rows if task.reader == "calamine" else readers.openpyxl_rows
        return read_table(by(flight, task.sheet, tell, opened), task.layout, sheet, in_pence=task.in_pence)
    except ReaderFailedError as error:
        return refused(task, Finding("workbook-unreadable", f"the reader gave up: {error}", sheet))
    except RowUnreadableError as error:
        return refused(task, error.finding)


def refused(task: Task, finding: Finding) -> TableRead:
    """A table of which nothing is read, and why."""
    at = Cell(finding.at.workbook, task.sheet)
    headings: Headings | None = None
    return TableRead(task.layout, at, headings, findings=(finding,))


def _text_table(flight: Preflight, task: Task) -> TableRead:
    file = open_text(flight)
    if isinstance(file, Finding):
        raise RowUnreadableError(file)
    # In a text file every amount is text.
    layout = replace(task.layout, text_amounts=True, decimal_comma=file.decimal_comma or task.layout.decimal_comma)
    table = read_table(file.rows(), layout, Cell(flight.name, task.sheet), in_pence=task.in_pence, is_text=True)
    return replace(table, findings=(*file.findings(), *table.findings))
