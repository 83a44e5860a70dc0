"""What moves one line each year: what is assumed of it, as a scenario changes that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from breakeven.ledger.changes import WHERE
from breakeven.ledger.scenarios import MOST, Overlay, What
from breakeven.ledger.targets import OverlayError
from breakeven.money import nearest_pound
from breakeven.periods import MONTHS, Year
from breakeven.plan.assumed import Assumed, Price, Units, assumed_in, raised
from breakeven.plan.folded import Borne, folded, of_one
from breakeven.plan.lines import Start
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


def line_moves(start: Start, years: Sequence[Year], overlays: Sequence[Borne] = ()) -> LineMoves:
    """Work out what moves a line in each year: as ``assumed_in`` has it, and as a scenario changes that.

    overlays: those that bear on the line. What one adds counts for the months left of its first year, and in full
    after it: a year in which something changes bears its months as they are, and hands on the level of its last month.
    Raises OverlayError where an overlay asks for a driver that the line does not have, or two set one thing.
    """
    driver = start.driver
    price = None if driver is None or driver.price is None else Price(driver.price, driver.unit == "placement")
    planned = changed = Units(driver.average if driver else None, price)
    moves: list[Moves] = []
    numbers: list[Decimal | None] = []
    prices: list[Price | None] = []
    contributed: list[Decimal] = []
    for year in years:
        assumed = assumed_in(start, year, planned)
        borne = [each for each in overlays if each.overlay.counts_in(year)]
        moved, changed, income = _overlaid(start, year, assumed, (planned, changed), borne)
        planned = assumed.units
        moves.append(moved)
        numbers.append(planned.number)
        prices.append(planned.price)
        contributed.append(income)
    return LineMoves(tuple(moves), tuple(numbers), tuple(prices), tuple(contributed))


@dataclass(frozen=True, slots=True)
class _Part:
    """Some months of a year under the overlays that count in them, as a whole year of them would be."""

    months: int
    growth: Decimal
    inflation: Decimal
    times: Decimal
    added: Decimal
    contributed: Decimal
    units: Units
    """How many there are and what one costs at these rates, before an overlay changes either."""

    @property
    def carried(self) -> Decimal:
        """What is carried on of each pound, were the year to end like this."""
        return self.growth * self.inflation


def _overlaid(
    start: Start, year: Year, assumed: Assumed, before: tuple[Units, Units], borne: Sequence[Borne]
) -> tuple[Moves, Units, Decimal]:
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
    pressures = nearest_pound(own.pressures * times) + nearest_pound(beside + own.step * (times - 1))
    said = own.is_said or any(each.what in RATES and each.how == "set" for each in (one.overlay for one in borne))
    moved = replace(
        own, growth=last.growth, inflation=last.inflation, in_year=borne_part, pressures=pressures, is_said=said
    )
    return moved, last.units, nearest_pound(_over_months((part.contributed, part) for part in parts))


def _set_sum(start: Start, year: Year, assumed: Assumed, borne: Sequence[Borne]) -> Assumed:
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
    start: Start, year: Year, assumed: Assumed, before: tuple[Units, Units], months: int, borne: Sequence[Borne]
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


def _units(assumed: Assumed, before: tuple[Units, Units], rates: tuple[Decimal, Decimal], year: Year) -> Units:
    """How many a line has and what one costs at some rates, after those of the years before: as its level is moved."""
    (planned, changed), own, units = before, assumed.moves, assumed.units
    if own.stated is not None or (planned == changed and rates == (own.growth, own.inflation)):
        return units
    number, price = units.number, units.price
    if number is not None and changed.number is not None:
        number = changed.number * rates[0]
    if price and changed.price:
        price = raised(changed.price.like(price, year), rates[1], assumed.flat, year)
    return Units(number, price)


def _instead_of_a_number(change: Overlay) -> str:
    """What a number may be changed for where there is none; of what was typed, what was meant: ``pay=4%`` for ``4``."""
    if change.at.workbook != WHERE:
        return "; 4% is of its inflation, +£250k of its pounds"
    rate = change.value if abs(change.value) >= 1 else 100 * change.value
    sign = "+" if change.how == "add" and rate > 0 else ""
    return f": did you mean {change.line}={sign}{rate.normalize():f}%, of inflation? +£250k is of its pounds"


def _beside(start: Start, year: Year, units: Units, borne: Sequence[Borne]) -> tuple[Decimal, Decimal]:
    """What other numbers and prices cost beyond the plan's in a whole year, and what others pay towards them.

    (n + Δn) × (p + Δp) − n × p
    """
    numbers, prices = of_one(borne, "number"), of_one(borne, "price")
    if not numbers and not prices:
        return NIL, NIL
    number, price, driver = units.number, units.price, start.driver
    if number is None or price is None:
        missing = "number" if number is None else "price"
        instead = _instead_of_a_number(numbers[0]) if missing == "number" and numbers else ""
        raise OverlayError(f"{start.label} has no {missing} of placements or posts that anybody has given{instead}")
    number_after = _reached(start, year, number, numbers)
    price_after = replace(price, amount=_reached(start, year, price.amount, prices))
    contribution = driver.yearly(driver.contribution, year) if driver else NIL
    cost = price_after.over(year, number_after) - price.over(year, number)
    return cost, (number_after - number) * contribution
