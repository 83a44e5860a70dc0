"""A ledger folder to one contract year: every workbook it names, read once."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.assumptions import Assumption, Investment, Pressure
from breakeven.ledger.chart import UNMAPPED, AmbiguousCodeError, Chart
from breakeven.ledger.contract import Balance, ContractSum, ThirdPartyIncome, Variation
from breakeven.ledger.lines import Accrual, BudgetLine, Coding, ControlTotal, Transactions, Virement
from breakeven.ledger.placements import PlacementMonth
from breakeven.ledger.posts import PostsMonth
from breakeven.ledger.record import Record
from breakeven.ledger.reported import ReportedFigure
from breakeven.ledger.savings import Saving
from breakeven.ledger.year import Body, ContractYear, InputFile, Ledgers, SheetTally
from breakeven.periods import Year, month_number, period_name
from breakeven.workbook.book import Book, open_book
from breakeven.workbook.layout import Layout, TableLayout, heading_key
from breakeven.workbook.records import SheetRead, read_sheet, read_transactions
from breakeven.workbook.settings import FILE_NAME, FolderSettings, parse_settings

RECORDS: dict[str, type[Record]] = {
    "contract_sums": ContractSum,
    "variations": Variation,
    "third_party_income": ThirdPartyIncome,
    "balances": Balance,
    "budget": BudgetLine,
    "virements": Virement,
    "accruals": Accrual,
    "assumptions": Assumption,
    "pressures": Pressure,
    "savings": Saving,
    "investments": Investment,
    "placements": PlacementMonth,
    "posts": PostsMonth,
    "reported": ReportedFigure,
}
"""What each table's rows become; the extract of transactions is held in bulk."""

REQUIRED = ("contract_sums", "budget", "transactions")
"""Tables without which there is no outturn. A workbook none of whose tables is among them may be absent."""

Progress = Callable[[str, int, int], None]
"""Told what is being read, how many workbooks are done, and how many there are."""


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
    tallies: list[SheetTally] = field(default_factory=list[SheetTally])
    findings: list[Finding] = field(default_factory=list[Finding])


def read_folder(folder: Path, progress: Progress | None = None) -> ContractYear:
    """Read a ledger folder. Bad rows are held back and listed; raises FolderRefusedError where no year can be made."""
    settings, toml_input = _settings(folder)
    body, layout = settings.body(), settings.full_layout()
    reading = _Reading(inputs=[toml_input])
    names = list(dict.fromkeys(table.workbook for table in layout.values() if table.workbook))
    for done, name in enumerate(names):
        if progress:
            progress(name, done, len(names))
        tables = [table for table in layout.values() if table.workbook == name]
        _read_workbook(folder / name, tables, layout["control_totals"], reading)
    if progress:
        progress("", len(names), len(names))
    reading.findings += _control_findings(reading)
    reading.findings += _chart_findings(body.chart, reading)
    reading.findings += _year_findings(body.year, reading)
    return _contract_year(body, reading, layout)


def _settings(folder: Path) -> tuple[FolderSettings, InputFile]:
    path = folder / FILE_NAME
    if not folder.is_dir():
        raise FolderRefusedError([Finding("folder-missing", "there is no such folder", Cell(str(folder)))])
    if not path.is_file():
        message = "the folder has no breakeven.toml; `breakeven new FOLDER` makes one"
        raise FolderRefusedError([Finding("folder-missing", message, Cell(str(folder)))])
    content = path.read_bytes()
    try:
        settings = parse_settings(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise FolderRefusedError([Finding("setting-invalid", "is not UTF-8 text", Cell(FILE_NAME))]) from None
    if isinstance(settings, list):
        raise FolderRefusedError(settings)
    return settings, InputFile(FILE_NAME, hashlib.sha256(content).hexdigest())


def _read_workbook(path: Path, tables: list[TableLayout], controls: TableLayout, reading: _Reading) -> None:
    if not path.exists():
        if any(table.name in REQUIRED for table in tables):
            reading.findings.append(Finding("workbook-missing", "the folder has no such workbook", Cell(path.name)))
        return
    book = open_book(path)
    if isinstance(book, Finding):
        reading.findings.append(book)
        return
    reading.inputs.append(InputFile(book.name, book.sha256))
    for table in tables:
        _read_table(book, table, reading)
    if controls.sheet in book.grids:
        read = read_sheet(book.grids[controls.sheet], controls, ControlTotal)
        reading.findings += read.findings
        reading.controls += [(book.name, control) for control in read.records]


def _read_table(book: Book, table: TableLayout, reading: _Reading) -> None:
    grid = book.grids.get(table.sheet)
    if grid is None:
        there = ", ".join(repr(name) for name in book.grids)
        reading.findings.append(
            Finding("sheet-missing", f"no sheet is named {table.sheet!r}; there are {there}", Cell(book.name))
        )
        return
    if table.name == "transactions":
        reading.transactions, read = read_transactions(grid, table)
    else:
        read = read_sheet(grid, table, RECORDS[table.name])
        reading.records[table.name] = read.records
    reading.sheets[book.name, table.sheet] = read
    reading.findings += read.findings
    if read.tally:
        reading.tallies.append(read.tally)


def _control_findings(reading: _Reading) -> Iterator[Finding]:
    """Each typed control total against the column it is for; not said of a sheet that held rows back."""
    for workbook, control in reading.controls:
        read = reading.sheets.get((workbook, control.sheet))
        sums = {heading_key(heading): found for heading, found in read.sums.items()} if read else {}
        found = sums.get(heading_key(control.column))
        if read and not read.is_whole:
            continue
        if found is None:
            message = f"a control total is for column {control.column!r} of sheet {control.sheet!r}, which was not read"
            yield Finding("control-total-unknown", message, control.at)
            continue
        lines, total, _ = found
        if (lines, total) != (control.lines, control.total):
            yield Finding(
                "control-total-differs",
                f"'{control.sheet}', column '{control.column}', comes to {total:,} over {lines:,} lines; the control total "
                f"is {control.total:,} over {control.lines:,} lines: {total - control.total:,} apart. Put the cell "
                "right, or the control total if the change is meant",
                control.at,
            )


def _chart_findings(chart: Chart, reading: _Reading) -> Iterator[Finding]:
    """Codes that no line or two lines have, and rows under a line that the chart does not know."""
    first_seen: dict[Coding, Cell] = {}
    for coded in (
        *reading.records.get("budget", ()),
        *reading.records.get("virements", ()),
        *reading.records.get("accruals", ()),
    ):
        first_seen.setdefault(coded.coding, coded.at)
    if reading.transactions:
        for coding, postings in reading.transactions.by_coding.items():
            first_seen.setdefault(coding, next(iter(postings.cells)))
    for coding, at in first_seen.items():
        try:
            if chart.line_of(coding) == UNMAPPED:
                yield Finding("code-unmapped", f"no line of the chart of accounts has {'/'.join(coding)}", at)
        except AmbiguousCodeError as error:
            yield Finding("code-ambiguous", str(error), at)
    yield from _line_findings(chart, reading)


def _line_findings(chart: Chart, reading: _Reading) -> Iterator[Finding]:
    for budget_line in reading.records.get("budget", ()):
        named = chart.lines_named(budget_line.line)
        try:
            mapped = chart.line_of(budget_line.coding)
        except AmbiguousCodeError:
            continue
        if mapped != UNMAPPED and mapped not in {line.id for line in named}:
            code, line = "/".join(budget_line.coding), budget_line.line
            message = f"the sheet puts {code} under {line!r}, the chart of accounts under {mapped!r}"
            yield Finding("line-differs", message, budget_line.at)
    income = {"contract_sum", "third_party_income"}
    for table in ("assumptions", "pressures", "savings", "investments"):
        for record in reading.records.get(table, ()):
            if not chart.lines_named(record.line) and not (table == "assumptions" and record.line in income):
                yield Finding("line-unknown", f"the chart of accounts has no line {record.line!r}", record.at)


def _year_findings(year: Year, reading: _Reading) -> Iterator[Finding]:
    """Transactions outside the contract year, or in another period than their date."""
    extract = reading.transactions
    if extract is None:
        return
    for day, period, row in zip(extract.date, extract.period, extract.row, strict=True):
        at = Cell(extract.workbook, extract.sheet, f"{extract.amount_column}{row}")
        if not year.holds(day):
            yield Finding("date-outside-year", f"{day:%d/%m/%Y} is outside the contract year {year.on_screen}", at)
        elif period <= 12 and month_number(day) != period:
            yield Finding("period-differs", f"{day:%d/%m/%Y} is not in {period_name(period)}", at)


def _contract_year(body: Body, reading: _Reading, layout: Layout) -> ContractYear:
    extract = reading.transactions
    if extract is None:
        table = layout["transactions"]
        extract = Transactions(table.workbook, table.sheet, "A", *([()] * 9))
    return ContractYear(
        body=body,
        ledgers=Ledgers(**reading.records, control_totals=tuple(control for _, control in reading.controls)),
        transactions=extract,
        inputs=tuple(reading.inputs),
        tallies=tuple(reading.tallies),
        findings=tuple(reading.findings),
    )
