"""The number of placements to come: the trend of monthly counts, or stock and flow from SSDA903 returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from breakeven.drivers.back_test import BackTest, scored
from breakeven.drivers.chance import Span, Spread, spread
from breakeven.drivers.flows import Flows, Movements, cohort_on, flows, in_care, movements, window_before
from breakeven.drivers.journeys import Care, care_of
from breakeven.drivers.nights import ONE_DAY, nights_within
from breakeven.drivers.stock_flow import Projection
from breakeven.drivers.trend import FEWEST, Method, TooLittleError, trends
from breakeven.ledger.placement_types import DemandRules
from breakeven.ledger.placements import PlacementMonth
from breakeven.ledger.ssda903 import Returns
from breakeven.periods import Year, months_after

FEWEST_DAYS = 90
"""Days of a window below which no rates are taken from it."""


@dataclass(frozen=True)
class StockFlow:
    """Children in care projected from SSDA903 returns: numbers by year and type, all types together last."""

    care: Care
    counted: Flows
    moved: Movements
    years: tuple[Year, ...]
    spread: Spread


def stock_flow(
    returns: Returns, rules: DemandRules, years: Sequence[Year], *, window: int, trials: int, seed: int,
    until: date | None = None,
) -> StockFlow:  # fmt: skip
    """Project the children in care at the end of the returns, at the rates of the last ``window`` months.

    until: an earlier night to project from, as though nothing later were known. Raises TooLittleError where the
    returns hold too few days, or go on beyond the start of the first year.
    """
    care = care_of(returns, rules, until)
    counted = _counted(care, window)
    spans: list[Span] = [((y.first_day - care.until).days, (y.last_day - care.until).days) for y in years]
    if spans[0][0] < 1:
        raise TooLittleError(
            f"the returns tell of children until {care.until:%d/%m/%Y}, which is after {years[0].on_screen} begins"
        )
    found = spread(cohort_on(care, care.until), counted, spans, trials=trials, seed=seed)
    return StockFlow(care, counted, movements(care, counted.first, counted.last), tuple(years), found)


def _counted(care: Care, window: int) -> Flows:
    first = window_before(care.until, window, care)
    if (care.until - first).days < FEWEST_DAYS:
        raise TooLittleError(
            f"the returns tell of {(care.until - care.first).days + 1} days until {care.until:%d/%m/%Y}, "
            f"and rates need {FEWEST_DAYS} at least"
        )
    return flows(care, first, care.until)


def rewound(last: date, months: int) -> date:
    """The last day of the month so many months before that of ``last``."""
    return months_after(last, 1 - months) - timedelta(days=1)


def back_test_flows(
    returns: Returns, rules: DemandRules, weekly_cost: Mapping[str, Decimal | None], *, window: int, rewind: int
) -> BackTest:
    """Project from ``rewind`` months before the end of the returns, as was known then, and hold it against them.

    Raises TooLittleError as ``stock_flow`` does.
    """
    cut = rewound(returns.until, rewind)
    if cut < returns.first:
        raise TooLittleError(f"the returns begin on {returns.first:%d/%m/%Y}, after {cut:%d/%m/%Y}")
    then, now = care_of(returns, rules, cut), care_of(returns, rules)
    counted = _counted(then, window)
    nights = (now.until - cut).days
    mean = Projection(cohort_on(then, cut), counted.entered, counted.rates, nights).mean(1, nights).sum(axis=0)
    spent = [Fraction(0)] * len(now.types)
    for stretch in now.stretches:
        spent[stretch.type] += nights_within(stretch.start, stretch.end, cut + ONE_DAY, now.until)
    there = in_care(then, cut).sum(axis=0)
    return scored(
        (
            {name: Fraction(int(there[i])) for i, name in enumerate(then.types)},
            {name: Fraction(float(mean[i])) for i, name in enumerate(then.types)},
            {name: spent[i] / nights for i, name in enumerate(now.types)},
        ),
        weekly_cost,
        (cut + ONE_DAY, now.until),
    )


def back_test_trend(
    counts: Sequence[PlacementMonth], weekly_cost: Mapping[str, Decimal | None], *, window: int, rewind: int,
    method: Method,
) -> BackTest:  # fmt: skip
    """Take the trend as it was ``rewind`` months before the last count, and hold it against the counts since.

    Raises TooLittleError where no type has three counts before.
    """
    last = max(record.month for record in counts)
    cut = rewound(last, rewind)
    found = {name: trend for name, trend in trends(counts, window, method, cut).items() if trend is not None}
    if not found:
        raise TooLittleError(f"fewer than {FEWEST} monthly counts stand before {cut:%d/%m/%Y}")
    since = {name: [each for each in counts if each.type == name and each.month > cut] for name in found}
    there = {name: _last_count(counts, name, cut) for name in found}
    return scored(
        (
            there,
            {name: _mean([trend.number(each.month) for each in since[name]]) for name, trend in found.items()},
            {name: _mean([Fraction(each.number) for each in since[name]]) for name in found},
        ),
        weekly_cost,
        (cut + ONE_DAY, last),
    )


def _last_count(counts: Sequence[PlacementMonth], name: str, until: date) -> Fraction:
    before = [record for record in counts if record.type == name and record.month <= until]
    return Fraction(max(before, key=lambda each: each.month).number)


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else Fraction(0)
