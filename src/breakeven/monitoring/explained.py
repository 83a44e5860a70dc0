"""Which lines somebody must explain before a period is closed, and what has been said of them."""

from collections.abc import Iterator, Mapping, Sequence

from breakeven.ledger.chart import UNMAPPED
from breakeven.ledger.registers import Explanation
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.month_end import MonthEnd, MonthEndRow
from breakeven.monitoring.outturn import row_id
from breakeven.monitoring.overrides import row_named


def explanations_at(year: ContractYear, period: int) -> Mapping[str, Sequence[Explanation]]:
    """What was said at a period, by the id of the line or income row it is about, in the order of the sheet."""
    found: dict[str, list[Explanation]] = {}
    for explanation in year.ledgers.explanations:
        if explanation.period == period:
            found.setdefault(row_named(explanation.line, year), []).append(explanation)
    return found


def lines_over(result: MonthEnd) -> Iterator[MonthEndRow]:
    """Lines and sources of income whose forecast is further from budget, either way, than a body lets pass unsaid."""
    limit = result.year.body.month_end.explain
    unmapped = row_id(result.year.body.chart, UNMAPPED)  # it wants a line in the chart, not an explanation
    for row in result.rows(("category", "line", "source")):
        budget, variance = row.figures["budget"].amount, row.figures["variance"].amount
        is_part = (row.level == 2 or row.id == "contract_sum") and row.id != unmapped
        if is_part and budget is not None and variance is not None and abs(variance) > limit.limit(budget):
            yield row


def unexplained(result: MonthEnd) -> tuple[MonthEndRow, ...]:
    """The lines over the threshold of which nothing is said at the period."""
    said = explanations_at(result.year, result.period)
    return tuple(row for row in lines_over(result) if row.id not in said)
