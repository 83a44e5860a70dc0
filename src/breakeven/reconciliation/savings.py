"""What savings are said to have delivered, against the register of deliveries with its evidence."""

from collections.abc import Iterator
from decimal import Decimal

from breakeven.ledger.savings import deliveries_of
from breakeven.ledger.year import ContractYear
from breakeven.periods import year_of
from breakeven.reconciliation.check import Check, Pair, compare_each


def check_savings(year: ContractYear) -> Iterator[Check]:
    """Each scheme of which both have something, for the contract year that it starts in; none where no scheme has."""
    pairs: list[Pair] = []
    for saving in year.ledgers.savings:
        entries = deliveries_of(saving, year_of(saving.start), year.ledgers.deliveries)
        if entries and saving.delivered is not None:
            registered = sum((entry.amount for entry in entries), Decimal(0))
            gap = saving.delivered - registered
            how = "has no entry beside" if gap > 0 else "is entered beyond"
            cause = f"{saving.ref}: £{abs(gap):,} {how} {saving.cell_of('delivered')}"
            made_up = (any(entry.is_made_up("amount") for entry in entries), saving.is_made_up("delivered"))
            pairs.append(Pair(saving.ref, registered, saving.delivered, cause, made_up))
    if pairs:
        yield compare_each(
            "savings-delivered",
            "Register of deliveries = Delivered of the savings",
            ("the register of deliveries", "Delivered of the savings"),
            pairs,
        )
