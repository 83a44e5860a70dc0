"""Flows through care over a window of days: what moved, exactly; and the rates at which it moves, as events a night."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from breakeven.drivers.journeys import Care, Stretch
from breakeven.drivers.nights import ONE_DAY, nights_within
from breakeven.ledger.placement_types import birthday

Counts: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Movements:
    """What became of the children of each age band (row) and placement type (column), from one night to another.

        opening + entered + moved_in + aged_in - moved_out - aged_out - left - turned_18 - lost = closing

    opening: in care on the night before the first day. closing: on the night of the last day.
    """

    opening: Counts
    entered: Counts
    moved_in: Counts
    aged_in: Counts
    moved_out: Counts
    aged_out: Counts
    left: Counts
    turned_18: Counts
    lost: Counts
    """In no later return, so that nobody knows whether they left."""
    closing: Counts

    @property
    def worked_out(self) -> Counts:
        """The closing number that the movements come to."""
        came = self.opening + self.entered + self.moved_in + self.aged_in
        return came - self.moved_out - self.aged_out - self.left - self.turned_18 - self.lost


def in_care(care: Care, night: date) -> Counts:
    """How many children spend a night in each age band (row) and type (column)."""
    return _count(care, (stretch for stretch in care.stretches if stretch.is_on(night)))


def movements(care: Care, first: date, last: date) -> Movements:
    """What moved on the days ``first`` to ``last``, both counted."""
    began = {kind: _Tally(care) for kind in ("entered", "moved", "aged")}
    ended = {kind: _Tally(care) for kind in ("left", "moved", "aged", "turned 18", "lost")}
    for stretch in care.stretches:
        if first <= stretch.start <= last:
            began[stretch.begins].add(stretch)
        if first <= stretch.end <= last and stretch.ends in ended:
            ended[stretch.ends].add(stretch)
    return Movements(
        opening=in_care(care, first - ONE_DAY),
        entered=began["entered"].counts,
        moved_in=began["moved"].counts,
        aged_in=began["aged"].counts,
        moved_out=ended["moved"].counts,
        aged_out=ended["aged"].counts,
        left=ended["left"].counts,
        turned_18=ended["turned 18"].counts,
        lost=ended["lost"].counts,
        closing=in_care(care, last),
    )


class _Tally:
    def __init__(self, care: Care) -> None:
        self.counts: Counts = np.zeros((len(care.bands), len(care.types)), dtype=np.int64)

    def add(self, stretch: Stretch) -> None:
        self.counts[stretch.band, stretch.type] += 1


def _count(care: Care, stretches: Iterator[Stretch]) -> Counts:
    tally = _Tally(care)
    for stretch in stretches:
        tally.add(stretch)
    return tally.counts


@dataclass(frozen=True)
class Flows:
    """Events over a window, and the child-nights in which they could have happened.

    moves: by band, type from and type to. left: by band and type, other than on the 18th birthday. at_risk: nights by
    band and type of children in care at the start of each day. entered: band, type, and the days from the first night
    to the birthdays that end each band, one row for each child who entered.
    """

    first: date
    last: date
    moves: Counts
    left: Counts
    at_risk: Counts
    entered: "Cohort"

    @property
    def days(self) -> int:
        """How long the window is."""
        return (self.last - self.first).days + 1

    @property
    def rates(self) -> "Rates":
        """Events for each night at risk; nil where nobody was at risk."""
        at_risk = np.maximum(self.at_risk, 1)
        return Rates(
            moves=self.moves / at_risk[:, :, None],
            left=self.left / at_risk,
            entering=np.full(len(self.entered.band), 1 / self.days),
        )


@dataclass(frozen=True)
class Rates:
    """Moves and leavers a night of each child in a band and type; and how often a child like each who entered does."""

    moves: Floats
    left: Floats
    entering: Floats
    """Children a day, one for each row of ``Flows.entered``."""

    @property
    def generator(self) -> Floats:
        """The rates as one matrix a band, from type (row) to type: what leaves is missing from its row's sum."""
        found = self.moves.copy()
        diagonal = list(range(found.shape[1]))
        found[:, diagonal, diagonal] = -(self.moves.sum(axis=2) + self.left)
        return found


@dataclass(frozen=True)
class Cohort:
    """Children one by one: band and type by number, and the days from a night until the birthdays that end each band.

    birthdays: one row a child, one column a band; a birthday that is past is nil or less.
    """

    band: Counts
    type: Counts
    birthdays: Counts

    def __len__(self) -> int:
        return len(self.band)


def flows(care: Care, first: date, last: date) -> Flows:
    """Count what happened on the days ``first`` to ``last``, both counted, and the child-nights it could happen in."""
    bands, types = len(care.bands), len(care.types)
    moves = np.zeros((bands, types, types), dtype=np.int64)
    left, at_risk = np.zeros((bands, types), dtype=np.int64), np.zeros((bands, types), dtype=np.int64)
    entered: list[Stretch] = []
    for stretch in care.stretches:
        place = stretch.band, stretch.type
        at_risk[place] += nights_within(stretch.start, stretch.end, first - ONE_DAY, last - ONE_DAY)
        if first <= stretch.end <= last:
            if stretch.ends == "moved" and stretch.to is not None:
                moves[(*place, stretch.to)] += 1
            elif stretch.ends == "left":
                left[place] += 1
        if stretch.begins == "entered" and first <= stretch.start <= last:
            entered.append(stretch)
    return Flows(first, last, moves, left, at_risk, cohort(care, ((each, each.start) for each in entered)))


def cohort_on(care: Care, night: date) -> Cohort:
    """The children in care on a night."""
    return cohort(care, ((stretch, night) for stretch in care.stretches if stretch.is_on(night)))


def cohort(care: Care, children: Iterator[tuple[Stretch, date]]) -> Cohort:
    """Children with the night from which their birthdays are counted."""
    there = list(children)
    return Cohort(
        band=np.array([stretch.band for stretch, _ in there], dtype=np.int64),
        type=np.array([stretch.type for stretch, _ in there], dtype=np.int64),
        birthdays=np.array(
            [[(birthday(stretch.born, age) - night).days for age in care.ages] for stretch, night in there],
            dtype=np.int64,
        ).reshape(len(there), len(care.ages)),
    )


def window_before(last: date, months: int, care: Care) -> date:
    """The first day of a window of so many months that ends on ``last``; no earlier than all children are known."""
    year, month = divmod(last.year * 12 + last.month - months, 12)
    first = date(year, month + 1, 1)
    return max(first, care.first)
