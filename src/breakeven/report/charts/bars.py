"""Charts of bars that lie: side by side, stepping from one total to another, and either side of an axis."""

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from breakeven.report.cells import cell_text, shown_amount
from breakeven.report.charts.canvas import Canvas, Scale
from breakeven.report.figures import Unit
from breakeven.report.section import Chart
from breakeven.report.statement import Column, Row, RowKind

LABEL = 19
"""Pixels that a row's label takes, above its bars."""

BAR = 14
GAP = 9
FAR_RIGHT = 100
"""Where an amount ends, in per cent."""


def draw_bars(chart: Chart) -> Markup:
    """A group of bars for each row; the second of a group is hatched, and each says what it is."""
    data = chart.data
    amounts = [a for row in data.rows for c in data.columns if (a := shown_amount(row, c.id)) is not None]
    scale, canvas, y = Scale.over(amounts, 0, 62), Canvas(data.id, "second"), 0
    for row in data.rows:
        canvas.words(0, y + 14, row.label, "label")
        y += LABEL
        first = y
        for place, column in enumerate(data.columns):
            amount = shown_amount(row, column.id)
            if amount is not None:
                across = scale.at(Decimal(0)), scale.at(amount)
                canvas.bar(across, _down(y), "second" if place else "first", hatched=bool(place))
            canvas.words(FAR_RIGHT, y + 11, f"{column.label} {said(row, column)}", "amount", "end")
            y += BAR + 3
        canvas.upright(scale.at(Decimal(0)), (Decimal(first), Decimal(y - 3)), "axis")  # a label stands where it is
        y += GAP
    return canvas.svg(data.title, chart.description, y)


def draw_waterfall(chart: Chart) -> Markup:
    """Each row's step from where the row before it ended; a row that is a total stands by itself."""
    data, (column, *_) = chart.data, chart.data.columns
    steps = list(_steps(chart))
    scale, canvas, y = Scale.over([a for _, start, end in steps for a in (start, end)], 0, 68), Canvas(data.id), 0
    for place, (row, start, end) in enumerate(steps):
        canvas.words(0, y + 14, row.label, "label strong" if row.kind is RowKind.TOTAL else "label")
        y += LABEL
        across = scale.at(start), scale.at(end)
        worse = end < start and row.kind is not RowKind.TOTAL
        kind = "total" if row.kind is RowKind.TOTAL else "worse" if worse else "better"
        canvas.bar(across, _down(y), kind, hatched=worse)
        canvas.words(FAR_RIGHT, y + 11, said(row, column), "amount", "end")
        if place + 1 < len(steps):
            canvas.upright(across[1], (Decimal(y + BAR), Decimal(y + BAR + GAP)), "joint")
        y += BAR + GAP
    canvas.upright(scale.at(Decimal(0)), (Decimal(0), Decimal(y - GAP)), "axis")
    return canvas.svg(data.title, chart.description, y)


def _steps(chart: Chart) -> Iterator[tuple[Row, Decimal, Decimal]]:
    """Each row with where its bar begins and ends."""
    so_far = Decimal(0)
    for row in chart.data.rows:
        amount = shown_amount(row, chart.data.columns[0].id)
        if amount is None:
            continue
        start = Decimal(0) if row.kind is RowKind.TOTAL else so_far
        so_far = start + amount
        yield row, start, so_far


def draw_tornado(chart: Chart) -> Markup:
    """Each row's worse and better end, either side of nil."""
    data = chart.data
    lower, higher = data.columns
    amounts = [a for row in data.rows for c in data.columns if (a := shown_amount(row, c.id)) is not None]
    longest = max((abs(amount) for amount in amounts), default=Decimal(1)) or Decimal(1)
    scale, canvas, y = Scale(-longest, longest, Decimal(30), Decimal(70)), Canvas(data.id), 0
    for row in data.rows:
        canvas.words(0, y + 14, row.label, "label")
        y += LABEL
        for column, kind, place, anchor in ((lower, "worse", 0, "start"), (higher, "better", FAR_RIGHT, "end")):
            amount = shown_amount(row, column.id)
            if amount is not None:
                canvas.bar((scale.at(Decimal(0)), scale.at(amount)), _down(y), kind, hatched=kind == "worse")
            canvas.words(place, y + 11, said(row, column), "amount", anchor)
        y += BAR + GAP
    canvas.upright(scale.at(Decimal(0)), (Decimal(0), Decimal(y - GAP)), "axis")
    return canvas.svg(data.title, chart.description, y)


def said(row: Row, column: Column) -> str:
    """An amount as its table has it, with its A or F."""
    return f"{cell_text(row, column, Unit.POUNDS)} {row.reading.get(column.id, '')}".strip()


def _down(y: int) -> tuple[Decimal, Decimal]:
    return Decimal(y), Decimal(y + BAR)
