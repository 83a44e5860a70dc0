"""Invest to save: what is spent for each saving, what it saves gross and net by year, and when it is paid back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from breakeven.ledger.assumptions import Investment
from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, less, source_of, sum_figure
from breakeven.ledger.savings import Saving
from breakeven.ledger.year import ContractYear
from breakeven.money import whole_pounds
from breakeven.periods import Year, months_after, year_of
from breakeven.plan.effects import effect_in, effect_in_month, saved_in, saved_in_month
from breakeven.plan.model import View
from breakeven.plan.savings import Programme, Scheme
from breakeven.plan.schemes import Standing, share_made

HORIZON = 600
"""Months after which nothing is looked for: what is not paid back in 50 years is not."""


@dataclass(frozen=True, slots=True)
class NetYear:
    """A year in pounds: gross saving, what is invested for it, and the saving net of that; to_date: net so far."""

    gross: Figure
    invested: Figure
    net: Figure
    to_date: Figure

    def figures(self) -> Iterator[Figure]:
        """Every figure."""
        yield from (self.gross, self.invested, self.net, self.to_date)


@dataclass(frozen=True, slots=True)
class Payback:
    """One saving that something is invested in. months: from the first month of spend until it is paid back.

    months is None where it is not within 50 years.
    """

    scheme: Scheme
    investments: tuple[Investment, ...]
    years: dict[Year, NetYear]
    months: int | None


@dataclass(frozen=True, slots=True)
class Paybacks:
    """Every saving with an investment, and the whole programme, gross and net."""

    view: View
    years: tuple[Year, ...]
    rows: tuple[Payback, ...]
    totals: dict[Year, NetYear]
    """All schemes that count in a year, and every investment, whether or not it names a saving."""
    unlinked: tuple[Investment, ...]
    """Investments that name no saving."""

    def figures(self) -> Iterator[Figure]:
        """Every figure of every row."""
        for part in (*(year for row in self.rows for year in row.years.values()), *self.totals.values()):
            yield from part.figures()


def paybacks(year: ContractYear, programme: Programme, view: View = "planned") -> Paybacks:
    """What is invested in savings, and when they pay it back.

        net = gross saving − investment;  to date = the nets from the first year of spend or of saving on
        payback = the months from the first spend to the first month's end by which the saving since then, as the view
                  has it, comes to all that is invested so far, and no one-off spend is still to come

    Both are worked out in exact months: a recurrent amount is a twelfth a month, growing over its ramp; a one-off comes
    in its first month.
    """
    investments = year.ledgers.investments
    years = (programme.base, *programme.years)
    rows: list[Payback] = []
    for scheme in programme.schemes:
        own = tuple(each for each in investments if slug(each.saving) == slug(scheme.saving.ref) and each.saving)
        if own:
            months = payback_months(scheme.saving, own, share_made(scheme.saving, programme.standing, view))
            rows.append(Payback(scheme, own, _years_of(scheme, own, years, programme.standing, view), months))
    known = {slug(row.scheme.saving.ref) for row in rows}
    unlinked = tuple(each for each in investments if slug(each.saving) not in known or not each.saving)
    return Paybacks(view, years, tuple(rows), _totals(programme, investments, years, view), unlinked)


def payback_months(saving: Saving, investments: Sequence[Investment], share: Fraction) -> int | None:
    """Months until investments are paid back, from the first on; None where they are not. share: of what is planned."""
    first = min(each.start for each in investments).replace(day=1)
    last = max((each.start for each in investments if each.recurrence == "one-off"), default=first).replace(day=1)
    net = Fraction(0)
    for n in range(HORIZON):
        month = months_after(first, n)
        spent = (
            effect_in_month(month, each.amount, each.start, recurrent=each.recurrence == "recurrent")
            for each in investments
        )
        net += saved_in_month(month, saving) * share - sum(spent, Fraction(0))
        if net >= 0 and month >= last:
            return n + 1
    return None


def _invested(investment: Investment, year: Year) -> Figure:
    recurrent = investment.recurrence == "recurrent"
    label = f"{investment.ref} {investment.description}"
    return Figure(
        f"savings/investment.{slug(investment.ref)}/{year}",
        f"{label} {year.on_screen}",
        effect_in(year, investment.amount, investment.start, recurrent=recurrent),
        "the full-year amount from its start month",
        (source_of(investment, "amount", label),),
    )


def _years_of(
    scheme: Scheme, investments: Sequence[Investment], years: Sequence[Year], standing: Standing, view: View
) -> dict[Year, NetYear]:
    name = scheme.saving.ref
    before = _before(scheme.saving, investments, years[0], share_made(scheme.saving, standing, view))
    gross = {year: scheme.years[year].view(view) for year in years}
    return _net(f"savings/{slug(name)}", name, gross, investments, before)


def _before(saving: Saving, investments: Sequence[Investment], base: Year, share: Fraction) -> Decimal:
    """What the years before the base year came to, net: the saving as it is counted, less what was invested."""
    first = min(year_of(each) for each in (saving.start, *(i.start for i in investments)))
    net = Decimal(0)
    for back in range(base.start - first.start):
        year = base.later(-1 - back)
        net += whole_pounds(saved_in(year, saving) * share.numerator / share.denominator)
        net -= sum((_invested(each, year).amount or Decimal(0) for each in investments), Decimal(0))
    return net


def _totals(
    programme: Programme, investments: Sequence[Investment], years: Sequence[Year], view: View
) -> dict[Year, NetYear]:
    gross = {year: programme.totals[year].view(view) for year in years}
    return _net("savings", "Savings", gross, investments, Decimal(0))


def _net(
    stem: str, label: str, gross: dict[Year, Figure], investments: Sequence[Investment], before: Decimal
) -> dict[Year, NetYear]:
    found: dict[Year, NetYear] = {}
    brought: Figure | None = None
    for year, saved in gross.items():
        spent = sum_figure(
            f"{stem}.invested/{year}",
            f"{label} invested {year.on_screen}",
            f"the sum of {len(investments)} investments",
            [_invested(each, year) for each in investments],
        )
        net = Figure(f"{stem}.net/{year}", f"{label} net {year.on_screen}", less(saved, spent), "gross − invested",
                     (saved, spent))  # fmt: skip
        parts = (net,) if brought is None else (brought, net)
        so_far = sum((part.amount or Decimal(0) for part in parts), before if brought is None else Decimal(0))
        brought = Figure(f"{stem}.net_to_date/{year}", f"{label} net to {year.last_day:%d %B %Y}", so_far,
                         "the net of this year and all before", parts)  # fmt: skip
        found[year] = NetYear(saved, spent, net, brought)
    return found
