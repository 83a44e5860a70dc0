"""The savings programme year by year: planned, forecast and weighted by how sure we are of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.provenance import Figure, Source, less, source_of, sum_figure
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import row_id
from breakeven.monitoring.states import LineSavings
from breakeven.periods import Year, period_name, year_of
from breakeven.plan.model import View
from breakeven.plan.overlays import overlaid_savings
from breakeven.plan.schemes import Standing, amounts_in, certain_pct, confidence_of, expected_from, held_label


@dataclass(frozen=True, slots=True)
class SchemeYear:
    """One scheme in one contract year, in pounds; ``delivered`` is open until somebody records it."""

    planned: Figure
    forecast: Figure
    weighted: Figure
    delivered: Figure

    def view(self, view: View) -> Figure:
        """The figure of one view."""
        return {"planned": self.planned, "forecast": self.forecast, "weighted": self.weighted}[view]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A saving and what it comes to in each year from the base year to the plan's last."""

    saving: Saving
    confidence_pct: Decimal
    years: dict[Year, SchemeYear]


@dataclass(frozen=True, slots=True)
class Programme:
    """Every scheme, in the order of the sheet, and the totals of each year."""

    standing: Standing
    years: tuple[Year, ...]
    schemes: tuple[Scheme, ...]
    totals: dict[Year, SchemeYear]
    """In each year, the sum of ``counted_in``."""
    earlier: dict[Year, Figure]
    """What schemes whose first year is over change in each later year beyond what the outturn already holds."""
    held: Figure | None
    """What the budget or forecast of a base year that goes on holds of its own schemes, negative: each later year's
    lines have it already, and its totals count those schemes in full. None once the year is over."""

    @property
    def base(self) -> Year:
        """The year that the plan starts from."""
        return self.standing.base

    def beside_totals(self, year: Year) -> tuple[Figure, ...]:
        """What a plan counts in a later year besides its totals."""
        return (self.earlier[year], *([self.held] if self.held else []))

    def counted_in(self, year: Year) -> tuple[Scheme, ...]:
        """The schemes that a year's totals count, as ``Standing.counts_in`` says."""
        return tuple(scheme for scheme in self.schemes if self.standing.counts_in(scheme.saving, year))

    def figures(self) -> Iterator[Figure]:
        """Every figure of every scheme and of the totals."""
        for part in (*(y for scheme in self.schemes for y in scheme.years.values()), *self.totals.values()):
            yield from (part.planned, part.forecast, part.weighted, part.delivered)
        yield from self.earlier.values()
        yield from [self.held] if self.held else []


def programme(year: ContractYear, overlays: Sequence[Overlay] = ()) -> Programme:
    """Work out each scheme's saving by year.

        planned:  the full-year amount from its start month (``effect_in``)
        forecast: planned × forecast / planned of the first year; once that is over, delivered in place of forecast
        weighted: forecast × confidence; no less than is delivered already, and all of it once the first year is over

    Each is rounded to whole pounds by scheme and year before it is added. A scheme without a forecast
    is taken to be forecast as planned; one without a confidence takes that of its status. overlays: what a scenario
    changes of the plan; those on savings are applied first.
    """
    standing, base = Standing.of(year), year.body.year
    years = tuple(base.later(n) for n in range(1, year.body.plan_years + 1))
    savings = overlaid_savings(year.ledgers.savings, overlays, year.body)
    schemes = tuple(_scheme(saving, standing, (base, *years)) for saving in savings)
    old = [scheme for scheme in schemes if standing.is_settled(scheme.saving)]
    totals = {
        each: _total(each, [scheme for scheme in schemes if standing.counts_in(scheme.saving, each)])
        for each in (base, *years)
    }
    earlier = {each: _earlier(each, base, old) for each in years}
    return Programme(standing, years, schemes, totals, earlier, _held(standing) if standing.held else None)


def saved_by_line(programme: Programme, chart: Chart) -> dict[str, LineSavings]:
    """What the base year's own schemes were to save on each line, and what they have saved or are forecast to.

    By the id of its row. A scheme that names a category of several lines is on none of them.
    """
    base = programme.base
    by_row: dict[str, list[SchemeYear]] = {}
    for scheme in programme.counted_in(base):
        lines = chart.lines_named(scheme.saving.line)
        if len(lines) == 1:
            by_row.setdefault(row_id(chart, lines[0].id), []).append(scheme.years[base])

    def add(row: str, column: str, parts: Sequence[Figure]) -> Figure:
        label = f"Savings {column} on the line {base.on_screen}"
        return sum_figure(f"savings/on_{row}.{column}/{base}", label, f"the sum of {len(parts)} schemes", parts)

    return {
        row: LineSavings(
            add(row, "planned", [each.planned for each in years]),
            add(row, "expected", [each.forecast for each in years]),
        )
        for row, years in by_row.items()
    }


def change_of(scheme: Scheme, year: Year, base: Year) -> Figure:
    """What a scheme of the base year saves in ``year`` beyond what that outturn holds: less, where it drops out."""
    now, then = scheme.years[year].forecast, scheme.years[base].forecast
    return Figure(
        f"savings/{slug(scheme.saving.ref)}.change/{year}",
        f"{scheme.saving.ref} change from {base.on_screen} to {year.on_screen}",
        less(now, then),
        f"this year's saving less what {base.on_screen} already held",
        (now, then),
    )


def _earlier(year: Year, base: Year, schemes: Sequence[Scheme]) -> Figure:
    """Full-year effects less one-offs that drop out: the outturn already holds what the base year saved."""
    return sum_figure(
        f"savings/earlier/{year}",
        f"Earlier savings, change since {base.on_screen}",
        f"the sum of {len(schemes)} changes",
        [change_of(scheme, year, base) for scheme in schemes],
    )


def held_figure(saving: Saving, standing: Standing) -> Figure:
    """What the budget or forecast of the base year holds of one of its own schemes, negative as it is taken out."""
    name, of = f"{saving.ref} {saving.scheme}", standing.base
    parts = [source_of(saving, "amount", f"{name}: full-year amount")]
    rule = "as planned"
    if saving.delivered is not None and standing.months:
        parts.append(source_of(saving, "delivered", f"{name}: delivered"))
        rule = f"delivered by {period_name(standing.months)}, and as planned from then on"
    label = f"{saving.ref} held in {of.on_screen}"
    return Figure(f"savings/{slug(saving.ref)}.held/{of}", label, -standing.held[saving.ref], rule, tuple(parts))


def _held(standing: Standing) -> Figure:
    parts = [held_figure(saving, standing) for saving in standing.savings if saving.ref in standing.held]
    rule = f"the sum of {len(parts)} schemes, which are counted in full"
    return sum_figure(f"savings/held/{standing.base}", held_label(standing.base), rule, parts)


def _scheme(saving: Saving, standing: Standing, years: Sequence[Year]) -> Scheme:
    by_year = {year: _scheme_year(saving, standing, year) for year in years}
    return Scheme(saving, confidence_of(saving, standing.body), by_year)


def _scheme_year(saving: Saving, standing: Standing, year: Year) -> SchemeYear:
    name = f"{saving.ref} {saving.scheme}"
    source = source_of(saving, "amount", f"{name}: full-year amount")
    expected = [source_of(saving, field, f"{name}: {field}") for field in expected_from(saving, standing)]
    own = not standing.is_settled(saving) and saving.confidence_pct is not None
    confident = [] if not own else [source_of(saving, "confidence_pct", f"{name}: confidence", "%")]
    amounts = amounts_in(year, saving, standing)
    delivered = saving.delivered if year == year_of(saving.start) else None
    told = [source_of(saving, "delivered", f"{name}: delivered")] if delivered is not None else []
    as_planned = _figure(
        saving, "planned", year, amounts.planned, "the full-year amount from its start month", [source]
    )
    as_forecast = _figure(
        saving,
        "forecast",
        year,
        amounts.forecast,
        "planned × forecast ÷ planned of its first year",
        [as_planned, *expected],
    )
    return SchemeYear(
        planned=as_planned,
        forecast=as_forecast,
        weighted=_figure(
            saving,
            "weighted",
            year,
            amounts.weighted,
            f"forecast × {certain_pct(saving, standing):f}% confidence",
            [as_forecast, *confident],
        ),
        delivered=_figure(saving, "delivered", year, delivered, "as recorded", told),
    )


def _figure(
    saving: Saving, column: str, year: Year, amount: Decimal | None, rule: str, parts: Sequence[Figure | Source]
) -> Figure:
    return Figure(
        f"savings/{slug(saving.ref)}.{column}/{year}",
        f"{saving.ref} {column} {year.on_screen}",
        amount,
        rule,
        tuple(parts),
    )


def _total(year: Year, schemes: Sequence[Scheme]) -> SchemeYear:
    def add(column: str, parts: list[Figure]) -> Figure:
        return sum_figure(
            f"savings/{column}/{year}", f"Savings {column} {year.on_screen}", f"the sum of {len(parts)} schemes", parts
        )

    recorded = [figure for scheme in schemes if (figure := scheme.years[year].delivered).amount is not None]
    return SchemeYear(
        planned=add("planned", [scheme.years[year].planned for scheme in schemes]),
        forecast=add("forecast", [scheme.years[year].forecast for scheme in schemes]),
        weighted=add("weighted", [scheme.years[year].weighted for scheme in schemes]),
        delivered=add("delivered", recorded)
        if recorded
        else Figure(f"savings/delivered/{year}", f"Savings delivered {year.on_screen}", None, "none recorded yet", ()),
    )
