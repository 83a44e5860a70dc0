"""One scheme in one contract year, as figures that lead back to their cells; and the sum of several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, Source, less, source_of, sum_figure
from breakeven.ledger.savings import Saving
from breakeven.periods import Year, year_of
from breakeven.plan.model import View
from breakeven.plan.schemes import (
    Standing,
    amounts_in,
    certain_pct,
    delivered_in,
    full_year,
    lost_to_slippage,
    measured_by,
)

Measure = Literal["planned", "delivered", "forecast", "weighted", "at_risk", "shortfall", "slipped", "full_year"]

MEASURES: dict[Measure, str] = {
    "planned": "planned",
    "delivered": "delivered",
    "forecast": "forecast",
    "weighted": "weighted",
    "at_risk": "at risk",
    "shortfall": "shortfall",
    "slipped": "lost to slippage",
    "full_year": "full-year effect",
}
"""What is known of a saving in a year, and what it is called in words."""


@dataclass(frozen=True, slots=True)
class SchemeYear:
    """One scheme, or several, in one contract year, in pounds; ``delivered`` is open until somebody records it.

    at_risk = forecast − weighted; shortfall = planned − forecast, below nil where more is forecast than was planned.
    slipped: what it would have saved more had it started when first planned. full_year: what it is planned to save in
    each year once it saves in full, nil for a one-off; the same in every year.
    """

    planned: Figure
    delivered: Figure
    forecast: Figure
    weighted: Figure
    at_risk: Figure
    shortfall: Figure
    slipped: Figure
    full_year: Figure

    def view(self, view: View) -> Figure:
        """The figure of one view."""
        return self.of(view)

    def of(self, measure: Measure) -> Figure:
        """The figure of one measure."""
        found: Figure = getattr(self, measure)
        return found

    def figures(self) -> Iterator[Figure]:
        """Every figure."""
        yield from map(self.of, MEASURES)


def scheme_year(saving: Saving, standing: Standing, year: Year) -> SchemeYear:
    """What one scheme comes to in one year."""
    name = f"{saving.ref} {saving.scheme}"
    by, amounts = measured_by(saving, standing), amounts_in(year, saving, standing)
    made = delivered_in(year, saving, standing)
    own = [] if standing.is_settled(saving) or saving.confidence_pct is None else ["confidence_pct"]

    def figure(measure: Measure, amount: Decimal | None, rule: str, parts: Sequence[Figure | Source]) -> Figure:
        figure_id = f"savings/{slug(saving.ref)}.{measure}/{year}"
        return Figure(figure_id, f"{saving.ref} {MEASURES[measure]} {year.on_screen}", amount, rule, tuple(parts))

    amount = source_of(saving, "amount", f"{name}: full-year amount")
    planned = figure("planned", amounts.planned, _planned_rule(saving), [amount])
    share = f"planned × {_made_words(saving, by.year)} ÷ planned of {by.year.on_screen}" if by else "as planned"
    forecast = figure("forecast", amounts.forecast, share, [planned, *(by.sources if by else ())])
    weighted = figure(
        "weighted",
        amounts.weighted,
        f"forecast × {certain_pct(saving, standing):f}% confidence",
        [forecast, *(source_of(saving, field, f"{name}: confidence", "%") for field in own)],
    )
    slipped = (
        f"from {saving.planned_start:%d/%m/%Y} on, less from {saving.start:%d/%m/%Y} on" if saving.planned_start else ""
    )
    return SchemeYear(
        planned=planned,
        delivered=figure("delivered", made and made.amount, "as recorded", made.sources if made else ()),
        forecast=forecast,
        weighted=weighted,
        at_risk=figure("at_risk", less(forecast, weighted), "forecast − weighted", (forecast, weighted)),
        shortfall=figure("shortfall", less(planned, forecast), "planned − forecast", (planned, forecast)),
        slipped=figure("slipped", lost_to_slippage(year, saving), slipped or "no other start was planned", [amount]),
        full_year=figure("full_year", full_year(saving), "the full-year amount; nil for a one-off", [amount]),
    )


def _planned_rule(saving: Saving) -> str:
    rule = "the full-year amount from its start month"
    return f"{rule}, growing over {saving.ramp_months} months" if (saving.ramp_months or 1) > 1 else rule


def _made_words(saving: Saving, year: Year) -> str:
    return f"made in {year.on_screen}" if year != year_of(saving.start) else "made or forecast"


def total_of(stem: str, label: str, year: Year, parts: Sequence[SchemeYear]) -> SchemeYear:
    """The sum of some schemes' years. What is delivered is the sum of what is recorded, open where nothing is.

    stem, label: what the figures are called: ``savings`` and ``Savings``.
    """

    def add(measure: Measure) -> Figure:
        figures = [part.of(measure) for part in parts]
        if measure == "delivered":
            figures = [figure for figure in figures if figure.amount is not None]
        words = f"{label} {MEASURES[measure]} {year.on_screen}"
        if measure == "delivered" and not figures:
            return Figure(f"{stem}/{measure}/{year}", words, None, "none recorded yet", ())
        return sum_figure(f"{stem}/{measure}/{year}", words, f"the sum of {len(figures)} schemes", figures)

    return SchemeYear(*map(add, MEASURES))
