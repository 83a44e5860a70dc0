"""A saving shared out: whole pounds that come to the whole, nobody over a cap, and what nobody can bear is said."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from breakeven.plan.shares import Bearer, most, room, shared
from made import pounds


def bearers(*said: str) -> list[Bearer]:
    """``"3"`` bears by a weight of 3, ``"3 100"`` up to a cap of 100."""
    parts = [each.split() for each in said]
    return [
        Bearer(f"line_{n}", f"Line {n}", pounds(part[0]), pounds(part[1]) if part[1:] else None)
        for n, part in enumerate(parts)
    ]


def shares(total: str, *said: str) -> tuple[list[int], int]:
    found = shared(pounds(total), bearers(*said))
    return [int(amount) for amount in found.amounts], int(found.left)


def test_a_saving_is_shared_by_weight_and_spare_pounds_go_to_the_largest_remainders() -> None:
    assert shares("100", "1", "1", "1") == ([34, 33, 33], 0)
    assert shares("100", "1", "2") == ([33, 67], 0)
    assert shares("7", "0.25", "0.5") == ([2, 5], 0)
    assert shares("0", "1", "1") == ([0, 0], 0)


def test_what_one_may_not_bear_is_shared_among_those_that_have_room_by_their_weights() -> None:
    assert shares("100", "1 10", "1", "2") == ([10, 30, 60], 0)
    assert shares("100", "1 10", "1 20", "2") == ([10, 20, 70], 0)


def test_one_that_is_full_only_once_another_is_takes_no_more_either() -> None:
    assert shares("100", "1 10", "1 31", "1") == ([10, 31, 59], 0)


def test_what_no_one_can_bear_is_left_over() -> None:
    assert shares("100", "1 10", "1 20") == ([10, 20], 70)
    assert shares("100", "0", "1 20") == ([0, 20], 80)
    assert shares("5", "0", "0") == ([0, 0], 5)
    assert shared(Decimal(5), []).left == 5


def test_a_cap_holds_back_part_of_a_pound_and_one_below_nil_is_nil() -> None:
    assert shares("100", "1 10.99", "1") == ([10, 90], 0)
    assert shares("100", "1 -5", "1") == ([0, 100], 0)
    assert (room(Decimal("10.99")), room(Decimal(-5))) == (10, 0)


def test_the_most_is_the_sum_of_the_caps_where_each_has_one() -> None:
    assert most(bearers("1 10.5", "2 20")) == 30
    assert most(bearers("1 10", "2")) is None
    assert most(bearers("1 10", "0")) == 10


some = st.lists(
    st.builds(
        Bearer,
        st.just("line"),
        st.just("Line"),
        st.decimals(0, 10**8, places=2),
        st.none() | st.decimals(0, 10**7, places=2),
    ),
    max_size=12,
)


@given(st.integers(0, 10**9).map(Decimal), some)
def test_shares_and_what_is_left_come_to_the_whole_and_no_cap_is_passed(total: Decimal, parts: list[Bearer]) -> None:
    found = shared(total, parts)
    assert sum(found.amounts, found.left) == total
    assert all(amount == amount.to_integral_value() and amount >= 0 for amount in found.amounts)
    for part, amount in zip(parts, found.amounts, strict=True):
        assert part.cap is None or amount <= part.cap
        assert part.weight or not amount


@given(st.integers(0, 10**9).map(Decimal), some)
def test_pounds_are_left_only_where_every_one_that_bears_any_is_at_its_cap(total: Decimal, parts: list[Bearer]) -> None:
    found = shared(total, parts)
    if found.left:
        full = [room(part.cap) if part.cap is not None else None for part in parts]
        assert all(not p.weight or a == cap for p, a, cap in zip(parts, found.amounts, full, strict=True))


@given(st.integers(0, 10**9).map(Decimal), some)
def test_of_two_that_have_room_the_heavier_bears_no_less(total: Decimal, parts: list[Bearer]) -> None:
    found = shared(total, parts)
    free = sorted(
        (part.weight, amount)
        for part, amount in zip(parts, found.amounts, strict=True)
        if part.cap is None or amount < room(part.cap)
    )
    assert [amount for _, amount in free] == sorted(amount for _, amount in free)
