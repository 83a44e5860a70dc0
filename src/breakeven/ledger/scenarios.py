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
from breakeven.periods import MONTHS, YEAR_END_PERIOD, Year, period_name

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

MOST: dict[str, int] = {"£": 10**12, "%": 1000, "number": 10**6, "months": 120, "times": 1000}
"""The most that one change can be, more or less, in each unit: beyond it something else was meant."""


OF_THE_WHOLE: frozenset[What] = frozenset({"delivery", "start"})
"""What is changed of a saving as a whole, from no year or period in particular."""


class Overlay(Record):
    """One change that a scenario makes to the plan: of what, how, by how much, and from when.

    ``line`` is a line, a category, an income row, a group of ``[groups]`` such as ``pay``, or the reference of a
    saving; ``savings`` is all of them, and ``further_saving`` one beyond them, still to be found. ``amount`` changes
    the line's pounds in each year, ``inflation`` and ``growth`` its rate in per cent, ``number`` and ``price`` how many
    placements or posts it has and what one costs; ``delivery`` changes the per cent of a saving that is made, ``start``
    moves it by months. It starts in ``from_period`` of the first year, P01 to P12, and counts for the months left of
    it. A change of a saving holds for the whole of it.
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

    @field_validator("unit")
    @classmethod
    def _value_can_be_meant(cls, unit: str, info: ValidationInfo) -> str:
        value, how, what = (info.data.get(name) for name in ("value", "how", "what"))
        least = 0 if how == "multiply" else -MOST[unit]
        if value is not None and not least <= value <= MOST[unit]:
            words = {"£": "pounds", "%": "per cent", "number": "of them"}.get(unit, unit)
            raise ValueError(f"to {how} {what} takes from {least:,} to {MOST[unit]:,} {words}")
        return unit

    @field_validator("from_period")
    @classmethod
    def _starts_in_a_month(cls, period: int | None) -> int | None:
        if period == YEAR_END_PERIOD:
            raise ValueError("a change starts in P01 to P12; P13 is the year-end adjustments alone")
        return period

    def counts_in(self, year: Year) -> bool:
        """Whether it changes anything of ``year``."""
        return self.year <= year and (self.last is None or year <= self.last)

    def part_of(self, year: Year) -> Decimal:
        """The part of ``year``, 0 to 1, in which it counts: 6/12 from P07 on in its first year."""
        if not self.counts_in(year):
            return Decimal(0)
        return Decimal(MONTHS + 1 - (self.from_period or 1)) / MONTHS if year == self.year else Decimal(1)

    @property
    def in_words(self) -> str:
        """The change with its line as it was typed: ``residential number +5 from 2024/25 P07``."""
        return self.said_of(self.line)

    def said_of(self, name: str) -> str:
        """The change with what a page calls its line; of a saving without its dates."""
        said = f"{name} {self.what} {self.change}"
        return said if self.what in OF_THE_WHOLE else f"{said} {self.span}"

    @property
    def span(self) -> str:
        """From when it counts and until when: ``from 2024/25 P07 to 2025/26``."""
        since = self.year.on_screen + (f" {period_name(self.from_period)}" if self.from_period else "")
        return f"from {since}" + (f" to {self.last.on_screen}" if self.last else "")

    @property
    def change(self) -> str:
        """By how much, as the command line takes it: ``+5``, ``×1.1``, ``4%``, and ``to -4%`` where that is set."""
        number = f"{abs(self.value.normalize()):,f}"
        if self.how == "multiply":
            return f"×{number}"
        sign = "-" if self.value < 0 else "+" if self.how == "add" else ""
        to = "to " if self.how == "set" and sign else ""
        if self.unit == "£":
            pence = "0" if number[-2:-1] == "." else ""
            return f"{to}{sign}£{number}{pence}"
        return f"{to}{sign}{number}" + {"%": "%", "months": " months"}.get(self.unit, "")
