"""A sum that is tried on a table: where it holds, and to so many digits that it is no chance."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import log10

from breakeven.reconciliation.check import Result

from .casting import OF_NO_SUM, Basis, Cast, Table, outcome, with_allowance

SURE = 1.5
"""Digits of agreement beyond those by which one of the sums tried would agree by chance."""
SURER = 2.5
"""The same where the sum is of any few rows."""

Weights = Mapping[int, int]
"""Rows or columns, and whether each is added or taken off."""

Explains = Callable[[Sequence[Cast], Sequence[Cast]], bool]
"""Whether one slip accounts for every one of some new sums that differ, beside others that are known."""

OneSlip = Callable[[Sequence[Cast]], bool]
"""The same beside all that are known by then."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sum that was tried: its places cast, how many digits agree, and those casts that differ."""

    casts: tuple[Cast, ...]
    digits: float
    broken: tuple[Cast, ...]
    is_exact: bool

    @property
    def is_mostly_right(self) -> bool:
        """Whether it holds at three places for each at which it fails, or at all but one of three."""
        held = len(self.casts) - len(self.broken)
        return len(self.broken) <= max(held // 3, 1 if held > 1 else 0)


def try_rows(table: Table, total: int, adds: Weights) -> Found | None:
    """Cast a sum of rows in every column that has it; None where none has."""
    text = f"{table.rows[total].id} = {_spelt({table.rows[row].id: by for row, by in sorted(adds.items())})}"
    return try_sum(
        table,
        (
            Cast(text, "rows", Basis.FOUND, c, (total, c), {(r, c): Decimal(by) for r, by in adds.items()})
            for c in money_columns(table)
        ),
    )


def try_columns(table: Table, total: int, adds: Weights) -> Found | None:
    """Cast a sum of columns in every row that has it; None where none has."""
    text = f"[{table.columns[total].label}] = {_spelt({f'[{table.columns[c].label}]': by for c, by in adds.items()})}"
    return try_sum(
        table,
        (
            Cast(text, "columns", Basis.FOUND, r, (r, total), {(r, c): Decimal(by) for c, by in adds.items()})
            for r in money_rows(table)
        ),
    )


def _spelt(adds: Mapping[str, int]) -> str:
    text = " ".join(f"{'+' if by > 0 else '-'} {name}" for name, by in adds.items())
    return text.removeprefix("+ ") if text.startswith("+") else "0 " + text


def money_rows(table: Table) -> list[int]:
    """Rows that may be part of a sum."""
    return [r for r, row in enumerate(table.rows) if row.kind not in {*OF_NO_SUM, "memorandum"}]


def money_columns(table: Table) -> list[int]:
    """Columns that may be part of a sum."""
    return [c for c in range(len(table.columns)) if not table.is_percent(c)]


def try_sum(table: Table, casts: Iterable[Cast]) -> Found | None:
    """Cast one sum at some places; None where it is open at all of them."""
    kept: list[Cast] = []
    broken: list[Cast] = []
    digits, of_nil, is_exact = 0.0, 0.0, True
    for cast in (with_allowance(table, each) for each in casts):
        out = outcome(table, cast)
        if out.result is Result.OPEN:
            continue
        kept.append(cast)
        if out.result is Result.DIFFERS:
            broken.append(cast)
            continue
        is_exact &= out.result is Result.AGREES
        if out.stated or len(cast.adds) != 2 or cast.across == "years":
            digits += digits_of(table, cast, exactly=out.result is Result.AGREES)
        else:  # two figures whose difference is nil agree to all their digits
            of_nil += digits_of(table, replace(cast, total=next(iter(cast.adds))), exactly=True)
    return Found(tuple(kept), digits + (of_nil if digits else 0), tuple(broken), is_exact) if kept else None


def digits_of(table: Table, cast: Cast, *, exactly: bool) -> float:
    """To how many digits a sum that holds agrees: those of its total, less what rounding allows; none for nil."""
    stated = abs(table.amounts[cast.total] or Decimal(0)) if cast.total else Decimal(0)
    last = table.half(cast.places) * 2
    slack = Decimal(1) if exactly else 1 + 2 * cast.allowed / last
    return log10(stated / last / slack) if stated > last * slack else 0.0


def best_of(tried: Sequence[Found], needed: float) -> Found | None:
    """The sum that fails least; of those that fail alike, the first to be exact, or the first at all."""
    sure = [found for found in tried if found.is_mostly_right and found.digits >= needed + (1 if found.broken else 0)]
    return min(sure, key=lambda found: (len(found.broken), not found.is_exact), default=None)


class Quick:
    """Sees without much work whether a sum may hold at nearly every place, rounding aside."""

    def __init__(self, lines: Mapping[int, Sequence[int | None]]) -> None:
        self._lines = lines

    def may_hold(self, total: int, adds: Weights) -> bool:
        """Whether a sum is out by more than its terms may be rounded by at a few places at most, and not at all."""
        held, out = 0, 0
        for at, stated in enumerate(self._lines[total]):
            figures = [(by, figure) for each, by in adds.items() if (figure := self._lines[each][at]) is not None]
            if stated is None or not figures:
                continue
            apart = sum(by * figure for by, figure in figures) - stated
            if abs(apart) <= len(adds) + 1:
                held += 1
            else:
                out += 1
                if out > 1 + len(self._lines[total]) // 4:
                    return False
        return held > 0 and out <= max(held // 3, 1)
