"""What a dated yearly amount comes to in each contract year: savings, pressures and investments alike."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict

from breakeven.ledger.assumptions import Investment, Pressure
from breakeven.ledger.savings import Saving
from breakeven.money import whole_pounds
from breakeven.periods import MONTHS, Year, months_between, year_of


def effect_in(year: Year, amount: Decimal, start: date, *, recurrent: bool, ramp_months: int = 1) -> Decimal:
    """Whole pounds that an amount comes to in ``year``.

        recurrent: amount × months of it in ``year`` / 12; month k, counted from the first, is k / ramp_months of a
                   month until it is a whole one
        one-off:   the full amount in the year it starts, nil in every other

    amount: a full year's, or the whole one-off sum. start: a month counts from its first day, so without a ramp April
    gives 12/12 and March 1/12 of the first year, and every later year is whole. A ramp of r months takes (r − 1) / 2
    months of saving away, in the first year or over the first and those after. Rounded to whole pounds, halves away
    from zero.
    """
    first = year_of(start)
    if year < first:
        return Decimal(0)
    if not recurrent:
        return whole_pounds(amount) if year == first else Decimal(0)
    return whole_pounds(amount * _months(year.first_day, start, ramp_months) / (MONTHS * ramp_months))


def _months(since: date, start: date, ramp_months: int) -> int:
    """Months of an amount from the month of a day to the end of its contract year, each counted ``ramp_months`` times.

    Month k from the start counts k times, until it counts in full.
    """
    before = months_between(start, since)  # negative where it starts later
    last = months_between(start, year_of(since).last_day) + 1
    return sum(min(k, ramp_months) for k in range(max(before, 0) + 1, last + 1))


def effect_in_month(month: date, amount: Decimal, start: date, *, recurrent: bool, ramp_months: int = 1) -> Fraction:
    """Exact pounds that an amount comes to in the month of a day: the parts that ``effect_in`` is the sum of.

    A one-off comes whole in its first month.
    """
    k = months_between(start, month) + 1
    if k < 1:
        return Fraction(0)
    if not recurrent:
        return Fraction(amount) if k == 1 else Fraction(0)
    return Fraction(amount) * min(k, ramp_months) / (MONTHS * ramp_months)


def change_since(base: Year, year: Year, record: Pressure | Investment) -> Decimal:
    """What a pressure or investment comes to in ``year`` beyond what the outturn of ``base`` already holds of it.

    One that starts after ``base`` is all new. A recurrent one begun in ``base`` adds its full-year effect alone; a
    one-off of ``base`` drops out, which is negative.
    """
    recurrent = record.recurrence == "recurrent"
    now, then = (effect_in(each, record.amount, record.start, recurrent=recurrent) for each in (year, base))
    return now - then


def saved_in(year: Year, saving: Saving, start: date | None = None) -> Decimal:
    """Whole pounds that a scheme is planned to save in ``year``. start: another than its own."""
    return effect_in(year, saving.amount, start or saving.start, **_dated(saving))


def saved_from(day: date, saving: Saving) -> Decimal:
    """Whole pounds that a scheme is planned to save from the month of a day to the end of its contract year."""
    if saving.recurrence == "one-off":
        return saved_in(year_of(day), saving) if day <= saving.start else Decimal(0)
    ramp = saving.ramp_months or 1
    return whole_pounds(saving.amount * _months(day, saving.start, ramp) / (MONTHS * ramp))


def saved_in_month(month: date, saving: Saving) -> Fraction:
    """Exact pounds that a scheme is planned to save in the month of a day."""
    return effect_in_month(month, saving.amount, saving.start, **_dated(saving))


def in_first_year(saving: Saving) -> Decimal:
    """Whole pounds that a scheme is planned to save in the contract year it starts in."""
    return saved_in(year_of(saving.start), saving)


def _dated(saving: Saving) -> "_Dated":
    return {"recurrent": saving.recurrence == "recurrent", "ramp_months": saving.ramp_months or 1}


class _Dated(TypedDict):
    recurrent: bool
    ramp_months: int
