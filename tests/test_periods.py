"""Contract years run from 1 April to 31 March; P01 is April and P12 March."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.periods import YEAR_END_PERIOD, Year, month_number, parse_period, period_name, year_of

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("text", ["2023-24", "2023/24", "2023-2024", " 2023–24 ", "2023 / 24"])
def test_a_contract_year_is_read_as_people_write_it(text: str) -> None:
    assert Year.parse(text) == Year(2023)


@pytest.mark.parametrize("text", ["2023", "2023-25", "2023-2025", "23-24", "2024-23", "", "2023-24 forecast", "2023-4"])
def test_what_is_not_one_year_and_the_next_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a contract year such as 2023-24"):
        Year.parse(text)


def test_a_year_crosses_the_century() -> None:
    assert Year.parse("1999-00") == Year(1999)
    assert (str(Year(1999)), Year(1999).on_screen) == ("1999-00", "1999/00")


@given(st.integers(1000, 9998))
def test_a_year_reads_back_as_it_is_written(start: int) -> None:
    assert Year.parse(str(Year(start))) == Year.parse(Year(start).on_screen) == Year(start)


def test_a_year_is_known_by_where_it_starts() -> None:
    year = Year(2023)
    assert (year.first_day, year.last_day) == (date(2023, 4, 1), date(2024, 3, 31))
    assert (year.later(2), year.later(-1)) == (Year(2025), Year(2022))
    assert Year(2023) < Year(2024)


@given(days)
def test_every_day_is_in_one_contract_year(day: date) -> None:
    assert [year for n in (-1, 0, 1) if (year := year_of(day).later(n)).holds(day)] == [year_of(day)]


@given(days)
def test_the_day_after_is_in_the_same_period_or_starts_the_next(day: date) -> None:
    after = day + timedelta(days=1)
    assert month_number(after) == (month_number(day) if after.day > 1 else month_number(day) % 12 + 1)


@pytest.mark.parametrize(
    ("day", "period"), [(date(2023, 4, 1), 1), (date(2023, 12, 31), 9), (date(2024, 1, 1), 10), (date(2024, 3, 31), 12)]
)
def test_april_is_p01_and_march_p12(day: date, period: int) -> None:
    assert Year(2023).period_of(day) == month_number(day) == period


@pytest.mark.parametrize("day", [date(2023, 3, 31), date(2024, 4, 1)])
def test_a_day_outside_the_year_has_no_period_in_it(day: date) -> None:
    with pytest.raises(ValueError, match="is outside the contract year 2023/24"):
        Year(2023).period_of(day)


@pytest.mark.parametrize(("text", "period"), [("P09", 9), ("p9", 9), ("9", 9), (" P01 ", 1), ("P13", YEAR_END_PERIOD)])
def test_a_period_is_read_as_people_write_it(text: str, period: int) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["P00", "P14", "0", "Q1", "", "P1.5", "-1", "P113"])
def test_a_period_outside_p01_to_p13_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a period from P01 to P13"):
        parse_period(text)


def test_a_period_is_written_with_two_figures() -> None:
    assert [period_name(n) for n in (1, 9, 12)] == ["P01", "P09", "P12"]


def test_a_period_ends_with_its_month_and_p13_with_the_year() -> None:
    ends = [Year(2023).period_end(n) for n in (1, 9, 11, 12, YEAR_END_PERIOD)]
    last, leap = date(2024, 3, 31), date(2024, 2, 29)
    assert ends == [date(2023, 4, 30), date(2023, 12, 31), leap, last, last]


def test_a_year_with_a_29_february_in_it_has_366_days() -> None:
    assert [Year(start).days for start in (2022, 2023, 2024, 2099)] == [365, 366, 365, 365]
