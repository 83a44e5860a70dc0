"""A pack as one page of HTML."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import BaseLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from breakeven.findings import visible
from breakeven.report.charts.draw import IN_MILLIONS, draw_chart
from breakeven.report.figures import Unit
from breakeven.report.pack import Pack
from breakeven.report.section import Chart, Section
from breakeven.report.solve import plan_options
from breakeven.report.table_view import READINGS, TableView, table_view


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart drawn, and the table of its figures."""

    svg: Markup
    table: TableView
    unit: str
    """What its amounts are in, where they are money: millions, where pounds would not fit."""
    legend: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its charts drawn and its tables set out."""

    section: Section
    charts: tuple[ChartView, ...]
    tables: tuple[TableView, ...]


def html_files(pack: Pack) -> dict[str, bytes]:
    """The page by its file's name."""
    return {f"{pack.name}.html": html_page(pack)}


def html_page(pack: Pack) -> bytes:
    """The page, as UTF-8. The same pack gives the same bytes; nothing in it asks anything of another place."""
    style = _part("page.css")
    sections = [_section_view(each) for each in pack.sections]
    traced = {
        figure_id: figure
        for message in pack.messages
        for figure_id in message.figures
        if (figure := pack.end.book.get(figure_id))
    }
    text = _template().render(
        pack=pack,
        style=Markup(style),  # noqa: S704  (our own file)
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        headlines=table_view(pack.headlines),
        sections=sections,
        traced=traced,
        trace_options=plan_options(pack.end),
        readings=READINGS,
    )
    return text.encode()


def _section_view(section: Section) -> SectionView:
    return SectionView(
        section,
        tuple(_chart_view(chart) for chart in section.charts),
        tuple(table_view(each, is_aside=each.id in section.asides) for each in section.statements),
    )


def _chart_view(chart: Chart) -> ChartView:
    table = table_view(chart.data)
    in_unit = Unit.MILLIONS.words if table.unit and chart.kind in IN_MILLIONS else table.unit
    return ChartView(draw_chart(chart), table, in_unit, visible(chart.legend))


@lru_cache(maxsize=1)
def _template() -> Template:
    """The template; whatever is put into it is escaped, and what a terminal would obey or reorder is spelt out."""
    environment = Environment(
        loader=BaseLoader(), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters["shown"] = visible
    return environment.from_string(_part("page.html.j2"))


def _part(name: str) -> str:
    return files("breakeven.report.html").joinpath(name).read_text("utf-8")
