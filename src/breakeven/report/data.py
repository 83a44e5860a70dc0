"""Statements as JSON and CSV: money as decimal strings, the same rows as on a page."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from breakeven.findings import visible
from breakeven.ledger.year import WasRead
from breakeven.money import PENNY
from breakeven.reconciliation.check import Check
from breakeven.report.statement import Column, ColumnKind, Row, Statement, Value


def decimal_string(value: Decimal | None, *, money: bool = True) -> str | None:
    """Pounds and pence as ``-4253670.00``; None stays None. Nothing is rounded: a part of a penny would show."""
    if value is None:
        return None
    exact = value.quantize(PENNY) if money and value == value.quantize(PENNY) else value
    return f"{exact:f}"


def unit_code(unit: str) -> str:
    """A unit as data names it: ``GBP`` for pounds; ``number`` and ``%`` are as they are."""
    return "GBP" if unit == "£" else unit


def statement_data(statement: Statement) -> dict[str, Any]:
    """A statement as plain data, in the form of the design: rows by id, values by column id."""
    return {
        "body": statement.body,
        "title": statement.title,
        "state": statement.state,
        "unit": statement.unit,
        "columns": [{"id": column.id, "label": column.label} for column in statement.columns],
        "rows": [
            {
                "id": row.id,
                "label": row.label,
                "kind": row.kind.value,
                "level": row.level,
                "values": {column.id: _data_value(row, column) for column in statement.columns},
                "reading": dict(row.reading),
                "illustrative": sorted(row.illustrative),
            }
            for row in statement.rows
        ],
        "summary": list(statement.summary),
        "sign_note": statement.signs,
        "notes": list(statement.notes),
        "sources": list(statement.sources),
    }


def _data_value(row: Row, column: Column) -> str | None:
    value: Value = row.values.get(column.id)
    if value is None or isinstance(value, str):
        return value
    return decimal_string(value, money=column.kind in {ColumnKind.AMOUNT, ColumnKind.PENCE} and row.unit == "£")


def checks_data(checks: Sequence[Check]) -> dict[str, Any]:
    """The reconciling tests as plain data."""
    return {
        "tests": [
            {
                "id": check.id,
                "label": check.label,
                "side_a": decimal_string(check.side_a.amount, money=check.unit == "£"),
                "side_b": decimal_string(check.side_b.amount, money=check.unit == "£"),
                "difference": decimal_string(check.difference, money=check.unit == "£"),
                "result": check.result.value,
                "cause": check.cause,
                "unit": unit_code(check.unit),
                "side_a_is": check.side_a.label,
                "side_b_is": check.side_b.label,
            }
            for check in checks
        ]
    }


def reading_data(read: WasRead) -> dict[str, Any]:
    """What was read of each file, and the findings.

    lines and total are what was accepted, and is gone on with; accepted + held_back + set_aside is all_numbers.
    """
    return {
        "files": [
            {
                "file": file.name,
                "sha256": file.sha256,
                "sheets": [
                    {
                        "sheet": tally.sheet,
                        "heading": tally.heading,
                        "lines": tally.accepted_lines,
                        "accepted": decimal_string(tally.accepted),
                        "held_back": decimal_string(tally.held_back),
                        "set_aside": decimal_string(tally.set_aside),
                        "total": decimal_string(tally.accepted),
                        "held_back_lines": tally.held_back_lines,
                        "set_aside_lines": tally.set_aside_lines,
                        "all_numbers": decimal_string(tally.total),
                        "all_lines": tally.lines,
                    }
                    for tally in read.tallies
                    if tally.workbook == file.name
                ],
            }
            for file in read.inputs
        ],
        "findings": findings_data(read.findings),
        "lines": sum(tally.accepted_lines for tally in read.tallies),
        "total": decimal_string(sum((tally.accepted for tally in read.tallies), Decimal(0))),
    }


def findings_data(findings: Sequence[Any]) -> list[dict[str, str]]:
    """Findings as plain data, in the order they were found."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "message": finding.message,
            "workbook": finding.at.workbook,
            "sheet": finding.at.sheet,
            "cell": finding.at.ref,
        }
        for finding in findings
    ]


def json_text(data: Any) -> str:
    """JSON that a person can read, keys in the order given; what a terminal would obey is written by its code."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    obeyed = {ch for ch in set(text) if ch != "\n" and visible(ch) != ch}
    return text.translate({ord(ch): json.dumps(ch)[1:-1] for ch in obeyed})


def csv_text(statement: Statement) -> str:
    """A statement as CSV, ids beside labels. An apostrophe keeps text that a spreadsheet would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["id", "label", "kind", "level", *(column.id for column in statement.columns), "reading", "illustrative"]
    )
    for row in statement.rows:
        values = [_csv_value(_data_value(row, column), column) for column in statement.columns]
        reading = " ".join(dict.fromkeys(row.reading.values()))
        marks = " ".join(sorted(row.illustrative))
        writer.writerow([text_cell(row.id), text_cell(row.label), row.kind.value, row.level, *values, reading, marks])
    return out.getvalue()


def _csv_value(value: str | None, column: Column) -> str:
    if value is None:
        return ""
    return text_cell(value) if column.kind is ColumnKind.TEXT else value


def text_cell(text: str) -> str:
    """Text for a CSV cell: an apostrophe before what would run as a formula; what a terminal obeys, by its code."""
    shown = "\t".join(visible(part) for part in text.split("\t"))
    return f"'{shown}" if shown.lstrip()[:1] in set("=+-@") or shown[:1] == "\t" else shown
