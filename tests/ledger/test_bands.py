"""A band as it is printed reads to exact intervals, or is refused: nothing is guessed."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.banded import banded, banded_in, months_of
from breakeven.ledger.bands import Band, parse_band
from breakeven.ledger.intervals import HIGHEST, LOWEST, Interval
from breakeven.periods import Year
from made_kpis import kpi, month


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("> 75%", "> 75"),
        ("≥85.0%", ">= 85.0"),
        ("≤45.0", "<= 45.0"),
        (">70.01%, <84.99%", "> 70.01 < 84.99"),
        ("<55.0%, >45.0", "> 45.0 < 55.0"),
        ("≥34% <40.0%", ">= 34 < 40.0"),
        ("3% -5.0%", ">= 3 <= 5.0"),
        ("3 to 5 days", ">= 3 <= 5"),
        (">-70-<77.99%", "> -70 < 77.99"),
        (">65.0% <69.99% >78.0% -100%", "> 65.0 < 69.99 or > 78.0 <= 100"),
        ("<65 Children per 10,000", "< 65"),
        ("more than 1,200", "> 1200"),
        ("at least 70 and below 85", ">= 70 < 85"),
        (">5; <3", "> 5 or < 3"),
        ("<15.0%, >22.0%", "none"),
        ("No value", "none"),
        ("Any", "any"),
    ],
)
def test_a_band_as_the_review_prints_it_reads_as(printed: str, read: str) -> None:
    assert parse_band(printed).notation == read


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("75%", "a number by itself is no band"),
        (">65, >70", "two bounds on one side"),
        ("<5 - 6", "a dash goes from a lower bound to a higher one"),
        (">5 - >6", "a dash goes from a lower bound to a higher one"),
        ("about 75", "'about 75' is not understood"),
        ("", "is no band"),
        (">", "is no band"),
        (">5,", "is no band"),
        ("% > 5", "is no band"),
    ],
)
def test_what_is_no_band_is_refused(printed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_band(printed)


def test_the_units_that_a_band_names_are_kept() -> None:
    assert parse_band("<55.0%, >45.0").units == ("%",)
    assert parse_band("< 80 Children").units == ("children",)
    assert parse_band(">57.0%, <73.0%").units == ("%",)


bounds = st.tuples(st.decimals(0, 200, places=2), st.sampled_from([-1, 1]))
found_bands = st.lists(
    st.builds(Interval, st.one_of(st.just(LOWEST), bounds), st.one_of(st.just(HIGHEST), bounds)), min_size=1, max_size=3
).map(lambda parts: Band(tuple(parts)))


@given(found_bands)
def test_the_notation_of_a_band_reads_as_the_same_values(band: Band) -> None:
    if Interval() not in band.values:
        assert parse_band(band.notation).parts == band.values


@given(st.text(max_size=20))
def test_any_text_is_a_band_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_band(text), Band)


# An indicator with its bands ---------------------------------------------------------------------------------


def test_a_tolerance_holds_its_target_and_amber_is_the_rest_of_it() -> None:
    found = banded(kpi("> 75%", "> 65%", "< 65%", form="nested"))
    assert [found.of(Decimal(value)) for value in ("76", "75", "66.8", "64.9")] == [
        ("green",), ("amber",), ("amber",), ("red",),
    ]  # fmt: skip


def test_65_itself_is_in_no_band_of_above_65_and_below_65() -> None:
    assert banded(kpi("> 75%", "> 65%", "< 65%", form="nested")).of(Decimal(65)) == ()


def test_3_per_cent_is_green_and_amber_where_both_hold_it() -> None:
    assert banded(kpi("≤3%", "3% -5.0%", "≥5.0%", "lower")).of(Decimal(3)) == ("green", "amber")


def test_a_vacancy_rate_of_25_is_red_as_printed_and_green_as_it_is_read() -> None:
    printed = kpi(">32%", ">37%", "<37%", "lower", form="nested")
    read = kpi(">32%", ">37%", "<37%", "lower", form="nested", green_reads="< 32", amber_reads="< 37", red_reads="> 37")
    assert banded(printed).of(Decimal(25)) == ("red",)
    assert banded(read).of(Decimal(25)) == ("green",)
    assert banded(read).read_otherwise == ("green", "amber", "red")
    assert banded(printed).read_otherwise == ()


def test_a_band_that_cannot_be_read_holds_nothing_and_says_why() -> None:
    found = banded(kpi("> 75", "about 70", "< 65", red_reads="low"))
    assert found.of(Decimal(70)) == ()
    assert list(found.unread) == ["amber", "red_reads"]


def test_a_scale_is_0_to_100_for_a_per_cent_and_from_0_for_all_else_unless_it_is_said() -> None:
    assert banded(kpi("> 5", "> 4", "< 3")).scale.words("%") == "from 0% up to 100%"
    assert banded(kpi("> 5", "> 4", "< 3", unit="children")).scale.words() == "0 and above"
    said = kpi("> 5", "> 4", "< 3", unit="points", least=Decimal(-10), most=Decimal(10))
    assert banded(said).scale.words() == "from -10 up to 10"


def test_a_month_without_a_value_is_in_the_band_it_is_said_to_be_in() -> None:
    found = banded(kpi("> 75", ">= 65 <= 75", "< 65"))
    assert found.colours_in(month("2023-07", band="green")) == ("green",)
    assert found.colours_in(month("2023-07", "66.8", band="green")) == ("amber",)
    assert found.colours_in(month("2023-07", band="not measured")) == ()


def test_indicators_are_of_their_year_and_in_their_order_and_so_are_their_months() -> None:
    second = kpi("> 1", "> 1", "> 1", ref="K2", number=Decimal(2))
    other = kpi("> 1", "> 1", "> 1", year=Year(2024))
    found = banded_in([second, other, kpi("> 1", "> 1", "> 1")], Year(2023))
    assert [each.kpi.ref for each in found] == ["K1", "K2"]
    months = [month("2023-04", "1"), month("2024-03", "2"), month("2024-04", "3"), month("2023-05", "4", ref="K2")]
    assert {period: each.value for period, each in months_of(found[0].kpi, months).items()} == {1: 1, 12: 2}
