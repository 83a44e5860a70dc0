"""Red, amber, green: how far a forecast is adverse against the tolerances a body has settled."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from breakeven.ledger.rules import MonthEndRules, Tolerance
from breakeven.monitoring.outturn import Flow, adverse_or_favourable


class Rag(StrEnum):
    """A letter and a word, so that no colour is needed to read it."""

    GREEN = "G green"
    AMBER = "A amber"
    RED = "R red"


@dataclass(frozen=True, slots=True)
class Limits:
    """The pounds by which a row may be adverse before it is amber, and before it is red."""

    amber: Decimal
    red: Decimal


def tolerances(rules: MonthEndRules, row_id: str, line: str = "") -> tuple[Tolerance, Tolerance]:
    """Amber and red of one row: its own, else those of the line it is part of, else the body's."""
    own = [found for name in (row_id, line) if (found := rules.lines.get(name))]
    amber = next((each.amber for each in own if each.amber), rules.amber)
    red = next((each.red for each in own if each.red), rules.red)
    return amber, red


def limits(rules: MonthEndRules, row_id: str, budget: Decimal | None, line: str = "") -> Limits | None:
    """The tolerances of one row in pounds; None where its budget is missing."""
    if budget is None:
        return None
    amber, red = (each.limit(budget) for each in tolerances(rules, row_id, line))
    return Limits(amber, red)


def rag(flow: Flow, variance: Decimal | None, limit: Limits | None) -> Rag | None:
    """Red beyond the red limit, amber beyond the amber one, green within both or favourable; None where it is open."""
    if variance is None or limit is None:
        return None
    if adverse_or_favourable(flow, variance) != "A":
        return Rag.GREEN
    if abs(variance) > limit.red:
        return Rag.RED
    return Rag.AMBER if abs(variance) > limit.amber else Rag.GREEN
