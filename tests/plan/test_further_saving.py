"""A further saving: a sum beyond every scheme, still to find, that a scenario adds to the plan as a saving."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import outturn
from breakeven.periods import Year
from breakeven.plan.basis import model
from breakeven.plan.model import View
from breakeven.plan.mtfp import Plan, plan
from breakeven.plan.savings import programme
from made import ALL_STEADY, amounts, balance, contract_sum, contract_year, posted, saving, years
from made_changes import change, further


def small() -> ContractYear:
    """Income of 500, spend of 700, an opening deficit of 20 and a scheme that is to save 100 and sure by half."""
    return contract_year(
        contract_sum("500"),
        balance("opening", "-20"),
        saving("100", "2024-04-01"),
        *ALL_STEADY,
        extract=posted("S1 5010 200", "P1 6010 500"),
    )


def planned(*overlays: Overlay, view: View = "planned") -> Plan:
    year = small()
    return plan(year, outturn(year), programme(year, overlays), view, overlays)


def row(found: Plan, row_id: str) -> object:
    return amounts(found.row(row_id).years)


def test_it_is_a_saving_and_not_lower_spend() -> None:
    found = planned(further("60"))
    assert row(found, "further_saving") == years("60 60 60")
    assert row(found, "savings") == years("160 160 160")
    assert row(found, "expenditure") == years("700 700 700")
    assert row(found, "position") == years("-40 -40 -40")
    assert row(found, "closing_balance") == years("-260 -300 -340")


def test_nobody_has_identified_it_and_it_leaves_what_is_still_to_find_alone() -> None:
    plain, found = planned(), planned(further("60"))
    for row_id in ("gap_before_savings", "break_even_requirement", "savings_identified", "still_to_find"):
        assert row(found, row_id) == row(plain, row_id), row_id


@pytest.mark.parametrize(("view", "saved"), [("planned", "160"), ("forecast", "160"), ("weighted", "110")])
def test_it_counts_in_full_however_savings_are_counted(view: View, saved: str) -> None:
    assert row(planned(further("60"), view=view), "savings") == years(f"{saved} {saved} {saved}")


@pytest.mark.parametrize(
    ("overlays", "saved"),
    [
        ([further("60", period=7)], "30 60 60"),
        ([further("61", period=7)], "31 61 61"),
        ([further("60", 2025, period=10)], "0 15 60"),
        ([further("60", last=2025)], "60 60 0"),
        ([further("60"), further("7", 2025)], "60 67 67"),
        ([further("7", 2025), further("60", how="set")], "60 67 67"),
        ([further("60", how="set", last=2024), further("20", 2025, how="set")], "60 20 20"),
        ([further("60"), further("-60", 2026)], "60 60 0"),
    ],
)
def test_it_lasts_from_its_first_month_on_and_sums_of_it_add_up(overlays: list[Overlay], saved: str) -> None:
    assert row(planned(*overlays), "further_saving") == years(saved)


def test_without_one_the_plan_has_no_row_of_it() -> None:
    assert [each.id for each in planned().rows if "further" in each.id] == []
    assert planned().row("savings").label == "Savings, planned"
    assert planned(further("60")).row("savings").label == "Savings, planned and further"


def test_what_it_was_read_from_is_beneath_its_figure() -> None:
    figure = planned(further("60", period=7)).row("further_saving").years[Year(2024)]
    assert [part.label for part in figure.parts] == ["a scenario: further_saving amount +£60 from 2024/25 P07"]


@pytest.mark.parametrize(
    ("overlays", "why"),
    [
        ([further("60", how="set"), further("20", 2026, how="set")], "is set twice: further_saving amount £60 from"),
        ([further("-60")], "would come to less than nil in 2024/25"),
        ([further("60", how="multiply")], "it is set or added to, in pounds"),
        ([change("further_saving", "delivery", "set", "50")], "it is set or added to, in pounds"),
        ([change("Further saving", "inflation", "set", "50")], "is a saving, which has no inflation"),
    ],
)
def test_what_cannot_be_done_with_it_is_said(overlays: list[Overlay], why: str) -> None:
    with pytest.raises(OverlayError, match=why):
        planned(*overlays)


sums = st.builds(
    further,
    st.integers(0, 10**6).map(str),
    st.integers(2024, 2026),
    period=st.none() | st.integers(1, 12),
    last=st.none() | st.just(2026),
)


@given(st.lists(sums, max_size=3), st.sampled_from(["planned", "forecast", "weighted"]))
def test_the_plan_and_its_numbers_agree_on_it(overlays: list[Overlay], view: View) -> None:
    found = planned(*overlays, view=view)
    numbers = model(found.basis, overlays, view).balances()
    for row_id, said in (
        ("savings", numbers.savings),
        ("position", numbers.position),
        ("closing_balance", numbers.closing),
    ):
        assert tuple(amounts(found.row(row_id).years).values()) == said
