"""The slips that people make when they copy a figure, each told from the others."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.reconciliation.causes import likely_cause
from made import pounds

INCOME = {
    "contract sum": Decimal(74_475_000),
    "variations": Decimal(1_450_163),
    "third parties": Decimal(8_753_055),
    "hardship": Decimal(0),
}


@pytest.mark.parametrize(
    ("ours", "theirs", "cause"),
    [
        ("-4_253_670", "4_253_670", "the sign is the other way round"),
        ("4_253_670", "4_253.67", "a factor of 1,000: the unit or a nought is wrong"),
        ("4_253_670", "42_536_700", "a factor of 10: the unit or a nought is wrong"),
        ("75_000_000", "75", "a factor of 1,000,000: the unit or a nought is wrong"),
        ("48_565_330", "45_865_330", "the digits 5 and 8 are swapped"),
        ("48_565_330", "48_565_033", "the digits 0 and 3 are swapped"),
        ("7_931_600", "1_937_600", "the digits 1 and 7 are swapped"),
        ("84_678_218", "84_678_267", "a typing slip: 67 where 18 is meant"),
        ("84_678_218", "84_678_219", "a typing slip: 9 where 8 is meant"),
        ("84_678_218", "84_600_000", ""),
        ("84_678_218", "99_999", ""),
    ],
)
def test_a_copied_figure_is_told_by_its_slip(ours: str, theirs: str, cause: str) -> None:
    assert likely_cause(pounds(ours), pounds(theirs), {}) == cause


@pytest.mark.parametrize(
    ("theirs", "cause"),
    [
        ("75_925_163", "third parties is left out of it"),
        ("83_228_055", "variations is left out of it"),
        ("86_128_381", "variations is counted twice in it"),
        ("159_153_218", "contract sum is counted twice in it"),
        ("84_000_001", ""),
    ],
)
def test_a_sum_is_told_by_the_part_left_out_or_counted_twice(theirs: str, cause: str) -> None:
    assert likely_cause(pounds("84_678_218"), pounds(theirs), INCOME) == cause


@pytest.mark.parametrize(
    ("theirs", "cause"),
    [
        ("67_172_108", "third parties went into it wrongly: the sign is the other way round"),
        ("75_933_916.055", "third parties went into it wrongly: a factor of 1,000: the unit or a nought is wrong"),
        ("84_633_218", "variations went into it wrongly: the digits 5 and 0 are swapped"),
    ],
)
def test_a_sum_is_told_by_the_one_part_that_went_into_it_wrongly(theirs: str, cause: str) -> None:
    assert likely_cause(pounds("84_678_218"), pounds(theirs), INCOME) == cause


def test_a_part_is_not_named_where_another_explains_as_much() -> None:
    assert likely_cause(pounds("1_892"), pounds("1_910"), {"either": pounds("913"), "or": pounds("979")}) == ""
    one = likely_cause(
        pounds("1_892"), pounds("1_910"), {"this": pounds("913"), "not": pounds("570"), "nor": pounds("409")}
    )
    assert one == "this went into it wrongly: the digits 1 and 3 are swapped"


@pytest.mark.parametrize(("ours", "theirs"), [("0", "5"), ("5", "0"), ("0", "-84_678_218")])
def test_nothing_is_a_slip_of_nil(ours: str, theirs: str) -> None:
    assert likely_cause(pounds(ours), pounds(theirs), {}) == ""


def test_nil_for_a_sum_of_one_part_leaves_that_part_out() -> None:
    assert likely_cause(Decimal(5), Decimal(0), {"accruals": Decimal(5)}) == "accruals is left out of it"


@pytest.mark.parametrize(("ours", "theirs"), [("-12_345", "12_354"), ("-12_345", "12_399")])
def test_two_slips_at_once_are_not_guessed(ours: str, theirs: str) -> None:
    assert likely_cause(pounds(ours), pounds(theirs), {}) == ""


def test_pence_that_are_all_noughts_are_no_digits() -> None:
    assert likely_cause(pounds("100.00"), pounds("700"), {}) == "a typing slip: 7 where 1 is meant"


@given(st.decimals(-(10**9), 10**9, places=2), st.decimals(-(10**9), 10**9, places=2))
def test_whatever_the_figures_are_there_is_an_answer_and_none_where_they_agree(ours: Decimal, theirs: Decimal) -> None:
    assert isinstance(likely_cause(ours, theirs, INCOME), str)
    assert likely_cause(ours, ours, INCOME) == ""


@given(st.integers(1, 10**9), st.sampled_from([10, 100, 1000, 1_000_000]))
def test_a_factor_is_found_either_way_round(amount: int, factor: int) -> None:
    said = {
        likely_cause(Decimal(amount), Decimal(amount * factor), {}),
        likely_cause(Decimal(amount * factor), Decimal(amount), {}),
    }
    assert said == {f"a factor of {factor:,}: the unit or a nought is wrong"}
