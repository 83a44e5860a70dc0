"""A year that is rolled forward, and what its plan's first year comes to on each line, savings in it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell
from breakeven.ledger.provenance import Figure
from breakeven.ledger.targets import lines_named
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL, pounds, share, to_pence
from breakeven.monitoring.outturn import Outturn
from breakeven.periods import Year
from breakeven.plan.effects import change_since
from breakeven.plan.model import BESIDE_THE_SCHEMES
from breakeven.plan.mtfp import Plan

IsIllustrative = Callable[[Figure], bool]

NEW = Cell("roll-forward", "", "")
"""Where a record that is made here stands until it is written."""


class OpenPlanError(ValueError):
    """What next year's folder needs is open, or has nowhere to stand; the message says what."""


@dataclass(frozen=True)
class Rolling:
    """A year, what it comes to, and its plan: what next year's records are made from."""

    year: ContractYear
    expected: Outturn
    plan: Plan
    is_illustrative: IsIllustrative

    @property
    def old(self) -> Year:
        """The year that is over."""
        return self.year.body.year

    @property
    def new(self) -> Year:
        """The year that begins."""
        return self.plan.years[0]

    def moved(self) -> dict[str, Decimal]:
        """What the first year comes to on each line of income and expenditure, savings and investments in it."""
        gross = {line.start.id: self.known(line.years[self.new]) for line in self.plan.lines}
        income = {start.id for start in self.plan.basis.income}
        moved = dict(gross)
        held = self.plan.basis.standing.held
        schemes = [scheme for scheme in self.plan.model.schemes if scheme.ref not in BESIDE_THE_SCHEMES]
        changes = [(each.ref, each.line, held.get(each.ref, NIL) - each.planned[0]) for each in schemes]
        changes += [(i.ref, i.line, change_since(self.old, self.new, i)) for i in self.year.ledgers.investments]
        for ref, name, amount in changes:
            if not amount:
                continue
            lines = [line for line in lines_named(name, self.year.body) if line in gross]
            if not lines:
                raise OpenPlanError(f"{ref} is of {name!r}, and the plan has no such line to put it on")
            weights = [max(to_pence(gross[line]), 0) for line in lines]
            for line, part in zip(
                lines, share(pounds(amount), weights if any(weights) else [1] * len(lines)), strict=True
            ):
                moved[line] += -part if line in income else part
        return moved

    def known(self, figure: Figure) -> Decimal:
        """A figure in exact pence. Raises OpenPlanError where it is open."""
        if figure.amount is None:
            raise OpenPlanError(f"{figure.label} is open: {figure.rule}")
        return pounds(figure.amount)

    @property
    def source(self) -> str:
        """What a record that the plan makes names as its source."""
        return f"Plan {self.old}"

    def mark(self, *figures: Figure) -> Any:
        """The basis of a record that is made of some figures: illustrative, or blank."""
        return "illustrative" if any(map(self.is_illustrative, figures)) else ""

    def of_plan(self, line: str) -> Figure:
        """What the plan's first year has on a line."""
        return next(each.years[self.new] for each in self.plan.lines if each.start.id == line)
