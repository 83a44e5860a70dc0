"""How many placements or posts one step of an indicator or driver is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.drivers.units import Driver
from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.children import ChildrenFigure, When
from breakeven.ledger.posts import PostCost
from breakeven.ledger.provenance import Source, source_of
from breakeven.ledger.year import ContractYear

PLACES = 4
"""To how many places a number of placements or posts is taken."""


class UnmeasuredError(ValueError):
    """What a step is cannot be said, as something is not given; the message says what."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How far one row of a step moves its line, in what the row says of it; and what that was worked out from."""

    number: Decimal
    sources: tuple[Source, ...]


def measured(
    row: BridgeRow, beside: Sequence[BridgeRow], year: ContractYear, drivers: Mapping[str, Driver]
) -> Measured:
    """One step of a row that moves a line: ``value`` for each unit of it, as ``measure`` says.

        establishment   step × establishment ÷ 100
        caseload        children ÷ (cases − step) − children ÷ cases, of every service
        mix             step × the line's number ÷ that of every line of the step, at the year's end
        rate            the same × children in care ÷ their rate per 10,000

    beside: every row of its step. Numbers are to four places. Raises UnmeasuredError where something is not given.
    """
    units, sources = row.step, tuple[Source, ...]()
    if row.measure == "establishment":
        units, sources = _establishment(row.step, year)
    elif row.measure == "caseload":
        units, sources = _caseload(row.step, year)
    elif row.measure in {"mix", "rate"}:
        units, sources = _mix(row, beside, year, drivers)
    if row.measure == "rate":
        children, counted = _per_10_000(year.ledgers.children)
        units, sources = units * children, (*sources, *counted)
    if row.at.sheet:  # a step of the plan's own stands on none
        sources = (source_of(row, "value", f"{row.ref}: {row.driver}, for one {row.unit}", "number"), *sources)
    number = (row.value or Decimal(0)) * units
    return Measured(round(number, PLACES) if row.measure else number, sources)


def cost_of(role: str, costs: Sequence[PostCost]) -> tuple[Decimal, Source]:
    """What a post of a role costs a year, with on-costs. Raises UnmeasuredError where the sheet Post costs has none."""
    found = next((each for each in costs if each.role == role), None)
    if found is None:
        raise UnmeasuredError(f"the sheet Post costs has no {role} post")
    return found.cost, source_of(found, "pay", f"{role}: pay a year")


def _establishment(points: Decimal, year: ContractYear) -> tuple[Decimal, tuple[Source, ...]]:
    if not year.ledgers.posts:
        raise UnmeasuredError("the sheet Workforce gives no establishment")
    last = max(year.ledgers.posts, key=lambda each: each.month)
    source = source_of(last, "establishment", f"establishment, {last.month:%B %Y}", "number")
    return points * last.establishment / 100, (source,)


def _caseload(cases: Decimal, year: ContractYear) -> tuple[Decimal, tuple[Source, ...]]:
    services = year.ledgers.caseloads
    if not services:
        raise UnmeasuredError("the sheet Caseloads gives no caseload")
    if few := [each.service for each in services if each.cases <= cases]:
        raise UnmeasuredError(f"{few[0]} has no {cases:f} cases a worker to be rid of")
    more = sum((each.children / (each.cases - cases) - each.children / each.cases for each in services), Decimal(0))
    sources = [
        source_of(each, field, f"{each.service}: {field}", "number")
        for each in services
        for field in ("children", "cases")
    ]
    return more, tuple(sources)


def _mix(
    row: BridgeRow, beside: Sequence[BridgeRow], year: ContractYear, drivers: Mapping[str, Driver]
) -> tuple[Decimal, tuple[Source, ...]]:
    chart = year.body.chart
    own = chart.id_named(row.line)
    lines = dict.fromkeys(chart.id_named(each.line) for each in beside if each.measure == row.measure)
    if uncounted := [line for line in lines if line not in drivers]:
        raise UnmeasuredError(f"nobody has given how many placements {chart.labels.get(uncounted[0])} has")
    total = sum((drivers[line].latest for line in lines), Decimal(0))
    if not total:
        raise UnmeasuredError("there are no placements at the year's end")
    latest = [[each for each in drivers[line].sources if each.unit == "number"][-1:] for line in lines]
    return row.step * drivers[own].latest / total, tuple(source for each in latest for source in each)


def _per_10_000(figures: Sequence[ChildrenFigure]) -> tuple[Decimal, tuple[Source, ...]]:
    """How many children in care one per 10,000 of the population is, at the last date with both figures."""
    found = [*_counted_and_rated(figures)]
    if not found:
        raise UnmeasuredError("the sheet Children has no date with both a number of children in care and their rate")
    _, count, rate = max(found, key=lambda each: each[0])
    sources = [source_of(each, "value", f"{each.row}, {each.when}, {each.unit}", each.unit) for each in (count, rate)]
    return count.value / rate.value, tuple(sources)


def _counted_and_rated(figures: Sequence[ChildrenFigure]) -> Iterator[tuple[When, ChildrenFigure, ChildrenFigure]]:
    in_care = [each for each in figures if each.row.casefold() == IN_CARE and each.part in {"line", "fact", "own"}]
    for count in in_care:
        for rate in in_care:
            if (count.unit, rate.unit) == ("number", "per 10,000") and count.when == rate.when and rate.value:
                yield When.parse(count.when), count, rate


IN_CARE = "children in care"
"""The row of the sheet Children, in whatever letters, that counts them."""
