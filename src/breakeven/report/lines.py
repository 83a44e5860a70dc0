"""Every line that was read, as CSV: where it stands, then its fields. Written whole or not at all."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from breakeven.ledger.record import Kind
from breakeven.money import from_pence
from breakeven.periods import period_name
from breakeven.report.data import decimal_string, text_cell
from breakeven.workbook.book import BULK_TABLES
from breakeven.workbook.table_read import TableRead


def lines_csv(tables: Sequence[TableRead]) -> str:
    """The lines of some tables, in the order of their rows, under the fields of them all.

    Amounts are in pounds, whatever unit a sheet is in; dates are as 2024-03-31. No text can run as a formula.
    """
    fields = list(dict.fromkeys(name for table in tables for name in table.values))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["workbook", "sheet", "row", *fields])
    for table in tables:
        place = [text_cell(table.sheet.workbook), text_cell(table.sheet.sheet)]
        columns = [list(_texts(table, name)) if name in table.values else [""] * len(table.rows) for name in fields]
        writer.writerows([*place, row, *line] for row, *line in zip(table.rows, *columns, strict=True))
    return out.getvalue()


def _texts(table: TableRead, name: str) -> Iterator[str]:
    kind = table.layout.columns[name].kind
    in_pence = kind is Kind.AMOUNT and table.layout.name in BULK_TABLES
    for value in table.values[name]:
        yield _text(from_pence(value) if in_pence and value is not None else value, kind)


def _text(value: Any, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return decimal_string(value, money=kind is Kind.AMOUNT) or ""
    if kind is Kind.PERIOD:
        return period_name(value)
    return text_cell(value if isinstance(value, str) else str(value))
