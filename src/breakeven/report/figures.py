"""How a figure is written: units, brackets, and the mark of a missing one."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from breakeven.money import PENNY

MISSING = "[x]"
"""A figure that is not there. Blank is not nil, so it is never written as nought."""

ILLUSTRATIVE = "*"
ILLUSTRATIVE_NOTE = "* illustrative: made up to show detail that was not published."
ROUNDING_NOTE = "Figures may not sum due to rounding."


class Unit(StrEnum):
    """What one means on a page."""

    POUNDS = "£"
    THOUSANDS = "k"
    MILLIONS = "m"

    @property
    def words(self) -> str:
        """The unit as a page says it: £, £k or £m."""
        return "£" if self is Unit.POUNDS else f"£{self}"


_PLACES = {Unit.POUNDS: (0, Decimal(1)), Unit.THOUSANDS: (3, Decimal(1)), Unit.MILLIONS: (6, Decimal("0.01"))}


def in_unit(amount: Decimal, unit: Unit) -> Decimal:
    """Pounds in the unit, rounded half away from zero: whole £ and £k, £m to two places."""
    shift, place = _PLACES[unit]
    return amount.scaleb(-shift).quantize(place, rounding=ROUND_HALF_UP)


def amount_text(amount: Decimal | None, unit: Unit = Unit.POUNDS) -> str:
    """An amount with thousands commas, in brackets below nil: -4253670 is ``(4,253,670)``."""
    if amount is None:
        return MISSING
    return bracketed(in_unit(amount, unit))


def balance_words(amount: Decimal) -> str:
    """A position or balance in a sentence: ``a deficit of £4,253,670``, ``break-even``."""
    return f"a {'deficit' if amount < 0 else 'surplus'} of £{abs(amount):,.0f}" if amount else "break-even"


def pence_text(amount: Decimal | None) -> str:
    """An amount to the penny, in brackets below nil: ``(49.50)``."""
    return MISSING if amount is None else bracketed(amount.quantize(PENNY, rounding=ROUND_HALF_UP))


def bracketed(number: Decimal, suffix: str = "", sign: str = "") -> str:
    """A number in brackets below nil, with its own decimal places: ``(£49.50)``, where the sign is ``£``."""
    text = f"{sign}{abs(number):,f}{suffix}"
    return f"({text})" if number < 0 else text


def percent_text(percent: Decimal | None) -> str:
    """Per cent to one place, in brackets below nil."""
    return MISSING if percent is None else bracketed(percent.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP), "%")


def number_text(number: Decimal | None) -> str:
    """A count or rate, in as many places as it needs."""
    return MISSING if number is None else f"{number.normalize():,f}"


def exact_text(amount: Decimal) -> str:
    """Pounds and pence in full for a message, without brackets: ``-49.00``."""
    return f"{amount:,.2f}"


def percent_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """``part`` as per cent of the size of ``whole``, to one place; None where either is missing or the whole is nil."""
    if part is None or not whole:
        return None
    return (part / abs(whole) * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
