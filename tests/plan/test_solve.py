"""Solving turns the plan round: what is found reaches the goal, a step less does not, and what cannot be is said."""

from decimal import Decimal

import pytest

from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.plan.asked import Asked, solve_asked
from breakeven.plan.goals import Goal
from breakeven.plan.model import View
from breakeven.plan.setting import Setting
from breakeven.plan.solve import Solution
from made import years
from made_plans import housed, made_from, planned, row

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
    ("goal", "using", "value"),
    [
        (BREAK_EVEN, "saving", "17000"),
        (Goal("position", LAST, Decimal(5000)), "saving", "22000"),
        (CLEAR, "saving", "29334"),
        (Goal("closing", LAST, Decimal(-50_000)), "saving", "12667"),
        (BREAK_EVEN, "contract_sum", "517000"),
        (CLEAR, "contract_sum", "529334"),
        (BREAK_EVEN, "contract_sum+", "17000"),
        (BREAK_EVEN, "contract_sum.inflation", "3.40"),
        (BREAK_EVEN, "third_party_income", "117000"),
        (BREAK_EVEN, "pay", "-9.45"),
        (BREAK_EVEN, "residential.number", "9.5"),
        (BREAK_EVEN, "residential.number+", "-0.5"),
        (BREAK_EVEN, "residential.price", "667"),
        (BREAK_EVEN, "residential.price+", "-33"),
        (BREAK_EVEN, "residential.growth", "-4.66"),
        (BREAK_EVEN, "residential.amount", "348000"),
    ],
)
def test_the_least_favourable_value_that_reaches_the_goal(goal: Goal, using: str, value: str) -> None:
    solution = found(goal, using)
    assert (solution.outcome, solution.value) == ("reached", Decimal(value))
    position, closing = as_planned(solution, housed())
    measured = (position if goal.measure == "position" else closing)[goal.year]
    assert measured is not None
    assert solution.over == measured - goal.amount >= 0
