"""The likely cause of a difference, in words: the slips that people make when they copy a figure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal


def likely_cause(ours: Decimal, theirs: Decimal, parts: Mapping[str, Decimal]) -> str:
    """The first slip that explains the whole difference; blank where none does, or where there is no difference.

    ours, theirs: the figure that is held to be right, and the one that may hold the slip.
    parts: what the right figure is the sum of, by label, to see whether one was left out or counted twice.
    """
    return "" if ours == theirs else next(_causes(ours, theirs, parts), "")


def _causes(ours: Decimal, theirs: Decimal, parts: Mapping[str, Decimal]) -> Iterator[str]:
    if ours == -theirs:
        yield "the sign is the other way round"
    for factor in (10, 100, 1000, 1_000_000):
        if theirs and ours in {theirs * factor, theirs / factor}:
            yield f"a factor of {factor:,}: the unit or a nought is wrong"
    if swapped := _swapped_digits(ours, theirs):
        yield f"the digits {swapped} are swapped"
    for label, amount in parts.items():
        if amount and ours - theirs == amount:
            yield f"{label} is left out of it"
        elif amount and theirs - ours == amount:
            yield f"{label} is counted twice in it"
    if digits := _digits_that_differ(ours, theirs):
        yield digits


def _swapped_digits(ours: Decimal, theirs: Decimal) -> str:
    """Two digits that stand the other way round, side by side or apart; blank where that is not the difference."""
    a, b = _digits(ours), _digits(theirs)
    if len(a) != len(b) or ours * theirs <= 0:
        return ""
    places = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(places) == 2 and a[places[0]] == b[places[1]] and a[places[1]] == b[places[0]]:
        return f"{b[places[0]]} and {b[places[1]]}"
    return ""


def _digits_that_differ(ours: Decimal, theirs: Decimal) -> str:
    """A run of at most two digits typed differently."""
    a, b = _digits(ours), _digits(theirs)
    if len(a) != len(b) or ours * theirs <= 0:
        return ""
    places = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    first, last = places[0], places[-1]
    if last - first > 1:
        return ""
    return f"a typing slip: {b[first : last + 1]} where {a[first : last + 1]} is meant"


def _digits(amount: Decimal) -> str:
    text = f"{abs(amount):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
