"""Several overlays of one thing, as one value: whatever their order, and the narrower before the wider."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.scenarios import Overlay, What
from breakeven.ledger.targets import OverlayError

NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Borne:
    """An overlay that bears on a line or a saving, and how many of them it names."""

    overlay: Overlay
    breadth: int


def of_one(borne: Sequence[Borne], what: What) -> list[Overlay]:
    """The overlays of one thing that count on a line: where some set it, the narrowest of them and what is no wider.

    A line's own change comes before one of its category or group, as its own assumption does.
    """
    own = [each for each in borne if each.overlay.what == what]
    sets = [each.breadth for each in own if each.overlay.how == "set"]
    return [each.overlay for each in own if not sets or each.breadth <= min(sets)]


def folded(name: str, value: Decimal, overlays: Sequence[Overlay]) -> Decimal:
    """A value as overlays change it, in whatever order they stand: set, then multiplied, then added to.

    name: whose value it is. Raises OverlayError where two of them set it.
    """
    sets = [each for each in overlays if each.how == "set"]
    if len(sets) > 1:
        raise OverlayError(f"{name} has its {sets[0].what} set twice: {sets[0].in_words}, and {sets[1].in_words}")
    value = sets[0].value if sets else value
    for each in overlays:
        if each.how == "multiply":
            value *= each.value
    return value + sum((each.value for each in overlays if each.how == "add"), NIL)
