"""Income at a period's end: earned is received, accrued or outstanding, and what is outstanding has an age."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.contract import Claim, Instalment
from breakeven.ledger.record import Record
from breakeven.monitoring.income import COLUMNS, Income, borne_by, income, overpaid
from breakeven.monitoring.income_items import AGES, age_of
from breakeven.periods import Year
from made import claim, contract_sum, contract_year, instalment, third_party, variation

AGED = ("outstanding", *AGES)
MONEY = ("agreed", "to_date", "received", "accrued", "outstanding")


def stated(period: int, *records: Record) -> Income:
    return income(contract_year(*records), period)


def shown(found: Income, row: str, *columns: str) -> str:
    """Some figures of a row; ``[x]`` is open."""
    figures = found.row(row).figures
    return " ".join(
        "[x]" if (amount := figures[column].amount) is None else f"{amount:,.2f}".removesuffix(".00")
        for column in columns
    )


HEALTH = "third_party_income.health"


# The contract sum and variations -----------------------------------------------------------------------------


def test_an_instalment_is_due_on_its_day_and_outstanding_until_it_is_paid() -> None:
    records = [
        contract_sum("300"),
        instalment("Contract sum", "2023-11-20", "100", "2023-11-22"),
        instalment("Contract sum", "2023-12-20", "100", "2024-01-05"),
        instalment("Contract sum", "2024-01-20", "100", "2024-01-20"),
    ]
    assert shown(stated(9, *records), "contract_sum", *MONEY) == "300 200 100 0 100"
    assert shown(stated(9, *records), "contract_sum", *AGED) == "100 0 100 0 0 0"
    assert shown(stated(10, *records), "contract_sum", *MONEY) == "300 300 300 0 0"


def test_an_instalment_due_on_the_last_day_is_due_and_not_yet_late() -> None:
    records = [contract_sum("100"), instalment("Contract sum", "2023-12-31", "100")]
    assert shown(stated(9, *records), "contract_sum", "to_date", *AGED) == "100 100 100 0 0 0 0"


def test_an_instalment_paid_in_part_leaves_the_rest_outstanding() -> None:
    records = [variation("V01", "90"), instalment("V01", "2023-10-31", "90", "2023-11-01", "60.50")]
    assert shown(stated(9, *records), "variations.v01", *MONEY) == "90 90 60.50 0 29.50"
    assert shown(stated(9, *records), "variations.v01", *AGES) == "0 0 0 29.50 0"


def test_an_instalment_paid_before_it_is_due_is_in_brackets_and_said() -> None:
    found = stated(9, contract_sum("100"), instalment("Contract sum", "2024-01-02", "100", "2023-12-29"))
    assert shown(found, "contract_sum", "to_date", "received", *AGED) == "0 100 -100 -100 0 0 0 0"
    assert [(row.id, item.ref, amount) for row, item, amount in overpaid(found)] == [
        ("contract_sum", "I1", Decimal(100))
    ]


def test_without_instalments_only_what_is_agreed_is_known() -> None:
    found = stated(9, contract_sum("100"), variation("V01", "10"))
    assert shown(found, "contract_sum", *COLUMNS) == "100 [x] [x] [x] [x] [x] [x] [x] [x] [x]"
    assert shown(found, "variations.v01", *MONEY) == "10 [x] [x] [x] [x]"
    assert shown(found, "income", *MONEY) == "110 [x] [x] [x] [x]"
    assert found.row("contract_sum").figures["to_date"].rule == "no instalments are given"


def test_money_of_a_name_that_nothing_was_agreed_under_has_a_row_and_leaves_what_is_agreed_open() -> None:
    found = stated(9, instalment("V9", "2023-05-01", "10"), claim("Helth", 2, "5"))
    labels = {row.id: row.label for row in found.rows}
    assert labels["variations.v9"] == "V9 (no such variation)"
    assert labels["third_party_income.helth"] == "Helth (no such source)"
    assert shown(found, "variations", *MONEY) == "[x] 10 0 0 10"
    assert shown(found, "third_party_income", *MONEY) == "[x] 5 0 5 0"


# Third parties -----------------------------------------------------------------------------------------------

CLAIMED = [
    third_party("Health", "900"),
    claim("Health", 4, "100", raised="2023-08-08", due="2023-09-07", received_on="2023-09-12", received="80"),
    claim("Health", 6, "110", raised="2023-10-10", due="2023-11-09", received_on="2024-01-15"),
    claim("Health", 8, "120", raised="2023-12-08", due="2024-01-07"),
    claim("Health", 9, "130", raised="2024-01-10"),
    claim("Health", 10, "140"),
]


def test_what_is_earned_is_received_or_accrued_until_it_is_claimed_or_outstanding_until_it_comes() -> None:
    assert shown(stated(9, *CLAIMED), HEALTH, *MONEY) == "900 460 80 130 250"
    assert shown(stated(9, *CLAIMED), HEALTH, *AGED) == "250 120 0 110 0 20"
    assert shown(stated(10, *CLAIMED), HEALTH, *MONEY) == "900 600 190 140 270"
    assert shown(stated(3, *CLAIMED), HEALTH, *MONEY) == "900 0 0 0 0"


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (-1, "not_due"), (0, "not_due"), (1, "days_1_30"), (30, "days_1_30"), (31, "days_31_60"), (60, "days_31_60"),
        (61, "days_61_90"), (90, "days_61_90"), (91, "over_90"),
    ],
)  # fmt: skip
def test_age_is_counted_in_days_past_due(days: int, age: str) -> None:
    due = Year(2023).period_end(9) - timedelta(days=days)
    found = stated(9, third_party("Health", "5"), claim("Health", 1, "5", raised="2023-05-01", due=f"{due}"))
    assert age_of(days) == age
    assert {each: shown(found, HEALTH, each) for each in AGES} == dict.fromkeys(AGES, "0") | {age: "5"}


def test_a_claim_without_a_due_date_is_given_30_days_from_when_it_is_raised() -> None:
    source = third_party("Health", "5")
    raised = {day: stated(9, source, claim("Health", 1, "5", raised=day)) for day in ("2023-12-01", "2023-11-30")}
    assert [shown(found, HEALTH, *AGES) for found in raised.values()] == ["5 0 0 0 0", "0 5 0 0 0"]


def test_what_comes_without_being_claimed_is_received_and_the_rest_of_it_outstanding() -> None:
    records = [third_party("Health", "5"), claim("Health", 1, "5", received_on="2023-11-15", received="3")]
    assert shown(stated(7, *records), HEALTH, *MONEY) == "5 5 0 5 0"
    assert shown(stated(8, *records), HEALTH, *MONEY) == "5 5 3 0 2"
    assert shown(stated(9, *records), HEALTH, *AGES) == "0 2 0 0 0"


def test_what_is_paid_beyond_a_claim_stands_in_brackets_and_is_said() -> None:
    paid = claim("Health", 1, "5", raised="2023-05-01", received_on="2023-06-01", received="7")
    found = stated(9, third_party("Health", "5"), paid)
    assert shown(found, HEALTH, *MONEY) == "5 5 7 0 -2"
    assert [(item.ref, amount) for _, item, amount in overpaid(found)] == [("C1", Decimal(2))]


def test_what_comes_before_it_is_earned_stands_in_brackets_until_then() -> None:
    early = [third_party("Health", "5"), claim("Health", 6, "5", received_on="2023-04-20")]
    assert shown(stated(1, *early), HEALTH, *MONEY) == "5 0 5 0 -5"
    assert shown(stated(6, *early), HEALTH, *MONEY) == "5 5 5 0 0"


def test_a_credit_note_is_not_an_overpayment() -> None:
    found = stated(9, third_party("Health", "5"), claim("Health", 1, "-5", raised="2023-05-01"))
    assert shown(found, HEALTH, *MONEY) == "5 -5 0 0 -5"
    assert list(overpaid(found)) == []


def test_without_claims_the_year_end_is_as_stated_and_no_period_before_it() -> None:
    source = third_party("Health", "100", "80", "35")
    assert [shown(stated(period, source), HEALTH, *MONEY) for period in (11, 12, 13)] == [
        "100 [x] [x] [x] [x]", "100 115 80 35 [x]", "100 115 80 35 [x]",
    ]  # fmt: skip


def test_year_end_adjustments_are_earned_in_p13_and_what_comes_after_the_year_is_not_received_at_it() -> None:
    records = [third_party("Health", "5"), claim("Health", 13, "5", raised="2024-03-31", received_on="2024-04-01")]
    assert shown(stated(12, *records), HEALTH, *MONEY) == "5 0 0 0 0"
    assert shown(stated(13, *records), HEALTH, *MONEY) == "5 5 0 0 5"


def test_a_payment_of_an_amount_nobody_wrote_down_is_open_not_nil() -> None:
    lacking = claim("Health", 1, "5", raised="2023-05-01", received_on="2023-06-01").model_copy(
        update={"received": None}
    )
    assert shown(stated(9, third_party("Health", "5"), lacking), HEALTH, *MONEY) == "5 5 [x] 0 [x]"


# Where it comes from -----------------------------------------------------------------------------------------


def test_every_figure_has_its_own_id_under_its_period_row_and_column() -> None:
    found = stated(9, *CLAIMED, contract_sum("1"))
    assert {figure.id for figure in found.figures()} == {
        f"P09/income/{row.id}/{column}" for row in found.rows for column in COLUMNS
    }
    assert len(list(found.figures())) == len(found.rows) * len(COLUMNS)


def test_what_is_outstanding_leads_to_each_claim_and_its_cells() -> None:
    found = stated(9, *CLAIMED).row(HEALTH).figures
    assert [str(source.cells) for source in found["outstanding"].sources()] == [
        f"'[contract.xlsx]claims'!{ref}" for ref in ("A4", "A3", "A2", "A2")
    ]
    (late,) = found["over_90"].parts
    assert late.label == "C1, due 07/09/2023, 115 days past due"


def test_claims_that_share_a_reference_are_told_apart_by_their_cells() -> None:
    found = stated(9, *CLAIMED).row(HEALTH)
    assert [item.key for item in found.items] == [f"c1.a{row}" for row in range(2, 7)]


def test_there_is_no_row_but_those_of_the_income() -> None:
    with pytest.raises(KeyError, match="hindsight"):
        stated(9).row("hindsight")


# Laws --------------------------------------------------------------------------------------------------------

pence = st.integers(0, 10**9).map(lambda each: f"{Decimal(each).scaleb(-2):f}")
days = st.dates(Year(2023).first_day - timedelta(days=40), Year(2023).last_day + timedelta(days=40)).map(str)
maybe = st.just("") | days


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    return claim(
        "Health", draw(st.integers(1, 13)), draw(pence), draw(maybe), draw(maybe), draw(pence), due=draw(maybe)
    )  # fmt: skip


@st.composite
def instalments(draw: st.DrawFn) -> Instalment:
    return instalment(draw(st.sampled_from(["Contract sum", "V1"])), draw(days), draw(pence), draw(maybe), draw(pence))


@given(st.lists(claims() | instalments(), max_size=6), st.integers(1, 13))
def test_due_or_earned_is_received_accrued_or_outstanding_and_outstanding_is_its_ages(
    records: list[Record], period: int
) -> None:
    found = stated(period, contract_sum("100"), variation("V1", "10"), third_party("Health", "5"), *records)
    for row in found.rows:
        if row.items:
            amount = {column: figure.amount or Decimal(0) for column, figure in row.figures.items()}
            assert amount["to_date"] == amount["received"] + amount["accrued"] + amount["outstanding"]
            assert amount["outstanding"] == sum(amount[age] for age in AGES)


@given(st.lists(claims(), min_size=1, max_size=6), st.integers(1, 12))
def test_what_was_received_or_earned_by_one_period_is_so_at_the_next(records: list[Claim], period: int) -> None:
    now, later = (stated(n, third_party("Health", "5"), *records).row(HEALTH).figures for n in (period, period + 1))
    assert all((later[column].amount or 0) >= (now[column].amount or 0) for column in ("to_date", "received"))


@given(
    st.decimals("-9999999.99", "9999999.99", places=2),
    st.lists(st.integers(1, 33), min_size=1, max_size=3),
)
def test_what_payers_bear_of_a_variation_adds_up_to_it(amount: Decimal, per_cents: list[int]) -> None:
    shares = [*per_cents, 100 - sum(per_cents)]
    text = ", ".join(f"payer {'abcd'[n]} {per_cent}" for n, per_cent in enumerate(shares))
    record = variation("V04", "0").model_copy(update={"amount": amount, "borne_by": text})
    ((found, parts),) = borne_by(contract_year(record))
    assert (found.ref, len(parts), sum(parts.values())) == ("V04", len(shares), amount)
    assert all(
        abs(part - amount * each / 100) < Decimal("0.01") for part, each in zip(parts.values(), shares, strict=True)
    )
