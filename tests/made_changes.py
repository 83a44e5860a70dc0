"""Changes of a plan made in one line each, as a scenario's row or a command has them."""

from typing import Any

from breakeven.ledger.scenarios import UNIT_OF, How, Overlay, What
from breakeven.periods import Year
from made import HERE, pounds


def change(
    line: str, what: What, how: How, value: str, year: int = 2024, *, period: int | None = None, last: int | None = None
) -> Overlay:
    """From P01 of 2024/25, and for as long as the plan looks ahead, where nothing else is said."""
    unit: Any = "times" if how == "multiply" else UNIT_OF[what]
    return Overlay(
        at=HERE, scenario="a scenario", line=line, what=what, how=how, value=pounds(value), unit=unit,
        year=Year(year), from_period=period, last=None if last is None else Year(last), source="Judgement",
    )  # fmt: skip


def further(
    value: str, year: int = 2024, *, how: How = "add", period: int | None = None, last: int | None = None
) -> Overlay:
    """A saving beyond every scheme."""
    return change("further_saving", "amount", how, value, year, period=period, last=last)
