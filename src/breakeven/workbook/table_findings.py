"""What the examination of a sheet says of the table read from it: merges, hidden rows, formats, lost results."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from breakeven.findings import Cell, Finding
from breakeven.workbook.headings import column_letter, column_number
from breakeven.workbook.preflight import Preflight
from breakeven.workbook.sheet_facts import SheetFacts
from breakeven.workbook.table import TableRead

_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_CURRENCY = re.compile(r"\[\$([^\]-]+)|([€$¥₹]|USD|EUR)")


def table_findings(flight: Preflight, facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    """Findings that need both the table (which column, which rows) and the facts of its sheet."""
    if table.headings is None:
        return
    yield from _merges(facts, table)
    yield from _hidden(facts, table)
    yield from _formats(flight, facts, table)


def with_lost_results(facts: SheetFacts, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings with a blank told apart from a formula whose result is not in the file."""
    lost = set(facts.uncached.first)
    for finding in findings:
        if finding.code == "amount-blank" and finding.at.ref in lost:
            message = "the cell holds a formula whose result is not in the file; open it in Excel and save it"
            yield replace(finding, code="formula-no-result", message=message)
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
            if name is None or not table.layout.columns[name].is_number:
                continue
            for i in range(bisect_left(table.rows, top), bisect_left(table.rows, bottom + 1)):
                is_shown = table.rows[i] == top and column == left
                if not is_shown and table.values[name][i] is not None:
                    message = f"beneath the merged cells {merged} stands an amount that does not show; it is read"
                    yield Finding("merge-hides", message, table.cell(table.rows[i], name))


def _hidden(facts: SheetFacts, table: TableRead) -> Iterator[Finding]:
    rows = set(table.rows) if facts.hidden_rows else set()
    hidden = [ref for ref in facts.hidden_rows.first if ref.isdigit() and int(ref) in rows]
    at = Cell(table.sheet.workbook, table.sheet.sheet)
    if hidden:
        why = "a filter or hand hides" if facts.filtered else "someone has hidden"
        more = f" and {len(hidden) - 5} more" if len(hidden) > 5 else ""
        message = f"{why} rows {', '.join(hidden[:5])}{more}; they are read like any other"
        yield Finding("rows-hidden", message, replace(at, ref=f"{hidden[0]}:{hidden[0]}"))
    used = set(table.headings.columns.values()) if table.headings else set()
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
        for style, ref in seen.styles.items():
            code = flight.number_formats[style] if 0 <= style < len(flight.number_formats) else ""
            row = int(re.sub(r"\D", "", ref) or 0)
            if headings and row >= headings.row + headings.rows and (found := _told(code)):
                yield Finding(found[0], found[1], Cell(table.sheet.workbook, table.sheet.sheet, ref))


def _told(code: str) -> tuple[str, str] | None:
    """What a number format makes of an amount: the finding's code and words; None for an ordinary one."""
    currency = _CURRENCY.search(code)
    sign = (currency[1] or currency[2]).strip() if currency else ""
    if sign and sign not in {"£", "GBP"}:
        return "amount-currency", f"the amount is shown in {sign}, not pounds"
    plain = _QUOTED.sub("", code)
    if "%" in plain:
        return "amount-format", "the amount is shown as a percentage; it is read as the number beneath"
    if code.replace(" ", "") == ";;;":
        return "amount-format", "a format hides the amount; it is read"
    if re.search(r"[0#?],+(?![0#?,])", plain):
        return "amount-format", "the amount is shown in thousands or millions; it is read as the number beneath"
    return None
