"""The placement register against Placements by month: two sources of one fact, and neither corrects the other."""

from collections.abc import Iterator
from decimal import Decimal

from breakeven.drivers.stays import stays
from breakeven.ledger.chart import slug
from breakeven.ledger.placements import Placement, PlacementMonth
from breakeven.ledger.year import ContractYear
from breakeven.reconciliation.check import Check, Pair, compare_each


def check_demand(year: ContractYear) -> Iterator[Check]:
    """Who is in the register on each month's last night, against what Placements says; for each type that is in both.

    Only month ends of the year and the one before it: the register is of those who were placed in the year.
    """
    registered: dict[str, list[Placement]] = {}
    for row in year.ledgers.placement_register:
        registered.setdefault(slug(row.type), []).append(row)
    counted: dict[str, list[PlacementMonth]] = {}
    of = year.body.year
    for month in year.ledgers.placements:
        if of.holds(month.month) or month.month == of.later(-1).last_day:
            counted.setdefault(slug(month.type), []).append(month)
    for kind, months in counted.items():
        if kind in registered:
            pairs = [_pair(registered[kind], month) for month in sorted(months, key=lambda each: each.month)]
            yield compare_each(
                f"placements-{kind}",
                f"Placement register = Placements by month: {months[0].type.lower()}",
                ("the register's month ends", "Placements"),
                pairs,
                unit="number",
            )


def _pair(register: list[Placement], month: PlacementMonth) -> Pair:
    live = sum(1 for stay in stays(register, month.month) if stay.is_live(month.month))
    made_up = (any(row.is_made_up("start") for row in register), month.is_made_up("number"))
    return Pair(f"{month.month:%B %Y}", Decimal(live), month.number, f"the register does not have {month.at}", made_up)
