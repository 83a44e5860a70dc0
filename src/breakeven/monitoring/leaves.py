"""The least parts of a month end, each cost centre and account and each source of income, at the end of one period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.drivers.commitments import codings_with_commitments, commitments, contributions
from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.lines import BudgetLine, Coding
from breakeven.ledger.provenance import Figure, Source, source_of, sum_figure
from breakeven.ledger.rules import Method
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL, share
from breakeven.monitoring.forecast import Known, Rest, rest_of_year
from breakeven.monitoring.income import income_to_date
from breakeven.monitoring.outturn import Flow, coding_row_id
from breakeven.monitoring.overrides import ByHand, overrides_at
from breakeven.monitoring.profile import TWELFTHS, stated_months, weights_of
from breakeven.periods import MONTHS, period_name

Previous = Mapping[str, Decimal | None]
"""The forecast outturn of each least part, by its id, when a period was last closed."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One cost centre and account, or one source of income, with its figures by column, positive as records are."""

    id: str
    label: str
    flow: Flow
    line: str
    """The line it belongs to; for income ``contract_sum``, ``variations`` or ``third_party_income``."""
    category: str
    cost_centre: str
    method: str
    figures: Mapping[str, Figure]
    """By column: original, virements, budget_to_date, posted, accruals, commitments, rest and previous."""


class Leaves:
    """Every least part of one period. ``methods`` are those asked for by the id of a line, ``""`` for all of them."""

    def __init__(
        self, year: ContractYear, period: int, methods: Mapping[str, Method], previous: Previous | None
    ) -> None:
        self.year = year
        self.period = period
        self.rules = year.body.month_end
        self.methods = methods
        self.previous = previous
        self.name = period_name(period)
        self.by_hand = overrides_at(year, period)

    def all(self) -> tuple[Leaf, ...]:
        """Income first, then expenditure by line and code."""
        return (*self._income(), *self._expenditure())

    def _figure(self, row_id: str, column: str, label: str, parts: Sequence[Source | Figure], rule: str = "") -> Figure:
        said = rule or ("as read" if len(parts) == 1 else "the sum of what was read" if parts else "none")
        return sum_figure(f"{self.name}/outturn/{row_id}/{column}", f"{label}: {COLUMN_WORDS[column]}", said, parts)

    def _missing(self, row_id: str, column: str, label: str, why: str) -> Figure:
        return Figure(f"{self.name}/outturn/{row_id}/{column}", f"{label}: {COLUMN_WORDS[column]}", None, why, ())

    # Expenditure ---------------------------------------------------------------------------------------------

    def _expenditure(self) -> Iterator[Leaf]:
        year, chart = self.year, self.year.body.chart
        posted = year.transactions.to_period(self.period).by_coding
        budget = {line.coding: line for line in year.ledgers.budget}
        accrued = list(year.accruals_at(self.period))
        committed = list(commitments(year, self.period))
        codings = {*posted, *budget, *(e.coding for e in accrued), *(coding for coding, _ in committed)}
        codings |= {virement.coding for virement in year.ledgers.virements}
        registers = codings_with_commitments(year)
        order = {line.id: place for place, line in enumerate(chart.lines)}
        category_of = {line.id: line.category for line in chart.lines} | {UNMAPPED: UNMAPPED}
        unfinished: list[tuple[Leaf, Method, Known]] = []
        for coding in sorted(codings, key=lambda coding: (order.get(chart.line_of(coding), len(order)), coding)):
            line = chart.line_of(coding)
            row_id, label = coding_row_id(chart, line, coding), " ".join(coding)
            read: list[Source] = []
            if coding in posted:
                found = posted[coding]
                words = f"{len(found.cells):,} transactions to {self.name}"
                read = [Source(words, found.total, found.cells, found.illustrative)]
            entries = [
                source_of(e, "amount", f"{e.ref} {e.kind} {e.description}".strip())
                for e in accrued
                if e.coding == coding
            ]
            due = [source for each, source in committed if each == coding]
            figures = self._budget_figures(row_id, label, line, coding, budget.get(coding)) | {
                "posted": self._figure(row_id, "posted", label, read, "" if read else "nothing was posted")
                if year.transactions
                else self._missing(row_id, "posted", label, "no transactions were given"),
                "accruals": self._figure(row_id, "accruals", label, entries),
                "commitments": self._figure(row_id, "commitments", label, due),
                "previous": self._previous(row_id, label),
            }
            known = self._known(row_id, label, figures, due, coding in registers, self._last_year(coding))
            leaf = Leaf(row_id, label, Flow.EXPENDITURE, line, category_of[line], coding[0], "", figures)
            unfinished.append((leaf, self._method(line), known))
        yield from self._forecast(unfinished)

    def _budget_figures(
        self, row_id: str, label: str, line: str, coding: Coding, budget: BudgetLine | None
    ) -> dict[str, Figure]:
        last = self.year.body.year.period_end(self.period)
        moved = [
            source_of(v, "amount", f"{v.ref} {v.reason}")
            for v in self.year.ledgers.virements
            if v.coding == coding and (v.date <= last or self.period >= MONTHS)
        ]
        first = [source_of(budget, "original", "Original budget")] if budget else []
        original = self._figure(row_id, "original", label, first, "" if first else "none was budgeted")
        if not self.year.ledgers.budget:
            original = self._missing(row_id, "original", label, "no budget was given")
        virements = self._figure(row_id, "virements", label, moved)
        current = (original.amount or NIL) + (virements.amount or NIL)
        name, months = self._months(line, coding, budget, current)
        gone = min(self.period, MONTHS)
        to_date = Figure(
            f"{self.name}/outturn/{row_id}/budget_to_date",
            f"{label}: {COLUMN_WORDS['budget_to_date']}",
            None if original.amount is None else sum(months[:gone], NIL),
            f"{gone} of 12 months of the current budget, profile: {name}",
            (original, virements),
        )
        return {"original": original, "virements": virements, "budget_to_date": to_date}

    def _months(
        self, line: str, coding: Coding, budget: BudgetLine | None, current: Decimal
    ) -> tuple[str, Sequence[Decimal]]:
        """The current budget by month, and the name of the profile that it falls by."""
        own = self.rules.lines.get(line)
        name = (budget.profile_name if budget else "") or (own.profile if own else None) or self.rules.profile
        if name == "stated":
            stated = stated_months(budget, current) if budget else None
            return ("stated", stated) if stated else ("twelfths", share(current, TWELFTHS))
        last_year = next((r for r in self.year.ledgers.last_year if r.coding == coding), None)
        weights = weights_of(name, self.year.body.year, self.rules.weights, last_year)
        return (name, share(current, weights)) if weights else (f"twelfths, no {name}", share(current, TWELFTHS))

    def _last_year(self, coding: Coding) -> Sequence[Decimal] | None:
        found = next((r.months for r in self.year.ledgers.last_year if r.coding == coding), None)
        known = [month for month in found if month is not None] if found else []
        return known if len(known) == MONTHS else None

    # Income --------------------------------------------------------------------------------------------------

    def _income(self) -> Iterator[Leaf]:
        """What is due of the contract sum and its variations; what is earned from each third party."""
        ledgers, last = self.year.ledgers, self.year.body.year.period_end(self.period)
        to_date = income_to_date(self.year, self.period)
        own = [record for record in ledgers.contract_sums if record.year == self.year.body.year]
        basic = [source_of(record, "amount", "Basic contract sum") for record in own]
        yield self._agreed("contract_sum", "Contract sum", "contract_sum", basic or None, [], to_date)
        for variation in ledgers.variations:
            agreed = variation.date_agreed <= last or self.period >= MONTHS
            read = [source_of(variation, "amount", f"{variation.ref} {variation.purpose}")] if agreed else []
            row_id = f"variations.{slug(variation.ref)}"
            yield self._agreed(row_id, variation.purpose, "variations", [], read, to_date)
        following = list(contributions(self.year, self.period))
        for record in ledgers.third_party_income:
            row_id = f"third_party_income.{slug(record.source)}"
            due = [source for source_id, source in following if source_id == slug(record.source)]
            yield self._third_party(row_id, record.source, source_of(record, "agreed", "agreed"), due, to_date)

    def _agreed(
        self,
        row_id: str,
        label: str,
        line: str,
        basic: Sequence[Source] | None,
        changes: Sequence[Source],
        to_date: Mapping[str, Figure],
    ) -> Leaf:
        """Income that is agreed to the pound: what is due counts as budget and as actual, the rest is certain."""
        original = (
            self._missing(row_id, "original", label, "not given")
            if basic is None
            else self._figure(row_id, "original", label, basic)
        )
        figures = {
            "original": original,
            "virements": self._figure(row_id, "virements", label, changes),
            **{
                column: self._figure(row_id, column, label, [to_date[row_id]], "what is due by then")
                for column in ("budget_to_date", "posted")
            },
            "accruals": self._figure(row_id, "accruals", label, []),
            "commitments": self._figure(row_id, "commitments", label, []),
            "previous": self._previous(row_id, label),
        }
        known = self._known(row_id, label, figures, [], has_register=False, last_year=None)
        leaf = Leaf(row_id, label, Flow.INCOME, line, "income", "", "", figures)
        return next(self._forecast([(leaf, "budget", known)], agreed=True))

    def _third_party(
        self, row_id: str, label: str, agreed: Source, due: Sequence[Source], to_date: Mapping[str, Figure]
    ) -> Leaf:
        original = self._figure(row_id, "original", label, [agreed])
        own = self.rules.lines.get(row_id) or self.rules.lines.get("third_party_income")
        name = (own.profile if own else None) or self.rules.profile
        weights = weights_of(name, self.year.body.year, self.rules.weights, None)
        months = share(agreed.amount or NIL, weights or TWELFTHS)
        gone = min(self.period, MONTHS)
        figures = {
            "original": original,
            "virements": self._figure(row_id, "virements", label, []),
            "budget_to_date": Figure(
                f"{self.name}/outturn/{row_id}/budget_to_date",
                f"{label}: {COLUMN_WORDS['budget_to_date']}",
                sum(months[:gone], NIL),
                f"{gone} of 12 months of what is agreed, profile: {name if weights else 'twelfths'}",
                (original,),
            ),
            "posted": self._figure(row_id, "posted", label, [to_date[row_id]], "what is earned by then"),
            "accruals": self._figure(row_id, "accruals", label, []),
            "commitments": self._figure(row_id, "commitments", label, due),
            "previous": self._previous(row_id, label),
        }
        has_register = any(
            slug(placement.contributor) == slug(label) for placement in self.year.ledgers.placement_register
        )
        known = self._known(row_id, label, figures, due, has_register, None)
        leaf = Leaf(row_id, label, Flow.INCOME, "third_party_income", "income", "", "", figures)
        return next(self._forecast([(leaf, self._method("third_party_income", row_id), known)]))

    # Forecasts -----------------------------------------------------------------------------------------------

    def _known(
        self,
        row_id: str,
        label: str,
        figures: Mapping[str, Figure],
        due: Sequence[Source],
        has_register: bool,  # noqa: FBT001
        last_year: Sequence[Decimal] | None,
    ) -> Known:
        return Known(
            period=self.period,
            budget=self._figure(row_id, "budget", label, [figures["original"], figures["virements"]], BUDGET_RULE),
            budget_to_date=figures["budget_to_date"],
            actual=self._figure(row_id, "actual", label, [figures["posted"], figures["accruals"]], ACTUAL_RULE),
            commitments=due,
            has_register=has_register,
            last_year=last_year,
        )

    def _method(self, line: str, row_id: str = "") -> Method:
        """The method asked for, else that of the line's rules, else the body's; by hand where there is an override."""
        for name in (row_id, line, ""):
            if name in self.methods:
                return self.methods[name]
        if self.by_hand.get(row_id or line):
            return "manual"
        own = self.rules.lines.get(row_id) or self.rules.lines.get(line)
        return (own.method if own else None) or self.rules.method

    def _forecast(self, leaves: Sequence[tuple[Leaf, Method, Known]], *, agreed: bool = False) -> Iterator[Leaf]:
        """Each part with its rest of the year; an override is for a line, and is shared over the parts of it."""
        of_line: dict[str, list[int]] = {}
        for place, (leaf, _, _) in enumerate(leaves):
            of_line.setdefault(leaf.id if leaf.flow is Flow.INCOME else leaf.line, []).append(place)
        rests: dict[int, Rest] = {}
        for line, places in of_line.items():
            by_hand: ByHand | None = self.by_hand.get(line)
            if by_hand and (agreed or leaves[places[0]][1] == "manual"):
                rests |= dict(zip(places, by_hand.rests([leaves[place][2] for place in places]), strict=True))
        for place, (leaf, method, known) in enumerate(leaves):
            rest = rests.get(place) or rest_of_year(method, known)
            said = "as agreed" if agreed and rest.method == "budget" else rest.method
            figure = Figure(
                f"{self.name}/outturn/{leaf.id}/rest",
                f"{leaf.label}: {COLUMN_WORDS['rest']}",
                rest.amount,
                f"{said}: {rest.rule}",
                rest.parts,
            )
            yield Leaf(
                leaf.id,
                leaf.label,
                leaf.flow,
                leaf.line,
                leaf.category,
                leaf.cost_centre,
                said,
                {**leaf.figures, "rest": figure},
            )

    def _previous(self, row_id: str, label: str) -> Figure:
        """The forecast when a period was last closed; nil for a part that was not there then, open where none was."""
        amount = None if self.previous is None else self.previous.get(row_id, NIL)
        rule = "no period before this one is closed" if self.previous is None else "as the last closed period had it"
        return Figure(
            f"{self.name}/outturn/{row_id}/previous", f"{label}: {COLUMN_WORDS['previous']}", amount, rule, ()
        )


BUDGET_RULE = "original budget + virements and variations"
ACTUAL_RULE = "posted + accruals less prepayments and reversals"

COLUMN_WORDS = {
    "original": "original budget",
    "virements": "virements and variations",
    "budget": "current budget",
    "budget_to_date": "budget to date",
    "posted": "posted to date",
    "accruals": "accruals to date",
    "actual": "actual to date",
    "variance_to_date": "variance to date",
    "commitments": "commitments",
    "rest": "forecast for the rest of the year",
    "forecast": "forecast outturn",
    "variance": "variance of the forecast",
    "previous": "forecast when last closed",
    "movement": "movement since last closed",
    "left": "money left",
}
"""What each column is called in words."""
