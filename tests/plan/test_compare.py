"""What a plan comes to beside another: each change alone, what they do together, and all of it adding up."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.plan.basis import Basis, model
from breakeven.plan.compare import Comparison, compare_overlays, comparison, laid_over, less_each
from breakeven.plan.model import View
from made import ALL_STEADY, contract_sum, contract_year, overlay, posted, saving, steady
from made_plans import GROUPS, SPEND, TEN_PLACES, adds_up, housed, made_from, small, some_overlays, some_years

TEN = made_from(housed(saving("1200", "2024-04-01"), saving("600", "2024-04-01", ref="S2")))


def told(found: Comparison) -> dict[str, list[int]]:
    """What each change does to the position of each year, and all of them together."""
    changes = [*found.changes, *([found.together] if found.together else [])]
    return {change.label: [int(amount or 0) for amount in change.position] for change in changes}


def compared(before: Sequence[str | Overlay], after: Sequence[str | Overlay], found: Basis = TEN) -> Comparison:
    was, now = ([each if isinstance(each, Overlay) else overlay(each) for each in side] for side in (before, after))
    return compare_overlays(found, was, now)


def test_five_more_at_a_higher_price_cost_more_together_than_the_two_apart() -> None:
    found = compared([], ["residential number +2", "residential price +£70"])
    assert told(found) == {
        "Residential number +2 from 2024/25": [-73_000] * 3,  # 2 × 36,500
        "Residential price +£70 from 2024/25": [-36_500] * 3,  # 10 × 3,650
        "Together, beyond each alone": [-7_300] * 3,  # 2 × 3,650
    }
    assert found.together
    assert [int(amount or 0) for amount in found.together.closing] == [-7_300, -14_600, -21_900]
    assert found.years == TEN.years


def test_changes_that_have_nothing_to_do_with_each_other_do_nothing_more_together() -> None:
    found = compared([], ["residential number +2", "agency amount +£5", "S1 delivery 50%"])
    assert list(told(found).values()) == [[-73_000] * 3, [-5] * 3, [-600] * 3]
    assert found.together is None


def test_a_forecast_that_falls_moves_no_position_but_what_is_identified_and_still_to_find() -> None:
    was = model(TEN, []).balances()
    now = replace(was, identified=tuple(amount - 100 for amount in was.identified))
    found = comparison(TEN.years, was, now, [("forecast", now), ("nothing", was)])
    forecast, nothing = found.changes
    assert (forecast.identified, forecast.moves_position, forecast.moves_elsewhere) == ((-100,) * 3, False, True)
    assert (nothing.moves_position, nothing.moves_elsewhere) == (False, False)
    assert less_each(now.still_to_find, was.still_to_find) == (100,) * 3
    assert compared([], ["residential number +2"]).changes[0].moves_position


def test_what_both_have_is_no_change_whoever_says_so_and_from_the_first_period_on() -> None:
    theirs = overlay("Residential number +2", "P01", scenario="central").model_copy(update={"source": "Another"})
    assert compared(["residential number +2"], [theirs, "pay inflation 4%"]).changes[0].label == (
        "Pay inflation 4% from 2024/25"
    )
    assert compared([theirs], ["residential number +2"]).changes == ()


def test_two_alike_are_two_and_one_of_them_gone_is_a_change() -> None:
    twice = ["residential number +2", "residential number +2"]
    assert told(compared(twice, twice[:1])) == {"without Residential number +2 from 2024/25": [73_000] * 3}
    assert told(compared(twice[:1], twice)) == {"Residential number +2 from 2024/25": [-73_000] * 3}


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        (["residential number +2"], [], "without Residential number +2 from 2024/25"),
        (["residential number +2"], ["Residential number +3"], "Residential number +2 from 2024/25 → +3"),
        (["residential number +2"], ["residential number 9"], "Residential number +2 from 2024/25 → 9"),
        (["S1 delivery 50%"], ["S1 delivery 60%"], "S1 delivery 50% → 60%"),
        (
            ["residential number +2"],
            [overlay("residential number +2", "P07"), "residential number +1"],
            "Residential number +2 from 2024/25 → +2 from 2024/25 P07, +1",
        ),
        (
            [overlay("residential number +2"), overlay("residential number +1", "P07")],
            [],
            "without Residential number +2 from 2024/25, Residential number +1 from 2024/25 P07",
        ),
        (
            ["pay inflation 4%"],
            ["staffing inflation 5%"],
            "Pay inflation 4% from 2024/25 → Staffing inflation 5% from 2024/25",
        ),
    ],
)
def test_changes_of_one_thing_are_one_change_from_what_it_was(
    before: list[str | Overlay], after: list[str | Overlay], label: str
) -> None:
    assert list(told(compared(before, after))) == [label]


def test_other_changes_stand_by_themselves_those_that_are_gone_first() -> None:
    found = compared(["pay inflation +1%", "residential number +2"], ["agency inflation +1%", "residential price +£7"])
    assert list(told(found))[:4] == [
        "without Pay inflation +1% from 2024/25",
        "without Residential number +2 from 2024/25",
        "Agency inflation +1% from 2024/25",
        "Residential price +£7 from 2024/25",
    ]


def test_a_change_that_cannot_be_made_without_another_does_what_it_does_together() -> None:
    found = compared(
        ["residential number 5"], ["residential price £900", "residential number +1", "residential price -£800"]
    )
    assert told(found)["Residential price -£800 from 2024/25 (only with the others)"] == [0, 0, 0]
    assert adds_up(found)


def test_a_plan_that_cannot_be_worked_out_at_all_is_refused() -> None:
    with pytest.raises(OverlayError, match="set twice"):
        compared([], ["residential number 5", "residential number 6"])


def test_an_open_plan_is_compared_as_far_as_it_is_known() -> None:
    lines = ("contract_sum", "staffing", "placements", "overheads")
    open_income = made_from(
        contract_year(contract_sum("500"), *steady(*lines), extract=posted("P1 6010 300"), groups=GROUPS)
    )
    found = compared([], ["residential amount +£5"], open_income)
    missing = (None, None, None)
    assert found.before.position == found.after.position == found.changes[0].position == missing
    assert found.changes[0].closing == missing
    assert found.together is None


# Laid over a scenario ----------------------------------------------------------------------------------------


def over(scenario: Sequence[Overlay], *changes: Overlay) -> list[str]:
    return [each.in_words for each in laid_over(scenario, changes, TEN)]


def test_what_a_change_sets_takes_the_place_of_all_that_the_scenario_does_to_it() -> None:
    worst = [
        overlay("residential number +5", "P04"),
        overlay("residential number x2"),
        overlay("residential price +£5"),
    ]
    assert over(worst, overlay("residential number 9")) == [
        "residential price +£5 from 2024/25",
        "residential number 9 from 2024/25",
    ]


def test_what_a_change_adds_comes_on_top() -> None:
    worst = [overlay("residential number 9")]
    assert over(worst, overlay("residential number +1")) == [
        "residential number 9 from 2024/25",
        "residential number +1 from 2024/25",
    ]


def test_a_group_that_is_set_takes_the_place_of_its_lines_and_a_line_not_of_its_groups() -> None:
    assert over([overlay("agency inflation +1%")], overlay("pay inflation 4%")) == ["pay inflation 4% from 2024/25"]
    assert len(over([overlay("pay inflation +1%")], overlay("agency inflation 4%"))) == 2


def test_before_a_change_begins_and_after_its_last_year_the_scenario_goes_on() -> None:
    worst = [overlay("residential number +5", "P04")]
    assert over(worst, overlay("residential number 9", "2025-26", until="2025-26")) == [
        "residential number +5 from 2024/25 P04 to 2024/25",
        "residential number +5 from 2026/27",
        "residential number 9 from 2025/26 to 2025/26",
    ]
    assert over([overlay("residential number +5", until="2024-25")], overlay("residential number 9", "2026-27")) == [
        "residential number +5 from 2024/25 to 2024/25",
        "residential number 9 from 2026/27",
    ]
    assert over(
        [overlay("residential number +5", "2026-27 P07")], overlay("residential number 9", until="2025-26")
    ) == [
        "residential number +5 from 2026/27 P07",
        "residential number 9 from 2024/25 to 2025/26",
    ]
    assert over(
        [overlay("residential number +5", until="2024-25")], overlay("residential number 9", until="2025-26")
    ) == ["residential number 9 from 2024/25 to 2025/26"]


def test_a_saving_that_is_set_is_set_as_a_whole() -> None:
    worst = [overlay("savings delivery 60%", "2023-24"), overlay("S1 delivery -5%"), overlay("S1 start +3 months")]
    assert over(worst, overlay("S1 delivery 50%")) == [
        "savings delivery 60%",
        "S1 start +3 months",
        "S1 delivery 50%",
    ]
    assert over(worst, overlay("savings delivery 50%")) == ["S1 start +3 months", "savings delivery 50%"]


def test_what_is_still_to_find_goes_on_before_and_after_another_sum_is_set() -> None:
    assert over([overlay("further_saving amount +£9")], overlay("further_saving amount £5", "2025-26", "2025-26")) == [
        "further_saving amount +£9 from 2024/25 to 2024/25",
        "further_saving amount +£9 from 2026/27",
        "further_saving amount £5 from 2025/26 to 2025/26",
    ]


# Laws --------------------------------------------------------------------------------------------------------


@given(some_years(), some_overlays(), some_overlays(), st.sampled_from(["planned", "forecast", "weighted"]))
def test_changes_and_what_they_do_together_come_to_the_whole_difference(
    records: list[Record], before: list[Overlay], after: list[Overlay], view: View
) -> None:
    found = made_from(contract_year(*records, *TEN_PLACES, extract=SPEND, groups=GROUPS))
    forward, back = compare_overlays(found, before, after, view), compare_overlays(found, after, before, view)
    assert adds_up(forward)
    assert adds_up(back)
    assert (forward.before, forward.after) == (back.after, back.before)
    same = compare_overlays(found, before, before, view)
    assert (same.changes, same.together) == ((), None)


def test_the_small_plan_is_compared_in_the_view_that_is_asked_for() -> None:
    found = made_from(small(saving("100", "2024-04-01", confidence="40"), *ALL_STEADY))
    half = [overlay("S1 delivery 50%")]
    assert [int(a or 0) for a in compare_overlays(found, [], half).changes[0].position] == [-50] * 3
    assert [int(a or 0) for a in compare_overlays(found, [], half, "weighted").changes[0].position] == [-20] * 3
