"""The bridge of a line: each reason is counted once, and what no reason answers for is shown as unexplained."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from breakeven.money import SubPennyError
from breakeven.monitoring.bridge import bridge, bridges
from breakeven.monitoring.line_state import (
    BUDGET,
    LAST_YEAR,
    OUTTURN,
    PLAN,
    REVISED,
    LineState,
    Reason,
    State,
    at_period,
)
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from made_states import figure, parts, state

R = Reason
HOME = "home 10 @ 100"


def health(amount: str, of: State, explained: Mapping[Reason, str] | None = None) -> LineState:
    """Income that pays towards a line."""
    return state(amount, of, line="health", flow=Flow.INCOME, explained=explained, follows=True)


# Activity ----------------------------------------------------------------------------------------------------


def test_what_the_ledger_has_beyond_the_activity_is_unexplained() -> None:
    found = bridge(state("1000", BUDGET, HOME), state("1_600.50", OUTTURN, "home 13 @ 120"))
    assert parts(found) == {R.PRICE: 200, R.VOLUME: 300, R.JOINT: 60, R.UNEXPLAINED: Decimal("40.50")}
    assert found.change.amount == Decimal("600.50")


def test_a_residual_that_stays_is_not_unexplained() -> None:
    found = bridge(state("1050", BUDGET, HOME), state("1350", OUTTURN, "home 13 @ 100"))
    assert parts(found) == {R.VOLUME: 300}


def test_unexplained_may_be_below_nil() -> None:
    found = bridge(state("1000", BUDGET, HOME), state("1200", OUTTURN, "home 13 @ 100"))
    assert parts(found) == {R.VOLUME: 300, R.UNEXPLAINED: -100}


@pytest.mark.parametrize(("was", "now"), [(HOME, None), (None, HOME), (None, None)])
def test_activity_that_one_side_does_not_know_explains_nothing(was: str | None, now: str | None) -> None:
    assert parts(bridge(state("1000", BUDGET, was), state("1300", OUTTURN, now))) == {R.UNEXPLAINED: 300}


def test_activity_that_is_known_to_be_none_is_all_volume() -> None:
    assert parts(bridge(state("0", BUDGET, ""), state("1000", OUTTURN, HOME))) == {R.VOLUME: 1000}


def test_parts_of_a_penny_are_rounded_together() -> None:
    found = bridge(state("10", BUDGET, "home 3 @ 10/3"), state("13.33", OUTTURN, "home 4 @ 10/3"))
    assert parts(found) == {R.VOLUME: Decimal("3.33")}


# Stated by hand ----------------------------------------------------------------------------------------------


def test_price_stated_by_hand_counts_where_no_activity_is_known() -> None:
    said = {R.PRICE: "120", R.INFLATION: "30", R.OTHER: "5"}
    found = bridge(state("1000"), state("1200", OUTTURN, explained=said))
    assert parts(found) == {R.PRICE: 120, R.INFLATION: 30, R.OTHER: 5, R.UNEXPLAINED: 45}
    assert found.not_counted == {}


def test_price_volume_mix_and_inflation_stated_by_hand_do_not_count_beside_those_worked_out() -> None:
    said = {R.PRICE: "120", R.VOLUME: "1", R.MIX: "2", R.INFLATION: "30", R.OTHER: "5"}
    found = bridge(state("1000", BUDGET, HOME), state("1300", OUTTURN, "home 13 @ 100", explained=said))
    assert parts(found) == {R.VOLUME: 300, R.OTHER: 5, R.UNEXPLAINED: -5}
    assert {reason: part.amount for reason, part in found.not_counted.items()} == {
        R.PRICE: 120, R.VOLUME: 1, R.MIX: 2, R.INFLATION: 30,
    }  # fmt: skip


def test_between_two_periods_what_was_explained_at_each_counts_by_its_difference() -> None:
    june = state("1100", at_period(3), explained={R.OTHER: "80", R.ONE_OFFS: "10"})
    march = state("1250", at_period(12), explained={R.OTHER: "200"})
    assert parts(bridge(june, march)) == {R.OTHER: 120, R.ONE_OFFS: -10, R.UNEXPLAINED: 40}


def test_an_explanation_against_the_budget_says_nothing_of_last_year_or_the_plan() -> None:
    said = state("1200", OUTTURN, explained={R.OTHER: "200"})
    assert parts(bridge(state("1000", LAST_YEAR), said)) == {R.UNEXPLAINED: 200}
    assert parts(bridge(said, state("1300", PLAN, explained={R.OTHER: "60"}))) == {R.OTHER: 60, R.UNEXPLAINED: 40}
    assert parts(bridge(state("1000"), state("1300", PLAN, explained={R.OTHER: "60"}))) == {R.UNEXPLAINED: 300}


# What the amounts hold ---------------------------------------------------------------------------------------


def test_a_virement_moves_a_budget() -> None:
    held = {R.VIREMENTS: "150"}
    assert parts(bridge(state("1000"), state("1150", REVISED, holds=held))) == {R.VIREMENTS: 150}
    spent = state("1200", OUTTURN, holds=held)
    assert parts(bridge(state("1000"), spent)) == {R.VIREMENTS: 150, R.UNEXPLAINED: 50}
    assert parts(bridge(state("1150", REVISED, holds=held), spent)) == {R.UNEXPLAINED: 50}


def test_a_virement_is_no_reason_between_two_that_are_no_budget() -> None:
    later = state("1200", at_period(9), holds={R.VIREMENTS: "150"})
    assert parts(bridge(state("1200", at_period(3)), later)) == {}
    assert parts(bridge(state("1000", LAST_YEAR), later)) == {R.UNEXPLAINED: 200}


def test_a_virement_is_what_moved_the_budget_and_activity_what_moved_beyond_it() -> None:
    held, budgeted = {R.VIREMENTS: "150"}, "home 11 @ 100, other 1 @ 50"  # 1,150: that of the revised budget
    original, revised = state("1000", BUDGET, budgeted), state("1150", REVISED, budgeted, holds=held)
    spent = state("1450", OUTTURN, "home 14 @ 100, other 1 @ 50", holds=held)
    assert parts(bridge(original, revised)) == {R.VIREMENTS: 150}
    beyond = parts(bridge(revised, spent))
    assert beyond.keys() == {R.VOLUME, R.MIX}
    assert sum(beyond.values()) == 300
    assert parts(bridge(original, spent)) == {R.VIREMENTS: 150} | beyond


def test_savings_that_slip_cost_more_and_bring_in_less() -> None:
    planned, made = {R.SAVINGS: "-100"}, {R.SAVINGS: "-40"}
    assert parts(bridge(state("1000", holds=planned), state("1060", OUTTURN, holds=made))) == {R.SAVINGS: 60}
    planned, made = {R.SAVINGS: "100"}, {R.SAVINGS: "40"}
    fees = bridge(state("500", flow=Flow.INCOME, holds=planned), state("440", OUTTURN, flow=Flow.INCOME, holds=made))
    assert parts(fees) == {R.SAVINGS: -60}


def test_savings_slip_against_a_budget_alone() -> None:
    last_year = state("1000", LAST_YEAR)
    assert parts(bridge(last_year, state("960", OUTTURN, holds={R.SAVINGS: "-40"}))) == {R.UNEXPLAINED: -40}


def test_slippage_stated_by_hand_counts_only_where_no_saving_is_recorded() -> None:
    said = {R.SAVINGS: "75"}
    assert parts(bridge(state("1000"), state("1060", OUTTURN, explained=said))) == {R.SAVINGS: 75, R.UNEXPLAINED: -15}
    before = state("1000", holds={R.SAVINGS: "-100"})
    found = bridge(before, state("1060", OUTTURN, holds={R.SAVINGS: "-40"}, explained=said))
    assert parts(found) == {R.SAVINGS: 60}
    assert [part.amount for part in found.not_counted.values()] == [75]


def test_a_one_off_of_last_year_drops_out_and_an_accrual_undone_later_is_timing() -> None:
    before = state("1000", LAST_YEAR, holds={R.ONE_OFFS: "200"})
    assert parts(bridge(before, state("800", OUTTURN))) == {R.ONE_OFFS: -200}
    standing = state("1030", at_period(9), holds={R.TIMING: "30"})
    assert parts(bridge(state("1000", REVISED), standing)) == {R.TIMING: 30}


def test_what_is_not_known_to_be_held_is_unexplained() -> None:
    after = state("1060", OUTTURN, holds={R.SAVINGS: "[x]"})
    assert parts(bridge(state("1000"), after)) == {R.UNEXPLAINED: 60}
    assert parts(bridge(state("1000", holds={R.SAVINGS: "-100"}), after)) == {R.UNEXPLAINED: 60}


def test_the_movement_of_a_contributor_is_contributions_but_for_what_has_a_reason_of_its_own() -> None:
    said = {R.ONE_OFFS: "50", R.CONTRIBUTIONS: "1"}
    found = bridge(health("500", BUDGET), health("620", OUTTURN, said))
    assert parts(found) == {R.ONE_OFFS: 50, R.CONTRIBUTIONS: 70}


# Missing, and mistakes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("was", "now"), [("[x]", "1000"), ("1000", "[x]")])
def test_a_bridge_is_open_where_a_side_is_missing(was: str, now: str) -> None:
    found = bridge(state(was, BUDGET, HOME), state(now, OUTTURN, HOME))
    assert found.change.amount is None
    assert {part.amount for part in found.parts.values()} == {None}


def test_a_part_of_a_penny_is_refused() -> None:
    with pytest.raises(SubPennyError):
        state("1000.001")
    with pytest.raises(SubPennyError):
        state("1000", holds={R.ONE_OFFS: "0.001"})


def test_two_lines_have_no_bridge() -> None:
    with pytest.raises(ValueError, match="are not one line"):
        bridge(state("1"), state("1", line="fostering"))


def test_reasons_stand_in_one_order_and_have_a_name_for_a_page() -> None:
    found = bridge(state("1"), state("2", OUTTURN))
    assert list(found.parts) == list(Reason)
    assert [reason.label for reason in Reason] == [
        "Contract variations", "Virements", "Price", "Volume", "Price and volume together", "Mix between types",
        "Contributions", "Inflation", "One-offs", "Savings slippage", "Timing", "Other, as explained", "Unexplained",
    ]  # fmt: skip


# Many lines --------------------------------------------------------------------------------------------------


def test_a_line_on_one_side_only_is_nil_on_the_other() -> None:
    old = {"fostering": state("400", BUDGET, "foster 4 @ 100", line="fostering")}
    new = {"residential": state("1000", OUTTURN, HOME)}
    found = {line.id: line for line in bridges(old, new).lines}
    assert parts(found["fostering"]) == {R.VOLUME: -400}
    assert parts(found["residential"]) == {R.VOLUME: 1000}
    assert list(found) == ["fostering", "residential"]


def test_the_position_is_income_less_expenditure_reason_by_reason() -> None:
    found = bridges(
        {"health": health("500", BUDGET), "residential": state("1000", BUDGET, HOME)},
        {"health": health("620", OUTTURN), "residential": state("1600", OUTTURN, "home 13 @ 120")},
    )
    assert parts(found.income) == {R.CONTRIBUTIONS: 120}
    assert parts(found.expenditure) == {R.PRICE: 200, R.VOLUME: 300, R.JOINT: 60, R.UNEXPLAINED: 40}
    assert parts(found.position) == {
        R.PRICE: -200, R.VOLUME: -300, R.JOINT: -60, R.CONTRIBUTIONS: 120, R.UNEXPLAINED: -40,
    }  # fmt: skip
    assert adverse_or_favourable(found.position.flow, found.position.change.amount) == "A"


def test_an_open_line_opens_every_total_over_it_and_no_other() -> None:
    before = {"a": state("1", line="a"), "fees": state("9", line="fees", flow=Flow.INCOME)}
    after = {"a": state("[x]", OUTTURN, line="a"), "fees": state("8", OUTTURN, line="fees", flow=Flow.INCOME)}
    found = bridges(before, after)
    assert (found.expenditure.change.amount, found.position.change.amount) == (None, None)
    assert found.income.change.amount == -1


def test_a_bridge_needs_lines_on_both_sides() -> None:
    with pytest.raises(ValueError, match="lines on both sides"):
        bridges({}, {"a": state("1", line="a")})


def test_no_two_figures_of_a_bridge_share_an_id() -> None:
    before = {each: state("1", line=each) for each in ("a", "b", "placements")}
    found = bridges(before, {each: state("2", OUTTURN, line=each) for each in before})
    ids = [made.id for made in found.figures()]
    assert len(ids) == len(set(ids))
    assert figure("x", "1").id not in ids
