"""What was to be spent and what was: budget, virements, transactions, accruals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from breakeven.findings import ColumnCells
from breakeven.ledger.coded import coded, distinct_of
from breakeven.ledger.record import (
    Amount,
    Day,
    Kind,
    OptionalAmount,
    OptionalDay,
    OptionalPeriod,
    OptionalText,
    Period,
    Reads,
    Record,
    Text,
)
from breakeven.money import from_pence
from breakeven.periods import MONTHS, Year, parse_year_and_period

if TYPE_CHECKING:
    import pandas as pd

Coding = tuple[str, str]
"""A cost centre and an account: where the finance system posts."""


class OnCode(Record):
    """A row that is on one cost centre and account."""

    cost_centre: Text
    account: Text

    @property
    def coding(self) -> Coding:
        """Cost centre and account."""
        return self.cost_centre, self.account


class ByMonth(OnCode):
    """A row with twelve amounts in pounds, P01 (April) first; blank is not known."""

    p01: OptionalAmount = None
    p02: OptionalAmount = None
    p03: OptionalAmount = None
    p04: OptionalAmount = None
    p05: OptionalAmount = None
    p06: OptionalAmount = None
    p07: OptionalAmount = None
    p08: OptionalAmount = None
    p09: OptionalAmount = None
    p10: OptionalAmount = None
    p11: OptionalAmount = None
    p12: OptionalAmount = None

    @property
    def months(self) -> tuple[Decimal | None, ...]:
        """The twelve amounts; None where a month is not known."""
        return tuple(getattr(self, f"p{n:02d}") for n in range(1, 13))


class BudgetLine(ByMonth):
    """The year's budget of one cost centre and account, in pounds, before and after virements.

    ``p01`` to ``p12`` profile the revised budget by month; either all twelve are given or none.
    """

    line: Text
    category: Text
    original: Amount
    revised: Amount
    profile_name: OptionalText = ""
    """How the budget falls over the months where not by the twelve figures: a profile of breakeven.toml."""


class Virement(OnCode):
    """One side of a budget transfer; the sides under one reference net to nil."""

    ref: Text
    date: Day
    amount: Amount
    reason: Text
    approved_by: Text


class Accrual(OnCode):
    """A cost moved between periods: an accrual adds to its own period, a prepayment takes from it.

    ``amount`` is signed as it moves the period's expenditure. It is undone by itself in the next period, or in the
    one ``reverses`` names; what P12 or P13 holds is undone in the next year. ``reversal`` rows undo last year's.
    """

    ref: Text
    kind: Annotated[Literal["accrual", "prepayment", "reversal"], Reads(Kind.TEXT)]
    period: Period
    description: OptionalText = ""
    amount: Amount
    reverses: OptionalText = ""
    """The year and period in which it is undone, such as ``2024-25 P01``; blank for the next one."""
    date: OptionalDay = None
    """When it was entered."""
    reason: OptionalText = ""

    def undone_in(self, year: Year) -> int | None:
        """The period of ``year`` in which it is undone by itself; None where that is in no period of it.

        Raises ValueError where ``reverses`` is no year and period.
        """
        if self.kind == "reversal":
            return None
        if not self.reverses:
            return self.period + 1 if self.period < MONTHS else None
        when, period = parse_year_and_period(self.reverses)
        return period if when == year else None

    def stands_at(self, year: Year, period: int) -> bool:
        """Whether it counts in the year to the end of ``period``: it has been entered, and not yet undone."""
        undone = self.undone_in(year)
        return self.period <= period and (undone is None or period < undone)


class LastYearLine(ByMonth):
    """What one cost centre and account came to last year, in pounds, by month where that is known."""

    outturn: Amount


class ControlTotal(Record):
    """How many lines a column holds and what they come to, typed from the system it was taken from."""

    sheet: Text
    column: Text
    lines: Annotated[int, Reads(Kind.COUNT)]
    total: Annotated[Decimal, Reads(Kind.NUMBER)]
    """Pounds for a column of amounts; a plain sum for rates and numbers."""


class Transaction(Record):
    """One line of the finance system's extract; an extract is held in bulk by ``Transactions``."""

    date: Day
    period: OptionalPeriod = None
    """Where it is not given, that of the date."""
    cost_centre: Text
    account: Text
    description: OptionalText = ""
    supplier: OptionalText = ""
    reference: OptionalText = ""
    amount: Amount


@dataclass(frozen=True)
class Transactions:
    """The finance system's extract, held by column; amounts in whole pence, costs positive.

    Every column has one entry a line, in the order of the sheet. ``row`` is the sheet's own row number.
    """

    workbook: str
    sheet: str
    amount_column: str
    row: Sequence[int]
    date: Sequence[date]
    period: Sequence[int]
    cost_centre: Sequence[str]
    account: Sequence[str]
    description: Sequence[str]
    supplier: Sequence[str]
    reference: Sequence[str]
    pence: Sequence[int]
    basis: Sequence[str]

    @classmethod
    def without_lines(cls, workbook: str = "", sheet: str = "", amount_column: str = "") -> "Transactions":
        """An extract that holds nothing, and where its sheet would stand, as far as that is known."""
        nothing: Any = {column.name: () for column in fields(cls)[3:]}
        return cls(workbook, sheet, amount_column, **nothing)

    def __len__(self) -> int:
        return len(self.pence)

    @cached_property
    def total(self) -> Decimal:
        """All lines, in pounds."""
        return from_pence(sum(self.pence))

    @cached_property
    def last_period(self) -> int | None:
        """The last period that anything is posted in; None where nothing is."""
        return max(distinct_of(self.period), default=None)

    def to_period(self, period: int) -> "Transactions":
        """The lines of the periods up to and with ``period``."""
        if self.last_period is None or period >= self.last_period:
            return self
        places = [place for place, posted in enumerate(self.period) if posted <= period]
        columns: dict[str, Any] = {}
        for column in fields(self)[3:]:
            values: Sequence[Any] = getattr(self, column.name)
            columns[column.name] = [values[place] for place in places]
        return replace(self, **columns)

    @cached_property
    def by_coding(self) -> Mapping[Coding, "Postings"]:
        """The lines of each cost centre and account, codings in the order they first appear."""
        if not len(self):
            return {}
        import numpy as np  # noqa: PLC0415  (a third of a second to import, which the plan has done)

        centre, account, basis = (coded(column) for column in (self.cost_centre, self.account, self.basis))
        key = np.asarray(centre.codes, dtype="int64") * len(account.distinct) + np.asarray(account.codes)
        order = np.argsort(key.astype(np.min_scalar_type(int(key.max()))), kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        totals = np.add.reduceat(np.asarray(self.pence, dtype="int64")[order], starts)
        marked = np.asarray([word == "illustrative" for word in basis.distinct])[np.asarray(basis.codes)]
        illustrative = np.logical_or.reduceat(marked[order], starts)
        rows: list[int] = np.asarray(self.row, dtype="int64")[order].tolist()
        firsts: list[int] = order[starts].tolist()
        bounds: list[int] = [*starts.tolist(), len(rows)]
        return {
            (self.cost_centre[first], self.account[first]): Postings(
                total=from_pence(int(totals[i])),
                cells=ColumnCells(
                    self.workbook, self.sheet, self.amount_column, tuple(rows[bounds[i] : bounds[i + 1]])
                ),
                illustrative=bool(illustrative[i]),
            )
            for first, i in sorted(zip(firsts, range(len(firsts)), strict=True))
        }

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """The same lines as a pandas frame; ``pence`` is int64, ``row`` the row of the sheet."""
        import pandas as pd  # noqa: PLC0415  (a second to import; only this view needs it)

        return pd.DataFrame(
            {
                "row": pd.array(list(self.row), dtype="int64"),
                "date": pd.to_datetime(list(self.date)),
                "period": pd.array(list(self.period), dtype="int8"),
                "cost_centre": list(self.cost_centre),
                "account": list(self.account),
                "description": list(self.description),
                "supplier": list(self.supplier),
                "reference": list(self.reference),
                "pence": pd.array(list(self.pence), dtype="int64"),
                "basis": list(self.basis),
            }
        )


@dataclass(frozen=True, slots=True)
class Postings:
    """The transactions of one coding: their sum in pounds and the cells it was read from."""

    total: Decimal
    cells: ColumnCells
    illustrative: bool
