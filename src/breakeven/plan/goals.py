"""What a plan is to reach: a position of some year, or a balance at its end; and how that is typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal

from breakeven.periods import Year
from breakeven.plan.model import NIL, Balances

Measure = Literal["position", "closing"]

_POUNDS = re.compile(r"(?P<sign>[+\-−]?)£?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<scale>[km]?)", re.IGNORECASE)
_SCALES = {"": Decimal(1), "k": Decimal(1000), "m": Decimal(1_000_000)}

TARGETS = ("break-even", "clear", "position", "balance")


@dataclass(frozen=True, slots=True)
class Goal:
    """At least so many pounds of position in a year, or of balance at its end; nil is break-even, or no deficit left.

    amount: signed as records are, so that a deficit that is let stand is negative.
    """

    measure: Measure
    year: Year
    amount: Decimal = NIL

    def measured(self, balances: Balances, years: Sequence[Year]) -> Decimal | None:
        """What a plan of these years comes to in the goal's year; None where that is open."""
        return getattr(balances, self.measure)[years.index(self.year)]

    @property
    def in_words(self) -> str:
        """What is to be reached, to stand after *to*: ``break even in 2024/25``."""
        end = f"31 March {self.year.start + 1}"
        if self.measure == "position":
            return f"{'break even' if not self.amount else f'reach {_balance(self.amount)}'} in {self.year.on_screen}"
        return f"clear the deficit by {end}" if not self.amount else f"reach {_balance(self.amount)} at {end}"


def _balance(amount: Decimal) -> str:
    return f"a {'surplus' if amount > 0 else 'deficit'} of £{abs(amount):,.0f}"


def parse_goal(target: str, year: str | Year | None, years: Sequence[Year]) -> Goal:
    """Read ``break-even``, ``clear``, ``position=100000`` or ``balance=-£5m``, of a year of the plan.

    A position is of the plan's first year, and a balance of its last, where none is given. Raises ValueError.
    """
    name, equals, said = (part.strip() for part in target.partition("="))
    if name not in TARGETS or (name in {"position", "balance"}) != bool(equals):
        near = get_close_matches(name, TARGETS, n=1)
        example = {"position": "position=100000", "balance": "balance=-5m"}.get(near[0], near[0]) if near else ""
        known = "break-even, clear, position=SUM or balance=SUM"
        raise ValueError(f"expected {known}, found {target!r}" + (f"; did you mean {example}?" if example else ""))
    is_closing = name in {"clear", "balance"}
    chosen = parse_plan_year(year, years) if year else years[-1 if is_closing else 0]
    return Goal("closing" if is_closing else "position", chosen, parse_pounds(said) if equals else NIL)


def parse_plan_year(said: str | Year, years: Sequence[Year]) -> Year:
    """Read a contract year, which must be one of the plan's. Raises ValueError."""
    year = said if isinstance(said, Year) else Year.parse(said)
    if year not in years:
        raise ValueError(f"{year.on_screen} is no year of the plan, {years[0].on_screen} to {years[-1].on_screen}")
    return year


def parse_pounds(said: str) -> Decimal:
    """Read pounds as they are typed: ``100000``, ``£1.2m``, ``-500k``. Raises ValueError."""
    found = _POUNDS.fullmatch(said.strip())
    if not found:
        raise ValueError(f"expected pounds such as 100000, £500k or -1.2m, found {said!r}")
    amount = Decimal(found["number"].replace(",", "")) * _SCALES[found["scale"].lower()]
    return -amount if found["sign"] in {"-", "−"} else amount
