"""The trend of monthly counts: exact, over a window that is stated, and never below nil."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.drivers.back_test import scored
from breakeven.drivers.demand import back_test_trend
from breakeven.drivers.nights import ONE_DAY
from breakeven.drivers.trend import Method, TooLittleError, trends
from breakeven.findings import Cell
from breakeven.ledger.placements import PlacementMonth
from breakeven.periods import Year, months_after

START = date(2023, 4, 1)
YEAR = Year(2024)


def months(counts: str, name: str = "Residential") -> list[PlacementMonth]:
    """Counts at the ends of months from April 2023 on; a dash is a month without one."""
    return [
        PlacementMonth(
            at=Cell("demand.xlsx"), type=name, month=months_after(START, i + 1) - ONE_DAY, number=Decimal(count)
        )
        for i, count in enumerate(counts.split())
        if count != "-"
    ]


def of(counts: str, window: int = 12, method: Method = "least squares") -> tuple[Fraction, Fraction]:
    found = trends(months(counts), window, method)["Residential"]
    assert found is not None
    return found.slope, found.level


def test_counts_on_a_line_go_on_along_it() -> None:
    for method in ("least squares", "average change"):
        assert of("10 12 14 16", method=method) == (2, 16)


def test_least_squares_by_hand() -> None:
    """Of 10, 13, 11, 14 the mean is 12; Σ(t − t̄)(n − n̄) = 3 + −0.5 + −0.5 + 3 = 5, Σ(t − t̄)² = 5."""
    assert of("10 13 11 14") == (1, Fraction(27, 2))
    assert of("10 13 11 14", method="average change") == (Fraction(4, 3), 14)


def test_only_the_months_of_the_window_count() -> None:
    assert of("99 50 10 12 14", window=3) == (2, 14)


def test_a_month_without_a_count_is_not_nil() -> None:
    assert of("10 12 - 16") == (2, 16)


def test_fewer_than_three_counts_are_no_trend() -> None:
    assert trends(months("10 12"), 12) == {"Residential": None}
    assert trends(months("10 12 14 16"), 2) == {"Residential": None}


@given(st.integers(0, 500), st.integers(0, 40), st.integers(3, 24))
def test_a_line_is_found_exactly(first: int, slope: int, count: int) -> None:
    assert of(" ".join(str(first + slope * i) for i in range(count)), 24) == (slope, first + slope * (count - 1))


def test_a_year_is_the_mean_of_its_month_ends_and_never_below_nil() -> None:
    """Eleven at 31 March 2024 and one fewer each month: 10 to 0, and then none."""
    found = trends(months("- - - - - - - - 14 13 12 11"), 12)["Residential"]
    assert found is not None
    assert found.number(date(2025, 3, 31)) == 0
    assert found.mean(YEAR) == Fraction(sum(range(11)), 12)


def test_a_projection_scores_number_mix_and_cost() -> None:
    test = scored(
        [
            {"Homes": Fraction(10), "Fostering": Fraction(30)},
            {"Homes": Fraction(12), "Fostering": Fraction(32)},
            {"Homes": Fraction(14), "Fostering": Fraction(26)},
        ],
        {"Homes": Decimal(7000)},
        (date(2023, 4, 1), date(2024, 3, 30)),
    )
    assert (test.nights, test.number("projected"), test.number("actual")) == (365, 44, 40)
    assert test.cost(test.rows[0], "projected") == Decimal(12 * 365 * 1000)
    assert test.cost(test.rows[1], "projected") is None
    assert test.total_cost("actual") == Decimal(14 * 365 * 1000)
    assert test.mix_error("projected") == abs(Fraction(12, 44) - Fraction(14, 40))
    assert test.mix_error("actual") == 0
    empty = scored([{"Homes": Fraction(1)}, {}, {}], {}, (date(2023, 4, 1), date(2023, 4, 1)))
    assert empty.mix_error("unchanged") == Fraction(1, 2)


def test_a_trend_is_held_against_the_counts_since() -> None:
    counts = months("10 12 14 16 18 22 24")
    test = back_test_trend(counts, {"Residential": Decimal(700)}, window=12, rewind=2, method="least squares")
    assert (test.first, test.last) == (date(2023, 9, 1), date(2023, 10, 31))
    row = test.rows[0]
    assert (row.unchanged, row.projected, row.actual) == (18, 21, 23)
    with pytest.raises(TooLittleError, match="fewer than 3 monthly counts stand before 30/04/2023"):
        back_test_trend(counts, {}, window=12, rewind=6, method="least squares")


def test_a_type_that_is_not_counted_any_more_has_had_none_since() -> None:
    counts = [*months("10 12 14 16 18 22"), *months("5 5 5 5", "Old homes")]
    test = back_test_trend(counts, {}, window=12, rewind=2, method="average change")
    assert [(row.type, row.actual) for row in test.rows] == [("Residential", 20), ("Old homes", 0)]
