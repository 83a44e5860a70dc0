"""From when changes count, as a person says it: a month, a period, a year; and every month that may be picked."""

import re
from collections.abc import Sequence
from datetime import date

from breakeven.periods import MONTHS, Year, month_number, months_after, parse_period, period_name, year_of

_MONTHS = tuple(f"{date(2000, month, 1):%B}".lower() for month in range(1, 13))
_CALENDAR_YEAR = re.compile(r"20\d\d", re.ASCII)
_YEAR = re.compile(r"\d{4}[-/–]\d{2,4}", re.ASCII)
_PERIOD = re.compile(r"P\d{1,2}", re.IGNORECASE | re.ASCII)


def key_of(year: Year, period: int) -> str:
    """As ``--from`` takes it: ``2024-25 P07``, and of P01 the year alone."""
    return f"{year}" if period == 1 else f"{year} {period_name(period)}"


def months_of(years: Sequence[Year]) -> list[tuple[str, date, Year, int]]:
    """Every month of a plan: its key, its first day, its contract year and its period."""
    return [
        (key_of(year, period), months_after(year.first_day, period - 1), year, period)
        for year in years
        for period in range(1, MONTHS + 1)
    ]


def month_of(year: Year, period: int | None) -> str:
    """The month that a period begins with: ``October 2024``."""
    return f"{months_after(year.first_day, (period or 1) - 1):%B %Y}"


def read_start(words: Sequence[str], years: Sequence[Year]) -> tuple[str, int]:
    """The key of the time that the first words say, and how many of them say it; none where they say no time.

    ``P07``, ``2025-26``, ``2025-26 P07``, ``Oct 2025``, or ``October`` of the plan's first year. Raises ValueError.
    """
    month = _month(words[0]) if words else None
    if month:
        if len(words) > 1 and _CALENDAR_YEAR.fullmatch(words[1]):
            day = date(int(words[1]), month, 1)
            return key_of(year_of(day), month_number(day)), 2
        return key_of(years[0], month_number(date(2000, month, 1))), 1
    year, period, used = None, None, 0
    for word in words[:2]:
        if year is None and _YEAR.fullmatch(word):
            year = Year.parse(word)
        elif period is None and _PERIOD.fullmatch(word):
            period = parse_period(word)
        else:
            break
        used += 1
    return (key_of(year or years[0], period or 1), used) if used else ("", 0)


def _month(word: str) -> int | None:
    """1 to 12 of a month, of which three letters are enough; None of any other word."""
    return next((n for n, name in enumerate(_MONTHS, 1) if len(word) > 2 and name.startswith(word.lower())), None)
