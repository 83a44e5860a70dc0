"""What is entered in the registers: the next reference, a virement's two sides, and the budget that it moves."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from breakeven.ledger.lines import BudgetLine, Coding
from breakeven.money import share, to_pence
from breakeven.periods import Year

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
    months out; equally where they have no budget. All twelve do where those left hold less than is taken away. A line
    without a profile, or with a month left blank, changes in its revised budget alone.
    """
    changed = {"revised": line.revised + amount}
    known = {name: month for name, month in zip(MONTHS, line.months, strict=True) if month is not None}
    if len(known) < len(MONTHS):
        return changed
    taking = list(MONTHS[first_month - 1 :])
    if amount < 0 and sum(known[name] for name in taking) < -amount:
        taking = list(MONTHS)
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
