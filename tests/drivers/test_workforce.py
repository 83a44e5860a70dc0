"""The workforce by month, what a post costs, what agency to permanent saves, and what caseloads need."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.drivers.workforce import (
    funded_posts,
    need_of,
    of_month,
    role_costs,
    saved_by_converting,
    workforce_figures,
)
from breakeven.ledger.posts import Caseload, PostCost, PostsMonth, Role
from breakeven.ledger.rules import WorkforceRules
from made import HERE, day, pounds


def posts(establishment: str, permanent: str, asye: str = "0", agency: str = "0", at: str = "2023-04-30") -> PostsMonth:
    return PostsMonth(
        at=HERE, month=day(at), establishment=Decimal(establishment), permanent=Decimal(permanent),
        asye=Decimal(asye), agency=Decimal(agency),
    )  # fmt: skip


def costs(role: Role, pay: str, on_costs: str | None = None) -> PostCost:
    return PostCost(
        at=HERE, role=role, line="Staff", pay=pounds(pay), on_costs_pct=None if on_costs is None else Decimal(on_costs)
    )


APRIL = posts("203", "116.54", "34.6", "28")
MARCH = posts("187", "140.24", "44.4", "33.4", at="2024-03-31")
PAY = [costs("permanent", "47_800", "31"), costs("ASYE", "36_100", "31"), costs("agency", "103_000")]


@pytest.mark.parametrize(
    ("month", "column", "amount"),
    [
        (APRIL, "in_post", "144.54"),
        (APRIL, "qualified", "81.94"),
        (APRIL, "vacancy_rate", "42.59"),
        (APRIL, "open_vacancy_rate", "28.80"),
        (MARCH, "vacancies", "46.76"),
        (MARCH, "vacancy_rate", "25.01"),
        (MARCH, "open_vacancies", "13.36"),
        (MARCH, "open_vacancy_rate", "7.14"),
        (MARCH, "qualified_pct", "55.19"),
        (MARCH, "asye_pct", "25.57"),
        (MARCH, "agency_pct", "19.24"),
        (MARCH, "establishment", "187"),
    ],
)
def test_a_month_comes_to_what_the_review_prints_of_it(month: PostsMonth, column: str, amount: str) -> None:
    assert of_month(month, column) == Decimal(amount)


def test_without_an_establishment_or_anybody_in_post_a_rate_is_open() -> None:
    empty = posts("0", "0")
    assert [of_month(empty, column) for column in ("vacancy_rate", "agency_pct", "vacancies")] == [None, None, 0]


def test_the_increase_is_from_the_years_first_month_end_whatever_the_order() -> None:
    before = posts("203", "116.54", "38.6", "33", at="2023-03-31")
    for months in ([before, APRIL, MARCH], [MARCH, before, APRIL]):
        found = {figure.id: figure.amount for figure in workforce_figures(months)}
        assert found["workforce/permanent/increase"] == Decimal("23.7")
        assert found["workforce/in_post/increase"] == Decimal("29.1")
        assert found["workforce/vacancy_rate/2023-03"] == Decimal("42.59")


def test_one_month_has_risen_by_nothing() -> None:
    assert "workforce/permanent/increase" not in {figure.id for figure in workforce_figures([APRIL])}


# What a post costs -----------------------------------------------------------------------------------------------


def test_a_post_costs_its_pay_and_on_costs_and_an_agency_one_so_much_more() -> None:
    """47,800 × 1.31 is 62,618; 103,000 less that is 40,382, and 33.4 of them 1,348,758.80."""
    roles = role_costs([APRIL, MARCH], PAY)
    assert [(each.role, each.number, each.cost, each.premium) for each in roles] == [
        ("permanent", Decimal("95.84"), 62_618, None),
        ("ASYE", Decimal("44.4"), 47_291, Decimal(47_291 - 62_618)),
        ("agency", Decimal("33.4"), 103_000, 40_382),
    ]
    assert [each.total for each in roles] == [6_001_309, 2_099_720, 3_440_200]
    assert saved_by_converting(Decimal(1), roles) == 40_382
    assert saved_by_converting(Decimal("33.4"), roles) == 1_348_759


def test_without_the_cost_of_a_role_nobody_knows_what_converting_saves() -> None:
    assert saved_by_converting(Decimal(1), role_costs([MARCH], PAY[:2])) is None
    assert saved_by_converting(Decimal(1), role_costs([MARCH], PAY[2:])) is None
    assert role_costs([], PAY) == ()


def test_a_vacancy_factor_takes_its_part_of_the_establishment() -> None:
    assert funded_posts(MARCH, WorkforceRules(vacancy_factor_pct=Decimal(5))) == Decimal("177.65")


# What caseloads need ---------------------------------------------------------------------------------------------

SERVICES = [
    Caseload(at=HERE, service="Localities", children=Decimal(1849), cases=Decimal(18)),
    Caseload(at=HERE, service="Children we care for", children=Decimal(808), cases=Decimal(15)),
]


def test_caseloads_of_18_and_15_need_156_59_workers_and_those_in_post_count_for_164_76() -> None:
    """95.84 + 33.4 + 44.4 × 80% is 164.76."""
    need = need_of([APRIL, MARCH], SERVICES, WorkforceRules())
    assert need
    assert [workers for _, workers in need.services] == [Decimal("102.72"), Decimal("53.87")]
    assert (need.total, need.capacity, need.spare) == (Decimal("156.59"), Decimal("164.76"), Decimal("8.17"))
    assert need.month == date(2024, 3, 31)


def test_without_caseloads_or_months_there_is_no_need_to_state() -> None:
    assert need_of([MARCH], [], WorkforceRules()) is None
    assert need_of([], SERVICES, WorkforceRules()) is None


@given(st.decimals(0, 50, places=1), st.decimals(0, 50, places=1), st.integers(0, 100))
def test_the_more_a_caseload_is_reduced_the_less_those_in_post_count_for(
    permanent: Decimal, asye: Decimal, percent: int
) -> None:
    month = posts("100", str(permanent + asye), str(asye), "5")
    need = need_of([month], SERVICES, WorkforceRules(asye_reduction_pct=Decimal(percent)))
    whole = need_of([month], SERVICES, WorkforceRules(asye_reduction_pct=Decimal(0)))
    assert need
    assert whole
    assert permanent + 5 <= need.capacity <= whole.capacity == month.in_post
