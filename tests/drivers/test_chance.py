"""Chance and rates: one seed gives one answer, the trials agree with what is expected, and the spreads are apart."""
# pyright: reportUnknownMemberType=false

from datetime import date
from functools import lru_cache

import numpy as np
import pytest

from breakeven.drivers.chance import Spread, spread
from breakeven.drivers.demand import back_test_flows, rewound, stock_flow
from breakeven.drivers.flows import Cohort, Flows, cohort_on, flows
from breakeven.drivers.trend import TooLittleError
from breakeven.ledger.ssda903 import Returns
from breakeven.periods import Year
from drivers.in_care import FIRST, LAST, RULES, YEARS, journeys_of, made
from ssda903_made import made_children

SPANS = [(1, 365), (366, 730)]


@lru_cache
def found() -> Spread:
    care = made()[2]
    return spread(cohort_on(care, LAST), flows(care, date(2022, 4, 1), LAST), SPANS, trials=600, seed=4)


def test_the_mean_of_the_trials_is_what_is_expected() -> None:
    """Within four standard errors, of each type and year."""
    error = found().trials.std(axis=0) / 600**0.5
    assert (np.abs(found().trials.mean(axis=0) - found().expected) < 4 * error).all()


def test_chance_and_rates_come_to_the_spread_of_the_trials() -> None:
    """The two are independent, so that their squares add up; of 600 trials within a tenth or so."""
    together = (found().by_chance ** 2 + found().by_rate ** 2) ** 0.5
    assert found().trials.std(axis=0)[:, -1] == pytest.approx(together[:, -1], rel=0.15)


def test_all_types_together_are_in_the_last_column() -> None:
    assert found().expected[:, -1] == pytest.approx(found().expected[:, :-1].sum(axis=1))
    assert found().trials[..., -1] == pytest.approx(found().trials[..., :-1].sum(axis=-1))
    assert (found().percentile(10) <= found().percentile(90)).all()


def test_one_seed_gives_one_answer_and_another_gives_another() -> None:
    care = made()[2]
    counted = flows(care, date(2022, 4, 1), LAST)
    one, same, other = (spread(cohort_on(care, LAST), counted, SPANS, trials=60, seed=s) for s in (1, 1, 2))
    assert (one.trials == same.trials).all()
    assert (one.by_rate == same.by_rate).all()
    assert (one.trials != other.trials).any()


def test_what_never_happened_never_does() -> None:
    """One child, of whom nobody has seen anyone leave, move or enter: nothing is uncertain."""
    there = Cohort(np.array([0]), np.array([0]), np.array([[5000]]))
    nobody = Cohort(np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.zeros((0, 1), dtype=np.int64))
    counted = Flows(FIRST, LAST, np.zeros((1, 1, 1), int), np.zeros((1, 1), int), np.full((1, 1), 1461), nobody)
    still = spread(there, counted, SPANS, trials=50, seed=1)
    assert (still.trials == 1).all()
    assert (still.by_chance == 0).all()
    assert (still.by_rate == 0).all()


def test_the_fewer_the_events_the_less_the_rates_are_known() -> None:
    care = made()[2]
    there = cohort_on(care, LAST)
    long, short = (
        spread(there, flows(care, first, LAST), SPANS, trials=50, seed=1) for first in (FIRST, date(2023, 10, 1))
    )
    assert short.by_rate[-1, -1] > long.by_rate[-1, -1]


# Back-test -------------------------------------------------------------------------------------------------------


@lru_cache
def returns() -> Returns:
    return Returns(YEARS, journeys_of(*made_children(FIRST, LAST, there=400)), (), (), ())


def test_a_projection_of_children_whose_rates_do_not_change_is_near_what_happened() -> None:
    test = back_test_flows(returns(), RULES, {}, window=24, rewind=12)
    assert (test.first, test.last) == (date(2023, 4, 1), LAST)
    assert abs(test.number("projected") - test.number("actual")) < 0.1 * test.number("actual")


def test_the_actual_numbers_are_nights_counted_one_by_one() -> None:
    test = back_test_flows(returns(), RULES, {}, window=24, rewind=12)
    nights = sum(
        max(0, (min(e.end or LAST, LAST) - max(e.start, test.first)).days + (e.end is None or e.end > LAST))
        for journey in returns().journeys
        for e in journey.episodes
    )
    assert test.number("actual") == pytest.approx(nights / 366)


def test_what_is_asked_must_be_in_the_returns() -> None:
    with pytest.raises(TooLittleError, match="the returns begin on 01/04/2020, after 31/03/2019"):
        back_test_flows(returns(), RULES, {}, window=24, rewind=60)
    with pytest.raises(TooLittleError, match="tell of 91 days until 30/06/2020"):
        back_test_flows(returns(), RULES, {}, window=2, rewind=45)
    with pytest.raises(TooLittleError, match="until 31/03/2024, which is after 2023/24 begins"):
        stock_flow(returns(), RULES, [Year(2023)], window=24, trials=50, seed=1)


def test_so_many_months_before_is_the_end_of_a_month() -> None:
    assert [rewound(LAST, months) for months in (1, 12, 25)] == [
        date(2024, 2, 29),
        date(2023, 3, 31),
        date(2022, 2, 28),
    ]
