"""Actual income to date, as the outturn of a period takes it: due, earned, or said to accrue evenly."""

import pytest

from breakeven.ledger.record import Record
from breakeven.monitoring.income import income_to_date
from made import claim, contract_sum, contract_year, instalment, third_party, variation


def to_date(period: int, *records: Record) -> dict[str, str]:
    """Income by row, pence left out where they are nil; ``[x]`` is open."""
    found = income_to_date(contract_year(*records), period)
    return {
        row: "[x]" if figure.amount is None else f"{figure.amount:,.2f}".removesuffix(".00")
        for row, figure in found.items()
    }


def test_there_is_a_row_for_the_contract_sum_each_variation_and_each_source_and_no_total() -> None:
    found = to_date(9, contract_sum("366"), variation("V01", "10"), third_party("Home Office funding", "5"))
    assert found == {
        "contract_sum": "275",
        "variations.v01": "10",
        "third_party_income.home_office_funding": "[x]",
    }


def test_a_contract_sum_is_what_its_instalments_due_come_to() -> None:
    due = [instalment("Contract sum", day, "100") for day in ("2023-04-05", "2023-12-31", "2024-01-01")]
    assert to_date(8, contract_sum("300"), *due)["contract_sum"] == "100"
    assert to_date(9, contract_sum("300"), *due)["contract_sum"] == "200"
    assert to_date(12, contract_sum("300"), *due)["contract_sum"] == "300"


@pytest.mark.parametrize(
    ("period", "amount"),
    [(1, "6,104,508.20"), (9, "55,957,991.80"), (11, "68,167,008.20"), (12, "74,475,000"), (13, "74,475,000")],
)
def test_without_instalments_the_contract_sum_accrues_evenly_over_the_366_days_of_2023_24(
    period: int, amount: str
) -> None:
    assert to_date(period, contract_sum("74_475_000"))["contract_sum"] == amount


def test_the_one_assumption_is_said_in_the_figures_rule() -> None:
    figure = income_to_date(contract_year(contract_sum("100")), 9)["contract_sum"]
    assert figure.rule == "agreed × 275 ÷ 366 days, to the penny: no instalments are given"
    assert figure.id == "P09/income/contract_sum/evenly"
    assert [str(source.cells) for source in figure.sources()] == ["'[contract.xlsx]contract_sums'!A2"]


def test_a_year_without_a_contract_sum_is_open_not_nil() -> None:
    assert to_date(9) == {"contract_sum": "[x]"}


def test_a_variation_counts_whole_from_the_day_it_was_agreed_and_not_before() -> None:
    agreed_on_1_june = variation("V01", "600")
    assert to_date(2, agreed_on_1_june)["variations.v01"] == "0"
    assert to_date(3, agreed_on_1_june)["variations.v01"] == "600"


def test_a_variation_with_instalments_counts_as_they_fall_due() -> None:
    parts = [instalment("v01", "2023-07-31", "200"), instalment("V01", "2024-01-31", "400")]
    assert to_date(9, variation("V01", "600"), *parts)["variations.v01"] == "200"


def test_third_party_income_counts_in_the_period_it_is_earned_whenever_it_comes() -> None:
    claims = [
        claim("Health", 3, "100", raised="2023-07-10", received_on="2024-02-01"),
        claim("health", 9, "50"),
        claim("Health", 10, "25", received_on="2023-04-01"),
    ]
    assert to_date(9, third_party("Health", "200"), *claims)["third_party_income.health"] == "150"


def test_a_source_without_claims_is_open_until_the_year_end_gives_it() -> None:
    source = third_party("Health", "200", "80", "35")
    shown = [to_date(period, source)["third_party_income.health"] for period in (1, 11, 12, 13)]
    assert shown == ["[x]", "[x]", "115", "115"]
