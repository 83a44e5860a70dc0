"""How a budget falls over the months."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.lines import LastYearLine
from breakeven.money import share
from breakeven.monitoring.profile import days_of_months, stated_months, weights_of, whole_weights
from breakeven.periods import Year
from made import HERE, budget, pounds

LEAP, COMMON = Year(2023), Year(2024)
TWELVE = "100 100 100 100 100 100 100 100 100 100 100 100"


def months(row: str) -> list[Decimal]:
    return [pounds(each) for each in row.split()]


def last_year(row: str) -> LastYearLine:
    named = {f"p{n:02d}": amount for n, amount in enumerate(months(row), start=1)}
    return LastYearLine.model_validate(
        {"at": HERE, "cost_centre": "S1", "account": "5010", "outturn": sum(named.values()), **named}
    )


def test_by_days_a_year_with_a_29_february_has_366_of_them() -> None:
    assert days_of_months(LEAP) == (30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31)
    assert (sum(days_of_months(LEAP)), sum(days_of_months(COMMON))) == (366, 365)


def test_a_profile_is_twelfths_days_named_weights_or_last_years_shape() -> None:
    assert weights_of("twelfths", LEAP, {}, None) == (1,) * 12
    assert weights_of("days", LEAP, {}, None) == days_of_months(LEAP)
    assert weights_of("winter", LEAP, {"winter": [Decimal("1.5"), Decimal(2)]}, None) == (15, 20)
    assert weights_of("last year", LEAP, {}, last_year("0 " * 11 + "12.50")) == (*(0,) * 11, 1250)


def test_a_profile_that_cannot_be_told_is_none() -> None:
    assert weights_of("last year", LEAP, {}, None) is None
    assert weights_of("winter", LEAP, {}, None) is None
    assert whole_weights(months("1 2 -3")) is None
    assert whole_weights([Decimal(0), Decimal(0)]) is None
    assert whole_weights([Decimal(1), None]) is None


def test_the_stated_months_are_the_profile_where_the_budget_is_as_they_say() -> None:
    row = "10 20 30 40 50 60 70 80 90 100 110 120"
    assert stated_months(budget("S1 5010", "780", profile=row), pounds("780")) == months(row)


def test_a_virement_beyond_the_stated_months_falls_as_they_do() -> None:
    line = budget("S1 5010", "1200", profile=TWELVE)
    assert stated_months(line, pounds("1320")) == months("110 " * 12)
    nil = budget("S1 5010", "0", profile="0 " * 12)
    assert stated_months(nil, pounds("120")) == months("10 " * 12)


def test_a_month_left_blank_is_missing_and_no_profile() -> None:
    assert stated_months(budget("S1 5010", "1200", profile=TWELVE.replace("100", "[x]", 1)), pounds("1200")) is None
    assert stated_months(budget("S1 5010", "1200"), pounds("1200")) is None


@given(
    st.integers(-(10**9), 10**9),
    st.lists(st.integers(0, 10**8), min_size=12, max_size=12),
)
def test_the_months_always_come_to_the_current_budget_to_the_penny(current: int, stated: list[int]) -> None:
    line = budget("S1 5010", "1", profile=" ".join(str(Decimal(each).scaleb(-2)) for each in stated))
    found = stated_months(line, Decimal(current).scaleb(-2))
    assert found is not None
    assert sum(found) == Decimal(current).scaleb(-2)
    assert sum(share(Decimal(current).scaleb(-2), days_of_months(LEAP))) == Decimal(current).scaleb(-2)
