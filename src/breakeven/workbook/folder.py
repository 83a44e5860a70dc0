"""A ledger folder to one contract year: every workbook it names, read once."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.lines import ControlTotal, Transactions
from breakeven.ledger.year import Body, ContractYear, InputFile, Ledgers
from breakeven.workbook.book import CHILD_ABOVE, Book, open_book
from breakeven.workbook.chart_findings import chart_findings
from breakeven.workbook.closes import read_closes
from breakeven.workbook.layout import Layout, TableLayout, heading_key
from breakeven.workbook.percent_findings import percent_findings
from breakeven.workbook.readers import Tell, silent
from breakeven.workbook.record_findings import record_findings
from breakeven.workbook.records import SheetRead, read_records, transactions_of, unread_sheets
from breakeven.workbook.register_findings import Headed, register_findings
from breakeven.workbook.settings import FILE_NAME, FolderSettings, parse_settings

REQUIRED = ("contract_sums", "budget", "transactions")
"""Tables without which there is no outturn. A workbook none of whose tables is among them may be absent."""

Progress = Callable[[str, float, float], None]
"""Told what is being read, how many bytes of the workbooks are done, and how many there are."""


class FolderRefusedError(Exception):
    """The folder cannot be read as a contract year at all; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings


@dataclass
class _Reading:
    """What has been read so far; gathered here, frozen into a ContractYear at the end."""

    records: dict[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    transactions: Transactions | None = None
    controls: list[tuple[str, ControlTotal]] = field(default_factory=list[tuple[str, ControlTotal]])
    sheets: dict[tuple[str, str], SheetRead[Any]] = field(default_factory=dict[tuple[str, str], SheetRead[Any]])
    inputs: list[InputFile] = field(default_factory=list[InputFile])
    findings: list[Finding] = field(default_factory=list[Finding])


def read_folder(folder: Path, progress: Progress | None = None) -> ContractYear:
    """Read a ledger folder. Bad rows are held back and listed; raises FolderRefusedError where no year can be made."""
    settings, toml_input = read_settings(folder)
    body, layout = settings.body(), settings.full_layout()
    reading = _Reading(inputs=[toml_input])
    names = list(dict.fromkeys(table.workbook for table in layout.values() if table.workbook))
    sizes = {name: (folder / name).stat().st_size if (folder / name).is_file() else 0 for name in names}
    telling = _Telling(progress, sizes)
    tables = {name: [table for table in layout.values() if table.workbook == name] for name in names}
    for name in names:
        tables[name].append(layout["control_totals"])
    with ExitStack() as still_open:
        begun = _begin_largest(folder, sizes, tables, telling)
        for book in begun.values():
            if isinstance(book, Book):
                still_open.callback(book.close)
        for name in names:
            tell = telling.of(name)
            tell(0)
            _read_workbook(folder / name, tables[name], reading, begun.get(name), tell)
    telling.finish()
    reading.findings += _copies(reading.inputs)
    reading.findings += control_findings(reading.controls, reading.sheets)
    reading.findings += _unread_workbooks(folder, names, reading.inputs)
    reading.findings += chart_findings(body.chart, reading.records, reading.transactions)
    whole = {read.table.layout.name: read.table.sheet for read in reading.sheets.values() if read.is_whole}
    reading.findings += record_findings(body, reading.records, whole, FILE_NAME)
    headed = {
        read.table.layout.name: Headed(read.table.sheet, frozenset(read.table.headings.columns))
        for read in reading.sheets.values()
        if read.table.headings
    }
    reading.findings += register_findings(body, reading.records, headed)
    closes, broken = read_closes(folder, body.year)
    reading.findings += broken
    return replace(_contract_year(body, reading, layout), closes=closes)


def read_settings(folder: Path) -> tuple[FolderSettings, InputFile]:
    """The settings of a ledger folder, and their file. Raises FolderRefusedError."""
    path = folder / FILE_NAME
    if folder.is_file():
        message = f"this is a file; name the folder it is in, {folder.parent}"
        raise FolderRefusedError([Finding("folder-missing", message, Cell(str(folder)))])
    if not folder.is_dir():
        raise FolderRefusedError([Finding("folder-missing", "there is no such folder", Cell(str(folder)))])
    if not path.is_file():
        message = "the folder has no breakeven.toml; `breakeven new FOLDER` makes one"
        raise FolderRefusedError([Finding("folder-missing", message, Cell(str(folder)))])
    content = path.read_bytes()
    try:
        settings = parse_settings(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FolderRefusedError([Finding("setting-invalid", "is not UTF-8 text", Cell(FILE_NAME))]) from None
    if isinstance(settings, list):
        raise FolderRefusedError(settings)
    return settings, InputFile(FILE_NAME, hashlib.sha256(content).hexdigest())


class _Telling:
    """Tells of all workbooks together, in bytes, and never less than before: one may be read beside others."""

    def __init__(self, progress: Progress | None, sizes: Mapping[str, int]) -> None:
        self._progress = progress
        self._sizes = sizes
        self._total = max(sum(sizes.values()), 1)
        self._furthest = 0.0

    def of(self, name: str) -> Tell:
        """What the reading of one workbook tells."""
        progress = self._progress
        if progress is None:
            return silent
        names = list(self._sizes)
        before = sum(self._sizes[each] for each in names[: names.index(name)])

        def tell(done: float) -> None:
            self._furthest = max(self._furthest, before + done * self._sizes[name])
            progress(name, self._furthest, self._total)

        return tell

    def finish(self) -> None:
        """All is read."""
        if self._progress:
            self._progress("", self._total, self._total)


def _begin_largest(
    folder: Path, sizes: Mapping[str, int], tables: Mapping[str, Sequence[TableLayout]], telling: _Telling
) -> dict[str, Book | list[Finding]]:
    """The largest workbook, opened before its turn where that lets it be read while the others are."""
    name = max(sizes, key=lambda each: sizes[each], default="")
    if not name or sizes[name] <= CHILD_ABOVE:
        return {}
    return {name: _open(folder / name, tables[name], telling.of(name))}


def _open(path: Path, tables: Sequence[TableLayout], tell: Tell) -> Book | list[Finding]:
    return open_book(path, lambda names: [(table.sheet, table) for table in tables if table.sheet in names], tell)


def _read_workbook(
    path: Path, tables: Sequence[TableLayout], reading: _Reading, begun: Book | list[Finding] | None, tell: Tell
) -> None:
    if not path.exists():
        if any(table.name in REQUIRED for table in tables):
            reading.findings.append(Finding("workbook-missing", "the folder has no such workbook", Cell(path.name)))
        return
    book = _open(path, tables, tell) if begun is None else begun
    if isinstance(book, list):
        reading.findings += book
        return
    with closing(book):
        _read_tables(book, tables, reading)


def _read_tables(book: Book, tables: Sequence[TableLayout], reading: _Reading) -> None:
    reading.inputs.append(InputFile(book.name, book.flight.sha256))
    reading.findings += book.findings
    wanted = [table for table in tables if table.sheet in book.sheet_names]
    for table in tables:
        if table not in wanted and not table.optional:
            there = ", ".join(repr(name) for name in book.sheet_names)
            message = f"no sheet is named {table.sheet!r}; there are {there}"
            reading.findings.append(Finding("sheet-missing", message, Cell(book.name)))
    reading.findings += unread_sheets(book, [table.sheet for table in wanted])
    if book.flight.format != "csv" and not any(table.name == "control_totals" for table in wanted):
        control = next(table.sheet for table in tables if table.name == "control_totals")
        message = f"no sheet is named {control!r}, so that an amount changed by mistake cannot be noticed"
        reading.findings.append(Finding("control-total-none", message, Cell(book.name)))
    for read in read_records(book, wanted):
        reading.findings += percent_findings(book.flight, read.table)
        _take(read, reading)


def _take(read: SheetRead[Any], reading: _Reading) -> None:
    table, name = read.table, read.table.layout.name
    reading.findings += read.findings
    if name == "control_totals":
        reading.controls += [(table.sheet.workbook, control) for control in read.records]
        return
    reading.sheets[table.sheet.workbook, table.sheet.sheet] = read
    if name == "transactions":
        reading.transactions = transactions_of(table) if table.headings else None
    else:
        reading.records[name] = read.records


def _copies(inputs: list[InputFile]) -> Iterator[Finding]:
    """The same bytes under two names: read twice, its money would count twice."""
    first: dict[str, str] = {}
    for file in inputs:
        if file.sha256 in first:
            message = f"holds the same bytes as {first[file.sha256]}; what is in it would count twice"
            yield Finding("workbook-twice", message, Cell(file.name))
        first.setdefault(file.sha256, file.name)


WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
"""Endings of the files a person would take for part of the folder."""


def _unread_workbooks(folder: Path, names: Sequence[str], inputs: Sequence[InputFile]) -> Iterator[Finding]:
    """Workbooks that no layout names, such as ``plan (2).xlsx``: someone may think that they are read."""
    read = {file.sha256: file.name for file in inputs}
    sizes = {path.stat().st_size for name in names if (path := folder / name).is_file()}
    for path in sorted(folder.iterdir()):
        is_ours = path.name in names or any(path.samefile(folder / name) for name in names if (folder / name).exists())
        if is_ours or path.suffix.lower() not in WORKBOOKS or path.name.startswith(("~$", ".")) or not path.is_file():
            continue
        is_like = path.stat().st_size in sizes
        copy = read.get(hashlib.sha256(path.read_bytes()).hexdigest()) if is_like else None
        if copy:
            yield Finding("workbook-twice", f"holds the same bytes as {copy}, and is not read", Cell(path.name))
            continue
        near = get_close_matches(path.name.lower(), names, n=1)
        hint = f"; {near[0]} is what is read" if near and (folder / near[0]).exists() else ""
        hint = hint or (f"; did you mean {near[0]}?" if near else "")
        yield Finding("workbook-not-read", f"no layout names this workbook, so it is not read{hint}", Cell(path.name))


def control_findings(
    controls: Sequence[tuple[str, ControlTotal]], sheets: Mapping[tuple[str, str], SheetRead[Any]]
) -> Iterator[Finding]:
    """Each typed control total against the column it is for; not said of a sheet that held rows back.

    controls: each with its workbook. sheets: what was read, by workbook and sheet.
    """
    for workbook, control in controls:
        read = sheets.get((workbook, control.sheet))
        sums = {heading_key(found.heading): found for found in read.table.sums.values()} if read else {}
        found = sums.get(heading_key(control.column))
        if read and not read.is_whole:
            continue
        if found is None:
            message = f"a control total is for column {control.column!r} of sheet {control.sheet!r}, which was not read"
            yield Finding("control-total-unknown", message, control.at)
            continue
        lines, total = found.lines, found.total
        if (lines, total) != (control.lines, control.total):
            yield Finding(
                "control-total-differs",
                f"'{control.sheet}', column '{control.column}', comes to {total:,} over {lines:,} lines; the control "
                f"total is {control.total:,} over {control.lines:,} lines: {total - control.total:,} apart. Put the "
                "cell right, or the control total if the change is meant",
                control.at,
            )


def _contract_year(body: Body, reading: _Reading, layout: Layout) -> ContractYear:
    extract = reading.transactions
    if extract is None:
        table = layout["transactions"]
        extract = Transactions.without_lines(table.workbook, table.sheet, "A")
    return ContractYear(
        body=body,
        ledgers=Ledgers(**reading.records, control_totals=tuple(control for _, control in reading.controls)),
        transactions=extract,
        inputs=tuple(reading.inputs),
        tallies=tuple(read.table.tally for read in reading.sheets.values() if read.table.tally),
        findings=tuple(reading.findings),
    )
