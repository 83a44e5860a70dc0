"""What it takes to break even, and to clear what is owed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.plan.deficit import requirement, still_to_find, yearly_saving_to_clear
from made import pounds

amounts = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize(("gap", "needed"), [("-4_253_670", "4_253_670"), ("742_486", "0"), ("0", "0")])
def test_the_requirement_brings_a_gap_to_nil_and_asks_nothing_of_a_surplus(gap: str, needed: str) -> None:
    assert requirement(pounds(gap)) == pounds(needed)


@pytest.mark.parametrize(
    ("identified", "left"), [("1_384_300", "1_115_700"), ("2_500_000", "0"), ("3_000_000", "0"), ("-100", "2_500_100")]
)
def test_still_to_find_is_what_is_needed_beyond_what_is_identified(identified: str, left: str) -> None:
    assert still_to_find(pounds("2_500_000"), pounds(identified)) == pounds(left)


@pytest.mark.parametrize(
    ("closing", "years", "saving"),
    [("-11_230_962", 3, "3_743_654"), ("-10", 3, "4"), ("-10", 1, "10"), ("-9", 10, "1"), ("0", 3, "0"), ("5", 3, "0")],
)
def test_the_yearly_saving_is_rounded_up_so_that_it_clears(closing: str, years: int, saving: str) -> None:
    assert yearly_saving_to_clear(pounds(closing), years) == pounds(saving)


@given(amounts, st.integers(1, 10))
def test_the_yearly_saving_clears_the_deficit_and_a_pound_less_does_not(closing: Decimal, years: int) -> None:
    a_year = yearly_saving_to_clear(closing, years)
    assert closing + a_year * years >= 0
    assert a_year == 0 or closing + (a_year - 1) * years < 0


@given(amounts, amounts)
def test_identified_and_still_to_find_meet_the_requirement(gap: Decimal, identified: Decimal) -> None:
    needed = requirement(gap)
    assert gap + needed >= 0
    assert identified + still_to_find(needed, identified) == max(needed, identified)
