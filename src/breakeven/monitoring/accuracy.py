"""How far each forecast was out, against what the year came to: money by method, headcount and cost apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from breakeven.drivers.activity import activity_registered
from breakeven.drivers.price_volume import Bought
from breakeven.ledger.provenance import Figure, less
from breakeven.ledger.rules import METHODS, Method
from breakeven.ledger.year import ContractYear
from breakeven.money import PENNY
from breakeven.monitoring.closed import as_closed
from breakeven.monitoring.month_end import MonthEnd, month_end
from breakeven.monitoring.outturn import Flow, Outturn
from breakeven.periods import MONTHS, period_name

AT = (3, 6, 9)
"""The periods whose forecasts are held against the outturn."""

OWN = "chosen"
"""The method that each line had: as closed where the period is closed, else worked out again."""


class YearNotOverError(ValueError):
    """There is no outturn to hold forecasts against: nothing is posted in P12."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was forecast at some periods, and how far each forecast was from what it came to."""

    id: str
    label: str
    flow: Flow
    level: int
    method: str
    """The forecast method; for headcount and cost, that of the registers."""
    unit: str
    """``£``, or ``number`` for nights and years of posts."""
    outturn: Figure
    errors: Mapping[int, Figure]
    """Forecast less outturn by period: positive is forecast too high."""


def accuracy(year: ContractYear, outturn: Outturn) -> tuple[Miss, ...]:
    """Each line and total by each method, forecast less outturn in pounds; then nights and posts, and what one costs.

    A forecast by hand counts in the chosen method only. Raises YearNotOverError before P12 is posted.
    """
    if (year.transactions.last_period or 0) < MONTHS:
        raise YearNotOverError("nothing is posted in P12, so that there is no outturn to hold forecasts against")
    return (*_money(year, outturn), *_headcount(year))


def _money(year: ContractYear, outturn: Outturn) -> Iterator[Miss]:
    methods: dict[str, Mapping[str, Method] | None] = {OWN: None}
    methods |= {method: {"": method} for method in METHODS if method != "manual"}
    closed = {close.period: as_closed(close) for close in year.closes}

    def result(period: int, name: str) -> MonthEnd:
        was = closed.get(period) if name == OWN else None
        return was or month_end(year, outturn, period, methods[name])

    forecasts = {
        (period, name): {row.id: row.figures["forecast"] for row in result(period, name).all_rows}
        for period in AT
        for name in methods
    }
    for row in outturn.rows:
        shown = row.flow is Flow.EXPENDITURE and row.level <= 2
        for name in methods if shown else ():
            sides = {period: forecasts[period, name].get(row.id) for period in AT}
            errors = {
                period: Figure(
                    f"accuracy/{row.id}.{name.replace(' ', '_')}/{period_name(period)}",
                    f"{row.label}, by {name}: forecast at {period_name(period)} less outturn",
                    less(forecast, row.actual),
                    "forecast outturn − outturn",
                    (forecast, row.actual),
                )
                for period, forecast in sides.items()
                if forecast is not None
            }
            yield Miss(
                f"{row.id}.{name.replace(' ', '_')}", row.label, row.flow, row.level, name, "£", row.actual, errors
            )


def _headcount(year: ContractYear) -> Iterator[Miss]:
    """Quantity and price of each type that a register is kept for: what was known at each period, and at the end."""
    labels = year.body.chart.labels
    known = {period: activity_registered(year, year.body.year.period_end(period)) for period in (*AT, MONTHS)}
    for line, types in known[MONTHS].items():
        for name, bought in types.items():
            then = {period: known[period].get(line, {}).get(name) for period in AT}
            what, known_as = name.partition("/")[2], labels.get(line, line)
            label = known_as if what == line else f"{known_as}, {what.replace('_', ' ')}"
            nights = bought.unit == "placement"
            yield _miss(
                f"{line}.{name}.number", f"{label}: {'nights' if nights else 'years of posts'}", "number", bought, then
            )
            yield _miss(f"{line}.{name}.price", f"{label}: £ a {'night' if nights else 'year'}", "number", bought, then)


def _miss(row_id: str, label: str, unit: str, at_end: Bought, then: Mapping[int, Bought | None]) -> Miss:
    def figure(bought: Bought, when: str) -> Figure:
        amount = _rounded(bought.price if row_id.endswith(".price") else bought.quantity)
        return Figure(f"accuracy/{row_id}/{when}", f"{label}: {when}", amount, "from the registers", bought.parts, unit)

    outturn = figure(at_end, "outturn")
    errors: dict[int, Figure] = {}
    for period, bought in then.items():
        if bought is not None:
            name = period_name(period)
            forecast = figure(bought, f"{name}_forecast")
            rule = "as known then − as it came to be"
            amount = less(forecast, outturn)
            errors[period] = Figure(
                f"accuracy/{row_id}/{name}", f"{label}: {name}", amount, rule, (forecast, outturn), unit
            )
    return Miss(row_id, label, Flow.EXPENDITURE, 2, "register", unit, outturn, errors)


def _rounded(exact: Fraction) -> Decimal:
    """To the penny, or to a hundredth of a night or a post."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(PENNY, rounding=ROUND_HALF_UP)


def figures_of(misses: Sequence[Miss]) -> Iterator[Figure]:
    """Every figure of every row."""
    for miss in misses:
        yield miss.outturn
        yield from miss.errors.values()
