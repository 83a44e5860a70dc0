"""The contract sum and everything else that comes in."""

from decimal import Decimal
from typing import Annotated, Literal

from breakeven.ledger.record import Amount, Day, InYear, Kind, OptionalAmount, OptionalText, Reads, Record, Text, YesNo


class ContractSum(Record):
    """The basic contract sum that the commissioner pays for one contract year, in pounds."""

    year: InYear
    description: OptionalText = ""
    amount: Amount
    source: Text


class Variation(Record):
    """A change to the contract sum that both parties agreed, with its change-control reference."""

    ref: Text
    date_agreed: Day
    purpose: Text
    amount: Amount
    recurrent: YesNo
    paid: OptionalAmount = None


class ThirdPartyIncome(Record):
    """Income from anyone but the commissioner, one source a row, in pounds.

    ``agreed`` is the budget; ``received`` plus ``accrued`` is the actual income of the year.
    """

    source: Text
    agreed: Amount
    received: Amount
    accrued: Amount

    @property
    def actual(self) -> Decimal:
        """Income of the year, whether or not the cash has come."""
        return self.received + self.accrued


class Balance(Record):
    """A balance brought into the year; a deficit is negative.

    ``last close`` is what last year's accounts closed at, ``opening`` what this year starts from,
    ``adjustment`` anything agreed since, such as a contribution to clear the deficit.
    """

    kind: Annotated[Literal["last close", "opening", "adjustment"], Reads(Kind.TEXT)]
    description: OptionalText = ""
    amount: Amount
    source: Text
