"""A thing to be solved for by its name: ``contract_sum``, ``pay``, ``residential.number``, ``S24-03.delivery``."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from breakeven.ledger.assumptions import AssumptionKind
from breakeven.ledger.changes import Span, name_and_what, unknown_name
from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import MOST, How, What
from breakeven.ledger.targets import (
    ALL_SCHEMES,
    INCOME_LINES,
    OverlayError,
    label_of,
    lines_named,
    schemes_named,
    target_of,
)
from breakeven.periods import Year
from breakeven.plan.folded import folded, of_one
from breakeven.plan.levers import SAVING, STEPS, Lever, Values
from breakeven.plan.model import NIL, ONE
from breakeven.plan.overlays import parts_delivered
from breakeven.plan.setting import Setting

WHOLE = Decimal(100)
"""Per cent of a saving, and the most that a rate may be."""

MANY_TIMES = 10
"""How many times what there is an answer may be, of a sum, price or number that has no bound of its own."""


INSTEAD_OF: dict[What, frozenset[AssumptionKind]] = {
    "growth": frozenset({"sum", "number"}), "inflation": frozenset({"sum", "price"}),
}  # fmt: skip
"""Assumptions of a year that leave a rate no bearing on it, or say it in another way."""

MOVED_BY: dict[What, What] = {"number": "growth", "price": "inflation"}


def named_lever(text: str, setting: Setting, span: Span, step: Decimal | None = None) -> Lever:
    """What is to be solved for, by name, between its bounds.

    ``NAME.WHAT`` sets one thing of a line, category, group, line of income, saving or priority: inflation or growth
    from -100 to 100 per cent, a number or a price from nil, the amount of one line in its first year (later years
    follow by what is assumed of them), delivery from nil to 100 per cent. ``NAME.WHAT+`` adds to what each year has
    instead. Without WHAT a line of income is solved for its amount, a saving for its delivery, any other for its
    inflation. Raises ValueError where there is no such thing, with the nearest.
    """
    said = text.strip()
    how: How = "add" if said.endswith("+") else "set"
    name, what = name_and_what(said.removesuffix("+").strip())
    body, savings = setting.basis.year.body, setting.basis.year.ledgers.savings
    lines, schemes = lines_named(name, body), schemes_named(name, savings)
    if slug(name) == ALL_SCHEMES and not schemes:
        raise ValueError(f"{text!r}: the plan has no savings, so none that could be delivered")
    if not lines and not schemes:
        raise ValueError(f"{text!r}: {unknown_name(name, body, savings)}")
    what = what or ("delivery" if schemes else "amount" if slug(name) in INCOME_LINES else "inflation")
    if schemes and what != "delivery":
        raise ValueError(f"{text!r}: of a saving its delivery is solved for; a further saving is called {SAVING}")
    if what in {"number", "price", "amount"} and len(lines) > 1:
        raise ValueError(f"{text!r} is {len(lines)} lines: {what} is solved for one of them at a time")
    if schemes:
        span = (setting.basis.years[0], None, None)  # a saving is changed as a whole
    if what == "amount" and how == "set":
        span = (span[0], span[1], span[0])
    name = slug(name) if lines else name
    lever = Lever(
        name=f"{name}.{what}{'+' if how == 'add' else ''}",
        label=label_of(name, body),
        line=name,
        what=what,
        how=how,
        span=span,
        step=step or STEPS[what],
        low=NIL,
        high=NIL,
    )
    target_of(lever.overlays(NIL)[0], body, savings)
    held = [_held(each, what, setting) for each in (schemes or lines)]
    low, high = _bounds(lever, held, setting)
    first = setting.places(span[0])[0]
    return replace(
        lever,
        low=low,
        high=high,
        start=(held[0][first] or NIL) if how == "set" else NIL,
        now=held[0] if all(each == held[0] for each in held) else (),
        of=_of(lines, what, setting),
    )


def values_held(text: str, setting: Setting) -> tuple[Values, ...]:
    """What a plan has of each line or saving that ``NAME.WHAT`` names, by year. ValueError where one has none."""
    name, what = name_and_what(text)
    body, savings = setting.basis.year.body, setting.basis.year.ledgers.savings
    names = schemes_named(name, savings) or lines_named(name, body)
    return tuple(_held(each, what or "inflation", setting) for each in names)


def _of(lines: Sequence[str], what: What, setting: Setting) -> str:
    """What a number is of, or what a price is for: a placement or a post, a week or a year; blank if nobody says."""
    for line in lines:
        driver, prices = setting.starts[line].driver, setting.basis.moves[line].prices
        if what == "number":
            return driver.unit if driver else ""
        if what == "price" and prices[-1]:
            return "week" if prices[-1].is_weekly else "year"
    return ""


def _held(name: str, what: What, setting: Setting) -> Values:
    """What the plan has of one line or scheme in each year, as its scenario changes it."""
    years = setting.basis.years
    if what == "delivery":
        year = setting.basis.year
        return (parts_delivered(year.ledgers.savings, setting.overlays, year.body)[name],) * len(years)
    if what == "amount":
        return setting.amounts[name]
    return tuple(
        _scenario(value, year, name, what, setting)
        for value, year in zip(_assumed(name, what, setting), years, strict=True)
    )


def _assumed(line: str, what: What, setting: Setting) -> Values:
    start, moves = setting.starts[line], setting.basis.moves[line]
    if what not in {"number", "price"}:
        said = [{each.kind: each.value for each in start.assumptions[year]} for year in setting.basis.years]
        return tuple(None if each.keys() & INSTEAD_OF[what] else each.get(what, NIL) for each in said)
    found = moves.numbers if what == "number" else tuple(price and price.amount for price in moves.prices)
    if None in found:
        raise OverlayError(f"{start.label} has no {what} of placements or posts that anybody has given")
    return found


def _scenario(value: Decimal | None, year: Year, line: str, what: What, setting: Setting) -> Decimal | None:
    """A value of one year as the scenario changes it; None of a price or number whose rate it changes as well."""
    borne = [each for each in setting.borne.get(line, ()) if each.overlay.counts_in(year)]
    if value is None or (what in MOVED_BY and of_one(borne, MOVED_BY[what])):
        return None
    return folded(line, value, of_one(borne, what))


def _bounds(lever: Lever, held: Sequence[Values], setting: Setting) -> tuple[Decimal, Decimal]:
    """The least and the most that a lever may be; what it adds, either way as far as what it sets."""
    if lever.unit == "%":
        top = WHOLE
    else:
        known = [value for values in held for value in values if value is not None]
        much = _everything(setting) if lever.what == "amount" else max([*known, ONE])
        top = min(MANY_TIMES * much, Decimal(MOST[lever.unit]))
    if lever.how == "set":
        return (-top if lever.what in {"inflation", "growth"} else NIL), top
    return (-2 * top, 2 * top) if lever.what in {"inflation", "growth"} else (-top, top)


def _everything(setting: Setting) -> Decimal:
    """All that the plan spends and takes in over its years, and what it opens with."""
    found = setting.balances
    sums = [
        abs(each) for each in (*found.income, *found.expenditure, *found.investments, setting.as_is.opening) if each
    ]
    return sum(sums, ONE)
