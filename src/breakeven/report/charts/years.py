"""Charts whose years go from left to right: columns, and the fan of what may be."""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap

from markupsafe import Markup

from breakeven.report.cells import shown_amount
from breakeven.report.charts.canvas import Canvas, Scale, at, millions
from breakeven.report.figures import ILLUSTRATIVE
from breakeven.report.section import Chart
from breakeven.report.statement import Column, Row

TOP = 26
BOTTOM = 236
"""Where the plot begins and ends, in pixels; the years stand beneath it."""

HEIGHT = 262
LEFT = 14
RIGHT = 70
"""The plot of a fan in per cent; amounts stand to its left, and what each line is to its right."""

NAMED = frozenset({"p90", "planned", "p50", "p10"})
"""The columns of a fan that are lines or edges, and are named beside their ends."""

SHORT = 11
"""Letters of a line beside a fan that fit a telephone; of a longer name the amount stands beneath its words."""

LINE_HEIGHT = 16

_PLOT = Markup(
    '<svg x="{x}%" y="{y}" width="{width}%" height="{height}" viewBox="0 0 100 100" preserveAspectRatio="none">{}</svg>'
)
_AREA = Markup('<polygon class="{}" points="{}"/>')
_PATH = Markup('<polyline class="{}" points="{}"/>')


def draw_columns(chart: Chart) -> Markup:
    """A column for each year, from nil up, or down where there is a deficit."""
    data, column_id, canvas = chart.data, chart.data.columns[0].id, Canvas(chart.data.id)
    known = [(row, shown_amount(row, column_id)) for row in data.rows]
    scale = Scale.over([amount for _, amount in known if amount is not None], BOTTOM - 22, TOP)
    slot = Decimal(100) / max(len(known), 1)
    nil = scale.at(Decimal(0))
    for place, (row, amount) in enumerate(known):
        middle = slot * place + slot / 2
        if amount is not None:
            half = slot * Decimal("0.3")
            hangs = amount < 0
            canvas.bar(
                (middle - half, middle + half), (nil, scale.at(amount)), "worse" if hangs else "better", hatched=hangs
            )
            below = scale.at(amount) + (16 if hangs else -6)
            canvas.words(middle, below, f"{millions(amount)}{_mark(row, column_id)}", "amount", "middle")
        canvas.words(middle, HEIGHT - 6, row.label, "label", "middle")
    canvas.line((Decimal(0), Decimal(100)), (nil, nil), "axis")
    return canvas.svg(data.title, chart.description, HEIGHT)


def draw_fan(chart: Chart) -> Markup:
    """Bands between percentiles, the middle as a line, and the plan dashed."""
    data, canvas = chart.data, Canvas(chart.data.id)
    columns = [column.id for column in data.columns]
    by_column = {c: [shown_amount(row, c) or Decimal(0) for row in data.rows] for c in columns}
    scale = Scale.over([amount for amounts in by_column.values() for amount in amounts], BOTTOM, TOP)
    for tick in scale.ticks():
        y = scale.at(tick)
        canvas.line((Decimal(LEFT), Decimal(RIGHT)), (y, y), "grid" if tick else "axis")
        canvas.words(LEFT - 1, y + 4, millions(tick, 0), "amount", "end")
    span = Scale(scale.least, scale.most, Decimal(100), Decimal(0))
    places = {c: _points(amounts, span) for c, amounts in by_column.items()}
    shapes = [
        _AREA.format("outer", _joined([*places["p10"], *reversed(places["p90"])])),
        _AREA.format("inner", _joined([*places["p25"], *reversed(places["p75"])])),
        _PATH.format("middle", _joined(places["p50"])),
        _PATH.format("planned", _joined(places["planned"])),
    ]
    canvas.shapes.append(_PLOT.format(Markup("").join(shapes), x=LEFT, y=TOP, width=RIGHT - LEFT, height=BOTTOM - TOP))
    for place, row in enumerate(data.rows):
        anchor = "start" if place == 0 else "end" if place == len(data.rows) - 1 else "middle"
        canvas.words(_across(place, len(data.rows), LEFT, RIGHT), HEIGHT - 6, row.label, "label", anchor)
    _name_the_lines(canvas, [column for column in data.columns if column.id in NAMED], data.rows[-1], scale)
    return canvas.svg(data.title, chart.description, HEIGHT)


def _name_the_lines(canvas: Canvas, columns: Sequence[Column], last: Row, scale: Scale) -> None:
    """What each line comes to at the end, beside it; words that would overlap are moved down."""
    ends = [(scale.at(amount), c, amount) for c in columns if (amount := shown_amount(last, c.id)) is not None]
    free = Decimal(0)
    for y, column, amount in sorted(ends, key=lambda each: each[0]):
        said = f"{millions(amount)}{_mark(last, column.id)}"
        lines = [*wrap(column.label, SHORT), said] if len(column.label) > SHORT else [f"{column.label} {said}"]
        free = max(y + 4 - LINE_HEIGHT * (len(lines) - 1) // 2, free)
        for line in lines:
            canvas.words(RIGHT + 1, free, line, "amount")
            free += LINE_HEIGHT


def _points(amounts: Sequence[Decimal], span: Scale) -> list[str]:
    return [f"{at(_across(place, len(amounts), 0, 100))},{at(span.at(a))}" for place, a in enumerate(amounts)]


def _across(place: int, of: int, start: int, end: int) -> Decimal:
    return start + Decimal(end - start) * place / max(of - 1, 1)


def _joined(points: Sequence[str]) -> str:
    return " ".join(points)


def _mark(row: Row, column_id: str) -> str:
    return ILLUSTRATIVE if column_id in row.illustrative else ""
