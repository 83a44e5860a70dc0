"""Exact pounds and pence. No binary fraction touches money here; each rounding has a name."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

PENNY = Decimal("0.01")
POUND = Decimal(1)
MILLIONTH = Decimal("0.000001")
NIL = Decimal("0.00")


class SubPennyError(ValueError):
    """An amount that is not a whole number of pence."""


def pounds(value: Decimal | int | str) -> Decimal:
    """Pounds and pence, halves away from zero: 2.675 is 2.68."""
    return Decimal(value).quantize(PENNY, rounding=ROUND_HALF_UP)


def whole_pounds(value: Decimal | int) -> Decimal:
    """Whole pounds, halves away from zero: -0.5 is -1."""
    return Decimal(value).quantize(POUND, rounding=ROUND_HALF_UP)


def nearest_pound(value: Decimal) -> Decimal:
    """Whole pounds of what a chain of sums left: to a millionth of a pound first, so that a half stays a half.

    365,000 × (41,000 ÷ 36,500) is 410,000, and in 28 digits a hair less. Excel's binary fractions need the same.
    """
    return whole_pounds(value.quantize(MILLIONTH, rounding=ROUND_HALF_UP))


def to_pence(amount: Decimal) -> int:
    """The whole pence in ``amount`` pounds. Raises SubPennyError rather than round."""
    pence = amount.scaleb(2)
    if pence != pence.to_integral_value():
        raise SubPennyError(f"{amount} is not a whole number of pence")
    return int(pence)


def from_pence(pence: int) -> Decimal:
    """Pounds from whole pence."""
    return Decimal(pence).scaleb(-2)


def share(total: Decimal, weights: Sequence[int], unit: Decimal = PENNY) -> list[Decimal]:
    """Split ``total`` pounds by ``weights``; the spare pence go to the largest remainders.

    unit: what each share is a whole number of, a penny or ``POUND``. Of equal remainders the first in order takes the
    spare unit. The shares add up to ``total`` exactly. Raises ValueError where the weights are negative or all nil,
    SubPennyError where the total holds part of a unit.
    """
    if any(weight < 0 for weight in weights) or sum(weights) == 0:
        raise ValueError("weights must be nil or more, and not all nil")
    whole = to_pence(total * PENNY / unit)
    exact = [Fraction(whole * weight, sum(weights)) for weight in weights]
    units = [floor(part) for part in exact]
    spare = whole - sum(units)
    for i in sorted(range(len(units)), key=lambda i: units[i] - exact[i])[:spare]:
        units[i] += 1
    return [each * unit for each in units]


def round_together(parts: Sequence[Fraction]) -> list[Decimal]:
    """Round exact pounds to pence, halves away from zero, so that they come to their own sum, rounded likewise.

    Where the pence miss that sum, those rounded furthest the other way move by a penny; of equals the first in order.
    A part of whole pence never moves, and parts of the opposite signs give the same pence with the opposite signs.
    """
    exact = [part * 100 for part in parts]
    pence = [_nearest(part) for part in exact]
    spare = _nearest(sum(exact, Fraction(0))) - sum(pence)
    step = 1 if spare > 0 else -1
    for i in sorted(range(len(pence)), key=lambda i: step * (pence[i] - exact[i]))[: abs(spare)]:
        pence[i] += step
    return [from_pence(p) for p in pence]


def _nearest(number: Fraction) -> int:
    whole = floor(abs(number) + Fraction(1, 2))
    return whole if number >= 0 else -whole
