"""One reconciling test: two sides, their difference, and what it says."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Result(StrEnum):
    """How two sides compare."""

    AGREES = "agrees"
    ROUNDING = "rounding"
    """They differ by no more than half the last place that one side was printed to."""
    DIFFERS = "differs"
    OPEN = "open"
    """One side is missing."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a test: what it is, its amount, and the figure it is, if it is one of ours."""

    label: str
    amount: Decimal | None
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A reconciling test, worked out. ``difference`` is side A less side B, in the test's unit."""

    id: str
    label: str
    side_a: Side
    side_b: Side
    unit: str
    difference: Decimal | None
    result: Result
    cause: str
    """Why the sides differ, or why the test is open, in words; blank where they agree."""
    where: str = ""
    """Where side B is printed, if it was published elsewhere: two documents may print one thing under one name."""


def compare(
    check_id: str,
    label: str,
    side_a: Side,
    side_b: Side,
    *,
    precision: Decimal = Decimal("0.01"),
    unit: str = "£",
    cause: str = "",
) -> Check:
    """Hold two sides against each other; ``precision`` is the last place that side B was given to."""
    if side_a.amount is None or side_b.amount is None:
        missing = side_a if side_a.amount is None else side_b
        return Check(check_id, label, side_a, side_b, unit, None, Result.OPEN, f"{missing.label} is missing")
    difference = side_a.amount - side_b.amount
    if not difference:
        return Check(check_id, label, side_a, side_b, unit, difference, Result.AGREES, "")
    if abs(difference) <= precision / 2:
        return Check(
            check_id, label, side_a, side_b, unit, difference, Result.ROUNDING, f"to the nearest {precision:,f}"
        )
    return Check(
        check_id, label, side_a, side_b, unit, difference, Result.DIFFERS, cause or "no single slip explains it"
    )
