"""The projection of demand: numbers and cost by year, how far they may differ, what moved, and the back-test."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure
from breakeven.ledger.ssda903 import Returns
from breakeven.ledger.year import InputFile
from breakeven.monitoring.outturn import Flow
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.demand import cost, line_of, overlays
from breakeven.plan.projected_demand import Projected
from breakeven.plan.projected_figures import TOTAL_COST, projected_figures
from breakeven.report import data
from breakeven.report.demand_parts import (
    SIGNS,
    MadeUp,
    back_test_statement,
    hidden_in,
    hide,
    movements_statement,
    number_row,
    ranges_statements,
    tenth,
    verdict,
)
from breakeven.report.figures import number_text
from breakeven.report.masked import CONFIDENTIAL_NOTE, with_total
from breakeven.report.statement import Column, Row, RowKind, Statement, Value


def demand_statements(end: YearEnd, found: Projected, *, publish: bool) -> list[Statement]:
    """The projection, and beneath it what it rests on: ranges and movements of children, the back-test if asked for."""
    behind = _Behind(end, found)
    parts = [_numbers(end, found, behind, publish=publish)]
    if found.demand.total.ranges:
        parts += ranges_statements(end, found, publish=publish)
    if found.flows is not None:
        parts.append(movements_statement(end, found, publish=publish))
    if found.back_test is not None:
        parts.append(back_test_statement(end, found.back_test, behind.made_up(), publish=publish))
    return parts


def demand_data(statements: Sequence[Statement]) -> dict[str, Any]:
    """All of it as plain data, each part under its id."""
    first, *others = statements
    return data.statement_data(first) | {each.id: data.statement_data(each) for each in others}


# Numbers and cost -----------------------------------------------------------------------------------------------


def _numbers(end: YearEnd, found: Projected, behind: "_Behind", *, publish: bool) -> Statement:
    demand, basis = found.demand, end.plan.basis
    everything = [*demand.rows, demand.total]
    hidden = hidden_in([[row.now, *row.by_year] for row in everything], publish=publish)
    names = ["now", *(str(year) for year in demand.years)]
    rows: list[Row] = []
    for row, concealed in zip(everything, hidden, strict=True):
        shown = [None if number is None else tenth(number) for number in (row.now, *row.by_year)]
        values = dict(zip(names, hide(shown, concealed), strict=True))
        is_total = row is demand.total
        rows.append(behind.marked(number_row(f"number.{slug(row.type)}", row.type, values, is_total=is_total)))
    costs = {row.type: [cost(row, place, basis) for place in range(len(demand.years))] for row in demand.rows}
    with_cost = [name for name, amounts in costs.items() if any(amount is not None for amount in amounts)]
    priced = {
        row.type: hide(costs[row.type], concealed[1:])
        for row, concealed in zip(demand.rows, hidden, strict=False)
        if row.type in with_cost
    }
    for name, amounts in priced.items():
        row = _cost_row(f"cost.{slug(name)}", f"Cost of {name}", amounts, names[1:], RowKind.LINE)
        rows.append(behind.marked(row))
    if priced:
        totals = [
            with_total([amounts[place] for amounts in priced.values()], _sum([costs[name][place] for name in priced]))
            for place in range(len(demand.years))
        ]
        row = _cost_row(TOTAL_COST, "Cost at the plan's prices", totals, names[1:], RowKind.TOTAL)
        rows.append(behind.marked(row))
    return Statement(
        id="demand",
        body=end.year.body.name,
        title=f"Projection of demand, {demand.years[0].on_screen} to {demand.years[-1].on_screen}",
        state=demand.method,
        label="Placements on average over the year",
        columns=(Column("now", f"{demand.counted:%d/%m/%Y}"), *(Column(str(y), y.on_screen) for y in demand.years)),
        rows=tuple(rows),
        summary=tuple(_summary(found)),
        notes=(
            *_notes(end, found, publish=publish),
            *([CONFIDENTIAL_NOTE] if publish else []),
            *([] if found.returns else end.year.body.notes),
        ),
        sources=_sources(end, found),
        sign_note=SIGNS,
    )


class _Behind:
    """The figures behind the values of a projection."""

    def __init__(self, end: YearEnd, found: Projected) -> None:
        self.end, self.found = end, found
        self.figures = {figure.id: figure for figure in projected_figures(found, end.plan.basis)}

    def made_up(self) -> MadeUp:
        """The types whose numbers, and whose costs, rest on illustrative cells."""
        marked = {figure_id.split("/")[1] for figure_id, each in self.figures.items() if self._is_made_up(each)}
        types = [row.type for row in self.found.demand.rows]
        return MadeUp(
            frozenset(name for name in types if f"number.{slug(name)}" in marked),
            frozenset(name for name in types if f"cost.{slug(name)}" in marked),
        )

    def _is_made_up(self, figure: Figure) -> bool:
        return self.end.marks.is_illustrative(figure)

    def marked(self, row: Row) -> Row:
        """A row with what is illustrative marked, and with its figures' ids where ``trace`` works out the same."""
        own = {column: f"projection/{row.id}/{column}" for column, value in row.values.items() if value is not None}
        shown = {column: id_ for column, id_ in own.items() if isinstance(row.values[column], Decimal)}
        marked = (column for column, id_ in shown.items() if self._is_made_up(self.figures[id_]))
        return replace(row, figures=shown if self.found.is_usual else {}, illustrative=frozenset(marked))


def _cost_row(row_id: str, label: str, amounts: Sequence[Value], names: Sequence[str], kind: RowKind) -> Row:
    values: Mapping[str, Value] = dict(zip(names, amounts, strict=True))
    return Row(row_id, label, kind, 0 if kind is RowKind.TOTAL else 1, Flow.EXPENDITURE, values)


def _summary(found: Projected) -> Iterator[str]:
    demand, total = found.demand, found.demand.total
    last = total.by_year[-1]
    if last is not None:
        yield (
            f"{number_text(tenth(last))} placements on average in {demand.years[-1].on_screen}, against "
            f"{number_text(total.now)} on {demand.counted:%d/%m/%Y}."
        )
    if total.ranges:
        at = total.ranges[-1]
        yield (
            f"8 times in 10 it is from {number_text(tenth(at.low))} to {number_text(tenth(at.high))}: "
            f"± {number_text(tenth(at.chance_sd))} by chance, "
            f"± {number_text(tenth(at.rate_sd))} as the rates are a sample."
        )
    if found.back_test is not None:
        yield verdict(found.back_test)


def _notes(end: YearEnd, found: Projected, *, publish: bool) -> Iterator[str]:
    yield f"Projected by {found.demand.method}."
    used = list(dict.fromkeys(overlay.line for overlay in overlays(found.demand, end.plan.basis)))
    unused = [row.type for row in found.demand.rows if line_of(row.type, end.plan.basis) is None]
    if used:
        where = "ssda903:FOLDER" if found.returns else "counts"
        yield (
            f"plan --demand {where} and what-if --demand {where} set the numbers of {len(used)} lines to these; "
            f"what-if --demand {where} --save NAME keeps them as a scenario."
        )
    if unused:
        yield (
            f"No line of the plan has a number and a price for {', '.join(unused)}; "
            "[ssda903] of breakeven.toml can give a type the name of a line."
        )
    if found.returns is not None:
        yield _conservation(found.returns, publish=publish)


def _conservation(returns: Returns, *, publish: bool) -> str:
    rows, accepted = sum(each.rows for each in returns.tallies), sum(each.accepted for each in returns.tallies)
    if publish:
        return f"{rows:,} rows of {len(returns.tallies)} files are each accepted, set aside or held back."
    aside: dict[str, int] = {}
    for tally in returns.tallies:
        for reason, count in tally.set_aside.items():
            aside[reason] = aside.get(reason, 0) + count
    held_back = sum(each.held_back for each in returns.tallies)
    why = "; ".join(f"{count:,} {reason}" for reason, count in sorted(aside.items(), key=lambda each: -each[1]))
    said = f" ({why})" if why else ""
    return (
        f"{rows:,} rows of {len(returns.tallies)} files = {accepted:,} accepted + {sum(aside.values()):,} "
        f"set aside{said} + {held_back:,} held back."
    )


def _sources(end: YearEnd, found: Projected) -> tuple[str, ...]:
    if found.returns is None:
        workbooks = {record.at.workbook for record in end.year.ledgers.placements}
        files: Sequence[InputFile] = [file for file in end.year.inputs if file.name in workbooks]
    else:
        files = found.returns.inputs
    return tuple(f"{file.name}, sha256 {file.sha256}" for file in files)


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None
