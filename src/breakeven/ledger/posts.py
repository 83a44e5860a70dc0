"""Posts: social workers by month, the establishment and who fills it; and every post by itself."""

from decimal import Decimal

from breakeven.ledger.lines import OnCode
from breakeven.ledger.record import Amount, Day, Number, OptionalDay, Record, Text


class PostsMonth(Record):
    """Full-time equivalent case-holding social workers at a month's end."""

    month: Day
    establishment: Number
    permanent: Number
    """Permanent social workers, those in their assessed and supported year (ASYE) among them."""
    asye: Number
    agency: Number

    @property
    def in_post(self) -> Decimal:
        """Permanent and agency workers together."""
        return self.permanent + self.agency


class Post(OnCode):
    """One post of the establishment: what a year of it costs with on-costs, in pounds, and who fills it from when.

    A vacant post has no ``filled_from``. Someone new at another cost is a new row.
    """

    ref: Text
    role: Text
    """Such as permanent, ASYE or agency: posts of one role are one type in a price and volume analysis."""
    fte: Number
    annual_cost: Amount
    """Of one full-time post."""
    filled_from: OptionalDay = None
    filled_to: OptionalDay = None
    """The last day that it is filled; blank while it lasts."""
