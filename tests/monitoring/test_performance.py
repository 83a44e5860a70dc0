"""An indicator's year: what is given of it, the band it is in, which way it goes; a month not given stays missing."""

from decimal import Decimal
from typing import Any

import pytest

from breakeven.ledger.performance import KpiMonth
from breakeven.monitoring.performance import KpiYear, kpi_years
from made import BASE
from made_kpis import kpi, month


def of(*months: KpiMonth, **said: Any) -> KpiYear:
    (found,) = kpi_years([kpi("> 75", "> 65", "< 65", form="nested", **said)], months, BASE)
    return found


def test_a_month_has_the_letter_and_word_of_its_band() -> None:
    found = of(month("2023-07", "66.8"), month("2023-09", "97.8"), month("2023-10", "40"), month("2023-11", "65"))
    assert [found.rag(period) for period in (4, 6, 7, 8, 9)] == ["A amber", "G green", "R red", "no band", ""]


def test_a_value_in_two_bands_names_both() -> None:
    (found,) = kpi_years([kpi("≤3%", "3% -5.0%", "≥5.0%", "lower")], [month("2023-04", "3")], BASE)
    assert found.rag(1) == "G green, A amber"
    assert found.months_in == {"green": 1, "amber": 1, "red": 0, "no band": 0, "not measured": 0, "missing": 11}


def test_months_that_are_said_count_and_months_not_given_are_missing() -> None:
    found = of(month("2023-04", band="green"), month("2023-08", band="not measured"), month("2023-11", "65"))
    assert found.months_in == {"green": 1, "amber": 0, "red": 0, "no band": 1, "not measured": 1, "missing": 9}
    assert (found.seen, found.latest, found.value(1), found.value(8)) == (8, 8, None, 65)


def test_an_indicator_of_which_nothing_is_given_has_no_value_no_band_and_no_trend() -> None:
    found = of()
    assert (found.seen, found.latest, found.before, found.trend, found.value(None)) == (None, None, None, "", None)
    assert found.months_in["missing"] == 12


@pytest.mark.parametrize(
    ("better", "was", "now", "trend"),
    [
        ("higher", "62.6", "87.9", "better"),
        ("higher", "100", "92", "worse"),
        ("lower", "42.6", "25", "better"),
        ("lower", "17.82", "18.1", "worse"),
        ("higher", "80", "80", "level"),
    ],
)
def test_which_way_it_goes_follows_what_is_better(better: Any, was: str, now: str, trend: str) -> None:
    assert of(month("2023-07", was), month("2023-12", now), better=better).trend == trend


@pytest.mark.parametrize(
    ("was", "now", "trend"), [("60", "72", "better"), ("72", "90", "worse"), ("71", "77", "level")]
)
def test_where_a_middle_is_best_the_distance_from_green_decides(was: str, now: str, trend: str) -> None:
    found = kpi("70 - 78", ">= 65 < 70 or > 78", "< 65", "between")
    (year,) = kpi_years([found], [month("2023-07", was), month("2023-12", now)], BASE)
    assert year.trend == trend


def test_a_middle_that_cannot_be_read_gives_no_trend_but_level() -> None:
    found = kpi("about 70", ">= 65 < 70", "< 65", "between")
    (year,) = kpi_years([found], [month("2023-07", "60"), month("2023-12", "70")], BASE)
    assert (year.trend, year.value(9)) == ("level", Decimal(70))
