"""What an uncertain figure may turn out to be, and how a draw becomes a value.

Every distribution turns *scores* into values. A score is one draw of the standard normal, mean 0 and standard deviation
1; its value is the one as far up its own distribution as the score is up the normal, value = F⁻¹(Φ(score)). So two
scores that are correlated give values that are, whatever their distributions (a Gaussian copula).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import erfc, inf, isfinite, log, pi, sqrt
from statistics import NormalDist
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

TABLE_SCORES = 7
"""Tables run from minus to plus this score; one draw in 400,000 million lies beyond and takes the last value."""
CELLS_PER_SCORE = 256


class Distribution(Protocol):
    """What one figure may be. Frozen, and equal where its numbers are; ValueError where these make no sense."""

    @property
    def mean(self) -> float:
        """The average over all that may happen."""
        ...

    @property
    def sd(self) -> float:
        """The standard deviation; nil where there is only one value, which is then ``mean`` itself."""
        ...

    def drawn(self, scores: Floats) -> Floats:
        """The value of each score, in a new array of the same shape."""
        ...


def _check(*numbers: float) -> None:
    if not all(map(isfinite, numbers)):
        raise ValueError(f"a distribution needs finite numbers, not {', '.join(f'{each:g}' for each in numbers)}")


@dataclass(frozen=True)
class Fixed:
    """One value, whatever happens."""

    value: float

    def __post_init__(self) -> None:
        _check(self.value)

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def sd(self) -> float:
        """Nil."""
        return 0.0

    def drawn(self, scores: Floats) -> Floats:
        """The one value for each score."""
        return np.full_like(scores, self.value)


@dataclass(frozen=True)
class Normal:
    """The bell curve: two thirds of what happens lie within one ``sd`` of ``mean``, and nothing is ruled out."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        _check(self.mean, self.sd)
        if self.sd < 0:
            raise ValueError(f"a standard deviation is nil or more, not {self.sd:g}")

    def drawn(self, scores: Floats) -> Floats:
        """The mean, and as many standard deviations as the score says."""
        found = scores * self.sd
        found += self.mean
        return found


@dataclass(frozen=True)
class LogNormal:
    """Never below nil and skewed upwards; ``mean`` and ``sd`` are those of the value itself, not of its logarithm."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        _check(self.mean, self.sd)
        if self.mean <= 0 or self.sd < 0:
            raise ValueError(
                f"a lognormal needs a mean above nil and a spread not below it: {self.mean:g}, {self.sd:g}"
            )

    def drawn(self, scores: Floats) -> Floats:
        """exp(μ + σ × score) with σ² = ln(1 + sd² / mean²) and μ = ln mean − σ² / 2."""
        variance = log(1 + (self.sd / self.mean) ** 2)
        found = scores * sqrt(variance)
        found += log(self.mean) - variance / 2
        return np.exp(found, out=found)


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
        _check(self.low, self.high, *inner)
        if self.low >= self.high:
            raise ValueError(f"the lowest value, {self.low:g}, is not below the highest, {self.high:g}")
        for each in inner:
            if not self.low <= each <= self.high:
                raise ValueError(f"the likeliest value, {each:g}, is not between {self.low:g} and {self.high:g}")


@cache
def _chances() -> Floats:
    """Φ at each score of a table."""
    cells = 2 * TABLE_SCORES * CELLS_PER_SCORE
    return np.array([erfc(-(i / CELLS_PER_SCORE - TABLE_SCORES) / sqrt(2)) / 2 for i in range(cells + 1)])


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
        """From the beta's area, by Simpson's rule on 8,192 cells of the angle whose sin² is the value's place.

        In the angle the density is sin^(2α−1) cos^(2β−1): smooth, with no steep end. Within 10⁻⁷ of the range.
        """
        alpha = 1 + 4 * (self.mode - self.low) / (self.high - self.low)
        angles = np.linspace(0, pi / 2, 2 * 8192 + 1)
        density = np.sin(angles) ** (2 * alpha - 1) * np.cos(angles) ** (11 - 2 * alpha)
        cells = density[:-2:2] + 4 * density[1::2] + density[2::2]
        area = np.concatenate(([0.0], np.cumsum(cells)))
        angle = np.interp(chance, area / area[-1], angles[::2])
        return self.low + (self.high - self.low) * np.sin(angle) ** 2


@dataclass(frozen=True)
class Discrete:
    """One of some values, each as likely as its weight says. weights: nil or more; they need not add up to 1."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        _check(*self.values, *self.weights)
        if len(self.values) != len(self.weights):
            raise ValueError(f"each value needs one weight: {len(self.values)} values, {len(self.weights)} weights")
        if min(self.weights, default=0) < 0 or sum(self.weights) == 0:
            raise ValueError("weights must be nil or more, and not all nil")

    @property
    def mean(self) -> float:
        """The weighted mean."""
        likely = _likely(self)
        return likely[0][0] if len(likely) == 1 else sum(value * chance for value, chance in likely)

    @property
    def sd(self) -> float:
        """The root of the weighted mean of the squared distances from the mean."""
        mean = self.mean
        return sqrt(sum(chance * (value - mean) ** 2 for value, chance in _likely(self)))

    def drawn(self, scores: Floats) -> Floats:
        """The first value for scores below Φ⁻¹ of its chance, the second up to Φ⁻¹ of the two together, and so on."""
        edges, values = _steps(self)
        return values[np.searchsorted(edges, scores, side="right")]


@cache
def _likely(distribution: Discrete) -> list[tuple[float, float]]:
    """Each different value that has a chance, lowest first, and its chance."""
    total = sum(distribution.weights)
    found: dict[float, float] = {}
    for value, weight in sorted(zip(distribution.values, distribution.weights, strict=True)):
        if weight > 0:
            found[value] = found.get(value, 0.0) + weight / total
    return list(found.items())


@cache
def _steps(distribution: Discrete) -> tuple[Floats, Floats]:
    """The scores at which one value gives way to the next, and the values."""
    likely = _likely(distribution)
    up_to = list(accumulate(chance for _, chance in likely))[:-1]
    return np.array([score_of(chance) for chance in up_to]), np.array([value for value, _ in likely])


@dataclass(frozen=True)
class History:
    """What has happened before, each past value as likely as the next: the plain bootstrap.

    Nothing is put between or beyond the values. A history of pay awards or prices is a handful of years: a smooth curve
    through it would be our own invention, while this has the mean and the spread of the history itself and can be
    checked by hand. Where more than the past may happen, say so with another distribution.
    """

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("a history needs at least one value")
        _check(*self.values)

    @property
    def _discrete(self) -> Discrete:
        return Discrete(self.values, (1.0,) * len(self.values))

    @property
    def mean(self) -> float:
        """The mean of the past values."""
        return self._discrete.mean

    @property
    def sd(self) -> float:
        """Their standard deviation, as of all there is and not of a sample."""
        return self._discrete.sd

    def drawn(self, scores: Floats) -> Floats:
        """One of the past values for each score."""
        return self._discrete.drawn(scores)


def score_of(chance: float) -> float:
    """Φ⁻¹: the score that a share ``chance`` of all scores is below; minus infinity for nil, infinity for one."""
    if chance <= 0:
        return -inf
    return inf if chance >= 1 else NormalDist().inv_cdf(chance)
