"""Money that may be claimed twice is warned of, at a cell, and nothing is taken off."""

from dataclasses import replace
from decimal import Decimal

import pytest

from breakeven.ledger.record import Record
from breakeven.plan.double_counts import double_counts, with_double_counts
from made import assumed, budget, contract_year, overlay, saving


def messages(*records: Record, share: str = "10") -> list[tuple[str, str]]:
    year = contract_year(budget("P1 6010", "1000"), *records)
    year = replace(year, body=replace(year.body, savings_share_pct=Decimal(share)))
    return [(each.code, each.message) for each in double_counts(year)]


TWO = (saving("60", "2024-04-01"), saving("50", "2024-04-01", ref="S2"))


def test_two_savings_that_claim_more_of_a_line_than_is_seldom_had_are_told_together() -> None:
    assert messages(*TWO) == [
        (
            "saving-overlap",
            "S1 and S2 claim £110 a year of Residential together, 11.0% of its budget of £1,000 and more than 10%: "
            "is any of it claimed twice?",
        )
    ]
    assert messages(*TWO, share="11") == []


@pytest.mark.parametrize(
    "records",
    [
        (saving("500", "2024-04-01"),),
        (TWO[0], saving("50", "2024-04-01", ref="S2", status="delivered")),
        (TWO[0], saving("50", "2024-04-01", ref="S2", status="not deliverable")),
        (TWO[0], saving("0", "2024-04-01", ref="S2")),
        (TWO[0], saving("50", "2024-04-01", ref="S2", line="fostering")),
        (TWO[0], saving("50", "2024-04-01", ref="S2", line="Placements")),
        (saving("60", "2024-04-01", line="premises"), saving("60", "2024-04-01", ref="S2", line="premises")),
    ],
)
def test_one_claim_or_claims_that_are_over_nil_elsewhere_or_of_a_line_without_a_budget_are_none(
    records: tuple[Record, ...],
) -> None:
    assert messages(*records) == []


def test_a_saving_on_a_line_that_is_assumed_to_shrink_is_told_with_the_assumptions_cell() -> None:
    fall = assumed("residential", "-2", "growth", 2024)
    year = contract_year(saving("60", "2024-04-01"), fall, assumed("placements", "-1.0", "growth", 2025))
    (found,) = double_counts(year)
    assert (found.code, str(found.at)) == ("saving-and-demand", "'[plan.xlsx]assumptions'!A2")
    assert found.message == (
        "S1 saves on Residential, and the plan has growth of -2% in 2024/25, growth of -1% in 2025/26: "
        "is one fall counted twice?"
    )


@pytest.mark.parametrize(
    ("said", "warned"),
    [
        ("residential number -3", True),
        ("residential number +3", False),
        ("residential number 5", False),  # it may be more or fewer than there are
        ("residential growth -2%", True),
        ("residential growth to -2%", True),
        ("residential growth 2%", False),
        ("residential amount x0.9", True),
        ("residential amount x1.1", False),
        ("residential inflation -2%", False),
        ("fostering number -3", False),
    ],
)
def test_a_scenario_that_has_less_of_the_line_is_told_by_its_name(said: str, warned: bool) -> None:  # noqa: FBT001
    found = messages(saving("60", "2024-04-01"), overlay(said))
    assert [code for code, _ in found] == ["saving-and-demand"] * warned
    assert all(text.startswith("S1 saves on Residential, and scenario 'worst' has Residential") for _, text in found)


def test_a_fall_before_the_saving_starts_is_not_its_own() -> None:
    late = saving("60", "2025-04-01")
    assert messages(late, assumed("residential", "-2", "growth", 2024)) == []
    assert messages(late, overlay("residential number -3", until="2024-25")) == []
    assert len(messages(late, overlay("residential number -3"))) == 1
    (_, (_, said)) = messages(late, TWO[1], assumed("residential", "-2", "growth", 2024))
    assert said.startswith("S2 saves on Residential")


def test_they_stand_after_what_reading_found() -> None:
    year = contract_year(budget("P1 6010", "1000"), *TWO)
    assert with_double_counts(year).findings == (*year.findings, *double_counts(year))
    assert double_counts(year)
