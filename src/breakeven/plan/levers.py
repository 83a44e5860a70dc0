"""What can be solved for: a saving, the contract sum, a price, a number, a rate; and between which bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell
from breakeven.ledger.changes import Span, name_and_what
from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import UNIT_OF, How, Overlay, What
from breakeven.ledger.targets import FURTHER_SAVING
from breakeven.money import POUND
from breakeven.periods import MONTHS
from breakeven.plan.model import NIL
from breakeven.plan.setting import OpenPlanError, Setting
from breakeven.plan.shares import Bearer, most, room, shared

STEPS: dict[What, Decimal] = {
    "amount": POUND, "price": POUND, "inflation": Decimal("0.01"), "growth": Decimal("0.01"),
    "number": Decimal("0.1"), "delivery": Decimal("0.01"),
}  # fmt: skip
"""What an answer is a whole number of, where nobody asks for another step: pounds, hundredths of a point, tenths."""

SAVING = "saving"

Values = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing to be solved for, as changes of the plan, and the values that it may take.

    name: as a command takes it. low, high: its bounds, in its unit; between, some may be too far for the plan. start: a
    value that the plan can surely have. now: what it has in each year; nothing where its lines differ, or it has none.
    bearers: the lines that make a saving which is shared.
    """

    name: str
    label: str
    line: str
    what: What
    how: How
    span: Span
    step: Decimal
    low: Decimal
    high: Decimal
    start: Decimal = NIL
    now: Values = ()
    of: str = ""
    """What its number is of, ``placement`` or ``post``, or what its price is for, ``week`` or ``year``; else blank."""
    bearers: tuple[Bearer, ...] = ()

    @property
    def unit(self) -> str:
        """What its value is in."""
        return UNIT_OF[self.what]

    @property
    def is_saving(self) -> bool:
        """Whether it is a sum saved, of which none may be needed."""
        return bool(self.bearers) or self.line == FURTHER_SAVING

    @property
    def slack(self) -> int:
        """How many steps beneath an answer a smaller one may hide: in a part of a year each share is rounded."""
        months = MONTHS + 1 - (self.span[1] or 1)
        return 0 if months >= MONTHS else len(self.bearers) * MONTHS // max(months, 1)

    def overlays(self, value: Decimal) -> tuple[Overlay, ...]:
        """The changes of the plan at one value: one of them, or a lower cost of each line that bears some of it."""
        if not self.bearers:
            return (self._overlay(self.line, value),)
        amounts = shared(value, self.bearers).amounts
        return tuple(self._overlay(b.id, -a) for b, a in zip(self.bearers, amounts, strict=True) if a)

    def _overlay(self, line: str, value: Decimal) -> Overlay:
        first, period, last = self.span
        unit: Any = self.unit
        return Overlay(
            at=Cell("solve", self.name), scenario="solve", line=line, what=self.what, how=self.how, value=value,
            unit=unit, year=first, from_period=period, last=last, source="solve",
        )  # fmt: skip


def is_a_saving(text: str) -> bool:
    """Whether this names a saving beyond every scheme: ``saving``, ``further_saving``, or the amount of either."""
    name, what = name_and_what(text.strip().removesuffix("+").strip())
    return slug(name) in {SAVING, FURTHER_SAVING} and what in {None, "amount"}


def saving_lever(setting: Setting, span: Span, cap: Decimal | None = None, step: Decimal | None = None) -> Lever:
    """A further saving a year beyond those that are counted: at most its cap, or else all that is spent.

    Raises OpenPlanError where what is spent is open.
    """
    spent = [_spent(setting, line.id, span) for line in setting.as_is.expenditure]
    high = sum(spent, NIL) if cap is None else min(cap, sum(spent, NIL))
    return Lever(SAVING, "Further saving", FURTHER_SAVING, "amount", "add", span, step or STEPS["amount"], NIL, high)


def shared_saving_lever(setting: Setting, span: Span, bearers: Sequence[Bearer], step: Decimal | None = None) -> Lever:
    """A further saving a year that some lines make, the others held; none saves more than it costs, or than its cap.

    Raises OpenPlanError where a line is open.
    """
    costs = [_spent(setting, bearer.id, span) for bearer in bearers]
    capped = tuple(
        replace(bearer, cap=room(cost if bearer.cap is None else min(bearer.cap, cost)))
        for bearer, cost in zip(bearers, costs, strict=True)
    )
    return Lever(
        name=f"{SAVING} on {','.join(bearer.id for bearer in bearers)}",
        label=f"Saving on {', '.join(bearer.label for bearer in bearers)}",
        line="",
        what="amount",
        how="add",
        span=span,
        step=step or STEPS["amount"],
        low=NIL,
        high=most(capped) or NIL,
        bearers=capped,
    )


def _spent(setting: Setting, line: str, span: Span) -> Decimal:
    """The least that a line of expenditure comes to in a year in which a change counts."""
    first, _, last = span
    amounts = [setting.amounts[line][t] for t in setting.places(first, last)]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        raise OpenPlanError(setting.as_is)
    return max(min(known), NIL)
