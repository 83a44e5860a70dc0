"""Scenarios: small overlays on the plan, each a dated change of one line, driver, assumption or saving."""

from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import ValidationInfo, field_validator

from breakeven.ledger.record import (
    InYear,
    Kind,
    Number,
    OptionalDay,
    OptionalPeriod,
    OptionalText,
    OptionalYear,
    Reads,
    Record,
    Text,
)
from breakeven.periods import MONTHS, Year, period_name

What = Literal["amount", "inflation", "growth", "number", "price", "delivery", "start"]
WHATS: tuple[What, ...] = get_args(What)
How = Literal["add", "multiply", "set"]

UNIT_OF: dict[What, str] = {
    "amount": "£",
    "inflation": "%",
    "growth": "%",
    "number": "number",
    "price": "£",
    "delivery": "%",
    "start": "months",
}
"""What a change that adds or sets is in; one that multiplies is in ``times``."""


class Overlay(Record):
    """One change that a scenario makes to the plan: of what, how, by how much, and from when.

    ``line`` is a line, a category, an income row, a group of ``[groups]`` such as ``pay``, or the reference of a
    saving; ``savings`` is all of them, and ``further_saving`` one beyond them, still to be found. ``amount`` changes
    the line's pounds in each year, ``inflation`` and ``growth`` its rate in per cent, ``number`` and ``price`` how many
    placements or posts it has and what one costs; ``delivery`` changes the per cent of a saving that is made, ``start``
    moves it by months. It starts in ``from_period`` of the first year, and counts for the months left of it.
    """

    scenario: Text
    line: Text
    what: Annotated[What, Reads(Kind.TEXT)]
    how: Annotated[How, Reads(Kind.TEXT)]
    value: Number
    unit: Annotated[Literal["£", "%", "number", "months", "times"], Reads(Kind.TEXT)]
    year: InYear
    """The first year it counts in."""
    from_period: OptionalPeriod = None
    """The first period of that year it counts in; blank for P01."""
    last: OptionalYear = None
    """The last year it counts in; blank for as long as the plan looks ahead."""
    source: Text
    """Why, or who says so."""
    author: OptionalText = ""
    set_on: OptionalDay = None

    @field_validator("unit")
    @classmethod
    def _unit_fits(cls, unit: str, info: ValidationInfo) -> str:
        what, how = info.data.get("what"), info.data.get("how")
        if what and how and unit != (expected := "times" if how == "multiply" else UNIT_OF[what]):
            raise ValueError(f"to {how} {what} is in {expected}, not {unit}")
        return unit

    def counts_in(self, year: Year) -> bool:
        """Whether it changes anything of ``year``."""
        return self.year <= year and (self.last is None or year <= self.last)

    def part_of(self, year: Year) -> Decimal:
        """The part of ``year``, 0 to 1, in which it counts: 6/12 from P07 on in its first year."""
        if not self.counts_in(year):
            return Decimal(0)
        first = min(self.from_period or 1, MONTHS)
        return Decimal(MONTHS + 1 - first) / MONTHS if year == self.year else Decimal(1)

    @property
    def in_words(self) -> str:
        """The change as a page says it: ``residential number +5 from 2024/25 P07``."""
        since = self.year.on_screen + (f" {period_name(self.from_period)}" if self.from_period else "")
        until = f" to {self.last.on_screen}" if self.last else ""
        return f"{self.line} {self.what} {self.change} from {since}{until}"

    @property
    def change(self) -> str:
        """By how much, as the command line takes it: ``+5``, ``×1.1``, ``4%``."""
        number = f"{self.value.normalize():,f}"
        if self.how == "multiply":
            return f"×{number}"
        sign = "+" if self.how == "add" and self.value >= 0 else ""
        if self.unit == "£":
            return f"{sign}£{number}" if self.value >= 0 else f"-£{number.removeprefix('-')}"
        return f"{sign}{number}" + {"%": "%", "months": " months"}.get(self.unit, "")
