"""What each line buys: how many placements or posts, what one of them costs, and what others pay towards it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from breakeven.drivers.nights import days_filled
from breakeven.drivers.price_volume import Unit
from breakeven.drivers.stays import stays_in
from breakeven.ledger.activity import Activity
from breakeven.ledger.placements import NIGHTS_A_WEEK, PlacementMonth
from breakeven.ledger.posts import Post
from breakeven.ledger.provenance import Source, source_of
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year


@dataclass(frozen=True, slots=True)
class Driver:
    """What moves one line: how many it had on average over the year, how many at its end, and what one costs.

    price: gross pounds a week for a placement, pounds a year for a post, as it stood at the year's end; None where
    nobody has said. contribution: pounds a week that others pay on average towards a placement, as income.
    """

    line: str
    unit: Unit
    average: Decimal
    latest: Decimal
    price: Decimal | None
    contribution: Decimal
    sources: tuple[Source, ...]

    def yearly(self, price: Decimal, year: Year) -> Decimal:
        """Pounds that one costs for the whole of ``year`` at ``price``: 365 or 366 nights of a placement."""
        return price * year.days / NIGHTS_A_WEEK if self.unit == "placement" else price


def drivers(year: ContractYear) -> dict[str, Driver]:
    """The driver of each line that has one, by the id of the line.

    Placements by month come first, under the type that a line is called like; then the register of posts, under the
    line that their code posts to. Before anything is posted it is what the budget is for, as ``Activity`` says.
    """
    found = {driver.line: driver for driver in _posts(year)} | {driver.line: driver for driver in _placements(year)}
    return found | {driver.line: driver for driver in _budgeted(year, found)} if year.starts_from_budget else found


def _budgeted(year: ContractYear, found: Mapping[str, Driver]) -> Iterator[Driver]:
    """The drivers of what each line is budgeted for. found: those of the registers, which say how many there are."""
    chart = year.body.chart
    by_line: dict[str, list[Activity]] = {}
    for record in year.ledgers.activity:
        lines = chart.lines_named(record.line)
        if record.state == "budget" and len(lines) == 1:
            by_line.setdefault(lines[0].id, []).append(record)
    there = {
        line.id: record.number
        for record in sorted(year.ledgers.placements, key=lambda each: each.month)
        for line in chart.lines_named(record.type)
    }
    for line, records in by_line.items():
        number = sum((record.number for record in records), Decimal(0))
        cost = sum((record.number * record.price for record in records), Decimal(0))
        latest = found[line].latest if line in found else there.get(line, number)
        yield Driver(
            line=line,
            unit=records[0].unit,
            average=number,
            latest=latest,
            price=cost / number if number else None,
            contribution=_contribution(year, line),
            sources=tuple(source_of(r, "number", f"{r.type}, as budgeted", "number") for r in records),
        )


def _placements(year: ContractYear) -> Iterator[Driver]:
    chart = year.body.chart
    by_line: dict[str, list[PlacementMonth]] = {}
    for record in year.ledgers.placements:
        lines = chart.lines_named(record.type)
        if len(lines) == 1 and year.body.year.holds(record.month):
            by_line.setdefault(lines[0].id, []).append(record)
    for line, records in by_line.items():
        records.sort(key=lambda record: record.month)
        last = records[-1]
        sources = tuple(source_of(r, "number", f"{r.type}, {r.month:%B %Y}", "number") for r in records)
        if last.weekly_cost is not None:
            sources += (source_of(last, "weekly_cost", f"{last.type}: weekly cost, {last.month:%B %Y}"),)
        yield Driver(
            line=line,
            unit="placement",
            average=sum((r.number for r in records), Decimal(0)) / len(records),
            latest=last.number,
            price=last.weekly_cost,
            contribution=_contribution(year, line),
            sources=sources,
        )


def _contribution(year: ContractYear, line: str) -> Decimal:
    """Pounds a week that others pay on average towards a placement of a line that is live on the year's last night.

    Support bought beside a placement is a type of its own and no placement more: the types called like the line
    count, and every type of a line that is called like none of them.
    """
    night = year.body.year.last_day
    by_type = stays_in(year, night).get(line, {})
    named = {name for name in by_type if [each.id for each in year.body.chart.lines_named(name)] == [line]}
    live = [stay for name in named or by_type for stay in by_type[name] if stay.is_live(night)]
    paid = sum((stay.latest.contributed_a_week for stay in live), Decimal(0))
    return paid / len(live) if live else Decimal(0)


def _posts(year: ContractYear) -> Iterator[Driver]:
    of = year.body.year
    by_line: dict[str, list[Post]] = {}
    for post in year.ledgers.post_register:
        by_line.setdefault(year.body.chart.line_of(post.coding), []).append(post)
    for line, posts in by_line.items():
        filled = [post for post in posts if days_filled(post.filled_from, post.filled_to, of.last_day, of.last_day)]
        latest = sum((post.fte for post in filled), Decimal(0))
        cost = sum((post.fte * post.annual_cost for post in filled), Decimal(0))
        yield Driver(
            line=line,
            unit="post",
            average=sum((post.fte * _days(post, of) for post in posts), Decimal(0)) / of.days,
            latest=latest,
            price=cost / latest if latest else None,
            contribution=Decimal(0),
            sources=tuple(source_of(post, "annual_cost", f"{post.ref} {post.role}: a year") for post in filled),
        )


def _days(post: Post, of: Year) -> int:
    return days_filled(post.filled_from, post.filled_to, of.first_day, of.last_day)
