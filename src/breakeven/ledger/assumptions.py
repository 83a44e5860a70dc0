"""What the plan assumes: rates by line and year, pressures, investments."""

from typing import Annotated, Literal

from pydantic import ValidationInfo, field_validator

from breakeven.ledger.record import Amount, Day, InYear, Kind, Number, OptionalText, Reads, Record, Text

Recurrence = Annotated[Literal["recurrent", "one-off"], Reads(Kind.TEXT)]


class Assumption(Record):
    """One rate or sum for one line and year.

    ``inflation`` and ``growth`` are per cent on the year before, price and volume; ``sum`` is the
    line's amount for that year in pounds, and the base of the years after it.
    ``line`` is a line, a category (all its lines) or an income row such as ``contract_sum``.
    """

    line: Text
    year: InYear
    kind: Annotated[Literal["inflation", "growth", "sum"], Reads(Kind.TEXT)]
    value: Number
    unit: Annotated[Literal["%", "£"], Reads(Kind.TEXT)]
    source: Text
    quality: Annotated[Literal["A", "B", "C", "D"], Reads(Kind.TEXT)]
    """A agreed or published, B from our own data, C judgement, D placeholder."""

    @field_validator("unit")
    @classmethod
    def _unit_fits_kind(cls, unit: str, info: ValidationInfo) -> str:
        """A sum is in pounds, a rate in per cent: 3 read as pounds where per cent is meant is a wrong plan."""
        kind = info.data.get("kind")
        if kind and (unit == "£") != (kind == "sum"):
            raise ValueError(f"{kind} is in {'£' if kind == 'sum' else '%'}, not {unit}")
        return unit


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
