"""The savings programme as a tracker: one year by priority, or by any of what is known of a scheme."""

from collections.abc import Iterator, Sequence

from breakeven.ledger.provenance import Figure
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.double_counts import double_counts
from breakeven.plan.groups import Group, Key, grouped
from breakeven.plan.savings import Scheme
from breakeven.plan.scheme_years import Measure, SchemeYear
from breakeven.plan.schemes import measured_by
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value, figures_row, workbooks_behind

SIGN_NOTE = "Savings are positive. What nobody has recorded is [x], not nil."

TRACKED: dict[Measure, str] = {
    "planned": "Planned",
    "delivered": "Delivered",
    "forecast": "Forecast",
    "weighted": "Weighted",
    "at_risk": "At risk",
}
"""The columns of the tracker."""


def savings_statement(
    end: YearEnd, year: Year | None = None, *, by: Sequence[Key] = (), schemes: bool = True
) -> Statement:
    """The schemes that count in one year, by priority, and their totals by status.

    year: the one that goes on, or once it is over the plan's first, where not given. by: what to group them by instead,
    each key within the one before. schemes: without it, only the totals of each priority, and not what is at risk.
    """
    year = year or tracked_year(end)
    tracked = end.programme.counted_in(year)
    keys: tuple[Key, ...] = tuple(by) or ("priority", *(("scheme",) if schemes else ()))
    rows = tuple(_rows(end, tracked, year, keys, statuses=schemes and not by))
    measures: list[Measure] = [measure for measure in TRACKED if measure != "at_risk" or schemes]
    return Statement(
        id="savings",
        body=end.year.body.name,
        title=f"Savings programme {year.on_screen}",
        state="delivered to date",
        label=" and ".join(keys).capitalize(),
        columns=(
            *(Column(measure, TRACKED[measure]) for measure in measures),
            *([Column("status", "Status", ColumnKind.TEXT)] if "scheme" in keys else []),
        ),
        rows=rows,
        notes=(*_notes(end, tracked, year, at_risk=schemes), *end.year.body.notes),
        sources=workbooks_behind(rows, end),
        sign_note=SIGN_NOTE,
    )


def tracked_year(end: YearEnd) -> Year:
    """The year whose programme is under way: the folder's own, or once that is over the plan's first."""
    return end.programme.base if end.programme.standing.is_running else end.programme.years[0]


def _notes(end: YearEnd, tracked: Sequence[Scheme], year: Year, *, at_risk: bool) -> Iterator[str]:
    rest = "; the rest of it is at risk" if at_risk else ""
    yield f"Weighted is the forecast times its own confidence, or that of its status{rest}."
    unrecorded = sum(1 for scheme in tracked if scheme.years[year].delivered.amount is None)
    if unrecorded:
        yield f"Delivered is what is recorded so far: {_schemes(unrecorded)} nothing for the year."
    as_planned = sum(1 for scheme in tracked if not measured_by(scheme.saving, end.programme.standing))
    if as_planned:
        yield f"{_schemes(as_planned)} no forecast and {'counts' if as_planned == 1 else 'count'} as planned."
    if claims := len(double_counts(end.year)):
        said = "1 warning" if claims == 1 else f"{claims} warnings"
        yield f"{said} that money may be claimed twice, as breakeven check lists: nothing is taken off."


def _schemes(count: int) -> str:
    return "1 scheme has" if count == 1 else f"{count} schemes have"


def _rows(end: YearEnd, tracked: Sequence[Scheme], year: Year, keys: Sequence[Key], *, statuses: bool) -> Iterator[Row]:
    body = end.year.body
    for group in grouped(tracked, keys, body):
        yield _group_row(end, group, year, deepest=len(keys))
    yield figures_row(end, "savings", "All schemes", RowKind.TOTAL, 0, _tracked(end.programme.totals[year]))
    for group in grouped(tracked, ["status"] if statuses else [], body):
        part = group.in_year(end.programme, year)
        yield figures_row(end, group.id, f"of which {group.label}", RowKind.SUBTOTAL, 1, _tracked(part))


def _group_row(end: YearEnd, group: Group, year: Year, *, deepest: int) -> Row:
    words: dict[str, Value] = {"status": group.scheme.saving.status} if group.scheme else {}
    kind = RowKind.LINE if group.level == deepest > 1 else RowKind.SUBTOTAL
    figures = _tracked(group.in_year(end.programme, year))
    return figures_row(end, group.id, group.label, kind, group.level, figures, words)


def _tracked(part: SchemeYear) -> Iterator[tuple[str, Figure]]:
    return ((measure, part.of(measure)) for measure in TRACKED)
