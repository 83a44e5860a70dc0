"""The least parts of expenditure: each cost centre and account at the end of one period."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from breakeven.drivers.commitments import codings_with_commitments, commitments
from breakeven.ledger.chart import UNMAPPED
from breakeven.ledger.lines import BudgetLine, Coding, OnCode, Postings
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
        """By line of the chart, then by code; a code that had a forecast when a period was last closed is still one."""
        year, chart = self.year, self.year.body.chart
        ledgers = year.ledgers
        self._budget = {line.coding: line for line in ledgers.budget}
        self._virements = _by_code(ledgers.virements)
        self._last_years = {line.coding: line for line in ledgers.last_year}
        posted = year.transactions.to_period(self.period).by_coding
        accrued = _by_code(year.accruals_at(self.period))
        committed: dict[Coding, list[Source]] = {}
        for coding, source in commitments(year, self.period):
            committed.setdefault(coding, []).append(source)
        closed = {code for code in self.when_closed or () if code[0]}
        codings = {*posted, *self._budget, *self._virements, *accrued, *committed, *closed}
        registers = codings_with_commitments(year)
        order = {line.id: place for place, line in enumerate(chart.lines)}
        category_of = {line.id: line.category for line in chart.lines} | {UNMAPPED: UNMAPPED}
        line_of = {coding: chart.line_of(coding) for coding in codings}
        unfinished: list[tuple[Leaf, Method, Known]] = []
        for coding in sorted(codings, key=lambda coding: (order.get(line_of[coding], len(order)), coding)):
            line, label = line_of[coding], " ".join(coding)
            row_id = coding_row_id(chart, line, coding)
            due = committed.get(coding, [])
            figures = self._budget_figures(row_id, label, line, coding) | {
                "posted": self._posted(row_id, label, posted.get(coding)),
                "accruals": self.figure(
                    row_id,
                    "accruals",
                    label,
                    [
                        source_of(entry, "amount", f"{entry.ref} {entry.kind} {entry.description}".strip())
                        for entry in accrued.get(coding, ())
                    ],
                ),
                "commitments": self.figure(row_id, "commitments", label, due),
                "previous": self.previous(row_id, label, coding),
            }
            known = self.known(row_id, label, figures, due, coding in registers, self._last_year(coding))
            leaf = Leaf(row_id, label, Flow.EXPENDITURE, line, category_of[line], coding[0], coding[1], "", figures)
            unfinished.append((leaf, self.method(line), known))
        yield from self.forecast(unfinished)

    def _posted(self, row_id: str, label: str, found: Postings | None) -> Figure:
        if not self.year.transactions:
            return self.missing(row_id, "posted", label, "no transactions were given")
        if found is None:
            return self.figure(row_id, "posted", label, [], "nothing was posted")
        words = f"{len(found.cells):,} transactions to {self.name}"
        return self.figure(row_id, "posted", label, [Source(words, found.total, found.cells, found.illustrative)])

    def _budget_figures(self, row_id: str, label: str, line: str, coding: Coding) -> dict[str, Figure]:
        last, budget = self.year.body.year.period_end(self.period), self._budget.get(coding)
        of_year = self._virements.get(coding, [])
        made = [v for v in of_year if v.date <= last or self.period >= MONTHS]
        first = [source_of(budget, "original", "Original budget")] if budget else []
        original = self.figure(row_id, "original", label, first, "" if first else "none was budgeted")
        if not self.year.ledgers.budget:
            original = self.missing(row_id, "original", label, "no budget was given")
        moved = [source_of(virement, "amount", f"{virement.ref} {virement.reason}") for virement in made]
        virements = self.figure(row_id, "virements", label, moved)
        revised = (original.amount or NIL) + sum((virement.amount for virement in of_year), NIL)
        name, months = self._months(line, budget, (original.amount or NIL) + (virements.amount or NIL), revised)
        gone = min(self.period, MONTHS)
        to_date = Figure(
            f"{self.name}/outturn/{row_id}/budget_to_date",
            f"{label}: {COLUMN_WORDS['budget_to_date']}",
            None if original.amount is None else sum(months[:gone], NIL),
            f"{gone} of 12 months of the budget, profile: {name}",
            (original, virements),
        )
        return {"original": original, "virements": virements, "budget_to_date": to_date}

    def _months(
        self, line: str, budget: BudgetLine | None, current: Decimal, revised: Decimal
    ) -> tuple[str, Sequence[Decimal]]:
        """The budget by month, as far as the period, and the name of the profile that it falls by.

        The twelve stated figures are those of the revised budget, in which a virement still to come stands in the
        months from its date on: of the months before, they are the budget to date as they are.
        """
        own = self.rules.lines.get(line)
        name = (budget.profile_name if budget else "") or (own.profile if own else None) or self.rules.profile
        if name == "stated":
            stated = stated_months(budget, revised) if budget else None
            return ("stated", stated) if stated else ("twelfths", share(current, TWELFTHS))
        last_year = self._last_years.get(budget.coding) if budget else None
        weights = weights_of(name, self.year.body.year, self.rules.weights, last_year)
        return (name, share(current, weights)) if weights else (f"twelfths, no {name}", share(current, TWELFTHS))

    def _last_year(self, coding: Coding) -> Sequence[Decimal] | None:
        found = self._last_years.get(coding)
        known = [month for month in found.months if month is not None] if found else []
        return known if len(known) == MONTHS else None


R = TypeVar("R", bound=OnCode)


def _by_code(records: Iterable[R]) -> dict[Coding, list[R]]:
    """Records by the cost centre and account that they are on."""
    found: dict[Coding, list[R]] = {}
    for record in records:
        found.setdefault(record.coding, []).append(record)
    return found
