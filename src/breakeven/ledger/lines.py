"""What was to be spent and what was: budget, virements, transactions, accruals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from breakeven.findings import ColumnCells
from breakeven.ledger.coded import codes_of, value_of
from breakeven.ledger.record import (
    Amount,
    Day,
    Kind,
    OptionalAmount,
    OptionalPeriod,
    OptionalText,
    Period,
    Reads,
    Record,
    Text,
)
from breakeven.money import from_pence

if TYPE_CHECKING:
    import pandas as pd

Coding = tuple[str, str]
"""A cost centre and an account: where the finance system posts."""


class BudgetLine(Record):
    """The year's budget of one cost centre and account, in pounds, before and after virements.

    ``p01`` to ``p12`` profile the revised budget by month; either all twelve are given or none.
    """

    cost_centre: Text
    account: Text
    line: Text
    category: Text
    original: Amount
    revised: Amount
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
    def coding(self) -> Coding:
        """Cost centre and account."""
        return self.cost_centre, self.account

    @property
    def profile(self) -> tuple[Decimal | None, ...]:
        """The revised budget by month, April first."""
        return (
            self.p01, self.p02, self.p03, self.p04, self.p05, self.p06,
            self.p07, self.p08, self.p09, self.p10, self.p11, self.p12,
        )  # fmt: skip


class Virement(Record):
    """One side of a budget transfer; the sides under one reference net to nil."""

    ref: Text
    date: Day
    cost_centre: Text
    account: Text
    amount: Amount
    reason: Text
    approved_by: Text

    @property
    def coding(self) -> Coding:
        """Cost centre and account."""
        return self.cost_centre, self.account


class Accrual(Record):
    """A cost moved between years: an accrual adds to this year, a prepayment takes from it.

    ``amount`` is signed as it moves this year's expenditure. ``reversal`` rows undo last year's.
    """

    ref: Text
    kind: Annotated[Literal["accrual", "prepayment", "reversal"], Reads(Kind.TEXT)]
    period: Period
    cost_centre: Text
    account: Text
    description: OptionalText = ""
    amount: Amount
    reverses: OptionalText = ""
    """The year and period in which it is undone, such as ``2024-25 P01``."""

    @property
    def coding(self) -> Coding:
        """Cost centre and account."""
        return self.cost_centre, self.account


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

    def __len__(self) -> int:
        return len(self.pence)

    @cached_property
    def total(self) -> Decimal:
        """All lines, in pounds."""
        return from_pence(sum(self.pence))

    @cached_property
    def by_coding(self) -> Mapping[Coding, "Postings"]:
        """The lines of each cost centre and account, codings in the order they first appear."""
        centres, accounts, bases = codes_of(self.cost_centre), codes_of(self.account), codes_of(self.basis)
        rows: defaultdict[tuple[object, object], list[int]] = defaultdict(list)
        pence: defaultdict[tuple[object, object], int] = defaultdict(int)
        for codes, row, amount in zip(zip(centres, accounts, strict=True), self.row, self.pence, strict=True):
            rows[codes].append(row)
            pence[codes] += amount
        illustrative = {
            (centre, account)
            for centre, account, basis in set(zip(centres, accounts, bases, strict=True))
            if value_of(self.basis, basis) == "illustrative"
        }
        return {
            (value_of(self.cost_centre, codes[0]), value_of(self.account, codes[1])): Postings(
                total=from_pence(pence[codes]),
                cells=ColumnCells(self.workbook, self.sheet, self.amount_column, tuple(rows[codes])),
                illustrative=codes in illustrative,
            )
            for codes in rows
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
