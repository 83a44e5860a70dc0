"""What is assumed of one line in one year: what moves it, how many it has and what one of them costs."""

from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.assumptions import Assumption, AssumptionKind
from breakeven.ledger.placements import NIGHTS_A_WEEK
from breakeven.periods import Year
from breakeven.plan.lines import Start, effect_of
from breakeven.plan.model import NIL, ONE, Moves


@dataclass(frozen=True, slots=True)
class Price:
    """What one placement or post costs in pounds, a week or a year."""

    amount: Decimal
    is_weekly: bool

    def over(self, year: Year, number: Decimal = ONE) -> Decimal:
        """Pounds that so many cost for the whole of a year: 365 or 366 nights at a price a week."""
        whole = number * self.amount
        return whole * year.days / NIGHTS_A_WEEK if self.is_weekly else whole

    def like(self, other: "Price", year: Year) -> "Price":
        """The same price a week or a year as another is."""
        if self.is_weekly == other.is_weekly:
            return self
        amount = self.over(year) if self.is_weekly else self.amount * NIGHTS_A_WEEK / year.days
        return Price(amount, other.is_weekly)


@dataclass(frozen=True, slots=True)
class Units:
    """How many a line has in a year and what one costs; None where nobody has said."""

    number: Decimal | None
    price: Price | None


@dataclass(frozen=True, slots=True)
class Assumed:
    """One year of a line as the plan assumes it, before any scenario; growth and inflation however they are assumed."""

    moves: Moves
    growth_pct: Decimal
    inflation_pct: Decimal
    uplift: Decimal
    """The factor of an uplift, which inflation comes on top of."""
    flat: Decimal
    """Pounds a head that are added to what one costs a year."""
    units: Units


def assumed_in(start: Start, year: Year, before: Units) -> Assumed:
    """Work out what moves a line in a year, as assumed. before: what it had, and what one cost, the year before.

    growth    = 1 + growth %, or number[t] / number[t-1] where a number is assumed
    inflation = (1 + inflation %) × (1 + uplift %), or price[t] / price[t-1] where a price is
    stated    = the sum assumed, or number × price where both are
    step      = sums added and carried on, and £ a head × number
    """
    growth_pct, inflation_pct, uplift_pct, step, flat = (
        _value(start, year, kind) or NIL for kind in ("growth", "inflation", "uplift", "step", "flat")
    )
    uplift = 1 + uplift_pct / 100
    growth, inflation = 1 + growth_pct / 100, (1 + inflation_pct / 100) * uplift
    said = bool(start.assumptions[year])
    number, own, stated = _value(start, year, "number"), _find(start, year, "price"), _value(start, year, "sum")
    price = Price(own.value, own.unit == "£ a week") if own else raised(before.price, inflation, flat, year)
    if stated is None and number is not None and own and price:
        stated = price.over(year, number)
    elif number is not None:
        said = said and bool(before.number)
        growth = number / before.number if before.number else ONE
        growth_pct = 100 * (growth - 1)
    elif own and price:
        was = before.price.like(price, year).amount if before.price else NIL
        said = said and bool(was)
        inflation, uplift = price.amount / was if was else ONE, ONE
        inflation_pct = 100 * (inflation - 1)
    if number is None and before.number is not None:
        number = before.number * growth
    if flat:
        said = said and number is not None
        step += flat * (number or NIL)
    pressures = sum((effect_of(pressure, year) for pressure in start.pressures), NIL)
    moves = Moves(growth, inflation, stated, ONE, NIL if stated is not None else step, pressures, said)
    return Assumed(moves, growth_pct, inflation_pct, uplift, flat, Units(number, price))


def _find(start: Start, year: Year, kind: AssumptionKind) -> Assumption | None:
    return next((each for each in start.assumptions[year] if each.kind == kind), None)


def _value(start: Start, year: Year, kind: AssumptionKind) -> Decimal | None:
    found = _find(start, year, kind)
    return None if found is None else found.value


def raised(price: Price | None, inflation: Decimal, flat: Decimal, year: Year) -> Price | None:
    """A price with a year's inflation, and with a flat award in pounds a year."""
    if price is None:
        return None
    award = Price(flat, is_weekly=False).like(price, year)
    return Price(price.amount * inflation + award.amount, price.is_weekly)
