"""What a body has settled for its month ends: profiles, forecast methods, tolerances, limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

Method = Literal["budget", "run rate", "profile", "last year", "commitment", "manual"]
"""How the rest of a year is forecast."""
METHODS: tuple[Method, ...] = get_args(Method)

PROFILES = ("stated", "twelfths", "days", "last year")
"""The profiles that need no weights: the budget's own twelve figures, and those that a calendar or last year gives."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a forecast may be adverse before it is amber or red: the larger of an amount and a per cent of budget."""

    amount: Decimal
    percent: Decimal

    def limit(self, budget: Decimal) -> Decimal:
        """Pounds that an adverse variance may come to, exactly; the budget's sign does not matter."""
        return max(self.amount, abs(budget) * self.percent / 100)


@dataclass(frozen=True, slots=True)
class LineRules:
    """What is settled for one line, where it is not as for all of them."""

    method: Method | None = None
    profile: str | None = None
    amber: Tolerance | None = None
    red: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class MonthEndRules:
    """The rules of a month end for a whole body."""

    method: Method = "budget"
    profile: str = "stated"
    weights: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict[str, tuple[Decimal, ...]])
    """Twelve weights, P01 first, by the name of a profile."""
    amber: Tolerance = Tolerance(Decimal(25_000), Decimal(1))
    red: Tolerance = Tolerance(Decimal(100_000), Decimal(5))
    explain: Tolerance = Tolerance(Decimal(100_000), Decimal(5))
    """A line further from its budget than this, either way, must be explained before a period is closed."""
    lines: Mapping[str, LineRules] = field(default_factory=dict[str, LineRules])
    """By the id of a line, or of an income row such as ``third_party_income.home_office_funding``."""
    virement_limits: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    """The largest virement, in pounds, that each approver may approve; empty where there are no limits."""

    def method_of(self, *rows: str) -> Method:
        """How the rest of the year is forecast: by the rules of the first of these rows that has any, else of all."""
        own = next((self.lines[row] for row in rows if row in self.lines), None)
        return (own.method if own else None) or self.method

    def above_limit(self, approver: str, amount: Decimal) -> str | None:
        """Why a virement of ``amount`` pounds is above what its approver may approve, in words; None where it is not.

        Nothing is where no limits are set. Approvers are compared without case.
        """
        if not self.virement_limits:
            return None
        limits = {name.casefold(): limit for name, limit in self.virement_limits.items()}
        limit = limits.get(approver.strip().casefold())
        if limit is None:
            return f"no limit is set for {approver!r}; those with one are {', '.join(self.virement_limits)}"
        return f"£{amount:,.2f} is above the limit of {approver}, £{limit:,.2f}" if amount > limit else None


@dataclass(frozen=True, slots=True)
class WorkforceRules:
    """What is assumed of social workers' posts, in per cent."""

    asye_reduction_pct: Decimal = Decimal(20)
    """How many fewer cases a worker in their assessed and supported year has."""
    vacancy_factor_pct: Decimal = Decimal(0)
    """The part of the establishment that the budget takes to be vacant."""
