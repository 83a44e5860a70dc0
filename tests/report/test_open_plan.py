"""A plan that is open, on every page that holds one: what nobody has said is [x] and never nought."""

import re
from pathlib import Path

import pytest

from commands import Said, column, copied, edited, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with nothing said of overheads but transport, in any year, nor of training in 2025/26."""
    folder = copied(tmp_path_factory.mktemp("open") / "year")
    with edited(folder / "plan.xlsx") as book:
        sheet, controls = book["Assumptions"], book["Control totals"]
        value = column(sheet, "Value")
        gone = [cells[0].row for cells in sheet.iter_rows(min_row=2) if str(cells[0].value).lower() == "overheads"]
        taken = sum(sheet.cell(row, value).value for row in gone)
        for row in reversed(gone):
            sheet.delete_rows(row)
        for cells in controls.iter_rows(min_row=2):
            if (cells[0].value, cells[1].value) == ("Assumptions", "Value"):
                cells[2].value -= len(gone)
                cells[3].value -= taken
    return folder


def row(said: Said, row_id: str) -> list[str | None]:
    (found,) = [each for each in said.data["rows"] if each["id"] == row_id]
    return list(found["values"].values())


@pytest.mark.parametrize("args", [("what-if", "residential=+5"), ("compare", "plan", "worst"), ("scenarios",)])
def test_a_position_that_is_open_is_missing_on_the_page_and_in_json(args: tuple[str, ...], folder: Path) -> None:
    said = run(*args, folder, "--json")
    assert said.code == 0, said.err
    for name in ("position", "closing", "break_even"):
        found = [each for each in said.data["rows"] if each["id"].startswith(name)]
        assert found
        assert all(set(each["values"].values()) == {None} for each in found)
    shown = run(*args, folder, width=120)
    assert "[x]" in shown.out
    assert not re.search(r"goes from|the balance is|Nothing differs", shown.out)
    assert "[x]*" not in shown.out


def test_what_moves_a_known_part_of_an_open_plan_is_open_too(folder: Path) -> None:
    said = run("what-if", "residential=+5", folder, "--json")
    assert row(said, "change_1") == row(said, "closing_by_positions") == [None, None, None]
    assert not [each for each in said.data["rows"] if each["id"] == "together"]


def test_the_assumptions_say_which_lines_are_open_and_in_which_years(folder: Path) -> None:
    said = run("plan", folder, "--assumptions", "--json")
    open_rows = {each["label"]: list(each["values"].values())[:3] for each in said.data["rows"] if "open" in each["id"]}
    assert open_rows == {
        f"{label}: open": [None, None, None]
        for label in ("Premises", "ICT and support services", "Legal and professional", "Insurance and other")
    }
    first, counted, *_ = said.data["summary"]
    assert first == (
        "Open, because no assumption says how they move: Premises, ICT and support services, Legal and professional, "
        "Insurance and other."
    )
    assert counted.startswith("21 assumptions, each by its least sure year: 1 agreed or published (A), 7 from our own")


def test_an_assumption_of_years_beyond_the_plan_is_not_among_them_and_one_under_two_names_is_one_row(
    folder: Path,
) -> None:
    one_year = run("plan", folder, "--assumptions", "--years", "1", "--json")
    assert [column["label"] for column in one_year.data["columns"]][:2] == ["2024/25", "Unit"]
    labels = [each["label"] for each in one_year.data["rows"]]
    assert "Contract sum: sum" in labels
    assert "Contract sum: inflation" not in labels
    assert len(labels) == len(set(labels))


def test_an_assumption_says_who_owns_it_since_when_and_where_it_comes_from() -> None:
    said = run("plan", "--assumptions", "--json")
    (found,) = [each for each in said.data["rows"] if each["id"] == "residential.growth"]
    assert found["label"] == "Residential: growth"
    assert found["values"] == {
        "2024-25": "0.0", "2025-26": "1.0", "2026-27": "1.0", "unit": "%", "quality": "D",
        "owner": "Head of Commissioning", "set_on": "28/05/2024",
        "source": "Placeholder until the demand forecast is agreed",
    }  # fmt: skip
    assert found["illustrative"] == ["2024-25", "2025-26", "2026-27"]
    assert said.data["sign_note"] == "Each value is in its row's unit; what nobody has said is [x]."
    assert ", in £" not in run("plan", "--assumptions").lines[1]
