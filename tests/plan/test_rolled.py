"""The records that next year begins with: each rule on a year small enough to add up by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear, Ledgers
from breakeven.monitoring.outturn import outturn
from breakeven.periods import Year
from breakeven.plan.rolled import Rolled, roll_forward
from breakeven.plan.rolling import OpenPlanError
from made import (
    ALL_STEADY,
    accrual,
    assumed,
    balance,
    budget,
    contract_sum,
    contract_year,
    grant,
    investment,
    overlay,
    placements,
    posted,
    pounds,
    pressure,
    saving,
    third_party,
)
from made_plans import SPEND, THREE_POSTS, housed, planned, small
from made_registers import beside, child, order, worker


def rolled(year: ContractYear, *, illustrative: bool = False) -> Rolled:
    def marked(_: Figure) -> bool:
        return illustrative

    return roll_forward(year, outturn(year), planned(year), marked)


def next_of(*records: Record) -> Ledgers:
    return rolled(small(*ALL_STEADY, *records)).ledgers


def budgets(found: Ledgers) -> dict[str, Decimal]:
    return {" ".join(line.coding): line.revised for line in found.budget}


def test_the_balance_the_contract_sum_and_the_budget_follow_from_this_year_and_its_plan() -> None:
    found = next_of(assumed("contract_sum", "550", "sum"), assumed("residential", "10", "inflation"))
    assert [(each.kind, each.amount) for each in found.balances] == [("last close", -120), ("opening", -120)]
    assert [(each.year, each.amount, each.source) for each in found.contract_sums] == [
        (Year(2024), 550, "Plan 2023-24")
    ]
    assert budgets(found) == {"S1 5010": 100, "S1 5110": 50, "P1 6010": 330, "P2 6110": 200, "O1 7010": 50}


def test_a_saving_lowers_the_budget_of_its_line_and_an_investment_raises_it() -> None:
    found = next_of(saving("40", "2024-04-01"), saving("60", "2023-10-01", ref="S2"), investment("12", "2024-04-01"))
    assert budgets(found)["P1 6010"] == 300 - 40 - 30 + 12


def test_a_saving_on_a_category_is_shared_by_gross_and_one_of_income_adds_to_it() -> None:
    on_category = saving("10", "2024-04-01").model_copy(update={"line": "Placements"})
    of_income = saving("7", "2024-04-01", ref="S2").model_copy(update={"line": "third_party_income"})
    found = next_of(on_category, of_income)
    assert (budgets(found)["P1 6010"], budgets(found)["P2 6110"]) == (294, 196)
    assert [each.agreed for each in found.third_party_income] == [107]


def test_a_saving_of_no_line_is_refused_rather_than_lost() -> None:
    stray = saving("10", "2024-04-01").model_copy(update={"line": "Hindsight"})
    with pytest.raises(OpenPlanError, match="S1 is of 'Hindsight'"):
        next_of(stray)


def test_third_party_income_is_shared_by_what_each_source_came_to_in_exact_pence() -> None:
    year = small(*ALL_STEADY, third_party("Home Office", "5", "200"), assumed("third_party_income", "100", "sum"))
    assert [each.agreed for each in rolled(year).ledgers.third_party_income] == [pounds("33.33"), pounds("66.67")]
    nothing = small(*ALL_STEADY, assumed("third_party_income", "10", "sum"))
    sources = (third_party("Health", "1", "0"), third_party("DfE", "1", "0"))
    without = replace(nothing, ledgers=replace(nothing.ledgers, third_party_income=sources))
    assert [each.agreed for each in rolled(without).ledgers.third_party_income] == [5, 5]
    none = replace(nothing, ledgers=replace(nothing.ledgers, third_party_income=()))
    with pytest.raises(OpenPlanError, match="no source"):
        rolled(none)
    steady = small(*ALL_STEADY)
    assert rolled(replace(steady, ledgers=replace(steady.ledgers, third_party_income=()))).ledgers.balances


def test_a_line_is_shared_over_its_codes_by_outturn_and_each_falls_over_the_months_as_it_did() -> None:
    extract = posted("S1 5010 100", "S1 5011 200", "S1 5012 -30", "P1 6010 430")
    profile = " ".join(["1"] * 11 + ["9"])
    year = contract_year(
        contract_sum("500"), balance("opening", "0"), budget("S1 5010", "20", profile=profile), *ALL_STEADY,
        assumed("social_workers", "100", "sum"), extract=extract,
    )  # fmt: skip
    found = {line.account: line for line in rolled(year).ledgers.budget if line.cost_centre == "S1"}
    assert [found[code].revised for code in ("5010", "5011", "5012")] == [pounds("33.33"), pounds("66.67"), 0]
    assert sum(month or 0 for month in found["5010"].months) == pounds("33.33")
    assert (found["5010"].p01, found["5010"].p12) == (pounds("1.67"), Decimal("15.00"))
    assert set(found["5011"].months) == {None}


def test_codes_that_cost_nothing_share_alike_and_a_budget_without_a_code_is_refused() -> None:
    year = contract_year(
        contract_sum("500"), balance("opening", "0"), budget("O1 7010", "10"), budget("O1 7020", "30"),
        *ALL_STEADY, assumed("premises", "9", "sum"), extract=posted("S1 5010 1", "P1 6010 1"),
    )  # fmt: skip
    assert [(line.account, line.revised) for line in rolled(year).ledgers.budget if line.cost_centre == "O1"] == [
        ("7010", pounds("4.50")),
        ("7020", pounds("4.50")),
    ]
    bare = contract_year(
        contract_sum("500"), balance("opening", "0"), *ALL_STEADY, assumed("premises", "9", "sum"),
        extract=posted("S1 5010 1"),
    )  # fmt: skip
    with pytest.raises(OpenPlanError, match="Premises and no cost centre"):
        rolled(bare)


def test_an_open_year_or_balance_is_refused() -> None:
    with pytest.raises(OpenPlanError, match="is open"):
        rolled(small())
    year = contract_year(contract_sum("500"), *ALL_STEADY, extract=SPEND)
    with pytest.raises(OpenPlanError, match="Closing balance"):
        rolled(year)


def test_what_stands_at_the_year_end_is_undone_once_when_it_says() -> None:
    year = small(
        *ALL_STEADY,
        accrual("P1 6010", "30"),
        accrual("P1 6010", "-8", "prepayment", period=13),
        accrual("P1 6010", "5", period=3),
        accrual("P1 6010", "-7", "reversal", period=1),
        accrual("O1 7010", "11", reverses="2024-25 P03"),
        accrual("O1 7010", "13", reverses="2025-26 P01"),
    )
    found = rolled(year)
    assert [(e.kind, e.period, e.amount) for e in found.ledgers.accruals] == [
        ("reversal", 1, -30),
        ("reversal", 1, 8),
        ("reversal", 3, -11),
    ]
    assert found.left == ("AC1 of £13 is undone in 2025-26 P01: enter its reversal there",)


def test_last_year_is_the_outturn_by_code_and_month_and_is_left_out_while_the_year_goes_on() -> None:
    extract = posted("P1 6010 100", "P1 6010 40", "P1 6010 3", periods=[1, 12, 13])
    year = contract_year(
        contract_sum("500"), balance("opening", "0"), accrual("P1 6010", "5", period=3),
        accrual("P1 6010", "20"), *ALL_STEADY, extract=extract,
    )  # fmt: skip
    (line,) = rolled(year).ledgers.last_year
    assert (line.outturn, line.p01, line.p03, line.p04, line.p12) == (163, 100, 5, -5, 63)
    going_on = replace(small(*ALL_STEADY), body=replace(year.body, state="forecast"))
    assert rolled(going_on).ledgers.last_year == ()


def test_what_starts_later_or_is_not_finished_is_kept_as_it_stands() -> None:
    done = saving("9", "2023-05-01", ref="S1", status="delivered")
    slipping = saving("9", "2023-05-01", ref="S2", status="at risk")
    later = saving("9", "2025-05-01", ref="S3", status="delivered")
    found = next_of(
        done, slipping, later,
        pressure("Residential", "5", "2023-05-01"), pressure("Residential", "5", "2024-05-01", ref="PR2"),
    )  # fmt: skip
    assert [each.ref for each in found.savings] == ["S2", "S3"]
    assert [each.ref for each in found.pressures] == ["PR2"]
    assert {each.year for each in found.assumptions} == {Year(2025), Year(2026)}
    paid_for = next_of(done, investment("5", "2024-05-01").model_copy(update={"saving": "S1"}))
    assert [each.ref for each in paid_for.savings] == ["S1"]


def test_a_scenario_keeps_the_rows_that_still_change_something() -> None:
    year = small(*ALL_STEADY, saving("9", "2023-05-01", status="delivered"))
    rows = (
        overlay("pay inflation +1%"),
        overlay("pay inflation +2%", until="2024-25"),
        overlay("S1 delivery 50%"),
    )
    found = rolled(replace(year, ledgers=replace(year.ledgers, scenarios=rows))).ledgers.scenarios
    assert [each.in_words for each in found] == ["pay inflation +1% from 2024/25"]


def test_the_last_months_counts_and_those_still_there_go_on() -> None:
    year = housed(placements("Fostering", "2024-03-31", "4"))
    kept = tuple(
        child(f"C{n}", "Residential", "2023-05-01", end) for n, end in enumerate(("", "2024-03-01", "2024-06-01"), 1)
    )
    posts = (*THREE_POSTS, worker("P4", "permanent", "2020-01-01", "2023-12-31", a_year="40000"))
    ledgers: Any = replace(year.ledgers, placement_register=kept, post_register=posts)
    found = rolled(replace(year, ledgers=ledgers), illustrative=True).ledgers
    assert [each.number for each in found.placements] == [11, 4]
    assert [each.ref for each in found.placement_register] == ["C1", "C3"]
    assert [each.ref for each in found.post_register] == ["P1", "P2", "P3"]
    bought = found.activity[0]
    of_posts = 3 + Decimal(275) / 366
    assert (bought.line, bought.unit, bought.number, bought.price) == (
        "Social workers", "post", round(of_posts, 4), 40000,
    )  # fmt: skip
    assert {line.basis for line in found.budget} == {"illustrative"}


def test_grants_that_go_on_and_orders_not_invoiced_are_kept() -> None:
    year = small(
        *ALL_STEADY,
        grant("Health", "Residential", "night", "95", ref="G1"),
        grant("Health", "Residential", "night", "90", end="2024-03-31", ref="G2"),
        grant("Health", "Residential", "night", "97", end="2024-09-30", ref="G3"),
    )
    orders = [
        order("P1 6010", "2023-12-01", amount, on)
        for amount, on in (("1", ""), ("2", "2024-03-31"), ("3", "2024-04-02"))
    ]
    found = rolled(beside(year, *orders)).ledgers
    assert [each.ref for each in found.grants] == ["G1", "G3"]
    assert [each.amount for each in found.orders] == [1, 3]


def test_what_is_shared_over_several_sources_nobody_has_agreed_so_it_is_marked() -> None:
    (alone,) = next_of().third_party_income
    shared = next_of(third_party("Home Office", "5", "200")).third_party_income
    assert (alone.basis, {each.basis for each in shared}) == ("", {"illustrative"})


def test_the_budgets_price_is_the_one_assumed() -> None:
    year = housed(assumed("residential", "12", "number"), assumed("residential", "750", "price", unit="£ a week"))
    (bought,) = rolled(year).ledgers.activity
    assert (bought.number, bought.price) == (12, 750)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=2), st.integers(-9, 9), st.integers(0, 400))
def test_the_budget_comes_to_the_plans_position_to_the_penny(spent: list[int], rate: int, saved: int) -> None:
    extract = posted(f"S1 5010 {spent[0]}", f"S1 5011 {spent[1]}", "P1 6010 300.01", "P1 6020 99.99")
    year = contract_year(
        contract_sum("500"), third_party("Health", "100"), balance("opening", "-20"), *ALL_STEADY,
        assumed("staffing", str(rate), "inflation"), saving(str(saved), "2024-07-01"), investment("31", "2024-08-01"),
        extract=extract,
    )  # fmt: skip
    found, plan = rolled(year).ledgers, planned(year)
    income = found.contract_sums[0].amount + sum(each.agreed for each in found.third_party_income)
    assert income - sum(line.revised for line in found.budget) == plan.row("position").years[Year(2024)].amount
