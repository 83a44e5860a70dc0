"""Stretches of a scale, exactly: where each begins and ends, and whether the end itself is in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

Cut = tuple[Decimal, int]
"""A place between values: (65, -1) is just below 65, so that 65 lies above it; (65, 1) is just above 65."""

LOWEST: Cut = (Decimal("-Infinity"), 1)
HIGHEST: Cut = (Decimal("Infinity"), -1)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Every value above ``low`` and below ``high``; none where they meet or cross."""

    low: Cut = LOWEST
    high: Cut = HIGHEST

    @property
    def is_empty(self) -> bool:
        """Whether no value lies in it, as in above 22 and below 15."""
        return self.low >= self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= (value, -1) and (value, 1) <= self.high

    def within(self, other: "Interval") -> "Interval":
        """What lies in both."""
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def words(self, unit: str = "") -> str:
        """As a sentence says it: ``exactly 30``, ``above 70% up to 70.01%``, ``from 84.99% to below 85%``."""
        if self.is_empty:
            return "no value"
        low, high = (_number(cut[0], unit) for cut in (self.low, self.high))
        if self.low == LOWEST and self.high == HIGHEST:
            return "any value"
        if self.low == LOWEST:
            return f"{high} and below" if self.high[1] > 0 else f"below {high}"
        if self.high == HIGHEST:
            return f"{low} and above" if self.low[1] < 0 else f"above {low}"
        if self.low[0] == self.high[0]:
            return f"exactly {low}"
        return f"{'from' if self.low[1] < 0 else 'above'} {low} {'up to' if self.high[1] > 0 else 'to below'} {high}"

    @property
    def notation(self) -> str:
        """As the grammar of bands writes it: ``> 70.01 < 84.99``; ``none`` where it is empty."""
        if self.is_empty:
            return "none"
        low = "" if self.low == LOWEST else f"{'>=' if self.low[1] < 0 else '>'} {self.low[0]:f}"
        high = "" if self.high == HIGHEST else f"{'<=' if self.high[1] > 0 else '<'} {self.high[0]:f}"
        return f"{low} {high}".strip() or "any"


def _number(value: Decimal, unit: str) -> str:
    text = f"{value:f}"
    return f"{text}{unit}" if unit == "%" else text


def words_of(parts: Sequence[Interval], unit: str = "") -> str:
    """Several intervals in words."""
    return " or ".join(part.words(unit) for part in parts if not part.is_empty) or "no value"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a scale, and the names of the sets that hold every value of it."""

    interval: Interval
    held_by: tuple[str, ...]


def stretches(scale: Interval, sets: Mapping[Any, Sequence[Interval]]) -> tuple[Stretch, ...]:
    """The whole of ``scale`` from its lowest value up, cut wherever another of ``sets`` begins or ends.

    A value in none of them is in a stretch held by nothing, a value in two in one held by both. Two that touch and are
    held alike are one.
    """
    if scale.is_empty:
        return ()
    inside = {name: [part.within(scale) for part in parts] for name, parts in sets.items()}
    cuts = {scale.low, scale.high}
    cuts |= {cut for parts in inside.values() for part in parts if not part.is_empty for cut in (part.low, part.high)}
    return tuple(_joined(_pieces(sorted(cuts), inside)))


def _pieces(cuts: Sequence[Cut], inside: Mapping[str, Sequence[Interval]]) -> Iterator[Stretch]:
    for low, high in pairwise(cuts):
        holding = (
            name for name, parts in inside.items() if any(part.low <= low and high <= part.high for part in parts)
        )
        yield Stretch(Interval(low, high), tuple(holding))


def _joined(pieces: Iterator[Stretch]) -> Iterator[Stretch]:
    last = next(pieces)
    for piece in pieces:
        if last.held_by == piece.held_by:
            last = Stretch(Interval(last.interval.low, piece.interval.high), piece.held_by)
        else:
            yield last
            last = piece
    yield last


def without(parts: Sequence[Interval], taken: Sequence[Interval]) -> tuple[Interval, ...]:
    """What of ``parts`` is not in ``taken``."""
    cut = stretches(Interval(), {"parts": parts, "taken": taken})
    return tuple(each.interval for each in cut if each.held_by == ("parts",))
