"""Whether the plan has room for what is there already: its numbers beside those of the base year's end."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.money import whole_pounds
from breakeven.plan.basis import Basis
from breakeven.plan.lines import Start

FAR = Decimal("0.05")
"""How far, of what the plan has, the number at the year's end may be from it before it is told."""


@dataclass(frozen=True, slots=True)
class RunRate:
    """A line whose number at the base year's end is not the plan's of its first year.

    planned: on average in that year. cost: whole pounds that as many all year would cost beyond it at that year's
    price, before what others pay; less than nil where there were fewer.
    """

    start: Start
    planned: Decimal
    latest: Decimal
    cost: Decimal


def run_rates(found: Basis) -> Iterator[RunRate]:
    """The lines whose number is far from the plan's, in its order. A sum that is stated for a line says enough."""
    year = found.years[0]
    for start in found.expenditure:
        moves = found.moves[start.id]
        number, driver = moves.numbers[0], start.driver
        if driver is None or driver.price is None or number is None or moves.moves[0].stated is not None:
            continue
        if abs(driver.latest - number) >= max(FAR * number, Decimal(1)):
            price = driver.yearly(driver.price * moves.moves[0].inflation, year)
            more = whole_pounds((driver.latest - number) * price)
            yield RunRate(start, number, driver.latest, more)
