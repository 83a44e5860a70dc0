"""The savings programme by any of what is known of a scheme: priority, status, owner, line, recurrence, start."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from breakeven.ledger.chart import slug
from breakeven.ledger.savings import STATUSES, Saving
from breakeven.ledger.targets import lines_named
from breakeven.ledger.year import Body
from breakeven.periods import Year
from breakeven.plan.savings import Programme, Scheme
from breakeven.plan.scheme_years import SchemeYear, total_of

Key = Literal["priority", "status", "owner", "line", "category", "scheme", "recurrence", "start"]
KEYS: tuple[Key, ...] = get_args(Key)


@dataclass(frozen=True, slots=True)
class Group:
    """Schemes that have something in common. level: 1, or one more for each key above."""

    id: str
    label: str
    key: Key
    level: int
    schemes: tuple[Scheme, ...]

    @property
    def scheme(self) -> Scheme | None:
        """The one scheme of it, where it is grouped by scheme."""
        return self.schemes[0] if self.key == "scheme" else None

    def in_year(self, programme: Programme, year: Year) -> SchemeYear:
        """What those of its schemes that count in a year come to in it."""
        counted = [scheme.years[year] for scheme in programme.counted_in(year) if scheme in self.schemes]
        if self.scheme and counted:
            return counted[0]
        return total_of(f"savings/by/{self.id}", f"{self.label}:", year, counted)


def grouped(schemes: Sequence[Scheme], keys: Sequence[Key], body: Body, above: str = "") -> Iterator[Group]:
    """Schemes by the first key, each group before the groups by the next of its own schemes.

    Priorities stand in the body's order, statuses from idea to not deliverable, starts by date, all else as on the
    sheet.
    """
    if not keys:
        return
    key, *further = keys
    level = 1 + above.count(".") if above else 1
    found: dict[str, list[Scheme]] = {}
    for scheme in sorted(schemes, key=_order(key, body)):
        found.setdefault(_label(key, scheme.saving, body), []).append(scheme)
    for label, own in found.items():
        name = _id(key, own[0].saving, label, body)
        group_id = name if key == "scheme" else f"{above}{name}"
        yield Group(group_id, label, key, level, tuple(own))
        yield from grouped(own, further, body, f"{above}{name}.")


def _order(key: Key, body: Body) -> Callable[[Scheme], Any]:
    if key == "priority":
        known = {name: place for place, name in enumerate(body.priorities)}
        return lambda scheme: known.get(scheme.saving.priority, len(known))
    if key == "status":
        return lambda scheme: STATUSES.index(scheme.saving.status)
    if key == "start":
        return lambda scheme: (scheme.saving.start.year, scheme.saving.start.month)
    return lambda _: 0


def _label(key: Key, saving: Saving, body: Body) -> str:
    match key:
        case "scheme":
            return f"{saving.ref} {saving.scheme}"
        case "start":
            return f"{saving.start:%B %Y}"
        case "line":
            return line_label(saving, body)
        case "category":
            lines = {line.id: line.category for line in body.chart.lines}
            of = {lines[line] for line in lines_named(saving.line, body) if line in lines}
            return body.chart.labels[of.pop()] if len(of) == 1 else "Of no one category"
        case _:
            words: str = getattr(saving, key)
            return words


def line_label(saving: Saving, body: Body) -> str:
    """What a page calls the line that a scheme is on: by its name in the chart, or as the scheme names several."""
    lines = lines_named(saving.line, body)
    return body.chart.labels.get(lines[0], saving.line) if len(lines) == 1 else saving.line


def _id(key: Key, saving: Saving, label: str, body: Body) -> str:
    if key == "priority" and label in body.priorities:
        return f"priority_{body.priorities.index(label) + 1}"
    return slug(saving.ref) if key == "scheme" else f"{key}_{slug(label)}"
