"""Any chart of a pack as SVG."""

from markupsafe import Markup

from breakeven.report.charts.bars import draw_bars, draw_tornado, draw_waterfall
from breakeven.report.charts.years import draw_columns, draw_fan
from breakeven.report.section import Chart, ChartKind

_DRAWN_BY = {
    ChartKind.BARS: draw_bars,
    ChartKind.COLUMNS: draw_columns,
    ChartKind.FAN: draw_fan,
    ChartKind.TORNADO: draw_tornado,
    ChartKind.WATERFALL: draw_waterfall,
}

IN_MILLIONS = frozenset({ChartKind.COLUMNS, ChartKind.FAN})
"""Whose amounts stand side by side, so that there is no room for pounds."""


def draw_chart(chart: Chart) -> Markup:
    """The chart as an ``svg`` element, named and described; its colours and letters are those of the page."""
    return _DRAWN_BY[chart.kind](chart)
