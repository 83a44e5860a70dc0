"""The year after this one as its records begin: what this year closed at and what its plan says of that year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from breakeven.ledger.activity import Activity
from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError, target_of
from breakeven.ledger.year import ContractYear, Ledgers
from breakeven.money import pounds
from breakeven.monitoring.outturn import Outturn
from breakeven.periods import Year, year_of
from breakeven.plan.mtfp import Plan
from breakeven.plan.rolled_income import balances, contract_sum, third_party_income
from breakeven.plan.rolled_indicators import indicators_of
from breakeven.plan.rolled_spend import budget, last_year, reversals
from breakeven.plan.rolling import NEW, IsIllustrative, Rolling

_FINISHED = ("delivered", "not deliverable")


@dataclass(frozen=True, slots=True)
class Rolled:
    """Next year's records, in the order of this year's; and what had to be left to a person, in words."""

    year: Year
    ledgers: Ledgers
    left: tuple[str, ...]


def roll_forward(year: ContractYear, expected: Outturn, plan: Plan, is_illustrative: IsIllustrative) -> Rolled:
    """The records that the year after ``year`` begins with. expected: what ``plan`` starts from.

        opening balance = last close = this year's closing balance
        contract sum = the plan's of its first year; no variations, which it holds
        agreed of each source = the plan's third-party income, shared by what each source came to; nothing received
        budget of a line = the plan's gross − savings planned on it + investments in it, shared by the outturn of its
            codes in exact pence, each over its months as this year's budget fell
        reversals = what P12 and P13 hold of accruals and prepayments, undone in the new P01 or when they say

    A saving, pressure or investment on several lines is shared by their gross; a saving of income adds to it. So the
    budget's position is that of the plan's first year, as planned, to the penny. Assumptions, overlays, pressures and
    investments of later years are kept as they stand, and so are savings that start later or are not finished, grants
    that go on and orders not invoiced. What is made of illustrative figures is marked so, and third-party income
    wherever it is shared out. Raises OpenPlanError where the closing balance or a line of the first
    year is open, or a line has a budget and no code to put it on.
    """
    of = Rolling(year, expected, plan, is_illustrative)
    ledgers = of.year.ledgers
    moved = of.moved()
    savings = tuple(_savings(of))
    kept = {slug(each.ref) for each in savings}
    last_night = of.old.last_day
    undone, left = reversals(of)
    new = Ledgers(
        contract_sums=(contract_sum(of, moved),),
        third_party_income=tuple(third_party_income(of, moved)),
        grants=tuple(each for each in ledgers.grants if each.end is None or each.end > last_night),
        balances=tuple(balances(of)),
        budget=tuple(budget(of, moved)),
        activity=tuple(_activity(of)),
        last_year=tuple(last_year(of)),
        accruals=undone,
        orders=tuple(each for each in ledgers.orders if each.invoiced is None or each.invoiced > last_night),
        assumptions=tuple(each for each in ledgers.assumptions if each.year > of.new),
        pressures=tuple(each for each in ledgers.pressures if year_of(each.start) > of.old),
        savings=savings,
        deliveries=tuple(each for each in ledgers.deliveries if slug(each.saving) in kept),
        investments=tuple(each for each in ledgers.investments if year_of(each.start) > of.old),
        scenarios=tuple(each for each in ledgers.scenarios if _bears(of, each, savings)),
        uncertainty=ledgers.uncertainty,
        correlations=ledgers.correlations,
        placements=_latest(ledgers.placements),
        placement_register=tuple(p for p in ledgers.placement_register if p.end is None or p.end > last_night),
        posts=_latest(ledgers.posts),
        post_register=tuple(p for p in ledgers.post_register if p.filled_to is None or p.filled_to > last_night),
        post_costs=ledgers.post_costs,
        caseloads=ledgers.caseloads,
        **indicators_of(ledgers, of.old),
    )
    return Rolled(of.new, new, left)


def _savings(of: Rolling) -> Iterator[Saving]:
    """Schemes that start after this year, are not finished, or are what a kept investment is for."""
    paid_for = {i.saving for i in of.year.ledgers.investments if year_of(i.start) > of.old}
    for saving in of.year.ledgers.savings:
        is_open = year_of(saving.start) > of.old or saving.status not in _FINISHED
        if is_open or saving.ref in paid_for:
            yield saving


def _bears(of: Rolling, overlay: Overlay, savings: Sequence[Saving]) -> bool:
    """Whether a scenario's row still changes something: a later year, of a line or saving that is kept."""
    if overlay.last is not None and overlay.last <= of.new:
        return False
    try:
        target_of(overlay, replace(of.year.body, year=of.new), savings)
    except OverlayError:
        return False
    return True


def _activity(of: Rolling) -> Iterator[Activity]:
    """How many placements or posts the budget of a line is for, and what one costs, as the plan has them."""
    for start in of.plan.basis.expenditure:
        driver, moves = start.driver, of.plan.basis.moves[start.id]
        number = moves.numbers[0]
        if driver is None or driver.price is None or number is None:
            continue
        own = next((each for each in start.assumptions[of.new] if each.kind == "price"), None)
        price = own.value if own else driver.price * moves.moves[0].inflation
        yield Activity(
            at=NEW, line=start.label, state="budget", type=start.label, unit=driver.unit,
            number=round(number, 4), price=pounds(price),
            basis="illustrative" if any(source.illustrative for source in driver.sources) else "",
        )  # fmt: skip


def _latest(records: Sequence[Any]) -> tuple[Any, ...]:
    """The rows of the last month that there is."""
    last = max((record.month for record in records), default=None)
    return tuple(record for record in records if record.month == last)
