"""The projection: one function on arrays, for one plan of exact decimals or many trials of floats."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Decimals (dtype object) where money must be exact, floats in a simulation; the first axis is trials.

An axis of length 1 stands for any length: what does not vary from trial to trial is held once.
"""

Rounding = Callable[[Array], Array]
"""Whole pounds of amounts, in a new array."""


@dataclass(frozen=True)
class Lines:
    """What a set of lines starts from and how it moves; T trials, L lines, Y years.

    base: pounds in the year before the first, T × L. growth, inflation: the year's factor on the year
    before, such as 1.035, T × L × Y. stated: pounds that replace what is moved where ``is_stated``, T × L × Y, and the
    base of the years after. in_year: the part of what is moved that the year itself bears, not carried on, T × L × Y; 1
    unless something changes within it. steps: pounds added and carried on, such as a flat pay award, T × L × Y.
    pressures: whole pounds added each year beside the level, not compounded, T × L × Y.
    """

    base: Array
    growth: Array
    inflation: Array
    stated: Array
    is_stated: NDArray[np.bool_]
    in_year: Array
    steps: Array
    pressures: Array

    @property
    def shape(self) -> tuple[int, int, int]:
        """T, L, Y; T is 1 where nothing varies."""
        trials = max(len(getattr(self, field.name)) for field in fields(self))
        return (trials, *self.growth.shape[1:])

    @cached_property
    def idle(self) -> frozenset[tuple[str, int]]:
        """The fields that change nothing in a year, so that a million trials need not be taken through them."""
        neutral = {"growth": 1, "inflation": 1, "is_stated": False, "in_year": 1, "steps": 0, "pressures": 0}
        return frozenset(
            (name, year)
            for name, value in neutral.items()
            for year in range(self.growth.shape[-1])
            if len(array := getattr(self, name)) == 1 and (array[..., year] == value).all()
        )


@dataclass(frozen=True, slots=True)
class Flows:
    """All that the balances of some years come from, in pounds, each positive as its kind says.

    savings: whole pounds by scheme, T × S × Y. investments: whole pounds by investment, T × I × Y. opening: the balance
    before the first year, a deficit negative, T.
    """

    income: Lines
    expenditure: Lines
    savings: Array
    investments: Array
    opening: Array


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the flows come to. income, gross: by line, T × L × Y; position, closing: T × Y, a deficit negative."""

    income: Array
    gross: Array
    position: Array
    closing: Array


def run(flows: Flows, rounding: Rounding) -> Outcome:
    """Project every line, then each year's position and balance."""
    income, gross = project(flows.income, rounding), project(flows.expenditure, rounding)
    position = positions(income, gross, flows.savings, flows.investments)
    return Outcome(income, gross, position, closing_balances(flows.opening, position))


def project(lines: Lines, rounding: Rounding) -> Array:
    """Each line's pounds in each year, T × L × Y, rounded line by line and year by year before any total.

        moved[t] = stated[t], or level[t-1] × growth[t] × inflation[t]
        level[t] = moved[t] + steps[t];   level[0] = base
        gross[t] = round(moved[t] × in_year[t] + steps[t]) + pressures[t]

    The level itself is carried unrounded. Source: design of the plan, docs/plan.md.
    """
    trials, count, years = lines.shape
    # In memory a line's trials lie side by side, as they do in a simulation's arrays: each step runs along them.
    gross = np.empty((years, count, trials), lines.base.dtype).T
    level = lines.base
    for t in range(years):
        moved = _times(_times(level, lines, "growth", t), lines, "inflation", t)
        if ("is_stated", t) not in lines.idle:
            moved = np.where(lines.is_stated[..., t], lines.stated[..., t], moved)
        borne = _plus(_times(moved, lines, "in_year", t), lines, "steps", t)
        gross[..., t] = _plus(rounding(borne), lines, "pressures", t)
        level = _plus(moved, lines, "steps", t)
    return gross


def _times(amounts: Array, lines: Lines, field: str, year: int) -> Array:
    return amounts if (field, year) in lines.idle else amounts * getattr(lines, field)[..., year]


def _plus(amounts: Array, lines: Lines, field: str, year: int) -> Array:
    return amounts if (field, year) in lines.idle else amounts + getattr(lines, field)[..., year]


def positions(income: Array, gross: Array, savings: Array, investments: Array) -> Array:
    """Each year's position, T × Y: income − gross + savings − investments, lines summed after rounding."""
    return income.sum(axis=1) - gross.sum(axis=1) + savings.sum(axis=1) - investments.sum(axis=1)


def closing_balances(opening: Array, position: Array) -> Array:
    """The balance each 31 March, T × Y: the opening balance (T) and every position up to then."""
    return opening[:, None] + np.add.accumulate(position, axis=-1)
