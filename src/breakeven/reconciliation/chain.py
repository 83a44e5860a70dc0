"""The chain of years: what the year before closed at, by its own folder, against what this one says of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from breakeven.ledger.provenance import Figure
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL
from breakeven.periods import Year
from breakeven.reconciliation.check import Check, Pair, Side, compare, compare_each


def check_chain(year: ContractYear, closing: Figure, spent: Mapping[str, Figure]) -> Iterator[Check]:
    """The last close and the opening balance of ``year``, and its last year's outturn, against the year before's own.

    closing: the closing balance that the folder of the year before comes to. spent: its outturn by the id of the line.
    A difference is a restatement: one of the two was changed after the other was made.
    """
    before = year.body.year.later(-1).on_screen
    theirs = Side(f"{before} as its own folder closes", closing.amount)
    for kind, label in (("last close", "Last close"), ("opening", "Opening balance")):
        said = [each.amount for each in year.ledgers.balances if each.kind == kind]
        ours = Side(f"the {kind} here", sum(said, NIL) if said else None)
        yield compare(
            f"chain-{'close' if kind == 'last close' else kind}",
            f"{label} = closing balance of {before}",
            ours,
            theirs,
            cause=f"restatement: {before} closes at £{closing.amount or NIL:,.2f} in its own folder".replace(
                "£-", "-£"
            ),
        )
    if year.ledgers.last_year:
        yield _outturn(year, before, spent)


def _outturn(year: ContractYear, before: str, spent: Mapping[str, Figure]) -> Check:
    """Last year's outturn by line: codes may have moved within one."""
    label = f"Last year's outturn = outturn of {before}"
    ours = dict.fromkeys(spent, NIL)
    for each in year.ledgers.last_year:
        line = year.body.chart.line_of(each.coding)
        ours[line] = ours.get(line, NIL) + each.outturn
    theirs: dict[str, Decimal] = {}
    for line in ours:
        amount = spent[line].amount if line in spent else NIL
        if amount is None:
            missing = Side(f"{spent[line].label} in its own folder", None)
            return compare("chain-outturn", label, Side("last year's outturn here", sum(ours.values(), NIL)), missing)
        theirs[line] = amount
    pairs = [Pair(line, amount, theirs[line], "") for line, amount in ours.items()]
    check = compare_each("chain-outturn", label, ("last year's outturn here", f"{before} in its own folder"), pairs)
    return replace(check, cause=_restated(pairs, year.body.chart.labels)) if check.cause else check


LISTED = 5
"""How many restated lines are named before the rest are counted."""


def _restated(pairs: Sequence[Pair], labels: Mapping[str, str]) -> str:
    """By how much each line is another here than in the year's own folder, the largest first."""
    apart = sorted((pair for pair in pairs if pair.a != pair.b), key=lambda pair: -abs(pair.a - pair.b))
    said = [
        f"{labels.get(pair.name, pair.name)} £{abs(pair.a - pair.b):,.2f} {'more' if pair.a > pair.b else 'less'}"
        for pair in apart[:LISTED]
    ]
    more = f" and {len(apart) - LISTED} more lines" if len(apart) > LISTED else ""
    return f"restatement: {', '.join(said)}{more} here than there"


# The corkscrew over all the years there are ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One year of the chain as its own folder has it, in pounds, a deficit negative; None where a figure is open.

    closing = opening + position + adjustments
    """

    year: Year
    state: str
    opening: Decimal | None
    position: Decimal | None
    adjustments: Decimal | None
    closing: Decimal | None


def restated_by(links: Sequence[Link]) -> tuple[Decimal | None, ...]:
    """By how much each year but the first opens away from where the one before it closed; worse is negative.

    links: in the order of their years. None where a figure is open, or where no folder is of the year before.
    """
    return tuple(
        after.opening - before.closing
        if after.year == before.year.later(1) and after.opening is not None and before.closing is not None
        else None
        for before, after in pairwise(links)
    )
