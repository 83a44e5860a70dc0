"""What was said when a period was closed, as its seal keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class SealedFigure:
    """One figure as it was: pounds, or None where open; whether it rested on illustrative cells; its rule in words."""

    amount: Decimal | None
    illustrative: bool
    rule: str
    workbooks: tuple[str, ...] = ()
    """The workbooks that it was read from."""


@dataclass(frozen=True, slots=True)
class SealedLeaf:
    """One cost centre and account, or one source of income, as it was; figures by column."""

    id: str
    label: str
    flow: str
    line: str
    category: str
    cost_centre: str
    method: str
    figures: Mapping[str, SealedFigure]

    def amount(self, column: str) -> Decimal | None:
        """The pounds of one column."""
        return self.figures[column].amount

    @property
    def forecast(self) -> Decimal | None:
        """The forecast outturn: posted, accrued and the rest of the year; None where one of them was open."""
        parts = [self.amount(column) for column in ("posted", "accruals", "rest")]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal("0.00")) if len(known) == len(parts) else None


@dataclass(frozen=True, slots=True)
class Close:
    """One closed period: its least parts, and the seals that hold it and the one before it to what they were."""

    period: int
    closed_on: date
    closed_by: str
    seal: str
    """SHA-256 of everything else in the file."""
    previous: str
    """The seal of the period closed before it; blank for the first."""
    leaves: tuple[SealedLeaf, ...]
    balances: tuple[SealedLeaf, ...]
    """The opening balance and its adjustments, each in the columns of an outturn."""
    since: int | None
    """The period that its movement was measured from."""
    told: Mapping[str, Any]
    """What the pages were told besides: body, state, chart of accounts, rules, notes, inputs, statements."""

    @property
    def forecasts(self) -> Mapping[str, Decimal | None]:
        """The forecast outturn of each least part by its id."""
        return {leaf.id: leaf.forecast for leaf in self.leaves}
