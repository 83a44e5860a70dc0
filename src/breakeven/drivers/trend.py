"""The trend of monthly counts over a stated window, exactly: by least squares, or by the average monthly change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

from breakeven.ledger.placements import PlacementMonth
from breakeven.periods import MONTHS, Year

Method = Literal["least squares", "average change"]
METHODS: tuple[Method, ...] = get_args(Method)

FEWEST = 3
"""Months below which nothing is called a trend."""


class TooLittleError(ValueError):
    """There is too little history for what is asked; the message says how much there is."""


@dataclass(frozen=True)
class Trend:
    """A straight line through one type's monthly counts.

    first, last: the months of the window, by their last days. slope: placements a month. level: on the line in the last
    month, which of the average change is the count itself.
    """

    type: str
    first: date
    last: date
    months: int
    """How many months of the window have a count."""
    slope: Fraction
    level: Fraction

    def number(self, month: date) -> Fraction:
        """How many at a month's end, on the line; never below nil."""
        return max(Fraction(0), self.level + self.slope * (_index(month) - _index(self.last)))

    def mean(self, year: Year) -> Fraction:
        """How many on average over a contract year: the mean of its twelve month ends."""
        ends = [self.number(year.period_end(period)) for period in range(1, MONTHS + 1)]
        return sum(ends, Fraction(0)) / MONTHS


def trends(
    counts: Sequence[PlacementMonth], window: int, method: Method = "least squares", until: date | None = None
) -> dict[str, Trend | None]:
    """The trend of each type over the last ``window`` months of its counts; None where fewer than three are there.

        slope = Σ (t − t̄) × (n − n̄) / Σ (t − t̄)²        least squares
        slope = (n[last] − n[first]) / (t[last] − t[first])        average change

    until: what is counted after this day is not looked at. A month without a count is passed over, not taken as nil.
    """
    by_type: dict[str, dict[int, PlacementMonth]] = {}
    for record in counts:
        if until is None or record.month <= until:
            by_type.setdefault(record.type, {})[_index(record.month)] = record
    return {name: _trend(name, months, window, method) for name, months in by_type.items()}


def _trend(name: str, months: dict[int, PlacementMonth], window: int, method: Method) -> Trend | None:
    last = max(months)
    inside = sorted(month for month in months if month > last - window)
    if len(inside) < FEWEST:
        return None
    numbers = [Fraction(months[month].number) for month in inside]
    if method == "average change":
        slope, level = (numbers[-1] - numbers[0]) / (inside[-1] - inside[0]), numbers[-1]
    else:
        middle, mean = Fraction(sum(inside), len(inside)), sum(numbers, Fraction(0)) / len(numbers)
        spread = sum(((month - middle) ** 2 for month in inside), Fraction(0))
        slope = sum(((m - middle) * (n - mean) for m, n in zip(inside, numbers, strict=True)), Fraction(0)) / spread
        level = mean + slope * (last - middle)
    return Trend(name, months[inside[0]].month, months[last].month, len(inside), slope, level)


def in_window(counts: Sequence[PlacementMonth], name: str, window: int) -> list[PlacementMonth]:
    """The counts of one type that a trend of so many months rests on, in the order of the months."""
    own = sorted((record for record in counts if record.type == name), key=lambda each: each.month)
    return [record for record in own if _index(record.month) > _index(own[-1].month) - window]


def _index(month: date) -> int:
    return month.year * MONTHS + month.month
