"""The shortfall by year: the gap before savings, what each year adds to it, and what savings leave of it."""

from collections.abc import Mapping
from decimal import Decimal

from breakeven.ledger.provenance import Figure, less, sum_figure
from breakeven.monitoring.outturn import Flow
from breakeven.periods import Year
from breakeven.plan.mtfp import Plan, PlanRow

SHORTFALL_YEARS = 5
"""How many years a shortfall is shown for unless a number is asked for."""

_BALANCED = Figure("shortfall/balanced", "A balanced base year", Decimal(0), "what the first year's gap is over", ())


def shortfall(plan: Plan) -> tuple[PlanRow, ...]:
    """The rows of the shortfall, signed as positions are: a gap is negative.

        cumulative gap = income − expenditure before savings − investments, of that year alone and with no new saving
        annual gap = cumulative gap − cumulative gap of the year before; in the first year the whole of it
        shortfall remaining = cumulative gap + savings identified, weighted by confidence

    The annual gaps up to a year add up to its cumulative gap. A year with a line of which nothing is assumed is open,
    and so are those after it.
    """
    gaps, identified = plan.row("gap_before_savings").years, plan.row("savings_identified").years
    annual: dict[Year, Figure] = {}
    before = _BALANCED
    for year in plan.years:
        annual[year] = Figure(
            f"shortfall/annual_gap/{year}",
            f"Annual gap {year.on_screen}",
            less(gaps[year], before),
            "this year's cumulative gap − last year's",
            (gaps[year], before),
        )
        before = gaps[year]
    remaining = {
        year: sum_figure(
            f"shortfall/remaining/{year}",
            f"Shortfall remaining {year.on_screen}",
            "cumulative gap + savings identified",
            (gaps[year], identified[year]),
        )
        for year in plan.years
    }
    return (
        plan.row("income"),
        plan.row("expenditure"),
        plan.row("investments"),
        _row("cumulative_gap", "Cumulative gap", 0, gaps),
        _row("annual_gap", "Annual gap, the increase on the year before", 1, annual),
        PlanRow("savings_identified", "Savings identified, weighted", Flow.INCOME, 1, identified),
        _row("remaining", "Shortfall remaining", 0, remaining),
    )


def _row(row_id: str, label: str, level: int, years: Mapping[Year, Figure]) -> PlanRow:
    return PlanRow(row_id, label, Flow.NET, level, years)
