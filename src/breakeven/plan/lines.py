"""Each line of the plan: where it starts, what is assumed of it, and where each of its figures comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.drivers.units import Driver
from breakeven.ledger.assumptions import OF_ONE_LINE, Assumption, Investment, Pressure
from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.provenance import Figure, Source, source_of, sum_figure
from breakeven.ledger.scenarios import Overlay
from breakeven.periods import Year, year_of
from breakeven.plan.effects import change_since, effect_in

ByName = Mapping[tuple[str, Year], Sequence[Assumption]]
"""Assumptions by the name they are about, as an id, and the year."""


@dataclass(frozen=True, slots=True)
class Start:
    """A line before projection: its underlying base, what is assumed of it, its later pressures, and what it buys."""

    id: str
    label: str
    category: str
    """Blank for a line of income."""
    base: Figure
    assumptions: Mapping[Year, tuple[Assumption, ...]]
    pressures: tuple[Pressure, ...]
    begun: tuple[Pressure, ...] = ()
    """Pressures that the base year's outturn holds something of; what they change is in the base."""
    driver: Driver | None = None


@dataclass(frozen=True, slots=True)
class ProjectedLine:
    """A line of the plan with its figure for each year, whole pounds; open where it is not known."""

    start: Start
    years: Mapping[Year, Figure]


def by_name(ledger: Iterable[Assumption]) -> ByName:
    """Assumptions by name and year, those of one name in the order of the sheet."""
    found: dict[tuple[str, Year], list[Assumption]] = {}
    for assumption in ledger:
        found.setdefault((slug(assumption.line), assumption.year), []).append(assumption)
    return found


def assumptions_for(own: Sequence[str], category: Sequence[str], ledger: ByName, year: Year) -> tuple[Assumption, ...]:
    """The assumptions of one year that bear on a line, one of each kind.

    own, category: the names that the line and its category answer to. A line's own assumption is used rather than one
    of its kind for the category.
    """
    found: dict[str, Assumption] = {}
    for names in (own, category):
        for name in dict.fromkeys(names):
            for assumption in ledger.get((name, year), ()):
                if names is own or assumption.kind not in OF_ONE_LINE:
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


def begun_by(record: Pressure | Investment, year: Year) -> bool:
    """Whether a pressure or an investment has started by the end of ``year``."""
    return year_of(record.start) <= year


def effect_of(pressure: Pressure, year: Year) -> Decimal:
    """Whole pounds that a pressure comes to in one year."""
    return effect_in(year, pressure.amount, pressure.start, recurrent=pressure.recurrence == "recurrent")


def projected(start: Start, amounts: Mapping[Year, Decimal | None], overlays: Sequence[Overlay] = ()) -> ProjectedLine:
    """A line with what it comes to each year, and all that those figures are made of."""
    return ProjectedLine(start, {year: _figure(start, year, amount, overlays) for year, amount in amounts.items()})


def _figure(start: Start, year: Year, gross: Decimal | None, overlays: Sequence[Overlay]) -> Figure:
    parts: list[Figure | Source] = [start.base]
    parts += [assumed(assumption) for each, found in start.assumptions.items() if each <= year for assumption in found]
    parts += [
        effect_figure(pressure, f"{pressure.ref} {pressure.description}", effect_of(pressure, year), year)
        for pressure in start.pressures
    ]
    if start.driver and any(
        each.kind in {"number", "price", "flat"} for found in start.assumptions.values() for each in found
    ):
        parts += start.driver.sources
    changes = [each for each in overlays if each.year <= year]
    parts += [source_of(each, "value", f"{each.scenario}: {each.in_words}", each.unit) for each in changes]
    return Figure(
        f"plan/{start.id}/{year}", f"{start.label} {year.on_screen}", gross, _rule(start, year, changes), tuple(parts)
    )


def _rule(start: Start, year: Year, changes: Sequence[Overlay]) -> str:
    kinds = {assumption.kind for assumption in start.assumptions[year]}
    if "sum" in kinds:
        rule = "the sum assumed for the year"
    elif {"number", "price"} <= kinds:
        rule = "number × price for the year"
    else:
        rule = "base × growth × inflation of each year so far, in whole pounds"
    if start.pressures:
        rule += ", and pressures"
    return f"{rule}, as the scenario changes it" if changes else rule


def assumed(assumption: Assumption) -> Source:
    """The source that the value of an assumption is."""
    label = f"{assumption.line}: {assumption.kind} in {assumption.year.on_screen}"
    return source_of(assumption, "value", label, assumption.unit)


def effect_figure(record: Pressure | Investment, label: str, amount: Decimal, year: Year) -> Figure:
    """What a dated record comes to in one year."""
    kind = type(record).__name__.lower()
    source = source_of(record, "amount", label)
    rule = "the full-year amount from its start month, less what the outturn holds"
    return Figure(f"plan/{kind}.{slug(record.ref)}/{year}", f"{label} {year.on_screen}", amount, rule, (source,))
