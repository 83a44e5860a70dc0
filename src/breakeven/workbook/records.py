"""Tables to typed records, and a finance system's extract to columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from breakeven.findings import Cell, Finding
from breakeven.ledger.coded import distinct_of
from breakeven.ledger.lines import Transactions
from breakeven.ledger.record import Kind, Record
from breakeven.periods import month_number
from breakeven.workbook.book import BULK_TABLES, OLD_FORMATS, Book, read_tables
from breakeven.workbook.headings import column_letter
from breakeven.workbook.layout import RECORDS, TableLayout
from breakeven.workbook.line_findings import line_findings
from breakeven.workbook.table_findings import table_findings, with_lost_results
from breakeven.workbook.table_read import TableRead

R = TypeVar("R", bound=Record)

NUMBERS = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.COUNT})
"""What a record keeps the cell of, field by field."""


@dataclass(frozen=True, slots=True)
class SheetRead(Generic[R]):
    """What one sheet gave: its records, the table they came from, and every finding."""

    records: tuple[R, ...]
    table: TableRead
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every line was accepted."""
        return not any(finding.is_error for finding in self.findings)


def read_records(book: Book, layouts: Sequence[TableLayout]) -> Iterator[SheetRead[Any]]:
    """Read tables of one file into the records their names stand for; an extract stays a table, by column."""
    for table in read_tables(book, [(layout.sheet, layout) for layout in layouts]):
        findings = list(checked(book, table))
        records: list[Record] = []
        if table.layout.name not in BULK_TABLES:
            records, refused = _records(table, RECORDS[table.layout.name])
            findings += refused
        yield SheetRead(tuple(records), table, tuple(findings))


def checked(book: Book, table: TableRead) -> Iterator[Finding]:
    """Everything that is found of a table: cell by cell, of its sheet, and line by line."""
    facts = book.facts(table.sheet.sheet)
    if facts is None:
        yield from table.findings
    else:
        yield from with_lost_results(facts, table.findings)
        yield from table_findings(book.flight, facts, table)
    yield from line_findings(table)


def _records(table: TableRead, record: type[Record]) -> tuple[list[Record], list[Finding]]:
    records: list[Record] = []
    findings: list[Finding] = []
    located = [n for n in table.values if table.layout.columns[n].kind in NUMBERS or n in record.located]
    for i, row in enumerate(table.rows):
        values = {name: column[i] for name, column in table.values.items()}
        at, cells = table.cell(row, table.layout.principal), {name: table.cell(row, name).ref for name in located}
        try:
            records.append(record.model_validate({**values, "at": at, "cells": cells}))
        except ValidationError as error:
            findings += [
                Finding("row-invalid", _plain_words(detail), table.cell(row, _column(detail, table)))
                for detail in error.errors()
            ]
    return records, findings


_BOUNDS = {"greater_than": ("gt", "above"), "greater_than_equal": ("ge", "from"), "less_than_equal": ("le", "up to")}
"""The errors of a number that is too small or too large: which bound they name, and how it is said."""


def _plain_words(detail: ErrorDetails) -> str:
    if bound := _BOUNDS.get(detail["type"]):
        name, words = bound
        return f"expected a number {words} {detail.get('ctx', {})[name]}, found {detail['input']}"
    return detail["msg"].removeprefix("Value error, ")


def _column(detail: ErrorDetails, table: TableRead) -> str:
    """The field that an error is about; the principal one where it is about the whole row."""
    return str(detail["loc"][0]) if detail["loc"] else table.layout.principal


def unread_sheets(book: Book, read: Sequence[str]) -> Iterator[Finding]:
    """Sheets with numbers that no table is read from, said so that none is left out in silence."""
    for sheet in book.flight.sheets:
        has_numbers = any("number" in column.kinds for column in sheet.columns.values())
        if sheet.name not in read and sheet.kind == "worksheet" and has_numbers:
            hidden = "" if sheet.state == "visible" else "hidden and "
            code = "sheet-not-read" if sheet.state == "visible" else "sheet-hidden"
            message = f"the sheet {sheet.name!r} is {hidden}not read, and holds numbers"
            yield Finding(code, message, Cell(book.name, sheet.name))
    if book.flight.format in OLD_FORMATS:
        for name in book.sheet_names:
            if name not in read:
                yield Finding("sheet-not-read", f"the sheet {name!r} is not read", Cell(book.name, name))


def transactions_of(table: TableRead) -> Transactions:
    """The lines of an extract, by column. ``table`` was read with amounts in pence.

    A line without a period takes that of its date; a column that is not there is blank throughout.
    """
    count = len(table.rows)
    blank: Sequence[str] = [""] * count
    dates: Sequence[date] = table.values.get("date", ())
    periods = table.values.get("period", [None] * count)
    if None in distinct_of(periods):
        months = {day: month_number(day) for day in distinct_of(dates)}
        periods = [months[day] if period is None else period for day, period in zip(dates, periods, strict=True)]
    amount = table.headings.columns[table.layout.principal] if table.headings else 1
    return Transactions(
        workbook=table.sheet.workbook,
        sheet=table.sheet.sheet,
        amount_column=column_letter(amount),
        row=table.rows,
        date=dates,
        period=periods,
        cost_centre=table.values.get("cost_centre", blank),
        account=table.values.get("account", blank),
        description=table.values.get("description", blank),
        supplier=table.values.get("supplier", blank),
        reference=table.values.get("reference", blank),
        pence=table.values.get(table.layout.principal, ()),
        basis=table.values.get("basis", blank),
    )
