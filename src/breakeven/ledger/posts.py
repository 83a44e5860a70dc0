"""Social work posts by month: the establishment and who fills it."""

from decimal import Decimal

from breakeven.ledger.record import Day, Number, Record


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
