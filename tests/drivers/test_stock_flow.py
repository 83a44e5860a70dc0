"""Stock and flow: the step cannot change the answer, ageing is to the day, and nobody is lost or made."""
# pyright: reportUnknownMemberType=false

from itertools import accumulate
from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from breakeven.drivers.flows import Cohort, Floats, Rates
from breakeven.drivers.generator import arrived, chances, powers
from breakeven.drivers.stock_flow import Projection

BANDS, TYPES, NIGHTS = 3, 2, 400


def cohort(*children: tuple[int, int, list[int]]) -> Cohort:
    """Children by band, type and the days to the birthdays that end each band."""
    return Cohort(
        np.array([band for band, _, _ in children], dtype=np.int64),
        np.array([kind for _, kind, _ in children], dtype=np.int64),
        np.array([days for _, _, days in children], dtype=np.int64).reshape(len(children), BANDS),
    )


def rates(move: float = 0.0, left: float = 0.0, entering: int = 0, each: float = 0.0) -> Rates:
    """The same rates a night in every band: of moving from the first type to the second, and of leaving."""
    moves: Floats = np.zeros((BANDS, TYPES, TYPES))
    moves[:, 0, 1] = move
    return Rates(moves, np.full((BANDS, TYPES), left), np.full(entering, each))


NOBODY = cohort()
BABY = (0, 0, [100, 200, 300])
"""In the first type, with birthdays 100, 200 and 300 days off."""


@st.composite
def projections(draw: Any) -> Projection:
    """Some children, some like whom others enter, and any rates from nil to one event in two nights."""

    def child() -> tuple[int, int, list[int]]:
        band = draw(st.integers(0, BANDS - 1))
        gaps: list[int] = draw(st.lists(st.integers(1, 200), min_size=BANDS, max_size=BANDS))
        days = [each - (10_000 if place < band else 0) for place, each in enumerate(accumulate(gaps))]
        return band, draw(st.integers(0, TYPES - 1)), days

    there, alike = ([child() for _ in range(draw(st.integers(0, 4)))] for _ in range(2))
    rate = st.floats(0, 0.25)
    moves = np.array(draw(st.lists(rate, min_size=BANDS * 4, max_size=BANDS * 4))).reshape(BANDS, TYPES, TYPES)
    moves[:, [0, 1], [0, 1]] = 0
    left = np.array(draw(st.lists(rate, min_size=BANDS * 2, max_size=BANDS * 2))).reshape(BANDS, TYPES)
    entering = np.array(draw(st.lists(rate, min_size=len(alike), max_size=len(alike))))
    return Projection(cohort(*there), cohort(*alike), Rates(moves, left, entering), NIGHTS)


@given(projections(), st.sampled_from([2, 7, 30, 31, 365]))
def test_the_length_of_the_step_does_not_change_the_answer(found: Projection, step: int) -> None:
    coarse, daily = found.stocks(step), found.daily
    assert np.allclose(coarse, daily[::step][: len(coarse)], rtol=0, atol=1e-9)


@given(projections())
def test_each_night_follows_from_the_one_before_it(found: Projection) -> None:
    """Children who are there move and leave, some come into a band on a birthday, and some enter."""
    daily, night = found.daily, chances(found.rates.generator)
    crossed, entered = found.crossings, found.arrivals
    for t in (1, 2, 100, NIGHTS):
        expected = np.einsum("bk,bkl->bl", daily[t - 1] + crossed[:, t], night) + entered
        assert np.allclose(daily[t], expected, rtol=0, atol=1e-9)


@given(projections())
def test_no_number_is_below_nil_and_nobody_comes_of_nothing(found: Projection) -> None:
    assert found.daily.min() >= -1e-9
    most = len(found.there) + np.arange(NIGHTS + 1) * found.rates.entering.sum()
    assert (found.daily.sum(axis=(1, 2)) <= most + 1e-9).all()


def test_a_child_is_in_the_next_band_from_the_birthday_on_and_leaves_on_the_last() -> None:
    daily = Projection(cohort(BABY), NOBODY, rates(), NIGHTS).daily
    for night, bands in ((99, [1, 0, 0]), (100, [0, 1, 0]), (199, [0, 1, 0]), (200, [0, 0, 1]), (299, [0, 0, 1])):
        assert daily[night].sum(axis=1).tolist() == bands
    assert daily[300:].sum() == 0


def test_a_child_who_may_leave_is_less_and_less_likely_to_be_there() -> None:
    daily = Projection(cohort(BABY), NOBODY, rates(left=0.01), NIGHTS).daily
    assert daily[250].sum() == pytest.approx(exp(-2.5), abs=1e-12)


def test_a_child_moves_by_the_rate_of_its_band_until_the_birthday() -> None:
    moves: Floats = np.zeros((BANDS, TYPES, TYPES))
    moves[0, 0, 1], moves[1, 0, 1] = 0.01, 0.02
    daily = Projection(cohort(BABY), NOBODY, Rates(moves, np.zeros((BANDS, TYPES)), np.zeros(0)), NIGHTS).daily
    # Night 99 is the last in the first band; the day that begins with the birthday is at the rate of the next.
    assert daily[150].sum(axis=0)[0] == pytest.approx(exp(-0.99 - 51 * 0.02), abs=1e-12)


def test_those_who_enter_grow_older_too() -> None:
    """One a day like BABY: on night t there are t of them, of whom those who entered 100 days ago are a band on."""
    daily = Projection(NOBODY, cohort(BABY), rates(entering=1, each=1.0), NIGHTS).daily
    assert daily[90].sum(axis=1) == pytest.approx([90, 0, 0], abs=1e-9)
    assert daily[150].sum(axis=1) == pytest.approx([100, 50, 0], abs=1e-9)
    assert daily[400].sum(axis=1) == pytest.approx([100, 100, 100], abs=1e-9)


def test_one_who_enters_at_any_time_of_a_day_may_leave_before_its_night() -> None:
    daily = Projection(NOBODY, cohort(BABY), rates(left=0.5, entering=1, each=2.0), NIGHTS).daily
    assert daily[1].sum() == pytest.approx(2 * (1 - exp(-0.5)) / 0.5, abs=1e-12)


def test_a_years_mean_is_over_its_nights() -> None:
    found = Projection(cohort(BABY), NOBODY, rates(), NIGHTS)
    assert found.mean(1, 365).sum() == pytest.approx(299 / 365)


# The matrix exponential -----------------------------------------------------------------------------------------


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 2000))
@example(5e-324, 0.0, 1.0)
def test_of_two_types_the_exponential_is_as_its_formula(there: float, back: float, days: float) -> None:
    """p(1 to 2 after t) = a / (a + b) × (1 − exp(−(a + b) × t))."""
    both = there + back
    so_far = (1 - exp(-both * days)) / both if both else 0.0
    expected = [[1 - there * so_far, there * so_far], [back * so_far, 1 - back * so_far]]
    found = chances(np.array([[-there, there], [back, -back]]), days)
    assert np.allclose(found, expected, rtol=0, atol=1e-9)


def test_half_a_time_twice_is_the_whole_time() -> None:
    generator = np.array([[-0.3, 0.1, 0.1], [0.02, -0.05, 0.0], [0.0, 0.4, -0.4]])
    half = chances(generator, 45.5)
    assert half @ half == pytest.approx(chances(generator, 91), abs=1e-13)
    assert powers(chances(generator), 91)[91] == pytest.approx(chances(generator, 91), abs=1e-13)


def test_where_one_is_by_the_end_of_the_day_of_arrival_is_the_mean_over_the_day() -> None:
    generator = np.array([[-0.3, 0.1], [0.02, -0.05]])
    by_hours = np.mean([chances(generator, (i + 0.5) / 2400) for i in range(2400)], axis=0)
    assert arrived(generator) == pytest.approx(by_hours, abs=1e-8)


def test_without_rates_all_stay_where_they_are() -> None:
    assert (chances(np.zeros((2, 3, 3)), 100) == np.eye(3)).all()
    assert (arrived(np.zeros((3, 3))) == np.eye(3)).all()
