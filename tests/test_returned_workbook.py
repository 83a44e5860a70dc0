"""A workbook that comes back: verify proves it whole, compare lists what was changed, and plan --from takes it over."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import EXAMPLE, Said, copied, edited, run
from made_workbooks import example_bytes, place_of

Edit = Callable[[Any], object]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(example_bytes())
    return path


def changed(file: Path, *edits: Edit) -> Path:
    with edited(file) as book:
        for edit in edits:
            edit(book)
    return file


def typed(key: tuple[str, ...], value: object) -> Edit:
    """Type something into an input."""
    sheet, at = place_of(key)

    def edit(book: Any) -> None:
        book[sheet][at] = value

    return edit


def cell(sheet: str, at: str, value: object) -> Edit:
    def edit(book: Any) -> None:
        book[sheet][at] = value

    return edit


def without(sheet: str) -> Edit:
    def edit(book: Any) -> None:
        book.remove(book[sheet])

    return edit


def row_added(sheet: str, row: int) -> Edit:
    def edit(book: Any) -> None:
        book[sheet].insert_rows(row)

    return edit


def row_taken(sheet: str, row: int) -> Edit:
    def edit(book: Any) -> None:
        book[sheet].delete_rows(row)

    return edit


def unnamed(book: Any) -> None:
    del book.defined_names["Scenario"]


def renamed(book: Any) -> None:
    book.defined_names["Scenario"].attr_text = "Choices!$B$7"


def positions(said: Said, row_id: str) -> list[Decimal]:
    (row,) = [each for each in said.data["rows"] if each["id"] == row_id]
    return [Decimal(value) for value in row["values"].values()]


# verify ------------------------------------------------------------------------------------------------------


def test_a_workbook_as_it_was_written_is_whole(file: Path) -> None:
    said = run("verify", file, EXAMPLE, width=120)
    assert said.code == 0
    assert said.out.startswith("plan.xlsx is whole: 7,901 formulas on 25 sheets as written, and its own checks hold.")


def test_what_is_typed_into_inputs_breaks_nothing(file: Path) -> None:
    changed(file, typed(("choice", "scenario"), "worst"), typed(("pressure", "0", "amount"), 150_000))
    assert run("verify", file, EXAMPLE).code == 0


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (cell("Plan", "E8", 90_000_000), "'[plan.xlsx]Plan'!E8: holds 90,000,000, typed over the formula =IF(COUNT("),
        (cell("Plan", "E8", "=E6"), "'[plan.xlsx]Plan'!E8: has the formula =E6, and not =IF(COUNT("),
        (cell("Plan", "E8", None), "'[plan.xlsx]Plan'!E8: is empty; its formula is =IF(COUNT("),
        (cell("Starting points", "D8", 1), "points'!D8: holds 1, and not 11,900,618, which is locked"),
        (cell("Plan", "P60", 7), "'[plan.xlsx]Plan'!P60: holds 7, where the workbook has nothing"),
        (without("Checks"), "'[plan.xlsx]Checks': the sheet is lost"),
        (row_added("Lines", 40), "1 row inserted before row"),
        (row_taken("Savings", 9), "1 row removed at row 9"),
        (unnamed, "the name Scenario is lost"),
        (renamed, "the name Scenario is now Choices!$B$7, not Choices!$B$6"),
        (typed(("choice", "view"), "all"), "Savings counted is 'all', and takes one of planned, forecast, weighted"),
        (typed(("choice", "scenario"), "wurst"), "!B6: Scenario is 'wurst', and takes one of no scenario, best, "),
        (typed(("choice", "opening"), 0), "!B8: Opening balance (£11,230,962) → £0: contradicts the year that is over"),
        (typed(("saving", "16", "delivered"), 50_000), "blank → £50,000: no entry of Deliveries says so"),
        (typed(("saving", "0", "amount"), "a lot"), "is 'a lot', and takes a number from 0 to 1,000,000,000,000"),
    ],
)  # fmt: skip
def test_each_thing_that_is_broken_is_named_with_its_cell(file: Path, edit: Edit, words: str) -> None:
    said = run("verify", changed(file, edit), EXAMPLE, width=200)
    assert said.code == 1
    assert words in said.out, said.out[:2000]
    assert (len(said.out.splitlines()), said.err) == (1, "plan.xlsx is not whole: 1 thing to put right\n")


def test_inputs_that_fail_a_check_are_said_so(file: Path) -> None:
    wrong = changed(file, typed(("choice", "scenario"), "worst"), typed(("saving", "28", "ramp_months"), 6))
    said = run("verify", wrong, EXAMPLE, width=200)
    assert said.code == 1
    assert (
        "'!E18: the workbook's own check fails: No one-off has months to grow over: how many do: 1, and not 0"
        in said.out
    )


def test_a_file_of_the_folder_that_has_changed_since_is_named(file: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "contract.xlsx") as book:
        book.properties.title = "Another file of the same figures"
    said = run("verify", file, folder, width=200)
    assert said.code == 1
    assert said.out == "'[plan.xlsx]Sources': contract.xlsx has changed since this workbook was made\n"
    assert (
        "Changed in the folder since plan.xlsx was made: contract.xlsx" in run("compare", file, folder, width=200).out
    )


def test_where_the_folder_has_moved_on_that_is_said_and_no_locked_cell_is_accused(file: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "plan.xlsx") as book:
        inflation = next(row for row in book["Assumptions"].iter_rows() if row[0].value == "Staffing")
        inflation[3].value += 1
        book["Control totals"]["D2"].value += 1
    said = run("verify", changed(file, cell("Plan", "E8", 1)), folder, width=200)
    assert (said.code, len(said.out.splitlines())) == (1, 3)
    assert "Sources': plan.xlsx has changed since this workbook was made" in said.out
    assert "'[plan.xlsx]Plan'!E8: holds 1, typed over the formula" in said.out
    assert (
        "not as the folder now gives them, and not held against the workbook: Contents 1, Reconciliation 7" in said.out
    )


def test_a_workbook_of_another_year_or_program_is_refused_in_one_line(file: Path) -> None:
    def a_year_before(book: Any) -> None:
        for sheet in book:
            if sheet["D4"].value == 2023:
                sheet["D4"] = 2022

    said = run("verify", changed(file, a_year_before), EXAMPLE)
    assert (said.code, said.out, said.err) == (3, "", "[plan.xlsx]: made from 2022/23; this folder is 2023/24\n")
    said = run("compare", EXAMPLE / "plan.xlsx", EXAMPLE)
    assert (said.code, said.err) == (3, "[plan.xlsx]: not a workbook that `breakeven report --format xlsx` wrote\n")


def test_verify_as_json_lists_each_cell(file: Path) -> None:
    said = run("verify", changed(file, cell("Plan", "E8", 1)), EXAMPLE, "--json")
    assert [(each["sheet"], each["cell"]) for each in said.data["broken"]] == [("Plan", "E8")]


# compare and plan --from -------------------------------------------------------------------------------------


def test_a_workbook_with_nothing_changed_does_not_differ(file: Path) -> None:
    said = run("compare", file, EXAMPLE, width=120)
    assert (said.code, "No input was changed." in said.out) == (0, True)
    assert "Nothing differs between plan and plan" in said.out


def test_a_scenario_that_is_picked_is_the_folders_own_scenario(file: Path) -> None:
    changed(file, typed(("choice", "scenario"), "worst"))
    taken, own = run("plan", EXAMPLE, "--from", file, "--json"), run("plan", EXAMPLE, "--scenario", "worst", "--json")
    assert taken.data["rows"] == own.data["rows"]


def test_compare_lists_each_input_and_what_it_does_and_all_adds_up(file: Path) -> None:
    changed(
        file,
        typed(("choice", "opening"), -10_000_000),
        typed(("assumption", "residential", "inflation", "%", "2025-26"), 6),
        typed(("assumption", "social_workers", "step", "£", "2024-25"), 100_000),
        typed(("assumption", "transport", "inflation", "%", "2024-25"), None),
        typed(("saving", "18", "start"), datetime(2024, 10, 1)),  # noqa: DTZ001  (Excel has no zones)
        typed(("confidence", "at risk"), 50),
    )
    said = run("compare", file, EXAMPLE, "--json")
    by_change = [row for row in said.data["rows"] if row["id"].startswith(("change", "together"))]
    rows = {row["label"]: [Decimal(value) for value in row["values"].values()] for row in by_change}
    assert rows["Residential: inflation in 2025/26 3.5% → 6%"] == [0, -483_516, -503_002]
    assert rows["Social workers: step in 2024/25 blank → £100,000"] == [-100_000, -103_000, -105_575]
    assert rows["S24-05 Pre-proceedings work lowers legal cost: start 01/04/2024 → 01/10/2024"] == [-60_000, 0, 0]
    moved = [sum(values) for values in zip(*(v for k, v in rows.items() if "→" in k or "Together" in k), strict=True)]
    before, after = positions(said, "position_before"), positions(said, "position_after")
    assert [b + m for b, m in zip(before, moved, strict=True)] == after
    taken = run("plan", EXAMPLE, "--from", file, "--json")
    assert positions(taken, "position") == after
    assert positions(taken, "opening_balance")[0] == -10_000_000
    assert "warning: Choices B8, Opening balance (£11,230,962) → (£10,000,000): contradicts" in " ".join(
        run("plan", EXAMPLE, "--from", file, width=200).err.split()
    )


def test_a_forecast_moves_no_position_of_savings_as_planned_but_what_is_identified_and_still_to_find(
    file: Path,
) -> None:
    said = run("compare", changed(file, typed(("saving", "16", "forecast"), 250_000)), EXAMPLE, "--json")
    assert positions(said, "position_before") == positions(said, "position_after")
    assert positions(said, "identified_change_1") == [-26_000, -31_200, -31_200]
    assert positions(said, "still_to_find_before") == [1_115_700, 1_201_751, 1_456_045]
    assert positions(said, "still_to_find_after") == [1_141_700, 1_232_951, 1_487_245]
    assert not [row for row in said.data["rows"] if row["id"] == "change_1"]


def test_a_scenario_row_that_is_typed_otherwise_counts_once_it_is_picked(file: Path) -> None:
    changed(file, typed(("scenario", "5", "value"), 30))
    assert positions(run("compare", file, EXAMPLE, "--json"), "position_after") == [0, 345_449, 91_155]
    changed(file, typed(("choice", "scenario"), "worst"))
    worse = positions(run("compare", file, EXAMPLE, "--json"), "position_after")[0]
    assert worse < positions(run("plan", EXAMPLE, "--scenario", "worst", "--json"), "position")[0]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (typed(("saving", "0", "amount"), "=1+1"), "is the formula =1+1, and takes a number from 0"),
        (typed(("saving", "0", "amount"), None), "is blank, and takes a number from 0"),
        (typed(("saving", "0", "amount"), -5), "is -5, and takes a number from 0"),
        (typed(("saving", "28", "ramp_months"), 6), "a one-off saves its whole sum at once"),
        (typed(("choice", "scenario"), "dreadful"), "Scenario is 'dreadful', and takes one of no scenario"),
        (typed(("choice", "view"), "hoped for"), "Savings counted is 'hoped for', and takes one of planned"),
        (row_added("Savings", 8), "no longer stands here"),
        (without("Choices"), "Choices': the sheet is lost"),
    ],
)
def test_inputs_that_cannot_be_taken_are_refused_with_their_cell(file: Path, edit: Edit, words: str) -> None:
    for command in (("compare", changed(file, edit), EXAMPLE), ("plan", EXAMPLE, "--from", file)):
        said = run(*command)
        assert (said.code, said.out) == (3, "")
        assert words in said.err


def test_a_formula_typed_over_is_said_by_compare_and_is_not_taken_over(file: Path) -> None:
    changed(file, cell("Plan", "E34", 0))
    said = run("compare", file, EXAMPLE, width=200)
    assert (said.code, "warning: plan.xlsx is not whole: Plan E34 not as written" in said.err) == (0, True)
    assert "- plan.xlsx is not whole: Plan E34 not as written" in said.out
    said = run("plan", EXAMPLE, "--from", file)
    assert (said.code, said.out) == (1, "")
    assert "not taken over: plan.xlsx is not whole: Plan E34" in said.err


def test_what_no_plan_can_be_made_of_is_refused(file: Path) -> None:
    changed(file, typed(("choice", "scenario"), "worst"), typed(("scenario", "6", "value"), -500))
    assert run("compare", file, EXAMPLE).code == 3


def test_what_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    assert (run("verify", other, EXAMPLE).code, run("compare", other, EXAMPLE).code) == (3, 3)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no zip")
    assert (run("verify", broken, EXAMPLE).code, run("compare", broken, EXAMPLE).code) == (3, 3)
    text = tmp_path / "list.csv"
    text.write_text("a,b\n1,2\n")
    assert run("verify", text, EXAMPLE).code == 3


def test_the_workbook_says_itself_which_savings_and_scenario_count(file: Path) -> None:
    assert run("compare", file, EXAMPLE, "--savings", "weighted").code == 2
    assert run("plan", EXAMPLE, "--from", file, "--scenario", "worst").code == 2
    assert run("compare", "best").code == 2
    assert run("verify", "no-such.xlsx", EXAMPLE).code == 2
    assert run("plan", EXAMPLE, "--from", "no-such.xlsx").code == 2
