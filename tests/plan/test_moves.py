"""What a scenario changes of a line: its rates and sums, its numbers and prices, and which of several counts."""

from decimal import Decimal

import pytest

from breakeven.findings import Cell
from breakeven.ledger.changes import WHERE
from breakeven.ledger.targets import OverlayError
from breakeven.periods import Year
from made import (
    assumed,
    overlay,
    placements,
    pressure,
    years,
)
from made_plans import THREE_POSTS, comes_to, housed, numbers, under
from made_registers import beside, child

# A scenario's rates and sums ---------------------------------------------------------------------------------


def test_a_rate_from_p07_bears_half_in_its_first_year_and_is_carried_on_whole() -> None:
    assert under(overlay("residential inflation 4%", "P07", until="2024-25")) == years("372300 379600 379600")
    assert under(overlay("residential inflation 4%", "2025-26 P04", until="2025-26")) == years("365000 375950 379600")


def test_a_rate_without_an_end_is_every_years_rate() -> None:
    assert under(overlay("residential growth 10%")) == years("401500 441650 485815")


def test_a_rate_is_set_then_multiplied_then_added_to() -> None:
    beneath = (assumed("residential", "3", "inflation"),)
    assert under(overlay("residential inflation +1%"), beneath=beneath)[Year(2024)] == 379_600  # 4%
    assert under(overlay("residential inflation x2"), beneath=beneath)[Year(2024)] == 386_900  # 6%
    three = [overlay("residential inflation +1%"), overlay("residential inflation x2"), overlay("pay inflation 9%")]
    assert under(*three, overlay("residential inflation 4%"), beneath=beneath)[Year(2024)] == 397_850  # 4 × 2 + 1


def test_a_rate_that_is_set_stands_beside_an_uplift_and_in_place_of_a_number_or_a_price() -> None:
    uplift = assumed("residential", "10", "uplift")
    assert under(overlay("residential inflation 2%"), beneath=(uplift,))[Year(2024)] == 409_530
    price, number = assumed("residential", "770", "price"), assumed("residential", "12", "number")
    assert under(overlay("residential inflation 2%"), beneath=(price,))[Year(2024)] == 372_300
    assert under(overlay("residential growth 2%"), beneath=(number,))[Year(2024)] == 372_300
    assert under(overlay("residential growth +1%"), beneath=(number,))[Year(2024)] == 441_650  # 21%
    assert under(overlay("residential inflation +1%"), beneath=(price,))[Year(2024)] == 405_150  # 11%


def test_pounds_are_added_beside_the_level_for_the_months_left_and_do_not_compound() -> None:
    beneath = tuple(assumed("residential", "10", "growth", year) for year in (2024, 2025, 2026))
    assert under(overlay("residential amount +£12000", "P10"), beneath=beneath) == years("404500 453650 497815")


def test_a_factor_is_on_the_whole_line_steps_and_pressures_too_and_does_not_compound() -> None:
    beneath = (assumed("residential", "1000", "step"), pressure("residential", "600", "2024-04-01"))
    assert under(beneath=beneath) == years("366600 366600 366600")
    assert under(overlay("residential amount x1.5"), beneath=beneath) == years("549900 549900 549900")
    assert under(overlay("residential amount x1.5", "P07"), beneath=beneath)[Year(2024)] == 458_250


def test_a_sum_that_is_set_is_the_whole_line_and_the_base_of_the_years_after() -> None:
    beneath = (pressure("residential", "600", "2024-04-01"), assumed("residential", "10", "inflation", 2026))
    found = under(overlay("residential amount £400000", "2025-26", until="2025-26"), beneath=beneath)
    assert found == years("365600 400000 440600")


def test_a_sum_that_is_set_is_moved_by_no_rate_but_more_may_be_added_to_it() -> None:
    whole = overlay("residential amount £400000")
    assert under(whole, overlay("prices inflation +5%"), overlay("residential growth 9%")) == years(
        "400000 400000 400000"
    )
    assert under(whole, overlay("residential amount +£1000"))[Year(2024)] == 401_000
    assert under(whole, overlay("residential amount x1.1"))[Year(2024)] == 440_000
    assert under(whole, overlay("residential number +1", "P07"))[Year(2024)] == 418_250
    assert under(whole, overlay("prices amount x1.1"))[Year(2024)] == 400_000


def test_a_sum_is_set_for_a_whole_year() -> None:
    with pytest.raises(
        OverlayError, match="a sum is set for a whole year, so Residential cannot be set from 2024/25 P"
    ):
        under(overlay("residential amount £400000", "P07"))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("residential inflation 5%", "Residential has its inflation set twice: residential inflation 4% from 2024/25,"),
        ("residential inflation to -101%", "set twice"),
    ],
)
def test_what_is_set_twice_is_refused_with_both(said: str, why: str) -> None:
    with pytest.raises(OverlayError, match=why):
        under(overlay("residential inflation 4%"), overlay(said))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            "residential inflation to -101%",
            "Residential would have -101 as its inflation in 2024/25, which is not from",
        ),
        ("residential growth +101%", "101 as its growth in 2024/25, which is not from -100 to 100"),
        ("residential number -10.5", "-0.5 as its number in 2024/25, which is not from 0 to 1,000,000"),
        ("residential price -£700.01", "-0.01 as its price in 2024/25, which is not from 0"),
    ],
)
def test_what_can_come_to_no_sensible_figure_is_refused(said: str, why: str) -> None:
    with pytest.raises(OverlayError, match=why):
        under(overlay(said))


def test_factors_that_come_to_more_than_one_can_are_refused_together() -> None:
    with pytest.raises(OverlayError, match="Residential would have 10,000 as a factor on its amount in 2024/25"):
        under(overlay("residential amount x100"), overlay("residential amount x100"))


def test_a_line_that_ends_within_a_year_is_told_to_be_set() -> None:
    with pytest.raises(OverlayError, match="Residential would come to nil within 2024/25; set its amount instead"):
        under(overlay("residential growth to -100%", "P07"))
    assert under(overlay("residential growth to -100%")) == years("0 0 0")
    ended = (assumed("residential", "-100", "growth"),)
    assert under(overlay("residential amount +£1200", "P07"), beneath=ended) == years("600 1200 1200")
    assert under(overlay("residential growth 0%"), beneath=ended) == years("365000 365000 365000")


# Which of several counts -------------------------------------------------------------------------------------


def test_what_a_line_is_set_to_itself_is_used_rather_than_what_its_group_is_or_adds() -> None:
    own = overlay("residential inflation 4%")
    for wider in ("prices inflation 9%", "prices inflation +1%", "placements inflation x2"):
        assert under(own, overlay(wider), beneath=(assumed("placements", "3", "inflation"),))[Year(2024)] == 379_600
    assert under(own, overlay("prices inflation 9%"), line="fostering")[Year(2024)] == 26_160


def test_a_lines_own_points_come_on_top_of_what_its_group_is_set_to() -> None:
    assert under(overlay("residential inflation +1%"), overlay("prices inflation 3%"))[Year(2024)] == 379_600


def test_the_wider_holds_until_the_narrower_begins() -> None:
    found = under(overlay("prices growth 20%", until="2024-25"), overlay("residential growth 0%", "P07", "2024-25"))
    assert found == years("401500 365000 365000")  # six months at 20% more, and none of it carried on


def test_two_groups_of_as_many_lines_that_set_one_thing_are_refused() -> None:
    with pytest.raises(OverlayError, match="Social workers has its inflation set twice"):
        under(overlay("pay inflation 4%"), overlay("staffing inflation 5%"), line="social_workers")


# Numbers and prices ------------------------------------------------------------------------------------------

A_PLACE = 36_500  # 700 × 365 ÷ 7


def test_more_of_them_cost_what_one_does_for_the_months_left() -> None:
    assert under(overlay("residential number +2", "P07")) == years("401500 438000 438000")
    assert under(overlay("residential number 7")) == years("255500 255500 255500")
    assert under(overlay("residential number x1.5")) == years("547500 547500 547500")


def test_a_dearer_price_is_for_every_one_of_them() -> None:
    assert under(overlay("residential price +£70", "P07")) == years("383250 401500 401500")
    assert under(overlay("residential price £630")) == years("328500 328500 328500")


def test_number_and_price_together_are_the_new_number_at_the_new_price() -> None:
    found = under(overlay("residential number +2"), overlay("residential price +£70"))
    assert found == years("481800 481800 481800")  # 12 × 770 × 365 ÷ 7
    assert 12 * 40_150 - 10 * A_PLACE == 481_800 - 365_000


def test_a_scenario_moves_what_one_costs_with_the_lines_own_inflation_of_every_year_so_far() -> None:
    beneath = tuple(assumed("residential", "10", "inflation", year) for year in (2024, 2025))
    assert under(overlay("residential number +1"), beneath=beneath) == years("441650 485815 485815")
    dearer = overlay("residential inflation +10%", until="2024-25")
    assert under(dearer, overlay("residential number +1"), beneath=beneath) == years("481800 529980 529980")


def test_a_number_that_is_set_is_what_there_are_whatever_growth_a_scenario_has() -> None:
    grown = overlay("residential growth 20%", until="2024-25")
    assert under(grown, overlay("residential number 15")) == years("547500 547500 547500")
    assert under(grown, overlay("residential number +1")) == years("474500 474500 474500")


def test_a_flat_award_is_in_what_one_costs_from_then_on() -> None:
    beneath = (assumed("social_workers", "1925", "flat"), assumed("social_workers", "10", "inflation", 2025))
    year = beside(housed(*beneath), *THREE_POSTS)
    plain = comes_to(numbers(year), "social_workers")
    more = comes_to(numbers(year, overlay("social_workers number +1")), "social_workers")
    assert plain == years("125775 138353 138353")  # (120,000 + 3 × 1,925) × 1.1
    assert more == years("167700 184471 184471")  # 41,925 more, and 41,925 × 1.1 from then on


def test_a_number_and_a_price_that_are_assumed_can_be_changed_though_no_sheet_counts_them() -> None:
    both = (assumed("fostering", "5", "number"), assumed("fostering", "350", "price"))
    found = under(overlay("fostering number +1"), line="fostering", beneath=both)
    assert found == years("109500 109500 109500")  # 6 × 350 × 365 ÷ 7


def test_a_sum_that_is_assumed_is_changed_by_numbers_at_the_plans_price_and_by_no_rate() -> None:
    beneath = (assumed("residential", "500000", "sum"),)
    rate = overlay("residential inflation +5%", until="2024-25")
    found = under(overlay("residential number +1"), rate, beneath=beneath)
    assert found == years("536500 536500 536500")


@pytest.mark.parametrize(
    ("said", "missing"),
    [("premises number +5", "number"), ("premises price +£5", "number"), ("fostering number +1", "price")],
)
def test_a_line_that_nobody_counts_or_prices_cannot_be_changed_by_it(said: str, missing: str) -> None:
    unpriced = placements("Fostering", "2024-03-31", "12")
    with pytest.raises(OverlayError, match=f"has no {missing} of placements or posts that anybody has given"):
        under(overlay(said), beneath=(unpriced,))


@pytest.mark.parametrize(("said", "meant"), [("4", "4%"), ("0.04", "4%"), ("+5", r"\+5%"), ("-5", "-5%")])
def test_a_bare_number_that_was_typed_of_a_rate_is_asked_after(said: str, meant: str) -> None:
    typed = overlay(f"premises number {said}").model_copy(update={"at": Cell(WHERE, f"premises={said}")})
    with pytest.raises(OverlayError, match=f"did you mean premises={meant}, of inflation"):
        under(typed)


# What others pay ---------------------------------------------------------------------------------------------

HELPED = [
    child("C1", "Residential", "2023-06-01").model_copy(update={"weekly_contribution": Decimal(140)}),
    child("C2", "Residential", "2023-06-01"),
]
"""Two placements, for which others pay £70 a week on average: £3,650 a year."""


def test_placements_that_are_added_bring_what_others_pay_as_third_party_income_and_those_taken_away_lose_it() -> None:
    year = beside(housed(), *HELPED)
    for said, income in (("+2", "103650 107300 107300"), ("-2", "96350 92700 92700")):
        found = numbers(year, overlay(f"residential number {said}", "P07"))
        assert comes_to(found, "third_party_income") == years(income)
    assert comes_to(numbers(year, overlay("residential price +£5")), "third_party_income") == years(
        "100000 100000 100000"
    )


def test_what_others_pay_comes_on_top_of_whatever_is_assumed_or_set_of_their_income() -> None:
    year = beside(housed(assumed("third_party_income", "90000", "sum")), *HELPED)
    two_more = overlay("residential number +2")
    assert comes_to(numbers(year, two_more), "third_party_income") == years("97300 97300 97300")
    both = numbers(year, two_more, overlay("third_party_income amount £50000"))
    assert comes_to(both, "third_party_income") == years("57300 57300 57300")
