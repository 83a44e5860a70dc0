"""What is wrong with lines that read well cell by cell: dates, codes, signs, and lines that stand twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from breakeven.findings import Finding
from breakeven.ledger.coded import codes_of, distinct_of, distinct_pairs
from breakeven.ledger.record import Kind
from breakeven.periods import month_number, period_name
from breakeven.workbook.row_rules import row_findings
from breakeven.workbook.table import TableRead

REGISTERS = frozenset({"accruals", "overrides", "explanations"})
"""Tables whose date says when a row was written, beside the period that it is about."""

LISTED = 20
"""Findings of one kind listed line by line; the rest are counted in one more."""


def line_findings(table: TableRead) -> Iterator[Finding]:
    """Every finding about accepted lines, as the table's layout has rules for them."""
    for found in (
        _outside_year(table),
        _other_period(table),
        _unknown_codes(table),
        _signs(table),
        _twice(table),
        row_findings(table),
    ):
        yield from _at_most(list(found))


def _at_most(findings: Sequence[Finding]) -> Iterator[Finding]:
    yield from findings[:LISTED]
    if len(findings) > LISTED:
        first = findings[LISTED]
        yield Finding(first.code, f"{first.message}; and {len(findings) - LISTED - 1:,} more like it", first.at)


def _holds(table: TableRead, name: str, kind: Kind) -> bool:
    """Whether a column is there, and holds what its name stands for with us; a layout may use the name otherwise."""
    return name in table.values and table.layout.columns[name].kind is kind


def _rows_with(table: TableRead, name: str, wanted: set[Any]) -> Iterator[tuple[int, Any]]:
    if wanted:
        yield from ((row, v) for row, v in zip(table.rows, table.values[name], strict=True) if v in wanted)


def _outside_year(table: TableRead) -> Iterator[Finding]:
    first, last = table.layout.first_day, table.layout.last_day
    if first is None or last is None or "date" not in table.values:
        return
    outside = {day for day in distinct_of(table.values["date"]) if isinstance(day, date) and not first <= day <= last}
    for row, day in _rows_with(table, "date", outside):
        message = f"{day:%d/%m/%Y} is outside the year {first:%d/%m/%Y} to {last:%d/%m/%Y}"
        yield Finding("date-outside-year", message, table.cell(row, "date"))


def _other_period(table: TableRead) -> Iterator[Finding]:
    """A date of the year in another period than the one beside it; P13 takes adjustments of any date.

    Only of postings: an entry of a register is made after its period's end.
    """
    if table.layout.name in REGISTERS or not (
        _holds(table, "date", Kind.DATE) and _holds(table, "period", Kind.PERIOD)
    ):
        return
    pairs = distinct_pairs(table.values["date"], table.values["period"])
    first, last = table.layout.first_day or date.min, table.layout.last_day or date.max
    within = [pair for pair in pairs if None not in pair and first <= pair[0] <= last]
    apart = {pair for pair in within if pair[1] <= 12 and month_number(pair[0]) != pair[1]}
    if not apart:
        return
    for row, day, period in zip(table.rows, table.values["date"], table.values["period"], strict=True):
        if (day, period) in apart:
            message = f"{day:%d/%m/%Y} is not in {period_name(period)}"
            yield Finding("period-differs", message, table.cell(row, "period"))


def _unknown_codes(table: TableRead) -> Iterator[Finding]:
    for name, known in (("cost_centre", table.layout.cost_centres), ("account", table.layout.accounts)):
        if not known or not _holds(table, name, Kind.TEXT):
            continue
        for row, code in _rows_with(table, name, distinct_of(table.values[name]) - set(known)):
            padded = next((each for each in known if each.lstrip("0") == code), "")
            hint = f"; {padded} is, and a cell that holds it as a number loses its noughts" if padded else ""
            message = f"{code!r} is no {name.replace('_', ' ')} that is known{hint}"
            yield Finding("code-unknown", message, table.cell(row, name))


def _signs(table: TableRead) -> Iterator[Finding]:
    """Every line of income negative: the sheet signs income the other way round, and adds it with costs."""
    begins, principal = table.layout.income_accounts, table.layout.principal
    if not begins or not _holds(table, "account", Kind.TEXT):
        return
    if not any((account or "").startswith(begins) for account in distinct_of(table.values["account"])):
        return
    income = [
        (row, amount)
        for row, account, amount in zip(table.rows, table.values["account"], table.values[principal], strict=True)
        if (account or "").startswith(begins) and amount is not None
    ]
    if income and all(amount < 0 for _, amount in income):
        cells = ", ".join(table.cell(row, principal).ref for row, _ in income[:LISTED])
        message = f"every line of income is negative ({cells}); income and expenditure are both to be positive"
        yield Finding("sign-reversed", message, table.cell(income[0][0], principal))


def _twice(table: TableRead) -> Iterator[Finding]:
    """Lines that are the same in every column that is read."""
    if "date" not in table.values:
        return
    for places in _alike(table):
        rows = [table.rows[i] for i in places]
        for row in rows[1:]:
            first, again = (table.cell(each, table.layout.principal) for each in (rows[0], row))
            message = f"row {row} is the same line as row {rows[0]} ({first.ref} and {again.ref}); both are counted"
            yield Finding("line-twice", message, again)


def _alike(table: TableRead) -> Iterable[Sequence[int]]:
    """Places of lines that are alike: column by column, those that are like no other are left out.

    References come first and amounts next: where no two are the same, that settles it.
    """
    first = [name for name in ("reference", table.layout.principal) if name in table.values]
    places: list[int] = list(range(len(table.rows)))
    keys: list[Any] = [()] * len(places)
    for name in dict.fromkeys([*first, *table.values]):
        codes = codes_of(table.values[name])
        if len(places) == len(codes) == len(set(codes)):
            return ()
        keys = list(zip(keys, map(codes.__getitem__, places), strict=True))
        times = Counter(keys)
        kept = [i for i, key in enumerate(keys) if times[key] > 1]
        places = [places[i] for i in kept]
        keys = [keys[i] for i in kept]
    groups: defaultdict[Any, list[int]] = defaultdict(list)
    for place, key in zip(places, keys, strict=True):
        groups[key].append(place)
    return groups.values()
