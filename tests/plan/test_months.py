"""A year in which something changes is the sum of its months, each as it is."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from breakeven.ledger.scenarios import Overlay
from made import (
    BASE,
    overlay,
)
from made_plans import under


def half_up(amount: Fraction) -> Decimal:
    """Whole pounds, halves away from nil."""
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def not_by_a_half(*amounts: Fraction) -> bool:
    """Whether none is so near half a pound that its last of 28 digits says which way it goes."""
    return all(abs(2 * amount % 2 - 1) > Fraction(1, 10**9) for amount in amounts)


def by_the_month(base: int, overlays: list[Overlay]) -> list[Decimal]:
    """Twelve months added up by hand, each at the rates, factor and sums that count in it."""
    level, found = Fraction(base), list[Decimal]()
    for year in (BASE.later(1), BASE.later(2), BASE.later(3)):
        moved, beside_it = Fraction(0), Fraction(0)
        rate = Fraction(1)
        for month in range(1, 13):
            now = [o for o in overlays if o.counts_in(year) and (o.year < year or (o.from_period or 1) <= month)]
            points = {
                what: sum((Fraction(o.value) for o in now if o.what == what), Fraction(0))
                for what in ("growth", "inflation", "amount")
            }
            factor = Fraction(1)
            for o in now:
                factor *= Fraction(o.value) if o.how == "multiply" else 1
            sums = points["amount"] - sum((Fraction(o.value) for o in now if o.how == "multiply"), Fraction(0))
            rate = (1 + points["growth"] / 100) * (1 + points["inflation"] / 100)
            moved += level * rate * factor / 12
            beside_it += sums / 12
        level *= rate
        assume(not_by_a_half(moved, beside_it))
        found.append(half_up(moved) + half_up(beside_it))
    return found


@st.composite
def some_changes_of_a_line(draw: st.DrawFn) -> Overlay:
    said = draw(
        st.sampled_from(
            ["growth +{}%", "growth -{}%", "inflation +{}%", "amount +£{}000", "amount -£{}", "amount x1.{}"]
        )
    )
    since = f"{draw(st.sampled_from(['2024-25', '2025-26', '2026-27']))} P{draw(st.integers(1, 12)):02d}"
    return overlay(f"residential {said.format(draw(st.integers(0, 20)))}", since)


@given(st.lists(some_changes_of_a_line(), max_size=5))
def test_several_changes_from_several_months_come_to_the_sum_of_the_months(overlays: list[Overlay]) -> None:
    assert list(under(*overlays).values()) == by_the_month(365_000, overlays)


counts = st.decimals(0, 50, places=1)
weekly = st.decimals(0, 9_000, places=2)


@given(counts, weekly, st.integers(1, 12), st.integers(1, 12))
def test_each_months_number_at_that_months_price_adds_up_to_the_year(
    number: Decimal, price: Decimal, number_from: int, price_from: int
) -> None:
    found = under(
        overlay(f"residential number {number}", f"P{number_from:02d}"),
        overlay(f"residential price £{price}", f"P{price_from:02d}"),
    )
    by_month = [
        (Fraction(number) if month >= number_from else 10) * (Fraction(price) if month >= price_from else 700)
        for month in range(1, 13)
    ]
    first = Fraction(sum(by_month)) * 365 / 7 / 12 - 365_000
    after = Fraction(number) * Fraction(price) * 365 / 7 - 365_000
    assume(not_by_a_half(first, after))
    assert list(found.values()) == [365_000 + half_up(each) for each in (first, after, after)]
