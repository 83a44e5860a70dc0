"""What the examination of a sheet says of the table read from it: merges, hidden rows, formats, lost results."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from breakeven.findings import Cell, Finding
from breakeven.workbook.amount_formats import told_of_amount
from breakeven.workbook.headings import column_letter, column_number
from breakeven.workbook.preflight import Preflight
from breakeven.workbook.sheet_facts import SheetFacts
from breakeven.workbook.table_read import TableRead

_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
NO_RESULT = "the cell holds a formula whose result is not in the file; open it in Excel and save it"

FEW_ROWS = 50
"""Rows up to which every cell of a sheet was scanned by itself, so that all its number formats are known by cell."""


def table_findings(flight: Preflight, facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    """Findings that need both the table (which column, which rows) and the facts of its sheet."""
    if table.headings is None:
        return
    yield from _merges(facts, table)
    yield from _hidden(facts, table)
    yield from _formats(flight, facts, table)
    yield from _lost_results(facts, table)
    yield from _left_to_excel(flight, facts, table)
    if facts.state != "visible":
        yield Finding("sheet-hidden", "the sheet is hidden, and is read", table.sheet)


def with_lost_results(facts: SheetFacts, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings with a blank told apart from a formula whose result is not in the file."""
    lost = set(facts.uncached.first)
    for finding in findings:
        if finding.code == "amount-blank" and finding.at.ref in lost:
            yield replace(finding, code="formula-no-result", message=NO_RESULT)
        else:
            yield finding


def _merges(facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    """An amount beneath a merge is read, though nobody sees it."""
    columns = {column: name for name, column in table.headings.columns.items()} if table.headings else {}
    for merged in facts.merges.first:
        found = _RANGE.fullmatch(merged)
        if not found or not found[3]:
            continue
        left, top, right, bottom = column_number(found[1]), int(found[2]), column_number(found[3]), int(found[4])
        for column in range(left, right + 1):
            name = columns.get(column)
            if name is None:
                continue
            what = "an amount" if table.layout.columns[name].is_number else "a text"
            for i in range(bisect_left(table.rows, top), bisect_left(table.rows, bottom + 1)):
                is_shown = table.rows[i] == top and column == left
                if not is_shown and table.values[name][i] not in {None, ""}:
                    message = f"beneath the merged cells {merged} stands {what} that does not show; it is read"
                    yield Finding("merge-hides", message, table.cell(table.rows[i], name))


def _hidden(facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    rows = set(table.rows) if facts.hidden_rows else set[int]()
    hidden = [ref for ref in facts.hidden_rows.first if ref.isdigit() and int(ref) in rows]
    at = Cell(table.sheet.workbook, table.sheet.sheet)
    if hidden:
        why = "a filter or hand hides" if facts.filtered else "someone has hidden"
        more = f" and {len(hidden) - 5} more" if len(hidden) > 5 else ""
        message = f"{why} rows {', '.join(hidden[:5])}{more}; they are read like any other"
        yield Finding("rows-hidden", message, replace(at, ref=f"{hidden[0]}:{hidden[0]}"))
    used = set(table.headings.columns.values()) if table.headings else set[int]()
    for ref in facts.hidden_columns:
        first, _, last = ref.partition(":")
        covered = used & set(range(column_number(first), column_number(last or first) + 1))
        if covered:
            letters = ", ".join(column_letter(column) for column in sorted(covered))
            yield Finding("columns-hidden", f"columns {letters} are hidden and are read", replace(at, ref=ref))


def _formats(flight: Preflight, facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    """Amounts that a number format shows as something else than the pounds they are read as."""
    headings = table.headings
    for name, column in headings.columns.items() if headings else ():
        seen = facts.columns.get(column)
        if seen is None or table.layout.columns[name].kind != "amount":
            continue
        unit = table.units.get(name, "£")
        is_said = table.layout.unit is not None
        for style, first in seen.styles.items():
            code = flight.number_formats[style] if 0 <= style < len(flight.number_formats) else ""
            ref = seen.number_styles.get(style, first if facts.rows > FEW_ROWS else "")
            row = int(re.sub(r"\D", "", ref) or 0)
            below = headings is not None and row >= headings.row + headings.rows
            if (below or (ref and facts.rows > FEW_ROWS)) and (found := told_of_amount(code, unit, is_said=is_said)):
                yield Finding(found[0], found[1], Cell(table.sheet.workbook, table.sheet.sheet, ref))


def _lost_results(facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    """Formulas without a result where a number may stand blank, and in rows that were passed over for want of one."""
    headings = table.headings
    if headings is None or not facts.uncached:
        return
    numbers = {column for name, column in headings.columns.items() if table.layout.columns[name].is_number}
    said = {finding.at.ref for finding in table.findings}
    aside = {total.row for total in table.totals}
    for ref in facts.uncached.first:
        found = _RANGE.fullmatch(ref)
        if found is None or ref in said or column_number(found[1]) not in numbers:
            continue
        row = int(found[2])
        last = table.layout.last_row or row
        if headings.row + headings.rows <= row <= last and row >= (table.layout.first_row or 1) and row not in aside:
            yield Finding("formula-no-result", NO_RESULT, replace(table.sheet, ref=ref))


def _left_to_excel(flight: Preflight, facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    rows = set(table.rows) if flight.left_to_excel else set[int]()
    for name, column in table.headings.columns.items() if table.headings and rows else ():
        ref = facts.columns[column].kinds.get("number formula", "") if column in facts.columns else ""
        if ref and table.layout.columns[name].is_number and int(re.sub(r"\D", "", ref)) in rows:
            message = (
                "whoever wrote the file left its formulas for Excel to work out, so that their results may be old or "
                "nought; open it in Excel and save it"
            )
            yield Finding("formula-left", message, replace(table.sheet, ref=ref))
