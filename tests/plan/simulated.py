"""Small plans to simulate, made in a line each."""

from decimal import Decimal

import numpy as np

from breakeven.plan.distributions import Distribution
from breakeven.plan.projection import Array, Flows, Lines
from breakeven.plan.uncertainty import How, Target, Uncertain


def full(value: int, *shape: int) -> Array:
    return np.full(shape, Decimal(value), dtype=object)


def steady(bases: list[str], years: int) -> Lines:
    """Lines that keep their base in each year."""
    count = len(bases)
    return Lines(
        base=np.array([Decimal(base) for base in bases], dtype=object).reshape(1, count),
        growth=full(1, 1, count, years),
        inflation=full(1, 1, count, years),
        stated=full(0, 1, count, years),
        is_stated=np.zeros((1, count, years), dtype=bool),
        in_year=full(1, 1, count, years),
        steps=full(0, 1, count, years),
        pressures=full(0, 1, count, years),
    )


def flows(
    income: list[str], spend: list[str], savings: list[list[int]] | None = None, years: int = 2, opening: str = "0"
) -> Flows:
    saved = savings or []
    return Flows(
        income=steady(income, years),
        expenditure=steady(spend, years),
        savings=np.array([[Decimal(each) for each in row] for row in saved], dtype=object).reshape(
            1, len(saved), years
        ),
        investments=full(0, 1, 0, years),
        opening=np.array([Decimal(opening)], dtype=object),
    )


def moved(name: str, distribution: Distribution, *lines: int, how: How = "add", each_year: bool = False) -> Uncertain:
    """An input that moves the inflation of some lines of expenditure, all of them alike."""
    return Uncertain(name, name, distribution, Target("expenditure", "inflation", lines, how), each_year)
