"""Tables as councils printed them, and the sign each of them uses; the tables stand outside the repository."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from breakeven.ledger.chart import Category
from breakeven.monitoring.bridge import Bridge, bridges
from breakeven.monitoring.line_state import BUDGET, OUTTURN, LineState
from breakeven.monitoring.outturn import Flow
from made_states import state

PUBLISHED = Path(__file__).parents[3] / "shared" / "cases" / "published"

UNITS = {
    "GBP": 1,
    "GBP and count": 1,
    "GBP thousand": 1000,
    "GBP thousand (FTE in the last two columns)": 1000,
    "GBP million": 1_000_000,
    "GBP million (tax base in properties)": 1_000_000,
}


@dataclass(frozen=True, slots=True)
class Convention:
    """How one table is to be read: which of its columns are the two sides, and which sign it gives what is adverse."""

    table: str
    budget: str
    variance: str
    adverse: int
    """1 where an adverse variance is printed as it stands or with a plus, -1 where it has a bracket or a minus."""
    after: str | None = None
    """The column of what was spent or forecast; None where it is not printed, and is the budget and what it adds."""
    percent: str | None = None
    totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """One table: its rows by id, the values of a column by its label, in pounds where it is money."""

    unit: int
    columns: tuple[str, ...]
    money: frozenset[str]
    rows: dict[str, dict[str, Any]]

    def value(self, row: str, column: str) -> Decimal | None:
        """One value, None where nothing can be read."""
        value = self.rows[row]["values"][self.columns.index(column)]
        return None if value is None else Decimal(value) * (self.unit if column in self.money else 1)

    def amount(self, row: str, column: str) -> Decimal:
        """One value that is there, or a blank that the table's own sums take as nil."""
        return self.value(row, column) or Decimal(0)

    @property
    def half(self) -> Decimal:
        """Half a last place: what a printed amount may be out by."""
        money = [i for i, column in enumerate(self.columns) if column in self.money]
        values = [row["values"][i] for row in self.rows.values() for i in money]
        last = min(Decimal(value).as_tuple().exponent for value in values if value)
        assert isinstance(last, int)
        return Decimal(self.unit) * Decimal(5).scaleb(last - 1)


def published(name: str) -> Published:
    """A table by its name; the test is skipped where the tables are not there."""
    path = PUBLISHED / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{name} is in ../shared/cases/published, which is not here")
    case = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    return Published(
        UNITS[case["unit"]],
        tuple(column["label"] for column in case["columns"]),
        frozenset(column["label"] for column in case["columns"] if column["type"] == "amount"),
        {row["id"]: row for row in case["rows"]},
    )


def bridged(convention: Convention, rows: Iterable[str] | None = None) -> Bridge:
    """The bridge of some rows, all but the totals if none are named, each a line of net cost; income is below nil."""
    table = published(convention.table)
    chosen = list(rows) if rows is not None else [row for row in table.rows if row not in convention.totals]
    before = {row: _line(row, table.amount(row, convention.budget), convention, is_budget=True) for row in chosen}
    after = {row: _line(row, _after(table, convention, row), convention, is_budget=False) for row in chosen}
    return bridges(before, after)


def _after(table: Published, convention: Convention, row: str) -> Decimal:
    if convention.after:
        return table.amount(row, convention.after)
    return table.amount(row, convention.budget) + convention.adverse * table.amount(row, convention.variance)


def _line(row: str, amount: Decimal, convention: Convention, *, is_budget: bool) -> LineState:
    category = Category(convention.table, convention.table)
    return state(amount, BUDGET if is_budget else OUTTURN, line=row, flow=Flow.EXPENDITURE, category=category)
