"""The savings programme year by year: planned, forecast and weighted by how sure we are of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.provenance import Figure, Source, less, source_of, sum_figure
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import Body, ContractYear
from breakeven.money import whole_pounds
from breakeven.monitoring.outturn import row_id
from breakeven.monitoring.states import LineSavings
from breakeven.periods import Year, year_of
from breakeven.plan.effects import effect_in, in_first_year
from breakeven.plan.model import ModelScheme, View
from breakeven.plan.overlays import overlaid_savings


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


def programme(year: ContractYear, overlays: Sequence[Overlay] = ()) -> Programme:
    """Work out each scheme's saving by year.

        planned:  the full-year amount from its start month (``effect_in``)
        forecast: planned × forecast / planned of the first year; in the base year, what was delivered
        weighted: forecast × confidence

    Each is rounded to whole pounds by scheme and year before it is added. A scheme without a forecast
    is taken to be forecast as planned; one without a confidence takes that of its status. overlays: what a scenario
    changes of the plan; those on savings are applied first.
    """
    base = year.body.year
    years = tuple(base.later(n) for n in range(1, year.body.plan_years + 1))
    savings = overlaid_savings(year.ledgers.savings, overlays, year.body)
    schemes = tuple(_scheme(saving, year.body, (base, *years)) for saving in savings)
    old = [scheme for scheme in schemes if is_earlier(scheme.saving, base)]
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


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one scheme comes to in one contract year, in whole pounds."""

    planned: Decimal
    forecast: Decimal
    weighted: Decimal


def confidence_of(saving: Saving, body: Body) -> Decimal:
    """Per cent of a scheme's forecast that is counted on: its own, or that of its status."""
    if saving.confidence_pct is not None:
        return saving.confidence_pct
    return body.confidence_pct.get(saving.status, Decimal(100))


def amounts_in(year: Year, saving: Saving, body: Body) -> Amounts:
    """What a scheme is planned to save in ``year``, what it is forecast to, and how much of that is counted on.

    A scheme of the base year is counted on in full: its outturn is known.
    """
    recurrent = saving.recurrence == "recurrent"
    planned = effect_in(year, saving.amount, saving.start, recurrent=recurrent)
    first = in_first_year(saving)
    expected = [getattr(saving, field) for field in expected_from(saving, body.year)]
    forecast = whole_pounds(planned * expected[0] / first) if expected and first else planned
    certain = Decimal(100) if is_earlier(saving, body.year) else confidence_of(saving, body)
    return Amounts(planned, forecast, whole_pounds(forecast * certain / 100))


def is_earlier(saving: Saving, base: Year) -> bool:
    """Whether a scheme began by the end of the base year, whose outturn then holds something of it."""
    return year_of(saving.start) <= base


def model_schemes(savings: Sequence[Saving], body: Body, years: Sequence[Year]) -> tuple[ModelScheme, ...]:
    """The schemes as numbers: one of the base year counts, in every view, what changes after it."""
    return tuple(_model_scheme(saving, body, years) for saving in savings)


def _model_scheme(saving: Saving, body: Body, years: Sequence[Year]) -> ModelScheme:
    found = [amounts_in(year, saving, body) for year in years]
    earlier = is_earlier(saving, body.year)
    held = amounts_in(body.year, saving, body).forecast if earlier else Decimal(0)
    forecast = tuple(each.forecast - held for each in found)
    return ModelScheme(
        ref=saving.ref,
        label=saving.scheme,
        line=saving.line,
        priority=saving.priority,
        is_earlier=earlier,
        planned=forecast if earlier else tuple(each.planned for each in found),
        forecast=forecast,
        weighted=forecast if earlier else tuple(each.weighted for each in found),
        confidence_pct=Decimal(100) if earlier else confidence_of(saving, body),
    )


def _scheme(saving: Saving, body: Body, years: Sequence[Year]) -> Scheme:
    return Scheme(saving, confidence_of(saving, body), {year: _scheme_year(saving, body, year) for year in years})


def _scheme_year(saving: Saving, body: Body, year: Year) -> SchemeYear:
    base = body.year
    name = f"{saving.ref} {saving.scheme}"
    source = source_of(saving, "amount", f"{name}: full-year amount")
    expected = [source_of(saving, field, f"{name}: {field}") for field in expected_from(saving, base)]
    own = not is_earlier(saving, base) and saving.confidence_pct is not None
    confident = [] if not own else [source_of(saving, "confidence_pct", f"{name}: confidence", "%")]
    amounts = amounts_in(year, saving, body)
    certain = Decimal(100) if is_earlier(saving, base) else confidence_of(saving, body)
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
            saving, "weighted", year, amounts.weighted, f"forecast × {certain:f}% confidence", [as_forecast, *confident]
        ),
        delivered=_figure(saving, "delivered", year, delivered, "as recorded", told),
    )


def expected_from(saving: Saving, base: Year) -> Sequence[Literal["delivered", "forecast"]]:
    """The field that says what a scheme's first year comes to: none where nobody has, and it counts as planned."""
    if is_earlier(saving, base) and saving.delivered is not None:
        return ("delivered",)
    return () if saving.forecast is None else ("forecast",)


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
