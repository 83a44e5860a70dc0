"""A projection held against what happened: headcount, mix and cost, by placement type, over months gone by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from breakeven.ledger.placements import NIGHTS_A_WEEK
from breakeven.money import pounds

Side = Literal["unchanged", "projected", "actual"]


@dataclass(frozen=True)
class Scored:
    """One placement type over the months that were rewound: the mean number projected, as it was then, and actual.

    weekly_cost: pounds a placement a week, the same on each side, so that only numbers are scored; None where unknown.
    """

    type: str
    unchanged: Fraction
    """Had the number stayed as it was when the projection was made."""
    projected: Fraction
    actual: Fraction
    weekly_cost: Decimal | None

    def number(self, side: Side) -> Fraction:
        """The mean number of one side."""
        return {"unchanged": self.unchanged, "projected": self.projected, "actual": self.actual}[side]


@dataclass(frozen=True)
class BackTest:
    """The score of a projection made on one night, of the days ``first`` to ``last`` after it, both counted."""

    first: date
    last: date
    rows: tuple[Scored, ...]

    @property
    def nights(self) -> int:
        """How long it is."""
        return (self.last - self.first).days + 1

    def number(self, side: Side) -> Fraction:
        """All types together, on average."""
        return sum((row.number(side) for row in self.rows), Fraction(0))

    def cost(self, row: Scored, side: Side) -> Decimal | None:
        """Pounds for a type's placements over the days; None where nobody has said what one costs."""
        if row.weekly_cost is None:
            return None
        exact = row.number(side) * self.nights * Fraction(row.weekly_cost) / NIGHTS_A_WEEK
        return pounds(Decimal(exact.numerator) / exact.denominator)

    def total_cost(self, side: Side) -> Decimal:
        """Pounds for all types of which the cost is known."""
        return sum((cost for row in self.rows if (cost := self.cost(row, side)) is not None), Decimal(0))

    def share(self, row: Scored, side: Side) -> Fraction:
        """The type's share of all children, 0 to 1; nil of none."""
        whole = self.number(side)
        return row.number(side) / whole if whole else Fraction(0)

    def mix_error(self, side: Side) -> Fraction:
        """The share of all children, 0 to 1, who are under another type than they were: half the sum of differences."""
        return sum((abs(self.share(row, side) - self.share(row, "actual")) for row in self.rows), Fraction(0)) / 2


def scored(
    sides: Sequence[Mapping[str, Fraction]], weekly_cost: Mapping[str, Decimal | None], days: tuple[date, date]
) -> BackTest:
    """A back-test of numbers by type: unchanged, projected and actual. A type that a side lacks has none there."""
    names = list(dict.fromkeys(name for side in sides for name in side))
    nil = Fraction(0)
    unchanged, projected, actual = sides
    rows = tuple(
        Scored(name, unchanged.get(name, nil), projected.get(name, nil), actual.get(name, nil), weekly_cost.get(name))
        for name in names
    )
    return BackTest(*days, rows)
