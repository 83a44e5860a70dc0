"""The shortfall by year: its rows cast, and a year of which nothing is assumed is open."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.plan.shortfall import shortfall
from made import ALL_STEADY, amounts, assumed, saving, years
from made_plans import Row, planned, small


def rows_of(*records: Record, plan_years: int = 3) -> dict[str, Row]:
    found = shortfall(planned(small(*records, plan_years=plan_years)))
    return {row.id: amounts(row.years) for row in found}


def test_the_annual_gaps_add_up_to_the_cumulative_gap_and_weighted_savings_leave_the_rest() -> None:
    more = assumed("placements", "10", "inflation", 2025)
    found = rows_of(*ALL_STEADY, more, saving("40", "2024-04-01", confidence="50"))
    assert found["income"] == years("600 600 600")
    assert found["expenditure"] == years("700 750 750")
    assert found["cumulative_gap"] == years("-100 -150 -150")
    assert found["annual_gap"] == years("-100 -50 0")
    assert found["savings_identified"] == years("20 20 20")
    assert found["remaining"] == years("-80 -130 -130")


def test_a_year_of_which_nothing_is_assumed_is_open_and_never_guessed() -> None:
    found = rows_of(*ALL_STEADY, plan_years=5)
    for row_id, known in (("cumulative_gap", "-100 -100 -100"), ("annual_gap", "-100 0 0"), ("remaining", "-100 " * 3)):
        assert found[row_id] == years(f"{known} [x] [x]")


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=3))
def test_the_gaps_cast_whatever_moves(rates: list[int]) -> None:
    moving = [assumed("overheads", str(rate), "inflation", 2024 + n) for n, rate in enumerate(rates)]
    found = rows_of(*ALL_STEADY, *moving)
    so_far = Decimal(0)
    for year, annual in found["annual_gap"].items():
        so_far += annual or 0
        assert so_far == found["cumulative_gap"][year]
        assert found["remaining"][year] == so_far + (found["savings_identified"][year] or 0)
