"""A further saving: a sum beyond every scheme, still to find, that a scenario adds to the plan as a saving."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.changes import parse_change
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.plan.basis import model
from breakeven.plan.model import View
from breakeven.plan.mtfp import Plan
from made import ALL_STEADY, amounts, overlay, saving, years
from made_plans import planned, row, small


def with_a_scheme() -> ContractYear:
    """Income of 600, spend of 700, an opening deficit of 20, and a scheme that is to save 100 and is sure by half."""
    return small(saving("100", "2024-04-01"), *ALL_STEADY)


def saved(*overlays: Overlay, view: View = "planned") -> Plan:
    return planned(with_a_scheme(), view, overlays)


def further(sum_: str, since: str = "", until: str = "") -> Overlay:
    return overlay(f"further_saving amount {sum_}", since, until)


def test_it_is_a_saving_and_not_lower_spend() -> None:
    found = saved(further("+60"))
    assert row(found, "further_saving") == years("60 60 60")
    assert row(found, "savings") == years("160 160 160")
    assert row(found, "expenditure") == years("700 700 700")
    assert row(found, "position") == years("60 60 60")
    assert row(found, "closing_balance") == years("-60 0 60")


def test_nobody_has_identified_it_and_it_leaves_what_is_still_to_find_alone() -> None:
    plain, found = saved(), saved(further("+60"))
    for row_id in ("gap_before_savings", "break_even_requirement", "savings_identified", "still_to_find"):
        assert row(found, row_id) == row(plain, row_id), row_id


@pytest.mark.parametrize(("view", "sum_"), [("planned", "160"), ("forecast", "160"), ("weighted", "110")])
def test_it_counts_in_full_however_savings_are_counted(view: View, sum_: str) -> None:
    assert row(saved(further("+60"), view=view), "savings") == years(f"{sum_} {sum_} {sum_}")


@pytest.mark.parametrize(
    ("overlays", "by_year"),
    [
        ([further("+60", "P07")], "30 60 60"),
        ([further("+61", "P07")], "31 61 61"),
        ([further("+60", "2025-26 P10")], "0 15 60"),
        ([further("+60", until="2025-26")], "60 60 0"),
        ([further("+60"), further("+7", "2025-26")], "60 67 67"),
        ([further("+7", "2025-26"), further("60")], "60 67 67"),
        ([further("60", until="2024-25"), further("20", "2025-26")], "60 20 20"),
        ([further("+60"), further("-60", "2026-27")], "60 60 0"),
    ],
)
def test_it_lasts_from_its_first_month_on_and_sums_of_it_add_up(overlays: list[Overlay], by_year: str) -> None:
    assert row(saved(*overlays), "further_saving") == years(by_year)


def test_without_one_the_plan_has_no_row_of_it() -> None:
    assert [each.id for each in saved().rows if "further" in each.id] == []
    assert saved().row("savings").label == "Savings, planned"
    assert saved(further("+60")).row("savings").label == "Savings, planned and further"


def test_what_it_was_read_from_is_beneath_its_figure() -> None:
    figure = saved(further("+60", "P07")).row("further_saving").years[Year(2024)]
    assert [part.label for part in figure.parts] == ["worst: further_saving amount +£60 from 2024/25 P07"]


@pytest.mark.parametrize(
    ("overlays", "why"),
    [
        ([further("60"), further("20", "2026-27")], "is set twice: further_saving amount £60 from"),
        ([further("-60")], "would come to less than nil in 2024/25"),
        ([further("x2")], "it is set or added to, in pounds"),
        ([overlay("further_saving delivery 50%")], "it is set or added to, in pounds"),
        ([overlay("further_saving inflation 5%")], "is a saving, which has no inflation"),
    ],
)
def test_what_cannot_be_done_with_it_is_said(overlays: list[Overlay], why: str) -> None:
    with pytest.raises(OverlayError, match=why):
        saved(*overlays)


def test_it_is_typed_as_a_line_is_and_dated_as_one() -> None:
    year = with_a_scheme()
    span = (Year(2025), 7, Year(2026))
    found = parse_change("Further saving=+£1.2m", year.body, year.ledgers.savings, span)
    assert found.in_words == "Further saving amount +£1,200,000 from 2025/26 P07 to 2026/27"


sums = st.builds(
    further,
    st.integers(0, 10**6).map(lambda sum_: f"+{sum_}"),
    st.builds("{} P{:02d}".format, st.sampled_from(["2024-25", "2025-26", "2026-27"]), st.integers(1, 12)),
    st.sampled_from(["", "2026-27"]),
)


@given(st.lists(sums, max_size=3), st.sampled_from(["planned", "forecast", "weighted"]))
def test_the_plan_and_its_numbers_agree_on_it(overlays: list[Overlay], view: View) -> None:
    found = saved(*overlays, view=view)
    numbers = model(found.basis, overlays, view).balances()
    measured = {"savings": numbers.savings, "position": numbers.position, "closing_balance": numbers.closing}
    for row_id, sums_ in measured.items():
        assert tuple(amounts(found.row(row_id).years).values()) == sums_
