"""Placements of children in care, by type and month."""

from breakeven.ledger.record import BasisText, Day, Number, OptionalAmount, Record, Text


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
