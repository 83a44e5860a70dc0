"""The records against each other: two rows for one thing, signs, rates, and names that lead nowhere."""

from dataclasses import replace

import pytest

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import Category, Chart
from breakeven.ledger.record import Record
from breakeven.periods import Year
from breakeven.workbook.chart_findings import chart_findings
from breakeven.workbook.record_findings import record_findings
from made import (
    accrual,
    assumed,
    balance,
    budget,
    claim,
    contract_sum,
    contract_year,
    delivery,
    grant,
    instalment,
    investment,
    line,
    overlay,
    pressure,
    reported,
    saving,
    third_party,
    variation,
    virement,
)
from made_registers import child

SHEETS = {
    name: Cell("made.xlsx", name)
    for name in ("contract_sums", "variations", "third_party_income", "savings", "placement_register")
}


def found(*records: Record) -> list[Finding]:
    year = contract_year(*records)
    tables = {name: rows for name, rows in vars(year.ledgers).items() if rows}
    sheets = {name: sheet for name, sheet in SHEETS.items() if name in tables}
    return list(record_findings(year.body, tables, sheets, "breakeven.toml"))


def said(*records: Record) -> list[str]:
    return [f"{each.code} {each.at.ref}".strip() for each in found(*records)]


def test_the_contract_sum_is_one_row_and_of_the_folders_own_year() -> None:
    assert said(contract_sum("100")) == []
    assert said(contract_sum("100"), contract_sum("110", Year(2024))) == ["contract-sum-unused A3"]
    assert said(contract_sum("100"), contract_sum("110")) == ["ref-twice A3"]
    assert said(contract_sum("110", Year(2024))) == ["contract-sum-unused A2", "contract-sum-missing"]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (variation("V1", "10"), variation("v1", "20")),
        (third_party("Health", "10"), third_party("Health", "20")),
        (balance("opening", "-10"), balance("opening", "-20")),
        (balance("last close", "-10"), balance("last close", "-20")),
        (budget("S1 5010", "10"), budget("S1 5010", "20")),
        (saving("10", "2024-04-01"), saving("20", "2024-04-01")),
        (pressure("Residential", "10", "2024-04-01"), pressure("Fostering", "10", "2024-04-01")),
        (investment("10", "2024-04-01"), investment("20", "2024-04-01")),
        (reported("E1", "x", "10"), reported("E1", "y", "20")),
    ],
)
def test_two_rows_for_one_thing_are_refused_with_both_cells(first: Record, again: Record) -> None:
    (finding,) = [each for each in found(first, again) if each.code == "ref-twice"]
    assert "at A2 and A3" in finding.message
    assert finding.at.ref == "A3"


def test_a_virement_has_two_sides_and_adjustments_may_be_many() -> None:
    assert said(virement("VR1", "S1 5010", "-10"), virement("VR1", "P1 6010", "10")) == []
    assert said(balance("adjustment", "10"), balance("adjustment", "10")) == []


def test_an_accrual_is_usually_positive_and_what_undoes_one_negative() -> None:
    assert said(accrual("S1 5010", "10"), accrual("S1 5010", "-10", "prepayment")) == []
    assert said(accrual("S1 5010", "-10")) == ["accrual-sign A2"]
    assert said(accrual("S1 5010", "10", "reversal"), accrual("S1 5010", "0")) == ["accrual-sign A2"]


def test_a_reversal_that_says_it_undoes_a_prepayment_is_positive() -> None:
    undone = [accrual("S1 5010", amount, "reversal") for amount in ("10", "-10")]
    described = [each.model_copy(update={"description": "Last year's prepayment of rent"}) for each in undone]
    reasoned = [each.model_copy(update={"reason": "prepayment of 2022-23 P12"}) for each in undone]
    assert said(*described) == ["accrual-sign A3"]
    assert said(*reasoned) == ["accrual-sign A3"]


@pytest.mark.parametrize(
    ("value", "code"),
    [("3", ""), ("0", ""), ("0.2", ""), ("-100", ""), ("0.03", "percent-small"), ("-0.1", "percent-small"),
     ("101", "percent-outside"), ("-100.5", "percent-outside")],
)  # fmt: skip
def test_a_rate_is_in_per_cent(value: str, code: str) -> None:
    assert [each.code for each in found(assumed("staffing", value, "inflation"))] == ([code] if code else [])


def test_a_fraction_is_asked_about_with_what_to_type() -> None:
    (finding,) = found(assumed("staffing", "0.03", "growth"))
    assert finding.message == "0.03 per cent? type 3 for 3 per cent"


def test_a_source_of_contributions_that_is_not_among_the_income_is_said_with_the_nearest() -> None:
    assert found(third_party("Health", "10")) == []
    (finding,) = found(third_party("Health and care", "10"))
    assert "has the source 'Health'; did you mean 'Health and care'?" in finding.message


def test_an_instalment_is_of_the_contract_sum_or_a_variation() -> None:
    v01 = variation("V01", "10")
    assert found(v01, instalment("contract sum", "2023-05-01", "1"), instalment("v01", "2023-05-01", "1")) == []
    (finding,) = found(v01, instalment("V1", "2023-05-01", "1"))
    assert (finding.code, finding.at.ref) == ("name-unknown", "A2")
    assert finding.message == "an instalment is of 'V1', and there is no such variation; did you mean 'V01'?"


def test_a_claim_and_a_grant_are_of_a_source_and_a_grant_of_a_type_of_placement() -> None:
    source, placed = third_party("Health", "10"), child("C1", "Unaccompanied", "2023-05-01")
    wrong = [claim("Helth", 1, "1"), grant("Helth", "Unacompanied", "night", "1")]
    assert found(source, placed, claim("health", 1, "1"), grant("Health", "unaccompanied", "night", "1")) == []
    assert [each.message for each in found(source, placed, *wrong)] == [
        "a claim is of 'Helth', and there is no such source of third-party income; did you mean 'Health'?",
        "a grant is of 'Helth', and there is no such source of third-party income; did you mean 'Health'?",
        "a grant is of 'Unacompanied', and there is no such placement type in the register; "
        "did you mean 'Unaccompanied'?",
    ]


def test_what_a_row_is_of_is_not_asked_where_the_sheet_that_says_so_was_not_read_whole() -> None:
    assert found(instalment("V1", "2023-05-01", "1"), claim("X", 1, "1"), grant("X", "Y", "night", "1")) == []


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            claim("X", 1, "1", received_on="2023-05-01"),
            "'C1' says when it was received and not how much; give both or neither",
        ),
        (
            instalment("Y", "2023-05-01", "1", "2023-05-01"),
            "'I1' says when it was paid and not how much; give both or neither",
        ),
    ],
)
def test_a_payment_has_a_day_and_an_amount(record: Record, message: str) -> None:
    on, amount = ("received_on", "received") if hasattr(record, "received") else ("paid_on", "paid")
    assert said(record) == []
    assert [each.message for each in found(record.model_copy(update={amount: None}))] == [message]
    assert said(record.model_copy(update={on: None})) == ["payment-half A2"]


def test_a_delivery_is_of_a_saving_that_there_is_and_of_no_year_before_it_starts() -> None:
    assert said(saving("10", "2023-04-01"), delivery("s1", "5"), delivery("S1", "5", 2024)) == []
    (unknown,) = found(saving("10", "2023-04-01", ref="S24-01"), delivery("S24-10", "5"))
    assert (unknown.code, "there is none; did you mean 'S24-01'?" in unknown.message) == ("name-unknown", True)
    (early,) = found(saving("10", "2024-04-01"), delivery("S1", "5"))
    assert (early.code, early.at.ref) == ("delivery-early", "A2")
    assert early.message == "'S1' is said to have delivered 5 in 2023/24, and starts in 2024/25: no year counts it"


def test_a_saving_that_no_year_counts_or_under_no_priority_is_said() -> None:
    assert said(saving("10", "2023-04-01"), saving("10", "2027-03-01", ref="S2")) == []
    assert said(saving("10", "2022-04-01")) == ["saving-outside A2"]
    assert said(saving("10", "2027-04-01")) == ["saving-outside A2"]
    odd = saving("10", "2024-04-01").model_copy(update={"priority": "Peopel"})
    (finding,) = found(odd)
    assert finding.message == "the settings list no priority 'Peopel'; did you mean 'People'?"


def test_an_investment_for_a_saving_that_there_is_none_of_is_said() -> None:
    scheme, spend = saving("10", "2024-04-01", ref="S24-01"), investment("5", "2024-04-01")
    assert found(scheme, spend, spend.model_copy(update={"ref": "I2", "saving": "S24-01"})) == []
    (finding,) = found(scheme, spend.model_copy(update={"saving": "S24-1"}))
    assert "there is none; did you mean 'S24-01'?" in finding.message


# Scenarios ---------------------------------------------------------------------------------------------------


def test_a_change_that_names_nothing_or_what_it_has_not_is_told_with_its_scenario() -> None:
    unfit = [each.message for each in found(overlay("residental number +5"), overlay("residential delivery 50%"))]
    assert unfit == [
        "scenario 'worst': no line, category, group or saving is called 'residental'",
        "scenario 'worst': 'residential' is a line, which has no delivery",
    ]
    assert said(saving("9", "2024-04-01"), overlay("S1 delivery 50%", "P07")) == ["overlay-unfit A2"]
    assert said(saving("9", "2024-04-01"), overlay("S1 delivery 50%"), overlay("residential number +5")) == []


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2026-27", "", []),
        ("2022-23", "2024-25", []),
        ("2027-28", "", ["overlay-outside A2"]),
        ("2022-23", "2023-24", ["overlay-outside A2"]),
        ("2026-27", "2025-26", ["overlay-unfit A2"]),
    ],
)
def test_a_change_counts_in_a_year_of_the_plan_and_ends_after_it_starts(
    since: str, until: str, code: list[str]
) -> None:
    assert said(overlay("residential number +5", since, until)) == code


CARE = Chart((Category("care", "Care & support"),), (line("homes", "care", "P1"), line("carers", "care", "P2")))


def of_chart(*records: Record) -> list[str]:
    ledgers = contract_year(*records).ledgers
    tables = {name: rows for name, rows in vars(ledgers).items() if rows}
    return [finding.code for finding in chart_findings(CARE, tables, None)]


def test_a_category_answers_to_its_label_where_its_id_is_another() -> None:
    assert [each.id for each in CARE.lines_named("Care & support")] == ["homes", "carers"]
    assert of_chart(assumed("Care & support", "2", "growth")) == []
    assert of_chart(assumed("Care & support", "2", "growth"), assumed("care", "3", "growth")) == ["assumption-twice"]
    assert of_chart(pressure("Care & support", "10", "2024-04-01")) == ["line-unknown"]


def test_a_budget_line_under_another_category_than_the_charts_is_refused() -> None:
    right = budget("P1 1", "10").model_copy(update={"line": "Homes", "category": "Care & support"})
    assert of_chart(right, right.model_copy(update={"category": "care"})) == []
    assert of_chart(right.model_copy(update={"category": "Staffing"})) == ["line-differs"]


def test_a_line_of_its_own_comes_before_a_categorys_label() -> None:
    named = replace(CARE, lines=(*CARE.lines, line("care_support", "care", "P3")))
    assert named.category_named("Care & support") is None
    assert [each.id for each in named.lines_named("Care & support")] == ["care_support"]
    assert named.id_named("Care & support") == "care_support"
    assert named.id_named("Homes elsewhere") == "homes_elsewhere"
