"""Distributions between two ends: anything, likeliest at one value, or smoothly so."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from math import sqrt

import numpy as np
from scipy.special import betaincinv, ndtr

from breakeven.plan.distributions import Floats, check_finite

TABLE_SCORES = 7
"""Tables run from minus to plus this score; one draw in 400,000 million lies beyond and takes the last value."""
CELLS_PER_SCORE = 256


class Between(ABC):
    """A distribution between two ends, from its quantile function by a table.

    The table holds F⁻¹(Φ(score)) at 256 scores to the unit from −7 to 7 and is read with a straight line between two:
    within a millionth of the range of the exact value.
    """

    low: float
    high: float

    @property
    @abstractmethod
    def mean(self) -> float:
        """The average."""

    @property
    @abstractmethod
    def sd(self) -> float:
        """The standard deviation."""

    @abstractmethod
    def quantile(self, chance: Floats) -> Floats:
        """The value that a share ``chance``, 0 to 1, of all that may happen is at or below."""

    def drawn(self, scores: Floats) -> Floats:
        """The value of each score, from the table."""
        table, steps = _table(self)
        place = scores * CELLS_PER_SCORE
        place += TABLE_SCORES * CELLS_PER_SCORE
        np.clip(place, 0, len(steps) - 1e-9, out=place)
        cell = place.astype(np.intp)
        place -= cell
        place *= steps[cell]
        place += table[cell]
        return place

    def _check_ends(self, *inner: float) -> None:
        check_finite(self.low, self.high, *inner)
        if self.low >= self.high:
            raise ValueError(f"the lowest value, {self.low:g}, is not below the highest, {self.high:g}")
        for each in inner:
            if not self.low <= each <= self.high:
                raise ValueError(f"the likeliest value, {each:g}, is not between {self.low:g} and {self.high:g}")


@cache
def _chances() -> Floats:
    """Φ at each score of a table."""
    return ndtr(np.linspace(-TABLE_SCORES, TABLE_SCORES, 2 * TABLE_SCORES * CELLS_PER_SCORE + 1))


@cache
def _table(distribution: Between) -> tuple[Floats, Floats]:
    """The values at the scores of a table, and the step from each to the next."""
    found = distribution.quantile(_chances())
    return found, np.diff(found)


@dataclass(frozen=True)
class Uniform(Between):
    """Anything between ``low`` and ``high`` is as likely as anything else."""

    low: float
    high: float

    def __post_init__(self) -> None:
        self._check_ends()

    @property
    def mean(self) -> float:
        """Half way."""
        return (self.low + self.high) / 2

    @property
    def sd(self) -> float:
        """(high − low) / √12."""
        return (self.high - self.low) / sqrt(12)

    def quantile(self, chance: Floats) -> Floats:
        """Low + chance × (high − low)."""
        return self.low + chance * (self.high - self.low)


@dataclass(frozen=True)
class Triangular(Between):
    """Likeliest at ``mode``, and less so in a straight line towards each end."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        self._check_ends(self.mode)

    @property
    def mean(self) -> float:
        """The mean of the three."""
        return (self.low + self.mode + self.high) / 3

    @property
    def sd(self) -> float:
        """√((a² + b² + c² − ab − ac − bc) / 18), written with differences."""
        left, right = self.mode - self.low, self.high - self.mode
        return sqrt((left * left + left * right + right * right) / 18)

    def quantile(self, chance: Floats) -> Floats:
        """The square root that undoes the area of each side's triangle."""
        width, left = self.high - self.low, self.mode - self.low
        rising = self.low + np.sqrt(chance * (width * left))
        falling = self.high - np.sqrt((1 - chance) * (width * (self.high - self.mode)))
        return np.where(chance * width < left, rising, falling)


@dataclass(frozen=True)
class Pert(Between):
    """As triangular, but smooth and with more weight on the likeliest value: the beta of PERT, λ = 4.

    A beta on ``low`` to ``high`` with α = 1 + 4 (mode − low) / (high − low) and β = 6 − α.
    Source: Malcolm, Roseboom, Clark and Fazar, Operations Research 7 (1959); Vose, Risk Analysis (2008).
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        self._check_ends(self.mode)

    @property
    def mean(self) -> float:
        """(low + 4 mode + high) / 6."""
        return (self.low + 4 * self.mode + self.high) / 6

    @property
    def sd(self) -> float:
        """√((mean − low) (high − mean) / 7)."""
        return sqrt((self.mean - self.low) * (self.high - self.mean) / 7)

    def quantile(self, chance: Floats) -> Floats:
        """The beta's own quantile, from ``low`` to ``high``."""
        alpha = 1 + 4 * (self.mode - self.low) / (self.high - self.low)
        return self.low + (self.high - self.low) * betaincinv(alpha, 6 - alpha, chance)
