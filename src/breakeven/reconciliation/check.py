"""One reconciling test: two sides, their difference, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from breakeven.money import NIL


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
    """One side of a test: what it is, its amount, and the figure it is, if it is one of ours.

    illustrative: of a side that is no figure, whether it is a sum of illustrative records.
    """

    label: str
    amount: Decimal | None
    figure: str = ""
    illustrative: bool = False


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
            check_id,
            label,
            side_a,
            side_b,
            unit,
            difference,
            Result.ROUNDING,
            f"to the nearest {precision:,f}",
        )
    return Check(
        check_id, label, side_a, side_b, unit, difference, Result.DIFFERS, cause or "no single slip explains it"
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """One part of a test of many parts: its two amounts, what to say where they differ, and which is illustrative."""

    name: str
    a: Decimal
    b: Decimal
    cause: str
    illustrative: tuple[bool, bool] = (False, False)


def compare_each(check_id: str, label: str, sides: tuple[str, str], pairs: Sequence[Pair], *, unit: str = "£") -> Check:
    """Totals against each other, and every pair beneath them: slips that cancel out do not pass.

    The cause is that of the first pair that differs, and how many more do. Where the totals agree all the same, that
    pair is what is shown.
    """
    a_made_up, b_made_up = (any(pair.illustrative[side] for pair in pairs) for side in (0, 1))
    side_a = Side(sides[0], sum((p.a for p in pairs), NIL), illustrative=a_made_up)
    side_b = Side(sides[1], sum((p.b for p in pairs), NIL), illustrative=b_made_up)
    apart = [pair for pair in pairs if pair.a != pair.b]
    if not apart:
        return compare(check_id, label, side_a, side_b, unit=unit)
    first = apart[0]
    if side_a.amount == side_b.amount:
        side_a = Side(f"{sides[0]}, {first.name}", first.a, illustrative=first.illustrative[0])
        side_b = Side(f"{sides[1]}, {first.name}", first.b, illustrative=first.illustrative[1])
    more = f", nor do {len(apart) - 1} more" if len(apart) > 1 else ""
    return compare(check_id, label, side_a, side_b, unit=unit, cause=f"{first.cause}{more}")
