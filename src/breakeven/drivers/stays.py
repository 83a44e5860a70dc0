"""Stays: a child's time in one type of placement, whatever rows of the register it is written on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from breakeven.drivers.nights import ONE_DAY
from breakeven.ledger.chart import slug
from breakeven.ledger.placements import Placement
from breakeven.ledger.year import ContractYear


@dataclass(frozen=True, slots=True)
class Stay:
    """One child in one type of placement, from its first night until the day it ended, as known on some day.

    A new price is a new row of the register and the same stay, as long as no night lies between.
    """

    rows: tuple[Placement, ...]
    """In the order of their first nights."""
    end: date | None
    """The day it ended, which is no night of it; None while it lasts."""

    @property
    def ref(self) -> str:
        """The child, under a made-up reference."""
        return self.rows[-1].ref

    @property
    def type(self) -> str:
        """What kind of placement."""
        return self.rows[-1].type

    @property
    def start(self) -> date:
        """The first night."""
        return self.rows[0].start

    @property
    def latest(self) -> Placement:
        """The row that says what it costs now."""
        return self.rows[-1]

    def is_live(self, night: date) -> bool:
        """Whether the child spends a night in it."""
        return self.start <= night and (self.end is None or self.end > night)


@dataclass(frozen=True, slots=True)
class Flow:
    """How many stays there were at each end of some days, and came and went in them: opening + came − went = closing.

    opening: on the night before the first day. closing: on the night of the last.
    """

    opening: tuple[Stay, ...]
    came: tuple[Stay, ...]
    went: tuple[Stay, ...]
    closing: tuple[Stay, ...]


def stays(register: Iterable[Placement], at: date) -> tuple[Stay, ...]:
    """The stays that had begun by the end of one day, as they were known then, in the order of the register."""
    by_child: dict[tuple[str, str], list[Placement]] = {}
    for row in register:
        if row.start <= at:
            by_child.setdefault((slug(row.ref), slug(row.type)), []).append(row)
    return tuple(stay for rows in by_child.values() for stay in _joined(rows, at))


def _joined(rows: Sequence[Placement], at: date) -> Iterable[Stay]:
    held: list[Placement] = []
    end: date | None = None
    for row in sorted(rows, key=lambda each: each.start):
        if held and end is not None and end < row.start:
            yield Stay(tuple(held), end)
            held, end = [], None
        end = _later(end, _known(row, at)) if held else _known(row, at)
        held.append(row)
    if held:
        yield Stay(tuple(held), end)


def _known(row: Placement, at: date) -> date | None:
    return row.end if row.end is not None and row.end <= at else None


def _later(end: date | None, other: date | None) -> date | None:
    return None if end is None or other is None else max(end, other)


def flow(found: Sequence[Stay], first: date, last: date) -> Flow:
    """What came and went in the days ``first`` to ``last``, both counted."""
    return Flow(
        opening=tuple(each for each in found if each.is_live(first - ONE_DAY)),
        came=tuple(each for each in found if first <= each.start <= last),
        went=tuple(each for each in found if each.end is not None and first <= each.end <= last),
        closing=tuple(each for each in found if each.is_live(last)),
    )


def stays_in(year: ContractYear, at: date) -> dict[str, dict[str, list[Stay]]]:
    """The stays of the register that had begun by a day, by the id of their line, then by the slug of their type."""
    by_line: dict[str, dict[str, list[Stay]]] = {}
    for stay in stays(year.ledgers.placement_register, at):
        line = year.body.chart.line_of(stay.latest.coding)
        by_line.setdefault(line, {}).setdefault(slug(stay.type), []).append(stay)
    return by_line
