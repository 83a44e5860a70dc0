"""What a name stands for: a saving, a group, a line of income, a line, or the lines of a category."""

import pytest

from breakeven.ledger.savings import Saving
from breakeven.ledger.targets import OverlayError, Target, lines_named, schemes_named, target_of
from made import FIVE_LINES, chart, contract_year, line, overlay, saving

PAY = ("social_workers", "agency")
SAVINGS = (saving("100", "2023-10-01", ref="S23-01", status="delivered"), saving("50", "2024-04-01", ref="S24-01"))
BODY = contract_year(groups={"pay": ("staffing",), "People costs": ("Agency", "contract_sum", "Staffing")}).body


def named(said: str, since: str = "", until: str = "", savings: tuple[Saving, ...] = SAVINGS) -> Target:
    return target_of(overlay(said, since, until), BODY, savings)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("residential", ("residential",)),
        ("Social workers", PAY[:1]),
        ("staffing", PAY),
        ("pay", PAY),
        ("people_costs", ("agency", "contract_sum", "social_workers")),
        ("contract_sum", ("contract_sum",)),
        ("Third-party income", ("third_party_income",)),
        ("unmapped", ("unmapped",)),
        ("hindsight", ()),
    ],
)
def test_a_name_leads_to_its_lines_each_of_them_once(name: str, lines: tuple[str, ...]) -> None:
    assert lines_named(name, BODY) == lines


def test_a_saving_is_known_by_its_reference_its_priority_or_with_all_the_others() -> None:
    assert schemes_named("s24-01", SAVINGS) == ("S24-01",)
    assert schemes_named("people", SAVINGS) == schemes_named("savings", SAVINGS) == ("S23-01", "S24-01")
    assert schemes_named("S99", SAVINGS) == ()


def test_a_savings_reference_comes_before_a_priority_and_both_before_a_line() -> None:
    both = (saving("1", "2024-04-01", ref="People"), saving("2", "2024-04-01", ref="agency"))
    assert schemes_named("people", both) == ("People",)
    assert named("agency amount +£5", savings=both) == Target(schemes=("agency",))
    assert named("agency amount +£5") == Target(lines=("agency",))


def test_a_change_of_rate_bears_on_every_line_of_a_group() -> None:
    assert named("pay inflation 4%") == Target(lines=PAY)
    assert named("savings delivery 60%") == Target(schemes=("S23-01", "S24-01"))


def test_a_sum_added_to_several_is_one_sum_that_the_first_carries_and_of_savings_the_first_to_be_made() -> None:
    assert named("pay amount +£5") == Target(lines=PAY[:1])
    assert named("pay amount x1.1") == Target(lines=PAY)
    assert named("savings amount +£5") == Target(schemes=("S24-01",))
    assert named("savings amount +£5", savings=SAVINGS[:1]) == Target(schemes=("S23-01",))


@pytest.mark.parametrize(
    ("said", "since", "until", "why"),
    [
        ("residental number +5", "", "", "no line, category, group or saving is called 'residental'"),
        ("residential delivery 50%", "", "", "'residential' is a line, which has no delivery"),
        ("S24-01 growth 2%", "", "", "'S24-01' is a saving, which has no growth"),
        ("contract_sum number +5", "", "", "'contract_sum' is income, which has no number; its amount is in pounds"),
        ("people_costs price +£5", "", "", "'people_costs' is income, which has no price"),
        ("pay amount £5", "", "", "a sum is set for one line, and 'pay' is 2"),
        ("savings amount £5", "", "", "a sum is set for one line, and 'savings' is 2"),
        ("S24-01 delivery 50%", "P07", "", "'S24-01' is a saving, changed as a whole: from 2024/25, with no period"),
        ("S24-01 delivery 50%", "2025-26", "", "'S24-01' is a saving, changed as a whole: from 2024/25"),
        ("S24-01 delivery 50%", "", "2025-26", "'S24-01' is a saving, changed as a whole: from 2024/25"),
    ],
)
def test_a_change_that_nothing_can_bear_is_told_why(said: str, since: str, until: str, why: str) -> None:
    with pytest.raises(OverlayError, match=why):
        named(said, since, until)


def test_a_change_of_a_saving_from_a_year_gone_by_is_one_from_the_plans_start() -> None:
    assert named("S24-01 delivery 50%", "2022-23 P07") == Target(schemes=("S24-01",))


def test_what_is_still_to_find_is_a_sum_from_any_time_and_no_scheme() -> None:
    found = named("further_saving amount +£5", "2025-26 P07", "2026-27")
    assert (found, found.is_whole) == (Target(schemes=("further_saving",)), False)
    assert named("S24-01 delivery 50%").is_whole
    assert not named("residential number +5").is_whole


def test_a_category_of_one_line_is_that_line_and_no_savings_are_none() -> None:
    body = contract_year(accounts=chart(*FIVE_LINES[:1], line("premises", "overheads", "O1"))).body
    assert lines_named("overheads", body) == ("premises",)
    with pytest.raises(OverlayError, match="saving is called 'savings'"):
        target_of(overlay("savings delivery 50%"), body, ())
