"""The matrix exponential of rates: where children are after so many days, given the rates at which they move."""

from math import ceil, exp, log2
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

_TERMS = 20
"""Terms of a series in a number up to 1: what is left out is below 1 part in 10 to the 19th."""


def chances(generator: Floats, days: float = 1.0) -> Floats:
    """exp(generator × days): the chance of a child in each type (row) of being in each (column) after so many days.

    generator: rates a day, one matrix or a stack of them; off the diagonal nil or more, no row above nil, and what a
    row is below nil leaves. Worked out by uniformisation: with m the fastest rate of leaving a type,

        exp(Q × d) = exp(−m × d) × Σ (m × d)ⁿ / n! × (1 + Q / m)ⁿ

    in which no term is negative, so that nothing cancels; a long time is halved until m × d is 1 at most, and the
    result squared as often.
    """
    types = generator.shape[-1]
    one = np.broadcast_to(np.eye(types), generator.shape)
    fastest = float(-np.diagonal(generator, axis1=-2, axis2=-1).min(initial=0.0)) * days
    if fastest <= 0:
        return one.copy()
    halvings = max(0, ceil(log2(fastest)))
    each = fastest / 2**halvings
    step = np.maximum(one + generator * days / fastest, 0.0)
    term, found = one * exp(-each), one * exp(-each)
    for n in range(1, _TERMS):
        term = term @ step * (each / n)
        found = found + term
    for _ in range(halvings):
        found = found @ found
    return found


def arrived(generator: Floats) -> Floats:
    """∫₀¹ exp(generator × s) ds: where one who arrives at any time of a day is by its end.

    It stands in the corner of the exponential of [[Q, 1], [0, 0]], whose rates are as those of any other.
    """
    types = generator.shape[-1]
    wide = np.zeros((*generator.shape[:-2], 2 * types, 2 * types))
    wide[..., :types, :types] = generator
    wide[..., :types, types:] = np.eye(types)
    return _exponential(wide)[..., :types, types:]


def _exponential(matrix: Floats) -> Floats:
    """Exp of a matrix of small numbers, by its series, halved and squared."""
    largest = float(np.abs(matrix).sum(axis=-1).max(initial=0.0))
    halvings = max(0, ceil(log2(largest))) if largest > 0 else 0
    scaled = matrix / 2**halvings
    term = found = np.broadcast_to(np.eye(matrix.shape[-1]), matrix.shape).copy()
    for n in range(1, _TERMS):
        term = term @ scaled / n
        found = found + term
    for _ in range(halvings):
        found = found @ found
    return found


def powers(matrix: Floats, count: int) -> Floats:
    """matrix⁰ to matrixⁿ for n = ``count``, stacked on a new axis before the last two; in log₂ n multiplications."""
    one = np.broadcast_to(np.eye(matrix.shape[-1]), matrix.shape)
    found = np.stack([one, matrix], axis=-3)
    while found.shape[-3] <= count:
        top = found[..., -1:, :, :] @ found[..., 1:, :, :]
        found = np.concatenate([found, top], axis=-3)
    return found[..., : count + 1, :, :]
