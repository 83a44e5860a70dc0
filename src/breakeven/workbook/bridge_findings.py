"""The sheet Bridge against the rest: indicators and lines that there are none of, and what a step cannot be."""

from collections.abc import Iterator, Mapping, Sequence

from breakeven.findings import Cell, Finding
from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.changes import unknown_name
from breakeven.ledger.chart import slug
from breakeven.ledger.targets import INCOME_LINES, lines_named
from breakeven.ledger.year import Body
from breakeven.workbook.chart_findings import Records
from breakeven.workbook.names import nearest


def bridge_findings(body: Body, records: Records, whole: Mapping[str, Cell]) -> Iterator[Finding]:
    """Everything that is wrong with the bridge.

    whole: the tables that were read without a row held back, of which alone it can be said that a row is missing.
    """
    rows: Sequence[BridgeRow] = records.get("bridge", ())
    refs = list(dict.fromkeys(kpi.ref for kpi in records.get("kpis", ())))
    known = {slug(ref) for ref in refs}
    first: dict[str, BridgeRow] = {}
    for row in rows:
        for ref in row.indicators:
            if "kpis" in whole and slug(ref) not in known:
                yield Finding("bridge-unfit", f"{row.ref}: the sheet KPIs has no {ref!r}{nearest(ref, refs)}", row.at)
        begun = first.setdefault(slug(row.ref), row)
        if (row.step, row.unit, row.driver) != (begun.step, begun.unit, begun.driver):
            message = f"{row.ref}: what moves and its step are not those of its first row, at {begun.at.ref}"
            yield Finding("bridge-unfit", message, row.at)
        if begun is not row and not (row.line and begun.line):
            message = f"{row.ref}: of this row and its first, at {begun.at.ref}, one says that no line is moved"
            yield Finding("bridge-unfit", message, row.at)
        if row.line and (why := _unfit(row, body, records)):
            yield Finding("bridge-unfit", f"{row.ref}: {why}", row.at)


def _unfit(row: BridgeRow, body: Body, records: Records) -> str:
    """Why a row cannot move its line; blank where it can."""
    lines = lines_named(row.line, body)
    if not lines:
        return unknown_name(row.line, body, records.get("savings", ()))
    if row.what in {"number", "price"} and not INCOME_LINES.keys().isdisjoint(lines):
        return f"{row.line!r} is income, which has no {row.what}; its amount is in pounds"
    if (row.what == "amount" or row.role or row.measure) and len(lines) > 1:
        return f"{row.line!r} is {len(lines)} lines, and what this row changes is of one"
    return ""
