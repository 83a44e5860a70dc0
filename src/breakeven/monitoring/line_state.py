"""What a line came to in one state of a year, and what is known of why: the two sides of a variance bridge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakeven.drivers.price_volume import Activity
from breakeven.ledger.chart import Category
from breakeven.ledger.provenance import Figure
from breakeven.money import to_pence
from breakeven.monitoring.outturn import Flow
from breakeven.periods import period_name


class Reason(StrEnum):
    """Why a line moved, in the order a statement gives; named as the sheet of explanations names them."""

    VARIATIONS = "variations"
    VIREMENTS = "virements"
    PRICE = "price"
    VOLUME = "volume"
    JOINT = "joint"
    MIX = "mix"
    CONTRIBUTIONS = "contributions"
    INFLATION = "inflation"
    ONE_OFFS = "one-off"
    SAVINGS = "savings slippage"
    TIMING = "timing"
    OTHER = "other"
    UNEXPLAINED = "unexplained"

    @property
    def label(self) -> str:
        """What a page calls it."""
        return _LABELS.get(self, self.value.capitalize())


_LABELS = {
    Reason.VARIATIONS: "Contract variations",
    Reason.JOINT: "Price and volume together",
    Reason.MIX: "Mix between types",
    Reason.ONE_OFFS: "One-offs",
    Reason.OTHER: "Other, as explained",
}

Reasons = Mapping[Reason, Figure]
"""Pounds by reason, signed as the line is. Where an amount is missing nobody knows how much, and nothing is counted."""


@dataclass(frozen=True, slots=True)
class State:
    """Which of a line's amounts is meant: what was budgeted, forecast, spent or planned."""

    name: str
    """As ``--from`` and ``--to`` take it."""
    label: str
    is_budget: bool = False
    against: str = ""
    """The name of what explanations by hand explain its difference from; blank where they cannot."""


BUDGET = State("budget", "Original budget", is_budget=True, against="budget")
REVISED = State("revised", "Revised budget", is_budget=True, against="budget")
OUTTURN = State("outturn", "Outturn", against="budget")
LAST_YEAR = State("last-year", "Last year")
PLAN = State("plan", "Plan", against="outturn")


def at_period(period: int) -> State:
    """The outturn as it is forecast at a period: ``P09``."""
    return State(period_name(period), f"{period_name(period)} forecast", against="budget")


@dataclass(frozen=True, slots=True)
class LineState:
    """What one line comes to in one state.

    Every amount is whole pence, signed as records are: income and costs positive, what lowers them negative. Raises
    SubPennyError where one holds part of a penny.
    """

    id: str
    label: str
    flow: Flow
    category: Category
    state: State
    amount: Figure
    """Open where it is missing; nil is nil."""
    activity: Activity | None = None
    """What it buys by type: empty where it is known to buy nothing, None where nobody knows."""
    holds: Reasons = field(default_factory=dict[Reason, Figure])
    """What of the amount is down to one thing: virements in force, one-offs, accruals that are undone later in the
    year, savings that it counts on (which lower a cost, and raise income)."""
    explained: Reasons = field(default_factory=dict[Reason, Figure])
    """What somebody puts a difference down to by hand; the difference from what ``state.against`` says."""
    follows_a_line: bool = False
    """Whether it is income that the chart names as a contribution to a line."""

    def __post_init__(self) -> None:
        for figure in (self.amount, *self.holds.values(), *self.explained.values()):
            if figure.amount is not None:
                to_pence(figure.amount)
