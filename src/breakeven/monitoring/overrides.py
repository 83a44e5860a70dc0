"""Forecasts set by hand: the latest for each line, and what it leaves for the rest of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Source, source_of
from breakeven.ledger.registers import ForecastOverride
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL, share, to_pence
from breakeven.monitoring.forecast import Known, Rest
from breakeven.periods import MONTHS


@dataclass(frozen=True, slots=True)
class ByHand:
    """A line's outturn as somebody forecasts it: the whole year's, so that what is posted becomes part of it."""

    override: ForecastOverride

    @property
    def source(self) -> Source:
        """Its amount, with who set it and why."""
        said = self.override
        by = f" by {said.author}" if said.author else ""
        on = f" on {said.date:%d/%m/%Y}" if said.date else ""
        return source_of(said, "amount", f"Set{by}{on}: {said.reason or 'no reason given'}")

    def rests(self, parts: Sequence[Known]) -> list[Rest]:
        """What is left of it for each part of the line: the forecast less all actuals, shared by current budget.

        Equal shares where nothing is budgeted; nil once P12 is closed; open where an actual is missing.
        """
        rule = "the forecast set for the line − its actual to date, by current budget"
        used = (self.source,)
        actuals = [part.actual.amount for part in parts]
        known = [amount for amount in actuals if amount is not None]
        if parts[0].period >= MONTHS:
            return [Rest(NIL, "manual", "no period is left", ()) for _ in parts]
        if len(known) < len(actuals):
            return [Rest(None, "manual", rule, used) for _ in parts]
        weights = [abs(to_pence(part.budget.amount or NIL)) for part in parts]
        shares = share(self.override.amount - sum(known, Decimal(0)), weights if any(weights) else [1] * len(parts))
        return [Rest(amount, "manual", rule, (*used, part.actual)) for amount, part in zip(shares, parts, strict=True)]


def overrides_at(year: ContractYear, period: int) -> Mapping[str, ByHand]:
    """The override in force at a period by the id of its line or income row: the latest made by then."""
    found: dict[str, ForecastOverride] = {}
    for override in year.ledgers.overrides:
        row_id = row_named(override.line, year)
        if override.period <= period and (row_id not in found or override.period >= found[row_id].period):
            found[row_id] = override
    return {row_id: ByHand(override) for row_id, override in found.items()}


def row_named(name: str, year: ContractYear) -> str:
    """The id of the line, source of income or variation that a register names; the name as an id where it is none."""
    subject = year.subjects.get(slug(name))
    return subject.id if subject else slug(name)
