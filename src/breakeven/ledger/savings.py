"""Savings schemes: what each is to save, and how it is going."""

from typing import Annotated, Literal

from pydantic import Field

from breakeven.ledger.record import Amount, Day, Kind, OptionalAmount, OptionalNumber, OptionalText, Reads, Record, Text

Status = Literal["idea", "planned", "on track", "at risk", "delivered", "not deliverable"]


class Saving(Record):
    """One scheme of the cost saving programme; all amounts positive, in pounds.

    ``amount`` is a full year's saving where the scheme is recurrent, the whole sum where it is one-off.
    ``delivered`` and ``forecast`` are for the contract year in which the scheme starts.
    """

    ref: Text
    scheme: Text
    priority: Text
    owner: Text
    line: Text
    recurrence: Annotated[Literal["recurrent", "one-off"], Reads(Kind.TEXT)]
    start: Day
    """The first day of the first month that it saves."""
    amount: Annotated[Amount, Field(ge=0)]
    delivered: OptionalAmount = None
    forecast: OptionalAmount = None
    status: Annotated[Status, Reads(Kind.TEXT)]
    confidence_pct: Annotated[OptionalNumber, Field(ge=0, le=100)] = None
    """Per cent of the forecast that is counted on; blank takes the figure set for the status."""
    notes: OptionalText = ""
