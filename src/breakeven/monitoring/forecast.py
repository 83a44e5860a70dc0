"""How the rest of a year is forecast, line by line: each method from what is known by the end of one period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from breakeven.ledger.provenance import Figure, Source
from breakeven.ledger.rules import Method
from breakeven.money import PENNY
from breakeven.periods import MONTHS

LEAST_TO_DATE = 100
"""A budget to date of less than one part in so many says nothing of the rest: pence would be made millions."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the year can be forecast from, of one code or source of income, at the end of one period.

    All figures are positive as records are. None is open: a figure it needs is missing.
    """

    period: int
    budget: Figure
    budget_to_date: Figure
    actual: Figure
    """Posted and accrued to date."""
    commitments: Sequence[Source]
    has_register: bool
    """Whether what is committed of it is kept in a register, so that none means none."""
    last_year: Sequence[Decimal] | None
    """Last year's twelve months, where all are known."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The forecast of the periods still to come, in pounds, and how it was made."""

    amount: Decimal | None
    method: str
    """The method asked for; or the budget, and for want of what."""
    rule: str
    parts: tuple[Figure | Source, ...]


def rest_of_year(method: Method, known: Known) -> Rest:
    """The periods after ``known.period`` by one method; nil once P12 is closed, whatever the method.

        budget:     current budget − budget to date
        run rate:   actual to date × periods left ÷ periods gone
        profile:    actual to date × budget of the rest ÷ budget to date
        last year:  actual to date × last year's rest ÷ last year to the same period
        commitment: what is committed for the rest of the year

    What has been posted is never in it: a forecast gives way to actuals as they land. Where a method lacks what it
    needs, the budget of the rest is taken, and ``method`` says so. Whole pence, halves away from zero. A forecast by
    hand (``manual``) is for a whole line: see ``by_hand``.
    """
    if known.period >= MONTHS:
        return Rest(Decimal("0.00"), method, "no period is left", ())
    return _BY_METHOD.get(method, _by_budget)(known)


def _by_run_rate(known: Known) -> Rest:
    left = MONTHS - known.period
    rule = f"actual to date × {left} ÷ {known.period}"
    return _scaled("run rate", known.actual, Fraction(left, known.period), rule, (known.actual,))


def _by_commitment(known: Known) -> Rest:
    if not known.has_register:
        return _without_register(known)
    rule = f"the sum of {len(known.commitments)} commitments"
    amount = sum((part.amount or Decimal(0) for part in known.commitments), Decimal("0.00"))
    return Rest(amount, "commitment", rule, tuple(known.commitments))


def _without_register(known: Known) -> Rest:
    """Orders alone say little of a year: the budget of the rest, or the orders where they are more than that."""
    ordered = sum((part.amount or Decimal(0) for part in known.commitments), Decimal("0.00"))
    by_budget = _by_budget(known, "budget, no register")
    if by_budget.amount is None or by_budget.amount >= ordered:
        return by_budget
    return Rest(ordered, "commitment", "orders, which are more than the budget of the rest", tuple(known.commitments))


def _by_budget(known: Known, method: str = "budget") -> Rest:
    budget, to_date = known.budget.amount, known.budget_to_date.amount
    amount = None if budget is None or to_date is None else budget - to_date
    return Rest(amount, method, "current budget − budget to date", (known.budget, known.budget_to_date))


def _by_profile(known: Known) -> Rest:
    budget, to_date = known.budget.amount, known.budget_to_date.amount
    if budget is None or to_date is None or abs(to_date) * LEAST_TO_DATE < abs(budget) or not to_date:
        return _by_budget(known, "budget, little to date")
    factor = Fraction(budget - to_date) / Fraction(to_date)
    rule = "actual to date × budget of the rest ÷ budget to date"
    return _scaled("profile", known.actual, factor, rule, (known.actual, known.budget, known.budget_to_date))


def _by_last_year(known: Known) -> Rest:
    months = known.last_year
    gone = sum(months[: known.period], Decimal(0)) if months else Decimal(0)
    if not months or not gone:
        return _by_budget(known, "budget, no last year")
    after = sum(months[known.period :], Decimal(0))
    rule = f"actual to date × {after:,} ÷ {gone:,}, as last year fell after and up to the period"
    return _scaled("last year", known.actual, Fraction(after) / Fraction(gone), rule, (known.actual,))


def _scaled(method: str, actual: Figure, factor: Fraction, rule: str, parts: tuple[Figure | Source, ...]) -> Rest:
    if actual.amount is None:
        return Rest(None, method, rule, parts)
    exact = Fraction(actual.amount) * factor
    amount = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(PENNY, rounding=ROUND_HALF_UP)
    return Rest(amount, method, rule, parts)


_BY_METHOD: Mapping[Method, Callable[[Known], Rest]] = {
    "run rate": _by_run_rate,
    "profile": _by_profile,
    "last year": _by_last_year,
    "commitment": _by_commitment,
}
"""All but the budget of the rest, which also stands in for a forecast by hand that nobody has set."""
