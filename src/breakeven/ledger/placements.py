"""Placements of children in care, by type and month."""

from breakeven.ledger.record import Day, Number, OptionalAmount, Record, Text


class PlacementMonth(Record):
    """How many placements of one type there were at a month's end, and what one costs a week.

    ``weekly_cost`` is gross pounds a placement a week, before any contribution; blank where not known.
    """

    type: Text
    month: Day
    """The last day of the month."""
    number: Number
    weekly_cost: OptionalAmount = None
