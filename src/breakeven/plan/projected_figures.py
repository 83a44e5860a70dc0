"""The figures of a projection of demand: each number and cost, and what it was worked out from."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.drivers.trend import in_window
from breakeven.findings import ColumnCells
from breakeven.ledger.chart import slug
from breakeven.ledger.placements import PlacementMonth
from breakeven.ledger.provenance import Figure, Source, source_of, sum_figure, total
from breakeven.periods import Year
from breakeven.plan.basis import Basis
from breakeven.plan.demand import Numbers, cost, line_of
from breakeven.plan.lines import Start, assumed
from breakeven.plan.projected_demand import Projected

TOTAL_COST = "cost.total"


def projected_figures(found: Projected, made_from: Basis) -> tuple[Figure, ...]:
    """Every figure of a projection: ``projection/number.TYPE/now`` and ``…/2024-25``, ``projection/cost.TYPE/2024-25``.

    A number rests on the monthly counts of its window, or on the Episodes files; a cost on the number, and on the
    line's own price and the assumptions that move it.
    """
    return tuple(_figures(found, made_from))


def _figures(found: Projected, made_from: Basis) -> Iterator[Figure]:
    demand = found.demand
    counts = made_from.year.ledgers.placements
    numbers: list[dict[str, Figure]] = []
    costs: dict[Year, list[Figure]] = {year: [] for year in demand.years}
    for row in demand.rows:
        parts = _episodes(found) if found.returns else _counts(counts, row, found.asked.window)
        own = _numbers(row, demand.years, f"projected by {demand.method}", parts)
        numbers.append(own)
        yield from own.values()
        for year, amount in _costs(row, found, made_from):
            figure = Figure(
                f"projection/cost.{slug(row.type)}/{year}",
                f"Cost of {row.type}, {year.on_screen}",
                amount,
                "number × weekly cost of the year × nights / 7, gross of what others pay",
                (own[str(year)], *_price(_start(row, made_from), year)),
            )
            costs[year].append(figure)
            yield figure
    for column in ("now", *map(str, demand.years)):
        parts = tuple(own[column] for own in numbers)
        label = f"All placements, {column}"
        yield Figure(f"projection/number.all_placements/{column}", label, total(parts), "the sum", parts, "number")
    for year, figures in ((year, figures) for year, figures in costs.items() if figures):
        label = f"Cost at the plan's prices, {year.on_screen}"
        yield sum_figure(f"projection/{TOTAL_COST}/{year}", label, "the sum of the types", figures)


def _costs(row: Numbers, found: Projected, made_from: Basis) -> list[tuple[Year, Decimal]]:
    """What a type costs in each year in which its line has a price."""
    amounts = ((year, cost(row, place, made_from)) for place, year in enumerate(found.demand.years))
    return [(year, amount) for year, amount in amounts if amount is not None]


def _numbers(row: Numbers, years: Sequence[Year], rule: str, parts: Sequence[Source]) -> dict[str, Figure]:
    """A type's number now and by year, by column."""
    name = f"projection/number.{slug(row.type)}"
    last = f"{row.type} placements, as last counted"
    now = Figure(f"{name}/now", last, row.now, "as counted", tuple(parts[-1:]), "number")
    return {"now": now} | {
        str(year): Figure(
            f"{name}/{year}", f"{row.type} placements, {year.on_screen}", number, rule, tuple(parts), "number"
        )
        for year, number in zip(years, row.by_year, strict=True)
    }


def _counts(counts: Sequence[PlacementMonth], row: Numbers, window: int) -> list[Source]:
    return [
        source_of(each, "number", f"{each.type}, {each.month:%B %Y}", "number")
        for each in in_window(counts, row.type, window)
    ]


def _episodes(found: Projected) -> list[Source]:
    """The files that returns were read from, each with its rows; children are not told apart."""
    assert found.returns is not None  # noqa: S101
    return [
        Source(f"{tally.rows:,} rows of {tally.file}", None, ColumnCells(tally.file, "", "A", range(2, tally.rows + 2)))
        for tally in found.returns.tallies
    ]


def _start(row: Numbers, made_from: Basis) -> Start:
    line = line_of(row.type, made_from)
    return next(each for each in made_from.expenditure if each.id == line)


def _price(start: Start, year: Year) -> Iterator[Source]:
    """What a line's price in a year rests on: its last weekly cost, and what is assumed of prices until then."""
    sources = start.driver.sources if start.driver else ()
    yield from (each for each in sources if each.unit == "£")
    for each, own in start.assumptions.items():
        if each <= year:
            yield from (assumed(assumption) for assumption in own if assumption.kind in {"inflation", "price"})
