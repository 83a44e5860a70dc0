"""Each line of the plan: where it starts, what is assumed of it, and what that comes to by year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import numpy as np

from breakeven.ledger.assumptions import Assumption, Investment, Pressure
from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.provenance import Figure, Source, source_of, sum_figure
from breakeven.money import whole_pounds
from breakeven.periods import Year, year_of
from breakeven.plan.effects import change_since, effect_in
from breakeven.plan.projection import Array, Lines, project


@dataclass(frozen=True, slots=True)
class Start:
    """A line before projection: its underlying base, and the assumptions and later pressures that bear on it."""

    id: str
    label: str
    category: str
    """Blank for a line of income."""
    base: Figure
    assumptions: Mapping[Year, tuple[Assumption, ...]]
    pressures: tuple[Pressure, ...]
    begun: tuple[Pressure, ...] = ()
    """Pressures that the base year's outturn holds something of; what they change is in the base."""

    def is_known(self, year: Year) -> bool:
        """Whether the year's figure can be worked out.

        It can where a sum is stated for the year, or the year before is known and somebody has said how the line moves.
        """
        known = self.base.amount is not None
        for each in sorted(self.assumptions):
            if each <= year:
                known = stated_sum(self, each) is not None or (known and bool(self.assumptions[each]))
        return known

    @property
    def is_open(self) -> bool:
        """Whether some year's figure cannot be worked out."""
        return not all(self.is_known(year) for year in self.assumptions)


@dataclass(frozen=True, slots=True)
class ProjectedLine:
    """A line of the plan with its figure for each year, whole pounds; open where it is not known."""

    start: Start
    years: Mapping[Year, Figure]


def assumptions_for(
    own: Sequence[str], category: Sequence[str], ledger: Iterable[Assumption], year: Year
) -> tuple[Assumption, ...]:
    """The assumptions of one year that bear on a line, one of each kind.

    own, category: the names that the line and its category answer to. A line's own assumption is used rather than one
    of its kind for the category. A sum for a category is no line's: each line would be given the whole of it.
    """
    found: dict[str, Assumption] = {}
    for names in (own, category):
        for assumption in ledger:
            bears = assumption.kind != "sum" or names is own
            if bears and assumption.year == year and slug(assumption.line) in names:
                found.setdefault(assumption.kind, assumption)
    return tuple(found.values())


def pressures_on(line_id: str, chart: Chart, ledger: Iterable[Pressure]) -> tuple[Pressure, ...]:
    """The pressures of one line. A pressure names a line, not a category: a category has no one line to carry it."""
    return tuple(p for p in ledger if line_id in {line.id for line in chart.lines_named(p.line)[:1]})


def underlying(line_id: str, label: str, outturn: Figure, pressures: Iterable[Pressure], base: Year) -> Figure:
    """The base a plan starts from: the outturn less one-offs, plus the full-year effect of what began during it.

        underlying = outturn + effect in the year after − effect in the base year

    pressures: those begun by the end of ``base``; the outturn holds what they came to in it, so only the change is
    added. One that was there all year changes nothing.
    """
    after = base.later(1)
    changes = [effect_figure(p, f"{p.ref} {p.description}", change_since(base, after, p), after) for p in pressures]
    if not changes:
        return outturn
    rule = "the outturn less one-offs, plus full-year effects"
    return sum_figure(f"plan/{line_id}/base", f"{label}: underlying", rule, [outturn, *changes])


def begun_by(pressure: Pressure, year: Year) -> bool:
    """Whether a pressure has started by the end of ``year``."""
    return year_of(pressure.start) <= year


def project_starts(starts: Sequence[Start], years: Sequence[Year]) -> tuple[ProjectedLine, ...]:
    """Project lines in exact decimals: the projection's arrays with a single trial."""
    if not starts:
        return ()
    gross = project(_arrays(starts, years), round_decimals)[0]
    return tuple(
        ProjectedLine(start, {year: _figure(start, year, gross[i, t]) for t, year in enumerate(years)})
        for i, start in enumerate(starts)
    )


def round_decimals(amounts: Array) -> Array:
    """Whole pounds, halves away from zero, for an array of decimals."""
    return np.array([whole_pounds(amount) for amount in amounts.flat], dtype=object).reshape(amounts.shape)


def _arrays(starts: Sequence[Start], years: Sequence[Year]) -> Lines:
    def table(value: Callable[[Start, Year], Any], kind: str = "object") -> Array:
        return np.array([[[value(start, year) for year in years] for start in starts]], dtype=np.dtype(kind))

    return Lines(
        base=np.array([[start.base.amount or Decimal(0) for start in starts]], dtype=object),
        growth=table(lambda start, year: factor_of(start, year, "growth")),
        inflation=table(lambda start, year: factor_of(start, year, "inflation")),
        steps=table(lambda _start, _year: Decimal(0)),
        stated=table(lambda start, year: stated_sum(start, year) or Decimal(0)),
        is_stated=table(lambda start, year: stated_sum(start, year) is not None, "bool"),
        in_year=table(lambda _start, _year: Decimal(1)),
        pressures=table(lambda start, year: sum((effect_of(p, year) for p in start.pressures), Decimal(0))),
    )


def factor_of(start: Start, year: Year, kind: Literal["growth", "inflation"]) -> Decimal:
    """What is assumed to multiply a line in one year: 1.035 for 3.5%, and 1 where nothing is assumed."""
    for assumption in start.assumptions[year]:
        if assumption.kind == kind:
            return 1 + assumption.value / 100
    return Decimal(1)


def stated_sum(start: Start, year: Year) -> Decimal | None:
    """The sum assumed for a line in one year; None where none is."""
    return next((a.value for a in start.assumptions[year] if a.kind == "sum"), None)


def effect_of(pressure: Pressure, year: Year) -> Decimal:
    """Whole pounds that a pressure comes to in one year."""
    return effect_in(year, pressure.amount, pressure.start, recurrent=pressure.recurrence == "recurrent")


def _figure(start: Start, year: Year, gross: Decimal) -> Figure:
    used = start.assumptions[year]
    parts: list[Figure | Source] = [start.base]
    parts += [_assumed(assumption) for each, found in start.assumptions.items() if each <= year for assumption in found]
    parts += [
        effect_figure(pressure, f"{pressure.ref} {pressure.description}", effect_of(pressure, year), year)
        for pressure in start.pressures
    ]
    stated = any(assumption.kind == "sum" for assumption in used)
    rule = (
        "the sum assumed for the year" if stated else "base × growth × inflation of each year so far, in whole pounds"
    )
    if start.pressures:
        rule += ", and pressures"
    return Figure(
        f"plan/{start.id}/{year}",
        f"{start.label} {year.on_screen}",
        gross if start.is_known(year) else None,
        rule,
        tuple(parts),
    )


def _assumed(assumption: Assumption) -> Source:
    label = f"{assumption.line}: {assumption.kind} in {assumption.year.on_screen}"
    return source_of(assumption, "value", label, assumption.unit)


def effect_figure(record: Pressure | Investment, label: str, amount: Decimal, year: Year) -> Figure:
    """What a dated record comes to in one year."""
    kind = type(record).__name__.lower()
    source = source_of(record, "amount", label)
    rule = "the full-year amount from its start month, less what the outturn holds"
    return Figure(f"plan/{kind}.{slug(record.ref)}/{year}", f"{label} {year.on_screen}", amount, rule, (source,))
