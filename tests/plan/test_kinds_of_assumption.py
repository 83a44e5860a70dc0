"""What each kind of assumption makes of a line, by hand."""

import pytest

from breakeven.ledger.record import Record
from breakeven.periods import Year
from made import (
    assumed,
    placements,
    years,
)
from made_plans import THREE_POSTS, Row, comes_to, housed, numbers
from made_registers import beside


def residential(*records: Record, plan_years: int = 3) -> Row:
    """What the ten residential placements of £365,000 come to; a line's own assumption comes first."""
    return comes_to(numbers(housed(*records, plan_years=plan_years)), "residential")


def test_an_uplift_is_beside_inflation() -> None:
    assert residential(assumed("residential", "2", "inflation"), assumed("residential", "10", "uplift")) == years(
        "409530 409530 409530"  # 365,000 × 1.02 × 1.1
    )
    assert comes_to(numbers(housed(assumed("contract_sum", "3", "uplift"))), "contract_sum")[Year(2024)] == 515_000


def test_a_number_moves_the_line_by_how_many_there_were_the_year_before() -> None:
    found = residential(assumed("residential", "12", "number"), assumed("residential", "9", "number", 2026))
    assert found == years("438000 438000 328500")  # × 12 ÷ 10, × 1, × 9 ÷ 12


def test_a_number_follows_growth_where_none_is_said() -> None:
    found = residential(assumed("residential", "20", "growth"), assumed("residential", "15", "number", 2025))
    assert found == years("438000 547500 547500")  # 12 of them by growth, then × 15 ÷ 12


def test_a_price_moves_the_line_by_what_one_cost_the_year_before() -> None:
    found = residential(assumed("residential", "770", "price"), assumed("residential", "847", "price", 2026))
    assert found == years("401500 401500 441650")  # × 770 ÷ 700, × 1, × 847 ÷ 770


def test_a_price_follows_inflation_where_none_is_said() -> None:
    found = residential(
        assumed("residential", "10", "inflation"),
        assumed("residential", "10", "uplift", 2025),
        assumed("residential", "931.70", "price", 2026),
    )
    assert found == years("401500 441650 485815")  # £770, £847, then × 931.70 ÷ 847


def test_a_price_a_year_is_held_against_a_price_a_week_by_the_nights_of_the_year() -> None:
    found = residential(
        assumed("residential", "40150", "price", unit="£ a year"),  # £770 a week
        assumed("residential", "847", "price", 2026),
    )
    assert found == years("401500 401500 441650")


def test_a_number_and_a_price_are_the_line_whatever_it_was() -> None:
    found = residential(
        assumed("residential", "12", "number"),
        assumed("residential", "770", "price"),
        assumed("residential", "10", "growth"),  # neither moves it
        assumed("residential", "9", "step"),
    )
    assert found == years("481800 481800 481800")  # 12 × 770 × 365 ÷ 7, and carried on as it is


def test_a_leap_year_has_one_night_more_to_pay_for() -> None:
    both = [assumed("residential", "12", "number", 2027), assumed("residential", "770", "price", 2027)]
    assert residential(*both, plan_years=4)[Year(2027)] == 483_120  # 12 × 770 × 366 ÷ 7


def test_a_price_a_year_for_posts_is_theirs_for_the_whole_year() -> None:
    both = [assumed("social_workers", "3", "number"), assumed("social_workers", "41000", "price", unit="£ a year")]
    assert comes_to(numbers(housed(*both)), "social_workers")[Year(2024)] == 123_000


def test_a_step_is_added_from_its_year_on_and_is_moved_by_later_rates() -> None:
    found = residential(assumed("residential", "1000", "step"), assumed("residential", "10", "inflation", 2025))
    assert found == years("366000 402600 402600")


def test_a_flat_award_is_for_each_head_of_the_year_and_stays() -> None:
    year = beside(housed(assumed("social_workers", "1925", "flat")), *THREE_POSTS)
    assert comes_to(numbers(year), "social_workers") == years("125775 125775 125775")  # 120,000 + 3 × 1,925
    grown = beside(
        housed(assumed("social_workers", "1925", "flat"), assumed("social_workers", "100", "growth")), *THREE_POSTS
    )
    assert comes_to(numbers(grown), "social_workers")[Year(2024)] == 240_000 + 6 * 1_925


@pytest.mark.parametrize(
    "said",
    [
        (assumed("fostering", "5", "number"),),
        (assumed("fostering", "500", "price"),),
        (assumed("fostering", "100", "flat"),),
    ],
    ids=["a number after none", "a price after none", "a sum a head of nobody knows how many"],
)
def test_what_cannot_be_worked_out_of_what_was_there_is_open(said: tuple[Record, ...]) -> None:
    assert comes_to(numbers(housed(*said)), "fostering") == years("[x] [x] [x]")


def test_a_number_after_nought_is_open_and_a_number_with_its_price_is_not() -> None:
    none = placements("Fostering", "2024-03-31", "0", "350")
    assert comes_to(numbers(housed(none, assumed("fostering", "5", "number"))), "fostering")[Year(2024)] is None
    both = [assumed("fostering", "5", "number", 2025), assumed("fostering", "350", "price", 2025)]
    assert comes_to(numbers(housed(none, *both)), "fostering") == years("24000 91250 91250")


def test_a_price_first_said_for_a_line_moves_it_from_then_on() -> None:
    said = [assumed("fostering", "350", "price"), assumed("fostering", "385", "price", 2025)]
    sums = [assumed("fostering", "24000", "sum")]
    assert comes_to(numbers(housed(*sums, *said)), "fostering") == years("24000 26400 26400")
