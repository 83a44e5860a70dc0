"""What a dated yearly amount comes to in each contract year: savings, pressures and investments alike."""

from datetime import date
from decimal import Decimal

from breakeven.ledger.assumptions import Investment, Pressure
from breakeven.ledger.savings import Saving
from breakeven.money import whole_pounds
from breakeven.periods import Year, month_number, year_of


def effect_in(year: Year, amount: Decimal, start: date, *, recurrent: bool) -> Decimal:
    """Whole pounds that an amount comes to in ``year``.

        recurrent: amount × months left / 12 in the year it starts, the full amount in each later year
        one-off:   the full amount in the year it starts, nil in every other

    amount: a full year's, or the whole one-off sum. start: a month counts from its first day, so April gives
    12/12 and March 1/12. Rounded to whole pounds, halves away from zero.
    """
    first = year_of(start)
    if year < first:
        return Decimal(0)
    if not recurrent:
        return whole_pounds(amount) if year == first else Decimal(0)
    months = 13 - month_number(start) if year == first else 12
    return whole_pounds(amount * months / 12)


def change_since(base: Year, year: Year, record: Pressure | Investment) -> Decimal:
    """What a pressure or investment comes to in ``year`` beyond what the outturn of ``base`` already holds of it.

    One that starts after ``base`` is all new. A recurrent one begun in ``base`` adds its full-year effect alone; a
    one-off of ``base`` drops out, which is negative.
    """
    recurrent = record.recurrence == "recurrent"
    now, then = (effect_in(each, record.amount, record.start, recurrent=recurrent) for each in (year, base))
    return now - then


def in_first_year(saving: Saving) -> Decimal:
    """Whole pounds that a scheme is planned to save in the contract year it starts in."""
    return effect_in(year_of(saving.start), saving.amount, saving.start, recurrent=saving.recurrence == "recurrent")
