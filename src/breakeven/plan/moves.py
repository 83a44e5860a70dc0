"""What is assumed of one line, and what a scenario changes of it, as what moves it each year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from breakeven.drivers.units import DAYS_A_WEEK
from breakeven.ledger.assumptions import Assumption, AssumptionKind
from breakeven.ledger.scenarios import MOST, Overlay, What
from breakeven.ledger.targets import OverlayError
from breakeven.money import whole_pounds
from breakeven.periods import MONTHS, Year
from breakeven.plan.folded import Borne, folded, of_one
from breakeven.plan.lines import Start, effect_of
from breakeven.plan.model import NIL, ONE, Moves

REACH: dict[What, tuple[int, int]] = {
    "growth": (-100, 100), "inflation": (-100, 100), "number": (0, MOST["number"]), "price": (0, MOST["£"]),
    "amount": (0, MOST["times"]),
}  # fmt: skip
"""From what to what all overlays of one thing may bring it: per cent, how many, pounds each, times the amount."""


RATES: frozenset[What] = frozenset({"growth", "inflation"})


@dataclass(frozen=True, slots=True)
class LineMoves:
    """What moves one line, how many it has, and what others pay towards those that a scenario adds, by year."""

    moves: tuple[Moves, ...]
    numbers: tuple[Decimal | None, ...]
    """Placements or posts on average in each year, as the plan assumes them; None where the line has no driver."""
    prices: tuple["Price | None", ...]
    """What one of them costs in each year, as the plan assumes; None where nobody has said."""
    contributed: tuple[Decimal, ...]
    """Whole pounds of income that placements added by a scenario bring, less those of placements taken away."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one placement or post costs in pounds, a week or a year."""

    amount: Decimal
    is_weekly: bool

    def over(self, year: Year, number: Decimal = ONE) -> Decimal:
        """Pounds that so many cost for the whole of a year: 365 or 366 nights at a price a week."""
        whole = number * self.amount
        return whole * year.days / DAYS_A_WEEK if self.is_weekly else whole

    def like(self, other: "Price", year: Year) -> "Price":
        """The same price a week or a year as another is."""
        if self.is_weekly == other.is_weekly:
            return self
        amount = self.over(year) if self.is_weekly else self.amount * DAYS_A_WEEK / year.days
        return Price(amount, other.is_weekly)


@dataclass(frozen=True, slots=True)
class _Units:
    """How many a line has in a year and what one costs; None where nobody has said."""

    number: Decimal | None
    price: Price | None


@dataclass(frozen=True, slots=True)
class _Assumed:
    """One year of a line as the plan assumes it, before any scenario; growth and inflation however they are assumed."""

    moves: Moves
    growth_pct: Decimal
    inflation_pct: Decimal
    uplift: Decimal
    """The factor of an uplift, which inflation comes on top of."""
    flat: Decimal
    """Pounds a head that are added to what one costs a year."""
    units: _Units


def line_moves(start: Start, years: Sequence[Year], overlays: Sequence[Borne] = ()) -> LineMoves:
    """Work out what moves a line in each year.

        growth    = 1 + growth %, or number[t] / number[t-1] where a number is assumed
        inflation = (1 + inflation %) × (1 + uplift %), or price[t] / price[t-1] where a price is
        stated    = the sum assumed, or number × price where both are
        step      = sums added and carried on, and £ a head × number

    overlays: those that bear on the line. What one adds counts for the months left of its first year, and in full
    after it: a year in which something changes bears its months as they are, and hands on the level of its last month.
    Raises OverlayError where an overlay asks for a driver that the line does not have, or two set one thing.
    """
    driver = start.driver
    price = None if driver is None or driver.price is None else Price(driver.price, driver.unit == "placement")
    planned = changed = _Units(driver.average if driver else None, price)
    moves: list[Moves] = []
    numbers: list[Decimal | None] = []
    prices: list[Price | None] = []
    contributed: list[Decimal] = []
    for year in years:
        assumed = _assumed(start, year, planned)
        borne = [each for each in overlays if each.overlay.counts_in(year)]
        moved, changed, income = _overlaid(start, year, assumed, (planned, changed), borne)
        planned = assumed.units
        moves.append(moved)
        numbers.append(planned.number)
        prices.append(planned.price)
        contributed.append(income)
    return LineMoves(tuple(moves), tuple(numbers), tuple(prices), tuple(contributed))


# As assumed ------------------------------------------------------------------------------------------------------


def _assumed(start: Start, year: Year, before: _Units) -> _Assumed:
    growth_pct, inflation_pct, uplift_pct, step, flat = (
        _value(start, year, kind) or NIL for kind in ("growth", "inflation", "uplift", "step", "flat")
    )
    uplift = 1 + uplift_pct / 100
    growth, inflation = 1 + growth_pct / 100, (1 + inflation_pct / 100) * uplift
    said = bool(start.assumptions[year])
    number, own, stated = _value(start, year, "number"), _find(start, year, "price"), _value(start, year, "sum")
    price = Price(own.value, own.unit == "£ a week") if own else _raised(before.price, inflation, flat, year)
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
    return _Assumed(moves, growth_pct, inflation_pct, uplift, flat, _Units(number, price))


def _find(start: Start, year: Year, kind: AssumptionKind) -> Assumption | None:
    return next((each for each in start.assumptions[year] if each.kind == kind), None)


def _value(start: Start, year: Year, kind: AssumptionKind) -> Decimal | None:
    found = _find(start, year, kind)
    return None if found is None else found.value


def _raised(price: Price | None, inflation: Decimal, flat: Decimal, year: Year) -> Price | None:
    """A price with a year's inflation, and with a flat award in pounds a year."""
    if price is None:
        return None
    award = Price(flat, is_weekly=False).like(price, year)
    return Price(price.amount * inflation + award.amount, price.is_weekly)


# As a scenario changes it ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """Some months of a year under the overlays that count in them, as a whole year of them would be."""

    months: int
    growth: Decimal
    inflation: Decimal
    times: Decimal
    added: Decimal
    contributed: Decimal
    units: _Units
    """How many there are and what one costs at these rates, before an overlay changes either."""

    @property
    def carried(self) -> Decimal:
        """What is carried on of each pound, were the year to end like this."""
        return self.growth * self.inflation


def _overlaid(
    start: Start, year: Year, assumed: _Assumed, before: tuple[_Units, _Units], borne: Sequence[Borne]
) -> tuple[Moves, _Units, Decimal]:
    """The year's moves, what the line has and what one costs by its end, and what others pay for what is added.

    before: the same as planned, and as changed, by the end of the year before.
    """
    assumed = _set_sum(start, year, assumed, borne)
    own = assumed.moves
    begins = sorted({1, *(each.overlay.from_period or 1 for each in borne if each.overlay.year == year)})
    parts = [
        _part(start, year, assumed, before, months, [each for each in borne if _counts_from(each, year) <= first])
        for first, months in zip(begins, _months(begins), strict=True)
    ]
    last = parts[-1]
    if not borne:
        return own, last.units, NIL
    if own.stated is None and not last.carried and any(part.carried for part in parts):
        raise OverlayError(f"{start.label} would come to nil within {year.on_screen}; set its amount instead")
    borne_part = _over_months((part.times * _ratio(part, last, own), part) for part in parts)
    times = _over_months((part.times, part) for part in parts)
    beside = _over_months((part.added, part) for part in parts)
    pressures = whole_pounds(own.pressures * times) + whole_pounds(beside + own.step * (times - 1))
    said = own.is_said or any(each.what in RATES and each.how == "set" for each in (one.overlay for one in borne))
    moved = replace(
        own, growth=last.growth, inflation=last.inflation, in_year=borne_part, pressures=pressures, is_said=said
    )
    return moved, last.units, whole_pounds(_over_months((part.contributed, part) for part in parts))


def _set_sum(start: Start, year: Year, assumed: _Assumed, borne: Sequence[Borne]) -> _Assumed:
    """The year with a sum that a scenario states, which is the whole line's: no step or pressure is beside it."""
    sums = [each for each in of_one(borne, "amount") if each.how == "set"]
    if not sums:
        return assumed
    if (sums[0].from_period or 1) > 1 and sums[0].year == year:
        raise OverlayError(f"a sum is set for a whole year, so {start.label} cannot be set {sums[0].span}")
    stated = folded(start.label, NIL, sums)
    return replace(assumed, moves=replace(assumed.moves, stated=stated, step=NIL, pressures=NIL, is_said=True))


def _counts_from(borne: Borne, year: Year) -> int:
    return borne.overlay.from_period or 1 if borne.overlay.year == year else 1


def _months(begins: Sequence[int]) -> list[int]:
    ends = [*begins[1:], MONTHS + 1]
    return [end - first for first, end in zip(begins, ends, strict=True)]


def _over_months(parts: Iterable[tuple[Decimal, _Part]]) -> Decimal:
    """What a year bears of what each part of it would bear in a whole one."""
    return sum((amount * part.months for amount, part in parts), NIL) / MONTHS


def _ratio(part: _Part, last: _Part, own: Moves) -> Decimal:
    """What a part of a year bears for each pound that is carried on; a sum that is stated is not moved by rates."""
    if own.stated is not None or part.carried == last.carried:
        return ONE
    return part.carried / last.carried


def _part(
    start: Start, year: Year, assumed: _Assumed, before: tuple[_Units, _Units], months: int, borne: Sequence[Borne]
) -> _Part:
    own = assumed.moves
    growth_pct = _reached(start, year, assumed.growth_pct, of_one(borne, "growth"))
    inflation_pct = _reached(start, year, assumed.inflation_pct, of_one(borne, "inflation"))
    growth = own.growth if growth_pct == assumed.growth_pct else 1 + growth_pct / 100
    inflation = own.inflation if inflation_pct == assumed.inflation_pct else (1 + inflation_pct / 100) * assumed.uplift
    sums = of_one(borne, "amount")
    times = _reached(start, year, ONE, [each for each in sums if each.how == "multiply"])
    added = folded(start.label, NIL, [each for each in sums if each.how == "add"])
    units = _units(assumed, before, (growth, inflation), year)
    more, contributed = _beside(start, year, units, borne)
    return _Part(months, growth, inflation, times, added + more, contributed, units)


def _reached(start: Start, year: Year, value: Decimal, overlays: Sequence[Overlay]) -> Decimal:
    """A value as overlays of one thing change it. Raises OverlayError where they bring it out of reach."""
    if not overlays:
        return value
    what, reached = overlays[0].what, folded(start.label, value, overlays)
    least, most = REACH[what]
    if not least <= reached <= most:
        word = "a factor on its amount" if what == "amount" else f"its {what}"
        would = f"{start.label} would have {round(reached, 2).normalize():,f} as {word} in {year.on_screen}"
        raise OverlayError(f"{would}, which is not from {least:,} to {most:,}")
    return reached


def _units(assumed: _Assumed, before: tuple[_Units, _Units], rates: tuple[Decimal, Decimal], year: Year) -> _Units:
    """How many a line has and what one costs at some rates, after those of the years before: as its level is moved."""
    (planned, changed), own, units = before, assumed.moves, assumed.units
    if own.stated is not None or (planned == changed and rates == (own.growth, own.inflation)):
        return units
    number, price = units.number, units.price
    if number is not None and changed.number is not None:
        number = changed.number * rates[0]
    if price and changed.price:
        price = _raised(changed.price.like(price, year), rates[1], assumed.flat, year)
    return _Units(number, price)


def _beside(start: Start, year: Year, units: _Units, borne: Sequence[Borne]) -> tuple[Decimal, Decimal]:
    """What other numbers and prices cost beyond the plan's in a whole year, and what others pay towards them.

    (n + Δn) × (p + Δp) − n × p
    """
    numbers, prices = of_one(borne, "number"), of_one(borne, "price")
    if not numbers and not prices:
        return NIL, NIL
    number, price, driver = units.number, units.price, start.driver
    if number is None or price is None:
        missing = "number" if number is None else "price"
        raise OverlayError(f"{start.label} has no {missing} of placements or posts that anybody has given")
    number_after = _reached(start, year, number, numbers)
    price_after = replace(price, amount=_reached(start, year, price.amount, prices))
    contribution = driver.yearly(driver.contribution, year) if driver else NIL
    cost = price_after.over(year, number_after) - price.over(year, number)
    return cost, (number_after - number) * contribution
