"""The projection on arrays is the same as a plain loop by hand, for exact decimals and for floats."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.money import whole_pounds
from breakeven.plan.model import round_decimals
from breakeven.plan.projection import Array, Lines, closing_balances, positions, project

factors = st.decimals(Decimal("0.8"), Decimal("1.3"), places=4)
money = st.decimals(0, 10**8, places=2)


@dataclass(frozen=True)
class ByHand:
    """One line: its base, and for each year growth, inflation, a stated sum or None, and pressures."""

    base: Decimal
    years: list[tuple[Decimal, Decimal, Decimal | None, Decimal]]

    def gross(self) -> list[Decimal]:
        level, found = self.base, list[Decimal]()
        for growth, inflation, stated, pressures in self.years:
            level = level * growth * inflation if stated is None else stated
            found.append(whole_pounds(level) + pressures)
        return found


@st.composite
def plans(draw: st.DrawFn) -> list[ByHand]:
    """Some lines over the same number of years, one to ten."""
    count = draw(st.integers(1, 10))
    year = st.tuples(factors, factors, st.none() | money, st.integers(-(10**6), 10**6).map(Decimal))
    return draw(
        st.lists(st.builds(ByHand, money, st.lists(year, min_size=count, max_size=count)), min_size=1, max_size=5)
    )


def arrays(lines: list[ByHand], number: Any, kind: str) -> Lines:
    """The lines as arrays of a single trial."""

    def column(place: int) -> Array:
        return np.array([[[number(year[place] or 0) for year in line.years] for line in lines]], dtype=np.dtype(kind))

    return Lines(
        base=np.array([[number(line.base) for line in lines]], dtype=np.dtype(kind)),
        growth=column(0),
        inflation=column(1),
        steps=np.full((1, len(lines), len(lines[0].years)), number(Decimal(0)), dtype=np.dtype(kind)),
        stated=column(2),
        is_stated=np.array([[[year[2] is not None for year in line.years] for line in lines]]),
        in_year=np.full((1, len(lines), len(lines[0].years)), number(Decimal(1)), dtype=np.dtype(kind)),
        pressures=column(3),
    )


@given(plans())
def test_one_trial_of_decimals_is_the_loop_by_hand_to_the_pound(lines: list[ByHand]) -> None:
    assert project(arrays(lines, Decimal, "object"), round_decimals)[0].tolist() == [line.gross() for line in lines]


@given(plans())
def test_a_trial_of_floats_is_the_exact_plan_within_rounding(lines: list[ByHand]) -> None:
    exact = project(arrays(lines, Decimal, "object"), round_decimals).astype(float)
    floats = project(arrays(lines, float, "float"), np.rint)
    assert np.abs(exact - floats).max() <= 1


@given(plans(), st.integers(2, 4))
def test_trials_do_not_touch_each_other(lines: list[ByHand], trials: int) -> None:
    one = arrays(lines, Decimal, "object")
    many = Lines(*(np.repeat(getattr(one, name), trials, axis=0) for name in Lines.__dataclass_fields__))
    many.base[0] = Decimal(0)
    assert (project(many, round_decimals)[1:] == project(one, round_decimals)[0]).all()


def test_a_line_is_rounded_before_it_is_totalled_but_carried_on_unrounded() -> None:
    a_third = ByHand(Decimal("1.40"), [(Decimal("1.0"), Decimal("1.0"), None, Decimal(0))] * 2)
    doubled = ByHand(Decimal("1.40"), [(Decimal(2), Decimal(1), None, Decimal(0))] * 2)
    gross = project(arrays([a_third, doubled], Decimal, "object"), round_decimals)
    assert gross[0].tolist() == [[1, 1], [3, 6]]


def test_a_stated_sum_replaces_the_years_projection_and_is_the_base_of_the_next() -> None:
    contract = ByHand(
        Decimal(75_325_163),
        [
            (Decimal("1.5"), Decimal("1.5"), Decimal(80_800_000), Decimal(0)),
            (Decimal(1), Decimal("1.025"), None, Decimal(0)),
        ],
    )
    assert project(arrays([contract], Decimal, "object"), round_decimals)[0].tolist() == [[80_800_000, 82_820_000]]


def row(*years: int) -> Array:
    """One trial of one line."""
    return np.array([[[Decimal(year) for year in years]]], dtype=object)


def test_position_is_income_less_spend_plus_savings_less_investments() -> None:
    found = positions(row(90, 90), row(100, 100), row(10, 12), row(3, 0))
    assert found.tolist() == [[-3, 2]]


def test_a_saving_that_slips_a_year_stays_in_the_deficit_for_good() -> None:
    income, spend, nil = row(90, 90, 90), row(100, 100, 100), row(0, 0, 0)
    opening = np.array([Decimal(0)], dtype=object)
    on_time, slipped = (
        closing_balances(opening, positions(income, spend, savings, nil)).tolist()
        for savings in (row(10, 10, 10), row(0, 10, 10))
    )
    assert (on_time, slipped) == ([[0, 0, 0]], [[-10, -10, -10]])


def test_the_2023_24_outturn_gives_the_published_cumulative_deficit() -> None:
    opening = np.array([Decimal(-6_977_292)], dtype=object)
    position = positions(row(84_678_218), row(88_931_888), row(0), row(0))
    assert position.tolist() == [[-4_253_670]]
    assert closing_balances(opening, position).tolist() == [[-11_230_962]]


@given(money, st.lists(st.decimals(-(10**7), 10**7, places=2), min_size=1, max_size=10))
def test_closing_is_opening_and_every_position_so_far(opening: Decimal, position: list[Decimal]) -> None:
    closing = closing_balances(np.array([opening], dtype=object), np.array([position], dtype=object))[0]
    assert closing.tolist() == [opening + sum(position[: n + 1]) for n in range(len(position))]


@pytest.mark.parametrize("trials", [1, 3])
def test_each_trial_has_its_own_balance(trials: int) -> None:
    opening = np.zeros(trials)
    position = np.arange(trials * 2, dtype=float).reshape(trials, 2)
    assert closing_balances(opening, position)[:, -1].tolist() == position.sum(axis=1).tolist()
