"""Green, amber and red hold every value of a scale once, or the check says which they miss or share."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.banded import banded
from breakeven.ledger.intervals import Cut, Interval
from breakeven.ledger.performance import Kpi
from breakeven.monitoring.band_check import check_bands
from made_kpis import kpi


def faults(found: Kpi) -> list[tuple[str, str]]:
    return [(fault.kind, fault.words) for fault in check_bands(banded(found))]


def test_34_per_cent_and_40_per_cent_divide_a_scale_soundly() -> None:
    assert faults(kpi("<34%", "≥34% <40.0%", "≥40.0%", "lower")) == []


def test_a_target_tolerance_and_failure_that_meet_are_sound() -> None:
    assert faults(kpi("> 75%", ">= 65%", "< 65%", form="nested")) == []


def test_above_65_and_below_65_leave_65_in_no_band() -> None:
    assert faults(kpi("> 75%", "> 65%", "< 65%", form="nested")) == [("gap", "no band holds exactly 65%")]


def test_70_01_and_84_99_fall_between_bands_whose_ends_are_not_in_them() -> None:
    assert faults(kpi("≥85.0%", ">70.01%, <84.99%", "≤70.0%")) == [
        ("gap", "no band holds above 70.0% up to 70.01%, such as 70.01%"),
        ("gap", "no band holds from 84.99% to below 85.0%, such as 84.99%"),
    ]


def test_a_gap_that_no_figure_of_two_places_falls_in_is_still_a_gap() -> None:
    assert faults(kpi("> 70", "> 69.99 < 70", "<= 69.98")) == [
        ("gap", "no band holds above 69.98% up to 69.99%, such as 69.99%"),
        ("gap", "no band holds exactly 70%"),
    ]
    assert faults(kpi(">= 70", "> 50 <= 69.99", "<= 50")) == [
        ("gap", "no band holds above 69.99% to below 70%: no figure to 2 decimal places")
    ]


def test_below_15_and_above_22_at_once_is_impossible_and_leaves_all_between() -> None:
    assert faults(kpi("≤15.0%", "<15.0%, >22.0%", "≥22.0%", "lower")) == [
        ("impossible", "amber is below 15.0% and above 22.0% at once, which no value is"),
        ("gap", "no band holds above 15.0% to below 22.0%"),
    ]


def test_3_to_5_shares_both_its_ends() -> None:
    assert faults(kpi("≤3%", "3% -5.0%", "≥5.0%", "lower")) == [
        ("overlap", "green and amber both hold exactly 3%"),
        ("overlap", "amber and red both hold exactly 5.0%"),
    ]


def test_a_per_cent_in_a_rate_per_10_000_is_another_unit() -> None:
    assert faults(kpi("≤45.0", "<55.0%, >45.0", "≥55.0", "lower", "per 10,000")) == [
        ("unit", "amber is in %, and the measure in per 10,000")
    ]


def test_children_are_no_rate_and_children_per_10_000_are() -> None:
    found = kpi("<65 Children per 10,000", "<= 80 Children", "> 80", "lower", "per 10,000", "nested")
    assert faults(found) == [("unit", "tolerance is in children, and the measure in per 10,000")]


def test_a_vacancy_rate_whose_target_is_above_32_has_its_signs_the_wrong_way_round() -> None:
    assert faults(kpi(">32%", ">37%", "<37%", "lower", form="nested")) == [
        (
            "reversed",
            "lower is better, yet target is above 32% and failure below 37%: the signs are the wrong way round",
        ),
        ("wrong side", "tolerance, above 37%, lies wholly within target, so that no value is amber"),
        ("overlap", "target and failure both hold above 32% to below 37%"),
    ]


def test_higher_is_better_with_green_at_the_bottom_is_reversed_too() -> None:
    kinds = [kind for kind, _ in faults(kpi("< 10", ">= 10 < 30", ">= 30"))]
    assert kinds == ["reversed"]


def test_amber_beyond_red_is_on_the_wrong_side() -> None:
    assert faults(kpi(">= 80", "< 70", ">= 70 < 80")) == [
        ("wrong side", "amber, below 70%, reaches beyond both green and red")
    ]


def test_minus_70_is_off_the_scale_of_a_per_cent_and_70_would_leave_three_gaps() -> None:
    found = faults(kpi(">-70-<77.99%", ">65.0% <69.99% >78.0% -100%", "<65.0%", "between"))
    assert found[0] == (
        "off the scale",
        "green ends at -70, and the measure goes from 0% up to 100%. Were 70 meant: no band holds exactly 65.0%; "
        "no band holds from 69.99% up to 70%, such as 69.99%; no band holds from 77.99% up to 78.0%, such as 77.99%",
    )
    assert [kind for kind, _ in found[1:]] == ["overlap", "overlap", "gap"]


def test_a_stray_sign_that_is_all_that_is_wrong_is_said_to_be() -> None:
    found = faults(kpi(">= -70", ">= 50 < 70", "< 50"))
    assert found[0][1].endswith("Were 70 meant: each value has one band")


def test_a_bound_above_the_scale_is_off_it() -> None:
    assert faults(kpi(">= 80 <= 105", ">= 70 < 80", "< 70")) == [
        ("off the scale", "green ends at 105, and the measure goes from 0% up to 100%")
    ]


def test_where_a_band_is_not_understood_nothing_else_is_said() -> None:
    found = check_bands(banded(kpi("> 75", "about 70", "< 65")))
    assert [(fault.kind, fault.at.ref) for fault in found] == [("unread", "I2")]


def test_bands_are_checked_as_they_are_read_too() -> None:
    found = banded(kpi(">32%", ">37%", "<37%", "lower", form="nested", green_reads="< 32", amber_reads="< 37",
                       red_reads="> 37"))  # fmt: skip
    assert [(fault.words, fault.at.ref) for fault in check_bands(found, as_read=True)] == [
        ("no band holds exactly 37%", "L2")
    ]


def test_a_middle_that_is_best_has_no_wrong_side() -> None:
    assert faults(kpi("70 - 78", ">= 65 < 70 or > 78", "< 65", "between")) == []


def test_bands_without_green_or_red_are_gaps_and_of_no_side() -> None:
    assert [kind for kind, _ in faults(kpi("none", ">= 50", "< 50"))] == []
    assert [kind for kind, _ in faults(kpi("none", ">= 60", "< 50"))] == ["gap"]


# Laws --------------------------------------------------------------------------------------------------------

inner = st.lists(
    st.tuples(st.decimals(1, 99, places=1), st.sampled_from([-1, 1])), min_size=2, max_size=2, unique=True
).map(sorted)
"""Where a scale from 0 to 100 is cut in three."""


def thirds(cuts: list[Cut]) -> list[Interval]:
    return [Interval(low, high) for low, high in pairwise([(Decimal(0), -1), *cuts, (Decimal(100), 1)])]


def of_parts(red: Interval, amber: Interval, green: Interval) -> Kpi:
    return kpi(green.notation, amber.notation, red.notation)


@given(inner)
def test_a_scale_cut_in_three_has_no_fault(cuts: list[Cut]) -> None:
    assert faults(of_parts(*thirds(cuts))) == []


@given(inner)
def test_the_same_three_the_other_way_round_are_reversed_and_nothing_else(cuts: list[Cut]) -> None:
    assert [kind for kind, _ in faults(of_parts(*reversed(thirds(cuts))))] == ["reversed"]


@given(inner, st.sampled_from(["green", "amber", "red"]))
def test_without_one_of_the_three_there_is_one_gap_and_it_is_that_one(cuts: list[Cut], taken: str) -> None:
    red, amber, green = thirds(cuts)
    found = of_parts(red, amber, green).model_copy(update={taken: "none"})
    gaps = [fault.values for fault in check_bands(banded(found)) if fault.kind == "gap"]
    assert gaps == [{"red": red, "amber": amber, "green": green}[taken]]


@given(inner, st.decimals(min_value="0.1", max_value=50, places=1))
def test_amber_that_reaches_into_green_overlaps_it_by_as_much(cuts: list[Cut], more: Decimal) -> None:
    red, amber, green = thirds(cuts)
    longer = replace(amber, high=min((amber.high[0] + more, amber.high[1]), green.high))
    overlaps = [fault for fault in check_bands(banded(of_parts(red, longer, green))) if fault.kind == "overlap"]
    assert [(fault.colours, fault.values) for fault in overlaps] == [
        (("green", "amber"), Interval(green.low, longer.high))
    ]


@given(inner, st.decimals(0, 100, places=2))
def test_a_value_has_one_band_unless_a_fault_holds_it(cuts: list[Cut], value: Decimal) -> None:
    red, amber, green = thirds(cuts)
    broken = of_parts(red, replace(amber, low=(amber.low[0] + 1, amber.low[1])), green)
    own = banded(broken).of(value)
    held = [fault for fault in check_bands(banded(broken)) if fault.values and value in fault.values]
    assert (len(own) == 1) == (not [fault for fault in held if fault.kind in {"gap", "overlap"}])


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_each_fault_names_the_cell_of_the_band_it_is_in(better: str) -> None:
    found = check_bands(banded(kpi("≤3%", "3% -5.0%", "≥5.0%", better)))
    assert {fault.at.ref for fault in found} <= {"H2", "I2", "J2"}
