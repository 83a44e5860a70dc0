"""What is entered in the registers: references, the two sides of a virement, and the budget that it moves."""

from dataclasses import replace
from decimal import Decimal

import pytest

from breakeven.ledger.chart import slug
from breakeven.ledger.contract import borne, payer_shares
from breakeven.ledger.entries import (
    COUNTS_FROM,
    MONTHS,
    counts_at,
    is_undone_twice,
    month_of,
    moved_budget,
    next_ref,
    virement_sides,
    why_far,
    why_not_undone,
)
from breakeven.ledger.registers import name_for, rows_by_name
from breakeven.ledger.rules import MonthEndRules
from breakeven.periods import Year
from made import accrual, budget, chart, day, line, pounds


@pytest.mark.parametrize(
    ("refs", "then"),
    [
        ("VR07 VR07 VR08 VR08", "VR09"),
        ("VR09", "VR10"),
        ("VR99", "VR100"),
        ("VR10 VR08", "VR11"),
        ("CC/1 CC/2 misc", "CC/3"),
        ("2023-1 2023-2", "2023-3"),
        ("misc", "VR01"),
        ("", "VR01"),
    ],
)
def test_the_next_reference_goes_on_as_the_last_is_written(refs: str, then: str) -> None:
    assert next_ref(refs.split(), "VR01") == then


def test_the_two_sides_of_a_virement_net_to_nil() -> None:
    sides = virement_sides(("S1", "5010"), ("P1", "6010"), pounds("240_000"), {"ref": "VR09"})
    assert [(side["ref"], side["cost_centre"], side["amount"]) for side in sides] == [
        ("VR09", "S1", Decimal(-240_000)),
        ("VR09", "P1", Decimal(240_000)),
    ]


TWELFTHS = " ".join(["100"] * 12)


def moved(profile: str, amount: str, month: int) -> str:
    """The new months and the revised budget after a bar, as text."""
    line = budget("S1 5010", "1200", profile=profile)
    new = moved_budget(line, pounds(amount), month)
    months = [new.get(name, old) for name, old in zip(MONTHS, line.months, strict=True)]
    if None not in months:
        assert sum(month for month in months if month is not None) - sum(pounds(each) for each in profile.split()) == (
            new["revised"] - line.revised
        )
    return " ".join("[x]" if month is None else f"{month:f}" for month in months) + f" | {new['revised']:f}"


def test_the_months_left_take_it_by_their_profile_in_whole_pence() -> None:
    assert moved(TWELFTHS, "100", 10) == f"{'100 ' * 9}133.34 133.33 133.33 | 1300"
    assert moved(f"{'0 ' * 9}300 600 300", "-400", 10) == f"{'0 ' * 9}200.00 400.00 200.00 | 800"


def test_the_months_before_a_virement_stay_though_those_left_fall_below_nil() -> None:
    assert moved(f"{'100 ' * 11}100", "-240", 12) == f"{'100 ' * 11}-140.00 | 960"
    assert moved(TWELFTHS, "-100", 12) == f"{'100 ' * 11}0.00 | 1100"


def test_months_with_no_budget_take_equal_parts() -> None:
    assert moved(f"{'120 ' * 10}0 0", "30", 11) == f"{'120 ' * 10}15.00 15.00 | 1230"
    assert moved(f"{'120 ' * 10}-1 1", "30", 11) == f"{'120 ' * 10}14.00 16.00 | 1230"


def test_a_line_without_a_whole_profile_moves_in_its_revised_budget_alone() -> None:
    assert set(moved_budget(budget("S1 5010", "1200"), pounds("5"), 1)) == {"revised"}
    assert set(moved_budget(budget("S1 5010", "1200", profile=f"[x] {'100 ' * 11}"), pounds("5"), 1)) == {"revised"}


def test_the_months_that_are_left_begin_with_that_of_the_day() -> None:
    year = Year(2023)
    days = ("2023-03-31", "2023-04-01", "2024-01-12", "2024-03-31", "2024-04-01")
    assert [month_of(day(each), year) for each in days] == [1, 1, 10, 12, 12]


# Payers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("", {}),
        ("council 70, health 30", {"council": "70", "health": "30"}),
        ("Sandwell council 66.5%; ICB 2 33.5", {"Sandwell council": "66.5", "ICB 2": "33.5"}),
        ("health 100", {"health": "100"}),
    ],
)
def test_shares_are_read_payer_by_payer(text: str, shares: dict[str, str]) -> None:
    assert payer_shares(text) == {payer: Decimal(per_cent) for payer, per_cent in shares.items()}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("council 70, health 20", "add up to 90, not 100"),
        ("council 70, health 40", "add up to 110, not 100"),
        ("council", "expected shares such as"),
        ("70 / 30", "expected shares such as"),
        ("council 70, Council 30", "'Council' has two shares"),
        ("council 130, health -30", "expected shares such as"),
    ],
)
def test_shares_that_are_none_are_said(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        payer_shares(text)


def test_what_payers_bear_adds_up_to_the_penny() -> None:
    assert borne(pounds("509_144"), payer_shares("council 70, health 30")) == {
        "council": Decimal("356400.80"),
        "health": Decimal("152743.20"),
    }
    thirds = borne(pounds("100"), payer_shares("a 33.3, b 33.3, c 33.4"))
    assert thirds == {"a": Decimal("33.30"), "b": Decimal("33.30"), "c": Decimal("33.40")}
    assert sum(borne(pounds("-0.01"), payer_shares("a 50, b 50")).values()) == Decimal("-0.01")


# Approvers and lines -----------------------------------------------------------------------------------------


def test_a_virement_is_held_against_its_approvers_limit_where_limits_are_set() -> None:
    rules = MonthEndRules(virement_limits={"Director of Resources": pounds("250_000")})
    assert MonthEndRules().above_limit("Anyone", pounds("9_999_999")) is None
    assert rules.above_limit("director of resources ", pounds("250_000")) is None
    assert rules.above_limit("Director of Resources", pounds("250_000.01")) == (
        "£250,000.01 is above the limit of Director of Resources, £250,000.00"
    )
    assert rules.above_limit("Head of Care", pounds("1")) == (
        "no limit is set for 'Head of Care'; those with one are Director of Resources"
    )


def test_a_register_names_a_line_or_a_row_of_income_by_any_of_its_names() -> None:
    rows = rows_by_name(chart(), ["Home Office funding"], ["V01"])
    assert {rows[name].label for name in ("home_office_funding", "third_party_income_home_office_funding")} == {
        "Home Office funding"
    }
    assert [rows[name].id for name in ("contract_sum", "v01", "residential")] == [
        "contract_sum", "variations.v01", "residential",
    ]  # fmt: skip
    assert "placements" not in rows
    twins = chart(line("care", "staffing", "S1"), line("care_2", "overheads", "O1"))
    assert rows_by_name(twins, [], [])["care_2"].label == "Care 2"


def test_a_register_is_to_call_a_row_by_a_name_that_leads_back_to_it() -> None:
    other = (
        replace(line("care", "staffing", "S1"), label="Other"),
        replace(line("cars", "overheads", "O1"), label="Other"),
    )
    rent = replace(line("premises", "overheads", "O2"), label="Rent")
    rows = rows_by_name(chart(*other, rent), ["Rent", "Health"], ["V01"])
    for row_id, name in (
        ("care", "care"), ("premises", "Rent"), ("third_party_income.rent", "third_party_income.rent"),
        ("third_party_income.health", "Health"), ("variations.v01", "V01"), ("contract_sum", "Contract sum"),
    ):  # fmt: skip
        subject = rows[slug(row_id)]
        assert (subject.id, name_for(subject, rows)) == (row_id, name)
        assert rows[slug(name)] == subject


def test_the_id_of_one_row_comes_before_the_label_of_another() -> None:
    rows = rows_by_name(chart(replace(line("care", "staffing", "S1"), label="Contract sum")), [], [])
    assert rows["contract_sum"].id == "contract_sum"
    assert name_for(rows["care"], rows) == "care"


@pytest.mark.parametrize(
    ("period", "reverses", "counts"),
    [(4, "", [4]), (4, "2023-24 P07", [4, 5, 6]), (11, "2024-25 P01", [11, 12, 13]), (12, "", [12, 13])],
)
def test_an_accrual_counts_in_the_periods_that_it_stands_at(period: int, reverses: str, counts: list[int]) -> None:
    entry = {"kind": "accrual", "period": period, "reverses": reverses}
    assert [n for n in range(1, 14) if counts_at("accruals", entry, Year(2023), n)] == counts


@pytest.mark.parametrize(("on", "first"), [("2023-03-01", 1), ("2023-09-30", 6), ("2023-10-01", 7), ("2024-04-20", 12)])
def test_a_virement_or_a_variation_counts_from_its_date_on_and_at_the_year_end(on: str, first: int) -> None:
    for table, field in (("virements", "date"), ("variations", "date_agreed")):
        assert next(n for n in range(1, 14) if counts_at(table, {field: day(on)}, Year(2023), n)) == first
    assert not counts_at("claims", {"date": day(on)}, Year(2023), 13)


@pytest.mark.parametrize("table", ["overrides", "explanations"])
def test_a_forecast_by_hand_or_an_explanation_is_part_of_what_was_said_from_its_period_on(table: str) -> None:
    assert [n for n in range(1, 14) if counts_at(table, {"period": 9}, Year(2023), n)] == [9, 10, 11, 12, 13]


@pytest.mark.parametrize(
    ("table", "on", "why"),
    [
        ("virements", "2023-04-01", ""),
        ("virements", "2024-05-01", ""),
        ("virements", "2024-05-02", "02/05/2024 is more than 31 days after the year 01/04/2023 to 31/03/2024"),
        ("virements", "2023-03-31", "31/03/2023 is before the year 01/04/2023 to 31/03/2024"),
        ("variations", "2022-04-01", ""),
        ("variations", "2022-03-31", "31/03/2022 is more than a year before the year 01/04/2023 to 31/03/2024"),
    ],
)
def test_a_date_far_from_the_year_is_told_with_the_year(table: str, on: str, why: str) -> None:
    assert why_far(COUNTS_FROM[table], day(on), Year(2023)) == why


def test_an_entry_is_undone_after_its_own_period() -> None:
    assert [why_not_undone(when, 6, Year(2023)) for when in ("2023-24 P07", "2024-25 P01")] == ["", ""]
    assert why_not_undone("2022-23 P12", 6, Year(2023)) == "2022/23 is before 2023/24, the year of the entry"
    assert why_not_undone("2023-24 P06", 6, Year(2023)).startswith("P06 is not after P06, the entry's own period")


@pytest.mark.parametrize(
    ("ref", "coding", "amount", "period", "twice"),
    [
        ("ac1", "S1 5010", "-5", 8, True),
        ("X", "P1 6010", "-100", 8, True),
        ("X", "P1 6010", "-99", 8, False),
        ("AC1", "P1 6010", "-100", 6, True),
        ("AC1", "P1 6010", "-99", 6, False),
        ("AC1", "P1 6010", "-100", 5, False),
    ],
)
def test_a_reversal_undoes_an_accrual_twice_by_its_reference_or_its_code_and_amount_and_in_its_own_period_by_both(
    ref: str, coding: str, amount: str, period: int, *, twice: bool
) -> None:
    undoes = accrual(coding, amount, "reversal", period=period).model_copy(update={"ref": ref})
    assert is_undone_twice(accrual("P1 6010", "100", period=6), undoes, Year(2023)) is twice
    assert not is_undone_twice(accrual("P1 6010", "100", period=6, reverses="2024-25 P01"), undoes, Year(2023))
