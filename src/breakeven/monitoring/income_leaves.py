"""The least parts of income: the contract sum, each variation and each source, at the end of one period."""

from collections.abc import Iterator, Mapping, Sequence, Set

from breakeven.drivers.commitments import contributions
from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, Source, source_of
from breakeven.money import NIL, share
from breakeven.monitoring.income import income_to_date
from breakeven.monitoring.leaf import COLUMN_WORDS, Leaf, Maker
from breakeven.monitoring.outturn import Flow
from breakeven.monitoring.profile import TWELFTHS, weights_of
from breakeven.periods import MONTHS


class IncomeLeaves(Maker):
    """What is due of the contract sum and its variations; what is earned from each third party."""

    def all(self) -> Iterator[Leaf]:
        """The contract sum, the variations, then the third parties."""
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
        self._contributors = {slug(name) for placement in ledgers.placement_register for name in placement.contributors}
        following: dict[str, list[Source]] = {}
        for source_id, source in contributions(self.year, self.period):
            following.setdefault(source_id, []).append(source)
        for record in ledgers.third_party_income:
            due = following.get(slug(record.source), [])
            yield self._third_party(record.source, source_of(record, "agreed", "agreed"), due, to_date)
        yield from self._gone({f"variations.{slug(variation.ref)}" for variation in ledgers.variations})

    def _gone(self, variations: Set[str]) -> Iterator[Leaf]:
        """What had a forecast when a period was last closed and is on no sheet any more: nil now, so that it shows."""
        sources = {f"third_party_income.{slug(record.source)}" for record in self.year.ledgers.third_party_income}
        known = {"contract_sum", *variations, *sources}
        for centre, row_id in self.when_closed or ():
            if not centre and row_id not in known:
                line, label = row_id.partition(".")[0], row_id.partition(".")[2].replace("_", " ")
                columns = ("original", "virements", "budget_to_date", "posted", "accruals", "commitments", "rest")
                figures = {column: self.figure(row_id, column, label, [], "no longer given") for column in columns}
                figures["previous"] = self.previous(row_id, label)
                yield Leaf(row_id, label, Flow.INCOME, line, "income", "", "", "no longer given", figures)

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
            self.missing(row_id, "original", label, "not given")
            if basic is None
            else self.figure(row_id, "original", label, basic)
        )
        figures = {
            "original": original,
            "virements": self.figure(row_id, "virements", label, changes),
            **{
                column: self.figure(row_id, column, label, [to_date[row_id]], "what is due by then")
                for column in ("budget_to_date", "posted")
            },
            "accruals": self.figure(row_id, "accruals", label, []),
            "commitments": self.figure(row_id, "commitments", label, []),
            "previous": self.previous(row_id, label),
        }
        known = self.known(row_id, label, figures, [], has_register=False, last_year=None)
        leaf = Leaf(row_id, label, Flow.INCOME, line, "income", "", "", "", figures)
        return next(self.forecast([(leaf, self.method(line, row_id), known)], agreed=True))

    def _third_party(self, label: str, agreed: Source, due: Sequence[Source], to_date: Mapping[str, Figure]) -> Leaf:
        row_id = f"third_party_income.{slug(label)}"
        original = self.figure(row_id, "original", label, [agreed])
        own = self.rules.lines.get(row_id) or self.rules.lines.get("third_party_income")
        name = (own.profile if own else None) or self.rules.profile
        weights = weights_of(name, self.year.body.year, self.rules.weights, None)
        months = share(agreed.amount or NIL, weights or TWELFTHS)
        gone = min(self.period, MONTHS)
        figures = {
            "original": original,
            "virements": self.figure(row_id, "virements", label, []),
            "budget_to_date": Figure(
                f"{self.name}/outturn/{row_id}/budget_to_date",
                f"{label}: {COLUMN_WORDS['budget_to_date']}",
                sum(months[:gone], NIL),
                f"{gone} of 12 months of what is agreed, profile: {name if weights else 'twelfths'}",
                (original,),
            ),
            "posted": self.figure(row_id, "posted", label, [to_date[row_id]], "what is earned by then"),
            "accruals": self.figure(row_id, "accruals", label, []),
            "commitments": self.figure(row_id, "commitments", label, due),
            "previous": self.previous(row_id, label),
        }
        known = self.known(row_id, label, figures, due, slug(label) in self._contributors, None)
        leaf = Leaf(row_id, label, Flow.INCOME, "third_party_income", "income", "", "", "", figures)
        return next(self.forecast([(leaf, self.method("third_party_income", row_id), known)]))
