"""Price, volume, the two together, and mix: why what placements or posts cost has moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

from breakeven.ledger.provenance import Figure, Source

Unit = Literal["placement", "post"]
UNITS: tuple[Unit, ...] = get_args(Unit)


@dataclass(frozen=True, slots=True)
class Bought:
    """How much of one type is paid for and what one of it costs, both exact.

    quantity: nights of placements, or full-time years of posts. price: gross pounds a night, or pounds a full-time year
    with on-costs.
    """

    quantity: Fraction
    price: Fraction
    unit: Unit = "placement"
    parts: tuple[Figure | Source, ...] = field(default=(), repr=False)
    """What they were worked out from."""

    @property
    def cost(self) -> Fraction:
        """Pounds, exactly."""
        return self.quantity * self.price


Activity = Mapping[str, Bought]
"""What a line buys, by type. A type that is not in it is not bought."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What moved the cost of an activity, in exact pounds; more cost is positive."""

    price: Fraction = Fraction(0)
    """The old quantities at the new prices, less the same at the old."""
    volume: Fraction = Fraction(0)
    """More or fewer of them all, in the old mix and so at the old average price."""
    joint: Fraction = Fraction(0)
    """The change in quantity times the change in price, which is neither's alone."""
    mix: Fraction = Fraction(0)
    """Dearer or cheaper types taking the place of one another, at the old prices."""

    @property
    def total(self) -> Fraction:
        """The whole change in cost."""
        return self.price + self.volume + self.joint + self.mix

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(
            self.price + other.price, self.volume + other.volume, self.joint + other.joint, self.mix + other.mix
        )


def cost_of(activity: Activity) -> Fraction:
    """What an activity comes to, in exact pounds."""
    return sum((bought.cost for bought in activity.values()), Fraction(0))


def effects(before: Activity, after: Activity) -> Effects:
    """Split the change in cost from one state of an activity to another; the parts come to it exactly.

        price  = Σ q0 × (p1 − p0)
        volume = (Q1 − Q0) × A0 / Q0
        joint  = Σ (q1 − q0) × (p1 − p0)
        mix    = Σ (q1 − Q1 × q0 / Q0) × p0

    q, p: a type's quantity and price before (0) and after (1). Q: the quantity of all types, A0: what they cost before.
    A type that is on one side only has no other price to be held against: it takes the one it has on both sides, so
    that its whole is volume and mix. With one type mix is nil. Where nothing was bought before, there is no mix to
    keep: the whole is volume. Nights and years of posts are split apart from each other and added.
    Source: docs/variance.md.
    """
    return sum((_effects(_only(before, unit), _only(after, unit)) for unit in UNITS), Effects())


def _only(activity: Activity, unit: Unit) -> Activity:
    return {name: bought for name, bought in activity.items() if bought.unit == unit}


def _effects(before: Activity, after: Activity) -> Effects:
    price = joint = at_old_prices = Fraction(0)
    for name in before.keys() | after.keys():
        old, new = before.get(name) or after[name], after.get(name) or before[name]
        was = old.quantity if name in before else Fraction(0)
        grown = (new.quantity if name in after else Fraction(0)) - was
        price += was * (new.price - old.price)
        joint += grown * (new.price - old.price)
        at_old_prices += grown * old.price
    all_before, all_after = (sum((b.quantity for b in each.values()), Fraction(0)) for each in (before, after))
    volume = (all_after - all_before) * cost_of(before) / all_before if all_before else at_old_prices
    return Effects(price, volume, joint, at_old_prices - volume)
