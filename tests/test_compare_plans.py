"""Any two plans of folders, closed periods, scenarios or names that were kept, held against each other."""

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from breakeven.pipeline.year_end import load, work_out
from breakeven.plan.model import Model
from breakeven.report.saved_plan import SavedPlanError, model_data, read_plan
from breakeven.report.seal import seal_text
from breakeven.workbook.names import is_file
from commands import EXAMPLE, Said, column, copied, edited, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


def values(said: Said, row_id: str) -> list[Decimal]:
    (found,) = [each for each in said.data["rows"] if each["id"] == row_id]
    return [Decimal(value) for value in found["values"].values()]


def changes(said: Said) -> dict[str, list[Decimal]]:
    """What each change does to the position of each year."""
    return {
        row["label"]: [Decimal(value) for value in row["values"].values()]
        for row in said.data["rows"]
        if row["id"].startswith("change_") or row["id"] == "together"
    }


def adds_up(said: Said) -> bool:
    before, after = values(said, "position_before"), values(said, "position_after")
    moved = [sum((change[t] for change in changes(said).values()), Decimal(0)) for t in range(len(before))]
    return [a + b for a, b in zip(before, moved, strict=True)] == after


# Folders -----------------------------------------------------------------------------------------------------


def test_a_folder_does_not_differ_from_itself() -> None:
    said = run("compare", EXAMPLE, EXAMPLE, width=120)
    assert (said.code, said.lines[0]) == (0, "2023-24 and 2023-24 (B)")
    assert "Nothing differs between 2023-24 and 2023-24 (B)." in said.out
    data = run("compare", EXAMPLE, EXAMPLE, "--json")
    assert changes(data) == {}
    assert values(data, "position_before") == values(data, "position_after")
    assert values(data, "closing_by_positions") == [0, 0, 0]


def test_one_assumption_that_is_edited_is_the_one_change(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        sheet = book["Assumptions"]
        value = column(sheet, "Value")
        (cell,) = [
            cells[value - 1]
            for cells in sheet.iter_rows(min_row=2)
            if [str(cell.value).lower() for cell in cells[:3]] == ["residential", "2025-26", "growth"]
        ]
        assert cell.value == 1
        cell.value = 4
        for controls in book["Control totals"].iter_rows(min_row=2):
            if (controls[0].value, controls[1].value) == ("Assumptions", "Value"):
                controls[3].value += 3
    said = run("compare", EXAMPLE, folder, "--json")
    assert said.code == 0, said.err
    (label,) = changes(said)
    assert label == "Residential: growth 2025/26 +1% → +4%"
    assert adds_up(said)
    (moved,) = changes(said).values()
    residential = {row["id"]: row["values"] for row in run("plan", "--lines", "--json").data["rows"]}["residential"]
    after = {row["id"]: row["values"] for row in run("plan", folder, "--lines", "--json").data["rows"]}["residential"]
    assert moved == [Decimal(residential[year]) - Decimal(after[year]) for year in residential]
    assert said.data["title"] == "2023-24 and year"


def test_plans_without_a_year_in_common_are_told(folder: Path) -> None:
    model = work_out(load(EXAMPLE)).plan.model
    later = replace(model, base=model.base.later(5), years=tuple(year.later(5) for year in model.years))
    kept(folder / "plans" / "later.json", later)
    said = run("compare", "plan", "later", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err == "breakeven: the plan from 2023/24 does not reach 2028/29\n"


# Closed periods and scenarios --------------------------------------------------------------------------------


def test_two_closed_periods_differ_by_what_was_forecast_of_each_line_and_where_the_year_was_to_open() -> None:
    said = run("compare", "P06", "P08", "--json")
    assert said.code == 0
    assert adds_up(said)
    assert values(said, "position_before") == [1_433_914, 1_862_060, 1_686_971]
    told = changes(said)
    assert told["Residential: base £16,653,873 → £17,560,590"] == [-942_985, -985_749, -1_025_475]
    assert all(": base " in label for label in told)
    opening, positions = values(said, "closing_by_opening"), values(said, "closing_by_positions")
    before, after = values(said, "closing_before"), values(said, "closing_after")
    assert [b + o + p for b, o, p in zip(before, opening, positions, strict=True)] == after
    assert len(set(opening)) == 1
    assert "P06: from its forecasts and records as sealed." in said.data["notes"]


def test_the_year_as_it_ended_is_held_against_what_a_closed_period_forecast() -> None:
    said = run("compare", "P08", "plan", "--json")
    assert adds_up(said)
    assert values(said, "closing_after") == [-11_230_962, -10_885_513, -10_794_358]


def test_two_scenarios_differ_by_their_rows() -> None:
    said = run("compare", "best", "worst", "--json")
    assert adds_up(said)
    assert list(changes(said)) == [
        "Residential number -3 from 2024/25 P04 → +5",
        "without Prices inflation -0.5% from 2025/26",
        "Contract sum inflation +0.5% from 2025/26 → -0.5%",
        "Savings delivery 60%",
        "Pay inflation +1% from 2024/25",
        "Agency social workers amount ×1.1 from 2025/26 to 2026/27",
        "Together, beyond each alone",
    ]
    back = run("compare", "worst", "best", "--json")
    assert values(back, "position_before") == values(said, "position_after")
    assert adds_up(back)


def test_the_plan_and_a_scenario_differ_by_all_of_its_rows_in_the_view_asked_for() -> None:
    said = run("compare", "plan", "central", "--savings", "weighted", "--json")
    assert list(changes(said))[:2] == ["Savings delivery 85%", "Residential number +1 from 2024/25 P07"]
    assert changes(said)["Savings delivery 85%"] == [
        b - a
        for a, b in zip(
            savings(run("plan", "--savings", "weighted", "--json")),
            savings(run("plan", "--savings", "weighted", "--scenario", "central", "--json")),
            strict=True,
        )
    ]


def savings(said: Said) -> list[Decimal]:
    return values(said, "savings")


# Plans that are kept -----------------------------------------------------------------------------------------


def kept(path: Path, model: Model) -> Path:
    """A plan kept by hand."""
    rows: Any = [{"id": "position", "illustrative": []}]
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        seal_text(
            {
                "form": 1,
                "name": "later",
                "inputs": {},
                "model": model_data(model),
                "plan": {"body": "A trust", "rows": rows},
            }
        ),
        "utf-8",
    )
    return path


def test_a_plan_that_is_kept_is_the_same_plan_when_it_is_read(folder: Path) -> None:
    said = run("plan", folder, "--scenario", "worst", "--save", "February budget", "--by", "Finance")
    assert said.code == 0
    path = folder / "plans" / "february_budget.json"
    assert f"the plan is kept in {path}" in said.err
    end = work_out(load(folder))
    worst = work_out(end.year, overlays=[each for each in end.year.ledgers.scenarios if each.scenario == "worst"])
    found = read_plan(path)
    assert (found.model, found.body, found.illustrative) == (worst.plan.model, end.year.body.name, True)
    data = json.loads(path.read_text("utf-8"))
    assert (data["name"], data["saved_by"]) == ("February budget", "Finance")
    assert data["inputs"] == {file.name: file.sha256 for file in end.year.inputs}
    assert data["changes"][0] == "Savings delivery 60%"


def test_what_has_moved_since_a_plan_was_kept_is_told(folder: Path) -> None:
    run("plan", folder, "--save", "first")
    said = run("compare", "first", "plan", folder, "--json")
    assert changes(said) == {}
    worse = run("compare", "first", "worst", folder, "--json")
    assert adds_up(worse)
    assert "Agency social workers: what its year bears of it 2025/26 0% → +10%, 2026/27 0% → +10%" in changes(worse)
    assert any(source.startswith("plans/first.json, sha256 ") for source in worse.data["sources"])


def test_a_plan_that_is_kept_is_found_by_its_file_too_and_counts_savings_as_asked(folder: Path, tmp_path: Path) -> None:
    run("plan", folder, "--save", "first")
    elsewhere = shutil.copy(folder / "plans" / "first.json", tmp_path / "theirs.json")
    said = run("compare", elsewhere, "first", folder, "--savings", "weighted", "--json")
    assert (said.code, changes(said)) == (0, {})
    assert said.data["title"] == "theirs and first"
    assert said.data["body"] == "Sandwell Children's Trust"
    weighted = run("plan", folder, "--savings", "weighted", "--json")
    assert values(said, "position_before") == values(weighted, "position")
    assert all(row["illustrative"] for row in said.data["rows"] if row["id"] == "position_before")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"growth":"0.92"', '"growth":"0.93"'),
        ('"form": 1', '"form": 2'),
        ('"\n}\n', '",\n"model": {}\n}\n'),  # after the seal
    ],
)
def test_a_kept_plan_that_was_changed_is_refused(old: str, new: str, folder: Path) -> None:
    run("plan", folder, "--save", "first")
    path = folder / "plans" / "first.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    said = run("compare", "first", "plan", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"breakeven: {path} is not as it was when the plan was saved\n"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"[" * 100_000, b"\xff\xfe"])
def test_a_file_that_is_no_plan_is_refused(data: bytes, folder: Path) -> None:
    path = folder / "plans" / "first.json"
    path.parent.mkdir()
    path.write_bytes(data)
    said = run("compare", "first", "plan", folder)
    assert (said.code, said.out) == (2, "")
    assert f"{path} is no saved plan" in said.err


def test_any_one_byte_that_is_changed_is_refused_or_changes_no_number(folder: Path) -> None:
    run("plan", folder, "--save", "first")
    path = folder / "plans" / "first.json"
    data = path.read_bytes()
    found = read_plan(path).model
    for place in range(0, len(data), 97):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x11]) + data[place + 1 :])
        with pytest.raises(SavedPlanError):
            read_plan(path)
    path.write_bytes(data + b"\n")  # an editor's
    assert read_plan(path).model == found


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"form": 2}, "is of form 2, which this version does not read"),
        ({"model": {}}, "is no saved plan"),
        ({"model": {"base": 5}}, "is no saved plan"),
        ({"plan": {"rows": []}}, "is no saved plan"),
    ],
)
def test_a_file_that_is_sealed_and_holds_no_plan_is_refused(told: dict[str, Any], why: str, tmp_path: Path) -> None:
    model = model_data(work_out(load(EXAMPLE)).plan.model)
    rows: Any = [{"id": "position", "illustrative": []}]
    sealed: dict[str, Any] = {
        "form": 1,
        "name": "later",
        "inputs": {},
        "model": model,
        "plan": {"body": "A trust", "rows": rows},
    } | told
    path = tmp_path / "plan.json"
    path.write_text(seal_text(sealed), "utf-8")
    with pytest.raises(SavedPlanError, match=why):
        read_plan(path)


def test_a_plan_that_cannot_be_kept_is_told(folder: Path) -> None:
    (folder / "plans").write_text("a file where the folder belongs", "utf-8")
    said = run("plan", folder, "--save", "first")
    assert (said.code, said.out) == (3, "")
    assert "the plan is not kept: " in said.err
    (folder / "plans").unlink()
    long = run("plan", folder, "--save", "a" * 300)
    assert (long.code, "the plan is not kept: File name too long" in long.err) == (3, True)


# Names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (
            ("plan", "wurst"),
            "'wurst' is no ledger folder, saved plan, scenario or closed period; known are plan, best,",
        ),
        (("plan", "P05"), "P05 is not closed in ledgers/2023-24"),
        (("plan", "theirs.json"), "'theirs.json' is no ledger folder, saved plan, scenario or closed period"),
        (("a" * 300, "plan"), "is no ledger folder, saved plan, scenario or closed period"),
        (("plan",), "takes two plans, or one workbook that came back"),
    ],
)
def test_a_name_that_stands_for_no_plan_is_told_with_those_that_do(names: tuple[str, ...], why: str) -> None:
    said = run("compare", *names)
    assert (said.code, said.out) == (2, "")
    assert why in said.err


def test_plan_is_the_folders_own_though_another_is_kept_under_that_name(folder: Path) -> None:
    other = work_out(load(folder), overlays=load(folder).ledgers.scenarios[:1]).plan.model
    kept(folder / "plans" / "plan.json", other)
    assert changes(run("compare", "plan", EXAMPLE, folder, "--json")) == {}


def test_what_is_too_long_to_be_a_path_is_no_file() -> None:
    assert not is_file(Path("a" * 300))


def test_what_was_found_of_a_folder_is_said_with_its_plan(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        sheet = book["Assumptions"]
        sheet.column_dimensions["D"].hidden = True
    said = run("compare", folder, EXAMPLE)
    assert (said.code, "[columns-hidden]" in said.err) == (0, True)
