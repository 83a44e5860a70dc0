"""What the plan assumes: rates, sums and driver numbers by line and year; pressures and investments."""

from typing import Annotated, Literal, get_args

from pydantic import ValidationInfo, field_validator

from breakeven.ledger.record import (
    Amount,
    Day,
    InYear,
    Kind,
    Number,
    OptionalDay,
    OptionalText,
    Reads,
    Record,
    Text,
)

Recurrence = Annotated[Literal["recurrent", "one-off"], Reads(Kind.TEXT)]

AssumptionKind = Literal["inflation", "growth", "uplift", "sum", "step", "flat", "number", "price"]
KINDS: tuple[AssumptionKind, ...] = get_args(AssumptionKind)

UNITS_OF: dict[AssumptionKind, tuple[str, ...]] = {
    "inflation": ("%",),
    "growth": ("%",),
    "uplift": ("%",),
    "sum": ("£",),
    "step": ("£",),
    "flat": ("£ a head",),
    "number": ("number",),
    "price": ("£ a week", "£ a year"),
}
"""What each kind of assumption may be in: 3 read as pounds where per cent is meant is a wrong plan."""

OF_ONE_LINE: frozenset[AssumptionKind] = frozenset({"sum", "step", "number", "price"})
"""Kinds that a category cannot have: each of its lines would be given the whole of it."""


class Assumption(Record):
    """One rate, sum or number for one line and contract year.

    ``inflation`` and ``growth`` are per cent on the year before, price and volume; ``uplift`` is what the contract, or
    a fee, goes up by, in per cent. ``sum`` is the line's amount for that year in pounds, and the base of the years
    after it; ``step`` is added to it from that year on; ``flat`` is a pay award in pounds a head, for the line's
    ``number`` of that year. ``number`` is how many placements or posts the line has on average in the year, and
    ``price`` what one of them costs: both together give the line's amount, either alone moves it from the year before.
    ``line`` is a line, a category (all its lines) or an income row such as ``contract_sum``.
    """

    line: Text
    year: InYear
    kind: Annotated[AssumptionKind, Reads(Kind.TEXT)]
    value: Number
    unit: Annotated[Literal["%", "£", "£ a head", "number", "£ a week", "£ a year"], Reads(Kind.TEXT)]
    source: Text
    quality: Annotated[Literal["A", "B", "C", "D"], Reads(Kind.TEXT)]
    """A agreed or published, B from our own data, C judgement, D placeholder."""
    owner: OptionalText = ""
    """Who answers for it."""
    set_on: OptionalDay = None
    """When it was last set."""

    @field_validator("unit")
    @classmethod
    def _unit_fits_kind(cls, unit: str, info: ValidationInfo) -> str:
        kind = info.data.get("kind")
        if kind and unit not in UNITS_OF[kind]:
            raise ValueError(f"{kind} is in {' or '.join(UNITS_OF[kind])}, not {unit}")
        return unit

    @field_validator("value")
    @classmethod
    def _number_is_no_less_than_nil(cls, value: Number, info: ValidationInfo) -> Number:
        if info.data.get("kind") in {"number", "price"} and value < 0:
            raise ValueError(f"a {info.data['kind']} is nil or more, not {value}")
        return value


class Pressure(Record):
    """A dated increase in the cost of one line, a full year's amount in pounds."""

    ref: Text
    line: Text
    description: Text
    start: Day
    recurrence: Recurrence
    amount: Amount
    source: Text


class Investment(Record):
    """Spend that a saving or an improvement needs first, a full year's amount in pounds."""

    ref: Text
    line: Text
    description: Text
    start: Day
    recurrence: Recurrence
    amount: Amount
    saving: OptionalText = ""
    """The reference of the saving it pays for."""
