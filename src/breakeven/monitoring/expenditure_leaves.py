"""The least parts of expenditure: each cost centre and account at the end of one period."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.drivers.commitments import codings_with_commitments, commitments
from breakeven.ledger.chart import UNMAPPED
from breakeven.ledger.lines import BudgetLine, Coding
from breakeven.ledger.provenance import Figure, Source, source_of
from breakeven.ledger.rules import Method
from breakeven.money import NIL, share
from breakeven.monitoring.forecast import Known
from breakeven.monitoring.leaf import COLUMN_WORDS, Leaf, Maker
from breakeven.monitoring.outturn import Flow, coding_row_id
from breakeven.monitoring.profile import TWELFTHS, stated_months, weights_of
from breakeven.periods import MONTHS


class ExpenditureLeaves(Maker):
    """Every cost centre and account that anything is budgeted, posted, accrued or committed on."""

    def all(self) -> Iterator[Leaf]:
        """By line of the chart, then by code."""
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
                "posted": self.figure(row_id, "posted", label, read, "" if read else "nothing was posted")
                if year.transactions
                else self.missing(row_id, "posted", label, "no transactions were given"),
                "accruals": self.figure(row_id, "accruals", label, entries),
                "commitments": self.figure(row_id, "commitments", label, due),
                "previous": self.previous(row_id, label),
            }
            known = self.known(row_id, label, figures, due, coding in registers, self._last_year(coding))
            leaf = Leaf(row_id, label, Flow.EXPENDITURE, line, category_of[line], coding[0], "", figures)
            unfinished.append((leaf, self.method(line), known))
        yield from self.forecast(unfinished)

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
        original = self.figure(row_id, "original", label, first, "" if first else "none was budgeted")
        if not self.year.ledgers.budget:
            original = self.missing(row_id, "original", label, "no budget was given")
        virements = self.figure(row_id, "virements", label, moved)
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
