"""A projection of demand as the simulation takes it: how far the number behind each line may differ from the plan's."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from breakeven.ledger.chart import slug
from breakeven.plan import uncertainty
from breakeven.plan.basis import Basis
from breakeven.plan.demand import Demand, Numbers, line_of
from breakeven.plan.distributions import LogNormal
from breakeven.plan.uncertainty import Uncertainty


def uncertain_numbers(demand: Demand, found: Basis) -> tuple[uncertainty.Demand, ...]:
    """The number of each line that the projection knows a range of: a factor that lasts for all years of the plan.

    It is lognormal with mean 1; its standard deviation is that of chance and rates together, the mean of the years', in
    parts of the number that the plan itself assumes: the overlays add to what those cost, and a factor moves only that.
    A trend has no range, and gives none.
    """
    return tuple(_numbers(demand, found))


def _numbers(demand: Demand, found: Basis) -> Iterator[uncertainty.Demand]:
    places = {start.id: place for place, start in enumerate(found.expenditure)}
    for row in demand.rows:
        line = line_of(row.type, found)
        expected = tuple(float(number) for number in found.moves[line].numbers if number) if line else ()
        if line is not None and row.ranges and len(expected) == len(row.ranges):
            yield uncertainty.Demand(
                id=f"demand_{slug(row.type)}",
                label=f"{row.type} number",
                line=places[line],
                expected=expected,
                by_chance=False,
                rate=LogNormal(1.0, _spread(row, expected)),
            )


def _spread(row: Numbers, expected: Sequence[float]) -> float:
    return sum(float(at.sd) / number for at, number in zip(row.ranges, expected, strict=True)) / len(expected)


def with_numbers(found: Uncertainty, numbers: Sequence[uncertainty.Demand]) -> Uncertainty:
    """What is uncertain, with these numbers in place of what the folder says of the same lines.

    Each keeps the folder's id, so that what it is correlated with stays so.
    """
    said = {each.line: each for each in found.demand}
    own = [replace(each, id=said[each.line].id) if each.line in said else each for each in numbers]
    moved = {each.line for each in own}
    return replace(found, demand=(*(each for each in found.demand if each.line not in moved), *own))
