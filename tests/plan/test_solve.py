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
from breakeven.plan.sharing import Sharing
from breakeven.plan.solve import Solution
from made import assumed, overlay, saving, years
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


# What cannot be, or need not be ------------------------------------------------------------------------------------


def test_what_is_met_already_stays_met_however_unfavourable_the_lever_is() -> None:
    met = found("position=-17000")
    assert (met.outcome, met.value, met.over, met.overlays[0].value) == ("met already", 0, 0, 0)
    # A deficit of £10m is not reached with as many placements as a lever may be: ten times the ten there are.
    many = found("position=-10m", "residential.number")
    assert (many.outcome, many.value, many.over) == ("met already", 100, 10_000_000 - 17_000 - 90 * 36_500)


def test_what_is_out_of_reach_says_what_comes_nearest_and_what_that_gives() -> None:
    # All ten placements are worth 365,000, and the plan is 17,000 short.
    near = found("position=400000", "residential.number")
    assert (near.outcome, near.value, near.over, near.given) == ("out of reach", 0, -52_000, 365_000)
    all_spent = found("position=1m")
    assert (all_spent.outcome, all_spent.value, all_spent.over) == ("out of reach", 617_000, -400_000)


def test_what_changes_nothing_of_the_goal_has_no_bearing_on_it() -> None:
    last_year = found(Goal("position", LAST), "saving", Asked(until="2024-25"))
    assert (last_year.outcome, last_year.over) == ("no effect", -17_000)
    # The contract sum of 2024/25 is stated, so that its inflation counts from 2025/26 on.
    stated = setting(housed(assumed("contract_sum", "500000", "sum")))
    assert solve_asked(stated, BREAK_EVEN, "contract_sum.inflation", Asked()).outcome == "no effect"


@pytest.mark.parametrize(("cap", "outcome", "value"), [("17k", "reached", 17_000), ("16_999", "out of reach", 16_999)])
def test_a_cap_that_is_just_enough_reaches_the_goal_and_a_pound_less_does_not(
    cap: str, outcome: str, value: int
) -> None:
    capped = found(BREAK_EVEN, "saving", Asked(sharing=Sharing(caps=(cap.replace("_", ""),))))
    assert (capped.outcome, capped.value, capped.over) == (outcome, value, value - 17_000)


@pytest.mark.parametrize(
    ("goal", "outcome", "over"), [("break-even", "out of reach", -17_000), ("position=-20k", "met already", 3_000)]
)
def test_one_that_can_be_only_one_thing_is_that(goal: str, outcome: str, over: int) -> None:
    nothing = found(goal, "saving", Asked(sharing=Sharing(caps=("0",))))
    assert (nothing.outcome, nothing.value, nothing.over) == (outcome, 0, over)


def test_in_part_of_a_year_the_least_is_found_though_a_pound_more_may_round_to_less() -> None:
    # Two months of 12, 12 and 3 a year are 2 + 2 + 1, and of 13, 13 and 2 a year 2 + 2 + 0: the spare pounds of 27 and
    # of 28 go to others. 29 a year is 13, 13 and 3, which is 5 again.
    by_weight = Sharing("weights", ("residential=5", "fostering=5", "premises=1"))
    asked = Asked(since="P11", lines=("residential", "fostering", "premises"), sharing=by_weight)
    least = found("position=-16995", "saving", asked)
    assert [(each.line, int(each.value)) for each in least.overlays] == [
        ("residential", -12), ("fostering", -12), ("premises", -3)
    ]  # fmt: skip
    assert (least.value, least.over) == (27, 0)


# Where more is not always better -----------------------------------------------------------------------------------


def paid_back() -> Setting:
    """365,000 of residential that grows for three years, and 1,095,000 paid back of fostering that does for one.

    At a growth of u a year they come to 365,000 × u³ − 1,095,000 × u in 2026/27, which is least where u is 1.
    """
    return setting(housed(assumed("fostering", "-1_095_000", "sum", 2025)))


@pytest.mark.parametrize(
    ("target", "step", "outcome", "value", "over"),
    [
        # Income of 600,000 less 228,000 of the rest, and 730,000 paid back: 1,102,000 with no growth.
        ("position=1102500", "1", "out of reach", "0", -500),
        ("position=1100000", "0.01", "reached", "4.24", 4),
        ("position=-1m", "0.01", "met already", "100", 642_000),
    ],
)
def test_where_more_is_better_and_then_worse_the_value_nearest_the_plan_is_found(
    target: str, step: str, outcome: str, value: str, over: int
) -> None:
    solution = solve_asked(
        paid_back(), target, "placements.growth", Asked(year="2026-27", since="2024-25", step=Decimal(step))
    )
    assert (solution.outcome, solution.value, solution.over) == (outcome, Decimal(value), over)
    assert not solution.runs_one_way


@pytest.mark.parametrize(("growth", "value"), [("10", "7.40"), ("-10", "-7.40")])
def test_of_two_values_that_reach_the_goal_the_one_nearer_what_is_assumed_is_found(growth: str, value: str) -> None:
    # 365,000 × (u + u²) in two years, −1,095,000 × (1 + u) in the two after: least where u is 1, a balance of 2,815,000
    last = [
        assumed(name, "0", "growth", 2027) for name in ("contract_sum", "third_party_income", "staffing", "overheads")
    ]
    own = [assumed("residential", growth, "growth", year) for year in (2024, 2025, 2027)]
    paid_back = assumed("residential", "-1_095_000", "sum", 2026)
    four = housed(*own, paid_back, *last, assumed("fostering", "0", "growth", 2027), plan_years=4)
    solution = solve_asked(setting(four), "balance=2813000", "residential.growth", Asked())
    assert (solution.outcome, solution.value) == ("reached", Decimal(value))


# What the plan has -------------------------------------------------------------------------------------------------


def held(using: str, *overlays: str, year: ContractYear | None = None) -> list[str | None]:
    """What the plan has of a lever in 2024/25 to 2026/27, which a page says beside the answer."""
    lever = solve_asked(setting(year or housed(), *map(overlay, overlays)), "clear", using, Asked()).lever
    return [None if each is None else f"{each.normalize():f}" for each in lever.now]


def test_the_plan_has_what_is_assumed_as_its_scenario_changes_it() -> None:
    assert held("residential.number", "residential number +2") == ["12", "12", "12"]
    assert held("residential.price") == ["700", "700", "700"]
    assert held("contract_sum") == ["500000"] * 3
    assert held("residential", "residential inflation 3%") == ["3", "3", "3"]
    twice = housed(saving("8_000", "2024-04-01"), saving("8_000", "2024-04-01", ref="S2"))
    assert held("S1", "savings delivery 85%", year=twice) == ["85", "85", "85"]
    assert held("savings", "S1 delivery 50%", year=twice) == []  # 50 of one and 100 of the other


def test_what_a_rate_comes_to_is_not_said_where_something_else_says_it() -> None:
    assert held("residential.number", "residential growth 3%") == [None, None, None]
    assert held("residential.price", "residential inflation 3%") == [None, None, None]
    stated = housed(assumed("contract_sum", "500000", "sum"), assumed("residential", "12", "number", 2025))
    assert held("contract_sum.inflation", year=stated) == [None, "0", "0"]
    assert held("residential.growth", year=stated) == ["0", None, "0"]
