"""Savings schemes: what each is to save, how it is going, and the register of what they have delivered."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from breakeven.ledger.chart import slug
from breakeven.ledger.record import (
    Amount,
    Day,
    InYear,
    Kind,
    OptionalAmount,
    OptionalDay,
    OptionalNumber,
    OptionalText,
    Reads,
    Record,
    Text,
)
from breakeven.periods import Year, months_between, year_of

Status = Literal["idea", "planned", "on track", "at risk", "delivered", "not deliverable"]
STATUSES: tuple[Status, ...] = get_args(Status)


class Saving(Record):
    """One scheme of the cost saving programme; all amounts positive, in pounds.

    ``amount`` is a full year's saving where the scheme is recurrent, the whole sum where it is one-off.
    ``delivered`` and ``forecast`` are for the contract year in which the scheme starts; entries of Deliveries take the
    place of ``delivered``. A recurrent scheme may take ``ramp_months`` to save in full, growing evenly: with 3, its
    first month saves a third of a month's worth, its second two thirds, its third and every later one the whole.
    ``planned_start`` is the start first planned, where it is another by now.
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
    planned_start: OptionalDay = None
    ramp_months: Annotated[int | None, Field(ge=1, le=60), Reads(Kind.COUNT, optional=True)] = None
    """Blank for a scheme that saves in full from its start, as 1 does."""

    @field_validator("ramp_months")
    @classmethod
    def _one_off_comes_at_once(cls, months: int | None, info: ValidationInfo) -> int | None:
        if months is not None and months > 1 and info.data.get("recurrence") == "one-off":
            raise ValueError("a one-off saves its whole sum at once, so that it has no months to grow over")
        return months

    @property
    def slipped_months(self) -> int | None:
        """Months that it starts later than first planned, negative for earlier; None where no other start was."""
        return None if self.planned_start is None else months_between(self.planned_start, self.start)


class Delivery(Record):
    """What a saving is shown to have delivered in one contract year, in pounds, by somebody who has seen the evidence.

    The entries of a saving and year add up; a negative one corrects those before it. Where there are any, they are used
    rather than what Savings has under Delivered.
    """

    saving: Text
    """The reference of the saving."""
    year: InYear
    amount: Amount
    evidence: Text
    author: OptionalText = ""
    date: OptionalDay = None


def deliveries_of(saving: Saving, year: Year, register: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """The register's entries for one scheme and contract year."""
    key = slug(saving.ref)
    return tuple(entry for entry in register if entry.year == year and slug(entry.saving) == key)


def as_registered(savings: Iterable[Saving], register: Sequence[Delivery]) -> tuple[Saving, ...]:
    """The schemes, each with what the register has for the year it starts in, where it has anything, as delivered."""
    found: list[Saving] = []
    for saving in savings:
        entries = deliveries_of(saving, year_of(saving.start), register)
        delivered = sum((entry.amount for entry in entries), Decimal(0))
        found.append(saving.model_copy(update={"delivered": delivered}) if entries else saving)
    return tuple(found)
