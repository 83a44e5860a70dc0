"""A projection of demand for one plan, from the folder's monthly counts or SSDA903 returns, and its back-test."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from breakeven.drivers.back_test import BackTest
from breakeven.drivers.trend import Method, TooLittleError, trends
from breakeven.ledger.ssda903 import Returns
from breakeven.plan.basis import Basis
from breakeven.plan.demand import Demand, Numbers, Range, to_number, totalled

if TYPE_CHECKING:
    from breakeven.drivers.chance import Spread
    from breakeven.drivers.demand import StockFlow

TRIALS = 1000
"""Trials of chance and rates together, of a projection that is not told how many."""

WINDOW = 24
"""Months whose movements are taken to go on."""


@dataclass(frozen=True)
class Asked:
    """How to project. window: months of history. rewind: months to go back for the back-test; None for none."""

    window: int = WINDOW
    rewind: int | None = None
    trials: int = TRIALS
    seed: int = 1
    method: Method = "least squares"


@dataclass(frozen=True)
class Projected:
    """Numbers to come and what they rest on. flows, returns: of SSDA903 returns alone."""

    demand: Demand
    asked: Asked
    back_test: BackTest | None = None
    flows: "StockFlow | None" = None
    returns: Returns | None = None

    @property
    def is_usual(self) -> bool:
        """Whether it is that of the folder's own counts, asked for without any choice of how."""
        return self.returns is None and replace(self.asked, rewind=None) == Asked()


def project_counts(found: Basis, asked: Asked) -> Projected:
    """The trend of each type's monthly counts, read on to the plan's years. Raises TooLittleError if none has one."""
    counts = found.year.ledgers.placements
    lines = trends(counts, asked.window, asked.method)
    known = [line for line in lines.values() if line is not None]
    if not known:
        raise TooLittleError("the sheet Placements of demand.xlsx has no type with three monthly counts")
    rows = [
        Numbers(
            name,
            max((each for each in counts if each.type == name), key=lambda each: each.month).number,
            tuple(None if line is None else to_number(line.mean(year)) for year in found.years),
        )
        for name, line in lines.items()
    ]
    first, last = min(line.first for line in known), max(line.last for line in known)
    months = max(line.months for line in known)
    method = f"{asked.method} over {months} monthly counts, {first:%B %Y} to {last:%B %Y}"
    demand = Demand(found.years, tuple(rows), totalled(rows, len(found.years)), last, method)
    back_test = None
    if asked.rewind is not None:
        from breakeven.drivers.demand import back_test_trend  # noqa: PLC0415  (scipy, for the other way)

        back_test = back_test_trend(
            counts, weekly_costs(found), window=asked.window, rewind=asked.rewind, method=asked.method
        )
    return Projected(demand, asked, back_test)


def project_returns(found: Basis, folders: Sequence[Path], asked: Asked) -> Projected:
    """Stock and flow from SSDA903 returns. Raises ReturnsRefusedError, and TooLittleError as ``stock_flow`` does."""
    from breakeven.drivers.demand import back_test_flows, stock_flow  # noqa: PLC0415  (numpy)
    from breakeven.workbook.ssda903 import read_returns  # noqa: PLC0415  (only here)

    returns, rules = read_returns(folders), found.year.body.demand
    flows = stock_flow(returns, rules, found.years, window=asked.window, trials=asked.trials, seed=asked.seed)
    spread, there = flows.spread, flows.moved.closing.sum(axis=0)
    ranges = [_ranges(spread, i) for i in range(len(flows.care.types) + 1)]
    rows = [
        Numbers(name, Decimal(int(there[i])), _means(spread, i), ranges[i]) for i, name in enumerate(flows.care.types)
    ]
    first, last = flows.counted.first, flows.counted.last
    method = f"stock and flow of SSDA903 episodes, rates of {first:%d/%m/%Y} to {last:%d/%m/%Y}"
    total = Numbers("All placements", Decimal(int(there.sum())), _means(spread, len(rows)), ranges[-1])
    demand = Demand(found.years, tuple(rows), total, last, method)
    back_test = None
    if asked.rewind is not None:
        back_test = back_test_flows(returns, rules, weekly_costs(found), window=asked.window, rewind=asked.rewind)
    return Projected(demand, asked, back_test, flows, returns)


def weekly_costs(found: Basis) -> dict[str, Decimal | None]:
    """Pounds a placement a week by the label of its line, as they stood at the end of the base year."""
    return {
        start.label: start.driver.price
        for start in found.expenditure
        if start.driver is not None and start.driver.unit == "placement"
    }


def _means(spread: "Spread", column: int) -> tuple[Decimal, ...]:
    return tuple(_number(each) for each in spread.expected[:, column])


def _ranges(spread: "Spread", column: int) -> tuple[Range, ...]:
    """P10, P50 and P90 and the two spreads of one type, by year."""
    parts = (*(spread.percentile(percent) for percent in (10, 50, 90)), spread.by_chance, spread.by_rate)
    return tuple(Range(*(_number(part[year, column]) for part in parts)) for year in range(spread.expected.shape[0]))


def _number(value: float) -> Decimal:
    return to_number(Fraction(float(value)))
