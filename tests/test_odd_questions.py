"""Odd questions to what-if: each is answered as it was asked, or by what is wrong with it, in a sentence."""

from decimal import Decimal

import pytest

from commands import run


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ([], "say what changes, as breakeven what-if residential=+5 pay=4% --from P07"),
        (["residental=+5"], "no line, category, group or saving is called 'residental'; did you mean residential?"),
        (["S24-99=50%"], "called 'S24-99'; did you mean S24-"),
        (["--scenaro", "worst"], "expected NAME=VALUE such as residential=+5 or pay=4%, found '--scenaro'"),
        (["residential=+1e999"], "found '+1e999'"),
        (["pay=4%%"], "found '4%%'"),
        (["=5"], "expected NAME=VALUE"),
        (["residential="], "expected NAME=VALUE"),
        (["residential=+" + "9" * 300], "to add number takes from -1,000,000 to 1,000,000 of them"),
        (["premises=+£" + "9" * 20], "to add amount takes from -1,000,000,000,000 to 1,000,000,000,000 pounds"),
        (["residential=-500"], "Residential would have -439.67 as its number in 2024/25, which is not from 0"),
        (["residential=73", "residential=74"], "Residential has its number set twice"),
        (["contract_sum=0"], "'contract_sum' is income, which has no number; its amount is in pounds"),
        (["2025-26"], "'2025-26' is no change, as residential=+5 is, and no ledger folder"),
        (
            ["premises=5"],
            "Premises has no number of placements or posts that anybody has given: did you mean premises=5%",
        ),
        (["unmapped=+£5k"], "the plan has no line 'unmapped'"),
        (
            ["premises=£2m", "--from", "P07"],
            "a sum is set for a whole year, so Premises cannot be set from 2024/25 P07",
        ),
        (["pay=+500%"], "Social workers would have 503.5 as its inflation in 2024/25, which is not from -100 to 100"),
        (["pay=x-1"], "to multiply amount takes from 0 to 1,000 times"),
        (["S24-03=-1%", "S24-03=-100%"], "S24-03 would come to less than nil"),
        (["S24-03=+300months"], "to add start takes from -120 to 120 months"),
        (["S24-03=-24months"], "S24-03 would start before 2024/25, the plan's first year"),
        (["S23-01=+3months"], "S23-01 began by the end of 2023/24, whose outturn holds it: it cannot move"),
        (["S24-03=50"], "say whether 50% of it is delivered, or it comes to £50, or starts +50 months later"),
        (["residential=+5", "--from", "P13"], "a change starts in P01 to P12; P13 is the year-end adjustments alone"),
        (["residential=+5", "--from", "2031-32"], "2031/32 is no year of the plan, 2024/25 to 2026/27"),
        (["residential=+5", "--from", "soon"], "expected a contract year such as 2023-24, found 'soon'"),
        (["residential=+5", "--from", "P07 P08"], "expected a year, a period or both, such as '2025-26 P07'"),
        (["residential=+5", "--from", "2025-26", "--to", "2024-25"], "2024/25 is before 2025/26"),
        (["residential=+5", "--scenario", "wurst"], "the folder has no scenario 'wurst'; it has best, central, worst"),
        (["residential=+5", "--json", "--csv"], "--json and --csv are two answers; ask for one"),
    ],
)
def test_an_odd_question_is_answered_by_what_is_wrong_with_it(args: list[str], why: str) -> None:
    said = run("what-if", *args)
    assert (said.code, said.out) == (2, "")
    assert why in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "position"),
    [
        (["pay=-100%", "--from", "P07"], 16_076_883),  # half a year at 3.5 and at -96.5 per cent, on 33,230,643
        (["contract_sum=£0"], -80_800_000),
        (["S24-03=200%"], 420_000),
        (["S24-03=+24months"], -420_000),
        (["S24-03=0%"], -420_000),
        (["pay=+0%", "residential=+0", "savings=100%", "premises=x1"], 0),
    ],
)
def test_an_extreme_question_is_answered_as_it_was_asked(args: list[str], position: int) -> None:
    said = run("what-if", *args, "--json")
    assert said.code == 0
    (row,) = [each for each in said.data["rows"] if each["id"] == "position_after"]
    assert Decimal(row["values"]["2024-25"]) == position
