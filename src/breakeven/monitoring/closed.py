"""A closed period: taken back from its seal as it was, and held against what its inputs give now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell
from breakeven.ledger.chart import Category, Chart, Line
from breakeven.ledger.closes import Close, SealedFigure, SealedLeaf, plain_rows
from breakeven.ledger.lines import Transactions
from breakeven.ledger.provenance import Figure, Source
from breakeven.ledger.registers import Explanation
from breakeven.ledger.rules import LineRules, MonthEndRules, Tolerance
from breakeven.ledger.year import Body, ContractYear, InputFile, Ledgers
from breakeven.money import NIL
from breakeven.monitoring.leaf import COLUMN_WORDS, Leaf
from breakeven.monitoring.leaves import leaves
from breakeven.monitoring.month_end import MonthEnd
from breakeven.monitoring.outturn import Flow, Outturn, OutturnRow
from breakeven.periods import Year, period_name
from breakeven.reconciliation.check import Check, Side, compare

FACTS = ("original", "virements", "budget_to_date", "posted", "accruals")
"""Columns of a closed period that must not move. What is forecast, or known only later, may."""

SAID = ("balances", "overrides", "explanations")
"""Sheets of which what stood when a period was closed must still stand."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something of a closed period that its inputs no longer give, in words; its pounds then and now, if it has any."""

    said: str
    then: Decimal | None = None
    now: Decimal | None = None


def moved_since(close: Close, year: ContractYear, version: str = "") -> Iterator[Moved]:
    """Every fact of a closed period that the year's inputs no longer give, and what was said of it and is not any more.

    The same bytes give the same facts: nothing is worked out again while every input is the file that was sealed, and
    the program is of the version that sealed it.
    """
    if _is_untouched(close, year, version):
        return
    now = {leaf.key: leaf for leaf in leaves(year, close.period, {}, close.forecasts)}
    then = {leaf.key: leaf for leaf in close.leaves}
    for key in dict.fromkeys((*then, *now)):
        label = then[key].label if key in then else now[key].label
        for column in FACTS:
            was = then[key].amount(column) if key in then else NIL
            amount = now[key].figures[column].amount if key in now else NIL
            if was != amount:
                yield _moved(f"{label}: {COLUMN_WORDS[column]}", was, amount)
    yield from _said_since(close, year)


def _moved(what: str, then: Decimal | None, now: Decimal | None) -> Moved:
    said = ["missing" if amount is None else f"{amount:,}" for amount in (then, now)]
    by = "" if then is None or now is None else f": {now - then:+,}"
    return Moved(f"{what} was {said[0]}, and the inputs now give {said[1]}{by}", then or NIL, now or NIL)


def _said_since(close: Close, year: ContractYear) -> Iterator[Moved]:
    """Balances, and forecasts by hand and explanations made by the period, that stood then and do not now, or else."""
    for table in SAID:
        then, now = close.told["records"][table], plain_rows(getattr(year.ledgers, table))
        for word, here, there in (("stood then and does not now", then, now), ("has been put in since", now, then)):
            others = [_row(row, there[0]) for row in there[1:]]
            for row in here[1:]:
                told = _row(row, here[0])
                if told in others:
                    others.remove(told)
                elif "period" not in told or int(told["period"]) <= close.period:
                    shown = ", ".join(str(value) for value in told.values() if value not in {None, ""})
                    yield Moved(f"a row of {table} {word}: {shown}")


def _row(row: Sequence[Any], fields: Sequence[str]) -> dict[str, Any]:
    """A sealed row by field, wherever it stood."""
    return {field: value for field, value in zip(fields, row, strict=True) if field != "at"}


def forecast_since(close: Close, year: ContractYear, outturn: Outturn, version: str = "") -> str:
    """How a closed period's forecast would come out from today's inputs, in words; blank where as it was said.

    It may differ rightly, as when a placement's end was planned since: it is told, and is no fault.
    """
    if _is_untouched(close, year, version):
        return ""
    then = as_closed(close).row("position").figures["forecast"].amount
    now = (
        MonthEnd(year, close.period, leaves(year, close.period, {}, None), outturn).row("position").figures["forecast"]
    )
    if then == now.amount:
        return ""
    said = ["open" if amount is None else f"{amount:,}" for amount in (then, now.amount)]
    return (
        f"the position forecast at {period_name(close.period)} was {said[0]}; from today's inputs it would be {said[1]}"
    )


def _is_untouched(close: Close, year: ContractYear, version: str) -> bool:
    """Whether every input is the very file that was sealed, and the program of the version that sealed it."""
    same_inputs = close.told["inputs"] == {file.name: file.sha256 for file in year.inputs}
    return same_inputs and bool(close.told["version"] == version)


def check_closed(year: ContractYear, version: str = "") -> Iterator[Check]:
    """Each closed period as it was sealed against what its inputs give now.

    The sides are the pounds of all facts that moved; where none has pounds of its own, how many they are.
    """
    for close in year.closes:
        name = period_name(close.period)
        label, was, now_is = f"{name} is as it was closed", f"{name} as it was closed", f"{name} as its inputs are now"
        moved = list(moved_since(close, year, version))
        first = "; ".join(each.said for each in moved[:3]) + (f"; and {len(moved) - 3} more" if len(moved) > 3 else "")
        in_pounds = [each for each in moved if each.then is not None]
        then, now = (sum((getattr(each, when) for each in in_pounds), NIL) for when in ("then", "now"))
        if in_pounds and then == now:
            then, now = in_pounds[0].then or NIL, in_pounds[0].now or NIL
        if moved and then == now:
            sides = Side("what has changed in it", Decimal(len(moved))), Side("nothing", Decimal(0))
            yield compare(f"closed-{name}", label, *sides, unit="number", cause=first)
        else:
            yield compare(f"closed-{name}", label, Side(was, then), Side(now_is, now), cause=first)


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
        ledgers=Ledgers(explanations=tuple(_explanations(told["records"]["explanations"]))),
        transactions=Transactions.without_lines(),
        inputs=tuple(InputFile(name, sha256) for name, sha256 in told["inputs"].items()),
        tallies=(),
        findings=(),
    )


def _explanations(rows: Sequence[Sequence[Any]]) -> Iterator[Explanation]:
    for row in rows[1:]:
        told = _row(row, rows[0])
        amount, on = told["amount"], told["date"]
        read = {"amount": amount and Decimal(amount), "date": on and date.fromisoformat(on), "at": Cell("")}
        yield Explanation.model_validate(told | read)


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
        sealed.account,
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
