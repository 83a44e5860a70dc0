"""What a simulation draws in each trial, as rows of numbers: scores, mixed where they are correlated, then values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from breakeven.plan.correlation import Correlation
from breakeven.plan.distributions import Discrete, Distribution, Floats, Normal
from breakeven.plan.uncertainty import Demand, Uncertainty


@dataclass(frozen=True, slots=True)
class Row:
    """A score in each trial and the value it is turned into. id: the input's. year: None where one row is for all."""

    id: str
    distribution: Distribution
    year: int | None


@dataclass(frozen=True, slots=True)
class NotNegative:
    """A rate that is nil where its distribution would have it below."""

    of: Distribution

    @property
    def mean(self) -> float:
        """The mean; for a distribution that is hardly ever below nil, as a rate's is, that of the distribution."""
        return max(self.of.mean, 0.0)

    @property
    def sd(self) -> float:
        """The standard deviation, likewise."""
        return self.of.sd

    def drawn(self, scores: Floats) -> Floats:
        """The value of each score, nil at least."""
        values = self.of.drawn(scores)
        return np.maximum(values, 0, out=values)


@dataclass(frozen=True, slots=True)
class Scatter:
    """Number / expected number, less the rate: what chance adds in one year at a rate that is known.

    rate_row: the row of the rate; None where it is 1.
    """

    demand: Demand
    year: int
    rate_row: int | None

    def drawn(self, values: Floats, random: np.random.Generator) -> Floats:
        """A number for each trial. values: the rows of the rates among others, rows × trials."""
        expected, out_of = self.demand.expected[self.year], self.demand.out_of
        rate = np.ones(values.shape[1]) if self.rate_row is None else values[self.rate_row]
        if out_of is None:
            number = random.poisson(expected * rate)
        else:
            number = random.binomial(out_of, np.minimum(expected * rate / out_of, 1))
        return number / expected - rate


@dataclass(frozen=True)
class Draws:
    """All rows: scores and their values first, then scatter.

    mixing: rows whose scores are mixed, and by what matrix. turned: rows side by side that become values of one
    distribution; those of a normal one stay scores, and take its mean and standard deviation where they move a figure.
    """

    rows: tuple[Row, ...]
    scatter: tuple[Scatter, ...]
    mixing: tuple[tuple[NDArray[np.intp], Floats], ...]
    turned: tuple[tuple[slice, Distribution], ...]

    @property
    def count(self) -> int:
        """How many numbers a trial needs."""
        return len(self.rows) + len(self.scatter)

    def fill(self, drawn: Floats, random: np.random.Generator) -> None:
        """Draw every row for some trials. drawn: rows × trials, contiguous; what was there is overwritten."""
        values = drawn[: len(self.rows)]
        random.standard_normal(out=values)
        for rows, matrix in self.mixing:
            # einsum and not a BLAS product, whose sums may depend on how many threads it finds free
            values[rows] = np.einsum("ij,jn->in", matrix, values[rows])
        for rows, distribution in self.turned:
            values[rows] = distribution.drawn(values[rows])
        for row, scatter in enumerate(self.scatter, len(self.rows)):
            drawn[row] = scatter.drawn(values, random)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """By row, whose share of the spread it counts in."""
        return (*(row.id for row in self.rows), *(each.demand.chance_id for each in self.scatter))

    @cached_property
    def _places(self) -> dict[tuple[str, int | None], int]:
        years = (*(row.year for row in self.rows), *(each.year for each in self.scatter))
        return {key: row for row, key in enumerate(zip(self.ids, years, strict=True))}

    def row_of(self, input_id: str, year: int) -> int:
        """The row that an input takes its value of one year from."""
        return self._places.get((input_id, None), self._places.get((input_id, year), -1))


def draws_for(uncertainty: Uncertainty, years: int) -> Draws:
    """The rows of all that is uncertain. An input that never varies has one too, so the others' draws stay the same."""
    rows = tuple(_rows(uncertainty, years))
    rate_rows = {(row.id, row.year): i for i, row in enumerate(rows)}
    scatter = tuple(
        Scatter(each, year, rate_rows.get((each.rate_id, year if each.rate_each_year else None)))
        for each in uncertainty.demand
        if each.by_chance
        for year in range(years)
    )
    return Draws(rows, scatter, tuple(_mixing(uncertainty.correlation, rows)), tuple(_turned(rows)))


def _rows(uncertainty: Uncertainty, years: int) -> Iterator[Row]:
    for saving in uncertainty.savings:
        chance = float(saving.confidence_pct) / 100
        yield Row(saving.id, Discrete((1.0, 0.0), (chance, 1 - chance)), None)
    rates = [(each, NotNegative(each.rate)) for each in uncertainty.demand if each.rate is not None]
    yield from (Row(each.rate_id, rate, None) for each, rate in rates if not each.rate_each_year)
    yield from (Row(each.id, each.distribution, None) for each in uncertainty.inputs if not each.each_year)
    for year in range(years):
        yield from (Row(each.rate_id, rate, year) for each, rate in rates if each.rate_each_year)
        for each in uncertainty.inputs:
            if each.each_year and (each.target.years is None or year in each.target.years):
                yield Row(each.id, each.distribution, year)


def _mixing(correlation: Correlation | None, rows: Sequence[Row]) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """The rows drawn once for all years are mixed with each other, and those of each year with each other."""
    if correlation is None:
        return
    together: dict[int | None, list[int]] = {}
    for i, row in enumerate(rows):
        if row.id in correlation.ids:
            together.setdefault(row.year, []).append(i)
    for places in together.values():
        yield np.array(places, dtype=np.intp), correlation.mixing([rows[i].id for i in places])


def _turned(rows: Sequence[Row]) -> Iterator[tuple[slice, Distribution]]:
    for distribution, group in groupby(enumerate(rows), key=lambda each: each[1].distribution):
        if not isinstance(distribution, Normal):
            places = [i for i, _ in group]
            yield slice(places[0], places[-1] + 1), distribution
