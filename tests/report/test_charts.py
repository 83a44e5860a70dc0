"""Charts: every bar is as long as its figure, every figure stands beside it, and nothing relies on colour alone."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.monitoring.outturn import Flow
from breakeven.report.cells import cell_text, shown_amount
from breakeven.report.charts.canvas import Scale, at, millions
from breakeven.report.charts.draw import IN_MILLIONS, draw_chart
from breakeven.report.figures import Unit
from breakeven.report.section import Chart, ChartKind
from breakeven.report.statement import Column, Row, RowKind, Statement
from report.packs import chart_called, example_pack

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = ["bridge-chart", "deficit-chart", "savings-chart", "placements-chart", "fan-chart", "tornado-chart"]


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(draw_chart(chart))  # noqa: S314  (our own)


def bars(svg: ET.Element) -> list[ET.Element]:
    return [each for each in svg.iter(f"{SVG}rect") if "bar" in each.get("class", "")]


def length(bar: ET.Element, side: str = "width") -> Decimal:
    return Decimal(bar.get(side, "").rstrip("%"))


def words(svg: ET.Element) -> list[str]:
    return [each.text or "" for each in svg.iter(f"{SVG}text")]


def amounts(chart: Chart) -> list[Decimal]:
    """Every amount of a chart's own table, row by row."""
    found = (shown_amount(row, column.id) for row in chart.data.rows for column in chart.data.columns)
    return [amount for amount in found if amount is not None]


def made(kind: ChartKind, rows: list[tuple[str, list[str | None]]], columns: tuple[str, ...] = ("amount",)) -> Chart:
    data = Statement(
        id="made",
        body="Made",
        title="Made <chart>",
        state="made",
        columns=tuple(Column(each, each.capitalize()) for each in columns),
        rows=tuple(
            Row(
                f"r{place}", label, RowKind.TOTAL if label.startswith("Total") else RowKind.LINE, 1, Flow.NET,
                {c: None if v is None else Decimal(v) for c, v in zip(columns, values, strict=True)},
            )
            for place, (label, values) in enumerate(rows)
        ),
    )  # fmt: skip
    return Chart(kind, data, "Made & drawn.")


def test_the_example_draws_six_charts() -> None:
    assert [chart.data.id for section in example_pack().sections for chart in section.charts] == CHARTS


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_named_and_described_for_who_does_not_see_it(name: str) -> None:
    svg = drawn(chart_called(name))
    assert svg.get("role") == "img"
    named = {each.get("id"): each.text for each in svg if each.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert svg.get("aria-labelledby") == " ".join(str(each) for each in named)
    assert list(named.values()) == [chart_called(name).data.title, chart_called(name).description]


@pytest.mark.parametrize("name", CHARTS)
def test_every_figure_stands_on_the_chart_as_its_table_has_it(name: str) -> None:
    chart, said = chart_called(name), " ".join(words(drawn(chart_called(name))))
    shown = chart.data.rows[-1:] if chart.kind is ChartKind.FAN else chart.data.rows
    for row in shown:
        for column in chart.data.columns:
            amount = shown_amount(row, column.id)
            if chart.kind in IN_MILLIONS and column.id not in {"p25", "p75"}:
                assert amount is not None
                assert millions(amount) in said
            elif chart.kind not in IN_MILLIONS:
                assert cell_text(row, column, Unit.POUNDS) in said
    assert all(row.label in said for row in chart.data.rows)


@pytest.mark.parametrize("name", ["bridge-chart", "savings-chart", "placements-chart", "tornado-chart"])
def test_a_bar_that_lies_is_as_long_as_its_figure(name: str) -> None:
    found = [length(each) for each in bars(drawn(chart_called(name)))]
    sizes = [abs(each) for each in amounts(chart_called(name))]
    per_pound = max(found) / max(sizes)
    assert len(found) == len(sizes)
    for bar, size in zip(found, sizes, strict=True):
        assert abs(bar - size * per_pound) <= Decimal("0.002"), size


def test_a_column_is_as_high_as_its_figure_and_hangs_where_it_is_a_deficit() -> None:
    found = bars(drawn(chart_called("deficit-chart")))
    sizes = [abs(each) for each in amounts(chart_called("deficit-chart"))]
    assert len({each.get("y") for each in found}) == 1
    for bar, size in zip(found, sizes, strict=True):
        assert abs(length(bar, "height") / length(found[0], "height") - size / sizes[0]) < Decimal("0.0001")


def test_each_step_begins_where_the_one_before_ended() -> None:
    rows = chart_called("bridge-chart").data.rows
    found = [
        (length(each, "x"), length(each, "x") + length(each)) for each in bars(drawn(chart_called("bridge-chart")))
    ]
    ends: list[Decimal] = []
    for row, (left, right) in zip(rows, found, strict=True):
        worse = (shown_amount(row, "amount") or 0) < 0
        begins, stops = (right, left) if worse else (left, right)
        if row.kind is not RowKind.TOTAL:
            assert abs(begins - ends[-1]) <= Decimal("0.002"), row.label
        ends.append(stops)
    assert abs(ends[-1] - ends[-2]) <= Decimal("0.002")


def test_the_bands_of_a_fan_go_through_its_percentiles() -> None:
    chart = chart_called("fan-chart")
    svg = drawn(chart)
    shapes = {each.get("class", ""): each.get("points", "") for each in svg.iter() if each.get("points")}
    middle = [Decimal(point.split(",")[1]) for point in shapes["middle"].split()]
    values = [shown_amount(row, "p50") or Decimal(0) for row in chart.data.rows]
    lowest = min(amounts(chart))
    for place, value in zip(middle, values, strict=True):
        assert abs(place - 100 * value / lowest) < Decimal("0.002")
    assert len(shapes["outer"].split()) == len(shapes["inner"].split()) == 2 * len(chart.data.rows)


@pytest.mark.parametrize("name", ["bridge-chart", "tornado-chart", "deficit-chart"])
def test_what_is_worse_is_hatched_and_what_is_better_is_not(name: str) -> None:
    for bar in bars(drawn(chart_called(name))):
        is_worse = "worse" in bar.get("class", "")
        assert bar.get("fill") == (f"url(#{name}-hatch)" if is_worse else None)


def test_no_two_charts_of_a_page_share_an_id() -> None:
    ids = [each.get("id") for name in CHARTS for each in drawn(chart_called(name)).iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_a_label_is_words_and_never_markup_nor_an_order_to_a_terminal() -> None:
    svg = draw_chart(made(ChartKind.BARS, [("</text><script>x\x1b[31m\u202e", ["5"])]))
    assert "<script>" not in svg
    assert "\x1b" not in svg
    assert "\u202e" not in svg
    assert "</text><script>x\\x1b[31m\\u202e" in words(ET.fromstring(svg))  # noqa: S314


def test_what_is_missing_has_no_bar_and_says_so() -> None:
    svg = drawn(made(ChartKind.BARS, [("Known", ["5"]), ("Unknown", [None])]))
    assert len(bars(svg)) == 1
    assert "Amount [x]" in words(svg)
    assert len(bars(drawn(made(ChartKind.COLUMNS, [("2024", ["5"]), ("2025", [None])])))) == 1
    tornado = drawn(made(ChartKind.TORNADO, [("Open", [None, "3"])], ("lower", "higher")))
    assert len(bars(tornado)) == 1


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.COLUMNS, ChartKind.WATERFALL])
def test_nothing_but_noughts_makes_bars_of_no_length(kind: ChartKind) -> None:
    svg = drawn(made(kind, [("Total before", ["0"]), ("Total after", ["0"])]))
    side = "height" if kind is ChartKind.COLUMNS else "width"
    assert {length(each, side) for each in bars(svg)} == {Decimal(0)}


sums = st.decimals(-10_000_000, 10_000_000, places=2)


@given(st.lists(sums, min_size=1, max_size=8))
def test_bars_are_always_in_proportion_and_on_the_chart(values: list[Decimal]) -> None:
    found = bars(drawn(made(ChartKind.BARS, [(f"R{i}", [str(each)]) for i, each in enumerate(values)])))
    span = max((Decimal(0), *values)) - min((Decimal(0), *values))
    for bar, value in zip(found, values, strict=True):
        assert 0 <= length(bar, "x") <= 62
        assert abs(length(bar) - (62 * abs(value) / span if span else 0)) <= Decimal("0.001")


@given(st.lists(sums, min_size=1, max_size=8))
def test_a_scale_has_few_round_ticks_with_nil_among_them(values: list[Decimal]) -> None:
    scale = Scale.over(values, 0, 100)
    ticks = scale.ticks()
    assert Decimal(0) in ticks
    assert len(ticks) <= 7
    assert all(scale.least <= tick <= scale.most for tick in ticks)


@given(sums, sums)
def test_more_is_further_along(one: Decimal, other: Decimal) -> None:
    scale = Scale.over([one, other], 0, 100)
    assert (scale.at(one) <= scale.at(other)) == (one <= other)


def test_places_are_written_in_three_decimals_at_most() -> None:
    assert [at(Decimal(each)) for each in ("12.3456", "12.300", "0", "-0.0001", "100")] == [
        "12.346", "12.3", "0", "0", "100",
    ]  # fmt: skip
    assert re.fullmatch(r"\(11\.23m\)", millions(Decimal(-11_230_962)))
