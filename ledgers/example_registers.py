"""Placements and posts one by one, made up so that as many are live at each month's end as a table says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

FIVER = Decimal(5)


@dataclass
class Placed:
    """One placement: its first night, the day it ended, what was planned, and what a week of it costs."""

    ref: str
    start: date
    weekly_cost: Decimal
    end: date | None = None
    planned_end: date | None = None


def placements(kind: str, numbers: Sequence[int], costs: Sequence[Decimal], ends: Sequence[date]) -> Iterator[Placed]:
    """The placements of one type over a year.

    numbers, costs: how many are live at each month's end and their average weekly cost, from the March before on.
    ends: those month ends. In April each price is uplifted; whoever comes later costs what brings the average there.
    """
    rng = Random(kind)  # noqa: S311  (made up, not a secret)
    letter = kind[0]
    april = ends[0] + timedelta(days=1)
    live: list[Placed] = []
    gone: list[Placed] = []
    for number in range(numbers[0]):
        begun = ends[0] - timedelta(days=rng.randrange(20, 900))
        live.append(Placed(f"{letter}{number + 1:03d}", begun, costs[1] * rng.randrange(80, 118) / 100))
    _bring_to(live, costs[1] * len(live))
    for placed in live:
        if rng.randrange(4) == 0:
            placed.planned_end = april + timedelta(days=rng.randrange(150, 420))
    for month in range(1, len(ends)):
        days = ends[month].day
        leavers = min(len(live) - 1, max(0, numbers[month - 1] - numbers[month]) + rng.choice((0, 1, 1, 2)))
        for placed in rng.sample(live, leavers):
            live.remove(placed)
            placed.end = ends[month] - timedelta(days=rng.randrange(1, days - 1))
            gone.append(placed)
        comers = [
            Placed(f"{letter}{len(live) + len(gone) + n + 1:03d}", _day_of(ends[month], rng), Decimal(0))
            for n in range(numbers[month] - len(live))
        ]
        beyond = costs[month] * numbers[month] - sum((placed.weekly_cost for placed in live), Decimal(0))
        for placed in comers:
            placed.weekly_cost = max(costs[month] / 2, beyond / len(comers))
            if rng.randrange(3) == 0:
                placed.planned_end = placed.start + timedelta(days=rng.randrange(120, 400))
        live += comers
    for placed in sorted((*gone, *live), key=lambda placed: placed.ref):
        placed.weekly_cost = (placed.weekly_cost / FIVER).quantize(Decimal(1), rounding=ROUND_HALF_UP) * FIVER
        yield placed


@dataclass(frozen=True)
class Ages:
    """How old children of one type are when they are placed, in years: from, up to, and as most of them are."""

    youngest: float
    eldest: float
    most: float


def turns_18(placed: Placed, ages: Ages, opening: date, last: date) -> date:
    """The 18th birthday of a child who is of such an age when placed, and under 18 all the time that is known of.

    opening: the last night before the year. Whoever was there on it and cannot have been placed so long ago at such an
    age came later, though still before it: ``placed.start`` is moved. last: the year's last day, on which whoever is
    there still is not 18 yet.
    """
    rng = Random(f"{placed.ref} {placed.start}")  # noqa: S311  (made up, not a secret)
    after = max(placed.end or last, placed.planned_end or last)
    while True:
        days = round(365 * (18 - rng.triangular(ages.youngest, ages.eldest, ages.most)))
        soonest = after + timedelta(days=1 - days)
        start = placed.start
        if start < soonest <= opening and start <= opening:
            start = soonest + timedelta(days=rng.randrange((opening - soonest).days + 1))
        if start >= soonest:
            placed.start = start
            return start + timedelta(days=days)


def _bring_to(live: Sequence[Placed], total: Decimal) -> None:
    """Prices in their own proportions that come to a total."""
    factor = total / sum((placed.weekly_cost for placed in live), Decimal(0))
    for placed in live:
        placed.weekly_cost *= factor


def _day_of(month_end: date, rng: Random) -> date:
    return month_end - timedelta(days=rng.randrange(0, month_end.day - 1))


@dataclass
class Filled:
    """One post and when it is filled; ``fte`` is part of a full-time post."""

    fte: Decimal
    filled_from: date
    filled_to: date | None = None


def posts(numbers: Sequence[Decimal], ends: Sequence[date]) -> list[Filled]:
    """Posts of which as many full-time equivalents are filled at each month's end as ``numbers`` says."""
    rng = Random("posts")  # noqa: S311  (made up, not a secret)
    found = _whole_and_part(numbers[0], ends[0] - timedelta(days=rng.randrange(60, 300)))
    for month in range(1, len(ends)):
        filled = sum((post.fte for post in found if post.filled_to is None), Decimal(0))
        first = ends[month].replace(day=1)
        while filled > numbers[month]:
            leaver = next(post for post in found if post.filled_to is None)
            leaver.filled_to = ends[month] - timedelta(days=rng.randrange(1, 20))
            filled -= leaver.fte
        found += _whole_and_part(numbers[month] - filled, first + timedelta(days=rng.randrange(0, 20)))
    return found


def _whole_and_part(fte: Decimal, on: date) -> list[Filled]:
    whole, part = divmod(fte, 1)
    return [Filled(Decimal(1), on) for _ in range(int(whole))] + ([Filled(part, on)] if part else [])
