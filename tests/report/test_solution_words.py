"""What was solved for, as a page says it: what it must be and from when on, or how near it comes."""

import pytest

from breakeven.ledger.scenarios import Overlay
from breakeven.plan.asked import Asked, solve_asked
from breakeven.plan.setting import Setting
from breakeven.plan.sharing import Sharing
from breakeven.plan.solve import Solution
from breakeven.report.solution_words import solution_sentence, what_if_command
from made import assumed, overlay, saving
from made_plans import housed, made_from

HALF = saving("20_000", "2024-04-01")
"""A scheme that turns the 17,000 that the plan is short of each year into 3,000 over."""


def solved(target: str, using: str = "saving", asked: Asked | None = None, *overlays: Overlay) -> Solution:
    """What ten placements, other lines of 252,000 and income of 600,000 take; the deficit starts at 37,000."""
    return solve_asked(Setting(made_from(housed()), overlays), target, using, asked or Asked())


@pytest.mark.parametrize(
    ("target", "using", "asked", "sentence"),
    [
        ("break-even", "saving", Asked(),
         "A further saving of £17,000 a year from 2024/25 would break even in 2024/25."),
        ("clear", "saving", Asked(lines=("placements",)),
         "A saving of £29,334 a year on Residential and Fostering from 2024/25 would clear the deficit by 31 March "
         "2027, with £2 to spare."),
        ("break-even", "saving", Asked(held=("fostering",), since="P07"),
         "A saving of £33,999 a year on 4 lines from 2024/25 P07 would break even in 2024/25."),
        ("break-even", "contract_sum", Asked(),
         "Contract sum at £517,000 in 2024/25 (the plan has £500,000) would break even in 2024/25."),
        ("break-even", "contract_sum+", Asked(until="2025-26"),
         "Contract sum £17,000 a year higher from 2024/25 to 2025/26 would break even in 2024/25."),
        ("break-even", "pay", Asked(),
         "Pay inflation at -9.45% from 2024/25 (the plan has 0%) would break even in 2024/25, with £10 to spare."),
        ("break-even", "pay+", Asked(),
         "Pay inflation 9.45 points lower than assumed from 2024/25 would break even in 2024/25, with £10 to spare."),
        ("break-even", "residential.number", Asked(),
         "Residential at 9.5 placements from 2024/25 (the plan has 10) would break even in 2024/25, with £1,250 to "
         "spare."),
        ("break-even", "residential.number+", Asked(),
         "Residential with 0.5 placements fewer from 2024/25 would break even in 2024/25, with £1,250 to spare."),
        ("break-even", "residential.price", Asked(),
         "Residential price at £667 a week from 2024/25 (the plan has £700) would break even in 2024/25, with £207 to "
         "spare."),
        ("break-even", "residential.price+", Asked(),
         "Residential price £33 a week lower from 2024/25 would break even in 2024/25, with £207 to spare."),
        ("position=-20k", "saving", Asked(),
         "No further saving is needed to reach a deficit of £20,000 in 2024/25: the plan does so already, with £3,000 "
         "to spare."),
        ("position=-17000", "saving", Asked(),
         "No further saving is needed to reach a deficit of £17,000 in 2024/25: the plan does so already."),
        ("position=-10m", "residential.number", Asked(),
         "Residential at 100 placements from 2024/25 (the plan has 10) would still reach a deficit of £10,000,000 in "
         "2024/25, with £6,698,000 to spare."),
        ("break-even", "saving", Asked(sharing=Sharing(caps=("10k",))),
         "It cannot be done so: the most that a further saving can give is £10,000 a year from 2024/25, which leaves "
         "£7,000 to find to break even in 2024/25."),
        ("position=400k", "residential.number", Asked(),
         "It cannot be done so: the most that Residential can give is £365,000 in 2024/25, with Residential at 0 "
         "placements from 2024/25, which leaves £52,000 to find to reach a surplus of £400,000 in 2024/25."),
    ],
)  # fmt: skip
def test_an_answer_says_what_it_must_be_from_when_on_and_what_it_leaves(
    target: str, using: str, asked: Asked, sentence: str
) -> None:
    assert solution_sentence(solved(target, using, asked)) == sentence


def test_delivery_holds_for_the_whole_of_a_saving_and_what_the_plan_has_of_it_is_what_its_scenario_has() -> None:
    setting = Setting(made_from(housed(HALF)), (overlay("S1 delivery 90%"),))
    assert solution_sentence(solve_asked(setting, "break-even", "S1", Asked())) == (
        "S1 delivery at 85% (the plan has 90%) would break even in 2024/25."
    )
    assert solution_sentence(solve_asked(setting, "break-even", "S1.delivery+", Asked())) == (
        "S1 delivery 5 points lower would break even in 2024/25."
    )


def test_a_number_that_nobody_says_what_it_is_of_stands_alone() -> None:
    priced = housed(assumed("fostering", "3", "number"), assumed("fostering", "8000", "price", unit="£ a year"))
    found = solve_asked(Setting(made_from(priced)), "position=-9000", "fostering.number", Asked())
    assert solution_sentence(found) == (
        "Fostering at 2 from 2024/25 (the plan has 3) would reach a deficit of £9,000 in 2024/25."
    )


def test_what_has_no_bearing_says_whether_the_goal_is_reached_without_it() -> None:
    stated = Setting(made_from(housed(assumed("contract_sum", "500000", "sum"))))
    short, met = (
        solution_sentence(solve_asked(stated, target, "contract_sum.growth", Asked()))
        for target in ("break-even", "position=-17k")
    )
    assert short == (
        "Contract sum growth from 2024/25 has no bearing on it: the aim to break even in 2024/25 is £17,000 away, "
        "whatever it is."
    )
    assert met.endswith("the aim to reach a deficit of £17,000 in 2024/25 is reached without it.")


def test_where_more_is_not_always_better_the_page_says_so() -> None:
    setting = Setting(made_from(housed(assumed("fostering", "-1_095_000", "sum", 2025))))
    found = solve_asked(setting, "position=1100000", "placements.growth", Asked(year="2026-27"))
    assert solution_sentence(found).endswith("More of it is not always better, so other values may do so too.")


def test_figures_that_rest_on_illustrative_cells_are_marked() -> None:
    assert solution_sentence(solved("break-even", "pay"), "*").startswith("Pay inflation at -9.45%* from 2024/25")
    assert solution_sentence(solved("break-even", "residential.number"), "*").startswith(
        "Residential at 9.5* placements"
    )
    assert solution_sentence(solved("break-even"), "*").startswith("A further saving of £17,000* a year")


@pytest.mark.parametrize(
    ("using", "asked", "command"),
    [
        ("saving", Asked(), "breakeven what-if further_saving=+£17,000"),
        ("saving", Asked(lines=("placements",)), "breakeven what-if residential=-£15,951 fostering=-£1,049"),
        ("pay", Asked(), "breakeven what-if 'pay=to -9.45%'"),
        ("residential.price", Asked(), "breakeven what-if residential.price=£667"),
        ("saving", Asked(since="P07", until="2025-26"),
         "breakeven what-if further_saving=+£33,999 --from '2024-25 P07' --to 2025-26"),
    ],
)  # fmt: skip
def test_an_answer_is_told_as_the_what_if_that_lays_it_over_the_plan(using: str, asked: Asked, command: str) -> None:
    assert what_if_command(solved("break-even", using, asked)) == command


def test_a_saving_that_is_not_needed_has_no_what_if_and_one_of_a_scenario_starts_from_it() -> None:
    assert not what_if_command(solved("position=-20k", "saving", Asked(lines=("placements",))))
    assert what_if_command(solved("break-even"), options="--scenario worst").endswith("=+£17,000 --scenario worst")


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("", "+£17,000"),
        ("ledgers/2024-25", "+£17,000 ledgers/2024-25"),
        ("Ledgers & more", "+£17,000 'Ledgers & more'"),
    ],
)
def test_the_what_if_is_of_the_folder_that_was_solved(folder: str, said: str) -> None:
    assert what_if_command(solved("break-even"), folder) == f"breakeven what-if further_saving={said}"
