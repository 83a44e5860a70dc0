"""The laws of balances from one year's column to the next, where a table has them.

What a year carries forward the next brings forward; a balance or a cumulative gap moves by the year's movement or gap.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, product
from math import log10

from breakeven.reconciliation.check import Result

from .casting import OF_NO_SUM, Basis, Cast, Table, outcome, with_allowance
from .tried_sums import SURE, Explains, Found, best_of, digits_of, try_sum

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*[/-]\s*\d{2,4})?(?!\d)")
_OPENS = re.compile(r"\b(open\w*|start\w*|brought|b/?fw?d?)\b", re.IGNORECASE)
_STANDS = re.compile(r"\b(cumulative|balances?|reserves?|funds?)\b", re.IGNORECASE)
_STOCKS = frozenset({"balance", "cumulative", "reserve"})
_FLOWS = frozenset({"movement", "gap"})


def steps(table: Table) -> list[tuple[int, int]]:
    """Columns of one year and of the next, whichever way round the table has them."""
    by_heading: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for c, column in enumerate(table.columns):
        if (found := _YEAR.search(column.label)) and not table.is_percent(c):
            rest = (column.label[: found.start()] + column.label[found.end() :]).strip()
            by_heading[rest, column.type].setdefault(int(found[1]), c)
    return [
        (columns[year], columns[later])
        for columns in by_heading.values()
        for year, later in pairwise(sorted(columns))
        if later == year + 1
    ]


def year_casts(table: Table, known: Sequence[Cast], explains: Explains) -> list[Cast]:
    """Every such law that the table keeps, cast from each year to the next; none where it keeps none."""
    found = steps(table)
    if not found:
        return []
    laws: list[Cast] = []
    for candidates in (*_brought_forward(table, found), *_moved(table, found)):
        laws += _kept(table, [law for law in candidates if law], explains, [*known, *laws])
    return laws


def _brought_forward(table: Table, found: list[tuple[int, int]]) -> Iterator[list[Found | None]]:
    """Opening balance = the closing balance of the year before, for each row that opens."""
    rows = _rows(table)
    for opening in rows:
        row = table.rows[opening]
        if not (row.kind in {"balance", "gap"} or _OPENS.search(row.label) or _OPENS.search(row.id)):
            continue
        yield [
            _law(
                table,
                f"{row.id} = {table.rows[closing].id} of the year before",
                [(opening, now, {(closing, before): 1}) for before, now in found],
            )
            for closing in rows
            if closing != opening
        ]


def _moved(table: Table, found: list[tuple[int, int]]) -> Iterator[list[Found | None]]:
    """A year's movement = the balance less that of the year before, or the other way round, for each balance."""
    rows = _rows(table)
    for stock in rows:
        row = table.rows[stock]
        if not (row.kind in _STOCKS or _STANDS.search(row.label)):
            continue
        yield [
            _law(
                table,
                f"{table.rows[flow].id} = {'0 - ' if sign < 0 else ''}change of {row.id}",
                [(flow, now, {(stock, now): sign, (stock, before): -sign}) for before, now in found],
            )
            for flow, sign in product(sorted(rows, key=lambda r: table.rows[r].kind not in _FLOWS), (1, -1))
            if flow != stock
        ]


def _rows(table: Table) -> list[int]:
    return [r for r, row in enumerate(table.rows) if row.kind not in OF_NO_SUM and any(table.line(r))]


def _kept(table: Table, tried: list[Found], explains: Explains, known: Sequence[Cast]) -> tuple[Cast, ...]:
    """The law that holds; or one that one slip keeps from holding, where it has digits enough to be no chance."""
    needed = log10(len(tried) + 1) + SURE
    if best := best_of(tried, needed):
        return best.casts
    for found in sorted(tried, key=lambda each: -each.digits)[:3]:
        digits = found.digits + sum(digits_of(table, cast, exactly=False) for cast in found.broken)
        if len(found.casts) > 2 and digits > needed + log10(80) and explains(found.casts, known):
            return found.casts
    return ()


def _law(table: Table, rule: str, places: list[tuple[int, int, dict[tuple[int, int], int]]]) -> Found | None:
    """One law in each year, unless the table begins there with a balance whose movement it does not have."""
    casts = [
        Cast(rule, "years", Basis.IMPLIED, now, (row, now), {place: Decimal(by) for place, by in adds.items()})
        for row, now, adds in places
    ]
    begins = [cast for cast in casts if any(table.amounts[place] is None for place in cast.adds)]
    unlike = [cast for cast in begins if outcome(table, with_allowance(table, cast)).result is Result.DIFFERS]
    return try_sum(table, [cast for cast in casts if cast not in unlike])
