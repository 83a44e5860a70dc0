"""Nights of a placement and days of a post within some days of the calendar: 2023/24 has 366 of them."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def nights_within(start: date, end: date | None, first: date, last: date) -> int:
    """How many nights of the days ``first`` to ``last``, both counted, a placement is live.

    start: its first night. end: the day it ended, which is not paid for; None while it lasts. Nil where they do not
    meet, where it ends before or on the day it starts, and where ``last`` is before ``first``.
    """
    until = last + ONE_DAY if end is None else min(end, last + ONE_DAY)
    return max(0, (until - max(start, first)).days)


def days_filled(filled_from: date | None, filled_to: date | None, first: date, last: date) -> int:
    """How many of the days ``first`` to ``last``, both counted, a post is filled.

    filled_from: None where it is vacant. filled_to: the last day that it is filled, which counts; None while it
    lasts. Nil where they do not meet.
    """
    if filled_from is None:
        return 0
    return nights_within(filled_from, None if filled_to is None else filled_to + ONE_DAY, first, last)
