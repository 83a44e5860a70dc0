"""Each line in each state of the year: as budgeted, revised, forecast at a period, spent, planned, and last year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from breakeven.drivers.activity import ByLine, activity_budgeted, activity_registered
from breakeven.ledger.chart import Category, slug
from breakeven.ledger.provenance import Figure, Source, sum_figure
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL
from breakeven.monitoring.line_records import (
    INCOME,
    THIRD_PARTY,
    LineRow,
    contributors,
    explained_at,
    line_rows,
    one_off_variations,
    row_of,
    sources_by_row,
    virements_in_force,
)
from breakeven.monitoring.line_state import (
    BUDGET,
    LAST_YEAR,
    OUTTURN,
    PLAN,
    REVISED,
    LineState,
    Reason,
    Reasons,
    State,
    at_period,
)
from breakeven.monitoring.outturn import Flow, Outturn, row_id

Lines = dict[str, LineState]
"""Lines by id in the order of the outturn: income, then expenditure by category."""

_ByRow = Mapping[str, Reasons]

SCHEMES = Category("savings_and_investments", "Savings and investments")


@dataclass(frozen=True, slots=True)
class LineSavings:
    """What the year's own schemes were to save on one line this year, and what they have saved or are forecast to."""

    planned: Figure
    expected: Figure


@dataclass(frozen=True)
class YearLines:
    """The lines of one contract year, state by state, to be held against each other by ``bridges``.

    savings: by the id of a line. The plan dates schemes, so they are handed in.
    """

    year: ContractYear
    outturn: Outturn
    savings: Mapping[str, LineSavings] = field(default_factory=dict[str, LineSavings])

    @cached_property
    def rows(self) -> tuple[LineRow, ...]:
        """Every line, with its revised budget and its actual."""
        return line_rows(self.year, self.outturn)

    def as_budgeted(self) -> Lines:
        """The budget as it was set, before virements and variations of the contract sum."""
        chart, records = self.year.body.chart, self.year.ledgers.budget
        original = sources_by_row(
            records, lambda each: row_of(chart, each.coding), "original", lambda each: " ".join(each.coding)
        )
        amounts = self._spend(BUDGET, original, is_known=bool(records))
        amounts |= {row.id: row.budget for row in self.rows if row.flow is Flow.INCOME}
        amounts |= {
            row.id: Figure(f"variance/{row.id}/budget", f"{row.label}: budget", NIL, "not agreed when it was set", ())
            for row in self.rows
            if row.category.id == INCOME[1].id
        }
        holds = [self._savings("planned"), self._one_offs]
        return self._lines(BUDGET, amounts, activity_budgeted(self.year, "budget"), holds)

    def as_revised(self) -> Lines:
        """The budget after every virement of the year."""
        amounts = {row.id: row.budget for row in self.rows}
        holds = [self._virements(), self._savings("planned"), self._one_offs]
        return self._lines(REVISED, amounts, activity_budgeted(self.year, "budget"), holds)

    def as_spent(self) -> Lines:
        """What the year came to. Explanations are those of P13, or of P12 for a line that has none there."""
        amounts = {row.id: row.actual for row in self.rows}
        activity = activity_registered(self.year, self.year.body.year.last_day)
        return self._lines(OUTTURN, amounts, activity, self._in_year(), explained_at(self.year, self.rows, 13, 12))

    def as_forecast(self, period: int, amounts: Mapping[str, Figure]) -> Lines:
        """The year's outturn as it was forecast at a period, with the activity and virements known at its end.

        amounts: the forecast by line; a line that is not among them is open. No forecast of a whole year holds an
        accrual that is undone later in it, so that timing is what somebody says it is.
        """
        activity = activity_registered(self.year, self.year.body.year.period_end(period))
        explained = explained_at(self.year, self.rows, period)
        return self._lines(at_period(period), amounts, activity, self._in_year(period), explained)

    def as_last_year(self) -> Lines:
        """What last year came to. Only its expenditure is on record: income is open."""
        chart, records = self.year.body.chart, self.year.ledgers.last_year
        spent = sources_by_row(
            records, lambda each: row_of(chart, each.coding), "outturn", lambda each: " ".join(each.coding)
        )
        amounts = self._spend(LAST_YEAR, spent, is_known=bool(records))
        return self._lines(LAST_YEAR, amounts, activity_budgeted(self.year, "last year"), [])

    def as_planned(self, amounts: Mapping[str, Figure], explained: _ByRow | None = None) -> Lines:
        """Next year's plan, to be held against ``in_plan_rows`` of another state.

        amounts: by the ids of the plan's rows: contract_sum, third_party_income, every line, unmapped; and savings and
        investments, which here are lines of cost, so that a saving is below nil. explained: what is assumed to move a
        row from the outturn, by reason.
        """
        state = replace(PLAN, label=f"Plan {self.year.body.year.later(1).on_screen}")
        chart = self.year.body.chart
        given = {row_id(chart, each): figure for each, figure in amounts.items()}
        moved = {row_id(chart, each): reasons for each, reasons in (explained or {}).items()}
        lines = {
            line: replace(
                each,
                state=state,
                amount=given.get(line) or _missing(each, state),
                activity=None,
                holds={reason: figure for reason, figure in each.holds.items() if reason is Reason.VIREMENTS},
                explained=moved.get(line, {}),
            )
            for line, each in in_plan_rows(self.as_spent()).items()
        }
        for line, label, sign in (("savings", "Savings", -1), ("investments", "Investments", 1)):
            if line in given:
                amount = _signed(sign, given[line], f"variance/{line}/plan", f"{label}: plan")
                lines[line] = LineState(
                    line, label, Flow.EXPENDITURE, SCHEMES, state, amount, holds={Reason.OTHER: amount}
                )
        return lines

    @cached_property
    def _one_offs(self) -> dict[str, dict[Reason, Figure]]:
        return {row: {Reason.ONE_OFFS: figure} for row, figure in one_off_variations(self.year, self.rows).items()}

    def _in_year(self, period: int = 12) -> list[_ByRow]:
        return [self._virements(period), self._savings("expected"), self._one_offs]

    def _virements(self, period: int = 12) -> _ByRow:
        made = virements_in_force(self.year, self.year.body.year.period_end(period))
        return {row: {Reason.VIREMENTS: figure} for row, figure in made.items()}

    def _savings(self, column: Literal["planned", "expected"]) -> _ByRow:
        """What a state counts on from savings: they lower a cost and raise income."""
        found: dict[str, dict[Reason, Figure]] = {}
        for row in self.rows:
            saved: Figure | None = getattr(self.savings.get(row.id), column, None)
            if saved is not None:
                sign = 1 if row.flow is Flow.INCOME else -1
                name = f"variance/{row.id}/savings_{column}"
                found[row.id] = {Reason.SAVINGS: _signed(sign, saved, name, f"{row.label}: savings {column}")}
        return found

    def _spend(self, state: State, sources: Mapping[str, Sequence[Source]], *, is_known: bool) -> dict[str, Figure]:
        """The sum of each line's sources, nil without any; open where nothing of the kind is on record."""
        return {
            row.id: sum_figure(
                f"variance/{row.id}/{state.name}", f"{row.label}: {state.label}", "as read", sources.get(row.id, ())
            )
            for row in self.rows
            if is_known and row.flow is Flow.EXPENDITURE
        }

    def _lines(
        self,
        state: State,
        amounts: Mapping[str, Figure],
        activity: ByLine,
        holds: Sequence[_ByRow],
        explained: _ByRow | None = None,
    ) -> Lines:
        bought = {row_id(self.year.body.chart, line): each for line, each in activity.items()}
        follow = contributors(self.year.body.chart)
        return {
            row.id: LineState(
                id=row.id,
                label=row.label,
                flow=row.flow,
                category=row.category,
                state=state,
                amount=amounts.get(row.id) or _missing(row, state),
                activity=bought.get(row.id),
                holds=_variation(row, amounts)
                | {reason: figure for each in holds for reason, figure in each.get(row.id, {}).items()},
                explained=(explained or {}).get(row.id, {}),
                follows_a_line=row.id in follow,
            )
            for row in self.rows
        }


def _variation(row: LineRow, amounts: Mapping[str, Figure]) -> dict[Reason, Figure]:
    """The whole of a variation's row is the variation: it is there from the day it is agreed."""
    amount = amounts.get(row.id)
    return {Reason.VARIATIONS: amount} if amount and row.category.id == INCOME[1].id else {}


def in_plan_rows(lines: Lines) -> Lines:
    """The lines of a state as the plan has them: the contract sum with its variations, and third-party income whole."""
    contract_sum, _, third_party = INCOME
    income = [line for line in lines.values() if line.flow is Flow.INCOME]
    paid = [line for line in income if line.category.id != THIRD_PARTY]
    parts = {contract_sum: paid, third_party: [line for line in income if line not in paid]}
    merged = {category.id: _merged(category, each) for category, each in parts.items() if each}
    return merged | {line.id: line for line in lines.values() if line.flow is not Flow.INCOME}


def _merged(category: Category, lines: Sequence[LineState]) -> LineState:
    def add(reason: str, figures: Sequence[Figure]) -> Figure:
        name = f"variance/{category.id}/{lines[0].state.name}_{slug(reason)}"
        return sum_figure(name, f"{category.label}: {reason}", f"the sum of {len(figures)} rows", figures)

    def by_reason(sides: Sequence[Reasons]) -> Reasons:
        kept = [reason for reason in Reason if reason is not Reason.VARIATIONS]  # the plan has them in its contract sum
        found = {reason: [side[reason] for side in sides if reason in side] for reason in kept}
        return {reason: add(reason, figures) for reason, figures in found.items() if figures}

    return LineState(
        id=category.id,
        label=category.label,
        flow=Flow.INCOME,
        category=category,
        state=lines[0].state,
        amount=add("amount", [line.amount for line in lines]),
        holds=by_reason([line.holds for line in lines]),
        explained=by_reason([line.explained for line in lines]),
    )


def _signed(sign: int, figure: Figure, figure_id: str, label: str) -> Figure:
    amount = None if figure.amount is None else sign * figure.amount
    return Figure(figure_id, label, amount, "as it moves the line", (figure,))


def _missing(line: LineRow | LineState, state: State) -> Figure:
    return Figure(f"variance/{line.id}/{state.name}", f"{line.label}: {state.label}", None, "not given", ())
