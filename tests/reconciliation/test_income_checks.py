"""Instalments and claims come to what the sheets of the contract state; without any there is nothing to test."""

from breakeven.ledger.record import Record
from breakeven.periods import Year
from breakeven.reconciliation.check import Check, Result
from breakeven.reconciliation.income import check_income
from made import claim, contract_sum, contract_year, instalment, third_party, variation


def checks(*records: Record) -> dict[str, Check]:
    return {check.id: check for check in check_income(contract_year(*records))}


def test_a_folder_without_instalments_or_claims_has_none_of_these_tests() -> None:
    assert checks(contract_sum("100"), variation("V01", "10", paid="10"), third_party("Health", "5")) == {}


def test_instalments_come_to_the_contract_sum_of_the_year_and_to_each_variation() -> None:
    records = [
        contract_sum("100"),
        contract_sum("110", Year(2024)),
        variation("V01", "10"),
        variation("V02", "20"),
        *(instalment("Contract sum", day, "50") for day in ("2023-05-20", "2023-11-20")),
        instalment("V01", "2023-06-30", "10"),
    ]
    agreed = checks(*records)["instalments"]
    assert (agreed.result, agreed.side_a.amount, agreed.side_b.amount) == (Result.AGREES, 110, 110)
    wrong = checks(*records, instalment("v01", "2023-12-31", "1"))["instalments"]
    assert (wrong.difference, wrong.cause) == (1, "'[contract.xlsx]variations'!A2 does not")


def test_instalments_that_are_wrong_by_as_much_each_way_do_not_pass() -> None:
    wrong = checks(
        contract_sum("100"), variation("V01", "10"), instalment("Contract sum", "2023-05-20", "99"),
        instalment("V01", "2023-06-30", "11"),
    )["instalments"]  # fmt: skip
    assert (wrong.result, wrong.difference) == (Result.DIFFERS, -1)
    assert wrong.side_a.label == "instalments, the contract sum"


def test_the_instalments_paid_of_a_variation_are_what_it_says_is_paid() -> None:
    records = [
        variation("V01", "10", paid="4"), variation("V02", "5"),
        instalment("V01", "2023-06-30", "4", "2023-07-01"), instalment("V01", "2024-03-31", "6", "2024-04-02"),
        instalment("V02", "2023-06-30", "5", "2023-07-01"),
    ]  # fmt: skip
    paid = checks(*records)["instalments-paid"]
    assert (paid.result, paid.side_a.amount, paid.side_b.amount) == (Result.AGREES, 4, 4)


def test_claims_received_by_the_year_end_are_what_the_source_received_and_the_rest_is_accrued() -> None:
    records = [
        third_party("Health", "100", "70", "30"),
        third_party("DfE", "5"),
        claim("Health", 1, "60", received_on="2023-06-01"),
        claim("Health", 2, "20", raised="2023-07-01", received_on="2023-08-01", received="10"),
        claim("Health", 11, "15", raised="2024-03-01", received_on="2024-04-01"),
        claim("health", 12, "5"),
    ]
    found = checks(*records)
    assert {check_id: check.result for check_id, check in found.items()} == {
        "claims-received": Result.AGREES, "claims-accrued": Result.AGREES,
    }  # fmt: skip
    assert [found[check_id].side_b.amount for check_id in found] == [70, 30]
    more = checks(*records, claim("Health", 12, "2", received_on="2024-03-31"), claim("Health", 12, "3"))
    assert [more[check_id].difference for check_id in found] == [2, 3]
    assert more["claims-accrued"].cause == "'[contract.xlsx]third_party_income'!A2 does not"
