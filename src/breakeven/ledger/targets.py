"""What a scenario's overlays bear on: the lines and the schemes that each of them names."""

from collections.abc import Sequence
from dataclasses import dataclass

from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay, What
from breakeven.ledger.year import Body

INCOME_LINES = {"contract_sum": "Contract sum", "third_party_income": "Third-party income"}
"""The lines of income that a plan moves, with their labels."""

ALL_SCHEMES = "savings"
FURTHER_SAVING = "further_saving"
"""A saving beyond every scheme, that is still to find: a scenario adds it to the plan as a sum of its own."""

_LABELS = INCOME_LINES | {FURTHER_SAVING: "Further saving"}

OF_A_SCHEME: frozenset[What] = frozenset({"amount", "delivery", "start"})
OF_A_LINE: frozenset[What] = frozenset({"amount", "inflation", "growth", "number", "price"})


class OverlayError(ValueError):
    """An overlay that names nothing, or asks of a line what only a saving has; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Target:
    """What one overlay changes: lines by id, or schemes by reference."""

    lines: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether what it names is changed as a whole, from no year or period: a scheme, unless it is still to find."""
        return bool(self.schemes) and FURTHER_SAVING not in self.schemes


def target_of(overlay: Overlay, body: Body, savings: Sequence[Saving]) -> Target:
    """The lines or schemes that an overlay names. Raises OverlayError where there are none, or they have no such thing.

    ``further_saving``, ``savings``, a saving's reference or priority comes first, then a group of the settings, a line
    of income, and a line or category. A sum added to several lines is carried by the first of them: it is one sum. Of
    several savings the first that is not delivered carries it.
    """
    schemes = schemes_named(overlay.line, savings)
    lines = () if schemes else lines_named(overlay.line, body)
    if not schemes and not lines:
        raise OverlayError(f"no line, category, group or saving is called {overlay.line!r}")
    if overlay.what not in (OF_A_SCHEME if schemes else OF_A_LINE):
        kind = "a saving" if schemes else "a line"
        raise OverlayError(f"{overlay.line!r} is {kind}, which has no {overlay.what}")
    if FURTHER_SAVING in schemes and (overlay.what != "amount" or overlay.how == "multiply"):
        raise OverlayError(f"{overlay.line!r} is a sum that is still to find: it is set or added to, in pounds")
    if overlay.what in {"number", "price"} and not INCOME_LINES.keys().isdisjoint(lines):
        raise OverlayError(
            f"{overlay.line!r} is income, which has no {overlay.what}; its amount is in pounds, as +£250k"
        )
    first = body.year.later(1)
    is_dated = overlay.last is not None or (overlay.year, overlay.from_period or 1) > (first, 1)
    if is_dated and Target(lines, schemes).is_whole:
        whole = f"changed as a whole: from {first.on_screen}, with no period and no last year"
        raise OverlayError(f"{overlay.line!r} is a saving, {whole}")
    if overlay.what == "amount" and overlay.how != "multiply" and len(lines or schemes) > 1:
        if overlay.how == "set":
            raise OverlayError(f"a sum is set for one line, and {overlay.line!r} is {len(lines or schemes)}")
        lines, schemes = lines[:1], _to_be_made(schemes, savings)[:1]
    return Target(lines, schemes)


def _to_be_made(schemes: tuple[str, ...], savings: Sequence[Saving]) -> tuple[str, ...]:
    """Those that are not delivered; all of them where all are."""
    return tuple(s.ref for s in savings if s.ref in schemes and s.status != "delivered") or schemes


def label_of(name: str, body: Body) -> str:
    """What a page calls that which an assumption or a scenario names: a line, category, group, saving or priority."""
    found = _LABELS.get(slug(name)) or body.chart.labels.get(body.chart.id_named(name))
    return found or name[:1].upper() + name[1:]


def in_words(overlay: Overlay, body: Body) -> str:
    """A change as a page says it: ``Residential number +5 from 2024/25 P07``."""
    return overlay.said_of(label_of(overlay.line, body))


def schemes_named(name: str, savings: Sequence[Saving]) -> tuple[str, ...]:
    """The references of the schemes with this reference or priority; of all of them for ``savings``.

    ``further_saving`` is by itself, whatever schemes there are.
    """
    key = slug(name)
    if key == FURTHER_SAVING:
        return (FURTHER_SAVING,)
    if key == ALL_SCHEMES:
        return tuple(saving.ref for saving in savings)
    own = tuple(saving.ref for saving in savings if slug(saving.ref) == key)
    return own or tuple(saving.ref for saving in savings if slug(saving.priority) == key)


def lines_named(name: str, body: Body) -> tuple[str, ...]:
    """The ids of the lines of a plan that a name stands for: a group's, a line of income, a line or a category's."""
    key = slug(name)
    groups = {slug(group): members for group, members in body.groups.items()}
    return tuple(dict.fromkeys(line for member in groups.get(key, (name,)) for line in _lines_named(member, body)))


def _lines_named(name: str, body: Body) -> tuple[str, ...]:
    if (key := slug(name)) in {*INCOME_LINES, UNMAPPED}:
        return (key,)
    return tuple(line.id for line in body.chart.lines_named(name))
