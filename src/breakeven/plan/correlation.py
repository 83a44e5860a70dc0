"""How uncertain figures move together: correlation matrices, checked, mended, and put to use on scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from breakeven.plan.distributions import Floats

TOLERANCE = 1e-8
"""How far below nil an eigenvalue may be, for the rounding of a matrix typed with a few decimals or worked out."""


class NotACorrelationError(ValueError):
    """Figures that no set of numbers could be correlated by. nearest: the closest that some could."""

    def __init__(self, message: str, nearest: Floats) -> None:
        super().__init__(message)
        self.nearest = nearest


@dataclass(frozen=True, eq=False)
class Correlation:
    """The correlation between the scores of some uncertain inputs, by their ids; any other input moves alone.

    matrix: a row and a column for each id, from −1 to 1, symmetric, 1 on the diagonal, and positive semi-definite: if A
    moves with B and B with C, A and C cannot be said to move apart. The correlation is between scores (a Gaussian
    copula): between two normal inputs it is theirs; between others, theirs is nearer nil, and by rank it is
    6/π × asin(ρ/2). Raises ValueError where the matrix is not so; where only the last is amiss, a
    ``NotACorrelationError`` that holds the nearest that is.
    """

    ids: tuple[str, ...]
    matrix: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "matrix", np.array(self.matrix, dtype=float))
        _check_shape(self.ids, self.matrix)
        lowest = float(np.linalg.eigvalsh(self.matrix)[0])
        if lowest < -TOLERANCE:
            nearest = nearest_correlation(self.matrix)
            raise NotACorrelationError(_contradiction(self.ids, self.matrix, nearest), nearest)

    @classmethod
    def of_all(cls, ids: Sequence[str], rho: float) -> "Correlation":
        """Every two of ``ids`` correlated alike, as by one common cause. rho: from −1/(n − 1) to 1 for n inputs."""
        matrix = np.full((len(ids), len(ids)), float(rho))
        np.fill_diagonal(matrix, 1.0)
        return cls(tuple(ids), matrix)

    def mixing(self, ids: Sequence[str]) -> Floats:
        """The symmetric square root of the part of the matrix that is about ``ids``: mixing @ independent scores."""
        places = [self.ids.index(each) for each in ids]
        return square_root(self.matrix[np.ix_(places, places)])


def square_root(matrix: Floats) -> Floats:
    """The symmetric square root of a positive semi-definite matrix; unlike Cholesky's it favours no row's place."""
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T


def nearest_correlation(matrix: Floats, rounds: int = 10_000) -> Floats:
    """The correlation matrix nearest to a symmetric one, in the sum of squared differences.

    Alternating projections with Dykstra's correction. Source: N. J. Higham, Computing the nearest correlation matrix,
    IMA Journal of Numerical Analysis 22 (2002), algorithm 3.3.
    """
    unit = np.array(matrix, dtype=float)
    correction = np.zeros_like(unit)
    for _ in range(rounds):
        raised = unit - correction
        values, vectors = np.linalg.eigh(raised)
        semi_definite = (vectors * np.clip(values, 0, None)) @ vectors.T
        correction = semi_definite - raised
        before, unit = unit, (semi_definite + semi_definite.T) / 2
        np.fill_diagonal(unit, 1.0)
        if np.abs(unit - before).max() < TOLERANCE / 100:
            break
    return unit


def _check_shape(ids: Sequence[str], matrix: Floats) -> None:
    count = len(ids)
    if len(set(ids)) != count:
        raise ValueError("an input is named twice in the correlation")
    if matrix.shape != (count, count):
        raise ValueError(
            f"{count} inputs need {count} × {count} correlations, not {' × '.join(map(str, matrix.shape))}"
        )
    for i, first in enumerate(ids):
        if matrix[i, i] != 1:
            raise ValueError(f"{first} must have a correlation of 1 with itself, not {matrix[i, i]:g}")
        for j, second in enumerate(ids[:i]):
            if not -1 <= matrix[i, j] <= 1:
                raise ValueError(f"the correlation of {second} and {first} is not between −1 and 1: {matrix[i, j]:g}")
            if matrix[i, j] != matrix[j, i]:
                raise ValueError(
                    f"{second} and {first} have two correlations, {matrix[j, i]:g} and {matrix[i, j]:g}: they need one"
                )


def _contradiction(ids: Sequence[str], matrix: Floats, nearest: Floats) -> str:
    i, j = divmod(int(np.abs(matrix - nearest).argmax()), len(ids))
    return (
        f"these correlations contradict each other: no inputs could move so together. In the nearest that some could, "
        f"{ids[min(i, j)]} and {ids[max(i, j)]} have {nearest[i, j]:.2f} instead of {matrix[i, j]:g}"
    )
