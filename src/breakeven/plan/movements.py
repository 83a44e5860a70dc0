"""What is assumed to move each line from the outturn to the plan's first year: the plan's side of a variance bridge."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, sum_figure
from breakeven.money import pounds, round_together
from breakeven.monitoring.line_state import Reason, Reasons
from breakeven.periods import Year
from breakeven.plan.effects import change_since
from breakeven.plan.lines import Start, effect_figure, effect_of
from breakeven.plan.model import Moves
from breakeven.plan.mtfp import Plan

_RULES = {
    Reason.VOLUME: "underlying base × growth",
    Reason.INFLATION: "underlying base × inflation",
    Reason.JOINT: "underlying base × growth × inflation",
}


def movements(plan: Plan) -> dict[str, Reasons]:
    """By row of the plan, what moves it from the outturn to the plan's first year, in pounds and pence.

        volume = base × growth;  inflation = base × inflation;  joint = base × growth × inflation
        other  = the sum stated for the year − base, where one is, and what pressures, sums added and a scenario add

    base: the underlying one. A line that is open has none. What rounding to whole pounds adds is in none of them.
    """
    year = plan.years[0]
    moves = {line.id: line for line in (*plan.model.income, *plan.model.expenditure)}
    return {
        line.start.id: dict(_movements(line.start, moves[line.start.id].moves[0], year))
        for line in plan.lines
        if moves[line.start.id].is_known(0)
    }


def _movements(start: Start, moves: Moves, year: Year) -> Iterator[tuple[Reason, Figure]]:
    base = start.base.amount or Decimal(0)
    changes = [(effect_of(pressure, year), pressure) for pressure in start.pressures] + [
        (change_since(year.later(-1), year, pressure), pressure) for pressure in start.begun
    ]
    others = [effect_figure(each, f"{each.ref} {each.description}", amount, year) for amount, each in changes]
    if moves.stated is not None:
        rule = "the sum stated for the year − the underlying base"
        others.append(_figure(start, "stated", "Sum stated", moves.stated - base, rule))
    else:
        yield from _assumed(start, Fraction(base), moves)
    if moves.step:
        others.append(_figure(start, "step", "Sums added and flat awards", pounds(moves.step), "added to the base"))
    level = base * moves.growth * moves.inflation if moves.stated is None else moves.stated
    beside = moves.pressures - sum(effect_of(pressure, year) for pressure in start.pressures)
    if changed := pounds(level * (moves.in_year - 1)) + beside:
        others.append(_figure(start, "scenario", "What a scenario changes within the year", changed, "as it says"))
    if others:
        name = f"variance/{start.id}/planned_other"
        yield Reason.OTHER, sum_figure(name, f"{start.label}: stated or a pressure", "the sum of these", others)


def _assumed(start: Start, base: Fraction, moves: Moves) -> Iterator[tuple[Reason, Figure]]:
    growth, inflation = (Fraction(factor) - 1 for factor in (moves.growth, moves.inflation))
    pence = round_together([base * growth, base * inflation, base * growth * inflation])
    for (reason, rule), amount in zip(_RULES.items(), pence, strict=True):
        yield reason, _figure(start, slug(reason), reason.label, amount, rule)


def _figure(start: Start, column: str, name: str, amount: Decimal, rule: str) -> Figure:
    return Figure(f"variance/{start.id}/planned_{column}", f"{start.label}: {name}", amount, rule, (start.base,))
