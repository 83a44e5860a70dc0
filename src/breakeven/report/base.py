"""The base of the plan as a statement: each adjustment on a row of its own, with its reason."""

from collections.abc import Iterator

from breakeven.money import NIL
from breakeven.periods import period_name
from breakeven.pipeline.questions import plan_base
from breakeven.pipeline.year_end import YearEnd, with_figures
from breakeven.plan.base import Adjustment, Base, BaseRow
from breakeven.report.figures import amount_text, balance_words
from breakeven.report.statement import (
    Column,
    Row,
    RowKind,
    Statement,
    figures_row,
    files_behind,
    kind_at,
    mark_of,
    placed,
    starting_point,
)


def base_statement(end: YearEnd) -> Statement:
    """From the outturn to what the plan starts from: one-offs stripped and full-year effects added, row by row."""
    found = plan_base(end)
    end = with_figures(end, found.figures(), end.marks)
    year = end.year.body.year
    return Statement(
        id="base",
        body=end.year.body.name,
        title=f"Base of the plan: {year.on_screen} underlying",
        state=starting_point(end),
        columns=(
            Column("outturn", _start(end).capitalize()),
            Column("one_offs", "One-offs stripped"),
            Column("full_year", "Full-year effects"),
            Column("underlying", "Underlying"),
        ),
        rows=tuple(row for each in placed(found.rows) for row in _rows(end, each)),
        summary=tuple(_summary(end, found)),
        notes=(*_notes(end, found), *end.year.body.notes),
        sources=files_behind(found.figures(), end.year),
    )


def _start(end: YearEnd) -> str:
    return "budget" if end.year.starts_from_budget else "outturn"


def _rows(end: YearEnd, row: BaseRow) -> Iterator[Row]:
    yield figures_row(end, row.id, row.label, kind_at(row.level), row.level, row.figures, flow=row.flow)
    yield from (_adjustment(end, row, adjustment) for adjustment in row.adjustments)


def _adjustment(end: YearEnd, row: BaseRow, adjustment: Adjustment) -> Row:
    label = f"{adjustment.label}: {adjustment.reason}"
    figures = {adjustment.kind: adjustment.figure}
    return figures_row(end, f"{row.id}.{adjustment.id}", label, RowKind.LINE, row.level + 1, figures, flow=row.flow)


def _summary(end: YearEnd, found: Base) -> Iterator[str]:
    position = next(row for row in found.rows if row.id == "position")
    before, after = (position.figures[column] for column in ("outturn", "underlying"))
    if before.amount is None or after.amount is None:
        yield "The underlying position is open: an amount that it needs is missing."
        return
    stated, underlying = (f"{balance_words(each.amount or NIL)}{mark_of(end, each)}" for each in (before, after))
    count = sum(len(row.adjustments) for row in found.rows)
    if not count:
        yield f"Nothing is stripped or added: the {_start(end)}, {stated}, is the base."
    else:
        after = f"after {count} adjustment{'s' if count > 1 else ''}"
        yield f"The {_start(end)}, {stated}, is {underlying} underlying, {after}."


def _notes(end: YearEnd, found: Base) -> Iterator[str]:
    of = end.year.body.year.on_screen
    begun = f"what the savings and investments of {of} {'are to come' if end.year.starts_from_budget else 'came'} to"
    yield f"The {_start(end)} holds {begun}; their rows are what changes after it."
    for each in found.explained:
        amount = "" if each.amount is None else f" £{amount_text(each.amount)}"
        yield (
            f"Explained as one-off and NOT stripped: {each.line}{amount}, {period_name(each.period)}: {each.text}. "
            f"Enter a one-off pressure that starts in {of} to strip it."
        )
