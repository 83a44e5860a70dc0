"""The matrix exponential of rates: where children are after so many days, given the rates at which they move."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

Floats: TypeAlias = NDArray[np.float64]


def chances(generator: Floats, days: float = 1.0) -> Floats:
    """exp(generator × days): the chance of a child in each type (row) of being in each column's after so many days.

    generator: rates a day, one matrix or a stack of them; off the diagonal nil or more, no row above nil, and what a
    row is below nil leaves. No chance is below nil, though rounding may have one come out a trifle so.
    """
    return np.maximum(np.asarray(expm(generator * days), dtype=np.float64), 0.0)


def arrived(generator: Floats) -> Floats:
    """∫₀¹ exp(generator × s) ds: where one who arrives at any time of a day is by its end.

    It stands in the corner of the exponential of [[Q, 1], [0, 0]].
    """
    types = generator.shape[-1]
    wide = np.zeros((*generator.shape[:-2], 2 * types, 2 * types))
    wide[..., :types, :types] = generator
    wide[..., :types, types:] = np.eye(types)
    return chances(wide)[..., :types, types:]


def powers(matrix: Floats, count: int) -> Floats:
    """matrix⁰ to matrixⁿ for n = ``count``, stacked on a new axis before the last two; in log₂ n multiplications."""
    one = np.broadcast_to(np.eye(matrix.shape[-1]), matrix.shape)
    found = np.stack([one, matrix], axis=-3)
    while found.shape[-3] <= count:
        top = found[..., -1:, :, :] @ found[..., 1:, :, :]
        found = np.concatenate([found, top], axis=-3)
    return found[..., : count + 1, :, :]
