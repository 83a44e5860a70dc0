"""What one plan comes to beside another, and what each thing that differs between them does to each year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import OF_THE_WHOLE, Overlay
from breakeven.ledger.targets import OverlayError, Target, in_words, target_of
from breakeven.ledger.year import Body
from breakeven.periods import Year
from breakeven.plan.basis import Basis, model
from breakeven.plan.model import NIL, Balances, View

Amounts = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, and what it alone does to each year, in whole pounds.

    identified: the savings identified, weighted by confidence, which a position with savings as planned does not show.
    """

    label: str
    position: Amounts
    closing: Amounts
    identified: Amounts

    @property
    def moves_position(self) -> bool:
        """Whether the position of some year is another for it, or open."""
        return any(amount != 0 for amount in self.position)

    @property
    def moves_elsewhere(self) -> bool:
        """Whether it moves no position, but a closing balance or the savings identified."""
        return not self.moves_position and any(amount != 0 for amount in (*self.closing, *self.identified))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans of the same years, and all that differs between them.

    In each year the changes and what they do together come to the whole difference exactly. ``together`` is what is
    left when each is taken alone: 5 more placements at a higher price cost more than the two apart. None where nil.
    Where either plan is open, so is the difference.
    """

    years: tuple[Year, ...]
    before: Balances
    after: Balances
    changes: tuple[Change, ...]
    together: Change | None


def laid_over(scenario: Sequence[Overlay], changes: Sequence[Overlay], found: Basis) -> tuple[Overlay, ...]:
    """A scenario with more changes over it: what one of them sets takes the place of what the scenario does to it.

    It does so in the years in which it counts, from the whole of the first of them on; of a saving, altogether.
    """
    kept = list(scenario)
    for change in changes:
        if change.how == "set":
            kept = [part for each in kept for part in _beneath(each, change, found)]
    return (*kept, *changes)


def _beneath(overlay: Overlay, change: Overlay, found: Basis) -> list[Overlay]:
    """What of an overlay still counts beneath a change that sets something: all of it where that is something else."""
    if overlay.what != change.what or not _ids(overlay, found) <= _ids(change, found):
        return [overlay]
    if _target(change, found).is_whole:
        return []
    parts: list[Overlay] = []
    before, after = change.year.later(-1), change.last and change.last.later(1)
    if overlay.year <= before:
        last = before if overlay.last is None else min(before, overlay.last)
        parts.append(overlay.model_copy(update={"last": last}))
    if after and (overlay.last is None or overlay.last >= after):
        begins = {} if overlay.year >= after else {"year": after, "from_period": None}
        parts.append(overlay.model_copy(update=begins))
    return parts


def _target(overlay: Overlay, found: Basis) -> Target:
    return target_of(overlay, found.year.body, found.year.ledgers.savings)


def _ids(overlay: Overlay, found: Basis) -> frozenset[str]:
    """The ids of the lines, or the references of the schemes, that an overlay bears on."""
    target = _target(overlay, found)
    return frozenset((*target.lines, *target.schemes))


def compare_overlays(
    found: Basis,
    before: Sequence[Overlay],
    after: Sequence[Overlay],
    view: View = "planned",
    known: Balances | None = None,
) -> Comparison:
    """One basis under two sets of overlays; each overlay that only one has, or that changes, is one change.

    Where one can only be applied with another, what it does is in what they do together. known: what the first set
    comes to, where it has been worked out. Raises OverlayError where a set cannot be applied.
    """
    was = known or model(found, before, view).balances()
    after_all = model(found, after, view).balances()
    differing = _differing(found, before, after)

    def alone(gone: Sequence[Overlay], come: Sequence[Overlay]) -> tuple[str, Balances]:
        kept = [each for each in before if not any(each is other for other in gone)]
        words = _told(gone, come, found.year.body)
        if len(differing) == 1:
            return words, after_all
        try:
            return words, model(found, [*kept, *come], view).balances()
        except OverlayError:
            return f"{words} (only with the others)", was

    return comparison(found.years, was, after_all, [alone(*each) for each in differing])


Differing = tuple[list[Overlay], list[Overlay]]
"""Overlays that are gone, and those that have come in their place."""


def _differing(found: Basis, before: Sequence[Overlay], after: Sequence[Overlay]) -> list[Differing]:
    """The overlays that differ, in their order: those of one line and one thing together, and the rest by themselves.

    Two that set one thing of a line are of one thing, whatever they call it.
    """
    changes: list[Differing] = []
    for each in _only_in(before, after):
        of_one = [gone for gone, _ in changes if _is_of_one(gone[0], each)]
        if of_one:
            of_one[0].append(each)
        else:
            changes.append(([each], []))
    for each in _only_in(after, before):
        of_one = [come for gone, come in changes if gone and _is_of_one(gone[0], each)]
        clashing = [come for gone, come in changes if any(_is_set_twice(found, other, each) for other in gone)]
        if in_place_of := [*of_one, *clashing]:
            in_place_of[0].append(each)
        else:
            changes.append(([], [each]))
    return changes


def _only_in(overlays: Sequence[Overlay], others: Sequence[Overlay]) -> list[Overlay]:
    """The overlays that the others do not have, each of them held against one."""
    left = Counter(map(_said, others))
    only: list[Overlay] = []
    for each in overlays:
        if left[_said(each)]:
            left[_said(each)] -= 1
        else:
            only.append(each)
    return only


def _said(overlay: Overlay) -> tuple[object, ...]:
    """All that an overlay does, whoever says so and why."""
    since = overlay.year, overlay.from_period or 1, overlay.last
    return slug(overlay.line), overlay.what, overlay.how, overlay.value, *since


def _is_of_one(one: Overlay, other: Overlay) -> bool:
    return (slug(one.line), one.what) == (slug(other.line), other.what)


def _is_set_twice(found: Basis, one: Overlay, other: Overlay) -> bool:
    both = one.what == other.what and one.how == other.how == "set"
    return both and not _ids(one, found).isdisjoint(_ids(other, found))


def _told(gone: Sequence[Overlay], come: Sequence[Overlay], body: Body) -> str:
    """What differs, in words: what has come, what is gone, or what has come in its place."""
    was, now = (", ".join(in_words(each, body) for each in overlays) for overlays in (gone, come))
    if not gone or not come:
        return now or f"without {was}"
    first = gone[0]

    def after(each: Overlay) -> str:
        if not _is_of_one(first, each):
            return in_words(each, body)
        return each.change if each.span == first.span or each.what in OF_THE_WHOLE else f"{each.change} {each.span}"

    return f"{was} → {', '.join(map(after, come))}"


def comparison(
    years: tuple[Year, ...], before: Balances, after: Balances, alone: Iterable[tuple[str, Balances]]
) -> Comparison:
    """What differs between two plans. alone: each change in words, and what the first comes to with it alone."""
    changes = tuple(_change(label, before, found) for label, found in alone)
    whole = _change("", before, after)
    position, closing, identified = (
        tuple(left_of(getattr(whole, name)[t], [getattr(c, name)[t] for c in changes]) for t in range(len(years)))
        for name in ("position", "closing", "identified")
    )
    together = Change("Together, beyond each alone", position, closing, identified)
    left = zip((*position, *closing, *identified), (*whole.position, *whole.closing, *whole.identified), strict=True)
    is_any = any(amount != 0 and all_of_it is not None for amount, all_of_it in left)
    return Comparison(years, before, after, changes, together if is_any else None)


def _change(label: str, before: Balances, after: Balances) -> Change:
    moved = (less_each(getattr(after, name), getattr(before, name)) for name in ("position", "closing", "identified"))
    return Change(label, *moved)


def less_each(after: Amounts, before: Amounts) -> Amounts:
    """Each amount less the one before it; None (open) where either is missing."""
    return tuple(None if a is None or b is None else a - b for a, b in zip(after, before, strict=True))


def left_of(whole: Decimal | None, parts: Sequence[Decimal | None]) -> Decimal | None:
    """What parts leave of a whole; None (open) where one of them is missing."""
    known = [part for part in parts if part is not None]
    return None if whole is None or len(known) < len(parts) else whole - sum(known, NIL)
