"""What may be wrong in a table, as a mend of it: other amounts for some cells, held against all that they are in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from breakeven.reconciliation.check import Result
from breakeven.reconciliation.slips import Kind

from .casting import Cast, Outcome, Place, Table, outcome


class Fault(StrEnum):
    """What may be wrong in a table, likeliest first."""

    SIGN = "sign"
    SWAP = "digit swap"
    FACTOR = "factor"
    LEFT_OUT = "left out"
    TWICE = "counted twice"
    SHIFTED = "shifted column"
    TYPED = "mistyped digit"
    TRANSPOSED = "transposed"
    UNKNOWN = "not explained"


ORDER = {fault: i for i, fault in enumerate(Fault)}
FAULTS = {kind: Fault(kind.value) for kind in Kind}


@dataclass(frozen=True, slots=True)
class Mend:
    """One cause: what is wrong, in which cells, in words, and what would have to stand there.

    ``at`` is the cells that the words are of: of a line left out, the line's own. ``instead`` gives the amounts that
    mend it, None where they can no longer be known.
    """

    fault: Fault
    at: tuple[Place, ...]
    words: str
    instead: Mapping[Place, Decimal | None]

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two mends the same."""
        return self.fault, self.at, tuple(sorted(self.instead.items(), key=lambda each: each[0]))


@dataclass
class Casts:
    """The sums of a table, by the cells that they are made of, as they stand."""

    table: Table
    casts: Sequence[Cast]
    amounts: dict[Place, Decimal | None]
    lost: frozenset[Place] = frozenset()
    """Cells whose amounts can no longer be known: every sum over one of them is open."""
    by_place: dict[Place, list[int]] = field(default_factory=lambda: defaultdict[Place, list[int]](list))
    outcomes: list[Outcome] = field(default_factory=list[Outcome])

    def __post_init__(self) -> None:
        for i, cast in enumerate(self.casts):
            for place in {*cast.places, *cast.named.values()}:
                self.by_place[place].append(i)
        self.outcomes = [self.outcome(i) for i in range(len(self.casts))]

    def outcome(self, i: int, instead: Mapping[Place, Decimal | None] | None = None) -> Outcome:
        """How one sum comes out, with other amounts in some cells."""
        if self.lost and not self.lost.isdisjoint(self.casts[i].places):
            return Outcome(None, None, Result.OPEN, Decimal(0))
        if not instead:
            return outcome(self.table, self.casts[i], self.amounts.__getitem__)
        return outcome(self.table, self.casts[i], lambda p: instead[p] if p in instead else self.amounts[p])

    @property
    def broken(self) -> list[int]:
        """The sums that differ."""
        return [i for i, out in enumerate(self.outcomes) if out.result is Result.DIFFERS]

    def broken_at(self, place: Place) -> list[int]:
        """The sums that differ and that a cell is part of."""
        return [i for i in self.by_place.get(place, ()) if self.outcomes[i].result is Result.DIFFERS]

    def needed(self, i: int, place: Place) -> Decimal | None:
        """What a cell would have to hold for one plain sum to agree; None where that cannot be said."""
        cast, out = self.casts[i], self.outcomes[i]
        by = cast.adds.get(place, Decimal(0)) - (1 if place == cast.total else 0)
        if cast.formula is not None or not by or out.difference is None:
            return None
        return (self.amounts[place] or Decimal(0)) - out.difference / by


@dataclass(frozen=True, slots=True)
class Tried:
    """What a mend does: the sums it mends and breaks, and how far those it mends are still out."""

    mend: Mend
    mends: frozenset[int]
    breaks: int
    still_out: Decimal

    @property
    def gain(self) -> int:
        """By how many sums the table is better off."""
        return len(self.mends) - self.breaks


def try_mend(now: Casts, mend: Mend) -> Tried:
    """Hold a mend against every sum that its cells are part of; one over a lost amount is neither mended nor broken."""
    touched = {i for place in mend.instead for i in now.by_place.get(place, ())}
    mends: set[int] = set()
    breaks, still_out = 0, Decimal(0)
    for i in touched:
        if any(mend.instead.get(place, Decimal(0)) is None for place in now.casts[i].places):
            if now.outcomes[i].result is Result.DIFFERS:
                mends.add(i)
            continue
        before, after = now.outcomes[i].result, now.outcome(i, mend.instead)
        if after.result is Result.DIFFERS:
            breaks += before is not Result.DIFFERS
        elif before is Result.DIFFERS:
            mends.add(i)
            still_out += abs(after.difference or Decimal(0))
    return Tried(mend, frozenset(mends), breaks, still_out)
