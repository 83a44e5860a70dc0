"""The ledgers against each other: each sum is taken again from the records and held against the statement's."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.year import ContractYear
from breakeven.pipeline.year_end import work_out
from breakeven.reconciliation.check import Check, Result
from breakeven.reconciliation.ledgers import check_ledgers
from made import (
    ALL_STEADY,
    accrual,
    balance,
    budget,
    contract_sum,
    contract_year,
    control_total,
    posted,
    pounds,
    published,
    third_party,
    variation,
    virement,
)


def checks(year: ContractYear, **tampered: str | None) -> dict[str, Check]:
    """Every test by id; ``tampered`` changes figures of the outturn first, as a slip in working out would."""
    book = dict(work_out(year).book)
    for row, amount in tampered.items():
        figure_id = f"outturn/{row}/actual"
        book[figure_id] = replace(book[figure_id], amount=None if amount is None else pounds(amount))
    return {check.id: check for check in check_ledgers(year, book)}


def test_every_part_of_the_published_year_agrees() -> None:
    found = checks(published(control_total(3, "88_931_888"), *ALL_STEADY))
    assert {check.id: check.result for check in found.values() if check.result is not Result.AGREES} == {}
    assert list(found) == [
        "income-parts", "staffing-lines", "placements-lines", "overheads-lines", "expenditure-lines",
        "extract-total", "extract-lines", "virements-net-nil", "budget-revised", "opening-balance", "corkscrew",
        "corkscrew-2024-25", "corkscrew-2025-26", "corkscrew-2026-27",
    ]  # fmt: skip


def test_contract_sum_variations_and_third_parties_are_the_income() -> None:
    income = checks(published())["income-parts"]
    assert income.side_a.amount == income.side_b.amount == Decimal(84_678_218)
    assert income.side_b.label == "the contract sum + the variations + third-party income"


def test_a_contract_sum_of_another_year_is_no_income_of_this_one() -> None:
    year = contract_year(contract_sum("100"), contract_sum("999", year=contract_year().body.year.later(1)))
    assert checks(year)["income-parts"].side_b.amount == Decimal(100)


@pytest.mark.parametrize(
    ("income", "cause"),
    [
        ("83_228_055", "the variations is left out of it"),
        ("93_431_273", "third-party income is counted twice in it"),
        ("84_678_267", "a typing slip: 67 where 18 is meant"),
        ("90_000_000", "no single slip explains it"),
    ],
)
def test_a_statement_that_is_not_the_sum_of_its_ledgers_differs_with_its_cause(income: str, cause: str) -> None:
    found = checks(published(), income=income)["income-parts"]
    assert (found.result, found.cause) == (Result.DIFFERS, cause)


def test_a_figure_that_is_not_worked_out_leaves_its_test_open() -> None:
    year = published()
    book = {figure_id: figure for figure_id, figure in work_out(year).book.items() if "expenditure" not in figure_id}
    found = {check.id: check for check in check_ledgers(year, book)}["expenditure-lines"]
    assert (found.result, found.cause) == (Result.OPEN, "outturn/expenditure/actual is missing")


def test_accruals_and_prepayments_are_in_their_category() -> None:
    year = contract_year(
        accrual("P1 6010", "30"), accrual("P1 6010", "-5", "prepayment"), extract=posted("P1 6010 100")
    )
    assert checks(year)["placements-lines"].side_b.amount == Decimal(125)
    assert checks(year)["expenditure-lines"].result is Result.AGREES


def test_money_on_a_code_that_no_line_has_is_tested_too() -> None:
    found = checks(contract_year(extract=posted("P1 6010 100", "X9 9999 7")))
    assert (found["unmapped-lines"].side_a.label, found["unmapped-lines"].side_b.amount) == (
        "Unmapped: actual",
        Decimal(7),
    )
    assert found["expenditure-lines"].result is Result.AGREES


def test_an_extract_that_is_missing_leaves_expenditure_open_not_nil() -> None:
    found = checks(contract_year(accrual("P1 6010", "30")))
    assert found["expenditure-lines"].result is Result.OPEN


@pytest.mark.parametrize(
    ("lines", "total", "results"),
    [
        (2, "300.00", ["agrees", "agrees"]),
        (3, "300.00", ["agrees", "differs"]),
        (2, "299.99", ["differs", "agrees"]),
    ],
)
def test_the_extract_comes_to_its_control_total_and_count(lines: int, total: str, results: list[str]) -> None:
    found = checks(contract_year(control_total(lines, total), extract=posted("P1 6010 100", "P1 6020 200")))
    assert [found["extract-total"].result, found["extract-lines"].result] == results
    assert found["extract-lines"].unit == "number"


def test_an_extract_without_a_control_total_is_open() -> None:
    found = checks(contract_year(extract=posted("P1 6010 100")))
    assert [found["extract-total"].result, found["extract-lines"].result] == ["open", "open"]
    assert found["extract-total"].cause == "the control total is missing"


# Virements and the budget ------------------------------------------------------------------------------------

PAIRED = (virement("V1", "S1 5010", "-40"), virement("V1", "P1 6010", "40"))


def test_a_paired_virement_nets_to_nil_and_moves_the_revised_budget() -> None:
    found = checks(contract_year(budget("S1 5010", "100", "60"), budget("P1 6010", "100", "140"), *PAIRED))
    assert [found[name].result for name in ("virements-net-nil", "budget-revised")] == ["agrees", "agrees"]


def test_a_virement_with_one_side_differs_and_is_named() -> None:
    found = checks(contract_year(budget("S1 5010", "100", "60"), virement("V1", "S1 5010", "-40")))
    assert found["virements-net-nil"].difference == Decimal(-40)
    assert found["virements-net-nil"].cause == "V1 does not"
    assert found["budget-revised"].result is Result.AGREES


def test_two_virements_with_one_side_each_do_not_make_a_pair() -> None:
    year = contract_year(virement("V1", "S1 5010", "-40"), virement("V2", "P1 6010", "40"))
    net = checks(year)["virements-net-nil"]
    assert (net.result, net.difference, net.cause) == (Result.DIFFERS, Decimal(-40), "V1 does not, nor do 1 more")
    assert net.side_a.label == "virements, virement V1"


def test_a_virement_to_a_code_without_a_budget_line_is_found_in_its_cell() -> None:
    found = checks(contract_year(budget("S1 5010", "100", "60"), *PAIRED))["budget-revised"]
    assert (found.difference, found.result) == (Decimal(-40), Result.DIFFERS)
    assert found.cause == "'[budget.xlsx]virements'!A3 moves budget of a code that has none"


def test_a_virement_that_the_revised_budget_does_not_follow_is_found_though_the_totals_agree() -> None:
    year = contract_year(budget("S1 5010", "100"), budget("P1 6010", "100"), *PAIRED)
    found = checks(year)["budget-revised"]
    assert (found.result, found.difference) == (Result.DIFFERS, Decimal(40))
    assert found.side_a.label == "revised budget, S1 5010"
    assert found.cause == "'[budget.xlsx]budget'!A2 does not, nor do 1 more"


def test_two_budget_lines_of_one_code_are_held_against_its_virements_together() -> None:
    year = contract_year(
        budget("S1 5010", "100", "60"), budget("S1 5010", "50"), budget("P1 6010", "100", "140"), *PAIRED
    )
    assert checks(year)["budget-revised"].result is Result.AGREES


def test_a_profile_comes_to_the_revised_budget() -> None:
    even = "10 10 10 10 10 10 10 10 10 10 10 10"
    assert checks(contract_year(budget("S1 5010", "120", profile=even)))["budget-profile"].result is Result.AGREES
    found = checks(contract_year(budget("P1 6010", "70"), budget("S1 5010", "119", profile=even)))["budget-profile"]
    assert (found.difference, found.cause) == (Decimal(1), "'[budget.xlsx]budget'!A3 does not")


def test_profiles_that_are_wrong_by_as_much_each_way_do_not_pass() -> None:
    even = "10 10 10 10 10 10 10 10 10 10 10 10"
    year = contract_year(budget("S1 5010", "119", profile=even), budget("P1 6010", "121", profile=even))
    assert checks(year)["budget-profile"].difference == Decimal(1)


def test_a_month_left_blank_in_a_profile_is_missing_not_nil() -> None:
    gap = "10 10 10 10 10 10 10 10 10 10 20 [x]"
    found = checks(contract_year(budget("S1 5010", "120", profile=gap)))["budget-profile"]
    assert (found.result, found.cause) == (Result.OPEN, "a month beside '[budget.xlsx]budget'!A2 is missing")


# Balances ----------------------------------------------------------------------------------------------------


def test_the_published_year_carries_its_deficit_down() -> None:
    corkscrew = checks(published())["corkscrew"]
    assert corkscrew.side_a.amount == corkscrew.side_b.amount == Decimal(-6_977_292) - Decimal(4_253_670)


def test_an_opening_balance_is_what_last_year_closed_at() -> None:
    year = contract_year(balance("last close", "-6_977_292"), balance("opening", "-6_977_229"))
    found = checks(year)["opening-balance"]
    assert (found.result, found.difference) == (Result.DIFFERS, Decimal(63))
    assert found.cause == "the digits 2 and 9 are swapped"


@pytest.mark.parametrize("kept", ["last close", "opening"])
def test_an_opening_balance_with_nothing_to_hold_it_against_is_open(kept: str) -> None:
    known = balance("opening", "-5") if kept == "opening" else balance("last close", "-5")
    assert checks(contract_year(known))["opening-balance"].result is Result.OPEN


def test_a_missing_opening_balance_leaves_the_corkscrew_open() -> None:
    found = checks(contract_year(contract_sum("100"), extract=posted("P1 6010 90")))
    assert {check.result for check in found.values() if check.id.startswith("corkscrew")} == {Result.OPEN}


def test_an_adjustment_is_part_of_the_closing_balance() -> None:
    year = contract_year(
        contract_sum("100"), balance("opening", "-30"), balance("adjustment", "25"), extract=posted("P1 6010 90")
    )
    corkscrew = checks(year)["corkscrew"]
    assert (corkscrew.result, corkscrew.side_b.amount) == (Result.AGREES, Decimal(5))


def test_a_closing_balance_that_leaves_out_an_adjustment_says_so() -> None:
    year = contract_year(
        contract_sum("100"), balance("opening", "-30"), balance("adjustment", "25"), extract=posted("P1 6010 90")
    )
    assert checks(year, closing_balance="-20")["corkscrew"].cause == "adjustments is left out of it"


def test_a_plan_that_does_not_open_where_the_year_closed_differs() -> None:
    found = checks(published(*ALL_STEADY), closing_balance="-11_230_000")["corkscrew-2024-25"]
    assert found.difference == Decimal(-962)


@given(st.integers(1, 10))
def test_each_year_of_the_plan_has_its_own_test_of_the_corkscrew(plan_years: int) -> None:
    ids = [name for name in checks(contract_year(plan_years=plan_years)) if name.startswith("corkscrew-")]
    assert len(ids) == plan_years


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_changes_no_result(order: list[int]) -> None:
    rows = [
        contract_sum("100"), variation("CC1", "5"), third_party("Health", "7"), accrual("P1 6010", "3"),
        *PAIRED,
    ]  # fmt: skip
    extract = posted("P1 6010 90")
    plain, moved = (checks(contract_year(*each, extract=extract)) for each in (rows, [rows[i] for i in order]))
    assert {name: (check.result, check.side_b.amount) for name, check in plain.items() if name != "budget-revised"} == {
        name: (check.result, check.side_b.amount) for name, check in moved.items() if name != "budget-revised"
    }
