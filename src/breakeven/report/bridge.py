"""The bridge to money as a statement: what one step of each indicator and driver does to the plan, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from breakeven.findings import Cell, ColumnCells
from breakeven.ledger.chart import slug
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.pipeline.bridge import TOTAL, figures_of, part_id, what_if_words
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.bridge import Bridge, Moved, Part
from breakeven.plan.compare import Amounts
from breakeven.report.figures import amount_text, number_text
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value, mark_of, workbooks_behind

NO_LINE = "no_line"
"""The row above what moves no line."""

WORDS = ("kpis", "step", "lines", "what_if", "why", "source", "cells")
"""The columns of words, which --json and --csv have and a page says in its labels and notes."""

_HEADINGS = {
    "kpis": "Indicators", "step": "Step", "lines": "Lines", "what_if": "As what-if", "why": "Why", "source": "Source",
    "cells": "Cells",
}  # fmt: skip


def bridge_statement(end: YearEnd, found: Bridge) -> Statement:
    """Each step against every year's position and all of them together, change by change; then what moves no line.

    end: a year end with the bridge's figures in its book.
    """
    years = end.plan.years
    rows = tuple(_rows(end, found))
    return Statement(
        id="bridge",
        body=end.year.body.name,
        title=f"Bridge to money {' to '.join(dict.fromkeys((years[0].on_screen, years[-1].on_screen)))}",
        state=f"savings as {end.plan.view}",
        label="One step, in every year of the plan",
        columns=(
            *(Column(each, _HEADINGS[each], ColumnKind.TEXT) for each in WORDS),
            *(Column(str(year), year.on_screen) for year in years),
            Column(TOTAL, "All years"),
        ),
        rows=rows,
        summary=tuple(_summary(end, found)),
        notes=tuple(_notes(end, found)),
        sources=workbooks_behind(rows, end),
        sign_note="What worsens the position is in brackets.",
    )


def parts_of(statement: Statement) -> tuple[Statement, ...]:
    """The same statement as tables that fit a page: what moves a line, and in words what moves none."""
    place = next((i for i, row in enumerate(statement.rows) if row.id == NO_LINE), len(statement.rows))
    moving = replace(
        statement,
        rows=statement.rows[:place],
        columns=tuple(column for column in statement.columns if column.kind is not ColumnKind.TEXT),
    )
    rest = statement.rows[place + 1 :]
    if not rest:
        return (moving,)
    title = statement.rows[place].label
    return moving, replace(
        moving, id=NO_LINE, title=title, label="", rows=rest, columns=(), summary=(), notes=(), sources=()
    )


def step_words(step: Moved) -> str:
    """How much one step is: ``1 point``, ``10 children``."""
    return f"{number_text(step.first.step)} {step.first.unit}"


def effect_words(end: YearEnd, step: Moved) -> str:
    """What a step does in the plan's first year, and in all where that is known; blank where the first is open."""
    figures = {figure.id: figure for figure in figures_of(step, end)}
    first, total = (figures.get(f"bridge/{step.id}/{column}") for column in (str(end.plan.years[0]), TOTAL))
    if first is None or total is None or first.amount is None:
        return ""
    way = {"A": "adverse", "F": "favourable"}.get(adverse_or_favourable(Flow.NET, first.amount), "either way")
    in_first = f"£{amount_text(abs(first.amount))}{mark_of(end, first)} {way} in {end.plan.years[0].on_screen}"
    over = ""
    if total.amount is not None and len(end.plan.years) > 1:
        over = f", £{amount_text(abs(total.amount))}{mark_of(end, total)} over {len(end.plan.years)} years"
    return f"{step.first.driver}, {step_words(step)}{' more' if step.is_own else ''}: {in_first}{over}"


# Rows --------------------------------------------------------------------------------------------------------


def _rows(end: YearEnd, found: Bridge) -> Iterator[Row]:
    own = [step for step in found.moving if step.is_own]
    yield from (row for step in found.moving if not step.is_own for row in _step_rows(end, step))
    if own:
        yield _heading("own", "One more of what the plan counts")
    yield from (row for step in own for row in _step_rows(end, step))
    if found.still or found.unsaid:
        yield _heading(NO_LINE, "What moves no line of the plan")
    for step in found.still:
        label = f"{_refs(step)}{step.first.driver}. {step.first.why}"
        yield Row(step.id, label, RowKind.LINE, 2, Flow.NET, _words(step))
    if found.unsaid:
        refs = ", ".join(found.unsaid)
        label = f"{refs}: the sheet Bridge of performance.xlsx does not say what they move"
        yield Row("unsaid", label, RowKind.LINE, 2, Flow.NET, {"kpis": refs})


def _heading(row: str, label: str) -> Row:
    return Row(row, label, RowKind.SUBTOTAL, 1, Flow.NET, {})


def _step_rows(end: YearEnd, step: Moved) -> Iterator[Row]:
    level = 2 if step.is_own else 1
    label = f"{step.first.driver}, {step_words(step)}"
    missing: Amounts = tuple(None for _ in end.plan.years)
    yield _row(end, step.id, f"{_refs(step)}{label}", level, step.position or missing, _words(step))
    if step.found is None or len(step.parts) < 2:
        return
    for place, (part, change) in enumerate(zip(step.parts, step.found.changes, strict=True)):
        yield _row(end, part_id(step, place), _part_label(end, part), 2, change.position, {})
    if step.found.together and step.found.together.moves_position:
        yield _row(end, f"{step.id}.together", step.found.together.label, 2, step.found.together.position, {})


def _row(end: YearEnd, row: str, label: str, level: int, position: Amounts, words: dict[str, Value]) -> Row:
    known = [amount for amount in position if amount is not None]
    effects: dict[str, Decimal | None] = {str(y): a for y, a in zip(end.plan.years, position, strict=True)}
    effects[TOTAL] = sum(known, Decimal(0)) if len(known) == len(position) else None
    figures = {column: key for column in effects if (key := f"bridge/{row}/{column}") in end.book}
    return Row(
        id=row,
        label=label,
        kind=RowKind.SUBTOTAL if level == 1 else RowKind.LINE,
        level=level,
        flow=Flow.NET,
        values={**words, **effects},
        reading={column: word for column, a in effects.items() if (word := adverse_or_favourable(Flow.NET, a))},
        figures=figures,
        illustrative=frozenset(column for column, figure in figures.items() if figure in end.illustrative),
    )


def _words(step: Moved) -> dict[str, Value]:
    return {
        "kpis": ", ".join(step.first.indicators),
        "step": step_words(step),
        "lines": ", ".join(dict.fromkeys(row.line for row in step.rows if row.line)),
        "what_if": what_if_words(step) if step.parts else "",
        "why": _why(step),
        "source": "; ".join(dict.fromkeys(row.source for row in step.rows if row.source)),
        "cells": ", ".join(_cells(source.cells for part in step.parts for source in part.sources)),
    }


def _cells(read: Iterable[Cell | ColumnCells]) -> list[str]:
    """Where a step's size was read from, cells of one column together."""
    columns: dict[tuple[str, str, str], set[int]] = {}
    for cell in (each for cells in read for each in ([cells] if isinstance(cells, Cell) else cells)):
        letters = cell.ref.rstrip("0123456789")
        columns.setdefault((cell.workbook, cell.sheet, letters), set()).add(int(cell.ref[len(letters) :]))
    return [str(ColumnCells(*column, sorted(rows))) for column, rows in columns.items()]


def _why(step: Moved) -> str:
    return ". ".join(dict.fromkeys(row.why.rstrip(".") for row in step.rows))


def _refs(step: Moved) -> str:
    """Its reference and indicators, before its name: ``B1 (PI13, K12) ``; nothing before a driver of the plan's own."""
    if step.is_own:
        return ""
    return f"{step.first.ref} ({', '.join(step.first.indicators)}) " if step.first.indicators else f"{step.first.ref} "


def _part_label(end: YearEnd, part: Part) -> str:
    """What one change of a step is: ``External fostering: -10``, ``Social workers: 1.87 posts more at £62,618``."""
    line = end.year.body.chart.labels.get(part.overlay.line, part.row.line)
    if part.cost is not None:
        more = "more" if part.number > 0 else "fewer"
        posts = "post" if abs(part.number) == 1 else "posts"
        return f"{line}: {number_text(abs(part.number))} {posts} {more} at £{amount_text(part.cost)}"
    what = "" if part.row.what == "number" else f"{part.row.what} "
    return f"{line}: {what}{part.overlay.change}"


# Words -------------------------------------------------------------------------------------------------------


def _summary(end: YearEnd, found: Bridge) -> Iterator[str]:
    known = [step for step in found.moving if step.total is not None]
    if known:
        largest = max(known, key=lambda step: abs(step.total or Decimal(0)))
        yield f"Of {len(known)} steps this does most. {effect_words(end, largest)}."
    if not found.moving:
        yield (
            "Nothing moves a line: the plan counts no placements or posts (demand.xlsx), and the sheet Bridge of "
            "performance.xlsx says of nothing else that it does."
        )
    indicators = {slug(kpi.ref): kpi.ref for kpi in end.year.ledgers.kpis}
    moving = {slug(ref) for step in found.moving for ref in step.first.indicators} & indicators.keys()
    if indicators:
        yield f"{len(moving)} of {len(indicators)} indicators move a line; the others stand last, with the reason."


def _notes(end: YearEnd, found: Bridge) -> Iterator[str]:
    yield (
        "Each step is laid over the plan as it stands, from its first year on, and the plan is worked out again: the "
        "figures are what that does to each year's position. Steps overlap, and are not to be added."
    )
    if any(part.cost is not None for step in found.moving for part in step.parts):
        yield (
            "A line whose posts the plan does not count is changed by as large a part of it as they are of what it "
            "starts from, so that its pay awards bear on them."
        )
    for step in found.moving:
        if step.open_because:
            yield f"{step.first.ref} is open: {step.open_because}."
        elif not step.is_own:
            yield f"{step.first.ref}: {_why(step)}. As {what_if_words(step)}"
    yield from end.year.body.notes
