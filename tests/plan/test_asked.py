"""What is asked to be solved, as it is typed: which lever, who makes a saving, and what is refused with a reason."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.periods import Year
from breakeven.plan.asked import Asked, savings_needed, solve_asked, targets_asked
from breakeven.plan.model import View
from breakeven.plan.named_levers import values_held
from breakeven.plan.priorities import Targets
from breakeven.plan.setting import OpenPlanError, Setting
from breakeven.plan.shares import Basis
from breakeven.plan.sharing import Sharing
from breakeven.plan.solve import Solution
from made import ALL_STEADY, contract_sum, contract_year, overlay, pressure, saving, third_party
from made_plans import SPEND, VIEWS, by_chance, housed, made_from, small, some_years


def found(using: str = "saving", asked: Asked | None = None, *records: Record, over: Overlay | None = None) -> Solution:
    """What it takes to break even in 2024/25: 17,000, of 617,000 spent on five lines."""
    setting = Setting(made_from(housed(*records)), (over,) if over else ())
    return solve_asked(setting, "break-even", using, asked or Asked())


def on(*lines: str, held: tuple[str, ...] = (), how: Basis = "pro-rata", weights: str = "", caps: str = "") -> Asked:
    return Asked(lines=lines, held=held, sharing=Sharing(how, tuple(weights.split()), tuple(caps.split())))


def shares(found: Solution) -> dict[str, int]:
    """What each line saves."""
    return {each.line: int(-each.value) for each in found.overlays}


# Who makes a saving ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "amounts"),
    [
        # 365,000 and 24,000 are spent on the two.
        (on("residential", "fostering"), {"residential": 15_951, "fostering": 1_049}),
        (on("placements"), {"residential": 15_951, "fostering": 1_049}),
        (on("placements", how="even"), {"residential": 8_500, "fostering": 8_500}),
        (on("placements", how="weights", weights="residential=3 fostering=1"),
         {"residential": 12_750, "fostering": 4_250}),
        (on("placements", how="weights", weights="placements=1"), {"residential": 8_500, "fostering": 8_500}),
        (on("placements", how="even", caps="fostering=5k"), {"residential": 12_000, "fostering": 5_000}),
        (on("placements", how="even", caps="fostering=10%"), {"residential": 14_600, "fostering": 2_400}),
        (on("placements", how="even", caps="5%"), {"residential": 15_800, "fostering": 1_200}),
        (on("placements", "residential", held=("fostering",)), {"residential": 17_000}),
        (on(held=("pay", "placements")), {"premises": 17_000}),
    ],
)  # fmt: skip
def test_a_saving_is_made_by_those_who_are_named_by_their_shares_and_up_to_their_caps(
    asked: Asked, amounts: dict[str, int]
) -> None:
    solution = found(asked=asked)
    assert solution.outcome == "reached"
    assert shares(solution) == amounts


def test_a_saving_of_the_whole_may_have_one_cap_and_says_what_it_leaves() -> None:
    solution = found(asked=on(caps="10k"))
    assert (solution.outcome, solution.value, solution.over, solution.given) == ("out of reach", 10_000, -7_000, 10_000)


@pytest.mark.parametrize("how", ["pro-rata", "even"])
def test_a_line_that_costs_less_than_nil_saves_nothing(how: Basis) -> None:
    refunded = pressure("fostering", "-60_000", "2024-04-01")  # 24,000 becomes 36,000 paid back; the plan has 43,000
    setting = Setting(made_from(housed(refunded)))
    solution = solve_asked(setting, "position=50000", "saving", on("placements", how=how))
    assert shares(solution) == {"residential": 7_000}


def test_part_of_a_year_takes_more_a_year_and_each_sum_of_part_of_a_year_is_rounded() -> None:
    # Half of 33,999 is 16,999.50, a half rounded up; half of 31,901 and of 2,098 likewise.
    assert found(asked=Asked(since="P07")).value == 33_999
    shared = found(asked=Asked(since="P07", lines=("placements",)))
    assert (shared.value, shares(shared), shared.over) == (33_999, {"residential": 31_901, "fostering": 2_098}, 0)


def test_a_step_is_what_the_answer_is_a_whole_number_of() -> None:
    assert found(asked=Asked(step=Decimal(5_000))).value == 20_000
    assert found("residential.number", Asked(step=Decimal(1))).value == 9
    assert found(asked=Asked(lines=("placements",), step=Decimal(500))).value == 17_000


@pytest.mark.parametrize("name", ["saving", " Saving ", "further_saving", "Further saving", "saving+"])
def test_a_further_saving_has_several_names(name: str) -> None:
    solution = found(name)
    assert (solution.value, solution.lever.is_saving) == (17_000, True)
    assert shares(found(name, on("placements", how="even"))) == {"residential": 8_500, "fostering": 8_500}


# What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("using", "asked", "why"),
    [
        ("saving", Asked(step=Decimal(0)), "a step is a number above nil, not 0"),
        ("saving", Asked(step=Decimal(-1)), "a step is a number above nil, not -1"),
        ("saving", Asked(step=Decimal("nan")), "a step is a number above nil, not NaN"),
        ("saving", Asked(step=Decimal("0.5")), "a saving is in whole pounds, and so is its step, not 0.5"),
        ("saving", Asked(step=Decimal(617_001)), "a step of 617,001 is too long: saving is from 0 to 617,000"),
        ("pay", Asked(step=Decimal(201)), "a step of 201 is too long: pay.inflation is from -100 to 100"),
        ("pay", on("placements"), "lines, what is held, shares and caps go with a saving, not with 'pay'"),
        ("pay", on(how="even"), "lines, what is held, shares and caps go with a saving, not with 'pay'"),
        ("saving", on(how="even"), "a saving is shared among lines: say which of them are to save, or are held"),
        ("pay", on(held=("placements",)), "go with a saving, not with 'pay'"),
        ("contract_sum", on(caps="5k"), "go with a saving, not with 'contract_sum'"),
        ("saving", on(caps="5%"), "the whole saving has one cap, a sum; a cap of a line, or a per cent of each, goes"),
        ("saving", on(caps="residential=5k"), "the whole saving has one cap, a sum"),
        ("saving", on(caps="5k 6k"), "the whole saving has one cap, a sum"),
        ("saving", on(caps="-5k"), "a cap is nil or more, not -5k"),
        ("saving", on(caps="lots"), "expected pounds such as 100000"),
        ("saving", on("residental"), "is called 'residental'; did you mean residential?"),
        ("saving", on("contract_sum"), "'contract_sum' is income: a saving is made on what is spent"),
        ("saving", on(held=("pay", "placements", "overheads")), "every line is held: none is left to save on"),
        ("saving", on("residential", held=("placements",)), "every line is held"),
        ("saving", on("residential", caps="fostering=5k"), "'fostering' is not among the lines that are to save"),
        ("saving", on("residential", caps="nobody=5k"), "is called 'nobody'"),
        ("saving", on("placements", caps="placements=5k"), "'placements' is 2: give each of them a cap of its own"),
        ("saving", on("residential", caps="residential=-5k"), "a cap is nil or more, not -5k"),
        ("saving", on("residential", caps="residential=-5%"), "a cap is nil or more, not -5"),
        ("saving", on("placements", how="weights", weights="residential=1"), "no weight is given for Fostering"),
        ("saving", on("residential", how="weights", weights="residential=-1"),
         "a weight is a number, nil or more, such as residential=3, not 'residential=-1'"),
        ("saving", on("residential", how="weights", weights="residential=most"), "a weight is a number, nil or more"),
        ("saving", on("residential", how="weights", weights="residential=inf"), "a weight is a number, nil or more"),
        ("saving", on("residential", how="weights", weights="residential=0"),
         "nothing to share by: every weight is nil"),
        ("saving", on("residential", how="weights", weights="residential"),
         "expected NAME=WEIGHT such as residential=3, found 'residential'"),
        ("saving", on("residential", how="weights", weights="=3"), "expected NAME=WEIGHT"),
        ("saving", Asked(since="2030-31"), "2030/31 is no year of the plan"),
        ("saving", Asked(since="2025-26", until="2024-25"), "2024/25 is before 2025/26"),
        ("saving", Asked(since="2025-26"), "what counts from 2025/26 on comes too late for 2024/25"),
        ("residental", Asked(), "'residental': no line, .* did you mean residential?"),
        ("savings", Asked(), "'savings': the plan has no savings, so none that could be delivered"),
        ("pay.number", Asked(), "'pay.number' is 2 lines: number is solved for one of them at a time"),
        ("further_saving.delivery", Asked(), "is a sum that is still to find"),
        ("contract_sum.price", Asked(), "'contract_sum' is income, which has no price"),
        ("residential.delivery", Asked(), "'residential' is a line, which has no delivery"),
        ("fostering.number", Asked(), "Fostering has no number of placements or posts that anybody has given"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_refused_with_the_reason(using: str, asked: Asked, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        found(using, asked)


def test_of_each_line_that_a_name_stands_for_there_is_what_it_has_in_each_year() -> None:
    setting = Setting(made_from(housed()), (overlay("residential inflation +1%"),))
    held = values_held("placements.inflation", setting)
    assert [values[0] for values in held] == [
        values_held(f"{line}.inflation", setting)[0][0] for line in ("residential", "fostering")
    ]
    assert values_held("nothing.inflation", setting) == ()


def test_of_a_saving_only_its_delivery_is_solved_for() -> None:
    scheme = saving("10_000", "2024-04-01")
    with pytest.raises(ValueError, match=r"'S1\.start': of a saving its delivery is solved for"):
        found("S1.start", None, scheme)


def test_lines_that_come_to_nothing_have_nothing_to_share_by() -> None:
    with pytest.raises(ValueError, match="nothing to share by: none of these comes to anything; share alike"):
        found("saving", on("fostering"), over=overlay("fostering amount £0"))


# A plan that is open ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("using", "asked"),
    [("saving", Asked()), ("saving", on("residential")), ("saving", on("residential", how="even")), ("pay", Asked())],
)
def test_an_open_plan_is_not_solved_and_its_lines_are_named(using: str, asked: Asked) -> None:
    with pytest.raises(OpenPlanError, match=r"no assumption says how they move: .*, from 2024/25 on"):
        solve_asked(Setting(made_from(small())), "break-even", using, asked)


def test_a_balance_is_not_solved_for_where_nobody_has_said_what_the_plan_opens_with() -> None:
    unsaid = contract_year(contract_sum("600"), third_party("Health", "100"), *ALL_STEADY, extract=SPEND)
    plan = Setting(made_from(unsaid))
    assert solve_asked(plan, "position=100", "saving", Asked()).value == 100  # 700 comes in, and 700 is spent
    with pytest.raises(OpenPlanError, match="the plan is open, because nobody has said what balance it opens with"):
        solve_asked(plan, "clear", "saving", Asked())


# What every year takes -------------------------------------------------------------------------------------------


def test_each_year_takes_so_much_to_break_even_and_so_much_a_year_to_clear_the_deficit_by_then() -> None:
    pairs = list(savings_needed(Setting(made_from(housed()))))
    # 17,000 short each year, and a deficit of 37,000 to begin with.
    assert [int(even.value) for even, _ in pairs] == [17_000, 17_000, 17_000]
    assert [int(clear.value) for _, clear in pairs] == [54_000, 35_500, 29_334]


# Targets by priority ---------------------------------------------------------------------------------------------


def two_priorities() -> tuple[Record, ...]:
    """People plan 8,000 of savings in 2024/25 at 50%, and Practice 2,000; the plan is then 7,000 short."""
    other = saving("2_000", "2024-04-01", ref="S2").model_copy(update={"priority": "Practice"})
    return saving("8_000", "2024-04-01"), other


def targets(
    target: str = "break-even", asked: Asked | None = None, *overlays: Overlay, view: View = "planned"
) -> Targets:
    return targets_asked(Setting(made_from(housed(*two_priorities())), overlays, view), target, asked or Asked())


def told(found: Targets) -> dict[str, tuple[int, int, int, int]]:
    """Of each priority: planned, counted, further to find, and the target."""
    return {r.priority: (int(r.planned), int(r.counted), int(r.further), int(r.target)) for r in found.rows}


def test_what_is_to_be_found_is_shared_by_what_each_priority_has_planned() -> None:
    found = targets()
    assert told(found) == {"People": (8_000, 8_000, 5_600, 13_600), "Practice": (2_000, 2_000, 1_400, 3_400)}
    assert (found.total.target, found.left, found.is_met) == (17_000, 0, True)


def test_counted_by_confidence_the_rest_of_what_is_planned_is_to_be_found_again() -> None:
    found = targets(view="weighted")
    assert told(found) == {"People": (8_000, 4_000, 9_600, 13_600), "Practice": (2_000, 1_000, 2_400, 3_400)}


def test_where_nobody_has_planned_anything_the_priorities_share_alike() -> None:
    found = targets_asked(Setting(made_from(housed())), "break-even", Asked())
    assert told(found) == {"People": (0, 0, 17_000, 17_000)}


def test_priorities_have_shares_and_caps_by_name_and_what_none_of_them_can_bear_is_left() -> None:
    by_weight = Sharing("weights", ("people=1", "practice = 3"), ("practice=2k",))
    found = targets(asked=Asked(sharing=by_weight))
    assert [int(row.further) for row in found.rows] == [5_000, 2_000]
    capped = targets(asked=Asked(sharing=Sharing(caps=("10%",))))
    assert [int(row.further) for row in capped.rows] == [800, 200]
    assert (capped.left, capped.is_met) == (6_000, False)


def test_the_targets_are_of_the_first_year_that_counts_for_the_months_left_of_it() -> None:
    found = targets(asked=Asked(since="P07"))
    assert (found.year, found.solution.value) == (Year(2024), 13_999)  # half of 13,999 rounds up to 7,000
    assert found.total.further == 7_000
    later = targets(asked=Asked(year="2025-26", since="2025-26"))
    assert (later.year, later.total.target) == (Year(2025), 17_000)


def test_a_further_saving_that_a_scenario_has_already_is_a_row_of_its_own_and_is_nobodys() -> None:
    found = targets("break-even", None, overlay("further_saving amount +£3000"))
    assert told(found) == {
        "People": (8_000, 8_000, 3_200, 11_200),
        "Practice": (2_000, 2_000, 800, 2_800),
        "Further saving of the scenario": (3_000, 3_000, 0, 3_000),
    }
    assert found.total.target == 17_000


def test_without_a_priority_the_whole_is_left_for_nobody() -> None:
    year = housed()
    nobody = replace(year, body=replace(year.body, priorities=()))
    found = targets_asked(Setting(made_from(nobody)), "break-even", Asked())
    assert (found.rows, found.left, found.is_met) == ((), 17_000, False)


def test_a_goal_that_is_met_leaves_each_priority_what_is_counted() -> None:
    found = targets("position=-7000")
    assert [int(row.further) for row in found.rows] == [0, 0]
    assert found.is_met


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked(sharing=Sharing("weights", ("peple=1",))), r"no priority is called 'peple'; did you mean 'People'\?"),
        (Asked(sharing=Sharing(caps=("xyz=1",))), "no priority is called 'xyz'$"),
        (Asked(sharing=Sharing("weights", ("people=1",))), "no weight is given for Practice"),
        (Asked(lines=("residential",)), "targets are of priorities: lines, what is held and a step go with a saving"),
        (Asked(held=("residential",)), "targets are of priorities"),
        (Asked(step=Decimal(1000)), "targets are of priorities"),
        (Asked(since="2025-26", year="2024-25"), "what counts from 2025/26 on comes too late for 2024/25"),
    ],
)
def test_what_is_no_share_of_a_priority_is_refused(asked: Asked, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        targets(asked=asked)


@given(some_years(is_open=False), st.sampled_from(VIEWS), st.integers(-(10**6), 10**7), st.sampled_from(["P01", "P05"]))
def test_the_targets_of_the_priorities_come_to_what_is_counted_and_found_to_the_pound(
    records: list[Record], view: View, goal: int, since: str
) -> None:
    setting = Setting(made_from(by_chance(records)), (), view)
    found = targets_asked(setting, f"position={goal}", Asked(since=since))
    in_year = found.solution.solved.savings[0]
    assert found.total.counted == setting.balances.savings[0]
    assert found.total.target + found.left == found.total.counted + found.total.further + found.left == in_year
    assert all(row.target == row.target.to_integral_value() for row in found.rows)
    if found.is_met and found.solution.value:
        reached = found.solution.solved.position[0]
        assert reached is not None
        assert reached >= goal
