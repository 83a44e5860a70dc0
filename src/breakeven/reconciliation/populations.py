"""The population of children that a count and its rate per 10,000 imply: one a year, if the tables are right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from breakeven.ledger.children import ChildrenFigure, first_of_each
from breakeven.periods import Year

PER = 10_000


@dataclass(frozen=True, slots=True)
class Implied:
    """The population behind one rate: what it comes to, and how little or much it may be as the rate is rounded."""

    count: ChildrenFigure
    rate: ChildrenFigure
    population: Decimal
    least: Decimal
    most: Decimal

    def allows(self, population: Decimal) -> bool:
        """Whether the rate, rounded as it is printed, may be of this population."""
        return self.least <= population <= self.most


@dataclass(frozen=True, slots=True)
class YearPopulation:
    """What the tables of one year imply, and the population that the most of them allow; of several, the narrowest."""

    year: Year
    implied: tuple[Implied, ...]
    agreed: Decimal

    @property
    def apart(self) -> tuple[Implied, ...]:
        """Those that do not allow it."""
        return tuple(each for each in self.implied if not each.allows(self.agreed))


def populations(figures: Sequence[ChildrenFigure]) -> Mapping[Year, YearPopulation]:
    """By contract year, from every row of which both a count and a rate are given for one date or year.

    population = count ÷ rate × 10,000, from count ÷ (rate + half a last place) to count ÷ (rate − half)
    """
    first = first_of_each(figures)
    by_year: dict[Year, list[Implied]] = {}
    for (row, when, unit), rate in first.items():
        count = first.get((row, when, "number"))
        half = rate.last_place / 2
        if unit != "per 10,000" or count is None or rate.value <= half:
            continue
        found = Implied(count, rate, *(_population(count, rate.value + part) for part in (Decimal(0), half, -half)))
        by_year.setdefault(when.year, []).append(found)
    return {year: YearPopulation(year, tuple(found), _agreed(found)) for year, found in sorted(by_year.items())}


def _population(count: ChildrenFigure, rate: Decimal) -> Decimal:
    return count.value / rate * PER


def _agreed(found: Sequence[Implied]) -> Decimal:
    """The middle of the narrowest of those that allow the population that most do."""
    candidates = sorted(found, key=lambda each: each.most - each.least)
    best = max(candidates, key=lambda each: sum(other.allows(each.population) for other in found))
    return best.population


def rate_of(each: Implied, found: YearPopulation, place: Decimal) -> Decimal:
    """The rate that a count would have of the population that the year's tables agree on."""
    return (each.count.value / found.agreed * PER).quantize(place, rounding=ROUND_HALF_UP)


def whole(population: Decimal) -> Decimal:
    """To the nearest child."""
    return population.quantize(Decimal(1), rounding=ROUND_HALF_UP)
