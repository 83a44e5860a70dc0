"""The savings programme year by year: planned, forecast and weighted by how sure we are of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.provenance import Figure, less, source_of, sum_figure
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import row_id
from breakeven.monitoring.states import LineSavings
from breakeven.periods import Year, period_name
from breakeven.plan.overlays import overlaid_savings
from breakeven.plan.scheme_years import SchemeYear, scheme_year, total_of
from breakeven.plan.schemes import Standing, confidence_of, delivered_in, held_label


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
        return _counted(self.schemes, year, self.standing)

    def figures(self) -> Iterator[Figure]:
        """Every figure of every scheme and of the totals."""
        for part in (*(y for scheme in self.schemes for y in scheme.years.values()), *self.totals.values()):
            yield from part.figures()
        yield from self.earlier.values()
        yield from [self.held] if self.held else []


def programme(year: ContractYear, overlays: Sequence[Overlay] = ()) -> Programme:
    """Work out each scheme's saving by year.

        planned:  the full-year amount from its start month, growing over its ramp (``effect_in``)
        forecast: planned × forecast / planned of the first year; once that is over, delivered in place of forecast
        weighted: forecast × confidence; no less than is delivered already, and all of it once the first year is over

    Each is rounded to whole pounds by scheme and year before it is added. A scheme without a forecast
    is taken to be forecast as planned; one without a confidence takes that of its status. overlays: what a scenario
    changes of the plan; those on savings are applied first.
    """
    standing, base = Standing.of(year), year.body.year
    years = tuple(base.later(n) for n in range(1, year.body.plan_years + 1))
    savings = overlaid_savings(year.ledgers.schemes, overlays, year.body)
    schemes = tuple(_scheme(saving, standing, (base, *years)) for saving in savings)
    old = [scheme for scheme in schemes if standing.is_settled(scheme.saving)]
    totals = {
        each: total_of("savings", "Savings", each, [scheme.years[each] for scheme in _counted(schemes, each, standing)])
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


def _counted(schemes: Sequence[Scheme], year: Year, standing: Standing) -> tuple[Scheme, ...]:
    return tuple(scheme for scheme in schemes if standing.counts_in(scheme.saving, year))


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
    known, so_far = period_name(standing.months) if standing.months else "", "as planned"
    if standing.months and (made := delivered_in(of, saving, standing)):
        parts += made.sources
        so_far = "delivered"
    rest = f"at that rate, as by {standing.method_of(saving)}," if standing.goes_on_as_so_far(saving) else "as planned"
    rule = so_far if so_far == rest else f"{so_far} by {known}, and {rest} from then on"
    label = f"{saving.ref} held in {of.on_screen}"
    return Figure(f"savings/{slug(saving.ref)}.held/{of}", label, -standing.held[saving.ref], rule, tuple(parts))


def _held(standing: Standing) -> Figure:
    parts = [held_figure(saving, standing) for saving in standing.savings if saving.ref in standing.held]
    rule = f"the sum of {len(parts)} schemes, which are counted in full"
    return sum_figure(f"savings/held/{standing.base}", held_label(standing.base), rule, parts)


def _scheme(saving: Saving, standing: Standing, years: Sequence[Year]) -> Scheme:
    by_year = {year: scheme_year(saving, standing, year) for year in years}
    return Scheme(saving, confidence_of(saving, standing.body), by_year)
