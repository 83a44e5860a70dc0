"""Savings that grow into their full amount, that start later than planned, and what has been delivered of them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from breakeven.ledger.savings import Saving
from breakeven.periods import Year, months_after, months_between, year_of
from breakeven.plan.effects import effect_in_month, saved_from, saved_in, saved_in_month
from breakeven.plan.overlays import overlaid_savings
from breakeven.plan.savings import programme
from breakeven.plan.schemes import Standing, amounts_in, lost_to_slippage, share_made
from made import ALL_STEADY, BASE, Recurrence, contract_year, day, delivery, overlay, pounds, saving
from made_plans import numbers, small

NEXT, AFTER, LAST = (BASE.later(n) for n in (1, 2, 3))


def over_years(scheme: Saving) -> list[int]:
    """What it is planned to save in 2024/25, 2025/26 and 2026/27."""
    return [int(saved_in(year, scheme)) for year in (NEXT, AFTER, LAST)]


# Ramps -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "ramp", "planned"),
    [
        ("2024-04-01", None, [1200, 1200, 1200]),
        ("2024-04-01", 1, [1200, 1200, 1200]),
        ("2024-04-01", 3, [1100, 1200, 1200]),  # a third and two thirds of a month's 100, so 100 less
        ("2024-07-01", 3, [800, 1200, 1200]),
        ("2025-03-01", 3, [33, 1167, 1200]),  # a third in March, two thirds in April
        ("2024-04-01", 24, [325, 925, 1200]),  # 78 and 222 twenty-fourths of a month
        ("2028-04-01", 3, [0, 0, 0]),
    ],
)
def test_a_saving_grows_evenly_over_its_ramp_to_its_full_amount(
    start: str, ramp: int | None, planned: list[int]
) -> None:
    assert over_years(saving("1200", start, ramp=ramp)) == planned


def test_a_one_off_comes_at_once_and_has_no_ramp() -> None:
    with pytest.raises(ValidationError, match="no months to grow over"):
        saving("1200", "2024-04-01", "one-off", ramp=3)
    assert saving("1200", "2024-04-01", "one-off", ramp=1).ramp_months == 1
    assert over_years(saving("1200", "2024-09-01", "one-off")) == [1200, 0, 0]
    first, second = (
        effect_in_month(day(f"2024-0{n}-01"), Decimal(1200), day("2024-05-10"), recurrent=False) for n in (5, 6)
    )
    assert (first, second) == (1200, 0)
    assert effect_in_month(day("2024-04-30"), Decimal(1200), day("2024-05-01"), recurrent=False) == 0


def test_what_is_left_of_a_year_is_what_its_months_left_come_to() -> None:
    grown = saving("1200", "2024-07-01", ramp=3)
    assert [int(saved_from(day(on), grown)) for on in ("2024-04-01", "2024-07-01", "2024-08-01", "2025-03-01")] == [
        800, 800, 767, 100,
    ]  # fmt: skip
    once = saving("1200", "2024-07-01", "one-off")
    assert [int(saved_from(day(on), once)) for on in ("2024-04-01", "2024-07-01", "2024-08-01")] == [1200, 1200, 0]


def test_a_forecast_of_the_year_holds_a_ramps_months_as_they_are_planned() -> None:
    grown = saving("1200", "2023-04-01", ramp=3, delivered="0")
    assert Standing.of(contract_year(grown), 1).held == {"S1": 1100 - 33}


# Slippage ----------------------------------------------------------------------------------------------------


def test_a_later_start_loses_the_months_between_and_an_earlier_one_gains_them() -> None:
    late = saving("432_000", "2024-08-01", planned_start="2024-06-01")
    assert late.slipped_months == 2
    assert [lost_to_slippage(year, late) for year in (NEXT, AFTER)] == [72_000, 0]
    early = saving("432_000", "2024-04-01", planned_start="2024-06-01")
    assert (early.slipped_months, lost_to_slippage(NEXT, early)) == (-2, -72_000)
    as_planned = saving("432_000", "2024-04-01")
    assert (as_planned.slipped_months, lost_to_slippage(NEXT, as_planned)) == (None, 0)


def test_a_ramp_that_starts_late_loses_in_the_next_year_too() -> None:
    late = saving("1200", "2025-03-01", planned_start="2024-12-01", ramp=3)
    assert [lost_to_slippage(year, late) for year in (NEXT, AFTER, LAST)] == [300 - 33, 33, 0]


def test_a_one_off_that_slips_a_year_is_lost_in_one_and_found_in_the_next() -> None:
    late = saving("60", "2025-04-01", "one-off", planned_start="2025-01-01")
    assert [lost_to_slippage(year, late) for year in (NEXT, AFTER)] == [60, -60]


def test_a_start_that_a_scenario_moves_has_slipped() -> None:
    body = contract_year().body
    (moved,) = overlaid_savings([saving("1200", "2024-07-01")], [overlay("S1 start +3")], body)
    assert (moved.planned_start, moved.slipped_months) == (day("2024-07-01"), 3)
    already = saving("1200", "2024-07-01", planned_start="2024-06-01")
    (moved,) = overlaid_savings([already], [overlay("S1 start +3")], body)
    assert moved.slipped_months == 4


# Delivered ---------------------------------------------------------------------------------------------------


def test_the_registers_entries_add_up_and_take_the_place_of_what_the_sheet_says() -> None:
    scheme = saving("120", "2023-04-01", delivered="90")
    year = contract_year(scheme, delivery("S1", "70"), delivery("s1", "-10"), delivery("S2", "5"))
    (found,) = programme(year).schemes
    assert found.years[BASE].delivered.amount == 60
    assert found.years[NEXT].forecast.amount == 60
    assert [source.label for source in found.years[BASE].delivered.sources()] == ["S1 Scheme: delivered, Invoice"] * 2


def test_a_scheme_goes_on_as_the_last_year_that_is_over_delivered() -> None:
    scheme = saving("120", "2021-10-01", delivered="30")
    year = contract_year(scheme, delivery("S1", "90", 2022), delivery("S1", "96", 2023))
    (found,) = programme(year).schemes
    assert [found.years[each].forecast.amount for each in (BASE, NEXT)] == [96, 96]
    assert found.years[BASE].delivered.amount == 96
    without = programme(contract_year(scheme, delivery("S1", "90", 2022))).schemes[0]
    assert [without.years[each].forecast.amount for each in (BASE, NEXT)] == [90, 90]
    assert without.years[BASE].delivered.amount is None
    assert without.years[NEXT].forecast.rule == "planned × made in 2022/23 ÷ planned of 2022/23"


def test_how_much_of_its_plan_a_scheme_makes_in_each_view() -> None:
    standing = Standing.of(contract_year(confidence={"planned": "50"}))
    short = saving("120", "2024-10-01", forecast="40")
    assert [share_made(short, standing, view) for view in ("planned", "forecast", "weighted")] == [
        1, Fraction(2, 3), Fraction(1, 3),
    ]  # fmt: skip
    assert share_made(saving("0", "2024-10-01", forecast="40"), standing, "forecast") == 1


# Laws --------------------------------------------------------------------------------------------------------

AMOUNTS, MONTHS, RAMPS = st.integers(0, 10**7), st.integers(0, 35), st.integers(1, 60)
KINDS = st.sampled_from(["recurrent", "one-off"])


def begun(amount: int, month: int, kind: Recurrence = "recurrent", ramp: int = 1) -> Saving:
    """A scheme that starts so many months after the base year."""
    start = months_after(NEXT.first_day, month).isoformat()
    return saving(str(amount), start, kind, ramp=ramp if kind == "recurrent" else None)


def closing(scheme: Saving) -> list[Decimal]:
    found = numbers(small(*ALL_STEADY, scheme)).balances()
    return [amount for amount in found.closing if amount is not None]


def position(scheme: Saving) -> list[Decimal]:
    found = numbers(small(*ALL_STEADY, scheme)).balances()
    return [amount for amount in found.position if amount is not None]


@given(AMOUNTS, AMOUNTS, MONTHS, KINDS, RAMPS)
def test_more_saving_never_worsens_a_year(amount: int, more: int, month: int, kind: Recurrence, ramp: int) -> None:
    less, greater = (position(begun(each, month, kind, ramp)) for each in (amount, amount + more))
    assert all(b >= a for a, b in zip(less, greater, strict=True))


@given(AMOUNTS, MONTHS, st.integers(1, 24), KINDS, RAMPS)
def test_a_later_start_never_leaves_a_smaller_deficit_at_any_years_end(
    amount: int, month: int, later: int, kind: Recurrence, ramp: int
) -> None:
    early, late = (closing(begun(amount, each, kind, ramp)) for each in (month, month + later))
    assert all(b <= a for a, b in zip(early, late, strict=True))


@given(AMOUNTS, MONTHS, RAMPS, RAMPS)
def test_a_longer_ramp_never_saves_more(amount: int, month: int, ramp: int, other: int) -> None:
    short, long = sorted((ramp, other))
    for year in (NEXT, AFTER, LAST):
        assert saved_in(year, begun(amount, month, ramp=long)) <= saved_in(year, begun(amount, month, ramp=short))


@given(AMOUNTS, MONTHS, KINDS, RAMPS)
def test_a_year_is_its_months_in_whole_pounds(amount: int, month: int, kind: Recurrence, ramp: int) -> None:
    scheme = begun(amount, month, kind, ramp)
    for year in (NEXT, AFTER, LAST):
        exact = sum((saved_in_month(months_after(year.first_day, n), scheme) for n in range(12)), Fraction(0))
        assert abs(Fraction(saved_in(year, scheme)) - exact) <= Fraction(1, 2)
        assert saved_from(year.first_day, scheme) == saved_in(year, scheme)


@given(AMOUNTS, MONTHS, st.integers(-24, 24), KINDS, RAMPS)
def test_what_slips_is_the_difference_between_the_two_starts(
    amount: int, month: int, later: int, kind: Recurrence, ramp: int
) -> None:
    assume(month + later >= 0)
    planned = begun(amount, month, kind, ramp)
    moved = begun(amount, month + later, kind, ramp).model_copy(update={"planned_start": planned.start})
    assert moved.slipped_months == months_between(planned.start, moved.start) == later
    for year in (NEXT, AFTER, LAST):
        assert saved_in(year, moved) + lost_to_slippage(year, moved) == saved_in(year, planned)


@given(AMOUNTS, MONTHS, KINDS, RAMPS, st.none() | st.integers(0, 10**7), st.integers(0, 100))
def test_what_is_planned_casts_across_the_page(
    amount: int, month: int, kind: Recurrence, ramp: int, forecast: int | None, confidence: int
) -> None:
    update = {"forecast": None if forecast is None else pounds(str(forecast)), "confidence_pct": Decimal(confidence)}
    scheme = begun(amount, month, kind, ramp).model_copy(update=update)
    (found,) = programme(contract_year(scheme)).schemes
    for year, part in found.years.items():
        amounts = amounts_in(year, scheme, Standing.of(contract_year(scheme)))
        assert (part.weighted.amount or 0) + (part.at_risk.amount or 0) == part.forecast.amount == amounts.forecast
        assert (part.forecast.amount or 0) + (part.shortfall.amount or 0) == part.planned.amount == amounts.planned
    assert year_of(scheme.start) > BASE
    assert found.years[Year(2024)].full_year.amount == (amount if kind == "recurrent" else 0)
