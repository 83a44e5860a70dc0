"""Each line of the plan: where it starts, what is assumed of it, and what that comes to by year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from breakeven.ledger.assumptions import Assumption, Pressure
from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.provenance import Figure, Source, source_of
from breakeven.ledger.record import Record
from breakeven.money import whole_pounds
from breakeven.periods import Year
from breakeven.plan.effects import effect_in
from breakeven.plan.projection import Array, Lines, project


@dataclass(frozen=True, slots=True)
class Start:
    """A line before projection: its base year figure, and the assumptions and pressures that bear on it."""

    id: str
    label: str
    category: str
    """Blank for a line of income."""
    base: Figure
    assumptions: Mapping[Year, tuple[Assumption, ...]]
    pressures: tuple[Pressure, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody has said how the line moves in some year, or its base is missing."""
        return self.base.amount is None or not all(self.assumptions.values())


@dataclass(frozen=True, slots=True)
class ProjectedLine:
    """A line of the plan with its figure for each year, whole pounds; open figures where the line is open."""

    start: Start
    years: Mapping[Year, Figure]


def assumptions_for(names: Sequence[str], ledger: Iterable[Assumption], year: Year) -> tuple[Assumption, ...]:
    """The assumptions of one year that bear on a line, one of each kind.

    names: what the line answers to, nearest first: its own names, then its category's. An assumption under a nearer
    name is used rather than one of its kind under a further.
    """
    nearest: dict[str, tuple[int, Assumption]] = {}
    for assumption in ledger:
        key = slug(assumption.line)
        if assumption.year != year or key not in names:
            continue
        distance = names.index(key)
        if assumption.kind not in nearest or distance < nearest[assumption.kind][0]:
            nearest[assumption.kind] = distance, assumption
    return tuple(assumption for _, assumption in nearest.values())


def pressures_on(line_id: str, chart: Chart, ledger: Iterable[Pressure]) -> tuple[Pressure, ...]:
    """The pressures of one line. A pressure names a line, not a category: a category has no one line to carry it."""
    return tuple(p for p in ledger if line_id in {line.id for line in chart.lines_named(p.line)[:1]})


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
        growth=table(lambda start, year: _factor(start, year, "growth")),
        inflation=table(lambda start, year: _factor(start, year, "inflation")),
        stated=table(lambda start, year: _stated(start, year) or Decimal(0)),
        is_stated=table(lambda start, year: _stated(start, year) is not None, "bool"),
        pressures=table(lambda start, year: sum((_effect(p, year) for p in start.pressures), Decimal(0))),
    )


def _factor(start: Start, year: Year, kind: str) -> Decimal:
    for assumption in start.assumptions[year]:
        if assumption.kind == kind:
            return 1 + assumption.value / 100
    return Decimal(1)


def _stated(start: Start, year: Year) -> Decimal | None:
    return next((a.value for a in start.assumptions[year] if a.kind == "sum"), None)


def _effect(pressure: Pressure, year: Year) -> Decimal:
    return effect_in(year, pressure.amount, pressure.start, recurrent=pressure.recurrence == "recurrent")


def _figure(start: Start, year: Year, gross: Decimal) -> Figure:
    used = start.assumptions[year]
    parts: list[Figure | Source] = [start.base]
    parts += [_assumed(assumption) for each, found in start.assumptions.items() if each <= year for assumption in found]
    parts += [
        effect_figure(pressure, f"{pressure.ref} {pressure.description}", _effect(pressure, year), year)
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
        None if start.is_open else gross,
        rule,
        tuple(parts),
    )


def _assumed(assumption: Assumption) -> Source:
    value = f"{assumption.value}%" if assumption.unit == "%" else f"£{assumption.value:,}"
    return source_of(assumption, f"{assumption.line}: {assumption.kind} {value} in {assumption.year.on_screen}", None)


def effect_figure(record: Record, label: str, amount: Decimal, year: Year) -> Figure:
    """What a dated record comes to in one year."""
    ref = slug(str(getattr(record, "ref", "")))
    source = source_of(record, label, getattr(record, "amount", None))
    rule = "the full-year amount from its start month"
    return Figure(f"plan/{ref}/{year}", f"{label} {year.on_screen}", amount, rule, (source,))
