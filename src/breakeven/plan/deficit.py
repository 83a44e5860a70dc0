"""What it takes to break even, and to clear what is owed."""

from decimal import ROUND_CEILING, Decimal

from breakeven.money import POUND


def requirement(gap: Decimal) -> Decimal:
    """The saving that brings a year's position before savings to nil; nil where it is in surplus already."""
    return max(-gap, Decimal(0))


def still_to_find(needed: Decimal, identified: Decimal) -> Decimal:
    """What is needed beyond the savings identified; nil where they are enough.

    needed: negative where the year is in surplus before savings. identified: negative where more drops out, or is at
    risk of what a budget holds, than is added.
    """
    return max(needed - identified, Decimal(0))


def yearly_saving_to_clear(closing: Decimal, years: int) -> Decimal:
    """The further saving in each of ``years`` years that clears a closing deficit by the last of them.

    Whole pounds, rounded up, so that it clears; nil where the balance is not in deficit.
    """
    return max(-closing / years, Decimal(0)).quantize(POUND, rounding=ROUND_CEILING)
