"""What a dated yearly amount comes to in each contract year."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.money import whole_pounds
from breakeven.periods import Year, year_of
from breakeven.plan.effects import change_since, effect_in
from made import Recurrence, day, investment, pressure

BASE = Year(2023)
starts = st.dates(date(2015, 4, 1), date(2035, 3, 31))
sums = st.integers(0, 10**9).map(lambda pence: Decimal(pence).scaleb(-2))


def effects(amount: str, start: str, *, recurrent: bool) -> list[int]:
    """The amount in 2023/24, 2024/25 and 2025/26."""
    return [int(effect_in(BASE.later(n), Decimal(amount), day(start), recurrent=recurrent)) for n in range(3)]


def test_a_recurrent_amount_counts_a_twelfth_for_each_month_left_and_all_of_it_after() -> None:
    assert effects("480000", "2024-07-01", recurrent=True) == [0, 360_000, 480_000]
    assert effects("120000", "2024-04-01", recurrent=True) == [0, 120_000, 120_000]
    assert effects("120000", "2025-03-01", recurrent=True) == [0, 10_000, 120_000]


def test_a_month_counts_from_its_first_day() -> None:
    assert effects("120000", "2025-03-31", recurrent=True) == effects("120000", "2025-03-01", recurrent=True)


def test_a_one_off_counts_whole_in_its_own_year_and_drops_out() -> None:
    assert effects("63000", "2024-09-01", recurrent=False) == [0, 63_000, 0]


def test_an_amount_begun_before_the_base_year_is_there_in_full_if_recurrent() -> None:
    assert effects("63000", "2022-09-01", recurrent=True) == [63_000, 63_000, 63_000]
    assert effects("63000", "2022-09-01", recurrent=False) == [0, 0, 0]


def test_each_year_is_rounded_to_whole_pounds_halves_away_from_nil() -> None:
    assert effects("1000", "2023-05-01", recurrent=True) == [917, 1000, 1000]
    assert effects("0.50", "2023-04-01", recurrent=False) == [1, 0, 0]


@given(sums, starts)
def test_the_first_year_and_the_full_year_effect_are_the_full_amount(amount: Decimal, start: date) -> None:
    first = year_of(start)
    in_first, after = (effect_in(first.later(n), amount, start, recurrent=True) for n in (0, 1))
    assert Decimal(0) <= in_first <= after == whole_pounds(amount)


@given(sums, starts)
def test_a_one_off_comes_to_its_amount_once(amount: Decimal, start: date) -> None:
    around = [effect_in(year_of(start).later(n), amount, start, recurrent=False) for n in range(-2, 5)]
    assert sum(around) == whole_pounds(amount)


@pytest.mark.parametrize(
    ("start", "recurrence", "changes"),
    [
        ("2024-10-01", "recurrent", [60_000, 120_000]),
        ("2024-10-01", "one-off", [120_000, 0]),
        ("2023-10-01", "recurrent", [60_000, 60_000]),
        ("2023-10-01", "one-off", [-120_000, -120_000]),
        ("2021-10-01", "recurrent", [0, 0]),
        ("2021-10-01", "one-off", [0, 0]),
    ],
)
def test_only_what_the_base_years_outturn_does_not_hold_is_a_change(
    start: str, recurrence: Recurrence, changes: list[int]
) -> None:
    for record in (pressure("residential", "120_000", start, recurrence), investment("120_000", start, recurrence)):
        assert [int(change_since(BASE, BASE.later(n), record)) for n in (1, 2)] == changes
