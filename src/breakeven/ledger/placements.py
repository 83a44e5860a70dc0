"""Placements of children in care: by type and month, and child by child."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from breakeven.ledger.lines import OnCode
from breakeven.ledger.record import (
    Amount,
    BasisText,
    Count,
    Day,
    Kind,
    OptionalAmount,
    OptionalDay,
    OptionalText,
    Reads,
    Record,
    Text,
)


class PlacementMonth(Record):
    """How many placements of one type there were at a month's end, and what one costs a week.

    ``weekly_cost`` is gross pounds a placement a week, before any contribution; blank where not known.
    """

    type: Text
    month: Day
    """The last day of the month."""
    number: Count
    weekly_cost: OptionalAmount = None
    weekly_cost_basis: BasisText = ""
    """Where the weekly cost stands, where that is not as its row does."""

    def basis_of(self, field: str) -> str:
        """A number may be published beside a cost that is made up."""
        own = self.weekly_cost_basis if field == "weekly_cost" else ""
        return own or super().basis_of(field)


NIGHTS_A_WEEK = 7

_CONTRIBUTIONS = tuple((f"contributor{number}", f"weekly_contribution{number}") for number in ("", "_2", "_3"))
"""The fields of who pays and how much."""


class Placement(OnCode):
    """One child's placement at one price: from when to when, and what it costs, in pounds.

    A new price is a new row. ``weekly_cost`` and the contributions are for a week, or for a night where ``per`` says
    so. The cost is gross; what up to three others pay towards it (health, education, the Home Office) is income.
    """

    ref: Text
    """A made-up reference; never a name."""
    type: Text
    start: Day
    """The first night."""
    end: OptionalDay = None
    """The day it ended, which is not paid for; blank while it lasts."""
    planned_end: OptionalDay = None
    """The day it is planned to end; used until it has."""
    weekly_cost: Amount
    contributor: OptionalText = ""
    """The source of third-party income that pays towards it."""
    weekly_contribution: OptionalAmount = None
    contributor_2: OptionalText = ""
    weekly_contribution_2: OptionalAmount = None
    contributor_3: OptionalText = ""
    weekly_contribution_3: OptionalAmount = None
    per: Annotated[Literal["", "week", "night"], Reads(Kind.TEXT, optional=True)] = ""
    """Blank is a week."""
    turns_18: OptionalDay = None
    """The child's 18th birthday, on which care ends; never the date of birth."""

    @property
    def cost_a_week(self) -> Decimal:
        """Gross pounds a week."""
        return self._a_week(self.weekly_cost)

    @property
    def contributors(self) -> tuple[str, ...]:
        """All who are named as paying towards it."""
        return tuple(name for name in (self.contributor, self.contributor_2, self.contributor_3) if name)

    @property
    def contributions(self) -> Iterator[tuple[str, str, Decimal]]:
        """Who pays towards it, the field that says how much, and pounds a week."""
        for name, field in _CONTRIBUTIONS:
            source: str = getattr(self, name)
            amount: Decimal | None = getattr(self, field)
            if source and amount:
                yield source, field, self._a_week(amount)

    @property
    def contributed_a_week(self) -> Decimal:
        """Pounds a week that all others pay towards it, whether or not it is said who."""
        paid: list[Decimal | None] = [getattr(self, field) for _, field in _CONTRIBUTIONS]
        return self._a_week(sum((amount for amount in paid if amount), Decimal(0)))

    def _a_week(self, amount: Decimal) -> Decimal:
        return amount * NIGHTS_A_WEEK if self.per == "night" else amount
