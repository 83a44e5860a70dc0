"""The plan as numbers is the plan with its provenance, whatever lies over it, and changes nothing by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.provenance import Source
from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import outturn
from breakeven.periods import Year
from breakeven.plan.basis import model
from breakeven.plan.model import Balances, View
from breakeven.plan.mtfp import Plan
from made import ALL_STEADY, assumed, balance, contract_sum, contract_year, overlay, posted, saving, years
from made_plans import (
    GROUPS,
    SPEND,
    TEN_PLACES,
    VIEWS,
    by_year,
    comes_to,
    housed,
    made_from,
    numbers,
    planned,
    row,
    small,
    some_overlays,
    some_years,
)
from made_registers import beside, child


def with_places(records: list[Record]) -> ContractYear:
    """A year made by chance whose residential line has placements, towards one of which others pay."""
    year = contract_year(*records, *TEN_PLACES, extract=SPEND, groups=GROUPS)
    return beside(year, child("C1", "Residential", "2023-06-01").model_copy(update={"weekly_contribution": 70}))


def rows_of(found: Plan) -> Balances:
    """The rows of a plan as its model gives them."""
    at: dict[str, Any] = {
        name: tuple(row(found, row_id).values())
        for name, row_id in {
            "income": "income", "expenditure": "expenditure", "savings": "savings", "investments": "investments",
            "position": "position", "closing": "closing_balance",
            "identified": "savings_identified",
        }.items()
    }  # fmt: skip
    return Balances(**at)


@given(some_years(), some_overlays(), st.sampled_from(VIEWS))
def test_the_rows_of_a_plan_are_its_models_in_every_year_and_view(
    records: list[Record], overlays: list[Overlay], view: View
) -> None:
    year = with_places(records)
    for over in ((), tuple(overlays)):
        found, plain = planned(year, view, over), numbers(year, *over, view=view)
        assert rows_of(found) == plain.balances() == found.model.balances()
        assert tuple(row(found, "gap_before_savings").values()) == plain.balances().gap
        assert found.open_lines == plain.open_lines
        assert found.overlays == over


@given(some_years(), some_overlays(), st.data())
def test_a_scenario_is_the_same_in_whatever_order_its_changes_stand(
    records: list[Record], overlays: list[Overlay], data: st.DataObject
) -> None:
    found = made_from(with_places(records))
    assert model(found, overlays) == model(found, data.draw(st.permutations(overlays)))


NOTHING = [
    "{} growth +0%", "{} inflation +0%", "{} inflation x1", "{} amount +£0", "{} amount x1", "residential number +0",
    "residential number x1", "residential price +£0", "residential price x1", "savings delivery 100%",
    "savings delivery x1", "savings delivery +0%", "savings amount x1", "savings start +0 months",
]  # fmt: skip


@given(some_years(), some_overlays(), st.data())
def test_to_add_nought_multiply_by_one_or_deliver_in_full_changes_nothing(
    records: list[Record], overlays: list[Overlay], data: st.DataObject
) -> None:
    found = made_from(with_places([saving("99.50", "2024-07-01", forecast="30.25", ref="S9"), *records]))
    name = data.draw(st.sampled_from(["residential", "pay", "contract_sum"]))
    nothing: list[Overlay] = []
    for said in data.draw(st.lists(st.sampled_from(NOTHING), min_size=1, unique=True)):
        since = "" if said.startswith("savings") else f"2025-26 P{data.draw(st.integers(1, 12)):02d}"
        nothing.append(overlay(said.format(name), since))
    for over in ([], overlays):
        before, after = model(found, over), model(found, [*over, *nothing])
        assert after.balances() == before.balances()
        assert after.schemes == before.schemes


@given(some_years())
def test_a_plan_counts_each_view_of_its_savings_whichever_it_was_made_with(records: list[Record]) -> None:
    year = with_places(records)
    for view in VIEWS:
        assert numbers(year).balances(view) == numbers(year, view=view).balances()


def test_a_scenario_reaches_savings_and_lines_alike() -> None:
    year = small(saving("120", "2024-10-01", forecast="30"), *ALL_STEADY)
    found = numbers(year, overlay("savings delivery 50%"), overlay("agency amount +£5", "P07"))
    balances = found.balances()
    assert by_year(found, balances.savings) == years("30 60 60")
    assert found.balances("forecast").savings == (15, 30, 30)
    assert by_year(found, balances.expenditure) == years("703 705 705")  # half of £5 is £3 in whole pounds
    assert by_year(found, balances.position) == years("-73 -45 -45")


def test_money_that_no_line_has_can_be_changed_where_there_is_any() -> None:
    year = contract_year(contract_sum("500"), balance("opening", "0"), *ALL_STEADY, extract=posted("X9 9999 7"))
    assert comes_to(numbers(year, overlay("unmapped amount £9")), "unmapped") == years("9 9 9")
    with pytest.raises(OverlayError, match="the plan has no line 'unmapped'"):
        numbers(small(*ALL_STEADY), overlay("unmapped amount +£5"))


# Where a figure under a scenario comes from ------------------------------------------------------------------


def test_a_figure_under_a_scenario_names_the_changes_that_count_by_its_year() -> None:
    over = [overlay("residential growth +1%", "2025-26"), overlay("prices inflation +2%")]
    found = planned(housed(), overlays=over).row("residential").years
    labels = {year: [part.label for part in found[year].parts if isinstance(part, Source)][1:] for year in found}
    assert [each for each in labels[Year(2024)] if "worst" in each] == ["worst: prices inflation +2% from 2024/25"]
    assert [each for each in labels[Year(2025)] if "worst" in each] == [
        "worst: residential growth +1% from 2025/26",
        "worst: prices inflation +2% from 2024/25",
    ]
    assert found[Year(2024)].rule.endswith("in whole pounds, as the scenario changes it")


def test_income_that_placements_bring_names_the_change_that_brings_it() -> None:
    year = beside(housed(), child("C1", "Residential", "2023-06-01").model_copy(update={"weekly_contribution": 70}))
    figure = planned(year, overlays=[overlay("residential number +2")]).row("third_party_income").years[Year(2024)]
    assert figure.amount == 107_300
    assert "worst: residential number +2 from 2024/25" in [part.label for part in figure.parts]
    plain = planned(year, overlays=[overlay("residential price +£2")]).row("third_party_income").years[Year(2024)]
    assert not [part.label for part in plain.parts if "worst" in part.label]


def test_a_line_that_is_number_times_price_says_so_and_names_the_sheets_it_counts() -> None:
    both = [assumed("residential", "12", "number"), assumed("residential", "770", "price")]
    figure = planned(housed(*both)).row("residential").years[Year(2024)]
    assert (figure.amount, figure.rule) == (481_800, "number × price for the year")
    assert [part.label for part in figure.parts][-3:] == [
        "Residential, September 2023",
        "Residential, March 2024",
        "Residential: weekly cost, March 2024",
    ]
    assert outturn(housed()).row("residential").actual in figure.parts
