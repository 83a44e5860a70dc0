"""The projection of demand: numbers of placements in the plan's own lines and years, and a plan laid over with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from breakeven.findings import Cell
from breakeven.ledger.scenarios import Overlay
from breakeven.money import whole_pounds
from breakeven.periods import Year
from breakeven.plan.basis import Basis

CENTI = Decimal("0.01")

PROJECTED = "projection of demand"
"""What stands for the workbook, and for the scenario, of an overlay that a projection makes."""


@dataclass(frozen=True, slots=True)
class Range:
    """How far a year's mean number may differ. sd: standard deviations, by chance and as the rates are a sample."""

    low: Decimal
    """P10: 10 in 100 trials come out at or below it."""
    middle: Decimal
    high: Decimal
    """P90."""
    chance_sd: Decimal
    rate_sd: Decimal

    @property
    def sd(self) -> Decimal:
        """Of the two together, which are independent."""
        return (self.chance_sd**2 + self.rate_sd**2).sqrt()


@dataclass(frozen=True, slots=True)
class Numbers:
    """One placement type: how many there are now, and on average over each year; None where there is no trend.

    ranges: by year, of a projection that knows them; empty of a trend.
    """

    type: str
    now: Decimal
    by_year: tuple[Decimal | None, ...]
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Demand:
    """Projected numbers by placement type. counted: the last night or month that they rest on."""

    years: tuple[Year, ...]
    rows: tuple[Numbers, ...]
    total: Numbers
    counted: date
    method: str
    """How they were projected and from what, in words, with the window."""


def to_number(exact: Fraction | float) -> Decimal:
    """A number of placements to two places, halves up."""
    whole = exact if isinstance(exact, Fraction) else Fraction(exact)
    return (Decimal(whole.numerator) / whole.denominator).quantize(CENTI, rounding=ROUND_HALF_UP)


def totalled(rows: Sequence[Numbers], years: int, ranges: tuple[Range, ...] = ()) -> Numbers:
    """All types together; open in a year in which one of them is."""
    return Numbers(
        "All placements",
        sum((row.now for row in rows), Decimal(0)),
        tuple(_sum([row.by_year[place] for row in rows]) for place in range(years)),
        ranges,
    )


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None


def line_of(name: str, found: Basis) -> str | None:
    """The id of the one line of the plan that a placement type goes by, if its number and price are known."""
    lines = found.year.body.chart.lines_named(name)
    if len(lines) != 1:
        return None
    moves = found.moves[lines[0].id]
    known = all(each is not None for each in (*moves.numbers, *moves.prices))
    return lines[0].id if known else None


def cost(numbers: Numbers, place: int, found: Basis) -> Decimal | None:
    """Whole pounds that a type's placements cost over a year at the plan's own prices; None where there is none.

    number × weekly cost of that year × nights / 7, gross of what others pay towards it.
    """
    line, number = line_of(numbers.type, found), numbers.by_year[place]
    if line is None or number is None:
        return None
    price = found.moves[line].prices[place]
    return None if price is None else whole_pounds(price.over(found.years[place], number))


def overlays(demand: Demand, found: Basis) -> tuple[Overlay, ...]:
    """The projection as overlays: the number of each line that goes by a type, set for each year of the plan apart.

    A type without a line, or with one whose number or price nobody has given, changes nothing.
    """
    return tuple(_overlays(demand, found))


def _overlays(demand: Demand, found: Basis) -> Iterator[Overlay]:
    for row in demand.rows:
        line = line_of(row.type, found)
        for year, number in zip(demand.years, row.by_year, strict=True):
            if line is not None and number is not None and year in found.years:
                yield Overlay(
                    at=Cell(PROJECTED, row.type, str(year)), scenario=PROJECTED, line=row.type, what="number",
                    how="set", value=number, unit="number", year=year, last=year, source=demand.method,
                )  # fmt: skip
