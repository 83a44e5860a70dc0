"""Records are frozen, exact, and refuse what their column cannot mean."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from breakeven.findings import Cell, Finding
from breakeven.ledger.posts import PostsMonth
from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear, SheetTally
from made import (
    HERE,
    accrual,
    assumed,
    budget,
    contract_year,
    day,
    pounds,
    saving,
    third_party,
    variation,
    virement,
)


def changed(record: Record, **values: Any) -> Record:
    """The record read again with other values in its row."""
    return type(record).model_validate(dict(record) | values)


def test_a_record_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        variation("CC1", "100").__setattr__("amount", Decimal(0))


@pytest.mark.parametrize("value", ["100", 100.0, None, True])
def test_an_amount_is_a_decimal_and_nothing_else(value: object) -> None:
    with pytest.raises(ValidationError, match="amount"):
        changed(variation("CC1", "100"), amount=value)


def test_a_column_that_a_record_does_not_have_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        changed(variation("CC1", "100"), colour="red")


@pytest.mark.parametrize("period", [0, 14])
def test_a_period_is_p01_to_p13(period: int) -> None:
    assert changed(accrual("P1 6010", "1"), period=13).model_dump()["period"] == 13
    with pytest.raises(ValidationError, match="period"):
        changed(accrual("P1 6010", "1"), period=period)


def test_a_basis_is_published_illustrative_or_the_bodys_own() -> None:
    assert [changed(variation("CC1", "1"), basis=basis).basis for basis in ("", "published", "illustrative")] == [
        "", "published", "illustrative",
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="basis"):
        changed(variation("CC1", "1"), basis="guessed")


@pytest.mark.parametrize(("kind", "unit"), [("sum", "%"), ("growth", "£"), ("inflation", "£")])
def test_a_sum_is_in_pounds_and_a_rate_in_per_cent(kind: str, unit: str) -> None:
    with pytest.raises(ValidationError, match=f"{kind} is in .*, not {unit}"):
        changed(assumed("residential", "3", "sum" if kind != "sum" else "growth"), kind=kind, unit=unit)


def test_a_unit_beside_a_kind_that_cannot_be_read_is_not_judged() -> None:
    with pytest.raises(ValidationError) as refused:
        changed(assumed("residential", "3", "growth"), kind="guess", unit="£")
    assert [error["loc"] for error in refused.value.errors()] == [("kind",)]


@pytest.mark.parametrize("confidence", ["-1", "100.1"])
def test_a_confidence_is_from_0_to_100_per_cent(confidence: str) -> None:
    assert saving("1", "2024-04-01", confidence="100").confidence_pct == 100
    with pytest.raises(ValidationError, match="confidence_pct"):
        saving("1", "2024-04-01", confidence=confidence)


def test_a_saving_is_written_positive() -> None:
    with pytest.raises(ValidationError, match="amount"):
        saving("-1", "2024-04-01")


def test_a_coding_is_a_cost_centre_and_an_account() -> None:
    records = (budget("P1 6010", "1"), virement("V1", "P1 6010", "1"), accrual("P1 6010", "1"))
    assert {record.coding for record in records} == {("P1", "6010")}


def test_a_blank_month_of_a_profile_is_none_not_nil() -> None:
    profile = budget("P1 6010", "120", profile="10 [x] 0 10 10 10 10 10 10 10 10 30").months
    assert (profile[0], profile[1], profile[2], len(profile)) == (10, None, 0, 12)
    assert budget("P1 6010", "120").months == (None,) * 12


def test_income_is_earned_when_it_is_due_not_when_it_is_paid() -> None:
    assert third_party("Health", "500_000", "388_000", "112_000.50").actual == Decimal("500000.50")


def test_agency_workers_are_in_post() -> None:
    month = PostsMonth(
        at=HERE, month=day("2024-03-31"), establishment=pounds("220"), permanent=pounds("180.5"), asye=pounds("20"),
        agency=pounds("30"),
    )  # fmt: skip
    assert month.in_post == Decimal("210.5")


NINE = Decimal(9)
FOUR_LINES = SheetTally(
    workbook="a.xlsx",
    sheet="S",
    heading="Amount",
    lines=4,
    accepted_lines=2,
    held_back_lines=1,
    set_aside_lines=1,
    accepted=Decimal(50),
    held_back=Decimal(10),
    set_aside=Decimal(40),
    total=Decimal(100),
)
"""Four lines and 100 pounds, of which one line of 10 pounds has a finding and one of 40 is a total row."""


def test_every_line_and_every_pound_is_accepted_held_back_or_set_aside() -> None:
    assert FOUR_LINES.is_conserved


@pytest.mark.parametrize(
    "astray",
    [
        replace(FOUR_LINES, lines=5), replace(FOUR_LINES, accepted_lines=3), replace(FOUR_LINES, held_back_lines=0),
        replace(FOUR_LINES, set_aside_lines=0), replace(FOUR_LINES, accepted=NINE), replace(FOUR_LINES, held_back=NINE),
        replace(FOUR_LINES, set_aside=NINE), replace(FOUR_LINES, total=NINE),
    ],
)  # fmt: skip
def test_one_line_or_one_pound_astray_is_not_conserved(astray: SheetTally) -> None:
    assert not astray.is_conserved


def test_only_errors_refuse_a_year() -> None:
    error, warning = Finding("amount-blank", "", Cell("a")), Finding("code-unmapped", "", Cell("a"))
    year = contract_year()
    assert year.errors == ()
    found = ContractYear(year.body, year.ledgers, year.transactions, (), (), (warning, error))
    assert found.errors == (error,)
