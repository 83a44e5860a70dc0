"""The rest of the year by each method, and that no method counts a pound twice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.provenance import Figure
from breakeven.ledger.rules import METHODS, Method
from breakeven.monitoring.forecast import Known, Rest, rest_of_year
from made import pounds

SHAPE = [Decimal(n) for n in (10, 10, 10, 10, 10, 10, 10, 10, 20, 20, 30, 50)]
"""Last year: 100 by P09, and as much again after."""


def figure(amount: str | None) -> Figure:
    return Figure("id", "Label", None if amount is None else pounds(amount), "as read", ())


def known(
    *,
    period: int = 9,
    budget: str | None = "1200",
    to_date: str | None = "800",
    actual: str | None = "1000",
    committed: tuple[str, ...] = (),
    has_register: bool = False,
    last_year: list[Decimal] | None = None,
) -> Known:
    return Known(
        period=period,
        budget=figure(budget),
        budget_to_date=figure(to_date),
        actual=figure(actual),
        commitments=[figure(each) for each in committed],  # type: ignore[misc]
        has_register=has_register,
        last_year=last_year,
    )


def rest(method: Method, of: Known) -> tuple[Decimal | None, str]:
    found: Rest = rest_of_year(method, of)
    return found.amount, found.method


def test_each_method_gives_the_rest_of_the_year_by_its_rule() -> None:
    assert rest("budget", known()) == (pounds("400"), "budget")
    assert rest("run rate", known()) == (pounds("333.33"), "run rate")
    assert rest("profile", known()) == (pounds("500"), "profile")
    assert rest("last year", known(last_year=SHAPE)) == (pounds("1000"), "last year")
    assert rest("commitment", known(committed=("250", "75.50"), has_register=True)) == (pounds("325.50"), "commitment")


def test_a_method_that_lacks_what_it_needs_takes_the_budget_and_says_so() -> None:
    assert rest("last year", known()) == (pounds("400"), "budget, no last year")
    assert rest("last year", known(last_year=[Decimal(0)] * 11 + [Decimal(9)])) == (
        pounds("400"),
        "budget, no last year",
    )
    assert rest("commitment", known()) == (pounds("400"), "budget, no register")
    assert rest("profile", known(to_date="0")) == (pounds("1200"), "budget, little to date")
    assert rest("profile", known(to_date="11.99")) == (pounds("1188.01"), "budget, little to date")
    assert rest("manual", known()) == (pounds("400"), "budget")


def test_orders_alone_say_little_of_a_year_unless_they_are_more_than_its_budget() -> None:
    assert rest("commitment", known(committed=("10",))) == (pounds("400"), "budget, no register")
    assert rest("commitment", known(committed=("390", "20"))) == (pounds("410"), "commitment")


def test_where_a_register_is_kept_nothing_committed_is_nil_and_not_missing() -> None:
    assert rest("commitment", known(has_register=True)) == (Decimal(0), "commitment")


def test_a_missing_figure_leaves_the_forecast_open() -> None:
    assert rest("budget", known(budget=None)) == (None, "budget")
    assert rest("run rate", known(actual=None)) == (None, "run rate")
    assert rest("profile", known(actual=None)) == (None, "profile")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("period", [12, 13])
def test_once_the_year_is_over_no_method_adds_anything(method: Method, period: int) -> None:
    at_end = known(period=period, committed=("99",), has_register=True, last_year=SHAPE)
    assert rest_of_year(method, at_end).amount == 0


@given(
    st.sampled_from([method for method in METHODS if method != "manual"]),
    st.integers(1, 11),
    *[st.integers(-(10**9), 10**9)] * 3,
)
def test_a_forecast_is_whole_pence(method: Method, period: int, budget: int, to_date: int, actual: int) -> None:
    amounts = [str(Decimal(pence).scaleb(-2)) for pence in (budget, to_date, actual)]
    of = known(period=period, budget=amounts[0], to_date=amounts[1], actual=amounts[2], last_year=SHAPE)
    found = rest_of_year(method, of).amount
    assert found is not None
    assert found == found.quantize(Decimal("0.01"))
