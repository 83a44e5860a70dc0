"""The plan as it would have been made when a period was closed, from the records and forecasts that its seal keeps."""

from dataclasses import replace

from breakeven.ledger.assumptions import Assumption, Investment, Pressure
from breakeven.ledger.chart import Chart
from breakeven.ledger.closes import Close, records_from
from breakeven.ledger.contract import Variation
from breakeven.ledger.placements import Placement, PlacementMonth
from breakeven.ledger.posts import Post
from breakeven.ledger.savings import Delivery, Saving
from breakeven.ledger.year import ContractYear, Ledgers
from breakeven.monitoring.closed import as_closed
from breakeven.monitoring.outturn import Outturn, OutturnRow
from breakeven.periods import MONTHS, period_name
from breakeven.plan.basis import Basis, basis


def sealed_basis(close: Close, year: ContractYear) -> Basis:
    """What a plan is made from as it was at a close: each line starts from the outturn that was then forecast.

    year: the folder as it is now, whose settings (years of the plan, confidence by status, the codes of a line that was
    there then) hold for both.
    """
    sealed = as_closed(close)
    told, name = close.told["records"], f"closes/{period_name(close.period)}.json"
    records = Ledgers(
        variations=records_from(told["variations"], Variation, name),
        assumptions=records_from(told["assumptions"], Assumption, name),
        pressures=records_from(told["pressures"], Pressure, name),
        savings=records_from(told["savings"], Saving, name),
        deliveries=records_from(told.get("deliveries", ()), Delivery, name),  # older seals have none
        investments=records_from(told["investments"], Investment, name),
        placements=records_from(told["placements"], PlacementMonth, name),
        placement_register=records_from(told["placement_register"], Placement, name),
        post_register=records_from(told["post_register"], Post, name),
    )
    codes = {line.id: line.rules for line in year.body.chart.lines}
    chart = sealed.year.body.chart
    lines = tuple(replace(line, rules=codes.get(line.id, ())) for line in chart.lines)
    then = replace(year, ledgers=records, body=replace(year.body, chart=Chart(chart.categories, lines)))
    rows = (
        OutturnRow(
            row.id, row.label, row.flow, row.level, *(row.figures[c] for c in ("budget", "forecast", "variance"))
        )
        for row in sealed.all_rows
    )
    years = [year.body.year.later(n) for n in range(1, year.body.plan_years + 1)]
    return basis(then, Outturn(tuple(rows)), years, min(close.period, MONTHS))
