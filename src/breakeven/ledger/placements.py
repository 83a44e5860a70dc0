"""Placements of children in care: by type and month, and child by child."""

from breakeven.ledger.lines import OnCode
from breakeven.ledger.record import (
    Amount,
    BasisText,
    Day,
    Number,
    OptionalAmount,
    OptionalDay,
    OptionalText,
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
    number: Number
    weekly_cost: OptionalAmount = None
    weekly_cost_basis: BasisText = ""
    """Where the weekly cost stands, where that is not as its row does."""

    def basis_of(self, field: str) -> str:
        """A number may be published beside a cost that is made up."""
        own = self.weekly_cost_basis if field == "weekly_cost" else ""
        return own or super().basis_of(field)


class Placement(OnCode):
    """One child's placement at one price: from when to when, and what a week of it costs, in pounds.

    A new price is a new row. ``weekly_cost`` is gross; the contribution that follows the child is income.
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
