"""What an uncertain figure may turn out to be, and how a draw becomes a value.

Every distribution turns *scores* into values. A score is one draw of the standard normal, mean 0 and standard deviation
1; its value is the one as far up its own distribution as the score is up the normal, value = F⁻¹(Φ(score)). So two
scores that are correlated give values that are, whatever their distributions (a Gaussian copula).
"""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import inf, isfinite, log, sqrt
from statistics import NormalDist
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]


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


def check_finite(*numbers: float) -> None:
    """Raise ValueError where a number is infinite or none."""
    if not all(map(isfinite, numbers)):
        raise ValueError(f"a distribution needs finite numbers, not {', '.join(f'{each:g}' for each in numbers)}")


@dataclass(frozen=True)
class Fixed:
    """One value, whatever happens."""

    value: float

    def __post_init__(self) -> None:
        check_finite(self.value)

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
        check_finite(self.mean, self.sd)
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
        check_finite(self.mean, self.sd)
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


@dataclass(frozen=True)
class Discrete:
    """One of some values, each as likely as its weight says. weights: nil or more; they need not add up to 1."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        check_finite(*self.values, *self.weights)
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
        check_finite(*self.values)

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
