"""solve and sensitivity as a person runs them on the example."""

import re
import shlex
from decimal import Decimal
from pathlib import Path

import pytest

import breakeven as be
from breakeven.plan.asked import Asked
from commands import copied, edited, run


def test_without_a_target_it_shows_every_year_and_the_targets_by_priority() -> None:
    said = run("solve")
    assert said.code == 0
    assert "Savings targets 2024/25" in said.out
    assert "1,115,700" in said.out  # still to find, weighted


@pytest.mark.parametrize("using", ["saving", "contract_sum"])
@pytest.mark.parametrize("year", ["2024-25", "2026-27"])
def test_what_is_found_clears_the_deficit_and_a_pound_less_does_not(using: str, year: str) -> None:
    end = be.work_out(be.load("ledgers/2023-24"), "weighted")
    found = be.solve(end, "clear", using, Asked(year=year))
    assert found.outcome == "reached"
    cleared = be.what_if(end, found.overlays).after.closing[[str(each) for each in end.plan.years].index(year)]
    assert cleared is not None
    assert 0 <= cleared < 3
    less = [each.model_copy(update={"value": each.value - 1}) for each in found.overlays]
    assert (be.what_if(end, less).after.closing[[str(each) for each in end.plan.years].index(year)] or Decimal(0)) < 0


def test_what_cannot_be_done_says_how_near_it_comes() -> None:
    said = run("solve", "--target", "clear", "--by", "2024/25", "--lines", "transport", "--cap", "5%")
    assert said.code == 1
    assert "2024/25" in said.out


def test_sensitivity_is_drawn_as_a_tornado_and_fits() -> None:
    for width in (80, 120):
        said = run("sensitivity", "--top", "5", width=width)
        assert said.code == 0
        assert "adverse A" in said.out
        assert max(map(len, said.out.splitlines())) <= width
    rows = {row["id"]: row["values"] for row in run("sensitivity", "--json").data["rows"]}
    assert len(rows) > 20


def test_what_is_not_known_is_said_with_the_nearest() -> None:
    said = run("solve", "--target", "break-even", "--with", "residental.number")
    assert (said.code, said.out) == (2, "")
    assert "residential" in said.err


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        (("--target", "break-even", "--in", "2025/26", "--savings", "weighted"), "position"),
        (("--target", "clear", "--by", "2025/26", "--from", "P07"), "closing"),
        (("--target", "clear", "--with", "contract_sum,pay,residential.number,residential.price+"), "closing"),
        (
            ("--target", "clear", "--hold", "staffing,placements", "--cap", "premises=1,250,000,transport=900k"),
            "closing",
        ),
        (("--target", "balance=-£9m", "--with", "pay+,residential.growth", "--scenario", "worst"), "closing"),
    ],
)
def test_the_what_if_that_a_page_gives_comes_to_what_the_page_says_to_the_pound(
    asked: tuple[str, ...], row: str
) -> None:
    rows = {each["id"]: each["values"] for each in run("solve", *asked, "--json").data["rows"]}
    notes = " ".join(run("solve", *asked, width=200).out.replace("\n  ", " ").split("Notes")[1].split())
    commands = re.findall(r"Change by change: breakeven (.*?)(?= - (?:Change|Rows))", notes)
    assert commands
    for number, command in enumerate(commands, start=1):
        after = {each["id"]: each["values"] for each in run(*shlex.split(command), "--json").data["rows"]}
        assert after[f"{row}_after"] == rows[f"{row}.solved_{number}"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("--target", "break-even", "--in", "2024/25", "--by", "2025/26"), "two ways to name one year"),
        (("--target", "clear", "--by-priority", "--with", "pay"), "it goes with no --with"),
        (("--target", "clear", "--by-priority", "--lines", "residential"), "targets are of priorities"),
        (("--with", "pay"), "say what is to be reached: --target break-even"),
        (("--target", "clear", "--step", "nan"), "a step is a number above nil, not NaN"),
        (("--target", "clear", "--step", "most"), "--step takes a number such as 1 or 0.25, not 'most'"),
        (("--target", "clear", "--weights", "residential=3", "--share", "even"), "--weights share by weight, not even"),
        (("--target", "clear", "--share", "weights"), "--share weights needs --weights"),
        (("--target", "clear", "--by", "2024/25", "--from", "2026/27"), "comes too late for 2024/25"),
        (("--target", "clear", "--json", "--csv"), "ask for one"),
        (("--target", "clear", "--scenario", "wrst"), "it has best, central, worst"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(asked: tuple[str, ...], why: str) -> None:
    said = run("solve", *asked)
    assert (said.code, said.out) == (2, "")
    assert why in said.err


def test_a_plan_that_is_open_in_its_last_years_is_solved_over_those_that_are_known() -> None:
    refused = run("solve", "--target", "clear", "--years", "5")
    assert (refused.code, refused.out) == (1, "")
    assert "every line, from 2027/28 on; --years 3 asks only of the years that are known" in refused.err
    assert run("solve", "--target", "clear", "--years", "3").out == run("solve", "--target", "clear").out
    data = run("sensitivity", "--years", "2", "--json").data
    assert [column["id"] for column in data["columns"]][1:4] == ["up_2024-25", "up_2025-26", "up_closing"]


def test_the_what_if_that_a_page_gives_is_of_the_folder_that_was_asked_of(tmp_path: Path) -> None:
    folder = copied(tmp_path / "the year")
    said = " ".join(run("solve", folder, "--target", "clear", width=400).out.split())
    (command,) = re.findall(r"Change by change: breakeven (.*?) - Rows", said)
    assert run(*shlex.split(command), "--json").data["title"] == "What if: further_saving=+£3,598,120"


def test_a_saving_that_is_not_needed_has_no_row_and_no_table_of_who_makes_it() -> None:
    said = run("solve", "--target", "break-even", "--lines", "transport,residential")
    assert said.code == 0
    assert "No further saving is needed to break even in 2024/25: the plan does so already." in said.out
    assert "with a saving" not in said.out
    assert "Change by change" not in run("solve", "--target", "break-even").out
    assert "Who makes the saving" not in said.out


def test_what_each_line_saves_comes_to_the_whole_and_is_within_its_cap() -> None:
    data = run("solve", "--target", "clear", "--hold", "staffing", "--cap", "5%", "--json").data
    lines = [row["values"] for row in data["shares"]["rows"]]
    for column in ("cost", "cap", "saving"):
        *parts, whole = [Decimal(line[column]) for line in lines]
        assert sum(parts) == whole
    assert all(Decimal(line["saving"]) <= Decimal(line["cap"]) <= Decimal(line["cost"]) / 20 for line in lines[:-1])
    assert Decimal(lines[-1]["saving"]) == Decimal(data["solutions"][0]["value"])


def test_a_deficit_that_no_saving_can_clear_is_left_open_with_the_reason(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "contract.xlsx") as book:
        for cell in (book["Balances"]["C2"], book["Balances"]["C3"]):
            cell.value = -150_000_000
        (total,) = [row[3] for row in book["Control totals"].iter_rows() if row[0].value == "Balances"]
        total.value = -300_000_000
    said = run("solve", folder, "--savings", "planned", width=120)
    (line,) = [line for line in said.lines if "to clear the deficit by then" in line]
    # 154,253,670 less the surpluses of 345,449 and 91,155, over two years and over three; 91,801,443 is spent in one.
    assert re.findall(r"\[x\]|\d[\d,]+", line) == ["[x]", "76,954,111", "51,272,356"]
    assert "[x] cannot be done: more than all that is spent would have to be saved." in said.out


def test_sensitivity_takes_steps_and_a_year_and_says_what_it_takes() -> None:
    rows = {
        row["id"]: row["values"]
        for row in run("sensitivity", "--step", "2", "--year", "2024-25", "--json").data["rows"]
    }
    assert rows["staffing.inflation"]["step"] == "2 points"
    # 2% of 32,434,958 less what agency workers cost, who have a rate of their own: 28,920,058, each line rounded.
    assert rows["staffing.inflation"]["up_2024-25"] == "-578400.00"
    ids = [row["id"] for row in run("sensitivity", "--json").data["worth"]["rows"]]
    assert "residential" in ids
    said = run("sensitivity", "--step", "percnt=2")
    assert (said.code, said.out) == (2, "")
    assert "did you mean percent?" in said.err
