"""How a year's budget falls over its months."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from breakeven.ledger.lines import BudgetLine, LastYearLine
from breakeven.money import share
from breakeven.periods import MONTHS, Year

TWELFTHS = (1,) * MONTHS


def days_of_months(year: Year) -> tuple[int, ...]:
    """How many days each period has, P01 first: 366 in all where the year holds a 29 February."""
    return tuple(year.period_end(period).day for period in range(1, MONTHS + 1))


def weights_of(
    name: str, year: Year, named: Mapping[str, Sequence[Decimal]], last_year: LastYearLine | None
) -> tuple[int, ...] | None:
    """Twelve weights of a profile, P01 first; None where the profile cannot be told, such as a last year not given.

    named: the weights that a body has settled, by the name of the profile.
    """
    if name == "twelfths":
        return TWELFTHS
    if name == "days":
        return days_of_months(year)
    if name == "last year":
        return None if last_year is None else whole_weights(last_year.months)
    return whole_weights(named[name]) if name in named else None


def whole_weights(figures: Sequence[Decimal | None]) -> tuple[int, ...] | None:
    """Figures as whole numbers in the same proportions; None where one is missing or negative, or all are nil."""
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures) or any(figure < 0 for figure in known) or not any(known):
        return None
    places = max(-int(figure.as_tuple().exponent) for figure in known)
    return tuple(int(figure.scaleb(max(places, 0))) for figure in known)


def stated_months(line: BudgetLine, revised: Decimal) -> list[Decimal] | None:
    """The revised budget by month as the budget's own twelve figures have it; None where a month is blank.

    What the revised budget has beyond the twelve (a virement that nobody has put in the months) falls over them as
    they do, or by twelfths where they are nil or negative.
    """
    months = [month for month in line.months if month is not None]
    if len(months) < MONTHS:
        return None
    beyond = revised - sum(months, Decimal(0))
    if not beyond:
        return months
    extra = share(beyond, whole_weights(months) or TWELFTHS)
    return [month + part for month, part in zip(months, extra, strict=True)]
