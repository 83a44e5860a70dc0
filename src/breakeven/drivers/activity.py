"""What each line buys, by type: nights of placements and years of posts, as budgeted, last year and registered."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from breakeven.drivers.nights import days_filled, nights_within
from breakeven.drivers.price_volume import Activity, Bought, Unit
from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.placements import NIGHTS_A_WEEK, Placement
from breakeven.ledger.posts import Post
from breakeven.ledger.provenance import Source, source_of
from breakeven.ledger.year import ContractYear

ByLine = Mapping[str, Activity]
"""Activity by the id of its line in the chart. A line that is not in it has none that anybody knows."""

_Row = tuple[str, str, Unit, Fraction, Fraction, tuple[Source, ...]]
"""Line, type, unit, quantity, price, and what they were read from."""


def activity_budgeted(year: ContractYear, state: Literal["budget", "last year"]) -> ByLine:
    """What the lines were to buy this year, or bought last year: a number is so many for every night of that year."""
    of = year.body.year if state == "budget" else year.body.year.later(-1)
    return _by_line(_budgeted(year, state, of.days))


def activity_registered(year: ContractYear, at: date) -> ByLine:
    """What the registers say that the lines buy over the whole year, as it was known at the end of one day.

    A placement that has ended by then counts its nights. One that lasts goes on to the end that is planned for it after
    that day, or to the year's end. A post goes on until its last day, where that is known. What starts later is not
    known. On the year's last day it is what was bought. A line that was to buy something, of a kind that has a
    register, and is not in it, buys nothing.
    """
    chart, registers = year.body.chart, (year.ledgers.placement_register, year.ledgers.post_register)
    found = dict(_by_line([*_placed(registers[0], chart, year, at), *_filled(registers[1], chart, year, at)]))
    covered = {unit for unit, register in zip(("placement", "post"), registers, strict=True) if register}
    for line, bought in activity_budgeted(year, "budget").items():
        if {each.unit for each in bought.values()} <= covered:
            found.setdefault(line, {})
    return found


def expected_end(placement: Placement, at: date) -> date | None:
    """The day a placement ends, as it is known at the end of the day ``at``; None while no end is known.

    A planned end that is past while the placement lasts is not known any more.
    """
    if placement.end is not None and placement.end <= at:
        return placement.end
    return placement.planned_end if placement.planned_end is not None and placement.planned_end > at else None


def _by_line(rows: Iterable[_Row]) -> dict[str, Activity]:
    """Rows of one type added up; the price of a type is what its quantity costs on average."""
    kept: dict[str, dict[tuple[Unit, str], list[_Row]]] = {}
    for row in rows:
        line, name, unit, *_ = row
        kept.setdefault(line, {}).setdefault((unit, slug(name)), []).append(row)
    return {
        line: {f"{unit}/{name}": bought for (unit, name), found in types.items() for bought in _added(unit, found)}
        for line, types in kept.items()
    }


def _added(unit: Unit, rows: list[_Row]) -> Iterator[Bought]:
    """One type of a line; nothing where several prices stand beside no quantity, so that none is its price."""
    parts = tuple(part for *_, parts in rows for part in parts)
    quantity = sum((row[3] for row in rows), Fraction(0))
    if quantity:
        yield Bought(quantity, sum((row[3] * row[4] for row in rows), Fraction(0)) / quantity, unit, parts)
    elif len({row[4] for row in rows}) == 1:
        yield Bought(quantity, rows[0][4], unit, parts)


def _budgeted(year: ContractYear, state: Literal["budget", "last year"], days: int) -> Iterator[_Row]:
    for record in year.ledgers.activity:
        lines = year.body.chart.lines_named(record.line)
        if record.state != state or len(lines) != 1:
            continue
        label = f"{record.type}: {state}"
        parts = (
            source_of(record, "number", f"{label}, number", "number"),
            source_of(record, "price", f"{label}, price"),
        )
        nightly = record.unit == "placement"
        yield (
            lines[0].id,
            record.type,
            record.unit,
            Fraction(record.number) * (days if nightly else 1),
            Fraction(record.price) / (NIGHTS_A_WEEK if nightly else 1),
            parts,
        )


def _placed(register: Iterable[Placement], chart: Chart, year: ContractYear, at: date) -> Iterator[_Row]:
    first, last = year.body.year.first_day, year.body.year.last_day
    for each in register:
        nights = nights_within(each.start, expected_end(each, at), first, last) if each.start <= at else 0
        if nights:
            source = source_of(each, "weekly_cost", f"{each.ref}: {nights} nights, at a {each.per or 'week'}")
            price = Fraction(each.cost_a_week) / NIGHTS_A_WEEK
            yield chart.line_of(each.coding), each.type, "placement", Fraction(nights), price, (source,)


def _filled(register: Iterable[Post], chart: Chart, year: ContractYear, at: date) -> Iterator[_Row]:
    of = year.body.year
    for each in register:
        known = each.filled_from is not None and each.filled_from <= at
        days = days_filled(each.filled_from, each.filled_to, of.first_day, of.last_day) if known else 0
        if days:
            source = source_of(each, "annual_cost", f"{each.ref}: {each.fte:f} FTE for {days} days, at a year")
            years = Fraction(each.fte) * days / of.days
            yield chart.line_of(each.coding), each.role, "post", years, Fraction(each.annual_cost), (source,)
