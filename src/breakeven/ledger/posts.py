"""Posts: social workers by month, the establishment and who fills it; and every post by itself."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from breakeven.ledger.lines import OnCode
from breakeven.ledger.record import Amount, Count, Day, Kind, Number, OptionalDay, OptionalNumber, Reads, Record, Text


class PostsMonth(Record):
    """Full-time equivalent case-holding social workers at a month's end."""

    month: Day
    establishment: Count
    permanent: Count
    """Permanent social workers, those in their assessed and supported year (ASYE) among them."""
    asye: Count
    agency: Count
    printed_in_post: OptionalNumber = None
    """What another document prints beside these, to be held against them: all in post, and per cent of them."""
    printed_qualified: OptionalNumber = None
    """Permanent workers without those in their ASYE."""
    printed_qualified_pct: OptionalNumber = None
    printed_asye_pct: OptionalNumber = None
    printed_agency_pct: OptionalNumber = None

    @property
    def qualified(self) -> Decimal:
        """Permanent workers without those in their ASYE."""
        return self.permanent - self.asye

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


Role = Literal["permanent", "ASYE", "agency"]


class PostCost(Record):
    """What a year of one full-time social worker of a role costs, in pounds.

    ``pay`` is a year's salary, or what an agency charges; ``on_costs_pct`` is the employer's national insurance,
    pension and levy on it, blank where there are none. ``line`` is where the ledger has them.
    """

    role: Annotated[Role, Reads(Kind.TEXT)]
    line: Text
    pay: Amount
    on_costs_pct: Annotated[OptionalNumber, Field(ge=0, le=100)] = None

    @property
    def cost(self) -> Decimal:
        """Pay with on-costs, exactly."""
        return self.pay * (1 + (self.on_costs_pct or Decimal(0)) / 100)


class Caseload(Record):
    """How many children a service works with, and how many one social worker should have on average."""

    service: Text
    children: Count
    cases: Annotated[Number, Field(gt=0)]
