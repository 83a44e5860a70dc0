"""Nights and days are counted from the calendar: the first night counts, the day a placement ends does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.drivers.nights import days_filled, nights_within
from breakeven.periods import Year
from made import day

YEAR = Year(2023)


def nights(start: str, end: str | None, first: str = "2023-04-01", last: str = "2024-03-31") -> int:
    return nights_within(day(start), day(end) if end else None, day(first), day(last))


def filled(start: str | None, end: str | None, first: str = "2023-04-01", last: str = "2024-03-31") -> int:
    return days_filled(day(start) if start else None, day(end) if end else None, day(first), day(last))


@pytest.mark.parametrize(("year", "days"), [(2022, 365), (2023, 366), (2024, 365), (2027, 366)])
def test_a_placement_that_lasts_all_year_has_the_nights_of_its_calendar(year: int, days: int) -> None:
    first, last = Year(year).first_day, Year(year).last_day
    assert nights_within(first - timedelta(days=400), None, first, last) == days
    assert days_filled(first, None, first, last) == days


def test_the_first_night_counts_and_the_day_it_ends_does_not() -> None:
    assert nights("2023-05-01", "2023-05-02") == 1
    assert nights("2023-05-01", "2023-05-01") == 0
    assert nights("2024-03-31", None) == 1
    assert nights("2022-01-01", "2023-04-01") == 0
    assert nights("2022-01-01", "2024-04-01") == 366


def test_the_last_day_of_a_post_counts() -> None:
    assert filled("2023-05-01", "2023-05-01") == 1
    assert filled("2022-01-01", "2023-04-01") == 1
    assert filled("2022-01-01", "2023-03-31") == 0


def test_a_vacant_post_is_never_filled() -> None:
    assert filled(None, None) == 0


def test_what_is_outside_the_days_counts_nothing() -> None:
    assert nights("2024-04-01", None) == 0
    assert nights("2023-05-02", "2023-05-01") == 0
    assert nights("2023-01-01", None, "2023-07-01", "2023-06-30") == 0


dates = st.dates(date(2022, 1, 1), date(2025, 12, 31))


@given(dates, st.none() | dates)
def test_nights_are_the_days_on_which_it_is_live(start: date, end: date | None) -> None:
    days = [YEAR.first_day + timedelta(days=n) for n in range(366)]
    live = [each for each in days if start <= each and (end is None or each < end)]
    assert nights_within(start, end, YEAR.first_day, YEAR.last_day) == len(live)


@given(dates, st.none() | dates, st.sampled_from([date(2023, 6, 30), date(2023, 12, 31), date(2024, 2, 29)]))
def test_nights_to_a_period_end_and_after_it_come_to_those_of_the_year(
    start: date, end: date | None, cut: date
) -> None:
    whole = nights_within(start, end, YEAR.first_day, YEAR.last_day)
    parts = (
        nights_within(start, end, YEAR.first_day, cut),
        nights_within(start, end, cut + timedelta(days=1), YEAR.last_day),
    )
    assert sum(parts) == whole
