"""The savings programme over every year: each view of it by group; and when schemes start, slip and grow."""

from collections.abc import Iterator, Mapping, Sequence

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.groups import Group, Key, grouped
from breakeven.plan.savings import Scheme
from breakeven.plan.scheme_years import MEASURES, Measure, SchemeYear, total_of
from breakeven.report.figures import amount_text
from breakeven.report.savings import SIGN_NOTE
from breakeven.report.statement import (
    Column,
    ColumnKind,
    Row,
    RowKind,
    Statement,
    Value,
    figures_row,
    mark_of,
    workbooks_behind,
)

_ALWAYS: tuple[Measure, ...] = ("planned", "forecast", "weighted", "at_risk", "delivered")
_IF_ANY: tuple[Measure, ...] = ("shortfall", "slipped")


def savings_years_statement(end: YearEnd, by: Sequence[Key] = ()) -> Statement:
    """Every year from the base year to the plan's last: planned, forecast, weighted, at risk and delivered.

    by: what to group each of them by; only the totals where nothing is given.
    """
    found = end.programme
    years = (found.base, *found.years)
    groups = list(grouped(found.schemes, by, end.year.body))
    lost: list[Measure] = [m for m in _IF_ANY if any(found.totals[year].of(m).amount for year in years)]
    rows = tuple(row for measure in (*_ALWAYS, *lost) for row in _block(end, measure, groups))
    base = found.base.on_screen
    later = "each later year those begun since, as the outturn holds the rest"
    if found.standing.is_running:
        later = "later years count them too, beside those begun since"
    return Statement(
        id="savings-years",
        body=end.year.body.name,
        title=f"Savings programme {years[0].on_screen} to {years[-1].on_screen}",
        state="by year",
        label=" and ".join(by).capitalize(),
        columns=(*(Column(str(year), year.on_screen) for year in years), Column("full_year", "Full year")),
        rows=rows,
        notes=(
            f"{base} counts its own schemes; {later}.",
            "At risk is forecast less weighted; shortfall is planned less forecast. Full year is what the schemes of "
            "the last year are planned to save once they all do so in full.",
            *end.year.body.notes,
        ),
        sources=workbooks_behind(rows, end),
        sign_note=SIGN_NOTE,
    )


def _block(end: YearEnd, measure: Measure, groups: Sequence[Group]) -> Iterator[Row]:
    found = end.programme
    years = (found.base, *found.years)
    words = MEASURES[measure]
    deepest = max((group.level for group in groups), default=1)
    for group in groups:
        if not any(scheme in found.counted_in(year) for scheme in group.schemes for year in years):
            continue
        kind = RowKind.LINE if group.level == deepest > 1 else RowKind.SUBTOTAL
        figures = _over(measure, years, [group.in_year(found, year) for year in years])
        yield figures_row(end, f"{measure}.{group.id}", group.label, kind, group.level, figures)
    totals = _over(measure, years, [found.totals[year] for year in years])
    label = f"All schemes, {words}" if groups else words.capitalize()
    yield figures_row(end, measure, label, RowKind.TOTAL, 0, totals)


def _over(measure: Measure, years: Sequence[Year], parts: Sequence[SchemeYear]) -> Iterator[tuple[str, Figure]]:
    """A measure by year; and beside what is planned, what the last year's schemes save once they do so in full."""
    yield from ((str(year), part.of(measure)) for year, part in zip(years, parts, strict=True))
    if measure == "planned":
        yield "full_year", parts[-1].full_year


def timing_statement(end: YearEnd) -> Statement:
    """When each scheme that is still to be counted starts, when it was first to, how it grows, and what slipping costs.

    A scheme whose first year is over is in the outturn, and is left out.
    """
    found = end.programme
    schemes = [scheme for scheme in found.schemes if not found.standing.is_settled(scheme.saving)]
    parts = {
        year: total_of("savings/timing", "Savings:", year, [s.years[year] for s in schemes])
        for year in (found.base, *found.years)
    }
    lost = {year: part.slipped for year, part in parts.items() if part.slipped.amount}
    rows = [_timing_row(end, scheme, [*lost]) for scheme in schemes]
    figures = {"full_year": parts[found.base].full_year, **{str(year): figure for year, figure in lost.items()}}
    rows.append(figures_row(end, "savings", "All schemes", RowKind.TOTAL, 0, figures.items()))
    return Statement(
        id="savings-timing",
        body=end.year.body.name,
        title="Savings programme: starts, ramps and slippage",
        state="by scheme",
        label="Scheme",
        columns=(
            Column("start", "Start", ColumnKind.TEXT),
            Column("planned_start", "Planned", ColumnKind.TEXT),
            Column("slipped_months", "Later", ColumnKind.TEXT),
            Column("ramp_months", "Ramp", ColumnKind.TEXT),
            Column("full_year", "Full year"),
            *(Column(str(year), f"Lost {year.on_screen}") for year in lost),
        ),
        rows=tuple(rows),
        summary=tuple(_slipped_words(end, schemes, lost)),
        notes=(
            "Planned is the start first planned, where that is said, and later the months from it to the start. Lost "
            "is what a scheme would save more in a year had it started then.",
            "Ramp is in months: over it a scheme grows evenly to its full saving.",
            *end.year.body.notes,
        ),
        sources=workbooks_behind(rows, end),
        sign_note="Savings are positive; what is lost is negative where an earlier start gains it.",
    )


def _timing_row(end: YearEnd, scheme: Scheme, lost: Sequence[Year]) -> Row:
    saving = scheme.saving
    words: dict[str, Value] = {
        "start": f"{saving.start:%b %Y}",
        "planned_start": f"{saving.planned_start:%b %Y}" if saving.planned_start else "",
        "slipped_months": f"{saving.slipped_months:+d}" if saving.slipped_months else "",
        "ramp_months": str(saving.ramp_months or ""),
    }
    figures = {str(year): scheme.years[year].slipped for year in lost}
    in_full = {"full_year": scheme.years[end.programme.base].full_year}
    label = f"{saving.ref} {saving.scheme}"
    return figures_row(end, slug(saving.ref), label, RowKind.LINE, 1, (in_full | figures).items(), words)


def _slipped_words(end: YearEnd, schemes: Sequence[Scheme], lost: Mapping[Year, Figure]) -> Iterator[str]:
    late = [scheme.saving for scheme in schemes if (scheme.saving.slipped_months or 0) > 0]
    if not late:
        yield "No scheme starts later than it was first planned to."
        return
    said = ", ".join(
        f"£{amount_text(figure.amount)}{mark_of(end, figure)} in {year.on_screen}"
        for year, figure in lost.items()
        if figure.amount
    )
    who = f"{len(late)} schemes start" if len(late) > 1 else f"{late[0].ref} starts"
    yield f"{who} later than first planned, which costs {said or 'nothing in any year'}."
