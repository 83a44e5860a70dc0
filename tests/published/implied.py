"""The sums that a table implies without a rule: which column comes of which others, and what a total is the sum of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from math import log10

from .casting import Cast, Table
from .row_rules import RowRules
from .totals import found_rows
from .tried_sums import SURE, Explains, Found, Quick, Weights, best_of, money_rows, try_columns


def found_columns(table: Table, stated: Iterable[Cast]) -> Iterator[Found]:
    """What every column without a rule is the sum of, where it is that of columns before it in nearly every row."""
    ruled = {cast.total[1] for cast in stated if cast.across == "columns" and cast.total}
    rows = money_rows(table)
    quick = Quick({c: [table.in_last_places[r, c] for r in rows] for c in range(len(table.columns))})
    for total in range(2, len(table.columns)):
        if total in ruled or table.is_percent(total) or _is_year(table.columns[total].label):
            continue
        candidates = list(_few_columns([c for c in range(total) if table.columns[c].type == table.columns[total].type]))
        hopeful = [adds for adds in candidates if quick.may_hold(total, adds)]
        tried = [found for adds in hopeful if (found := try_columns(table, total, adds))]
        if best := best_of(tried, log10(len(candidates) + 1) + SURE):
            yield best


def _few_columns(before: Sequence[int]) -> Iterator[Weights]:
    """Runs of columns that end right before the total, the longest first; then any two or three, added or taken off."""
    for start in range(len(before) - 1):
        yield dict.fromkeys(before[start:], 1)
    for n in (2, 3):
        for chosen in combinations(before, n):
            for signs in product((1, -1), repeat=n):
                if 1 in signs:
                    yield dict(zip(chosen, signs, strict=True))


def _is_year(label: str) -> bool:
    return label.strip()[:4].isdigit()


def found_casts(table: Table, stated: Sequence[Cast], explains: Explains) -> list[Cast]:
    """Every sum that the table implies and the file gives no rule for."""
    across = [cast for found in found_columns(table, stated) for cast in found.casts]
    known = [*stated, *across]
    return across + [
        cast for found in found_rows(table, RowRules(table, stated), known, explains) for cast in found.casts
    ]
