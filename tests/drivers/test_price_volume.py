"""Price, volume, joint and mix come to the whole change in cost, whatever is new, gone or free."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from breakeven.drivers.price_volume import Activity, Bought, Effects, cost_of, effects
from made_states import bought


def split(before: str, after: str) -> tuple[Fraction, ...]:
    """Price, volume, joint and mix."""
    found = effects(bought(before), bought(after))
    return found.price, found.volume, found.joint, found.mix


def test_more_at_the_same_price_is_volume_alone() -> None:
    assert split("home 10 @ 100", "home 13 @ 100") == (0, 300, 0, 0)


def test_the_same_number_at_another_price_is_price_alone() -> None:
    assert split("home 10 @ 100", "home 10 @ 90") == (-100, 0, 0, 0)


def test_more_at_another_price_is_each_by_itself_and_the_two_together() -> None:
    assert split("home 10 @ 100", "home 13 @ 120") == (200, 300, 60, 0)


def test_fewer_at_a_higher_price_have_a_joint_effect_below_nil() -> None:
    assert split("home 10 @ 100", "home 7 @ 120") == (200, -300, -60, 0)


def test_a_dear_type_in_the_place_of_a_cheap_one_is_mix() -> None:
    assert split("home 10 @ 100, foster 10 @ 20", "home 12 @ 100, foster 8 @ 20") == (0, 0, 0, 160)


def test_volume_keeps_the_mix_and_so_the_average_price() -> None:
    assert split("home 10 @ 100, foster 10 @ 20", "home 11 @ 100, foster 11 @ 20") == (0, 120, 0, 0)
    assert split("home 10 @ 100, foster 10 @ 20", "home 12 @ 100, foster 10 @ 20") == (0, 120, 0, 80)


def test_a_type_that_is_new_is_volume_and_mix_and_no_price() -> None:
    assert split("home 10 @ 100", "home 10 @ 100, secure 5 @ 300") == (0, 500, 0, 1000)


def test_a_type_that_has_gone_is_volume_and_mix_and_no_price() -> None:
    assert split("home 10 @ 100, secure 5 @ 300", "home 10 @ 100") == (0, Fraction(-2500, 3), 0, Fraction(-2000, 3))


def test_a_type_budgeted_at_a_price_for_nobody_has_that_price() -> None:
    assert split("home 10 @ 100, secure 0 @ 300", "home 10 @ 100, secure 2 @ 350") == (0, 200, 100, 400)


def test_where_nothing_was_bought_the_whole_is_volume() -> None:
    assert split("", "home 3 @ 100, foster 2 @ 20") == (0, 340, 0, 0)
    assert split("home 0 @ 90", "home 3 @ 100") == (0, 270, 30, 0)


def test_where_nothing_is_bought_any_more_the_whole_is_volume() -> None:
    assert split("home 3 @ 100, foster 2 @ 20", "") == (0, -340, 0, 0)


def test_nights_and_years_of_posts_are_not_added_up() -> None:
    before = bought("home 100 @ 10") | bought("nurse 2 @ 50000", "post")
    after = bought("home 110 @ 10") | bought("nurse 3 @ 50000", "post")
    assert effects(before, after) == Effects(volume=Fraction(100 + 50_000))


# Laws --------------------------------------------------------------------------------------------------------

numbers = st.fractions(0, 10**5, max_denominator=7 * 366)
prices = st.fractions(-(10**4), 10**6, max_denominator=700)
types = st.sampled_from(["residential", "fostering", "secure", "supported"])
activities = st.dictionaries(types, st.builds(Bought, numbers, prices, st.sampled_from(["placement"])), max_size=4)
mixed = st.dictionaries(types, st.builds(Bought, numbers, prices, st.sampled_from(["placement", "post"])), max_size=4)


@given(mixed, mixed)
def test_the_parts_come_to_the_change_in_cost_exactly(before: Activity, after: Activity) -> None:
    assert effects(before, after).total == cost_of(after) - cost_of(before)


@given(mixed, mixed, st.data())
def test_the_order_of_the_types_changes_nothing(before: Activity, after: Activity, data: st.DataObject) -> None:
    moved = dict(data.draw(st.permutations(list(after.items()))))
    assert effects(before, moved) == effects(before, after)


@given(activities, activities)
def test_the_other_way_round_the_joint_part_stands_and_the_rest_is_weighed_at_the_other_end(
    before: Activity, after: Activity
) -> None:
    there, back = effects(before, after), effects(after, before)
    assert back.joint == there.joint
    assert back.price == -(there.price + there.joint)
    assert back.volume + back.mix == -(there.volume + there.mix + there.joint)
    assert back.total == -there.total


@given(activities)
def test_nothing_moves_between_two_that_are_alike(same: Activity) -> None:
    assert effects(same, same) == Effects()


@given(numbers, prices, numbers, prices)
def test_one_type_has_no_mix(q0: Fraction, p0: Fraction, q1: Fraction, p1: Fraction) -> None:
    assert effects({"home": Bought(q0, p0)}, {"home": Bought(q1, p1)}).mix == 0
