"""One change of a scenario: what it is in, when it counts, how much it can be, and how a page says it."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from breakeven.ledger.assumptions import KINDS, UNITS_OF
from breakeven.periods import Year
from made import assumed, overlay

FROM_P07 = overlay("residential number +5", "2024-25 P07", until="2025-26")


def test_a_change_counts_for_the_months_left_of_its_first_year_and_in_full_after_it_until_its_last() -> None:
    years = [Year(2023), Year(2024), Year(2025), Year(2026)]
    assert [FROM_P07.counts_in(year) for year in years] == [False, True, True, False]
    assert [FROM_P07.part_of(year) for year in years] == [0, Decimal("0.5"), 1, 0]
    assert overlay("pay inflation 4%").part_of(Year(2024)) == 1
    assert overlay("pay inflation 4%", "P12").part_of(Year(2024)) == Decimal(1) / 12
    assert overlay("pay inflation 4%").counts_in(Year(2099))


@pytest.mark.parametrize(
    ("said", "since", "until", "in_words"),
    [
        ("residential number +5", "P07", "", "residential number +5 from 2024/25 P07"),
        ("residential number 73", "2025-26", "2026-27", "residential number 73 from 2025/26 to 2026/27"),
        ("pay inflation +1%", "", "", "pay inflation +1% from 2024/25"),
        ("pay inflation 4.50%", "", "", "pay inflation 4.5% from 2024/25"),
        ("agency growth to -8%", "", "", "agency growth to -8% from 2024/25"),
        ("prices inflation -0.5%", "", "", "prices inflation -0.5% from 2024/25"),
        ("premises amount +£250000", "", "", "premises amount +£250,000 from 2024/25"),
        ("premises amount -£1000.50", "", "", "premises amount -£1,000.50 from 2024/25"),
        ("premises amount x1.1", "", "", "premises amount ×1.1 from 2024/25"),
        ("contract_sum amount £80800000", "", "", "contract_sum amount £80,800,000 from 2024/25"),
        ("premises amount to -£5", "", "", "premises amount to -£5 from 2024/25"),
        ("savings delivery 60%", "", "", "savings delivery 60%"),
        ("S1 start +3 months", "", "", "S1 start +3 months"),
    ],
)
def test_a_change_is_said_as_a_person_types_it_with_its_dates_and_a_saving_without(
    said: str, since: str, until: str, in_words: str
) -> None:
    assert overlay(said, since, until).in_words == in_words


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"unit": "%"}, "to add number is in number, not %"),
        ({"how": "multiply"}, "to multiply number is in times, not number"),
        ({"from_period": 13}, "a change starts in P01 to P12; P13 is the year-end adjustments alone"),
        ({"value": Decimal(1_000_001)}, "to add number takes from -1,000,000 to 1,000,000 of them"),
        ({"what": "inflation", "unit": "%", "value": Decimal(1001)}, "from -1,000 to 1,000 per cent"),
        ({"what": "amount", "unit": "£", "value": Decimal(-(10**13))}, "to 1,000,000,000,000 pounds"),
        ({"how": "multiply", "unit": "times", "value": Decimal(-1)}, "from 0 to 1,000 times"),
        ({"what": "start", "unit": "months", "value": Decimal(121)}, "from -120 to 120 months"),
    ],
)
def test_a_change_in_another_unit_from_no_month_or_out_of_all_reach_is_refused(told: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        type(FROM_P07).model_validate(dict(FROM_P07) | told)


def test_what_is_wrong_with_the_number_itself_is_told_alone() -> None:
    with pytest.raises(ValidationError) as told:
        type(FROM_P07).model_validate(dict(FROM_P07) | {"value": None, "what": "cost"})
    assert [each["loc"] for each in told.value.errors()] == [("what",), ("value",)]


# What may be assumed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_assumption_is_in_its_own_units_and_in_no_other(kind: Any) -> None:
    for unit in UNITS_OF[kind]:
        assert assumed("residential", "3", kind, unit=unit).unit == unit
    other = "£" if "%" in UNITS_OF[kind] else "%"
    with pytest.raises(ValidationError, match=f"{kind} is in {UNITS_OF[kind][0]}.*, not {other}"):
        assumed("residential", "3", kind, unit=other)


@pytest.mark.parametrize("kind", ["number", "price"])
def test_a_number_or_a_price_is_nil_or_more_and_a_rate_may_be_less(kind: Any) -> None:
    assert assumed("residential", "0", kind).value == 0
    with pytest.raises(ValidationError, match=f"a {kind} is nil or more, not -1"):
        assumed("residential", "-1", kind)
    assert assumed("residential", "-1", "growth").value == -1
