"""The slips that people make when they copy a figure or add some up, each told by what would be there instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from breakeven.money import NIL

Part = TypeVar("Part")


class Kind(StrEnum):
    """The kinds of slip, likeliest first."""

    SIGN = "sign"
    SWAP = "digit swap"
    FACTOR = "factor"
    LEFT_OUT = "left out"
    TWICE = "counted twice"
    TYPED = "mistyped digit"


FACTORS = (1000, 100, 10, 1_000_000)


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its kind, the amount that is meant, and what there is to say of it."""

    kind: Kind
    meant: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class PartSlip(Generic[Part]):
    """A slip that concerns one part of a sum: in the part itself, or in whether the total holds it."""

    part: Part
    slip: Slip


def slips(printed: Decimal, meant: Decimal, allowed: Decimal = NIL, *, both_known: bool = False) -> Iterator[Slip]:
    """Every slip in one figure that puts ``printed`` for an amount no further than ``allowed`` from ``meant``.

    A digit swap is of two digits side by side, and one digit may be mistyped. Where ``both_known``, so that ``meant``
    is a figure of its own rather than what some sum needs, the two digits may stand apart, and two side by side may be
    mistyped: then little else explains what the figures share. Likeliest first; none where nothing needs explaining.
    """
    if not printed or abs(printed - meant) <= allowed:
        return
    if abs(printed + meant) <= allowed:
        yield Slip(Kind.SIGN, -printed, "the sign is the other way round")
    yield from _swaps(printed, meant, allowed, apart=both_known)
    for factor in FACTORS:
        for instead in (printed * factor, printed / factor):
            # What may as well be nil is no figure in another unit.
            if instead == meant or abs(instead - meant) <= allowed < abs(instead):
                yield Slip(Kind.FACTOR, instead, f"a factor of {factor:,}: the unit or a nought is wrong")
    yield from _mistyped(printed, meant, allowed, longest=2 if both_known else 1)


def slips_of_parts(stated: Decimal, parts: Mapping[Part, Decimal], allowed: Decimal = NIL) -> Iterator[PartSlip[Part]]:
    """Every slip of one part that makes the parts miss the total that is stated for them, in the order of the parts.

    parts: what each adds to the total, so that one which is taken off is negative. ``meant`` of a part left out or
    counted twice is the total; of every other slip it is what the part should add.
    """
    short = sum(parts.values(), NIL) - stated
    for part, amount in parts.items():
        for slip in slips(amount, amount - short, allowed):
            yield PartSlip(part, slip)
        if amount and abs(short - amount) <= allowed:
            yield PartSlip(part, Slip(Kind.LEFT_OUT, stated + amount, "is left out of it"))
        elif amount and abs(short + amount) <= allowed:
            yield PartSlip(part, Slip(Kind.TWICE, stated - amount, "is counted twice in it"))


def _swaps(printed: Decimal, meant: Decimal, allowed: Decimal, *, apart: bool) -> Iterator[Slip]:
    digits, unit, sign = _taken_apart(printed)
    for i in range(len(digits)):
        for j in range(i + 1, len(digits) if apart else min(i + 2, len(digits))):
            swapped = [*digits]
            swapped[i], swapped[j] = swapped[j], swapped[i]
            if swapped == digits or (swapped[0] == 0) != (digits[0] == 0):
                continue
            instead = sign * unit * int("".join(map(str, swapped)))
            if abs(instead - meant) <= allowed:
                yield Slip(Kind.SWAP, instead, f"the digits {digits[i]} and {digits[j]} are swapped")


def _mistyped(printed: Decimal, meant: Decimal, allowed: Decimal, *, longest: int) -> Iterator[Slip]:
    """Runs of digits, the shortest first, that a figure of the same length has other digits for."""
    digits, unit, sign = _taken_apart(printed)
    for length in range(1, longest + 1):
        for i in range(len(digits) - length + 1):
            place = unit.scaleb(len(digits) - length - i)
            was = int("".join(map(str, digits[i : i + length])))
            instead = was + int((sign * (meant - printed) / place).to_integral_value())
            if not 0 <= instead < 10**length or (i == 0 and (instead < 10 ** (length - 1)) != (digits[0] == 0)):
                continue
            amount = printed + sign * (instead - was) * place
            if abs(amount - meant) <= allowed:
                words = f"a typing slip: {was:0{length}d} where {instead:0{length}d} is meant"
                yield Slip(Kind.TYPED, amount, words)


def _taken_apart(printed: Decimal) -> tuple[list[int], Decimal, int]:
    """The digits of a figure as it is printed, what its last place is worth, and its sign."""
    last = min(int(printed.as_tuple().exponent), 0)
    whole = int(abs(printed).scaleb(-last))
    return [int(digit) for digit in str(whole).zfill(1 - last)], Decimal(1).scaleb(last), 1 if printed > 0 else -1
