"""Grants by the calendar: real nights, a child once, and what is claimed against what is due."""

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.placements import Placement
from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.monitoring.grants import GrantSource, grants
from breakeven.monitoring.income import income
from made import claim, contract_year, grant, third_party
from made_registers import child

UASC = "Unaccompanied children"
BY_NIGHT = grant("Home Office", UASC, "night", "95.10")


def stated(period: int, *records: Record) -> GrantSource:
    year = contract_year(*records)
    (source,) = grants(year, income(year, period))
    return source


def counted(period: int, *records: Record) -> str:
    """The number of the first grant, and what it comes to."""
    found = stated(period, *records).grants[0]
    return " ".join("[x]" if each.amount is None else f"{each.amount:,}" for each in (found.count, found.entitlement))


def test_a_child_placed_all_year_is_paid_for_366_nights_in_2023_24() -> None:
    one = child("C1", UASC, "2022-01-01")
    assert counted(12, BY_NIGHT, one) == "366 34,806.60"
    assert counted(13, BY_NIGHT, one) == "366 34,806.60"
    assert counted(11, BY_NIGHT, one) == "335 31,858.50"
    assert counted(9, BY_NIGHT, one) == "275 26,152.50"


def test_the_first_night_is_paid_for_and_the_day_it_ends_is_not() -> None:
    assert counted(9, BY_NIGHT, child("C1", UASC, "2023-12-31")) == "1 95.10"
    assert counted(9, BY_NIGHT, child("C1", UASC, "2023-12-01", "2023-12-31")) == "30 2,853.00"
    assert (
        counted(9, BY_NIGHT, child("C1", UASC, "2024-01-01"), child("C2", UASC, "2022-01-01", "2023-04-01")) == "0 0.00"
    )


def test_a_planned_end_ends_nothing_until_there_is_a_real_one() -> None:
    assert counted(9, BY_NIGHT, child("C1", UASC, "2023-12-01", planned="2023-12-11")) == "31 2,948.10"
    assert counted(9, BY_NIGHT, child("C1", UASC, "2023-12-01", "2023-12-02", planned="2023-12-11")) == "1 95.10"


def test_a_night_of_two_rows_that_overlap_counts_once() -> None:
    rows = [
        child("C1", UASC, "2023-12-01", "2023-12-11"),
        child("C1", UASC, "2023-12-06", "2023-12-16"),
        child("C1", UASC, "2023-12-07", "2023-12-08"),
    ]
    assert counted(9, BY_NIGHT, *rows) == counted(9, BY_NIGHT, *reversed(rows)) == "15 1,426.50"
    assert counted(9, BY_NIGHT, child("C1", UASC, "2023-12-01"), *rows) == "31 2,948.10"


def test_only_placements_of_the_grants_type_and_days_count() -> None:
    children = [child("C1", "unaccompanied CHILDREN", "2022-01-01"), child("C2", "Residential", "2022-01-01")]
    assert counted(9, grant("Home Office", UASC, "night", "10", "2023-06-01", "2023-06-30"), *children) == "30 300"
    assert counted(1, grant("Home Office", UASC, "night", "10", "2023-06-01"), *children) == "0 0"


def test_a_grant_by_the_week_is_a_seventh_a_night_to_the_penny_for_each_child() -> None:
    by_week = grant("Home Office", UASC, "week", "100")
    children = [child("C1", UASC, "2023-12-29"), child("C2", UASC, "2023-12-29"), child("C3", UASC, "2023-12-25")]
    assert counted(9, by_week, *children) == "13 185.72"  # 42.86 + 42.86 + 100.00, where 13 ÷ 7 × 100 is 185.71
    parts = stated(9, by_week, *children).grants[0].entitlement.parts
    assert [part.id for part in parts if isinstance(part, Figure)] == [
        f"P09/grants/home_office.g1/weeks/c{n}" for n in (1, 2, 3)
    ]


def test_a_grant_by_the_person_counts_a_child_once_however_often_placed() -> None:
    by_person = grant("Home Office", UASC, "person", "1250")
    rows = [
        child("C1", UASC, "2023-05-01", "2023-06-01"),
        child("C1", UASC, "2023-07-01", "2023-08-01"),
        child("C2", UASC, "2023-05-01", "2023-05-01"),
        child("C3", UASC, "2023-05-01"),
    ]
    assert counted(9, by_person, *rows) == "2 2,500"
    assert counted(1, by_person, *rows) == "0 0"


@pytest.mark.parametrize("per", ["night", "week", "person"])
def test_without_a_register_a_grant_is_open_not_nil(per: Literal["night", "week", "person"]) -> None:
    assert counted(9, grant("Home Office", UASC, per, "10")) == "[x] [x]"


# Against what is claimed -------------------------------------------------------------------------------------


def difference(*records: Record) -> str:
    found = stated(9, *records)
    figures = (found.entitlement, found.claimed, found.difference)
    return " ".join("[x]" if each.amount is None else f"{each.amount:,}" for each in figures)


def test_the_grants_of_a_source_together_are_held_against_what_is_earned_of_it() -> None:
    records = [
        grant("Home Office", UASC, "night", "10"),
        grant("home office", UASC, "person", "500", ref="G2"),
        child("C1", UASC, "2023-12-22"),
        third_party("Home Office", "1000"),
    ]
    assert (
        difference(*records, claim("Home Office", 9, "550"), claim("Home Office", 10, "999")) == "600.00 550.00 -50.00"
    )
    assert difference(*records, claim("Home Office", 9, "650")) == "600.00 650.00 50.00"
    assert difference(*records) == "600.00 [x] [x]"


def test_a_grant_of_a_source_that_is_not_there_has_nothing_to_be_held_against() -> None:
    found = stated(9, BY_NIGHT, child("C1", UASC, "2023-12-31"))
    assert (found.claimed.amount, found.claimed.rule) == (None, "there is no such source of third-party income")


def test_a_grant_leads_to_its_rate_and_to_the_row_of_each_child() -> None:
    found = stated(9, BY_NIGHT, child("C1", UASC, "2023-12-30"), child("C1", UASC, "2023-05-01", "2023-05-03"))
    assert [f"{source.label} {source.cells}" for source in found.entitlement.sources()] == [
        "G1 '[contract.xlsx]grants'!A2",
        "from 30/12/2023 '[demand.xlsx]placement_register'!A2",
        "from 01/05/2023 to 03/05/2023 '[demand.xlsx]placement_register'!A3",
    ]
    assert [figure.id for figure in found.figures()] == [
        "P09/grants/home_office/entitlement", "P09/grants/home_office/claimed", "P09/grants/home_office/difference",
        "P09/grants/home_office.g1/rate", "P09/grants/home_office.g1/count", "P09/grants/home_office.g1/entitlement",
    ]  # fmt: skip


# Laws --------------------------------------------------------------------------------------------------------

dates = st.dates(date(2023, 1, 1), date(2024, 6, 30))


@st.composite
def children(draw: st.DrawFn) -> Placement:
    start, end = draw(dates), draw(st.just("") | dates.map(str))
    return child(draw(st.sampled_from(["C1", "C2"])), UASC, str(start), end)


@given(st.lists(children(), min_size=1, max_size=6), st.integers(1, 12))
def test_no_child_has_more_nights_than_the_calendar_and_more_rows_never_take_nights_away(
    rows: list[Placement], period: int
) -> None:
    nights = [stated(period, BY_NIGHT, *rows[: n + 1]).grants[0].count.amount or Decimal(0) for n in range(len(rows))]
    year = contract_year().body.year
    most = (year.period_end(period) - year.first_day).days + 1
    assert nights == sorted(nights)
    assert nights[-1] <= most * len({row.ref for row in rows})
