"""Exact pounds and pence."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from breakeven.money import (
    SubPennyError,
    from_pence,
    nearest_pound,
    pounds,
    round_together,
    share,
    to_pence,
    whole_pounds,
)

pence = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=20).filter(any)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("2.675", "2.68"), ("-2.675", "-2.68"), ("0.005", "0.01"), ("0.0049", "0.00"), ("84678218", "84678218.00")],
)
def test_pounds_are_rounded_to_the_penny_halves_away_from_nil(value: str, rounded: str) -> None:
    assert str(pounds(value)) == rounded


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", "1"), ("-0.5", "-1"), ("1.5", "2"), ("2.5", "3"), ("2.4999", "2")]
)
def test_whole_pounds_are_rounded_halves_away_from_nil(value: str, rounded: str) -> None:
    assert str(whole_pounds(Decimal(value))) == rounded


def test_pounds_and_whole_pounds_take_whole_numbers() -> None:
    assert (str(pounds(7)), str(whole_pounds(7))) == ("7.00", "7")


@given(pence)
def test_pence_to_pounds_and_back_are_the_same_pence(amount: int) -> None:
    assert to_pence(from_pence(amount)) == amount


@pytest.mark.parametrize("amount", ["0.001", "1.005", "-84678218.999"])
def test_part_of_a_penny_is_refused_rather_than_rounded(amount: str) -> None:
    with pytest.raises(SubPennyError, match="not a whole number of pence"):
        to_pence(Decimal(amount))


def test_trailing_noughts_are_not_part_of_a_penny() -> None:
    assert to_pence(Decimal("1.5000")) == 150


def test_spare_pence_go_to_the_largest_remainders() -> None:
    assert share(Decimal("1.00"), [1, 1, 1]) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]
    assert share(Decimal("0.05"), [3, 7]) == [Decimal("0.02"), Decimal("0.03")]
    assert share(Decimal("10.00"), [0, 1, 2]) == [Decimal("0.00"), Decimal("3.33"), Decimal("6.67")]


@given(pence, weights)
def test_shares_add_up_to_the_penny(total: int, split: list[int]) -> None:
    assert sum(share(from_pence(total), split)) == from_pence(total)


@given(pence, weights)
def test_a_share_is_within_a_penny_of_its_exact_part(total: int, split: list[int]) -> None:
    exact = [Decimal(total) * weight / sum(split) for weight in split]
    assert all(
        abs(to_pence(given) - part) < 1 for given, part in zip(share(from_pence(total), split), exact, strict=True)
    )


@given(st.integers(0, 10**13), weights)
def test_a_larger_weight_never_gets_the_smaller_share(total: int, split: list[int]) -> None:
    given_by_weight = sorted(zip(split, share(from_pence(total), split), strict=True))
    assert [amount for _, amount in given_by_weight] == sorted(amount for _, amount in given_by_weight)


@given(pence, st.lists(st.integers(0, 1000), min_size=1, max_size=8, unique=True).filter(any), st.data())
def test_where_no_remainders_are_equal_a_share_does_not_depend_on_the_order_of_the_weights(
    total: int, split: list[int], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(split))
    remainders = {total * weight % sum(split) for weight in split}
    by_weight = dict(zip(split, share(from_pence(total), split), strict=True))
    assume(len(remainders) == len(split))
    assert dict(zip(shuffled, share(from_pence(total), shuffled), strict=True)) == by_weight


@pytest.mark.parametrize("split", [[], [0, 0], [2, -1]])
def test_weights_that_cannot_share_anything_are_refused(split: list[int]) -> None:
    with pytest.raises(ValueError, match="weights must be nil or more, and not all nil"):
        share(Decimal(1), split)


def test_a_total_with_part_of_a_penny_cannot_be_shared() -> None:
    with pytest.raises(SubPennyError):
        share(Decimal("0.005"), [1, 1])


def test_parts_rounded_together_give_the_spare_penny_to_the_one_rounded_furthest_down() -> None:
    third = Fraction(1, 300)
    assert round_together([third * 4, third * 4, third * 4]) == [Decimal(p) for p in ("0.02", "0.01", "0.01")]
    assert round_together([Fraction(5, 1000), Fraction(5, 1000)]) == [Decimal("0.00"), Decimal("0.01")]
    assert round_together([Fraction(-5, 1000), Fraction(-5, 1000)]) == [Decimal("0.00"), Decimal("-0.01")]
    assert round_together([]) == []


@given(st.lists(st.fractions(-(10**6), 10**6, max_denominator=2562), min_size=1, max_size=5))
def test_pence_rounded_together_come_to_their_own_sum_and_no_part_is_a_penny_out(parts: list[Fraction]) -> None:
    pence = round_together(parts)
    assert sum(pence) == round_together([sum(parts, Fraction(0))])[0]
    assert all(abs(Fraction(amount) - part) < Fraction(1, 100) for amount, part in zip(pence, parts, strict=True))
    assert round_together([-part for part in parts]) == [-amount for amount in pence]


def test_a_half_that_a_division_leaves_a_hair_short_is_still_a_half() -> None:
    left = 365_000 * (Decimal(41_000) / 36_500) - Decimal("250.5")
    assert left < Decimal("409749.5")
    assert nearest_pound(left) == 409_750
