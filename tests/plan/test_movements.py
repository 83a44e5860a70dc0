"""From the outturn to the plan's first year, what is assumed moves each line, and only rounding is unexplained."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.monitoring.bridge import Bridge, bridges
from breakeven.monitoring.line_state import Reason
from breakeven.monitoring.outturn import outturn
from breakeven.monitoring.states import YearLines, in_plan_rows
from breakeven.plan.movements import movements
from breakeven.plan.mtfp import plan
from breakeven.plan.savings import programme
from made import (
    ALL_STEADY,
    assumed,
    contract_sum,
    contract_year,
    overlay,
    placements,
    posted,
    pressure,
    saving,
    third_party,
    variation,
)
from made_plans import GROUPS, TEN_PLACES, some_overlays
from made_states import parts

R = Reason


def to_the_plan(*records: Record, spent: str = "P1 6010 1000", overlays: Sequence[Overlay] = ()) -> Bridge:
    """From the outturn to the plan of 2024/25; every line is steady but for the records and overlays."""
    ledger = [contract_sum("5000"), third_party("Health", "100"), *records, *ALL_STEADY]
    year = contract_year(*ledger, extract=posted(spent), groups=GROUPS)
    of = YearLines(year, outturn(year))
    planned = plan(year, of.outturn, programme(year), overlays=overlays)
    amounts = {row.id: row.years[planned.years[0]] for row in planned.rows}
    return bridges(in_plan_rows(of.as_spent()), of.as_planned(amounts, movements(planned)))


def moved(found: Bridge, line: str) -> dict[Reason, Decimal]:
    return next(parts(each) for each in found.lines if each.id == line)


def test_growth_is_volume_and_the_two_together_are_apart() -> None:
    found = to_the_plan(assumed("residential", "10", "growth"), assumed("residential", "5", "inflation"))
    assert moved(found, "residential") == {R.VOLUME: 100, R.INFLATION: 50, R.JOINT: 5}


def test_a_sum_stated_is_among_the_others_and_a_one_off_variation_drops_out() -> None:
    found = to_the_plan(
        variation("CC1", "200"), variation("CC2", "70", recurrent=False), assumed("contract_sum", "5600", "sum")
    )
    assert moved(found, "contract_sum") == {R.OTHER: 400, R.ONE_OFFS: -70}


def test_a_pressure_is_among_the_others_with_the_full_year_of_one_begun() -> None:
    begun, new = pressure("Residential", "120", "2023-10-01"), pressure("Residential", "24", "2024-10-01", ref="PR2")
    assert moved(to_the_plan(begun, new), "residential") == {R.OTHER: 60 + 12}


def test_a_step_and_a_flat_award_are_among_the_others() -> None:
    assert moved(to_the_plan(assumed("residential", "250", "step")), "residential") == {R.OTHER: 250}
    heads = (placements("Residential", "2024-03-31", "10", "2"), assumed("residential", "2.50", "flat"))
    assert moved(to_the_plan(*heads), "residential") == {R.OTHER: 25}


def test_what_a_scenario_changes_within_the_year_and_adds_beside_it_is_among_the_others() -> None:
    grown = to_the_plan(overlays=[overlay("residential growth 20%", "P07"), overlay("prices amount +£60", "P10")])
    assert moved(grown, "residential") == {R.VOLUME: 200, R.OTHER: -100 + 15}  # half of the 200, and a quarter of 60
    stated = to_the_plan(overlays=[overlay("residential amount £1500"), overlay("residential amount x1.1")])
    assert moved(stated, "residential") == {R.OTHER: 500 + 150}


def test_savings_are_a_line_of_their_own() -> None:
    assert moved(to_the_plan(saving("90", "2024-04-01")), "savings") == {R.OTHER: -90}


rates = st.decimals(-50, 50, places=2).map(str)


@given(some_overlays(), st.integers(0, 10**9))
def test_only_rounding_is_unexplained_under_any_scenario(overlays: list[Overlay], pence: int) -> None:
    spent = f"P1 6010 {Decimal(pence).scaleb(-2):f}"
    found = to_the_plan(*TEN_PLACES, assumed("residential", "3", "inflation"), spent=spent, overlays=overlays)
    for line in found.lines:
        assert abs(parts(line).get(R.UNEXPLAINED, Decimal(0))) <= Decimal("0.51")


@given(rates, rates, st.integers(-(10**9), 10**9))
def test_only_rounding_to_whole_pounds_is_unexplained(growth: str, inflation: str, pence: int) -> None:
    spent = f"P1 6010 {Decimal(pence).scaleb(-2):f}"
    found = to_the_plan(
        assumed("residential", growth, "growth"), assumed("residential", inflation, "inflation"), spent=spent
    )
    left = moved(found, "residential").get(R.UNEXPLAINED, Decimal(0))
    assert abs(left) <= Decimal("0.51")
