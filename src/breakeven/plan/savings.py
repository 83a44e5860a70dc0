"""The savings programme year by year: planned, forecast and weighted by how sure we are of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.provenance import Figure, Source, source_of, sum_figure, total
from breakeven.ledger.savings import Saving
from breakeven.ledger.year import Body, ContractYear
from breakeven.money import whole_pounds
from breakeven.monitoring.outturn import row_id
from breakeven.monitoring.states import LineSavings
from breakeven.periods import Year, year_of
from breakeven.plan.effects import effect_in

View = Literal["planned", "forecast", "weighted"]


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

    base: Year
    years: tuple[Year, ...]
    schemes: tuple[Scheme, ...]
    totals: dict[Year, SchemeYear]
    """In each year, the sum of ``counted_in``."""
    earlier: dict[Year, Figure]
    """What the base year's schemes change in each later year beyond what its outturn already holds."""

    def counted_in(self, year: Year) -> tuple[Scheme, ...]:
        """The base year's own schemes in the base year; in each later year those started after it, that year's too."""
        return tuple(scheme for scheme in self.schemes if _counts(scheme.saving, year, self.base))

    def figures(self) -> Iterator[Figure]:
        """Every figure of every scheme and of the totals."""
        for part in (*(y for scheme in self.schemes for y in scheme.years.values()), *self.totals.values()):
            yield from (part.planned, part.forecast, part.weighted, part.delivered)
        yield from self.earlier.values()


def programme(year: ContractYear) -> Programme:
    """Work out each scheme's saving by year.

        planned:  the full-year amount from its start month (``effect_in``)
        forecast: planned × forecast / planned of the first year; in the base year, what was delivered
        weighted: forecast × confidence

    Each is rounded to whole pounds by scheme and year before it is added. A scheme without a forecast
    is taken to be forecast as planned; one without a confidence takes that of its status.
    """
    base = year.body.year
    years = tuple(base.later(n) for n in range(1, year.body.plan_years + 1))
    schemes = tuple(_scheme(saving, year.body, (base, *years)) for saving in year.ledgers.savings)
    old = [scheme for scheme in schemes if year_of(scheme.saving.start) <= base]
    totals = {
        each: _total(each, [scheme for scheme in schemes if _counts(scheme.saving, each, base)])
        for each in (base, *years)
    }
    return Programme(base, years, schemes, totals, {each: _earlier(each, base, old) for each in years})


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


def _counts(saving: Saving, year: Year, base: Year) -> bool:
    first = year_of(saving.start)
    return first == base if year == base else base < first <= year


def _earlier(year: Year, base: Year, schemes: Sequence[Scheme]) -> Figure:
    """Full-year effects less one-offs that drop out: the outturn already holds what the base year saved."""
    now = [scheme.years[year].forecast for scheme in schemes]
    then = [scheme.years[base].forecast for scheme in schemes]
    amount = (total(now) or Decimal(0)) - (total(then) or Decimal(0))
    return Figure(
        f"savings/earlier/{year}",
        f"Earlier savings, change since {base.on_screen}",
        amount,
        f"this year's saving less what {base.on_screen} already held",
        (*now, *then),
    )


def _scheme(saving: Saving, body: Body, years: Sequence[Year]) -> Scheme:
    confidence = saving.confidence_pct
    if confidence is None:
        confidence = body.confidence_pct.get(saving.status, Decimal(100))
    return Scheme(saving, confidence, {year: _scheme_year(saving, confidence, year, body.year) for year in years})


def _scheme_year(saving: Saving, confidence_pct: Decimal, year: Year, base: Year) -> SchemeYear:
    first = year_of(saving.start)
    name = f"{saving.ref} {saving.scheme}"
    source = source_of(saving, "amount", f"{name}: full-year amount")
    expected = [source_of(saving, field, f"{name}: {field}") for field in expected_from(saving, base)]
    own = first > base and saving.confidence_pct is not None
    confident = [] if not own else [source_of(saving, "confidence_pct", f"{name}: confidence", "%")]
    planned = effect_in(year, saving.amount, saving.start, recurrent=saving.recurrence == "recurrent")
    forecast = _forecast(saving, planned, first, base)
    certain = Decimal(100) if first <= base else confidence_pct
    weighted = whole_pounds(forecast * certain / 100)
    delivered = saving.delivered if year == first else None
    told = [source_of(saving, "delivered", f"{name}: delivered")] if delivered is not None else []
    as_planned = _figure(saving, "planned", year, planned, "the full-year amount from its start month", [source])
    as_forecast = _figure(
        saving, "forecast", year, forecast, "planned × forecast ÷ planned of its first year", [as_planned, *expected]
    )
    return SchemeYear(
        planned=as_planned,
        forecast=as_forecast,
        weighted=_figure(
            saving, "weighted", year, weighted, f"forecast × {certain:f}% confidence", [as_forecast, *confident]
        ),
        delivered=_figure(saving, "delivered", year, delivered, "as recorded", told),
    )


def expected_from(saving: Saving, base: Year) -> Sequence[Literal["delivered", "forecast"]]:
    """The field that says what a scheme's first year comes to: none where nobody has, and it counts as planned."""
    if year_of(saving.start) <= base and saving.delivered is not None:
        return ("delivered",)
    return () if saving.forecast is None else ("forecast",)


def _forecast(saving: Saving, planned: Decimal, first: Year, base: Year) -> Decimal:
    in_first_year = effect_in(first, saving.amount, saving.start, recurrent=saving.recurrence == "recurrent")
    expected = [getattr(saving, field) for field in expected_from(saving, base)]
    if not expected or not in_first_year:
        return planned
    return whole_pounds(planned * expected[0] / in_first_year)


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
