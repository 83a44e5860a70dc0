"""What is assumed of one line, and what a scenario changes of it, as what moves it each year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from breakeven.drivers.units import DAYS_A_WEEK, Driver
from breakeven.ledger.assumptions import Assumption, AssumptionKind
from breakeven.ledger.scenarios import Overlay, What
from breakeven.ledger.targets import OverlayError
from breakeven.money import whole_pounds
from breakeven.periods import MONTHS, Year
from breakeven.plan.lines import Start, effect_of
from breakeven.plan.model import NIL, ONE, Moves


@dataclass(frozen=True, slots=True)
class LineMoves:
    """What moves one line, how many it has, and what others pay towards those that a scenario adds, by year."""

    moves: tuple[Moves, ...]
    numbers: tuple[Decimal | None, ...]
    """Placements or posts on average in each year, as the plan assumes them; None where the line has no driver."""
    prices: tuple[Decimal | None, ...]
    """Pounds that one of them costs for the whole of each year, as the plan assumes; None where nobody has said."""
    contributed: tuple[Decimal, ...]
    """Whole pounds of income that placements added by a scenario bring, less those of placements taken away."""


@dataclass(frozen=True, slots=True)
class _Assumed:
    """One year of a line as the plan assumes it, before any scenario."""

    moves: Moves
    growth_pct: Decimal
    inflation_pct: Decimal
    number: Decimal | None
    price: Decimal | None
    """What one costs for the whole year, in pounds."""


def line_moves(start: Start, years: Sequence[Year], overlays: Sequence[Overlay] = ()) -> LineMoves:
    """Work out what moves a line in each year.

        growth    = 1 + growth %, or number[t] / number[t-1] where a number is assumed
        inflation = (1 + inflation %) × (1 + uplift %), or price[t] / price[t-1] where a price is
        stated    = the sum assumed, or number × price where both are
        step      = sums added and carried on, and £ a head × number

    overlays: those that bear on the line. What one adds counts for the months left of its first year, and in full
    after it: a year in which something changes bears its months as they are, and hands on the level of its last month.
    Raises OverlayError where an overlay asks for a driver that the line does not have, or two set one thing.
    """
    number = start.driver.average if start.driver else None
    price = start.driver.price if start.driver else None
    moves: list[Moves] = []
    numbers: list[Decimal | None] = []
    prices: list[Decimal | None] = []
    contributed: list[Decimal] = []
    for year in years:
        assumed = _assumed(start, year, number, price)
        changed, income = _overlaid(start, year, assumed, [each for each in overlays if each.counts_in(year)])
        moves.append(changed)
        numbers.append(assumed.number)
        prices.append(assumed.price)
        contributed.append(income)
        number, price = assumed.number, _unit_price(start, year, price)
    return LineMoves(tuple(moves), tuple(numbers), tuple(prices), tuple(contributed))


# As assumed ------------------------------------------------------------------------------------------------------


def _assumed(start: Start, year: Year, number_before: Decimal | None, price_before: Decimal | None) -> _Assumed:
    growth_pct, inflation_pct = (_value(start, year, kind) or NIL for kind in ("growth", "inflation"))
    uplift = 1 + (_value(start, year, "uplift") or NIL) / 100
    growth, inflation = 1 + growth_pct / 100, (1 + inflation_pct / 100) * uplift
    said = bool(start.assumptions[year])
    number, price = _value(start, year, "number"), _unit_price(start, year, price_before)
    stated = _value(start, year, "sum")
    own_price = _find(start, year, "price")
    if stated is None and number is not None and own_price is not None:
        stated = number * _yearly(start.driver, own_price.value, own_price.unit, year)
    elif number is not None:
        said = said and bool(number_before)
        growth = number / number_before if number_before else ONE
    elif own_price is not None:
        said = said and bool(price_before)
        inflation = own_price.value / price_before if price_before else ONE
    if number is None and number_before is not None:
        number = number_before * growth
    step, flat = _value(start, year, "step") or NIL, _value(start, year, "flat")
    if flat is not None:
        said = said and number is not None
        step += flat * (number or NIL)
    pressures = sum((effect_of(pressure, year) for pressure in start.pressures), NIL)
    moves = Moves(growth, inflation, stated, ONE, NIL if stated is not None else step, pressures, said)
    unit = own_price.unit if own_price else ""
    yearly = None if price is None else _yearly(start.driver, price, unit, year)
    return _Assumed(moves, growth_pct, inflation_pct, number, yearly)


def _find(start: Start, year: Year, kind: AssumptionKind) -> Assumption | None:
    return next((each for each in start.assumptions[year] if each.kind == kind), None)


def _value(start: Start, year: Year, kind: AssumptionKind) -> Decimal | None:
    found = _find(start, year, kind)
    return None if found is None else found.value


def _unit_price(start: Start, year: Year, before: Decimal | None) -> Decimal | None:
    """What one costs, a week or a year as its unit is: as assumed, or that of the year before with inflation."""
    own = _value(start, year, "price")
    if own is not None or before is None:
        return own
    rates = [_value(start, year, kind) or NIL for kind in ("inflation", "uplift")]
    return before * (1 + rates[0] / 100) * (1 + rates[1] / 100)


def _yearly(driver: Driver | None, price: Decimal, unit: str, year: Year) -> Decimal:
    """Pounds for the whole of a year at a price a week or a year."""
    weekly = unit == "£ a week" if unit or driver is None else driver.unit == "placement"
    return price * year.days / DAYS_A_WEEK if weekly else price


# As a scenario changes it ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """Some months of a year under the overlays that count in them, as a whole year of them would be."""

    weight: Decimal
    growth: Decimal
    inflation: Decimal
    times: Decimal
    added: Decimal
    units: Decimal
    contributed: Decimal


def _overlaid(start: Start, year: Year, assumed: _Assumed, overlays: Sequence[Overlay]) -> tuple[Moves, Decimal]:
    if not overlays:
        return assumed.moves, NIL
    own = assumed.moves
    if sums := [each for each in overlays if each.what == "amount" and each.how == "set"]:
        return _set_sum(start, year, own, sums, overlays), NIL
    begins = sorted({1, *(min(each.from_period or 1, MONTHS) for each in overlays if each.year == year)})
    parts = [
        _part(
            start,
            year,
            assumed,
            [each for each in overlays if each.year < year or (each.from_period or 1) <= first],
            weight,
        )
        for first, weight in zip(begins, _weights(begins), strict=True)
    ]
    last = parts[-1]
    carried = last.growth * last.inflation
    if own.stated is None and len(parts) > 1 and not carried:
        raise OverlayError(f"{start.label} would come to nil within {year.on_screen}; set its amount instead")
    borne = sum((part.weight * part.times * _ratio(part, carried, own) for part in parts), NIL)
    times = sum((part.weight * part.times for part in parts), NIL)
    beside = sum((part.weight * (part.added + part.units) for part in parts), NIL)
    pressures = whole_pounds(own.pressures * times) + whole_pounds(beside + own.step * (times - 1))
    said = own.is_said or any(each.what in {"growth", "inflation"} and each.how == "set" for each in overlays)
    changed = replace(
        own, growth=last.growth, inflation=last.inflation, in_year=borne, pressures=pressures, is_said=said
    )
    return changed, whole_pounds(sum((part.weight * part.contributed for part in parts), NIL))


def _ratio(part: _Part, carried: Decimal, own: Moves) -> Decimal:
    """What a part of a year bears for each pound that is carried on; a sum that is stated is not moved by rates."""
    if own.stated is not None or not carried:
        return ONE
    return part.growth * part.inflation / carried


def _weights(begins: Sequence[int]) -> list[Decimal]:
    ends = [*begins[1:], MONTHS + 1]
    return [Decimal(end - first) / MONTHS for first, end in zip(begins, ends, strict=True)]


def _part(start: Start, year: Year, assumed: _Assumed, overlays: Sequence[Overlay], weight: Decimal) -> _Part:
    own = assumed.moves
    growth, inflation = own.growth, own.inflation
    if rate := _of(overlays, "growth"):
        growth = own.growth * (1 + _folded(start, assumed.growth_pct, rate) / 100) / _factor(assumed.growth_pct)
    if rate := _of(overlays, "inflation"):
        inflation = (
            own.inflation * (1 + _folded(start, assumed.inflation_pct, rate) / 100) / _factor(assumed.inflation_pct)
        )
    times = _folded(start, ONE, [each for each in _of(overlays, "amount") if each.how == "multiply"])
    added = _folded(start, NIL, [each for each in _of(overlays, "amount") if each.how == "add"])
    units, contributed = _units(start, year, assumed, overlays, inflation)
    return _Part(weight, growth, inflation, times, added, units, contributed)


def _factor(pct: Decimal) -> Decimal:
    return 1 + pct / 100 or ONE


def _units(
    start: Start, year: Year, assumed: _Assumed, overlays: Sequence[Overlay], inflation: Decimal
) -> tuple[Decimal, Decimal]:
    """What other numbers and prices cost beyond the plan's in a whole year, and what others pay towards them."""
    numbers, prices = _of(overlays, "number"), _of(overlays, "price")
    if not numbers and not prices:
        return NIL, NIL
    driver = start.driver
    if assumed.number is None or assumed.price is None or driver is None:
        wanted = "number" if numbers else "price"
        raise OverlayError(f"{start.label} has no {wanted} of placements or posts that anybody has given")
    price = assumed.price * inflation / assumed.moves.inflation if assumed.moves.inflation else assumed.price
    unit = driver.yearly(ONE, year)
    number_after = _folded(start, assumed.number, numbers)
    price_after = _folded(start, price / unit, prices) * unit
    if number_after < 0 or price_after < 0:
        raise OverlayError(f"{start.label} would have a number or a price below nil in {year.on_screen}")
    more = number_after - assumed.number
    return number_after * price_after - assumed.number * price, more * driver.yearly(driver.contribution, year)


def _of(overlays: Sequence[Overlay], what: What) -> list[Overlay]:
    return [each for each in overlays if each.what == what]


def _folded(start: Start, value: Decimal, overlays: Sequence[Overlay]) -> Decimal:
    """A value as overlays change it, in whatever order they stand: set, then multiplied, then added to."""
    sets = [each for each in overlays if each.how == "set"]
    if len(sets) > 1:
        raise OverlayError(
            f"{start.label} has its {sets[0].what} set twice: {sets[0].in_words}, and {sets[1].in_words}"
        )
    value = sets[0].value if sets else value
    for each in overlays:
        if each.how == "multiply":
            value *= each.value
    return value + sum((each.value for each in overlays if each.how == "add"), NIL)


def _set_sum(start: Start, year: Year, own: Moves, sums: Sequence[Overlay], overlays: Sequence[Overlay]) -> Moves:
    """A sum that a scenario states is the whole line's for the year."""
    if len(sums) > 1 or len(overlays) > 1:
        raise OverlayError(f"{start.label} has its sum set for {year.on_screen}; nothing else can change it as well")
    if (sums[0].from_period or 1) > 1 and sums[0].year == year:
        raise OverlayError(f"a sum is set for a whole year, so not from {sums[0].in_words.rpartition(' ')[2]}")
    return replace(own, stated=sums[0].value, in_year=ONE, step=NIL, pressures=NIL, is_said=True)
