"""Rates that Excel holds as fractions: typing 3% gives 0.03, which would be read as 0.03 per cent."""

import re
from collections.abc import Iterator
from dataclasses import replace

from breakeven.findings import Finding
from breakeven.ledger.record import Kind
from breakeven.workbook.preflight import Preflight
from breakeven.workbook.table_findings import FEW_ROWS
from breakeven.workbook.table_read import TableRead

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def percent_findings(flight: Preflight, table: TableRead) -> Iterator[Finding]:
    """Numbers, other than amounts, that a format shows as per cent: the first cell of each format."""
    facts = flight.sheet(table.sheet.sheet)
    if facts is None or table.headings is None:
        return
    for name, column in table.headings.columns.items():
        seen = facts.columns.get(column)
        if seen is None or table.layout.columns[name].kind is not Kind.NUMBER:
            continue
        for style, first in seen.styles.items():
            code = flight.number_formats[style] if 0 <= style < len(flight.number_formats) else ""
            ref = seen.number_styles.get(style, first if facts.rows > FEW_ROWS else "")
            if ref and "%" in _LITERAL.sub("", code):
                message = (
                    "the number is shown as a percentage, so that 3% is held as 0.03 and would be read as 0.03 per "
                    "cent; make the cell's format a plain number and type 3 for 3 per cent"
                )
                yield Finding("percent-as-fraction", message, replace(table.sheet, ref=ref))
