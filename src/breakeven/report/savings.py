"""The savings programme as a tracker."""

from collections.abc import Iterator, Sequence

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, total
from breakeven.monitoring.outturn import Flow
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.savings import Scheme, SchemeYear
from breakeven.plan.schemes import expected_from
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, workbooks_behind


def savings_statement(end: YearEnd, year: Year | None = None, *, schemes: bool = True) -> Statement:
    """The schemes that count in one year, by priority, and their totals by status.

    year: the one that goes on, or once it is over the plan's first, where not given. ``schemes`` false leaves only the
    totals of each priority.
    """
    year = year or tracked_year(end)
    tracked = end.programme.counted_in(year)
    rows = tuple(_rows(end, tracked, year, schemes=schemes))
    unrecorded = sum(1 for scheme in tracked if scheme.years[year].delivered.amount is None)
    as_planned = sum(1 for scheme in tracked if not expected_from(scheme.saving, end.programme.standing))
    return Statement(
        id="savings",
        body=end.year.body.name,
        title=f"Savings programme {year.on_screen}",
        state="delivered to date",
        label="Priority" if not schemes else "Priority and scheme",
        columns=(
            Column("planned", "Planned"),
            Column("delivered", "Delivered"),
            Column("forecast", "Forecast"),
            Column("weighted", "Weighted"),
            *([Column("status", "Status", ColumnKind.TEXT)] if schemes else []),
        ),
        rows=rows,
        notes=(
            "Weighted is the forecast times its own confidence, or that of its status.",
            *(
                [f"Delivered is what is recorded so far: {_schemes(unrecorded)} nothing for the year."]
                if unrecorded
                else []
            ),
            *([f"{_schemes(as_planned)} no forecast and {_counts(as_planned)} as planned."] if as_planned else []),
            *end.year.body.notes,
        ),
        sources=workbooks_behind(rows, end),
        sign_note="Savings are positive. What nobody has recorded is [x], not nil.",
    )


def tracked_year(end: YearEnd) -> Year:
    """The year whose programme is under way: the folder's own, or once that is over the plan's first."""
    return end.programme.base if end.programme.standing.is_running else end.programme.years[0]


def _schemes(count: int) -> str:
    return "1 scheme has" if count == 1 else f"{count} schemes have"


def _counts(count: int) -> str:
    return "counts" if count == 1 else "count"


def _rows(end: YearEnd, tracked: Sequence[Scheme], year: Year, *, schemes: bool) -> Iterator[Row]:
    known = end.year.body.priorities
    others = dict.fromkeys(s.saving.priority for s in tracked if s.saving.priority not in known)
    for number, priority in enumerate((*known, *others), start=1):
        under = [scheme for scheme in tracked if scheme.saving.priority == priority]
        if under:
            yield _sum_row(end, f"priority_{number}", priority, under, year)
            yield from (_scheme_row(end, scheme, year) for scheme in under if schemes)
    yield _total_row(end, year)
    for status in dict.fromkeys(scheme.saving.status for scheme in tracked if schemes):
        under = [scheme for scheme in tracked if scheme.saving.status == status]
        yield _sum_row(end, f"status_{slug(status)}", f"of which {status}", under, year)


def _scheme_row(end: YearEnd, scheme: Scheme, year: Year) -> Row:
    figures = _figures(scheme.years[year])
    saving = scheme.saving
    return Row(
        id=slug(saving.ref),
        label=f"{saving.ref} {saving.scheme}",
        kind=RowKind.LINE,
        level=2,
        flow=Flow.INCOME,
        values={column: figure.amount for column, figure in figures.items()} | {"status": saving.status},
        figures={column: figure.id for column, figure in figures.items()},
        illustrative=frozenset(column for column, figure in figures.items() if figure.id in end.illustrative),
    )


def _sum_row(end: YearEnd, row_id: str, label: str, schemes: Sequence[Scheme], year: Year) -> Row:
    """A total over some schemes; what has been delivered is the sum of what is recorded, open where nothing is."""
    columns = [_figures(scheme.years[year]) for scheme in schemes]
    figures = {column: [each[column] for each in columns] for column in ("planned", "forecast", "weighted")}
    figures["delivered"] = [each["delivered"] for each in columns if each["delivered"].amount is not None]
    return Row(
        id=row_id,
        label=label,
        kind=RowKind.SUBTOTAL,
        level=1,
        flow=Flow.INCOME,
        values={column: total(parts) if parts else None for column, parts in figures.items()},
        illustrative=frozenset(
            column for column, parts in figures.items() if any(part.id in end.illustrative for part in parts)
        ),
    )


def _total_row(end: YearEnd, year: Year) -> Row:
    figures = _figures(end.programme.totals[year])
    return Row(
        id="savings",
        label="All schemes",
        kind=RowKind.TOTAL,
        level=0,
        flow=Flow.INCOME,
        values={column: figure.amount for column, figure in figures.items()},
        figures={column: figure.id for column, figure in figures.items()},
        illustrative=frozenset(column for column, figure in figures.items() if figure.id in end.illustrative),
    )


def _figures(part: SchemeYear) -> dict[str, Figure]:
    return {"planned": part.planned, "delivered": part.delivered, "forecast": part.forecast, "weighted": part.weighted}
