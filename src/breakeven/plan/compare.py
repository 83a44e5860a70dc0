"""What one plan comes to beside another, and what each thing that differs between them does to each year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import target_of
from breakeven.periods import Year
from breakeven.plan.basis import Basis, model
from breakeven.plan.model import NIL, Balances, View

Amounts = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, and what it alone does to each year's position and closing balance, in whole pounds."""

    label: str
    position: Amounts
    closing: Amounts


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans of the same years, and all that differs between them.

    In each year the changes and what they do together come to the whole difference exactly. ``together`` is what is
    left when each is taken alone: 5 more placements at a higher price cost more than the two apart. None where nil.
    """

    years: tuple[Year, ...]
    before: Balances
    after: Balances
    changes: tuple[Change, ...]
    together: Change | None


def laid_over(scenario: Sequence[Overlay], changes: Sequence[Overlay], found: Basis) -> tuple[Overlay, ...]:
    """A scenario with more changes over it: what one of them sets takes the place of what the scenario does to it."""
    body, savings = found.year.body, found.year.ledgers.savings
    sets = [(each.what, target_of(each, body, savings)) for each in changes if each.how == "set"]

    def is_kept(overlay: Overlay) -> bool:
        own = target_of(overlay, body, savings)
        return not any(
            overlay.what == what and {*own.lines, *own.schemes} <= {*target.lines, *target.schemes}
            for what, target in sets
        )

    return (*(each for each in scenario if is_kept(each)), *changes)


def compare_overlays(
    found: Basis, before: Sequence[Overlay], after: Sequence[Overlay], view: View = "planned"
) -> Comparison:
    """One basis under two sets of overlays; each overlay that only one has, or that changes, is one change.

    Raises OverlayError where one cannot be applied.
    """
    pairs = _paired(before, after)

    def alone(pair: tuple[Overlay | None, Overlay | None]) -> Balances:
        gone, come = pair
        kept = [each for each in before if each is not gone]
        return model(found, [*kept, *([come] if come else [])], view).balances()

    return comparison(
        found.years,
        model(found, before, view).balances(),
        model(found, after, view).balances(),
        [(_in_words(*pair), alone(pair)) for pair in pairs],
    )


def _paired(before: Sequence[Overlay], after: Sequence[Overlay]) -> list[tuple[Overlay | None, Overlay | None]]:
    """The overlays that differ: those of one line and one thing side by side, in their order."""
    gone = [each for each in before if not any(_is_same(each, other) for other in after)]
    come = [each for each in after if not any(_is_same(each, other) for other in before)]
    pairs: list[tuple[Overlay | None, Overlay | None]] = []
    for each in gone:
        other = next((o for o in come if (slug(o.line), o.what) == (slug(each.line), each.what)), None)
        pairs.append((each, other))
        come = [o for o in come if o is not other]
    return [*pairs, *((None, each) for each in come)]


def _is_same(one: Overlay, other: Overlay) -> bool:
    fields = ("what", "how", "value", "year", "from_period", "last")
    return slug(one.line) == slug(other.line) and all(getattr(one, f) == getattr(other, f) for f in fields)


def _in_words(gone: Overlay | None, come: Overlay | None) -> str:
    if gone and come:
        return f"{gone.in_words} → {come.change}"
    return come.in_words if come else f"without {gone.in_words}" if gone else ""


def comparison(
    years: tuple[Year, ...], before: Balances, after: Balances, alone: Iterable[tuple[str, Balances]]
) -> Comparison:
    """What differs between two plans. alone: each change in words, and what the first comes to with it alone."""
    changes = tuple(_change(label, before, found) for label, found in alone)
    whole = _change("", before, after)
    position, closing = (
        tuple(left_of(getattr(whole, name)[t], [getattr(c, name)[t] for c in changes]) for t in range(len(years)))
        for name in ("position", "closing")
    )
    together = Change("Together, beyond each alone", position, closing)
    return Comparison(years, before, after, changes, together if any(a != 0 for a in (*position, *closing)) else None)


def _change(label: str, before: Balances, after: Balances) -> Change:
    return Change(label, less_each(after.position, before.position), less_each(after.closing, before.closing))


def less_each(after: Amounts, before: Amounts) -> Amounts:
    """Each amount less the one before it; None (open) where either is missing."""
    return tuple(None if a is None or b is None else a - b for a, b in zip(after, before, strict=True))


def left_of(whole: Decimal | None, parts: Sequence[Decimal | None]) -> Decimal | None:
    """What parts leave of a whole; None (open) where one of them is missing."""
    known = [part for part in parts if part is not None]
    return None if whole is None or len(known) < len(parts) else whole - sum(known, NIL)
