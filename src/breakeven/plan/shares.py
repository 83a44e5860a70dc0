"""A saving shared out among those that are to make it, in whole pounds, each up to a cap."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from breakeven.money import POUND, share
from breakeven.monitoring.profile import whole_weights

Basis = Literal["pro-rata", "even", "weights"]
"""How a saving is shared: by what each comes to already, alike, or by weights that somebody has settled."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """One that bears part of a saving: a line or a priority.

    weight: nil or more; one of nil bears nothing. cap: the most that it can bear, in pounds; None where there is none.
    """

    id: str
    label: str
    weight: Decimal
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """Whole pounds for each bearer in their order, and what is left because all that could bear it are at their cap."""

    amounts: tuple[Decimal, ...]
    left: Decimal


def shared(total: Decimal, bearers: Sequence[Bearer]) -> Shared:
    """Share whole pounds by weight; what one cannot bear is shared again among those that have room, by their weights.

    Spare pounds go to the largest remainders. The amounts and what is left add up to ``total``, which is nil or more.
    """
    amounts = [Decimal(0)] * len(bearers)
    free = [i for i, bearer in enumerate(bearers) if bearer.weight]
    left = total
    while free:
        parts = share(left, whole_weights([bearers[i].weight for i in free]) or (), POUND)
        full = {i: cap for i, part in zip(free, parts, strict=True) if part > (cap := _up_to(bearers[i], part))}
        if not full:
            for i, part in zip(free, parts, strict=True):
                amounts[i] = part
            return Shared(tuple(amounts), Decimal(0))
        for i, cap in full.items():
            amounts[i] = cap
            left -= cap
        free = [i for i in free if i not in full]
    return Shared(tuple(amounts), left)


def most(bearers: Sequence[Bearer]) -> Decimal | None:
    """The most that bearers can bear together, in whole pounds; None where one of them has no cap."""
    caps = [bearer.cap for bearer in bearers if bearer.weight]
    known = [room(cap) for cap in caps if cap is not None]
    return sum(known, Decimal(0)) if len(known) == len(caps) else None


def _up_to(bearer: Bearer, wanted: Decimal) -> Decimal:
    return wanted if bearer.cap is None else room(bearer.cap)


def room(cap: Decimal) -> Decimal:
    """The whole pounds under a cap; none where it is below nil."""
    return max(cap, Decimal(0)).quantize(POUND, rounding=ROUND_FLOOR)
