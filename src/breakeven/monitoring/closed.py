"""A closed period: taken back from its seal as it was, and held against what its inputs give now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell
from breakeven.ledger.chart import Category, Chart, Line
from breakeven.ledger.closes import Close, SealedFigure, SealedLeaf
from breakeven.ledger.lines import Transactions
from breakeven.ledger.provenance import Figure, Source
from breakeven.ledger.rules import LineRules, MonthEndRules, Tolerance
from breakeven.ledger.year import Body, ContractYear, InputFile, Ledgers
from breakeven.money import NIL
from breakeven.monitoring.leaf import COLUMN_WORDS, Leaf
from breakeven.monitoring.leaves import leaves
from breakeven.monitoring.month_end import MonthEnd
from breakeven.monitoring.outturn import Flow, Outturn, OutturnRow
from breakeven.periods import Year, period_name
from breakeven.reconciliation.check import Check, Side, compare

FACTS = ("original", "virements", "posted", "accruals")
"""Columns of a closed period that must not move. What is forecast or known only later may."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A fact of a closed period that its inputs no longer give: the least part and column, then and now, in pounds."""

    period: int
    leaf: str
    label: str
    column: str
    then: Decimal
    now: Decimal

    def __str__(self) -> str:
        """In words, with what it moves."""
        return (
            f"{self.label}: {COLUMN_WORDS[self.column]} was {self.then:,}, and the inputs now give {self.now:,}: "
            f"{self.now - self.then:+,}"
        )


def moved_since(close: Close, year: ContractYear) -> Iterator[Moved]:
    """Every fact of a closed period that the year's inputs no longer give; what is missing counts as nil.

    The same bytes give the same facts: nothing is worked out again while every input is the file that was sealed.
    """
    if close.told["inputs"] == {file.name: file.sha256 for file in year.inputs}:
        return
    now = {leaf.id: leaf for leaf in leaves(year, close.period, {}, None)}
    then = {leaf.id: leaf for leaf in close.leaves}
    for leaf_id in dict.fromkeys((*then, *now)):
        label = then[leaf_id].label if leaf_id in then else now[leaf_id].label
        for column in FACTS:
            was = then[leaf_id].amount(column) if leaf_id in then else NIL
            amount = now[leaf_id].figures[column].amount if leaf_id in now else NIL
            if (was or NIL) != (amount or NIL):
                yield Moved(close.period, leaf_id, label, column, was or NIL, amount or NIL)


def check_closed(year: ContractYear) -> Iterator[Check]:
    """Each closed period as it was sealed against the same period of the inputs as they are: the sum of all facts."""
    for close in year.closes:
        name = period_name(close.period)
        moved = list(moved_since(close, year))
        then, now = (sum((getattr(each, when) for each in moved), NIL) for when in ("then", "now"))
        first = "; ".join(str(each) for each in moved[:3]) + (f"; and {len(moved) - 3} more" if len(moved) > 3 else "")
        if moved and then == now:
            then, now = moved[0].then, moved[0].now
        sides = Side(f"{name} as it was closed", then), Side(f"{name} as its inputs are now", now)
        yield compare(f"closed-{name}", f"{name} is as it was closed", *sides, cause=first)


# As it was -------------------------------------------------------------------------------------------------------


def as_closed(close: Close) -> MonthEnd:
    """The month end that was sealed, so that any nesting of its rows can be drawn again."""
    year = _year(close.told)
    leaves = tuple(_leaf(leaf, period_name(close.period)) for leaf in close.leaves)
    return MonthEnd(year, close.period, leaves, Outturn(tuple(_balance(leaf) for leaf in close.balances)))


def _year(told: Mapping[str, Any]) -> ContractYear:
    body = told["body"]
    chart = Chart(
        tuple(Category(**each) for each in body["categories"]),
        tuple(Line(**each, rules=()) for each in body["lines"]),
    )
    no_lines: Any = {name: () for name in Transactions.__dataclass_fields__ if name not in _PLACE}
    return ContractYear(
        body=Body(
            name=body["name"],
            year=Year.parse(body["year"]),
            state=body["state"],
            chart=chart,
            priorities=(),
            confidence_pct={},
            plan_years=1,
            month_end=_rules(body["rules"]),
            notes=tuple(body["notes"]),
        ),
        ledgers=Ledgers(),
        transactions=Transactions("", "", "", **no_lines),
        inputs=tuple(InputFile(name, sha256) for name, sha256 in told["inputs"].items()),
        tallies=(),
        findings=(),
    )


_PLACE = frozenset({"workbook", "sheet", "amount_column"})


def _rules(told: Mapping[str, Any]) -> MonthEndRules:
    return MonthEndRules(
        amber=_tolerance(told["amber"]),
        red=_tolerance(told["red"]),
        explain=_tolerance(told["explain"]),
        lines={
            name: LineRules(
                amber=_tolerance(line["amber"]) if line["amber"] else None,
                red=_tolerance(line["red"]) if line["red"] else None,
            )
            for name, line in told["lines"].items()
        },
    )


def _tolerance(told: Sequence[str]) -> Tolerance:
    return Tolerance(*map(Decimal, told))


def _leaf(sealed: SealedLeaf, name: str) -> Leaf:
    figures = {
        column: _figure(f"{name}/outturn/{sealed.id}/{column}", f"{sealed.label}: {COLUMN_WORDS[column]}", figure)
        for column, figure in sealed.figures.items()
    }
    return Leaf(
        sealed.id,
        sealed.label,
        Flow(sealed.flow),
        sealed.line,
        sealed.category,
        sealed.cost_centre,
        sealed.method,
        figures,
    )


def _balance(sealed: SealedLeaf) -> OutturnRow:
    figures = [
        _figure(f"outturn/{sealed.id}/{column}", sealed.label, sealed.figures[column])
        for column in ("budget", "actual", "variance")
    ]
    return OutturnRow(sealed.id, sealed.label, Flow(sealed.flow), 1, *figures)


def _figure(figure_id: str, label: str, sealed: SealedFigure) -> Figure:
    """A figure with the workbooks it was read from; its cells were those of workbooks as they then were."""
    parts = tuple(Source(sealed.rule, None, Cell(name), sealed.illustrative) for name in sealed.workbooks)
    return Figure(figure_id, label, sealed.amount, sealed.rule, parts)
