"""Solving turns the plan round to the pound: put back into it, an answer reaches the goal, and a step less does not."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.targets import OverlayError
from breakeven.plan.asked import Asked, solve_asked
from breakeven.plan.compare import compare_overlays, laid_over
from breakeven.plan.goals import Goal
from breakeven.plan.model import View
from breakeven.plan.setting import Setting
from breakeven.plan.shares import Basis
from breakeven.plan.sharing import Sharing
from breakeven.plan.solve import Solution
from made import overlay
from made_plans import LINES, VIEWS, by_chance, made_from, some_years

SCENARIOS = ("", "pay inflation +1%", "residential number +2", "further_saving amount +£3000", "prices growth -2%")
NAMED = (
    "contract_sum", "contract_sum+", "third_party_income.inflation", "pay", "pay+", "prices.growth", "premises.amount",
    "residential.price", "residential.price+", "residential.number", "residential.number+", "placements.inflation",
)  # fmt: skip

goals = st.builds(
    Goal,
    st.sampled_from(["position", "closing"]),
    st.sampled_from(made_from(by_chance([])).years),
    st.just(Decimal(0)) | st.integers(-(10**7), 10**7).map(Decimal),
)


plans = st.tuples(some_years(is_open=False), st.sampled_from(SCENARIOS), st.sampled_from(VIEWS))
Drawn = tuple[list[Record], str, View]


def setting_of(drawn: Drawn) -> Setting:
    """A plan of which nothing is open, under a scenario or none, in a view."""
    records, said, view = drawn
    return Setting(made_from(by_chance(records)), (overlay(said),) if said else (), view)


@st.composite
def savings_asked(draw: st.DrawFn) -> Asked:
    """A saving of the whole, or of some lines pro rata, alike or by weight, with caps or without; from any month on."""
    since = f"{draw(st.sampled_from(['2024-25', '2025-26']))} P{draw(st.integers(1, 12)):02d}"
    starts = draw(st.sampled_from([None, None, since]))
    lines = tuple(draw(st.lists(st.sampled_from(LINES), unique=True, max_size=4)))
    if not lines:
        cap = draw(st.none() | st.integers(0, 10**7))
        return Asked(since=starts, sharing=None if cap is None else Sharing(caps=(str(cap),)))
    hows: list[Basis] = ["pro-rata", "even", "weights"]
    how = draw(st.sampled_from(hows))
    weights = tuple(f"{line}={draw(st.integers(1, 9))}" for line in lines) if how == "weights" else ()
    caps = st.sampled_from(["{}%", "{}0000", "{}"]).flatmap(lambda text: st.integers(0, 100).map(text.format))
    capped = draw(st.lists(st.sampled_from(lines), unique=True))
    return Asked(since=starts, lines=lines, sharing=Sharing(how, weights, tuple(f"{a}={draw(caps)}" for a in capped)))


def over(setting: Setting, found: Solution, value: Decimal) -> Decimal | None:
    """Pounds beyond the goal of a what-if with the lever at a value; None where the plan cannot have it."""
    basis, under = setting.basis, setting.overlays
    try:
        after = compare_overlays(basis, under, laid_over(under, found.lever.overlays(value), basis), setting.view).after
    except OverlayError:
        return None
    measured = found.goal.measured(after, basis.years)
    assert measured is not None
    return measured - found.goal.amount


def holds(setting: Setting, found: Solution, chance: st.DataObject, rounding: int) -> None:
    """Whether a solution is what it says. rounding: pounds by which a value may be better that should be no better."""
    lever = found.lever
    low = int((lever.low / lever.step).to_integral_value(ROUND_CEILING))
    high = int((lever.high / lever.step).to_integral_value(ROUND_FLOOR))
    other = over(setting, found, chance.draw(st.integers(low, max(low, high))) * lever.step)
    assert over(setting, found, found.value) == found.over
    if found.outcome == "reached":
        assert found.over >= 0
        beside = [over(setting, found, found.value + way * lever.step) for way in (-1, 1)]
        assert any(each is not None and each < 0 for each in beside)
    elif found.outcome == "out of reach":
        assert found.over < 0
        assert other is None or other <= found.over + rounding
    elif found.outcome == "met already":
        assert found.over >= 0
        assert other is None or other >= -rounding
    else:
        assert other in {None, found.over}


@given(plans, goals, savings_asked(), st.data())
def test_a_saving_put_back_into_the_plan_reaches_the_goal_and_a_pound_less_does_not(
    drawn: Drawn, goal: Goal, asked: Asked, chance: st.DataObject
) -> None:
    setting = setting_of(drawn)
    first = 1 if (asked.since or "").startswith("2025") else 0
    assume(goal.year >= setting.basis.years[first])
    if asked.lines and asked.sharing and asked.sharing.how == "pro-rata":  # who costs nothing has nothing to share by
        assume(any((setting.amounts[line][first] or 0) > 0 for line in asked.lines))
    found = solve_asked(setting, goal, "saving", asked)
    holds(setting, found, chance, 0)
    years = len(setting.places(found.lever.span[0], goal.year if goal.measure == "closing" else found.lever.span[0]))
    if found.outcome == "reached":
        short = over(setting, found, found.value - 1)
        assert short is not None
        assert short < 0
        assert found.over - short <= years + found.lever.slack  # a pound a year, and what lines round to in part of one
        assert asked.since or found.over < years


@given(plans, goals, st.sampled_from(NAMED), st.data())
def test_a_sum_a_price_a_number_or_a_rate_put_back_reaches_the_goal_and_the_step_before_it_does_not(
    drawn: Drawn, goal: Goal, using: str, chance: st.DataObject
) -> None:
    setting = setting_of(drawn)
    try:
        found = solve_asked(setting, goal, using, Asked())
    except OverlayError:
        return  # what the scenario and the lever do together cannot be, whatever its value
    holds(setting, found, chance, len(setting.amounts) * len(setting.basis.years))
