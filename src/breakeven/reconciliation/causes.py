"""The likely cause of a difference, in words: the slips that people make when they copy a figure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from breakeven.reconciliation.slips import Kind, slips, slips_of_parts


def likely_cause(ours: Decimal, theirs: Decimal, parts: Mapping[str, Decimal]) -> str:
    """The first slip that explains the whole difference; blank where none does, or where there is no difference.

    ours, theirs: the figure that is held to be right, and the one that may hold the slip.
    parts: what the right figure is the sum of, by label, to see whether one was left out or counted twice, or went in
        wrongly. A part is named for a slip in its own figure only where no other part explains it as well.
    """
    return next(_causes(ours, theirs, parts), "")


def _causes(ours: Decimal, theirs: Decimal, parts: Mapping[str, Decimal]) -> Iterator[str]:
    own = list(slips(theirs, ours, both_known=True))
    # What the parts would have to be for the total as it is stated: none has a slip where they come to it.
    of_parts = list(slips_of_parts(theirs, parts)) if ours != theirs else []
    for kind in Kind:
        yield from (slip.words for slip in own if slip.kind is kind)
        found = [each for each in of_parts if each.slip.kind is kind]
        if kind in {Kind.LEFT_OUT, Kind.TWICE}:
            yield from (f"{each.part} {each.slip.words}" for each in found)
        elif kind is not Kind.TYPED and len(found) == 1:
            yield f"{found[0].part} went into it wrongly: {found[0].slip.words}"
