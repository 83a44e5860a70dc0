"""Which rows call themselves totals, and what each may be the sum of, by where it stands in the table."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, product, takewhile

from breakeven.workbook.total_words import says_total

from .casting import Cast, Table
from .tried_sums import Quick, Weights, money_columns, money_rows

TOTALS = frozenset({"subtotal", "total"})
BALANCES = frozenset({"balance", "movement", "cumulative", "gap", "reserve", "adjustment", "mitigation"})

_NUMBERED = re.compile(r"^[\d.]+[a-z]?\s+")


def is_total(table: Table, row: int) -> bool:
    """Whether a row calls itself a total, or the file says that it is given as one."""
    return says_it_adds(table, row) or table.rows[row].id in (table.case.stated_totals or ())


def says_it_adds(table: Table, row: int) -> bool:
    """Whether a row calls itself a total by its kind or its label; a balance that is given is none."""
    found = table.rows[row]
    return found.kind in TOTALS or says_total(_NUMBERED.sub("", found.label))


class RowRules:
    """What each total of a table is the sum of, as the file says or as is found; filled from the top down."""

    def __init__(self, table: Table, stated: Iterable[Cast]) -> None:
        self.table = table
        self.parts: dict[int, tuple[int, ...]] = {}
        self.signed = any((amount or 0) < 0 for (r, _), amount in table.amounts.items() if not is_total(table, r))
        """Whether lines are printed with the sign that they are added with: some have a minus."""
        columns = money_columns(table)
        self.quick = Quick({r: [table.in_last_places[r, c] for c in columns] for r in range(len(table.rows))})
        for cast in stated:
            if cast.across == "rows" and cast.total:
                self.parts.setdefault(cast.total[0], tuple(dict.fromkeys(row for row, _ in cast.adds)))

    def without_rule(self) -> list[int]:
        """Rows that call themselves totals, and that nothing says the sum of."""
        return [r for r in money_rows(self.table) if r not in self.parts and is_total(self.table, r)]

    def within(self, row: int) -> set[int]:
        """All the rows that a total holds, at any depth."""
        found: set[int] = set()
        waiting = [row]
        while waiting:
            for part in self.parts.get(waiting.pop(), ()):
                if part not in found:
                    found.add(part)
                    waiting.append(part)
        return found

    def likely_runs(self, total: int) -> Iterator[list[int]]:
        """What a total is the sum of more often than not, judged by where it stands.

        The lines right above it that are of one kind, or have one name but for a number; all lines up to the total
        above; those and that total; everything above with each subtotal in place of its lines; the subtotals alone.
        """
        for alike in (self._kind, self._stem):
            run = list(takewhile(lambda row: alike(row) == alike(total - 1), self.own_lines(total)))  # noqa: B023
            if len(run) > 1:
                yield run
        lines = self.own_lines(total)
        if len(lines) > 1:
            yield lines
        above = [row for row in money_rows(self.table) if row < total and row not in lines]
        yield [*lines, *above[-1:]]
        topmost = self.topmost(total, -1)
        yield from (run for run in (topmost, [row for row in topmost if is_total(self.table, row)]) if run)

    def own_lines(self, total: int) -> list[int]:
        """The lines between a total and the total above it, the nearest first."""
        above = reversed([r for r in money_rows(self.table) if r < total])
        return list(takewhile(lambda row: not is_total(self.table, row), above))

    def _kind(self, row: int) -> str:
        return self.table.rows[row].kind

    def _stem(self, row: int) -> str:
        return self.table.rows[row].id.rstrip("0123456789")

    def topmost(self, total: int, step: int) -> list[int]:
        """The rows above a total (or below, with a step of 1), the nearest first, without those held by a subtotal."""
        rows = [r for r in money_rows(self.table) if (r - total) * step > 0][::step]
        held: set[int] = set()
        found: list[int] = []
        for row in rows:
            if row not in held:
                found.append(row)
                held |= self.within(row)
        return found

    def runs(self, total: int, step: int) -> Iterator[list[int]]:
        """Runs of rows right above a total (or below, with a step of 1), each longer than the last by one.

        A subtotal stands in for what it holds; or the lines are taken without their subtotals.
        """
        lines = [r for r in money_rows(self.table) if (r - total) * step > 0 and r not in self.parts][::step]
        for run in (self.topmost(total, step), lines):
            yield from (run[:n] for n in range(2 if step > 0 else 1, len(run) + 1))

    def few(self, total: int, n: int) -> Iterator[Weights]:
        """One, two or three other rows, each added or taken off: totals and balances above, or rows right above."""
        rows = [r for r in money_rows(self.table) if r != total and any(self.table.line(r))]
        if n == 1:
            near = [r for r in rows if r < total or r in self.parts]
        else:
            near = [r for r in rows if r < total and (r >= total - 3 or is_total(self.table, r) or self._is_balance(r))]
        for chosen in combinations(near, n):
            for signs in product((1, -1), repeat=n):
                if n == 1 or all(
                    by > 0 or self.may_be_taken_off(total, row) for row, by in zip(chosen, signs, strict=True)
                ):
                    yield dict(zip(chosen, signs, strict=True))

    def may_be_taken_off(self, total: int, row: int) -> bool:
        """Whether a row may be one that a total takes off.

        In a table of one column with minus figures in it, what is taken off has a minus already, unless it says "less".
        """
        if not self.signed or sum(amount is not None for amount in self.table.line(total)) > 1:
            return True
        found = self.table.rows[row]
        return found.kind == "expenditure" or found.label.casefold().startswith("less")

    def _is_balance(self, row: int) -> bool:
        return self.table.rows[row].kind in BALANCES
