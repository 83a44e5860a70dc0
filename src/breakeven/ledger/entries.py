"""What is entered in the registers: the next reference, a virement's sides and budget, and when an entry counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from breakeven.ledger.lines import Accrual, BudgetLine, Coding
from breakeven.money import share, to_pence
from breakeven.periods import MONTHS as YEAR_END
from breakeven.periods import Year, parse_year_and_period, period_name

_NUMBERED = re.compile(r"(.*?)(\d+)", re.DOTALL)
MONTHS = tuple(f"p{n:02d}" for n in range(1, 13))
"""The fields of a budget line that hold its profile, April first."""


def next_ref(refs: Sequence[str], otherwise: str) -> str:
    """The reference after those there are: ``VR08`` is followed by ``VR09``, as the last numbered one is written.

    otherwise: the first one, where none is numbered.
    """
    found = [match for ref in refs if (match := _NUMBERED.fullmatch(ref))]
    if not found:
        return otherwise
    pattern = found[-1]
    number = max(int(match[2]) for match in found if match[1] == pattern[1]) + 1
    return f"{pattern[1]}{number:0{len(pattern[2])}d}"


def virement_sides(giver: Coding, taker: Coding, amount: Decimal, same: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The two lines of a virement, which net to nil. amount: pounds, positive; same: what both lines say."""
    return [
        {**same, "cost_centre": coding[0], "account": coding[1], "amount": moved}
        for coding, moved in ((giver, -amount), (taker, amount))
    ]


def moved_budget(line: BudgetLine, amount: Decimal, first_month: int) -> dict[str, Decimal]:
    """The figures of a budget line that change when its revised budget moves by ``amount`` pounds, by field.

    Its months from ``first_month`` (1 is April) on take the amount, in whole pence, as the profile shares those
    months out; equally where they have no budget. The months before stay as they are, though those left may hold less
    than is taken away and fall below nil: they were reported so. A line without a profile, or with a month left blank,
    changes in its revised budget alone.
    """
    changed = {"revised": line.revised + amount}
    known = {name: month for name, month in zip(MONTHS, line.months, strict=True) if month is not None}
    if len(known) < len(MONTHS):
        return changed
    taking = MONTHS[first_month - 1 :]
    weights = [to_pence(known[name]) for name in taking]
    if min(weights) < 0 or not any(weights):
        weights = [1] * len(taking)
    shares = share(amount, weights)
    return changed | {name: known[name] + part for name, part in zip(taking, shares, strict=True) if part}


def month_of(day: date, year: Year) -> int:
    """The month of a contract year, 1 (April) to 12, from which on something of a day counts in it.

    A day before the year counts from April, one after it in March: the accounts of a year are closed in the next.
    """
    if day < year.first_day:
        return 1
    return year.period_of(day) if year.holds(day) else 12


# When an entry counts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CountsFrom:
    """The date of a register's entries from which on they count, and how many years before the year it may be."""

    field: str
    years_before: int


COUNTS_FROM = {"virements": CountsFrom("date", 0), "variations": CountsFrom("date_agreed", 1)}
"""By table. A variation is often agreed before the year that it is for; budget is moved within its own year."""

_CLOSING = timedelta(days=31)
"""How long after the year entries are still made in its accounts."""


def why_far(dated: CountsFrom, day: date, year: Year) -> str:
    """Why a date that an entry counts from is far from the year that it is entered in; blank where it is not."""
    within = f"the year {year.first_day:%d/%m/%Y} to {year.last_day:%d/%m/%Y}"
    if day > year.last_day + _CLOSING:
        return f"{day:%d/%m/%Y} is more than {_CLOSING.days} days after {within}"
    if day < year.later(-dated.years_before).first_day:
        return f"{day:%d/%m/%Y} is {'more than a year ' if dated.years_before else ''}before {within}"
    return ""


def counts_at(table: str, entry: Mapping[str, Any], year: Year, period: int) -> bool:
    """Whether an entry counts in the year to the end of a period, so that it changes what was closed then.

    An accrual does until it is undone; a virement or a variation does from its date on, and all of them do at the year
    end. A forecast by hand and an explanation are part of what was said from their period on.
    """
    if table == "accruals":
        return Accrual.model_construct(**entry).stands_at(year, period)
    if table in {"overrides", "explanations"}:
        made_at: int = entry["period"]
        return made_at <= period
    dated = COUNTS_FROM.get(table)
    return dated is not None and (entry[dated.field] <= year.period_end(period) or period >= YEAR_END)


def why_not_undone(reverses: str, period: int, year: Year) -> str:
    """Why an accrual of a period of ``year`` cannot be undone when ``reverses`` says; blank where it can.

    Raises ValueError where that is no year and period.
    """
    undone_year, undone = parse_year_and_period(reverses)
    if undone_year < year:
        return f"{undone_year.on_screen} is before {year.on_screen}, the year of the entry"
    if undone_year == year and undone <= period:
        return f"{period_name(undone)} is not after {period_name(period)}, the entry's own period: it would never count"
    return ""


def is_undone_twice(entry: Accrual, reversal: Accrual, year: Year) -> bool:
    """Whether a ``reversal`` row undoes an accrual or prepayment that is undone by itself within the year.

    It does where it comes later and has the same reference, or the same code and the amount turned round; in the
    entry's own period where it has all of them. One before the entry undoes last year's.
    """
    if entry.undone_in(year) is None:
        return False
    is_named = entry.ref.casefold() == reversal.ref.casefold()
    is_mirror = entry.coding == reversal.coding and entry.amount == -reversal.amount
    if reversal.period == entry.period:
        return is_named and is_mirror
    return reversal.period > entry.period and (is_named or is_mirror)
