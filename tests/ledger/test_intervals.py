"""Stretches of a scale: each value in as many as hold it, none lost at an end."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.bands import parse_band
from breakeven.ledger.intervals import HIGHEST, LOWEST, Interval, stretches, without, words_of

PERCENT = parse_band(">= 0 <= 100").parts[0]

numbers = st.integers(-40, 140).map(lambda n: Decimal(n) / 2)
cuts = st.tuples(numbers, st.sampled_from([-1, 1]))
intervals = st.builds(Interval, st.one_of(st.just(LOWEST), cuts), st.one_of(st.just(HIGHEST), cuts))
sets = st.dictionaries(st.sampled_from(["green", "amber", "red"]), st.lists(intervals, max_size=3))


def parts(text: str) -> tuple[Interval, ...]:
    return parse_band(text).parts


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ("> 70 <= 70.01", "above 70% up to 70.01%"),
        (">= 84.99 < 85", "from 84.99% to below 85%"),
        (">= 65 <= 65", "exactly 65%"),
        ("> 80", "above 80%"),
        (">= 80", "80% and above"),
        ("< 15", "below 15%"),
        ("<= 15", "15% and below"),
        ("any", "any value"),
        ("< 15 > 22", "no value"),
        ("> 65 < 69.99 or > 78 <= 100", "above 65% to below 69.99% or above 78% up to 100%"),
    ],
)
def test_an_interval_is_said_with_what_its_ends_hold(band: str, words: str) -> None:
    assert words_of(parts(band), "%") == words


def test_an_interval_without_a_value_is_said_by_itself() -> None:
    assert (parts("< 15 > 22")[0].words(), parts("< 15 > 22")[0].notation) == ("no value", "none")


def test_above_65_and_below_65_leave_65_to_neither() -> None:
    found = stretches(PERCENT, {"red": parts("< 65"), "green": parts("> 65")})
    assert [(each.interval.words(), each.held_by) for each in found] == [
        ("from 0 to below 65", ("red",)),
        ("exactly 65", ()),
        ("above 65 up to 100", ("green",)),
    ]


def test_two_parts_that_touch_are_one_stretch() -> None:
    found = stretches(PERCENT, {"green": parts("<= 50 or > 50")})
    assert [each.interval for each in found] == [PERCENT]


def test_a_scale_without_a_value_has_no_stretch() -> None:
    assert stretches(parts("< 15 > 22")[0], {"green": parts("any")}) == ()


def test_a_tolerance_less_its_target_ends_where_the_target_begins() -> None:
    assert words_of(without(parts("> 65"), parts("> 75")), "%") == "above 65% up to 75%"


@given(sets, numbers)
def test_each_value_of_the_scale_lies_in_one_stretch_held_by_what_holds_it(
    held: dict[str, list[Interval]], value: Decimal
) -> None:
    own = [each for each in stretches(PERCENT, held) if value in each.interval]
    assert len(own) == (1 if value in PERCENT else 0)
    for each in own:
        assert set(each.held_by) == {name for name, ranges in held.items() if any(value in part for part in ranges)}


@given(sets)
def test_stretches_follow_each_other_and_no_two_beside_each_other_are_held_alike(
    held: dict[str, list[Interval]],
) -> None:
    found = stretches(PERCENT, held)
    assert (found[0].interval.low, found[-1].interval.high) == (PERCENT.low, PERCENT.high)
    for before, after in pairwise(found):
        assert before.interval.high == after.interval.low
        assert before.held_by != after.held_by


@given(st.lists(intervals, max_size=3), st.lists(intervals, max_size=3), numbers)
def test_what_is_left_of_a_set_is_what_the_other_does_not_hold(
    first: list[Interval], taken: list[Interval], value: Decimal
) -> None:
    left = any(value in part for part in without(first, taken))
    assert left == (any(value in part for part in first) and not any(value in part for part in taken))
