"""The charts of a pack as pictures that stand by themselves: the page's own style is not there to colour them."""

from importlib.resources import files

from breakeven.report.charts.draw import draw_chart
from breakeven.report.paper.typeset import typeset
from breakeven.report.section import Chart

WIDTH = 660
"""How many pixels wide a chart is drawn: its letters are then as large as a paper's own where it fills the page."""

MARGIN = 5
"""Pixels beside a chart for the edges of what begins or ends with it."""

PIXELS_PER_INCH = 220
"""Of a picture in points: sharp when printed."""


def svg_of(chart: Chart) -> bytes:
    """A chart as an SVG file of a fixed width, in the colours of print."""
    drawn = str(draw_chart(chart))
    style = files("breakeven.report.paper").joinpath("charts.css").read_text("utf-8")
    height = drawn.split('height="', 1)[1].split('"', 1)[0]
    whole = WIDTH + 2 * MARGIN
    outer = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{height}" '
        f'viewBox="{-MARGIN} 0 {whole} {height}"><style>{style}</style>'
    )
    inner = drawn.replace('width="100%"', f'width="{WIDTH}" overflow="visible"', 1)
    return f"{outer}{inner}</svg>".encode()


def png_of(chart: Chart) -> bytes:
    """The same as a PNG file, for a format that draws no SVG."""
    page = b'#set page(width: auto, height: auto, margin: 4pt)\n#image("chart.svg")'
    return typeset({"main.typ": page, "chart.svg": svg_of(chart)}, "png", ppi=PIXELS_PER_INCH)
