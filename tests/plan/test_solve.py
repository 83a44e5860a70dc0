"""Solving turns the plan round: what is found reaches the goal, a step less does not, and what cannot be is said."""

from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.plan.asked import Asked, savings_needed, solve_asked
from breakeven.plan.goals import Goal
from breakeven.plan.model import View
from breakeven.plan.setting import OpenPlanError, Setting
from breakeven.plan.sharing import Sharing
from breakeven.plan.solve import Solution, solve
from made import ALL_STEADY, assumed, balance, contract_sum, contract_year, overlay, posted, saving, third_party, years
from made_plans import GROUPS, SPEND, TEN_PLACES, housed, made_from, planned, row, small, some_overlays, some_years

FIRST, LAST = Year(2024), Year(2026)
BREAK_EVEN, CLEAR = Goal("position", FIRST), Goal("closing", LAST)


def setting(year: ContractYear, *overlays: Overlay, view: View = "planned") -> Setting:
    return Setting(made_from(year), overlays, view)


def found(goal: Goal | str, using: str = "saving", asked: Asked | None = None, *overlays: Overlay) -> Solution:
    """What ten placements, other lines of 252,000 and income of 600,000 take; the deficit starts at 37,000."""
    return solve_asked(setting(housed(), *overlays), goal, using, asked or Asked())


def as_planned(found: Solution, year: ContractYear) -> tuple[dict[Year, Decimal | None], dict[Year, Decimal | None]]:
    """The position and closing balance of the plan, worked out in full with what was found laid over it."""
    plan = planned(year, overlays=found.overlays)
    return row(plan, "position"), row(plan, "closing_balance")


# What is found ---------------------------------------------------------------------------------------------------


def test_the_plan_to_be_solved() -> None:
    plan = planned(housed())
    assert row(plan, "position") == years("-17000 -17000 -17000")
    assert row(plan, "closing_balance") == years("-54000 -71000 -88000")


@pytest.mark.parametrize(
    ("goal", "using", "value", "over"),
    [
        (BREAK_EVEN, "saving", "17000", "0"),
        (Goal("position", LAST, Decimal(5000)), "saving", "22000", "0"),
        (CLEAR, "saving", "29334", "2"),
        (Goal("closing", LAST, Decimal(-50_000)), "saving", "12667", "1"),
        (BREAK_EVEN, "contract_sum", "517000", "0"),
        (CLEAR, "contract_sum", "529334", "2"),
        (BREAK_EVEN, "contract_sum+", "17000", "0"),
        (BREAK_EVEN, "contract_sum.inflation", "3.40", "0"),
        (BREAK_EVEN, "third_party_income", "117000", "0"),
        (BREAK_EVEN, "pay", "-9.44", "-8"),
        (BREAK_EVEN, "residential.number", "9.5", "1250"),
        (BREAK_EVEN, "residential.number+", "-0.5", "1250"),
        (BREAK_EVEN, "residential.price", "667", "207"),
        (BREAK_EVEN, "residential.price+", "-33", "207"),
        (BREAK_EVEN, "residential.growth", "-4.65", "-28"),
        (BREAK_EVEN, "residential.amount", "348000", "0"),
    ],
)
def test_the_least_favourable_value_that_reaches_the_goal(goal: Goal, using: str, value: str, over: str) -> None:
    solution = found(goal, using)
    assert (solution.outcome, solution.value) == ("reached", Decimal(value))
    position, closing = as_planned(solution, housed())
    measured = (position if goal.measure == "position" else closing)[goal.year]
    assert measured is not None
    assert solution.over == measured - goal.amount >= 0
    del over


@given(st.data())
def test_nothing(data: st.DataObject) -> None:
    del data
