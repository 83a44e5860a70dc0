"""The projection: one function on arrays, for one plan of exact decimals or many trials of floats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Decimals (dtype object) where money must be exact, floats in a simulation; the first axis is trials."""

Rounding = Callable[[Array], Array]


@dataclass(frozen=True, slots=True)
class Lines:
    """What a set of lines starts from and how it moves; T trials, L lines, Y years.

    base: pounds in the year before the first, T × L. growth, inflation: the year's factor on the year
    before, such as 1.035, T × L × Y. stated: pounds that replace the projected sum where ``is_stated``,
    T × L × Y, the base of the years after. pressures: pounds added each year, not compounded, T × L × Y.
    """

    base: Array
    growth: Array
    inflation: Array
    stated: Array
    is_stated: NDArray[np.bool_]
    pressures: Array


def project(lines: Lines, rounding: Rounding) -> Array:
    """Each line's pounds in each year, T × L × Y, rounded line by line and year by year before any total.

        level[t] = stated[t], or level[t-1] × growth[t] × inflation[t];   level[0] = base
        gross[t] = round(level[t]) + pressures[t]

    The level itself is carried unrounded. Source: design of the plan, docs/plan.md.
    """
    level: Array = lines.base
    years: list[Array] = []
    for t in range(lines.growth.shape[-1]):
        moved = level * lines.growth[..., t] * lines.inflation[..., t]
        level = np.where(lines.is_stated[..., t], lines.stated[..., t], moved)
        years.append(rounding(level) + lines.pressures[..., t])
    return np.stack(years, axis=-1)


def positions(income: Array, gross: Array, savings: Array, investments: Array) -> Array:
    """Each year's position, T × Y: income − gross + savings − investments, lines summed after rounding."""
    return income.sum(axis=1) - gross.sum(axis=1) + savings.sum(axis=1) - investments.sum(axis=1)


def closing_balances(opening: Array, position: Array) -> Array:
    """The balance each 31 March, T × Y: the opening balance (T) and every position up to then."""
    return opening[:, None] + np.add.accumulate(position, axis=-1)
